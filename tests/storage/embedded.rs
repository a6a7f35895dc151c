//! Tests of the embedded store only: folder, disk, sweep.

use crate::embedded_files::parts_kept;
use crate::fixture::{self, Fixture, Ground, bytes, new_id, record, until};
use onetimeshare::share::Timestamp;
use onetimeshare::store::{
    Command, EmbeddedOptions, EmbeddedStorage, PartPut, PartsFate, Reply, Storage, StoreError, StoreSettings, Swapped,
};
use onetimeshare::web::store_fairings::stage;
use onetimeshare_envelope::ShareId;
use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

fn open(folder: &Path, options: EmbeddedOptions) -> Fixture {
    let storage = Arc::new(EmbeddedStorage::open(folder, options).unwrap());
    let mut fixture = fixture::embedded();
    fixture.storage = storage;
    fixture
}

fn files(folder: &Path) -> usize {
    folder.join("parts").read_dir().unwrap().count()
}

#[test]
fn a_restart_keeps_everything() {
    let folder = tempfile::tempdir().unwrap();
    let parts = [bytes(1, 10), bytes(2, 16_385), bytes(3, 1_500_000)];
    let store = open(folder.path(), EmbeddedOptions::default());
    let (id, first) = store.inserted(&parts[0]);
    let (other, opened) = (store.inserted(&parts[2]).0, store.now().plus(60));
    let second = record(other, "opened");
    store.swap(other, &record(other, "waiting"), &second, opened, PartsFate::Open(opened));
    for (n, part) in (1..).zip(&parts[1..]) {
        assert_eq!(store.put_part(id, &first, n, part, opened), PartPut::Done);
    }
    store.call(Command::CountVisit).unwrap();
    drop(store);

    let start = Instant::now();
    let store = open(folder.path(), EmbeddedOptions::default());
    println!("reopening the embedded store took {:?}", start.elapsed());
    assert_eq!(store.record(id), Some(first));
    assert_eq!(store.record(other), Some(second));
    for (n, part) in (0..).zip(&parts) {
        assert_eq!(store.part(id, n).as_ref(), Some(part));
    }
    assert_eq!(store.part(other, 0).as_ref(), Some(&parts[2]));
    assert_eq!(store.call(Command::CountVisit), Ok(Reply::Visits(2)));
    assert_eq!(files(folder.path()), 4);
}

#[test]
fn a_folder_in_use_is_reported_to_a_second_server() {
    let store = fixture::embedded();
    let Ground::Folder(folder) = &store.ground else { panic!() };
    let refusal = EmbeddedStorage::open(folder.path(), EmbeddedOptions::default()).err().unwrap();
    assert!(refusal.contains("data_dir") && refusal.contains("another server"), "{refusal}");
    store.inserted(b"still works");

    let file = folder.path().join("file");
    fs::write(&file, "no folder").unwrap();
    let refusal = EmbeddedStorage::open(&file, EmbeddedOptions::default()).err().unwrap();
    assert!(refusal.contains("data_dir"), "{refusal}");
    let damaged = tempfile::tempdir().unwrap();
    fs::write(damaged.path().join("shares.redb"), vec![7; 100_000]).unwrap();
    let refusal = EmbeddedStorage::open(damaged.path(), EmbeddedOptions::default()).err().unwrap();
    assert!(refusal.contains("data_dir"), "{refusal}");
}

#[test]
fn a_folder_of_other_files_is_refused_and_left_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("parts")).unwrap();
    fs::create_dir(folder.path().join("lost+found")).unwrap();
    let theirs = folder.path().join("parts/engine.step");
    fs::write(&theirs, "theirs").unwrap();
    let refusal = EmbeddedStorage::open(folder.path(), EmbeddedOptions::default()).err().unwrap();
    assert!(refusal.contains("data_dir") && refusal.contains("empty folder"), "{refusal}");
    assert_eq!(fs::read(&theirs).unwrap(), b"theirs");
    assert!(!folder.path().join("shares.redb").exists());

    // What a first start leaves behind that was interrupted is no obstacle.
    fs::remove_file(theirs).unwrap();
    drop(EmbeddedStorage::open(folder.path(), EmbeddedOptions::default()).unwrap());
    drop(EmbeddedStorage::open(folder.path(), EmbeddedOptions::default()).unwrap());
}

#[test]
fn the_fairing_aborts_a_start_with_an_unusable_store() {
    let store = fixture::embedded();
    let Ground::Folder(folder) = &store.ground else { panic!() };
    let taken = StoreSettings::Embedded { data_dir: folder.path().to_owned() };
    let free = tempfile::tempdir().unwrap();
    let good = StoreSettings::Embedded { data_dir: free.path().join("made/for/it") };
    fixture::runtime().block_on(async {
        let config = || {
            rocket::custom(rocket::Config {
                log_level: rocket::config::LogLevel::Off,
                ..rocket::Config::debug_default()
            })
        };
        let staged = |settings| {
            let (begin, finish) = stage(settings);
            config().attach(begin).attach(finish)
        };
        let error = staged(taken).ignite().await.err().unwrap();
        assert!(matches!(error.kind(), rocket::error::ErrorKind::FailedFairings(_)));
        let rocket = staged(good).ignite().await.unwrap();
        rocket.state::<onetimeshare::store::Store>().unwrap().ping().await.unwrap();
    });
    // Dropping the app closes the files.
    EmbeddedStorage::open(&free.path().join("made/for/it"), EmbeddedOptions::default()).unwrap();
}

#[test]
fn the_folder_is_accessible_only_to_its_owner() {
    let outer = tempfile::tempdir().unwrap();
    let folder = outer.path().join("data");
    fs::create_dir(&folder).unwrap();
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o755)).unwrap();
    let store = open(&folder, EmbeddedOptions::default());
    store.inserted(&bytes(1, 100_000));
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!((mode(&folder), mode(&folder.join("parts"))), (0o700, 0o700));
    assert_eq!(mode(&folder.join("shares.redb")), 0o600);
    let part = folder.join("parts").read_dir().unwrap().next().unwrap().unwrap().path();
    assert_eq!(mode(&part), 0o600);
}

#[test]
fn a_full_disk_rejects_new_parts_and_still_serves_reads() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path(), EmbeddedOptions::default());
    let (id, first) = store.inserted(&bytes(1, 40_000));
    drop(store);
    // Simulates a disk with less than `min_free`.
    let store = open(folder.path(), EmbeddedOptions { min_free: u64::MAX, ..EmbeddedOptions::default() });
    let (other, end) = (new_id(), store.now().plus(60));
    for length in [10, 40_000] {
        let part0 = bytes(2, length);
        let insert = Command::Insert {
            id: other,
            record: record(other, "x"),
            part0: part0.clone(),
            record_until: end,
            parts_until: end,
        };
        assert_eq!(store.call(insert), Err(StoreError::Full));
        assert_eq!(
            store.call(Command::PutPart {
                id,
                old: first.clone(),
                n: 1,
                bytes: part0,
                until: end,
                max_bytes: u64::MAX
            }),
            Err(StoreError::Full)
        );
    }
    assert_eq!((store.record(other), files(folder.path())), (None, 1));
    let opened = record(id, "opened");
    assert_eq!(store.swap(id, &first, &opened, end, PartsFate::Open(end)), Swapped::Done(Some(bytes(1, 40_000))));
    assert_eq!(store.swap(id, &opened, &record(id, "over"), end, PartsFate::Drop), Swapped::Done(None));
    assert_eq!(files(folder.path()), 0);
}

#[test]
fn expired_shares_are_swept_from_the_disk() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(
        folder.path(),
        EmbeddedOptions { sweep_interval: Duration::from_millis(50), ..EmbeddedOptions::default() },
    );
    let soon = Timestamp(store.now().0 + 4_000);
    let far = soon.plus(60);
    let ids: Vec<_> = (0..600).map(|_| new_id()).collect();
    // Some shares expire, some lose their parts first, some are extended meanwhile, some stay.
    let inserts = ids.iter().enumerate().map(|(n, id)| {
        let (record_until, parts_until) = [(soon, soon), (far, soon), (soon, soon), (far, far)][n % 4];
        let part0 = bytes(1, if n < 40 { 20_000 } else { 20 });
        Command::Insert { id: *id, record: record(*id, "a"), part0, record_until, parts_until }
    });
    assert!(store.storage.execute(inserts.collect()).iter().all(|answer| *answer == Ok(Reply::Inserted(true))));
    let extend = ids.iter().skip(2).step_by(4).map(|id| {
        let (old, new) = (record(*id, "a"), record(*id, "b"));
        Command::Swap { id: *id, old, new, record_until: far, parts: PartsFate::Keep(far), big: false }
    });
    let done = Ok(Reply::Swapped(Swapped::Done(None)));
    assert!(store.storage.execute(extend.collect()).iter().all(|answer| *answer == done), "extended in time");
    until("the parts of expired shares to be removed", Duration::from_secs(20), || parts_kept(folder.path()) == 300);
    until("everything ended", Duration::from_secs(20), || store.now() > soon);
    for (n, id) in ids.iter().enumerate() {
        assert_eq!(store.record(*id).is_some(), n % 4 != 0);
        assert_eq!(store.part(*id, 0).is_some(), n % 4 >= 2);
    }
    drop(store);
    // The database contains nothing of the expired shares either: opening it sweeps and succeeds.
    let store = open(folder.path(), EmbeddedOptions::default());
    assert_eq!(parts_kept(folder.path()), 300);
    assert!(ids.iter().skip(2).step_by(4).all(|id| store.part(*id, 0).is_some()));
}

#[test]
fn files_without_a_row_are_removed_at_the_start() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path(), EmbeddedOptions::default());
    let (id, _) = store.inserted(&bytes(1, 40_000));
    let short = new_id();
    let end = Timestamp(store.now().0 + 100);
    assert!(store.insert(short, &record(short, "short"), &bytes(2, 40_000), end, end));
    until("the short share to expire", Duration::from_secs(10), || store.record(short).is_none());
    drop(store);
    for name in ["0123456789abcdef0123456789abcdef", "unfinished", "0123456789ABCDEF0123456789ABCDEF.tmp"] {
        fs::write(folder.path().join("parts").join(name), "left over").unwrap();
    }
    assert_eq!(files(folder.path()), 5);
    let store = open(folder.path(), EmbeddedOptions::default());
    assert_eq!(files(folder.path()), 1);
    assert_eq!(store.part(id, 0), Some(bytes(1, 40_000)));
}

/// Returns the part files with their contents.
fn part_files(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let paths = folder.join("parts").read_dir().unwrap().map(|entry| entry.unwrap().path());
    paths.map(|path| (path.clone(), fs::read(path).unwrap())).collect()
}

/// Inserts shares with a lifetime of an hour in one batch.
fn insert_together(store: &Fixture, ids: &[ShareId], part: impl Fn(u64) -> Vec<u8>) {
    let until = store.now().plus(3_600);
    let insert = |(n, id): (u64, &ShareId)| Command::Insert {
        id: *id,
        record: record(*id, "a"),
        part0: part(n),
        record_until: until,
        parts_until: until,
    };
    let answers = store.storage.execute((0..).zip(ids).map(insert).collect());
    assert!(answers.iter().all(|answer| *answer == Ok(Reply::Inserted(true))));
}

/// Drops the parts of such a share.
fn drop_part(store: &Fixture, id: ShareId) -> Swapped {
    store.swap(id, &record(id, "a"), &record(id, "b"), store.now().plus(3_600), PartsFate::Drop)
}

#[test]
fn reading_a_part_while_it_is_dropped_returns_all_of_it_or_none() {
    let store = fixture::embedded();
    let (mut whole, mut none) = (0, 0);
    for _ in 0..10 {
        let ids: Vec<_> = (0..100).map(|_| new_id()).collect();
        let part = |n| bytes(n, 30_000);
        insert_together(&store, &ids, part);
        let read = || {
            let mut whole = 0;
            for (n, id) in (0..).zip(&ids) {
                while let Some(read) = store.part(*id, 0) {
                    assert!(read == part(n), "the bytes are not the part");
                    whole += 1;
                }
            }
            whole
        };
        thread::scope(|scope| {
            let readers = [scope.spawn(read), scope.spawn(read)];
            for id in &ids {
                assert_eq!(drop_part(&store, *id), Swapped::Done(None));
            }
            whole += readers.map(|reader| reader.join().unwrap()).iter().sum::<usize>();
            none += 2 * ids.len();
        });
    }
    println!("{whole} reads of a part while it was dropped were whole, {none} found none");
    assert!(whole > 100);
}

#[test]
fn a_dropped_part_is_cleared_in_its_shared_file_at_once_and_again_at_the_start() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path(), EmbeddedOptions::default());
    let ids: Vec<_> = (0..5).map(|_| new_id()).collect();
    let part = |n| bytes(n, 3_000 + usize::try_from(n).unwrap());
    insert_together(&store, &ids, part);
    let before = part_files(folder.path());
    assert_eq!(before.len(), 1, "small parts of one batch share a file");
    let holds = |bytes: &[u8], n| bytes.windows(3_000).any(|window| *window == part(n)[..3_000]);
    for n in [1, 3] {
        assert!(holds(&before[0].1, n));
        assert_eq!(drop_part(&store, ids[usize::try_from(n).unwrap()]), Swapped::Done(None));
    }
    let is_cleared = || {
        let after = part_files(folder.path());
        let held: Vec<_> = (0..5).filter(|n| holds(&after[0].1, *n)).collect();
        assert_eq!((held, after.len(), parts_kept(folder.path())), (vec![0, 2, 4], 1, 3));
    };
    is_cleared();
    drop(store);
    // Simulates a power failure before the holes were written.
    fs::write(&before[0].0, &before[0].1).unwrap();
    assert_eq!(parts_kept(folder.path()), 5);
    let store = open(folder.path(), EmbeddedOptions::default());
    is_cleared();
    for (n, id) in (0..).zip(&ids) {
        assert_eq!(store.part(*id, 0), (n % 2 == 0).then(|| part(n)));
    }
    for n in [0, 2, 4] {
        assert_eq!(drop_part(&store, ids[n]), Swapped::Done(None));
    }
    assert!(part_files(folder.path()).is_empty(), "the file is removed with its last part");
}

#[test]
fn a_new_store_opens_fast_and_is_small() {
    let folder = tempfile::tempdir().unwrap();
    let start = Instant::now();
    let storage = EmbeddedStorage::open(folder.path(), EmbeddedOptions::default()).unwrap();
    let took = start.elapsed();
    let size = fs::metadata(folder.path().join("shares.redb")).unwrap().len();
    println!("a new embedded store: {took:?}, {size} bytes");
    assert_eq!(storage.execute(vec![Command::Ping]), [Ok(Reply::Pong)]);
    assert!(took < Duration::from_secs(1) && size < 2 * 1024 * 1024);
}

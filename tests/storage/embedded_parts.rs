//! Tests of a part store beside the embedded store: its rows hold references, which are released and taken.

use crate::composed::{begins_again, objects, uploaded};
use crate::embedded_files;
use crate::fixture::{self, Fixture, bytes, new_id, until};
use onetimeshare::share::Timestamp;
use onetimeshare::store::{
    Command, ComposedOptions, ComposedStorage, EmbeddedOptions, EmbeddedStorage, Folder, PartPut, PartsFate, Reply,
    Swapped,
};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use tempfile::TempDir;

const SOON: Duration = Duration::from_secs(20);
const OFTEN: Duration = Duration::from_millis(100);

fn records(folder: &Path) -> Arc<EmbeddedStorage> {
    let options = EmbeddedOptions { sweep_interval: OFTEN, ..EmbeddedOptions::default() };
    Arc::new(EmbeddedStorage::open(folder, options).unwrap())
}

/// Composes an embedded store and a folder of parts. Looks for ended shares ten times a second.
fn composed(folder: &Path, parts: &Path) -> Fixture {
    let options = ComposedOptions { sweep_interval: OFTEN, ..ComposedOptions::default() };
    let parts = Arc::new(Folder::open(parts).unwrap());
    fixture::over(Arc::new(ComposedStorage::new(records(folder), parts, options).unwrap()))
}

fn folders() -> [TempDir; 2] {
    [(); 2].map(|()| tempfile::tempdir().unwrap())
}

#[test]
fn objects_are_removed_when_their_shares_end() {
    let [rows, parts] = folders();
    let store = composed(rows.path(), parts.path());
    let far = store.now().plus(3_600);
    let [deleted, opened, expired, waiting] = [(); 4].map(|()| new_id());
    let records = [deleted, opened].map(|id| uploaded(&store, id, far));
    uploaded(&store, expired, Timestamp(store.now().0 + 5_000));
    let record = uploaded(&store, waiting, far);
    assert_eq!(objects(parts.path()).len(), 12);
    assert_eq!(embedded_files::parts_kept(rows.path()), 4, "only the first parts");
    assert_eq!(store.put_part(waiting, &record, 2, &bytes(9, 300), far), PartPut::Done);
    until("the replaced object to be removed", SOON, || objects(parts.path()).len() <= 12);
    assert_eq!(store.parts(waiting), [(0, 4), (1, 700), (2, 300), (3, 700)]);
    assert_eq!(store.swap(deleted, &records[0], b"\x01deleted", far, PartsFate::Drop), Swapped::Done(None));
    let soon = Timestamp(store.now().0 + 300);
    let part0 = Swapped::Done(Some(b"part".to_vec()));
    assert_eq!(store.swap(opened, &records[1], b"\x01opened", far, PartsFate::Open(soon)), part0);
    until("the objects of ended shares to be removed", SOON, || objects(parts.path()).len() == 3);
    assert_eq!(store.part(waiting, 2), Some(bytes(9, 300)));
    // After a restart, too.
    drop(store);
    let store = composed(rows.path(), parts.path());
    assert_eq!(store.part(waiting, 3), Some(bytes(3, 700)));
}

#[test]
fn references_that_a_crash_left_released_are_taken_at_the_next_start() {
    let [rows, parts] = folders();
    let id = new_id();
    {
        let store = composed(rows.path(), parts.path());
        uploaded(&store, id, store.now().plus(3_600));
    }
    let alone = fixture::over(records(rows.path()));
    let (record, far) = (alone.record(id).unwrap(), alone.now().plus(3_600));
    assert_eq!(alone.swap(id, &record, b"\x01deleted", far, PartsFate::Drop), Swapped::Done(None));
    let due = || alone.call(Command::DueEnds).unwrap();
    assert_eq!(due(), Reply::Due(vec![id]));
    drop(alone);
    assert_eq!(objects(parts.path()).len(), 3);
    let store = composed(rows.path(), parts.path());
    until("the objects to be removed", SOON, || objects(parts.path()).is_empty());
    until("the references to be taken", SOON, || store.call(Command::DueEnds).unwrap() == Reply::Due(Vec::new()));
}

#[test]
fn parts_from_before_the_part_store_are_read_and_replaced() {
    let [rows, parts] = folders();
    let id = new_id();
    let record = {
        let before = fixture::over(records(rows.path()));
        uploaded(&before, id, before.now().plus(3_600))
    };
    let store = composed(rows.path(), parts.path());
    let far = store.now().plus(3_600);
    assert_eq!((store.part(id, 2), objects(parts.path()).len()), (Some(bytes(2, 700)), 0));
    assert_eq!(store.put_part(id, &record, 2, &bytes(8, 300), far), PartPut::Done);
    assert_eq!((store.part(id, 2), objects(parts.path()).len()), (Some(bytes(8, 300)), 1));
    let settle = |size| store.swap(id, &record, &record, far, PartsFate::Settle(far, size));
    assert_eq!((settle(2_100), settle(1_700)), (Swapped::Changed, Swapped::Done(None)), "both kinds add up");
    assert_eq!(embedded_files::parts_kept(rows.path()), 3, "the replaced part is removed");
    // And back: the object that is replaced is removed once the part store is used again.
    drop(store);
    let alone = fixture::over(records(rows.path()));
    assert_eq!(alone.put_part(id, &record, 2, &bytes(4, 500), far), PartPut::Done);
    assert_eq!(alone.part(id, 2), Some(bytes(4, 500)));
    drop(alone);
    let store = composed(rows.path(), parts.path());
    until("the replaced object to be removed", SOON, || objects(parts.path()).is_empty());
    assert_eq!(store.part(id, 2), Some(bytes(4, 500)));
}

#[test]
fn an_upload_that_begins_again_has_none_of_its_old_parts() {
    let [rows, parts] = folders();
    let store = composed(rows.path(), parts.path());
    let id = new_id();
    uploaded(&store, id, Timestamp(store.now().0 + 3_000));
    begins_again(&store, parts.path(), id);
}

//! Tests of the async handle: timeouts, batches, misbehaving backends.

use crate::fixture::{self, new_id, new_share, runtime, until};
use onetimeshare::share::Timestamp;
use onetimeshare::store::{
    Command, Loaded, PartsFate, QueueKind, Reply, Storage, Store, StoreError, Swap, Swapped, Workers,
};
use std::sync::{Arc, Condvar, Mutex};
use std::time::{Duration, Instant};

/// A backend that waits at a gate before each batch, and records the batches.
#[derive(Default)]
struct Gated {
    open: Mutex<bool>,
    opened: Condvar,
    batches: Mutex<Vec<Vec<String>>>,
}

impl Gated {
    fn set_open(&self, open: bool) {
        *self.open.lock().unwrap() = open;
        self.opened.notify_all();
    }

    fn batches(&self) -> Vec<Vec<String>> {
        self.batches.lock().unwrap().clone()
    }
}

impl Storage for Gated {
    fn execute(&self, batch: Vec<Command>) -> Vec<Result<Reply, StoreError>> {
        self.batches.lock().unwrap().push(batch.iter().map(|command| format!("{command:?}")).collect());
        drop(self.opened.wait_while(self.open.lock().unwrap(), |open| !*open).unwrap());
        batch
            .iter()
            .map(|command| match command {
                Command::Load { .. } => Ok(Reply::Loaded(Loaded { record: None, now: Timestamp(5_000) })),
                Command::CountVisit => Ok(Reply::Visits(1)),
                Command::Swap { .. } => Ok(Reply::Swapped(Swapped::Done(None))),
                _ => Ok(Reply::Pong),
            })
            .collect()
    }

    fn queue(&self, _: &Command) -> QueueKind {
        QueueKind::Quick
    }

    fn workers(&self, queue: QueueKind) -> Workers {
        Workers { threads: usize::from(queue == QueueKind::Quick), batch: 100 }
    }

    fn name(&self) -> &'static str {
        "gated"
    }
}

fn gated(limit: Duration) -> (Arc<Gated>, Store) {
    let storage = Arc::new(Gated::default());
    let store = Store::new(Arc::<Gated>::clone(&storage), limit).unwrap();
    (storage, store)
}

fn swap() -> Swap {
    Swap { old: vec![1], new: vec![2], record_until: Timestamp(1), parts: PartsFate::Drop, big: false }
}

#[test]
fn waiting_commands_are_executed_in_one_batch() {
    let (storage, store) = gated(Duration::from_secs(60));
    runtime().block_on(async {
        let call = || {
            let store = store.clone();
            tokio::spawn(async move { store.ping().await })
        };
        let mut calls = vec![call()];
        while storage.batches().is_empty() {
            tokio::task::yield_now().await;
        }
        calls.extend((0..150).map(|_| call()));
        // The other calls are queued before the first one is let through.
        tokio::time::sleep(Duration::from_millis(200)).await;
        storage.set_open(true);
        for call in calls {
            call.await.unwrap().unwrap();
        }
    });
    let sizes: Vec<usize> = storage.batches().iter().map(Vec::len).collect();
    assert_eq!(sizes.iter().sum::<usize>(), 151);
    assert!(sizes.contains(&100), "{sizes:?}");
}

#[test]
fn a_follow_up_is_executed_in_one_batch_with_waiting_commands() {
    let (storage, store) = gated(Duration::from_secs(60));
    storage.set_open(true);
    let load_then = |store: Store, swap: Option<Swap>| async move {
        store.load_then_swap(new_id(), |loaded| ((loaded.record, loaded.now), swap)).await
    };
    runtime().block_on(async {
        let alone = load_then(store.clone(), None).await;
        assert_eq!(alone, Ok(((None, Timestamp(5_000)), None)), "nothing follows");
        let swapped = load_then(store.clone(), Some(swap())).await;
        assert_eq!(swapped, Ok(((None, Timestamp(5_000)), Some(Swapped::Done(None)))));
        assert_eq!(storage.batches(), [vec!["Load"], vec!["Load"], vec!["Swap"]]);
        // A follow-up does not wait behind commands that were queued meanwhile, nor they behind it.
        let reached = Arc::new(std::sync::Barrier::new(2));
        let waits = Arc::clone(&reached);
        let first = tokio::spawn({
            let store = store.clone();
            async move {
                let decide = move |_| {
                    waits.wait();
                    waits.wait();
                    ((), Some(swap()))
                };
                store.load_then_swap(new_id(), decide).await
            }
        });
        tokio::task::spawn_blocking({
            let reached = Arc::clone(&reached);
            move || reached.wait()
        })
        .await
        .unwrap();
        let mut second = std::pin::pin!(store.ping());
        assert!(std::future::poll_fn(|task| std::task::Poll::Ready(second.as_mut().poll(task))).await.is_pending());
        reached.wait();
        second.await.unwrap();
        assert_eq!(first.await.unwrap(), Ok(((), Some(Swapped::Done(None)))));
        assert_eq!(storage.batches()[4..], [vec!["Swap", "Ping"]]);
    });
}

#[test]
fn a_panicking_decision_fails_one_call_and_a_late_one_changes_nothing() {
    let (storage, store) = gated(Duration::from_secs(2));
    storage.set_open(true);
    runtime().block_on(async {
        let fails = |_: Loaded| -> ((), Option<Swap>) { panic!("on purpose") };
        assert!(matches!(store.load_then_swap(new_id(), fails).await, Err(StoreError::Unavailable(_))));
        let (decided, late) = std::sync::mpsc::channel::<()>();
        let decide = move |_: Loaded| {
            let _ = late.recv();
            ((), Some(swap()))
        };
        assert!(matches!(store.load_then_swap(new_id(), decide).await, Err(StoreError::Unavailable(_))));
        drop(decided);
        store.ping().await.unwrap();
        assert_eq!(storage.batches(), [vec!["Load"], vec!["Load"], vec!["Ping"]]);
    });
}

#[test]
fn calls_time_out_and_are_then_not_executed() {
    let (storage, store) = gated(Duration::from_secs(2));
    runtime().block_on(async {
        let start = Instant::now();
        let calls: Vec<_> = (0..20)
            .map(|n| {
                let store = store.clone();
                tokio::spawn(async move {
                    if n % 2 == 0 { store.ping().await } else { store.count_visit().await.map(drop) }
                })
            })
            .collect();
        for call in calls {
            assert!(matches!(call.await.unwrap(), Err(StoreError::Unavailable(_))));
        }
        assert!(start.elapsed() < Duration::from_secs(4));
        let executed: usize = storage.batches().iter().map(Vec::len).sum();
        storage.set_open(true);
        store.ping().await.unwrap();
        let after: usize = storage.batches().iter().map(Vec::len).sum();
        assert_eq!(after, executed + 1, "the calls that timed out are skipped");
    });
}

#[test]
fn canceled_reads_are_skipped_and_canceled_writes_are_not() {
    let (storage, store) = gated(Duration::from_secs(60));
    runtime().block_on(async {
        let first = tokio::spawn({
            let store = store.clone();
            async move { store.ping().await }
        });
        while storage.batches().is_empty() {
            tokio::task::yield_now().await;
        }
        for _ in 0..10 {
            assert!(tokio::time::timeout(Duration::from_millis(5), store.load(new_id())).await.is_err());
            assert!(tokio::time::timeout(Duration::from_millis(5), store.count_visit()).await.is_err());
        }
        storage.set_open(true);
        first.await.unwrap().unwrap();
        store.ping().await.unwrap();
    });
    let all = storage.batches().concat();
    assert_eq!(all.iter().filter(|name| *name == "CountVisit").count(), 10);
    assert_eq!(all.iter().filter(|name| *name == "Load").count(), 0);
}

#[test]
fn a_full_queue_rejects_at_once() {
    let (storage, store) = gated(Duration::from_secs(60));
    runtime().block_on(async {
        let part = vec![0; 1024 * 1024];
        let mut calls = Vec::new();
        for _ in 0..80 {
            let (store, part) = (store.clone(), part.clone());
            calls.push(tokio::spawn(
                async move { store.put_part(new_id(), vec![], 1, part, Timestamp(1), u64::MAX).await },
            ));
        }
        let full = async {
            loop {
                if let Some(at) = calls.iter().position(tokio::task::JoinHandle::is_finished) {
                    break calls.swap_remove(at).await.unwrap();
                }
                tokio::task::yield_now().await;
            }
        };
        let answer = tokio::time::timeout(Duration::from_secs(30), full).await.unwrap();
        assert_eq!(answer, Err(StoreError::Unavailable("queue full".into())));
        storage.set_open(true);
    });
}

/// A backend that panics at an insert, returns no result for a load, and replies to a ping.
struct Broken;

impl Storage for Broken {
    fn execute(&self, batch: Vec<Command>) -> Vec<Result<Reply, StoreError>> {
        assert!(!batch.iter().any(|command| matches!(command, Command::Insert { .. })), "broken on purpose");
        batch.iter().take_while(|command| matches!(command, Command::Ping)).map(|_| Ok(Reply::Pong)).collect()
    }

    fn queue(&self, _: &Command) -> QueueKind {
        QueueKind::Commit
    }

    fn workers(&self, _: QueueKind) -> Workers {
        Workers { threads: 1, batch: 10 }
    }

    fn name(&self) -> &'static str {
        "broken"
    }
}

#[test]
fn a_panicking_backend_blocks_no_caller() {
    let store = Store::new(Arc::new(Broken), Duration::from_secs(20)).unwrap();
    runtime().block_on(async {
        for _ in 0..3 {
            let start = Instant::now();
            let id = new_id();
            let insert = store.insert(id, new_share(id, vec![], Timestamp(1))).await;
            assert!(matches!(insert, Err(StoreError::Unavailable(_))));
            assert!(matches!(store.load(id).await, Err(StoreError::Unavailable(_))));
            assert!(start.elapsed() < Duration::from_secs(5));
            store.ping().await.unwrap();
        }
    });
}

#[test]
fn the_workers_end_with_the_last_handle() {
    let (storage, store) = gated(Duration::from_secs(20));
    storage.set_open(true);
    let other = store.clone();
    runtime().block_on(store.ping()).unwrap();
    drop(store);
    runtime().block_on(other.ping()).unwrap();
    drop(other);
    until("the workers to release the backend", Duration::from_secs(5), || Arc::strong_count(&storage) == 1);
}

#[test]
fn the_time_of_the_store_is_estimated_between_loads() {
    let (storage, store) = gated(Duration::from_secs(20));
    storage.set_open(true);
    assert_eq!(store.now_estimate(), None);
    runtime().block_on(store.load(new_id())).unwrap();
    let first = store.now_estimate().unwrap();
    assert!(first >= Timestamp(5_000) && first < Timestamp(15_000), "{first:?}");
    until("the time to advance", Duration::from_secs(5), || store.now_estimate().unwrap() > first);
}

#[test]
fn debug_output_contains_neither_ids_nor_contents() {
    let store = fixture::embedded();
    let (id, first) = store.inserted(b"sesame");
    let loaded = format!("{:?}", store.load(id));
    let part = format!("{:?}", store.call(Command::GetPart { id, n: 0, big: false }));
    let command = format!(
        "{:?}",
        Command::PutPart { id, old: first, n: 1, bytes: b"sesame".to_vec(), until: Timestamp(1), max_bytes: u64::MAX }
    );
    for text in [loaded, part, command] {
        assert!(!text.contains("sesame") && !text.contains(&id.to_string()) && !text.contains("115"), "{text}");
    }
}

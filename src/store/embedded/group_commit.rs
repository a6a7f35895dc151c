//! Group commit: concurrent writes of several threads share one transaction and one sync.

use super::apply::{StagedWrite, WriteOutcome};
use std::mem;
use std::sync::mpsc::{Sender, channel};
use std::sync::{Mutex, PoisonError};

/// The writes of one thread.
struct Ticket {
    writes: Vec<StagedWrite>,
    outcomes: Sender<Vec<WriteOutcome>>,
}

/// A queue of writes for the next transaction.
#[derive(Default)]
pub(super) struct GroupCommit {
    pending: Mutex<Vec<Ticket>>,
    writer: Mutex<()>,
}

impl GroupCommit {
    /// Submits `writes` and waits until they are committed. The thread that gets the writer lock commits all pending
    /// writes with `commit`, which returns an outcome for each in order.
    ///
    /// Returns `None` when the committing thread panicked.
    pub(super) fn submit(
        &self,
        writes: Vec<StagedWrite>,
        commit: impl FnOnce(Vec<StagedWrite>) -> Vec<WriteOutcome>,
    ) -> Option<Vec<WriteOutcome>> {
        let (outcomes, receiver) = channel();
        self.pending.lock().unwrap_or_else(PoisonError::into_inner).push(Ticket { writes, outcomes });
        let _writer = self.writer.lock().unwrap_or_else(PoisonError::into_inner);
        let tickets = mem::take(&mut *self.pending.lock().unwrap_or_else(PoisonError::into_inner));
        if !tickets.is_empty() {
            let mut waiting = Vec::with_capacity(tickets.len());
            let mut all = Vec::new();
            for ticket in tickets {
                waiting.push((ticket.writes.len(), ticket.outcomes));
                all.extend(ticket.writes);
            }
            let mut results = commit(all).into_iter();
            for (count, outcomes) in waiting {
                // The receiver exists: its thread waits for the writer lock.
                let _ = outcomes.send(results.by_ref().take(count).collect());
            }
        }
        receiver.try_recv().ok()
    }

    /// Runs `work` while holding the writer lock.
    pub(super) fn exclusive<T>(&self, work: impl FnOnce() -> T) -> T {
        let _writer = self.writer.lock().unwrap_or_else(PoisonError::into_inner);
        work()
    }
}

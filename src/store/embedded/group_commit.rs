//! Group commit: writes that wait at the same time, from whichever thread, share one transaction and one sync.

use super::apply::{StagedWrite, WriteOutcome};
use std::mem;
use std::sync::mpsc::{Sender, channel};
use std::sync::{Mutex, PoisonError};

struct Ticket {
    writes: Vec<StagedWrite>,
    outcomes: Sender<Vec<WriteOutcome>>,
}

/// See the [module](self).
#[derive(Default)]
pub(super) struct GroupCommit {
    pending: Mutex<Vec<Ticket>>,
    writer: Mutex<()>,
}

impl GroupCommit {
    /// Hands in `writes` and waits until they are committed. Whoever gets the writer's place commits for all that wait
    /// then, by `commit`, which answers each write in order.
    ///
    /// None when the one who committed them failed without an answer.
    pub(super) fn submit(
        &self,
        writes: Vec<StagedWrite>,
        commit: impl FnOnce(Vec<StagedWrite>) -> Vec<WriteOutcome>,
    ) -> Option<Vec<WriteOutcome>> {
        let (outcomes, mine) = channel();
        self.pending.lock().unwrap_or_else(PoisonError::into_inner).push(Ticket { writes, outcomes });
        let _place = self.writer.lock().unwrap_or_else(PoisonError::into_inner);
        let tickets = mem::take(&mut *self.pending.lock().unwrap_or_else(PoisonError::into_inner));
        if !tickets.is_empty() {
            let mut waiting = Vec::with_capacity(tickets.len());
            let mut all = Vec::new();
            for ticket in tickets {
                waiting.push((ticket.writes.len(), ticket.outcomes));
                all.extend(ticket.writes);
            }
            let mut answered = commit(all).into_iter();
            for (count, outcomes) in waiting {
                // Its thread waits for the writer's place, so it is there.
                let _ = outcomes.send(answered.by_ref().take(count).collect());
            }
        }
        mine.try_recv().ok()
    }

    /// Does `work` as the only writer.
    pub(super) fn exclusive<T>(&self, work: impl FnOnce() -> T) -> T {
        let _place = self.writer.lock().unwrap_or_else(PoisonError::into_inner);
        work()
    }
}

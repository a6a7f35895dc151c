//! Execution of a `LoadAll` as single loads, because its keys may be on several nodes.

use super::error::FOREIGN_VALUE;
use super::{Command, CommandResult, Reply, unavailable};
use crate::store::{Loaded, StoreError};

/// Replaces each [`Command::LoadAll`] with [`Command::Load`]s. Returns the new batch, and for each command of the old one
/// the number of loads if it was replaced.
pub(super) fn split(batch: Vec<Command>) -> (Vec<Command>, Vec<Option<usize>>) {
    let (mut commands, mut counts) = (Vec::with_capacity(batch.len()), Vec::with_capacity(batch.len()));
    for command in batch {
        if let Command::LoadAll { ids } = command {
            counts.push(Some(ids.len()));
            commands.extend(ids.into_iter().map(|id| Command::Load { id }));
        } else {
            counts.push(None);
            commands.push(command);
        }
    }
    (commands, counts)
}

/// Combines the results of a split batch to those of the original batch.
pub(super) fn merge(results: Vec<CommandResult>, counts: &[Option<usize>]) -> Vec<CommandResult> {
    let mut results = results.into_iter();
    let missing = || Err(unavailable("Redis returned no result for a command"));
    counts
        .iter()
        .map(|count| match count {
            None => results.next().unwrap_or_else(missing),
            Some(count) => {
                let loads = results.by_ref().take(*count).collect();
                merge_loads(loads).map(Reply::LoadedAll)
            }
        })
        .collect()
}

/// Combines loads. A key with an unknown value is reported as missing; any other error fails all loads.
fn merge_loads(results: Vec<CommandResult>) -> Result<Vec<Loaded>, StoreError> {
    let now = results.iter().find_map(|result| match result {
        Ok(Reply::Loaded(loaded)) => Some(loaded.now),
        _ => None,
    });
    let loaded = |result| match (result, now) {
        (Ok(Reply::Loaded(loaded)), _) => Ok(loaded),
        (Err(StoreError::Unavailable(reason)), Some(now)) if *reason == *FOREIGN_VALUE => {
            Ok(Loaded { record: None, now })
        }
        (Err(error), _) => Err(error),
        (Ok(_), _) => Err(unavailable("Redis sent a reply that does not match the request")),
    };
    results.into_iter().map(loaded).collect()
}

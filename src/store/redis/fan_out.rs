//! The question after many records at once, asked as one for each: their keys may lie on several nodes.

use super::error::FOREIGN_VALUE;
use super::{Command, CommandResult, Reply, unavailable};
use crate::store::{Loaded, StoreError};

/// The batch with each [`Command::LoadAll`] as that many [`Command::Load`]; and how many, for each command that was one.
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

/// The answers to a batch that was spread, as that batch asked.
pub(super) fn merge(answers: Vec<CommandResult>, counts: &[Option<usize>]) -> Vec<CommandResult> {
    let mut answers = answers.into_iter();
    let lost = || Err(unavailable("Redis left a command without an answer"));
    counts
        .iter()
        .map(|count| match count {
            None => answers.next().unwrap_or_else(lost),
            Some(count) => {
                let these: Vec<CommandResult> = answers.by_ref().take(*count).collect();
                merge_loads(these).map(Reply::LoadedAll)
            }
        })
        .collect()
}

/// A key that is none of ours says nothing about the others; any other trouble is trouble for all.
fn merge_loads(answers: Vec<CommandResult>) -> Result<Vec<Loaded>, StoreError> {
    let now = answers.iter().find_map(|answer| match answer {
        Ok(Reply::Loaded(loaded)) => Some(loaded.now),
        _ => None,
    });
    let loaded = |answer| match (answer, now) {
        (Ok(Reply::Loaded(loaded)), _) => Ok(loaded),
        (Err(StoreError::Unavailable(why)), Some(now)) if why == FOREIGN_VALUE => Ok(Loaded { record: None, now }),
        (Err(error), _) => Err(error),
        (Ok(_), _) => Err(unavailable("Redis mixed up its answers")),
    };
    answers.into_iter().map(loaded).collect()
}

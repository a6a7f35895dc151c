//! Commands of the site's operator: take a share down, and report the usage of the store.
//!
//! On Redis the command opens the store itself. The embedded store belongs to one process: while a server uses it, the
//! command leaves a request in a folder of `data_dir`, which the server answers.

mod requests;

pub(crate) use requests::answering;

use crate::config::Settings;
use crate::service::{ServiceError, Shares, TakenDown};
use crate::share::guesser::ClientNetwork;
use crate::share::record::State;
use crate::share::{Timestamp, Usage};
use crate::store::{Found, find};
use onetimeshare_envelope::ShareId;
use onetimeshare_envelope::reported_id;
use rocket::figment::Figment;
use std::fmt::Write as _;
use std::path::Path;
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

/// A command of the operator.
#[derive(Clone, Copy)]
pub enum Order {
    /// Ends a share or a request.
    TakeDown(ShareId),
    /// Reports what the store holds.
    Usage,
}

impl Order {
    /// Parses the argument of `take-down`: a link, or the id in it.
    ///
    /// # Errors
    /// A message for operators when the text names no share.
    pub fn take_down(text: &str) -> Result<Self, String> {
        reported_id(text).map(Self::TakeDown).ok_or_else(|| {
            "take-down: this is neither a link of this site nor the 16 characters after /s/ or /r/ in one".to_owned()
        })
    }
}

/// Executes `order` on the store of these settings. Returns the text to print.
///
/// # Errors
/// A message for operators.
pub async fn run(figment: Figment, order: Order) -> Result<String, String> {
    let settings = Settings::read(&figment).map_err(|error| error.to_string())?;
    if let Some(data_dir) = settings.store.embedded_folder() {
        let found = find(data_dir)
            .map_err(|error| format!("data_dir: the folder {} cannot be used: {error}", data_dir.display()))?;
        match found {
            Found::Nothing => return Err(format!("data_dir: there is no store in {}", data_dir.display())),
            Found::InUse => return ask(data_dir, order).await,
            Found::Unused => {}
        }
    }
    let store = settings.store.clone();
    let opened = rocket::tokio::task::spawn_blocking(move || store.open()).await;
    let store = opened.unwrap_or_else(|_| Err("cannot open the store: its thread panicked".into()))?;
    execute(&Shares::new(store, settings.grace(), None, None), order).await
}

async fn ask(data_dir: &Path, order: Order) -> Result<String, String> {
    let data_dir = data_dir.to_owned();
    let asked = rocket::tokio::task::spawn_blocking(move || requests::ask(&data_dir, order)).await;
    asked.unwrap_or_else(|_| Err("cannot ask the server: the thread panicked".into()))
}

async fn execute(shares: &Shares, order: Order) -> Result<String, String> {
    match order {
        Order::TakeDown(id) => {
            let changes = shares.unchecked_changes(ClientNetwork::default());
            changes.take_down(id).await.map(describe).map_err(|error| match error {
                ServiceError::NotFound => "there is no such share; its record may have expired".to_owned(),
                error => error.to_string(),
            })
        }
        Order::Usage => {
            let usage = shares.store().usage().await.map_err(|error| error.to_string())?;
            let room = shares.store().room().await.map_err(|error| error.to_string())?.map(|room| room.free);
            Ok(table(&usage, room))
        }
    }
}

/// Describes the state after a take-down.
fn describe(taken_down: TakenDown) -> String {
    let state = match taken_down {
        TakenDown::Request => return "The request is removed. Answers to it cannot be collected.".to_owned(),
        TakenDown::Share(state) => state,
    };
    match state {
        State::Opened => "The share had been opened. What the server still had of it is deleted.",
        State::Removed => "The share is removed. Nobody had opened it.",
        State::Deleted => "The sender had deleted the share.",
        State::Expired => "The share had expired.",
        State::Uploading | State::Waiting => "The share was created again meanwhile. Repeat the command.",
    }
    .to_owned()
}

fn table(usage: &Usage, room: Option<u64>) -> String {
    let mut text = String::new();
    for (name, value) in [
        ("uploading", usage.uploading.to_string()),
        ("waiting", usage.waiting.to_string()),
        ("opened", usage.opened.to_string()),
        ("ended", usage.ended.to_string()),
        ("asking", usage.asking.to_string()),
        ("asked", usage.asked.to_string()),
        ("bytes", usage.bytes.to_string()),
        ("room", room.map_or_else(|| "unlimited".to_owned(), |room| room.to_string())),
        ("oldest", usage.oldest.and_then(moment).unwrap_or_else(|| "none".to_owned())),
    ] {
        // Writing to a `String` cannot fail.
        let _ = writeln!(text, "{name:<9}  {value}");
    }
    text.trim_end().to_owned()
}

/// Formats a time in seconds, in UTC.
fn moment(at: Timestamp) -> Option<String> {
    let seconds = i64::try_from(at.0 / 1000).ok()?;
    OffsetDateTime::from_unix_timestamp(seconds).ok()?.format(&Rfc3339).ok()
}

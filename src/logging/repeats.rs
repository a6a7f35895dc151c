//! Counts repeated warnings and errors instead of logging each of them.

use std::collections::BTreeMap;
use std::fmt::{Debug, Write as _};
use std::sync::{Mutex, MutexGuard, PoisonError};
use tracing::field::{Field, Visit};
use tracing::{Event, Level, Subscriber};
use tracing_subscriber::Layer;
use tracing_subscriber::layer::Context;

/// Events of one text that are logged in full between two reports. Those with an incident, which a visitor may report,
/// are logged more often.
const MAX_REPEATS: u32 = 1;
const MAX_INCIDENTS: u32 = 10;

/// Maximum number of texts remembered between two reports. Further ones count together.
const MAX_TEXTS: usize = 200;

/// Name of the texts beyond [`MAX_TEXTS`].
const OTHERS: &str = "other warnings";

/// Target of the reports, which are never counted.
const TARGET: &str = concat!(env!("CARGO_CRATE_NAME"), "::repeats");

/// The texts logged since the last report. All servers of a process share it.
static SEEN: Mutex<BTreeMap<String, Seen>> = Mutex::new(BTreeMap::new());

/// How often a text occurred.
struct Seen {
    error: bool,
    logged: u32,
    suppressed: u64,
}

fn seen() -> MutexGuard<'static, BTreeMap<String, Seen>> {
    SEEN.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Layer that passes the first of equal warnings and errors, and counts the others until the next [`report`].
pub(super) struct Repeats;

impl<S: Subscriber> Layer<S> for Repeats {
    fn event_enabled(&self, event: &Event<'_>, _: Context<'_, S>) -> bool {
        let metadata = event.metadata();
        if *metadata.level() > Level::WARN || metadata.target() == TARGET {
            return true;
        }
        let mut text = EventText::default();
        event.record(&mut text);
        let most = if text.incident { MAX_INCIDENTS } else { MAX_REPEATS };
        let error = *metadata.level() == Level::ERROR;
        admit(&mut seen(), text.finish(), error, most)
    }
}

/// Returns whether to log an event with this text, of which `most` are logged between two reports.
fn admit(seen: &mut BTreeMap<String, Seen>, text: String, error: bool, most: u32) -> bool {
    let full = seen.len() >= MAX_TEXTS && !seen.contains_key(&text);
    let (text, logged) = if full { (OTHERS.to_owned(), most) } else { (text, 0) };
    let seen = seen.entry(text).or_insert(Seen { error, logged, suppressed: 0 });
    if seen.logged < most {
        seen.logged += 1;
        return true;
    }
    seen.suppressed += 1;
    false
}

/// The message and fields of an event as one text, without the incident, which differs each time.
#[derive(Default)]
struct EventText {
    message: String,
    fields: String,
    incident: bool,
}

impl EventText {
    fn finish(self) -> String {
        self.message + &self.fields
    }
}

impl Visit for EventText {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        // Writing to a string cannot fail.
        let _ = match field.name() {
            "incident" => {
                self.incident = true;
                Ok(())
            }
            "message" => write!(self.message, "{value:?}"),
            name => write!(self.fields, " {name}={value:?}"),
        };
    }
}

/// Logs how often each text was repeated since the last report.
pub(super) fn report() {
    let all = std::mem::take(&mut *seen());
    for (text, Seen { error, suppressed, .. }) in all.into_iter().filter(|(_, seen)| seen.suppressed > 0) {
        if error {
            tracing::error!(target: TARGET, count = suppressed, "repeated in the last minute: {text}");
        } else {
            tracing::warn!(target: TARGET, count = suppressed, "repeated in the last minute: {text}");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{BTreeMap, MAX_TEXTS, OTHERS, admit};

    #[test]
    fn the_first_of_equal_texts_is_logged_and_the_others_are_counted() {
        let mut seen = BTreeMap::new();
        let logged = (0..10).filter(|_| admit(&mut seen, "the disk is full".into(), true, 1)).count();
        assert_eq!((logged, seen["the disk is full"].suppressed), (1, 9));
        assert!(admit(&mut seen, "another".into(), false, 1));
        let incidents = (0..25).filter(|_| admit(&mut seen, "shown".into(), false, 10)).count();
        assert_eq!((incidents, seen["shown"].suppressed), (10, 15));
    }

    #[test]
    fn a_bounded_number_of_texts_is_remembered() {
        let mut seen = BTreeMap::new();
        let logged = (0..MAX_TEXTS * 2).filter(|n| admit(&mut seen, n.to_string(), false, 1)).count();
        assert_eq!((logged, seen[OTHERS].suppressed), (MAX_TEXTS, MAX_TEXTS as u64));
        assert_eq!(seen.len(), MAX_TEXTS + 1);
    }
}

//! What the commands print: the result on standard output, everything else on standard error.

use crate::exit::Failure;
use serde_json::{Value, json};
use std::fmt::Write as _;
use std::io::{self, BufRead as _, IsTerminal as _, Write as _};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;
use time::macros::format_description;
use zeroize::Zeroizing;

/// Longest text of the site or the sender's that a message repeats, in characters.
const LONGEST: usize = 300;

/// How the command prints.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Out {
    /// One JSON object instead of text.
    pub(crate) json: bool,
}

impl Out {
    /// Prints a line of the result, unless the result is JSON.
    ///
    /// # Errors
    /// [`Failure::local`] when standard output takes nothing more.
    pub(crate) fn line(self, text: &str) -> Result<(), Failure> {
        if self.json { Ok(()) } else { print(text.as_bytes(), b"\n") }
    }

    /// Prints a message that a share holds: byte for byte into a pipe or a file; on a terminal without what could control
    /// it, and with a line end.
    ///
    /// # Errors
    /// As [`Out::line`].
    pub(crate) fn message(self, text: &str) -> Result<(), Failure> {
        if self.json {
            Ok(())
        } else if io::stdout().is_terminal() {
            let text = Zeroizing::new(harmless(text));
            print(text.as_bytes(), if text.ends_with('\n') { b"" } else { b"\n" })
        } else {
            print(text.as_bytes(), b"")
        }
    }

    /// Prints the result as JSON, if the command does.
    ///
    /// # Errors
    /// As [`Out::line`].
    pub(crate) fn result(self, value: &Value) -> Result<(), Failure> {
        if !self.json {
            return Ok(());
        }
        let text = Zeroizing::new(value.to_string());
        print(Zeroizing::new(escaped(&text)).as_bytes(), b"\n")
    }

    /// Prints a failure and returns its exit code. A failure without a message was printed by the command.
    pub(crate) fn failure(self, failure: &Failure) -> u8 {
        if failure.message.is_empty() {
            return failure.kind.code();
        }
        note(&failure.message);
        // A closed standard output was the failure, or does not matter beside it.
        let _ = self.result(&json!({ "error": { "code": failure.kind.name(), "message": failure.message } }));
        failure.kind.code()
    }
}

fn print(text: &[u8], end: &[u8]) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    let printed = out.write_all(text).and_then(|()| out.write_all(end)).and_then(|()| out.flush());
    printed.map_err(|error| Failure::local(format!("Standard output cannot be written: {error}.")))
}

/// Prints a line for the person who runs the command, on standard error.
pub(crate) fn note(text: &str) {
    // Nobody reads a closed standard error.
    let _ = writeln!(io::stderr().lock(), "{text}");
}

/// Returns whether a person can be asked something.
pub(crate) fn has_terminal() -> bool {
    io::stdin().is_terminal() && io::stderr().is_terminal()
}

/// Asks a question on the terminal. Only “y” or “yes” means yes.
///
/// # Errors
/// [`Failure::local`] when the terminal cannot be read.
pub(crate) fn confirmed(question: &str) -> Result<bool, Failure> {
    let mut answer = String::new();
    let asked =
        write!(io::stderr().lock(), "{question} [y/N] ").and_then(|()| io::stdin().lock().read_line(&mut answer));
    asked.map_err(|error| Failure::local(format!("The terminal cannot be read: {error}.")))?;
    Ok(matches!(answer.trim().to_ascii_lowercase().as_str(), "y" | "yes"))
}

/// Returns a text of the site or of another person for a message: one line, not long, without control characters.
pub(crate) fn plain(text: &str) -> String {
    let line: String = text.chars().take(LONGEST).map(|letter| if controls(letter) { ' ' } else { letter }).collect();
    line.trim().to_owned()
}

/// Returns a text of another person for the terminal, with its lines.
pub(crate) fn harmless(text: &str) -> String {
    let kept = |letter: char| matches!(letter, '\n' | '\t') || !controls(letter);
    text.replace("\r\n", "\n").chars().map(|letter| if kept(letter) { letter } else { '\u{fffd}' }).collect()
}

/// Escapes what could control a terminal in JSON, where such characters occur in strings alone.
fn escaped(json: &str) -> String {
    let mut text = String::with_capacity(json.len());
    for letter in json.chars() {
        if controls(letter) {
            // Each of them is one UTF-16 unit. Writing to a string does not fail.
            let _ = write!(text, "\\u{:04x}", u32::from(letter));
        } else {
            text.push(letter);
        }
    }
    text
}

/// Returns whether a character could control a terminal, or change the order in which it shows text.
fn controls(letter: char) -> bool {
    letter.is_control()
        || matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}' | '\u{61c}' | '\u{2028}' | '\u{2029}')
}

/// Returns a time of the site, such as “2026-12-01 10:00 UTC”, or nothing when it is none.
pub(crate) fn moment(text: &str) -> Option<String> {
    let time = OffsetDateTime::parse(text, &Rfc3339).ok()?.to_offset(time::UtcOffset::UTC);
    time.format(format_description!("[year]-[month]-[day] [hour]:[minute] UTC")).ok()
}

/// Returns “ at {time}”, or nothing.
pub(crate) fn when(text: &str) -> String {
    moment(text).map_or_else(String::new, |time| format!(" at {time}"))
}

/// Returns a span such as “5 minutes”, rounded up.
pub(crate) fn span(seconds: u64) -> String {
    let (count, unit) = match seconds {
        0..=119 => (seconds, "second"),
        120..=7_199 => (seconds.div_ceil(60), "minute"),
        7_200..=172_799 => (seconds.div_ceil(3_600), "hour"),
        _ => (seconds.div_ceil(86_400), "day"),
    };
    format!("{count} {unit}{}", if count == 1 { "" } else { "s" })
}

/// Returns a size such as “1.5 MB”.
pub(crate) fn size(bytes: u64) -> String {
    const UNITS: [&str; 5] = ["kB", "MB", "GB", "TB", "PB"];
    if bytes < 1_000 {
        return format!("{bytes} bytes");
    }
    let (mut tenths, mut unit) = (bytes / 100, 0);
    while tenths >= 10_000 && unit + 1 < UNITS.len() {
        tenths /= 1_000;
        unit += 1;
    }
    format!("{}.{} {}", tenths / 10, tenths % 10, UNITS[unit])
}

#[cfg(test)]
mod tests {
    use super::{escaped, harmless, moment, plain, size, span};

    #[test]
    fn what_controls_a_terminal_is_not_shown() {
        assert_eq!(plain("a\u{1b}[2Jb\nc\u{202e}d"), "a [2Jb c d");
        assert_eq!(harmless("a\u{1b}]0;x\u{7}\r\nb\tc\rd"), "a\u{fffd}]0;x\u{fffd}\nb\tc\u{fffd}d");
        assert_eq!(plain(&"x".repeat(1_000)).len(), 300);
        assert_eq!(escaped("{\"a\":\"\u{9b}2J\u{202e}é\"}"), "{\"a\":\"\\u009b2J\\u202eé\"}");
    }

    #[test]
    fn times_spans_and_sizes_are_short() {
        assert_eq!(moment("2026-12-01T10:00:59.5Z").as_deref(), Some("2026-12-01 10:00 UTC"));
        assert_eq!(moment("\u{1b}[2J"), None);
        assert_eq!(
            (span(1), span(119), span(120), span(7_201)),
            ("1 second".into(), "119 seconds".into(), "2 minutes".into(), "3 hours".into())
        );
        assert_eq!(
            (size(999), size(1_500), size(2_147_483_648)),
            ("999 bytes".into(), "1.5 kB".into(), "2.1 GB".into())
        );
    }
}

//! What people give: links, messages and passwords, from a pipe or a prompt, or with a warning from the command line.

use crate::exit::Failure;
use crate::output::{has_terminal, note};
use onetimeshare_envelope::keys::Password;
use onetimeshare_envelope::link_text::LONGEST_TEXT;
use std::fs::File;
use std::io::{self, IsTerminal as _, Read as _, Write as _};
use std::path::{Path, PathBuf};
use zeroize::Zeroizing;

/// Longest message that is read, in bytes. Every site takes less.
const MAX_MESSAGE: u64 = 4 << 20;
/// Longest password in bytes.
const MAX_PASSWORD: u64 = 4_096;

/// Reads a link: an argument, `-` or nothing for standard input, where a person is asked for it.
///
/// # Errors
/// [`Failure::usage`] when nothing comes, [`Failure::damaged`] when it is too long.
pub(crate) fn link(argument: Option<String>) -> Result<Zeroizing<String>, Failure> {
    match argument.map(Zeroizing::new) {
        Some(text) if *text != "-" => {
            warn("The link");
            Ok(text)
        }
        given => {
            if io::stdin().is_terminal() {
                let _ = write!(io::stderr().lock(), "Link: ");
                let mut line = Zeroizing::new(String::with_capacity(LONGEST_TEXT));
                io::stdin().read_line(&mut line).map_err(|error| unreadable(&error))?;
                return Ok(line);
            }
            let text = standard_input(LONGEST_TEXT as u64)?
                .ok_or_else(|| Failure::damaged("What standard input holds is too long for a link."))?;
            if text.trim().is_empty() {
                let hint = if given.is_some() { "Standard input is empty." } else { "There is no link." };
                return Err(Failure::usage(format!("{hint} Give the link on standard input, or as an argument.")));
            }
            Ok(text)
        }
    }
}

/// Reads a message: a text from the command line, or `-` for standard input.
///
/// # Errors
/// [`Failure::usage`] when it is not text, [`Failure::refused`] when it is too long for any site.
pub(crate) fn message(argument: String) -> Result<Zeroizing<String>, Failure> {
    if argument != "-" {
        warn("The message");
        return Ok(Zeroizing::new(argument));
    }
    if has_terminal() {
        note("Write the message, and end it with Ctrl-D on a line of its own.");
    }
    let too_long = || Failure::refused("The message is too long. Put it into a file and send the file.");
    let mut text = standard_input(MAX_MESSAGE)?.ok_or_else(too_long)?;
    // The line end that ends the typing.
    if io::stdin().is_terminal() && text.ends_with('\n') {
        text.pop();
    }
    if text.is_empty() {
        return Err(Failure::usage("The message is empty: standard input holds nothing."));
    }
    Ok(text)
}

fn warn(what: &str) {
    note(&format!(
        "{what} was given as an argument, so it stays in the shell's history and other programs see it in the process list. \
         “-” reads it from standard input."
    ));
}

fn unreadable(error: &io::Error) -> Failure {
    Failure::local(format!("Standard input cannot be read: {error}."))
}

/// Reads standard input to its end; `None` when it is longer than `limit` bytes.
fn standard_input(limit: u64) -> Result<Option<Zeroizing<String>>, Failure> {
    let mut bytes = Zeroizing::new(Vec::new());
    io::stdin().lock().take(limit + 1).read_to_end(&mut bytes).map_err(|error| unreadable(&error))?;
    if bytes.len() as u64 > limit {
        return Ok(None);
    }
    let text = String::from_utf8(std::mem::take(&mut *bytes));
    let text =
        text.map_err(|_| Failure::usage("Standard input is not text in UTF-8. Put it into a file and send the file."))?;
    Ok(Some(Zeroizing::new(text)))
}

/// Where a password comes from.
#[derive(Clone, Debug, Default)]
pub(crate) struct PasswordSource {
    /// A file that holds it, from `--password-file` or `OTS_PASSWORD_FILE`.
    pub(crate) file: Option<PathBuf>,
}

impl PasswordSource {
    /// Reads the password from its file, if there is one.
    ///
    /// # Errors
    /// [`Failure::usage`] when the file cannot be read, or holds no password.
    pub(crate) fn given(&self) -> Result<Option<Password>, Failure> {
        self.file.as_deref().map(from_file).transpose()
    }

    /// Asks for a new password, twice.
    ///
    /// # Errors
    /// [`Failure::usage`] without a terminal, or when the two differ.
    pub(crate) fn chosen() -> Result<Password, Failure> {
        let first = prompt("Password: ")?;
        let again = prompt("The same again: ")?;
        if first != again {
            return Err(Failure::usage("The two passwords differ."));
        }
        Ok(first)
    }

    /// Asks for the password of a share.
    ///
    /// # Errors
    /// [`Failure::password`] without a terminal.
    pub(crate) fn asked() -> Result<Password, Failure> {
        if !has_terminal() {
            return Err(Failure::password("A password protects this share. Give it with --password-file."));
        }
        prompt("Password: ")
    }
}

fn prompt(question: &str) -> Result<Password, Failure> {
    if !has_terminal() {
        return Err(Failure::usage("There is no terminal to ask for the password. Give it with --password-file."));
    }
    let typed = rpassword::prompt_password(question).map(Zeroizing::new);
    let typed = typed.map_err(|error| Failure::local(format!("The terminal cannot be read: {error}.")))?;
    Password::parse(&typed).ok_or_else(|| Failure::usage("The password is empty."))
}

fn from_file(path: &Path) -> Result<Password, Failure> {
    let name = path.display();
    let unreadable = |error: io::Error| Failure::usage(format!("The password file {name} cannot be read: {error}."));
    let mut text = Zeroizing::new(String::new());
    File::open(path).map_err(unreadable)?.take(MAX_PASSWORD + 1).read_to_string(&mut text).map_err(unreadable)?;
    if text.len() as u64 > MAX_PASSWORD {
        return Err(Failure::usage(format!("The password file {name} holds more than a password.")));
    }
    let line = text.strip_suffix('\n').map_or(text.as_str(), |line| line.strip_suffix('\r').unwrap_or(line));
    Password::parse(line).ok_or_else(|| Failure::usage(format!("The password file {name} is empty.")))
}

/// Parses a span such as `30m`, `12h`, `1d` or `2w` into seconds. A number alone is in seconds.
///
/// # Errors
/// A text for the command line's own message.
pub(crate) fn parse_span(text: &str) -> Result<u64, String> {
    let (digits, unit) = text.split_at(text.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(text.len()));
    let seconds = match unit {
        "" | "s" => 1,
        "m" => 60,
        "h" => 3_600,
        "d" => 86_400,
        "w" => 604_800,
        _ => 0,
    };
    let count = digits.parse().ok().filter(|count: &u64| *count > 0 && seconds > 0);
    count
        .and_then(|count| count.checked_mul(seconds))
        .ok_or_else(|| "use a number and s, m, h, d or w, such as 12h or 7d".to_owned())
}

#[cfg(test)]
mod tests {
    use super::{PasswordSource, parse_span};
    use onetimeshare_envelope::keys::Password;
    use std::io::Write as _;

    #[test]
    fn spans_are_a_number_and_a_unit() {
        assert_eq!(
            ["90", "90s", "30m", "12h", "1d", "2w"].map(|text| parse_span(text).unwrap()),
            [90, 90, 1_800, 43_200, 86_400, 1_209_600]
        );
        for text in ["", "d", "0d", "-1d", "1.5h", "1x", "1 d", "99999999999999999999d", "18446744073709551615w"] {
            assert!(parse_span(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_password_file_holds_the_password_and_a_line_end() {
        let folder = std::env::temp_dir().join(format!("ots-input-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let path = folder.join("password");
        for (text, password) in
            [("four good words", "four good words"), ("x\n", "x"), ("x\r\n", "x"), (" x \n\n", " x \n")]
        {
            std::fs::File::create(&path).unwrap().write_all(text.as_bytes()).unwrap();
            let given = PasswordSource { file: Some(path.clone()) }.given().unwrap();
            assert!(given == Password::parse(password), "{text:?}");
        }
        for text in ["", "\n", &"x".repeat(5_000)] {
            std::fs::write(&path, text).unwrap();
            assert!(PasswordSource { file: Some(path.clone()) }.given().is_err());
        }
        std::fs::remove_dir_all(folder).unwrap();
        assert!(PasswordSource { file: Some(path) }.given().is_err());
    }
}

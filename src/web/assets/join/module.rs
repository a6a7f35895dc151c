//! One module: what it imports and exports, and its text as a part of a joined one.

use super::tokens::{Stop, Token, Tokens, stop};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::ops::Range;

/// What numbers and handed-on names look like in a joined module.
const DOLLAR: &str = "names that begin with $ are kept for joining";

/// What an import takes.
#[derive(Debug)]
pub(super) enum Taken<'a> {
    /// `import "./x.js"`.
    Nothing,
    /// `import * as x`.
    All(&'a str),
    /// `import { theirs as ours }`.
    Names(Vec<(&'a str, &'a str)>),
}

/// An import.
#[derive(Debug)]
pub(super) struct Import<'a> {
    /// What is replaced: the statement; of an `import(…)` only the text in it.
    range: Range<usize>,
    /// The path of the module below the folder of assets.
    pub(super) target: String,
    pub(super) taken: Taken<'a>,
}

impl Import<'_> {
    /// Where it stands.
    pub(super) fn at(&self) -> usize {
        self.range.start
    }
}

/// A module that was read.
#[derive(Debug)]
pub(super) struct Module<'a> {
    path: &'a str,
    tokens: Tokens<'a>,
    /// In the order in which they load.
    pub(super) imports: Vec<Import<'a>>,
    /// Loaded by `import(…)`.
    pub(super) later: Vec<Import<'a>>,
    pub(super) exports: BTreeSet<&'a str>,
    /// The `export` words and what is between them and what they export.
    export_words: Vec<Range<usize>>,
    /// Where it keeps something of which there must not be two: a variable or a class.
    pub(super) state: Option<usize>,
}

impl<'a> Module<'a> {
    /// Reads a module.
    ///
    /// # Errors
    /// At whatever joining might change the meaning of.
    pub(super) fn read(path: &'a str, text: &'a str) -> Result<Self, Stop> {
        let mut module = Self {
            path,
            tokens: Tokens::read(text)?,
            imports: Vec::new(),
            later: Vec::new(),
            exports: BTreeSet::new(),
            export_words: Vec::new(),
            state: None,
        };
        let (mut index, mut code) = (0, false);
        while let Some(&token) = module.tokens.all.get(index) {
            let word = if module.tokens.is_word(index) && !module.tokens.is_property(index) {
                module.tokens.of(index)
            } else {
                ""
            };
            match word {
                "import" if module.tokens.is(index + 1, "(") => module.import_later(index)?,
                "import" if token.depth == 0 && !code => {
                    index = module.import(index)?;
                    continue;
                }
                "import" => return stop(token.start, "only import(\"./x.js\") may stand behind other code"),
                "export" if token.depth == 0 => module.export(index)?,
                "export" => return stop(token.start, "an export inside of something"),
                "var" => return stop(token.start, "var would be seen by other modules: write const or let"),
                "let" | "class" if token.depth == 0 => module.state = module.state.or(Some(token.start)),
                word if word.starts_with('$') => {
                    return stop(token.start, DOLLAR);
                }
                _ => {}
            }
            code = true;
            index += 1;
        }
        module.exports_stay()?;
        Ok(module)
    }

    /// The line of a byte, from 1.
    pub(super) fn line(&self, at: usize) -> usize {
        line(self.tokens.text, at)
    }

    fn start(&self, index: usize) -> usize {
        self.tokens.all.get(index).map_or(self.tokens.text.len(), |token| token.start)
    }

    fn expect(&self, index: usize, what: &str) -> Result<usize, Stop> {
        if self.tokens.is(index, what) {
            Ok(index + 1)
        } else {
            stop(self.start(index), format!("an import or export of a form that is not joined: {what} is missing"))
        }
    }

    fn name(&self, index: usize) -> Result<&'a str, Stop> {
        match self.tokens.of(index) {
            "default" => stop(self.start(index), "default imports and exports are not joined"),
            name if name.starts_with('$') => stop(self.start(index), DOLLAR),
            name if self.tokens.is_word(index) => Ok(name),
            _ => stop(self.start(index), "an import or export of a form that is not joined: a name is missing"),
        }
    }

    /// The module that a quoted text names.
    fn target(&self, index: usize) -> Result<String, Stop> {
        let text = self.tokens.of(index);
        let quoted = ['"', '\''].iter().find_map(|quote| text.strip_prefix(*quote)?.strip_suffix(*quote));
        quoted
            .and_then(|address| resolve(self.path, address))
            .map_or_else(|| stop(self.start(index), "only \"./x.js\" and \"../x.js\" are imported"), Ok)
    }

    /// Reads the import at `index`; answers what follows it.
    fn import(&mut self, index: usize) -> Result<usize, Stop> {
        let mut next = index + 1;
        let taken = match self.tokens.of(next) {
            "{" => {
                let mut names = Vec::new();
                next += 1;
                while !self.tokens.is(next, "}") {
                    let theirs = self.name(next)?;
                    next += 1;
                    let ours = if self.tokens.is(next, "as") {
                        next += 2;
                        self.name(next - 1)?
                    } else {
                        theirs
                    };
                    names.push((theirs, ours));
                    if !self.tokens.is(next, "}") {
                        next = self.expect(next, ",")?;
                    }
                }
                next = self.expect(next + 1, "from")?;
                Taken::Names(names)
            }
            "*" => {
                next = self.expect(next + 1, "as")?;
                let name = self.name(next)?;
                next = self.expect(next + 1, "from")?;
                Taken::All(name)
            }
            _ if self.tokens.is_word(next) => {
                return stop(self.start(next), "default imports and exports are not joined");
            }
            _ => Taken::Nothing,
        };
        let target = self.target(next)?;
        next = self.expect(next + 1, ";")?;
        let end = self.tokens.all.get(next - 1).map_or(0, |token| token.end);
        self.imports.push(Import { range: self.start(index)..end, target, taken });
        Ok(next)
    }

    fn import_later(&mut self, index: usize) -> Result<(), Stop> {
        let target = self.target(index + 2)?;
        self.expect(index + 3, ")")?;
        let range = self.tokens.all.get(index + 2).map_or(0..0, |token| token.start..token.end);
        self.later.push(Import { range, target, taken: Taken::Nothing });
        Ok(())
    }

    fn export(&mut self, index: usize) -> Result<(), Stop> {
        let name = match (self.tokens.of(index + 1), self.tokens.of(index + 2)) {
            ("function" | "class", _) => self.name(index + 2)?,
            ("async", "function") => self.name(index + 3)?,
            ("const", _) => {
                let name = self.name(index + 2)?;
                self.expect(index + 3, "=")?;
                let mut end = index + 4;
                while !(self.tokens.is(end, ";") && self.depth(end) == 0) {
                    if end >= self.tokens.all.len() || self.tokens.is(end, ",") && self.depth(end) == 0 {
                        return stop(self.start(index), "export each const by itself, with a semicolon at its end");
                    }
                    end += 1;
                }
                name
            }
            _ => {
                return stop(
                    self.start(index),
                    "only functions, classes and consts are exported, each where it is written",
                );
            }
        };
        self.exports.insert(name);
        self.export_words.push(self.start(index)..self.start(index + 1));
        Ok(())
    }

    fn depth(&self, index: usize) -> usize {
        self.tokens.all.get(index).map_or(0, |token| token.depth)
    }

    /// Refuses what gives an export another value: those who import it would keep the first one.
    fn exports_stay(&self) -> Result<(), Stop> {
        let assigned = |(index, token): (usize, &Token)| {
            let set = self.tokens.is(index + 1, "=")
                && !matches!(self.tokens.text.as_bytes().get(self.start(index + 1) + 1), Some(b'=' | b'>'));
            let declared = index.checked_sub(1).is_some_and(|before| matches!(self.tokens.of(before), "const" | "let"));
            (set && !declared
                && self.tokens.is_word(index)
                && !self.tokens.is_property(index)
                && self.exports.contains(self.tokens.of(index)))
            .then_some(token.start)
        };
        match self.tokens.all.iter().enumerate().find_map(assigned) {
            Some(at) => stop(at, "an exported name gets another value: name one of the two differently"),
            None => Ok(()),
        }
    }

    /// The text as a part of the module at `place`: imports taken from what `numbers` calls their modules, exports only
    /// declared, comments left out.
    pub(super) fn body(&self, place: &str, numbers: &BTreeMap<&str, usize>) -> String {
        let mut edits: Vec<(Range<usize>, String)> = Vec::new();
        for Import { range, target, taken } in &self.imports {
            let number = numbers.get(target.as_str()).copied().unwrap_or_default();
            let taken = match taken {
                Taken::Nothing => String::new(),
                Taken::All(name) => format!("const {name} = ${number};"),
                Taken::Names(names) => {
                    let name = |(theirs, ours): &(&str, &str)| {
                        if theirs == ours { (*ours).to_owned() } else { format!("{theirs}: {ours}") }
                    };
                    format!("const {{ {} }} = ${number};", names.iter().map(name).collect::<Vec<_>>().join(", "))
                }
            };
            edits.push((range.clone(), taken));
        }
        edits.extend(
            self.later.iter().map(|import| (import.range.clone(), format!("\"{}\"", relative(place, &import.target)))),
        );
        edits.extend(self.export_words.iter().map(|range| (range.clone(), String::new())));
        edits.extend(self.tokens.comments.iter().map(|range| without(self.tokens.text, range)));
        edits.sort_by_key(|(range, _)| range.start);
        let mut body = String::with_capacity(self.tokens.text.len());
        let mut at = 0;
        for (range, new) in edits {
            // A comment inside of an import goes with it.
            if range.start >= at {
                body.push_str(&self.tokens.text[at..range.start]);
                body.push_str(&new);
                at = range.end;
            }
        }
        body.push_str(&self.tokens.text[at..]);
        body.trim().to_owned()
    }
}

/// What to cut for a comment and what to leave in its place: whole lines where it stands alone, the end of a line where
/// it ends one, otherwise what it counts as between two words: a space, or a new line where it holds one.
fn without(text: &str, comment: &Range<usize>) -> (Range<usize>, String) {
    let before = text[..comment.start].trim_end_matches([' ', '\t']);
    let after = text[comment.end..].trim_start_matches([' ', '\t', '\r']);
    let alone = before.is_empty() || before.ends_with('\n');
    let last = after.is_empty() || after.starts_with('\n');
    let lines = text[comment.clone()].contains('\n');
    if alone && last {
        (before.len()..text.len() - after.strip_prefix('\n').unwrap_or(after).len(), String::new())
    } else if last && !lines {
        (before.len()..comment.end, String::new())
    } else {
        (comment.clone(), if lines { "\n" } else { " " }.to_owned())
    }
}

/// The line of a byte, from 1.
pub(super) fn line(text: &str, at: usize) -> usize {
    text.bytes().take(at).filter(|byte| *byte == b'\n').count() + 1
}

/// The path that `address` means in the module at `from`; none for what is no relative address of a script.
fn resolve(from: &str, address: &str) -> Option<String> {
    let plain = |letter: char| letter.is_ascii_alphanumeric() || "._-/".contains(letter);
    if !address.starts_with("./") && !address.starts_with("../")
        || address.rsplit_once('.').is_none_or(|(_, ending)| ending != "js")
        || !address.chars().all(plain)
    {
        return None;
    }
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in address.split('/') {
        match part {
            "" => return None,
            "." => {}
            ".." => drop(parts.pop()?),
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// The address of `target` as a module at `from` writes it.
fn relative(from: &str, target: &str) -> String {
    let (from, target): (Vec<&str>, Vec<&str>) = (from.split('/').collect(), target.split('/').collect());
    let folders = from.len() - 1;
    let shared = from.iter().take(folders).zip(&target).take_while(|(one, other)| one == other).count();
    let mut address = if shared == folders { "./".to_owned() } else { "../".repeat(folders - shared) };
    let _ = write!(address, "{}", target[shared..].join("/"));
    address
}

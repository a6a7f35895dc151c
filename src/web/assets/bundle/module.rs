//! A parsed module: its imports and exports, and its source text as a block of a bundle.

use super::tokens::{SyntaxError, Token, Tokens, fail};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::ops::Range;

/// Error for names that could collide with the variables of a bundle.
const DOLLAR: &str = "names that begin with $ are reserved for bundles";

/// The names that an import binds.
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
    /// Bytes to replace: the statement, or the specifier of an `import(…)`.
    range: Range<usize>,
    /// Path of the imported module below the static directory.
    pub(super) target: String,
    pub(super) taken: Taken<'a>,
}

impl Import<'_> {
    /// Returns its byte offset.
    pub(super) fn at(&self) -> usize {
        self.range.start
    }
}

/// A parsed module.
#[derive(Debug)]
pub(super) struct Module<'a> {
    path: &'a str,
    tokens: Tokens<'a>,
    /// Static imports, in source order.
    pub(super) imports: Vec<Import<'a>>,
    /// Dynamic imports: `import(…)`.
    pub(super) dynamic: Vec<Import<'a>>,
    pub(super) exports: BTreeSet<&'a str>,
    /// The `export` keywords, each with the space after it.
    export_words: Vec<Range<usize>>,
    /// Offset of the first top-level variable or class, of which there must be only one.
    pub(super) state: Option<usize>,
}

impl<'a> Module<'a> {
    /// Parses a module.
    ///
    /// # Errors
    /// A construct whose meaning bundling could change.
    pub(super) fn read(path: &'a str, text: &'a str) -> Result<Self, SyntaxError> {
        let mut module = Self {
            path,
            tokens: Tokens::read(text)?,
            imports: Vec::new(),
            dynamic: Vec::new(),
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
                "import" if module.tokens.is(index + 1, "(") => module.dynamic_import(index)?,
                "import" if token.depth == 0 && !code => {
                    index = module.import(index)?;
                    continue;
                }
                "import" => return fail(token.start, "static imports must precede other code"),
                "export" if token.depth == 0 => module.export(index)?,
                "export" => return fail(token.start, "an export inside a block"),
                "var" => return fail(token.start, "var would be visible to other modules; use const or let"),
                "let" | "class" if token.depth == 0 => module.state = module.state.or(Some(token.start)),
                word if word.starts_with('$') => {
                    return fail(token.start, DOLLAR);
                }
                _ => {}
            }
            code = true;
            index += 1;
        }
        module.check_exports_constant()?;
        Ok(module)
    }

    /// Returns the line of a byte offset, from 1.
    pub(super) fn line(&self, at: usize) -> usize {
        line(self.tokens.text, at)
    }

    fn start(&self, index: usize) -> usize {
        self.tokens.all.get(index).map_or(self.tokens.text.len(), |token| token.start)
    }

    fn expect(&self, index: usize, what: &str) -> Result<usize, SyntaxError> {
        if self.tokens.is(index, what) {
            Ok(index + 1)
        } else {
            fail(self.start(index), format!("unsupported import or export: {what} expected"))
        }
    }

    fn name(&self, index: usize) -> Result<&'a str, SyntaxError> {
        match self.tokens.of(index) {
            "default" => fail(self.start(index), "default imports and exports are not supported"),
            name if name.starts_with('$') => fail(self.start(index), DOLLAR),
            name if self.tokens.is_word(index) => Ok(name),
            _ => fail(self.start(index), "unsupported import or export: name expected"),
        }
    }

    /// Resolves the string literal at `index` to a module path.
    fn target(&self, index: usize) -> Result<String, SyntaxError> {
        let text = self.tokens.of(index);
        let quoted = ['"', '\''].iter().find_map(|quote| text.strip_prefix(*quote)?.strip_suffix(*quote));
        quoted
            .and_then(|specifier| resolve(self.path, specifier))
            .map_or_else(|| fail(self.start(index), "module specifiers must be like \"./x.js\" or \"../x.js\""), Ok)
    }

    /// Parses the static import at `index`. Returns the index of the token after it.
    fn import(&mut self, index: usize) -> Result<usize, SyntaxError> {
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
                return fail(self.start(next), "default imports and exports are not supported");
            }
            _ => Taken::Nothing,
        };
        let target = self.target(next)?;
        next = self.expect(next + 1, ";")?;
        let end = self.tokens.all.get(next - 1).map_or(0, |token| token.end);
        self.imports.push(Import { range: self.start(index)..end, target, taken });
        Ok(next)
    }

    fn dynamic_import(&mut self, index: usize) -> Result<(), SyntaxError> {
        let target = self.target(index + 2)?;
        self.expect(index + 3, ")")?;
        let range = self.tokens.all.get(index + 2).map_or(0..0, |token| token.start..token.end);
        self.dynamic.push(Import { range, target, taken: Taken::Nothing });
        Ok(())
    }

    fn export(&mut self, index: usize) -> Result<(), SyntaxError> {
        let name = match (self.tokens.of(index + 1), self.tokens.of(index + 2)) {
            ("function" | "class", _) => self.name(index + 2)?,
            ("async", "function") => self.name(index + 3)?,
            ("const", _) => {
                let name = self.name(index + 2)?;
                self.expect(index + 3, "=")?;
                let mut end = index + 4;
                while !(self.tokens.is(end, ";") && self.depth(end) == 0) {
                    if end >= self.tokens.all.len() || self.tokens.is(end, ",") && self.depth(end) == 0 {
                        return fail(self.start(index), "export one const per statement, ended by a semicolon");
                    }
                    end += 1;
                }
                name
            }
            _ => {
                return fail(
                    self.start(index),
                    "only functions, classes and consts can be exported, each at its declaration",
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

    /// Rejects assignments to exports: importing modules would keep the first value.
    fn check_exports_constant(&self) -> Result<(), SyntaxError> {
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
            Some(at) => fail(at, "an exported name is assigned again; rename one of the two"),
            None => Ok(()),
        }
    }

    /// Returns the source text as a block of the bundle at `place`: imports read the numbered variable of their module,
    /// `export` keywords and comments are removed.
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
            self.dynamic
                .iter()
                .map(|import| (import.range.clone(), format!("\"{}\"", relative(place, &import.target)))),
        );
        edits.extend(self.export_words.iter().map(|range| (range.clone(), String::new())));
        edits.extend(self.tokens.comments.iter().map(|range| without(self.tokens.text, range)));
        edits.sort_by_key(|(range, _)| range.start);
        let mut body = String::with_capacity(self.tokens.text.len());
        let mut at = 0;
        for (range, new) in edits {
            // Skips comments inside an import, which is replaced as a whole.
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

/// Returns the bytes to remove for a comment and their replacement. A comment on lines of its own takes the lines with
/// it, and one at the end of a line the space before it. Any other becomes what it counts as between two tokens: a
/// newline if it contains one, otherwise a space.
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

/// Returns the line of a byte offset, from 1.
pub(super) fn line(text: &str, at: usize) -> usize {
    text.bytes().take(at).filter(|byte| *byte == b'\n').count() + 1
}

/// Resolves a module specifier in the module at `from`. Returns `None` unless it is a relative path to a script.
fn resolve(from: &str, specifier: &str) -> Option<String> {
    let plain = |letter: char| letter.is_ascii_alphanumeric() || "._-/".contains(letter);
    if !specifier.starts_with("./") && !specifier.starts_with("../")
        || specifier.rsplit_once('.').is_none_or(|(_, ending)| ending != "js")
        || !specifier.chars().all(plain)
    {
        return None;
    }
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in specifier.split('/') {
        match part {
            "" => return None,
            "." => {}
            ".." => drop(parts.pop()?),
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// Returns the module specifier of `target` relative to the module at `from`.
fn relative(from: &str, target: &str) -> String {
    let (from, target): (Vec<&str>, Vec<&str>) = (from.split('/').collect(), target.split('/').collect());
    let folders = from.len() - 1;
    let shared = from.iter().take(folders).zip(&target).take_while(|(one, other)| one == other).count();
    let mut specifier = if shared == folders { "./".to_owned() } else { "../".repeat(folders - shared) };
    let _ = write!(specifier, "{}", target[shared..].join("/"));
    specifier
}

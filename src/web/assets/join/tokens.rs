//! Reads JavaScript as far as joining needs it: where words, marks, texts, patterns and comments begin and end. What it
//! cannot tell for sure it refuses.

use std::ops::Range;

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A name or keyword.
    Word,
    Number,
    /// In single or double quotes.
    Text,
    /// A piece of a template: up to its end or to a `${`, or from a `}` on.
    Template,
    /// A regular expression with its flags.
    Pattern,
    /// One character of punctuation; `...`, `++` and `--` are whole.
    Mark,
}

/// One token and where it stands, in bytes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Token {
    pub(super) kind: Kind,
    pub(super) start: usize,
    pub(super) end: usize,
    /// How many brackets of any kind are open around it; a bracket is not inside itself.
    pub(super) depth: usize,
}

/// Why reading stopped, and at which byte.
#[derive(Debug)]
pub(super) struct Stop {
    pub(super) at: usize,
    pub(super) why: String,
}

/// A script in pieces.
#[derive(Debug)]
pub(super) struct Tokens<'a> {
    pub(super) text: &'a str,
    pub(super) all: Vec<Token>,
    pub(super) comments: Vec<Range<usize>>,
}

/// An open bracket.
#[derive(Clone, Copy, PartialEq)]
enum Open {
    Round {
        /// After `if`, `for`, `while` or `with`: a statement follows the closing one, not an operator.
        condition: bool,
    },
    Square,
    Curly,
    /// The `${` of a template.
    Template,
}

/// Words that a value follows, so that a slash after them begins a pattern.
const BEFORE_VALUES: [&str; 13] =
    ["await", "case", "delete", "do", "else", "in", "instanceof", "new", "return", "throw", "typeof", "void", "yield"];

struct Reader<'a> {
    tokens: Tokens<'a>,
    at: usize,
    open: Vec<Open>,
    after_condition: bool,
}

impl<'a> Tokens<'a> {
    /// Takes a script apart.
    ///
    /// # Errors
    /// When a piece does not end, brackets do not match, or only a whole parser could tell what something is.
    pub(super) fn read(text: &'a str) -> Result<Self, Stop> {
        // They end a line even inside a comment.
        if let Some(at) = text.find(['\u{2028}', '\u{2029}']) {
            return stop(at, "a line ends with U+2028 or U+2029");
        }
        let tokens = Self { text, all: Vec::new(), comments: Vec::new() };
        let mut reader = Reader { tokens, at: 0, open: Vec::new(), after_condition: false };
        while reader.at < text.len() {
            reader.step()?;
        }
        if reader.open.is_empty() { Ok(reader.tokens) } else { stop(text.len(), "a bracket is not closed") }
    }

    /// The text of a token; empty behind the last.
    pub(super) fn of(&self, index: usize) -> &'a str {
        self.all.get(index).map_or("", |token| &self.text[token.start..token.end])
    }

    /// Whether it is this mark or word, and not a text that reads alike.
    pub(super) fn is(&self, index: usize, what: &str) -> bool {
        self.of(index) == what
    }

    /// Whether a word is what follows a dot or a `#`, so never a keyword nor a name of the module.
    pub(super) fn is_property(&self, index: usize) -> bool {
        index.checked_sub(1).is_some_and(|before| matches!(self.of(before), "." | "#"))
    }

    /// Whether it is a name that stands for itself.
    pub(super) fn is_word(&self, index: usize) -> bool {
        self.all.get(index).is_some_and(|token| token.kind == Kind::Word)
    }
}

impl Reader<'_> {
    fn byte(&self, ahead: usize) -> u8 {
        self.tokens.text.as_bytes().get(self.at + ahead).copied().unwrap_or(0)
    }

    fn rest(&self) -> &str {
        self.tokens.text.get(self.at..).unwrap_or_default()
    }

    fn push(&mut self, kind: Kind, length: usize) {
        let start = self.at;
        self.at += length;
        self.tokens.all.push(Token { kind, start, end: self.at, depth: self.open.len() });
    }

    fn step(&mut self) -> Result<(), Stop> {
        match (self.byte(0), self.byte(1)) {
            (b' ' | b'\t' | b'\r' | b'\n', _) => self.at += 1,
            (b'/', b'/') => self.comment(self.rest().find('\n').unwrap_or(self.rest().len())),
            (b'/', b'*') => match self.rest().get(2..).and_then(|rest| rest.find("*/")) {
                Some(length) => self.comment(length + 4),
                None => return stop(self.at, "a comment does not end"),
            },
            (b'/', _) => match self.value_is_due() {
                Some(true) => self.pattern()?,
                Some(false) => self.push(Kind::Mark, 1),
                None => return stop(self.at, "a slash that may divide or begin a pattern: put brackets around it"),
            },
            (quote @ (b'"' | b'\''), _) => self.quoted(quote)?,
            (b'`', _) => self.template()?,
            (b'0'..=b'9', _) | (b'.', b'0'..=b'9') => {
                let length =
                    self.rest().find(|letter: char| !(letter.is_ascii_alphanumeric() || "_.".contains(letter)));
                self.push(Kind::Number, length.unwrap_or(self.rest().len()));
            }
            (b'a'..=b'z' | b'A'..=b'Z' | b'_' | b'$', _) => self.push(Kind::Word, self.word(0)),
            (b'(' | b'[' | b'{', _) => self.opens(),
            (b')' | b']' | b'}', _) => self.closes()?,
            (b'.', b'.') if self.rest().starts_with("...") => self.push(Kind::Mark, 3),
            (b'+', b'+') | (b'-', b'-') => self.push(Kind::Mark, 2),
            (b'\\' | b'@', _) => return stop(self.at, "a sign that the scripts here do not use"),
            (b'!'..=b'~', _) => self.push(Kind::Mark, 1),
            _ => return stop(self.at, "a letter outside texts and comments that is not ASCII"),
        }
        Ok(())
    }

    /// The length of the word that stands `ahead` bytes from here.
    fn word(&self, ahead: usize) -> usize {
        let rest = self.rest().get(ahead..).unwrap_or_default();
        rest.find(|letter: char| !(letter.is_ascii_alphanumeric() || "_$".contains(letter))).unwrap_or(rest.len())
    }

    fn comment(&mut self, length: usize) {
        self.tokens.comments.push(self.at..self.at + length);
        self.at += length;
    }

    /// Whether a value must follow here, so that a slash begins a pattern; none where both may be.
    fn value_is_due(&self) -> Option<bool> {
        let Some(before) = self.tokens.all.len().checked_sub(1) else { return Some(true) };
        let text = self.tokens.of(before);
        match self.tokens.all[before].kind {
            Kind::Number | Kind::Text | Kind::Pattern => Some(false),
            Kind::Template => Some(text.ends_with('{')),
            Kind::Word if self.tokens.is_property(before) => Some(false),
            Kind::Word if text == "of" => None,
            Kind::Word => Some(BEFORE_VALUES.contains(&text)),
            Kind::Mark => match text {
                ")" => Some(self.after_condition),
                "]" => Some(false),
                "}" | "++" | "--" => None,
                _ => Some(true),
            },
        }
    }

    fn pattern(&mut self) -> Result<(), Stop> {
        let (mut length, mut class) = (1, false);
        loop {
            match self.byte(length) {
                0 | b'\n' | b'\r' => return stop(self.at, "a pattern does not end on its line"),
                b'\\' => length += 1,
                b'[' => class = true,
                b']' => class = false,
                b'/' if !class => break,
                _ => {}
            }
            length += 1;
        }
        length += 1;
        self.push(Kind::Pattern, length + self.word(length));
        Ok(())
    }

    fn quoted(&mut self, quote: u8) -> Result<(), Stop> {
        let mut length = 1;
        loop {
            match self.byte(length) {
                0 | b'\n' | b'\r' => return stop(self.at, "a text does not end on its line"),
                b'\\' => length += 1,
                byte if byte == quote => break,
                _ => {}
            }
            length += 1;
        }
        self.push(Kind::Text, length + 1);
        Ok(())
    }

    /// From a backtick, or the `}` of a `${`, to the end of the template or its next `${`.
    fn template(&mut self) -> Result<(), Stop> {
        let mut length = 1;
        loop {
            match (self.byte(length), self.byte(length + 1)) {
                (0, _) => return stop(self.at, "a template does not end"),
                (b'\\', _) => length += 1,
                (b'`', _) => {
                    self.push(Kind::Template, length + 1);
                    return Ok(());
                }
                (b'$', b'{') => {
                    self.push(Kind::Template, length + 2);
                    self.open.push(Open::Template);
                    return Ok(());
                }
                _ => {}
            }
            length += 1;
        }
    }

    fn opens(&mut self) {
        let before = |back: usize| {
            let index = self.tokens.all.len().checked_sub(back)?;
            (!self.tokens.is_property(index)).then(|| self.tokens.of(index))
        };
        let open = match self.byte(0) {
            b'(' => Open::Round {
                condition: matches!(before(1), Some("if" | "for" | "while" | "with"))
                    || before(1) == Some("await") && before(2) == Some("for"),
            },
            b'[' => Open::Square,
            _ => Open::Curly,
        };
        self.push(Kind::Mark, 1);
        self.open.push(open);
    }

    fn closes(&mut self) -> Result<(), Stop> {
        match (self.byte(0), self.open.pop()) {
            (b')', Some(Open::Round { condition })) => self.after_condition = condition,
            (b']', Some(Open::Square)) | (b'}', Some(Open::Curly)) => {}
            (b'}', Some(Open::Template)) => return self.template(),
            _ => return stop(self.at, "a bracket that closes nothing"),
        }
        self.push(Kind::Mark, 1);
        Ok(())
    }
}

/// A refusal.
pub(super) fn stop<T>(at: usize, why: impl Into<String>) -> Result<T, Stop> {
    Err(Stop { at, why: why.into() })
}

//! Tokenizer for JavaScript, as far as bundling needs one. It rejects what only a full parser could classify.

use std::ops::Range;

/// Kind of a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A name or keyword.
    Word,
    Number,
    /// A string literal in single or double quotes.
    Text,
    /// A piece of a template literal. It begins at the backtick or a `}` and ends at the backtick or a `${`.
    Template,
    /// A regular expression literal with its flags.
    Regex,
    /// One character of punctuation, or `...`, `++` or `--`.
    Punctuation,
}

/// A token and its byte range.
#[derive(Debug, Clone, Copy)]
pub(super) struct Token {
    pub(super) kind: Kind,
    pub(super) start: usize,
    pub(super) end: usize,
    /// Number of brackets of any kind around it. A bracket does not count as inside itself.
    pub(super) depth: usize,
}

/// Why tokenizing or parsing failed, and at which byte.
#[derive(Debug)]
pub(super) struct SyntaxError {
    pub(super) at: usize,
    pub(super) reason: String,
}

/// A tokenized script.
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
        /// Whether it follows `if`, `for`, `while` or `with`, so that after its end a slash begins a regular
        /// expression.
        condition: bool,
    },
    Square,
    Curly,
    /// The `${` of a template literal.
    Template,
}

/// Keywords that an expression follows, so that a slash after them begins a regular expression.
const BEFORE_EXPRESSIONS: [&str; 13] =
    ["await", "case", "delete", "do", "else", "in", "instanceof", "new", "return", "throw", "typeof", "void", "yield"];

struct Reader<'a> {
    tokens: Tokens<'a>,
    at: usize,
    open: Vec<Open>,
    after_condition: bool,
}

impl<'a> Tokens<'a> {
    /// Tokenizes a script.
    ///
    /// # Errors
    /// When a token is unterminated, brackets do not match, or only a full parser could classify something.
    pub(super) fn read(text: &'a str) -> Result<Self, SyntaxError> {
        // Line terminators that also end a line comment.
        if let Some(at) = text.find(['\u{2028}', '\u{2029}']) {
            return fail(at, "line terminator U+2028 or U+2029");
        }
        let tokens = Self { text, all: Vec::new(), comments: Vec::new() };
        let mut reader = Reader { tokens, at: 0, open: Vec::new(), after_condition: false };
        while reader.at < text.len() {
            reader.step()?;
        }
        if reader.open.is_empty() { Ok(reader.tokens) } else { fail(text.len(), "unclosed bracket") }
    }

    /// Returns the text of a token, or an empty string after the last one.
    pub(super) fn of(&self, index: usize) -> &'a str {
        self.all.get(index).map_or("", |token| &self.text[token.start..token.end])
    }

    /// Whether the token is the punctuation or word `what`. String literals never match, because they include their
    /// quotes.
    pub(super) fn is(&self, index: usize, what: &str) -> bool {
        self.of(index) == what
    }

    /// Whether a word follows a dot or a `#`, and is therefore neither a keyword nor a name in the module's scope.
    pub(super) fn is_property(&self, index: usize) -> bool {
        index.checked_sub(1).is_some_and(|before| matches!(self.of(before), "." | "#"))
    }

    /// Returns whether the token is a name or keyword.
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

    fn step(&mut self) -> Result<(), SyntaxError> {
        match (self.byte(0), self.byte(1)) {
            (b' ' | b'\t' | b'\r' | b'\n', _) => self.at += 1,
            (b'/', b'/') => self.comment(self.rest().find('\n').unwrap_or(self.rest().len())),
            (b'/', b'*') => match self.rest().get(2..).and_then(|rest| rest.find("*/")) {
                Some(length) => self.comment(length + 4),
                None => return fail(self.at, "unterminated comment"),
            },
            (b'/', _) => match self.expects_expression() {
                Some(true) => self.regex()?,
                Some(false) => self.push(Kind::Punctuation, 1),
                None => return fail(self.at, "ambiguous slash: division or regular expression; add brackets"),
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
            (b'.', b'.') if self.rest().starts_with("...") => self.push(Kind::Punctuation, 3),
            (b'+', b'+') | (b'-', b'-') => self.push(Kind::Punctuation, 2),
            (b'\\' | b'@', _) => return fail(self.at, "unsupported character"),
            (b'!'..=b'~', _) => self.push(Kind::Punctuation, 1),
            _ => return fail(self.at, "character outside strings and comments that is not ASCII"),
        }
        Ok(())
    }

    /// Returns the length of the word that begins `ahead` bytes from the current position.
    fn word(&self, ahead: usize) -> usize {
        let rest = self.rest().get(ahead..).unwrap_or_default();
        rest.find(|letter: char| !(letter.is_ascii_alphanumeric() || "_$".contains(letter))).unwrap_or(rest.len())
    }

    fn comment(&mut self, length: usize) {
        self.tokens.comments.push(self.at..self.at + length);
        self.at += length;
    }

    /// Whether an expression must follow, so that a slash begins a regular expression. `None` when both are possible.
    fn expects_expression(&self) -> Option<bool> {
        let Some(before) = self.tokens.all.len().checked_sub(1) else { return Some(true) };
        let text = self.tokens.of(before);
        match self.tokens.all[before].kind {
            Kind::Number | Kind::Text | Kind::Regex => Some(false),
            Kind::Template => Some(text.ends_with('{')),
            Kind::Word if self.tokens.is_property(before) => Some(false),
            Kind::Word if text == "of" => None,
            Kind::Word => Some(BEFORE_EXPRESSIONS.contains(&text)),
            Kind::Punctuation => match text {
                ")" => Some(self.after_condition),
                "]" => Some(false),
                "}" | "++" | "--" => None,
                _ => Some(true),
            },
        }
    }

    fn regex(&mut self) -> Result<(), SyntaxError> {
        let (mut length, mut class) = (1, false);
        loop {
            match self.byte(length) {
                0 | b'\n' | b'\r' => return fail(self.at, "unterminated regular expression"),
                b'\\' => length += 1,
                b'[' => class = true,
                b']' => class = false,
                b'/' if !class => break,
                _ => {}
            }
            length += 1;
        }
        length += 1;
        self.push(Kind::Regex, length + self.word(length));
        Ok(())
    }

    fn quoted(&mut self, quote: u8) -> Result<(), SyntaxError> {
        let mut length = 1;
        loop {
            match self.byte(length) {
                0 | b'\n' | b'\r' => return fail(self.at, "unterminated string"),
                b'\\' => length += 1,
                byte if byte == quote => break,
                _ => {}
            }
            length += 1;
        }
        self.push(Kind::Text, length + 1);
        Ok(())
    }

    /// Reads from a backtick, or from the `}` of a `${`, to the end of the template literal or its next `${`.
    fn template(&mut self) -> Result<(), SyntaxError> {
        let mut length = 1;
        loop {
            match (self.byte(length), self.byte(length + 1)) {
                (0, _) => return fail(self.at, "unterminated template literal"),
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
        self.push(Kind::Punctuation, 1);
        self.open.push(open);
    }

    fn closes(&mut self) -> Result<(), SyntaxError> {
        match (self.byte(0), self.open.pop()) {
            (b')', Some(Open::Round { condition })) => self.after_condition = condition,
            (b']', Some(Open::Square)) | (b'}', Some(Open::Curly)) => {}
            (b'}', Some(Open::Template)) => return self.template(),
            _ => return fail(self.at, "unmatched closing bracket"),
        }
        self.push(Kind::Punctuation, 1);
        Ok(())
    }
}

/// Returns a [`SyntaxError`].
pub(super) fn fail<T>(at: usize, reason: impl Into<String>) -> Result<T, SyntaxError> {
    Err(SyntaxError { at, reason: reason.into() })
}

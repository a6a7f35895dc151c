//! Encoding of commands as RESP arrays of bulk strings (Redis serialization protocol, "Sending commands to a Redis
//! server").

/// Length above which an argument is sent without copying it.
const MAX_COPIED: usize = 16 * 1024;

/// Encoded commands. Short arguments are copied into one buffer; long arguments are borrowed.
#[derive(Default)]
pub(super) struct Request<'a> {
    short: Vec<u8>,
    /// Long arguments, each with the length of `short` that precedes it.
    long: Vec<(usize, &'a [u8])>,
}

impl<'a> Request<'a> {
    /// Allocates a buffer of `bytes` for short arguments.
    pub(super) fn with_capacity(bytes: usize) -> Self {
        Self { short: Vec::with_capacity(bytes), long: Vec::new() }
    }

    /// Begins a command with `words` arguments, including its name.
    pub(super) fn command(&mut self, words: usize) -> &mut Self {
        self.count(b'*', words)
    }

    /// Adds an argument.
    pub(super) fn arg(&mut self, word: &'a (impl AsRef<[u8]> + ?Sized)) -> &mut Self {
        let word = word.as_ref();
        if word.len() <= MAX_COPIED {
            return self.copied_arg(word);
        }
        self.count(b'$', word.len());
        self.long.push((self.short.len(), word));
        self.short.extend_from_slice(b"\r\n");
        self
    }

    /// Adds an argument and copies it.
    pub(super) fn copied_arg(&mut self, word: &[u8]) -> &mut Self {
        self.count(b'$', word.len());
        self.short.extend_from_slice(word);
        self.short.extend_from_slice(b"\r\n");
        self
    }

    /// Adds an integer argument.
    pub(super) fn number(&mut self, number: u64) -> &mut Self {
        let mut digits = [0; 20];
        let digits = decimal(number, &mut digits);
        self.copied_arg(digits)
    }

    fn count(&mut self, kind: u8, count: usize) -> &mut Self {
        let mut digits = [0; 20];
        self.short.push(kind);
        self.short.extend_from_slice(decimal(count as u64, &mut digits));
        self.short.extend_from_slice(b"\r\n");
        self
    }

    /// Returns the bytes to send, in pieces.
    pub(super) fn pieces(&self) -> impl Iterator<Item = &[u8]> {
        let ends = self.long.iter().map(|(end, _)| *end).chain([self.short.len()]);
        let starts = [0].into_iter().chain(self.long.iter().map(|(end, _)| *end));
        let words = self.long.iter().map(|(_, word)| *word).chain([&[][..]]);
        let both = starts.zip(ends).zip(words).flat_map(move |((start, end), word)| [&self.short[start..end], word]);
        both.filter(|piece| !piece.is_empty())
    }
}

/// Formats a number in decimal.
fn decimal(mut number: u64, digits: &mut [u8; 20]) -> &[u8] {
    let mut first = digits.len();
    loop {
        first -= 1;
        digits[first] = b'0' + (number % 10).to_le_bytes()[0];
        number /= 10;
        if number == 0 {
            return &digits[first..];
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{MAX_COPIED, Request};
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn commands_are_encoded_as_by_the_client_library(words: Vec<Vec<u8>>, number: u64, long in 0..3 * MAX_COPIED, at: prop::sample::Index) {
            let long = vec![7; long];
            let mut request = Request::default();
            let mut pipeline = ::redis::Pipeline::new();
            for _ in 0..2 {
                request.command(words.len() + 3).arg("EVAL").number(number);
                pipeline.cmd("EVAL").arg(number);
                for (n, word) in words.iter().enumerate() {
                    if n == at.index(words.len()) {
                        request.arg(&long);
                        pipeline.arg(&long);
                    }
                    request.arg(word);
                    pipeline.arg(word);
                }
                if words.is_empty() {
                    request.arg(&long);
                    pipeline.arg(&long);
                }
            }
            prop_assert_eq!(request.pieces().collect::<Vec<_>>().concat(), pipeline.get_packed_pipeline());
        }
    }
}

//! Commands in bytes, as Redis reads them: arrays of counted words (RESP, "Sending commands to a Redis server").

/// Words longer than this are sent from where they are.
const LONG: usize = 16 * 1024;

/// Commands to send together. What is short is copied into one piece; long words are not copied at all.
#[derive(Default)]
pub(super) struct Request<'a> {
    short: Vec<u8>,
    /// Long words, and how much of `short` goes before each.
    long: Vec<(usize, &'a [u8])>,
}

impl<'a> Request<'a> {
    /// With room for so many bytes of short words.
    pub(super) fn with_capacity(bytes: usize) -> Self {
        Self { short: Vec::with_capacity(bytes), long: Vec::new() }
    }

    /// Begins a command of this many words, its name included.
    pub(super) fn command(&mut self, words: usize) -> &mut Self {
        self.count(b'*', words)
    }

    /// The next word.
    pub(super) fn arg(&mut self, word: &'a (impl AsRef<[u8]> + ?Sized)) -> &mut Self {
        let word = word.as_ref();
        if word.len() <= LONG {
            return self.copied_arg(word);
        }
        self.count(b'$', word.len());
        self.long.push((self.short.len(), word));
        self.short.extend_from_slice(b"\r\n");
        self
    }

    /// The next word, which need not stay where it is.
    pub(super) fn copied_arg(&mut self, word: &[u8]) -> &mut Self {
        self.count(b'$', word.len());
        self.short.extend_from_slice(word);
        self.short.extend_from_slice(b"\r\n");
        self
    }

    /// The next word, a whole number.
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

    /// The bytes to send, piece by piece.
    pub(super) fn pieces(&self) -> impl Iterator<Item = &[u8]> {
        let ends = self.long.iter().map(|(end, _)| *end).chain([self.short.len()]);
        let starts = [0].into_iter().chain(self.long.iter().map(|(end, _)| *end));
        let words = self.long.iter().map(|(_, word)| *word).chain([&[][..]]);
        let both = starts.zip(ends).zip(words).flat_map(move |((start, end), word)| [&self.short[start..end], word]);
        both.filter(|piece| !piece.is_empty())
    }
}

/// A number in decimal digits.
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
    use super::{LONG, Request};
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn words_are_sent_as_the_client_library_sends_them(words: Vec<Vec<u8>>, number: u64, long in 0..3 * LONG, at: prop::sample::Index) {
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

//! JSON objects that do not keep to lines: a list of them, or objects printed over many lines.

use std::io::BufRead;

use super::lines::{Held, Line, available};

/// Cuts a stream into its outermost objects, without parsing them. As with lines, one that is
/// longer than the limit streams by.
#[derive(Debug)]
pub(super) struct JsonValues<R> {
    input: R,
    held: Held,
    line: u64,
    finished: bool,
}

/// Where in a value the reader stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    /// Between values: white space, commas and the brackets of the list around them.
    Between,
    /// Inside an object, so many brackets deep.
    Inside(u32),
    /// Inside a string of an object.
    Quoted(u32),
    /// Behind a backslash in a string.
    Escaped(u32),
    /// Something else, which reaches to the end of its line.
    Stray,
}

impl<R: BufRead> JsonValues<R> {
    /// Objects of at most `limit` bytes.
    pub(super) fn new(input: R, limit: usize) -> Self {
        JsonValues { input, held: Held::new(limit), line: 1, finished: false }
    }

    /// The next object and the line it starts in.
    pub(super) fn next_value(&mut self) -> Option<(u64, Line<'_>)> {
        if self.finished {
            return None;
        }
        self.held.begin();
        let (mut first_line, mut state) = (self.line, State::Between);
        loop {
            let available = match available(&mut self.input) {
                Ok(available) => available,
                Err(error) => {
                    self.finished = true;
                    return Some((first_line, Line::Failed(error)));
                }
            };
            if available.is_empty() {
                self.finished = true;
                if state == State::Between {
                    return None;
                }
                break;
            }
            let (mut start, mut end, mut complete) = (0, 0, false);
            while end < available.len() && !complete {
                let before = state;
                if matches!(state, State::Quoted(_)) {
                    // Most bytes are in strings, where only two matter.
                    let rest = &available[end..];
                    let plain = memchr::memchr3(b'"', b'\\', b'\n', rest).unwrap_or(rest.len());
                    end += plain;
                    if end == available.len() {
                        break;
                    }
                }
                let byte = available[end];
                (state, complete) = step(state, byte);
                if before == State::Between && state != State::Between {
                    (start, first_line) = (end, self.line);
                }
                self.line += u64::from(byte == b'\n');
                end += 1;
            }
            if state != State::Between || complete {
                self.held.push(&available[start..end]);
            }
            self.input.consume(end);
            if complete {
                break;
            }
        }
        Some((first_line, self.held.line()))
    }
}

/// The state behind a byte, and whether a value ends with it.
fn step(state: State, byte: u8) -> (State, bool) {
    let behind = match (state, byte) {
        (State::Between, b' ' | b'\t' | b'\r' | b'\n' | b',' | b'[' | b']') => State::Between,
        (State::Between, b'{') => State::Inside(1),
        (State::Between, _) => State::Stray,
        (State::Stray, b'\n') | (State::Inside(1), b'}' | b']') => return (State::Between, true),
        (State::Stray, _) => State::Stray,
        (State::Inside(depth), b'"') => State::Quoted(depth),
        (State::Inside(depth), b'{' | b'[') => State::Inside(depth.saturating_add(1)),
        (State::Inside(depth), b'}' | b']') => State::Inside(depth - 1),
        (State::Inside(_), _) => state,
        (State::Quoted(depth), b'"') => State::Inside(depth),
        (State::Quoted(depth), b'\\') => State::Escaped(depth),
        (State::Quoted(_), _) => state,
        (State::Escaped(depth), _) => State::Quoted(depth),
    };
    (behind, false)
}

#[cfg(test)]
mod tests {
    use std::io::BufReader;

    use proptest::prelude::*;

    use super::*;

    fn read(input: &str, limit: usize, capacity: usize) -> Vec<String> {
        let input = BufReader::with_capacity(capacity, input.as_bytes());
        let mut values = JsonValues::new(input, limit);
        let mut read = Vec::new();
        while let Some((number, value)) = values.next_value() {
            read.push(match value {
                Line::Bytes(bytes) => format!("{number} {}", String::from_utf8_lossy(bytes)),
                Line::TooLong(length) => format!("{number} too long: {length}"),
                Line::Failed(error) => format!("{number} failed: {error}"),
            });
        }
        read
    }

    #[test]
    fn values_are_cut_at_their_outermost_brackets() {
        for (input, expected) in [
            (
                "[\n{\"a\":\"}\\\"]\"},\n {\"b\":[{}]}]",
                &["2 {\"a\":\"}\\\"]\"}", "3 {\"b\":[{}]}"][..],
            ),
            ("{\n  \"a\": 1\n}\n{\"b\":2}{}", &["1 {\n  \"a\": 1\n}", "4 {\"b\":2}", "4 {}"]),
            ("[1, 2]\n{}", &["1 1, 2]\n", "2 {}"]),
            ("[{\"a\":\"cut off", &["1 {\"a\":\"cut off"]),
            ("[{\"long\":\"0123456789\"},{}]", &["1 too long: 21", "1 {}"]),
            ("[]", &[]),
        ] {
            assert_eq!(read(input, 20, 3), expected, "{input}");
        }
    }

    proptest! {
        #[test]
        fn the_size_of_the_reads_does_not_matter(input in r#"[{}\[\]",\\a\n ]{0,60}"#) {
            prop_assert_eq!(read(&input, 20, 1), read(&input, 20, 1000));
        }
    }
}

//! Lines of a stream, with a limit on what is held in memory.

use std::io::{self, BufRead};

/// Reads lines. One longer than the limit is skipped while it streams by.
#[derive(Debug)]
pub(super) struct Lines<R> {
    input: R,
    held: Held,
    number: u64,
    finished: bool,
}

/// One line, without its line feed.
#[derive(Debug)]
pub(super) enum Line<'a> {
    /// Its bytes.
    Bytes(&'a mut Vec<u8>),
    /// It is longer than the limit: so many bytes.
    TooLong(u64),
    /// The stream failed in this line; nothing follows.
    Failed(io::Error),
}

/// The bytes of one line or value: in one growing buffer up to a limit, beyond it only counted.
#[derive(Debug)]
pub(super) struct Held {
    buffer: Vec<u8>,
    length: u64,
    limit: usize,
}

impl Held {
    /// Holds at most `limit` bytes.
    pub(super) fn new(limit: usize) -> Self {
        Held { buffer: Vec::new(), length: 0, limit }
    }

    /// Forgets what it holds. The memory of a long line is given back.
    pub(super) fn begin(&mut self) {
        self.buffer.clear();
        self.buffer.shrink_to(1 << 20);
        self.length = 0;
    }

    /// Appends.
    pub(super) fn push(&mut self, part: &[u8]) {
        self.length += part.len() as u64;
        if self.length <= self.limit as u64 {
            self.buffer.extend_from_slice(part);
        } else {
            self.buffer = Vec::new();
        }
    }

    /// Whether nothing came.
    fn is_empty(&self) -> bool {
        self.length == 0
    }

    /// All that came.
    pub(super) fn line(&mut self) -> Line<'_> {
        if self.length > self.limit as u64 {
            Line::TooLong(self.length)
        } else {
            Line::Bytes(&mut self.buffer)
        }
    }
}

/// The bytes that wait in the stream; none at its end.
pub(super) fn available<R: BufRead>(input: &mut R) -> io::Result<&[u8]> {
    while let Err(error) = input.fill_buf() {
        if error.kind() != io::ErrorKind::Interrupted {
            return Err(error);
        }
    }
    input.fill_buf()
}

impl<R: BufRead> Lines<R> {
    /// Lines of at most `limit` bytes.
    pub(super) fn new(input: R, limit: usize) -> Self {
        Lines { input, held: Held::new(limit), number: 0, finished: false }
    }

    /// The next line and its number, counted from 1.
    pub(super) fn next_line(&mut self) -> Option<(u64, Line<'_>)> {
        if self.finished {
            return None;
        }
        self.held.begin();
        self.number += 1;
        loop {
            let available = match available(&mut self.input) {
                Ok(available) => available,
                Err(error) => {
                    self.finished = true;
                    return Some((self.number, Line::Failed(error)));
                }
            };
            if available.is_empty() {
                self.finished = true;
                if self.held.is_empty() {
                    return None;
                }
                break;
            }
            let line_feed = memchr::memchr(b'\n', available);
            let part = &available[..line_feed.unwrap_or(available.len())];
            self.held.push(part);
            let consumed = part.len() + usize::from(line_feed.is_some());
            self.input.consume(consumed);
            if line_feed.is_some() {
                break;
            }
        }
        Some((self.number, self.held.line()))
    }
}

#[cfg(test)]
mod tests {
    use std::io::{BufReader, Read};

    use super::*;

    fn read(input: impl Read, limit: usize) -> Vec<String> {
        let mut lines = Lines::new(BufReader::with_capacity(3, input), limit);
        let mut read = Vec::new();
        while let Some((number, line)) = lines.next_line() {
            read.push(match line {
                Line::Bytes(bytes) => format!("{number} {}", String::from_utf8_lossy(bytes)),
                Line::TooLong(length) => format!("{number} too long: {length}"),
                Line::Failed(error) => format!("{number} failed: {error}"),
            });
        }
        read
    }

    #[test]
    fn lines_are_numbered_and_limited() {
        assert_eq!(read(&b""[..], 8), [] as [&str; 0]);
        assert_eq!(read(&b"a\n\nbcdefgh\nend"[..], 8), ["1 a", "2 ", "3 bcdefgh", "4 end"]);
        let input = b"ok\n123456789\nalso ok\n1234567890123";
        let expected = ["1 ok", "2 too long: 9", "3 also ok", "4 too long: 13"];
        assert_eq!(read(&input[..], 8), expected);
    }

    #[test]
    fn a_failing_stream_ends_after_its_good_lines() {
        struct Failing;
        impl Read for Failing {
            fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
                Err(io::Error::new(io::ErrorKind::UnexpectedEof, "cut"))
            }
        }
        assert_eq!(read((&b"a\nb"[..]).chain(Failing), 8), ["1 a", "2 failed: cut"]);
    }

    #[test]
    fn a_line_of_a_gigabyte_is_never_held() {
        let mut lines =
            Lines::new(BufReader::with_capacity(1 << 16, io::repeat(b'x').take(1 << 30)), 1 << 20);
        assert!(matches!(lines.next_line(), Some((1, Line::TooLong(length))) if length == 1 << 30));
        assert!(lines.held.buffer.capacity() <= 1 << 20);
    }
}

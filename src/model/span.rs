//! Spans of a document's text, and their conversion to the offsets of the output contract.

use std::ops::Range;

/// A half-open range of **bytes** of a document's text. Both ends lie on character borders.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// A span from `start` to `end` in bytes.
    pub fn new(start: usize, end: usize) -> Self {
        debug_assert!(start <= end);
        Span { start: start as u32, end: end as u32 }
    }

    /// The length in bytes.
    pub fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// Whether the span covers nothing.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// The span as a range to slice with.
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// The text under the span.
    pub fn of(self, text: &str) -> &str {
        &text[self.range()]
    }

    /// Whether `other` lies within this span.
    pub fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// The number of bytes in both spans.
    pub fn overlap(self, other: Span) -> usize {
        self.end.min(other.end).saturating_sub(self.start.max(other.start)) as usize
    }

    /// The smallest span that holds both.
    pub fn cover(self, other: Span) -> Span {
        Span { start: self.start.min(other.start), end: self.end.max(other.end) }
    }
}

/// Converts byte offsets of one text to offsets in Unicode scalar values (what Python slices by).
///
/// One counter every 64 bytes, so that a conversion costs at most 64 bytes of counting; nothing at
/// all for ASCII text.
#[derive(Clone, Debug)]
pub struct ScalarIndex<'a> {
    text: &'a str,
    /// Scalars before byte `64 * i`; empty when the text is ASCII.
    counts: Vec<u32>,
}

const BLOCK: usize = 64;

/// Whether a byte starts a scalar value in UTF-8.
fn starts_scalar(byte: u8) -> bool {
    (byte as i8) >= -0x40
}

impl<'a> ScalarIndex<'a> {
    /// Builds the index of a text.
    pub fn new(text: &'a str) -> Self {
        let mut counts = Vec::new();
        if !text.is_ascii() {
            let mut total = 0u32;
            counts.reserve(text.len() / BLOCK + 1);
            for block in text.as_bytes().chunks(BLOCK) {
                counts.push(total);
                total += block.iter().filter(|&&byte| starts_scalar(byte)).count() as u32;
            }
        }
        ScalarIndex { text, counts }
    }

    /// The number of scalar values before a byte offset.
    pub fn scalars(&self, byte: usize) -> usize {
        if self.counts.is_empty() {
            return byte;
        }
        let block = (byte / BLOCK).min(self.counts.len() - 1);
        let rest = &self.text.as_bytes()[block * BLOCK..byte];
        self.counts[block] as usize + rest.iter().filter(|&&byte| starts_scalar(byte)).count()
    }

    /// The byte offset of a scalar value; the text's length for any beyond its end.
    pub fn byte(&self, scalar: usize) -> usize {
        if self.counts.is_empty() {
            return scalar.min(self.text.len());
        }
        let block = self.counts.partition_point(|&before| before as usize <= scalar) - 1;
        let mut left = scalar - self.counts[block] as usize;
        let start = block * BLOCK;
        for (place, &byte) in self.text.as_bytes()[start..].iter().enumerate() {
            if starts_scalar(byte) {
                if left == 0 {
                    return start + place;
                }
                left -= 1;
            }
        }
        self.text.len()
    }

    /// The span from one scalar value to another; `None` where it is no span of the text.
    pub fn span_of(&self, start: usize, end: usize) -> Option<Span> {
        let all = self.scalars(self.text.len());
        (start <= end && end <= all).then(|| Span::new(self.byte(start), self.byte(end)))
    }

    /// Start and end of a span in scalar values.
    pub fn span(&self, span: Span) -> (usize, usize) {
        (self.scalars(span.start as usize), self.scalars(span.end as usize))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn scalar_index_counts_like_chars(text in "[a-zé„漢😀 ]{0,300}") {
            let index = ScalarIndex::new(&text);
            for (scalars, (byte, _)) in text.char_indices().enumerate() {
                prop_assert_eq!(index.scalars(byte), scalars);
                prop_assert_eq!(index.byte(scalars), byte);
            }
            prop_assert_eq!(index.scalars(text.len()), text.chars().count());
            prop_assert_eq!(index.byte(text.chars().count()), text.len());
        }
    }
}

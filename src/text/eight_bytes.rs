//! Eight bytes of text at a time: how many of them begin a word, and their lower-case form.
//!
//! Most words are of ASCII letters and shorter than eight bytes, and how long the next one is cannot be
//! predicted; so all eight are looked at in one number, without a branch a byte (SIMD within a
//! register: Lamport 1975, Mycroft's zero byte).

/// One in every byte.
const ONES: u64 = 0x0101_0101_0101_0101;
/// The high bit of every byte.
const HIGH: u64 = 0x80 * ONES;

/// What eight bytes of text begin with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct WordStart {
    /// How many bytes in a row are ASCII letters, digits or underscores.
    pub(super) length: usize,
    /// Whether one of them is a letter or digit.
    pub(super) speaks: bool,
    /// The bytes, with ASCII letters made lower case; what stands behind the word means nothing.
    pub(super) lower: [u8; 8],
}

impl WordStart {
    /// Looks at eight bytes.
    #[inline]
    pub(super) fn of(bytes: [u8; 8]) -> WordStart {
        let bytes = u64::from_le_bytes(bytes);
        // Without their high bits no sum carries from one byte to the next.
        let ascii = bytes & !HIGH;
        let letters = within(ascii | (0x20 * ONES), b'a', b'z');
        let digits = within(ascii, b'0', b'9');
        let underscores = within(ascii, b'_', b'_');
        let speaking = (letters | digits) & !bytes;
        let outside = !(speaking | underscores & !bytes) & HIGH;
        let length = outside.trailing_zeros() as usize / 8;
        // The high bits of the bytes before the first one outside.
        let before = outside.wrapping_sub(1) & !outside;
        let upper = within(ascii, b'A', b'Z') & !bytes;
        WordStart {
            length,
            speaks: speaking & before != 0,
            lower: (bytes | upper >> 2).to_le_bytes(),
        }
    }
}

/// The high bit of each byte that lies between two others, both included. No high bit may be set in
/// `bytes`.
#[inline]
fn within(bytes: u64, first: u8, last: u8) -> u64 {
    let at_least = bytes + u64::from(0x80 - first) * ONES;
    let above = bytes + u64::from(0x7f - last) * ONES;
    at_least & !above & HIGH
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn by_definition(bytes: [u8; 8]) -> (usize, bool, Vec<u8>) {
        let of_word = |byte: &&u8| byte.is_ascii_alphanumeric() || **byte == b'_';
        let word: Vec<u8> = bytes.iter().take_while(of_word).map(u8::to_ascii_lowercase).collect();
        (word.len(), word.iter().any(|&byte| byte != b'_'), word)
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4000))]

        #[test]
        fn eight_bytes_are_looked_at_as_one_by_one(
            any: [u8; 8],
            of_words in prop::array::uniform8(prop::sample::select(b"azAZ09_@[`{/:\x7f\x80\xff s".to_vec())),
        ) {
            for bytes in [any, of_words] {
                let WordStart { length, speaks, lower } = WordStart::of(bytes);
                prop_assert_eq!((length, speaks, lower[..length].to_vec()), by_definition(bytes));
            }
        }
    }
}

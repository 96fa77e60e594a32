//! A set of words in 256 bits, asked which of some words may be in it.
//!
//! The bitmap filter for set similarity joins (Sandes, Teodoro & Melo 2020) counts the bits that two sets
//! both have. Here the words have weights, so what counts is what those weigh whose bit the other set has.

/// A set of words that may say yes to a word which is not in it. A word is 24 bits of a hash above 8
/// bits of weight.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Bits([u64; 4]);

impl Bits {
    /// Adds a word.
    #[inline]
    pub(super) fn insert(&mut self, word: u32) {
        let (at, shift) = place(word);
        self.0[at] |= 1 << shift;
    }

    /// What those of some words that may be in the set weigh together.
    #[inline]
    pub(super) fn weigh(&self, words: &[u32]) -> u32 {
        let weight = |&word: &u32| {
            let (at, shift) = place(word);
            let unset = (!self.0[at] >> shift) as u32 & 1;
            // All eight bits of a weight are shifted out where the bit is not set. Whether it is cannot be
            // predicted, and for a shift nothing has to be.
            (word & 0xff) >> (unset << 3)
        };
        words.iter().map(weight).sum()
    }

    /// The most that one of some words weighs which is not in the set.
    #[inline]
    pub(super) fn heaviest_other(&self, words: &[u32]) -> u32 {
        let is_other = |&&word: &&u32| {
            let (at, shift) = place(word);
            self.0[at] >> shift & 1 == 0
        };
        words.iter().filter(is_other).map(|word| word & 0xff).max().unwrap_or_default()
    }
}

/// The bit of a word. Any bits of a hash will do.
#[inline]
fn place(word: u32) -> (usize, u32) {
    ((word >> 30) as usize, word >> 24 & 63)
}

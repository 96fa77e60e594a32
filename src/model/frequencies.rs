//! How common a word is in the collection.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// A map from hashes, which need no hashing again.
pub type HashedMap<V> = HashMap<u64, V, BuildHasherDefault<Prehashed>>;

/// The hasher of values that are hashes already: it gives back what it is given.
#[derive(Clone, Copy, Debug, Default)]
pub struct Prehashed(u64);

impl Hasher for Prehashed {
    fn write_u64(&mut self, value: u64) {
        self.0 = value;
    }

    fn write(&mut self, bytes: &[u8]) {
        // Only whole hashes are keys; anything else still gives a correct map.
        for &byte in bytes {
            self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

/// In how many documents each word occurs. Words are known by the hash of their folded form
/// ([`crate::text::Word::hash`]).
#[derive(Clone, Debug, Default)]
pub struct DocumentFrequencies {
    documents: u32,
    counts: HashedMap<u32>,
}

impl DocumentFrequencies {
    /// Frequencies of a collection of so many documents.
    pub fn new(documents: u32, counts: impl IntoIterator<Item = (u64, u32)>) -> Self {
        DocumentFrequencies { documents, counts: counts.into_iter().collect() }
    }

    /// The number of documents counted.
    pub fn documents(&self) -> u32 {
        self.documents
    }

    /// In how many documents the word occurs; 0 for one never counted.
    #[inline]
    pub fn count(&self, word: u64) -> u32 {
        self.counts.get(&word).copied().unwrap_or(0)
    }

    /// Every word with its number of documents, sorted by word.
    pub fn sorted(&self) -> Vec<(u64, u32)> {
        let mut counts: Vec<(u64, u32)> =
            self.counts.iter().map(|(&word, &count)| (word, count)).collect();
        counts.sort_unstable();
        counts
    }
}

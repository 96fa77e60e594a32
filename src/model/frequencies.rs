//! How common a word is in the collection.

use std::collections::HashMap;

/// In how many documents each word occurs. Words are known by the hash of their folded form
/// ([`crate::text::Word::hash`]).
#[derive(Clone, Debug, Default)]
pub struct DocumentFrequencies {
    documents: u32,
    counts: HashMap<u64, u32>,
}

impl DocumentFrequencies {
    /// Frequencies of a collection of so many documents.
    pub fn new(documents: u32, counts: HashMap<u64, u32>) -> Self {
        DocumentFrequencies { documents, counts }
    }

    /// The number of documents counted.
    pub fn documents(&self) -> u32 {
        self.documents
    }

    /// In how many documents the word occurs; 0 for one never counted.
    pub fn count(&self, word: u64) -> u32 {
        self.counts.get(&word).copied().unwrap_or(0)
    }
}

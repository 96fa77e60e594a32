//! The `term` space: two rare words in common. A paraphrase keeps names, numbers and the words
//! that carry the news, though not their order; on labelled pairs of news sentences, two shared
//! words of a document frequency of at most 1 % find far more than any shingle does.
//!
//! A key is a *pair* of a unit's rarest words, so that "shares two" is again "has a key in
//! common". Which pairs are worth a key is decided by chance: words in `m` and `n` of `d`
//! documents meet by accident in about `m * n / d` of them. A pair that would meet in more than
//! [`TermSelection::accidents`] documents by accident is left out. (For a hundred thousand
//! documents this is the rule "idf mass of at least 12"; it holds for any size of collection.)

use xxhash_rust::xxh3::xxh3_64_with_seed;

use crate::model::DocumentFrequencies;
use crate::text::Word;

/// Which words and pairs of words become keys.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TermSelection {
    /// The number of words a unit may pair up: its rarest ones. The keys of a unit are at most
    /// `words * (words - 1) / 2`.
    pub words: usize,
    /// The greatest share of documents a rare word occurs in.
    pub share: f64,
    /// In a small collection a word is rare up to this number of documents whatever the share.
    pub documents: u32,
    /// In how many documents two words of a key may meet by accident.
    pub accidents: f64,
}

/// A rare word of a unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Term {
    documents: u32,
    /// Shorter words come later: in small collections, where every word is rare, long ones say
    /// more.
    brevity: u32,
    hash: u64,
}

impl TermSelection {
    /// Appends the term keys of a unit to `out`. Words of a single document cannot be shared
    /// between two and give none. `terms` is scratch space.
    pub(super) fn keys_into(
        self,
        words: &[Word],
        frequencies: &DocumentFrequencies,
        seed: u64,
        terms: &mut Vec<Term>,
        out: &mut Vec<u64>,
    ) {
        let all = f64::from(frequencies.documents());
        let most = ((all * self.share) as u32).max(self.documents);
        terms.clear();
        for word in words {
            let documents = frequencies.count(word.hash);
            if (2..=most).contains(&documents) {
                let brevity = u32::MAX - word.span.len() as u32;
                terms.push(Term { documents, brevity, hash: word.hash });
            }
        }
        terms.sort_unstable();
        terms.dedup_by_key(|term| term.hash);
        terms.truncate(self.words);
        // A tiny collection has no room for chance to show; there a pair of rare words will do.
        let accidents = (self.accidents * all).max(f64::from(self.documents).powi(2));
        for (place, first) in terms.iter().enumerate() {
            for second in &terms[place + 1..] {
                if f64::from(first.documents) * f64::from(second.documents) > accidents {
                    break;
                }
                let (low, high) = (first.hash.min(second.hash), first.hash.max(second.hash));
                let sum = low.wrapping_mul(0x9e37_79b9_7f4a_7c15).wrapping_add(high) ^ seed;
                out.push((sum ^ (sum >> 32)).wrapping_mul(0xd6e8_feb8_6659_fd93));
            }
        }
    }
}

/// The seed of the space's keys.
pub(super) fn seed(base: u64) -> u64 {
    xxh3_64_with_seed(b"term", base)
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::*;
    use crate::text::words;

    const SELECTION: TermSelection =
        TermSelection { words: 8, share: 0.01, documents: 8, accidents: 0.6 };

    fn keys(text: &str, documents: u32, counts: &[(&str, u32)]) -> Vec<u64> {
        let counts: HashMap<u64, u32> =
            counts.iter().map(|&(word, count)| (words(word)[0].hash, count)).collect();
        let frequencies = DocumentFrequencies::new(documents, counts);
        let mut out = Vec::new();
        SELECTION.keys_into(&words(text), &frequencies, 1, &mut Vec::new(), &mut out);
        out
    }

    #[track_caller]
    fn check_number(documents: u32, counts: &[u32], expected: usize) {
        let names = ["alpha", "beta", "gamma", "delta"];
        let counts: Vec<(&str, u32)> = names.into_iter().zip(counts.iter().copied()).collect();
        assert_eq!(keys("alpha beta gamma delta", documents, &counts).len(), expected);
    }

    #[test]
    fn pairs_that_meet_by_accident_are_no_keys() {
        check_number(100_000, &[2, 2], 1);
        check_number(100_000, &[200, 300], 1);
        check_number(100_000, &[300, 300], 0);
        check_number(100_000, &[2, 2, 1_000, 1_001], 1 + 2);
        check_number(100_000, &[1, 1, 1, 1], 0);
        check_number(4, &[2, 2, 3, 4], 6);
    }

    #[test]
    fn the_order_of_words_does_not_matter() {
        let counts = [("Tromsø", 3), ("ferry", 5), ("sank", 4)];
        let sorted = |text| {
            let mut keys = keys(text, 1000, &counts);
            keys.sort_unstable();
            keys
        };
        assert_eq!(sorted("The ferry sank off Tromsø."), sorted("Off TROMSØ the ferry sank"));
        assert_eq!(sorted("The ferry sank off Tromsø.").len(), 3);
    }
}

//! Shingles: hashes of runs of words.
//!
//! The word n-gram is the unit of resemblance (Broder, *On the resemblance and containment of
//! documents*, 1997). Words come hashed already, so a shingle is a cheap combination of their
//! hashes: a polynomial in an odd multiplier, finished so that every bit depends on every word.

use super::Word;

/// An odd constant with well-spread bits (the golden ratio in 64 bits).
const MULTIPLIER: u64 = 0x9e37_79b9_7f4a_7c15;

/// The hash of a run of words; it depends on their order.
#[inline]
pub fn shingle(words: &[Word]) -> u64 {
    let mut sum = words.len() as u64;
    for word in words {
        sum = sum.wrapping_mul(MULTIPLIER).wrapping_add(word.hash);
    }
    sum ^= sum >> 32;
    sum = sum.wrapping_mul(MULTIPLIER);
    sum ^ (sum >> 29)
}

/// Appends the shingles of `size` words to `out`, in the order of the text. Fewer words than that
/// still give one shingle, of all of them, so that a very short unit can be compared too; no words
/// give none.
pub fn shingles_into(words: &[Word], size: usize, out: &mut Vec<u64>) {
    if words.is_empty() {
        return;
    }
    out.extend(words.windows(size.clamp(1, words.len())).map(shingle));
}

/// The set of shingles of `size` words in 32 bits each, sorted and distinct, in place of what `out`
/// held. Two different shingles of a pair of sentences fall together once in some ten million
/// pairs.
pub fn shingle_set_into(words: &[Word], size: usize, out: &mut Vec<u32>) {
    out.clear();
    if !words.is_empty() {
        let runs = words.windows(size.clamp(1, words.len()));
        out.extend(runs.map(|run| (shingle(run) >> 32) as u32));
        out.sort_unstable();
        out.dedup();
    }
}

/// The number of values two sorted sets share.
pub fn shared_shingles(a: &[u32], b: &[u32]) -> usize {
    let (mut i, mut j, mut shared) = (0, 0, 0);
    while i < a.len() && j < b.len() {
        // Written without branches: in real pairs the three outcomes are hard to predict.
        let (left, right) = (a[i], b[j]);
        shared += usize::from(left == right);
        i += usize::from(left <= right);
        j += usize::from(right <= left);
    }
    shared
}

/// The Jaccard similarity of two sorted sets; 0 where both are empty.
pub fn jaccard(a: &[u32], b: &[u32]) -> f64 {
    let shared = shared_shingles(a, b);
    let united = a.len() + b.len() - shared;
    if united == 0 { 0.0 } else { shared as f64 / united as f64 }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;
    use crate::text::words;

    fn set(text: &str) -> Vec<u32> {
        let mut out = Vec::new();
        shingle_set_into(&words(text), 3, &mut out);
        out
    }

    #[track_caller]
    fn check_jaccard(a: &str, b: &str, shared: usize, united: usize) {
        assert_eq!(jaccard(&set(a), &set(b)), shared as f64 / united as f64);
    }

    #[test]
    fn jaccard_counts_runs_of_three_words() {
        check_jaccard("the council met on Monday", "The council met on monday!", 3, 3);
        check_jaccard("the council met on Monday", "the council met on Tuesday", 2, 4);
        check_jaccard("one two three", "three two one", 0, 2);
        check_jaccard("no comment", "No comment.", 1, 1);
        check_jaccard("no comment", "no", 0, 2);
    }

    #[test]
    fn no_words_no_shingles() {
        assert!(set("… – !").is_empty());
        assert_eq!(jaccard(&[], &[]), 0.0);
    }

    proptest! {
        #[test]
        fn shared_is_the_size_of_the_intersection(
            a in proptest::collection::btree_set(0u32..60, 0..40),
            b in proptest::collection::btree_set(0u32..60, 0..40),
        ) {
            let (left, right): (Vec<u32>, Vec<u32>) = (a.iter().copied().collect(), b.iter().copied().collect());
            prop_assert_eq!(shared_shingles(&left, &right), a.intersection(&b).count());
        }

        #[test]
        fn equal_shingles_mean_equal_words(text in "[abc ]{0,60}") {
            let words = words(&text);
            let mut hashes = Vec::new();
            shingles_into(&words, 3, &mut hashes);
            let distinct: BTreeSet<u64> = hashes.iter().copied().collect();
            let runs: BTreeSet<Vec<u64>> = words
                .windows(3.clamp(1, words.len().max(1)))
                .map(|run| run.iter().map(|word| word.hash).collect())
                .collect();
            prop_assert_eq!(distinct.len(), runs.len());
        }
    }
}

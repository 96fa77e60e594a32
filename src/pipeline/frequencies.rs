//! In how many documents each word occurs, counted in parallel.

use std::collections::HashMap;

use rayon::prelude::*;

use crate::model::{Document, DocumentFrequencies};
use crate::text;

/// Documents that one task counts before its counts are merged; large enough that merging costs
/// little, small enough that all threads have work.
const BATCH: usize = 256;

/// Counts the document frequencies of all words. Documents with the very same text count once:
/// five hundred copies of one wire story do not make its words common.
pub(crate) fn count(documents: &[Document]) -> DocumentFrequencies {
    let mut order: Vec<usize> = (0..documents.len()).collect();
    order.par_sort_unstable_by_key(|&index| documents[index].digest);
    order.dedup_by_key(|index| documents[*index].digest);
    let counts = order
        .par_chunks(BATCH)
        .map(|batch| {
            let mut counts: HashMap<u64, u32> = HashMap::new();
            let mut words = Vec::new();
            for &index in batch {
                words.clear();
                words.extend(text::words(&documents[index].text).iter().map(|word| word.hash));
                words.sort_unstable();
                words.dedup();
                for &word in &words {
                    *counts.entry(word).or_default() += 1;
                }
            }
            counts
        })
        .reduce(HashMap::new, |mut left, mut right| {
            if left.len() < right.len() {
                std::mem::swap(&mut left, &mut right);
            }
            #[expect(clippy::iter_over_hash_type, reason = "sums do not depend on the order")]
            for (word, count) in right {
                *left.entry(word).or_default() += count;
            }
            left
        });
    DocumentFrequencies::new(order.len() as u32, counts)
}

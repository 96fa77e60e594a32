//! In how many documents each word occurs, counted in parallel.

use rayon::prelude::*;

use crate::model::{Document, DocumentFrequencies, HashedMap, Span};
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
    // A word counts once a document: with its count stands the last document that had it.
    let counts = order
        .par_chunks(BATCH)
        .fold(HashedMap::<(u32, u32)>::default, |mut counts, batch| {
            let mut words = Vec::new();
            for &index in batch {
                words.clear();
                let text = &documents[index].text;
                text::words_into(text, Span::new(0, text.len()), &mut words);
                for word in &words {
                    let (count, last) = counts.entry(word.hash).or_insert((0, u32::MAX));
                    *count += u32::from(*last != index as u32);
                    *last = index as u32;
                }
            }
            counts
        })
        .reduce(HashedMap::default, |mut left, mut right| {
            if left.len() < right.len() {
                std::mem::swap(&mut left, &mut right);
            }
            #[expect(clippy::iter_over_hash_type, reason = "sums do not depend on the order")]
            for (word, (count, _)) in right {
                left.entry(word).or_insert((0, 0)).0 += count;
            }
            left
        });
    let counts = counts.into_iter().map(|(word, (count, _))| (word, count));
    DocumentFrequencies::new(order.len() as u32, counts)
}

//! The runs of words that several documents of one source carry.
//!
//! Nearly all runs of words stand in one document only. They are counted first in a table of small
//! counters, where different runs may fall together, and only the few that were met often enough are
//! kept and sorted. Where a counter lies is a matter of chance, so a table for the whole collection is a
//! miss of the cache for every word; the sources are taken one after the other (small ones together),
//! and the table of one is a byte for every two or three of its text. Beside the tables a batch of sources
//! in work holds 8 bytes a word, and 16 for each run that is kept.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU8, Ordering};

use rayon::prelude::*;

use super::{LEAST_DOCUMENTS, runs};
use crate::model::{Document, DocumentIndex, Span};
use crate::text::{self, Word};

/// Sources are taken together up to so many bytes of text.
const BATCH: usize = 4 << 20;
/// The runs of so much text are kept between counting and choosing, over all threads; those of more are read
/// again.
const KEPT: usize = 256 << 20;

/// A run of words that several documents of a source carry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Repeat {
    pub(super) source: u32,
    pub(super) run: u64,
    pub(super) document: DocumentIndex,
}

/// A document with the number of its source.
type OfSource = (u32, DocumentIndex);

/// The runs that at least [`LEAST_DOCUMENTS`] documents of their source may carry, sorted.
pub(super) fn repeated_runs(documents: &[Document]) -> Vec<Repeat> {
    let of_sources = of_sources(documents);
    let length = |index: DocumentIndex| documents[index as usize].text.len();
    let batches = batches(&of_sources, length, BATCH);
    let mut repeats: Vec<Repeat> =
        batches.into_par_iter().flat_map(|batch| repeats_of(documents, batch)).collect();
    repeats.par_sort_unstable();
    repeats.dedup();
    repeats
}

/// Documents, sorted by source, in batches of whole sources; each but the last has at least so many bytes.
fn batches(
    mut rest: &[OfSource],
    length: impl Fn(DocumentIndex) -> usize,
    least: usize,
) -> Vec<&[OfSource]> {
    let mut batches = Vec::new();
    while let Some(&(first, _)) = rest.first() {
        let (mut last, mut bytes) = (first, 0);
        let end = rest.iter().position(|&(source, index)| {
            let full = source != last && bytes >= least;
            (last, bytes) = (source, bytes + length(index));
            full
        });
        let (batch, others) = rest.split_at(end.unwrap_or(rest.len()));
        batches.push(batch);
        rest = others;
    }
    batches
}

/// The documents of those sources that have enough of them to show boilerplate, source by source; the
/// sources are numbered in order of their names.
fn of_sources(documents: &[Document]) -> Vec<OfSource> {
    let mut by_source: BTreeMap<&str, Vec<DocumentIndex>> = BTreeMap::new();
    for (index, document) in
        (0..).zip(documents).filter(|(_, document)| !document.source.is_empty())
    {
        by_source.entry(&document.source).or_default().push(index);
    }
    let large = by_source.into_values().filter(|of_source| of_source.len() >= LEAST_DOCUMENTS);
    (0..)
        .zip(large)
        .flat_map(|(number, of)| of.into_iter().map(move |index| (number, index)))
        .collect()
}

/// The runs that are met often enough within some sources.
fn repeats_of(documents: &[Document], batch: &[OfSource]) -> Vec<Repeat> {
    let text = |index: DocumentIndex| documents[index as usize].text.as_str();
    let bytes: usize = batch.iter().map(|&(_, index)| text(index).len()).sum();
    let is_kept = bytes <= KEPT / rayon::current_num_threads();
    let counters = Counters::new(bytes / 3);
    let runs_of = |words: &mut Vec<Word>, index: DocumentIndex| -> Vec<u64> {
        words.clear();
        text::words_into(text(index), Span::new(0, text(index).len()), words);
        runs(words).collect()
    };
    let of_source =
        |source: u32, run: u64| run ^ u64::from(source).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let counted: Vec<Option<Vec<u64>>> = batch
        .par_iter()
        .map_init(Vec::new, |words, &(source, index)| {
            let runs = runs_of(words, index);
            runs.iter().for_each(|&run| counters.count(of_source(source, run)));
            is_kept.then_some(runs)
        })
        .collect();
    batch
        .par_iter()
        .zip(counted)
        .map_init(Vec::new, |words, (&(source, document), runs)| {
            let mut runs = runs.unwrap_or_else(|| runs_of(words, document));
            runs.retain(|&run| counters.is_often(of_source(source, run)));
            runs.into_iter().map(move |run| Repeat { source, run, document })
        })
        .flatten_iter()
        .collect()
}

/// Counts up to [`LEAST_DOCUMENTS`] how often a hash is met, never too few; a byte each.
struct Counters {
    counts: Vec<AtomicU8>,
    mask: u64,
}

impl Counters {
    /// Counters for so many different hashes.
    fn new(hashes: usize) -> Self {
        let places = hashes.next_power_of_two().clamp(1 << 10, 1 << 30);
        Counters {
            counts: (0..places).map(|_| AtomicU8::new(0)).collect(),
            mask: places as u64 - 1,
        }
    }

    fn count(&self, hash: u64) {
        let counter = &self.counts[(hash & self.mask) as usize];
        // Threads that meet here may count further than needed, but not less.
        if counter.load(Ordering::Relaxed) < LEAST_DOCUMENTS as u8 {
            counter.fetch_add(1, Ordering::Relaxed);
        }
    }

    fn is_often(&self, hash: u64) -> bool {
        let counter = &self.counts[(hash & self.mask) as usize];
        counter.load(Ordering::Relaxed) >= LEAST_DOCUMENTS as u8
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_source_is_never_cut_in_two() {
        // Each document has as many bytes as its number.
        let check = |sources: &[u32], least: usize, expected: &[usize]| {
            let documents: Vec<OfSource> = sources.iter().copied().zip(1..).collect();
            let found = batches(&documents, |index| index as usize, least);
            assert_eq!(found.concat(), documents);
            assert_eq!(found.iter().map(|batch| batch.len()).collect::<Vec<_>>(), expected);
        };
        check(&[], 3, &[]);
        check(&[0, 0, 0], 1, &[3]);
        check(&[0, 0, 1, 1, 2], 3, &[2, 2, 1]);
        check(&[0, 0, 1, 1, 2], 4, &[4, 1]);
        check(&[0, 1, 2, 3], 100, &[4]);
    }
}

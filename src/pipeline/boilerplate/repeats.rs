//! The runs of words that several documents of one source carry.
//!
//! Nearly all runs of words stand in one document only. They are counted first in a table of small
//! counters, where different runs may fall together, and only the few that were met often enough are
//! kept and sorted. Where a counter lies is a matter of chance, so a large table is a miss of the cache for
//! every word, and one that threads share a wait besides. So the sources are taken one after the other (small
//! ones together), and their runs are dealt out by their highest bits into parts whose counters fit into the
//! cache of one thread. Of a batch of sources in work [`KEPT`] bytes of text are dealt out at a time, or a fourth
//! of it, at 9 bytes a word; each run that is kept takes 24.

use std::collections::BTreeMap;
use std::ops::Range;

use rayon::prelude::*;

use super::{LEAST_DOCUMENTS, runs};
use crate::model::{Document, DocumentIndex, Span};
use crate::text::{self, Word};

/// Sources are taken together up to so many bytes of text.
const BATCH: usize = 4 << 20;
/// The runs of so much text are dealt out at a time, over all threads. More text is read in several rounds, in
/// each of which other parts are dealt out…
const KEPT: usize = 256 << 20;
/// …but in no more than so many, for each reads all words again.
const MOST_ROUNDS: usize = 4;

/// Documents whose runs are dealt out together: enough that each part gets many of them.
const DEALT_TOGETHER: usize = 64;
const _: () = assert!(DEALT_TOGETHER <= 1 << u8::BITS);

/// The counters of a part, a byte each…
const PLACES: usize = 1 << 18;
/// …and the bytes of text for each of them. A word and the space behind it take some six, so there are two
/// counters for each run and few runs fall together.
const BYTES_A_PLACE: usize = 3;

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
    let parts = (bytes / BYTES_A_PLACE).div_ceil(PLACES).max(1);
    let rounds = bytes.div_ceil(KEPT / rayon::current_num_threads()).clamp(1, MOST_ROUNDS);
    let mut repeats = Vec::new();
    for round in 0..rounds {
        let of_round = parts * round / rounds..parts * (round + 1) / rounds;
        let dealt: Vec<Dealt<'_>> = batch
            .par_chunks(DEALT_TOGETHER)
            .map_init(Default::default, |(words, marked): &mut (Vec<Word>, Vec<_>), of| {
                marked.clear();
                for (number, &(source, index)) in (0..).zip(of) {
                    words.clear();
                    text::words_into(text(index), Span::new(0, text(index).len()), words);
                    marked.extend(runs(words).map(|run| (marked_by(source, run), number)));
                }
                Dealt::new(of, marked, (parts, of_round.clone()))
            })
            .collect();
        repeats.par_extend(
            (0..of_round.len())
                .into_par_iter()
                .map_init(|| vec![0; PLACES], |counters, part| often_met(&dealt, part, counters))
                .flatten_iter(),
        );
    }
    repeats
}

/// A run with its source: runs of two sources are counted apart. Marked once more it is the run again.
fn marked_by(source: u32, run: u64) -> u64 {
    run ^ u64::from(source).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

/// The runs of some documents, marked by their sources and dealt out to parts by their highest bits.
struct Dealt<'b> {
    of: &'b [OfSource],
    /// Part after part.
    runs: Vec<u64>,
    /// Which of the documents each stands in.
    numbers: Vec<u8>,
    /// Where each part ends.
    ends: Vec<usize>,
}

impl<'b> Dealt<'b> {
    /// Deals runs, each with the number of its document, out to so many parts; those outside a range
    /// of the parts are left out.
    fn new(
        of: &'b [OfSource],
        runs: &[(u64, u8)],
        (parts, kept): (usize, Range<usize>),
    ) -> Dealt<'b> {
        let part_of = |run: u64| {
            let part = ((u128::from(run) * parts as u128) >> u64::BITS) as usize;
            kept.contains(&part).then(|| part - kept.start)
        };
        // Where the next run of each part goes; in the end, where the part ends.
        let mut ends = vec![0; kept.len()];
        runs.iter().filter_map(|&(run, _)| part_of(run)).for_each(|part| ends[part] += 1);
        let mut total = 0;
        for end in &mut ends {
            total += std::mem::replace(end, total);
        }
        let mut dealt = Dealt { of, runs: vec![0; total], numbers: vec![0; total], ends };
        for &(run, number) in runs {
            if let Some(part) = part_of(run) {
                let place = dealt.ends[part];
                (dealt.runs[place], dealt.numbers[place]) = (run, number);
                dealt.ends[part] += 1;
            }
        }
        dealt
    }

    /// The places of a part, counted from the first that was kept.
    fn part(&self, part: usize) -> Range<usize> {
        part.checked_sub(1).map_or(0, |before| self.ends[before])..self.ends[part]
    }
}

/// The runs of a part that are met at least [`LEAST_DOCUMENTS`] times, and some that others fall together
/// with. `counters` is room for [`PLACES`] counts.
fn often_met(dealt: &[Dealt<'_>], part: usize, counters: &mut [u8]) -> Vec<Repeat> {
    let place = |run: u64| (run % PLACES as u64) as usize;
    counters.fill(0);
    for dealt in dealt {
        for &run in &dealt.runs[dealt.part(part)] {
            let counter = &mut counters[place(run)];
            *counter = counter.saturating_add(1);
        }
    }
    let mut often = Vec::new();
    for dealt in dealt {
        let part = dealt.part(part);
        for (&run, &number) in dealt.runs[part.clone()].iter().zip(&dealt.numbers[part]) {
            if usize::from(counters[place(run)]) >= LEAST_DOCUMENTS {
                let (source, document) = dealt.of[usize::from(number)];
                often.push(Repeat { source, run: marked_by(source, run), document });
            }
        }
    }
    often
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn what_is_met_often_is_found_in_its_part_with_every_document(
            met in prop::collection::vec((0u64..12, 0u8..3), 0..90),
            parts in 1usize..6,
        ) {
            const DOCUMENTS: [OfSource; 3] = [(0, 10), (0, 11), (1, 12)];
            // Runs of every third number differ in their highest bits only: their counters lie at
            // one place.
            let run = |number: u64| {
                ((number << 60) | (number % 3)).wrapping_mul(0x9e37_79b9_7f4a_7c15)
            };
            let marked: Vec<(u64, u8)> = (met.iter())
                .map(|&(number, of)| (marked_by(DOCUMENTS[usize::from(of)].0, run(number)), of))
                .collect();
            let mut expected: Vec<Repeat> = (met.iter())
                .map(|&(number, of)| {
                    let (source, document) = DOCUMENTS[usize::from(of)];
                    Repeat { source, run: run(number), document }
                })
                .collect();
            expected.sort_unstable();
            let mut found = Vec::new();
            for of_round in [0..parts / 2, parts / 2..parts] {
                let halves: Vec<Dealt<'_>> = marked
                    .chunks(marked.len().div_ceil(2).max(1))
                    .map(|half| Dealt::new(&DOCUMENTS, half, (parts, of_round.clone())))
                    .collect();
                let mut counters = vec![1; PLACES];
                for part in 0..of_round.len() {
                    found.extend(often_met(&halves, part, &mut counters));
                }
            }
            found.sort_unstable();
            let of_run = |of: &[Repeat], one: Repeat| {
                of.iter().filter(|other| (other.source, other.run) == (one.source, one.run)).count()
            };
            for &repeat in &expected {
                let (all, kept) = (of_run(&expected, repeat), of_run(&found, repeat));
                prop_assert!(kept == all || kept == 0 && all < LEAST_DOCUMENTS, "{kept} of {all}");
            }
            prop_assert!(found.iter().all(|repeat| expected.contains(repeat)));
            prop_assert!(found.len() <= expected.len());
        }
    }

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

//! Which documents may be related, and by which statements: the join of the three key spaces,
//! carried from units to the documents they stand in.

use rayon::prelude::*;

use super::candidates::{Joined, candidates};
use super::units::{Place, Units};
use crate::fingerprint::{Fingerprinter, KeyParameters};
use crate::join::{Capped, KeySpaces, PairRule};
use crate::model::{Analysis, Document, DocumentFrequencies, DocumentIndex};
use crate::text;

/// Two statements of two documents that share a key, or all their words; `a.document <
/// b.document`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Candidate {
    /// The two documents, lower index first.
    pub(crate) documents: (DocumentIndex, DocumentIndex),
    /// The numbers of the statements among the sentences of each.
    pub(crate) ordinals: (u32, u32),
}

impl Candidate {
    /// The candidate of two places; `None` when they stand in one document.
    fn new(one: Place, other: Place) -> Option<Candidate> {
        let (a, b) = (one.min(other), one.max(other));
        (a.document != b.document).then_some(Candidate {
            documents: (a.document, b.document),
            ordinals: (a.ordinal, b.ordinal),
        })
    }
}

/// What the join of statements found.
#[derive(Debug, Default)]
pub(crate) struct Evidence {
    /// Sorted by documents, each once.
    pub(crate) candidates: Vec<Candidate>,
    /// Pairs of distinct units.
    pub(crate) unit_pairs: u64,
    /// What the rule for common keys left out.
    pub(crate) capped: Capped,
}

/// Units whose keys are made by one task.
const BATCH: usize = 4096;

/// Joins the units of statements. `sets` tells the documents of the second set when two sets are
/// compared.
pub(crate) fn find(
    documents: &[Document],
    analyses: &[Analysis],
    units: &Units,
    frequencies: &DocumentFrequencies,
    sets: Option<&[bool]>,
    pivots: usize,
) -> Evidence {
    let keys = keys(documents, analyses, units, frequencies);
    let numbers = 0..units.len() as u32;
    let of_units: Vec<u32> = numbers
        .clone()
        .map(|unit| {
            let places = units.of(unit);
            let first = places[0].document;
            let one = places.iter().all(|place| place.document == first);
            if one { first } else { PairRule::MANY_DOCUMENTS }
        })
        .collect();
    let second: Option<Vec<bool>> = sets.map(|sets| {
        numbers.clone().map(|unit| sets[units.first(unit).document as usize]).collect()
    });
    let rule = PairRule { pivots, documents: Some(&of_units), second_set: second.as_deref() };
    let Joined { found: pairs, capped, .. } =
        candidates(&keys, rule, || (), |(), a, b| Some((a, b)));
    drop(keys);
    let mut found: Vec<Candidate> = pairs
        .par_iter()
        .fold(Vec::new, |mut out, &(a, b)| {
            cross(units.of(a), units.of(b), pivots, &mut out);
            out
        })
        .reduce(Vec::new, joined);
    if sets.is_none() {
        let repeats = numbers
            .into_par_iter()
            .fold(Vec::new, |mut out, unit| {
                within(units.of(unit), pivots, &mut out);
                out
            })
            .reduce(Vec::new, joined);
        found.extend(repeats);
    }
    found.par_sort_unstable();
    found.dedup();
    Evidence { candidates: found, unit_pairs: pairs.len() as u64, capped }
}

/// The keys of all units.
fn keys(
    documents: &[Document],
    analyses: &[Analysis],
    units: &Units,
    frequencies: &DocumentFrequencies,
) -> KeySpaces {
    let parameters = KeyParameters::default();
    let numbers: Vec<u32> = (0..units.len() as u32).collect();
    let parts: Vec<KeySpaces> = numbers
        .par_chunks(BATCH)
        .map(|batch| {
            let mut fingerprinter = Fingerprinter::new(&parameters);
            let mut part = KeySpaces::new(parameters.curve.bands);
            let (mut words, mut bands, mut others) = (Vec::new(), Vec::new(), Vec::new());
            for &unit in batch {
                let place = units.first(unit);
                let document = place.document as usize;
                let span = analyses[document].sentences[place.ordinal as usize].span;
                words.clear();
                text::words_into(&documents[document].text, span, &mut words);
                fingerprinter.short_keys_into(&words, frequencies, &mut bands, &mut others);
                part.push(&bands, &others);
            }
            part
        })
        .collect();
    let mut keys = KeySpaces::new(parameters.curve.bands);
    for part in parts {
        keys.append(&part);
    }
    keys
}

/// Candidates between the places of two units. As with common keys, only the lowest places are
/// paired with all others, so that the work is linear in the number of places.
fn cross(a: &[Place], b: &[Place], pivots: usize, out: &mut Vec<Candidate>) {
    for (rank_a, &one) in a.iter().enumerate() {
        let partners = if rank_a < pivots { b } else { &b[..b.len().min(pivots)] };
        out.extend(partners.iter().filter_map(|&other| Candidate::new(one, other)));
    }
}

/// Candidates among the places of one unit.
fn within(places: &[Place], pivots: usize, out: &mut Vec<Candidate>) {
    for (rank, &one) in places.iter().enumerate().take(pivots) {
        out.extend(places[rank + 1..].iter().filter_map(|&other| Candidate::new(one, other)));
    }
}

fn joined<T>(mut left: Vec<T>, right: Vec<T>) -> Vec<T> {
    left.extend(right);
    left
}

//! Which documents may be related, and by which statements: the join of the three key spaces,
//! carried from units to the documents they stand in. Pairs that share a key but too little weight
//! are dropped as they are found, so that what is kept is in proportion to what is reused.

use rayon::prelude::*;

use super::boilerplate::Masks;
use super::candidates::{Joined, candidates};
use super::units::{Place, Units};
use crate::compare::{Outline, Preparer, RUN_WORDS, may_match};
use crate::fingerprint::gram::Winnowing;
use crate::fingerprint::{Fingerprinter, KeyParameters};
use crate::join::{Capped, KeySpaces, PairRule, UnitKeys};
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
    /// Where the two statements stand.
    pub(crate) fn places(&self) -> (Place, Place) {
        let place = |document, ordinal| Place { document, ordinal };
        (place(self.documents.0, self.ordinals.0), place(self.documents.1, self.ordinals.1))
    }

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
    /// How often two distinct units stood side by side under a common key.
    pub(crate) meetings: u64,
    /// The pairs of them that may be evidence, by what their words weigh.
    pub(crate) unit_pairs: u64,
    /// What the rule for common keys left out.
    pub(crate) capped: Capped,
}

/// Units whose keys are made by one task.
const BATCH: usize = 4096;

/// What the statements of a collection stand in.
#[derive(Clone, Copy)]
pub(crate) struct Statements<'a> {
    /// All documents.
    pub(crate) documents: &'a [Document],
    /// What was found in each.
    pub(crate) analyses: &'a [Analysis],
    /// What takes no part.
    pub(crate) masks: &'a Masks,
    /// How common each word is.
    pub(crate) frequencies: &'a DocumentFrequencies,
}

/// Joins the units of statements. `sets` tells the documents of the second set when two sets are
/// compared.
pub(crate) fn find(
    statements: Statements<'_>,
    units: &Units,
    sets: Option<&[bool]>,
    pivots: usize,
) -> Evidence {
    let Fingerprints { keys, outlines, runs } = fingerprint(statements, units);
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
    let may_match = |a, b| {
        let share_run = || text::shared_shingles(runs.of(a), runs.of(b)) > 0;
        may_match(outlines.of(a), outlines.of(b), share_run)
    };
    let Joined { found: pairs, meetings, capped, .. } =
        candidates(&keys, rule, may_match, || (), |(), a, b| Some((a, b)));
    drop((keys, outlines, runs));
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
    Evidence { candidates: found, meetings, unit_pairs: pairs.len() as u64, capped }
}

/// What the join needs of every unit: about 250 bytes of keys and 6 bytes a word.
struct Fingerprints {
    keys: KeySpaces,
    outlines: Outlines,
    /// Grams that tell whether two units have a run of [`RUN_WORDS`] words in common.
    runs: UnitKeys<u32>,
}

/// The outlines of units 0, 1, 2 … in flat arrays.
#[derive(Default)]
struct Outlines {
    words: Vec<u32>,
    /// For each unit where its words end, and [`Outline::least`].
    ends: Vec<(usize, f32)>,
}

impl Outlines {
    fn of(&self, unit: u32) -> Outline<'_> {
        let unit = unit as usize;
        let start = if unit == 0 { 0 } else { self.ends[unit - 1].0 };
        let (end, least) = self.ends[unit];
        Outline { words: &self.words[start..end], least }
    }

    fn append(&mut self, other: &Outlines) {
        let before = self.words.len();
        self.words.extend_from_slice(&other.words);
        self.ends.extend(other.ends.iter().map(|&(end, least)| (before + end, least)));
    }
}

/// Keys and outlines of all units.
fn fingerprint(statements: Statements<'_>, units: &Units) -> Fingerprints {
    let Statements { documents, analyses, masks, frequencies } = statements;
    let parameters = KeyParameters::default();
    let span_of =
        |place: Place| analyses[place.document as usize].sentences[place.ordinal as usize].span;
    let empty = || Fingerprints {
        keys: KeySpaces::new(parameters.curve.bands),
        outlines: Outlines::default(),
        runs: UnitKeys::default(),
    };
    let numbers: Vec<u32> = (0..units.len() as u32).collect();
    let parts: Vec<Fingerprints> = numbers
        .par_chunks(BATCH)
        .map_init(
            || (Fingerprinter::new(&parameters), Preparer::new(frequencies)),
            |(fingerprinter, preparer), batch| {
                let mut part = empty();
                let (mut words, mut bands, mut others) = (Vec::new(), Vec::new(), Vec::new());
                let (mut grams, mut runs) = (Vec::new(), Vec::new());
                for &unit in batch {
                    let place = units.first(unit);
                    let document = place.document as usize;
                    let (text, language) = (&documents[document].text, analyses[document].language);
                    words.clear();
                    text::words_into(text, span_of(place), &mut words);
                    fingerprinter.short_keys_into(&words, frequencies, &mut bands, &mut others);
                    part.keys.push(&bands, &others);
                    grams.clear();
                    if words.len() >= RUN_WORDS {
                        Winnowing::for_run(RUN_WORDS).keys_into(&words, 0, &mut grams);
                    }
                    runs.clear();
                    runs.extend(grams.iter().map(|key| (key >> 32) as u32));
                    runs.sort_unstable();
                    runs.dedup();
                    part.runs.push(&runs);
                    let outlines = &mut part.outlines;
                    let least = preparer.outline_into(text, &words, language, &mut outlines.words);
                    let mut places = units.of(unit).iter();
                    let masked = places.any(|&place| masks.touch(place.document, span_of(place)));
                    let least = if masked { 0.0 } else { least };
                    outlines.ends.push((outlines.words.len(), least));
                }
                part
            },
        )
        .collect();
    let mut all = empty();
    for part in parts {
        all.keys.append(&part.keys);
        all.outlines.append(&part.outlines);
        all.runs.append(&part.runs);
    }
    all
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

//! What the join needs of every unit: its keys, and enough of its words to weigh a pair.
//!
//! Keys are some 250 bytes a unit. They are kept by ranges, a band or a part of the other key spaces
//! each, which the join takes one after the other; beyond the memory allowed they go to temporary
//! files. What weighs a pair is asked for at random and stays in memory: 4 bytes a word and some 60
//! a unit.

use rayon::prelude::*;

use super::boilerplate::Masks;
use super::spill::{Columns, Workspace};
use super::units::{Place, Units};
use crate::Result;
use crate::compare::{Outline, Preparer, RUN_WORDS};
use crate::fingerprint::gram::Winnowing;
use crate::fingerprint::{Fingerprinter, KeyParameters};
use crate::join::UnitKeys;
use crate::model::{Analysis, Document, DocumentFrequencies};
use crate::text::{self, Word};

/// Units whose keys are made by one task.
const BATCH: usize = 4096;
/// Batches that are made before their keys are put with the others.
const BATCHES: usize = 16;
/// The keys of a range of the lists, on average, so that a range is sorted in the cache.
const KEYS_A_RANGE: usize = 1 << 22;
/// About so many keys of the `gram` and `term` spaces has a unit.
const LISTED_KEYS: usize = 20;

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

/// Keys and outlines of units 0, 1, 2 …
pub(crate) struct Fingerprints<'w> {
    /// For each band a column with the key of every unit.
    pub(crate) bands: Columns<'w>,
    /// The keys of the other spaces by ranges: keys and units by turns.
    pub(crate) lists: Columns<'w>,
    /// Their words by weight.
    pub(crate) outlines: Outlines,
    /// Grams that tell whether two units have a run of [`RUN_WORDS`] words in common.
    pub(crate) runs: UnitKeys<u32>,
}

/// The outlines of units 0, 1, 2 … in flat arrays.
#[derive(Default)]
pub(crate) struct Outlines {
    words: Vec<u32>,
    /// For each unit where its words end, and [`Outline::least`].
    ends: Vec<(usize, f32)>,
}

impl Outlines {
    /// The outline of a unit.
    #[inline]
    pub(crate) fn of(&self, unit: u32) -> Outline<'_> {
        let unit = unit as usize;
        let start = if unit == 0 { 0 } else { self.ends[unit - 1].0 };
        let (end, least) = self.ends[unit];
        Outline { words: &self.words[start..end], least }
    }

    /// A number that hangs on the memory of a unit's outline, so that it is fetched.
    #[inline]
    pub(crate) fn touch(&self, unit: u32) -> u32 {
        let words = self.of(unit).words;
        words.first().copied().unwrap_or(0) ^ words.get(words.len() / 2).copied().unwrap_or(0)
    }

    fn append(&mut self, other: &Outlines) {
        let before = self.words.len();
        self.words.extend_from_slice(&other.words);
        self.ends.extend(other.ends.iter().map(|&(end, least)| (before + end, least)));
    }
}

/// Makes keys and outlines of all units; keys take at most `memory` bytes, the rest of them is in
/// files.
pub(crate) fn fingerprint<'w>(
    statements: Statements<'_>,
    units: &Units,
    workspace: &'w Workspace,
    memory: usize,
) -> Result<Fingerprints<'w>> {
    let parameters = KeyParameters::default();
    let bands = parameters.curve.bands;
    let ranges = (units.len() * LISTED_KEYS / KEYS_A_RANGE).next_power_of_two().min(1 << 10);
    let mut all = Fingerprints {
        bands: Columns::new(workspace, bands, memory / 2),
        lists: Columns::new(workspace, ranges, memory / 2),
        outlines: Outlines::default(),
        runs: UnitKeys::default(),
    };
    let numbers: Vec<u32> = (0..units.len() as u32).collect();
    for group in numbers.chunks(BATCH * BATCHES) {
        let parts: Vec<Part> = group
            .par_chunks(BATCH)
            .map_init(
                || Maker::new(&parameters, statements.frequencies),
                |maker, batch| maker.part(statements, units, batch, bands, ranges),
            )
            .collect();
        for part in parts {
            for (band, keys) in part.bands.iter().enumerate() {
                all.bands.extend(band, keys);
            }
            for (range, entries) in part.lists.iter().enumerate() {
                all.lists.extend(range, entries);
            }
            all.outlines.append(&part.outlines);
            all.runs.append(&part.runs);
        }
        all.bands.settle()?;
        all.lists.settle()?;
    }
    Ok(all)
}

/// The fingerprints of a batch.
struct Part {
    bands: Vec<Vec<u32>>,
    lists: Vec<Vec<u32>>,
    outlines: Outlines,
    runs: UnitKeys<u32>,
}

/// Makes the fingerprints of batches; one a thread.
struct Maker<'f> {
    fingerprinter: Fingerprinter,
    preparer: Preparer<'f>,
    words: Vec<Word>,
    bands: Vec<u32>,
    others: Vec<u32>,
    grams: Vec<u64>,
}

impl<'f> Maker<'f> {
    fn new(parameters: &KeyParameters, frequencies: &'f DocumentFrequencies) -> Self {
        Maker {
            fingerprinter: Fingerprinter::new(parameters),
            preparer: Preparer::new(frequencies),
            words: Vec::new(),
            bands: Vec::new(),
            others: Vec::new(),
            grams: Vec::new(),
        }
    }

    fn part(
        &mut self,
        statements: Statements<'_>,
        units: &Units,
        batch: &[u32],
        bands: usize,
        ranges: usize,
    ) -> Part {
        let Statements { documents, analyses, masks, frequencies } = statements;
        let span_of =
            |place: Place| analyses[place.document as usize].sentences[place.ordinal as usize].span;
        let mut part = Part {
            bands: vec![Vec::with_capacity(batch.len()); bands],
            lists: vec![Vec::new(); ranges],
            outlines: Outlines::default(),
            runs: UnitKeys::default(),
        };
        let shift = 32 - ranges.trailing_zeros();
        for &unit in batch {
            let place = units.first(unit);
            let document = place.document as usize;
            let (text, language) = (&documents[document].text, analyses[document].language);
            self.words.clear();
            text::words_into(text, span_of(place), &mut self.words);
            self.fingerprinter.short_keys_into(
                &self.words,
                frequencies,
                &mut self.bands,
                &mut self.others,
            );
            for (column, &key) in part.bands.iter_mut().zip(&self.bands) {
                column.push(key);
            }
            for &key in &self.others {
                let range = u64::from(key) >> shift;
                part.lists[range as usize].extend([key, unit]);
            }
            part.runs.push(self.runs());
            let outlines = &mut part.outlines;
            let least =
                self.preparer.outline_into(text, &self.words, language, &mut outlines.words);
            let mut places = units.of(unit).iter();
            let masked = places.any(|&place| masks.touch(place.document, span_of(place)));
            outlines.ends.push((outlines.words.len(), if masked { 0.0 } else { least }));
        }
        part
    }

    /// The grams of the unit in work that a long run of words has in common with another.
    fn runs(&mut self) -> &[u32] {
        self.grams.clear();
        if self.words.len() >= RUN_WORDS {
            Winnowing::for_run(RUN_WORDS).keys_into(&self.words, 0, &mut self.grams);
        }
        self.others.clear();
        self.others.extend(self.grams.iter().map(|key| (key >> 32) as u32));
        self.others.sort_unstable();
        self.others.dedup();
        &self.others
    }
}

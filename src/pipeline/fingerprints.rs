//! What the join needs of every unit: its keys, and enough of its words to weigh a pair.
//!
//! Keys are some 250 bytes a unit. They are kept by ranges, a band or a part of the other key spaces
//! each, which the join takes one after the other; beyond the memory allowed they go to temporary
//! files. What weighs a pair is asked for at random and stays in memory:
//! see [`Outlines`].

use rayon::prelude::*;

use super::boilerplate::Masks;
use super::desks::Desks;
use super::spill::{ColumnPart, Columns, Workspace};
use super::units::{Place, Units};
use crate::Result;
use crate::compare::{Outlines, Preparer, UnitPlaces, runs_by_unit, shared_runs};
use crate::fingerprint::{Fingerprinter, KeyParameters};
use crate::join::Counter;
use crate::model::{Analysis, Document, DocumentFrequencies};
use crate::text::{self, Word};

/// Units whose keys are made by one task.
const BATCH: usize = 4096;
/// Batches that are made before their keys are put with the others.
const BATCHES: usize = 16;
/// Groups of units that are given their runs back at a time: some for each thread, and little beside all runs.
const GROUPS: usize = 8;
/// The keys of a range of the lists, on average, so that a range is sorted in the cache.
const KEYS_A_RANGE: usize = 1 << 22;
/// About so many runs of words has a unit.
const RUNS: usize = 12;
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
}

/// Makes keys and outlines of all units; keys take at most `memory` bytes, the rest of them is in
/// files. So are runs of words until all are known, for most of them stand in one unit only.
pub(crate) fn fingerprint<'w>(
    statements: Statements<'_>,
    units: &Units,
    workspace: &'w Workspace,
    memory: usize,
) -> Result<Fingerprints<'w>> {
    let parameters = KeyParameters::default();
    let bands = parameters.curve.bands;
    let ranges = (units.len() * LISTED_KEYS / KEYS_A_RANGE).next_power_of_two().min(1 << 10);
    let mut gathering = Gathering::new(units, (bands, ranges), workspace, memory);
    let makers = Desks::new(|| Maker::new(&parameters, statements.frequencies));
    let numbers: Vec<u32> = (0..units.len() as u32).collect();
    let mut made: Vec<Part> = Vec::new();
    for units_of_group in numbers.chunks(BATCH * BATCHES) {
        // While the fingerprints of one group are put with the others those of the next are made.
        let make = || {
            let part =
                |batch| makers.at(|maker| maker.part(statements, units, batch, bands, ranges));
            units_of_group.par_chunks(BATCH).map(part).collect()
        };
        let (next, added) = rayon::join(make, || gathering.add(&made));
        added?;
        made = next;
    }
    gathering.add(&made)?;
    gathering.finish()
}

/// The fingerprints of all units up to one.
struct Gathering<'w> {
    all: Fingerprints<'w>,
    /// The runs of words of each group of units.
    runs: Columns<'w>,
    /// Tells the runs that stand in one unit only.
    counter: Counter,
    /// The groups that were added.
    groups: usize,
}

impl<'w> Gathering<'w> {
    fn new(
        units: &Units,
        (bands, ranges): (usize, usize),
        workspace: &'w Workspace,
        memory: usize,
    ) -> Self {
        let all = Fingerprints {
            bands: Columns::new(workspace, bands, memory / 8 * 3),
            lists: Columns::new(workspace, ranges, memory / 8 * 3),
            outlines: Outlines::default(),
        };
        let groups = units.len().div_ceil(BATCH * BATCHES);
        let runs = Columns::new(workspace, groups, memory / 4);
        Gathering { all, runs, counter: Counter::for_keys(units.len() * RUNS), groups: 0 }
    }

    /// Adds the next group of units, if there are any.
    fn add(&mut self, parts: &[Part]) -> Result<()> {
        let Gathering { all, runs, counter, groups } = self;
        for part in parts {
            for (band, keys) in part.bands.iter().enumerate() {
                all.bands.extend(band, keys);
            }
            for (range, entries) in part.lists.iter().enumerate() {
                all.lists.extend(range, entries);
            }
            runs_by_unit(&part.runs).flatten().for_each(|&run| counter.count(run.into()));
            runs.extend(*groups, &part.runs);
            all.outlines.append(&part.outlines);
        }
        *groups += usize::from(!parts.is_empty());
        all.bands.settle()?;
        all.lists.settle()?;
        runs.settle()
    }

    /// Gives the outlines those runs back that two units may have.
    fn finish(self) -> Result<Fingerprints<'w>> {
        let Gathering { mut all, runs, counter, .. } = self;
        let of_group = |column: &ColumnPart<'_>| {
            let taken = column.take()?;
            Ok(shared_runs(&taken, |run| counter.is_shared(run.into())))
        };
        let mut first = 0;
        for columns in runs.into_parts().chunks(GROUPS) {
            let shared: Vec<Vec<u32>> = columns.par_iter().map(of_group).collect::<Result<_>>()?;
            for runs in shared {
                all.outlines.give_runs(first, &runs);
                first += (BATCH * BATCHES) as u32;
            }
        }
        Ok(all)
    }
}

/// The fingerprints of a batch.
struct Part {
    bands: Vec<Vec<u32>>,
    lists: Vec<Vec<u32>>,
    outlines: Outlines,
    /// The runs of words of the outlines.
    runs: Vec<u32>,
}

/// Makes the fingerprints of batches; one a thread.
struct Maker<'f> {
    fingerprinter: Fingerprinter,
    preparer: Preparer<'f>,
    words: Vec<Word>,
    /// The words of another place of the unit in work.
    words_elsewhere: Vec<Word>,
    /// Which words of the unit in work stand outside boilerplate somewhere.
    spared: Vec<bool>,
    bands: Vec<u32>,
    others: Vec<u32>,
}

impl<'f> Maker<'f> {
    fn new(parameters: &KeyParameters, frequencies: &'f DocumentFrequencies) -> Self {
        Maker {
            fingerprinter: Fingerprinter::new(parameters),
            preparer: Preparer::new(frequencies),
            words: Vec::new(),
            words_elsewhere: Vec::new(),
            spared: Vec::new(),
            bands: Vec::new(),
            others: Vec::new(),
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
        let Statements { documents, analyses, frequencies, .. } = statements;
        let span_of =
            |place: Place| analyses[place.document as usize].sentences[place.ordinal as usize].span;
        let mut part = Part {
            bands: vec![Vec::with_capacity(batch.len()); bands],
            lists: vec![Vec::new(); ranges],
            outlines: Outlines::default(),
            runs: Vec::new(),
        };
        let shift = 32 - ranges.trailing_zeros();
        for &unit in batch {
            let place = units.first(unit);
            let document = place.document as usize;
            let (text, language) = (&documents[document].text, analyses[document].language);
            self.words.clear();
            text::words_into(text, span_of(place), &mut self.words);
            let masked = self.leave_out_masked(statements, units.of(unit));
            let (found_bands, others) = (&mut self.bands, &mut self.others);
            if self.words.is_empty() {
                // Keys that no other unit has, but by chance.
                others.clear();
                found_bands.clear();
                found_bands.resize(bands, unit.wrapping_mul(0x9e37_79b9));
            } else {
                self.fingerprinter.short_keys_into(&self.words, frequencies, found_bands, others);
            }
            for (column, &key) in part.bands.iter_mut().zip(&self.bands) {
                column.push(key);
            }
            for &key in &self.others {
                let range = u64::from(key) >> shift;
                part.lists[range as usize].extend([key, unit]);
            }
            let places = UnitPlaces { several: units.of(unit).len() > 1, masked };
            part.outlines.push(&mut self.preparer, (text, language), &self.words, places);
        }
        part.runs = part.outlines.take_runs();
        part
    }

    /// Leaves out of the words of a unit's first place those that are boilerplate at all its places:
    /// they take no part in passages, and units that share nothing else need not meet. Returns
    /// whether any word is boilerplate anywhere.
    fn leave_out_masked(&mut self, statements: Statements<'_>, places: &[Place]) -> bool {
        let span_of = |place: Place| {
            let analysis = &statements.analyses[place.document as usize];
            analysis.sentences[place.ordinal as usize].span
        };
        let touched = |place: &&Place| statements.masks.touch(place.document, span_of(**place));
        let masked = places.iter().filter(touched).count();
        if masked == places.len() {
            let is_spared =
                |place: Place, word: &Word| !statements.masks.touch(place.document, word.span);
            self.spared.clear();
            self.spared.extend(self.words.iter().map(|word| is_spared(places[0], word)));
            for &place in &places[1..] {
                let text = &statements.documents[place.document as usize].text;
                self.words_elsewhere.clear();
                text::words_into(text, span_of(place), &mut self.words_elsewhere);
                for (spared, word) in self.spared.iter_mut().zip(&self.words_elsewhere) {
                    *spared |= is_spared(place, word);
                }
            }
            let mut spared = self.spared.iter();
            self.words.retain(|_| spared.next().copied().unwrap_or(true));
        }
        masked > 0
    }
}

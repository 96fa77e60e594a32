//! All units in the order of their ids, so that nothing depends on the order of reading.

use std::cmp::Ordering;

use rayon::prelude::*;

use super::batch::{Batch, UnitEntry};
use super::repeats::Repeats;
use crate::fingerprint::KeyParameters;
use crate::join::BandTable;
use crate::model::{Problem, ProblemKind};
use crate::text::shared_shingles;

/// The place of a record or unit: its batch, and its number there.
type Place = (u32, u32);

/// All units, numbered in the order of the ids of their records, then of their place in these.
pub(super) struct UnitTable {
    batches: Vec<Batch>,
    /// For each unit its batch, record and number. 12 bytes a unit.
    units: Vec<UnitPlace>,
    records: u64,
    merged_repeats: u64,
    problems: Vec<Problem>,
}

#[derive(Clone, Copy)]
struct UnitPlace {
    batch: u32,
    record: u32,
    unit: u32,
}

impl UnitTable {
    /// Sorts the records of all batches by id. Of records with one id the one with the least
    /// digest is kept; one with the same text counts as merged, one with another text is a
    /// problem.
    pub(super) fn new(mut batches: Vec<Batch>) -> Self {
        let mut problems: Vec<Problem> =
            batches.iter_mut().flat_map(|batch| std::mem::take(&mut batch.problems)).collect();
        let order = sorted_records(&batches);
        let records = order.len() as u64;
        let mut merged_repeats = 0;
        let mut units = Vec::with_capacity(batches.iter().map(|batch| batch.units.len()).sum());
        let mut kept: Option<Place> = None;
        for place in order {
            let (batch, record) = (&batches[place.0 as usize], place.1 as usize);
            if let Some(kept) = kept {
                let (other, other_record) = (&batches[kept.0 as usize], kept.1 as usize);
                if other.id(other_record) == batch.id(record) {
                    if other.entries[other_record].digest == batch.entries[record].digest {
                        merged_repeats += 1;
                    } else {
                        problems.push(conflict(other, other_record, batch, record));
                    }
                    continue;
                }
            }
            kept = Some(place);
            let start = if record == 0 { 0 } else { batch.entries[record - 1].units_end };
            units.extend((start..batch.entries[record].units_end).map(|unit| UnitPlace {
                batch: place.0,
                record: place.1,
                unit,
            }));
        }
        problems.sort();
        UnitTable { batches, units, records, merged_repeats, problems }
    }

    /// The number of records with a text.
    pub(super) fn records(&self) -> u64 {
        self.records
    }

    /// Records that repeat another.
    pub(super) fn merged_repeats(&self) -> u64 {
        self.merged_repeats
    }

    /// Units without a word.
    pub(super) fn wordless(&self) -> u64 {
        self.batches.iter().map(|batch| batch.wordless).sum()
    }

    /// The number of units.
    pub(super) fn units(&self) -> usize {
        self.units.len()
    }

    /// What was wrong with the input, sorted.
    pub(super) fn problems(&self) -> &[Problem] {
        &self.problems
    }

    /// The id of a unit's record, and the unit's number in it unless it is the whole record.
    pub(super) fn name(&self, unit: u32) -> (&str, Option<u32>) {
        let place = self.units[unit as usize];
        let batch = &self.batches[place.batch as usize];
        let ordinal = batch.units[place.unit as usize].ordinal;
        (batch.id(place.record as usize), (ordinal != UnitEntry::WHOLE).then_some(ordinal))
    }

    /// The units with different words. Shingles and band keys move there; the ids stay.
    pub(super) fn distinct(&mut self, parameters: &KeyParameters) -> DistinctUnits {
        let contents = self
            .units
            .iter()
            .map(|place| self.batches[place.batch as usize].units[place.unit as usize].content);
        let repeats = Repeats::new(contents);
        let groups = 0..repeats.groups() as u32;
        let place = |group: u32| self.units[repeats.first(group) as usize];
        let tables =
            self.batches.iter_mut().map(|batch| std::mem::take(&mut batch.bands)).collect();
        let places = groups.clone().map(place).map(|place| (place.batch, place.unit));
        let bands = BandTable::gather(parameters.curve.bands, tables, places);
        let shingles = |group: u32| {
            let place = place(group);
            self.batches[place.batch as usize].shingles(place.unit as usize)
        };
        let mut sets = Vec::new();
        sets.reserve_exact(groups.clone().map(|group| shingles(group).len()).sum());
        let mut ends = Vec::with_capacity(repeats.groups());
        for group in groups {
            sets.extend_from_slice(shingles(group));
            ends.push(sets.len());
        }
        for batch in &mut self.batches {
            batch.shingles = Vec::new();
        }
        DistinctUnits { bands, shingles: sets, ends, repeats }
    }
}

/// All records, by id, digest and place. Comparing the first sixteen bytes as one number settles
/// nearly all.
fn sorted_records(batches: &[Batch]) -> Vec<Place> {
    let mut order: Vec<(u128, Place)> =
        Vec::with_capacity(batches.iter().map(Batch::records).sum());
    for (batch, number) in batches.iter().zip(0..) {
        for record in 0..batch.records() {
            let mut start = [0; 16];
            let id = batch.id(record).as_bytes();
            let len = id.len().min(16);
            start[..len].copy_from_slice(&id[..len]);
            order.push((u128::from_be_bytes(start), (number, record as u32)));
        }
    }
    let place = |place: Place| {
        let (batch, record) = (&batches[place.0 as usize], place.1 as usize);
        let entry = batch.entries[record];
        (batch.id(record), entry.digest, &batch.paths[entry.path as usize], entry.line)
    };
    order.par_sort_unstable_by(|left, right| match left.0.cmp(&right.0) {
        Ordering::Equal => place(left.1).cmp(&place(right.1)),
        other => other,
    });
    order.into_iter().map(|(_, place)| place).collect()
}

fn conflict(kept: &Batch, kept_record: usize, skipped: &Batch, record: usize) -> Problem {
    let place = |batch: &Batch, record: usize| {
        let entry = batch.entries[record];
        (batch.paths[entry.path as usize].clone(), (entry.line > 0).then_some(entry.line))
    };
    let (path, line) = place(skipped, record);
    let kept_place = match place(kept, kept_record) {
        (path, Some(line)) => format!("{path}:{line}"),
        (path, None) => path,
    };
    Problem {
        path,
        record: line,
        kind: ProblemKind::Skipped,
        message: format!(
            "the id \"{}\" belongs to another text, at {kept_place}",
            skipped.id(record)
        ),
        hint: "give every record its own id".to_owned(),
    }
}

/// Two distinct units that are similar enough, `a < b`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Link {
    pub(super) a: u32,
    pub(super) b: u32,
    /// The shingles of both.
    pub(super) shared: u32,
    /// The shingles of either.
    pub(super) united: u32,
}

impl Link {
    /// The Jaccard similarity.
    pub(super) fn jaccard(self) -> f64 {
        f64::from(self.shared) / f64::from(self.united)
    }
}

/// The units with different words, numbered by their first occurrence.
pub(super) struct DistinctUnits {
    bands: BandTable,
    shingles: Vec<u32>,
    ends: Vec<usize>,
    repeats: Repeats,
}

impl DistinctUnits {
    /// The band keys.
    pub(super) fn bands(&self) -> &BandTable {
        &self.bands
    }

    /// Which units have the words of each.
    pub(super) fn into_repeats(self) -> Repeats {
        self.repeats
    }

    fn shingles(&self, unit: u32) -> &[u32] {
        let unit = unit as usize;
        let start = if unit == 0 { 0 } else { self.ends[unit - 1] };
        &self.shingles[start..self.ends[unit]]
    }

    /// The link of two units that have at least this Jaccard similarity.
    pub(super) fn link(&self, a: u32, b: u32, similarity: f64) -> Option<Link> {
        let (left, right) = (self.shingles(a), self.shingles(b));
        let (small, large) = (left.len().min(right.len()), left.len().max(right.len()));
        if (small as f64) < similarity * large as f64 {
            return None;
        }
        let shared = shared_shingles(left, right);
        let united = small + large - shared;
        (shared as f64 >= similarity * united as f64).then_some(Link {
            a,
            b,
            shared: shared as u32,
            united: united as u32,
        })
    }
}

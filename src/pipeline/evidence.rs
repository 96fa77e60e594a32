//! Which documents may be related, and by which statements: the join of the three key spaces,
//! carried from units to the documents they stand in. Pairs that share a key but too little weight
//! are dropped as they are found, so that what is kept is in proportion to what is reused.

use rayon::prelude::*;

use super::fingerprints::{Fingerprints, Statements, fingerprint};
use super::met_pairs::{Basket, MetPairs, units_of};
use super::spill::{ColumnPart, Sorted, Sorter, Workspace};
use super::units::{Place, Units};
use crate::Result;
use crate::compare::Gathered;
use crate::fingerprint::is_gram;
use crate::join::{Capped, Meetings, PairRule, Runs, meetings_of_runs};
use crate::model::DocumentIndex;

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

    /// As a number that sorts alike.
    fn to_record(self) -> u128 {
        let [a, b, i, j] =
            [self.documents.0, self.documents.1, self.ordinals.0, self.ordinals.1].map(u128::from);
        a << 96 | b << 64 | i << 32 | j
    }

    fn from_record(record: u128) -> Candidate {
        let part = |shift: u32| (record >> shift) as u32;
        Candidate { documents: (part(96), part(64)), ordinals: (part(32), part(0)) }
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
#[derive(Debug)]
pub(crate) struct Evidence<'w> {
    candidates: Sorted<'w, u128>,
    /// A candidate that was read ahead.
    next: Option<Candidate>,
    /// How often two distinct units stood side by side under a common key.
    pub(crate) meetings: u64,
    /// The pairs of them that may be evidence, by what their words weigh.
    pub(crate) unit_pairs: u64,
    /// What the rule for common keys left out.
    pub(crate) capped: Capped,
}

impl Evidence<'_> {
    /// Puts the next candidates in place of what `out` held: about so many, and always all of a
    /// pair of documents. They come sorted by documents, each once; `false` at the end.
    pub(crate) fn next_into(&mut self, about: usize, out: &mut Vec<Candidate>) -> Result<bool> {
        out.clear();
        out.extend(self.next.take());
        while let Some(record) = self.candidates.next()? {
            let candidate = Candidate::from_record(record);
            if out.len() >= about
                && out.last().is_some_and(|last| last.documents != candidate.documents)
            {
                self.next = Some(candidate);
                break;
            }
            out.push(candidate);
        }
        Ok(!out.is_empty())
    }
}

/// Of the memory the keys and the pairs of units may take a forty-eighth part each, candidates an
/// eighth; the rest is for what is always held. Files of keys are written and read once, from front
/// to back, so that to keep few of them in memory costs little.
const KEYS_SHARE: u64 = 48;
const CANDIDATES_SHARE: u64 = 8;

/// Pairs of units whose places are crossed at a time.
const CROSSED: usize = 1 << 18;

/// Joins the units of statements. `sets` tells the documents of the second set when two sets are
/// compared.
pub(crate) fn find<'w>(
    statements: Statements<'_>,
    units: &Units,
    sets: Option<&[bool]>,
    pivots: usize,
    workspace: &'w Workspace,
) -> Result<Evidence<'w>> {
    let Fingerprints { bands, lists, outlines } =
        fingerprint(statements, units, workspace, workspace.share(KEYS_SHARE))?;
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
    let pairs = MetPairs::new(workspace);
    let ranges: Vec<Range<'_, '_>> = (bands.into_parts().into_iter().map(Range::Band))
        .chain(lists.into_parts().into_iter().map(Range::List))
        .collect();
    let weigh = |range: &Range<'_, '_>, runs: &Runs, part| {
        let mut weighing = Weighing {
            tells_of_runs: &|key| range.tells_of_runs(key),
            gathered: Gathered::new(&outlines),
            matches: Vec::new(),
            tells_of_run: false,
            kept: pairs.basket(),
            meetings: 0,
        };
        let capped = meetings_of_runs(runs.iter_part(part), rule, &mut weighing);
        weighing.kept.finish()?;
        Ok((weighing.meetings, capped))
    };
    let counts: Vec<Vec<(u64, Capped)>> = ranges
        .into_par_iter()
        .map(|range| {
            let runs = range.runs(units.len())?;
            let parts = runs.parts(WEIGHED_BY_A_TASK).into_par_iter();
            parts.map(|part| weigh(&range, &runs, part)).collect()
        })
        .collect::<Result<_>>()?;
    // What is too short or too common to be evidence is none in a hundred copies either.
    let tells = |unit| outlines.may_match_itself(unit);
    let repeated: Vec<bool> =
        numbers.map(|unit| sets.is_none() && units.of(unit).len() > 1 && tells(unit)).collect();
    drop(outlines);
    let (mut meetings, mut capped) = (0, Capped::default());
    for (of_range, capped_in_range) in counts.into_iter().flatten() {
        meetings += of_range;
        capped = capped.with(capped_in_range);
    }
    let (candidates, unit_pairs) =
        cross_all(pairs.into_sorted()?, units, &repeated, pivots, workspace)?;
    Ok(Evidence { candidates, next: None, meetings, unit_pairs, capped })
}

/// A range of keys that is joined in one go.
enum Range<'w, 'p> {
    /// The keys of one band, unit after unit.
    Band(ColumnPart<'w>),
    /// Keys and units by turns.
    List(ColumnPart<'p>),
}

impl Range<'_, '_> {
    /// Whether units with a key of the range share a run of words, and not only rare ones.
    fn tells_of_runs(&self, key: u64) -> bool {
        match self {
            Range::Band(_) => true,
            Range::List(_) => is_gram(key as u32),
        }
    }

    fn runs(&self, units: usize) -> Result<Runs> {
        match self {
            Range::Band(column) => {
                let keys = column.take()?;
                Ok(Runs::of_column(keys.iter().copied(), units))
            }
            Range::List(column) => Ok(Runs::of_entries(column.take()?.as_chunks::<2>().0)),
        }
    }
}

/// Units of runs that one task weighs: tasks of one size keep all threads busy to the end.
const WEIGHED_BY_A_TASK: usize = 1 << 15;

/// Where pairs that stand side by side are weighed.
struct Weighing<'a, 'w> {
    /// Whether units with a key share a run of words.
    tells_of_runs: &'a dyn Fn(u64) -> bool,
    /// The units of the run in work and of those that come.
    gathered: Gathered<'a>,
    /// The places of those that may match the one in work.
    matches: Vec<u32>,
    /// Whether units of the run in work may have a long run of words in common.
    tells_of_run: bool,
    /// The pairs that may match.
    kept: Basket<'a, 'w>,
    meetings: u64,
}

impl Meetings for Weighing<'_, '_> {
    fn coming(&mut self, runs: &[(u64, &[u32])]) {
        self.gathered.gather(runs.iter().map(|&(_, units)| units));
    }

    fn run(&mut self, key: u64, _: &[u32]) {
        self.gathered.turn_to_next();
        self.tells_of_run = (self.tells_of_runs)(key);
    }

    fn meet(&mut self, place: usize, partners: &[u32]) -> usize {
        self.meetings += partners.len() as u64;
        let place = place as u32;
        self.gathered.matches_into((place, partners), self.tells_of_run, &mut self.matches);
        let unit = |place: u32| self.gathered.unit(place);
        self.kept.extend(unit(place), self.matches.iter().map(|&second| unit(second)))
    }
}

/// The candidates between the places of paired units, and among the places of each unit that is
/// `repeated`; and the number of pairs.
fn cross_all<'w>(
    mut pairs: Sorted<'w, u64>,
    units: &Units,
    repeated: &[bool],
    pivots: usize,
    workspace: &'w Workspace,
) -> Result<(Sorted<'w, u128>, u64)> {
    let mut candidates = Sorter::new(workspace, workspace.share(CANDIDATES_SHARE));
    let (mut part, mut unit_pairs) = (Vec::new(), 0);
    let mut found: Vec<Candidate> = Vec::new();
    let mut records: Vec<u128> = Vec::new();
    let mut give = |found: &mut Vec<Candidate>| {
        records.clear();
        records.extend(found.drain(..).map(Candidate::to_record));
        candidates.extend(&records)
    };
    while pairs.next_into(CROSSED, &mut part)? {
        unit_pairs += part.len() as u64;
        for &pair in &part {
            let (a, b) = units_of(pair);
            cross(units.of(a), units.of(b), pivots, &mut found);
            if found.len() >= CROSSED {
                give(&mut found)?;
            }
        }
    }
    for unit in (0..units.len() as u32).filter(|&unit| repeated[unit as usize]) {
        within(units.of(unit), pivots, &mut found);
        if found.len() >= CROSSED {
            give(&mut found)?;
        }
    }
    give(&mut found)?;
    Ok((candidates.into_sorted()?, unit_pairs))
}

/// The pivots among so many places of one wording. A few copies are all compared with each other;
/// of many, what one of them tells of another all tell, so there the number of pairs is held until
/// one pivot is left, and from there on it grows as the copies do.
pub(crate) fn pivots_of_places(places: usize, pivots: usize) -> usize {
    (pivots * pivots / places.max(1)).clamp(1, pivots)
}

/// Candidates between the places of two units. As with common keys, only the lowest places are
/// paired with all others, so that the work is linear in the number of places.
fn cross(a: &[Place], b: &[Place], pivots: usize, out: &mut Vec<Candidate>) {
    let pivots = pivots_of_places(a.len().max(b.len()), pivots);
    for (rank_a, &one) in a.iter().enumerate() {
        let partners = if rank_a < pivots { b } else { &b[..b.len().min(pivots)] };
        out.extend(partners.iter().filter_map(|&other| Candidate::new(one, other)));
    }
}

/// Candidates among the places of one unit.
fn within(places: &[Place], pivots: usize, out: &mut Vec<Candidate>) {
    for (rank, &one) in places.iter().enumerate().take(pivots_of_places(places.len(), pivots)) {
        out.extend(places[rank + 1..].iter().filter_map(|&other| Candidate::new(one, other)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One wording in so many documents.
    fn places(first: u32, count: u32) -> Vec<Place> {
        (first..first + count).map(|document| Place { document, ordinal: 0 }).collect()
    }

    #[track_caller]
    fn check_within(copies: u32, expected: usize) {
        let mut found = Vec::new();
        within(&places(0, copies), 64, &mut found);
        assert_eq!(found.len(), expected);
    }

    #[test]
    fn few_copies_are_all_compared_and_many_make_no_more_pairs_than_they_are() {
        check_within(1, 0);
        check_within(2, 1);
        check_within(64, 64 * 63 / 2);
        check_within(128, (96..=127).sum());
        check_within(4096, 4095);
        check_within(1_000_000, 999_999);
    }

    #[test]
    fn two_wordings_of_many_copies_make_pairs_in_proportion() {
        let check = |a: u32, b: u32, expected: usize| {
            let mut found = Vec::new();
            cross(&places(0, a), &places(a, b), 64, &mut found);
            assert_eq!(found.len(), expected);
        };
        check(1, 1, 1);
        check(64, 64, 64 * 64);
        check(10_000, 10_000, 10_000 + 9_999);
        check(10_000, 1, 10_000);
    }

    #[test]
    fn candidates_sort_as_their_records_do() {
        let candidate = |documents, ordinals| Candidate { documents, ordinals };
        let mut candidates = vec![
            candidate((1, 70_000), (3, 4)),
            candidate((1, 2), (u32::MAX, 0)),
            candidate((0, u32::MAX), (0, 1)),
            candidate((1, 2), (5, 9)),
        ];
        let mut records: Vec<u128> = candidates.iter().map(|one| one.to_record()).collect();
        candidates.sort_unstable();
        records.sort_unstable();
        let back: Vec<Candidate> = records.into_iter().map(Candidate::from_record).collect();
        assert_eq!(back, candidates);
    }
}

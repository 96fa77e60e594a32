//! The outlines of the units of some runs, gathered side by side.
//!
//! The units under one common key lie anywhere in the outlines of the collection, and are looked at beside
//! each other many times: what takes a few instructions once the words are at hand waits ten times as long
//! for them. So they are copied together first, those of many short runs at once, for then the memory fetches
//! many of them at a time. Of very long runs only few units are held against all others; those are looked
//! up, which bounds what is copied.

use std::ops::Range;

use super::lanes::{Lanes, matches_by_lanes};
use super::outline::{Ends, Outline, Outlines};

/// Runs of more units are not gathered: each is looked up.
const MOST_UNITS: usize = 1 << 14;
/// Runs from so many units on have lanes, at some four hundred bytes a unit; in shorter ones each unit is looked
/// at once or twice.
const LANES_FROM: usize = 4;

/// The outlines of the units of some runs, of which one after the other is in work.
#[derive(Debug)]
pub struct Gathered<'o> {
    /// Those of the collection.
    outlines: &'o Outlines,
    /// The units of all runs, one run's after the other's.
    units: Vec<u32>,
    runs: Vec<Run>,
    /// The number of the run that comes next; the one in work is the one before it.
    next: usize,
    /// The words and long runs of words of the units that are gathered, one unit's after the other's, with where
    /// each unit's end.
    words: Vec<u32>,
    runs_of_words: Vec<u32>,
    ends: Vec<Ends>,
    /// Their outlines as they were looked up.
    looked_up: Vec<Outline<'o>>,
    /// What there is by lanes of the units that have some.
    lanes: Vec<Lanes>,
}

/// Where there is what of a run.
#[derive(Debug)]
struct Run {
    /// Its units.
    units: Range<usize>,
    /// The number of the first of them among those gathered, if they are.
    gathered: Option<usize>,
    /// The number of the first of them among those that have lanes, if they do.
    lanes: Option<usize>,
}

impl<'o> Gathered<'o> {
    /// Room for the units of any run.
    pub fn new(outlines: &'o Outlines) -> Self {
        let (units, runs, words, runs_of_words, ends) = Default::default();
        let (looked_up, lanes) = Default::default();
        Gathered { outlines, units, runs, next: 0, words, runs_of_words, ends, looked_up, lanes }
    }

    /// Takes the units of other runs in place of those that were there; none is in work yet.
    pub fn gather<'r>(&mut self, runs: impl IntoIterator<Item = &'r [u32]>) {
        self.units.clear();
        self.runs.clear();
        self.words.clear();
        self.runs_of_words.clear();
        self.ends.clear();
        self.looked_up.clear();
        self.lanes.clear();
        self.next = 0;
        // In rounds of few steps a unit, so that what lies far is fetched for many units at a time.
        for units in runs {
            let first = self.units.len();
            self.units.extend_from_slice(units);
            let is_gathered = units.len() <= MOST_UNITS;
            self.runs.push(Run {
                units: first..self.units.len(),
                gathered: is_gathered.then_some(self.looked_up.len()),
                lanes: None,
            });
            if is_gathered {
                self.looked_up.extend(units.iter().map(|&unit| self.outlines.of(unit)));
            }
        }
        for outline in &self.looked_up {
            self.words.extend_from_slice(outline.words);
            self.runs_of_words.extend_from_slice(outline.runs);
            self.ends.push(Ends { words: self.words.len(), runs: self.runs_of_words.len() });
        }
        for run in self.runs.iter_mut().filter(|run| run.units.len() >= LANES_FROM) {
            let Some(first) = run.gathered else { continue };
            run.lanes = Some(self.lanes.len());
            let outlines = &self.looked_up[first..first + run.units.len()];
            self.lanes.extend(outlines.iter().copied().map(Lanes::of));
        }
    }

    /// Turns to the next of the runs.
    pub fn turn_to_next(&mut self) {
        self.next += 1;
    }

    fn in_work(&self) -> &Run {
        &self.runs[self.next - 1]
    }

    /// The unit at a place of the run in work.
    pub fn unit(&self, place: u32) -> u32 {
        self.units[self.in_work().units.start + place as usize]
    }

    /// Puts the places in `partners` of those units in place of what `out` held that may be evidence beside
    /// the one at `place` for any documents that they stand in; where the two have `shared_run`, a gram in
    /// common, by a long run of words too. Two units that met under rare words only need not be asked for
    /// one: those of a run meet under its grams too.
    pub fn matches_into(
        &self,
        (place, partners): (u32, &[u32]),
        shared_run: bool,
        out: &mut Vec<u32>,
    ) {
        out.clear();
        let own = self.outline(place);
        let may_claim = |other: u32| self.outlines.may_claim(own, self.outline(other));
        let shares_run = |other: u32| shared_run && own.shares_run(self.outline(other));
        let run = self.in_work();
        if let Some(first) = run.lanes {
            let lanes = &self.lanes[first..first + run.units.len()];
            let asked = (may_claim, shares_run);
            matches_by_lanes((self.outlines, lanes), (place, partners), asked, out);
        } else {
            let partners = partners.iter().copied();
            out.extend(partners.filter(|&other| may_claim(other) || shares_run(other)));
        }
    }

    /// The outline of the unit at a place of the run in work.
    #[inline]
    fn outline(&self, place: u32) -> Outline<'_> {
        let Some(first) = self.in_work().gathered else {
            return self.outlines.of(self.unit(place));
        };
        let at = first + place as usize;
        let start = if at == 0 { Ends::default() } else { self.ends[at - 1] };
        let (end, looked_up) = (self.ends[at], &self.looked_up[at]);
        Outline {
            words: &self.words[start.words..end.words],
            runs: &self.runs_of_words[start.runs..end.runs],
            ..*looked_up
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::outline::UnitPlaces;
    use super::super::outline::tests::outlines;
    use super::*;

    proptest! {
        #[test]
        fn gathered_units_match_as_those_looked_up_do(
            texts in prop::collection::vec(
                "(it was not that they themselves could |the harbour of Kowalski |mills? |barge ){3,8}",
                2..7,
            ),
            shared_run: bool,
        ) {
            let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
            let outlines = outlines(&texts, UnitPlaces::default());
            // The last units first, so that places are not numbers; and then some of them.
            let units: Vec<u32> = (0..texts.len() as u32).rev().collect();
            let (mut gathered, mut found) = (Gathered::new(&outlines), vec![7]);
            gathered.gather([&units[..1]]);
            let runs = [&units[..2], &units[..], &units[1..]];
            gathered.gather(runs);
            for run in runs {
                gathered.turn_to_next();
                for place in 0..run.len() as u32 {
                    let partners: Vec<u32> = (place + 1..run.len() as u32).collect();
                    gathered.matches_into((place, &partners), shared_run, &mut found);
                    let [one, others] = [&[place], partners.as_slice()].map(|places| {
                        let units = places.iter().map(|&place| run[place as usize]);
                        units.map(|unit| outlines.of(unit)).collect::<Vec<_>>()
                    });
                    let expected = partners.iter().zip(others).filter(|&(_, other)| {
                        outlines.may_claim(one[0], other) || shared_run && one[0].shares_run(other)
                    });
                    let expected: Vec<u32> = expected.map(|(&partner, _)| partner).collect();
                    prop_assert_eq!(&found, &expected, "{} of {:?}", place, &texts);
                    prop_assert_eq!(gathered.unit(place), run[place as usize]);
                }
            }
        }
    }
}

//! The outlines of the units of a run, gathered side by side.
//!
//! The units under one common key lie anywhere in the outlines of the collection, and are looked at beside
//! each other many times: what takes a few instructions once the words are at hand waits ten times as long
//! for them. So they are copied together first, unless the run is so short that each is looked at once or
//! twice, or so long that only few of its units are held against all others; that also bounds what is copied.

use std::ops::RangeInclusive;

use super::lanes::{Lanes, matches_by_lanes};
use super::outline::{Ends, Outline, Outlines};

/// Runs of so many units are gathered, at some six hundred bytes a unit; of others each unit is looked up.
const GATHERED: RangeInclusive<usize> = 4..=1 << 14;

/// The outlines of the units of a run.
#[derive(Debug)]
pub struct Gathered<'o> {
    /// Those of the collection.
    outlines: &'o Outlines,
    units: Vec<u32>,
    /// The words and runs of the units, one unit's after the other's, with where each unit's end, and what
    /// each has by lanes; empty where they are not gathered.
    words: Vec<u32>,
    runs: Vec<u32>,
    ends: Vec<Ends>,
    lanes: Vec<Lanes>,
    /// The outlines where they lie.
    looked_up: Vec<Outline<'o>>,
}

impl<'o> Gathered<'o> {
    /// Room for the units of any run.
    pub fn new(outlines: &'o Outlines) -> Self {
        let (units, words, runs, ends, lanes, looked_up) = Default::default();
        Gathered { outlines, units, words, runs, ends, lanes, looked_up }
    }

    /// Takes the units of another run in place of those that were there.
    pub fn gather(&mut self, units: &[u32]) {
        self.units.clear();
        self.units.extend_from_slice(units);
        self.words.clear();
        self.runs.clear();
        self.ends.clear();
        self.lanes.clear();
        if GATHERED.contains(&units.len()) {
            // In rounds of few steps a unit, so that what lies far is fetched for many units at a time.
            self.looked_up.clear();
            self.looked_up.extend(units.iter().map(|&unit| self.outlines.of(unit)));
            for outline in &self.looked_up {
                self.words.extend_from_slice(outline.words);
                self.runs.extend_from_slice(outline.runs);
                self.ends.push(Ends { words: self.words.len(), runs: self.runs.len() });
            }
            self.lanes.extend(self.looked_up.iter().copied().map(Lanes::of));
        }
    }

    /// The unit at a place of the run.
    pub fn unit(&self, place: u32) -> u32 {
        self.units[place as usize]
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
        if self.lanes.is_empty() {
            let partners = partners.iter().copied();
            out.extend(partners.filter(|&other| may_claim(other) || shares_run(other)));
        } else {
            let gathered = (self.outlines, self.lanes.as_slice());
            matches_by_lanes(gathered, (place, partners), (may_claim, shares_run), out);
        }
    }

    /// The outline of the unit at a place.
    #[inline]
    fn outline(&self, place: u32) -> Outline<'_> {
        let at = place as usize;
        let Some(&end) = self.ends.get(at) else {
            return self.outlines.of(self.unit(place));
        };
        let start = if at == 0 { Ends::default() } else { self.ends[at - 1] };
        Outline {
            words: &self.words[start.words..end.words],
            runs: &self.runs[start.runs..end.runs],
            bounds: self.lanes[at].bounds,
            functions: self.lanes[at].functions,
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
            // The last units first, so that places are not numbers.
            let units: Vec<u32> = (0..texts.len() as u32).rev().collect();
            let (mut gathered, mut found) = (Gathered::new(&outlines), vec![7]);
            gathered.gather(&units[..1]);
            gathered.gather(&units);
            for place in 0..units.len() as u32 {
                let partners: Vec<u32> = (place + 1..units.len() as u32).collect();
                gathered.matches_into((place, &partners), shared_run, &mut found);
                let [one, others] = [&[place], partners.as_slice()].map(|places| {
                    places.iter().map(|&place| outlines.of(gathered.unit(place))).collect::<Vec<_>>()
                });
                let expected = partners.iter().zip(others).filter(|&(_, other)| {
                    outlines.may_claim(one[0], other) || shared_run && one[0].shares_run(other)
                });
                let expected: Vec<u32> = expected.map(|(&partner, _)| partner).collect();
                prop_assert_eq!(&found, &expected, "{} of {:?}", place, &texts);
            }
        }
    }
}

//! The outlines of the units of a run, gathered side by side.
//!
//! The units under one common key lie anywhere in the outlines of the collection, and are looked at beside
//! each other many times: what takes a few instructions once the words are at hand waits ten times as long
//! for them. So they are copied together first, unless the run is so short that each is looked at once or
//! twice.

use super::bitmap::{Bitmap, glance};
use super::outline::{Functions, Outline, Outlines};

/// Of shorter runs the words are looked up where a glance did not tell.
const WORDS_GATHERED_FROM: usize = 4;

/// The outlines of the units of a run.
#[derive(Debug)]
pub struct Gathered<'o> {
    /// Those of the collection.
    outlines: &'o Outlines,
    units: Vec<u32>,
    bitmaps: Vec<Bitmap>,
    /// The words of the units, one unit's after the other's, with where each unit's end and what each has
    /// beside its words; empty in a short run.
    words: Vec<u32>,
    ends: Vec<(usize, Functions)>,
}

impl<'o> Gathered<'o> {
    /// Room for the units of any run.
    pub fn new(outlines: &'o Outlines) -> Self {
        let (units, bitmaps, words, ends) = Default::default();
        Gathered { outlines, units, bitmaps, words, ends }
    }

    /// Takes the units of another run in place of those that were there.
    pub fn gather(&mut self, units: &[u32]) {
        self.units.clear();
        self.units.extend_from_slice(units);
        self.bitmaps.clear();
        self.bitmaps.extend(units.iter().map(|&unit| *self.outlines.bitmap(unit)));
        self.words.clear();
        self.ends.clear();
        if units.len() >= WORDS_GATHERED_FROM {
            for &unit in units {
                let Outline { words, functions, .. } = self.outlines.of(unit);
                self.words.extend_from_slice(words);
                self.ends.push((self.words.len(), functions));
            }
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
        // Some are told apart by a glance.
        glance(&self.bitmaps, place, partners, self.outlines.chance(), shared_run, out);
        if out.is_empty() {
            return;
        }
        let own = self.outline(place);
        out.retain(|&other| {
            let others = self.outline(other);
            let may_share_run = || {
                shared_run
                    && own.bitmap.may_share_run(others.bitmap)
                    && self
                        .outlines
                        .of(self.unit(place))
                        .shares_run(self.outlines.of(self.unit(other)))
            };
            self.outlines.may_claim(own, others) || may_share_run()
        });
    }

    /// The outline of the unit at a place, as far as it is at hand: without its runs.
    #[inline]
    fn outline(&self, place: u32) -> Outline<'_> {
        let at = place as usize;
        let Some(&(end, functions)) = self.ends.get(at) else {
            return self.outlines.of(self.unit(place));
        };
        let start = if at == 0 { 0 } else { self.ends[at - 1].0 };
        let words = &self.words[start..end];
        Outline { words, runs: &[], bitmap: &self.bitmaps[at], functions }
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

//! The words of a unit and its long runs of words by lanes: what two units can share, in a few instructions
//! for all of them at once.
//!
//! The word filters of set similarity joins tell two sets apart by the bits that both have set (Sandes,
//! Teodoro & Melo 2020). Here words have weights, and few pairs are told apart unless those count. So the
//! bits of a unit's words lie in lanes, and with each lane goes what its words weigh together: lanes in
//! which two units have a bit in common bound what they share. Most words have a lane to themselves. Of long
//! runs it is enough that there is one in common, which their bits tell. The lanes of a unit take some 400 bytes,
//! so they are made where it will stand beside many others and let go afterwards ([`super::gathered`]).

use multiversion::multiversion;

use super::bounds::Bounds;
use super::functions::Functions;
use super::outline::{Outline, Outlines};

/// The number of lanes: more than most units have words.
const LANES: usize = 64;
/// The bits of a lane.
const BITS: u32 = u16::BITS;
/// What so many words weigh, on both sides together, fits into sixteen bits: eight are of one word.
const MOST_WORDS: usize = 128;
const _: () = assert!(2 * MOST_WORDS * u8::MAX as usize <= u16::MAX as usize);

/// The outline of a unit with its words and runs by lanes.
#[derive(Clone, Debug)]
pub(super) struct Lanes {
    /// The words of each lane.
    words: [u16; LANES],
    /// What they weigh together, in steps.
    weights: [u16; LANES],
    /// There are more words than can be weighed.
    is_long: bool,
    /// The long runs of words.
    runs: [u16; LANES],
    pub(super) bounds: Bounds,
    pub(super) functions: Functions,
}

impl Lanes {
    /// The lanes of an outline.
    pub(super) fn of(outline: Outline<'_>) -> Lanes {
        let Outline { bounds, functions, .. } = outline;
        let is_long = outline.words.len() > MOST_WORDS;
        let (words, weights, runs) = ([0; LANES], [0; LANES], [0; LANES]);
        let mut lanes = Lanes { words, weights, is_long, runs, bounds, functions };
        if !is_long {
            for &word in outline.words {
                let (lane, bit) = place(word);
                lanes.words[lane] |= bit;
                lanes.weights[lane] += (word & 0xff) as u16;
            }
        }
        for &run in outline.runs {
            let (lane, bit) = place(run);
            lanes.runs[lane] |= bit;
        }
        lanes
    }

    /// The most that words which two units share weigh, on both sides together, in steps.
    #[inline(always)]
    fn shared(&self, other: &Lanes) -> u16 {
        let mut sum = 0u16;
        for lane in 0..LANES {
            let is_shared = u16::from(self.words[lane] & other.words[lane] != 0).wrapping_neg();
            sum += (self.weights[lane] + other.weights[lane]) & is_shared;
        }
        sum
    }

    /// Whether two units may have a long run of words in common.
    #[inline(always)]
    fn may_share_run(&self, other: &Lanes) -> bool {
        let common =
            self.runs.iter().zip(&other.runs).fold(0, |all, (own, other)| all | own & other);
        common != 0
    }
}

/// The lane of a hash and the bit in it; the lowest eight bits are no part of a word's hash.
#[inline]
fn place(hash: u32) -> (usize, u16) {
    ((hash >> (u32::BITS - LANES.ilog2())) as usize, 1 << (hash >> 8 & (BITS - 1)))
}

/// Appends those of the units in `partners` to `out` that may be evidence beside a unit, all given by their
/// places in `lanes`: those that `may_claim` it by what their words weigh and those that `shares_run`. The two
/// are asked where lanes do not tell.
#[multiversion(targets("x86_64+avx2", "x86_64+sse4.1"))]
pub(super) fn matches_by_lanes<C: Fn(u32) -> bool, R: Fn(u32) -> bool>(
    (outlines, lanes): (&Outlines, &[Lanes]),
    (unit, partners): (u32, &[u32]),
    (may_claim, shares_run): (C, R),
    out: &mut Vec<u32>,
) {
    let (heaviest_functions, chance) = (outlines.heaviest_functions(), outlines.chance());
    let own = &lanes[unit as usize];
    out.extend(partners.iter().copied().filter(|&place| {
        let other = &lanes[place as usize];
        let weighs_enough = own.is_long || other.is_long || {
            let steps = u32::from(own.shared(other));
            let light = own.bounds.light_beside(other.bounds);
            // With all function words many pairs come up to it, with those that both have few.
            own.bounds.suffice(other.bounds, (steps, light), chance, 0.0) && {
                let light = light.min(own.functions.shared(other.functions, heaviest_functions));
                own.bounds.suffice(other.bounds, (steps, light), chance, 0.0)
            }
        };
        weighs_enough && may_claim(place) || own.may_share_run(other) && shares_run(place)
    }));
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The words of an outline: few stems, so that many are shared.
    fn words(longest: usize) -> impl Strategy<Value = Vec<u32>> {
        let word = |(stem, steps): (u32, u32)| stem.wrapping_mul(0x9e37_79b9) & !0xff | steps;
        prop::collection::vec((0u32..99, 1u32..255).prop_map(word), 0..longest)
    }

    fn by_lanes(words: &[u32], runs: &[u32]) -> Lanes {
        let (bounds, functions) = (Bounds::default(), Functions::new(0, 0.0));
        Lanes::of(Outline { words, runs, bounds, functions })
    }

    proptest! {
        #[test]
        fn lanes_weigh_no_less_than_what_is_shared(own in words(140), others in words(40)) {
            let weigh = |words: &[u32], others: &[u32]| -> u32 {
                let is_shared = |word: &&u32| others.iter().any(|other| other >> 8 == **word >> 8);
                words.iter().filter(is_shared).map(|word| word & 0xff).sum()
            };
            let shared = weigh(&own, &others) + weigh(&others, &own);
            let (lanes, lanes_of_others) = (by_lanes(&own, &[]), by_lanes(&others, &[]));
            prop_assert_eq!(lanes.is_long, own.len() > 128);
            if !lanes.is_long {
                prop_assert!(u32::from(lanes.shared(&lanes_of_others)) >= shared);
            }
            let sum: u32 = others.iter().map(|word| word & 0xff).sum();
            prop_assert_eq!(u32::from(lanes_of_others.shared(&lanes_of_others)), 2 * sum);
            let [own, others] = [own, others].map(|runs| by_lanes(&[], &runs));
            prop_assert!(shared == 0 || own.may_share_run(&others));
            prop_assert_eq!(others.may_share_run(&others), sum > 0);
        }
    }
}

//! The words of a unit and its long runs of words by lanes: what two units can share, in a few instructions
//! for all of them at once.
//!
//! The word filters of set similarity joins tell two sets apart by the bits that both have set (Sandes,
//! Teodoro & Melo 2020). Here words have weights, and few pairs are told apart unless those count. So the
//! bits of a unit's words lie in lanes, and with each lane goes what its words weigh together: lanes in
//! which two units have a bit in common bound what they share. Most words have a lane to themselves. Of long
//! runs it is enough that there is one in common, which their bits tell. The lanes of a unit take 386 bytes,
//! so they are made where it will stand beside many others and let go afterwards ([`super::gathered`]).

use multiversion::multiversion;

use super::bounds::Bounds;
use super::functions::{Functions, HeaviestFunctions};

/// The number of lanes: more than most units have words.
const LANES: usize = 64;
/// The bits of a lane.
const BITS: u32 = u16::BITS;
/// What so many words weigh, on both sides together, fits into sixteen bits: eight are of one word.
const MOST_WORDS: usize = 128;
const _: () = assert!(2 * MOST_WORDS * u8::MAX as usize <= u16::MAX as usize);

/// The words and runs of a unit by lanes.
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
}

impl Lanes {
    /// The lanes of the words of an outline, 24 bits of stem and 8 of weight each, and of the hashes of its
    /// runs.
    pub(super) fn of(words: &[u32], runs: &[u32]) -> Lanes {
        let is_long = words.len() > MOST_WORDS;
        let mut lanes = Lanes { words: [0; LANES], weights: [0; LANES], is_long, runs: [0; LANES] };
        if !is_long {
            for &word in words {
                let (lane, bit) = place(word);
                lanes.words[lane] |= bit;
                lanes.weights[lane] += (word & 0xff) as u16;
            }
        }
        for &run in runs {
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

/// Units side by side.
#[derive(Clone, Copy)]
pub(super) struct Beside<'g> {
    pub(super) lanes: &'g [Lanes],
    pub(super) bounds: &'g [Bounds],
    pub(super) functions: &'g [Functions],
    pub(super) heaviest_functions: &'g HeaviestFunctions,
    /// How much of what two units share can be chance, in nats.
    pub(super) chance: f64,
}

/// Appends those of the units in `partners` to `out` that may be evidence beside a unit, by what words in
/// lanes that both have weigh, or because the one at a place `shares_run`, which is asked where lanes of runs
/// do not tell. Never says no where the outlines of [`super::outline`] would say yes.
#[multiversion(targets("x86_64+avx2", "x86_64+sse4.1"))]
pub(super) fn weigh_lanes<'g, F: Fn(u32) -> bool>(
    beside: Beside<'g>,
    (unit, partners): (u32, &[u32]),
    shares_run: F,
    out: &mut Vec<u32>,
) {
    let Beside { lanes, bounds, functions, heaviest_functions, chance } = beside;
    let unit = unit as usize;
    let (own, own_bounds, own_functions) = (&lanes[unit], bounds[unit], functions[unit]);
    out.extend(partners.iter().copied().filter(|&place| {
        let partner = place as usize;
        let (other, bounds) = (&lanes[partner], bounds[partner]);
        let may_claim = own.is_long || other.is_long || {
            let (steps, light) = (u32::from(own.shared(other)), own_bounds.light_beside(bounds));
            // With all function words many pairs come up to it, with those that both have few.
            own_bounds.suffice(bounds, (steps, light), chance, 0.0) && {
                let shared = own_functions.shared(functions[partner], heaviest_functions);
                own_bounds.suffice(bounds, (steps, light.min(shared)), chance, 0.0)
            }
        };
        may_claim || own.may_share_run(other) && shares_run(place)
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

    proptest! {
        #[test]
        fn lanes_weigh_no_less_than_what_is_shared(own in words(140), others in words(40)) {
            let weigh = |words: &[u32], others: &[u32]| -> u32 {
                let is_shared = |word: &&u32| others.iter().any(|other| other >> 8 == **word >> 8);
                words.iter().filter(is_shared).map(|word| word & 0xff).sum()
            };
            let shared = weigh(&own, &others) + weigh(&others, &own);
            let (lanes, lanes_of_others) = (Lanes::of(&own, &[]), Lanes::of(&others, &[]));
            prop_assert_eq!(lanes.is_long, own.len() > 128);
            if !lanes.is_long {
                prop_assert!(u32::from(lanes.shared(&lanes_of_others)) >= shared);
            }
            let sum: u32 = others.iter().map(|word| word & 0xff).sum();
            prop_assert_eq!(u32::from(lanes_of_others.shared(&lanes_of_others)), 2 * sum);
            let [own, others] = [own, others].map(|runs| Lanes::of(&[], &runs));
            prop_assert!(shared == 0 || own.may_share_run(&others));
            prop_assert_eq!(others.may_share_run(&others), sum > 0);
        }
    }
}

//! A glance at two units: an upper bound of what they can share, from a few bits of each.
//!
//! Under a common key hundreds of units may stand side by side, and nearly all pairs of them share
//! nothing but the key. The bitmap filter for set similarity joins (Sandes, Teodoro & Melo 2020) tells
//! pairs apart by the bits that both have set. Here the words have weights, so with the bits goes what the
//! heaviest words of a unit weigh together, which tells one pair in five apart; of the others seven in
//! eight are by what those words weigh whose bit the other has, before the words are merged. A bitmap
//! takes 64 bytes and never says no where the outlines of [`super::outline`] would say yes.

use multiversion::multiversion;

use super::outline::{ROUNDING, STEPS, suffices};
use super::verify::STEMS;

/// For so many words it is known what the heaviest of a unit weigh together.
const TOPS: usize = 6;
/// Those sums are kept in so many steps a nat, rounded up; [`TOPS`] of the heaviest words fit.
const TOP_STEPS: f64 = 4.0;
const _: () = assert!(TOPS as f64 * super::weight::HEAVIEST * TOP_STEPS + 1.0 < 255.0);

/// What a glance at a unit tells.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Bitmap {
    /// The words of the outline.
    bits: Bits,
    /// What the heaviest one, two, three … words weigh together.
    tops: [u8; TOPS],
    /// How many words more there are than bits set.
    excess: u8,
    /// Whether it has long runs of words, be it that no other unit has them.
    pub(super) has_runs: bool,
    /// The long runs, as far as others may have them.
    run_bits: [u64; 2],
    /// The most that the words left out of the outline can weigh together.
    pub(super) light: f32,
    /// The least that all words can weigh together; 0 where a part of the unit is masked.
    pub(super) least: f32,
}

impl Bitmap {
    /// The bitmap of the words of an outline: 24 bits of stem and 8 of weight each.
    pub(super) fn of(words: &[u32], light: f32, least: f32) -> Bitmap {
        let mut bitmap = Bitmap { light, least, ..Bitmap::default() };
        let mut heaviest = [0u32; TOPS];
        for &word in words {
            bitmap.bits.insert(word);
            let mut steps = word & 0xff;
            for place in &mut heaviest {
                if steps > *place {
                    std::mem::swap(place, &mut steps);
                }
            }
        }
        let mut sum = 0;
        for (top, steps) in bitmap.tops.iter_mut().zip(heaviest) {
            sum += steps;
            *top = (f64::from(sum) / STEPS * TOP_STEPS).ceil() as u8;
        }
        let set = bitmap.bits.common(&bitmap.bits) as usize;
        bitmap.excess = u8::try_from(words.len() - set).unwrap_or(u8::MAX);
        bitmap
    }

    /// Says which long runs of words others may have too, by the hashes of those.
    pub(super) fn set_runs(&mut self, runs: &[u32]) {
        self.run_bits = [0; 2];
        for &run in runs {
            self.run_bits[(run >> 31) as usize] |= 1 << (run >> 25 & 63);
        }
    }

    /// Whether two units may have a long run of words in common.
    #[inline]
    pub(super) fn may_share_run(&self, other: &Bitmap) -> bool {
        self.run_bits.iter().zip(other.run_bits).any(|(own, others)| own & others != 0)
    }

    /// Whether the words that two units share, of which so much can be chance, may weigh enough.
    #[inline]
    pub(super) fn may_claim(&self, other: &Bitmap, chance: f64) -> bool {
        let excess = self.excess.min(other.excess);
        let shared = self.bits.common(&other.bits) + u32::from(excess);
        // What is shared is the mean of what it weighs here and there.
        let light = (self.light + other.light) / 2.0;
        if shared as usize > TOPS || excess == u8::MAX || light.is_infinite() {
            return true;
        }
        if shared < STEMS {
            return false;
        }
        let at = shared as usize - 1;
        // The same for the heaviest words.
        let steps = u32::from(self.tops[at]) + u32::from(other.tops[at]);
        let mass = f64::from(steps) / (2.0 * TOP_STEPS) + f64::from(light) + ROUNDING;
        suffices(mass, chance, (self.least, other.least), 0.0)
    }
    /// The most that words of an outline which the unit may have too weigh together, in steps.
    #[inline]
    pub(super) fn weigh(&self, words: &[u32]) -> u32 {
        self.bits.weigh(words)
    }
}

/// Appends those of the units in `partners` to `out` that may be evidence beside a unit, at a glance, by
/// what their words weigh and, where a `shared_run` can be, by a long run of words. Bits are counted in one
/// instruction where the machine has it.
#[multiversion(targets("x86_64+popcnt+avx2", "x86_64+popcnt"))]
pub(super) fn glance(
    bitmaps: &[Bitmap],
    unit: u32,
    partners: &[u32],
    chance: f64,
    shared_run: bool,
    out: &mut Vec<u32>,
) {
    let own = bitmaps[unit as usize];
    out.extend(partners.iter().copied().filter(|&partner| {
        let other = &bitmaps[partner as usize];
        own.may_claim(other, chance) || shared_run && own.may_share_run(other)
    }));
}

/// A set of words that may say yes to a word which is not in it. A word is 24 bits of a hash above 8
/// bits of weight.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Bits([u64; 4]);

impl Bits {
    /// Adds a word.
    #[inline]
    pub(super) fn insert(&mut self, word: u32) {
        let (at, shift) = place(word);
        self.0[at] |= 1 << shift;
    }

    /// The number of bits that both sets have.
    #[inline]
    fn common(&self, other: &Bits) -> u32 {
        self.0.iter().zip(other.0).map(|(own, others)| (own & others).count_ones()).sum()
    }

    /// What those of some words that may be in the set weigh together.
    #[inline]
    pub(super) fn weigh(&self, words: &[u32]) -> u32 {
        let weight = |&word: &u32| {
            let (at, shift) = place(word);
            let unset = (!self.0[at] >> shift) as u32 & 1;
            // All eight bits of a weight are shifted out where the bit is not set. Whether it is cannot be
            // predicted, and for a shift nothing has to be.
            (word & 0xff) >> (unset << 3)
        };
        words.iter().map(weight).sum()
    }
}

/// The bit of a word. Any bits of a hash will do.
#[inline]
fn place(word: u32) -> (usize, u32) {
    ((word >> 30) as usize, word >> 24 & 63)
}

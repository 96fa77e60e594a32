//! What the words of a unit can weigh in any document, and whether so much that two units share may carry
//! the claim that they state the same.

use super::verify::{ALIGNMENT, CONTAINMENT, CONTAINMENT_MASS, LEAST_SHARE, MASS};
use super::weight::HEAVIEST;

/// Weights are kept in so many steps a nat, rounded up; eight bits hold the heaviest.
pub(super) const STEPS: f64 = 32.0;
const _: () = assert!(HEAVIEST * STEPS < 255.0);

/// The rounding of sums of weights.
pub(super) const ROUNDING: f64 = 1e-4;

/// Bounds of what the words of a unit weigh. 8 bytes.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Bounds {
    /// The most that the words left out of the outline can weigh together; infinite where what a word
    /// weighs hangs on what stands beside it.
    pub(super) light: f32,
    /// The least that all words can weigh together; 0 where a part of the unit is masked.
    pub(super) least: f32,
}

impl Bounds {
    /// The most that two units can share of the words that are left out of their outlines.
    #[inline]
    pub(super) fn light_beside(self, other: Bounds) -> f64 {
        f64::from(self.light + other.light) / 2.0
    }

    /// Whether words of two units that weigh so many steps on both sides together, and so much of what was
    /// left out of their outlines, may carry the claim, of which `chance` can be chance and that asks for an
    /// `alignment`.
    #[inline]
    pub(super) fn suffice(
        self,
        other: Bounds,
        (steps, light): (u32, f64),
        chance: f64,
        alignment: f64,
    ) -> bool {
        // What is shared is the mean of what it weighs here and there.
        let mass = f64::from(steps) / (2.0 * STEPS) + light + ROUNDING;
        // Most that is asked for weighs too little in itself.
        if mass - chance < MASS {
            return false;
        }
        let share = |least: f32| (mass / f64::from(least)).min(1.0);
        let (share_a, share_b) = (share(self.least), share(other.least));
        let contained = share_a.max(share_b) >= CONTAINMENT && mass - chance >= CONTAINMENT_MASS;
        let mean = (share_a + share_b) / 2.0;
        let balanced = mean >= ALIGNMENT && share_a.min(share_b) >= LEAST_SHARE;
        mean >= alignment && (contained || balanced)
    }
}

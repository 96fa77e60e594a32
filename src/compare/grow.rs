//! From seeds to passages: a seed grows on both sides as long as the text next to it shares more
//! weight with the other side than it does not, as in the X-drop extension of sequence search
//! (Altschul et al. 1990), with bags of stems for letters so that reordered words count. How long
//! a stretch without a partner may be depends on how much evidence stands behind it.

use std::ops::Range;

use super::common::{Common, NOWHERE, Side};
use super::seed::Seed;
use super::tuning::Tuning;

/// A pair of word ranges on its way to become a passage.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Block {
    pub(super) a: Range<u32>,
    pub(super) b: Range<u32>,
    /// The weight both sides share.
    pub(super) mass: f64,
}

impl Block {
    pub(super) fn of(common: &Common<'_>, a: Range<u32>, b: Range<u32>) -> Block {
        let mass = common.matched(&a, &b).mass;
        Block { a, b, mass }
    }

    pub(super) fn contains(&self, a: &Range<u32>, b: &Range<u32>) -> bool {
        self.a.start <= a.start
            && a.end <= self.a.end
            && self.b.start <= b.start
            && b.end <= self.b.end
    }
}

/// Grows all seeds, strongest first; a seed inside a grown block is part of it.
pub(super) fn grow_all(common: &Common<'_>, seeds: &[Seed], tuning: &Tuning) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    // Blocks by the first word of `a`, to look up those that may hold a seed.
    for seed in seeds {
        if blocks.iter().any(|block| block.contains(&seed.a, &seed.b)) {
            continue;
        }
        let (a, b) = if seed.run {
            (seed.a.clone(), seed.b.clone())
        } else {
            let Some(core) = core(common, &seed.a, &seed.b, tuning) else { continue };
            core
        };
        if blocks.iter().any(|block| block.contains(&a, &b)) {
            continue;
        }
        blocks.push(grow(common, a, b, tuning));
    }
    blocks
}

/// The part of a pair of units that shares the most weight.
fn core(
    common: &Common<'_>,
    a: &Range<u32>,
    b: &Range<u32>,
    tuning: &Tuning,
) -> Option<(Range<u32>, Range<u32>)> {
    let core_a = best_stretch(&common.a, a, &common.b, b, tuning)?;
    let core_b = best_stretch(&common.b, b, &common.a, &core_a, tuning)?;
    let core_a = best_stretch(&common.a, &core_a, &common.b, &core_b, tuning)?;
    Some((core_a, core_b))
}

/// The stretch of `range` with the largest sum (Kadane's algorithm) of what its words earn or cost
/// against the other side.
fn best_stretch(
    side: &Side<'_>,
    range: &Range<u32>,
    other: &Side<'_>,
    other_range: &Range<u32>,
    tuning: &Tuning,
) -> Option<Range<u32>> {
    let (mut best, mut best_sum) = (None, 0.0);
    let (mut start, mut sum) = (range.start, 0.0);
    for place in range.clone() {
        sum += earning(side, place, other, other_range, tuning);
        if sum <= 0.0 {
            sum = 0.0;
            start = place + 1;
        } else if sum > best_sum {
            best_sum = sum;
            best = Some(start..place + 1);
        }
    }
    best
}

/// What a word adds: its weight when the other side has its stem within the range, else a cost.
fn earning(
    side: &Side<'_>,
    place: u32,
    other: &Side<'_>,
    range: &Range<u32>,
    tuning: &Tuning,
) -> f64 {
    let stem = side.stems[place as usize];
    let weight = f64::from(side.weights[place as usize]);
    if stem != NOWHERE && other.has_within(stem, range) {
        weight
    } else {
        -tuning.growth_cost * weight
    }
}

/// Grows a block until neither side finds more.
fn grow(common: &Common<'_>, mut a: Range<u32>, mut b: Range<u32>, tuning: &Tuning) -> Block {
    // Each round extends a side by at most a few margins, so long passages need many rounds; the
    // bound only guards against a cycle.
    for _ in 0..4096 {
        let before = (a.clone(), b.clone());
        let mass = common.a.mass(&a).min(common.b.mass(&b));
        let drop = (mass * tuning.drop_share).clamp(tuning.drop_least, tuning.drop_most);
        a = extend(&common.a, &a, &common.b, &b, drop, tuning);
        b = extend(&common.b, &b, &common.a, &a, drop, tuning);
        if (&a, &b) == (&before.0, &before.1) {
            break;
        }
    }
    Block::of(common, a, b)
}

/// Extends one side at both ends against the other side and a margin around it.
fn extend(
    side: &Side<'_>,
    range: &Range<u32>,
    other: &Side<'_>,
    other_range: &Range<u32>,
    drop: f64,
    tuning: &Tuning,
) -> Range<u32> {
    let near_end = other_range
        .end
        .saturating_sub(tuning.growth_reach)
        .max(other_range.start.saturating_sub(tuning.growth_margin))
        ..(other_range.end + tuning.growth_margin).min(other.len());
    let near_start = other_range.start.saturating_sub(tuning.growth_margin)
        ..(other_range.start + tuning.growth_reach)
            .min(other_range.end + tuning.growth_margin)
            .min(other.len());
    let mut end = range.end;
    let (mut sum, mut best) = (0.0, 0.0);
    for place in range.end..side.len() {
        sum += earning(side, place, other, &near_end, tuning);
        if sum > best {
            best = sum;
            if best >= tuning.growth_gain {
                end = place + 1;
            }
        } else if best - sum > drop {
            break;
        }
    }
    let mut start = range.start;
    (sum, best) = (0.0, 0.0);
    for place in (0..range.start).rev() {
        sum += earning(side, place, other, &near_start, tuning);
        if sum > best {
            best = sum;
            if best >= tuning.growth_gain {
                start = place;
            }
        } else if best - sum > drop {
            break;
        }
    }
    start..end
}

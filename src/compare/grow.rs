//! From seeds to passages: a seed grows on both sides as long as the text next to it shares more
//! weight with the other side than it does not, as in the X-drop extension of sequence search
//! (Altschul et al. 1990), with bags of stems for letters so that reordered words count. How long
//! a stretch without a partner may be depends on how much evidence stands behind it.

use std::collections::HashMap;
use std::ops::Range;

use super::common::{Common, NOWHERE, Side, cost};
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

    /// Whether most of a pair of ranges lies in the block.
    pub(super) fn holds(&self, a: &Range<u32>, b: &Range<u32>) -> bool {
        let half = |x: &Range<u32>, y: &Range<u32>| {
            2 * x.end.min(y.end).saturating_sub(x.start.max(y.start)) >= y.len() as u32
        };
        half(&self.a, a) && half(&self.b, b)
    }
}

/// Grows all seeds, strongest first; a seed inside a grown block is part of it.
pub(super) fn grow_all(common: &Common<'_>, seeds: &[Seed], tuning: &Tuning) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    let mut places = Places::default();
    for seed in seeds {
        if places.hold(&blocks, &seed.a, &seed.b) {
            continue;
        }
        let (a, b) = if seed.run {
            (seed.a.clone(), seed.b.clone())
        } else {
            let Some(core) = core(common, &seed.a, &seed.b, tuning) else { continue };
            core
        };
        if places.hold(&blocks, &a, &b) {
            continue;
        }
        let block = grow(common, a, b, tuning);
        places.add(&block, blocks.len() as u32);
        blocks.push(block);
    }
    blocks
}

/// Which blocks stand where in `a`, so that asking whether one holds a seed does not look at all.
#[derive(Default)]
struct Places {
    /// The blocks that touch each stretch of [`Places::STRETCH`] words.
    stretches: HashMap<u32, Vec<u32>>,
}

impl Places {
    const STRETCH: u32 = 128;

    fn add(&mut self, block: &Block, number: u32) {
        for stretch in block.a.start / Self::STRETCH..=(block.a.end.max(1) - 1) / Self::STRETCH {
            self.stretches.entry(stretch).or_default().push(number);
        }
    }

    /// Whether a block holds a pair of ranges. What holds half of a range holds its middle, or the
    /// word before it.
    fn hold(&self, blocks: &[Block], a: &Range<u32>, b: &Range<u32>) -> bool {
        let middle = a.start + (a.len() / 2) as u32;
        let at = |place: u32| self.stretches.get(&(place / Self::STRETCH)).into_iter().flatten();
        at(middle)
            .chain(at(middle.saturating_sub(1)))
            .any(|&number| blocks[number as usize].holds(a, b))
    }
}

/// The part of a pair of ranges that shares the most weight.
pub(super) fn core(
    common: &Common<'_>,
    a: &Range<u32>,
    b: &Range<u32>,
    tuning: &Tuning,
) -> Option<(Range<u32>, Range<u32>)> {
    let core_a = best_stretch(&common.a, a, &common.b, b, tuning)?;
    let core_b = best_stretch(&common.b, b, &common.a, &core_a, tuning)?;
    let core_a = best_stretch(&common.a, &core_a, &common.b, &core_b, tuning)?;
    let core_b = best_stretch(&common.b, &core_b, &common.a, &core_a, tuning)?;
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
        sum += earning(side, place, &(start..place), other, other_range, tuning.growth_cost);
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

/// What a word adds: its weight when the other side has its stem within the range more often than
/// `own` has it already, else a cost. A text that repeats a word gains nothing by it.
fn earning(
    side: &Side<'_>,
    place: u32,
    own: &Range<u32>,
    other: &Side<'_>,
    range: &Range<u32>,
    factor: f64,
) -> f64 {
    let stem = side.stems[place as usize];
    if stem != NOWHERE {
        let partners = other.count_within(stem, range);
        if partners > 0 && side.count_within(stem, own) < partners {
            return f64::from(side.weights[place as usize]);
        }
    }
    -factor * cost(side.weights[place as usize])
}

/// What a word without a partner costs, and how far a sum may fall below its best.
#[derive(Clone, Copy)]
struct Pace {
    cost: f64,
    drop: f64,
}

/// The share of weight that reused text has in common when nothing is known about it.
const EXPECTED_DENSITY: f64 = 0.6;
/// The expectation counts as much as evidence of this weight.
const DENSITY_TRUST: f64 = 30.0;

/// What stands next to dense evidence must be dense too, so a word without a partner costs more
/// there; a small block has not shown yet how dense it is.
fn pace_of(common: &Common<'_>, a: &Range<u32>, b: &Range<u32>, tuning: &Tuning) -> Pace {
    let matched = common.matched(a, b);
    let density = (matched.mass + EXPECTED_DENSITY * DENSITY_TRUST)
        / (matched.mass + matched.cost + DENSITY_TRUST);
    let neutral = (tuning.growth_share * density).min(0.9);
    Pace {
        cost: neutral / (1.0 - neutral),
        drop: (matched.mass * tuning.drop_share).clamp(tuning.drop_least, tuning.drop_most),
    }
}

/// A passage of a hundred thousand words has a few thousand rounds.
const MOST_ROUNDS: usize = 1 << 16;

/// Grows a block until neither side finds more.
fn grow(common: &Common<'_>, mut a: Range<u32>, mut b: Range<u32>, tuning: &Tuning) -> Block {
    // Each round extends a side by at most a few margins, so long passages need many rounds; the
    // bound only guards against a cycle. What stands behind a block is summed up again when it has
    // grown by an eighth, so that growth stays linear.
    let mut measured = 0;
    let mut pace = Pace { cost: 0.0, drop: 0.0 };
    for _ in 0..MOST_ROUNDS {
        let before = (a.clone(), b.clone());
        let length = a.len() + b.len();
        if length > measured + measured / 8 || measured == 0 {
            measured = length;
            pace = pace_of(common, &a, &b, tuning);
        }
        a = extend(&common.a, &a, &common.b, &b, pace, tuning);
        b = extend(&common.b, &b, &common.a, &a, pace, tuning);
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
    pace: Pace,
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
    // The words of this side that may have taken the partners near the border.
    let back = range.end.saturating_sub(tuning.growth_reach).max(range.start);
    let ahead = (range.start + tuning.growth_reach).min(range.end);
    let mut end = range.end;
    let (mut sum, mut best) = (0.0, 0.0);
    for place in range.end..side.len() {
        sum += earning(side, place, &(back..place), other, &near_end, pace.cost);
        if sum > best {
            best = sum;
            if best >= tuning.growth_gain {
                end = place + 1;
            }
        } else if best - sum > pace.drop {
            break;
        }
    }
    let mut start = range.start;
    (sum, best) = (0.0, 0.0);
    for place in (0..range.start).rev() {
        sum += earning(side, place, &(place + 1..ahead), other, &near_start, pace.cost);
        if sum > best {
            best = sum;
            if best >= tuning.growth_gain {
                start = place;
            }
        } else if best - sum > pace.drop {
            break;
        }
    }
    start..end
}

//! From grown blocks to disjoint ones: neighbours that belong together are joined, weak blocks are
//! dropped, and where two claim the same text the stronger keeps it.

use std::ops::Range;

use super::align::{is_most_of_a_sentence, is_verbatim};
use super::common::Common;
use super::grow::Block;
use super::guard::roles_reversed;
use super::lift::lift_quotes;
use super::loosen::loosen;
use super::prepare::Prepared;
use super::tuning::Tuning;
use super::verify::is_long_run;

/// Joins, validates and separates blocks. The result is sorted by place.
pub(super) fn resolve(
    common: &Common<'_>,
    blocks: Vec<Block>,
    runs: &[(Range<u32>, Range<u32>)],
    tuning: &Tuning,
) -> Vec<Block> {
    let mut blocks = join(common, blocks, tuning);
    blocks.retain(|block| is_acceptable(common, block, tuning));
    let blocks = lift_quotes(common, loosen(common, blocks, tuning), runs, tuning);
    let mut kept = separate(common, blocks, tuning);
    kept.retain(|block| {
        (is_worth_showing(common, block, tuning) && !claims_otherwise(common, block))
            || (is_verbatim(common, block) && is_long_run(common.a.document, &block.a))
    });
    add_long_runs(common, runs, &mut kept);
    kept.sort_by_key(|block| (block.a.start, block.b.start, block.a.end, block.b.end));
    kept
}

/// Adds runs that are copied beyond doubt and lie in no block: sentences of common words.
fn add_long_runs(common: &Common<'_>, runs: &[(Range<u32>, Range<u32>)], kept: &mut Vec<Block>) {
    let mut long: Vec<&(Range<u32>, Range<u32>)> =
        runs.iter().filter(|(run, _)| is_long_run(common.a.document, run)).collect();
    long.sort_by_key(|(run_a, run_b)| (std::cmp::Reverse(run_a.len()), run_a.start, run_b.start));
    let mut taken_a = vec![false; common.a.len() as usize];
    let mut taken_b = vec![false; common.b.len() as usize];
    let words = |range: &Range<u32>| range.start as usize..range.end as usize;
    for block in kept.iter() {
        taken_a[words(&block.a)].fill(true);
        taken_b[words(&block.b)].fill(true);
    }
    for (run_a, run_b) in long {
        if taken_a[words(run_a)].contains(&true) || taken_b[words(run_b)].contains(&true) {
            continue;
        }
        taken_a[words(run_a)].fill(true);
        taken_b[words(run_b)].fill(true);
        kept.push(Block::of(common, run_a.clone(), run_b.clone()));
    }
}

/// Joins blocks that follow each other on both sides (in the same or the opposite order) with
/// gaps that are small for their size, until nothing more joins.
fn join(common: &Common<'_>, mut blocks: Vec<Block>, tuning: &Tuning) -> Vec<Block> {
    loop {
        blocks.sort_by_key(|block| (block.a.start, block.b.start, block.a.end, block.b.end));
        let before = blocks.len();
        let mut joined: Vec<Block> = Vec::with_capacity(blocks.len());
        'next: for block in blocks {
            // Only the last few can be near enough, for blocks are sorted by their place in `a`.
            for earlier in joined.iter_mut().rev().take(16) {
                if let Some(both) = joint(common, earlier, &block, tuning) {
                    *earlier = both;
                    continue 'next;
                }
            }
            joined.push(block);
        }
        blocks = joined;
        if blocks.len() == before {
            return blocks;
        }
    }
}

/// Joins the finished blocks that are pieces of one text: the words between them on both sides are
/// few for their size, and all together is as good evidence as the pieces are.
pub(super) fn join_pieces(
    common: &Common<'_>,
    mut blocks: Vec<Block>,
    tuning: &Tuning,
) -> Vec<Block> {
    blocks.sort_by_key(|block| (block.a.start, block.b.start, block.a.end, block.b.end));
    let mut joined: Vec<Block> = Vec::with_capacity(blocks.len());
    for block in blocks {
        let Some(last) = joined.last() else {
            joined.push(block);
            continue;
        };
        let (gap_a, gap_b) = (gap(&last.a, &block.a), gap(&last.b, &block.b));
        let smaller = last.a.len().min(last.b.len()).min(block.a.len()).min(block.b.len()) as f64;
        let near = f64::from(gap_a.max(gap_b)) <= tuning.piece_gap * smaller
            && f64::from(gap_a.max(gap_b)) <= tuning.piece_gap_most;
        let density = |block: &Block| common.matched(&block.a, &block.b).density();
        let both = Block::of(
            common,
            last.a.start.min(block.a.start)..last.a.end.max(block.a.end),
            last.b.start.min(block.b.start)..last.b.end.max(block.b.end),
        );
        let least = density(last).min(density(&block));
        let separate = is_verbatim(common, last) != is_verbatim(common, &block);
        if near && !separate && density(&both) >= tuning.piece_density * least {
            if let Some(last) = joined.last_mut() {
                *last = both;
            }
        } else {
            joined.push(block);
        }
    }
    joined
}

/// The density of joined blocks against that of the less dense one.
const JOINT_DENSITY: f64 = 0.75;

/// Two blocks as one, when they are near each other on both sides.
fn joint(common: &Common<'_>, x: &Block, y: &Block, tuning: &Tuning) -> Option<Block> {
    let gap_a = gap(&x.a, &y.a);
    let gap_b = gap(&x.b, &y.b);
    let smaller = x.a.len().min(y.a.len()).min(x.b.len()).min(y.b.len());
    let allowed = ((smaller as f64 * tuning.join_share) as u32).min(tuning.join_most);
    if gap_a > allowed || gap_b > allowed {
        return None;
    }
    let a = x.a.start.min(y.a.start)..x.a.end.max(y.a.end);
    let b = x.b.start.min(y.b.start)..x.b.end.max(y.b.end);
    let both = Block::of(common, a, b);
    let density = |block: &Block| common.matched(&block.a, &block.b).density();
    // What lies in the gaps must not water down what is joined.
    let dense = density(&both) >= JOINT_DENSITY * density(x).min(density(y));
    (dense && is_acceptable(common, &both, tuning)).then_some(both)
}

/// The number of words between two ranges; 0 when they touch or overlap.
fn gap(x: &Range<u32>, y: &Range<u32>) -> u32 {
    x.start.max(y.start).saturating_sub(x.end.min(y.end))
}

/// Whether a block's two sides share enough to be a passage.
pub(super) fn is_acceptable(common: &Common<'_>, block: &Block, tuning: &Tuning) -> bool {
    if block.a.is_empty() || block.b.is_empty() {
        return false;
    }
    let matched = common.matched(&block.a, &block.b);
    let worth = matched.worth(tuning.growth_cost);
    let large = worth >= tuning.accept_worth && matched.density() >= tuning.accept_density;
    // A whole statement against a whole statement may be smaller than a stretch of words: there
    // are far fewer ways to cut a text into statements than into stretches.
    let statement = worth >= tuning.statement_worth
        && matched.density() >= tuning.statement_density
        && matched.plain_stems >= 3
        && is_most_of_a_sentence(common, block);
    matched.stems >= 3 && (large || statement)
}

/// Whether a block whose neighbourhood was accepted still shares enough by itself.
pub(super) fn is_worth_showing(common: &Common<'_>, block: &Block, tuning: &Tuning) -> bool {
    let matched = common.matched(&block.a, &block.b);
    let large = matched.density() >= tuning.accept_density
        && matched.worth(tuning.growth_cost) >= tuning.piece_worth;
    matched.stems >= 3 && (large || is_acceptable(common, block, tuning))
}

/// Whether a block of one sentence shares its words but not its claim. The whole sentences are
/// asked, for what tells the roles may lie outside the block.
fn claims_otherwise(common: &Common<'_>, block: &Block) -> bool {
    let unit = |document: &Prepared<'_>, range: &Range<u32>| {
        let unit = &document.units[document.words[range.start as usize].unit as usize].words;
        (range.end <= unit.end).then(|| unit.clone())
    };
    let (a, b) = (common.a.document, common.b.document);
    match (unit(a, &block.a), unit(b, &block.b)) {
        (Some(unit_a), Some(unit_b)) => roles_reversed(a.slice(&unit_a), b.slice(&unit_b)),
        _ => false,
    }
}

/// Gives contested text to the stronger block.
fn separate(common: &Common<'_>, blocks: Vec<Block>, tuning: &Tuning) -> Vec<Block> {
    let strengths = blocks.iter().map(|block| strength(common, block)).collect::<Vec<f64>>();
    let mut ranked: Vec<(f64, Block)> = strengths.into_iter().zip(blocks).collect();
    ranked.sort_by(|(of_x, x), (of_y, y)| {
        of_y.total_cmp(of_x).then_with(|| {
            (x.a.start, x.b.start, x.a.end, x.b.end).cmp(&(y.a.start, y.b.start, y.a.end, y.b.end))
        })
    });
    let mut taken_a = vec![false; common.a.len() as usize];
    let mut taken_b = vec![false; common.b.len() as usize];
    let mut kept = Vec::new();
    for (_, block) in ranked {
        let free_a = trimmed(&block.a, &taken_a);
        let free_b = trimmed(&block.b, &taken_b);
        let keeps = |free: &Range<u32>, whole: &Range<u32>| {
            free.len() as f64 >= tuning.keep_share * whole.len() as f64 && !free.is_empty()
        };
        if !keeps(&free_a, &block.a) || !keeps(&free_b, &block.b) {
            continue;
        }
        for place in free_a.clone() {
            taken_a[place as usize] = true;
        }
        for place in free_b.clone() {
            taken_b[place as usize] = true;
        }
        kept.push(Block::of(common, free_a, free_b));
    }
    kept
}

/// What a block is worth in a contest: much text, well matched.
fn strength(common: &Common<'_>, block: &Block) -> f64 {
    block.mass * common.matched(&block.a, &block.b).density()
}

/// The longest stretch of a range that is not taken.
fn trimmed(range: &Range<u32>, taken: &[bool]) -> Range<u32> {
    let mut best = range.start..range.start;
    let mut start = range.start;
    for place in range.clone() {
        if taken[place as usize] {
            start = place + 1;
        } else if place + 1 - start > best.len() as u32 {
            best = start..place + 1;
        }
    }
    best
}

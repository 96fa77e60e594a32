//! A loose block that is really several statements with other text between them is taken apart.

use std::ops::Range;

use super::common::{Common, NOWHERE, Side};
use super::grow::{Block, core};
use super::prepare::Prepared;
use super::tuning::Tuning;

/// A piece this dense was taken over nearly word for word.
pub(super) const DENSE_PIECE: f64 = 0.85;

/// Takes loose blocks apart into the statements that are shared. In dense blocks (most of each side
/// has a partner) a sentence without one is part of the rewriting; in loose ones it is text that
/// has nothing to do with the other side, and an editor should not see it marked.
pub(super) fn loosen(common: &Common<'_>, blocks: Vec<Block>, tuning: &Tuning) -> Vec<Block> {
    let mut result = Vec::with_capacity(blocks.len());
    for block in blocks {
        let density = common.matched(&block.a, &block.b).density();
        if density >= DENSE_PIECE {
            result.push(block);
            continue;
        }
        let mut pieces = Vec::new();
        for piece_a in filled(&common.a, &block.a, &common.b, &block.b, tuning) {
            for piece_b in filled(&common.b, &block.b, &common.a, &piece_a, tuning) {
                peel(common, piece_a.clone(), &piece_b, tuning, &mut pieces);
            }
        }
        // Between pieces that are all but equal, what is not shared is foreign to both.
        let all_dense =
            pieces.iter().all(|piece| common.matched(&piece.a, &piece.b).density() >= DENSE_PIECE);
        if pieces.is_empty() || (density >= tuning.loose_density && !all_dense) {
            result.push(block);
        } else {
            result.append(&mut pieces);
        }
    }
    result
}

/// Takes the strongest part out of a pair of ranges, then what is left on both sides of it.
pub(super) fn peel(
    common: &Common<'_>,
    a: Range<u32>,
    b: &Range<u32>,
    tuning: &Tuning,
    pieces: &mut Vec<Block>,
) {
    let Some((core_a, core_b)) = core(common, &a, b, tuning) else { return };
    let matched = common.matched(&core_a, &core_b);
    if matched.stems < 3
        || matched.density() < tuning.accept_density
        || matched.worth(tuning.growth_cost) < tuning.piece_worth
    {
        return;
    }
    pieces.push(Block { a: core_a.clone(), b: core_b, mass: matched.mass });
    peel(common, a.start..core_a.start, b, tuning, pieces);
    peel(common, core_a.end..a.end, b, tuning, pieces);
}

/// The stretches of `range` between sentences that share next to nothing with the other range.
fn filled(
    side: &Side<'_>,
    range: &Range<u32>,
    other: &Side<'_>,
    other_range: &Range<u32>,
    tuning: &Tuning,
) -> Vec<Range<u32>> {
    let mut stretches: Vec<Range<u32>> = Vec::new();
    for sentence in sentences(side.document, range) {
        let total = side.mass(&sentence);
        let shared: f64 = sentence
            .clone()
            .filter(|&place| {
                let stem = side.stems[place as usize];
                stem != NOWHERE && other.count_within(stem, other_range) > 0
            })
            .map(|place| f64::from(side.weights[place as usize]))
            .sum();
        // A short sentence says too little to part its neighbours.
        let empty = total >= tuning.hole_mass && shared < tuning.hole_share * total;
        if empty {
            continue;
        }
        match stretches.last_mut() {
            Some(last) if last.end == sentence.start => last.end = sentence.end,
            _ => stretches.push(sentence),
        }
    }
    stretches
}

/// A range cut at the borders of its units.
fn sentences(document: &Prepared<'_>, range: &Range<u32>) -> Vec<Range<u32>> {
    let mut cut = Vec::new();
    let mut start = range.start;
    while start < range.end {
        let unit = &document.units[document.words[start as usize].unit as usize];
        let end = unit.words.end.min(range.end);
        cut.push(start..end);
        start = end;
    }
    cut
}

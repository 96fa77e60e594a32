//! Two shapes of reuse that growth alone does not see: a loose block that is really several
//! statements with other text between them, and a few sentences that condense a long text.

use std::ops::Range;

use super::common::{Common, Side};
use super::grow::{Block, core};
use super::lexicon::Classes;
use super::prepare::Prepared;
use super::tuning::Tuning;

/// Takes loose blocks apart into the statements that are shared. In dense blocks (most of each side
/// has a partner) a sentence without one is part of the rewriting; in loose ones it is text that
/// has nothing to do with the other side, and an editor should not see it marked.
pub(super) fn loosen(common: &Common<'_>, blocks: Vec<Block>, tuning: &Tuning) -> Vec<Block> {
    let mut result = Vec::with_capacity(blocks.len());
    for block in blocks {
        let matched = common.matched(&block.a, &block.b);
        if matched.density() >= tuning.loose_density {
            result.push(block);
            continue;
        }
        let mut pieces = Vec::new();
        for piece_a in filled(&common.a, &block.a, &common.b, &block.b, tuning) {
            for piece_b in filled(&common.b, &block.b, &common.a, &piece_a, tuning) {
                peel(common, piece_a.clone(), &piece_b, tuning, &mut pieces);
            }
        }
        if pieces.is_empty() { result.push(block) } else { result.append(&mut pieces) }
    }
    result
}

/// Takes the strongest part out of a pair of ranges, then what is left on both sides of it.
fn peel(
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

/// A quote of at least this many words is a passage of its own.
const LIFTED_QUOTE: usize = 8;
/// …unless it stands in a block this dense, where all around it was taken over too.
const DENSE: f64 = 0.8;

/// Takes quotes that both sides carry word for word out of blocks that otherwise are reworded: the
/// quote is verbatim, whatever happened to the words around it.
pub(super) fn lift_quotes(
    common: &Common<'_>,
    blocks: Vec<Block>,
    runs: &[(Range<u32>, Range<u32>)],
    tuning: &Tuning,
) -> Vec<Block> {
    let quoted = |document: &Prepared<'_>, range: &Range<u32>| {
        document.slice(range).iter().filter(|word| word.classes.has(Classes::QUOTED)).count()
    };
    let mut quotes: Vec<(Range<u32>, Range<u32>)> = runs
        .iter()
        .filter(|(run_a, run_b)| {
            quoted(common.a.document, run_a).min(quoted(common.b.document, run_b)) >= LIFTED_QUOTE
        })
        .map(|(run_a, run_b)| quoted_part(common, run_a, run_b))
        .filter(|(run_a, _)| run_a.len() >= LIFTED_QUOTE)
        .collect();
    quotes.sort_by_key(|(run_a, run_b)| (run_a.start, run_b.start));
    let mut result = Vec::with_capacity(blocks.len());
    for block in blocks {
        let inside = |(run_a, run_b): &&(Range<u32>, Range<u32>)| {
            block.a.start <= run_a.start
                && run_a.end <= block.a.end
                && block.b.start <= run_b.start
                && run_b.end <= block.b.end
        };
        let dense = common.matched(&block.a, &block.b).density() >= DENSE;
        let mut rest = (block.a.clone(), block.b.clone());
        let mut lifted = false;
        if !dense {
            for (run_a, run_b) in quotes.iter().filter(inside) {
                // Quotes that changed places stay in their block.
                if run_a.start < rest.0.start || run_b.start < rest.1.start {
                    continue;
                }
                lifted = true;
                let before = rest.1.start..run_b.start;
                peel(common, rest.0.start..run_a.start, &before, tuning, &mut result);
                result.push(Block::of(common, run_a.clone(), run_b.clone()));
                rest = (run_a.end..block.a.end, run_b.end..block.b.end);
            }
        }
        if lifted {
            peel(common, rest.0, &rest.1, tuning, &mut result);
        } else {
            result.push(block);
        }
    }
    result
}

/// The part of a run that is quoted on both sides.
fn quoted_part(
    common: &Common<'_>,
    run_a: &Range<u32>,
    run_b: &Range<u32>,
) -> (Range<u32>, Range<u32>) {
    let quoted = |step: u32| {
        let word_a = &common.a.document.words[(run_a.start + step) as usize];
        let word_b = &common.b.document.words[(run_b.start + step) as usize];
        word_a.classes.has(Classes::QUOTED) && word_b.classes.has(Classes::QUOTED)
    };
    let length = run_a.len() as u32;
    let first = (0..length).find(|&step| quoted(step)).unwrap_or(length);
    let last = (first..length).find(|&step| !quoted(step)).unwrap_or(length);
    (run_a.start + first..run_a.start + last, run_b.start + first..run_b.start + last)
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
                stem != super::common::NOWHERE && other.count_within(stem, other_range) > 0
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

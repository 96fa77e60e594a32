//! Two shapes of reuse that growth alone does not see: a loose block that is really several
//! statements with other text between them, and a few sentences that condense a long text.

use std::ops::Range;

use super::common::{Common, Side};
use super::grow::{Block, core};
use super::lexicon::Classes;
use super::prepare::Prepared;
use super::tuning::Tuning;

/// A piece this dense was taken over nearly word for word.
const DENSE_PIECE: f64 = 0.85;

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

/// A few sentences that condense a long text: they stand together, nearly each has its source
/// somewhere in the other document, and those sources are spread over much of it. The passage is
/// then the sentences against the stretch they condense; the single statements found so far are
/// part of it.
pub(super) fn condensed(
    common: &Common<'_>,
    blocks: &[Block],
    unit_pairs: &[(u32, u32)],
    tuning: &Tuning,
) -> Option<Block> {
    let is_dense =
        |block: &Block| common.matched(&block.a, &block.b).density() >= tuning.one_source_density;
    let forth = condensation(
        &common.a,
        &common.b,
        blocks.iter().map(|block| (&block.a, is_dense(block))),
        unit_pairs,
        common,
        false,
        tuning,
    );
    let back = condensation(
        &common.b,
        &common.a,
        blocks.iter().map(|block| (&block.b, is_dense(block))),
        unit_pairs,
        common,
        true,
        tuning,
    );
    match (forth, back) {
        (Some((a, b)), None) => Some(Block::of(common, a, b)),
        (None, Some((b, a))) => Some(Block::of(common, a, b)),
        _ => None,
    }
}

/// The short range and the long one it condenses.
fn condensation<'x>(
    short: &Side<'_>,
    long: &Side<'_>,
    claimed: impl Iterator<Item = (&'x Range<u32>, bool)>,
    unit_pairs: &[(u32, u32)],
    common: &Common<'_>,
    exchanged: bool,
    tuning: &Tuning,
) -> Option<(Range<u32>, Range<u32>)> {
    // For each unit of the short side the sources it may have, the strongest first.
    let mut sources: Vec<(u32, u32, f64)> = Vec::new();
    for &(unit_a, unit_b) in unit_pairs {
        let a = &common.a.document.units[unit_a as usize].words;
        let b = &common.b.document.units[unit_b as usize].words;
        let matched = common.matched(a, b);
        let share = if exchanged { matched.share_b() } else { matched.share_a() };
        if matched.stems >= 3 && matched.mass >= tuning.source_mass && share >= tuning.source_share
        {
            let (unit, source) = if exchanged { (unit_b, unit_a) } else { (unit_a, unit_b) };
            sources.push((unit, source, matched.mass));
        }
    }
    sources.sort_by(|x, y| x.0.cmp(&y.0).then(y.2.total_cmp(&x.2)).then(x.1.cmp(&y.1)));
    let mut units: Vec<u32> = sources.iter().map(|source| source.0).collect();
    units.dedup();
    // The longest stretch of units with sources, with single units between them allowed.
    let mut best: (usize, u32, u32) = (0, 0, 0);
    let mut from = 0;
    for place in 0..units.len() {
        if place > 0 && units[place] - units[place - 1] > 2 {
            from = place;
        }
        if place + 1 - from > best.0 {
            best = (place + 1 - from, units[from], units[place]);
        }
    }
    let (count, first, last) = best;
    // Statements elsewhere that are shared too make this a text that has more than a summary.
    if count < 3 || units.len() - count > count / 3 {
        return None;
    }
    let words = short.document.units[first as usize].words.start
        ..short.document.units[last as usize].words.end;
    let outside = |range: &Range<u32>| {
        range.start < words.start.saturating_sub(4) || range.end > words.end + 4
    };
    // One block over most of the sentences is a text taken over in one piece, not a summary.
    let large = |range: &Range<u32>| range.len() as f64 > tuning.one_source * words.len() as f64;
    if claimed.into_iter().any(|(range, dense)| outside(range) || (dense && large(range))) {
        return None;
    }
    sources.retain(|source| first <= source.0 && source.0 <= last);
    let stretch_of = |sources: &[(u32, u32, f64)]| -> Option<Range<u32>> {
        let lowest = sources.iter().map(|source| source.1).min()?;
        let highest = sources.iter().map(|source| source.1).max()?;
        let start = long.document.units[lowest as usize].words.start;
        Some(start..long.document.units[highest as usize].words.end)
    };
    let mut stretch = stretch_of(&sources)?;
    sources.dedup_by_key(|source| source.0);
    let strongest = stretch_of(&sources)?;
    sources.sort_by_key(|source| source.1);
    sources.dedup_by_key(|source| source.1);
    let spread = sources.len() >= 3
        && stretch.len() as f64 >= tuning.condensed * words.len() as f64
        && strongest.len() as f64 >= tuning.condensed_strongest * words.len() as f64;
    let whole = 0..long.len();
    // What is condensed from all over a text condenses the text.
    if stretch.len() * 2 >= whole.len() {
        stretch = whole;
    }
    let apart = words.len() * 2 <= short.len() as usize;
    (spread && apart).then_some((words, stretch))
}

//! Two shapes of reuse that growth alone does not see: a loose block that is really several
//! statements with other text between them, and a few sentences that condense a long text.

use std::ops::Range;

use super::align::is_verbatim;
use super::common::{Common, NOWHERE, Side};
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
    let is_whole = |(run_a, run_b): &(Range<u32>, Range<u32>)| {
        is_whole_quote(common.a.document, run_a) && is_whole_quote(common.b.document, run_b)
    };
    let mut result = Vec::with_capacity(blocks.len());
    for block in blocks {
        let inside = |(run_a, run_b): &&(Range<u32>, Range<u32>)| {
            block.a.start <= run_a.start
                && run_a.end <= block.a.end
                && block.b.start <= run_b.start
                && run_b.end <= block.b.end
        };
        let density = common.matched(&block.a, &block.b).density();
        let mut rest = (block.a.clone(), block.b.clone());
        let mut lifted = false;
        let stands_alone = |quote: &&(Range<u32>, Range<u32>)| {
            // What little stands beside the quote is who said it.
            let most = 3 * quote.0.len() >= 2 * block.a.len().max(block.b.len());
            density < tuning.lift_density || (is_whole(quote) && (most || density < DENSE_PIECE))
        };
        for (run_a, run_b) in quotes.iter().filter(inside).filter(stands_alone) {
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
        if lifted {
            peel(common, rest.0, &rest.1, tuning, &mut result);
        } else {
            result.push(block);
        }
    }
    result
}

/// Whether a range is a quotation from its opening to its closing mark.
fn is_whole_quote(document: &Prepared<'_>, range: &Range<u32>) -> bool {
    let quoted = |place: Option<u32>| {
        place
            .and_then(|place| document.words.get(place as usize))
            .is_some_and(|word| word.classes.has(Classes::QUOTED))
    };
    !quoted(range.start.checked_sub(1)) && !quoted(Some(range.end))
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
    let claimed = |exchanged: bool| -> Vec<Claimed> {
        let claim = |block: &Block| {
            let matched = common.matched(&block.a, &block.b);
            let (short, long) = if exchanged { (&block.b, &block.a) } else { (&block.a, &block.b) };
            Claimed {
                short: short.clone(),
                long: long.clone(),
                mass: matched.mass,
                dense: matched.density() >= tuning.one_source_density,
                quoted: is_shared_quote(common, block),
            }
        };
        blocks.iter().map(claim).collect()
    };
    let (a, b) = (&common.a, &common.b);
    let forth = condensation(a, b, &claimed(false), unit_pairs, common, false, tuning);
    let back = condensation(b, a, &claimed(true), unit_pairs, common, true, tuning);
    match (forth, back) {
        (Some((a, b)), None) => Some(Block::of(common, a, b)),
        (None, Some((b, a))) => Some(Block::of(common, a, b)),
        _ => None,
    }
}

/// Whether a block is a quote in the same words.
fn is_shared_quote(common: &Common<'_>, block: &Block) -> bool {
    let quoted = |document: &Prepared<'_>, range: &Range<u32>| {
        let words = document.slice(range);
        2 * words.iter().filter(|word| word.classes.has(Classes::QUOTED)).count() > words.len()
    };
    block.a.len() >= LIFTED_QUOTE
        && is_verbatim(common, block)
        && quoted(common.a.document, &block.a)
        && quoted(common.b.document, &block.b)
}

/// The weight of the words of a range that the other document uses anywhere.
fn known(side: &Side<'_>, range: &Range<u32>) -> f64 {
    let places = range.start as usize..range.end as usize;
    let words = side.stems[places.clone()].iter().zip(&side.weights[places]);
    words.filter(|(stem, _)| **stem != NOWHERE).map(|(_, weight)| f64::from(*weight)).sum()
}

/// A block as seen from the side that may condense the other.
struct Claimed {
    short: Range<u32>,
    long: Range<u32>,
    mass: f64,
    dense: bool,
    /// Speech that both sides carry word for word: it is a quote, whatever stands around it.
    quoted: bool,
}

/// The short range and the long one it condenses.
fn condensation(
    short: &Side<'_>,
    long: &Side<'_>,
    claimed: &[Claimed],
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
    // What a block claims has its source there, whatever single sentences share.
    for block in claimed {
        let unit_of = |side: &Side<'_>, place: u32| side.document.words[place as usize].unit;
        let whole = short.mass(&block.short).max(1e-9);
        for unit in unit_of(short, block.short.start)..=unit_of(short, block.short.end - 1) {
            let words = &short.document.units[unit as usize].words;
            let inside = words.start.max(block.short.start)..words.end.min(block.short.end);
            if inside.len() * 2 >= words.len() && !inside.is_empty() {
                let mass = block.mass * short.mass(&inside) / whole;
                sources.push((unit, unit_of(long, block.long.start), mass));
                sources.push((unit, unit_of(long, block.long.end - 1), mass));
            }
        }
    }
    sources.sort_by(|x, y| x.0.cmp(&y.0).then(y.2.total_cmp(&x.2)).then(x.1.cmp(&y.1)));
    let mut units: Vec<(u32, f64)> = sources.iter().map(|source| (source.0, source.2)).collect();
    units.dedup_by_key(|unit| unit.0);
    // The stretch of units with the most from sources, with single units between them allowed.
    let mass = |range: &[(u32, f64)]| range.iter().map(|unit| unit.1).sum::<f64>();
    let stretches = units.chunk_by(|left, right| right.0 - left.0 <= 2);
    let best = stretches.max_by(|x, y| mass(x).total_cmp(&mass(y)))?;
    let (count, first, last) = (best.len(), best[0].0, best[best.len() - 1].0);
    // Statements elsewhere that are shared too make this a text that has more than a summary.
    let filled = count as f64 >= tuning.condensed_filled * f64::from(last - first + 1);
    if count < 3 || !filled || mass(&units) - mass(best) > tuning.condensed_elsewhere * mass(best) {
        return None;
    }
    let words = short.document.units[first as usize].words.start
        ..short.document.units[last as usize].words.end;
    if words.len() > tuning.condensed_most {
        return None;
    }
    let outside = |range: &Range<u32>| {
        range.start < words.start.saturating_sub(4) || range.end > words.end + 4
    };
    // One block over most of the sentences is a text taken over in one piece, not a summary.
    let large = |range: &Range<u32>| range.len() as f64 > tuning.one_source * words.len() as f64;
    let one_piece = |block: &Claimed| block.dense && claimed.len() < 2 && large(&block.short);
    if claimed.iter().any(|block| outside(&block.short) || one_piece(block) || block.quoted) {
        return None;
    }
    // Sentences of two texts on one topic always share words; most of a summary is found by itself.
    // Where the whole document is about the same story as the other, that some sentences have their
    // words in it is nothing special: then their statements are listed one by one.
    let everywhere = known(short, &(0..short.len()));
    let inside = known(short, &words);
    let outside_share =
        (everywhere - inside) / (short.mass(&(0..short.len())) - short.mass(&words)).max(1e-9);
    if outside_share > tuning.condensed_apart * inside / short.mass(&words).max(1e-9) {
        return None;
    }
    let taken: f64 = mass(best);
    if taken < tuning.condensed_share * short.mass(&words) {
        return None;
    }
    let found: usize = claimed.iter().map(|block| block.short.len()).sum();
    if (found as f64) < tuning.condensed_found * words.len() as f64 {
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

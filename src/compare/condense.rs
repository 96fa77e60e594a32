//! A few sentences that condense a long text: a passage against the whole stretch they were made
//! from.

use std::ops::Range;

use super::align::is_verbatim;
use super::common::{Common, NOWHERE, Side};
use super::grow::Block;
use super::lexicon::Classes;
use super::lift::LIFTED_QUOTE;
use super::prepare::Prepared;
use super::tuning::Tuning;

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

/// Whether a range of words has far more of its words in the other document than the rest of its
/// document. Where the whole document is about the same story as the other, that some sentences have
/// their words in it is nothing special: then their statements are listed one by one.
fn stands_apart(side: &Side<'_>, words: &Range<u32>, part: f64) -> bool {
    let whole = 0..side.len();
    let (everywhere, inside) = (known(side, &whole), known(side, words));
    let outside = (everywhere - inside) / (side.mass(&whole) - side.mass(words)).max(1e-9);
    outside <= part * inside / side.mass(words).max(1e-9)
}

/// More words than this that were taken over nearly as they are, are no part of a summary.
const LONGEST_COPIED: usize = 30;

/// Passages that follow each other closely in one document and are spread over the other: together
/// they condense it. The passage is then what they span on both sides.
pub(super) fn gathered(common: &Common<'_>, blocks: &[Block], tuning: &Tuning) -> Option<Block> {
    // A quote, or a text that was copied at length, is a passage of its own.
    let copied = |block: &Block| {
        let dense = common.matched(&block.a, &block.b).density() >= tuning.one_source_density;
        block.a.len().min(block.b.len()) > LONGEST_COPIED && dense
    };
    let apart = |block: &Block| is_shared_quote(common, block) || copied(block);
    if blocks.len() < 2 || blocks.iter().any(apart) {
        return None;
    }
    let ranges = |of: fn(&Block) -> &Range<u32>| blocks.iter().map(of).cloned().collect::<Vec<_>>();
    let (in_a, in_b) = (ranges(|block| &block.a), ranges(|block| &block.b));
    let forth = gathers(&common.a, in_a.clone(), &in_b, tuning);
    let back = gathers(&common.b, in_b.clone(), &in_a, tuning);
    (forth != back).then(|| Block::of(common, hull(&in_a), hull(&in_b)))
}

/// The range that some ranges span.
fn hull(ranges: &[Range<u32>]) -> Range<u32> {
    let start = ranges.iter().map(|range| range.start).min().unwrap_or_default();
    start..ranges.iter().map(|range| range.end).max().unwrap_or(start)
}

/// Whether ranges of one side stand close together, apart from the rest of their document, and
/// those of the other side are spread over much more text.
fn gathers(
    short: &Side<'_>,
    mut in_short: Vec<Range<u32>>,
    in_long: &[Range<u32>],
    tuning: &Tuning,
) -> bool {
    in_short.sort_by_key(|range| range.start);
    let words = hull(&in_short);
    let taken: usize = in_short.iter().map(Range::len).sum();
    let close = in_short
        .windows(2)
        .all(|two| two[1].start.saturating_sub(two[0].end) <= tuning.gathered_gap);
    close
        && taken as f64 >= tuning.condensed_filled * words.len() as f64
        && words.len() <= tuning.condensed_most
        && words.len() * 2 <= short.len() as usize
        && hull(in_long).len() as f64 >= tuning.condensed * words.len() as f64
        && stands_apart(short, &words, tuning.condensed_apart)
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
    if !stands_apart(short, &words, tuning.gathered_apart) {
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

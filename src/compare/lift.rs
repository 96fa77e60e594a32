//! A quote that two texts carry word for word is a passage of its own, whatever happened to the words
//! around it.

use std::ops::Range;

use super::common::Common;
use super::grow::Block;
use super::lexicon::Classes;
use super::loosen::{DENSE_PIECE, peel};
use super::prepare::Prepared;
use super::tuning::Tuning;

/// A quote of at least this many words is a passage of its own.
pub(super) const LIFTED_QUOTE: usize = 8;

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
        let from = quotes.partition_point(|(run_a, _)| run_a.start < block.a.start);
        let near = quotes[from..].iter().take_while(|(run_a, _)| run_a.start < block.a.end);
        for (run_a, run_b) in near.filter(inside).filter(stands_alone) {
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

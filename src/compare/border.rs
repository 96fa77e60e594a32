//! Where a passage begins and ends: whole sentences where most of one is shared, else clauses, else
//! the very words. An editor wants the statement, not its torn edge.

use std::ops::Range;

use crate::model::Span;

use super::common::Side;
use super::lexicon::Classes;
use super::prepare::Prepared;

/// Moves the borders of a range of words that is not verbatim to those of sentences or clauses.
pub(super) fn snap(side: &Side<'_>, range: &Range<u32>) -> Range<u32> {
    let document = side.document;
    let first = &document.units[document.words[range.start as usize].unit as usize].words;
    let last = &document.units[document.words[range.end as usize - 1].unit as usize].words;
    let mut start = range.start;
    let mut end = range.end;
    // A unit of which at least half the weight is inside is meant as a whole; one of which
    // only a scrap is inside is not meant at all.
    let inside = side.mass(&(range.start..first.end.min(range.end)));
    let share = inside / side.mass(first).max(1e-9);
    if share >= WHOLE {
        start = first.start;
    } else if share <= SCRAP && first.end < range.end {
        start = first.end;
    } else {
        start = clause_start(document, start, first.start);
    }
    let inside = side.mass(&(last.start.max(range.start)..range.end));
    let share = inside / side.mass(last).max(1e-9);
    if share >= WHOLE {
        end = last.end;
    } else if share <= SCRAP && last.start > start {
        end = last.start;
    } else {
        end = clause_end(document, end, last.end);
    }
    if start < end { start..end } else { range.clone() }
}

const WHOLE: f64 = 0.5;
const SCRAP: f64 = 0.2;

/// A clause border further away than this many words is not meant.
const NEAR: u32 = 4;

fn clause_start(document: &Prepared<'_>, start: u32, least: u32) -> u32 {
    let lowest = start.saturating_sub(NEAR).max(least);
    (lowest..=start)
        .rev()
        .find(|&place| document.words[place as usize].classes.has(Classes::CLAUSE_START))
        .unwrap_or(start)
}

fn clause_end(document: &Prepared<'_>, end: u32, most: u32) -> u32 {
    let highest = (end + NEAR).min(most);
    (end..=highest)
        .find(|&place| {
            place == most || document.words[place as usize].classes.has(Classes::CLAUSE_START)
        })
        .unwrap_or(end)
}

/// The text span of a range of words: with the marks around whole units.
pub(super) fn text_span(document: &Prepared<'_>, range: &Range<u32>) -> Span {
    let mut span = document.span(range);
    let first = &document.units[document.words[range.start as usize].unit as usize];
    let last = &document.units[document.words[range.end as usize - 1].unit as usize];
    if first.words.start == range.start {
        span.start = span.start.min(first.span.start);
    }
    if last.words.end == range.end {
        span.end = span.end.max(last.span.end);
    }
    span
}

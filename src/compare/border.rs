//! Where a passage begins and ends: whole sentences where most of one is shared, else clauses, else
//! the very words. An editor wants the statement, not its torn edge.

use std::ops::Range;

use crate::model::Span;

use super::common::Side;
use super::lexicon::Classes;
use super::prepare::Prepared;

/// Moves the borders of a range of words that is not verbatim to those of sentences or clauses.
/// `other` is the range of the other side that the range belongs to.
pub(super) fn snap(
    side: &Side<'_>,
    range: &Range<u32>,
    other_side: &Side<'_>,
    other: &Range<u32>,
) -> Range<u32> {
    let document = side.document;
    let (begins, ends) = at_borders(other_side.document, other);
    let start = snapped_start(side, range, if begins { WHOLE_BESIDE_WHOLE } else { WHOLE });
    let end = snapped_end(side, range, if ends { WHOLE_BESIDE_WHOLE } else { WHOLE });
    let range = if start < end { start..end } else { range.clone() };
    without_opening_frame(document, range)
}

/// Whether a range begins where a unit begins, and ends where one ends, but for a word or two.
fn at_borders(document: &Prepared<'_>, range: &Range<u32>) -> (bool, bool) {
    const SLACK: u32 = 2;
    let unit = |place: u32| &document.units[document.words[place as usize].unit as usize].words;
    let (first, last) = (unit(range.start), unit(range.end - 1));
    (range.start <= first.start + SLACK, range.end + SLACK >= last.end)
}

/// A unit of which at least this share of the weight is inside is meant as a whole…
const WHOLE: f64 = 0.7;
/// …and one that stands against the border of a whole one already at this share.
const WHOLE_BESIDE_WHOLE: f64 = 0.5;
/// …and one of which no more than this is inside is not meant at all.
const SCRAP: f64 = 0.2;
/// A clause border further out than this many words is not meant…
const NEAR: u32 = 4;
/// …nor is one further in than this many, unless little is lost.
const NEAR_INSIDE: u32 = 8;
/// The share of a range's weight that may be cut to reach a clause border.
const SPARE: f64 = 0.12;

fn snapped_start(side: &Side<'_>, range: &Range<u32>, whole: f64) -> u32 {
    let document = side.document;
    let start = range.start;
    let unit = &document.units[document.words[start as usize].unit as usize];
    let first = &unit.words;
    let share = side.mass(&(start..first.end.min(range.end))) / side.mass(first).max(1e-9);
    if first.end < range.end && (share <= SCRAP || !unit.statement) {
        return first.end;
    }
    if share >= whole {
        return first.start;
    }
    let starts_clause =
        |place: &u32| document.words[*place as usize].classes.has(Classes::CLAUSE_START);
    let outside = (start.saturating_sub(NEAR).max(first.start)..=start).rev().find(starts_clause);
    let spare = SPARE * side.mass(range);
    let inside = (start + 1..(start + NEAR_INSIDE).min(range.end))
        .find(starts_clause)
        .filter(|&place| side.mass(&(start..place)) <= spare);
    outside.or(inside).unwrap_or_else(|| {
        let light = |place: &u32| document.words[*place as usize].classes.has(Classes::FUNCTION);
        (start..range.end).find(|place| !light(place)).unwrap_or(start)
    })
}

fn snapped_end(side: &Side<'_>, range: &Range<u32>, whole: f64) -> u32 {
    let document = side.document;
    let end = range.end;
    let unit = &document.units[document.words[end as usize - 1].unit as usize];
    let last = &unit.words;
    let share = side.mass(&(last.start.max(range.start)..end)) / side.mass(last).max(1e-9);
    if last.start > range.start && (share <= SCRAP || !unit.statement) {
        return last.start;
    }
    if share >= whole {
        return last.end;
    }
    let ends_clause = |place: &u32| {
        *place == last.end || document.words[*place as usize].classes.has(Classes::CLAUSE_START)
    };
    let outside = (end..=(end + NEAR).min(last.end)).find(ends_clause);
    let spare = SPARE * side.mass(range);
    let inside = (end.saturating_sub(NEAR_INSIDE).max(range.start + 1)..end)
        .rev()
        .find(ends_clause)
        .filter(|&place| side.mass(&(place..end)) <= spare);
    outside.or(inside).unwrap_or_else(|| {
        let light =
            |place: &u32| document.words[*place as usize - 1].classes.has(Classes::FUNCTION);
        (range.start + 1..=end).rev().find(|place| !light(place)).unwrap_or(end)
    })
}

/// The longest opening frame ("In a statement on Monday,") that is cut from a passage.
const LONGEST_FRAME: u32 = 16;

/// A stock frame opens sentences that have nothing else in common; a passage starts after it.
fn without_opening_frame(document: &Prepared<'_>, range: Range<u32>) -> Range<u32> {
    let words = &document.words;
    if !words[range.start as usize].classes.has(Classes::FRAME) {
        return range;
    }
    (range.start + 1..(range.start + LONGEST_FRAME).min(range.end))
        .find(|&place| words[place as usize].classes.has(Classes::CLAUSE_START))
        .filter(|&place| (range.end - place) * 2 >= range.len() as u32)
        .map_or_else(|| range.clone(), |place| place..range.end)
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

//! The words of a passage side by side: which are kept in order, and what happened to the rest.

use std::ops::Range;

use crate::model::{Edit, EditKind};

use super::lexicon::Classes;
use super::prepare::{Prepared, PreparedWord};

/// Above this many cells a table is too large; the texts are split at runs both have once.
const MOST_CELLS: usize = 1 << 20;

/// Pairs of words kept in order (equal stems), ascending on both sides: a longest common
/// subsequence in which equal forms count more than equal stems.
pub(super) fn kept_in_order(a: &[PreparedWord], b: &[PreparedWord]) -> Vec<(u32, u32)> {
    let mut pairs = Vec::new();
    align_words(a, b, 0, 0, &mut pairs);
    pairs
}

fn align_words(
    a: &[PreparedWord],
    b: &[PreparedWord],
    offset_a: u32,
    offset_b: u32,
    out: &mut Vec<(u32, u32)>,
) {
    let prefix = a.iter().zip(b).take_while(|(x, y)| x.form == y.form).count();
    out.extend((0..prefix as u32).map(|place| (offset_a + place, offset_b + place)));
    let (a, b) = (&a[prefix..], &b[prefix..]);
    let (offset_a, offset_b) = (offset_a + prefix as u32, offset_b + prefix as u32);
    let suffix = a.iter().rev().zip(b.iter().rev()).take_while(|(x, y)| x.form == y.form).count();
    let (a_rest, b_rest) = (&a[..a.len() - suffix], &b[..b.len() - suffix]);
    if !a_rest.is_empty() && !b_rest.is_empty() {
        if a_rest.len().saturating_mul(b_rest.len()) <= MOST_CELLS {
            table(a_rest, b_rest, offset_a, offset_b, out);
        } else {
            split(a_rest, b_rest, offset_a, offset_b, out);
        }
    }
    out.extend((0..suffix as u32).map(|place| {
        (offset_a + a_rest.len() as u32 + place, offset_b + b_rest.len() as u32 + place)
    }));
}

/// What a pair of words is worth in the alignment.
fn worth(x: &PreparedWord, y: &PreparedWord) -> u32 {
    let telling = if x.weight >= super::weight::LIGHT { 2 } else { 0 };
    if x.form == y.form {
        4 + telling
    } else if x.stem == y.stem {
        3 + telling
    } else {
        0
    }
}

/// The words of one side that can be kept, by their places.
struct Partnered {
    words: Vec<PreparedWord>,
    places: Vec<u32>,
}

impl Partnered {
    /// The words that have a partner on the other side.
    fn of(words: &[PreparedWord], other: &[PreparedWord]) -> Partnered {
        let sorted = |value: fn(&PreparedWord) -> u32| {
            let mut values: Vec<u32> = other.iter().map(value).collect();
            values.sort_unstable();
            values
        };
        // Of characters without spaces between them, equal ones have different stems.
        let (forms, stems) = (sorted(|word| word.form), sorted(|word| word.stem));
        let mut partnered = Partnered { words: Vec::new(), places: Vec::new() };
        for (word, place) in words.iter().zip(0..) {
            if stems.binary_search(&word.stem).is_ok() || forms.binary_search(&word.form).is_ok() {
                partnered.words.push(*word);
                partnered.places.push(place);
            }
        }
        partnered
    }

    /// Whether words without a partner stand before a word.
    fn follows_others(&self, number: usize, all: usize) -> bool {
        let before = number.checked_sub(1).map_or(0, |before| self.places[before] + 1);
        before < self.places.get(number).copied().unwrap_or(all as u32)
    }
}

/// The alignment by dynamic programming. Words without a partner add nothing to any cell, so only the
/// rows and columns of others are filled.
fn table(
    a: &[PreparedWord],
    b: &[PreparedWord],
    offset_a: u32,
    offset_b: u32,
    out: &mut Vec<(u32, u32)>,
) {
    let (rows, columns) = (Partnered::of(a, b), Partnered::of(b, a));
    let width = columns.words.len() + 1;
    let mut best = vec![0u32; (rows.words.len() + 1) * width];
    for (i, word) in rows.words.iter().enumerate().rev() {
        let (above, below) = best.split_at_mut((i + 1) * width);
        let (row, next) = (&mut above[i * width..], &below[..width]);
        let mut right = 0;
        for j in (0..columns.words.len()).rev() {
            let here = worth(word, &columns.words[j]);
            let skip = next[j].max(right);
            let both = if here > 0 { here + next[j + 1] } else { 0 };
            right = skip.max(both);
            row[j] = right;
        }
    }
    let (mut i, mut j) = (0, 0);
    // In the columns of words without a partner a row is left as soon as that costs nothing.
    let mut apart = columns.follows_others(0, b.len());
    while i < rows.words.len() && j < columns.words.len() {
        let value = best[i * width + j];
        let here = if apart { 0 } else { worth(&rows.words[i], &columns.words[j]) };
        if here > 0 && value == here + best[(i + 1) * width + j + 1] {
            out.push((offset_a + rows.places[i], offset_b + columns.places[j]));
            (i, j) = (i + 1, j + 1);
            apart = columns.follows_others(j, b.len());
        } else if value == best[(i + 1) * width + j] {
            i += 1;
        } else if apart {
            apart = false;
        } else {
            j += 1;
            apart = columns.follows_others(j, b.len());
        }
    }
}

/// Splits large texts at words that both have exactly once, in the longest common order (patience
/// differencing), and aligns what lies between; a stretch without such words stays unaligned.
fn split(
    a: &[PreparedWord],
    b: &[PreparedWord],
    offset_a: u32,
    offset_b: u32,
    out: &mut Vec<(u32, u32)>,
) {
    let unique_a = unique_forms(a);
    let unique_b = unique_forms(b);
    let mut anchors: Vec<(u32, u32)> = Vec::new();
    let (mut i, mut j) = (0, 0);
    while i < unique_a.len() && j < unique_b.len() {
        match unique_a[i].0.cmp(&unique_b[j].0) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => {
                anchors.push((unique_a[i].1, unique_b[j].1));
                i += 1;
                j += 1;
            }
        }
    }
    anchors.sort_unstable();
    let chain = longest_increasing(&anchors);
    if chain.is_empty() {
        return;
    }
    let (mut from_a, mut from_b) = (0u32, 0u32);
    for (at_a, at_b) in chain.into_iter().chain([(a.len() as u32, b.len() as u32)]) {
        let (part_a, part_b) =
            (&a[from_a as usize..at_a as usize], &b[from_b as usize..at_b as usize]);
        if part_a.len().saturating_mul(part_b.len()) <= MOST_CELLS {
            align_words(part_a, part_b, offset_a + from_a, offset_b + from_b, out);
        }
        if (at_a as usize) < a.len() {
            out.push((offset_a + at_a, offset_b + at_b));
        }
        (from_a, from_b) = (at_a + 1, at_b + 1);
    }
}

/// The forms that occur exactly once, sorted, with their places.
fn unique_forms(words: &[PreparedWord]) -> Vec<(u32, u32)> {
    let mut forms: Vec<(u32, u32)> =
        words.iter().enumerate().map(|(place, word)| (word.form, place as u32)).collect();
    forms.sort_unstable();
    let mut unique = Vec::new();
    for group in forms.chunk_by(|x, y| x.0 == y.0) {
        if let [only] = group {
            unique.push(*only);
        }
    }
    unique
}

/// The longest subsequence that ascends on the second side too.
fn longest_increasing(anchors: &[(u32, u32)]) -> Vec<(u32, u32)> {
    let mut tails: Vec<usize> = Vec::new();
    let mut previous: Vec<usize> = vec![usize::MAX; anchors.len()];
    for (place, anchor) in anchors.iter().enumerate() {
        let length = tails.partition_point(|&tail| anchors[tail].1 < anchor.1);
        if length > 0 {
            previous[place] = tails[length - 1];
        }
        if length == tails.len() {
            tails.push(place);
        } else {
            tails[length] = place;
        }
    }
    let mut chain = Vec::with_capacity(tails.len());
    let mut at = tails.last().copied().unwrap_or(usize::MAX);
    while at != usize::MAX {
        chain.push(anchors[at]);
        at = previous[at];
    }
    chain.reverse();
    chain
}

/// A run of words with what became of it, in words of the two documents.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct WordEdit {
    pub(super) kind: EditKind,
    pub(super) a: Range<u32>,
    pub(super) b: Range<u32>,
}

/// What happened to the words of two ranges, given those kept in order. Sorted by place in `a`,
/// then in `b`; a run that moved stands at its place in `a`.
pub(super) fn word_edits(
    a: &Prepared<'_>,
    range_a: &Range<u32>,
    b: &Prepared<'_>,
    range_b: &Range<u32>,
    kept: &[(u32, u32)],
) -> Vec<WordEdit> {
    let mut edits: Vec<WordEdit> = Vec::new();
    let (mut next_a, mut next_b) = (range_a.start, range_b.start);
    let end = (range_a.end - range_a.start, range_b.end - range_b.start);
    let mut moves = Moves::find(a, range_a, b, range_b, kept);
    for &(at_a, at_b) in kept.iter().chain([&end]) {
        let (at_a, at_b) = (range_a.start + at_a, range_b.start + at_b);
        moves.between(next_a..at_a, next_b..at_b, &mut edits);
        if at_a < range_a.end && at_b < range_b.end {
            let same = a.words[at_a as usize].form == b.words[at_b as usize].form;
            let kind = if same { EditKind::Kept } else { EditKind::Replaced };
            match edits.last_mut() {
                Some(last)
                    if last.kind == kind && same && last.a.end == at_a && last.b.end == at_b =>
                {
                    last.a.end += 1;
                    last.b.end += 1;
                }
                _ => edits.push(WordEdit { kind, a: at_a..at_a + 1, b: at_b..at_b + 1 }),
            }
        }
        (next_a, next_b) = (at_a + 1, at_b + 1);
    }
    edits.sort_by_key(|edit| (edit.a.start, edit.b.start, edit.a.end, edit.b.end));
    edits
}

/// Runs that stand at another place on the other side.
struct Moves {
    /// Sorted by place in `a`.
    runs: Vec<(Range<u32>, Range<u32>)>,
    moved_b: Vec<Range<u32>>,
}

impl Moves {
    fn find(
        a: &Prepared<'_>,
        range_a: &Range<u32>,
        b: &Prepared<'_>,
        range_b: &Range<u32>,
        kept: &[(u32, u32)],
    ) -> Moves {
        let mut free_a = vec![true; range_a.len()];
        let mut free_b = vec![true; range_b.len()];
        for &(at_a, at_b) in kept {
            free_a[at_a as usize] = false;
            free_b[at_b as usize] = false;
        }
        let mut by_stem: Vec<(u32, u32)> = range_b
            .clone()
            .filter(|&place| free_b[(place - range_b.start) as usize])
            .map(|place| (b.words[place as usize].stem, place))
            .collect();
        by_stem.sort_unstable();
        let mut runs = Vec::new();
        let mut place = range_a.start;
        while place < range_a.end {
            if !free_a[(place - range_a.start) as usize] {
                place += 1;
                continue;
            }
            let stem = a.words[place as usize].stem;
            let from = by_stem.partition_point(|&(other, _)| other < stem);
            let mut best: Option<(u32, u32)> = None;
            for &(_, other) in by_stem[from..].iter().take_while(|&&(same, _)| same == stem).take(8)
            {
                let length = (0..)
                    .take_while(|&step| {
                        let (x, y) = (place + step, other + step);
                        x < range_a.end
                            && y < range_b.end
                            && free_a[(x - range_a.start) as usize]
                            && free_b[(y - range_b.start) as usize]
                            && a.words[x as usize].stem == b.words[y as usize].stem
                    })
                    .count() as u32;
                if length > best.map_or(0, |(longest, _)| longest) {
                    best = Some((length, other));
                }
            }
            let Some((length, other)) = best else {
                place += 1;
                continue;
            };
            let telling = a.words[place as usize..(place + length) as usize].iter().any(|word| {
                word.weight >= super::weight::LIGHT && !word.classes.has(Classes::FUNCTION)
            });
            if telling {
                for step in 0..length {
                    free_a[(place + step - range_a.start) as usize] = false;
                    free_b[(other + step - range_b.start) as usize] = false;
                }
                runs.push((place..place + length, other..other + length));
            }
            place += length;
        }
        let mut moved_b: Vec<Range<u32>> = runs.iter().map(|(_, moved)| moved.clone()).collect();
        moved_b.sort_by_key(|range| range.start);
        Moves { runs, moved_b }
    }

    /// Edits for a stretch in which nothing is kept in order.
    fn between(&mut self, a: Range<u32>, b: Range<u32>, edits: &mut Vec<WordEdit>) {
        let from = self.runs.partition_point(|(moved, _)| moved.start < a.start);
        let mut left_a: Vec<Range<u32>> = Vec::new();
        let mut at = a.start;
        for (moved_a, moved_b) in
            self.runs[from..].iter().take_while(|(moved, _)| moved.start < a.end)
        {
            if at < moved_a.start {
                left_a.push(at..moved_a.start);
            }
            edits.push(WordEdit { kind: EditKind::Moved, a: moved_a.clone(), b: moved_b.clone() });
            at = moved_a.end;
        }
        if at < a.end {
            left_a.push(at..a.end);
        }
        let mut left_b: Vec<Range<u32>> = Vec::new();
        let mut at = b.start;
        let from = self.moved_b.partition_point(|moved| moved.start < b.start);
        for moved in self.moved_b[from..].iter().take_while(|moved| moved.start < b.end) {
            if at < moved.start {
                left_b.push(at..moved.start);
            }
            at = moved.end;
        }
        if at < b.end {
            left_b.push(at..b.end);
        }
        for step in 0..left_a.len().max(left_b.len()) {
            edits.push(match (left_a.get(step), left_b.get(step)) {
                (Some(x), Some(y)) => {
                    WordEdit { kind: EditKind::Replaced, a: x.clone(), b: y.clone() }
                }
                (Some(x), None) => {
                    WordEdit { kind: EditKind::Dropped, a: x.clone(), b: b.start..b.start }
                }
                (None, Some(y)) => {
                    WordEdit { kind: EditKind::Added, a: a.start..a.start, b: y.clone() }
                }
                (None, None) => continue,
            });
        }
    }
}

/// The edits as spans of the two texts.
pub(super) fn text_edits(a: &Prepared<'_>, b: &Prepared<'_>, edits: &[WordEdit]) -> Vec<Edit> {
    edits
        .iter()
        .map(|edit| Edit {
            kind: edit.kind,
            a: (!edit.a.is_empty()).then(|| a.span(&edit.a)),
            b: (!edit.b.is_empty()).then(|| b.span(&edit.b)),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::model::Span;

    /// The alignment by its definition: a cell for every pair of words.
    fn table_of_all(a: &[PreparedWord], b: &[PreparedWord]) -> Vec<(u32, u32)> {
        let width = b.len() + 1;
        let mut best = vec![0u32; (a.len() + 1) * width];
        for i in (0..a.len()).rev() {
            for j in (0..b.len()).rev() {
                let here = worth(&a[i], &b[j]);
                let skip = best[(i + 1) * width + j].max(best[i * width + j + 1]);
                let both = if here > 0 { here + best[(i + 1) * width + j + 1] } else { 0 };
                best[i * width + j] = skip.max(both);
            }
        }
        let (mut i, mut j, mut pairs) = (0, 0, Vec::new());
        while i < a.len() && j < b.len() {
            let here = worth(&a[i], &b[j]);
            let value = best[i * width + j];
            if here > 0 && value == here + best[(i + 1) * width + j + 1] {
                pairs.push((i as u32, j as u32));
                (i, j) = (i + 1, j + 1);
            } else if value == best[(i + 1) * width + j] {
                i += 1;
            } else {
                j += 1;
            }
        }
        pairs
    }

    /// Words of two forms a stem, by their forms; every third weighs much, and of every fifth each use has a
    /// stem of its own, as where no spaces part the words.
    fn words(forms: &[u32]) -> Vec<PreparedWord> {
        let word = |(place, &form): (usize, &u32)| PreparedWord {
            span: Span::default(),
            form,
            stem: if form % 5 == 0 { 100 + place as u32 } else { form / 2 },
            weight: if form % 3 == 0 { 9.0 } else { 0.1 },
            unit: 0,
            classes: Classes::default(),
        };
        forms.iter().enumerate().map(word).collect()
    }

    proptest! {
        #[test]
        fn words_without_a_partner_change_nothing(
            a in prop::collection::vec(0u32..24, 0..30),
            b in prop::collection::vec(0u32..24, 0..30),
        ) {
            let (a, b) = (words(&a), words(&b));
            let mut found = Vec::new();
            table(&a, &b, 0, 0, &mut found);
            prop_assert_eq!(found, table_of_all(&a, &b));
        }
    }
}

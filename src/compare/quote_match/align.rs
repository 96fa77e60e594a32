//! The words two quotes share, in order: common runs, chained.
//!
//! A plain longest common subsequence ties "the" to a "the" three sentences on; a chain of runs,
//! each paid for by the information of its words and charged for the jump before it, does not.
//! The small holes between chained runs are then filled word by word.

use std::ops::Range;

use strsim::levenshtein;

use crate::text::fold;

use super::prepare::{QuoteText, QuoteWord};

/// Words that occur more often than this in the other quote start no run; they are still reached
/// when a run that began elsewhere is extended.
const MOST_PLACES: usize = 8;
/// Only the runs with the most information are chained, so that the chain costs a bounded number
/// of steps whatever the text.
const MOST_RUNS: usize = 192;
/// A run of one word must carry this much to count by itself.
const LONE_WORD: f64 = 2.5;
/// The charge for a jump from one run to the next.
const JUMP: f64 = 1.0;
/// And for each word jumped over on the side where more are.
const JUMP_WORD: f64 = 0.03;
/// Holes up to this size are filled word by word.
const HOLE_WORDS: usize = 24;
/// A run outside the chain of at least so many words has been moved.
const MOVED_WORDS: usize = 4;

/// Words of `a` that are equal to words of `b`, one run of each.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Block {
    /// Words of the first quote.
    pub(super) a: Range<usize>,
    /// Words of the second quote; as a compound may be written apart, not always as many.
    pub(super) b: Range<usize>,
}

/// How the words of two quotes correspond.
#[derive(Clone, Debug, Default)]
pub(super) struct Alignment {
    /// Equal runs, in order of both quotes, not touching on both sides.
    pub(super) blocks: Vec<Block>,
    /// Equal runs that stand in another order.
    pub(super) moved: Vec<Block>,
}

/// Aligns two quotes.
pub(super) fn align(a: &QuoteText<'_>, b: &QuoteText<'_>) -> Alignment {
    if a.words.len() == b.words.len() && equal_runs(&a.words, &b.words, 0, 0) == a.words.len() {
        let all = 0..a.words.len();
        let blocks = if all.is_empty() { vec![] } else { vec![Block { a: all.clone(), b: all }] };
        return Alignment { blocks, moved: vec![] };
    }
    let runs = common_runs(a, b);
    let (chained, moved) = chain(runs);
    Alignment { blocks: merge(fill_holes(a, b, chained)), moved }
}

/// The number of equal words from two places on.
fn equal_runs(a: &[QuoteWord], b: &[QuoteWord], from_a: usize, from_b: usize) -> usize {
    let pairs = a[from_a..].iter().zip(&b[from_b..]);
    pairs.take_while(|(a, b)| a.hash == b.hash).count()
}

#[derive(Clone, Debug)]
struct Run {
    a: usize,
    b: usize,
    words: usize,
    information: f64,
}

fn common_runs(a: &QuoteText<'_>, b: &QuoteText<'_>) -> Vec<Run> {
    let mut places: Vec<(u64, u32)> =
        b.words.iter().enumerate().map(|(place, word)| (word.hash, place as u32)).collect();
    places.sort_unstable();
    // Prefix sums, so that the information of a run is one subtraction.
    let mut sums = Vec::with_capacity(a.words.len() + 1);
    sums.push(0.0);
    for word in &a.words {
        sums.push(sums[sums.len() - 1] + word.information);
    }
    // The end in `a` of the last run on each diagonal; a cell before it is already in a run.
    let mut ends = vec![0usize; a.words.len() + b.words.len() + 1];
    let mut runs = Vec::new();
    for (place_a, word) in a.words.iter().enumerate() {
        let first = places.partition_point(|&(hash, _)| hash < word.hash);
        let count = places[first..].iter().take_while(|&&(hash, _)| hash == word.hash).count();
        if count > MOST_PLACES {
            continue;
        }
        for &(_, place_b) in &places[first..first + count] {
            let place_b = place_b as usize;
            let diagonal = place_b + a.words.len() - place_a;
            if ends[diagonal] > place_a {
                continue;
            }
            let mut back = 0;
            while back < place_a.min(place_b)
                && place_a - back > ends[diagonal]
                && a.words[place_a - back - 1].hash == b.words[place_b - back - 1].hash
            {
                back += 1;
            }
            let forward = equal_runs(&a.words, &b.words, place_a, place_b);
            ends[diagonal] = place_a + forward;
            let (start, words) = (place_a - back, back + forward);
            let information = sums[start + words] - sums[start];
            if words >= 2 || information >= LONE_WORD {
                runs.push(Run { a: start, b: place_b - back, words, information });
            }
        }
    }
    if runs.len() > MOST_RUNS {
        runs.sort_by(|x, y| {
            y.information.total_cmp(&x.information).then((x.a, x.b).cmp(&(y.a, y.b)))
        });
        runs.truncate(MOST_RUNS);
    }
    runs.sort_by_key(|run| (run.a, run.b));
    runs
}

/// The best chain of runs in the order of both quotes, and the larger runs left out of it.
fn chain(runs: Vec<Run>) -> (Vec<Block>, Vec<Block>) {
    let mut best: Vec<(f64, Option<usize>)> = Vec::with_capacity(runs.len());
    for (place, run) in runs.iter().enumerate() {
        let mut score = (run.information, None);
        for (earlier, before) in runs[..place].iter().enumerate() {
            if before.a >= run.a || before.b >= run.b {
                continue;
            }
            let overlap = (before.a + before.words)
                .saturating_sub(run.a)
                .max((before.b + before.words).saturating_sub(run.b));
            if overlap >= run.words {
                continue;
            }
            let kept = run.information * (run.words - overlap) as f64 / run.words as f64;
            let skip_a = (run.a + overlap) - (before.a + before.words);
            let skip_b = (run.b + overlap) - (before.b + before.words);
            let charge = JUMP + JUMP_WORD * skip_a.max(skip_b) as f64;
            let total = best[earlier].0 + kept - charge;
            if total > score.0 {
                score = (total, Some(earlier));
            }
        }
        best.push(score);
    }
    let last = (0..runs.len()).max_by(|&x, &y| best[x].0.total_cmp(&best[y].0).then(y.cmp(&x)));
    let mut chained: Vec<Block> = Vec::new();
    let mut in_chain = vec![false; runs.len()];
    let mut place = last;
    while let Some(current) = place {
        in_chain[current] = true;
        place = best[current].1;
    }
    for (run, _) in runs.iter().zip(&in_chain).filter(|(_, chosen)| **chosen) {
        let overlap = chained.last().map_or(0, |before| {
            before.a.end.saturating_sub(run.a).max(before.b.end.saturating_sub(run.b))
        });
        chained.push(Block {
            a: run.a + overlap..run.a + run.words,
            b: run.b + overlap..run.b + run.words,
        });
    }
    let is_free = |block: &Block| {
        chained.iter().all(|other| !overlaps(&other.a, &block.a) && !overlaps(&other.b, &block.b))
    };
    let left =
        runs.iter().zip(&in_chain).filter(|(run, chosen)| !**chosen && run.words >= MOVED_WORDS);
    let left =
        left.map(|(run, _)| Block { a: run.a..run.a + run.words, b: run.b..run.b + run.words });
    let moved = left.filter(is_free).collect();
    (chained, moved)
}

fn overlaps(a: &Range<usize>, b: &Range<usize>) -> bool {
    a.start < b.end && b.start < a.end
}

/// Adds the equal words in the holes before, between and after the chained runs.
fn fill_holes(a: &QuoteText<'_>, b: &QuoteText<'_>, chained: Vec<Block>) -> Vec<Block> {
    let mut filled = Vec::with_capacity(chained.len());
    let (mut end_a, mut end_b) = (0, 0);
    for block in chained {
        fill_hole(a, b, end_a..block.a.start, end_b..block.b.start, &mut filled);
        (end_a, end_b) = (block.a.end, block.b.end);
        filled.push(block);
    }
    fill_hole(a, b, end_a..a.words.len(), end_b..b.words.len(), &mut filled);
    filled
}

fn fill_hole(
    a: &QuoteText<'_>,
    b: &QuoteText<'_>,
    hole_a: Range<usize>,
    hole_b: Range<usize>,
    filled: &mut Vec<Block>,
) {
    if hole_a.is_empty()
        || hole_b.is_empty()
        || hole_a.len() > HOLE_WORDS
        || hole_b.len() > HOLE_WORDS
    {
        return;
    }
    // Longest common subsequence in which a compound written apart is one step.
    let (rows, columns) = (hole_a.len(), hole_b.len());
    let mut table = vec![0u32; (rows + 1) * (columns + 1)];
    let mut steps = vec![(0u8, 0u8); (rows + 1) * (columns + 1)];
    let at = |row: usize, column: usize| row * (columns + 1) + column;
    for row in (0..rows).rev() {
        for column in (0..columns).rev() {
            let (place_a, place_b) = (hole_a.start + row, hole_b.start + column);
            let mut best = table[at(row + 1, column)];
            let mut step = (1, 0);
            if table[at(row, column + 1)] > best {
                best = table[at(row, column + 1)];
                step = (0, 1);
            }
            if let Some((words_a, words_b)) =
                same_word(a, b, place_a..hole_a.end, place_b..hole_b.end)
            {
                let gain = table[at(row + words_a, column + words_b)] + 2;
                if gain > best {
                    best = gain;
                    step = (words_a as u8 | 0x80, words_b as u8);
                }
            }
            table[at(row, column)] = best;
            steps[at(row, column)] = step;
        }
    }
    let (mut row, mut column) = (0, 0);
    while row < rows && column < columns {
        let (step_a, step_b) = steps[at(row, column)];
        let words_a = usize::from(step_a & 0x7f);
        let words_b = usize::from(step_b);
        if step_a & 0x80 != 0 {
            let (place_a, place_b) = (hole_a.start + row, hole_b.start + column);
            filled.push(Block { a: place_a..place_a + words_a, b: place_b..place_b + words_b });
        }
        row += words_a;
        column += words_b;
    }
}

/// Whether the first words of two ranges are one word, and how many words each side takes for it:
/// equal, written apart ("health care", "healthcare"), or one spelling or slip away ("color",
/// "colour").
fn same_word(
    a: &QuoteText<'_>,
    b: &QuoteText<'_>,
    range_a: Range<usize>,
    range_b: Range<usize>,
) -> Option<(usize, usize)> {
    let (word_a, word_b) = (&a.words[range_a.start], &b.words[range_b.start]);
    if word_a.hash == word_b.hash {
        return Some((1, 1));
    }
    // One word begins as the other does.
    let differ = word_a.initial != word_b.initial || word_a.class != word_b.class;
    if differ || word_a.value.is_some() || word_b.value.is_some() {
        return None;
    }
    let folded_a = fold(word_a.span.of(a.text));
    let folded_b = fold(word_b.span.of(b.text));
    if is_one_slip_away(&folded_a, &folded_b) {
        return Some((1, 1));
    }
    let is_joined = |long: &str, quote: &QuoteText<'_>, range: &Range<usize>| {
        let Some(second) = quote.words[range.clone()].get(1) else { return false };
        let first = fold(quote.words[range.start].span.of(quote.text));
        let rest = long.strip_prefix(&*first);
        rest.is_some_and(|rest| !rest.is_empty() && rest == fold(second.span.of(quote.text)))
    };
    if is_joined(&folded_a, b, &range_b) {
        return Some((1, 2));
    }
    if is_joined(&folded_b, a, &range_a) {
        return Some((2, 1));
    }
    None
}

/// One letter apart in a word of at least five, and not at its end, where inflection lives.
fn is_one_slip_away(a: &str, b: &str) -> bool {
    let (length_a, length_b) = (a.chars().count(), b.chars().count());
    if length_a.min(length_b) < 5 || length_a.max(length_b) > 32 || length_a.abs_diff(length_b) > 1
    {
        return false;
    }
    let same_ending = a.chars().rev().take(2).eq(b.chars().rev().take(2))
        || (a.ends_with('r') && b.ends_with('r'));
    same_ending && a.chars().next() == b.chars().next() && levenshtein(a, b) == 1
}

/// Joins blocks that follow one another without a hole on either side.
fn merge(blocks: Vec<Block>) -> Vec<Block> {
    let mut merged: Vec<Block> = Vec::with_capacity(blocks.len());
    for block in blocks {
        match merged.last_mut() {
            Some(last) if last.a.end == block.a.start && last.b.end == block.b.start => {
                last.a.end = block.a.end;
                last.b.end = block.b.end;
            }
            _ => merged.push(block),
        }
    }
    merged
}

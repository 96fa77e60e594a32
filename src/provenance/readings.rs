//! What each version has of the fullest form and what it has besides.
//!
//! Two versions are then compared by their readings alone, without another alignment: a place of
//! the fullest form that one keeps and the other lacks, a word that both put at the same place.

use std::collections::HashMap;

/// Larger tables than this are not filled; the words that occur once on both sides then guide the
/// alignment alone.
const MOST_CELLS: usize = 1 << 20;

/// The readings of one wording.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Readings {
    /// Its words in order.
    pub(super) tokens: Vec<Reading>,
    /// One bit for every word of the fullest form: kept.
    kept: Vec<u64>,
    /// The foreign words, sorted, without repeats.
    foreign: Vec<(u32, u64)>,
}

/// A word of a version against the fullest form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Reading {
    /// The word of the fullest form at this place.
    Kept(u32),
    /// A word that the fullest form lacks, after so many of its words.
    Foreign {
        /// The place in the fullest form before which it stands.
        place: u32,
        /// Its hash.
        word: u64,
    },
}

impl Reading {
    /// The place in the fullest form: of the word itself, or before which it stands.
    pub(super) fn place(self) -> u32 {
        match self {
            Reading::Kept(place) | Reading::Foreign { place, .. } => place,
        }
    }
}

impl Readings {
    /// Whether the wording has this word at this place too.
    pub(super) fn has(&self, reading: Reading) -> bool {
        match reading {
            Reading::Kept(place) => self.kept[place as usize / 64] >> (place % 64) & 1 == 1,
            Reading::Foreign { place, word } => self.foreign.binary_search(&(place, word)).is_ok(),
        }
    }

    /// The number of words of the fullest form that it keeps.
    pub(super) fn kept_words(&self) -> u32 {
        self.kept.iter().map(|bits| bits.count_ones()).sum()
    }
}

/// Reads a wording against the fullest form.
pub(super) fn readings(words: &[u64], fullest: &[u64]) -> Readings {
    let mut readings =
        Readings { kept: vec![0; fullest.len().div_ceil(64)], ..Readings::default() };
    let (mut next, mut next_fullest) = (0, 0);
    for (place, fullest_place) in pairs(words, fullest) {
        note_foreign(&mut readings, &words[next..place], next_fullest, fullest_place);
        readings.kept[fullest_place / 64] |= 1 << (fullest_place % 64);
        readings.tokens.push(Reading::Kept(fullest_place as u32));
        (next, next_fullest) = (place + 1, fullest_place + 1);
    }
    note_foreign(&mut readings, &words[next..], next_fullest, fullest.len());
    readings.foreign.sort_unstable();
    readings.foreign.dedup();
    readings
}

/// The readings of what a document prints in several pieces, as of one text.
pub(super) fn joined(mut pieces: impl Iterator<Item = Readings>) -> Readings {
    let mut whole = pieces.next().unwrap_or_default();
    for piece in pieces {
        for (own, other) in whole.kept.iter_mut().zip(&piece.kept) {
            *own |= other;
        }
        whole.foreign.extend(piece.foreign);
        whole.tokens.extend(piece.tokens);
    }
    // One piece is in order already; of several the words go to their places in the fullest form.
    if !whole.tokens.is_sorted_by_key(|token| token.place()) {
        whole.tokens.sort_by_key(|token| token.place());
    }
    whole.tokens.dedup();
    whole.foreign.sort_unstable();
    whole.foreign.dedup();
    whole
}

/// Foreign words between two kept ones. They are tied to the kept word before them, except at the
/// start, so that a version cut short on the right still agrees on the place.
fn note_foreign(readings: &mut Readings, words: &[u64], after: usize, before: usize) {
    let place = if after == 0 { before } else { after } as u32;
    readings.tokens.extend(words.iter().map(|&word| Reading::Foreign { place, word }));
    readings.foreign.extend(words.iter().map(|&word| (place, word)));
}

/// Pairs of places with equal words, increasing on both sides.
fn pairs(a: &[u64], b: &[u64]) -> Vec<(usize, usize)> {
    let head = a.iter().zip(b).take_while(|(a, b)| a == b).count();
    let (rest_a, rest_b) = (&a[head..], &b[head..]);
    let tail = rest_a.iter().rev().zip(rest_b.iter().rev()).take_while(|(a, b)| a == b).count();
    let (middle_a, middle_b) = (&rest_a[..rest_a.len() - tail], &rest_b[..rest_b.len() - tail]);
    let mut pairs: Vec<(usize, usize)> = (0..head).map(|place| (place, place)).collect();
    let middle = if middle_a.len().saturating_mul(middle_b.len()) <= MOST_CELLS {
        common_subsequence(middle_a, middle_b)
    } else {
        unique_words_in_order(middle_a, middle_b)
    };
    pairs.extend(middle.into_iter().map(|(x, y)| (x + head, y + head)));
    let (from_a, from_b) = (a.len() - tail, b.len() - tail);
    pairs.extend((0..tail).map(|place| (from_a + place, from_b + place)));
    pairs
}

/// The longest common subsequence that breaks least: a step that continues a run is worth more.
fn common_subsequence(a: &[u64], b: &[u64]) -> Vec<(usize, usize)> {
    let columns = b.len() + 1;
    // The value of the best alignment from a cell on; a match that has a match after it on the
    // diagonal gains one more.
    let mut value = vec![0u32; (a.len() + 1) * columns];
    for row in (0..a.len()).rev() {
        for column in (0..b.len()).rev() {
            let cell = row * columns + column;
            let skip = value[cell + columns].max(value[cell + 1]);
            value[cell] = if a[row] == b[column] {
                let continues = a.get(row + 1).is_some_and(|next| b.get(column + 1) == Some(next));
                skip.max(value[cell + columns + 1] + if continues { 5 } else { 4 })
            } else {
                skip
            };
        }
    }
    let mut found = Vec::new();
    let (mut row, mut column) = (0, 0);
    while row < a.len() && column < b.len() {
        let cell = row * columns + column;
        let here = value[cell];
        let skip = value[cell + columns].max(value[cell + 1]);
        if a[row] == b[column] && here > skip {
            found.push((row, column));
            row += 1;
            column += 1;
        } else if value[cell + columns] == here {
            row += 1;
        } else if value[cell + 1] == here {
            column += 1;
        } else {
            found.push((row, column));
            row += 1;
            column += 1;
        }
    }
    found
}

/// For very long texts: the words that occur once on both sides, their longest increasing chain,
/// and the equal words around each (patience diff).
fn unique_words_in_order(a: &[u64], b: &[u64]) -> Vec<(usize, usize)> {
    let places = |words: &[u64]| {
        let mut places: HashMap<u64, Option<usize>> = HashMap::new();
        for (place, &word) in words.iter().enumerate() {
            places.entry(word).and_modify(|known| *known = None).or_insert(Some(place));
        }
        places
    };
    let (in_a, in_b) = (places(a), places(b));
    let unique = a.iter().enumerate().filter_map(|(place, word)| {
        in_a.get(word).copied().flatten()?;
        Some((place, in_b.get(word).copied().flatten()?))
    });
    let chain = increasing(&unique.collect::<Vec<_>>());
    let mut found: Vec<(usize, usize)> = Vec::new();
    for (index, &(x, y)) in chain.iter().enumerate() {
        let (from_x, from_y) = found.last().map_or((0, 0), |&(x, y)| (x + 1, y + 1));
        if x < from_x || y < from_y {
            continue;
        }
        let back = (0..(x - from_x).min(y - from_y)).take_while(|i| a[x - i - 1] == b[y - i - 1]);
        let back = back.count();
        let (to_x, to_y) = chain.get(index + 1).copied().unwrap_or((a.len(), b.len()));
        let room = (to_x - x).min(to_y.saturating_sub(y));
        let forward = (0..room).take_while(|i| a[x + i] == b[y + i]).count();
        found.extend((0..back).rev().map(|i| (x - i - 1, y - i - 1)));
        found.extend((0..forward).map(|i| (x + i, y + i)));
    }
    found
}

/// The longest chain that increases on the second side (the first is increasing already).
fn increasing(pairs: &[(usize, usize)]) -> Vec<(usize, usize)> {
    let mut tails: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = Vec::with_capacity(pairs.len());
    for (index, pair) in pairs.iter().enumerate() {
        let length = tails.partition_point(|&tail| pairs[tail].1 < pair.1);
        before.push(length.checked_sub(1).map(|shorter| tails[shorter]));
        if length == tails.len() {
            tails.push(index);
        } else {
            tails[length] = index;
        }
    }
    let mut chain = Vec::new();
    let mut place = tails.last().copied();
    while let Some(index) = place {
        chain.push(pairs[index]);
        place = before[index];
    }
    chain.reverse();
    chain
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn kept_and_foreign_words_are_told_apart() {
        let read = readings(&[1, 2, 9, 4], &[1, 2, 3, 4, 5]);
        let foreign = Reading::Foreign { place: 2, word: 9 };
        let expected = [Reading::Kept(0), Reading::Kept(1), foreign, Reading::Kept(3)];
        assert_eq!(read.tokens, expected);
        assert!(read.has(foreign) && read.has(Reading::Kept(3)) && !read.has(Reading::Kept(2)));
        assert_eq!(read.kept_words(), 3);
    }

    #[test]
    fn pieces_are_joined_in_the_order_of_the_fullest_form() {
        let fullest = [1, 2, 3, 4, 5, 6];
        let pieces = [readings(&[4, 5], &fullest), readings(&[1, 2], &fullest)];
        let whole = joined(pieces.into_iter());
        assert_eq!(whole.tokens, readings(&[1, 2, 4, 5], &fullest).tokens);
        assert_eq!(whole.kept_words(), 4);
    }

    proptest! {
        #[test]
        fn pairs_are_equal_words_in_order(
            a in prop::collection::vec(0u64..8, 0..40),
            b in prop::collection::vec(0u64..8, 0..40),
        ) {
            for found in [pairs(&a, &b), unique_words_in_order(&a, &b)] {
                prop_assert!(found.iter().all(|&(x, y)| a[x] == b[y]));
                prop_assert!(found.windows(2).all(|two| two[0].0 < two[1].0 && two[0].1 < two[1].1));
            }
        }
    }
}

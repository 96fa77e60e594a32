//! Links of distinct units to pairs of units, and pairs to lines.

use std::io::{self, Write};

use rayon::prelude::*;

use super::repeats::Repeats;
use super::table::{Link, UnitTable};
use crate::report::duplicates::pair_line;

/// A pair to be written, `a < b` in the order of ids.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct DuplicatePair {
    pub(super) a: u32,
    pub(super) b: u32,
    pub(super) jaccard: f32,
}

/// Above this number of pairs, the units of one group or of two linked groups are paired with the
/// first of a group only; the cluster still names them all. So a sentence that is printed a million
/// times makes a million pairs.
const MOST_PAIRS_OF_REPEATS: usize = 32 * 1024;

/// All pairs of units, sorted.
pub(super) fn expand(links: &[Link], repeats: &Repeats, pivots: usize) -> Vec<DuplicatePair> {
    let mut pairs = Vec::with_capacity(links.len());
    for link in links {
        let jaccard = link.jaccard() as f32;
        between(repeats.members(link.a), repeats.members(link.b), |a, b| {
            pairs.push(DuplicatePair { a: a.min(b), b: a.max(b), jaccard });
        });
    }
    for (_, members) in repeats.repeated() {
        within(members, pivots, |a, b| pairs.push(DuplicatePair { a, b, jaccard: 1.0 }));
    }
    pairs.par_sort_unstable_by_key(|pair| (pair.a, pair.b));
    pairs
}

/// Pairs of the units of two linked groups.
fn between(left: &[u32], right: &[u32], mut pair: impl FnMut(u32, u32)) {
    let all = left.len() * right.len() <= MOST_PAIRS_OF_REPEATS;
    for (rank, &a) in left.iter().enumerate() {
        let partners = if all || rank == 0 { right } else { &right[..1] };
        partners.iter().for_each(|&b| pair(a, b));
    }
}

/// Pairs of the units of one group: those of the pivots with all others.
fn within(members: &[u32], pivots: usize, mut pair: impl FnMut(u32, u32)) {
    let pivots = if members.len() * pivots <= MOST_PAIRS_OF_REPEATS { pivots } else { 1 };
    for (rank, &a) in members.iter().enumerate().take(pivots) {
        members[rank + 1..].iter().for_each(|&b| pair(a, b));
    }
}

/// Pairs whose lines one task makes.
const LINES_A_TASK: usize = 1 << 14;
/// Tasks whose lines wait to be written.
const TASKS: usize = 64;

/// Writes the pairs, a line each.
pub(super) fn write(
    pairs: &[DuplicatePair],
    table: &UnitTable,
    out: &mut dyn Write,
) -> io::Result<()> {
    for tasks in pairs.chunks(LINES_A_TASK * TASKS) {
        let written: Vec<Vec<u8>> = tasks
            .par_chunks(LINES_A_TASK)
            .map(|pairs| {
                let mut lines = Vec::with_capacity(pairs.len() * 64);
                for pair in pairs {
                    pair_line(table.name(pair.a), table.name(pair.b), pair.jaccard, &mut lines);
                }
                lines
            })
            .collect();
        for lines in written {
            out.write_all(&lines)?;
        }
    }
    out.flush()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_within(members: u32, expected: usize) {
        let members: Vec<u32> = (0..members).collect();
        let mut pairs = 0;
        within(&members, 64, |a, b| {
            assert!(a < b);
            pairs += 1;
        });
        assert_eq!(pairs, expected);
    }

    #[test]
    fn repeats_make_no_more_pairs_than_they_must() {
        check_within(2, 1);
        check_within(64, 64 * 63 / 2);
        check_within(512, 64 * 63 / 2 + 64 * 448);
        check_within(513, 512);
        check_within(1_000_000, 999_999);
    }

    #[test]
    fn large_groups_are_linked_by_their_first_units() {
        let (left, right): (Vec<u32>, Vec<u32>) = ((0..1000).collect(), (1000..3000).collect());
        let mut pairs = Vec::new();
        between(&left, &right, |a, b| pairs.push((a, b)));
        pairs.sort_unstable();
        pairs.dedup();
        assert_eq!(pairs.len(), 2000 + 999);
    }
}

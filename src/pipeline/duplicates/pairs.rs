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

/// Where a group of repeats would make more pairs than this with the units it is linked to, it is
/// linked by its first unit only. A unit of many links is a pivot of the join, so the number of
/// pairs stays in proportion to the number of units, however often some are printed; the clusters
/// still name them all.
const MOST_PAIRS_OF_A_GROUP: u64 = 64 * 1024;

/// Above this number of pairs, the units of one group are paired with its first unit only. So a
/// sentence that is printed a million times makes a million pairs.
const MOST_PAIRS_OF_REPEATS: usize = 32 * 1024;

/// All pairs of units, sorted.
pub(super) fn expand(links: &[Link], repeats: &Repeats, pivots: usize) -> Vec<DuplicatePair> {
    let linked = linked_units(links, repeats);
    let of_group = |group: u32| {
        let members = repeats.members(group);
        let makes = members.len() as u64 * u64::from(linked[group as usize]);
        if makes <= MOST_PAIRS_OF_A_GROUP { members } else { &members[..1] }
    };
    let mut pairs = Vec::with_capacity(links.len());
    for link in links {
        let jaccard = link.jaccard() as f32;
        for &a in of_group(link.a) {
            let of_b = of_group(link.b).iter();
            pairs.extend(of_b.map(|&b| DuplicatePair { a: a.min(b), b: a.max(b), jaccard }));
        }
    }
    for (_, members) in repeats.repeated() {
        within(members, pivots, |a, b| pairs.push(DuplicatePair { a, b, jaccard: 1.0 }));
    }
    pairs.par_sort_unstable_by_key(|pair| (pair.a, pair.b));
    pairs
}

/// For each group of repeats, how many units it is linked to.
pub(super) fn linked_units(links: &[Link], repeats: &Repeats) -> Vec<u32> {
    let mut linked = vec![0; repeats.groups()];
    for link in links {
        linked[link.a as usize] += repeats.members(link.b).len() as u32;
        linked[link.b as usize] += repeats.members(link.a).len() as u32;
    }
    linked
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
    fn a_group_of_too_many_pairs_is_linked_by_its_first_unit() {
        let check = |repeated: u32, others: u32, expected: usize| {
            // Group 0 holds units 0..repeated, every further unit is a group of its own.
            let contents = (0..repeated).map(|_| 0).chain(1..=u64::from(others));
            let repeats = Repeats::new(contents);
            let links: Vec<Link> =
                (1..=others).map(|b| Link { a: 0, b, shared: 1, united: 2 }).collect();
            let mut of_group = 0;
            within(repeats.members(0), 64, |_, _| of_group += 1);
            assert_eq!(expand(&links, &repeats, 64).len() - of_group, expected);
        };
        check(1, 5, 5);
        check(64, 1024, 65_536);
        check(64, 1025, 1025);
        check(1, 100_000, 100_000);
    }
}

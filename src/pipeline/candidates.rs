//! Candidate pairs of units, joined in parallel.

use std::ops::Range;

use rayon::prelude::*;

use crate::join::{Capped, HotKeys, Keys, PairRule, Runs, pairs_of_runs};

/// Units of runs that one task pairs: tasks of one size keep all threads busy to the end.
const UNITS_OF_A_TASK: usize = 1 << 14;

/// What a join found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Joined<T> {
    /// What was made of the candidate pairs, in the order of the keys.
    pub found: Vec<T>,
    /// The number of candidate pairs.
    pub candidates: u64,
    /// What the rule for common keys left out.
    pub capped: Capped,
}

/// Joins units on equal keys and calls `verify(a, b)`, `a < b`, once for every candidate pair; what
/// it returns is collected in an order that depends on the keys only, whatever the number of threads.
///
/// Besides the keys it holds 4 bytes for each key a unit shares with another, and for each range of
/// keys in work up to 32 bits a key and 16 bytes for each that is shared.
pub fn candidates<T: Send>(
    keys: &impl Keys,
    rule: PairRule<'_>,
    verify: impl Fn(u32, u32) -> Option<T> + Sync,
) -> Joined<T> {
    let ranges = keys.ranges();
    let runs: Vec<Runs> = ranges.par_iter().map(|range| keys.shared(range)).collect();
    let hot = HotKeys::new(&runs, rule);
    let parts: Vec<(&Runs, Range<usize>)> = runs
        .iter()
        .flat_map(|runs| runs.parts(UNITS_OF_A_TASK).into_iter().map(move |part| (runs, part)))
        .collect();
    let parts: Vec<(Vec<T>, u64)> = parts
        .into_par_iter()
        .map(|(runs, part)| {
            let (mut found, mut candidates) = (Vec::new(), 0);
            pairs_of_runs(runs.iter_part(part), keys, &hot, rule, |a, b| {
                candidates += 1;
                found.extend(verify(a, b));
            });
            (found, candidates)
        })
        .collect();
    let candidates = parts.iter().map(|(_, candidates)| candidates).sum();
    let found = parts.into_iter().flat_map(|(found, _)| found).collect();
    Joined { found, candidates, capped: hot.capped() }
}

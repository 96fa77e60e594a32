//! Candidate pairs of units, joined in parallel.

use rayon::prelude::*;

use crate::join::{Capped, HotKeys, Keys, PairRule, Runs, pairs_of_runs};

/// Joins units on equal keys and calls `verify(scratch, a, b)`, `a < b`, once for every candidate
/// pair; what it returns is collected in an order that depends on the keys only, whatever the
/// number of threads. `scratch` is made once a piece of work.
///
/// Besides the keys (8 bytes each) it holds 4 bytes for each key a unit shares with another, and
/// for a range of keys in work two bits per key and 16 bytes for each that is shared.
pub fn candidates<S, T: Send>(
    keys: &impl Keys,
    rule: PairRule<'_>,
    scratch: impl Fn() -> S + Sync,
    verify: impl Fn(&mut S, u32, u32) -> Option<T> + Sync,
) -> (Vec<T>, Capped) {
    let ranges = keys.ranges();
    let runs: Vec<Runs> = ranges.par_iter().map(|range| keys.shared(range)).collect();
    let hot = HotKeys::new(&runs, rule);
    let found: Vec<Vec<T>> = runs
        .par_iter()
        .map(|runs| {
            let mut scratch = scratch();
            let mut found = Vec::new();
            pairs_of_runs(runs, keys, &hot, rule, |a, b| {
                found.extend(verify(&mut scratch, a, b));
            });
            found
        })
        .collect();
    (found.into_iter().flatten().collect(), hot.capped())
}

//! Candidate pairs of units, joined in parallel.

use rayon::prelude::*;

use crate::join::{Capped, HotKeys, Keys, PairRule, Runs, pairs_of_runs};

/// What a join found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Joined<T> {
    /// What was made of the candidate pairs, in the order of the keys.
    pub found: Vec<T>,
    /// How often two units stood side by side under a common key; a pair counts for every key.
    pub meetings: u64,
    /// The number of candidate pairs that may match.
    pub candidates: u64,
    /// What the rule for common keys left out.
    pub capped: Capped,
}

/// Joins units on equal keys and calls `verify(scratch, a, b)`, `a < b`, once for every candidate
/// pair that `may_match(a, b)`; what it returns is collected in an order that depends on the keys only, whatever the
/// number of threads. `scratch` is made once a range of keys.
///
/// Besides the keys it holds 4 bytes for each key a unit shares with another, and for each range of
/// keys in work up to 32 bits a key and 16 bytes for each that is shared.
pub fn candidates<S, T: Send>(
    keys: &impl Keys,
    rule: PairRule<'_>,
    may_match: impl Fn(u32, u32) -> bool + Sync,
    scratch: impl Fn() -> S + Sync,
    verify: impl Fn(&mut S, u32, u32) -> Option<T> + Sync,
) -> Joined<T> {
    let ranges = keys.ranges();
    let runs: Vec<Runs> = ranges.par_iter().map(|range| keys.shared(range)).collect();
    let hot = HotKeys::new(&runs, rule);
    let parts: Vec<Joined<T>> = runs
        .par_iter()
        .map(|runs| {
            let (mut meetings, mut candidates) = (0, 0);
            let (mut scratch, mut found) = (scratch(), Vec::new());
            let may_match = |a, b| {
                meetings += 1;
                may_match(a, b)
            };
            pairs_of_runs(runs, keys, &hot, rule, may_match, |a, b| {
                candidates += 1;
                found.extend(verify(&mut scratch, a, b));
            });
            Joined { found, meetings, candidates, capped: Capped::default() }
        })
        .collect();
    let mut joined = Joined { found: Vec::new(), meetings: 0, candidates: 0, capped: hot.capped() };
    for part in parts {
        joined.meetings += part.meetings;
        joined.candidates += part.candidates;
        joined.found.extend(part.found);
    }
    joined
}

//! Keys to candidate pairs: which units have a key in common?
//!
//! Keys are put side by side by sorting, never in a hash map: entries `(key, unit)` of one range of
//! keys are collected, keys of a single unit are dropped before anything is sorted, and runs of
//! equal keys are walked. A range needs nothing from another one, so ranges are the parallel work
//! of [`crate::pipeline`].
//!
//! Where the keys of all units are at hand, a pair is emitted once, in the run of its least key that
//! may emit it ([`pairs_of_runs`]). Where only the keys of one range are in memory, it is met once a
//! common key ([`meetings_of_runs`]), and whoever asked sorts the repeats out. A very common key
//! (boilerplate, a formula) is no error: of the units of its run only the [`PairRule::pivots`]
//! lowest are paired with all others, and where meetings are told of and the first of these find
//! next to nothing, no more of them ([`meetings_of_runs`]). So the work is linear in the length of a
//! run. The result depends on the set of units only; what is left out is counted ([`Capped`]).

mod band_table;
mod pairs;
mod runs;
mod unit_keys;

pub use band_table::BandTable;
pub use pairs::{Capped, HotKeys, Meetings, PairRule, meetings_of_runs, pairs_of_runs};
pub use runs::{Counter, KeyRange, Runs};
pub use unit_keys::UnitKeys;

#[cfg(test)]
mod tests;

/// The keys of units 0, 1, 2 …, as the join sees them.
pub trait Keys: Sync {
    /// Ranges that together cover all keys, in order. How finely they are cut does not change what
    /// is found.
    fn ranges(&self) -> Vec<KeyRange>;

    /// The keys of a range that two or more units have.
    fn shared(&self, range: &KeyRange) -> Runs;

    /// Whether two units have a common key less than `key` that is `wanted`.
    fn any_lesser(&self, key: u64, a: u32, b: u32, wanted: impl FnMut(u64) -> bool) -> bool;
}

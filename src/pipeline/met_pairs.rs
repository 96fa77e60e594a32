//! Pairs of units that met under a common key and may match: gathered by all threads, sorted, each
//! once.

use std::sync::{Mutex, PoisonError};

use super::spill::{Sorted, Sorter, Workspace};
use crate::Result;

/// Of the memory pairs may take a forty-eighth part before they go to temporary files.
const PAIRS_SHARE: u64 = 48;
/// Pairs that a task keeps before it gives them away.
const KEPT: usize = 1 << 18;

/// Where all threads put their pairs.
#[derive(Debug)]
pub(super) struct MetPairs<'w>(Mutex<Sorter<'w, u64>>);

impl<'w> MetPairs<'w> {
    /// No pair has met.
    pub(super) fn new(workspace: &'w Workspace) -> Self {
        MetPairs(Mutex::new(Sorter::new(workspace, workspace.share(PAIRS_SHARE))))
    }

    /// A basket for the pairs of one task.
    pub(super) fn basket(&self) -> Basket<'_, 'w> {
        Basket { pairs: self, kept: Vec::new(), failure: Ok(()) }
    }

    /// All pairs in order, each once; see [`units_of`].
    pub(super) fn into_sorted(self) -> Result<Sorted<'w, u64>> {
        self.0.into_inner().unwrap_or_else(PoisonError::into_inner).into_sorted()
    }
}

/// The two units of a pair.
pub(super) fn units_of(pair: u64) -> (u32, u32) {
    ((pair >> 32) as u32, pair as u32)
}

/// The pairs of one task, a pair once for every key that it met under. They are lost unless the basket
/// is [finished](Basket::finish).
#[must_use]
pub(super) struct Basket<'a, 'w> {
    pairs: &'a MetPairs<'w>,
    kept: Vec<u64>,
    failure: Result<()>,
}

impl Basket<'_, '_> {
    /// Adds the pairs of a unit with others; returns how many they are.
    pub(super) fn extend(&mut self, unit: u32, others: impl Iterator<Item = u32>) -> usize {
        let (first, before) = (u64::from(unit) << 32, self.kept.len());
        self.kept.extend(others.map(|other| first | u64::from(other)));
        let added = self.kept.len() - before;
        if self.kept.len() >= KEPT {
            self.give_away();
        }
        added
    }

    /// Gives all pairs away. Fails if that ever failed.
    pub(super) fn finish(mut self) -> Result<()> {
        self.give_away();
        self.failure
    }

    fn give_away(&mut self) {
        // The same pair stands side by side under many keys.
        self.kept.sort_unstable();
        self.kept.dedup();
        if self.failure.is_ok() {
            let mut pairs = self.pairs.0.lock().unwrap_or_else(PoisonError::into_inner);
            self.failure = pairs.extend(&self.kept);
        }
        self.kept.clear();
    }
}

//! Units side by side: the keys that two or more units have.

use std::ops::RangeInclusive;

/// A range of keys that is joined in one go.
pub type KeyRange = RangeInclusive<u64>;

/// The runs of equal keys, in the order of the keys; units ascend within a run. 12 bytes a run
/// and 4 bytes a unit in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Runs {
    keys: Vec<u64>,
    ends: Vec<u32>,
    units: Vec<u32>,
}

impl Runs {
    /// Every key with its units: two or more, ascending.
    pub fn iter(&self) -> impl Iterator<Item = (u64, &[u32])> {
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        let bounds = starts.zip(self.ends.iter().copied());
        self.keys
            .iter()
            .zip(bounds)
            .map(|(&key, (start, end))| (key, &self.units[start as usize..end as usize]))
    }

    /// Adds a key after all others with its units, which ascend; a single one is no run.
    pub(super) fn push(&mut self, key: u64, units: impl ExactSizeIterator<Item = u32>) {
        if units.len() > 1 {
            self.keys.push(key);
            self.units.extend(units);
            self.ends.push(self.units.len() as u32);
        }
    }

    /// The number of runs.
    pub fn len(&self) -> usize {
        self.keys.len()
    }

    /// Whether no key is shared.
    pub fn is_empty(&self) -> bool {
        self.keys.is_empty()
    }
}

/// A set of keys that may hold more than was put in.
///
/// Most keys belong to one unit only. Two such maps, of the keys seen and of those seen again,
/// single most of those out in a first pass, so that only the rest is sorted. A false collision
/// costs a little time, no more.
pub(super) struct BitMap {
    words: Vec<u64>,
    mask: u64,
}

impl BitMap {
    pub(super) fn for_entries(entries: usize) -> Self {
        let bits = (entries * 8).next_power_of_two().max(64);
        BitMap { words: vec![0; bits / 64], mask: bits as u64 - 1 }
    }

    /// Adds a key; whether it (or one like it) was there before.
    #[inline]
    pub(super) fn set(&mut self, key: u64) -> bool {
        let place = key & self.mask;
        let word = &mut self.words[(place / 64) as usize];
        let bit = 1 << (place % 64);
        let before = *word & bit != 0;
        *word |= bit;
        before
    }

    #[inline]
    pub(super) fn get(&self, key: u64) -> bool {
        let place = key & self.mask;
        self.words[(place / 64) as usize] & (1 << (place % 64)) != 0
    }
}

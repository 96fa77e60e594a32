//! Units side by side: the keys that two or more units have.

use std::ops::{Range, RangeInclusive};

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
        self.iter_part(0..self.len())
    }

    /// The runs at some places.
    pub fn iter_part(&self, part: Range<usize>) -> impl Iterator<Item = (u64, &[u32])> {
        part.map(|place| {
            let start = place.checked_sub(1).map_or(0, |before| self.ends[before]);
            let units = &self.units[start as usize..self.ends[place] as usize];
            (self.keys[place], units)
        })
    }

    /// The places of all runs in parts of about so many units.
    pub fn parts(&self, units: usize) -> Vec<Range<usize>> {
        let (mut parts, mut first, mut start) = (Vec::new(), 0, 0);
        for (place, &end) in self.ends.iter().enumerate() {
            if (end - start) as usize >= units || place + 1 == self.len() {
                parts.push(first..place + 1);
                (first, start) = (place + 1, end);
            }
        }
        parts
    }

    /// The runs of a column: the key of units 0, 1, 2 …
    pub fn of_column(keys: impl Iterator<Item = u32> + Clone, units: usize) -> Runs {
        let mut counter = Counter::for_keys(units);
        keys.clone().for_each(|key| counter.count(key.into()));
        // Key and unit in one number sort as fast as can be.
        let mut survivors: Vec<u64> = Vec::with_capacity(units / 4);
        for (key, unit) in keys.zip(0u64..) {
            if counter.is_shared(key.into()) {
                survivors.push(u64::from(key) << 32 | unit);
            }
        }
        Runs::of_sorted(&mut survivors)
    }

    /// The runs of entries in any order, each a key and a unit that has it.
    pub fn of_entries(entries: &[[u32; 2]]) -> Runs {
        let mut counter = Counter::for_keys(entries.len());
        entries.iter().for_each(|&[key, _]| counter.count(key.into()));
        let shared = entries.iter().filter(|[key, _]| counter.is_shared((*key).into()));
        let mut survivors: Vec<u64> =
            shared.map(|&[key, unit]| u64::from(key) << 32 | u64::from(unit)).collect();
        Runs::of_sorted(&mut survivors)
    }

    /// Sorts entries with the key above and the unit below.
    fn of_sorted(entries: &mut [u64]) -> Runs {
        entries.sort_unstable();
        let mut runs = Runs::default();
        for run in entries.chunk_by(|left, right| left >> 32 == right >> 32) {
            runs.push(run[0] >> 32, run.iter().map(|entry| *entry as u32));
        }
        runs
    }

    /// Adds a key after all others with its units, which ascend; a single one is no run.
    pub(super) fn push(&mut self, key: u64, units: impl ExactSizeIterator<Item = u32>) {
        if units.len() > 1 {
            self.keys.push(key);
            self.units.extend(units);
            self.ends.push(self.units.len() as u32);
        }
    }

    /// Adds a number to all keys.
    pub(super) fn shift(&mut self, by: u64) {
        self.keys.iter_mut().for_each(|key| *key += by);
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

/// Tells keys that occur once from those that occur again, in two bits each; different keys may be
/// counted together.
///
/// Most keys belong to one unit only. Counting singles most of those out in a first pass, so that
/// only the rest is sorted. Keys that are counted together cost a little time, no more.
#[derive(Debug)]
pub struct Counter {
    words: Vec<u64>,
    mask: u64,
}

impl Counter {
    /// A counter with four to eight places a key.
    pub fn for_keys(keys: usize) -> Self {
        let places = (keys * 4).next_power_of_two().max(32);
        Counter { words: vec![0; places / 32], mask: places as u64 - 1 }
    }

    /// Counts a key.
    #[inline]
    pub fn count(&mut self, key: u64) {
        let (word, shift) = self.place(key);
        // The low bit says "once or more", the high one "twice or more".
        let once = self.words[word] >> shift & 1;
        self.words[word] |= (1 | once << 1) << shift;
    }

    /// Whether the key was counted twice or more.
    #[inline]
    pub fn is_shared(&self, key: u64) -> bool {
        let (word, shift) = self.place(key);
        self.words[word] >> shift & 2 != 0
    }

    #[inline]
    fn place(&self, key: u64) -> (usize, u64) {
        let place = key & self.mask;
        ((place / 32) as usize, place % 32 * 2)
    }
}

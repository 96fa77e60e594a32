//! Units side by side: the keys of one range that two or more units have.

use std::ops::RangeInclusive;

use super::UnitKeys;

/// A range of keys that is joined in one go.
pub type KeyRange = RangeInclusive<u64>;

/// How many entries a range should hold on average, so that its bit maps and its survivors stay
/// in the processor's cache.
const ENTRIES_A_RANGE: usize = 1 << 20;

/// Ranges that together cover all keys, in order. Keys are hashes, so equal ranges hold about the
/// same number of them. The choice does not change what is found.
pub fn key_ranges(entries: usize) -> Vec<KeyRange> {
    let bits = (entries / ENTRIES_A_RANGE).next_power_of_two().trailing_zeros().min(12);
    if bits == 0 {
        return vec![0..=u64::MAX];
    }
    let width = 1u64 << (64 - bits);
    (0..1u64 << bits).map(|part| part * width..=part * width + (width - 1)).collect()
}

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

    /// The number of runs.
    pub fn len(&self) -> usize {
        self.keys.len()
    }

    /// Whether no key is shared.
    pub fn is_empty(&self) -> bool {
        self.keys.is_empty()
    }
}

/// The keys of `range` that two or more units have.
///
/// Most keys belong to one unit only. Two bit maps, `seen` and `seen_again`, single most of those
/// out in a first pass (a false collision costs a little time, no more), so that only the rest is
/// sorted.
pub fn shared_keys(keys: &UnitKeys, range: &KeyRange) -> Runs {
    let inside = |key: &u64| range.contains(key);
    let entries = keys.keys().iter().filter(|key| inside(key)).count();
    let mut seen = BitMap::for_entries(entries);
    let mut seen_again = BitMap::for_entries(entries);
    for &key in keys.keys().iter().filter(|key| inside(key)) {
        if seen.set(key) {
            seen_again.set(key);
        }
    }
    drop(seen);
    let mut survivors: Vec<(u64, u32)> = Vec::new();
    for unit in 0..keys.len() as u32 {
        let of_unit = keys.of(unit);
        let first = of_unit.partition_point(|key| key < range.start());
        for &key in of_unit[first..].iter().take_while(|key| inside(key)) {
            if seen_again.get(key) {
                survivors.push((key, unit));
            }
        }
    }
    survivors.sort_unstable();
    let mut runs = Runs::default();
    for run in survivors.chunk_by(|left, right| left.0 == right.0) {
        if run.len() > 1 {
            runs.keys.push(run[0].0);
            runs.units.extend(run.iter().map(|&(_, unit)| unit));
            runs.ends.push(runs.units.len() as u32);
        }
    }
    runs
}

/// A set of keys that may hold more than was put in.
struct BitMap {
    words: Vec<u64>,
    mask: u64,
}

impl BitMap {
    fn for_entries(entries: usize) -> Self {
        let bits = (entries * 8).next_power_of_two().max(64);
        BitMap { words: vec![0; bits / 64], mask: bits as u64 - 1 }
    }

    /// Adds a key; whether it (or one like it) was there before.
    #[inline]
    fn set(&mut self, key: u64) -> bool {
        let place = key & self.mask;
        let word = &mut self.words[(place / 64) as usize];
        let bit = 1 << (place % 64);
        let before = *word & bit != 0;
        *word |= bit;
        before
    }

    #[inline]
    fn get(&self, key: u64) -> bool {
        let place = key & self.mask;
        self.words[(place / 64) as usize] & (1 << (place % 64)) != 0
    }
}

//! Band keys in a table: one 32-bit key a unit and band.
//!
//! Where every unit has the same number of keys, the keys need no lists: four bytes each instead
//! of eight, no order to keep within a unit, and a band is a column, joined on its own. Different
//! keys of a band fall together once in four thousand million; that makes a candidate in vain, no
//! more.

use super::runs::{BitMap, Runs};
use super::{KeyRange, Keys};

/// The band keys of units 0, 1, 2 …
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BandTable {
    bands: usize,
    keys: Vec<u32>,
}

impl BandTable {
    /// A table without units, with room for so many.
    pub fn with_capacity(bands: usize, units: usize) -> Self {
        BandTable { bands, keys: Vec::with_capacity(bands * units) }
    }

    /// Adds the next unit: one key a band.
    pub fn push(&mut self, keys: &[u32]) {
        debug_assert_eq!(keys.len(), self.bands);
        self.keys.extend_from_slice(keys);
    }

    /// The number of units.
    pub fn len(&self) -> usize {
        self.keys.len() / self.bands.max(1)
    }

    /// Whether there are no units.
    pub fn is_empty(&self) -> bool {
        self.keys.is_empty()
    }

    fn of(&self, unit: u32) -> &[u32] {
        let start = unit as usize * self.bands;
        &self.keys[start..start + self.bands]
    }
}

/// A key of the join: the band, then the key within it.
fn joined(band: usize, key: u32) -> u64 {
    (band as u64) << 32 | u64::from(key)
}

impl Keys for BandTable {
    /// One range a band.
    fn ranges(&self) -> Vec<KeyRange> {
        (0..self.bands).map(|band| joined(band, 0)..=joined(band, u32::MAX)).collect()
    }

    fn shared(&self, range: &KeyRange) -> Runs {
        let band = (range.start() >> 32) as usize;
        let column = || self.keys.iter().skip(band).step_by(self.bands).copied();
        let mut seen = BitMap::for_entries(self.len());
        let mut seen_again = BitMap::for_entries(self.len());
        for key in column() {
            if seen.set(key.into()) {
                seen_again.set(key.into());
            }
        }
        drop(seen);
        // Key and unit in one number sort as fast as can be.
        let mut survivors: Vec<u64> = column()
            .zip(0u64..)
            .filter(|&(key, _)| seen_again.get(key.into()))
            .map(|(key, unit)| u64::from(key) << 32 | unit)
            .collect();
        survivors.sort_unstable();
        let mut runs = Runs::default();
        for run in survivors.chunk_by(|left, right| left >> 32 == right >> 32) {
            runs.push(joined(band, (run[0] >> 32) as u32), run.iter().map(|entry| *entry as u32));
        }
        runs
    }

    fn any_lesser(&self, key: u64, a: u32, b: u32, mut wanted: impl FnMut(u64) -> bool) -> bool {
        let bands = (key >> 32) as usize;
        let pairs = self.of(a)[..bands].iter().zip(&self.of(b)[..bands]);
        pairs.enumerate().any(|(band, (left, right))| left == right && wanted(joined(band, *left)))
    }
}

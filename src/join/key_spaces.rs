//! The keys of all three spaces: bands in a table, grams and terms in lists.

use super::runs::Runs;
use super::{BandTable, KeyRange, Keys, UnitKeys};

/// Added to the keys of the lists, so that they come after all bands.
const LISTS: u64 = 1 << 48;

/// The keys of units 0, 1, 2 … at 4 bytes a key: one a band, and any number of others. Different
/// keys may fall together; that makes some candidates in vain (for a million units with seventeen
/// listed keys each, thirty thousand), and every candidate is verified.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KeySpaces {
    bands: BandTable,
    lists: UnitKeys<u32>,
}

impl KeySpaces {
    /// Keys of no unit, with this number of bands.
    pub fn new(bands: usize) -> Self {
        KeySpaces { bands: BandTable::with_capacity(bands, 0), lists: UnitKeys::default() }
    }

    /// Adds the next unit: its band keys, and its other keys, sorted and distinct.
    pub fn push(&mut self, bands: &[u32], others: &[u32]) {
        self.bands.push(bands);
        self.lists.push(others);
    }

    /// Adds the units of `other` after those of `self`, as when parts were made in parallel.
    pub fn append(&mut self, other: &KeySpaces) {
        self.bands.append(&other.bands);
        self.lists.append(&other.lists);
    }

    /// The number of units.
    pub fn len(&self) -> usize {
        self.lists.len()
    }

    /// Whether there are no units.
    pub fn is_empty(&self) -> bool {
        self.lists.is_empty()
    }
}

impl Keys for KeySpaces {
    fn ranges(&self) -> Vec<KeyRange> {
        let lists = self.lists.ranges().into_iter();
        let shifted = lists.map(|range| range.start() + LISTS..=range.end() + LISTS);
        self.bands.ranges().into_iter().chain(shifted).collect()
    }

    fn shared(&self, range: &KeyRange) -> Runs {
        if *range.start() < LISTS {
            return self.bands.shared(range);
        }
        let mut runs = self.lists.shared(&(range.start() - LISTS..=range.end() - LISTS));
        runs.shift(LISTS);
        runs
    }

    fn any_lesser(&self, key: u64, a: u32, b: u32, mut wanted: impl FnMut(u64) -> bool) -> bool {
        // The key after all bands is where the lists begin.
        let in_bands = key.min(self.bands.end());
        self.bands.any_lesser(in_bands, a, b, &mut wanted)
            || key > LISTS
                && self.lists.any_lesser(key - LISTS, a, b, |lesser| wanted(lesser + LISTS))
    }
}

//! Band keys in a table: one 32-bit key a unit and band.
//!
//! Where every unit has the same number of keys, the keys need no lists: four bytes each instead
//! of eight, no order to keep within a unit, and a band is a column, joined on its own. Different
//! keys of a band fall together once in four thousand million; that makes a candidate in vain, no
//! more.

use super::runs::Runs;
use super::{KeyRange, Keys};

/// Columns are kept in groups: reading one column passes few others through the cache, and all
/// keys of a unit are still in few places.
const GROUP: usize = 4;

/// The band keys of units 0, 1, 2 …
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BandTable {
    bands: usize,
    units: usize,
    /// For each group of columns the keys of all units, padded to whole groups.
    groups: Vec<Vec<[u32; GROUP]>>,
}

impl BandTable {
    /// A table without units, with room for so many.
    pub fn with_capacity(bands: usize, units: usize) -> Self {
        let groups = bands.div_ceil(GROUP);
        BandTable { bands, units: 0, groups: vec![Vec::with_capacity(units); groups] }
    }

    /// Adds the next unit: one key a band.
    pub fn push(&mut self, keys: &[u32]) {
        debug_assert_eq!(keys.len(), self.bands);
        for (group, keys) in self.groups.iter_mut().zip(keys.chunks(GROUP)) {
            let mut padded = [0; GROUP];
            padded[..keys.len()].copy_from_slice(keys);
            group.push(padded);
        }
        self.units += 1;
    }

    /// A table of units taken from several tables: for each the number of its table and its number
    /// there. Group after group is copied and let go, so that little is held twice.
    pub fn gather<I>(bands: usize, mut tables: Vec<BandTable>, units: I) -> Self
    where
        I: ExactSizeIterator<Item = (u32, u32)> + Clone,
    {
        let mut gathered = BandTable::with_capacity(bands, 0);
        gathered.units = units.len();
        for (number, group) in gathered.groups.iter_mut().enumerate() {
            let column =
                |(table, unit): (u32, u32)| tables[table as usize].groups[number][unit as usize];
            *group = units.clone().map(column).collect();
            for table in &mut tables {
                table.groups[number] = Vec::new();
            }
        }
        gathered
    }

    /// Gives back room that is not needed.
    pub fn shrink_to_fit(&mut self) {
        self.groups.iter_mut().for_each(Vec::shrink_to_fit);
    }

    /// Adds the units of `other` after those of `self`.
    pub fn append(&mut self, other: &BandTable) {
        for (group, others) in self.groups.iter_mut().zip(&other.groups) {
            group.extend_from_slice(others);
        }
        self.units += other.units;
    }

    /// The number of units.
    pub fn len(&self) -> usize {
        self.units
    }

    /// Whether there are no units.
    pub fn is_empty(&self) -> bool {
        self.units == 0
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
        let column = self.groups[band / GROUP].iter().map(|keys| keys[band % GROUP]);
        let mut runs = Runs::of_column(column, self.units);
        runs.shift(joined(band, 0));
        runs
    }

    fn any_lesser(&self, key: u64, a: u32, b: u32, mut wanted: impl FnMut(u64) -> bool) -> bool {
        let bands = (key >> 32) as usize;
        (0..bands).step_by(GROUP).any(|first| {
            let group = &self.groups[first / GROUP];
            let (left, right) = (group[a as usize], group[b as usize]);
            (first..bands.min(first + GROUP)).any(|band| {
                let key = left[band - first];
                key == right[band - first] && wanted(joined(band, key))
            })
        })
    }
}

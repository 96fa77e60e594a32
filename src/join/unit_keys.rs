//! The keys of all units.

/// The keys of units 0, 1, 2 … in flat arrays: 8 bytes a key and 8 bytes a unit.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UnitKeys {
    keys: Vec<u64>,
    /// Where each unit's keys end.
    ends: Vec<usize>,
}

impl UnitKeys {
    /// Adds the next unit. Its keys must be sorted and distinct.
    pub fn push(&mut self, keys: &[u64]) {
        debug_assert!(keys.is_sorted_by(|left, right| left < right));
        self.keys.extend_from_slice(keys);
        self.ends.push(self.keys.len());
    }

    /// Adds the units of `other` after those of `self`, as when parts were made in parallel.
    pub fn append(&mut self, other: &UnitKeys) {
        let before = self.keys.len();
        self.keys.extend_from_slice(&other.keys);
        self.ends.extend(other.ends.iter().map(|end| before + end));
    }

    /// The number of units.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there are no units.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// The keys of one unit, sorted.
    #[inline]
    pub fn of(&self, unit: u32) -> &[u64] {
        let unit = unit as usize;
        let start = if unit == 0 { 0 } else { self.ends[unit - 1] };
        &self.keys[start..self.ends[unit]]
    }

    /// All keys, unit after unit.
    pub fn keys(&self) -> &[u64] {
        &self.keys
    }
}

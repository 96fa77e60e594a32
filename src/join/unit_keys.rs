//! Any number of keys a unit.

use super::runs::{Counter, Runs};
use super::{KeyRange, Keys};

/// How many keys a range should hold on average, so that its counter stays in the processor's
/// cache while few passes over all keys are needed.
const KEYS_A_RANGE: usize = 1 << 22;

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

    /// All keys are cut into two to the power of this many ranges.
    fn range_bits(&self) -> u32 {
        (self.keys.len() / KEYS_A_RANGE).next_power_of_two().trailing_zeros().min(12)
    }
}

impl Keys for UnitKeys {
    /// Ranges of equal width, which hold about the same number of keys.
    fn ranges(&self) -> Vec<KeyRange> {
        let bits = self.range_bits();
        if bits == 0 {
            return vec![0..=u64::MAX];
        }
        let width = 1u64 << (u64::BITS - bits);
        (0..1u64 << bits).map(|part| part * width..=part * width + (width - 1)).collect()
    }

    fn shared(&self, range: &KeyRange) -> Runs {
        let (start, width) = (*range.start(), range.end() - range.start());
        // One comparison: a key below the start wraps round.
        let inside = |key: u64| key.wrapping_sub(start) <= width;
        let mut counter = Counter::for_keys(self.keys.len() >> self.range_bits());
        for &key in &self.keys {
            if inside(key) {
                counter.count(key);
            }
        }
        let mut survivors: Vec<(u64, u32)> = Vec::new();
        let mut unit = 0;
        for (place, &key) in self.keys.iter().enumerate() {
            if inside(key) && counter.is_shared(key) {
                while self.ends[unit] <= place {
                    unit += 1;
                }
                survivors.push((key, unit as u32));
            }
        }
        survivors.sort_unstable();
        let mut runs = Runs::default();
        for run in survivors.chunk_by(|left, right| left.0 == right.0) {
            runs.push(run[0].0, run.iter().map(|&(_, unit)| unit));
        }
        runs
    }

    fn any_lesser(&self, key: u64, a: u32, b: u32, mut wanted: impl FnMut(u64) -> bool) -> bool {
        let (left, right) = (self.of(a), self.of(b));
        let (mut i, mut j) = (0, 0);
        while i < left.len() && j < right.len() {
            let (of_a, of_b) = (left[i], right[j]);
            if of_a.max(of_b) >= key {
                return false;
            }
            if of_a == of_b && wanted(of_a) {
                return true;
            }
            i += usize::from(of_a <= of_b);
            j += usize::from(of_b <= of_a);
        }
        false
    }
}

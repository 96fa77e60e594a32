//! How many words two versions have in common, in whatever order.

/// The share of the shorter text's words that the other has, in whatever order.
pub(super) fn common_words(a: &[u64], b: &[u64]) -> f64 {
    let sorted = |words: &[u64]| {
        let mut words = words.to_vec();
        words.sort_unstable();
        words
    };
    common_sorted_words(&sorted(a), &sorted(b))
}

/// The same of sorted words.
pub(super) fn common_sorted_words(one: &[u64], other: &[u64]) -> f64 {
    let (mut x, mut y, mut common) = (0, 0, 0);
    while x < one.len() && y < other.len() {
        match one[x].cmp(&other[y]) {
            std::cmp::Ordering::Less => x += 1,
            std::cmp::Ordering::Greater => y += 1,
            std::cmp::Ordering::Equal => (x, y, common) = (x + 1, y + 1, common + 1),
        }
    }
    f64::from(common) / one.len().min(other.len()).max(1) as f64
}

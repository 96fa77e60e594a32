//! How many words two versions have in common.

/// Fewer words than these can stand in another text by chance, if only they may stand in any order.
const FEW_WORDS: usize = 8;

/// The share of the shorter text that the other has: of its words, in whatever order, or, where they are
/// few, of the pairs of words that stand side by side.
pub(super) fn share_held(a: &[u64], b: &[u64]) -> f64 {
    if !(2..FEW_WORDS).contains(&a.len().min(b.len())) {
        return common_words(a, b);
    }
    let pairs = |words: &[u64]| {
        let mut pairs: Vec<[u64; 2]> = words.windows(2).map(|two| [two[0], two[1]]).collect();
        pairs.sort_unstable();
        pairs
    };
    common_sorted(&pairs(a), &pairs(b))
}

/// The share of the shorter text's words that the other has, in whatever order.
pub(super) fn common_words(a: &[u64], b: &[u64]) -> f64 {
    let sorted = |words: &[u64]| {
        let mut words = words.to_vec();
        words.sort_unstable();
        words
    };
    common_sorted(&sorted(a), &sorted(b))
}

/// The same of what is sorted.
pub(super) fn common_sorted<T: Ord>(one: &[T], other: &[T]) -> f64 {
    in_both(one, other) as f64 / one.len().min(other.len()).max(1) as f64
}

/// How many of two sorted bags are in both.
pub(super) fn in_both<T: Ord>(one: &[T], other: &[T]) -> usize {
    let (mut x, mut y, mut common) = (0, 0, 0);
    while x < one.len() && y < other.len() {
        match one[x].cmp(&other[y]) {
            std::cmp::Ordering::Less => x += 1,
            std::cmp::Ordering::Greater => y += 1,
            std::cmp::Ordering::Equal => (x, y, common) = (x + 1, y + 1, common + 1),
        }
    }
    common
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::words;

    #[test]
    fn few_words_are_held_side_by_side() {
        let check = |a: &str, b: &str, expected: bool| {
            let [a, b] = [a, b].map(|text| words(text).into_iter().map(|word| word.hash).collect());
            let (a, b): (Vec<u64>, Vec<u64>) = (a, b);
            assert_eq!(share_held(&a, &b) >= 0.5, expected);
        };
        let whole =
            "are the old geese of the island noisy, or is it only that I like grey geese so much";
        check("grey geese like rain", whole, false);
        check("the old geese of our island", whole, true);
        check("it is like the grey old geese of the noisy island", whole, true);
        check("geese", whole, true);
    }
}

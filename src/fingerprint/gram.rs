//! The `gram` space: winnowed word n-grams (Schleimer, Wilkerson and Aiken, *Winnowing: local
//! algorithms for document fingerprinting*, 2003). Of every window of consecutive n-grams the one
//! with the least hash becomes a key, so two units that share a run of `window + n - 1` words
//! always share a key, however long they are otherwise: containment, which resemblance cannot see.

use xxhash_rust::xxh3::xxh3_64_with_seed;

use crate::text::{Word, shingle};

/// How n-grams are chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Winnowing {
    /// The words of an n-gram.
    pub words: usize,
    /// Of so many consecutive n-grams at least one is kept.
    pub window: usize,
    /// A unit of at most so many words keeps all its n-grams and, since one changed word can
    /// destroy all of those, all its (n-1)-grams.
    pub short: usize,
}

impl Winnowing {
    /// Appends the gram keys of a unit to `out`. A unit shorter than any n-gram has one key, of
    /// all its words.
    pub fn keys_into(self, words: &[Word], seed: u64, out: &mut Vec<u64>) {
        let key = |run: &[Word]| (shingle(run) ^ seed).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        if words.is_empty() {
            return;
        }
        if words.len() <= self.short.max(self.words) {
            out.extend(words.windows((self.words - 1).clamp(1, words.len())).map(key));
            if words.len() >= self.words {
                out.extend(words.windows(self.words).map(key));
            }
            return;
        }
        let first = out.len();
        out.extend(words.windows(self.words).map(key));
        let kept = winnow(&mut out[first..], self.window);
        out.truncate(first + kept);
    }
}

/// Moves the values that winnowing keeps to the front and returns their number. Every window keeps
/// its least value, of equal ones the last; a value that several windows keep counts once.
fn winnow(values: &mut [u64], window: usize) -> usize {
    let window = window.clamp(1, values.len());
    let mut kept = 0;
    let mut least = None;
    for start in 0..=values.len() - window {
        let end = start + window;
        let chosen = match least {
            Some(least) if least >= start => {
                if values[end - 1] <= values[least] {
                    end - 1
                } else {
                    least
                }
            }
            _ => (start..end).rev().min_by_key(|&place| values[place]).unwrap_or(start),
        };
        if least != Some(chosen) {
            // At most one value a window was kept before, so `kept <= start`: no later window
            // looks at the place that is overwritten here.
            values[kept] = values[chosen];
            kept += 1;
            least = Some(chosen);
        }
    }
    kept
}

/// The seed of the space's keys.
pub(super) fn seed(base: u64) -> u64 {
    xxh3_64_with_seed(b"gram", base)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;
    use crate::text::words;

    const WINNOWING: Winnowing = Winnowing { words: 4, window: 4, short: 8 };

    fn keys(text: &str) -> Vec<u64> {
        let mut out = Vec::new();
        WINNOWING.keys_into(&words(text), 1, &mut out);
        out
    }

    #[track_caller]
    fn check_number(text: &str, expected: usize) {
        assert_eq!(keys(text).len(), expected, "{text}");
    }

    #[test]
    fn short_units_keep_all_their_grams() {
        check_number("", 0);
        check_number("Never.", 1);
        check_number("We will rebuild", 1);
        check_number("We will rebuild it", 2 + 1);
        check_number("we will rebuild it stone by stone together", 6 + 5);
    }

    #[test]
    fn a_short_quote_with_a_changed_word_keeps_a_key() {
        let (a, b) = (keys("we will rebuild it stone"), keys("we will rebuild this stone"));
        assert!(a.iter().any(|key| b.contains(key)));
    }

    /// Winnowing as the paper words it.
    fn winnow_by_definition(values: &[u64], window: usize) -> Vec<u64> {
        let mut places = Vec::new();
        for (start, run) in values.windows(window.min(values.len())).enumerate() {
            let least = run.iter().min().unwrap();
            let place = start + run.iter().rposition(|value| value == least).unwrap();
            if places.last() != Some(&place) {
                places.push(place);
            }
        }
        places.into_iter().map(|place| values[place]).collect()
    }

    proptest! {
        #[test]
        fn winnowing_in_place_keeps_what_the_definition_keeps(
            values in proptest::collection::vec(0u64..20, 1..60),
            window in 1usize..9,
        ) {
            let mut in_place = values.clone();
            let kept = winnow(&mut in_place, window);
            prop_assert_eq!(&in_place[..kept], &winnow_by_definition(&values, window)[..]);
        }

        #[test]
        fn a_shared_run_of_seven_words_is_always_found(
            run in "[a-d] [a-d] [a-d] [a-d] [a-d] [a-d] [a-d]",
            left in "([e-h] ){0,12}",
            right in "( [i-l]){0,12}",
        ) {
            let a: BTreeSet<u64> = keys(&format!("{left}{run}")).into_iter().collect();
            let b: BTreeSet<u64> = keys(&format!("{run}{right}")).into_iter().collect();
            prop_assert!(a.intersection(&b).next().is_some());
        }
    }
}

//! Days, months and time zones: what follows a time of day, and what datelines are made of.

use std::sync::LazyLock;

use super::abbreviation::entries;

/// All words, in small letters and sorted.
static WORDS: LazyLock<Vec<&'static str>> =
    LazyLock::new(|| entries(include_str!("../time_words.txt")).collect());

/// Whether a word names a day, a month or a time zone, in any of the languages.
pub(super) fn is_time_word(word: &str) -> bool {
    let word = word.trim_end_matches('.').to_lowercase();
    WORDS.binary_search(&word.as_str()).is_ok()
}

/// Whether a word with a capital goes on with a time of day (`5 p.m. Eastern`, `9 a.m. Monday`).
pub(super) fn follows_clock(word: &str) -> bool {
    is_time_word(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_words_are_sorted_and_small() {
        for pair in WORDS.windows(2) {
            assert!(pair[0] < pair[1], "{pair:?}");
        }
        assert!(WORDS.iter().all(|word| *word == word.to_lowercase()));
        assert!(is_time_word("März") && is_time_word("EST") && !is_time_word("Paris"));
    }
}

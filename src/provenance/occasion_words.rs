//! Words that tell the occasions of a report apart though its frame stays the same.

use std::sync::LazyLock;

use xxhash_rust::xxh3::xxh3_64;

use crate::model::{HashedMap, Language};
use crate::text::rows_by_language;

/// What such a word says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum OccasionWord {
    /// "yesterday": the report is of the day it was printed.
    Day,
    /// "raised": a figure went up.
    Up,
    /// "lowered": a figure went down.
    Down,
    /// "March": a month by its number, January is 0.
    Month(u8),
}

/// What a word, known by the hash of its folded form, says of the occasion.
pub(super) fn occasion_word(hash: u64, language: Language) -> Option<OccasionWord> {
    WORDS.get(language.or_english() as usize)?.get(&hash).copied()
}

/// The words of all languages, in their order.
static WORDS: LazyLock<Vec<HashedMap<OccasionWord>>> = LazyLock::new(|| {
    let mut all = vec![HashedMap::default(); Language::ALL.len()];
    for (language, row) in rows_by_language(include_str!("occasion_words.tsv")) {
        let Some((class, words)) = row.split_once('\t') else { continue };
        let found = (0..).zip(words.split(' ')).flat_map(|(place, forms)| {
            let class = match class {
                "day" => OccasionWord::Day,
                "up" => OccasionWord::Up,
                "down" => OccasionWord::Down,
                _ => OccasionWord::Month(place),
            };
            forms.split(',').map(move |word| (xxh3_64(word.as_bytes()), class))
        });
        all[language as usize].extend(found);
    }
    all
});

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::words;

    #[test]
    fn words_are_known_in_their_language() {
        let of = |word: &str, language| occasion_word(words(word)[0].hash, language);
        assert_eq!(of("Yesterday", Language::English), Some(OccasionWord::Day));
        assert_eq!(of("gesenkt", Language::German), Some(OccasionWord::Down));
        assert_eq!(of("aujourd’hui", Language::French), Some(OccasionWord::Day));
        assert_eq!(of("raised", Language::German), None);
        assert_eq!(of("марта", Language::Russian), Some(OccasionWord::Month(2)));
        let classes = ["day", "up", "down", "month"];
        for (_, row) in rows_by_language(include_str!("occasion_words.tsv")) {
            let (class, rest) = row.split_once('\t').unwrap_or((row, ""));
            assert!(classes.contains(&class) && !rest.is_empty(), "{row}");
            assert!(class != "month" || rest.split(' ').count() == 12, "{row}");
        }
    }
}

//! Numbers written as words: "twenty", "zwölf", "trois".

use std::sync::LazyLock;

use xxhash_rust::xxh3::xxh3_64;

use crate::model::{HashedMap, Language};

/// The value of a word that is a number, by the hash of its folded form
/// ([`Word::hash`](super::Word)).
pub fn written_number(hash: u64, language: Language) -> Option<u64> {
    NUMBERS.get(language.or_english() as usize)?.get(&hash).copied()
}

/// All words that are numbers, with their languages and values.
pub fn written_numbers() -> impl Iterator<Item = (Language, &'static str, u64)> {
    rows_by_language(include_str!("number_words.tsv")).flat_map(|(language, pairs)| {
        let pairs = pairs.split(' ').filter_map(|pair| pair.split_once('='));
        pairs.filter_map(move |(value, word)| Some((language, word, value.parse().ok()?)))
    })
}

/// The rows of a table that begin with the code of a language and a tab, with what stands behind it;
/// empty lines and those that begin with `#` are none.
pub fn rows_by_language(table: &'static str) -> impl Iterator<Item = (Language, &'static str)> {
    let lines = table.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines.filter_map(|line| {
        let (code, rest) = line.split_once('\t')?;
        Some((Language::from_code(code)?, rest))
    })
}

/// The values of all languages, in their order.
static NUMBERS: LazyLock<Vec<HashedMap<u64>>> = LazyLock::new(|| {
    let mut all = vec![HashedMap::default(); Language::ALL.len()];
    for (language, word, value) in written_numbers() {
        all[language as usize].insert(xxh3_64(word.as_bytes()), value);
    }
    all
});

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::fold;

    #[test]
    fn every_word_is_folded_and_known_in_its_language() {
        assert_eq!(written_numbers().map(|(language, ..)| language as usize).max(), Some(8));
        for (language, word, value) in written_numbers() {
            let folded = fold(word);
            assert!(folded == word || folded.replace("ss", "ß") == word, "{language:?} {word}");
            let known = written_number(xxh3_64(word.as_bytes()), language);
            assert!(known.is_some(), "{language:?} {word} {value}");
        }
        let english = |word: &str| written_number(xxh3_64(word.as_bytes()), Language::English);
        assert_eq!([english("twenty"), english("zwei")], [Some(20), None]);
    }
}

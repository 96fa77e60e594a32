//! Word classes that carry what a quote asserts: those of the passages' lexicon, and amounts.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::compare::lexicon::{Classes, Lexicon};
use crate::model::Language;

/// What losing or changing a word does to the meaning.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum WordClass {
    /// Nothing that can be told from the word alone.
    Plain,
    /// Holds the sentence together; says next to nothing by itself.
    Function,
    /// "not", "never": turns the statement around.
    Negation,
    /// "if", "unless": limits the statement.
    Condition,
    /// "provided", "should": a condition where it opens a clause.
    Opening,
    /// "might", "perhaps": weakens the statement.
    Hedge,
    /// "about", "some": weakens an amount that follows.
    Approximate,
    /// "some", "dozens".
    Quantity,
    /// "Tuesday", "March", "yesterday".
    Date,
    /// A number; its value is in the word.
    Number,
}

/// The class of a folded word and, for a number word, its value.
pub(super) fn classify(folded: &str, language: Language) -> (WordClass, Option<u64>) {
    // A text whose language is unknown is most often too short to tell; English is the best guess.
    let language = if language == Language::Other { Language::English } else { language };
    if let Some(&known) = OWN.get(&(language, folded)) {
        return known;
    }
    let classes = Lexicon::of(language).classes(folded);
    let by_weight = [
        (Classes::NEGATION, WordClass::Negation),
        (Classes::CONDITION, WordClass::Condition),
        (Classes::HEDGE, WordClass::Hedge),
        (Classes::DATE, WordClass::Date),
        (Classes::FUNCTION, WordClass::Function),
    ];
    let class = by_weight.into_iter().find(|(class, _)| classes.has(*class));
    (class.map_or(WordClass::Plain, |(_, class)| class), None)
}

/// The classes of words that the lexicon lacks, by language and folded word.
type OwnClasses = HashMap<(Language, &'static str), (WordClass, Option<u64>)>;

static OWN: LazyLock<OwnClasses> = LazyLock::new(|| {
    // Later rows win over earlier ones: a rough amount that also hedges is the latter.
    let words = asserting_rows().flat_map(|(language, class, words)| {
        words.split(' ').map(move |word| ((language, word), (class, None)))
    });
    let numbers = number_rows().flat_map(|(language, pairs)| {
        let pairs = pairs.split(' ').filter_map(|pair| pair.split_once('='));
        pairs.filter_map(move |(value, word)| {
            Some(((language, word), (WordClass::Number, Some(value.parse().ok()?))))
        })
    });
    words.chain(numbers).collect()
});

fn rows(file: &'static str) -> impl Iterator<Item = (Language, &'static str)> {
    let lines = file.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines.filter_map(|line| {
        let (code, rest) = line.split_once('\t')?;
        Some((Language::from_code(code)?, rest))
    })
}

fn asserting_rows() -> impl Iterator<Item = (Language, WordClass, &'static str)> {
    rows(include_str!("asserting_words.tsv")).filter_map(|(language, rest)| {
        match rest.split_once('\t')? {
            ("quantity", words) => Some((language, WordClass::Quantity, words)),
            ("hedge", words) => Some((language, WordClass::Hedge, words)),
            ("opening", words) => Some((language, WordClass::Opening, words)),
            ("approximate", words) => Some((language, WordClass::Approximate, words)),
            _ => None,
        }
    })
}

fn number_rows() -> impl Iterator<Item = (Language, &'static str)> {
    rows(include_str!("number_words.tsv"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::fold;

    #[test]
    fn every_row_is_read_and_every_word_is_folded() {
        assert_eq!(asserting_rows().count(), 29);
        assert_eq!(number_rows().count(), 9);
        let mut words: Vec<_> = OWN.keys().collect();
        words.sort();
        for (language, word) in words {
            let folded = fold(word);
            assert!(folded == *word || folded.replace("ss", "ß") == *word, "{language:?} {word}");
        }
        assert_eq!(classify("twenty", Language::English), (WordClass::Number, Some(20)));
        assert_eq!(classify("dutzende", Language::German), (WordClass::Quantity, None));
        assert_eq!(classify("not", Language::Other), (WordClass::Negation, None));
    }
}

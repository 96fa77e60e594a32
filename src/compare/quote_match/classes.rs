//! Word classes that carry what a quote asserts: those of the passages' lexicon, and amounts.

use std::sync::LazyLock;

use xxhash_rust::xxh3::xxh3_64;

use crate::compare::lexicon::{Classes, Lexicon};
use crate::model::{HashedMap, Language};
use crate::text::{rows_by_language, written_numbers};

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
    /// "but": begins another statement, which has conditions of its own.
    Adversative,
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

/// The class of a word, known by the hash of its folded form, and, for a number word, its value.
pub(super) fn classify(hash: u64, language: Language) -> (WordClass, Option<u64>) {
    let known = CLASSES.get(language.or_english() as usize).and_then(|classes| classes.get(&hash));
    known.copied().unwrap_or((WordClass::Plain, None))
}

/// The classes of all words of one language that have one, by hash.
type WordClasses = HashedMap<(WordClass, Option<u64>)>;

/// The classes of all languages, in their order.
static CLASSES: LazyLock<Vec<WordClasses>> = LazyLock::new(|| {
    let mut all = vec![WordClasses::default(); Language::ALL.len()];
    for language in Language::ALL {
        let classes = &mut all[language as usize];
        for (word, found) in Lexicon::of(language).words() {
            let by_weight = [
                (Classes::NEGATION, WordClass::Negation),
                (Classes::CONDITION, WordClass::Condition),
                (Classes::HEDGE, WordClass::Hedge),
                (Classes::DATE, WordClass::Date),
                (Classes::FUNCTION, WordClass::Function),
            ];
            if let Some((_, class)) = by_weight.into_iter().find(|(class, _)| found.has(*class)) {
                classes.insert(xxh3_64(word.as_bytes()), (class, None));
            }
        }
    }
    // Later rows win over earlier ones: a rough amount that also hedges is the latter.
    for (language, word, class) in own_words() {
        all[language as usize].insert(xxh3_64(word.as_bytes()), class);
    }
    all
});

/// Words that the lexicon lacks or knows in another class.
fn own_words() -> impl Iterator<Item = (Language, &'static str, (WordClass, Option<u64>))> {
    let words = asserting_rows().flat_map(|(language, class, words)| {
        words.split(' ').map(move |word| (language, word, (class, None)))
    });
    let numbers = written_numbers()
        .map(|(language, word, value)| (language, word, (WordClass::Number, Some(value))));
    words.chain(numbers)
}

fn asserting_rows() -> impl Iterator<Item = (Language, WordClass, &'static str)> {
    rows_by_language(include_str!("asserting_words.tsv")).filter_map(|(language, rest)| match rest
        .split_once(
        '\t',
    )? {
        ("quantity", words) => Some((language, WordClass::Quantity, words)),
        ("hedge", words) => Some((language, WordClass::Hedge, words)),
        ("opening", words) => Some((language, WordClass::Opening, words)),
        ("approximate", words) => Some((language, WordClass::Approximate, words)),
        ("adversative", words) => Some((language, WordClass::Adversative, words)),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::fold;

    #[test]
    fn every_row_is_read_and_every_word_is_folded() {
        assert_eq!(asserting_rows().count(), 38);
        for (language, word, _) in own_words() {
            let folded = fold(word);
            assert!(folded == word || folded.replace("ss", "ß") == word, "{language:?} {word}");
        }
        let classify = |word: &str, language| classify(xxh3_64(word.as_bytes()), language);
        assert_eq!(classify("twenty", Language::English), (WordClass::Number, Some(20)));
        assert_eq!(classify("dutzende", Language::German), (WordClass::Quantity, None));
        assert_eq!(classify("not", Language::Other), (WordClass::Negation, None));
    }
}

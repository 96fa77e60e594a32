//! Word classes that carry what a quote asserts, from the data files beside this module.

use std::collections::HashMap;
use std::sync::OnceLock;

use xxhash_rust::xxh3::xxh3_64;

use crate::model::Language;

/// What losing or changing a word does to the meaning.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum WordClass {
    /// Nothing that can be told from the word alone.
    Plain,
    /// "not", "never": turns the statement around.
    Negation,
    /// "if", "unless": limits the statement.
    Condition,
    /// "might", "I think": weakens the statement.
    Hedge,
    /// "some", "dozens".
    Quantity,
    /// "Tuesday", "March", "yesterday".
    Date,
    /// A number; its value is in the word.
    Number,
}

/// The classes of the words of each language, by hash.
type Classes = HashMap<(Language, u64), (WordClass, Option<u64>)>;

/// The class of a folded word and, for a number word, its value.
pub(super) fn classify(hash: u64, language: Language) -> (WordClass, Option<u64>) {
    static CLASSES: OnceLock<Classes> = OnceLock::new();
    let classes = CLASSES.get_or_init(load);
    // A text whose language is unknown is most often too short to tell; English is the best guess.
    let language = if language == Language::Other { Language::English } else { language };
    classes.get(&(language, hash)).copied().unwrap_or((WordClass::Plain, None))
}

fn load() -> Classes {
    let mut classes = Classes::new();
    for (language, class, words) in guard_rows() {
        for word in words {
            classes.insert((language, xxh3_64(word.as_bytes())), (class, None));
        }
    }
    for (language, numbers) in number_rows() {
        for (value, word) in numbers {
            let hash = xxh3_64(word.as_bytes());
            classes.insert((language, hash), (WordClass::Number, Some(value)));
        }
    }
    classes
}

fn rows(file: &'static str) -> impl Iterator<Item = &'static str> {
    file.lines().filter(|line| !line.is_empty() && !line.starts_with('#'))
}

fn guard_rows() -> impl Iterator<Item = (Language, WordClass, Vec<&'static str>)> {
    rows(include_str!("guard_words.tsv")).filter_map(|line| {
        let mut fields = line.split('\t');
        let language = Language::from_code(fields.next()?)?;
        let class = match fields.next()? {
            "negation" => WordClass::Negation,
            "condition" => WordClass::Condition,
            "hedge" => WordClass::Hedge,
            "quantity" => WordClass::Quantity,
            "date" => WordClass::Date,
            _ => return None,
        };
        Some((language, class, fields.next()?.split(' ').collect()))
    })
}

fn number_rows() -> impl Iterator<Item = (Language, Vec<(u64, &'static str)>)> {
    rows(include_str!("number_words.tsv")).filter_map(|line| {
        let (code, numbers) = line.split_once('\t')?;
        let numbers = numbers.split(' ').filter_map(|pair| {
            let (value, word) = pair.split_once('=')?;
            Some((value.parse().ok()?, word))
        });
        Some((Language::from_code(code)?, numbers.collect()))
    })
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;
    use crate::text::fold;

    #[test]
    fn every_row_is_read_and_every_word_is_folded_and_in_one_class() {
        let lines = rows(include_str!("guard_words.tsv")).count();
        assert_eq!(guard_rows().count(), lines);
        assert_eq!(number_rows().count(), rows(include_str!("number_words.tsv")).count());
        let mut seen = HashSet::new();
        for (language, class, words) in guard_rows() {
            for word in words {
                assert_eq!(fold(word), word);
                assert!(seen.insert((language, word)), "{word} twice, again as {class:?}");
            }
        }
    }
}

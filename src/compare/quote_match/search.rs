//! A quote that a user asks for, looked up in other text: in quotations, and in running text that
//! may carry it without marks.
//!
//! This is more lenient than [`super::match_quotes`]. There the wording itself must prove that two
//! quotations are one utterance; here the user knows the quote and asks where it stands, so a share
//! of its wording is enough, however common its words.

use std::ops::Range;

use crate::model::{DocumentFrequencies, HashedMap};

use super::align::{Block, align};
use super::information::information;
use super::prepare::{QuoteText, QuoteWord};

/// Share of the information of what was asked for that a version holds.
const SHARE: f64 = 0.6;
/// A version that is cut shorter holds nothing but words of the quote, to this share of its own
/// information…
const CUT_SHARE: f64 = 0.8;
/// …and at least this share of the quote's.
const CUT_LEAST: f64 = 0.25;
/// Words in common that a version has at least, unless all of a shorter quote is there.
const FEWEST_WORDS: usize = 3;

/// Where a version of the quote stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// Share of the quote's information that the version holds, 0 to 1.
    pub share: f64,
    /// The words of the version from the first to the last that the quote has too, counted as in
    /// [`QuoteText::word_hashes`].
    pub words: Range<usize>,
}

/// Looks for the quote `asked` in another text; `None` when it is not there.
pub fn search_quote(
    asked: &QuoteText<'_>,
    text: &QuoteText<'_>,
    frequencies: &DocumentFrequencies,
) -> Option<Found> {
    let alignment = align(asked, text, frequencies);
    let weigh = |words: &[QuoteWord]| -> f64 {
        words.iter().map(|word| information(word, frequencies).max(0.05)).sum()
    };
    let (asked_total, text_total) = (weigh(&asked.words), weigh(&text.words));
    let blocks: Vec<&Block> = alignment.blocks.iter().chain(&alignment.moved).collect();
    let shared: f64 = blocks.iter().map(|block| weigh(&asked.words[block.a.clone()])).sum();
    let words: usize = blocks.iter().map(|block| block.a.len()).sum();
    if words < FEWEST_WORDS.min(asked.words.len()) || words == 0 {
        return None;
    }
    let share = (shared / asked_total).min(1.0);
    let cut = text.quoted && shared >= CUT_SHARE * text_total && share >= CUT_LEAST;
    if share < SHARE && !cut {
        return None;
    }
    let first = blocks.iter().map(|block| block.b.start).min()?;
    let last = blocks.iter().map(|block| block.b.end).max()?;
    Some(Found { share, words: first..last })
}

/// Of what a version holds of a quote, at least this part is held by words in the very same form;
/// the rest may be inflected otherwise or written in one with others.
const SAME_FORM: f64 = 0.5;
/// Quotes of fewer words are always looked at closely.
const FEWEST_WORDS_WEIGHED: usize = 8;

/// What each word of a quote that is asked for tells, as a first look at much text: [`search_quote`]
/// aligns, which takes long.
#[derive(Clone, Debug)]
pub struct WeighedWords {
    words: HashedMap<f64>,
    /// What numbers tell, which may be written otherwise: "3" for "three".
    numbers: f64,
    total: f64,
    weighs: bool,
}

impl WeighedWords {
    /// The words of a quote.
    pub fn of(asked: &QuoteText<'_>, frequencies: &DocumentFrequencies) -> Self {
        let mut weighed = WeighedWords {
            words: HashedMap::default(),
            numbers: 0.0,
            total: 0.0,
            weighs: asked.words.len() >= FEWEST_WORDS_WEIGHED,
        };
        for word in &asked.words {
            let weight = information(word, frequencies).max(0.05);
            weighed.total += weight;
            if word.value.is_some() {
                weighed.numbers += weight;
            } else {
                *weighed.words.entry(word.hash).or_default() += weight;
            }
        }
        weighed
    }

    /// Whether text with these words, by hash, can hold a version; `quoted`: it is a quotation.
    pub fn may_be_in(&self, words: impl Iterator<Item = u64>, quoted: bool) -> bool {
        let least = SAME_FORM * if quoted { CUT_LEAST } else { SHARE };
        let mut seen: Vec<u64> = words.filter(|word| self.words.contains_key(word)).collect();
        seen.sort_unstable();
        seen.dedup();
        let held: f64 = seen.iter().filter_map(|word| self.words.get(word)).sum();
        !self.weighs || held + self.numbers >= least * self.total
    }
}

#[cfg(test)]
mod tests {
    use super::super::prepare_string;
    use super::*;
    use crate::model::Language;

    /// What is found of a quote in a text, as written; `-` for nothing.
    #[track_caller]
    fn check_search(asked: &str, text: &str, expected: &str) {
        let asked = prepare_string(asked, Language::English);
        let prepared = prepare_string(text, Language::English);
        let found = search_quote(&asked, &prepared, &DocumentFrequencies::default());
        let written = found
            .and_then(|found| prepared.span_of(found.words.start, found.words.end))
            .map_or("-", |span| span.of(text));
        assert_eq!(written, expected);
    }

    const QUOTE: &str = "We will rebuild the harbour wall, stone by stone, before winter comes.";

    #[test]
    fn other_marks_ellipses_and_brackets_do_not_hide_a_quote() {
        check_search(
            QUOTE,
            "we will rebuild the harbour wall … before winter comes",
            "we will rebuild the harbour wall … before winter comes",
        );
        check_search(
            QUOTE,
            "[They] will rebuild the harbour wall, stone by stone",
            "will rebuild the harbour wall, stone by stone",
        );
        check_search("“we’ll be back”", "We'll be back, he said", "We'll be back");
    }

    #[test]
    fn a_changed_word_does_not_hide_a_quote() {
        check_search(
            QUOTE,
            "We will repair the harbour wall, stone by stone, before winter comes",
            "We will repair the harbour wall, stone by stone, before winter comes",
        );
    }

    #[test]
    fn a_quote_is_found_inside_a_longer_text() {
        check_search(
            "stone by stone before winter",
            "She said they would rebuild it stone by stone before winter, and left.",
            "stone by stone before winter",
        );
    }

    #[test]
    fn other_words_are_not_the_quote() {
        check_search(QUOTE, "The harbour wall was built a hundred years ago.", "-");
        check_search(QUOTE, "We will, he said.", "-");
        check_search(QUOTE, "", "-");
        check_search("", QUOTE, "-");
    }
}

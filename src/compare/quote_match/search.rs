//! A quote that a user asks for, looked up in other text: in quotations, and in running text that
//! may carry it without marks.
//!
//! This is more lenient than [`super::match_quotes`]. There the wording itself must prove that two
//! quotations are one utterance; here the user knows the quote and asks where it stands, so a share
//! of its wording is enough, however common its words.

use std::ops::Range;

use super::align::{Block, align};
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
pub fn search_quote(asked: &QuoteText<'_>, text: &QuoteText<'_>) -> Option<Found> {
    let alignment = align(asked, text);
    let weigh =
        |words: &[QuoteWord]| -> f64 { words.iter().map(|word| word.information.max(0.05)).sum() };
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

#[cfg(test)]
mod tests {
    use super::super::prepare_string;
    use super::*;
    use crate::model::{DocumentFrequencies, Language};

    /// What is found of a quote in a text, as written; `-` for nothing.
    #[track_caller]
    fn check_search(asked: &str, text: &str, expected: &str) {
        let frequencies = DocumentFrequencies::default();
        let asked = prepare_string(asked, Language::English, &frequencies);
        let prepared = prepare_string(text, Language::English, &frequencies);
        let found = search_quote(&asked, &prepared);
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

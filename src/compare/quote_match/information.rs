//! How much it says that two quotes share a word.

use crate::model::DocumentFrequencies;

use super::classes::WordClass;
use super::prepare::QuoteWord;

/// The built-in expectation counts as much as so many documents, so that a small collection, where
/// every count is one or two, still knows that "the" says nothing.
const PRIOR_DOCUMENTS: f64 = 200.0;

/// The information of a word in nats: minus the logarithm of the share of documents that hold it.
///
/// The two documents compared both hold a shared word; they are left out of the count, or a word
/// that is in only those two would look common in a collection of two.
pub(super) fn information(word: &QuoteWord, frequencies: &DocumentFrequencies) -> f64 {
    let others = f64::from(frequencies.documents().saturating_sub(2));
    let holding = f64::from(frequencies.count(word.hash).saturating_sub(2));
    let expected = expected_share(word) * PRIOR_DOCUMENTS;
    -((holding + expected) / (others + PRIOR_DOCUMENTS)).ln()
}

/// The share of news articles expected to hold a word. Short words are the common ones in every
/// language (Zipf's law of abbreviation), and those that hold sentences together are in nearly all;
/// the figures are rough means of English and German news.
fn expected_share(word: &QuoteWord) -> f64 {
    match (word.class, word.characters) {
        (WordClass::Plain | WordClass::Date | WordClass::Quantity, 5) => 0.02,
        (WordClass::Number, _) => 0.02,
        (WordClass::Plain | WordClass::Date | WordClass::Quantity, 6..) => 0.005,
        (WordClass::Plain | WordClass::Date | WordClass::Quantity, 4) => 0.05,
        _ => 0.7,
    }
}

//! Full-text search over sentences and quotes, as a first step: which documents may carry a quote?

use rusqlite::params;
use unicode_normalization::char::is_combining_mark;

use super::documents::{Kept, NewDocument};
use super::open::Index;
use crate::Result;
use crate::model::HashedMap;

/// The words of a quote that are looked up, rarest first.
#[derive(Clone, Debug, Default)]
pub struct SearchTerms {
    /// The words as written, with what each says.
    pub words: Vec<(String, f64)>,
}

/// A sentence that holds less than this share of what the best one holds is no version.
const LEAST_OF_BEST: f64 = 0.4;

impl Index {
    /// Adds the units of a document to the search.
    pub(super) fn add_to_search(
        &self,
        new: &NewDocument,
        first_sentence: u64,
        first_quote: u64,
    ) -> rusqlite::Result<()> {
        let text = &new.document.text;
        let mut insert = self
            .connection
            .prepare_cached("INSERT INTO sentence_search (rowid, text) VALUES (?, ?)")?;
        for (number, sentence) in (first_sentence..).zip(&new.analysis.sentences) {
            insert.execute(params![number, sentence.span.of(text)])?;
        }
        let mut insert = self
            .connection
            .prepare_cached("INSERT INTO quote_search (rowid, text) VALUES (?, ?)")?;
        for (number, quote) in (first_quote..).zip(&new.analysis.quotes) {
            insert.execute(params![number, quote.text(text)])?;
        }
        Ok(())
    }

    /// Takes the units of a document out of the search; call it while their rows still stand.
    pub(super) fn remove_from_search(&self, gone: &Kept) -> rusqlite::Result<()> {
        let units = [
            ("sentence", gone.first_sentence, gone.analysis.sentences.len()),
            ("quote", gone.first_quote, gone.analysis.quotes.len()),
        ];
        for (unit, first, count) in units {
            self.connection
                .prepare_cached(&format!(
                    "INSERT INTO {unit}_search ({unit}_search, rowid, text)
                     SELECT 'delete', number, text FROM {unit}_texts
                     WHERE number >= ? AND number < ?"
                ))?
                .execute(params![first, first as usize + count])?;
        }
        Ok(())
    }

    /// The documents with a sentence that holds words looked for, those whose best sentence holds
    /// most of their weight first, then by number; at most so many, and none whose best sentence
    /// holds less than a part of what the very best one holds.
    pub fn search_documents(&self, terms: &SearchTerms, most: usize) -> Result<Vec<u32>> {
        let mut weights: HashedMap<f64> = HashedMap::default();
        for (word, weight) in &terms.words {
            let Some(query) = query_of(word) else { continue };
            let sentences = self.numbers(
                "SELECT rowid FROM sentence_search WHERE sentence_search MATCH ?",
                [&query],
            )?;
            for sentence in sentences {
                *weights.entry(u64::from(sentence)).or_default() += weight;
            }
        }
        let mut sentences: Vec<(f64, u64)> =
            weights.into_iter().map(|(sentence, weight)| (weight, sentence)).collect();
        sentences.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        let least = sentences.first().map_or(0.0, |best| best.0 * LEAST_OF_BEST);
        let mut found: Vec<u32> = Vec::new();
        for (weight, sentence) in sentences {
            if weight < least || found.len() >= most {
                break;
            }
            if let Some(extent) = self.document_of_sentence(sentence as u32)?
                && !found.contains(&extent.document)
            {
                found.push(extent.document);
            }
        }
        Ok(found)
    }

    /// Compares the search with the units that it was made of.
    pub(super) fn check_search(&self) -> rusqlite::Result<()> {
        for search in ["sentence_search", "quote_search"] {
            self.connection.execute(
                &format!("INSERT INTO {search} ({search}, rank) VALUES ('integrity-check', 1)"),
                [],
            )?;
        }
        Ok(())
    }
}

/// A word as a query of the full-text search, which knows `1-1/2` and `don't` as several words and
/// has no order of words to look for phrases with; `None` when it knows nothing of it.
fn query_of(word: &str) -> Option<String> {
    // Letters that SQLite takes for the end of a word: all signs, and marks but for accents.
    let ends = |letter: char| match letter {
        '\u{300}'..='\u{36f}' => false,
        _ => !letter.is_alphanumeric() || is_combining_mark(letter),
    };
    let parts = word.split(ends);
    let quoted: Vec<String> =
        parts.filter(|part| !part.is_empty()).map(|part| format!("\"{part}\"")).collect();
    (!quoted.is_empty()).then(|| quoted.join(" AND "))
}

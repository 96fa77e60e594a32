//! Full-text search over sentences and quotes, as a first step: which documents may carry a quote?

use rusqlite::params;

use super::documents::NewDocument;
use super::open::Index;
use crate::Result;

/// The words of a quote that are looked up, rarest first.
#[derive(Clone, Debug, Default)]
pub struct SearchTerms {
    /// The words as written.
    pub words: Vec<String>,
}

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
    pub(super) fn remove_from_search(&self, document: u32) -> rusqlite::Result<()> {
        for (search, texts) in
            [("sentence_search", "sentence_texts"), ("quote_search", "quote_texts")]
        {
            self.connection
                .prepare_cached(&format!(
                    "INSERT INTO {search} ({search}, rowid, text)
                     SELECT 'delete', number, text FROM {texts} WHERE document = ?"
                ))?
                .execute([document])?;
        }
        Ok(())
    }

    /// The documents whose sentences or quotes hold one of the words, each with how many different
    /// ones, most first, then by number; at most so many.
    pub fn search_documents(&self, terms: &SearchTerms, most: usize) -> Result<Vec<u32>> {
        use std::collections::BTreeMap;
        let mut held: BTreeMap<u32, u64> = BTreeMap::new();
        for (place, word) in terms.words.iter().enumerate().take(64) {
            let phrase = format!("\"{}\"", word.replace('"', " "));
            let documents = self.numbers(
                "SELECT DISTINCT s.document FROM sentence_search f JOIN sentences s
                 ON s.number = f.rowid WHERE sentence_search MATCH ?",
                [&phrase],
            )?;
            for document in documents {
                *held.entry(document).or_default() |= 1 << place;
            }
        }
        let mut found: Vec<(u32, u32)> =
            held.into_iter().map(|(document, words)| (words.count_ones(), document)).collect();
        found.sort_unstable_by_key(|&(words, document)| (std::cmp::Reverse(words), document));
        found.truncate(most);
        Ok(found.into_iter().map(|(_, document)| document).collect())
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

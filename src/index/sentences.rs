//! Sentences as rows: those of a document, those of a wording, and a few of them with their text.

use rusqlite::{OptionalExtension, Row};

use super::documents::Extent;
use super::names::Named;
use super::open::Index;
use super::quotes::spans_of_json;
use crate::Result;
use crate::model::{Language, ScalarIndex, Sentence, SentenceKind, Span};

/// The sentences of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SentenceRange {
    /// The document.
    pub document: u32,
    /// The number of its first sentence.
    pub first: u32,
    /// How many it has.
    pub count: u32,
}

/// A document's text with some of its sentences.
#[derive(Clone, Debug)]
pub struct Excerpt {
    /// The whole text.
    pub text: String,
    /// Its language.
    pub language: Language,
    /// The sentences that were asked for.
    pub sentences: Vec<Span>,
    /// What of the text is boilerplate.
    pub masked: Vec<Span>,
}

impl Index {
    /// The sentences with the words of a unit, but for the one that gave the unit its number.
    pub fn repeats_of_unit(&self, unit: u32) -> Result<Vec<u32>> {
        self.numbers("SELECT number FROM sentences WHERE unit = ? AND unit > 0", [unit])
    }

    /// The document that a sentence stands in; `None` when it is gone.
    pub fn document_of_sentence(&self, sentence: u32) -> Result<Option<SentenceRange>> {
        let range: Option<SentenceRange> = self
            .connection
            .prepare_cached(
                "SELECT number, first_sentence, sentences FROM documents
                 WHERE sentences > 0 AND first_sentence <= ?
                 ORDER BY first_sentence DESC LIMIT 1",
            )
            .and_then(|mut statement| {
                let range = |row: &Row<'_>| {
                    let (document, first, count) = (row.get(0)?, row.get(1)?, row.get(2)?);
                    Ok(SentenceRange { document, first, count })
                };
                statement.query_row([sentence], range).optional()
            })
            .map_err(|error| self.failed(error))?;
        Ok(range.filter(|range| sentence - range.first < range.count))
    }

    /// The text of a document with the places of some of its sentences, given by their numbers,
    /// which are sorted.
    pub fn excerpt(&self, document: u32, sentences: &[u32]) -> Result<Option<Excerpt>> {
        let read = || {
            let row: Option<(String, String, Option<String>)> = self
                .connection
                .prepare_cached(
                    "SELECT t.text, d.language, d.masked FROM texts t
                     JOIN documents d ON d.number = t.document WHERE t.document = ?",
                )?
                .query_row([document], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
                .optional()?;
            let (Some(row), Some(first), Some(last)) = (row, sentences.first(), sentences.last())
            else {
                return Ok(None);
            };
            let mut places = Vec::with_capacity(sentences.len());
            let mut statement = self.connection.prepare_cached(
                "SELECT number, start, end FROM sentences WHERE number >= ? AND number <= ?",
            )?;
            let mut rows = statement.query([first, last])?;
            while let Some(row) = rows.next()? {
                if sentences.get(places.len()) == Some(&row.get(0)?) {
                    places.push((row.get(1)?, row.get(2)?));
                }
            }
            Ok(Some((row, places)))
        };
        let Some(((text, language, masked), places)) =
            read().map_err(|error| self.failed(error))?
        else {
            return Ok(None);
        };
        let scalars = ScalarIndex::new(&text);
        let spans: Vec<Span> =
            places.iter().filter_map(|&(start, end)| scalars.span_of(start, end)).collect();
        let masked = masked.map_or(Some(Vec::new()), |json| spans_of_json(&scalars, &json));
        let Some(masked) = masked.filter(|_| spans.len() == sentences.len()) else {
            return Err(self.damaged(&format!("document {document}: a sentence is missing")));
        };
        let language = Language::from_code(&language).unwrap_or_default();
        Ok(Some(Excerpt { text, language, sentences: spans, masked }))
    }

    /// The sentences of a document, `None` for one that lies outside its text, and their units.
    pub(super) fn read_sentences(
        &self,
        extent: &Extent,
        scalars: &ScalarIndex<'_>,
    ) -> Result<Vec<(Option<Sentence>, Option<u32>)>> {
        let read = || -> rusqlite::Result<Vec<(Option<Sentence>, Option<u32>)>> {
            self.connection
                .prepare_cached(
                    "SELECT start, end, kind, paragraph, unit, number FROM sentences
                     WHERE number >= ? AND number < ? ORDER BY number",
                )?
                .query_map(
                    [extent.first_sentence, extent.first_sentence + extent.sentences],
                    |row| {
                        let span = scalars.span_of(row.get(0)?, row.get(1)?);
                        let kind = SentenceKind::of_number(row.get(2)?);
                        let paragraph = row.get(3)?;
                        let sentence =
                            span.zip(kind).map(|(span, kind)| Sentence { span, kind, paragraph });
                        let (unit, number): (Option<u32>, u32) = (row.get(4)?, row.get(5)?);
                        Ok((sentence, unit.map(|unit| if unit == 0 { number } else { unit })))
                    },
                )?
                .collect()
        };
        read().map_err(|error| self.failed(error))
    }
}

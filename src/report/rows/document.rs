//! `documents.jsonl`.

use serde::{Deserialize, Serialize};

/// One document that was read.
///
/// The line it stood on in its input is left out on purpose: it belongs to the order of the input,
/// not to the document, and the same documents in another order must give the same bytes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DocumentRow {
    /// Unique within a run.
    pub id: String,
    /// The file it was read from, as the user named it.
    pub path: String,
    /// The outlet; empty when unknown.
    pub source: String,
    /// Where it was published.
    pub url: Option<String>,
    /// The headline.
    pub title: Option<String>,
    /// When it was published, in its normal form at its precision.
    pub published_at: Option<String>,
    /// `year`, `month`, `day`, `minute` or `second`.
    pub date_precision: Option<String>,
    /// ISO 639-1, `und` when it could not be told.
    pub language: String,
    /// Length of the text in Unicode scalar values.
    pub chars: u64,
    /// Number of units (sentences, headings, list items and so on).
    pub sentences: u64,
    /// Number of rows in `quotes.jsonl`.
    pub quotes: u64,
    /// xxh3-64 of the text in 16 hexadecimal digits.
    pub digest: String,
}

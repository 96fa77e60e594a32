//! An article as it was read.

use super::{Date, Language};

/// A document's position among the run's documents, which are sorted by id; so the number depends
/// on the set of documents only, not on the order in which they were read.
pub type DocumentIndex = u32;

/// One article.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Document {
    /// Unique within a run: the row's own id, else the path below its input, else a digest.
    pub id: String,
    /// The file it was read from, as the user named it (`-` for standard input).
    pub path: String,
    /// The line of the file (from 1) where a file holds many documents.
    pub record: Option<u64>,
    /// The outlet; empty when unknown.
    pub source: String,
    /// Where it was published.
    pub url: Option<String>,
    /// The headline.
    pub title: Option<String>,
    /// When it was published, as far as the metadata says; `None` is unknown.
    pub published_at: Option<Date>,
    /// The language its metadata states; the detected one is in [`super::Analysis`].
    pub declared_language: Option<Language>,
    /// The text exactly as decoded; every span points into it.
    pub text: String,
    /// xxh3-64 of the text, for telling identical texts apart from different ones.
    pub digest: u64,
}

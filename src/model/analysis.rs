//! What the per-document phases found in one document.

use super::{Language, Quote, Sentence};

/// The units of one document.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Analysis {
    /// The declared language if there is one, else the detected one.
    pub language: Language,
    /// All units of the text in order.
    pub sentences: Vec<Sentence>,
    /// All quotes in order of their first part.
    pub quotes: Vec<Quote>,
}

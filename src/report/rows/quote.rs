//! `quotes.jsonl`.

use serde::{Deserialize, Serialize};

/// A span of a document with its text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SpanRow {
    /// First scalar value.
    pub start: u64,
    /// One past the last scalar value.
    pub end: u64,
    /// The words there.
    pub text: String,
}

/// Who said a quote.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SpeakerRow {
    /// The resolved name.
    pub name: String,
    /// The words that name the speaker beside the quote.
    pub mention: Option<SpanRow>,
    /// How the name was found.
    pub method: String,
    /// The probability that the name is right.
    pub confidence: f64,
}

/// The words of saying.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CueRow {
    /// First scalar value.
    pub start: u64,
    /// One past the last scalar value.
    pub end: u64,
    /// The words there.
    pub text: String,
    /// "did not say", "might say": the speech is not asserted.
    #[serde(default)]
    pub negated_or_modal: bool,
}

/// One quotation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct QuoteRow {
    /// `<document id>:q<number>`, see [`crate::report::ids`].
    pub id: String,
    /// The document it stands in.
    pub doc: String,
    /// `direct`, `mixed`, `block`, `indirect`, `scare` or `title`.
    pub kind: String,
    /// The quoted words without their marks; an interrupted quote has several parts.
    pub parts: Vec<SpanRow>,
    /// The parts joined by a space.
    pub text: String,
    /// Who said it, where that can be told.
    pub speaker: Option<SpeakerRow>,
    /// The words of saying, where there are any.
    pub cue: Option<CueRow>,
    /// The cluster of its versions, where it is shared.
    pub cluster: Option<String>,
    /// The opening mark has no closing one.
    #[serde(default)]
    pub unclosed: bool,
}

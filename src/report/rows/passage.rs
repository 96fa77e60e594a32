//! `passages.jsonl`.

use serde::{Deserialize, Serialize};

/// One side of a passage.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SideRow {
    /// The document.
    pub doc: String,
    /// First scalar value.
    pub start: u64,
    /// One past the last scalar value.
    pub end: u64,
    /// The words there.
    pub text: String,
}

/// The figures behind a label, each from 0 to 1.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ScoresRow {
    /// Jaccard similarity of the word 3-shingles of both sides.
    pub jaccard: f64,
    /// Share of `a`'s 3-shingles that `b` has.
    pub containment_a: f64,
    /// Share of `b`'s 3-shingles that `a` has.
    pub containment_b: f64,
    /// Share of the shorter side's words kept in order.
    pub kept_in_order: f64,
    /// Two-way idf-weighted word alignment.
    pub alignment: f64,
    /// Probability that one side was made from the other, or both from one text.
    pub probability: f64,
}

/// The words of one side of an edit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EditSpanRow {
    /// First scalar value, counted in the document.
    pub start: u64,
    /// One past the last scalar value, counted in the document.
    pub end: u64,
    /// The words; left out where they were kept, because the passage's own text has them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
}

/// A run of words and what happened to it between `a` and `b`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EditRow {
    /// `kept`, `dropped`, `added`, `replaced` or `moved`.
    pub kind: String,
    /// The words in `a`; `null` when added.
    pub a: Option<EditSpanRow>,
    /// The words in `b`; `null` when dropped.
    pub b: Option<EditSpanRow>,
}

/// A change of substance between two versions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DriftRow {
    /// `number`, `negation`, `hedge`, `condition`, `name`, `date`, `speaker`, `speech` or `joined`.
    pub kind: String,
    /// The words on the first side (of a cluster's member: in the fullest form).
    pub a: String,
    /// The words on the second side (of a cluster's member: in that member).
    pub b: String,
}

/// Aligned spans of two documents.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PassageRow {
    /// See [`crate::report::ids`].
    pub id: String,
    /// `verbatim`, `light_edit`, `paraphrase` or `same_fact`.
    pub label: String,
    /// In the document with the lower id.
    pub a: SideRow,
    /// In the other document.
    pub b: SideRow,
    /// The figures behind the label.
    pub scores: ScoresRow,
    /// The reasons in words.
    pub why: Vec<String>,
    /// What happened to the words, in order of `a`.
    pub edits: Vec<EditRow>,
    /// What changed in substance.
    pub drift: Vec<DriftRow>,
    /// The quotes of either document that share words with this passage.
    pub quotes: Vec<String>,
    /// The passage cluster both sides belong to.
    pub cluster: Option<String>,
}

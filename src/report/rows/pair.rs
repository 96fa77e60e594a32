//! `pairs.jsonl`.

use serde::{Deserialize, Serialize};

/// Two related documents.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PairRow {
    /// The document with the lower id.
    pub a: String,
    /// The other document.
    pub b: String,
    /// `duplicate`, `near_duplicate`, `contains`, `derived` or `related`.
    pub relation: String,
    /// Jaccard similarity of the documents' word shingles.
    pub resemblance: f64,
    /// Share of `a`'s shingles that `b` has.
    pub containment_a: f64,
    /// Share of `b`'s shingles that `a` has.
    pub containment_b: f64,
    /// Unicode scalar values of `a` that lie in some passage of this pair.
    pub shared_chars_a: u64,
    /// The same for `b`.
    pub shared_chars_b: u64,
    /// The number of passages.
    pub passages: u64,
}

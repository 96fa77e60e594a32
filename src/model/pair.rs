//! Two documents that share something.

use super::{DocumentIndex, Passage};

/// How two documents relate (Broder 1997: resemblance and containment).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Relation {
    /// The same words throughout.
    Duplicate,
    /// Nearly the same words throughout.
    NearDuplicate,
    /// One holds nearly all of the other.
    Contains,
    /// A good part of one was made from the other.
    Derived,
    /// They share passages, no more.
    Related,
}

impl Relation {
    /// The name in the output.
    pub fn name(self) -> &'static str {
        match self {
            Relation::Duplicate => "duplicate",
            Relation::NearDuplicate => "near_duplicate",
            Relation::Contains => "contains",
            Relation::Derived => "derived",
            Relation::Related => "related",
        }
    }
}

/// A related pair of documents, `a < b`.
#[derive(Clone, Debug, PartialEq)]
pub struct DocumentPair {
    /// The document with the lower index.
    pub a: DocumentIndex,
    /// The document with the higher index.
    pub b: DocumentIndex,
    /// How they relate.
    pub relation: Relation,
    /// Jaccard similarity of the documents' word shingles.
    pub resemblance: f64,
    /// Share of `a`'s shingles that `b` has.
    pub containment_a: f64,
    /// Share of `b`'s shingles that `a` has.
    pub containment_b: f64,
    /// Aligned passages, sorted by their place in `a`, then in `b`.
    pub passages: Vec<Passage>,
}

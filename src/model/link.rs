//! Two quotes that are versions of one utterance, and how one differs from the other.

use super::{DocumentIndex, Drift, Variant};

/// A quote of the collection.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct QuoteId {
    /// The document it stands in.
    pub document: DocumentIndex,
    /// Its number in that document's [`super::Analysis::quotes`].
    pub quote: u32,
}

/// What the comparison of two quotes found.
#[derive(Clone, Debug, PartialEq)]
pub struct QuoteMatch {
    /// Share of the shorter quote's information that stands in the longer one in the same order,
    /// 0 to 1.
    pub score: f64,
    /// The information of the shared words in nats: how unlikely it is that two unconnected quotes
    /// share them.
    pub information: f64,
    /// How the first quote differs from the second, or the second from the first where the first
    /// is the fuller one.
    pub variant: Variant,
    /// What changed in substance; `a` holds the first quote's words.
    pub drift: Vec<Drift>,
}

/// A verified link: both quotes are versions of one utterance.
#[derive(Clone, Debug, PartialEq)]
pub struct QuoteLink {
    /// One quote.
    pub a: QuoteId,
    /// The other quote.
    pub b: QuoteId,
    /// The share of the shorter quote that the longer one holds ([`QuoteMatch::score`]).
    pub score: f64,
}

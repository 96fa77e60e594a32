//! The names of quotes, passages and clusters in the output.
//!
//! Every id follows from the data alone, never from a running number over the whole output: the
//! same finding keeps its id when the run is repeated with more documents, so that notes, links and
//! later nights can refer to it.
//!
//! * A quote is `<document id>:q<n>`, the n-th quote of its document, counted from 1. Quotes are
//!   found in one document at a time, so no other document can shift the number.
//! * A passage is `p` and 16 hexadecimal digits: xxh3-64 of both document ids and both spans.
//! * A cluster is `c` and 16 digits: xxh3-64 of its kind and its first member (the oldest one, ties
//!   by document and place). A growing collection gets newer members, so the first one, and with
//!   it the id, stays; an older document that arrives late gives the cluster a new id, as it does
//!   a new origin.

use xxhash_rust::xxh3::xxh3_64;

use crate::model::{ClusterKind, Span};

/// The id of a document's quote by its place (from 0) in [`crate::model::Analysis::quotes`].
pub fn quote_id(document: &str, place: usize) -> String {
    format!("{document}:q{}", place + 1)
}

/// The number behind a passage's id. Spans are in bytes, as everywhere inside the library.
pub fn passage_number(document_a: &str, a: Span, document_b: &str, b: Span) -> u64 {
    let mut bytes = Vec::with_capacity(document_a.len() + document_b.len() + 32);
    push_place(&mut bytes, document_a, a);
    push_place(&mut bytes, document_b, b);
    xxh3_64(&bytes)
}

/// The id of a passage with this [`passage_number`].
pub fn passage_id(number: u64) -> String {
    format!("p{number:016x}")
}

/// The id of a cluster by its kind and its first member's place.
pub fn cluster_id(kind: ClusterKind, document: &str, span: Span) -> String {
    let mut bytes = kind.name().as_bytes().to_vec();
    push_place(&mut bytes, document, span);
    format!("c{:016x}", xxh3_64(&bytes))
}

/// The length goes first, so that no two lists of places give the same bytes.
fn push_place(bytes: &mut Vec<u8>, document: &str, span: Span) {
    bytes.extend((document.len() as u64).to_le_bytes());
    bytes.extend(document.as_bytes());
    bytes.extend(span.start.to_le_bytes());
    bytes.extend(span.end.to_le_bytes());
}

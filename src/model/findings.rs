//! All that a run found.

use super::{Analysis, Cluster, Document, DocumentPair, Problem};

/// How many things went into a stage or filter and how many came out, so that an empty result can
/// say why it is empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StageCount {
    /// The stage (`read`, `text`, `quote`, `fingerprint`, `join`, `compare`, `provenance`).
    pub stage: &'static str,
    /// What is counted, in words (`candidate pairs of sentences`).
    pub what: &'static str,
    /// How many went in.
    pub entered: u64,
    /// How many came out.
    pub left: u64,
}

/// A statement that one outlet prints again and again under articles that have nothing else in
/// common; it takes no part in passages.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Boilerplate {
    /// The outlet.
    pub source: String,
    /// The statement.
    pub text: String,
    /// How many of the outlet's documents carry it.
    pub documents: u32,
}

/// The result of a scan, ready to be reported. Everything is sorted; equal inputs give equal
/// findings whatever the order of reading or the number of threads.
#[derive(Clone, Debug, Default)]
pub struct Findings {
    /// All documents, sorted by id.
    pub documents: Vec<Document>,
    /// What was found in each, in the same order.
    pub analyses: Vec<Analysis>,
    /// Related pairs, sorted by `(a, b)`.
    pub pairs: Vec<DocumentPair>,
    /// Quote clusters first, then passage clusters; each kind by size, then by text.
    pub clusters: Vec<Cluster>,
    /// What was recognised as boilerplate, each piece once, sorted.
    pub boilerplate: Vec<Boilerplate>,
    /// Bad input, sorted.
    pub problems: Vec<Problem>,
    /// Counts of every stage and filter, in pipeline order.
    pub counts: Vec<StageCount>,
}

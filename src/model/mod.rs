//! The nouns of cento. No logic lives here but invariants.
//!
//! All [`Span`]s inside the library are byte offsets into a document's text, which is kept exactly
//! as read; [`crate::report`] converts them to Unicode scalar offsets at the very end
//! ([`ScalarIndex`]).

mod analysis;
mod cluster;
mod date;
mod document;
mod findings;
mod frequencies;
mod language;
mod link;
mod pair;
mod passage;
mod problem;
mod quote;
mod sentence;
mod span;

pub use analysis::Analysis;
pub use cluster::{
    Cluster, ClusterKind, Edge, Member, MemberItem, Origin, SpeakerConsensus, SpeakerVotes,
    Variant, Verdict,
};
pub use date::{Date, DatePrecision};
pub use document::{Document, DocumentIndex};
pub use findings::{Boilerplate, Findings, StageCount};
pub use frequencies::{DocumentFrequencies, HashedMap};
pub use language::Language;
pub use link::{QuoteId, QuoteLink, QuoteMatch};
pub use pair::{DocumentPair, Relation};
pub use passage::{Drift, DriftKind, Edit, EditKind, Label, Passage, PassageScores};
pub use problem::{Problem, ProblemKind};
pub use quote::{Cue, Quote, QuoteKind, Speaker, SpeakerMethod};
pub use sentence::{Sentence, SentenceKind};
pub use span::{ScalarIndex, Span};

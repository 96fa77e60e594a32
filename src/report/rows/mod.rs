//! The rows of the output contract, one file a table.
//!
//! Everything a reader of the output sees is one of these rows: the JSONL files hold them as they
//! are, and the page, the graph and the exported tables are made from them, so that a finished
//! folder can be turned into any of those forms again without its inputs. Fields are only ever
//! added, never renamed or removed.
//!
//! Every `start` and `end` counts Unicode scalar values of the document's text exactly as read,
//! half-open: what Python slices by. Figures are rounded to four decimals ([`rounded`]), so that
//! the last bits of a floating-point sum cannot change the bytes of a file.

mod boilerplate;
mod cluster;
mod document;
mod pair;
mod passage;
mod problem;
mod quote;
mod summary;

pub use boilerplate::BoilerplateRow;
pub use cluster::{ClusterRow, ClusterSpeakerRow, ConflictRow, EdgeRow, MemberRow, OriginRow};
pub use document::DocumentRow;
pub use pair::PairRow;
pub use passage::{DriftRow, EditRow, EditSpanRow, PassageRow, ScoresRow, SideRow};
pub use problem::ProblemRow;
pub use quote::{CueRow, QuoteRow, SpanRow, SpeakerRow};
pub use summary::{CountRow, MADE_BY, ProblemCounts, SCHEMA, SummaryRow, Totals};

/// A figure with four decimals; what is no number becomes 0.
pub fn rounded(value: f64) -> f64 {
    // Adding zero turns a negative zero into a plain one.
    if value.is_finite() { (value * 10_000.0).round() / 10_000.0 + 0.0 } else { 0.0 }
}

//! `summary.json`.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// What `made_by` says in a folder that cento made; nothing else is ever replaced.
pub const MADE_BY: &str = "cento";

/// The version of the output contract; it grows when a field is added.
pub const SCHEMA: u32 = 1;

/// How many things went into a stage or filter and how many came out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CountRow {
    /// The stage.
    pub stage: String,
    /// What is counted, in words.
    pub what: String,
    /// How many went in.
    pub entered: u64,
    /// How many came out.
    pub left: u64,
}

/// Rows and characters of the whole output.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Totals {
    /// Rows of `documents.jsonl`.
    pub documents: u64,
    /// Distinct outlets, the unknown one not counted.
    pub sources: u64,
    /// Documents without an outlet.
    pub documents_without_source: u64,
    /// Documents without a date.
    pub documents_without_date: u64,
    /// Unicode scalar values of all texts.
    pub chars: u64,
    /// Units of all texts.
    pub sentences: u64,
    /// Rows of `quotes.jsonl`.
    pub quotes: u64,
    /// Quotes that are somebody's speech.
    pub speech_quotes: u64,
    /// Speech with a speaker.
    pub attributed_quotes: u64,
    /// Rows of `pairs.jsonl`.
    pub pairs: u64,
    /// Rows of `passages.jsonl`.
    pub passages: u64,
    /// Clusters of quotes.
    pub quote_clusters: u64,
    /// Clusters of passages.
    pub passage_clusters: u64,
    /// Rows of `boilerplate.jsonl`.
    #[serde(default)]
    pub boilerplate: u64,
}

/// How many problems there were; `problems.jsonl` lists them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProblemCounts {
    /// Records that were lost.
    pub skipped: u64,
    /// Records that were kept with something left out or assumed.
    pub warnings: u64,
}

/// The account of a run. It holds nothing that changes from one run to the next on the same input:
/// see [`crate::report`] for where the times went.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SummaryRow {
    /// Always `cento`: the mark by which cento knows its own folders.
    pub made_by: String,
    /// The version of cento.
    pub version: String,
    /// The version of the output contract.
    pub schema: u32,
    /// Why there is nothing to see, where there is nothing.
    pub why_empty: Option<String>,
    /// Rows and characters of the whole output.
    pub totals: Totals,
    /// Documents by language.
    pub languages: BTreeMap<String, u64>,
    /// The earliest date of any document.
    pub first_date: Option<String>,
    /// The latest date of any document.
    pub last_date: Option<String>,
    /// Passages by label.
    pub labels: BTreeMap<String, u64>,
    /// Document pairs by relation.
    pub relations: BTreeMap<String, u64>,
    /// Clusters by the verdict on their origin.
    pub verdicts: BTreeMap<String, u64>,
    /// Counts in and out of every stage and filter, in pipeline order.
    pub counts: Vec<CountRow>,
    /// How many problems there were.
    pub problems: ProblemCounts,
    /// Remarks on the run as a whole.
    pub warnings: Vec<String>,
    /// The settings in effect.
    pub parameters: Value,
}

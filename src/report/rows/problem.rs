//! `problems.jsonl`.

use serde::{Deserialize, Serialize};

/// One thing that was wrong with the input.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProblemRow {
    /// The file, as the user named it.
    pub path: String,
    /// The line of the file (from 1), where lines are records.
    pub record: Option<u64>,
    /// `skipped` when the record was lost, `warning` when it was kept.
    pub kind: String,
    /// What is wrong.
    pub message: String,
    /// What to do about it; may be empty.
    pub hint: String,
}

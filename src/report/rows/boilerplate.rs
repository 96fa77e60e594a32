//! `boilerplate.jsonl`.

use serde::{Deserialize, Serialize};

/// A statement that one outlet prints again and again; it takes no part in passages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BoilerplateRow {
    /// The outlet.
    pub source: String,
    /// The statement.
    pub text: String,
    /// How many of the outlet's documents carry it.
    pub documents: u64,
}

//! Bad records: counted, listed and skipped; never fatal.

use std::fmt;

/// Whether the record was lost.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ProblemKind {
    /// The record was skipped (the run ends with exit code 4).
    Skipped,
    /// The record was kept, with something left out or assumed.
    Warning,
}

/// One thing that was wrong with the input.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem {
    /// The file, as the user named it.
    pub path: String,
    /// The line of the file (from 1), where lines are records.
    pub record: Option<u64>,
    /// Whether the record was lost.
    pub kind: ProblemKind,
    /// What is wrong.
    pub message: String,
    /// What to do about it; may be empty.
    pub hint: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.path)?;
        if let Some(record) = self.record {
            write!(formatter, ":{record}")?;
        }
        write!(formatter, ": {}", self.message)?;
        if !self.hint.is_empty() {
            write!(formatter, " (hint: {})", self.hint)?;
        }
        Ok(())
    }
}

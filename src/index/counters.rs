//! Numbers that are given once and never again, so that a posting of a document that was forgotten
//! can never point at another one.

use super::open::Index;
use crate::Result;

impl Index {
    /// Takes so many numbers of a kind; gives back the first of them. Numbers begin with 1.
    pub(super) fn take_numbers(&self, kind: &str, count: u64) -> Result<u64> {
        let next = self.next_number(kind)?;
        self.connection
            .prepare_cached("INSERT OR REPLACE INTO counters VALUES (?, ?)")
            .and_then(|mut statement| statement.execute((kind, next + count)))
            .map_err(|error| self.failed(error))?;
        Ok(next)
    }

    /// The number of a kind that is given next.
    pub(super) fn next_number(&self, kind: &str) -> Result<u64> {
        use rusqlite::OptionalExtension;
        self.connection
            .prepare_cached("SELECT value FROM counters WHERE name = ?")
            .and_then(|mut statement| statement.query_row([kind], |row| row.get(0)).optional())
            .map(|value| value.unwrap_or(1))
            .map_err(|error| self.failed(error))
    }
}

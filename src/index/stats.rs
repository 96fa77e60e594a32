//! How much is kept, and where the bytes go.

use super::open::Index;
use super::postings::Space;
use crate::Result;

/// Figures of an index.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stats {
    /// Rows of the tables that hold findings and documents: name and number.
    pub rows: Vec<(&'static str, u64)>,
    /// Of each key space the name, the runs and the postings.
    pub postings: Vec<(&'static str, u64, u64)>,
    /// Bytes of the texts, in UTF-8.
    pub text_bytes: u64,
    /// Bytes of the file.
    pub file_bytes: u64,
    /// Bytes of each table and index, the largest first.
    pub tables: Vec<(String, u64)>,
}

impl Stats {
    /// Bytes on disk beyond the texts themselves, for each sentence.
    pub fn bytes_a_sentence(&self) -> f64 {
        let sentences = self.rows.iter().find(|row| row.0 == "sentences").map_or(0, |row| row.1);
        self.file_bytes.saturating_sub(self.text_bytes) as f64 / sentences.max(1) as f64
    }
}

/// The tables that are counted.
const COUNTED: [&str; 12] = [
    "nights",
    "documents",
    "sentences",
    "quotes",
    "pairs",
    "passages",
    "quote_links",
    "clusters",
    "cluster_members",
    "old_versions",
    "forgotten",
    "boilerplate",
];

impl Index {
    /// Counts and measures everything.
    pub fn stats(&self) -> Result<Stats> {
        let mut stats = Stats::default();
        let count = |sql: &str| -> Result<u64> {
            self.connection.query_row(sql, [], |row| row.get(0)).map_err(|error| self.failed(error))
        };
        for table in COUNTED {
            stats.rows.push((table, count(&format!("SELECT count(*) FROM {table}"))?));
        }
        for space in Space::ALL {
            let (runs, postings) = self.count_postings(space)?;
            stats.postings.push((space.name(), runs, postings));
        }
        stats.text_bytes = count("SELECT coalesce(sum(octet_length(text)), 0) FROM texts")?;
        stats.file_bytes =
            count("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size")?;
        let read = || -> rusqlite::Result<Vec<(String, u64)>> {
            self.connection
                .prepare("SELECT name, sum(pgsize) FROM dbstat GROUP BY name ORDER BY 2 DESC, 1")?
                .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
                .collect()
        };
        stats.tables = read().map_err(|error| self.failed(error))?;
        Ok(stats)
    }
}

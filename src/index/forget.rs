//! Taking documents out: because they have expired, or because a corrected text takes their place.

use std::collections::BTreeSet;

use rusqlite::params;

use super::documents::Kept;
use super::open::Index;
use super::postings::Space;
use super::shelf::Shelf;
use crate::Result;
use crate::model::{MemberItem, ScalarIndex};

impl Index {
    /// Keeps the names and dates of documents on a shelf, and what they are tied to, before they
    /// are removed.
    pub fn remember(&self, night: u32, gone: &Kept) -> Result<()> {
        let document = &gone.document;
        let write = || -> rusqlite::Result<()> {
            self.connection
                .prepare_cached("INSERT OR REPLACE INTO forgotten VALUES (?, ?, ?, ?, ?, ?, ?)")?
                .execute(params![
                    document.id,
                    document.source,
                    document.title,
                    document.url,
                    document.published_at.as_ref().map(|date| &date.text),
                    format!("{:016x}", document.digest),
                    night,
                ])?;
            for (kind, rows) in [("passage", PASSAGES_TIED), ("quote", QUOTES_TIED)] {
                self.connection.prepare_cached(rows)?.execute(params![
                    kind,
                    gone.number,
                    document.id,
                    gone.first_quote,
                    gone.first_quote as usize + gone.analysis.quotes.len()
                ])?;
            }
            Ok(())
        };
        write().map_err(|error| self.failed(error))
    }

    /// Keeps the text of a document that a corrected one replaces.
    pub fn keep_version(&self, night: u32, old: &Kept) -> Result<()> {
        let document = &old.document;
        self.connection
            .prepare_cached("INSERT OR REPLACE INTO old_versions VALUES (?, ?, ?, ?, ?, ?, ?)")
            .and_then(|mut statement| {
                statement.execute(params![
                    document.id,
                    format!("{:016x}", document.digest),
                    old.night,
                    night,
                    document.published_at.as_ref().map(|date| &date.text),
                    document.title,
                    document.text,
                ])
            })
            .map(|_| ())
            .map_err(|error| self.failed(error))
    }

    /// Removes a document with its units, pairs and links. Its postings stay until they are
    /// compacted; they point at nothing, since numbers are never given twice. Its clusters are left
    /// to the caller, who decides them anew.
    pub fn remove_document(&self, gone: &Kept) -> Result<()> {
        let remove = || -> rusqlite::Result<()> {
            self.remove_from_search(gone)?;
            let number = gone.number;
            for table in ["sentences", "quotes"] {
                let (first, count) = if table == "sentences" {
                    (gone.first_sentence, gone.analysis.sentences.len())
                } else {
                    (gone.first_quote, gone.analysis.quotes.len())
                };
                self.connection
                    .prepare_cached(&format!(
                        "DELETE FROM {table} WHERE number >= ? AND number < ?"
                    ))?
                    .execute(params![first, first as usize + count])?;
            }
            let last_quote = gone.first_quote as usize + gone.analysis.quotes.len();
            for column in ["a", "b"] {
                self.connection
                    .prepare_cached(&format!(
                        "DELETE FROM quote_links WHERE {column} >= ? AND {column} < ?"
                    ))?
                    .execute(params![gone.first_quote, last_quote])?;
            }
            for other in self
                .numbers(
                    "SELECT b FROM pairs WHERE a = ?1 UNION SELECT a FROM pairs WHERE b = ?1",
                    [number],
                )
                .unwrap_or_default()
            {
                for (a, b) in [(number, other), (other, number)] {
                    for table in ["pairs", "passages"] {
                        self.connection
                            .prepare_cached(&format!("DELETE FROM {table} WHERE a = ? AND b = ?"))?
                            .execute([a, b])?;
                    }
                }
            }
            for statement in [
                "DELETE FROM forgotten_links WHERE document = ?",
                "DELETE FROM texts WHERE document = ?",
                "DELETE FROM documents WHERE number = ?",
            ] {
                self.connection.prepare_cached(statement)?.execute([number])?;
            }
            Ok(())
        };
        remove().map_err(|error| self.failed(error))
    }

    /// Removes all documents and all that was found in them, before everything is decided anew. What
    /// was forgotten or replaced, and the nights, stay.
    pub fn clear_findings(&self) -> Result<()> {
        for space in Space::ALL {
            self.clear_postings(space)?;
        }
        self.connection
            .execute_batch(
                "INSERT INTO sentence_search (sentence_search) VALUES ('delete-all');
                 INSERT INTO quote_search (quote_search) VALUES ('delete-all');
                 DELETE FROM documents; DELETE FROM texts; DELETE FROM sentences; DELETE FROM quotes;
                 DELETE FROM pairs; DELETE FROM passages; DELETE FROM quote_links;
                 DELETE FROM clusters; DELETE FROM cluster_members; DELETE FROM cluster_edges;",
            )
            .map_err(|error| self.failed(error))
    }

    /// How many documents are kept.
    pub fn count_documents(&self) -> Result<u64> {
        self.connection
            .query_row("SELECT count(*) FROM documents", [], |row| row.get(0))
            .map_err(|error| self.failed(error))
    }

    /// How many documents were forgotten in a night.
    pub fn forgotten_in(&self, night: u32) -> Result<u64> {
        self.connection
            .query_row("SELECT count(*) FROM forgotten WHERE night = ?", [night], |row| row.get(0))
            .map_err(|error| self.failed(error))
    }

    /// Drops the postings of units that are gone, and merges the rest.
    pub fn compact(&self) -> Result<()> {
        let units: BTreeSet<u32> = self
            .numbers(
                "SELECT DISTINCT iif(unit = 0, number, unit) FROM sentences WHERE unit IS NOT NULL",
                [],
            )?
            .into_iter()
            .collect();
        let quotes: BTreeSet<u32> =
            self.numbers("SELECT number FROM quotes WHERE compared", [])?.into_iter().collect();
        for space in Space::ALL {
            let kept = if space.is_of_quotes() { &quotes } else { &units };
            self.compact_postings(space, |unit| kept.contains(&unit))?;
        }
        Ok(())
    }

    /// Whether a document with this id and text has been forgotten.
    pub fn is_forgotten(&self, id: &str, digest: u64) -> Result<bool> {
        self.connection
            .prepare_cached("SELECT count(*) FROM forgotten WHERE id = ? AND digest = ?")
            .and_then(|mut statement| {
                statement.query_row((id, format!("{digest:016x}")), |row| row.get(0))
            })
            .map_err(|error| self.failed(error))
    }

    /// The documents whose last possible date lies before a moment.
    pub fn documents_before(&self, moment: i64) -> Result<Vec<u32>> {
        self.numbers(
            // The first bound follows from the second, and has an index.
            "SELECT number FROM documents WHERE date_earliest <= ?1 AND date_latest <= ?1
             ORDER BY number",
            [moment],
        )
    }

    /// The forgotten documents that versions on a shelf were tied to: name, outlet and date, oldest
    /// first.
    pub fn forgotten_ties(
        &self,
        shelf: &Shelf,
        members: &[crate::model::Member],
    ) -> Result<Vec<(String, String, Option<String>)>> {
        let mut found = BTreeSet::new();
        for member in members {
            let place = member.document as usize;
            let (start, end) = ScalarIndex::new(&shelf.documents[place].text).span(member.span);
            let kind =
                if matches!(member.item, MemberItem::Quote(_)) { "quote" } else { "passage" };
            let read = || -> rusqlite::Result<Vec<(Option<String>, String, String)>> {
                self.connection
                    .prepare_cached(
                        "SELECT f.published_at, f.id, f.source FROM forgotten_links l
                         JOIN forgotten f ON f.id = l.forgotten
                         WHERE l.kind = ? AND l.document = ? AND l.start < ? AND l.end > ?",
                    )?
                    .query_map(params![kind, shelf.number(member.document), end, start], |row| {
                        Ok((row.get(0)?, row.get(1)?, row.get(2)?))
                    })?
                    .collect()
            };
            found.extend(read().map_err(|error| self.failed(error))?);
        }
        Ok(found.into_iter().map(|(date, id, source)| (id, source, date)).collect())
    }
}

/// The places in other documents that a document shares passages with.
const PASSAGES_TIED: &str = "
INSERT OR REPLACE INTO forgotten_links
SELECT ?1, b, b_start, b_end, ?3 FROM passages WHERE a = ?2 AND ?4 <= ?5
UNION
SELECT ?1, p.a, p.a_start, p.a_end, ?3 FROM pairs d JOIN passages p ON p.a = d.a AND p.b = d.b
WHERE d.b = ?2";

/// The quotes that a document's quotes are linked with.
const QUOTES_TIED: &str = "
INSERT OR REPLACE INTO forgotten_links
SELECT ?1, q.document, q.start, q.end, ?3 FROM quote_links l JOIN quotes q ON q.number = l.b
WHERE l.a >= ?4 AND l.a < ?5 AND q.document <> ?2
UNION
SELECT ?1, q.document, q.start, q.end, ?3 FROM quote_links l JOIN quotes q ON q.number = l.a
WHERE l.b >= ?4 AND l.b < ?5 AND q.document <> ?2";

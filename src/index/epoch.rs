//! What the collection taught when the epoch began: how common each word is, and what is
//! boilerplate. Frozen until the next epoch, so that a decision does not depend on its night.

use rusqlite::{OptionalExtension, params};
use xxhash_rust::xxh3::xxh3_64;

use super::open::Index;
use crate::Result;
use crate::model::{Boilerplate, DocumentFrequencies, HashedMap};

/// An epoch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Epoch {
    /// Its number, from 1.
    pub number: u32,
    /// The night it began with.
    pub night: u32,
    /// The distinct texts that were counted.
    pub documents: u32,
}

/// Bytes of a word with its count.
const ENTRY: usize = 12;

impl Index {
    /// The present epoch; `None` in an index without documents.
    pub fn epoch(&self) -> Result<Option<Epoch>> {
        self.connection
            .prepare_cached(
                "SELECT number, night, documents FROM epochs ORDER BY number DESC LIMIT 1",
            )
            .and_then(|mut statement| {
                statement
                    .query_row([], |row| {
                        Ok(Epoch {
                            number: row.get(0)?,
                            night: row.get(1)?,
                            documents: row.get(2)?,
                        })
                    })
                    .optional()
            })
            .map_err(|error| self.failed(error))
    }

    /// Begins an epoch with what a night has learnt, in place of the one before.
    pub fn begin_epoch(
        &self,
        night: u32,
        frequencies: &DocumentFrequencies,
        boilerplate: &[Boilerplate],
        runs: &[(u64, String)],
    ) -> Result<Epoch> {
        let number = self.epoch()?.map_or(1, |epoch| epoch.number + 1);
        let mut words = Vec::new();
        for (word, count) in frequencies.sorted() {
            words.extend(word.to_le_bytes());
            words.extend(count.to_le_bytes());
        }
        let documents = frequencies.documents();
        let write = || -> rusqlite::Result<()> {
            self.connection.execute_batch(
                "DELETE FROM epochs; DELETE FROM boilerplate; DELETE FROM boilerplate_runs;",
            )?;
            self.connection.execute(
                "INSERT INTO epochs VALUES (?, ?, ?, ?, ?)",
                params![number, night, documents, words, xxh3_64(&words) as i64],
            )?;
            for piece in boilerplate {
                self.connection
                    .prepare_cached("INSERT INTO boilerplate VALUES (?, ?, ?)")?
                    .execute(params![piece.source, piece.text, piece.documents])?;
            }
            for (run, source) in runs {
                self.connection
                    .prepare_cached("INSERT INTO boilerplate_runs VALUES (?, ?)")?
                    .execute(params![*run as i64, source])?;
            }
            Ok(())
        };
        write().map_err(|error| self.failed(error))?;
        Ok(Epoch { number, night, documents })
    }

    /// How common each word is in the present epoch: of all words, or of the `wanted` ones, which
    /// are sorted.
    pub fn frequencies(&self, wanted: Option<&[u64]>) -> Result<DocumentFrequencies> {
        let row: Option<(u32, i64, Vec<u8>)> = self
            .connection
            .prepare_cached(
                "SELECT documents, checksum, words FROM epochs ORDER BY number DESC LIMIT 1",
            )
            .and_then(|mut statement| {
                statement
                    .query_row([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
                    .optional()
            })
            .map_err(|error| self.failed(error))?;
        let Some((documents, sum, words)) = row else { return Ok(DocumentFrequencies::default()) };
        if sum != xxh3_64(&words) as i64 || words.len() % ENTRY != 0 {
            return Err(self.damaged("the counts of words are not what was written"));
        }
        let (entries, _) = words.as_chunks::<ENTRY>();
        let word = |entry: &[u8; ENTRY]| u64::from_le_bytes(first(entry));
        let count =
            |entry: &[u8; ENTRY]| u32::from_le_bytes([entry[8], entry[9], entry[10], entry[11]]);
        let counts: HashedMap<u32> = match wanted {
            Some(wanted) => wanted
                .iter()
                .filter_map(|wanted| {
                    let place = entries.binary_search_by_key(wanted, word).ok()?;
                    Some((*wanted, count(&entries[place])))
                })
                .collect(),
            None => entries.iter().map(|entry| (word(entry), count(entry))).collect(),
        };
        Ok(DocumentFrequencies::new(documents, counts))
    }

    /// What the present epoch holds for boilerplate.
    pub fn boilerplate(&self) -> Result<Vec<Boilerplate>> {
        let read = || -> rusqlite::Result<Vec<Boilerplate>> {
            self.connection
                .prepare("SELECT source, text, documents FROM boilerplate ORDER BY source, text, documents")?
                .query_map([], |row| {
                    Ok(Boilerplate {
                        source: row.get(0)?,
                        text: row.get(1)?,
                        documents: row.get(2)?,
                    })
                })?
                .collect()
        };
        read().map_err(|error| self.failed(error))
    }

    /// The runs of words that tell boilerplate, with their sources.
    pub fn boilerplate_runs(&self) -> Result<HashedMap<String>> {
        let read = || -> rusqlite::Result<HashedMap<String>> {
            self.connection
                .prepare("SELECT run, source FROM boilerplate_runs")?
                .query_map([], |row| Ok((row.get::<_, i64>(0)? as u64, row.get(1)?)))?
                .collect()
        };
        read().map_err(|error| self.failed(error))
    }
}

/// The first eight bytes.
fn first(entry: &[u8; ENTRY]) -> [u8; 8] {
    let mut word = [0; 8];
    word.copy_from_slice(&entry[..8]);
    word
}

//! The runs that added something, and what they changed.

use rusqlite::{OptionalExtension, Row, params};

use super::open::Index;
use crate::Result;

/// A run that added documents.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Night {
    /// Its number, from 1.
    pub number: u32,
    /// Tells its input from others: a digest of the ids and texts that were given to it.
    pub input: u64,
    /// Whether all its batches and its clusters are in.
    pub done: bool,
    /// The epoch it was decided in.
    pub epoch: u32,
    /// How many documents it added.
    pub documents: u32,
    /// The latest known date of all documents then, Unix time.
    pub newest: Option<i64>,
}

/// What happened to a cluster in a night.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum EventKind {
    /// It had not been there.
    Began,
    /// It has more members.
    Grew,
}

impl EventKind {
    /// The name.
    pub fn name(self) -> &'static str {
        match self {
            EventKind::Began => "began",
            EventKind::Grew => "grew",
        }
    }
}

/// A cluster that began or grew.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClusterEvent {
    /// The id of the cluster.
    pub cluster: String,
    /// What happened.
    pub kind: EventKind,
    /// Its members before.
    pub size_before: u32,
    /// Its members now.
    pub size: u32,
}

impl Index {
    /// The latest night.
    pub fn last_night(&self) -> Result<Option<Night>> {
        self.connection
            .prepare_cached("SELECT * FROM nights ORDER BY number DESC LIMIT 1")
            .and_then(|mut statement| statement.query_row([], night_of_row).optional())
            .map_err(|error| self.failed(error))
    }

    /// Writes a night, in place of what was known of it.
    pub fn put_night(&self, night: &Night) -> Result<()> {
        self.connection
            .prepare_cached("INSERT OR REPLACE INTO nights VALUES (?, ?, ?, ?, ?, ?)")
            .and_then(|mut statement| {
                statement.execute(params![
                    night.number,
                    format!("{:016x}", night.input),
                    if night.done { "done" } else { "open" },
                    night.epoch,
                    night.documents,
                    night.newest,
                ])
            })
            .map(|_| ())
            .map_err(|error| self.failed(error))
    }

    /// The latest date of all documents: of each the first second at which it can have been
    /// published.
    pub fn newest_date(&self) -> Result<Option<i64>> {
        self.connection
            .query_row("SELECT max(date_earliest) FROM documents", [], |row| row.get(0))
            .map_err(|error| self.failed(error))
    }

    /// Writes what happened to clusters in a night.
    pub fn add_events(&self, night: u32, events: &[ClusterEvent]) -> Result<()> {
        let write = || -> rusqlite::Result<()> {
            for event in events {
                self.connection
                    .prepare_cached("INSERT OR REPLACE INTO cluster_events VALUES (?, ?, ?, ?, ?)")?
                    .execute(params![
                        night,
                        event.cluster,
                        event.kind.name(),
                        event.size_before,
                        event.size
                    ])?;
            }
            Ok(())
        };
        write().map_err(|error| self.failed(error))
    }

    /// What happened to clusters in a night.
    pub fn events(&self, night: u32) -> Result<Vec<ClusterEvent>> {
        let read = || -> rusqlite::Result<Vec<ClusterEvent>> {
            self.connection
                .prepare(
                    "SELECT cluster, event, size_before, size FROM cluster_events WHERE night = ?
                     ORDER BY event, size DESC, cluster",
                )?
                .query_map([night], |row| {
                    let kind: String = row.get(1)?;
                    let began = kind == EventKind::Began.name();
                    Ok(ClusterEvent {
                        cluster: row.get(0)?,
                        kind: if began { EventKind::Began } else { EventKind::Grew },
                        size_before: row.get(2)?,
                        size: row.get(3)?,
                    })
                })?
                .collect()
        };
        read().map_err(|error| self.failed(error))
    }
}

fn night_of_row(row: &Row<'_>) -> rusqlite::Result<Night> {
    let (input, state): (String, String) = (row.get("input")?, row.get("state")?);
    Ok(Night {
        number: row.get("number")?,
        input: u64::from_str_radix(&input, 16).unwrap_or(0),
        done: state == "done",
        epoch: row.get("epoch")?,
        documents: row.get("documents")?,
        newest: row.get("newest")?,
    })
}

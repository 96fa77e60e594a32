//! Which units have which keys: sorted lists in checksummed blobs, merged when they pile up.
//!
//! A *posting* is a key of [`KEY_BITS`] bits and the number of a unit. The postings of one batch and
//! key space are a *run*: sorted, cut into partitions by the highest bits of the key so that each
//! holds some ten thousand entries, each partition a blob ([`super::partition`]), about 3.5 bytes
//! an entry for a million sentences. A lookup of many keys passes once over the partitions that hold
//! them, decodes what stands near them and reads no other.
//!
//! As in a log-structured tree, runs of about one size are merged into one when there are
//! [`FAN_IN`] of them, so that an entry is written again only a few times however long the index
//! grows, and a lookup reads a few dozen runs at most.
//!
//! | space | key | unit |
//! |---|---|---|
//! | 0 `band` | the band and the highest bits of its key | sentence |
//! | 1 `list` | the highest bits of gram and term keys | sentence |
//! | 2 `words` | the highest bits of the hash of all its words | sentence |
//! | 3 `quote` | the highest bits of gram and band keys | quote |
//! | 4 `translation` | the highest bits of keys of meanings | quote |

use rusqlite::params;
use xxhash_rust::xxh3::xxh3_64;

use super::open::Index;
use super::partition::{KeyRange, decode, encode};
use crate::Result;

/// The bits of a key. Of a million sentences one key in thirty falls together with another by
/// chance; every candidate is verified, so that costs little, and each bit more costs an eighth of a
/// byte a posting.
pub const KEY_BITS: u32 = 28;

/// A key space of the index.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[expect(missing_docs, reason = "described in the table of the module")]
pub enum Space {
    Band,
    List,
    Words,
    Quote,
    Translation,
}

impl Space {
    /// All spaces.
    pub const ALL: [Space; 5] =
        [Space::Band, Space::List, Space::Words, Space::Quote, Space::Translation];

    /// The name.
    pub fn name(self) -> &'static str {
        match self {
            Space::Band => "band",
            Space::List => "list",
            Space::Words => "words",
            Space::Quote => "quote",
            Space::Translation => "translation",
        }
    }

    /// Whether its units are quotes.
    pub fn is_of_quotes(self) -> bool {
        matches!(self, Space::Quote | Space::Translation)
    }
}

/// A key and a unit, in one number that sorts by key, then by unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Posting(u64);

impl Posting {
    /// A posting of the highest bits of a 32-bit key.
    pub fn of_hash(hash: u32, unit: u32) -> Self {
        Posting::new(hash >> (u32::BITS - KEY_BITS), unit)
    }

    /// A posting; the key has [`KEY_BITS`] bits.
    pub fn new(key: u32, unit: u32) -> Self {
        Posting(u64::from(key) << 32 | u64::from(unit))
    }

    /// The key.
    pub fn key(self) -> u32 {
        (self.0 >> 32) as u32
    }

    /// The unit.
    pub fn unit(self) -> u32 {
        self.0 as u32
    }
}

/// So many runs of about one size are merged.
const FAN_IN: usize = 8;
/// A partition holds about so many entries.
const PARTITION: u64 = 16384;

/// A stored run.
#[derive(Clone, Copy, Debug)]
struct Run {
    number: i64,
    bits: u32,
    entries: u64,
}

impl Index {
    /// Adds postings of a space, in any order, as a run of their own.
    pub fn add_postings(&self, space: Space, mut postings: Vec<Posting>) -> Result<()> {
        if postings.is_empty() {
            return Ok(());
        }
        postings.sort_unstable();
        postings.dedup();
        self.write_run(space, &postings)?;
        self.merge_runs(space)
    }

    /// The postings of a space whose key is among `keys`, which are sorted; sorted.
    pub fn find_postings(&self, space: Space, keys: &[u32]) -> Result<Vec<Posting>> {
        let mut found = Vec::new();
        for run in self.runs(space)? {
            let mut rest = keys;
            while let Some(&key) = rest.first() {
                let partition = partition_of(key, run.bits);
                let count = rest.partition_point(|&key| partition_of(key, run.bits) == partition);
                let (wanted, others) = rest.split_at(count);
                rest = others;
                let mut next = 0;
                self.read_partition(run, partition, Some(wanted), |posting| {
                    while next < wanted.len() && wanted[next] < posting.key() {
                        next += 1;
                    }
                    if next < wanted.len() && wanted[next] == posting.key() {
                        found.push(posting);
                    }
                })?;
            }
        }
        found.sort_unstable();
        Ok(found)
    }

    /// Calls `take` with all postings of a space, run by run.
    pub fn each_posting(&self, space: Space, mut take: impl FnMut(Posting)) -> Result<()> {
        for run in self.runs(space)? {
            for partition in 0..1u32 << run.bits {
                self.read_partition(run, partition, None, &mut take)?;
            }
        }
        Ok(())
    }

    /// Merges all runs of a space into one and leaves out the postings that are not `kept`.
    pub fn compact_postings(&self, space: Space, kept: impl Fn(u32) -> bool) -> Result<()> {
        let mut all = Vec::new();
        self.each_posting(space, |posting| {
            if kept(posting.unit()) {
                all.push(posting);
            }
        })?;
        self.clear_postings(space)?;
        all.sort_unstable();
        if all.is_empty() { Ok(()) } else { self.write_run(space, &all) }
    }

    /// Removes all postings of a space.
    pub fn clear_postings(&self, space: Space) -> Result<()> {
        for run in self.runs(space)? {
            self.remove_run(run)?;
        }
        Ok(())
    }

    /// The number of runs and of postings of a space.
    pub(super) fn count_postings(&self, space: Space) -> Result<(u64, u64)> {
        let runs = self.runs(space)?;
        Ok((runs.len() as u64, runs.iter().map(|run| run.entries).sum()))
    }

    /// The runs of a space, oldest first.
    fn runs(&self, space: Space) -> Result<Vec<Run>> {
        let read = || -> rusqlite::Result<Vec<Run>> {
            self.connection
                .prepare_cached(
                    "SELECT number, bits, entries FROM posting_runs WHERE space = ? ORDER BY number",
                )?
                .query_map([space as i64], |row| {
                    Ok(Run { number: row.get(0)?, bits: row.get(1)?, entries: row.get(2)? })
                })?
                .collect()
        };
        let runs = read().map_err(|error| self.failed(error))?;
        match runs.iter().find(|run| run.bits > KEY_BITS) {
            Some(run) => {
                Err(self.damaged(&format!("run {} of postings has {} bits", run.number, run.bits)))
            }
            None => Ok(runs),
        }
    }

    fn write_run(&self, space: Space, postings: &[Posting]) -> Result<()> {
        let bits = (postings.len() as u64 / PARTITION).max(1).ilog2();
        let write = || -> rusqlite::Result<()> {
            self.connection
                .prepare_cached("INSERT INTO posting_runs (space, bits, entries) VALUES (?, ?, ?)")?
                .execute(params![space as i64, bits, postings.len() as u64])?;
            let number = self.connection.last_insert_rowid();
            let mut insert =
                self.connection.prepare_cached("INSERT INTO postings VALUES (?, ?, ?, ?)")?;
            for part in postings.chunk_by(|left, right| {
                partition_of(left.key(), bits) == partition_of(right.key(), bits)
            }) {
                let partition = partition_of(part[0].key(), bits);
                let data = encode(part, range_of(partition, bits));
                let place = place_of(number, partition);
                let sum = checksum(number, partition, &data);
                insert.execute(params![place, part.len() as u64, sum, data])?;
            }
            Ok(())
        };
        write().map_err(|error| self.failed(error))
    }

    /// Merges runs of about one size while there are many of them.
    fn merge_runs(&self, space: Space) -> Result<()> {
        loop {
            let runs = self.runs(space)?;
            let size = |run: &Run| run.entries.max(1).ilog2() / FAN_IN.ilog2();
            let mut sizes: Vec<u32> = runs.iter().map(size).collect();
            sizes.sort_unstable();
            let Some(full) = sizes
                .chunk_by(|left, right| left == right)
                .find(|same| same.len() >= FAN_IN)
                .map(|same| same[0])
            else {
                return Ok(());
            };
            let mut merged = Vec::new();
            for &run in runs.iter().filter(|run| size(run) <= full) {
                for partition in 0..1u32 << run.bits {
                    self.read_partition(run, partition, None, |posting| merged.push(posting))?;
                }
                self.remove_run(run)?;
            }
            merged.sort_unstable();
            self.write_run(space, &merged)?;
        }
    }

    fn remove_run(&self, run: Run) -> Result<()> {
        let remove = || -> rusqlite::Result<()> {
            self.connection.execute(
                "DELETE FROM postings WHERE place >= ? AND place < ?",
                [place_of(run.number, 0), place_of(run.number + 1, 0)],
            )?;
            self.connection.execute("DELETE FROM posting_runs WHERE number = ?", [run.number])?;
            Ok(())
        };
        remove().map_err(|error| self.failed(error))
    }

    /// Calls `take` with the postings of one partition in order: with all of them, or at least with
    /// those of the `wanted` keys, which are sorted.
    fn read_partition(
        &self,
        run: Run,
        partition: u32,
        wanted: Option<&[u32]>,
        take: impl FnMut(Posting),
    ) -> Result<()> {
        let read = || -> rusqlite::Result<Option<bool>> {
            let mut statement = self
                .connection
                .prepare_cached("SELECT entries, checksum, data FROM postings WHERE place = ?")?;
            let mut rows = statement.query([place_of(run.number, partition)])?;
            let Some(row) = rows.next()? else { return Ok(None) };
            let (entries, sum): (u64, i64) = (row.get(0)?, row.get(1)?);
            let data = row.get_ref(2)?.as_blob()?;
            let range = range_of(partition, run.bits);
            let whole = sum == checksum(run.number, partition, data);
            Ok(Some(whole && decode(data, range, wanted, take) == Some(entries)))
        };
        match read().map_err(|error| self.failed(error))? {
            Some(false) => Err(self.damaged(&format!(
                "partition {partition} of run {} of the postings is not what was written",
                run.number
            ))),
            // A partition without entries has no row.
            Some(true) | None => Ok(()),
        }
    }
}

/// The partition of a key.
fn partition_of(key: u32, bits: u32) -> u32 {
    (u64::from(key) >> (KEY_BITS - bits)) as u32
}

/// The keys of a partition.
fn range_of(partition: u32, bits: u32) -> KeyRange {
    let width = KEY_BITS - bits;
    KeyRange { first: (u64::from(partition) << width) as u32, bits: width }
}

/// The number under which a partition is kept.
fn place_of(run: i64, partition: u32) -> i64 {
    run << 32 | i64::from(partition)
}

/// Identifies what a partition holds, and that it is this one.
fn checksum(run: i64, partition: u32, data: &[u8]) -> i64 {
    (xxh3_64(data) ^ (run as u64).rotate_left(32) ^ u64::from(partition)) as i64
}

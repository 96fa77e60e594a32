//! Which units have which keys: sorted lists in checksummed blobs, merged when they pile up.
//!
//! A *posting* is a 32-bit key and the number of a unit. The postings of one batch and key space are
//! a *run*: sorted, cut into partitions by the highest bits of the key so that each holds some
//! thousand entries, each partition a blob. Within a partition the entries are written one after
//! another as differences in 7-bit groups (LEB128), about 4.5 bytes an entry for a million units. A
//! lookup of many keys passes once over the partitions that hold them and reads no other.
//!
//! As in a log-structured tree, runs of about one size are merged into one when there are
//! [`FAN_IN`] of them, so that an entry is written again only a few times however long the index
//! grows, and a lookup reads a few dozen runs at most.
//!
//! | space | key | unit |
//! |---|---|---|
//! | 0 `band` | the band and the upper half of its key | sentence |
//! | 1 `list` | the upper half of gram and term keys | sentence |
//! | 2 `words` | the upper half of the hash of all its words | sentence |
//! | 3 `quote` | the upper half of gram and band keys | quote |

use rusqlite::params;
use xxhash_rust::xxh3::xxh3_64;

use super::open::Index;
use crate::Result;

/// A key space of the index.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[expect(missing_docs, reason = "described in the table of the module")]
pub enum Space {
    Band,
    List,
    Words,
    Quote,
}

impl Space {
    /// All spaces.
    pub const ALL: [Space; 4] = [Space::Band, Space::List, Space::Words, Space::Quote];

    /// The name.
    pub fn name(self) -> &'static str {
        match self {
            Space::Band => "band",
            Space::List => "list",
            Space::Words => "words",
            Space::Quote => "quote",
        }
    }
}

/// A key and a unit, in one number that sorts by key, then by unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Posting(u64);

impl Posting {
    /// A posting.
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
const PARTITION: u64 = 4096;

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
                self.read_partition(run, partition, |posting| {
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
                self.read_partition(run, partition, &mut take)?;
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
        match runs.iter().find(|run| run.bits > 31) {
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
                self.connection.prepare_cached("INSERT INTO postings VALUES (?, ?, ?, ?, ?)")?;
            for part in postings.chunk_by(|left, right| {
                partition_of(left.key(), bits) == partition_of(right.key(), bits)
            }) {
                let data = encode(part);
                let partition = partition_of(part[0].key(), bits);
                let sum = checksum(number, partition, &data);
                insert.execute(params![number, partition, part.len() as u64, sum, data])?;
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
                    self.read_partition(run, partition, |posting| merged.push(posting))?;
                }
                self.remove_run(run)?;
            }
            merged.sort_unstable();
            self.write_run(space, &merged)?;
        }
    }

    fn remove_run(&self, run: Run) -> Result<()> {
        let remove = || -> rusqlite::Result<()> {
            self.connection.execute("DELETE FROM postings WHERE run = ?", [run.number])?;
            self.connection.execute("DELETE FROM posting_runs WHERE number = ?", [run.number])?;
            Ok(())
        };
        remove().map_err(|error| self.failed(error))
    }

    /// Calls `take` with the postings of one partition in order.
    fn read_partition(&self, run: Run, partition: u32, take: impl FnMut(Posting)) -> Result<()> {
        let read = || -> rusqlite::Result<Option<bool>> {
            let mut statement = self.connection.prepare_cached(
                "SELECT entries, checksum, data FROM postings WHERE run = ? AND partition = ?",
            )?;
            let mut rows = statement.query(params![run.number, partition])?;
            let Some(row) = rows.next()? else { return Ok(None) };
            let (entries, sum): (u64, i64) = (row.get(0)?, row.get(1)?);
            let data = row.get_ref(2)?.as_blob()?;
            let whole = sum == checksum(run.number, partition, data);
            Ok(Some(whole && decode(data, partition, run.bits, take) == Some(entries)))
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
    (u64::from(key) >> (32 - bits)) as u32
}

/// Identifies what a partition holds, and that it is this one.
fn checksum(run: i64, partition: u32, data: &[u8]) -> i64 {
    (xxh3_64(data) ^ (run as u64).rotate_left(32) ^ u64::from(partition)) as i64
}

/// Writes a number in groups of seven bits, the lowest first.
fn push_number(mut number: u32, out: &mut Vec<u8>) {
    while number >= 0x80 {
        out.push(number as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}

/// Reads a number; `None` at the end of the data or when it is none.
#[inline]
fn take_number(data: &mut &[u8]) -> Option<u32> {
    let mut number = 0u32;
    for shift in (0..32).step_by(7) {
        let (&byte, rest) = data.split_first()?;
        *data = rest;
        number |= u32::from(byte & 0x7f) << shift;
        if byte < 0x80 {
            return Some(number);
        }
    }
    None
}

/// The entries of a partition: the difference to the key before; the unit, or where the key is the
/// same, the difference to the unit before.
fn encode(postings: &[Posting]) -> Vec<u8> {
    let mut data = Vec::with_capacity(postings.len() * 5);
    let mut before: Option<Posting> = None;
    for &posting in postings {
        match before {
            Some(before) if before.key() == posting.key() => {
                push_number(0, &mut data);
                push_number(posting.unit() - before.unit(), &mut data);
            }
            Some(before) => {
                push_number(posting.key() - before.key(), &mut data);
                push_number(posting.unit(), &mut data);
            }
            None => {
                push_number(posting.key(), &mut data);
                push_number(posting.unit(), &mut data);
            }
        }
        before = Some(posting);
    }
    data
}

/// The reverse of [`encode`]: the number of entries; `None` when the data is no partition.
fn decode(
    mut data: &[u8],
    partition: u32,
    bits: u32,
    mut take: impl FnMut(Posting),
) -> Option<u64> {
    let (mut key, mut unit, mut entries) = (0u32, 0u32, 0u64);
    while !data.is_empty() {
        let step = take_number(&mut data)?;
        let number = take_number(&mut data)?;
        if step == 0 && entries > 0 {
            unit = unit.checked_add(number)?;
        } else {
            key = key.checked_add(step)?;
            unit = number;
        }
        if partition_of(key, bits) != partition {
            return None;
        }
        entries += 1;
        take(Posting::new(key, unit));
    }
    Some(entries)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn what_is_written_is_read(
            postings in proptest::collection::btree_set((0u32..1000, any::<u32>()), 0..200),
            spread in prop::sample::select(vec![1u32, 4_000_000]),
        ) {
            let postings: Vec<Posting> =
                postings.into_iter().map(|(key, unit)| Posting::new(key * spread, unit)).collect();
            let mut read = Vec::new();
            let entries = decode(&encode(&postings), 0, 0, |posting| read.push(posting));
            prop_assert_eq!(entries, Some(postings.len() as u64));
            prop_assert_eq!(read, postings);
        }

        #[test]
        fn any_bytes_are_read_without_panic(data: Vec<u8>) {
            decode(&data, 0, 3, |_| ());
        }
    }
}

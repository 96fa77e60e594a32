//! Records in any order to records in order, each once: an external merge sort.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::fs::File;
use std::io::{BufReader, BufWriter, Read, Seek, SeekFrom, Write};

use rayon::slice::ParallelSliceMut;

use super::Workspace;
use crate::Result;

/// A record of fixed size.
pub(crate) trait Record: Copy + Ord + Send {
    /// Its bytes.
    type Bytes: AsRef<[u8]> + AsMut<[u8]> + Default;
    /// As written to a file.
    fn to_bytes(self) -> Self::Bytes;
    /// As read from one.
    fn from_bytes(bytes: &Self::Bytes) -> Self;
}

impl Record for u64 {
    type Bytes = [u8; 8];
    fn to_bytes(self) -> [u8; 8] {
        self.to_le_bytes()
    }
    fn from_bytes(bytes: &[u8; 8]) -> Self {
        u64::from_le_bytes(*bytes)
    }
}

impl Record for u128 {
    type Bytes = [u8; 16];
    fn to_bytes(self) -> [u8; 16] {
        self.to_le_bytes()
    }
    fn from_bytes(bytes: &[u8; 16]) -> Self {
        u128::from_le_bytes(*bytes)
    }
}

/// The fewest records that are worth a run of their own.
const LEAST_RUN: usize = 1 << 10;

/// Takes records in any order.
#[derive(Debug)]
pub(crate) struct Sorter<'w, R> {
    workspace: &'w Workspace,
    held: Vec<R>,
    /// The most records held.
    limit: usize,
    /// Sorted runs of distinct records.
    runs: Vec<File>,
}

impl<'w, R: Record> Sorter<'w, R> {
    /// A sorter that holds at most so many bytes in memory.
    pub(crate) fn new(workspace: &'w Workspace, bytes: usize) -> Self {
        let limit = (bytes / size_of::<R>()).max(LEAST_RUN);
        Sorter { workspace, held: Vec::new(), limit, runs: Vec::new() }
    }

    /// Adds records.
    pub(crate) fn extend(&mut self, records: &[R]) -> Result<()> {
        for part in records.chunks(self.limit) {
            if self.held.len() + part.len() > self.limit {
                self.settle()?;
            }
            self.held.extend_from_slice(part);
        }
        Ok(())
    }

    /// Makes room: repeats go first; if that is not enough, what is held becomes a run.
    fn settle(&mut self) -> Result<()> {
        // On this thread alone. Tasks share a sorter behind a lock; a thread that waits for others while
        // it sorts may take up another such task, which would wait for that very lock for ever.
        self.held.sort_unstable();
        self.held.dedup();
        if self.held.len() <= self.limit / 2 {
            return Ok(());
        }
        let mut file = self.workspace.file()?;
        let mut writer = BufWriter::with_capacity(1 << 18, &mut file);
        self.held
            .iter()
            .try_for_each(|record| writer.write_all(record.to_bytes().as_ref()))
            .and_then(|()| writer.flush())
            .map_err(|error| self.workspace.failed(error))?;
        drop(writer);
        self.runs.push(file);
        self.held.clear();
        Ok(())
    }

    /// All records in order, each once.
    pub(crate) fn into_sorted(mut self) -> Result<Sorted<'w, R>> {
        self.held.par_sort_unstable();
        self.held.dedup();
        let mut sources = vec![Source::Memory(self.held.into_iter())];
        for mut file in self.runs {
            file.seek(SeekFrom::Start(0)).map_err(|error| self.workspace.failed(error))?;
            sources.push(Source::File(BufReader::with_capacity(1 << 18, file)));
        }
        let mut sorted =
            Sorted { workspace: self.workspace, sources, next: BinaryHeap::new(), last: None };
        for source in 0..sorted.sources.len() {
            sorted.advance(source)?;
        }
        Ok(sorted)
    }
}

#[derive(Debug)]
enum Source<R> {
    Memory(std::vec::IntoIter<R>),
    File(BufReader<File>),
}

/// Gives records in order.
#[derive(Debug)]
pub(crate) struct Sorted<'w, R> {
    workspace: &'w Workspace,
    sources: Vec<Source<R>>,
    /// The next record of every source that has one.
    next: BinaryHeap<Reverse<(R, usize)>>,
    last: Option<R>,
}

impl<R: Record> Sorted<'_, R> {
    /// The next record.
    pub(crate) fn next(&mut self) -> Result<Option<R>> {
        loop {
            let Some(Reverse((record, source))) = self.next.pop() else { return Ok(None) };
            self.advance(source)?;
            if self.last != Some(record) {
                self.last = Some(record);
                return Ok(Some(record));
            }
        }
    }

    /// Puts the next records in place of what `out` held, at most so many; `false` at the end.
    pub(crate) fn next_into(&mut self, most: usize, out: &mut Vec<R>) -> Result<bool> {
        out.clear();
        while out.len() < most
            && let Some(record) = self.next()?
        {
            out.push(record);
        }
        Ok(!out.is_empty())
    }

    fn advance(&mut self, source: usize) -> Result<()> {
        let record = match &mut self.sources[source] {
            Source::Memory(records) => records.next(),
            Source::File(file) => {
                let mut bytes = R::Bytes::default();
                match file.read_exact(bytes.as_mut()) {
                    Ok(()) => Some(R::from_bytes(&bytes)),
                    Err(error) if error.kind() == std::io::ErrorKind::UnexpectedEof => None,
                    Err(error) => return Err(self.workspace.failed(error)),
                }
            }
        };
        self.next.extend(record.map(|record| Reverse((record, source))));
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn runs_merge_to_what_sorting_gives(
            parts in prop::collection::vec(prop::collection::vec(0u64..9000, 0..3000), 0..8),
        ) {
            let workspace = Workspace { memory: 0, folder: None };
            // The least limit, so that files are used.
            let mut sorter = Sorter::new(&workspace, 0);
            for part in &parts {
                sorter.extend(part).unwrap();
            }
            let mut expected: Vec<u64> = parts.concat();
            expected.sort_unstable();
            expected.dedup();
            prop_assert!(expected.len() < 2 * LEAST_RUN || !sorter.runs.is_empty());
            let (mut sorted, mut found, mut part) =
                (sorter.into_sorted().unwrap(), Vec::new(), Vec::new());
            while sorted.next_into(700, &mut part).unwrap() {
                found.extend_from_slice(&part);
            }
            prop_assert_eq!(found, expected);
        }
    }
}

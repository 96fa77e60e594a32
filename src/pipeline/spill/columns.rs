//! Columns of numbers that grow together and are read whole, one at a time.

use std::fs::File;
use std::io::{Read, Seek, SeekFrom, Write};
use std::sync::Mutex;

use super::Workspace;
use crate::Result;

/// Columns of 32-bit numbers. When all together exceed a limit, what is held of them is written to
/// their files.
#[derive(Debug)]
pub(crate) struct Columns<'w> {
    workspace: &'w Workspace,
    columns: Vec<Column>,
    /// The most bytes held in memory.
    limit: usize,
    held: usize,
}

#[derive(Debug, Default)]
struct Column {
    numbers: Vec<u32>,
    /// What was written before.
    file: Option<File>,
}

impl<'w> Columns<'w> {
    /// So many empty columns, which may hold `limit` bytes in memory.
    pub(crate) fn new(workspace: &'w Workspace, columns: usize, limit: usize) -> Self {
        let columns = (0..columns).map(|_| Column::default()).collect();
        Columns { workspace, columns, limit, held: 0 }
    }

    /// Appends to a column.
    pub(crate) fn extend(&mut self, column: usize, numbers: &[u32]) {
        self.columns[column].numbers.extend_from_slice(numbers);
        self.held += size_of_val(numbers);
    }

    /// Writes to the files what is held beyond the limit. To be called now and then.
    pub(crate) fn settle(&mut self) -> Result<()> {
        if self.held <= self.limit {
            return Ok(());
        }
        let mut bytes = Vec::new();
        for column in &mut self.columns {
            bytes.clear();
            bytes.extend(column.numbers.iter().flat_map(|number| number.to_le_bytes()));
            column.numbers = Vec::new();
            if column.file.is_none() {
                column.file = Some(self.workspace.file()?);
            }
            if let Some(file) = &mut column.file {
                file.write_all(&bytes).map_err(|error| self.workspace.failed(error))?;
            }
        }
        self.held = 0;
        Ok(())
    }

    /// The columns to be taken one by one, by any thread.
    pub(crate) fn into_parts(self) -> Vec<ColumnPart<'w>> {
        let workspace = self.workspace;
        let part = |column| ColumnPart { workspace, column: Mutex::new(Some(column)) };
        self.columns.into_iter().map(part).collect()
    }
}

/// One finished column.
#[derive(Debug)]
pub(crate) struct ColumnPart<'w> {
    workspace: &'w Workspace,
    column: Mutex<Option<Column>>,
}

impl ColumnPart<'_> {
    /// The numbers of the column in the order in which they came. They are given away: a second
    /// call gives none.
    pub(crate) fn take(&self) -> Result<Vec<u32>> {
        let column = self.column.lock().map_or(None, |mut column| column.take());
        let Some(Column { numbers, file }) = column else { return Ok(Vec::new()) };
        let Some(mut file) = file else { return Ok(numbers) };
        let mut bytes = Vec::new();
        file.seek(SeekFrom::Start(0))
            .and_then(|_| file.read_to_end(&mut bytes))
            .map_err(|error| self.workspace.failed(error))?;
        let (written, _) = bytes.as_chunks::<4>();
        let mut all = Vec::with_capacity(written.len() + numbers.len());
        all.extend(written.iter().map(|&bytes| u32::from_le_bytes(bytes)));
        all.extend_from_slice(&numbers);
        Ok(all)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_come_back_in_order_from_memory_and_from_files() {
        let workspace = Workspace { memory: 0, folder: None };
        for limit in [0, 100, usize::MAX] {
            let mut columns = Columns::new(&workspace, 3, limit);
            for number in 0..100u32 {
                columns.extend(0, &[number]);
                columns.extend(2, &[number, number * 7]);
                columns.settle().unwrap();
            }
            assert_eq!(columns.columns[0].file.is_some(), limit != usize::MAX);
            let parts = columns.into_parts();
            let taken: Vec<Vec<u32>> = parts.iter().map(|part| part.take().unwrap()).collect();
            assert_eq!(taken[0], (0..100).collect::<Vec<u32>>());
            assert!(taken[1].is_empty());
            assert_eq!(taken[2], (0..100).flat_map(|n| [n, n * 7]).collect::<Vec<u32>>());
        }
    }
}

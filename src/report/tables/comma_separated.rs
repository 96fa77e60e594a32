//! The tables as CSV (RFC 4180, UTF-8, a header line). An empty cell is a missing value.

use std::fs::File;
use std::path::{Path, PathBuf};

use super::TableWriter;
use super::columns::{Cell, Table};
use crate::Result;
use crate::report::folder::cannot_write;

/// One file a table.
#[derive(Debug)]
pub(super) struct CommaSeparated {
    files: Vec<(PathBuf, csv::Writer<File>)>,
}

impl CommaSeparated {
    pub(super) fn create(folder: &Path) -> Result<Self> {
        let mut files = Vec::with_capacity(Table::ALL.len());
        for table in Table::ALL {
            let path = folder.join(format!("{}.csv", table.name()));
            let file = File::create(&path).map_err(|error| cannot_write(&path, error))?;
            let mut writer = csv::WriterBuilder::new().buffer_capacity(1 << 16).from_writer(file);
            writer
                .write_record(table.columns().iter().map(|(name, _)| name))
                .map_err(|error| cannot_write(&path, error))?;
            files.push((path, writer));
        }
        Ok(CommaSeparated { files })
    }
}

impl TableWriter for CommaSeparated {
    fn write(&mut self, table: Table, cells: Vec<Cell<'_>>) -> Result<()> {
        let (path, writer) = &mut self.files[table as usize];
        for cell in &cells {
            match cell {
                Cell::Text(text) => writer.write_field(text.as_bytes()),
                Cell::Integer(number) => writer.write_field(number.to_string()),
                Cell::Figure(figure) => writer.write_field(figure.to_string()),
                Cell::Flag(flag) => writer.write_field(if *flag { "true" } else { "false" }),
                Cell::Empty => writer.write_field(""),
            }
            .map_err(|error| cannot_write(path, error))?;
        }
        writer.write_record(None::<&[u8]>).map_err(|error| cannot_write(path, error))
    }

    fn finish(self) -> Result<()> {
        for (path, writer) in self.files {
            let file = writer.into_inner().map_err(|error| cannot_write(&path, error.error()))?;
            file.sync_all().map_err(|error| cannot_write(&path, error))?;
        }
        Ok(())
    }
}

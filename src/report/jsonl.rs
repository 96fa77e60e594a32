//! The tables as JSON Lines: one row a line, written and read as a stream.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::folder::cannot_write;
use crate::Error;
use crate::Result;

/// Writes the lines of one table.
#[derive(Debug)]
pub(super) struct JsonLines {
    path: PathBuf,
    file: BufWriter<File>,
}

impl JsonLines {
    pub(super) fn create(path: PathBuf) -> Result<Self> {
        let file = File::create(&path).map_err(|error| cannot_write(&path, error))?;
        Ok(JsonLines { path, file: BufWriter::with_capacity(1 << 16, file) })
    }

    /// Writes whole lines.
    pub(super) fn write(&mut self, lines: &[u8]) -> Result<()> {
        self.file.write_all(lines).map_err(|error| cannot_write(&self.path, error))
    }

    /// Makes the file durable.
    pub(super) fn finish(self) -> Result<()> {
        let JsonLines { path, file } = self;
        finish_file(&path, file)
    }
}

/// Writes one row as a line.
pub(super) fn write_line(out: &mut impl Write, row: &impl Serialize) -> io::Result<()> {
    serde_json::to_writer(&mut *out, row)?;
    out.write_all(b"\n")
}

/// Flushes a file and makes it durable.
pub(super) fn finish_file(path: &Path, file: BufWriter<File>) -> Result<()> {
    let file = file.into_inner().map_err(|error| cannot_write(path, error.error()))?;
    file.sync_all().map_err(|error| cannot_write(path, error))
}

/// Calls `take` with every row of a table.
pub(super) fn read_lines<Row: DeserializeOwned>(
    path: &Path,
    mut take: impl FnMut(Row) -> Result<()>,
) -> Result<()> {
    let unreadable = |what: String| {
        Error::file(path, what, "the folder is damaged or of another version; run the scan again")
    };
    let file = File::open(path).map_err(|error| unreadable(error.to_string()))?;
    let mut reader = BufReader::with_capacity(1 << 16, file);
    let mut line = Vec::new();
    let mut number = 0u64;
    loop {
        line.clear();
        let read =
            reader.read_until(b'\n', &mut line).map_err(|error| unreadable(error.to_string()))?;
        if read == 0 {
            return Ok(());
        }
        number += 1;
        let row = serde_json::from_slice(&line)
            .map_err(|error| unreadable(format!("line {number}: {error}")))?;
        take(row)?;
    }
}

//! What does not fit into memory goes to temporary files and comes back in order.
//!
//! Two shapes are enough: [`Columns`], which are written bit by bit and read whole, one after the
//! other (the keys of a join, range by range), and a [`Sorter`], which is given records in any
//! order and gives them back sorted, each once (the pairs that a join finds). Both stay in memory up
//! to a limit and behave alike beyond it, so that what is found does not hang on the limit.
//!
//! The files have no names: the system removes them when the run ends, however it ends.

mod columns;
mod sorter;

use std::fs::File;
use std::path::PathBuf;

use crate::config::Config;
use crate::{Error, Result};

pub(crate) use columns::{ColumnPart, Columns};
pub(crate) use sorter::{Sorted, Sorter};

/// How much may be held in memory, and where the rest goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Workspace {
    /// What keys and evidence may take in memory, in bytes.
    pub(crate) memory: u64,
    /// The folder for temporary files; `None` is the system's.
    pub(crate) folder: Option<PathBuf>,
}

impl Workspace {
    /// The workspace of the settings.
    pub(crate) fn of(config: &Config) -> Self {
        Workspace { memory: config.memory.0, folder: config.temp.clone() }
    }

    /// A part of the memory, in bytes.
    pub(crate) fn share(&self, of: u64) -> usize {
        usize::try_from(self.memory / of).unwrap_or(usize::MAX)
    }

    /// A new temporary file.
    fn file(&self) -> Result<File> {
        match &self.folder {
            Some(folder) => tempfile::tempfile_in(folder),
            None => tempfile::tempfile(),
        }
        .map_err(|error| self.failed(error))
    }

    /// The error of a temporary file that could not be made, written or read.
    fn failed(&self, error: std::io::Error) -> Error {
        let folder = self.folder.clone().unwrap_or_else(std::env::temp_dir);
        Error::file(
            folder,
            format!("temporary files cannot be kept here: {error}"),
            "name a folder with more room with --temp, or allow more memory with --memory",
        )
    }
}

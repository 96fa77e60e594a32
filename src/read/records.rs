//! The stream of records behind a set of inputs.

use std::collections::VecDeque;
use std::io;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use super::blocks::LineBlock;
use super::csv_rows::CsvRows;
use super::fields::FieldNames;
use super::format::Format;
use super::input::Input;
use super::json_rows::JsonRows;
use super::open;
use super::row::{Place, RowSettings};
use super::text_file;
use super::walk::{self, FileToRead};
use crate::config::ReadConfig;
use crate::error::Result;
use crate::model::{Document, Problem};

/// What one place of the input gave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Record {
    /// An article.
    Document(Document),
    /// A record that was skipped, or something about the document before that was assumed.
    Problem(Problem),
}

/// The records of all inputs, file by file in sorted order; only one record is in memory.
pub struct Records {
    settings: Arc<RowSettings>,
    pub(super) files: std::vec::IntoIter<FileToRead>,
    pub(super) current_path: String,
    pub(super) current: Option<Box<dyn RecordReader>>,
    pub(super) pending: VecDeque<Record>,
    files_read: u64,
    files_ignored: u64,
    bytes: Arc<AtomicU64>,
    total_bytes: u64,
}

/// Reads one open file, record by record.
pub(super) trait RecordReader: Send {
    /// Appends what the next record gives; `false` at the end of the file.
    fn read_next(&mut self, records: &mut VecDeque<Record>) -> bool;

    /// Appends a line that can be parsed later; a format that is not read by line appends a
    /// record. `false` at the end of the file.
    fn read_lines(&mut self, _lines: &mut LineBlock, records: &mut VecDeque<Record>) -> bool {
        self.read_next(records)
    }
}

/// Opens the inputs. `now` (Unix seconds) tells dates in the future; it is passed in so that a
/// run can be repeated. The only errors are an INPUT that does not exist and a mapping for a field
/// that does not exist; all else comes as [`Problem`]s.
pub fn records(inputs: &[Input], config: &ReadConfig, now: i64) -> Result<Records> {
    let names = FieldNames::new(config)?;
    let limit = usize::try_from(config.max_record_bytes).unwrap_or(usize::MAX);
    // Spans are 32 bits wide.
    let limit = limit.min(u32::MAX as usize - 1);
    let walked = walk::walk(inputs)?;
    Ok(Records {
        settings: Arc::new(RowSettings { names, limit, now }),
        total_bytes: walked.files.iter().map(|file| file.bytes).sum(),
        files: walked.files.into_iter(),
        current: None,
        current_path: String::new(),
        pending: walked.problems.into_iter().map(Record::Problem).collect(),
        files_read: 0,
        files_ignored: walked.ignored,
        bytes: Arc::new(AtomicU64::new(0)),
    })
}

impl Records {
    /// Files opened so far.
    pub fn files_read(&self) -> u64 {
        self.files_read
    }

    /// Files of unknown kind in the folders; they are not read.
    pub fn files_ignored(&self) -> u64 {
        self.files_ignored
    }

    /// Bytes read so far, as they are on disk.
    pub fn bytes_read(&self) -> u64 {
        self.bytes.load(Ordering::Relaxed)
    }

    /// Bytes of all files, as they are on disk; standard input counts as nothing.
    pub fn total_bytes(&self) -> u64 {
        self.total_bytes
    }

    pub(super) fn open(&mut self, file: &FileToRead) {
        let place = Place { path: &file.shown, record: None };
        let opened = open::open(file.path.as_deref(), Arc::clone(&self.bytes));
        let mut opened = match opened {
            Ok(opened) => opened,
            Err(error) => {
                self.pending.push_back(unreadable(place, &error));
                return;
            }
        };
        self.files_read += 1;
        if opened.head.is_empty() {
            self.pending.push_back(match io::Read::read(&mut opened.stream, &mut [0]) {
                Err(error) => damaged(place, &error, opened.compressed),
                Ok(_) => place.skipped("the file is empty", ""),
            });
            return;
        }
        let named = Format::of_name(Path::new(&file.shown));
        let settings = Arc::clone(&self.settings);
        match Format::told(named, &opened.head, &settings.names) {
            Ok(Format::Text) => text_file::read(file, opened, &settings, &mut self.pending),
            Ok(format @ (Format::JsonLines | Format::Json)) => {
                self.current = Some(Box::new(JsonRows::new(&file.shown, opened, format, settings)));
            }
            Ok(Format::Csv) => {
                self.current = Some(Box::new(CsvRows::new(&file.shown, opened, settings)));
            }
            Err(kind) => self.pending.push_back(place.skipped(
                format!("this is {kind}, which cento does not read"),
                "give plain text, JSON lines or CSV, compressed with gzip or zstd or not at all",
            )),
        }
    }
}

impl Iterator for Records {
    type Item = Record;

    fn next(&mut self) -> Option<Record> {
        loop {
            if let Some(record) = self.pending.pop_front() {
                return Some(record);
            }
            if let Some(current) = &mut self.current {
                if !current.read_next(&mut self.pending) {
                    self.current = None;
                }
                continue;
            }
            let file = self.files.next()?;
            self.open(&file);
        }
    }
}

/// A file that cannot be opened.
fn unreadable(place: Place<'_>, error: &io::Error) -> Record {
    let hint = match error.kind() {
        io::ErrorKind::PermissionDenied => "check the file's permissions",
        _ => "check that the file is whole and can be read",
    };
    place.skipped(format!("cannot be read: {error}"), hint)
}

/// A stream that breaks off or is not what it seems; what came before is kept.
pub(super) fn damaged(place: Place<'_>, error: &io::Error, compressed: bool) -> Record {
    if compressed {
        place.skipped(
            format!("the archive is damaged or cut off: {error}"),
            "documents before this place are kept; fetch the file again",
        )
    } else {
        place.skipped(
            format!("cannot be read further: {error}"),
            "documents before this place are kept",
        )
    }
}

/// A record over the limit.
pub(super) fn too_long(place: Place<'_>, bytes: u64, limit: usize) -> Record {
    place.skipped(
        format!("the record has {bytes} bytes, more than the limit of {limit}"),
        "raise max-record-bytes under [read] in cento.toml if this is one article",
    )
}

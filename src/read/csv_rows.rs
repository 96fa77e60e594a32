//! CSV: rows under a header of field names.
//!
//! The state machine of the csv crate is driven directly, so that a row without end (a quotation
//! mark that is never closed) streams by and is not held in memory.

use std::borrow::Cow;
use std::collections::VecDeque;
use std::io::{self, BufRead, BufReader};
use std::sync::Arc;

use csv_core::ReadRecordResult;

use super::encoding::{self, Decoded};
use super::fields::Field;
use super::format;
use super::open::{Opened, Stream};
use super::records::{Record, RecordReader, damaged, too_long};
use super::row::{Place, Row, RowSettings, Value};

/// A row with more columns is not held.
const MAX_COLUMNS: usize = 65_536;

/// The rows of one file.
pub(super) struct CsvRows {
    path: String,
    rows: RawRows,
    columns: Option<Columns>,
    settings: Arc<RowSettings>,
    compressed: bool,
    any: bool,
    /// How many rows were read as windows-1252, and the first of them.
    fallback: Option<(u64, u64)>,
}

/// The header.
struct Columns {
    names: Vec<String>,
    /// For each column the fields it fills, with the rank of its name.
    fields: Vec<Vec<(Field, u8)>>,
}

impl CsvRows {
    /// Rows of an open file.
    pub(super) fn new(path: &str, opened: Opened, settings: Arc<RowSettings>) -> Self {
        CsvRows {
            path: path.to_owned(),
            rows: RawRows::new(opened.stream, format::delimiter(&opened.head), settings.limit),
            columns: None,
            settings,
            compressed: opened.compressed,
            any: false,
            fallback: None,
        }
    }

    fn read_header(&mut self, records: &mut VecDeque<Record>) -> bool {
        let place = Place { path: &self.path, record: Some(1) };
        let failure = match self.rows.next_row() {
            (_, RawRow::Fields(fields)) => {
                let names: Vec<String> =
                    fields.iter().map(|name| encoding::decode(name).0.trim().to_owned()).collect();
                let fields: Vec<Vec<_>> = names
                    .iter()
                    .map(|name| self.settings.names.fields_of(name).collect())
                    .collect();
                if fields.iter().flatten().any(|&(field, _)| field == Field::Text) {
                    self.columns = Some(Columns { names, fields });
                    return true;
                }
                let shown: Vec<&str> = names.iter().take(20).map(String::as_str).collect();
                place.skipped(
                    "the header names no column for the text; the file is not read",
                    format!(
                        "its columns are: {}; name the one to read with --field text=NAME",
                        shown.join(", ")
                    ),
                )
            }
            (_, RawRow::TooLong(bytes)) => too_long(place, bytes, self.settings.limit),
            (_, RawRow::Failed(error)) => damaged(place, &error, self.compressed),
            (_, RawRow::End) => Place { record: None, ..place }.skipped("the file is empty", ""),
        };
        records.push_back(failure);
        false
    }

    /// What is said at the end of the file.
    fn finish(&self, records: &mut VecDeque<Record>) {
        if let Some((rows, first)) = self.fallback {
            let place = Place { path: &self.path, record: Some(first) };
            records.push_back(place.warning(
                format!(
                    "{rows} rows are not UTF-8 and were read as windows-1252; this is the first"
                ),
                "convert the file to UTF-8 if letters look wrong",
            ));
        }
        if !self.any {
            let place = Place { path: &self.path, record: None };
            records.push_back(place.skipped("the file is empty below its header", ""));
        }
    }
}

impl RecordReader for CsvRows {
    fn read_next(&mut self, records: &mut VecDeque<Record>) -> bool {
        if self.columns.is_none() && !self.read_header(records) {
            return false;
        }
        let Some(columns) = &self.columns else { return false };
        let (line, row) = self.rows.next_row();
        let place = Place { path: &self.path, record: Some(line) };
        match row {
            RawRow::Fields(fields) => {
                let decoded = read_row(&fields, columns, place, &self.settings, records);
                if decoded == Decoded::Windows1252 {
                    let (rows, _) = self.fallback.get_or_insert((0, line));
                    *rows += 1;
                }
            }
            RawRow::TooLong(bytes) => {
                records.push_back(too_long(place, bytes, self.settings.limit));
            }
            RawRow::Failed(error) => records.push_back(damaged(place, &error, self.compressed)),
            RawRow::End => {
                self.finish(records);
                return false;
            }
        }
        self.any = true;
        true
    }
}

/// One row to its document or its problem; says how it was decoded.
fn read_row(
    fields: &[&[u8]],
    columns: &Columns,
    place: Place<'_>,
    settings: &RowSettings,
    records: &mut VecDeque<Record>,
) -> Decoded {
    if fields.len() != columns.names.len() {
        records.push_back(place.skipped(
            format!("the row has {} fields, the header {}", fields.len(), columns.names.len()),
            "look for a quotation mark that is not closed or a delimiter that is not quoted",
        ));
        return Decoded::Utf8;
    }
    let mut row = Row::default();
    let mut worst = Decoded::Utf8;
    for (bytes, targets) in fields.iter().zip(&columns.fields) {
        if targets.is_empty() {
            continue;
        }
        let (text, decoded) = encoding::decode(bytes);
        match decoded {
            Decoded::Utf8 => {}
            Decoded::Binary | Decoded::Damaged(_) => {
                records
                    .push_back(place.skipped("the row is not UTF-8", "convert the file to UTF-8"));
                return decoded;
            }
            Decoded::Windows1252 => worst = decoded,
        }
        for &(field, rank) in targets {
            row.set(field, rank, Value::Text(Cow::clone(&text)));
        }
    }
    row.into_records(place, settings, || columns.names.clone(), records);
    worst
}

/// Splits a stream into rows of fields.
struct RawRows {
    input: BufReader<Stream>,
    parser: csv_core::Reader,
    limit: usize,
    output: Vec<u8>,
    ends: Vec<usize>,
    /// The line that is read next, counted from 1.
    line: u64,
    finished: bool,
}

enum RawRow<'a> {
    Fields(Vec<&'a [u8]>),
    TooLong(u64),
    Failed(io::Error),
    End,
}

impl RawRows {
    fn new(input: BufReader<Stream>, delimiter: u8, limit: usize) -> Self {
        let parser = csv_core::ReaderBuilder::new().delimiter(delimiter).build();
        let (output, ends) = (vec![0; 64 << 10], vec![0; 64]);
        RawRows { input, parser, limit, output, ends, line: 1, finished: false }
    }

    /// The next row and the line it starts in.
    fn next_row(&mut self) -> (u64, RawRow<'_>) {
        if self.finished {
            return (self.line, RawRow::End);
        }
        self.output.truncate(1 << 20);
        if let Err(error) = self.skip_line_ends() {
            self.finished = true;
            return (self.line, RawRow::Failed(error));
        }
        let first_line = self.line;
        let (mut filled, mut columns, mut discarded) = (0, 0, 0u64);
        let mut over_limit = false;
        loop {
            let input = match self.input.fill_buf() {
                Ok(input) => input,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => {
                    self.finished = true;
                    return (first_line, RawRow::Failed(error));
                }
            };
            let (result, read, written, ended) = self.parser.read_record(
                input,
                &mut self.output[filled..],
                &mut self.ends[columns..],
            );
            self.line += memchr::memchr_iter(b'\n', &input[..read]).count() as u64;
            self.input.consume(read);
            filled += written;
            columns += ended;
            match result {
                ReadRecordResult::InputEmpty => {}
                ReadRecordResult::OutputFull if filled < self.limit && !over_limit => {
                    let larger = (self.output.len() * 2).min(self.limit.max(1 << 10));
                    self.output.resize(larger.max(filled + 1), 0);
                }
                ReadRecordResult::OutputEndsFull if columns < MAX_COLUMNS && !over_limit => {
                    self.ends.resize(self.ends.len() * 2, 0);
                }
                ReadRecordResult::OutputFull | ReadRecordResult::OutputEndsFull => {
                    over_limit = true;
                    discarded += filled as u64;
                    (filled, columns) = (0, 0);
                }
                ReadRecordResult::Record => break,
                ReadRecordResult::End => {
                    self.finished = true;
                    return (first_line, RawRow::End);
                }
            }
        }
        if over_limit || filled > self.limit {
            return (first_line, RawRow::TooLong(discarded + filled as u64));
        }
        let mut start = 0;
        let fields = self.ends[..columns]
            .iter()
            .map(|&end| {
                let field = &self.output[start..end];
                start = end;
                field
            })
            .collect();
        (first_line, RawRow::Fields(fields))
    }

    /// Passes over the rest of a `\r\n` and over blank lines, so that the line of a row is the one
    /// it starts in.
    fn skip_line_ends(&mut self) -> io::Result<()> {
        loop {
            let input = match self.input.fill_buf() {
                Ok(input) => input,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(error),
            };
            let blank = input.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
            if blank == 0 {
                return Ok(());
            }
            self.line += memchr::memchr_iter(b'\n', &input[..blank]).count() as u64;
            self.input.consume(blank);
        }
    }
}

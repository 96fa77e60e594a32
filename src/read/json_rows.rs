//! JSON: one object a line, or a list of objects, or objects printed over many lines.

use std::collections::VecDeque;
use std::io::BufReader;
use std::sync::Arc;

use super::blocks::LineBlock;
use super::format::Format;
use super::json_line::{member_names, parse_object};
use super::json_repair::repair;
use super::json_values::JsonValues;
use super::lines::{Line, Lines};
use super::open::{Opened, Stream};
use super::records::{Record, RecordReader, damaged, too_long};
use super::row::{Place, RowSettings};

/// The rows of one file.
pub(super) struct JsonRows {
    path: String,
    objects: Objects,
    settings: Arc<RowSettings>,
    compressed: bool,
    any: bool,
}

/// The two ways in which objects follow one another.
enum Objects {
    Lines(Lines<BufReader<Stream>>),
    Values(JsonValues<BufReader<Stream>>),
}

impl JsonRows {
    /// Rows of an open file.
    pub(super) fn new(
        path: &str,
        opened: Opened,
        format: Format,
        settings: Arc<RowSettings>,
    ) -> Self {
        let objects = match format {
            Format::Json => Objects::Values(JsonValues::new(opened.stream, settings.limit)),
            _ => Objects::Lines(Lines::new(opened.stream, settings.limit)),
        };
        JsonRows {
            path: path.to_owned(),
            objects,
            compressed: opened.compressed,
            settings,
            any: false,
        }
    }
}

impl JsonRows {
    /// Passes the next line that holds anything on; `false` at the end of the file.
    fn next_line(
        &mut self,
        records: &mut VecDeque<Record>,
        pass: impl FnOnce(&[u8], Place<'_>, &Arc<RowSettings>, &mut VecDeque<Record>),
    ) -> bool {
        let next = match &mut self.objects {
            Objects::Lines(lines) => lines.next_line(),
            Objects::Values(values) => values.next_value(),
        };
        let Some((number, line)) = next else {
            if !self.any {
                let place = Place { path: &self.path, record: None };
                records.push_back(place.skipped("the file is empty", ""));
            }
            return false;
        };
        let place = Place { path: &self.path, record: Some(number) };
        match line {
            Line::Bytes(bytes) => {
                // Files that were put together with `cat` have their marks in the middle.
                let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
                let bytes = bytes.trim_ascii_end();
                if bytes.is_empty() {
                    return true;
                }
                pass(bytes, place, &self.settings, records);
            }
            Line::TooLong(length) => {
                records.push_back(too_long(place, length, self.settings.limit));
            }
            Line::Failed(error) => records.push_back(damaged(place, &error, self.compressed)),
        }
        self.any = true;
        true
    }
}

impl RecordReader for JsonRows {
    fn read_next(&mut self, records: &mut VecDeque<Record>) -> bool {
        self.next_line(records, |line, place, settings, records| {
            read_line(line, place, settings, records);
        })
    }

    fn read_lines(&mut self, lines: &mut LineBlock, records: &mut VecDeque<Record>) -> bool {
        self.next_line(records, |line, place, settings, _| {
            lines.push(line, place.record.unwrap_or(0), settings);
        })
    }
}

/// One line to its document or its problem.
pub(super) fn read_line(
    bytes: &[u8],
    place: Place<'_>,
    settings: &RowSettings,
    records: &mut VecDeque<Record>,
) {
    let json = match std::str::from_utf8(bytes) {
        Ok(json) => json,
        Err(error) => {
            records.push_back(place.skipped(
                format!("the line is not UTF-8 (byte {} of the line)", error.valid_up_to() + 1),
                "convert the file to UTF-8",
            ));
            return;
        }
    };
    let error = match parse_object(json, &settings.names) {
        Ok(row) => return row.into_records(place, settings, || member_names(json), records),
        Err(error) => error,
    };
    if let Some(repaired) = repair(json)
        && let Ok(row) = parse_object(&repaired, &settings.names)
    {
        let before = records.len();
        row.into_records(place, settings, || member_names(&repaired), records);
        if matches!(records.get(before), Some(Record::Document(_))) {
            records.push_back(place.warning(
                format!("the JSON is faulty ({error}) and was mended"),
                "half characters were replaced by U+FFFD, bare control characters escaped",
            ));
        }
        return;
    }
    records.push_back(
        place.skipped(
            format!("broken JSON: {error}"),
            "every record has to be one whole JSON object",
        ),
    );
}

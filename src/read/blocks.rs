//! Records in blocks: whole lines are cut off the stream and parsed later, on any thread.
//!
//! Parsing a line and copying its fields costs more than all the rest of reading. A run that only
//! needs ids and texts ([`Block::texts`]) borrows both from the line.

use std::borrow::Cow;
use std::collections::VecDeque;
use std::sync::Arc;

use super::json_line::parse_object;
use super::json_rows::read_line;
use super::records::{Record, Records};
use super::row::{Place, RowSettings};
use crate::model::Problem;

/// A block is complete when it holds this many bytes of text.
const BLOCK_BYTES: usize = 1 << 20;

/// Records of one file that follow one another.
pub struct Block {
    path: String,
    /// Records that are read already, in formats that are not read by line, and problems.
    records: VecDeque<Record>,
    lines: LineBlock,
}

/// Lines to be parsed.
#[derive(Debug, Default)]
pub(super) struct LineBlock {
    bytes: Vec<u8>,
    /// The end of each line and its number in the file.
    ends: Vec<(usize, u64)>,
    settings: Option<Arc<RowSettings>>,
}

impl LineBlock {
    /// Adds a line, which will be parsed with these settings.
    pub(super) fn push(&mut self, line: &[u8], number: u64, settings: &Arc<RowSettings>) {
        self.bytes.extend_from_slice(line);
        self.ends.push((self.bytes.len(), number));
        self.settings.get_or_insert_with(|| Arc::clone(settings));
    }

    /// Calls `each` with every line and its number.
    fn for_each(&self, mut each: impl FnMut(&[u8], u64, &RowSettings)) {
        let Some(settings) = &self.settings else { return };
        let mut start = 0;
        for &(end, number) in &self.ends {
            each(&self.bytes[start..end], number, settings);
            start = end;
        }
    }
}

/// A document as far as its text goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextRecord<'a> {
    /// The document's id.
    pub id: Cow<'a, str>,
    /// The text exactly as decoded.
    pub text: Cow<'a, str>,
    /// The line of the file (from 1), where lines are records.
    pub record: Option<u64>,
}

impl Records {
    /// The next block, in the order of the files; `None` at the end. Do not mix with iterating
    /// over single records.
    pub fn next_block(&mut self) -> Option<Block> {
        let mut block = Block {
            path: self.current_path.clone(),
            records: VecDeque::new(),
            lines: LineBlock::default(),
        };
        let mut bytes_of_records = 0;
        loop {
            while let Some(record) = self.pending.pop_front() {
                if let Record::Document(document) = &record {
                    bytes_of_records += document.text.len();
                }
                block.records.push_back(record);
            }
            if block.lines.bytes.len() + bytes_of_records >= BLOCK_BYTES {
                return Some(block);
            }
            if let Some(current) = &mut self.current {
                if !current.read_lines(&mut block.lines, &mut self.pending) {
                    self.current = None;
                }
            } else if !block.lines.ends.is_empty() {
                return Some(block);
            } else if let Some(file) = self.files.next() {
                self.open(&file);
                block.path.clone_from(&file.shown);
                self.current_path = file.shown;
            } else {
                return (!block.records.is_empty()).then_some(block);
            }
        }
    }
}

impl Block {
    /// The file that its lines come from, as the user named it.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The records of the block.
    pub fn records(self) -> Vec<Record> {
        let mut records = self.records;
        self.lines.for_each(|line, number, settings| {
            read_line(
                line,
                Place { path: &self.path, record: Some(number) },
                settings,
                &mut records,
            );
        });
        records.into()
    }

    /// Calls `each` with the id and text of every document, and with the file it comes from;
    /// returns what was wrong. Metadata is not looked at.
    pub fn texts(&self, mut each: impl FnMut(&str, TextRecord<'_>)) -> Vec<Problem> {
        let mut problems = Vec::new();
        let mut pass = |record: &Record, each: &mut dyn FnMut(&str, TextRecord<'_>)| match record {
            Record::Problem(problem) => problems.push(problem.clone()),
            Record::Document(document) => {
                let (id, text) = ((*document.id).into(), (*document.text).into());
                each(&document.path, TextRecord { id, text, record: document.record });
            }
        };
        for record in &self.records {
            pass(record, &mut each);
        }
        let mut others = VecDeque::new();
        self.lines.for_each(|line, number, settings| {
            let line_text = std::str::from_utf8(line).ok();
            let row = line_text.and_then(|line| parse_object(line, &settings.names).ok());
            if let Some((id, text)) = row.and_then(|mut row| row.take_id_and_text()) {
                each(&self.path, TextRecord { id, text, record: Some(number) });
                return;
            }
            // Anything out of the ordinary takes the long way.
            let place = Place { path: &self.path, record: Some(number) };
            read_line(line, place, settings, &mut others);
            for record in others.drain(..) {
                pass(&record, &mut each);
            }
        });
        problems
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::super::{Input, records};
    use super::*;
    use crate::config::ReadConfig;

    #[test]
    fn blocks_hold_the_records_of_the_stream() {
        let folder = tempfile::tempdir().unwrap();
        let mut lines: Vec<String> = (0..9000)
            .map(|n| format!("{{\"id\": \"r{n}\", \"text\": \"{} {n}\"}}", "news ".repeat(n % 90)))
            .collect();
        lines[17] = "{\"id\": \"x\", \"text\": ".to_owned();
        lines[18] = "{\"text\": \"no id \\u00e9\"}".to_owned();
        lines[19] = "{\"id\": 19, \"text\": \"a number\"}".to_owned();
        lines[20] = "{\"id\": \"empty\", \"text\": \"\"}".to_owned();
        lines[21] = "{\"id\": \"d\", \"text\": \"t\", \"date\": \"2999-01-01\"}".to_owned();
        fs::write(folder.path().join("a.jsonl"), lines.join("\n")).unwrap();
        fs::write(folder.path().join("b.txt"), "One text.").unwrap();
        fs::write(folder.path().join("c.csv"), "id,text\n1,first row\n2,second row\n").unwrap();
        fs::write(folder.path().join("d.jsonl"), "{\"id\": \"last\", \"text\": \"t\"}\n").unwrap();
        let inputs = [Input::Path(folder.path().to_path_buf())];
        let open = || records(&inputs, &ReadConfig::default(), 0).unwrap();

        let streamed: Vec<Record> = open().collect();
        let mut blocks = open();
        let blocks: Vec<Block> = std::iter::from_fn(|| blocks.next_block()).collect();
        assert!(blocks.len() > 2);
        let (mut texts, mut problems) = (Vec::new(), Vec::new());
        for block in &blocks {
            problems.extend(block.texts(|path, record| {
                texts.push((
                    path.to_owned(),
                    record.record,
                    record.id.into_owned(),
                    record.text.into_owned(),
                ));
            }));
        }
        let documents: Vec<_> = streamed
            .iter()
            .filter_map(|record| match record {
                Record::Document(document) => Some(document.clone()),
                Record::Problem(_) => None,
            })
            .map(|document| (document.path, document.record, document.id, document.text))
            .collect();
        assert_eq!(texts, documents);
        // Dates are not looked at.
        let skipped = |problem: &&Problem| !problem.message.contains("date");
        let of_stream: Vec<&Problem> = streamed
            .iter()
            .filter_map(|record| match record {
                Record::Problem(problem) => Some(problem),
                Record::Document(_) => None,
            })
            .filter(skipped)
            .collect();
        assert_eq!(problems.iter().filter(skipped).collect::<Vec<_>>(), of_stream);
        let whole: Vec<Record> = blocks.into_iter().flat_map(Block::records).collect();
        assert_eq!(whole, streamed);
    }
}

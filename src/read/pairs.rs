//! The list of document pairs of `--pairs`: two ids a line, parted by a tab.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;

use super::lines::{Line, Lines};
use super::open;
use super::records::{Record, damaged, too_long};
use super::row::Place;
use crate::error::{Error, Result};
use crate::model::{Document, DocumentIndex, Problem};

/// No id is longer.
const MAX_LINE_BYTES: usize = 1 << 20;

/// So many lines with unknown ids are listed one by one; the rest is counted.
const LISTED_LINES: u64 = 20;

/// The document pairs to be compared.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ListedPairs {
    /// Positions in the sorted documents, the lower one first; sorted, each pair once.
    pub pairs: Vec<(DocumentIndex, DocumentIndex)>,
    /// Lines that could not be used.
    pub problems: Vec<Problem>,
    /// Lines that name an id which no document has.
    pub unknown: u64,
}

/// Reads a list of pairs. Further columns are ignored, and so is a first line that is a header
/// (neither of its words is an id, while other lines hold ids). `documents` are sorted by id.
pub fn read_pairs(path: &Path, documents: &[Document]) -> Result<ListedPairs> {
    let hint = "give a text file with two document ids a line, parted by a tab";
    let opened = open::open(Some(path), Arc::new(AtomicU64::new(0)))
        .map_err(|error| Error::file(path, error, hint))?;
    let compressed = opened.compressed;
    let mut lines = Lines::new(opened.stream, MAX_LINE_BYTES);
    let shown = path.display().to_string();
    let mut listed = ListedPairs::default();
    let mut header = None;
    while let Some((number, line)) = lines.next_line() {
        let place = Place { path: &shown, record: Some(number) };
        let record = match line {
            Line::Bytes(bytes) => {
                let text = String::from_utf8_lossy(bytes);
                if text.trim().is_empty() {
                    continue;
                }
                match pair(&text, documents) {
                    Ok(pair) => {
                        listed.pairs.push(pair);
                        continue;
                    }
                    Err(Unusable::NeitherKnown) if number == 1 => {
                        header = Some(place.warning("neither id is known", ""));
                        continue;
                    }
                    Err(unusable) => {
                        if unusable.is_unknown_id() {
                            listed.unknown += 1;
                            if listed.unknown > LISTED_LINES {
                                continue;
                            }
                        }
                        place.warning(unusable.message(), "")
                    }
                }
            }
            Line::TooLong(length) => too_long(place, length, MAX_LINE_BYTES),
            Line::Failed(error) => damaged(place, &error, compressed),
        };
        listed.add(record);
    }
    if let Some(header) = header.filter(|_| listed.pairs.is_empty()) {
        listed.unknown += 1;
        listed.add(header);
    }
    if listed.unknown > LISTED_LINES {
        let more = listed.unknown - LISTED_LINES;
        let place = Place { path: &shown, record: None };
        let message = format!("{more} more lines name ids that no document has");
        listed.add(place.warning(message, "check that the list belongs to these inputs"));
    }
    listed.pairs.sort_unstable();
    listed.pairs.dedup();
    listed.problems.sort();
    Ok(listed)
}

impl ListedPairs {
    fn add(&mut self, record: Record) {
        if let Record::Problem(problem) = record {
            self.problems.push(problem);
        }
    }
}

/// Why a line gives no pair.
enum Unusable {
    OneColumn,
    SameDocument(String),
    Unknown(String),
    NeitherKnown,
}

impl Unusable {
    fn is_unknown_id(&self) -> bool {
        matches!(self, Unusable::Unknown(_) | Unusable::NeitherKnown)
    }

    fn message(&self) -> String {
        match self {
            Unusable::OneColumn => "the line has no two ids parted by a tab".to_owned(),
            Unusable::SameDocument(id) => format!("both ids are \"{id}\""),
            Unusable::Unknown(id) => format!("no document has the id \"{id}\""),
            Unusable::NeitherKnown => "neither id is known".to_owned(),
        }
    }
}

fn pair(line: &str, documents: &[Document]) -> Result<(DocumentIndex, DocumentIndex), Unusable> {
    let line = line.trim_start_matches('\u{FEFF}').trim_end_matches(['\r', '\n']);
    let mut columns = line.split('\t').map(str::trim);
    let (Some(first), Some(second)) = (columns.next(), columns.next()) else {
        return Err(Unusable::OneColumn);
    };
    let find = |id: &str| documents.binary_search_by(|document| document.id.as_str().cmp(id)).ok();
    match (find(first), find(second)) {
        (Some(a), Some(b)) if a == b => Err(Unusable::SameDocument(first.to_owned())),
        (Some(a), Some(b)) => Ok((a.min(b) as DocumentIndex, a.max(b) as DocumentIndex)),
        (None, None) => Err(Unusable::NeitherKnown),
        (None, _) => Err(Unusable::Unknown(first.to_owned())),
        (_, None) => Err(Unusable::Unknown(second.to_owned())),
    }
}

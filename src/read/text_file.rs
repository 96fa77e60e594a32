//! A text file: one document.

use std::collections::VecDeque;
use std::io::Read;
use std::sync::atomic::Ordering;

use xxhash_rust::xxh3::xxh3_64;

use super::encoding::{self, Decoded};
use super::open::Opened;
use super::records::{Record, damaged, too_long};
use super::row::{Place, RowSettings, is_blank};
use super::walk::FileToRead;
use crate::model::Document;

/// Reads the whole file. Its text is kept exactly as decoded, line ends included.
pub(super) fn read(
    file: &FileToRead,
    mut opened: Opened,
    settings: &RowSettings,
    records: &mut VecDeque<Record>,
) {
    let place = Place { path: &file.shown, record: None };
    let mut bytes = Vec::new();
    let mut stream = opened.stream.by_ref().take(settings.limit as u64 + 1);
    if let Err(error) = stream.read_to_end(&mut bytes) {
        records.push_back(damaged(place, &error, opened.compressed));
        return;
    }
    if bytes.len() > settings.limit {
        drop(bytes);
        let rest = std::io::copy(&mut opened.stream, &mut std::io::sink()).unwrap_or(0);
        records.push_back(too_long(place, settings.limit as u64 + 1 + rest, settings.limit));
        return;
    }
    let (text, decoded) = encoding::decode(&bytes);
    if decoded == Decoded::Binary {
        records.push_back(place.skipped("this is not text", "give UTF-8 or UTF-16 text"));
        return;
    }
    if is_blank(&text) {
        records.push_back(place.skipped("the file is empty", ""));
        return;
    }
    let text = text.into_owned();
    records.push_back(Record::Document(Document {
        id: file.id.clone(),
        path: file.shown.clone(),
        record: None,
        source: String::new(),
        url: None,
        title: None,
        published_at: None,
        declared_language: None,
        digest: xxh3_64(text.as_bytes()),
        text,
    }));
    let hint = "convert the file to UTF-8 if letters look wrong";
    match decoded {
        Decoded::Windows1252 => {
            records.push_back(place.warning("not UTF-8; read as windows-1252", hint));
        }
        Decoded::Damaged(faults) => records.push_back(place.warning(
            format!("{faults} faults in its UTF-8, each replaced by U+FFFD"),
            "fetch the file again or repair it",
        )),
        Decoded::Utf8 | Decoded::Binary => {}
    }
    if opened.malformed.load(Ordering::Relaxed) {
        records.push_back(place.warning("faults in its UTF-16, replaced by U+FFFD", hint));
    }
}

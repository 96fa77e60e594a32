//! Which format a file has, by its name and its content.
//!
//! The name decides what the content leaves open (a `.txt` file full of JSON stays one text); the
//! content decides when the name cannot be right (a `.csv` file of JSON objects), and where the
//! name says nothing (standard input, a file given directly under an unknown name).

use std::path::Path;

use super::fields::{Field, FieldNames};

/// A format that holds documents.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Format {
    /// One text a file: `.txt`, `.text`, `.md`.
    Text,
    /// One JSON object a line: `.jsonl`, `.ndjson`, `.json`.
    JsonLines,
    /// A list of JSON objects, or objects printed over many lines. Told by the content: a `[` and a
    /// `{`, or a `{` with nothing else in its line and a name in the next.
    Json,
    /// Rows under a header of field names: `.csv`, `.tsv`. The delimiter is told by the header.
    Csv,
}

impl Format {
    /// The format a name stands for; compression suffixes do not matter.
    pub fn of_name(path: &Path) -> Option<Format> {
        let name = path.file_name()?.to_str()?.to_ascii_lowercase();
        let name = [".gz", ".zst", ".zstd"]
            .iter()
            .find_map(|suffix| name.strip_suffix(suffix))
            .unwrap_or(&name);
        match name.rsplit_once('.')?.1 {
            "txt" | "text" | "md" => Some(Format::Text),
            "jsonl" | "ndjson" | "jsonlines" | "json" => Some(Format::JsonLines),
            "csv" | "tsv" => Some(Format::Csv),
            _ => None,
        }
    }

    /// The format of a file, or what it is instead.
    pub(super) fn told(
        named: Option<Format>,
        head: &[u8],
        names: &FieldNames,
    ) -> Result<Format, &'static str> {
        if let Some(other) = other_kind(head) {
            return Err(other);
        }
        let start = head.trim_ascii_start();
        let is_json = start.first() == Some(&b'{')
            && matches!(start[1..].trim_ascii_start().first(), Some(b'"' | b'}'));
        let is_json_value = match start.first() {
            Some(b'[') => start[1..].trim_ascii_start().first() == Some(&b'{'),
            // A broken line of JSON lines can be a bracket alone too, but no name follows it.
            Some(b'{') => {
                let line_end = start.iter().position(|&byte| byte == b'\n').unwrap_or(start.len());
                start[..line_end].trim_ascii_end() == b"{"
                    && start[line_end..].trim_ascii_start().first() == Some(&b'"')
            }
            _ => false,
        };
        match named {
            Some(Format::Text) => Ok(Format::Text),
            Some(Format::Csv | Format::JsonLines | Format::Json) | None if is_json_value => {
                Ok(Format::Json)
            }
            Some(Format::Csv) if is_json => Ok(Format::JsonLines),
            Some(Format::Csv) => Ok(Format::Csv),
            Some(Format::JsonLines | Format::Json)
                if start.first() != Some(&b'{') && has_header(head, names) =>
            {
                Ok(Format::Csv)
            }
            Some(Format::JsonLines | Format::Json) => Ok(Format::JsonLines),
            None if is_json => Ok(Format::JsonLines),
            None if has_header(head, names) => Ok(Format::Csv),
            None if is_markup(start) => Err("HTML or XML"),
            None => Ok(Format::Text),
        }
    }
}

/// Kinds of file that hold no text to be read and say so in their first bytes.
fn other_kind(head: &[u8]) -> Option<&'static str> {
    const KINDS: [(&[u8], &str); 8] = [
        (b"PAR1", "a Parquet file"),
        (b"%PDF-", "a PDF file"),
        (b"PK\x03\x04", "a ZIP archive or an office document"),
        (b"BZh91AY&SY", "a bzip2 archive"),
        (b"\xFD7zXZ\0", "an xz archive"),
        (b"\x89PNG", "an image"),
        (b"\xFF\xD8\xFF", "an image"),
        (b"SQLite format 3\0", "an SQLite database"),
    ];
    KINDS.iter().find(|(magic, _)| head.starts_with(magic)).map(|&(_, kind)| kind)
}

fn is_markup(start: &[u8]) -> bool {
    let start = start[..start.len().min(16)].to_ascii_lowercase();
    [&b"<!doctype"[..], b"<html", b"<?xml"].iter().any(|tag| start.starts_with(tag))
}

/// Whether the first line names a column for the text and at least one other.
fn has_header(head: &[u8], names: &FieldNames) -> bool {
    let line = head.split(|&byte| byte == b'\n').next().unwrap_or(head);
    let Ok(line) = std::str::from_utf8(line) else { return false };
    let columns: Vec<&str> = line
        .split(char::from(delimiter(line.as_bytes())))
        .map(|column| column.trim().trim_matches('"'))
        .collect();
    let is_text = |name: &&&str| names.fields_of(name).any(|(field, _)| field == Field::Text);
    columns.len() > 1 && columns.iter().any(|name| is_text(&name))
}

/// The delimiter of a CSV file: of comma, semicolon, tab and bar the one that its first line has
/// most of outside quotation marks; the comma if it has none.
pub(super) fn delimiter(head: &[u8]) -> u8 {
    let mut counts = [(b',', 0), (b';', 0), (b'\t', 0), (b'|', 0)];
    let mut quoted = false;
    for &byte in head {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' if !quoted => break,
            _ if !quoted => {
                if let Some((_, count)) = counts.iter_mut().find(|(known, _)| *known == byte) {
                    *count += 1;
                }
            }
            _ => {}
        }
    }
    let mut best = counts[0];
    for candidate in counts {
        if candidate.1 > best.1 {
            best = candidate;
        }
    }
    best.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::ReadConfig;

    #[test]
    fn the_format_is_told_by_name_and_content() {
        let names = FieldNames::new(&ReadConfig::default()).expect("no mapping");
        let json = "{\"id\": 1, \"text\": \"a\"}\n";
        let csv = "id;Text;date\n1;a;2018\n";
        for (name, content, expected) in [
            ("a.txt", json, Ok(Format::Text)),
            ("a.TXT.gz", csv, Ok(Format::Text)),
            ("a.jsonl", json, Ok(Format::JsonLines)),
            ("a.jsonl.zst", "broken", Ok(Format::JsonLines)),
            ("a.jsonl", csv, Ok(Format::Csv)),
            ("a.csv", json, Ok(Format::JsonLines)),
            ("a.json", "[ {\"text\": 1}]", Ok(Format::Json)),
            ("a.json", "{\r\n \"text\": 1}", Ok(Format::Json)),
            ("a.json", "{\n{\"text\": 1}", Ok(Format::JsonLines)),
            ("a.json", json, Ok(Format::JsonLines)),
            ("a.tsv", "id\ttitle\n", Ok(Format::Csv)),
            ("-", json, Ok(Format::JsonLines)),
            ("-", csv, Ok(Format::Csv)),
            ("-", "Text without any fields, as articles are.\n", Ok(Format::Text)),
            ("a.html", "\n<!DOCTYPE html><html>", Err("HTML or XML")),
            ("a.txt", "%PDF-1.7", Err("a PDF file")),
        ] {
            let named = Format::of_name(Path::new(name));
            assert_eq!(
                Format::told(named, content.as_bytes(), &names),
                expected,
                "{name} {content}"
            );
        }
    }

    #[test]
    fn the_delimiter_is_told_by_the_header() {
        for (header, expected) in [
            ("id,text\n;;;;", b','),
            ("id;\"a,b,c,d\";text", b';'),
            ("id\ttext,x\tdate", b'\t'),
            ("id|text", b'|'),
            ("text", b','),
        ] {
            assert_eq!(delimiter(header.as_bytes()), expected, "{header}");
        }
    }
}

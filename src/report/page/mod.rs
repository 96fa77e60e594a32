//! `report.html`: one file that opens from disk, without a network, for an editor to read.
//!
//! The findings stand in it once, as JSON in a script tag; a script of our own draws what is
//! looked at, so that a report of thousands of clusters opens at once. Without scripts the most
//! important findings stand in plain tables. All text comes from articles and is hostile until
//! shown otherwise: it is escaped where it is embedded, and the script only ever sets text, never
//! markup; a content security policy forbids every request.

mod collect;
mod data;
mod plain;

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::PathBuf;

use serde::Serialize;
use serde_json::ser::{Formatter, Serializer};

use super::folder::cannot_write;
use super::jsonl::finish_file;
use super::rows::{ClusterRow, DocumentRow, PairRow, PassageRow, SummaryRow};
use super::sink::RowSink;
use crate::Result;
use collect::Collector;
use data::PageData;

/// The name of the page in the output folder.
pub(super) const PAGE: &str = "report.html";

const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");

/// The page as a form of the output.
#[derive(Debug)]
pub(super) struct Page {
    path: PathBuf,
    collector: Collector,
}

impl Page {
    pub(super) fn new(path: PathBuf) -> Self {
        Page { path, collector: Collector::new() }
    }
}

impl RowSink for Page {
    fn takes_quotes(&self) -> bool {
        false
    }
    fn document(&mut self, row: &DocumentRow) -> Result<()> {
        self.collector.document(row);
        Ok(())
    }
    fn pair(&mut self, row: &PairRow) -> Result<()> {
        self.collector.pair(row);
        Ok(())
    }
    fn cluster(&mut self, row: &ClusterRow) -> Result<()> {
        self.collector.cluster(row);
        Ok(())
    }
    fn passage(&mut self, row: &PassageRow) -> Result<()> {
        self.collector.passage(row);
        Ok(())
    }
    fn finish(self: Box<Self>, summary: &SummaryRow) -> Result<()> {
        let Page { path, collector } = *self;
        let data = collector.finish(summary);
        let file = File::create(&path).map_err(|error| cannot_write(&path, error))?;
        let mut out = BufWriter::with_capacity(1 << 16, file);
        write_page(&data, &mut out).map_err(|error| cannot_write(&path, error))?;
        finish_file(&path, out)
    }
}

fn write_page(data: &PageData<'_>, out: &mut impl Write) -> io::Result<()> {
    write!(
        out,
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; \
         style-src 'unsafe-inline'; script-src 'unsafe-inline'; base-uri 'none'; \
         form-action 'none'\">\n\
         <title>Shared quotes and passages – cento</title>\n<style>\n{STYLE}</style>\n\
         </head>\n<body>\n"
    )?;
    plain::write(data, out)?;
    out.write_all(b"<script type=\"application/json\" id=\"data\">")?;
    data.serialize(&mut Serializer::with_formatter(&mut *out, Embedded))?;
    write!(out, "</script>\n<script>\n{SCRIPT}</script>\n</body>\n</html>\n")
}

/// JSON that can stand inside a script tag: no text in it can end the tag, open a comment or hold
/// one of the two line ends that JavaScript knows and JSON does not.
struct Embedded;

impl Formatter for Embedded {
    fn write_string_fragment<W: ?Sized + Write>(
        &mut self,
        writer: &mut W,
        fragment: &str,
    ) -> io::Result<()> {
        let mut rest = fragment;
        while let Some(place) = rest.find(['<', '>', '&', '\u{2028}', '\u{2029}']) {
            writer.write_all(&rest.as_bytes()[..place])?;
            let special = rest[place..].chars().next().unwrap_or_default();
            write!(writer, "\\u{:04x}", u32::from(special))?;
            rest = &rest[place + special.len_utf8()..];
        }
        writer.write_all(rest.as_bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn embedded_text_cannot_end_its_tag() {
        let hostile = "</script><!-- \u{2028}&\"\\ é";
        let mut out = Vec::new();
        hostile.serialize(&mut Serializer::with_formatter(&mut out, Embedded)).unwrap();
        let embedded = String::from_utf8(out).unwrap();
        assert!(!embedded.contains(['<', '>', '&', '\u{2028}']), "{embedded}");
        let back: String = serde_json::from_str(&embedded).unwrap();
        assert_eq!(back, hostile);
    }
}

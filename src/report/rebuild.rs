//! `cento report OUT`: the page, the graph and the exports of a finished scan, made again from its
//! tables.

use std::fs::{self, File};
use std::io::BufReader;
use std::path::Path;

use super::folder::{SUMMARY, cannot_write, is_made_by_cento};
use super::jsonl::read_lines;
use super::rows::SummaryRow;
use super::sink::{RowSink, create_forms};
use super::{ExportFormat, PARTIAL};
use crate::{Error, Result};

/// Makes the derived forms of a finished output folder again, with the exports that are asked for.
/// Each file is replaced when its new content is complete; the tables are only read.
pub fn rebuild(out: &Path, exports: &[ExportFormat]) -> Result<SummaryRow> {
    if !is_made_by_cento(out) {
        return Err(Error::usage(
            format!("{} is not a folder that `cento scan` wrote", out.display()),
            "name the folder that was given to -o (by default cento-out)",
        ));
    }
    let summary = read_summary(out)?;
    let partial = tempfile::Builder::new()
        .prefix(PARTIAL)
        .tempdir_in(out)
        .map_err(|error| cannot_write(out, error))?;
    let mut sinks = create_forms(partial.path(), exports)?;
    feed_from(out, &mut sinks)?;
    for sink in sinks {
        sink.finish(&summary)?;
    }
    let entries = fs::read_dir(partial.path()).map_err(|error| cannot_write(out, error))?;
    for entry in entries {
        let entry = entry.map_err(|error| cannot_write(out, error))?;
        let place = out.join(entry.file_name());
        fs::rename(entry.path(), &place).map_err(|error| cannot_write(&place, error))?;
    }
    Ok(summary)
}

fn read_summary(out: &Path) -> Result<SummaryRow> {
    let path = out.join(SUMMARY);
    let unreadable = |error: String| {
        Error::file(&path, error, "the folder is of another version of cento; run the scan again")
    };
    let file = File::open(&path).map_err(|error| unreadable(error.to_string()))?;
    serde_json::from_reader(BufReader::new(file)).map_err(|error| unreadable(error.to_string()))
}

/// Gives the rows of a finished folder to the sinks, in the order that [`RowSink`] promises.
fn feed_from(out: &Path, sinks: &mut [Box<dyn RowSink>]) -> Result<()> {
    read_lines(&out.join("documents.jsonl"), |row| {
        sinks.iter_mut().try_for_each(|sink| sink.document(&row))
    })?;
    read_lines(&out.join("pairs.jsonl"), |row| {
        sinks.iter_mut().try_for_each(|sink| sink.pair(&row))
    })?;
    read_lines(&out.join("clusters.jsonl"), |row| {
        sinks.iter_mut().try_for_each(|sink| sink.cluster(&row))
    })?;
    read_lines(&out.join("quotes.jsonl"), |row| {
        sinks.iter_mut().try_for_each(|sink| sink.quote(&row))
    })?;
    read_lines(&out.join("passages.jsonl"), |row| {
        sinks.iter_mut().try_for_each(|sink| sink.passage(&row))
    })?;
    read_lines(&out.join("boilerplate.jsonl"), |row| {
        sinks.iter_mut().try_for_each(|sink| sink.boilerplate(&row))
    })?;
    read_lines(&out.join("problems.jsonl"), |row| {
        sinks.iter_mut().try_for_each(|sink| sink.problem(&row))
    })
}

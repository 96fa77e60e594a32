//! Findings to files and terminal text. Where does the answer go, and in what form?
//!
//! [`write()`] makes the output folder of the contract: JSON Lines tables ([`rows`]), `summary.json`
//! and the forms made from the same rows. Rows flow once through a list of sinks, one file a form;
//! nothing is held in memory that a form does not need. The folder appears complete or not at all
//! ([`folder`]).
//!
//! # Same input, same bytes
//!
//! Two runs on the same input write the same bytes, whatever the number of threads and the order of
//! the records; so `diff -r` says whether anything changed. For that reason the folder holds no
//! times: not when the run began, not how long a stage took, not how many threads worked. Those are
//! written to the log (standard error) and to the file of `--metrics`
//! ([`metrics`]). One file depends on the order of the input by its nature: `problems.jsonl` names
//! the lines on which bad records stood.

mod assemble;
pub mod duplicates;
mod feed;
mod folder;
mod graph;
pub mod ids;
mod jsonl;
mod layout;
mod links;
mod marked;
pub mod metrics;
mod night;
mod page;
mod places;
mod quotes;
mod rebuild;
pub mod rows;
mod side_by_side;
mod sink;
mod tables;
mod terminal;
mod threads;
mod totals;
mod trace;

use std::ffi::OsStr;
use std::io::BufWriter;
use std::path::Path;

use serde_json::Value;

use crate::Result;
use crate::model::Findings;
use assemble::Assembler;
use feed::feed;
use folder::{PartialFolder, SUMMARY, cannot_write};
use page::PAGE;
use rows::SummaryRow;

pub use folder::check_replaceable;
pub use layout::TerminalStyle;
pub use night::{NightReport, night_text, nothing_new_text};
pub use quotes::write_quotes;
pub use rebuild::rebuild;
pub use side_by_side::{side_by_side, write_comparison};
pub use terminal::terminal_summary;
pub use threads::{OneThread, Threads};
pub use trace::{Traced, trace_text, write_trace};

/// What goes into the output folder beside the findings.
#[derive(Clone, Debug, Default)]
pub struct WriteOptions {
    /// The settings in effect, for `summary.json`. They must not hold what does not change the
    /// result, such as the number of threads.
    pub parameters: Value,
    /// Remarks on the run as a whole, for `summary.json`.
    pub warnings: Vec<String>,
    /// Further forms of the tables.
    pub exports: Vec<ExportFormat>,
    /// For a night of a kept collection what it brought, for `night.json`.
    pub night: Option<NightReport>,
}

/// A further form of the tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ExportFormat {
    /// Comma-separated values.
    Csv,
    /// Apache Parquet.
    Parquet,
}

/// What a night brought to a kept collection.
const NIGHT: &str = "night.json";

/// The beginning of the name of a folder in which derived forms are made inside a finished one.
const PARTIAL: &str = ".cento-partial-";

/// Writes the output folder, replacing one that cento made before; gives back what `summary.json`
/// says.
pub fn write(
    findings: &Findings,
    out: &Path,
    options: &WriteOptions,
    threads: &impl Threads,
) -> Result<SummaryRow> {
    let folder = PartialFolder::create(out)?;
    let assembler = Assembler::new(findings);
    let summary = totals::summary_row(findings, &options.parameters, &options.warnings);
    let mut forms = sink::create_forms(folder.path(), &options.exports)?;
    feed(&assembler, folder.path(), &mut forms, threads)?;
    for form in forms {
        form.finish(&summary)?;
    }
    if let Some(night) = &options.night {
        write_json(&folder.path().join(NIGHT), &night::night_row(findings, night))?;
    }
    write_json(&folder.path().join(SUMMARY), &summary)?;
    folder.place()?;
    Ok(summary)
}

/// The summary of findings that nothing is written of.
pub fn summary(findings: &Findings) -> SummaryRow {
    totals::summary_row(findings, &Value::Null, &[])
}

fn write_json(path: &Path, row: &impl serde::Serialize) -> Result<()> {
    let file = std::fs::File::create(path).map_err(|error| cannot_write(path, error))?;
    let mut file = BufWriter::new(file);
    serde_json::to_writer_pretty(&mut file, row)
        .map_err(std::io::Error::from)
        .and_then(|()| std::io::Write::write_all(&mut file, b"\n"))
        .map_err(|error| cannot_write(path, error))?;
    jsonl::finish_file(path, file)
}

/// Whether a file of this name is one that cento writes into an output folder.
fn is_own_file(name: &OsStr) -> bool {
    const FILES: [&str; 4] = [SUMMARY, NIGHT, PAGE, graph::GRAPH];
    name.to_str().is_some_and(|name| {
        FILES.contains(&name)
            || name.starts_with(PARTIAL)
            || name.rsplit_once('.').is_some_and(|(table, form)| {
                ["jsonl", "csv", "parquet"].contains(&form) && sink::TABLES.contains(&table)
            })
    })
}

#[cfg(test)]
mod tests;

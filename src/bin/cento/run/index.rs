//! `cento index`.

use std::io::Write;
use std::path::Path;

use anyhow::Result;
use cento::config::Config;
use cento::index::{Index, Settings, Stats, Waiting};
use cento::pipeline::{AllThreads, nightly};
use cento::report::{self, WriteOptions};

use super::super::Outcome;
use super::super::args::IndexCommand;
use super::super::progress::Watch;
use super::duration;
use super::nightly::existing;

/// Looks at an index, or puts it in order.
pub(super) fn run(command: IndexCommand, config: Config, watch: &Watch) -> Result<Outcome> {
    let mut out = std::io::stdout().lock();
    let waiting = |wait: bool| if wait { Waiting::Wait } else { Waiting::GiveUp };
    match command {
        IndexCommand::Stats(args) => {
            out.write_all(stats_text(&Index::open(&args.index)?.stats()?).as_bytes())?;
        }
        IndexCommand::Check(args) => {
            let index = existing(args.file.index)?;
            let checked = nightly::check(&index, args.quick, waiting(args.file.wait))?;
            for remark in &checked.remarks {
                writeln!(out, "note: {remark}")?;
            }
            for damage in &checked.damages {
                writeln!(out, "{}: {}", damage.place, damage.what)?;
            }
            if !checked.damages.is_empty() {
                anyhow::bail!(cento::Error::file(
                    &index,
                    format!("the index is damaged in {} places", checked.damages.len()),
                    "restore it from a backup, or make a new one from the articles",
                ));
            }
            if args.quick {
                writeln!(out, "clean: pages, structure and references")?;
            } else {
                writeln!(
                    out,
                    "clean: {} documents and {} postings follow from their texts",
                    checked.documents, checked.postings
                )?;
            }
        }
        IndexCommand::Compact(args) => {
            let (before, after) = nightly::compact(&existing(args.index)?, waiting(args.wait))?;
            writeln!(out, "{before} bytes before, {after} bytes now")?;
        }
        IndexCommand::Rebuild(args) => {
            let index = existing(args.file.index)?;
            let window = args.window.as_deref().map(duration).transpose()?;
            let lines_of =
                |path: Option<&Path>| path.map(|path| super::lines(Some(path))).transpose();
            let templates = lines_of(args.template.as_deref())?;
            let outlets = lines_of(args.outlets.as_deref())?;
            // Parameters of this version take the place of kept ones; what the user chose stays.
            let choose = |kept: Settings| {
                nightly::settings(
                    &config,
                    Some(window.unwrap_or(kept.window)),
                    templates.clone().unwrap_or(kept.templates),
                    outlets.clone().unwrap_or(kept.outlets),
                )
            };
            let waiting = waiting(args.file.wait);
            let done = nightly::rebuild(&index, &choose, waiting, &config, watch)?;
            writeln!(out, "everything was decided anew: epoch {}", done.report.epoch)?;
        }
        IndexCommand::Expire(args) => {
            let index = existing(args.file.index)?;
            let forgotten =
                nightly::expire(&index, duration(&args.older_than)?, waiting(args.file.wait))?;
            writeln!(out, "{forgotten} documents were forgotten")?;
        }
        IndexCommand::Export(args) => {
            report::check_replaceable(&args.output)?;
            let findings = nightly::export(&args.index)?;
            let write = WriteOptions {
                parameters: serde_json::to_value(&config)?,
                ..WriteOptions::default()
            };
            report::write(&findings, &args.output, &write, &AllThreads)?;
            writeln!(out, "{} documents: {}", findings.documents.len(), args.output.display())?;
        }
    }
    Ok(Outcome::Done)
}

/// The figures of an index as lines.
fn stats_text(stats: &Stats) -> String {
    let mut text = String::new();
    let mut line = |name: &str, value: String| text.push_str(&format!("{name:<28}{value:>16}\n"));
    for (name, rows) in &stats.rows {
        line(name, rows.to_string());
    }
    for (name, runs, postings) in &stats.postings {
        line(&format!("postings of {name}"), postings.to_string());
        line("  in runs", runs.to_string());
    }
    line("bytes of text", stats.text_bytes.to_string());
    line("bytes of the file", stats.file_bytes.to_string());
    line("bytes a sentence, beside text", format!("{:.1}", stats.bytes_a_sentence()));
    for (name, bytes) in &stats.tables {
        line(&format!("  {name}"), bytes.to_string());
    }
    text
}

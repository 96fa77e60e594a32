//! `cento trace`.

use std::io::Write;
use std::path::Path;

use anyhow::Result;
use cento::config::Config;
use cento::pipeline::nightly::{self, Asked};
use cento::{pipeline, report};

use super::super::Outcome;
use super::super::args::TraceArgs;
use super::super::progress::Watch;
use super::{list_problems, map_fields, outlets, read_all, terminal_style};

/// Finds all versions of one quote in the inputs and shows them, oldest first.
pub(super) fn run(args: TraceArgs, mut config: Config, watch: &Watch) -> Result<Outcome> {
    if let Some(index) = &args.index {
        return run_index(&args, index);
    }
    map_fields(&mut config, &args.fields);
    let outlets = outlets(args.outlets.as_deref())?;
    let collection = read_all(&args.inputs, &config, watch)?;
    let findings =
        pipeline::trace(&args.quote, collection.documents, collection.problems, &outlets, watch);
    let mut out = std::io::stdout().lock();
    if args.json {
        report::write_trace(&findings, &mut out)?;
    } else {
        out.write_all(report::trace_text(&findings, &args.quote, terminal_style()).as_bytes())?;
    }
    Ok(list_problems(&findings.problems))
}

/// Finds all versions of one quote in a kept collection, or what a kept document shares.
fn run_index(args: &TraceArgs, index: &Path) -> Result<Outcome> {
    let (asked, findings) = nightly::trace_index(index, &args.quote)?;
    let mut out = std::io::stdout().lock();
    if args.json {
        report::write_trace(&findings, &mut out)?;
    } else {
        let words = match &asked {
            Asked::Words(words) | Asked::Quote(words) | Asked::Document(words) => words,
        };
        out.write_all(report::trace_text(&findings, words, terminal_style()).as_bytes())?;
    }
    Ok(Outcome::Done)
}

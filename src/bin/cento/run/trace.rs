//! `cento trace`.

use std::io::Write;

use anyhow::Result;
use cento::config::Config;
use cento::{pipeline, report};

use super::super::Outcome;
use super::super::args::TraceArgs;
use super::super::progress::Watch;
use super::{list_problems, map_fields, outlets, read_all, terminal_style};

/// Finds all versions of one quote in the inputs and shows them, oldest first.
pub(super) fn run(args: TraceArgs, mut config: Config, watch: &Watch) -> Result<Outcome> {
    map_fields(&mut config, &args.input.fields);
    let outlets = outlets(args.outlets.as_deref())?;
    let collection = read_all(&args.input.inputs, &config, watch)?;
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

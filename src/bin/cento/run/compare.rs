//! `cento compare`.

use std::io::Write;

use anyhow::Result;
use cento::config::Config;
use cento::pipeline::{self, ScanOptions};
use cento::report;

use super::super::Outcome;
use super::super::args::CompareArgs;
use super::super::progress::Watch;
use super::{list_problems, read_all, terminal_style};

/// Aligns two documents and shows their passages in two columns.
pub(super) fn run(args: CompareArgs, config: Config, watch: &Watch) -> Result<Outcome> {
    let collection = read_all(&[args.a, args.b], &config, watch)?;
    if collection.documents.len() != 2 {
        list_problems(&collection.problems);
        return Err(cento::Error::usage(
            format!("compare takes two documents; {} were read", collection.documents.len()),
            "give two files of one document each; use scan for more",
        )
        .into());
    }
    let options = ScanOptions { pairs: Some(vec![(0, 1)]), ..ScanOptions::default() };
    let findings =
        pipeline::scan(collection.documents, collection.problems, &options, &config, watch)?;
    let mut out = std::io::stdout().lock();
    if args.json {
        report::write_comparison(&findings, &mut out)?;
    } else {
        out.write_all(report::side_by_side(&findings, terminal_style()).as_bytes())?;
    }
    Ok(list_problems(&findings.problems))
}

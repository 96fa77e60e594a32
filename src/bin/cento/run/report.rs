//! `cento report`.

use anyhow::Result;
use cento::report;

use super::super::Outcome;
use super::super::args::ReportArgs;
use super::super::progress::message;
use super::export_formats;

/// Makes the page, the graph and the exports again from the tables of a finished scan.
pub(super) fn run(args: ReportArgs) -> Result<Outcome> {
    let summary = report::rebuild(&args.output, &export_formats(&args.export))?;
    message(&format!(
        "cento: {}: rebuilt from {} documents",
        args.output.display(),
        summary.totals.documents
    ));
    Ok(Outcome::Done)
}

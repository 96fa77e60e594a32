//! `cento quotes`.

use std::fs::File;
use std::io::{BufWriter, Write};

use anyhow::Result;
use cento::config::Config;
use cento::{pipeline, report};

use super::super::Outcome;
use super::super::args::QuotesArgs;
use super::super::progress::Watch;
use super::{list_problems, map_fields, read_all};

/// Writes the quotes of all documents, sorted by document and place.
pub(super) fn run(args: QuotesArgs, mut config: Config, watch: &Watch) -> Result<Outcome> {
    map_fields(&mut config, &args.input.fields);
    let collection = read_all(&args.input.inputs, &config, watch)?;
    let (analyses, failed) = pipeline::analyse_all(&collection.documents, watch);
    let mut out: Box<dyn Write> = match &args.output {
        Some(path) => Box::new(File::create(path).map_err(|error| {
            cento::Error::file(path, error, "name a file that can be written with -o")
        })?),
        None => Box::new(std::io::stdout().lock()),
    };
    {
        let mut buffered = BufWriter::new(&mut out);
        for (document, analysis) in collection.documents.iter().zip(&analyses) {
            report::write_quotes(document, analysis, &mut buffered)?;
        }
        buffered.flush()?;
    }
    let mut problems = collection.problems;
    problems.extend(failed);
    problems.sort();
    Ok(list_problems(&problems))
}

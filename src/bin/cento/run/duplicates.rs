//! `cento duplicates`.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

use anyhow::Result;
use cento::config::Config;
use cento::pipeline::{self, DuplicateOptions, DuplicateUnit};
use cento::read::Input;

use super::super::Outcome;
use super::super::args::{DuplicatesArgs, UnitArg};
use super::super::progress::Watch;
use super::{list_problems, map_fields, now};

/// Writes the pairs to the output and, where that is a file, the clusters beside it.
pub(super) fn run(args: DuplicatesArgs, mut config: Config, watch: &Watch) -> Result<Outcome> {
    map_fields(&mut config, &args.input.fields);
    let inputs: Vec<Input> = args.input.inputs.iter().map(Input::parse).collect();
    let unit = match args.unit {
        UnitArg::Sentence => DuplicateUnit::Sentence,
        UnitArg::Document => DuplicateUnit::Document,
    };
    let options = DuplicateOptions { unit, similarity: args.similarity };
    let duplicates = pipeline::duplicates(&inputs, &config, options, now(), watch)?;
    match &args.output {
        None => duplicates.write_pairs(&mut std::io::stdout().lock())?,
        Some(path) => {
            duplicates.write_pairs(&mut create(path)?)?;
            duplicates.write_clusters(&mut create(&path.with_extension("clusters.jsonl"))?)?;
        }
    }
    let counts = duplicates.counts();
    watch.note(&format!(
        "{} units, {} of them different; {} candidate pairs; {} pairs and {} clusters",
        counts.units, counts.distinct, counts.candidates, counts.pairs, counts.clusters
    ));
    if counts.capped.keys > 0 {
        watch.note(&format!(
            "{} keys are shared by more than {} units (the most by {}); their units were compared \
             with the first {} only",
            counts.capped.keys, config.join.pivots, counts.capped.longest, config.join.pivots
        ));
    }
    Ok(list_problems(duplicates.problems()))
}

fn create(path: &Path) -> Result<impl Write> {
    let file = File::create(path).map_err(|error| {
        cento::Error::file(path, error, "name a file that can be written with -o")
    })?;
    Ok(BufWriter::with_capacity(1 << 20, file))
}

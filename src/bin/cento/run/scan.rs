//! `cento scan`.

use std::collections::HashSet;
use std::io::Write;
use std::mem::ManuallyDrop;

use anyhow::Result;
use cento::config::Config;
use cento::model::{Findings, Label};
use cento::pipeline::{self, AllThreads, Progress, ScanOptions, Stage};
use cento::read;
use cento::report::{self, WriteOptions};

use super::super::Outcome;
use super::super::args::{FailOn, ScanArgs};
use super::super::progress::Watch;
use super::{
    export_formats, leave_out_before, lines, list_problems, map_fields, outlets, read_all,
    terminal_style,
};

/// Reads, scans, writes the output folder and prints the summary.
pub(super) fn run(args: ScanArgs, mut config: Config, watch: &Watch) -> Result<Outcome> {
    map_fields(&mut config, &args.input.fields);
    config.memory = args.memory.unwrap_or(config.memory);
    config.temp = args.temp.or(config.temp);
    // Before hours of work, not after: may the output folder be written at all?
    report::check_replaceable(&args.output)?;

    let mut collection = read_all(&args.input.inputs, &config, watch)?;
    leave_out_before(args.since.as_deref(), &mut collection.documents)?;
    let mut options = ScanOptions {
        templates: lines(args.template.as_deref())?,
        outlets: outlets(args.outlets.as_deref())?,
        ..ScanOptions::default()
    };
    if !args.against.is_empty() {
        let first: HashSet<String> =
            collection.documents.iter().map(|document| document.id.clone()).collect();
        let second = read_all(&args.against, &config, watch)?;
        collection = collection.with(second);
        let in_second = |id: &String| !first.contains(id);
        options.second_set =
            Some(collection.documents.iter().map(|document| in_second(&document.id)).collect());
    }
    if let Some(path) = &args.pairs {
        let listed = read::read_pairs(path, &collection.documents)?;
        collection.problems.extend(listed.problems);
        options.pairs = Some(listed.pairs);
    }
    // The process ends with this job; to free millions of small texts one by one would take longer
    // than some of its stages.
    let findings = ManuallyDrop::new(pipeline::scan(
        collection.documents,
        collection.problems,
        &options,
        &config,
        watch,
    )?);

    watch.begin(Stage::Write, None);
    let write = WriteOptions {
        parameters: serde_json::to_value(&config)?,
        exports: export_formats(&args.export),
        ..WriteOptions::default()
    };
    let summary = report::write(&findings, &args.output, &write, &AllThreads)?;
    watch.end(1);

    let listed = list_problems(&findings.problems);
    let text = report::terminal_summary(&findings, &summary, Some(&args.output), terminal_style());
    std::io::stdout().lock().write_all(text.as_bytes())?;
    if listed == Outcome::Skipped {
        return Ok(Outcome::Skipped);
    }
    let found = args.fail_on.iter().any(|&what| is_found(&findings, what));
    Ok(if found { Outcome::Found } else { Outcome::Done })
}

/// Whether the findings hold what `--fail-on` asks for.
fn is_found(findings: &Findings, what: FailOn) -> bool {
    let mut passages = findings.pairs.iter().flat_map(|pair| &pair.passages);
    match what {
        FailOn::Passage => passages.next().is_some(),
        FailOn::Verbatim => passages.any(|passage| passage.label == Label::Verbatim),
        FailOn::Quote => {
            findings.clusters.iter().any(|cluster| cluster.kind == cento::model::ClusterKind::Quote)
        }
        FailOn::Conflict => findings
            .clusters
            .iter()
            .filter_map(|cluster| cluster.speaker.as_ref())
            .any(|speaker| !speaker.conflicts.is_empty()),
        FailOn::Drift => {
            passages.any(|passage| !passage.drift.is_empty())
                || findings
                    .clusters
                    .iter()
                    .flat_map(|cluster| &cluster.members)
                    .any(|member| !member.drift.is_empty())
        }
    }
}

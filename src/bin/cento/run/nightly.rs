//! `cento nightly`.

use std::io::Write;
use std::path::PathBuf;
use std::time::Instant;

use anyhow::Result;
use cento::Error;
use cento::config::Config;
use cento::index::Waiting;
use cento::pipeline::nightly::{self, NightlyOptions, Tonight};
use cento::pipeline::{AllThreads, Progress, Stage};
use cento::report::metrics::{RunTimes, write_metrics};
use cento::report::{self, WriteOptions};

use super::super::Outcome;
use super::super::args::NightlyArgs;
use super::super::progress::Watch;
use super::{
    duration, export_formats, leave_out_before, lines, list_problems, map_fields, now, read_all,
    terminal_style,
};

/// Adds what is new to the index, writes the night's output folder and says what is worth a look.
pub(super) fn run(args: NightlyArgs, mut config: Config, watch: &Watch) -> Result<Outcome> {
    let began = Instant::now();
    map_fields(&mut config, &args.input.fields);
    report::check_replaceable(&args.output)?;
    let mut collection = read_all(&args.input.inputs, &config, watch)?;
    leave_out_before(args.since.as_deref(), &mut collection.documents)?;
    let settings = nightly::settings(
        &config,
        args.window.as_deref().map(duration).transpose()?,
        lines(args.template.as_deref())?,
        lines(args.outlets.as_deref())?,
    );
    let options = NightlyOptions {
        waiting: if args.wait { Waiting::Wait } else { Waiting::GiveUp },
        new_epoch: args.new_epoch,
        expire: args.expire.as_deref().map(duration).transpose()?,
    };
    let (documents, problems) = (collection.documents, collection.problems);
    let listed = list_problems(&problems);
    let Tonight { report: night, findings } =
        nightly::nightly(&args.index, documents, problems, &settings, options, &config, watch)?;
    let mut text = String::new();
    let mut summary = None;
    if let Some(findings) = &findings {
        watch.begin(Stage::Write, None);
        let write = WriteOptions {
            parameters: serde_json::to_value(&config)?,
            exports: export_formats(&args.export),
            night: Some(night.clone()),
            ..WriteOptions::default()
        };
        summary = Some(report::write(findings, &args.output, &write, &AllThreads)?);
        watch.end(1);
        text.push_str(&report::night_text(findings, &night, &args.output, terminal_style()));
    } else {
        text.push_str(&report::nothing_new_text(&night, terminal_style()));
    }
    std::io::stdout().lock().write_all(text.as_bytes())?;
    if let Some(path) = &args.metrics {
        let times = RunTimes {
            ended_at: now(),
            stages: vec![("all".to_owned(), began.elapsed().as_secs_f64())],
            exit_code: if listed == Outcome::Skipped { 4 } else { 0 },
        };
        let summary = match summary {
            Some(summary) => summary,
            None => report::summary(&cento::model::Findings::default()),
        };
        write_metrics(path, &summary, &times)?;
    }
    Ok(listed)
}

/// The index that a subcommand is about; one that is not there is told before anything else.
pub(super) fn existing(path: PathBuf) -> Result<PathBuf> {
    if path.exists() {
        return Ok(path);
    }
    Err(Error::file(
        path,
        "there is no index",
        "make one with `cento nightly INPUT... --index FILE`",
    )
    .into())
}

//! One function a subcommand.

use std::fs;
use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use anyhow::{Context, Result};
use cento::config::Config;
use cento::model::Document;
use cento::pipeline::{self, Progress, Stage};
use cento::provenance::OutletGroups;
use cento::read::{self, Collection, Input};
use cento::report::{ExportFormat, TerminalStyle};

use super::Outcome;
use super::args::{Args, Command, ExportArg, FieldArgs};
use super::progress::{Watch, message};

mod compare;
mod duplicates;
mod index;
mod nightly;
mod quotes;
mod report;
mod scan;
mod trace;

/// The settings file that is used when the user names none.
const DEFAULT_CONFIG: &str = "cento.toml";
/// So many problems are listed on standard error; `problems.jsonl` holds them all.
const LISTED_PROBLEMS: usize = 20;

/// Runs the subcommand.
pub(crate) fn run(args: Args) -> Result<Outcome> {
    let config = load_config(args.config.as_deref())?;
    if let Some(threads) = args.threads {
        rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .build_global()
            .context("the threads could not be started")?;
    }
    let watch = Watch::new(args.quiet, args.log);
    match args.command {
        Command::Scan(args) => scan::run(args, config, &watch),
        Command::Compare(args) => compare::run(args, config, &watch),
        Command::Quotes(args) => quotes::run(args, config, &watch),
        Command::Duplicates(args) => duplicates::run(args, config, &watch),
        Command::Trace(args) => trace::run(args, config, &watch),
        Command::Nightly(args) => nightly::run(args, config, &watch),
        Command::Index(command) => index::run(command, config, &watch),
        Command::Report(args) => report::run(args),
    }
}

/// The settings: the file the user names, else `cento.toml` in the working folder if there is one,
/// else the defaults.
fn load_config(named: Option<&Path>) -> Result<Config> {
    let path = match named {
        Some(path) => path.to_path_buf(),
        None if Path::new(DEFAULT_CONFIG).is_file() => PathBuf::from(DEFAULT_CONFIG),
        None => return Ok(Config::default()),
    };
    let text = fs::read_to_string(&path).map_err(|error| {
        cento::Error::file(&path, error, "name a readable settings file with --config")
    })?;
    toml::from_str(&text).with_context(|| format!("{}: not valid settings", path.display()))
}

/// Adds the field mapping of the command line to the settings.
fn map_fields(config: &mut Config, fields: &FieldArgs) {
    config.read.fields.extend(fields.fields.iter().cloned());
}

/// The terminal that results are printed to: its width, and whether it shows colours. Where output
/// goes to a file, 80 columns without colours.
fn terminal_style() -> TerminalStyle {
    const COLUMNS: usize = 80;
    const MOST_COLUMNS: usize = 120;
    let terminal = std::io::stdout().is_terminal();
    let width = match terminal_size::terminal_size() {
        Some((width, _)) if terminal => usize::from(width.0),
        _ => COLUMNS,
    };
    let colour = terminal && std::env::var_os("NO_COLOR").is_none();
    TerminalStyle { width: width.clamp(40, MOST_COLUMNS), colour }
}

/// The further forms of the tables that were asked for.
fn export_formats(asked: &[ExportArg]) -> Vec<ExportFormat> {
    asked
        .iter()
        .map(|form| match form {
            ExportArg::Csv => ExportFormat::Csv,
            ExportArg::Parquet => ExportFormat::Parquet,
        })
        .collect()
}

/// The non-empty lines of a file.
fn lines(path: Option<&Path>) -> Result<Vec<String>> {
    let Some(path) = path else { return Ok(Vec::new()) };
    let text = fs::read_to_string(path)
        .map_err(|error| cento::Error::file(path, error, "name a readable text file"))?;
    Ok(text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect())
}

/// The groups of `--outlets`: outlet and group, a tab between them, a pair a line.
fn outlets(path: Option<&Path>) -> Result<OutletGroups> {
    let pairs = lines(path)?
        .iter()
        .map(|line| {
            line.split_once('\t')
                .map(|(outlet, group)| (outlet.trim().to_owned(), group.trim().to_owned()))
                .with_context(|| {
                    format!("--outlets: write an outlet, a tab and its group in {line:?}")
                })
        })
        .collect::<Result<Vec<_>>>()?;
    Ok(OutletGroups::new(pairs))
}

/// Seconds since 1970, to tell dates in the future.
fn now() -> i64 {
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(0, |since| i64::try_from(since.as_secs()).unwrap_or(i64::MAX))
}

/// Reads all documents of the inputs.
fn read_all(paths: &[PathBuf], config: &Config, watch: &Watch) -> Result<Collection> {
    let inputs: Vec<Input> = paths.iter().map(Input::parse).collect();
    watch.begin(Stage::Read, None);
    let collection = pipeline::read_all(read::records(&inputs, &config.read, now())?);
    watch.end(collection.documents.len() as u64);
    Ok(collection)
}

/// Leaves out documents that were surely published before a date; undated ones stay.
fn leave_out_before(since: Option<&str>, documents: &mut Vec<Document>) -> Result<()> {
    if let Some(since) = since.map(read::parse_since).transpose()? {
        documents.retain(|document| {
            document.published_at.as_ref().is_none_or(|date| date.latest > since.earliest)
        });
    }
    Ok(())
}

/// Lists problems on standard error; tells whether any input was lost.
fn list_problems(problems: &[cento::model::Problem]) -> Outcome {
    for problem in problems.iter().take(LISTED_PROBLEMS) {
        message(&format!("cento: {problem}"));
    }
    if problems.len() > LISTED_PROBLEMS {
        message(&format!("cento: … and {} more problems", problems.len() - LISTED_PROBLEMS));
    }
    let skipped = problems.iter().any(|problem| problem.kind == cento::model::ProblemKind::Skipped);
    if skipped { Outcome::Skipped } else { Outcome::Done }
}

/// Seconds of a duration such as `90d`, `12h` or `30m`.
fn duration(text: &str) -> Result<i64> {
    let seconds = [("d", 86_400), ("h", 3_600), ("m", 60), ("s", 1), ("w", 7 * 86_400)];
    let found = seconds.iter().find_map(|(unit, seconds)| {
        text.trim().strip_suffix(unit)?.trim().parse::<u32>().ok()?.checked_mul(*seconds)
    });
    found.map(i64::from).ok_or_else(|| {
        cento::Error::usage(format!("{text:?} is no length of time"), "write 90d, 12h or 2w").into()
    })
}

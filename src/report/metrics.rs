//! Figures of a run for monitoring (`--metrics FILE`), in the text form that Prometheus' node
//! exporter collects from a folder.
//!
//! This is where times go, beside the log; the output folder holds none (see [`crate::report`]).

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;

use super::folder::cannot_write;
use super::rows::SummaryRow;
use crate::Result;

/// What changes from one run to the next on the same input.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RunTimes {
    /// When the run ended, Unix time in seconds.
    pub ended_at: i64,
    /// Seconds of each stage, in the order in which they ran.
    pub stages: Vec<(String, f64)>,
    /// The exit code.
    pub exit_code: u8,
}

/// Writes the figures to a file; a collector sees the old file or the new one, never half of one.
pub fn write_metrics(path: &Path, summary: &SummaryRow, times: &RunTimes) -> Result<()> {
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    // The collector takes files that end in `.prom`; the temporary one must not.
    let mut file = tempfile::Builder::new()
        .prefix(".cento-metrics-")
        .suffix(".partial")
        .tempfile_in(folder)
        .map_err(|error| cannot_write(path, error))?;
    file.write_all(metrics_text(summary, times).as_bytes())
        .and_then(|()| file.as_file().sync_all())
        .and_then(|()| readable_by_all(file.as_file()))
        .map_err(|error| cannot_write(path, error))?;
    file.persist(path).map_err(|error| cannot_write(path, error.error))?;
    Ok(())
}

/// Temporary files are private; the collector usually runs as another user.
#[cfg(unix)]
fn readable_by_all(file: &std::fs::File) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    file.set_permissions(std::fs::Permissions::from_mode(0o644))
}

#[cfg(not(unix))]
fn readable_by_all(_file: &std::fs::File) -> std::io::Result<()> {
    Ok(())
}

/// The figures as text.
fn metrics_text(summary: &SummaryRow, times: &RunTimes) -> String {
    let mut text = String::new();
    let totals = &summary.totals;
    let problems = &summary.problems;
    for (name, help, value) in [
        ("documents", "Documents read.", totals.documents),
        ("records_skipped", "Records that were lost.", problems.skipped),
        ("warnings", "Records kept with something left out or assumed.", problems.warnings),
        ("sentences", "Units of text.", totals.sentences),
        ("quotes", "Quotes that are speech.", totals.speech_quotes),
        ("quotes_attributed", "Speech with a speaker.", totals.attributed_quotes),
        ("document_pairs", "Related pairs of documents.", totals.pairs),
        ("passages", "Reused passages.", totals.passages),
        ("quote_clusters", "Shared quotes.", totals.quote_clusters),
        ("passage_clusters", "Shared passages.", totals.passage_clusters),
    ] {
        push_help(&mut text, name, help);
        let _ = writeln!(text, "cento_{name} {value}");
    }
    push_help(&mut text, "stage_items", "Things that went into a stage or filter and came out.");
    for count in &summary.counts {
        for (way, value) in [("in", count.entered), ("out", count.left)] {
            let _ = writeln!(
                text,
                "cento_stage_items{{stage=\"{}\",what=\"{}\",way=\"{way}\"}} {value}",
                Label(&count.stage),
                Label(&count.what)
            );
        }
    }
    push_help(&mut text, "stage_seconds", "Seconds a stage took.");
    for (stage, seconds) in &times.stages {
        let _ = writeln!(text, "cento_stage_seconds{{stage=\"{}\"}} {seconds:.3}", Label(stage));
    }
    push_help(&mut text, "last_run_end_timestamp_seconds", "When the last run ended.");
    let _ = writeln!(text, "cento_last_run_end_timestamp_seconds {}", times.ended_at);
    push_help(&mut text, "last_run_exit_code", "The exit code of the last run.");
    let _ = writeln!(text, "cento_last_run_exit_code {}", times.exit_code);
    push_help(&mut text, "build_info", "The version of cento.");
    let _ = writeln!(text, "cento_build_info{{version=\"{}\"}} 1", Label(&summary.version));
    text
}

fn push_help(text: &mut String, name: &str, help: &str) {
    let _ = writeln!(text, "# HELP cento_{name} {help}\n# TYPE cento_{name} gauge");
}

/// A label's value as the format wants it.
struct Label<'t>(&'t str);

impl std::fmt::Display for Label<'_> {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for c in self.0.chars() {
            match c {
                '\\' => formatter.write_str("\\\\")?,
                '"' => formatter.write_str("\\\"")?,
                '\n' => formatter.write_str("\\n")?,
                c => formatter.write_char(c)?,
            }
        }
        Ok(())
    }
}

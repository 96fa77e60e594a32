//! What a person watching a run sees on standard error: a bar on a terminal, plain log lines
//! otherwise. The only file that writes to standard error.

use std::io::{IsTerminal, Write};
use std::sync::Mutex;
use std::time::{Duration, Instant};

use cento::pipeline::{Progress, Stage};
use indicatif::{ProgressBar, ProgressStyle};
use serde_json::json;

use super::args::LogForm;

/// Writes one line to standard error. A closed standard error is nobody's mistake.
pub(crate) fn message(line: &str) {
    let _ = writeln!(std::io::stderr().lock(), "{line}");
}

/// Shows the stages of a run on standard error.
pub(crate) struct Watch {
    quiet: bool,
    log: LogForm,
    terminal: bool,
    current: Mutex<Option<Running>>,
}

/// The stage that is running.
struct Running {
    stage: Stage,
    began: Instant,
    bar: ProgressBar,
}

impl Watch {
    /// A watch that says nothing when `quiet`.
    pub(crate) fn new(quiet: bool, log: LogForm) -> Self {
        let terminal = std::io::stderr().is_terminal() && log == LogForm::Text;
        Watch { quiet, log, terminal, current: Mutex::new(None) }
    }

    /// A line of the log.
    pub(crate) fn note(&self, line: &str) {
        if !self.quiet {
            match self.log {
                LogForm::Text => message(&format!("cento: {line}")),
                LogForm::Json => message(&json!({ "at": now(), "message": line }).to_string()),
            }
        }
    }
}

/// The time, for log lines.
fn now() -> String {
    jiff::Timestamp::now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

impl Progress for Watch {
    fn begin(&self, stage: Stage, total: Option<u64>) {
        let bar = if self.quiet || !self.terminal {
            ProgressBar::hidden()
        } else {
            bar(total).with_message(stage.doing())
        };
        let running = Running { stage, began: Instant::now(), bar };
        *self.current.lock().expect("no thread panics while it holds the progress") = Some(running);
    }

    fn advance(&self, units: u64) {
        let current = self.current.lock().expect("no thread panics while it holds the progress");
        if let Some(running) = &*current {
            running.bar.inc(units);
        }
    }

    fn end(&self, left: u64) {
        let mut current =
            self.current.lock().expect("no thread panics while it holds the progress");
        if let Some(running) = current.take() {
            running.bar.finish_and_clear();
            let (stage, seconds) = (running.stage, running.began.elapsed().as_secs_f64());
            match (self.quiet, self.log) {
                (true, _) => {}
                (false, LogForm::Text) => message(&format!(
                    "cento: {}: {left} {} ({seconds:.1} s)",
                    stage.doing(),
                    stage.unit(),
                )),
                (false, LogForm::Json) => message(
                    &json!({
                        "at": now(),
                        "stage": stage.doing(),
                        "left": left,
                        "unit": stage.unit(),
                        "seconds": (seconds * 1000.0).round() / 1000.0,
                    })
                    .to_string(),
                ),
            }
        }
    }
}

/// A bar with done/total, rate and the time to go; a spinner where the total is unknown.
fn bar(total: Option<u64>) -> ProgressBar {
    let (bar, template) = match total {
        Some(total) => (
            ProgressBar::new(total),
            "{msg} {wide_bar} {human_pos}/{human_len} {per_sec} ETA {eta}",
        ),
        None => (ProgressBar::new_spinner(), "{spinner} {msg} {human_pos} {per_sec}"),
    };
    if let Ok(style) = ProgressStyle::with_template(template) {
        bar.set_style(style);
    }
    bar.enable_steady_tick(Duration::from_millis(200));
    bar
}

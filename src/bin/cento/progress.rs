//! What a person watching a run sees on standard error: a bar on a terminal, plain log lines
//! otherwise. The only file that writes to standard error.

use std::io::{IsTerminal, Write};
use std::sync::Mutex;
use std::time::{Duration, Instant};

use cento::pipeline::{Progress, Stage};
use indicatif::{ProgressBar, ProgressStyle};

/// Writes one line to standard error. A closed standard error is nobody's mistake.
pub(crate) fn message(line: &str) {
    let _ = writeln!(std::io::stderr().lock(), "{line}");
}

/// Shows the stages of a run on standard error.
pub(crate) struct Watch {
    quiet: bool,
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
    pub(crate) fn new(quiet: bool) -> Self {
        Watch { quiet, terminal: std::io::stderr().is_terminal(), current: Mutex::new(None) }
    }

    /// A line of the log.
    pub(crate) fn note(&self, line: &str) {
        if !self.quiet {
            message(&format!("cento: {line}"));
        }
    }
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
            if !self.quiet {
                message(&format!(
                    "cento: {}: {left} {} ({:.1} s)",
                    running.stage.doing(),
                    running.stage.unit(),
                    running.began.elapsed().as_secs_f64()
                ));
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

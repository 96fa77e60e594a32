//! The command `cento`: argument parsing and glue; every ability is in the library.

use std::io::ErrorKind;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::ExitCode;

use clap::Parser;

mod args;
mod progress;
mod run;

/// How a run ended, as its exit code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Outcome {
    /// Done.
    Done,
    /// Done, and something asked for by `--fail-on` was found.
    Found,
    /// Finished, but some inputs were skipped; they are listed.
    Skipped,
}

/// Wrong use or unusable input.
const EXIT_UNUSABLE: u8 = 2;
/// Another run holds the index.
const EXIT_HELD: u8 = 3;
/// A bug in cento.
const EXIT_BUG: u8 = 70;

fn main() -> ExitCode {
    let args = args::Args::parse();
    // A panic is a bug; it gets an exit code of its own, so that a nightly job can tell it apart
    // from bad input. The default hook has printed where it happened by the time we get here.
    match catch_unwind(AssertUnwindSafe(|| run::run(args))) {
        Ok(Ok(Outcome::Done)) => ExitCode::SUCCESS,
        Ok(Ok(Outcome::Found)) => ExitCode::from(1),
        Ok(Ok(Outcome::Skipped)) => ExitCode::from(4),
        Ok(Err(error)) if is_broken_pipe(&error) => ExitCode::SUCCESS,
        Ok(Err(error)) => {
            progress::message(&format!("cento: {error:#}"));
            ExitCode::from(match error.downcast_ref::<cento::Error>() {
                Some(cento::Error::Held { .. }) => EXIT_HELD,
                _ => EXIT_UNUSABLE,
            })
        }
        Err(_) => {
            progress::message("cento: this is a bug in cento; the lines above say where");
            ExitCode::from(EXIT_BUG)
        }
    }
}

/// Whether the reader of our output went away (`cento … | head`), which is no error.
fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error
        .chain()
        .filter_map(|cause| cause.downcast_ref::<std::io::Error>())
        .any(|cause| cause.kind() == ErrorKind::BrokenPipe)
}

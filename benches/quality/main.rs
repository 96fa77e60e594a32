//! Quality against labelled data: `cargo bench --bench quality -- TASK DIR`.
//!
//! The data are not part of the project, except for `corpus`, which the tasks `corpus`, `quotes` and
//! `sentences` read, and for the articles of `translations`; every task says in its module which form of file it reads. The figures go to
//! standard output, so that two runs can be compared line by line.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "it is a report")]

pub(crate) mod corpus;
mod documents;
mod lineage;
mod passages;
mod probability;
mod quotes;
mod reliability;
mod sentences;
mod short_answers;
mod translations;

use std::path::Path;
use std::process::ExitCode;

fn main() -> ExitCode {
    // Cargo adds `--bench`; without a task (as in `cargo bench`) there is nothing to measure.
    let arguments: Vec<String> = std::env::args().skip(1).filter(|a| a != "--bench").collect();
    let [task, paths @ ..] = arguments.as_slice() else { return ExitCode::SUCCESS };
    let paths: Vec<&Path> = paths.iter().map(Path::new).collect();
    let result = match task.as_str() {
        "corpus" => corpus::run(&paths),
        "lineage" => lineage::run(&paths),
        "passages" => passages::run(&paths),
        "probability" => probability::run(&paths),
        "quotes" => quotes::run(&paths),
        "sentences" => sentences::run(&paths),
        "short-answers" => short_answers::run(&paths),
        "translations" => translations::run(&paths),
        _ => Err(anyhow::anyhow!(
            "no such task: {task}; there are: corpus, lineage, passages, probability, \
             quotes, sentences, short-answers, translations"
        )),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error:#}");
            ExitCode::FAILURE
        }
    }
}

//! `cento trace`.

use std::io::Write;
use std::path::Path;

use anyhow::Result;
use cento::config::Config;
use cento::model::{Document, Findings};
use cento::pipeline::nightly::{self, Asked};
use cento::pipeline::{self, ScanOptions};
use cento::report::{self, Traced};

use super::super::Outcome;
use super::super::args::TraceArgs;
use super::super::progress::Watch;
use super::{list_problems, map_fields, outlets, read_all, terminal_style};

/// Follows a quote, or what an id names, through the inputs, oldest version first.
pub(super) fn run(args: TraceArgs, mut config: Config, watch: &Watch) -> Result<Outcome> {
    if let Some(index) = &args.index {
        return run_index(&args, index);
    }
    map_fields(&mut config, &args.fields);
    let outlets = outlets(args.outlets.as_deref())?;
    let collection = read_all(&args.inputs, &config, watch)?;
    let traced = traced(&args.quote, &collection.documents);
    let (documents, problems) = (collection.documents, collection.problems);
    let findings = match traced {
        Traced::Words(words) => pipeline::trace(words, documents, problems, &outlets, watch),
        // An id names what a scan of these inputs finds.
        Traced::Document(_) | Traced::Item(_) => {
            let options = ScanOptions { outlets, ..ScanOptions::default() };
            pipeline::scan(documents, problems, &options, &config, watch)?
        }
    };
    show(&findings, traced, args.json)?;
    Ok(list_problems(&findings.problems))
}

/// Finds all versions of one quote in a kept collection, or what a kept document shares.
fn run_index(args: &TraceArgs, index: &Path) -> Result<Outcome> {
    let (asked, findings) = nightly::trace_index(index, &args.quote)?;
    let traced = match &asked {
        Asked::Words(words) | Asked::Quote(words) => Traced::Words(words),
        Asked::Document(id) => Traced::Document(id),
    };
    show(&findings, traced, args.json)?;
    Ok(Outcome::Done)
}

fn show(findings: &Findings, traced: Traced<'_>, json: bool) -> Result<()> {
    let mut out = std::io::stdout().lock();
    if json {
        report::write_trace(findings, traced, &mut out)?;
    } else {
        out.write_all(report::trace_text(findings, traced, terminal_style()).as_bytes())?;
    }
    Ok(())
}

/// What is asked for: the id of a document, quote, passage or cluster, or the words of a quote.
fn traced<'a>(asked: &'a str, documents: &[Document]) -> Traced<'a> {
    let is_document =
        |id: &str| documents.binary_search_by(|document| document.id.as_str().cmp(id)).is_ok();
    let is_numbered = |letter: char| {
        asked.strip_prefix(letter).is_some_and(|digits| {
            digits.len() == 16 && digits.bytes().all(|digit| digit.is_ascii_hexdigit())
        })
    };
    let is_quote = |id: &str| {
        id.rsplit_once(":q").is_some_and(|(document, number)| {
            is_document(document) && number.bytes().all(|digit| digit.is_ascii_digit())
        })
    };
    if is_document(asked) {
        Traced::Document(asked)
    } else if is_numbered('p') || is_numbered('c') || is_quote(asked) {
        Traced::Item(asked)
    } else {
        Traced::Words(asked)
    }
}

//! Documents to units: language, sentences and quotes of every document, in parallel.

use std::panic::{AssertUnwindSafe, catch_unwind};

use rayon::prelude::*;

use super::progress::{Progress, Stage};
use crate::model::{Analysis, Document, Problem, ProblemKind};
use crate::{quote, text};

/// Finds language, sentences and quotes of one document.
pub fn analyse(document: &Document) -> Analysis {
    let language = text::detect_language(&document.text, document.declared_language);
    let sentences = text::segment(&document.text, language);
    let quotes = quote::find_quotes(&document.text, &sentences, language);
    Analysis { language, sentences, quotes }
}

/// Analyses all documents. One on which a phase panics (a bug) becomes a problem and gets an empty
/// analysis: a nightly run must not lose ten thousand articles to one.
pub fn analyse_all(
    documents: &[Document],
    progress: &dyn Progress,
) -> (Vec<Analysis>, Vec<Problem>) {
    progress.begin(Stage::Analyse, Some(documents.len() as u64));
    let results: Vec<Result<Analysis, Problem>> = documents
        .par_iter()
        .map(|document| {
            let result = catch_unwind(AssertUnwindSafe(|| analyse(document)));
            progress.advance(1);
            result.map_err(|_| Problem {
                path: document.path.clone(),
                record: document.record,
                kind: ProblemKind::Skipped,
                message: format!("cento failed on document {:?}: this is a bug", document.id),
                hint: "the other documents are not affected; please report it with the text"
                    .to_owned(),
            })
        })
        .collect();
    let mut analyses = Vec::with_capacity(documents.len());
    let mut problems = Vec::new();
    for result in results {
        match result {
            Ok(analysis) => analyses.push(analysis),
            Err(problem) => {
                problems.push(problem);
                analyses.push(Analysis::default());
            }
        }
    }
    progress.end(documents.len() as u64);
    (analyses, problems)
}

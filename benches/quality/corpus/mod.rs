//! The whole scan against the gold of the project's corpus: `corpus [DIR] [-v]`.
//!
//! DIR (by default `corpus`) holds `articles/` and `gold/`; `corpus/README.md` says what was marked
//! and how. The scan is the one of `cento scan DIR` with the default settings. `-v` lists every
//! miss and every false alarm with its text. Each kind of gold has a file here, which says how it is
//! counted.

pub(crate) mod clusters;
pub(crate) mod gold;
pub(crate) mod origins;
pub(crate) mod passages;
pub(crate) mod quotes;
pub(crate) mod sentences;

use std::collections::HashMap;
use std::path::Path;

use anyhow::Result;
use cento::config::Config;
use cento::model::{DocumentIndex, Findings, ScalarIndex, Span};
use cento::pipeline::{self, ScanOptions, Silent};

use gold::{Gold, Range};

/// What the scan found, with the means to read it in the gold's terms.
pub(crate) struct Scanned {
    pub(crate) findings: Findings,
    /// The texts as characters, by document.
    characters: Vec<Vec<char>>,
    places: HashMap<String, usize>,
}

impl Scanned {
    /// Scans a folder as `cento scan` does.
    pub(crate) fn new(folder: &Path) -> Result<Scanned> {
        let collection = super::documents::collection(folder)?;
        let findings = pipeline::scan(
            collection.documents,
            collection.problems,
            &ScanOptions::default(),
            &Config::default(),
            &Silent,
        )?;
        let characters =
            findings.documents.iter().map(|document| document.text.chars().collect()).collect();
        let places = findings
            .documents
            .iter()
            .enumerate()
            .map(|(place, document)| (document.id.clone(), place))
            .collect();
        Ok(Scanned { findings, characters, places })
    }

    /// The place of a document; one that was not read has none.
    pub(crate) fn place(&self, id: &str) -> Option<usize> {
        self.places.get(id).copied()
    }

    /// The id of a document.
    pub(crate) fn id(&self, document: DocumentIndex) -> &str {
        &self.findings.documents[document as usize].id
    }

    /// A span of a document in scalars.
    pub(crate) fn range(&self, document: DocumentIndex, span: Span) -> Range {
        ScalarIndex::new(&self.findings.documents[document as usize].text).span(span)
    }

    /// A stretch of a document on one line.
    pub(crate) fn line(&self, id: &str, (start, end): Range) -> String {
        let Some(place) = self.place(id) else { return format!("({id} was not read)") };
        let characters = &self.characters[place];
        characters[start.min(characters.len())..end.min(characters.len())]
            .iter()
            .map(|&character| if character == '\n' { '¶' } else { character })
            .collect()
    }
}

/// Everything that is measured.
pub(crate) struct Measures {
    pub(crate) passages: passages::Measure,
    pub(crate) quotes: quotes::Measure,
    pub(crate) sentences: sentences::Measure,
    pub(crate) clusters: clusters::Measure,
    pub(crate) origins: origins::Measure,
}

/// Holds a scan against the gold.
pub(crate) fn measure(folder: &Path, scanned: &Scanned, gold: &Gold) -> Result<Measures> {
    Ok(Measures {
        passages: passages::measure(scanned, gold),
        quotes: quotes::measure(folder, scanned, gold)?,
        sentences: sentences::measure(scanned, gold),
        clusters: clusters::measure(scanned, gold),
        origins: origins::measure(scanned, gold),
    })
}

/// Runs the task.
pub(crate) fn run(arguments: &[&Path]) -> Result<()> {
    let verbose = arguments.iter().any(|argument| argument.as_os_str() == "-v");
    let folder = arguments
        .iter()
        .find(|argument| argument.as_os_str() != "-v")
        .copied()
        .unwrap_or(Path::new("corpus"));
    let scanned = Scanned::new(folder)?;
    let gold = gold::read(folder)?;
    let measures = measure(folder, &scanned, &gold)?;
    println!(
        "{} documents, {} pairs with passages, {} clusters",
        scanned.findings.documents.len(),
        scanned.findings.pairs.len(),
        scanned.findings.clusters.len()
    );
    measures.passages.print();
    measures.quotes.print();
    measures.sentences.print();
    measures.clusters.print();
    measures.origins.print();
    if verbose {
        let errors = [
            &measures.passages.errors,
            &measures.quotes.errors,
            &measures.sentences.errors,
            &measures.clusters.errors,
            &measures.origins.errors,
        ];
        errors.into_iter().flatten().for_each(|error| println!("{error}"));
    }
    Ok(())
}

/// Right ones of all, as a line of the table shows them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Count {
    pub(crate) right: usize,
    pub(crate) all: usize,
}

impl Count {
    /// Counts one more.
    pub(crate) fn add(&mut self, right: bool) {
        self.right += usize::from(right);
        self.all += 1;
    }

    /// The share of right ones; 1 of none.
    pub(crate) fn share(self) -> f64 {
        if self.all == 0 { 1.0 } else { self.right as f64 / self.all as f64 }
    }
}

impl std::fmt::Display for Count {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "{}/{} ({:.3})", self.right, self.all, self.share())
    }
}

/// The number of characters in both ranges.
pub(crate) fn overlap(one: Range, other: Range) -> usize {
    one.1.min(other.1).saturating_sub(one.0.max(other.0))
}

/// Characters in both over characters in either.
pub(crate) fn intersection_over_union(one: Range, other: Range) -> f64 {
    let both = overlap(one, other);
    let either = (one.1 - one.0) + (other.1 - other.0) - both;
    if either == 0 { 0.0 } else { both as f64 / either as f64 }
}

/// Whether two ranges have at least half of the shorter one in common.
pub(crate) fn share_half(one: Range, other: Range) -> bool {
    let shorter = (one.1 - one.0).min(other.1 - other.0);
    shorter > 0 && 2 * overlap(one, other) >= shorter
}

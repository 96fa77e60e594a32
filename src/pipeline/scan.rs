//! The main job: what do the documents of a collection share?

use super::align;
use super::analyse::analyse_all;
use super::boilerplate::{self, Masks};
use super::evidence::{self, Evidence};
use super::fingerprints::Statements;
use super::progress::{Progress, Stage};
use super::spill::Workspace;
use super::units::{Place, Units, sentence_hashes};
use super::{clusters, frequencies, quotes};
use crate::Result;
use crate::config::Config;
use crate::model::{
    Analysis, Document, DocumentFrequencies, DocumentIndex, Findings, Problem, QuoteLink,
    StageCount,
};
use crate::provenance::{self, OutletGroups};

/// What to compare, beside the documents themselves.
#[derive(Clone, Debug, Default)]
pub struct ScanOptions {
    /// Only these pairs of documents; `None` is all of them.
    pub pairs: Option<Vec<(DocumentIndex, DocumentIndex)>>,
    /// For each document whether it belongs to the second set; then only pairs across the sets are
    /// compared. `None` is one set.
    pub second_set: Option<Vec<bool>>,
    /// Only documents published within so many seconds of each other; `None`, and documents without
    /// date, are compared whatever the distance.
    pub window: Option<i64>,
    /// Lines of text to ignore wherever they occur.
    pub templates: Vec<String>,
    /// The group (publisher) of each host or outlet name; a group counts as one source.
    pub outlets: OutletGroups,
}

/// Scans documents, sorted by id, for shared quotes and passages. Fails only when temporary files
/// are needed and cannot be kept.
pub fn scan(
    documents: Vec<Document>,
    problems: Vec<Problem>,
    options: &ScanOptions,
    config: &Config,
    progress: &dyn Progress,
) -> Result<Findings> {
    let (analyses, failed) = analyse_all(&documents, progress);
    let mut findings = Findings { documents, analyses, problems, ..Findings::default() };
    findings.problems.extend(failed);
    Ok(scan_analysed(findings, options, config, progress)?.findings)
}

/// What a scan found, and what it learnt on the way that an index keeps.
#[derive(Debug)]
pub(crate) struct Scanned {
    /// What was found.
    pub(crate) findings: Findings,
    /// How common each word is.
    pub(crate) frequencies: DocumentFrequencies,
    /// What is boilerplate.
    pub(crate) masks: Masks,
    /// The verified links between quotes.
    pub(crate) links: Vec<QuoteLink>,
}

/// Scans documents whose sentences and quotes are known: the findings hold those, and nothing else
/// but problems.
pub(crate) fn scan_analysed(
    mut findings: Findings,
    options: &ScanOptions,
    config: &Config,
    progress: &dyn Progress,
) -> Result<Scanned> {
    let frequencies = frequencies::count(&findings.documents);
    let hashes = sentence_hashes(&findings.documents, &findings.analyses);
    count_units(&mut findings, hashes.len());
    let mut masks = boilerplate::learn(&findings.documents, &hashes, &options.templates);
    findings.boilerplate = std::mem::take(&mut masks.boilerplate);

    let workspace = Workspace::of(config);
    let collection = Statements {
        documents: &findings.documents,
        analyses: &findings.analyses,
        masks: &masks,
        frequencies: &frequencies,
    };
    let aligned = match &options.pairs {
        Some(pairs) => align::listed(collection, pairs, progress),
        None => {
            progress.begin(Stage::Join, None);
            let units = statement_units(collection, hashes, options, &mut findings.counts);
            let (sets, pivots) = (options.second_set.as_deref(), config.join.pivots as usize);
            let evidence = evidence::find(collection, &units, sets, pivots, &workspace)?;
            findings.counts.extend(evidence_counts(&units, &evidence));
            progress.end(units.len() as u64);
            drop(units);
            align::found(collection, evidence, options.window, progress)?
        }
    };
    findings.counts.extend([
        count(
            "compare",
            "candidate document pairs to related ones",
            aligned.candidates,
            aligned.related,
        ),
        count(
            "compare",
            "related document pairs to pairs with passages",
            aligned.related,
            aligned.pairs.len(),
        ),
    ]);
    findings.pairs = aligned.pairs;
    findings.problems.extend(aligned.problems);

    progress.begin(Stage::Provenance, None);
    let (links, candidates) = quotes::link(
        collection,
        &findings.pairs,
        options,
        config.join.pivots as usize,
        &workspace,
    )?;
    let collection = provenance::Collection {
        documents: &findings.documents,
        analyses: &findings.analyses,
        frequencies: &frequencies,
        outlets: &options.outlets,
    };
    let mut clusters = clusters::of_quotes(collection, &links);
    clusters.extend(clusters::of_passages(collection, &findings.pairs));
    findings.counts.extend([
        count("join", "candidate pairs of quotes, verified", candidates, links.len()),
        count(
            "provenance",
            "links of quotes and passages to clusters",
            links.len(),
            clusters.len(),
        ),
    ]);
    findings.clusters = clusters;
    progress.end(findings.clusters.len() as u64);
    findings.problems.sort();
    Ok(Scanned { findings, frequencies, masks, links })
}

/// One line of the counts.
fn count(
    stage: &'static str,
    what: &'static str,
    entered: impl TryInto<u64>,
    left: impl TryInto<u64>,
) -> StageCount {
    StageCount {
        stage,
        what,
        entered: entered.try_into().unwrap_or(u64::MAX),
        left: left.try_into().unwrap_or(u64::MAX),
    }
}

/// How many units of which kind were found.
fn count_units(findings: &mut Findings, statements: usize) {
    let sum = |of: &dyn Fn(&Analysis) -> usize| findings.analyses.iter().map(of).sum::<usize>();
    let units = sum(&|analysis| analysis.sentences.len());
    let quotes = sum(&|analysis| analysis.quotes.len());
    let speech =
        sum(&|analysis| analysis.quotes.iter().filter(|quote| quote.kind.is_speech()).count());
    let documents = findings.documents.len();
    findings.counts.extend([
        count("text", "documents to units", documents, units),
        count("text", "units to statements long enough to compare", units, statements),
        count("quote", "marked or reported words to speech", quotes, speech),
    ]);
}

/// The units that are joined: the statements that are not boilerplate, repeats collapsed.
fn statement_units(
    collection: Statements<'_>,
    mut hashes: Vec<(u64, Place)>,
    options: &ScanOptions,
    counts: &mut Vec<StageCount>,
) -> Units {
    let statements = hashes.len();
    hashes.retain(|(_, place)| {
        let analysis = &collection.analyses[place.document as usize];
        !collection.masks.hide(place.document, analysis.sentences[place.ordinal as usize].span)
    });
    let units = Units::of_statements(hashes, collection.analyses, options.second_set.as_deref());
    counts.extend([
        count("compare", "statements without boilerplate", statements, units.places()),
        count("fingerprint", "statements, repeats collapsed", units.places(), units.len()),
    ]);
    units
}

/// What the join did.
fn evidence_counts(units: &Units, evidence: &Evidence<'_>) -> [StageCount; 3] {
    let Evidence { meetings, unit_pairs, capped, .. } = evidence;
    [
        count("join", "units to pairs side by side under a key", units.len(), *meetings),
        count(
            "join",
            "pairs side by side to different ones that share enough weight",
            *meetings,
            *unit_pairs,
        ),
        count(
            "join",
            "common keys; pairs left out because neither is a pivot",
            capped.keys,
            capped.left_out,
        ),
    ]
}

//! The main job: what do the documents of a collection share?

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::rc::Rc;

use rayon::prelude::*;

use super::analyse::analyse_all;
use super::boilerplate::{self, Masks};
use super::evidence::{self, Candidate, Statements};
use super::progress::{Progress, Stage};
use super::recent::Recent;
use super::units::{Place, Units, sentence_hashes};
use super::{frequencies, quotes};
use crate::compare::{self, Prepared, PreparedUnit, Preparer};
use crate::config::Config;
use crate::model::{
    Analysis, Document, DocumentFrequencies, DocumentIndex, DocumentPair, Findings, Problem,
    ProblemKind, StageCount,
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
    /// Lines of text to ignore wherever they occur.
    pub templates: Vec<String>,
    /// The group (publisher) of each host or outlet name; a group counts as one source.
    pub outlets: OutletGroups,
}

/// Scans documents, sorted by id, for shared quotes and passages.
pub fn scan(
    documents: Vec<Document>,
    problems: Vec<Problem>,
    options: &ScanOptions,
    config: &Config,
    progress: &dyn Progress,
) -> Findings {
    let (analyses, failed) = analyse_all(&documents, progress);
    let mut findings = Findings { documents, analyses, problems, ..Findings::default() };
    findings.problems.extend(failed);
    let frequencies = frequencies::count(&findings.documents);
    let hashes = sentence_hashes(&findings.documents, &findings.analyses);
    count_units(&mut findings, hashes.len());
    let mut masks = boilerplate::learn(&findings.documents, &hashes, &options.templates);
    findings.boilerplate = std::mem::take(&mut masks.boilerplate);

    let candidates = match &options.pairs {
        Some(_) => Vec::new(),
        None => {
            join_statements(&mut findings, hashes, &masks, &frequencies, options, config, progress)
        }
    };
    let pairs: Vec<Candidates<'_>> = match &options.pairs {
        Some(pairs) => pairs.iter().map(|&documents| Candidates { documents, of: None }).collect(),
        None => candidates
            .chunk_by(|left, right| left.documents == right.documents)
            .map(|of| Candidates { documents: of[0].documents, of: Some(of) })
            .collect(),
    };
    align_all(&mut findings, &pairs, &masks, &frequencies, progress);

    progress.begin(Stage::Provenance, None);
    let (links, candidates) = quotes::link(
        &findings.documents,
        &findings.analyses,
        &masks,
        &frequencies,
        options.second_set.as_deref(),
        config.join.pivots as usize,
    );
    let collection = provenance::Collection {
        documents: &findings.documents,
        analyses: &findings.analyses,
        frequencies: &frequencies,
        outlets: &options.outlets,
    };
    let mut clusters = provenance::cluster_quotes(collection, &links, &|a, b| {
        quotes::describe(&findings.documents, &findings.analyses, &frequencies, a, b)
    });
    clusters.extend(provenance::cluster_passages(collection, &findings.pairs));
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
    findings
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

/// Joins the statements of all documents.
fn join_statements(
    findings: &mut Findings,
    hashes: Vec<(u64, Place)>,
    masks: &Masks,
    frequencies: &DocumentFrequencies,
    options: &ScanOptions,
    config: &Config,
    progress: &dyn Progress,
) -> Vec<Candidate> {
    progress.begin(Stage::Join, None);
    let sets = options.second_set.as_deref();
    let statements = hashes.len();
    let mut hashes = hashes;
    hashes.retain(|(_, place)| {
        let analysis = &findings.analyses[place.document as usize];
        !masks.hide(place.document, analysis.sentences[place.ordinal as usize].span)
    });
    let units = Units::of_statements(hashes, &findings.analyses, sets);
    let pivots = config.join.pivots as usize;
    let collection = Statements {
        documents: &findings.documents,
        analyses: &findings.analyses,
        masks,
        frequencies,
    };
    let evidence = evidence::find(collection, &units, sets, pivots);
    findings.counts.extend([
        count("compare", "statements without boilerplate", statements, units.places()),
        count("fingerprint", "statements, repeats collapsed", units.places(), units.len()),
        count("join", "units to pairs side by side under a key", units.len(), evidence.meetings),
        count(
            "join",
            "pairs side by side to different ones that share enough weight",
            evidence.meetings,
            evidence.unit_pairs,
        ),
        count(
            "join",
            "common keys; pairs left out because neither is a pivot",
            evidence.capped.keys,
            evidence.capped.left_out,
        ),
    ]);
    progress.end(units.len() as u64);
    evidence.candidates
}

/// The candidates between two documents; `of` is `None` for a pair that the user lists.
struct Candidates<'a> {
    documents: (DocumentIndex, DocumentIndex),
    of: Option<&'a [Candidate]>,
}

/// Verifies the candidates of each document pair and aligns the documents that are related.
fn align_all(
    findings: &mut Findings,
    pairs: &[Candidates<'_>],
    masks: &Masks,
    frequencies: &DocumentFrequencies,
    progress: &dyn Progress,
) {
    progress.begin(Stage::Align, Some(pairs.len() as u64));
    let (documents, analyses) = (&findings.documents, &findings.analyses);
    let results: Vec<Result<(bool, Option<DocumentPair>), Problem>> = pairs
        .par_iter()
        .with_min_len(PAIRS_A_TASK)
        .map_init(
            || Desk::new(documents, analyses, masks, frequencies),
            |desk, candidates| {
                let result = catch_unwind(AssertUnwindSafe(|| desk.compare(candidates)));
                progress.advance(1);
                let (a, b) = candidates.documents;
                result.map_err(|_| failed_pair(&documents[a as usize], &documents[b as usize]))
            },
        )
        .collect();
    let mut verified = 0;
    for result in results {
        match result {
            Ok((related, pair)) => {
                verified += u64::from(related);
                findings.pairs.extend(pair);
            }
            Err(problem) => findings.problems.push(problem),
        }
    }
    findings.counts.extend([
        count("compare", "candidate document pairs to related ones", pairs.len(), verified),
        count(
            "compare",
            "related document pairs to pairs with passages",
            verified,
            findings.pairs.len(),
        ),
    ]);
    progress.end(findings.pairs.len() as u64);
}

/// Neighbouring pairs share documents, so a task takes many of them.
const PAIRS_A_TASK: usize = 128;

/// Documents that a thread keeps ready, at some 50 bytes a word each, and statements.
const READY_DOCUMENTS: usize = 2048;
const READY_STATEMENTS: usize = 256;

/// A longer document, in bytes, is made ready anew for every pair.
const LONGEST_READY: usize = 1 << 16;

/// Where one thread compares documents; it keeps those ready that it used last.
struct Desk<'a> {
    documents: &'a [Document],
    analyses: &'a [Analysis],
    masks: &'a Masks,
    preparer: Preparer<'a>,
    documents_ready: Recent<DocumentIndex, Prepared<'a>>,
    statements_ready: Recent<Place, PreparedUnit<'a>>,
}

impl<'a> Desk<'a> {
    fn new(
        documents: &'a [Document],
        analyses: &'a [Analysis],
        masks: &'a Masks,
        frequencies: &'a DocumentFrequencies,
    ) -> Self {
        Desk {
            documents,
            analyses,
            masks,
            preparer: Preparer::new(frequencies),
            documents_ready: Recent::new(READY_DOCUMENTS),
            statements_ready: Recent::new(READY_STATEMENTS),
        }
    }

    fn document(&mut self, index: DocumentIndex) -> Rc<Prepared<'a>> {
        let at = index as usize;
        let (text, analysis) = (&self.documents[at].text, &self.analyses[at]);
        let mut prepare = || self.preparer.prepare(text, analysis, &self.masks.spans[at]);
        if text.len() > LONGEST_READY {
            return Rc::new(prepare());
        }
        self.documents_ready.get(index, at, prepare)
    }

    fn statement(&mut self, place: Place) -> Rc<PreparedUnit<'a>> {
        let at = place.document as usize;
        let (text, analysis) = (&self.documents[at].text, &self.analyses[at]);
        let prepare = || {
            let unit = place.ordinal as usize;
            self.preparer.prepare_unit(text, analysis, unit, &self.masks.spans[at])
        };
        self.statements_ready.get(place, at * 31 + place.ordinal as usize, prepare)
    }

    /// Whether two statements may be evidence, as far as they tell without their documents.
    fn may_verify(&mut self, candidate: &Candidate) -> bool {
        let (a, b) = candidate.places();
        let (left, right) = (self.statement(a), self.statement(b));
        compare::may_verify(&left, &right)
    }

    /// Whether two documents are related, and if so what they share.
    fn compare(&mut self, candidates: &Candidates<'_>) -> (bool, Option<DocumentPair>) {
        let (a, b) = candidates.documents;
        let Some(of) = candidates.of else {
            let (left, right) = (self.document(a), self.document(b));
            return (true, align(candidates.documents, &left, &right));
        };
        // Making a document ready costs as much as a hundred looks at a statement.
        let Some(first) = of.iter().position(|candidate| self.may_verify(candidate)) else {
            return (false, None);
        };
        let (left, right) = (self.document(a), self.document(b));
        let verified = of[first..].iter().any(|candidate| {
            let (i, j) = candidate.ordinals;
            compare::verify(&left, i as usize, &right, j as usize).is_some()
        });
        (verified, verified.then(|| align(candidates.documents, &left, &right)).flatten())
    }
}

/// Aligns one pair; `None` when nothing that lasts is found.
fn align(
    (a, b): (DocumentIndex, DocumentIndex),
    left: &Prepared<'_>,
    right: &Prepared<'_>,
) -> Option<DocumentPair> {
    let passages = compare::align(left, right);
    if passages.is_empty() {
        return None;
    }
    let relatedness = compare::relate(left, right, &passages);
    Some(DocumentPair {
        a,
        b,
        relation: relatedness.relation,
        resemblance: relatedness.resemblance,
        containment_a: relatedness.containment_a,
        containment_b: relatedness.containment_b,
        passages,
    })
}

/// The problem of a pair on which the comparison panicked, which is a bug.
fn failed_pair(a: &Document, b: &Document) -> Problem {
    Problem {
        path: a.path.clone(),
        record: a.record,
        kind: ProblemKind::Warning,
        message: format!("cento failed to compare {:?} with {:?}: this is a bug", a.id, b.id),
        hint: "the other pairs are not affected; please report it with the two texts".to_owned(),
    }
}

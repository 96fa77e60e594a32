//! Candidates to document pairs: verification and alignment, in parallel.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use rayon::prelude::*;

use super::desks::Desks;
use super::evidence::{Candidate, Evidence};
use super::fingerprints::Statements;
use super::progress::{Progress, Stage};
use super::recent::Recent;
use super::units::Place;
use crate::Result;
use crate::compare::{self, Prepared, PreparedUnit, Preparer};
use crate::model::{Date, Document, DocumentIndex, DocumentPair, Problem, ProblemKind};

/// What was made of candidate pairs of documents.
#[derive(Debug, Default)]
pub(crate) struct Aligned {
    /// The pairs with passages, in the order of the candidates.
    pub(crate) pairs: Vec<DocumentPair>,
    /// The number of candidate pairs.
    pub(crate) candidates: u64,
    /// How many of them are related.
    pub(crate) related: u64,
    /// Pairs on which the comparison failed.
    pub(crate) problems: Vec<Problem>,
}

/// Two documents to be compared, with their candidate statements; `of` is `None` for a pair that the
/// user lists.
struct Task<'a> {
    documents: (DocumentIndex, DocumentIndex),
    of: Option<&'a [Candidate]>,
}

/// Aligns the pairs that a user lists.
pub(crate) fn listed(
    collection: Statements<'_>,
    pairs: &[(DocumentIndex, DocumentIndex)],
    progress: &dyn Progress,
) -> Aligned {
    progress.begin(Stage::Align, Some(pairs.len() as u64));
    let tasks: Vec<Task<'_>> =
        pairs.iter().map(|&documents| Task { documents, of: None }).collect();
    let mut aligned = Aligned::default();
    align_all(collection, &tasks, progress, &mut aligned);
    progress.end(aligned.pairs.len() as u64);
    aligned
}

/// Candidates that are in memory at a time.
const CANDIDATES: usize = 1 << 20;

/// Verifies the candidates of each document pair and aligns the documents that are related;
/// candidates of documents published more than `window` seconds apart are left out.
pub(crate) fn found(
    collection: Statements<'_>,
    mut evidence: Evidence<'_>,
    window: Option<i64>,
    progress: &dyn Progress,
) -> Result<Aligned> {
    progress.begin(Stage::Align, None);
    let (mut aligned, mut candidates) = (Aligned::default(), Vec::new());
    let date = |index: DocumentIndex| collection.documents[index as usize].published_at.as_ref();
    while evidence.next_into(CANDIDATES, &mut candidates)? {
        if let Some(window) = window {
            candidates.retain(|candidate: &Candidate| {
                let (a, b) = candidate.documents;
                within(window, date(a), date(b))
            });
        }
        align_all(collection, &tasks_of(&candidates), progress, &mut aligned);
    }
    progress.end(aligned.pairs.len() as u64);
    Ok(aligned)
}

/// Verifies candidates, sorted by documents, and aligns the documents that are related.
pub(crate) fn candidates(
    collection: Statements<'_>,
    candidates: &[Candidate],
    progress: &dyn Progress,
) -> Aligned {
    let tasks = tasks_of(candidates);
    progress.begin(Stage::Align, Some(tasks.len() as u64));
    let mut aligned = Aligned::default();
    align_all(collection, &tasks, progress, &mut aligned);
    progress.end(aligned.pairs.len() as u64);
    aligned
}

/// Candidates pair by pair.
fn tasks_of(candidates: &[Candidate]) -> Vec<Task<'_>> {
    candidates
        .chunk_by(|left, right| left.documents == right.documents)
        .map(|of| Task { documents: of[0].documents, of: Some(of) })
        .collect()
}

/// Whether two dates can lie within so many seconds of each other; unknown ones can.
pub(crate) fn within(window: i64, a: Option<&Date>, b: Option<&Date>) -> bool {
    a.zip(b).is_none_or(|(a, b)| a.can_be_within(b, window))
}

fn align_all(
    collection: Statements<'_>,
    tasks: &[Task<'_>],
    progress: &dyn Progress,
    aligned: &mut Aligned,
) {
    let desks = Desks::new(|| Desk::new(collection));
    let results: Vec<Vec<Outcome>> = tasks
        .par_chunks(PAIRS_A_TASK)
        .map(|tasks| {
            let compare = |desk: &mut Desk<'_>, task: &Task<'_>| {
                let result = catch_unwind(AssertUnwindSafe(|| desk.compare(task)));
                progress.advance(1);
                let document = |index: DocumentIndex| &collection.documents[index as usize];
                let (a, b) = task.documents;
                result.map_err(|_| failed_pair(document(a), document(b)))
            };
            desks.at(|desk| tasks.iter().map(|task| compare(desk, task)).collect())
        })
        .collect();
    aligned.candidates += tasks.len() as u64;
    for result in results.into_iter().flatten() {
        match result {
            Ok((related, pair)) => {
                aligned.related += u64::from(related);
                aligned.pairs.extend(pair);
            }
            Err(problem) => aligned.problems.push(problem),
        }
    }
}

/// Whether two documents are related, and if so what they share.
type Outcome = Result<(bool, Option<DocumentPair>), Problem>;

/// Neighbouring pairs share documents, so a task takes many of them.
const PAIRS_A_TASK: usize = 128;

/// Documents that a thread keeps ready, at some 50 bytes a word each, and statements.
const READY_DOCUMENTS: usize = 2048;
const READY_STATEMENTS: usize = 256;

/// A longer document, in bytes, is made ready anew for every pair.
const LONGEST_READY: usize = 1 << 16;

/// Where one thread compares documents; it keeps those ready that it used last.
struct Desk<'a> {
    collection: Statements<'a>,
    preparer: Preparer<'a>,
    documents_ready: Recent<DocumentIndex, Prepared<'a>>,
    statements_ready: Recent<Place, PreparedUnit<'a>>,
}

impl<'a> Desk<'a> {
    fn new(collection: Statements<'a>) -> Self {
        Desk {
            collection,
            preparer: Preparer::new(collection.frequencies),
            documents_ready: Recent::new(READY_DOCUMENTS),
            statements_ready: Recent::new(READY_STATEMENTS),
        }
    }

    fn document(&mut self, index: DocumentIndex) -> Arc<Prepared<'a>> {
        let at = index as usize;
        let Statements { documents, analyses, masks, .. } = self.collection;
        let (text, analysis) = (&documents[at].text, &analyses[at]);
        let mut prepare = |room| self.preparer.prepare_in(room, text, analysis, &masks.spans[at]);
        if text.len() > LONGEST_READY {
            return Arc::new(prepare(None));
        }
        self.documents_ready.get_in_room(index, at, prepare)
    }

    fn statement(&mut self, place: Place) -> Arc<PreparedUnit<'a>> {
        let at = place.document as usize;
        let Statements { documents, analyses, masks, .. } = self.collection;
        let (text, analysis) = (&documents[at].text, &analyses[at]);
        let prepare = || {
            let unit = place.ordinal as usize;
            self.preparer.prepare_unit(text, analysis, unit, &masks.spans[at])
        };
        self.statements_ready.get(place, at * 31 + place.ordinal as usize, prepare)
    }

    /// Whether a question about the two statements of a candidate, asked without their documents, is
    /// answered by yes.
    fn says(
        &mut self,
        question: impl Fn(&PreparedUnit<'_>, &PreparedUnit<'_>) -> bool,
        candidate: &Candidate,
    ) -> bool {
        let (a, b) = candidate.places();
        let (left, right) = (self.statement(a), self.statement(b));
        question(&left, &right)
    }

    /// The first of the candidates of two documents that may be evidence, if they may relate the two: it
    /// has to do so by itself when it is the only one.
    fn first_that_may_relate(&mut self, of: &[Candidate]) -> Option<usize> {
        let first = of.iter().position(|candidate| self.says(compare::may_verify, candidate))?;
        let others = &of[first + 1..];
        (self.says(compare::stands_alone, &of[first])
            || others.iter().any(|candidate| self.says(compare::may_verify, candidate)))
        .then_some(first)
    }

    /// Whether two documents are related, and if so what they share.
    fn compare(&mut self, task: &Task<'_>) -> (bool, Option<DocumentPair>) {
        let (a, b) = task.documents;
        let Some(of) = task.of else {
            let (left, right) = (self.document(a), self.document(b));
            return (true, align(task.documents, &left, &right));
        };
        // Making a document ready costs as much as a hundred looks at a statement.
        let Some(first) = self.first_that_may_relate(of) else { return (false, None) };
        let (left, right) = (self.document(a), self.document(b));
        let verified = of[first..].iter().any(|candidate| {
            let (i, j) = candidate.ordinals;
            compare::verify(&left, i as usize, &right, j as usize).is_some()
        });
        (verified, verified.then(|| align(task.documents, &left, &right)).flatten())
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

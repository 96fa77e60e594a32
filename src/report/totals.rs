//! The account of a run: what `summary.json` says and the terminal shows.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::rows::{CountRow, MADE_BY, ProblemCounts, SCHEMA, SummaryRow, Totals, rounded};
use crate::model::{
    Analysis, ClusterKind, Date, DatePrecision, Document, Findings, ProblemKind, StageCount,
};

/// The summary of findings.
pub(super) fn summary_row(
    findings: &Findings,
    parameters: &Value,
    warnings: &[String],
) -> SummaryRow {
    let (first_date, last_date) = first_and_last_date(findings);
    SummaryRow {
        made_by: MADE_BY.to_owned(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        schema: SCHEMA,
        why_empty: why_empty(findings),
        totals: totals(findings),
        languages: counted(findings.analyses.iter().map(|analysis| analysis.language.code())),
        first_date,
        last_date,
        labels: counted(
            findings
                .pairs
                .iter()
                .flat_map(|pair| &pair.passages)
                .map(|passage| passage.label.name()),
        ),
        relations: counted(findings.pairs.iter().map(|pair| pair.relation.name())),
        verdicts: counted(findings.clusters.iter().map(|cluster| cluster.origin.verdict.name())),
        counts: findings.counts.iter().map(count_row).collect(),
        problems: problem_counts(findings),
        warnings: warnings.to_vec(),
        parameters: plain_figures(parameters),
    }
}

/// The earliest and the latest date. A document that is only known to be of some year or month says
/// little about either, so it counts only where no date is exact to the day.
fn first_and_last_date(findings: &Findings) -> (Option<String>, Option<String>) {
    let dates = findings.documents.iter().filter_map(|document| document.published_at.as_ref());
    let (exact, vague): (Vec<&Date>, Vec<&Date>) =
        dates.partition(|date| date.precision >= DatePrecision::Day);
    let dates = if exact.is_empty() { vague } else { exact };
    let text = |date: &&Date| date.text.clone();
    let last = dates.iter().max_by(|x, y| x.latest.cmp(&y.latest).then(x.cmp(y)));
    (dates.iter().min().map(text), last.map(text))
}

/// Rows and characters of the whole output.
fn totals(findings: &Findings) -> Totals {
    let speech = |analysis: &Analysis| {
        analysis.quotes.iter().filter(|quote| quote.kind.is_speech()).count() as u64
    };
    let attributed = |analysis: &Analysis| {
        let quotes = analysis.quotes.iter();
        quotes.filter(|quote| quote.kind.is_speech() && quote.speaker.is_some()).count() as u64
    };
    let clusters = |kind: ClusterKind| {
        findings.clusters.iter().filter(|cluster| cluster.kind == kind).count() as u64
    };
    let sources: BTreeSet<&str> = findings
        .documents
        .iter()
        .map(|document| document.source.as_str())
        .filter(|source| !source.is_empty())
        .collect();
    let lacking = |lacks: fn(&Document) -> bool| {
        findings.documents.iter().filter(|document| lacks(document)).count() as u64
    };
    Totals {
        documents: findings.documents.len() as u64,
        sources: sources.len() as u64,
        documents_without_source: lacking(|document| document.source.is_empty()),
        documents_without_date: lacking(|document| document.published_at.is_none()),
        chars: findings.documents.iter().map(|document| document.text.chars().count() as u64).sum(),
        sentences: findings.analyses.iter().map(|analysis| analysis.sentences.len() as u64).sum(),
        quotes: findings.analyses.iter().map(|analysis| analysis.quotes.len() as u64).sum(),
        speech_quotes: findings.analyses.iter().map(speech).sum(),
        attributed_quotes: findings.analyses.iter().map(attributed).sum(),
        pairs: findings.pairs.len() as u64,
        passages: findings.pairs.iter().map(|pair| pair.passages.len() as u64).sum(),
        quote_clusters: clusters(ClusterKind::Quote),
        passage_clusters: clusters(ClusterKind::Passage),
        boilerplate: findings.boilerplate.len() as u64,
    }
}

/// Why nothing shared was found, where nothing was: the first stage that let nothing through.
fn why_empty(findings: &Findings) -> Option<String> {
    if !findings.pairs.is_empty() || !findings.clusters.is_empty() {
        return None;
    }
    let skipped = problem_counts(findings).skipped;
    let because = match (findings.documents.len(), skipped) {
        (0, 0) => "no document was read: the input holds none that cento can read".to_owned(),
        (0, 1) => "no document was read: the only record was skipped".to_owned(),
        (0, _) => format!("no document was read: all {skipped} records were skipped"),
        (1, _) => "only one document was read, so there is nothing to compare it with".to_owned(),
        (documents, _) => {
            let stopped = findings.counts.iter().find(|count| count.entered > 0 && count.left == 0);
            match stopped {
                Some(count) => format!(
                    "the {documents} documents share nothing: of {} {} none was left after the \
                     stage '{}'",
                    count.entered, count.what, count.stage
                ),
                None => format!("the {documents} documents share no passage and no quote"),
            }
        }
    };
    Some(because)
}

fn problem_counts(findings: &Findings) -> ProblemCounts {
    let count = |kind: ProblemKind| {
        findings.problems.iter().filter(|problem| problem.kind == kind).count() as u64
    };
    ProblemCounts { skipped: count(ProblemKind::Skipped), warnings: count(ProblemKind::Warning) }
}

fn count_row(count: &StageCount) -> CountRow {
    CountRow {
        stage: count.stage.to_owned(),
        what: count.what.to_owned(),
        entered: count.entered,
        left: count.left,
    }
}

fn counted<'n>(names: impl Iterator<Item = &'n str>) -> BTreeMap<String, u64> {
    let mut counts: BTreeMap<String, u64> = BTreeMap::new();
    for name in names {
        if let Some(count) = counts.get_mut(name) {
            *count += 1;
        } else {
            counts.insert(name.to_owned(), 1);
        }
    }
    counts
}

/// Settings with their fractions rounded: a setting kept as `f32` would show as
/// 0.6000000238418579.
fn plain_figures(value: &Value) -> Value {
    match value {
        Value::Number(number) if number.is_f64() => {
            number.as_f64().map_or_else(|| value.clone(), |figure| rounded(figure).into())
        }
        Value::Array(items) => Value::Array(items.iter().map(plain_figures).collect()),
        Value::Object(fields) => Value::Object(
            fields.iter().map(|(name, field)| (name.clone(), plain_figures(field))).collect(),
        ),
        _ => value.clone(),
    }
}

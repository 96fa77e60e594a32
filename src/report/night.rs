//! What a night brought to a kept collection: `night.json`, and one paragraph for a reader.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde::Serialize;

use super::ids::cluster_id;
use super::layout::{TerminalStyle, count, cut, wrap};
use crate::model::{Cluster, ClusterKind, DriftKind, Findings};

/// What a night did, as far as the findings do not say it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NightReport {
    /// The number of the night.
    pub night: u32,
    /// The epoch it was decided in.
    pub epoch: u32,
    /// Whether the epoch began with it.
    pub epoch_began: bool,
    /// Documents that were new.
    pub added: u64,
    /// Documents that came again with another text.
    pub corrected: u64,
    /// Documents that were known already.
    pub known: u64,
    /// Documents that were forgotten.
    pub forgotten: u64,
    /// The ids of the documents that the night added, sorted.
    pub new_documents: Vec<String>,
    /// The clusters that began or grew: id, what happened, members before and now.
    pub events: Vec<(String, &'static str, u32, u32)>,
    /// For clusters of the findings, by their place, the forgotten documents that they were tied
    /// to: id, outlet and date.
    pub forgotten_ties: BTreeMap<usize, Vec<(String, String, Option<String>)>>,
}

/// `night.json`. What depends on how often a run was begun is left out, so that a night that was
/// resumed writes the same bytes.
#[derive(Debug, Serialize)]
pub(super) struct NightRow {
    night: u32,
    epoch: u32,
    epoch_began: bool,
    statement: String,
    new_documents: Vec<String>,
    began: Vec<EventRow>,
    grew: Vec<EventRow>,
    forgotten: Vec<TiesRow>,
}

/// A cluster that began or grew.
#[derive(Debug, Serialize)]
struct EventRow {
    cluster: String,
    kind: &'static str,
    text: String,
    size_before: u32,
    size: u32,
    sources: u32,
}

/// What a cluster was tied to before it was forgotten.
#[derive(Debug, Serialize)]
struct TiesRow {
    cluster: String,
    documents: Vec<ForgottenRow>,
}

/// A forgotten document.
#[derive(Debug, Serialize)]
struct ForgottenRow {
    doc: String,
    source: String,
    published_at: Option<String>,
}

/// So many things are named in the paragraph.
const NAMED: usize = 4;

/// The row of a night.
pub(super) fn night_row(findings: &Findings, night: &NightReport) -> NightRow {
    let clusters = by_id(findings);
    let events = |what: &str| {
        let events = night.events.iter().filter(|event| event.1 == what);
        events
            .map(|(id, _, size_before, size)| {
                let cluster = clusters.get(id);
                EventRow {
                    cluster: id.clone(),
                    kind: cluster.map_or("", |cluster| cluster.kind.name()),
                    text: cluster.map_or_else(String::new, |cluster| cluster.text.clone()),
                    size_before: *size_before,
                    size: *size,
                    sources: cluster.map_or(0, |cluster| cluster.sources),
                }
            })
            .collect()
    };
    let forgotten = night.forgotten_ties.iter().map(|(&place, ties)| TiesRow {
        cluster: id_of(findings, &findings.clusters[place]),
        documents: ties
            .iter()
            .map(|(doc, source, published_at)| ForgottenRow {
                doc: doc.clone(),
                source: source.clone(),
                published_at: published_at.clone(),
            })
            .collect(),
    });
    NightRow {
        night: night.night,
        epoch: night.epoch,
        epoch_began: night.epoch_began,
        statement: statement(findings, night),
        new_documents: night.new_documents.clone(),
        began: events("began"),
        grew: events("grew"),
        forgotten: forgotten.collect(),
    }
}

/// The paragraph of a night for the terminal.
pub fn night_text(
    findings: &Findings,
    night: &NightReport,
    out: &Path,
    style: TerminalStyle,
) -> String {
    let mut text = String::new();
    if night.added + night.corrected == 0 {
        text.push_str(&format!(
            "Nothing new: {} kept already, and nothing was changed.\nThe output is that of night {} again: {}\n",
            count(night.known, "document is", "documents are"),
            night.night,
            out.display()
        ));
        return text;
    }
    if night.known > 0 || night.corrected > 0 || night.forgotten > 0 {
        let figures = [
            (night.added, "new"),
            (night.corrected, "corrected"),
            (night.known, "known already"),
            (night.forgotten, "forgotten"),
        ];
        let figures: Vec<String> = figures
            .iter()
            .filter(|(number, _)| *number > 0)
            .map(|(number, what)| format!("{number} {what}"))
            .collect();
        text.push_str(&format!("Documents: {}\n", figures.join(", ")));
    }
    for line in wrap(&statement(findings, night), style.columns(), usize::MAX) {
        text.push_str(&line);
        text.push('\n');
    }
    text.push_str(&format!("\nThe whole night: {}\n", out.join("night.json").display()));
    text
}

/// What is said when a run brought nothing.
pub fn nothing_new_text(night: &NightReport, style: TerminalStyle) -> String {
    let mut said = match night.known {
        0 => "The input has no documents; nothing was changed.".to_owned(),
        known => format!(
            "Nothing new: {} kept already; nothing was added and no output was written.",
            count(known, "document is", "documents are")
        ),
    };
    if night.forgotten > 0 {
        said.push_str(&format!(
            " {} forgotten.",
            count(night.forgotten, "document was", "documents were")
        ));
    }
    let mut text = wrap(&said, style.columns(), 4).join("\n");
    text.push('\n');
    text
}

/// What is worth a look, in one paragraph.
fn statement(findings: &Findings, night: &NightReport) -> String {
    let new: BTreeSet<&str> = night.new_documents.iter().map(String::as_str).collect();
    let is_new = |document: u32| new.contains(findings.documents[document as usize].id.as_str());
    let outlets: BTreeSet<&str> = findings
        .documents
        .iter()
        .filter(|document| new.contains(document.id.as_str()))
        .map(|document| document.source.as_str())
        .collect();
    let sharing: BTreeSet<u32> = findings
        .pairs
        .iter()
        .flat_map(|pair| [pair.a, pair.b])
        .filter(|&number| is_new(number))
        .collect();
    let older: BTreeSet<u32> = findings
        .pairs
        .iter()
        .flat_map(|pair| [pair.a, pair.b])
        .filter(|&number| !is_new(number))
        .collect();
    let events = |what: &str| night.events.iter().filter(|event| event.1 == what).count() as u64;
    let mut said = format!(
        "Night {} added {} from {}. {} of them share text with each other or with {}; {} began and {} grew.",
        night.night,
        count(new.len() as u64, "document", "documents"),
        count(outlets.len() as u64, "outlet", "outlets"),
        sharing.len(),
        count(older.len() as u64, "older document", "older documents"),
        count(events("began"), "cluster", "clusters"),
        events("grew"),
    );
    if night.epoch_began {
        said.push_str(&format!(
            " A new epoch (number {}) began: all that is kept was decided anew.",
            night.epoch
        ));
    }
    let remarks = remarks(findings, night);
    if !remarks.is_empty() {
        said.push_str(" Worth a look: ");
        said.push_str(&remarks.join("; "));
        said.push('.');
    }
    said
}

/// The most telling things of a night: quotes that grew, speakers in conflict, changes of substance.
fn remarks(findings: &Findings, night: &NightReport) -> Vec<String> {
    let clusters = by_id(findings);
    let mut touched: Vec<(&Cluster, u32)> = night
        .events
        .iter()
        .filter_map(|(id, _, before, _)| Some((*clusters.get(id)?, *before)))
        .filter(|(cluster, _)| cluster.kind == ClusterKind::Quote && cluster.sources > 1)
        .collect();
    touched.sort_by_key(|(cluster, _)| {
        (
            std::cmp::Reverse(cluster.sources),
            std::cmp::Reverse(cluster.members.len()),
            &cluster.text,
        )
    });
    let short = |cluster: &Cluster| format!("“{}”", cut(&cluster.text, 60));
    let source = |document: u32| findings.documents[document as usize].source.clone();
    let mut remarks = Vec::new();
    for (cluster, _) in &touched {
        let conflict = cluster.speaker.as_ref().and_then(|speaker| {
            let other = speaker.conflicts.first()?;
            Some((speaker, other, *other.documents.first()?))
        });
        if let Some((speaker, other, document)) = conflict {
            remarks.push(format!(
                "{} is given to {}, but to {} in {}",
                short(cluster),
                speaker.name,
                other.name,
                source(document)
            ));
        }
        let telling = [DriftKind::Negation, DriftKind::Number, DriftKind::Condition];
        let changed = cluster.members.iter().find_map(|member| {
            let drift = member.drift.iter().find(|drift| telling.contains(&drift.kind))?;
            Some((member, drift))
        });
        if let Some((member, drift)) = changed {
            let words = |words: &str| {
                if words.is_empty() { "nothing".to_owned() } else { format!("“{words}”") }
            };
            remarks.push(format!(
                "{} has {} for {} in {}",
                source(member.document),
                words(&drift.a),
                words(&drift.b),
                short(cluster)
            ));
        }
    }
    remarks.truncate(NAMED);
    for (cluster, before) in touched.iter().take(NAMED.saturating_sub(remarks.len())) {
        let sources = count(u64::from(cluster.sources), "source", "sources");
        remarks.push(match before {
            0 => format!("{} stands in {sources}", short(cluster)),
            _ => format!(
                "{} grew from {before} to {} versions in {sources}",
                short(cluster),
                cluster.members.len()
            ),
        });
    }
    remarks
}

fn id_of(findings: &Findings, cluster: &Cluster) -> String {
    cluster.members.first().map_or_else(String::new, |first| {
        let document = &findings.documents[first.document as usize].id;
        cluster_id(cluster.kind, document, first.span)
    })
}

fn by_id(findings: &Findings) -> BTreeMap<String, &Cluster> {
    findings.clusters.iter().map(|cluster| (id_of(findings, cluster), cluster)).collect()
}

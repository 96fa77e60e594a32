//! The life of a quote or a passage, for `cento trace`: its versions oldest first, each as it
//! differs from the fullest one, who took it from whom, who is given as the speaker, and where it
//! seems to come from.

mod timeline;
mod tree;

use std::collections::BTreeSet;
use std::io::{self, Write};

use super::assemble::Assembler;
use super::layout::{TerminalStyle, count, one_line, percent, wrap};
use super::rows::{ClusterRow, ClusterSpeakerRow, DocumentRow, MemberRow};
use crate::model::Findings;

/// What is followed through the findings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Traced<'a> {
    /// All clusters of the findings, which were made for these words.
    Words(&'a str),
    /// What a document shares, by its id.
    Document(&'a str),
    /// The cluster of a quote or a passage, or a cluster itself, by its id.
    Item(&'a str),
}

/// The clusters that are followed, one JSON object a line: the rows of `clusters.jsonl`.
pub fn write_trace(
    findings: &Findings,
    traced: Traced<'_>,
    out: &mut impl Write,
) -> io::Result<()> {
    for cluster in clusters(&Assembler::new(findings), traced) {
        super::jsonl::write_line(out, &cluster)?;
    }
    Ok(())
}

/// The clusters that are followed, for a reader.
pub fn trace_text(findings: &Findings, traced: Traced<'_>, style: TerminalStyle) -> String {
    let assembler = Assembler::new(findings);
    let clusters = clusters(&assembler, traced);
    let mut text = String::new();
    if let Traced::Document(id) = traced
        && let Some(document) = assembler.documents().find(|document| document.id == id)
    {
        push_document(&mut text, &document, &clusters, style);
    }
    for cluster in &clusters {
        if !text.is_empty() {
            text.push('\n');
        }
        push_cluster(&mut text, cluster, style);
    }
    if clusters.is_empty() {
        let read = count(findings.documents.len() as u64, "document", "documents");
        let nothing = match traced {
            Traced::Words(words) => format!("No version of “{words}” was found in {read}."),
            Traced::Document(id) => format!("{id} shares no quote and no passage with {read}."),
            Traced::Item(id) => format!("{id} stands in no cluster of {read}."),
        };
        push_lines(&mut text, &wrap(&nothing, style.columns(), 4), 0);
    }
    text
}

fn clusters(assembler: &Assembler<'_>, traced: Traced<'_>) -> Vec<ClusterRow> {
    // A passage that a member is not shown by still knows its cluster.
    let of_passage = |id: &str| assembler.passages().find(|passage| passage.id == id)?.cluster;
    let of_passage = match traced {
        Traced::Item(id) => of_passage(id),
        Traced::Words(_) | Traced::Document(_) => None,
    };
    let is_followed = |cluster: &ClusterRow| match traced {
        Traced::Words(_) => true,
        Traced::Document(id) => cluster.members.iter().any(|member| member.doc == id),
        Traced::Item(id) => {
            cluster.id == id
                || of_passage.as_deref() == Some(cluster.id.as_str())
                || cluster.members.iter().any(|member| member.quote.as_deref() == Some(id))
        }
    };
    assembler.clusters().filter(is_followed).collect()
}

fn push_lines(text: &mut String, lines: &[String], indent: usize) {
    for line in lines {
        text.push_str(&" ".repeat(indent));
        text.push_str(line.trim_end());
        text.push('\n');
    }
}

/// The name under which a version's document is shown: its outlet, else its id.
fn outlet(member: &MemberRow) -> String {
    one_line(if member.source.is_empty() { &member.doc } else { &member.source })
}

fn push_document(
    text: &mut String,
    document: &DocumentRow,
    clusters: &[ClusterRow],
    style: TerminalStyle,
) {
    let title = wrap(document.title.as_deref().unwrap_or(&document.id), style.columns(), 2);
    let title: Vec<String> = title.iter().map(|line| style.bold(line)).collect();
    push_lines(text, &title, 0);
    let of_kind = |kind: &str| clusters.iter().filter(|cluster| cluster.kind == kind).count();
    let others: BTreeSet<&str> = clusters
        .iter()
        .flat_map(|cluster| cluster.members.iter().map(|member| member.doc.as_str()))
        .filter(|&id| id != document.id)
        .collect();
    let facts = [
        one_line(if document.source.is_empty() { &document.path } else { &document.source }),
        document.published_at.clone().unwrap_or_else(|| "undated".to_owned()),
        format!(
            "shares {} and {} with {}",
            count(of_kind("quote") as u64, "quote", "quotes"),
            count(of_kind("passage") as u64, "passage", "passages"),
            count(others.len() as u64, "document", "documents"),
        ),
    ];
    push_lines(text, &wrap(&facts.join(" · "), style.columns(), 3), 0);
}

fn push_cluster(text: &mut String, cluster: &ClusterRow, style: TerminalStyle) {
    let fullest = wrap(&format!("“{}”", cluster.text), style.columns(), 8);
    let fullest: Vec<String> = fullest.iter().map(|line| style.bold(line)).collect();
    push_lines(text, &fullest, 0);
    let mut facts = Vec::new();
    facts.extend(cluster.speaker.as_ref().map(|speaker| speaker.name.clone()));
    facts.push(format!(
        "{} in {}",
        count(cluster.size, "version", "versions"),
        count(cluster.sources, "source", "sources")
    ));
    facts.push(cluster.id.clone());
    push_lines(text, &wrap(&facts.join(" · "), style.columns(), 3), 0);
    if let Some(speaker) = cluster.speaker.as_ref().filter(|speaker| !speaker.conflicts.is_empty())
    {
        text.push('\n');
        push_votes(text, cluster, speaker, style);
    }
    text.push('\n');
    timeline::push(text, cluster, style);
    if !cluster.edges.is_empty() {
        text.push('\n');
        tree::push(text, cluster, style);
    }
    text.push('\n');
    push_lines(text, &wrap(&origin(cluster), style.columns(), 8), 0);
}

/// Who is given as the speaker, and by whom.
fn push_votes(
    text: &mut String,
    cluster: &ClusterRow,
    speaker: &ClusterSpeakerRow,
    style: TerminalStyle,
) {
    push_lines(text, &["The sources do not agree on the speaker:".to_owned()], 0);
    let votes = |votes: f64| format!("{votes:.1} {}", if votes == 1.0 { "vote" } else { "votes" });
    let winner = format!("{}: {}", speaker.name, votes(speaker.votes));
    push_lines(text, &wrap(&winner, style.columns() - 2, 2), 2);
    for conflict in &speaker.conflicts {
        let given_by: BTreeSet<String> = cluster
            .members
            .iter()
            .filter(|member| conflict.docs.contains(&member.doc))
            .map(outlet)
            .collect();
        let given_by: Vec<String> = given_by.into_iter().collect();
        let line = format!("{}: {}, {}", conflict.name, votes(conflict.votes), given_by.join(", "));
        let lines: Vec<String> =
            wrap(&line, style.columns() - 2, 3).iter().map(|line| style.yellow(line)).collect();
        push_lines(text, &lines, 2);
    }
}

/// Where it comes from, in words.
fn origin(cluster: &ClusterRow) -> String {
    let origin = &cluster.origin;
    let place = origin.doc.as_deref().unwrap_or("unknown");
    let probability = percent(origin.probability);
    let mut text = match origin.verdict.as_str() {
        "found" => format!("Origin: {place} ({probability})"),
        "probable" => format!("Origin: probably {place} ({probability})"),
        "common_source" => {
            format!("Origin: a common source that is not among these texts ({probability})")
        }
        _ => "Origin: cannot be told from these texts".to_owned(),
    };
    if !origin.why.is_empty() {
        text.push_str(": ");
        text.push_str(&origin.why.join("; "));
    }
    text.push('.');
    text
}

//! All versions of one quote, oldest first, for `cento trace`: where it was printed, who is given
//! as the speaker, and what each version has that the fullest one has not.

use std::io::{self, Write};

use super::assemble::Assembler;
use super::layout::{TerminalStyle, count, one_line, padded, percent, wrap};
use super::marked::{Mark, Piece, difference};
use super::rows::{ClusterRow, MemberRow};
use super::side_by_side::styled_lines;
use crate::model::Findings;

/// The clusters of the findings, one JSON object a line: the rows of `clusters.jsonl`.
pub fn write_trace(findings: &Findings, out: &mut impl Write) -> io::Result<()> {
    let assembler = Assembler::new(findings);
    for cluster in assembler.clusters() {
        super::jsonl::write_line(out, &cluster)?;
    }
    Ok(())
}

/// The clusters of the findings as timelines, for a reader. `asked` is the quote that was asked
/// for.
pub fn trace_text(findings: &Findings, asked: &str, style: TerminalStyle) -> String {
    let assembler = Assembler::new(findings);
    let mut text = String::new();
    for cluster in assembler.clusters() {
        if !text.is_empty() {
            text.push('\n');
        }
        push_cluster(&mut text, &cluster, style);
    }
    if text.is_empty() {
        let read = count(findings.documents.len() as u64, "document", "documents");
        let nothing = format!("No version of “{asked}” was found in {read}.");
        push_lines(&mut text, &wrap(&nothing, style.columns(), 4), 0);
    }
    text
}

fn push_lines(text: &mut String, lines: &[String], indent: usize) {
    for line in lines {
        text.push_str(&" ".repeat(indent));
        text.push_str(line.trim_end());
        text.push('\n');
    }
}

fn push_cluster(text: &mut String, cluster: &ClusterRow, style: TerminalStyle) {
    let fullest = wrap(&format!("“{}”", cluster.text), style.columns(), 8);
    let fullest: Vec<String> = fullest.iter().map(|line| style.bold(line)).collect();
    push_lines(text, &fullest, 0);
    let mut facts = Vec::new();
    if let Some(speaker) = &cluster.speaker {
        facts.push(speaker.name.clone());
        facts.extend(speaker.conflicts.iter().map(|conflict| format!("or {}", conflict.name)));
    }
    facts.push(format!(
        "{} in {}",
        count(cluster.size, "version", "versions"),
        count(cluster.sources, "source", "sources")
    ));
    push_lines(text, &wrap(&facts.join(" · "), style.columns(), 3), 0);
    text.push('\n');
    for member in &cluster.members {
        push_member(text, cluster, member, style);
    }
    text.push('\n');
    push_lines(text, &wrap(&origin(cluster), style.columns(), 8), 0);
}

fn push_member(text: &mut String, cluster: &ClusterRow, member: &MemberRow, style: TerminalStyle) {
    /// A day and a time, and the gap behind them.
    const DATE: usize = 22;
    const INDENT: usize = 4;
    let date = member.published_at.as_deref().unwrap_or("undated").replace('T', " ");
    let outlet = if member.source.is_empty() { &member.doc } else { &member.source };
    let mut head = format!("{} · {}", one_line(outlet), member.variant);
    if let Some(speaker) = &member.speaker
        && cluster.speaker.as_ref().is_none_or(|consensus| consensus.name != *speaker)
    {
        head.push_str(&format!(" · said by {speaker}"));
    }
    let lines = wrap(&head, style.columns() - DATE, 2);
    for (number, line) in lines.iter().enumerate() {
        let date = padded(if number == 0 { &date } else { "" }, DATE);
        push_lines(text, &[format!("{}{line}", style.dim(&date))], 0);
    }
    // An identical version says nothing new; anything else is shown as it differs.
    let pieces: Vec<Piece> = difference(&cluster.text, &member.text);
    if pieces.iter().any(|piece| piece.mark != Mark::Kept) {
        let lines: Vec<String> = styled_lines(&pieces, true, style.columns() - INDENT, style)
            .into_iter()
            .map(|(line, _)| line)
            .collect();
        push_lines(text, &lines, INDENT);
    }
    for drift in &member.drift {
        let change = format!("{}: “{}” → “{}”", drift.kind, drift.a, drift.b);
        let lines = wrap(&change, style.columns() - INDENT, 2);
        let lines: Vec<String> = lines.iter().map(|line| style.yellow(line)).collect();
        push_lines(text, &lines, INDENT);
    }
}

/// Where it comes from, in words.
fn origin(cluster: &ClusterRow) -> String {
    let origin = &cluster.origin;
    let place = origin.doc.as_deref().unwrap_or("unknown");
    let mut text = match origin.verdict.as_str() {
        "found" => format!("Origin: {place} ({})", percent(origin.probability)),
        "probable" => format!("Origin: probably {place} ({})", percent(origin.probability)),
        "common_source" => "Origin: a common source that is not among these texts".to_owned(),
        _ => "Origin: cannot be told from these texts".to_owned(),
    };
    if !origin.why.is_empty() {
        text.push_str(": ");
        text.push_str(&origin.why.join("; "));
    }
    text.push('.');
    text
}

//! The versions, oldest first, each as it differs from the fullest one.

use super::super::layout::{TerminalStyle, padded, wrap};
use super::super::marked::{Mark, Piece, version};
use super::super::rows::{ClusterRow, MemberRow};
use super::super::side_by_side::styled_lines;
use super::{outlet, push_lines};

/// A day and a time, and the gap behind them.
const DATE: usize = 22;
/// What is said of a version stands below it.
const INDENT: usize = 4;

/// Appends all versions.
pub(super) fn push(text: &mut String, cluster: &ClusterRow, style: TerminalStyle) {
    for (number, member) in cluster.members.iter().enumerate() {
        push_member(text, cluster, number, member, style);
    }
}

fn push_member(
    text: &mut String,
    cluster: &ClusterRow,
    number: usize,
    member: &MemberRow,
    style: TerminalStyle,
) {
    let date = member.published_at.as_deref().unwrap_or("undated").replace('T', " ");
    let mut head = format!("{}. {} · {}", number + 1, outlet(member), member.variant);
    if let Some(speaker) = &member.speaker
        && cluster.speaker.as_ref().is_none_or(|consensus| consensus.name != *speaker)
    {
        head.push_str(&format!(" · said by {speaker}"));
    }
    if !member.source.is_empty() {
        head.push_str(&format!(" · {}", member.doc));
    }
    let lines = wrap(&head, style.columns() - DATE, 3);
    for (number, line) in lines.iter().enumerate() {
        let date = padded(if number == 0 { &date } else { "" }, DATE);
        push_lines(text, &[format!("{}{line}", style.dim(&date))], 0);
    }
    // An identical version says nothing new; anything else is shown as it differs.
    let pieces: Vec<Piece> = version(&cluster.text, &member.text, &member.variant);
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

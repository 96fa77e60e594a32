//! Credits: where a text says its words or its news come from.
//!
//! Provenance needs them: a dateline names the agency that wrote the story, `first reported by`
//! and `told Reuters` name the outlet that had it. Only what is written counts; nothing is guessed
//! from the outlet that printed it.

use std::sync::LazyLock;

use crate::model::Span;

use super::segment::{byline, dateline, paragraphs};

/// How a text gives credit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CreditKind {
    /// The agency of a dateline, or at the end of a text (`(AP)`): its words are the agency's.
    Agency,
    /// `By Ann Lee`: the writer.
    Byline,
    /// `first reported by`, `according to a report in`: the news is another's.
    Report,
    /// `told Reuters`, `in an interview with`: another was spoken to.
    Interview,
}

/// One credit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Credit {
    /// How it is given.
    pub kind: CreditKind,
    /// The whole phrase.
    pub span: Span,
    /// The credited name as it is written.
    pub name: Span,
    /// The full name of the agency or outlet, when it is a known one.
    pub outlet: Option<&'static str>,
}

/// Names as written and full names, sorted by the former.
static OUTLETS: LazyLock<Vec<(&'static str, &'static str)>> = LazyLock::new(|| {
    let lines = include_str!("agencies.txt").lines().filter(|line| !line.starts_with('#'));
    lines.filter_map(|line| line.split_once('\t')).collect()
});

/// The full name of an agency or outlet as it is written (`AP`), if it is known.
pub fn outlet(name: &str) -> Option<&'static str> {
    let find = |name: &str| {
        let index = OUTLETS.binary_search_by_key(&name, |&(known, _)| known).ok()?;
        Some(OUTLETS[index].1)
    };
    let name = name.trim_end_matches("’s").trim_end_matches("'s");
    find(name).or_else(|| find(name.strip_prefix("the ")?))
}

/// All credits of a text, in order.
pub fn credit_lines(text: &str) -> Vec<Credit> {
    let mut credits = Vec::new();
    for (index, paragraph) in paragraphs(text).into_iter().enumerate() {
        let content = &text[paragraph.clone()];
        let at = paragraph.start;
        if let Some(line) = dateline(content, index == 0)
            && let Some((start, end)) = line.agency
        {
            credits.push(Credit {
                kind: CreditKind::Agency,
                span: Span::new(at + start - 1, at + end + 1),
                name: Span::new(at + start, at + end),
                outlet: outlet(&content[start..end]),
            });
        }
        if let Some(name) = byline(content) {
            credits.push(Credit {
                kind: CreditKind::Byline,
                span: Span::new(at, paragraph.end),
                name: Span::new(at + name, paragraph.end),
                outlet: outlet(&content[name..]),
            });
        }
        phrases(text, at, content, &mut credits);
    }
    credits.sort_by_key(|credit| (credit.span, credit.kind));
    credits
}

/// Phrases that credit an outlet, and the kind of each.
const PHRASES: [(&str, CreditKind); 12] = [
    ("first reported by ", CreditKind::Report),
    ("first reported in ", CreditKind::Report),
    ("first published by ", CreditKind::Report),
    ("originally published by ", CreditKind::Report),
    ("originally appeared on ", CreditKind::Report),
    ("originally appeared in ", CreditKind::Report),
    ("as reported by ", CreditKind::Report),
    ("reported by ", CreditKind::Report),
    ("obtained by ", CreditKind::Report),
    ("told ", CreditKind::Interview),
    ("interview with ", CreditKind::Interview),
    ("statement to ", CreditKind::Interview),
];

fn phrases(text: &str, at: usize, content: &str, credits: &mut Vec<Credit>) {
    let mut covered = 0;
    for (phrase, kind) in PHRASES {
        for (start, _) in content.match_indices(phrase) {
            let name_start = start + phrase.len();
            let Some((length, outlet)) = known_outlet(&content[name_start..]) else { continue };
            let name = Span::new(at + name_start, at + name_start + length);
            // The longer phrase comes first in the list.
            if credits.iter().rev().take(covered).any(|credit| credit.name == name) {
                continue;
            }
            covered += 1;
            let span = Span::new(at + start, name.end as usize);
            debug_assert!(text.is_char_boundary(span.end as usize));
            credits.push(Credit { kind, span, name, outlet: Some(outlet) });
        }
    }
}

/// The longest known name that `rest` starts with: its length and the full name.
fn known_outlet(rest: &str) -> Option<(usize, &'static str)> {
    let article = ["the ", "The "].iter().find_map(|a| rest.strip_prefix(a).map(|_| a.len()));
    let start = article.unwrap_or(0);
    let mut best = None;
    for (count, (index, c)) in rest[start..].char_indices().enumerate() {
        if count > 48 {
            break;
        }
        if !c.is_alphanumeric()
            && let Some(name) = outlet(&rest[start..start + index])
        {
            best = Some((start + index, name));
        }
    }
    if rest.len() < start + 48
        && let Some(name) = outlet(rest[start..].trim_end())
    {
        best = Some((rest.trim_end().len(), name));
    }
    best
}

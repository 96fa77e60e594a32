//! Credits: where a text says its words or its news come from.
//!
//! Provenance needs them: a dateline names the agency that wrote the story, `first reported by`
//! and `told Reuters` name the outlet that had it. Only what is written counts; nothing is guessed
//! from the outlet that printed it.

use std::sync::LazyLock;

use memchr::memmem::Finder;

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
        credits.extend(agency(at, content, index == 0));
        if let Some(name) = byline(content) {
            credits.push(Credit {
                kind: CreditKind::Byline,
                span: Span::new(at, paragraph.end),
                name: Span::new(at + name, paragraph.end),
                outlet: outlet(&content[name..]),
            });
        }
        phrases(at, content, &PHRASES.each_ref(), &mut credits);
    }
    in_order(credits)
}

/// The credits of a text without its bylines: agencies, and outlets that had the news or the words.
/// Most text has none, which is seen without looking at its paragraphs.
pub fn sources(text: &str) -> Vec<Credit> {
    let present: Vec<&Phrase> =
        PHRASES.iter().filter(|phrase| phrase.finder.find(text.as_bytes()).is_some()).collect();
    let has_agency = text.contains([')', '/']);
    let mut credits = Vec::new();
    if present.is_empty() && !has_agency {
        return credits;
    }
    for (index, paragraph) in paragraphs(text).into_iter().enumerate() {
        let content = &text[paragraph.clone()];
        if has_agency {
            credits.extend(agency(paragraph.start, content, index == 0));
        }
        phrases(paragraph.start, content, &present, &mut credits);
    }
    in_order(credits)
}

/// The agency in the dateline of a paragraph that starts at `at`.
fn agency(at: usize, content: &str, first: bool) -> Option<Credit> {
    let (start, end) = dateline(content, first)?.agency?;
    Some(Credit {
        kind: CreditKind::Agency,
        span: Span::new(at + start - 1, at + end + 1),
        name: Span::new(at + start, at + end),
        outlet: outlet(&content[start..end]),
    })
}

fn in_order(mut credits: Vec<Credit>) -> Vec<Credit> {
    // `first reported by Reuters` holds `reported by Reuters`: the longer phrase stays.
    credits.sort_by_key(|credit| (credit.name, credit.span.start, credit.kind));
    credits.dedup_by_key(|credit| credit.name);
    credits.sort_by_key(|credit| credit.span);
    credits
}

/// A phrase that credits the outlet after it.
struct Phrase {
    finder: Finder<'static>,
    kind: CreditKind,
}

/// Phrases that credit an outlet.
static PHRASES: LazyLock<[Phrase; 12]> = LazyLock::new(|| {
    [
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
    ]
    .map(|(words, kind)| Phrase { finder: Finder::new(words), kind })
});

fn phrases(at: usize, content: &str, present: &[&Phrase], credits: &mut Vec<Credit>) {
    for phrase in present {
        for start in phrase.finder.find_iter(content.as_bytes()) {
            let name_start = start + phrase.finder.needle().len();
            let Some((length, outlet)) = known_outlet(&content[name_start..]) else { continue };
            let name = Span::new(at + name_start, at + name_start + length);
            let span = Span::new(at + start, name.end as usize);
            credits.push(Credit { kind: phrase.kind, span, name, outlet: Some(outlet) });
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

#[cfg(test)]
mod tests {
    use super::*;

    /// Checks the credits of a text: kind, name as written, full name.
    #[track_caller]
    fn check_credits(text: &str, wanted: &[(CreditKind, &str, Option<&str>)]) {
        let found: Vec<_> = credit_lines(text)
            .into_iter()
            .map(|credit| (credit.kind, credit.name.of(text), credit.outlet))
            .collect();
        assert_eq!(found, wanted);
    }

    #[test]
    fn agencies_writers_and_outlets_are_found() {
        check_credits(
            "By Ann Lee\n\nLONDON, March 3 (AP) — The bridge is shut. The closure was first reported \
             by the Guardian on Monday.\n\n“It is sad,” she told Reuters.",
            &[
                (CreditKind::Byline, "Ann Lee", None),
                (CreditKind::Agency, "AP", Some("Associated Press")),
                (CreditKind::Report, "the Guardian", Some("The Guardian")),
                (CreditKind::Interview, "Reuters", Some("Reuters")),
            ],
        );
        check_credits(
            "Berlin (dpa) - Der Rat tagt.",
            &[(CreditKind::Agency, "dpa", Some("Deutsche Presse-Agentur"))],
        );
    }

    #[test]
    fn people_are_not_outlets() {
        check_credits(
            "She told Timothy that it was reported by neighbours. He told the court.",
            &[],
        );
        check_credits("By Monday, the road was open again.", &[]);
    }

    #[test]
    fn agencies_are_sorted_and_unique() {
        for pair in OUTLETS.windows(2) {
            assert!(pair[0].0 < pair[1].0, "{pair:?}");
        }
    }
}

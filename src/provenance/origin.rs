//! From the descent of all versions to a verdict and a tree, with the reasons in words.

use crate::model::{Edge, Origin, Verdict};

use super::evidence;
use super::lineage::{History, Lineage, Witness, descent};
use super::reasons;

/// With this probability the unseen source is the verdict.
const COMMON_SOURCE: f64 = 0.5;
/// A primary source must be first of those here with this probability.
const CERTAIN: f64 = 0.5;
/// An origin is found, not only probable, when so many other publishers credit it.
const CREDITS: usize = 1;

/// The verdict and the tree. Where the texts show an unseen source only because of versions that
/// are dated before one that others credit, the dates of those are doubted: a page can be opened
/// as a stub and filled later, and keep its first date.
pub(super) fn judge_lineage(history: &History<'_>) -> (Origin, Vec<Edge>) {
    let lineage = descent(history);
    let doubted = (lineage.hidden >= evidence::SHOWN).then(|| doubt_dates(history)).flatten();
    if let Some((doubting, source, doubted)) = doubted {
        let again = descent(&doubting);
        let (mut origin, edges) = judge(&doubting, &again);
        if again.hidden < evidence::SHOWN && origin.document == Some(source) {
            origin.why.push(match doubted {
                1 => "1 version is dated before it but made of it: its date is doubted".to_owned(),
                _ => format!(
                    "{doubted} versions are dated before it but made of it: their dates are doubted"
                ),
            });
            return (origin, edges);
        }
    }
    judge(history, &lineage)
}

/// The history without the dates before that of a version that others credit, that version, and
/// how many dates were dropped. It must be an agency's text or a release, or one of the versions
/// dated before it must credit it itself.
fn doubt_dates<'h>(history: &History<'h>) -> Option<(History<'h>, u32, usize)> {
    let witnesses = &history.witnesses;
    let is_source = |number: &u32| {
        let own = &witnesses[*number as usize];
        let (Some(date), Some(publisher)) = (own.date, own.publisher) else { return false };
        let is_before = |other: &Witness<'_>| other.date.is_some_and(|other| other.is_before(date));
        let is_credited_before =
            || witnesses.iter().any(|other| is_before(other) && other.credits.contains(&publisher));
        reasons::credits(history, *number) >= CREDITS
            && (own.is_agency || own.is_release || is_credited_before())
    };
    let source = (0..witnesses.len() as u32).filter(is_source).max_by_key(|&number| {
        let wording = witnesses[number as usize].wording as usize;
        (history.wordings[wording].kept_words(), std::cmp::Reverse(number))
    })?;
    let date = witnesses[source as usize].date?;
    let mut doubting = history.clone();
    let mut doubted = 0;
    for own in &mut doubting.witnesses {
        if own.date.is_some_and(|own| own.is_before(date)) {
            own.date = None;
            doubted += 1;
        }
    }
    (doubted > 0 && doubted * 2 < witnesses.len()).then_some((doubting, source, doubted))
}

/// The verdict and the tree; `Origin::document` holds the number of the version, not of its
/// document.
fn judge(history: &History<'_>, lineage: &Lineage) -> (Origin, Vec<Edge>) {
    let root = lineage.root;
    if history.witnesses.iter().all(|witness| witness.date.is_none()) {
        return (undated(history, lineage), Vec::new());
    }
    let first = First::of(history, lineage, root);
    let mut edges = edges(history, lineage, root);
    let source = &history.witnesses[root as usize];
    let is_credited = reasons::credits(history, root) >= CREDITS;
    let is_primary = first.wording >= CERTAIN && (source.is_release || source.own_interview);
    let is_syndicated =
        !source.is_agency && !is_credited && reasons::syndication(history).is_some();
    let origin = |verdict, document, probability| {
        let why = reasons::origin(history, lineage, verdict, root);
        Origin { verdict, document, probability, why }
    };
    let origin = if lineage.hidden >= COMMON_SOURCE {
        origin(Verdict::CommonSource, None, lineage.hidden)
    } else if source.credits_unseen {
        take_from_unseen(history, root, evidence::ELSEWHERE, &mut edges);
        origin(Verdict::CommonSource, None, evidence::ELSEWHERE)
    } else if reasons::public(history, root).is_some() && !is_credited && !is_primary {
        take_from_unseen(history, root, evidence::PUBLIC, &mut edges);
        origin(Verdict::CommonSource, None, evidence::PUBLIC)
    } else if is_syndicated {
        take_from_unseen(history, root, evidence::SYNDICATED, &mut edges);
        origin(Verdict::CommonSource, None, evidence::SYNDICATED)
    } else if lineage.hidden >= evidence::SHOWN
        || first.wording < evidence::CLAIM
        || first.document <= 0.5
    {
        origin(Verdict::Undetermined, None, 1.0 - first.wording * (1.0 - lineage.missing))
    } else if is_credited || is_primary {
        let probability = first.wording * (1.0 - evidence::MISSING_CREDITED * lineage.missing);
        origin(Verdict::Found, Some(root), probability)
    } else {
        origin(Verdict::Probable, Some(root), first.wording * (1.0 - lineage.missing))
    };
    (origin, edges)
}

/// Copies of the first version here are its siblings: they come from where it comes from.
fn take_from_unseen(history: &History<'_>, root: u32, probability: f64, edges: &mut [Edge]) {
    let wording = |number: u32| history.witnesses[number as usize].wording;
    for edge in edges {
        let copies_root = wording(edge.child) == wording(root)
            && edge.parent.is_some_and(|parent| wording(parent) == wording(root));
        if copies_root {
            *edge = Edge {
                parent: None,
                child: edge.child,
                probability,
                why: vec![
                    "the same words as the first version here, from the same source".to_owned(),
                ],
                drift: Vec::new(),
            };
        }
    }
}

/// Without any date no direction is claimed; but two texts that each have what the other lacks
/// still show a source that is not here.
fn undated(history: &History<'_>, lineage: &Lineage) -> Origin {
    let verdict =
        if lineage.hidden >= COMMON_SOURCE { Verdict::CommonSource } else { Verdict::Undetermined };
    let probability =
        if verdict == Verdict::CommonSource { lineage.hidden } else { 1.0 - lineage.hidden };
    let why = reasons::origin(history, lineage, verdict, 0);
    Origin { verdict, document: None, probability, why }
}

/// How surely the root is first of the versions here.
struct First {
    /// The probability that its wording is.
    wording: f64,
    /// The probability that of all documents with that wording it is this one.
    document: f64,
}

impl First {
    fn of(history: &History<'_>, lineage: &Lineage, root: u32) -> First {
        let wording = history.witnesses[root as usize].wording;
        let (mut same, mut other) = (0.0, 0.0f64);
        for (witness, own) in history.witnesses.iter().zip(&lineage.descents) {
            if witness.wording == wording {
                same += own.unseen;
            } else {
                other = other.max(own.unseen);
            }
        }
        let root = lineage.descents[root as usize].unseen;
        let share = |part: f64, whole: f64| part / whole.max(f64::MIN_POSITIVE);
        First { wording: share(same, same + other), document: share(root, same) }
    }
}

/// The most probable tree: edges by falling probability, none that closes a circle.
fn edges(history: &History<'_>, lineage: &Lineage, root: u32) -> Vec<Edge> {
    let mut all: Vec<(u32, Option<u32>, f64)> = Vec::new();
    for (child, own) in (0u32..).zip(&lineage.descents) {
        if child != root {
            all.push((child, None, own.independent));
            all.extend(own.parents.iter().map(|&(parent, p)| (child, Some(parent), p)));
        }
    }
    all.sort_by(|x, y| y.2.total_cmp(&x.2).then((x.0, x.1).cmp(&(y.0, y.1))));
    let mut parent_of: Vec<Option<Option<u32>>> = vec![None; history.witnesses.len()];
    parent_of[root as usize] = Some(None);
    let mut edges = Vec::new();
    for (child, parent, probability) in all {
        if parent_of[child as usize].is_some() || leads_to(&parent_of, parent, child) {
            continue;
        }
        parent_of[child as usize] = Some(parent);
        let siblings = siblings(history, lineage, root, parent);
        let why = reasons::edge(history, parent, child);
        // Where only a circle was left, the version is a second root.
        let probability =
            if parent.is_none() { lineage.descents[child as usize].unseen } else { probability };
        let probability = probability * (1.0 - siblings);
        edges.push(Edge { parent, child, probability, why, drift: Vec::new() });
    }
    edges.sort_by_key(|edge| edge.child);
    edges
}

/// Whether a version descends from another in the tree so far.
fn leads_to(parent_of: &[Option<Option<u32>>], from: Option<u32>, to: u32) -> bool {
    let mut ancestor = from;
    while let Some(number) = ancestor.filter(|&number| number != to) {
        ancestor = parent_of[number as usize].flatten();
    }
    ancestor == Some(to)
}

/// The probability that what seems to come from this parent is its sibling: the earliest version
/// here may be a copy itself, of a source that nothing shows.
fn siblings(history: &History<'_>, lineage: &Lineage, root: u32, parent: Option<u32>) -> f64 {
    let Some(parent) = parent else { return 0.0 };
    let wording = |number: u32| history.witnesses[number as usize].wording;
    if wording(parent) != wording(root) {
        return 0.0;
    }
    evidence::MISSING_SIBLINGS * lineage.missing
}

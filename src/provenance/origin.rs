//! From the descent of all versions to a verdict in words.

use crate::model::{Edge, Origin, Verdict};

use super::lineage::{Descent, History};

/// Below this an origin is not claimed.
const CLAIM: f64 = 0.5;

/// The verdict and the tree.
pub(super) fn judge(history: &History<'_>, descent: &[Descent]) -> (Origin, Vec<Edge>) {
    if history.witnesses.iter().all(|witness| witness.date.is_none()) {
        let why = vec!["none of the versions has a date".to_owned()];
        let origin =
            Origin { verdict: Verdict::Undetermined, document: None, probability: 1.0, why };
        return (origin, Vec::new());
    }
    let root = root(descent);
    let others = descent.iter().enumerate().filter(|(number, _)| *number != root as usize);
    let independent = others.map(|(_, own)| own.unseen).fold(0.0, f64::max);
    let rooted = descent[root as usize].unseen;
    let edges = edges(history, descent, root);
    let probability = rooted * (1.0 - independent);
    let (verdict, probability, why) = if independent >= CLAIM {
        (Verdict::CommonSource, independent, "a version has material that no earlier one has")
    } else if probability >= CLAIM {
        (
            Verdict::Probable,
            probability,
            "earliest in this collection, and all others can stem from it",
        )
    } else {
        (Verdict::Undetermined, 1.0 - probability, "dates and wordings fit several histories")
    };
    let origin = Origin { verdict, document: None, probability, why: vec![why.to_owned()] };
    (Origin { document: (verdict == Verdict::Probable).then_some(root), ..origin }, edges)
}

/// The version that is most surely not taken from another one here.
fn root(descent: &[Descent]) -> u32 {
    let best = descent
        .iter()
        .enumerate()
        .max_by(|(x, own), (y, other)| own.unseen.total_cmp(&other.unseen).then(y.cmp(x)));
    best.map_or(0, |(number, _)| number as u32)
}

/// The most probable tree: edges by falling probability, none that closes a circle.
fn edges(history: &History<'_>, descent: &[Descent], root: u32) -> Vec<Edge> {
    let mut all: Vec<(u32, Option<u32>, f64)> = Vec::new();
    for (child, own) in (0u32..).zip(descent) {
        if child != root {
            all.push((child, None, own.unseen));
            all.extend(own.parents.iter().map(|&(parent, p)| (child, Some(parent), p)));
        }
    }
    all.sort_by(|x, y| y.2.total_cmp(&x.2).then((x.0, x.1).cmp(&(y.0, y.1))));
    let mut parent_of: Vec<Option<Option<u32>>> = vec![None; history.witnesses.len()];
    parent_of[root as usize] = Some(None);
    let mut edges = Vec::new();
    for (child, parent, probability) in all {
        if parent_of[child as usize].is_some() {
            continue;
        }
        let mut ancestor = parent;
        while let Some(number) = ancestor.filter(|&number| number != child) {
            ancestor = parent_of[number as usize].flatten();
        }
        if ancestor == Some(child) {
            continue;
        }
        parent_of[child as usize] = Some(parent);
        edges.push(Edge { parent, child, probability, why: Vec::new() });
    }
    edges.sort_by_key(|edge| edge.child);
    edges
}

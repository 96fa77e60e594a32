//! Marginal probabilities of the edges of a random spanning tree.
//!
//! With dates that order everything, the candidate graph has no cycle and each version chooses its
//! parent by itself. Where dates overlap or are missing, two versions can each be the other's
//! parent, but not both at once. The matrix-tree theorem (Tutte 1948; for edge marginals Koo et
//! al. 2007) sums over all trees exactly; it is applied to each strongly connected part of the
//! graph, everything outside the part being its root.

use std::collections::BTreeMap;

/// Larger tied parts are ordered first, so that the cost stays bounded.
const MOST_TIED: usize = 64;
/// No choice is entirely impossible; this also keeps the matrix invertible.
const SMALLEST_WEIGHT: f64 = 1e-9;

/// A candidate parent with the logarithm of its weight.
#[derive(Clone, Copy, Debug)]
pub(super) struct Candidate {
    pub(super) parent: u32,
    pub(super) log_weight: f64,
}

/// The choices of one version.
#[derive(Clone, Debug, Default)]
pub(super) struct Choices {
    /// The logarithm of the weight of the unseen source.
    pub(super) unseen: f64,
    pub(super) candidates: Vec<Candidate>,
}

impl Choices {
    /// The probability of the unseen source where nothing but these choices is known.
    pub(super) fn alone(&self) -> f64 {
        weights(self, |_| true).unseen
    }
}

/// The probabilities of the choices of one version; they sum to one.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Marginals {
    pub(super) unseen: f64,
    /// In the order of [`Choices::candidates`].
    pub(super) candidates: Vec<f64>,
    /// The tied part of the graph it belongs to: versions that can all descend from each other.
    pub(super) part: u32,
}

/// The version that is most surely not taken from another one: of the tied part that the unseen
/// source enters most surely the likeliest member. One version alone can be less sure to be a root
/// than another and still be one of two tied ones of which one certainly is.
pub(super) fn root(marginals: &[Marginals]) -> usize {
    let mut entered: BTreeMap<u32, f64> = BTreeMap::new();
    for own in marginals {
        *entered.entry(own.part).or_default() += own.unseen;
    }
    let sure = |own: &Marginals| ((entered[&own.part] * 1e6).round(), own.unseen);
    let best = marginals.iter().enumerate().max_by(|(x, own), (y, other)| {
        let (own, other) = (sure(own), sure(other));
        own.0.total_cmp(&other.0).then(own.1.total_cmp(&other.1)).then(y.cmp(x))
    });
    best.map_or(0, |(number, _)| number)
}

/// The marginals of all versions. `rank` orders the versions of a tied part that is too large to
/// be summed over: only those of a lower rank are then parents.
pub(super) fn marginals(choices: &[Choices], rank: &[u32]) -> Vec<Marginals> {
    let part_of = strong_parts(choices);
    let parts = part_of.iter().max().map_or(0, |last| *last as usize + 1);
    let mut parts_members = vec![Vec::new(); parts];
    for (version, &part) in part_of.iter().enumerate() {
        parts_members[part as usize].push(version);
    }
    let mut found = vec![Marginals::default(); choices.len()];
    for members in parts_members {
        if members.len() == 1 {
            found[members[0]] = weights(&choices[members[0]], |_| true);
        } else if members.len() <= MOST_TIED {
            let local: Vec<Marginals> =
                members.iter().map(|&member| weights(&choices[member], |_| true)).collect();
            let unseen = rooted_weights(choices, &members, &local);
            sum_over_trees(choices, &members, &local, &unseen, &mut found);
        } else {
            for &member in &members {
                let part = part_of[member];
                found[member] = weights(&choices[member], |parent| {
                    part_of[parent] != part || rank[parent] < rank[member]
                });
            }
        }
    }
    for (own, part) in found.iter_mut().zip(part_of) {
        own.part = part;
    }
    found
}

/// The normalised weights of a version's choices, those not allowed at zero.
fn weights(choices: &Choices, allowed: impl Fn(usize) -> bool) -> Marginals {
    let top = choices.candidates.iter().map(|candidate| candidate.log_weight);
    let top = top.fold(choices.unseen, f64::max);
    let unseen = (choices.unseen - top).exp().max(SMALLEST_WEIGHT);
    let candidates = choices.candidates.iter().map(|candidate| {
        let weight = (candidate.log_weight - top).exp();
        if allowed(candidate.parent as usize) { weight } else { 0.0 }
    });
    let candidates: Vec<f64> = candidates.collect();
    let sum: f64 = unseen + candidates.iter().sum::<f64>();
    Marginals {
        unseen: unseen / sum,
        candidates: candidates.into_iter().map(|weight| weight / sum).collect(),
        part: 0,
    }
}

/// Sums over all trees of one tied part. `local` are the weights of its members' candidates,
/// `unseen` those of the unseen source.
fn sum_over_trees(
    choices: &[Choices],
    members: &[usize],
    local: &[Marginals],
    unseen: &[f64],
    found: &mut [Marginals],
) {
    let size = members.len();
    let row_of = |version: u32| members.binary_search(&(version as usize)).ok();
    // The Laplacian: what enters a version on the diagonal, minus the weight of parent -> child at
    // (parent, child).
    let mut laplacian = vec![0.0; size * size];
    for (child, own) in local.iter().enumerate() {
        laplacian[child * size + child] = unseen[child] + own.candidates.iter().sum::<f64>();
        for (candidate, weight) in choices[members[child]].candidates.iter().zip(&own.candidates) {
            if let Some(parent) = row_of(candidate.parent) {
                laplacian[parent * size + child] -= weight;
            }
        }
    }
    let inverse = inverse(laplacian, size);
    for (child, own) in local.iter().enumerate() {
        let diagonal = inverse[child * size + child];
        let mut marginals = Marginals { unseen: unseen[child] * diagonal, ..Marginals::default() };
        for (candidate, weight) in choices[members[child]].candidates.iter().zip(&own.candidates) {
            let shared = row_of(candidate.parent).map_or(0.0, |row| inverse[child * size + row]);
            marginals.candidates.push((weight * (diagonal - shared)).max(0.0));
        }
        let sum = marginals.unseen + marginals.candidates.iter().sum::<f64>();
        marginals.unseen /= sum;
        marginals.candidates.iter_mut().for_each(|probability| *probability /= sum);
        found[members[child]] = marginals;
    }
}

/// The weights of the unseen source, with what the shape of the tree says about its root.
///
/// A tree that grows from a leaf can grow in fewer orders than one that grows from its hub (rumor
/// centrality, Shah and Zaman 2011); so of tied versions the one that most others fit is the
/// likelier root.
fn rooted_weights(choices: &[Choices], members: &[usize], local: &[Marginals]) -> Vec<f64> {
    let mut support = vec![0.5; members.len()];
    for (&member, own) in members.iter().zip(local) {
        for (candidate, weight) in choices[member].candidates.iter().zip(&own.candidates) {
            if let Ok(row) = members.binary_search(&(candidate.parent as usize)) {
                support[row] += weight;
            }
        }
    }
    let most = support.iter().copied().fold(0.0, f64::max);
    let rooted = local.iter().zip(&support).map(|(own, support)| own.unseen * support / most);
    rooted.map(|weight| weight.max(SMALLEST_WEIGHT)).collect()
}

/// The inverse by Gauss and Jordan with partial pivoting.
fn inverse(mut matrix: Vec<f64>, size: usize) -> Vec<f64> {
    let mut inverse = vec![0.0; size * size];
    for row in 0..size {
        inverse[row * size + row] = 1.0;
    }
    for column in 0..size {
        let magnitude = |row: &usize| matrix[row * size + column].abs();
        let pivot = (column..size).max_by(|x, y| magnitude(x).total_cmp(&magnitude(y)));
        let pivot = pivot.unwrap_or(column);
        for place in 0..size {
            matrix.swap(column * size + place, pivot * size + place);
            inverse.swap(column * size + place, pivot * size + place);
        }
        let scale = 1.0 / matrix[column * size + column];
        for place in 0..size {
            matrix[column * size + place] *= scale;
            inverse[column * size + place] *= scale;
        }
        for row in 0..size {
            let factor = matrix[row * size + column];
            if row == column || factor == 0.0 {
                continue;
            }
            for place in 0..size {
                matrix[row * size + place] -= factor * matrix[column * size + place];
                inverse[row * size + place] -= factor * inverse[column * size + place];
            }
        }
    }
    inverse
}

/// The strongly connected part of each version (Tarjan 1972, without recursion).
fn strong_parts(choices: &[Choices]) -> Vec<u32> {
    const UNSEEN: u32 = u32::MAX;
    let count = choices.len();
    let mut number = vec![UNSEEN; count];
    let mut low = vec![0u32; count];
    let mut on_stack = vec![false; count];
    let mut part = vec![UNSEEN; count];
    let (mut stack, mut calls) = (Vec::new(), Vec::new());
    let (mut next_number, mut next_part) = (0u32, 0u32);
    for start in 0..count {
        if number[start] != UNSEEN {
            continue;
        }
        calls.push((start, 0usize));
        while let Some(&mut (version, ref mut edge)) = calls.last_mut() {
            if number[version] == UNSEEN {
                number[version] = next_number;
                low[version] = next_number;
                next_number += 1;
                stack.push(version);
                on_stack[version] = true;
            }
            if let Some(candidate) = choices[version].candidates.get(*edge) {
                *edge += 1;
                let parent = candidate.parent as usize;
                if number[parent] == UNSEEN {
                    calls.push((parent, 0));
                } else if on_stack[parent] {
                    low[version] = low[version].min(number[parent]);
                }
                continue;
            }
            calls.pop();
            if let Some(&(caller, _)) = calls.last() {
                low[caller] = low[caller].min(low[version]);
            }
            if low[version] == number[version] {
                while let Some(member) = stack.pop() {
                    on_stack[member] = false;
                    part[member] = next_part;
                    if member == version {
                        break;
                    }
                }
                next_part += 1;
            }
        }
    }
    part
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn choices(unseen: f64, candidates: &[(u32, f64)]) -> Choices {
        let candidates = candidates
            .iter()
            .map(|&(parent, weight)| Candidate { parent, log_weight: weight.ln() });
        Choices { unseen: unseen.ln(), candidates: candidates.collect() }
    }

    /// All ways to choose, those with a cycle left out, summed one by one.
    fn by_enumeration(all: &[Choices], local: &[Marginals]) -> Vec<Marginals> {
        let mut sums: Vec<Marginals> = all
            .iter()
            .map(|own| Marginals {
                candidates: vec![0.0; own.candidates.len()],
                ..Marginals::default()
            })
            .collect();
        let mut chosen = vec![0usize; all.len()];
        let mut total = 0.0;
        loop {
            let parent = |version: usize| -> Option<usize> {
                let place = chosen[version].checked_sub(1)?;
                Some(all[version].candidates[place].parent as usize)
            };
            let has_cycle = (0..all.len()).any(|start| {
                let mut place = Some(start);
                for _ in 0..=all.len() {
                    place = place.and_then(&parent);
                }
                place.is_some()
            });
            if !has_cycle {
                let weight: f64 = (0..all.len())
                    .map(|version| match chosen[version] {
                        0 => local[version].unseen,
                        place => local[version].candidates[place - 1],
                    })
                    .product();
                total += weight;
                for (version, &place) in chosen.iter().enumerate() {
                    match place {
                        0 => sums[version].unseen += weight,
                        place => sums[version].candidates[place - 1] += weight,
                    }
                }
            }
            let Some(place) =
                (0..all.len()).find(|&version| chosen[version] < all[version].candidates.len())
            else {
                break;
            };
            chosen[place] += 1;
            chosen[..place].fill(0);
        }
        for own in &mut sums {
            own.unseen /= total;
            own.candidates.iter_mut().for_each(|probability| *probability /= total);
        }
        sums
    }

    #[test]
    fn two_tied_versions_share_the_direction() {
        let all = [choices(0.1, &[(1, 1.0)]), choices(0.1, &[(0, 1.0)])];
        let found = marginals(&all, &[0, 1]);
        assert!((found[0].candidates[0] - found[1].candidates[0]).abs() < 1e-9);
        assert!(found[0].candidates[0] < 0.5);
    }

    #[test]
    fn one_of_two_tied_versions_is_the_root() {
        // The third, later, has words that the tied ones lack: surely from elsewhere, but the root
        // of what is here is one of the first two.
        let all = [
            choices(0.1, &[(1, 1.0)]),
            choices(0.1, &[(0, 1.0)]),
            choices(1.0, &[(0, 0.01), (1, 0.01)]),
        ];
        let found = marginals(&all, &[0, 1, 2]);
        assert!(found[2].unseen > found[0].unseen);
        assert!(root(&found) < 2);
    }

    proptest! {
        #[test]
        fn marginals_equal_the_sum_over_all_trees(
            drawn in prop::collection::vec(0.05f64..3.0, 20),
            unseen in prop::collection::vec(0.05f64..1.0, 5),
            present in prop::collection::vec(any::<bool>(), 20),
        ) {
            let mut all = Vec::new();
            for child in 0..5u32 {
                let mut candidates = Vec::new();
                for parent in (0..5u32).filter(|&parent| parent != child) {
                    let slot = (child * 4 + parent - u32::from(parent > child)) as usize;
                    if present[slot] {
                        candidates.push((parent, drawn[slot]));
                    }
                }
                all.push(choices(unseen[child as usize], &candidates));
            }
            // The summation is checked by itself, without what the shape says about the root.
            let mut found = vec![Marginals::default(); 5];
            let local: Vec<Marginals> = all.iter().map(|own| weights(own, |_| true)).collect();
            let unseen: Vec<f64> = local.iter().map(|own| own.unseen).collect();
            sum_over_trees(&all, &[0, 1, 2, 3, 4], &local, &unseen, &mut found);
            for (own, expected) in found.iter().zip(by_enumeration(&all, &local)) {
                prop_assert!((own.unseen - expected.unseen).abs() < 1e-6);
                for (one, other) in own.candidates.iter().zip(&expected.candidates) {
                    prop_assert!((one - other).abs() < 1e-6);
                }
            }
        }
    }
}

//! Clusters grown from verified links, each held by its anchor.
//!
//! A public deduplication run once joined 859,091 unrelated documents by following links from one
//! to the next. Here a cluster is a fullest form and what matches it, and what matches one of
//! those nearly completely; nothing further away joins, however many links lead there.

use std::collections::BTreeMap;

/// A version that is not linked to the anchor itself joins when a member that is holds so much of
/// it.
const STRONG_LINK: f64 = 0.8;

/// A version as growth sees it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Node {
    /// Its length in words: the longest form is the anchor.
    pub(super) words: usize,
    /// Versions with the same number have the same words in the same order.
    pub(super) wording: u32,
}

/// A verified link between two nodes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Link {
    pub(super) a: u32,
    pub(super) b: u32,
    pub(super) score: f64,
}

/// One cluster: its nodes, sorted, and the one that is its fullest form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Grown {
    pub(super) anchor: u32,
    pub(super) nodes: Vec<u32>,
}

impl Grown {
    /// The nodes of each document that has several, whose numbers follow on one another.
    pub(super) fn several_places<D: PartialEq>(
        &self,
        document: impl Fn(u32) -> D,
    ) -> Vec<Vec<u32>> {
        let of_documents = self.nodes.chunk_by(|&a, &b| document(a) == document(b));
        of_documents.filter(|of_one| of_one.len() > 1).map(<[u32]>::to_vec).collect()
    }

    /// The nodes that have other words than the fullest form.
    pub(super) fn of_other_wordings<'g>(
        &'g self,
        nodes: &'g [Node],
    ) -> impl Iterator<Item = u32> + 'g {
        let wording = |node: u32| nodes[node as usize].wording;
        self.nodes.iter().copied().filter(move |&node| wording(node) != wording(self.anchor))
    }
}

/// Grows clusters of two or more nodes. `allows(anchor, node, by_another)` tells whether a node may
/// join an anchor that it is linked to, or, `by_another`, to a member of whose cluster it is. The
/// result depends on the set of links, not on their order.
pub(super) fn grow(
    nodes: &[Node],
    links: &[Link],
    allows: &dyn Fn(u32, u32, bool) -> bool,
) -> Vec<Grown> {
    let copies = Copies::of(nodes, links);
    let neighbours = copies.neighbours(links);
    let mut order: Vec<u32> = (0..copies.groups.len() as u32).collect();
    order.sort_by_key(|&group| {
        let members = &copies.groups[group as usize];
        let words = nodes[members[0] as usize].words;
        (std::cmp::Reverse(words), std::cmp::Reverse(members.len()), members[0])
    });
    let mut taken = vec![false; copies.groups.len()];
    let mut clusters = Vec::new();
    for anchor in order {
        if taken[anchor as usize] {
            continue;
        }
        taken[anchor as usize] = true;
        let mut groups = vec![anchor];
        let node = |group: u32| copies.groups[group as usize][0];
        let mut join = |groups: &mut Vec<u32>, next: u32, by_another: bool| {
            if !taken[next as usize] && allows(node(anchor), node(next), by_another) {
                taken[next as usize] = true;
                groups.push(next);
            }
        };
        for &(next, _) in &neighbours[anchor as usize] {
            join(&mut groups, next, false);
        }
        for place in 1..groups.len() {
            for &(next, score) in &neighbours[groups[place] as usize] {
                if score >= STRONG_LINK {
                    join(&mut groups, next, true);
                }
            }
        }
        let mut members: Vec<u32> = groups
            .iter()
            .flat_map(|&group| copies.groups[group as usize].iter().copied())
            .collect();
        if members.len() > 1 {
            members.sort_unstable();
            clusters.push(Grown { anchor: copies.groups[anchor as usize][0], nodes: members });
        }
    }
    clusters
}

/// Linked nodes of one wording, taken together.
struct Copies {
    /// The nodes of each group, sorted; groups sorted by their first node.
    groups: Vec<Vec<u32>>,
    /// The group of each node.
    group_of: Vec<u32>,
}

impl Copies {
    fn of(nodes: &[Node], links: &[Link]) -> Copies {
        let mut root: Vec<u32> = (0..nodes.len() as u32).collect();
        for link in links {
            if nodes[link.a as usize].wording == nodes[link.b as usize].wording {
                let (a, b) = (find(&mut root, link.a), find(&mut root, link.b));
                root[a.max(b) as usize] = a.min(b);
            }
        }
        let mut groups: Vec<Vec<u32>> = Vec::new();
        let mut group_of = vec![0; nodes.len()];
        for node in 0..nodes.len() as u32 {
            let first = find(&mut root, node);
            if first == node {
                group_of[node as usize] = groups.len() as u32;
                groups.push(vec![node]);
            } else {
                group_of[node as usize] = group_of[first as usize];
                groups[group_of[first as usize] as usize].push(node);
            }
        }
        Copies { groups, group_of }
    }

    /// The linked groups of each group with the best score of their links, sorted by group.
    fn neighbours(&self, links: &[Link]) -> Vec<Vec<(u32, f64)>> {
        let mut best: BTreeMap<(u32, u32), f64> = BTreeMap::new();
        for link in links {
            let (a, b) = (self.group_of[link.a as usize], self.group_of[link.b as usize]);
            if a != b {
                for pair in [(a, b), (b, a)] {
                    let score = best.entry(pair).or_insert(link.score);
                    *score = score.max(link.score);
                }
            }
        }
        let mut neighbours = vec![Vec::new(); self.groups.len()];
        for ((from, to), score) in best {
            neighbours[from as usize].push((to, score));
        }
        neighbours
    }
}

fn find(root: &mut [u32], mut node: u32) -> u32 {
    while root[node as usize] != node {
        root[node as usize] = root[root[node as usize] as usize];
        node = root[node as usize];
    }
    node
}

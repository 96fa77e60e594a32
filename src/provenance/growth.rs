//! Clusters grown from verified links, each held by its anchor.
//!
//! A public deduplication run once joined 859,091 unrelated documents by following links from one
//! to the next. Here a cluster is a fullest form and what matches it, and what matches one of
//! those nearly completely; nothing further away joins, however many links lead there.

use std::collections::{BTreeMap, HashMap};

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
#[derive(Clone, Copy, Debug, PartialEq)]
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
    let copies = Tied::copies(nodes, links);
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

/// Nodes that links tie together, directly or by way of others; no link leads out.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Component {
    /// Its nodes, sorted.
    pub(super) nodes: Vec<u32>,
    /// Its links, in the order in which they were given, between places in `nodes`.
    pub(super) links: Vec<Link>,
}

/// The components that links tie so many nodes to, in the order of their first nodes. Clusters grown in
/// each are those grown in all: a cluster does not reach beyond its component.
pub(super) fn components(nodes: usize, links: &[Link]) -> Vec<Component> {
    let Tied { groups, group_of } = Tied::of(nodes, links.iter());
    let mut place_of = vec![0; nodes];
    for group in &groups {
        (0..).zip(group).for_each(|(place, &node)| place_of[node as usize] = place);
    }
    let of = |nodes| Component { nodes, links: Vec::new() };
    let mut components: Vec<Component> = groups.into_iter().map(of).collect();
    for &Link { a, b, score } in links {
        let [own_a, own_b] = [a, b].map(|node| place_of[node as usize]);
        let component = &mut components[group_of[a as usize] as usize];
        component.links.push(Link { a: own_a, b: own_b, score });
    }
    components
}

/// The links that lie within one of some clusters, given by their nodes; no node is in two.
pub(super) fn links_within<C: IntoIterator<Item = u32>>(
    clusters: impl IntoIterator<Item = C>,
    links: &[Link],
) -> Vec<Link> {
    let mut cluster_of = HashMap::new();
    for (number, cluster) in clusters.into_iter().enumerate() {
        cluster_of.extend(cluster.into_iter().map(|node| (node, number)));
    }
    let is_within = |link: &&Link| {
        let [a, b] = [link.a, link.b].map(|node| cluster_of.get(&node));
        a.is_some() && a == b
    };
    links.iter().filter(is_within).copied().collect()
}

/// Nodes that some links tie together, directly or by way of others.
struct Tied {
    /// The nodes of each group, sorted; groups sorted by their first node.
    groups: Vec<Vec<u32>>,
    /// The group of each node.
    group_of: Vec<u32>,
}

impl Tied {
    fn of<'l>(nodes: usize, links: impl Iterator<Item = &'l Link>) -> Tied {
        let mut root: Vec<u32> = (0..nodes as u32).collect();
        for link in links {
            let (a, b) = (find(&mut root, link.a), find(&mut root, link.b));
            root[a.max(b) as usize] = a.min(b);
        }
        let mut groups: Vec<Vec<u32>> = Vec::new();
        let mut group_of = vec![0; nodes];
        for node in 0..nodes as u32 {
            let first = find(&mut root, node);
            if first == node {
                group_of[node as usize] = groups.len() as u32;
                groups.push(vec![node]);
            } else {
                group_of[node as usize] = group_of[first as usize];
                groups[group_of[first as usize] as usize].push(node);
            }
        }
        Tied { groups, group_of }
    }

    /// Linked nodes of one wording, taken together.
    fn copies(nodes: &[Node], links: &[Link]) -> Tied {
        let wording = |node: u32| nodes[node as usize].wording;
        Tied::of(nodes.len(), links.iter().filter(|link| wording(link.a) == wording(link.b)))
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn clusters_of_components_are_those_of_all(
            words in prop::collection::vec((3usize..9, 0u32..6), 1..14),
            ties in prop::collection::vec((0u32..14, 0u32..14, 5u32..10), 0..16),
        ) {
            let nodes: Vec<Node> =
                words.iter().map(|&(words, wording)| Node { words, wording }).collect();
            let count = nodes.len() as u32;
            let links: Vec<Link> = ties
                .iter()
                .map(|&(a, b, tenths)| (a % count, b % count, tenths))
                .filter(|(a, b, _)| a != b)
                .map(|(a, b, tenths)| Link { a, b, score: f64::from(tenths) / 10.0 })
                .collect();
            // Some versions are another's, so that not all that is linked joins.
            let allows = |anchor: u32, node: u32, _: bool| anchor % 5 != node % 3;
            let mut all = grow(&nodes, &links, &allows);
            let mut apart = Vec::new();
            for component in components(nodes.len(), &links) {
                let of = |place: u32| component.nodes[place as usize];
                let own: Vec<Node> = (component.nodes.iter()).map(|&node| nodes[node as usize]).collect();
                let grown = grow(&own, &component.links, &|anchor, node, by_another| {
                    allows(of(anchor), of(node), by_another)
                });
                apart.extend(grown.into_iter().map(|grown| Grown {
                    anchor: of(grown.anchor),
                    nodes: grown.nodes.into_iter().map(of).collect(),
                }));
            }
            for clusters in [&mut all, &mut apart] {
                clusters.sort_by_key(|grown| grown.nodes.clone());
            }
            prop_assert_eq!(apart, all);
        }
    }
}

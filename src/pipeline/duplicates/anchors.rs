//! Links to clusters, closed by an anchor.
//!
//! Following links from unit to unit without bound joins what has nothing to do with one another (a
//! public deduplication run made one cluster of 859,091 documents). Here every member is linked to
//! the cluster's anchor itself: units are taken by the number of units they are linked to, the
//! most first; one that is in no cluster yet becomes an anchor and takes all linked units that are
//! in none (the star cover of Aslam, Pelekhov and Rus, *The star clustering algorithm*, 2004).

use std::cmp::Reverse;
use std::io::{self, Write};

use super::pairs::linked_units;
use super::repeats::Repeats;
use super::table::{Link, UnitTable};
use crate::report::duplicates::cluster_line;

/// For each group of repeats its anchor, itself where it is one.
#[derive(Debug)]
pub(super) struct Anchored {
    anchors: Vec<u32>,
    clusters: usize,
}

impl Anchored {
    /// Clusters linked groups of repeats.
    pub(super) fn new(links: &[Link], repeats: &Repeats) -> Self {
        const NONE: u32 = u32::MAX;
        let adjacent = Adjacent::new(links, repeats.groups());
        let linked = linked_units(links, repeats);
        let mut order: Vec<(Reverse<u32>, u32)> = (0..)
            .zip(&linked)
            .filter(|&(_, &units)| units > 0)
            .map(|(group, &units)| (Reverse(units), group))
            .collect();
        order.sort_unstable();
        let mut anchors = vec![NONE; repeats.groups()];
        let mut clusters = repeats.repeated().count();
        for (_, group) in order {
            if anchors[group as usize] != NONE {
                continue;
            }
            anchors[group as usize] = group;
            let mut is_new = repeats.members(group).len() == 1;
            for &other in adjacent.of(group) {
                if anchors[other as usize] == NONE {
                    anchors[other as usize] = group;
                    if repeats.members(other).len() > 1 {
                        clusters -= 1;
                    }
                    if is_new {
                        clusters += 1;
                        is_new = false;
                    }
                }
            }
        }
        for (group, anchor) in (0..).zip(&mut anchors) {
            if *anchor == NONE {
                *anchor = group;
            }
        }
        Anchored { anchors, clusters }
    }

    /// The number of clusters of two or more units.
    pub(super) fn clusters(&self) -> usize {
        self.clusters
    }

    /// Writes the clusters of two or more units, a line each, in the order of their anchors.
    pub(super) fn write(
        &self,
        repeats: &Repeats,
        table: &UnitTable,
        out: &mut dyn Write,
    ) -> io::Result<()> {
        let mut members: Vec<(u32, u32)> = (0..)
            .zip(&self.anchors)
            .flat_map(|(group, &anchor)| {
                repeats.members(group).iter().map(move |&unit| (anchor, unit))
            })
            .collect();
        members.sort_unstable();
        let mut line = Vec::new();
        for cluster in members.chunk_by(|left, right| left.0 == right.0) {
            if cluster.len() > 1 {
                let anchor = repeats.first(cluster[0].0);
                let names = cluster.iter().map(|&(_, unit)| table.name(unit));
                line.clear();
                cluster_line(table.name(anchor), cluster.len(), names, &mut line);
                out.write_all(&line)?;
            }
        }
        out.flush()
    }
}

/// The groups that each group is linked to, in flat arrays: 8 bytes a link and 8 bytes a group.
struct Adjacent {
    ends: Vec<usize>,
    others: Vec<u32>,
}

impl Adjacent {
    fn new(links: &[Link], groups: usize) -> Self {
        // Counts, then ends; filling from behind leaves starts, which end the group before.
        let mut ends = vec![0; groups + 1];
        for link in links {
            ends[link.a as usize] += 1;
            ends[link.b as usize] += 1;
        }
        let mut sum = 0;
        for end in &mut ends {
            sum += *end;
            *end = sum;
        }
        let mut others = vec![0; sum];
        for link in links {
            for (group, other) in [(link.a, link.b), (link.b, link.a)] {
                let place = &mut ends[group as usize];
                *place -= 1;
                others[*place] = other;
            }
        }
        Adjacent { ends, others }
    }

    /// The groups that one is linked to, in no order that matters.
    fn of(&self, group: u32) -> &[u32] {
        &self.others[self.ends[group as usize]..self.ends[group as usize + 1]]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn link((a, b): (u32, u32)) -> Link {
        Link { a, b, shared: 3, united: 4 }
    }

    #[track_caller]
    fn check_anchors(links: &[(u32, u32)], anchors: &[u32], clusters: usize) {
        let links: Vec<Link> = links.iter().copied().map(link).collect();
        let repeats = Repeats::new(0..anchors.len() as u64);
        let anchored = Anchored::new(&links, &repeats);
        assert_eq!((&anchored.anchors[..], anchored.clusters()), (anchors, clusters));
    }

    #[test]
    fn every_member_is_linked_to_its_anchor() {
        check_anchors(&[], &[0, 1, 2], 0);
        check_anchors(&[(0, 1)], &[0, 0, 2], 1);
        check_anchors(&[(0, 2), (1, 2), (2, 3)], &[2, 2, 2, 2], 1);
        // A chain is cut: 0 and 3 have nothing to do with each other.
        check_anchors(&[(0, 1), (1, 2), (2, 3)], &[1, 1, 1, 3], 1);
        check_anchors(&[(0, 1), (1, 2), (2, 3), (3, 4)], &[1, 1, 1, 3, 3], 2);
    }

    #[test]
    fn repeats_are_clusters_too() {
        let repeats = Repeats::new([9, 9, 4, 4, 5].into_iter());
        assert_eq!(Anchored::new(&[], &repeats).clusters(), 2);
        let anchored = Anchored::new(&[link((0, 1)), link((1, 2))], &repeats);
        assert_eq!((&anchored.anchors[..], anchored.clusters()), (&[1, 1, 1][..], 1));
    }
}

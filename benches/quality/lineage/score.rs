//! Counting what was right.

use cento::model::{Cluster, Verdict};

use super::observe::Observed;

/// Counts over histories.
#[derive(Clone, Debug, Default)]
pub(crate) struct Score {
    children: u32,
    parent: u32,
    parent_strict: u32,
    parent_nearest: u32,
    rooted: u32,
    root: u32,
    root_strict: u32,
    /// The true origin is named and claimed.
    root_claimed: u32,
    /// Histories without their source whose texts show it, and those where an origin was claimed.
    shown: u32,
    shown_claimed: u32,
    hidden: u32,
    hidden_claimed: u32,
    /// Histories without dates in which a direction was claimed.
    directions: u32,
    pub(crate) edges: Reliability,
    pub(crate) origins: Reliability,
}

impl Score {
    pub(crate) fn add(&mut self, other: &Score) {
        self.edges.add(&other.edges);
        self.origins.add(&other.origins);
    }

    pub(crate) fn count(&mut self, observed: &Observed, clusters: &[Cluster]) {
        let mut found: Vec<Option<u32>> = vec![None; observed.parents.len()];
        let mut known = vec![false; observed.parents.len()];
        for cluster in clusters {
            for edge in &cluster.edges {
                let document = |member: u32| cluster.members[member as usize].document;
                let child = document(edge.child) as usize;
                let parent = edge.parent.map(document);
                found[child] = parent;
                known[child] = true;
                let is_right = self.is_right(observed, child, parent.map(|parent| parent as usize));
                self.edges.note(edge.probability, is_right);
                if !observed.has_dates && parent.is_some() {
                    self.directions += 1;
                }
            }
        }
        for (child, parent) in observed.parents.iter().enumerate() {
            let Some(parent) = *parent else { continue };
            self.children += 1;
            let right = found[child].map(|found| found as usize);
            self.parent += u32::from(right.is_some() && self.is_right(observed, child, right));
            self.parent_strict += u32::from(right == Some(parent));
            let nearest = observed.nearest_earlier(child);
            self.parent_nearest +=
                u32::from(nearest.is_some() && self.is_right(observed, child, nearest));
        }
        // The largest cluster holds the history; splinters are lost children.
        let Some(cluster) = clusters.iter().max_by_key(|cluster| cluster.members.len()) else {
            return;
        };
        self.count_origin(observed, cluster);
    }

    fn is_right(&self, observed: &Observed, child: usize, found: Option<usize>) -> bool {
        match (observed.parents[child], found) {
            (None, None) => true,
            (Some(parent), Some(found)) => observed.wordings[parent] == observed.wordings[found],
            _ => false,
        }
    }

    fn count_origin(&mut self, observed: &Observed, cluster: &Cluster) {
        let origin = &cluster.origin;
        let claimed = matches!(origin.verdict, Verdict::Found | Verdict::Probable);
        let named = origin.document.map(|document| document as usize);
        match observed.root {
            Some(root) if observed.has_dates => {
                self.rooted += 1;
                // The root of the tree is the version that comes from no other here.
                let has_parent =
                    |member: &u32| cluster.edges.iter().any(|edge| edge.child == *member);
                let first = (0..cluster.members.len() as u32).find(|member| !has_parent(member));
                let first = first.map(|member| cluster.members[member as usize].document as usize);
                let same = |place: usize| observed.wordings[place] == observed.wordings[root];
                self.root += u32::from(first.is_some_and(same));
                self.root_strict += u32::from(first == Some(root));
                self.root_claimed += u32::from(claimed && named.is_some_and(same));
            }
            None if observed.shows_source => {
                self.shown += 1;
                self.shown_claimed += u32::from(claimed);
            }
            None => {
                self.hidden += 1;
                self.hidden_claimed += u32::from(claimed);
            }
            Some(_) => {}
        }
        if claimed {
            let same = |root: usize| {
                named.is_some_and(|place| observed.wordings[place] == observed.wordings[root])
            };
            self.origins.note(origin.probability, observed.root.is_some_and(same));
        }
    }

    pub(crate) fn line(&self) -> String {
        let share = |count: u32, of: u32| match of {
            0 => "-".to_owned(),
            _ => format!("{:.3}", f64::from(count) / f64::from(of)),
        };
        let share_of = |count: u32, of: u32| match of {
            0 => "-".to_owned(),
            _ => format!("{} of {of}", share(count, of)),
        };
        format!(
            "{:>8}{:>8}{:>8}{:>8}{:>8}{:>8}{:>15}{:>15}{:>8.3}{:>8.3}   {}",
            share(self.parent, self.children),
            share(self.parent_strict, self.children),
            share(self.parent_nearest, self.children),
            share(self.root, self.rooted),
            share(self.root_strict, self.rooted),
            share(self.root_claimed, self.rooted),
            share_of(self.shown_claimed, self.shown),
            share_of(self.hidden_claimed, self.hidden),
            self.edges.error(),
            self.origins.error(),
            match self.directions {
                0 => String::new(),
                count => format!("{count} directions without a date"),
            },
        )
    }
}

/// How often what was given some probability was right.
#[derive(Clone, Debug)]
pub(crate) struct Reliability {
    /// For each tenth: how many, the sum of probabilities, how many were right.
    tenths: [(u32, f64, u32); 10],
}

impl Default for Reliability {
    fn default() -> Self {
        Reliability { tenths: [(0, 0.0, 0); 10] }
    }
}

impl Reliability {
    fn note(&mut self, probability: f64, is_right: bool) {
        let tenth = &mut self.tenths[((probability * 10.0) as usize).min(9)];
        *tenth = (tenth.0 + 1, tenth.1 + probability, tenth.2 + u32::from(is_right));
    }

    fn add(&mut self, other: &Reliability) {
        for (own, other) in self.tenths.iter_mut().zip(&other.tenths) {
            *own = (own.0 + other.0, own.1 + other.1, own.2 + other.2);
        }
    }

    /// The expected calibration error: the mean gap between what was said and what was right,
    /// weighted by how often it was said.
    fn error(&self) -> f64 {
        let total: u32 = self.tenths.iter().map(|tenth| tenth.0).sum();
        let gaps = self.tenths.iter().map(|&(_, sum, right)| (sum - f64::from(right)).abs());
        gaps.sum::<f64>() / f64::from(total.max(1))
    }

    /// The table and the expected calibration error.
    pub(crate) fn table(&self) -> String {
        let mut text = format!("{:>12}{:>8}{:>8}{:>8}\n", "probability", "count", "said", "right");
        for (number, &(count, sum, right)) in self.tenths.iter().enumerate() {
            if count == 0 {
                continue;
            }
            let (said, was) = (sum / f64::from(count), f64::from(right) / f64::from(count));
            let (low, high) = (number as f64 / 10.0, (number + 1) as f64 / 10.0);
            text.push_str(&format!("{low:>6.1} - {high:.1}{count:>8}{said:>8.3}{was:>8.3}\n"));
        }
        text.push_str(&format!("expected calibration error {:.3}\n", self.error()));
        text
    }
}

//! Families of documents: who took from whom, and where it began.
//!
//! cento states origins and edges a cluster. Of a document of a family all edges that lead to it
//! vote with their probability for its parent; the winner is right when the gold lists it. A
//! cluster's verdict counts when the cluster has two documents of the family, it is right when the
//! gold accepts it and the document (where one is named) is the gold's. A cluster that joins the
//! family with an independent document is an error of its own.

use std::collections::{BTreeMap, BTreeSet};

use cento::model::{Cluster, Verdict};

use super::gold::{Gold, GoldFamily};
use super::{Count, Scanned};

#[derive(Default)]
pub(crate) struct Measure {
    /// Documents with the right parent, of those with any edge that the gold judges.
    pub(crate) parents: Count,
    /// Documents of which the gold knows a parent and cento states one.
    pub(crate) stated: Count,
    pub(crate) verdicts: Count,
    /// Families that no cluster joins with an independent document.
    pub(crate) apart: Count,
    pub(crate) errors: Vec<String>,
}

impl Measure {
    pub(crate) fn print(&self) {
        println!(
            "origins    parents right {}, stated {}, verdicts of clusters {}, apart {}",
            self.parents, self.stated, self.verdicts, self.apart
        );
    }
}

pub(crate) fn measure(scanned: &Scanned, gold: &Gold) -> Measure {
    let mut measure = Measure::default();
    for family in &gold.families {
        let of_family: Vec<&Cluster> = scanned
            .findings
            .clusters
            .iter()
            .filter(|cluster| documents(scanned, cluster, &family.docs).len() >= 2)
            .collect();
        measure.compare_parents(scanned, family, &of_family);
        measure.compare_verdicts(scanned, family, &of_family);
        measure.compare_independent(scanned, family);
    }
    measure
}

/// The documents of a list that a cluster has.
fn documents<'s>(scanned: &'s Scanned, cluster: &Cluster, listed: &[String]) -> BTreeSet<&'s str> {
    cluster
        .members
        .iter()
        .map(|member| scanned.id(member.document))
        .filter(|id| listed.iter().any(|listed| listed == id))
        .collect()
}

impl Measure {
    fn compare_parents(&mut self, scanned: &Scanned, family: &GoldFamily, clusters: &[&Cluster]) {
        // What each document's edges vote for; `None` is a source that is not here.
        let mut votes: BTreeMap<&str, BTreeMap<Option<&str>, f64>> = BTreeMap::new();
        for cluster in clusters {
            let id = |member: u32| scanned.id(cluster.members[member as usize].document);
            for edge in &cluster.edges {
                let parent = edge.parent.map(id);
                *votes.entry(id(edge.child)).or_default().entry(parent).or_default() +=
                    edge.probability;
            }
        }
        for edge in &family.edges {
            let votes = votes.get(edge.child.as_str());
            self.stated.add(votes.is_some());
            let Some(votes) = votes else {
                self.errors.push(format!("PARENT of {}: none stated", edge.child));
                continue;
            };
            let winner = votes
                .iter()
                .max_by(|one, other| one.1.total_cmp(other.1))
                .and_then(|(parent, _)| *parent);
            let right = edge.parents.iter().any(|parent| parent.as_deref() == winner);
            self.parents.add(right);
            if !right {
                self.errors.push(format!(
                    "PARENT of {} is {winner:?}, gold {:?}; votes {votes:?}",
                    edge.child, edge.parents
                ));
            }
        }
    }

    fn compare_verdicts(&mut self, scanned: &Scanned, family: &GoldFamily, clusters: &[&Cluster]) {
        for cluster in clusters {
            let origin = &cluster.origin;
            let document = origin.document.map(|document| scanned.id(document));
            let accepted = family.origin.accept.iter().any(|name| name == origin.verdict.name());
            let names_document = matches!(origin.verdict, Verdict::Found | Verdict::Probable);
            let right = accepted && (!names_document || document == family.origin.doc.as_deref());
            self.verdicts.add(right);
            if !right {
                self.errors.push(format!(
                    "VERDICT in {} ({} members): {} {document:?}, gold {:?} {:?}: {}",
                    family.family,
                    cluster.members.len(),
                    origin.verdict.name(),
                    family.origin.accept,
                    family.origin.doc,
                    cluster.text.replace('\n', "¶")
                ));
            }
        }
    }

    fn compare_independent(&mut self, scanned: &Scanned, family: &GoldFamily) {
        let joins = |cluster: &&Cluster| {
            !documents(scanned, cluster, &family.docs).is_empty()
                && !documents(scanned, cluster, &family.independent).is_empty()
        };
        let joining = scanned.findings.clusters.iter().find(joins);
        self.apart.add(joining.is_none());
        if let Some(cluster) = joining {
            self.errors.push(format!("JOINED {}: {}", family.family, cluster.text));
        }
    }
}

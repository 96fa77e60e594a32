//! What the page holds, as its script reads it.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::report::marked::Piece;
use crate::report::rows::{DriftRow, EdgeRow, SummaryRow};

/// The page's data, as its script reads it.
#[derive(Debug, Serialize)]
pub(super) struct PageData<'s> {
    pub(super) summary: &'s SummaryRow,
    pub(super) documents: Vec<PageDocument>,
    pub(super) quotes: Vec<PageCluster>,
    pub(super) passages: Vec<PageCluster>,
    pub(super) pairs: Vec<PagePair>,
    pub(super) left_out: LeftOut,
}

/// What the tables hold and the page does not.
#[derive(Debug, Default, Serialize)]
pub(super) struct LeftOut {
    pub(super) quotes: usize,
    pub(super) passages: usize,
    pub(super) pairs: usize,
}

/// A document that something on the page refers to.
#[derive(Clone, Debug, Serialize)]
pub(super) struct PageDocument {
    pub(super) id: String,
    pub(super) source: String,
    pub(super) title: Option<String>,
    pub(super) url: Option<String>,
    pub(super) date: Option<String>,
    pub(super) language: String,
    #[serde(skip)]
    pub(super) chars: u64,
}

/// A cluster; documents are places in [`PageData::documents`].
#[derive(Debug, Serialize)]
pub(super) struct PageCluster {
    pub(super) id: String,
    pub(super) text: String,
    pub(super) size: u64,
    pub(super) sources: u64,
    pub(super) first: Option<String>,
    pub(super) last: Option<String>,
    pub(super) speaker: Option<PageSpeaker>,
    pub(super) verdict: String,
    pub(super) origin: Option<usize>,
    pub(super) probability: f64,
    pub(super) why: Vec<String>,
    pub(super) members: Vec<PageMember>,
    pub(super) edges: Vec<EdgeRow>,
}

#[derive(Debug, Serialize)]
pub(super) struct PageSpeaker {
    pub(super) name: String,
    pub(super) votes: f64,
    pub(super) conflicts: Vec<PageConflict>,
}

#[derive(Debug, Serialize)]
pub(super) struct PageConflict {
    pub(super) name: String,
    pub(super) votes: f64,
    pub(super) docs: Vec<usize>,
}

#[derive(Debug, Serialize)]
pub(super) struct PageMember {
    pub(super) doc: usize,
    /// The quote's or the passage's id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) item: Option<String>,
    pub(super) variant: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) speaker: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) drift: Vec<DriftRow>,
    /// The version as it differs from the fullest form; left out where it does not.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) pieces: Vec<Piece>,
}

/// Two documents side by side.
#[derive(Debug, Serialize)]
pub(super) struct PagePair {
    pub(super) a: usize,
    pub(super) b: usize,
    pub(super) relation: String,
    /// The share of each document's characters that lies in passages.
    pub(super) share_a: f64,
    pub(super) share_b: f64,
    pub(super) resemblance: f64,
    /// How many passages the pair has; fewer may be shown.
    pub(super) count: u64,
    pub(super) passages: Vec<PagePassage>,
}

#[derive(Debug, Serialize)]
pub(super) struct PagePassage {
    pub(super) id: String,
    pub(super) label: String,
    pub(super) probability: f64,
    pub(super) why: Vec<String>,
    pub(super) drift: Vec<DriftRow>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) cluster: Option<String>,
    pub(super) a: Vec<Piece>,
    pub(super) b: Vec<Piece>,
}

impl PageData<'_> {
    /// Takes over the documents that are referred to, and renumbers the references.
    pub(super) fn number_documents(&mut self, all: &[PageDocument]) {
        let mut used: BTreeMap<usize, usize> = BTreeMap::new();
        self.references().into_iter().for_each(|document| {
            used.insert(*document, 0);
        });
        for (place, (&document, number)) in used.iter_mut().enumerate() {
            *number = place;
            self.documents.push(all[document].clone());
        }
        for document in self.references() {
            *document = used[document];
        }
    }

    /// Every place where a document is referred to.
    fn references(&mut self) -> Vec<&mut usize> {
        let mut references = Vec::new();
        for cluster in self.quotes.iter_mut().chain(&mut self.passages) {
            references.extend(&mut cluster.origin);
            references.extend(cluster.members.iter_mut().map(|member| &mut member.doc));
            if let Some(speaker) = &mut cluster.speaker {
                references.extend(speaker.conflicts.iter_mut().flat_map(|c| &mut c.docs));
            }
        }
        for pair in &mut self.pairs {
            references.push(&mut pair.a);
            references.push(&mut pair.b);
        }
        references
    }
}

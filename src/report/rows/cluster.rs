//! `clusters.jsonl`.

use serde::{Deserialize, Serialize};

use super::DriftRow;

/// A name that some sources give for the speaker, against the consensus.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ConflictRow {
    /// The name.
    pub name: String,
    /// The sum of its votes.
    pub votes: f64,
    /// The documents that give it.
    pub docs: Vec<String>,
}

/// The speaker by consensus of the sources.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ClusterSpeakerRow {
    /// The name with the most votes.
    pub name: String,
    /// Its votes: explicit names outvote surnames, surnames outvote pronouns.
    pub votes: f64,
    /// Other names that are given, most votes first.
    pub conflicts: Vec<ConflictRow>,
}

/// One version. Its place in the list is its number in [`EdgeRow`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MemberRow {
    /// The document it stands in.
    pub doc: String,
    /// The outlet of that document; empty when unknown.
    #[serde(default)]
    pub source: String,
    /// The quote it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quote: Option<String>,
    /// A passage it takes part in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub passage: Option<String>,
    /// First scalar value.
    pub start: u64,
    /// One past the last scalar value.
    pub end: u64,
    /// When its document was published.
    pub published_at: Option<String>,
    /// How it differs from the fullest form.
    pub variant: String,
    /// Its words.
    #[serde(default)]
    pub text: String,
    /// Who says it in this document.
    #[serde(default)]
    pub speaker: Option<String>,
    /// What changed in substance against the fullest form.
    #[serde(default)]
    pub drift: Vec<DriftRow>,
}

/// Where a cluster seems to come from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OriginRow {
    /// `found`, `probable`, `common_source` or `undetermined`.
    pub verdict: String,
    /// The document, where one is named.
    pub doc: Option<String>,
    /// The probability that the verdict is right.
    pub probability: f64,
    /// The reasons in words.
    pub why: Vec<String>,
}

/// A version and the one it was taken from, by their places in [`ClusterRow::members`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct EdgeRow {
    /// `null` is a source that is not here.
    pub parent: Option<u32>,
    /// The version that was made.
    pub child: u32,
    /// The probability of this edge.
    pub probability: f64,
    /// The reasons in words.
    pub why: Vec<String>,
    /// What changed in substance from the parent to the child.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub drift: Vec<DriftRow>,
}

/// Versions of one another.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ClusterRow {
    /// See [`crate::report::ids`].
    pub id: String,
    /// `quote` or `passage`.
    pub kind: String,
    /// The fullest form.
    pub text: String,
    /// The number of members.
    pub size: u64,
    /// The number of distinct outlets (documents where outlets are unknown).
    pub sources: u64,
    /// The earliest known date.
    pub first_seen: Option<String>,
    /// The latest known date.
    pub last_seen: Option<String>,
    /// Quote clusters only.
    pub speaker: Option<ClusterSpeakerRow>,
    /// The versions, oldest first, undated last.
    pub members: Vec<MemberRow>,
    /// Where it seems to come from.
    pub origin: OriginRow,
    /// Who took it from whom.
    pub edges: Vec<EdgeRow>,
}

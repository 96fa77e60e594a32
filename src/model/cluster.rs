//! Versions of one quote or one passage, and where they seem to come from.

use super::{Date, DocumentIndex, Drift, Span};

/// What the members of a cluster are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ClusterKind {
    /// Quotes.
    Quote,
    /// Passages.
    Passage,
}

impl ClusterKind {
    /// The name in the output.
    pub fn name(self) -> &'static str {
        match self {
            ClusterKind::Quote => "quote",
            ClusterKind::Passage => "passage",
        }
    }
}

/// How a member differs from the cluster's fullest form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Variant {
    /// The same words.
    Identical,
    /// Cut at the start or the end.
    Truncated,
    /// Cut inside, with or without dots.
    Ellipsis,
    /// Words in brackets put in or put in the place of others.
    Bracketed,
    /// Other words.
    Reworded,
    /// Perhaps a translation; the languages differ.
    Translated,
}

impl Variant {
    /// The name in the output.
    pub fn name(self) -> &'static str {
        match self {
            Variant::Identical => "identical",
            Variant::Truncated => "truncated",
            Variant::Ellipsis => "ellipsis",
            Variant::Bracketed => "bracketed",
            Variant::Reworded => "reworded",
            Variant::Translated => "translated?",
        }
    }
}

/// What a member points at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MemberItem {
    /// The quote with this number in its document's [`super::Analysis::quotes`].
    Quote(u32),
    /// A span of text that takes part in passages.
    Passage,
    /// Running text that carries the words of a quote without marks.
    Text,
}

/// One version.
#[derive(Clone, Debug, PartialEq)]
pub struct Member {
    /// The document it stands in.
    pub document: DocumentIndex,
    /// What it is there.
    pub item: MemberItem,
    /// Where it stands there.
    pub span: Span,
    /// How it differs from the fullest form.
    pub variant: Variant,
    /// What changed in substance against the fullest form: `a` holds this member's words, `b` those
    /// of the fullest form.
    pub drift: Vec<Drift>,
}

/// How surely the origin is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// Others credit it, or it is the primary source.
    Found,
    /// The earliest here, and all others can stem from it.
    Probable,
    /// The texts show a source that is not here.
    CommonSource,
    /// Nothing in the texts or dates can tell.
    Undetermined,
}

impl Verdict {
    /// The name in the output.
    pub fn name(self) -> &'static str {
        match self {
            Verdict::Found => "found",
            Verdict::Probable => "probable",
            Verdict::CommonSource => "common_source",
            Verdict::Undetermined => "undetermined",
        }
    }
}

/// Where a cluster seems to come from.
#[derive(Clone, Debug, PartialEq)]
pub struct Origin {
    /// How surely it is known.
    pub verdict: Verdict,
    /// The document, where one is named.
    pub document: Option<DocumentIndex>,
    /// The probability that the verdict is right, 0 to 1.
    pub probability: f64,
    /// The reasons in words.
    pub why: Vec<String>,
}

/// A version and the one it was taken from.
#[derive(Clone, Debug, PartialEq)]
pub struct Edge {
    /// The member it was taken from (its place in [`Cluster::members`]); `None` is a source that
    /// is not in the collection.
    pub parent: Option<u32>,
    /// The member that was made (its place in [`Cluster::members`]).
    pub child: u32,
    /// The probability of this edge, 0 to 1.
    pub probability: f64,
    /// The reasons in words.
    pub why: Vec<String>,
    /// What changed in substance on the way: `a` holds the words of the parent, `b` those of the
    /// child. A speaker that is named no more has an empty `b`.
    pub drift: Vec<Drift>,
}

/// How often a name is given as the speaker.
#[derive(Clone, Debug, PartialEq)]
pub struct SpeakerVotes {
    /// The name.
    pub name: String,
    /// The sum of the votes: explicit names outvote surnames, surnames outvote pronouns.
    pub votes: f64,
    /// Who says so.
    pub documents: Vec<DocumentIndex>,
}

/// The speaker by consensus of the sources.
#[derive(Clone, Debug, PartialEq)]
pub struct SpeakerConsensus {
    /// The name with the most votes.
    pub name: String,
    /// Its votes.
    pub votes: f64,
    /// Other names that are given, most votes first.
    pub conflicts: Vec<SpeakerVotes>,
}

/// Versions of one another.
#[derive(Clone, Debug, PartialEq)]
pub struct Cluster {
    /// What its members are.
    pub kind: ClusterKind,
    /// The fullest form.
    pub text: String,
    /// The number of distinct sources (outlets; documents where outlets are unknown).
    pub sources: u32,
    /// The earliest known date.
    pub first_seen: Option<Date>,
    /// The latest known date.
    pub last_seen: Option<Date>,
    /// Quote clusters only.
    pub speaker: Option<SpeakerConsensus>,
    /// The versions, oldest first, undated last, ties by document and place.
    pub members: Vec<Member>,
    /// Where it seems to come from.
    pub origin: Origin,
    /// Who took it from whom; empty when nothing can be said.
    pub edges: Vec<Edge>,
}

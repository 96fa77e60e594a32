//! Aligned spans of two documents.

use super::Span;

/// What kind of reuse a passage is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Label {
    /// The same words in the same order, after folding case, marks and space.
    Verbatim,
    /// The same skeleton: most of the shorter side is kept in order.
    LightEdit,
    /// The same statement, clearly reworded or condensed.
    Paraphrase,
    /// The same fact without any sign of reuse; reported only on request.
    SameFact,
}

impl Label {
    /// The name in the output.
    pub fn name(self) -> &'static str {
        match self {
            Label::Verbatim => "verbatim",
            Label::LightEdit => "light_edit",
            Label::Paraphrase => "paraphrase",
            Label::SameFact => "same_fact",
        }
    }
}

/// The figures behind a label, each from 0 to 1.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct PassageScores {
    /// Jaccard similarity of the word 3-shingles of both sides.
    pub jaccard: f64,
    /// Share of `a`'s 3-shingles that `b` has.
    pub containment_a: f64,
    /// Share of `b`'s 3-shingles that `a` has.
    pub containment_b: f64,
    /// Share of the shorter side's words kept in order.
    pub kept_in_order: f64,
    /// Two-way idf-weighted word alignment.
    pub alignment: f64,
    /// Probability that one side was made from the other, or both from one text.
    pub probability: f64,
}

/// How words of one side became words of the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "the names say it")]
pub enum EditKind {
    Kept,
    Dropped,
    Added,
    Replaced,
    Moved,
}

impl EditKind {
    /// The name in the output.
    pub fn name(self) -> &'static str {
        match self {
            EditKind::Kept => "kept",
            EditKind::Dropped => "dropped",
            EditKind::Added => "added",
            EditKind::Replaced => "replaced",
            EditKind::Moved => "moved",
        }
    }
}

/// A run of words and what happened to it between `a` and `b`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Edit {
    /// What happened.
    pub kind: EditKind,
    /// The words in `a`; `None` when added.
    pub a: Option<Span>,
    /// The words in `b`; `None` when dropped.
    pub b: Option<Span>,
}

/// What kind of fact changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "the names say it")]
pub enum DriftKind {
    Number,
    Negation,
    Hedge,
    Condition,
    Name,
    Date,
    Speaker,
    /// Direct speech became indirect or the reverse.
    Speech,
    /// Distant fragments were joined.
    Joined,
}

impl DriftKind {
    /// The name in the output.
    pub fn name(self) -> &'static str {
        match self {
            DriftKind::Number => "number",
            DriftKind::Negation => "negation",
            DriftKind::Hedge => "hedge",
            DriftKind::Condition => "condition",
            DriftKind::Name => "name",
            DriftKind::Date => "date",
            DriftKind::Speaker => "speaker",
            DriftKind::Speech => "speech",
            DriftKind::Joined => "joined",
        }
    }
}

/// A change of substance between two versions.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Drift {
    /// What changed.
    pub kind: DriftKind,
    /// The words on the first side; empty when there are none.
    pub a: String,
    /// The words on the second side; empty when there are none.
    pub b: String,
}

/// A passage: a span of one document and the span of another that carries the same text or the
/// same statement.
#[derive(Clone, Debug, PartialEq)]
pub struct Passage {
    /// The kind of reuse.
    pub label: Label,
    /// In the first document of the pair.
    pub a: Span,
    /// In the second document of the pair.
    pub b: Span,
    /// The figures behind the label.
    pub scores: PassageScores,
    /// The reasons in words, for a reader.
    pub why: Vec<String>,
    /// What happened to the words, in order of `a`.
    pub edits: Vec<Edit>,
    /// What changed in substance.
    pub drift: Vec<Drift>,
}

//! The gold of `corpus/gold`, in the form that `corpus/README.md` describes.

use std::path::Path;

use anyhow::Result;
use serde::Deserialize;

use super::super::documents::{labels, rows};

/// Start and end in Unicode scalars, half-open.
pub(crate) type Range = (usize, usize);

/// All that was marked by hand.
pub(crate) struct Gold {
    pub(crate) passages: Vec<GoldPassage>,
    pub(crate) negatives: Vec<GoldNegative>,
    pub(crate) not_speech: Vec<GoldNotSpeech>,
    pub(crate) sentences: Vec<GoldSentences>,
    pub(crate) clusters: Vec<GoldCluster>,
    pub(crate) families: Vec<GoldFamily>,
}

/// A span of one document and a span of another.
#[derive(Deserialize)]
pub(crate) struct GoldSpans {
    pub(crate) a_id: String,
    pub(crate) a_start: usize,
    pub(crate) a_end: usize,
    pub(crate) b_id: String,
    pub(crate) b_start: usize,
    pub(crate) b_end: usize,
}

#[derive(Deserialize)]
pub(crate) struct GoldPassage {
    #[serde(flatten)]
    pub(crate) spans: GoldSpans,
    pub(crate) label: String,
    pub(crate) story: String,
}

/// Two spans that must not be reported.
#[derive(Deserialize)]
pub(crate) struct GoldNegative {
    #[serde(flatten)]
    pub(crate) spans: GoldSpans,
    pub(crate) why: String,
}

/// What stands in marks and is not speech.
#[derive(Deserialize)]
pub(crate) struct GoldNotSpeech {
    pub(crate) doc_id: String,
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) kind: String,
}

/// The units of one document.
#[derive(Deserialize)]
pub(crate) struct GoldSentences {
    pub(crate) doc_id: String,
    pub(crate) spans: Vec<Range>,
    pub(crate) kinds: Vec<String>,
}

/// Versions of one quote.
#[derive(Deserialize)]
pub(crate) struct GoldCluster {
    pub(crate) id: String,
    pub(crate) speaker: Option<String>,
    /// The document with the fullest form.
    pub(crate) fullest: String,
    pub(crate) origin: GoldOrigin,
    pub(crate) members: Vec<GoldMember>,
}

#[derive(Deserialize)]
pub(crate) struct GoldOrigin {
    pub(crate) doc: Option<String>,
    /// The verdicts that an honest editor could give.
    pub(crate) accept: Vec<String>,
}

#[derive(Deserialize)]
pub(crate) struct GoldMember {
    pub(crate) doc: String,
    pub(crate) kind: String,
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) variant: String,
    pub(crate) drift: Vec<String>,
    pub(crate) text: String,
}

/// Documents that stem from one another.
#[derive(Deserialize)]
pub(crate) struct GoldFamily {
    pub(crate) family: String,
    pub(crate) docs: Vec<String>,
    /// Documents on the same event that owe nothing to the family.
    pub(crate) independent: Vec<String>,
    #[serde(flatten)]
    pub(crate) origin: GoldOrigin,
    pub(crate) edges: Vec<GoldEdge>,
}

/// Any of `parents` is right; `None` is a source that is not here.
#[derive(Deserialize)]
pub(crate) struct GoldEdge {
    pub(crate) child: String,
    pub(crate) parents: Vec<Option<String>>,
}

/// Reads the gold of a corpus folder.
pub(crate) fn read(folder: &Path) -> Result<Gold> {
    Ok(Gold {
        passages: rows(&labels(folder, "passages.jsonl"))?,
        negatives: rows(&labels(folder, "negatives.jsonl"))?,
        not_speech: rows(&labels(folder, "not_speech.jsonl"))?,
        sentences: rows(&labels(folder, "sentences.jsonl"))?,
        clusters: rows(&labels(folder, "clusters.jsonl"))?,
        families: rows(&labels(folder, "origins.jsonl"))?,
    })
}

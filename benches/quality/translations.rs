//! Quotes in several languages: how many pairs of an original and its translations, and of
//! translations among each other, stand in one cluster, and how many others do.
//!
//! `translations [FILE …]`; without a file those of `benches/translations`, which were written for the
//! project: `chosen_on.jsonl` was looked at while the method was made, `held_out.jsonl` was not. The
//! articles of one story have ids that begin alike (`a07-en`, `a07-fr`); what stands behind `-x-` is
//! of the same person and topic, but another statement (`a07-x-de`).

use std::collections::BTreeSet;
use std::path::Path;

use anyhow::Result;
use cento::model::{ClusterKind, DocumentIndex, Language};

use super::corpus::Scanned;

/// The files of the project.
const OWN: [&str; 2] =
    ["benches/translations/chosen_on.jsonl", "benches/translations/held_out.jsonl"];

pub(crate) fn run(paths: &[&Path]) -> Result<()> {
    let own = OWN.map(Path::new);
    for path in if paths.is_empty() { &own[..] } else { paths } {
        let scanned = Scanned::new(path)?;
        let counts = Counts::of(&scanned);
        println!(
            "{}: {} of {} pairs found ({:.3}), {} false, {} of {} stories whole",
            path.display(),
            counts.found,
            counts.pairs,
            counts.found as f64 / counts.pairs.max(1) as f64,
            counts.wrong,
            counts.whole,
            counts.stories,
        );
    }
    Ok(())
}

#[derive(Debug, Default)]
struct Counts {
    /// Pairs of versions in different languages.
    pairs: usize,
    /// Those of them in one cluster.
    found: usize,
    /// Other pairs in different languages in one cluster.
    wrong: usize,
    stories: usize,
    /// Stories all of whose pairs were found.
    whole: usize,
}

impl Counts {
    fn of(scanned: &Scanned) -> Counts {
        let documents = &scanned.findings.documents;
        let story = |number: DocumentIndex| {
            let id = documents[number as usize].id.as_str();
            id.split('-').next().unwrap_or(id)
        };
        let is_version = |number: DocumentIndex| !documents[number as usize].id.contains("-x-");
        let language = |number: DocumentIndex| -> Language {
            scanned.findings.analyses[number as usize].language
        };
        let together = pairs_in_clusters(scanned);
        let mut counts = Counts::default();
        let numbers = 0..documents.len() as DocumentIndex;
        let mut broken = BTreeSet::new();
        for (a, b) in numbers.clone().flat_map(|a| (a + 1..numbers.end).map(move |b| (a, b))) {
            if language(a) == language(b) {
                continue;
            }
            let found = together.contains(&(a, b));
            if story(a) == story(b) && is_version(a) && is_version(b) {
                counts.pairs += 1;
                counts.found += usize::from(found);
                if !found {
                    broken.insert(story(a));
                }
            } else {
                counts.wrong += usize::from(found);
            }
        }
        counts.stories = numbers.map(story).collect::<BTreeSet<_>>().len();
        counts.whole = counts.stories - broken.len();
        counts
    }
}

/// The pairs of documents that have quotes in one cluster.
fn pairs_in_clusters(scanned: &Scanned) -> BTreeSet<(DocumentIndex, DocumentIndex)> {
    let clusters = scanned.findings.clusters.iter();
    let mut pairs = BTreeSet::new();
    for cluster in clusters.filter(|cluster| cluster.kind == ClusterKind::Quote) {
        let documents: BTreeSet<DocumentIndex> =
            cluster.members.iter().map(|member| member.document).collect();
        for &a in &documents {
            pairs.extend(documents.range(a + 1..).map(|&b| (a, b)));
        }
    }
    pairs
}

//! Boilerplate, learnt from the collection: what an outlet prints again and again under articles
//! that have nothing else in common (footers, sign-up lines, author notes).
//!
//! A statement is boilerplate when at least [`LEAST_DOCUMENTS`] documents carry it word for word,
//! all of one source, on at least [`LEAST_DAYS`] days where the days are known, and the documents
//! are otherwise unlike: an article that is updated ten times is reuse, not boilerplate. What other
//! outlets print too is never boilerplate. Sources that are not known have none, for their documents
//! may come from many outlets.

use std::collections::{BTreeSet, HashSet};

use super::units::{Place, words_hash};
use crate::model::{Analysis, Boilerplate, Document, Language};
use crate::text;

/// A statement in fewer documents of a source is reuse.
const LEAST_DOCUMENTS: usize = 5;
/// An article and its updates appear within a day or two.
const LEAST_DAYS: usize = 3;
/// Documents that share more of their statements than this are versions of one article.
const MOST_SHARED: f64 = 0.3;
/// So many neighbours of a group are looked at to see whether its documents are alike.
const SAMPLED_PAIRS: usize = 8;
/// Seconds of a day.
const DAY: i64 = 86_400;

/// What is boilerplate, and where it stands.
#[derive(Debug, Default)]
pub(crate) struct Masks {
    /// For each document the sorted numbers of the sentences that take no part in passages.
    pub(crate) sentences: Vec<Vec<u32>>,
    /// Each piece once, sorted by source and text.
    pub(crate) boilerplate: Vec<Boilerplate>,
}

/// Learns the boilerplate of every source from the hashes of all statements, and masks the
/// statements of the templates besides.
pub(crate) fn learn(
    documents: &[Document],
    analyses: &[Analysis],
    hashes: &[(u64, Place)],
    templates: &[String],
) -> Masks {
    let mut sorted = hashes.to_vec();
    sorted.sort_unstable();
    let statements = Statements::new(documents.len(), hashes);
    let mut masks = Masks { sentences: vec![Vec::new(); documents.len()], boilerplate: Vec::new() };
    for group in sorted.chunk_by(|left, right| left.0 == right.0) {
        if group.len() >= LEAST_DOCUMENTS && is_boilerplate(documents, group, &statements) {
            let place = group[0].1;
            let document = &documents[place.document as usize];
            let span = analyses[place.document as usize].sentences[place.ordinal as usize].span;
            masks.boilerplate.push(Boilerplate {
                source: document.source.clone(),
                text: span.of(&document.text).to_owned(),
                documents: distinct_documents(group).count() as u32,
            });
            mask(&mut masks.sentences, group);
        }
    }
    if !templates.is_empty() {
        let ignored = template_hashes(templates);
        for entry in hashes {
            if ignored.contains(&entry.0) {
                mask(&mut masks.sentences, std::slice::from_ref(entry));
            }
        }
    }
    for sentences in &mut masks.sentences {
        sentences.sort_unstable();
        sentences.dedup();
    }
    masks.boilerplate.sort();
    masks
}

/// Whether the places of one statement show boilerplate.
fn is_boilerplate(documents: &[Document], group: &[(u64, Place)], statements: &Statements) -> bool {
    let source = &documents[group[0].1.document as usize].source;
    if source.is_empty() {
        return false;
    }
    let within: Vec<u32> = distinct_documents(group).collect();
    if within.len() < LEAST_DOCUMENTS
        || within.iter().any(|&document| documents[document as usize].source != *source)
    {
        return false;
    }
    let dates: Vec<i64> = within
        .iter()
        .filter_map(|&document| documents[document as usize].published_at.as_ref())
        .map(|date| date.earliest.div_euclid(DAY))
        .collect();
    let days: BTreeSet<i64> = dates.iter().copied().collect();
    if dates.len() >= LEAST_DOCUMENTS && days.len() < LEAST_DAYS {
        return false;
    }
    let step = (within.len() / SAMPLED_PAIRS).max(1);
    let mut shared: Vec<f64> =
        within.windows(2).step_by(step).map(|pair| statements.shared(pair[0], pair[1])).collect();
    shared.sort_by(f64::total_cmp);
    shared[shared.len() / 2] <= MOST_SHARED
}

/// The documents of a group, each once, ascending.
fn distinct_documents(group: &[(u64, Place)]) -> impl Iterator<Item = u32> {
    group
        .chunk_by(|left, right| left.1.document == right.1.document)
        .map(|places| places[0].1.document)
}

/// Adds the places of a group to the masks.
fn mask(masks: &mut [Vec<u32>], group: &[(u64, Place)]) {
    for (_, place) in group {
        masks[place.document as usize].push(place.ordinal);
    }
}

/// The hashes of all lines of the templates and of all sentences in them.
fn template_hashes(templates: &[String]) -> HashSet<u64> {
    let mut hashes = HashSet::new();
    for line in templates {
        hashes.insert(words_hash(&text::words(line)));
        for sentence in text::segment(line, Language::Other) {
            hashes.insert(words_hash(&text::words(sentence.span.of(line))));
        }
    }
    hashes
}

/// The statements of each document, for telling versions of one article from unlike ones.
struct Statements<'a> {
    /// In order of place.
    hashes: &'a [(u64, Place)],
    /// Where each document's statements end.
    ends: Vec<usize>,
}

impl<'a> Statements<'a> {
    fn new(documents: usize, hashes: &'a [(u64, Place)]) -> Self {
        let mut ends = vec![0; documents];
        for (_, place) in hashes {
            ends[place.document as usize] += 1;
        }
        let mut total = 0;
        for end in &mut ends {
            total += *end;
            *end = total;
        }
        Statements { hashes, ends }
    }

    fn of(&self, document: u32) -> &'a [(u64, Place)] {
        let document = document as usize;
        let start = if document == 0 { 0 } else { self.ends[document - 1] };
        &self.hashes[start..self.ends[document]]
    }

    /// The share of the shorter document's statements that both have.
    fn shared(&self, a: u32, b: u32) -> f64 {
        let (shorter, longer) = (self.of(a), self.of(b));
        let (shorter, longer) =
            if shorter.len() <= longer.len() { (shorter, longer) } else { (longer, shorter) };
        let of_longer: HashSet<u64> = longer.iter().map(|&(hash, _)| hash).collect();
        let common = shorter.iter().filter(|(hash, _)| of_longer.contains(hash)).count();
        common as f64 / shorter.len().max(1) as f64
    }
}

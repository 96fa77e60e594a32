//! What the sentences around the two sides of a passage have in common.
//!
//! Two reports can share a naming ("the harbour master of the twin towns") or the frame of their
//! outlet and tell different things in it. Then the passage is but a piece of the sentence on either
//! side, and what stands around it differs. Words count by how rare they are, so that it is the
//! content of the sentences that is compared.

use std::cmp::Ordering;

use crate::model::{DocumentFrequencies, DocumentIndex, Language, Span};
use crate::text::words;

use super::cluster::Collection;

/// Whatever all that print one story have in common is in up to so many documents.
const DOCUMENTS_OF_ONE_STORY: u32 = 20;

/// A side that has this share of its sentences is more than a piece of them.
const WHOLE: f64 = 0.8;

/// A side is a naming when this share of its words begins like a name: there are articles, prepositions
/// and offices in namings too.
const NAMES: f64 = 0.4;

/// The sentences that two sides of a passage stand in.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Surroundings {
    /// The share of its sentences that a side has, the greater one of both.
    pub(super) share_of_sentences: f64,
    /// What the sentences have in common, as a share of that and of what the one that adds less has
    /// beside it.
    pub(super) in_common: f64,
    /// Whether both sides are made of names most of all.
    pub(super) are_namings: bool,
}

impl Surroundings {
    /// The sentences that two spans of documents stand in.
    pub(super) fn of(
        collection: Collection<'_>,
        sides: [(DocumentIndex, Span); 2],
    ) -> Surroundings {
        let [one, other] = sides.map(|(document, span)| {
            let text = &collection.documents[document as usize].text;
            let weight = |words: &[u64]| weight(collection.frequencies, words);
            let sentences = sorted_words(sentences(collection, document, span).of(text));
            let share = weight(&sorted_words(span.of(text))) / weight(&sentences).max(f64::EPSILON);
            (sentences, share)
        });
        let [common, own, others] =
            split(&one.0, &other.0).map(|words| weight(collection.frequencies, &words));
        let is_naming = |(document, span): (DocumentIndex, Span)| {
            // German writes all nouns like names.
            collection.analyses[document as usize].language != Language::German
                && names(span.of(&collection.documents[document as usize].text)) >= NAMES
        };
        Surroundings {
            share_of_sentences: one.1.max(other.1),
            in_common: common / (common + own.min(others)).max(f64::EPSILON),
            are_namings: sides.into_iter().all(is_naming),
        }
    }

    /// Whether each side is only a piece of its sentence.
    pub(super) fn are_pieces(self) -> bool {
        self.share_of_sentences < WHOLE
    }
}

/// A span of a document with the sentences that it begins and ends in.
fn sentences(collection: Collection<'_>, document: DocumentIndex, span: Span) -> Span {
    let sentences = &collection.analyses[document as usize].sentences;
    let first = sentences.partition_point(|sentence| sentence.span.end <= span.start);
    let touched = sentences[first..].iter().take_while(|sentence| sentence.span.start < span.end);
    touched.fold(span, |all, sentence| all.cover(sentence.span))
}

/// The share of a text's words that begin like a name; figures are none of them.
fn names(text: &str) -> f64 {
    let words = words(text);
    let begins = |is: fn(char) -> bool| {
        words.iter().filter(|word| word.span.of(text).starts_with(is)).count() as f64
    };
    begins(char::is_uppercase) / begins(char::is_alphabetic).max(1.0)
}

fn sorted_words(text: &str) -> Vec<u64> {
    let mut words: Vec<u64> = words(text).into_iter().map(|word| word.hash).collect();
    words.sort_unstable();
    words
}

/// What words tell: the more the fewer documents have them.
fn weight(frequencies: &DocumentFrequencies, words: &[u64]) -> f64 {
    let most = f64::from(frequencies.documents() + DOCUMENTS_OF_ONE_STORY);
    let count = |word: u64| frequencies.count(word).max(DOCUMENTS_OF_ONE_STORY);
    words.iter().map(|&word| (most / f64::from(count(word))).ln()).sum()
}

/// The words that both of two sorted lists have, and those that only the one and the other has.
fn split(one: &[u64], other: &[u64]) -> [Vec<u64>; 3] {
    let [mut both, mut own, mut others] = [const { Vec::new() }; 3];
    let (mut x, mut y) = (0, 0);
    while x < one.len() && y < other.len() {
        match one[x].cmp(&other[y]) {
            Ordering::Less => (own.push(one[x]), x += 1).1,
            Ordering::Greater => (others.push(other[y]), y += 1).1,
            Ordering::Equal => (both.push(one[x]), (x, y) = (x + 1, y + 1)).1,
        }
    }
    own.extend_from_slice(&one[x..]);
    others.extend_from_slice(&other[y..]);
    [both, own, others]
}

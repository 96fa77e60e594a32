//! What the sentences around the two sides of a passage have in common.
//!
//! Two reports can share a naming ("the harbour master of the twin towns") or the frame of their
//! outlet and tell different things in it. Then the passage is but a piece of the sentence on either
//! side, and what stands around it differs. Words count by how rare they are, so that it is the
//! content of the sentences that is compared.

use crate::model::{Analysis, DocumentFrequencies, DocumentIndex, Language, Span};
use crate::text::{Word, words};

use super::cluster::Collection;
use super::runs::share_in_runs;

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
    /// And the lesser one.
    pub(super) lesser_share: f64,
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
        let frequencies = collection.frequencies;
        let [one, other] = sides.map(|(document, span)| {
            let text = &collection.documents[document as usize].text;
            let weight = |words: &[u64]| -> f64 {
                words.iter().map(|&word| weight(frequencies, word)).sum()
            };
            let own = words(span.of(text));
            let around = sorted(&words(sentences(collection, document, span).of(text)));
            let share = weight(&sorted(&own)) / weight(&around).max(f64::EPSILON);
            // German writes all nouns like names.
            let is_naming = collection.analyses[document as usize].language != Language::German
                && names(span.of(text), &own) >= NAMES;
            (around, share, is_naming)
        });
        let [common, own, others] = split(frequencies, &one.0, &other.0);
        Surroundings {
            share_of_sentences: one.1.max(other.1),
            lesser_share: one.1.min(other.1),
            in_common: common / (common + own.min(others)).max(f64::EPSILON),
            are_namings: one.2 && other.2,
        }
    }

    /// Whether a whole sentence has a piece of another one in common with it.
    pub(super) fn is_piece_of_one(self) -> bool {
        !self.are_pieces() && self.lesser_share < WHOLE
    }

    /// Whether each side is only a piece of its sentence.
    pub(super) fn are_pieces(self) -> bool {
        self.share_of_sentences < WHOLE
    }
}

/// The share of the words of the shorter of the sentences that two spans of documents stand in which the
/// longer ones have side by side too.
pub(super) fn sentences_in_runs(
    collection: Collection<'_>,
    sides: [(DocumentIndex, Span); 2],
) -> f64 {
    let [one, other] = sides.map(|(document, span)| {
        let text = &collection.documents[document as usize].text;
        let around = words(sentences(collection, document, span).of(text));
        around.into_iter().map(|word| word.hash).collect::<Vec<u64>>()
    });
    share_in_runs(&one, &other)
}

/// The first statement of a document, which tells its news, where a span begins before its end.
pub(super) fn led_with(analysis: &Analysis, span: Span) -> Option<Span> {
    let first = analysis.sentences.iter().find(|sentence| sentence.kind.is_statement())?.span;
    (span.start < first.end).then_some(first)
}

/// A span of a document with the sentences that it begins and ends in.
fn sentences(collection: Collection<'_>, document: DocumentIndex, span: Span) -> Span {
    let sentences = &collection.analyses[document as usize].sentences;
    let first = sentences.partition_point(|sentence| sentence.span.end <= span.start);
    let touched = sentences[first..].iter().take_while(|sentence| sentence.span.start < span.end);
    touched.fold(span, |all, sentence| all.cover(sentence.span))
}

/// The share of a text's words that begin like a name; figures are none of them.
fn names(text: &str, words: &[Word]) -> f64 {
    let begins = |is: fn(char) -> bool| {
        words.iter().filter(|word| word.span.of(text).starts_with(is)).count() as f64
    };
    begins(char::is_uppercase) / begins(char::is_alphabetic).max(1.0)
}

fn sorted(words: &[Word]) -> Vec<u64> {
    let mut words: Vec<u64> = words.iter().map(|word| word.hash).collect();
    words.sort_unstable();
    words
}

/// What a word tells: the more the fewer documents have it.
fn weight(frequencies: &DocumentFrequencies, word: u64) -> f64 {
    let most = f64::from(frequencies.documents() + DOCUMENTS_OF_ONE_STORY);
    let count = frequencies.count(word).max(DOCUMENTS_OF_ONE_STORY);
    (most / f64::from(count)).ln()
}

/// The weight of the words that both of two sorted lists have, and of those that only the one and the
/// other has.
pub(super) fn split(frequencies: &DocumentFrequencies, one: &[u64], other: &[u64]) -> [f64; 3] {
    let [mut both, mut own, mut others] = [0.0; 3];
    let (mut x, mut y) = (0, 0);
    while let (Some(&left), Some(&right)) = (one.get(x), other.get(y)) {
        let in_one = left <= right;
        let in_other = right <= left;
        let sum = match (in_one, in_other) {
            (true, true) => &mut both,
            (true, false) => &mut own,
            _ => &mut others,
        };
        *sum += weight(frequencies, left.min(right));
        x += usize::from(in_one);
        y += usize::from(in_other);
    }
    let rest = |words: &[u64], sum: f64| {
        words.iter().fold(sum, |sum, &word| sum + weight(frequencies, word))
    };
    [both, rest(&one[x..], own), rest(&other[y..], others)]
}

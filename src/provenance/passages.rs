//! Passages of document pairs to groups of versions.

use std::cell::OnceCell;

use crate::model::{
    Document, DocumentIndex, DocumentPair, Drift, Label, MemberItem, Passage, Span, Variant,
};

use super::anchors::Anchors;
use super::cluster::{Collection, GroupedPlaces, Version, VersionPlace, Wording, groups, nodes};
use super::growth::{Grown, Link, grow};
use super::joining::Joining;
use super::one_text::{are_one_text, is_stock_phrase};
use super::page_furniture::has_glued_links;
use super::readings::{Reading, Readings};

/// Two spans of one document are one place when they share so much of the longer one.
const SAME_PLACE: f64 = 0.5;

/// So many sentences tell what a document is about.
const LEAD_SENTENCES: usize = 2;

/// A paraphrase joins two places as versions of one text when it is at least as probable…
const PARAPHRASE_PROBABILITY: f64 = 0.9;
/// …and keeps at least this share of the shorter side in order.
const PARAPHRASE_KEPT: f64 = 0.4;

/// Two documents and what their passages say of each other.
struct Story<'p> {
    collection: Collection<'p>,
    pair: &'p DocumentPair,
    /// Whether both are of one story; known once it was asked.
    is_one: OnceCell<bool>,
}

impl<'p> Story<'p> {
    fn of(collection: Collection<'p>, pair: &'p DocumentPair) -> Story<'p> {
        Story { collection, pair, is_one: OnceCell::new() }
    }

    /// Whether the two sides of a passage are versions of one text. Those that only state the same
    /// fact are not, and a loose paraphrase, which can stand between two documents that something
    /// else ties together, would tie texts to a cluster that have little in common. Nor is a form
    /// filled in with other figures ([`super::one_text`]), or a list of links
    /// ([`super::page_furniture`]).
    fn has_versions(&self, passage: &Passage) -> bool {
        let scores = &passage.scores;
        let is_close = match passage.label {
            Label::Verbatim | Label::LightEdit => true,
            Label::Paraphrase => {
                scores.probability >= PARAPHRASE_PROBABILITY
                    && scores.kept_in_order >= PARAPHRASE_KEPT
            }
            Label::SameFact => false,
        };
        if !is_close {
            return false;
        }
        let (collection, documents) = (self.collection, self.documents());
        let (a, b) = self.anchors_of(passage);
        let is_speech = is_speech(collection, self.pair.a, passage.a)
            && is_speech(collection, self.pair.b, passage.b);
        if is_stock_phrase(documents, [&a, &b]) && !is_speech {
            return false;
        }
        let is_one_story = || is_speech || self.is_one();
        let (kept, drift) = (scores.kept_in_order, &passage.drift);
        // Asked last, for it reads the words of whole sentences.
        are_one_text(collection, documents, [&a, &b], kept, drift, is_one_story)
            && !self.is_page_furniture(passage)
    }

    fn documents(&self) -> [&'p Document; 2] {
        [self.pair.a, self.pair.b].map(|place| &self.collection.documents[place as usize])
    }

    fn anchors(&self, document: DocumentIndex, span: Span) -> Anchors {
        let text = span.of(&self.collection.documents[document as usize].text);
        let language = self.collection.analyses[document as usize].language;
        Anchors::of(text, language, self.collection)
    }

    fn anchors_of(&self, passage: &Passage) -> (Anchors, Anchors) {
        (self.anchors(self.pair.a, passage.a), self.anchors(self.pair.b, passage.b))
    }

    /// Whether a rare name stands in both sides of some passage, or in the leads of both documents.
    fn is_one(&self) -> bool {
        *self.is_one.get_or_init(|| {
            let share = |(a, b): (Anchors, Anchors)| a.share_rare_name(&b);
            let lead = |place: DocumentIndex| self.anchors(place, lead(self.collection, place));
            share((lead(self.pair.a), lead(self.pair.b)))
                || self.pair.passages.iter().any(|passage| share(self.anchors_of(passage)))
        })
    }

    /// Whether one outlet has lists of links glued to names there.
    fn is_page_furniture(&self, passage: &Passage) -> bool {
        let has_links = |place: DocumentIndex, span: Span| {
            has_glued_links(with_lead_in(self.collection, place, span))
        };
        self.collection.outlets.are_of_one(self.documents())
            && (has_links(self.pair.a, passage.a) || has_links(self.pair.b, passage.b))
    }
}

/// A span of a document from the beginning of the sentence in which it begins.
fn with_lead_in(collection: Collection<'_>, document: DocumentIndex, span: Span) -> &str {
    let sentences = &collection.analyses[document as usize].sentences;
    let first = sentences.partition_point(|sentence| sentence.span.end <= span.start);
    let start = sentences.get(first).map_or(span.start, |own| own.span.start.min(span.start));
    Span { start, ..span }.of(&collection.documents[document as usize].text)
}

/// The first sentences of a document, which tell what it is about.
fn lead(collection: Collection<'_>, document: DocumentIndex) -> Span {
    let sentences = &collection.analyses[document as usize].sentences;
    let end = sentences.iter().take(LEAD_SENTENCES).next_back().map_or(0, |last| last.span.end);
    Span { start: 0, end }
}

/// Whether the greater part of a span of a document is quoted speech.
fn is_speech(collection: Collection<'_>, document: DocumentIndex, span: Span) -> bool {
    let quotes = &collection.analyses[document as usize].quotes;
    let speech = quotes.iter().filter(|quote| quote.kind.is_quoted_speech());
    let quoted: usize = speech.flat_map(|quote| &quote.parts).map(|part| part.overlap(span)).sum();
    2 * quoted >= span.len()
}

/// Two places that hold versions of one text.
#[derive(Clone, Copy, Debug)]
pub struct PassageLink {
    a: (DocumentIndex, Span),
    b: (DocumentIndex, Span),
    score: f64,
}

/// What of the passages of a pair of documents are versions of one text.
pub fn passage_links<'p>(
    collection: Collection<'p>,
    pair: &'p DocumentPair,
) -> impl Iterator<Item = PassageLink> + 'p {
    let story = Story::of(collection, pair);
    let versions = pair.passages.iter().filter(move |passage| story.has_versions(passage));
    versions.map(|passage| PassageLink {
        a: (pair.a, passage.a),
        b: (pair.b, passage.b),
        score: passage.scores.kept_in_order.max(passage.scores.alignment),
    })
}

/// Groups of passages: the places in documents that aligned pairs share, each with its wording.
pub fn group_passages(
    collection: Collection<'_>,
    links: &[PassageLink],
    places: &Places,
    wordings: &[Wording],
) -> Vec<GroupedPlaces> {
    let links: Vec<Link> = links
        .iter()
        .filter_map(|&PassageLink { a, b, score }| {
            Some(Link { a: places.number(a)?, b: places.number(b)?, score })
        })
        .collect();
    let joining = Joining::new(collection, places.all());
    let nodes = nodes(wordings);
    let grown = grow(&nodes, &links, &|fullest, version, by_another| {
        joining.allows(fullest, version, by_another)
    });
    let (forms, mut grown): (Vec<Grown>, Vec<Grown>) =
        grown.into_iter().partition(|grown| joining.is_form(&grown.nodes));
    if !forms.is_empty() {
        // Of a form only what fills it alike stays together.
        let mut form_of = vec![None; nodes.len()];
        for (number, form) in forms.iter().enumerate() {
            form.nodes.iter().for_each(|&node| form_of[node as usize] = Some(number));
        }
        let inside = |link: &&Link| {
            let (a, b) = (form_of[link.a as usize], form_of[link.b as usize]);
            a.is_some() && a == b
        };
        let links: Vec<Link> = links.iter().filter(inside).copied().collect();
        grown.extend(grow(&nodes, &links, &|fullest, version, by_another| {
            joining.allows(fullest, version, by_another)
                && !joining.fills_otherwise(fullest, version)
        }));
    }
    groups(places.all(), grown)
}

/// What changed in substance from one passage to another, where their documents were aligned.
pub(super) fn drift(pairs: &[DocumentPair], a: &Version, b: &Version) -> Vec<Drift> {
    let documents = (a.document.min(b.document), a.document.max(b.document));
    let Ok(place) = pairs.binary_search_by_key(&documents, |pair| (pair.a, pair.b)) else {
        return Vec::new();
    };
    let turned = a.document > b.document;
    let (first, second) = if turned { (b, a) } else { (a, b) };
    let passages = pairs[place]
        .passages
        .iter()
        .filter(|passage| passage.a.overlap(first.span) > 0 && passage.b.overlap(second.span) > 0);
    let mut found: Vec<Drift> =
        passages.flat_map(|passage| passage.drift.iter().cloned()).collect();
    if turned {
        found.iter_mut().for_each(|drift| std::mem::swap(&mut drift.a, &mut drift.b));
    }
    found.sort();
    found.dedup();
    found
}

/// How a passage differs in form from the fullest one, which it was read against.
pub(super) fn variant(read: &Readings, fullest: &Version) -> Variant {
    let words = fullest.words.len();
    let kept: Vec<usize> =
        (0..words).filter(|&place| read.has(Reading::Kept(place as u32))).collect();
    match (kept.first(), kept.last()) {
        (Some(first), Some(last)) if kept.len() == read.tokens.len() => {
            if last - first + 1 > kept.len() {
                Variant::Ellipsis
            } else if kept.len() < words {
                Variant::Truncated
            } else {
                Variant::Identical
            }
        }
        _ => Variant::Reworded,
    }
}

/// Spans of documents, those that are one place taken together.
#[derive(Clone, Debug)]
pub struct Places {
    /// Every span with the number of its place; sorted.
    spans: Vec<((DocumentIndex, Span), u32)>,
    /// The longest span of each place.
    covers: Vec<VersionPlace>,
}

impl Places {
    /// The places that links tie.
    pub fn of_links(links: &[PassageLink]) -> Places {
        Places::of(links.iter().flat_map(|link| [link.a, link.b]).collect())
    }

    /// The places, by their numbers.
    pub fn all(&self) -> &[VersionPlace] {
        &self.covers
    }

    fn of(mut spans: Vec<(DocumentIndex, Span)>) -> Places {
        spans.sort_unstable();
        spans.dedup();
        // The longest spans found places, shorter ones join the one they share most with.
        let mut order: Vec<usize> = (0..spans.len()).collect();
        order.sort_by_key(|&number| {
            let (document, span) = spans[number];
            (document, std::cmp::Reverse(span.len()), span)
        });
        let mut covers: Vec<VersionPlace> = Vec::new();
        let mut numbers = vec![0u32; spans.len()];
        let mut first_of_document = 0;
        for number in order {
            let (document, span) = spans[number];
            if covers.get(first_of_document).is_some_and(|cover| cover.document != document) {
                first_of_document = covers.len();
            }
            let share = |cover: Span| {
                cover.overlap(span) as f64 / cover.len().max(span.len()).max(1) as f64
            };
            let own = covers[first_of_document..].iter().enumerate();
            let best = own
                .map(|(place, cover)| (share(cover.span), place))
                .max_by(|x, y| x.0.total_cmp(&y.0).then(y.1.cmp(&x.1)));
            numbers[number] = match best {
                Some((share, place)) if share >= SAME_PLACE => (first_of_document + place) as u32,
                _ => {
                    covers.push(VersionPlace { document, item: MemberItem::Passage, span });
                    covers.len() as u32 - 1
                }
            };
        }
        Places { spans: spans.into_iter().zip(numbers).collect(), covers }
    }

    fn number(&self, span: (DocumentIndex, Span)) -> Option<u32> {
        let place = self.spans.binary_search_by_key(&span, |&(span, _)| span).ok()?;
        Some(self.spans[place].1)
    }
}

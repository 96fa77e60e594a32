//! Passages of document pairs to groups of versions.

use crate::model::{DocumentIndex, DocumentPair, Drift, MemberItem, Span, Variant};

use super::cluster::{Collection, GroupedPlaces, Version, VersionPlace, Wording, groups, nodes};
use super::growth::{Grown, Link, Node, components, grow, links_within};
use super::joining::Joining;
use super::misfit::{grow_without_misfits, recalls_others};
use super::readings::{Reading, Readings};
use super::story::Story;

/// Two spans of one document are one place when they share so much of the longer one.
const SAME_PLACE: f64 = 0.5;

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

/// Places that links tie together, each with its length and wording.
#[derive(Clone, Debug)]
pub struct TiedPlaces {
    places: Vec<VersionPlace>,
    nodes: Vec<Node>,
    links: Vec<Link>,
}

/// The places of some links in parts that no link ties to each other; `wordings` are those of all places.
pub fn tied_places(
    links: &[PassageLink],
    places: &Places,
    wordings: &[Wording],
) -> Vec<TiedPlaces> {
    let links: Vec<Link> = links
        .iter()
        .filter_map(|&PassageLink { a, b, score }| {
            Some(Link { a: places.number(a)?, b: places.number(b)?, score })
        })
        .collect();
    let nodes = nodes(wordings);
    let parts = components(nodes.len(), &links).into_iter().map(|component| TiedPlaces {
        places: component.nodes.iter().map(|&node| places.all()[node as usize]).collect(),
        nodes: component.nodes.iter().map(|&node| nodes[node as usize]).collect(),
        links: component.links,
    });
    parts.collect()
}

/// Groups of passages: of some places that are tied together, those that hold versions of one text.
pub fn group_passages(collection: Collection<'_>, tied: &TiedPlaces) -> Vec<GroupedPlaces> {
    let TiedPlaces { places, nodes, links } = tied;
    let joining = Joining::new(collection, places);
    let allows =
        |fullest: u32, version: u32, by_another: bool| joining.allows(fullest, version, by_another);
    let words = |node: u32| joining.version(node).words.in_order.clone();
    // A statement before what is quoted tells who says it.
    let recalls =
        |grown: &Grown| recalls_others(grown, nodes, words) && !joining.quotes(grown.anchor);
    let (forms, mut grown): (Vec<Grown>, Vec<Grown>) =
        grow_without_misfits(nodes, links, &allows, recalls)
            .into_iter()
            .partition(|grown| joining.is_form(&grown.nodes));
    if !forms.is_empty() {
        // Of a form only what fills it alike stays together.
        let links = links_within(forms.iter().map(|form| form.nodes.iter().copied()), links);
        grown.extend(grow(nodes, &links, &|fullest, version, by_another| {
            joining.allows(fullest, version, by_another)
                && !joining.fills_otherwise(fullest, version)
        }));
    }
    let grown = grown.into_iter().map(|grown| joining.without_lesser_places(grown)).collect();
    groups(places, grown)
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

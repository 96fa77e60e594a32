//! The places of linked quotes; one that merges several statements has a place for each.
//!
//! A quote that goes on behind its tag ("…," she said. "…") can put together what was said at two
//! times or even by two people. What others print of its first part and what they print of its second are
//! no versions of one another. So it is parted where no other quote has both sides, and each of the
//! stretches is a version of its own.

use std::collections::HashMap;

use crate::model::{MemberItem, QuoteId, QuoteLink, Span};

use super::anchors::common_words;
use super::cluster::{Collection, VersionPlace};

/// A quote has a part of another one when they have this share of the shorter one's words in common.
const HELD: f64 = 0.5;

/// The places of the quotes that links tie, sorted by document, quote and place; a quote whose parts
/// others print apart stands there once for each stretch of them.
pub fn quote_places(collection: Collection<'_>, links: &[QuoteLink]) -> Vec<VersionPlace> {
    let mut linked: HashMap<QuoteId, Vec<QuoteId>> = HashMap::new();
    for link in links {
        linked.entry(link.a).or_default().push(link.b);
        linked.entry(link.b).or_default().push(link.a);
    }
    let mut ids: Vec<QuoteId> = linked.keys().copied().collect();
    ids.sort_unstable();
    let places = ids.into_iter().flat_map(|id| {
        let whole = VersionPlace::of_quote(collection, id);
        let stretches = stretches(collection, whole, id, &linked[&id]);
        stretches.into_iter().map(move |span| VersionPlace { span, ..whole })
    });
    places.collect()
}

/// The number of the place of a quote that another quote is linked with.
pub(super) fn linked_place(
    collection: Collection<'_>,
    places: &[VersionPlace],
    id: QuoteId,
    other: QuoteId,
) -> usize {
    let key = (id.document, MemberItem::Quote(id.quote));
    let first = places.partition_point(|place| (place.document, place.item) < key);
    let end = first
        + places[first..].iter().take_while(|place| (place.document, place.item) == key).count();
    if end - first < 2 {
        return first;
    }
    let other = words(collection, VersionPlace::of_quote(collection, other));
    let held = |number: usize| common_words(&words(collection, places[number]), &other);
    // Of equal ones the first.
    (first..end).max_by(|&x, &y| held(x).total_cmp(&held(y)).then(y.cmp(&x))).unwrap_or(first)
}

/// The stretches of a quote's parts that the quotes linked with it do not tie together.
fn stretches(
    collection: Collection<'_>,
    whole: VersionPlace,
    id: QuoteId,
    linked: &[QuoteId],
) -> Vec<Span> {
    let parts = &collection.analyses[id.document as usize].quotes[id.quote as usize].parts;
    if parts.len() < 2 || linked.len() < 2 {
        return vec![whole.span];
    }
    let of_parts: Vec<Vec<u64>> =
        parts.iter().map(|&span| words(collection, VersionPlace { span, ..whole })).collect();
    // The first of the parts that belong together, for each part that another quote has.
    let mut first: Vec<Option<usize>> = vec![None; parts.len()];
    for &other in linked {
        let other = words(collection, VersionPlace::of_quote(collection, other));
        let mut held: Vec<usize> = (0..parts.len())
            .filter(|&part| common_words(&of_parts[part], &other) >= HELD)
            .collect();
        if held.is_empty() {
            // Other words for the whole.
            held = (0..parts.len()).collect();
        }
        let tied: Vec<usize> = held.iter().filter_map(|&part| first[part]).collect();
        let least = tied.iter().copied().chain(held.iter().copied()).min().unwrap_or(0);
        for (part, root) in first.iter_mut().enumerate() {
            if held.contains(&part) || root.is_some_and(|root| tied.contains(&root)) {
                *root = Some(least);
            }
        }
    }
    let mut stretches: Vec<Span> = Vec::new();
    let (mut current, mut begun) = (None, Vec::new());
    for (&part, &root) in parts.iter().zip(&first) {
        match stretches.last_mut() {
            // What nobody else prints goes with what stands before it.
            Some(last) if root.is_none() || current.is_none() || root == current => {
                *last = last.cover(part);
                current = current.or(root);
            }
            _ if begun.contains(&root) => return vec![whole.span],
            _ => {
                stretches.push(part);
                current = root;
            }
        }
        begun.push(current);
    }
    stretches
}

fn words(collection: Collection<'_>, place: VersionPlace) -> Vec<u64> {
    place.read(collection).words
}

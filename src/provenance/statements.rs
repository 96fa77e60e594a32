//! The places of linked quotes; one that merges several statements has a place for each.
//!
//! A quote that goes on behind its tag ("…," she said. "…") can put together what was said at two
//! times or even by two people. What others print of its first part and what they print of its second
//! are then no versions of one another. So it is parted where no other quote has both sides and each side was
//! printed apart before, or by two that can have printed it before, and each of the stretches is a
//! version of its own. What was printed together first and cut afterwards stays one.

use std::collections::HashMap;

use crate::model::{MemberItem, QuoteId, QuoteLink, Span};

use super::cluster::{Collection, VersionPlace};
use super::common_words::common_words;

/// So much speaks for a side having been printed apart: one quote that surely is earlier, or two that can be.
const APART: u32 = 2;

/// A quote has a part of another one when they have this share of the shorter one's words in common.
const HELD: f64 = 0.5;

/// The places of the quotes that links tie, sorted by document, quote and place; a quote whose parts
/// others printed apart before stands there once for each stretch of them.
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

/// The stretches of a quote's parts that were printed before it, and that no quote linked with it ties
/// together.
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
    let date =
        |place: VersionPlace| collection.documents[place.document as usize].published_at.as_ref();
    let speaks_for_before = |other: VersionPlace| match date(other).zip(date(whole)) {
        Some((other, own)) if other.is_before(own) => APART,
        Some((other, own)) if own.is_before(other) => 0,
        _ => 1,
    };
    // For each part the first of those that it belongs together with, and what speaks for its having
    // been printed before.
    let mut root: Vec<usize> = (0..parts.len()).collect();
    let mut before = vec![0; parts.len()];
    for &other in linked {
        let other = VersionPlace::of_quote(collection, other);
        let theirs = words(collection, other);
        let mut held: Vec<usize> = (0..parts.len())
            .filter(|&part| common_words(&of_parts[part], &theirs) >= HELD)
            .collect();
        if held.is_empty() {
            // Other words for the whole.
            held = (0..parts.len()).collect();
        }
        before[held[0]] += speaks_for_before(other);
        for &part in &held {
            let (one, two) = (root[held[0]], root[part]);
            for known in &mut root {
                if *known == one.max(two) {
                    *known = one.min(two);
                }
            }
        }
    }
    let of_root = |wanted: usize| -> u32 {
        root.iter()
            .zip(&before)
            .filter(|(root, _)| **root == wanted)
            .map(|(_, before)| before)
            .sum()
    };
    let first: Vec<Option<usize>> =
        root.iter().map(|&root| (of_root(root) >= APART).then_some(root)).collect();
    let mut stretches: Vec<Span> = Vec::new();
    let (mut current, mut begun) = (None, Vec::new());
    for (&part, &root) in parts.iter().zip(&first) {
        match stretches.last_mut() {
            // What nobody printed before goes with what stands beside it.
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

//! Clusters across languages: groups of quotes in one language each, and the links between them.
//!
//! Groups grow in one language ([`super::growth`]), where each version can be held against the fullest
//! form word by word. Then the largest takes up those in other languages that are linked to a member
//! of it as translations, and better than to any other group in its language: of what one person
//! says in an interview, much is about the same things. They bring no others along: what is only
//! linked to a translation is not known to say what the fullest form says.

use std::collections::BTreeMap;

use crate::model::{DocumentIndex, Language};

use super::cluster::{Collection, Version, VersionPlace};
use super::common_words::common_words;
use super::growth::{Grown, Link};

/// Two versions of documents in different languages that have so much of the shorter one in common
/// are in one language: an article can quote in another language than its own.
const SAME_LANGUAGE: f64 = 0.5;

/// The language of the document that a version stands in.
pub(super) fn language(collection: Collection<'_>, document: DocumentIndex) -> Language {
    collection.analyses[document as usize].language
}

/// Whether a version is no rendering of the same words as another but of the same meaning.
pub(super) fn is_translation(collection: Collection<'_>, a: &Version, b: &Version) -> bool {
    language(collection, a.document) != language(collection, b.document)
        && common_words(&a.words, &b.words) < SAME_LANGUAGE
}

/// Parts links into those between versions in one language and those between translations.
pub(super) fn part(
    collection: Collection<'_>,
    places: &[VersionPlace],
    links: Vec<Link>,
) -> (Vec<Link>, Vec<Link>) {
    let place = |number: u32| places[number as usize];
    links.into_iter().partition(|link| {
        let (a, b) = (place(link.a), place(link.b));
        language(collection, a.document) == language(collection, b.document)
            || !is_translation(collection, &a.read(collection), &b.read(collection))
    })
}

/// Joins groups of one `language` each that `links` tie. Of groups of one size the one that `order` sorts
/// first takes up others.
pub(super) fn join<K: Ord>(
    mut grown: Vec<Grown>,
    links: &[Link],
    language: impl Fn(&Grown) -> Language,
    order: impl Fn(&Grown) -> K,
) -> Vec<Grown> {
    if links.is_empty() {
        return grown;
    }
    let mut group_of: BTreeMap<u32, usize> = BTreeMap::new();
    for (group, grown) in grown.iter().enumerate() {
        group_of.extend(grown.nodes.iter().map(|&node| (node, group)));
    }
    // A version that has no other in its language is a group too.
    for &node in links.iter().flat_map(|link| [&link.a, &link.b]) {
        group_of.entry(node).or_insert_with(|| {
            grown.push(Grown { anchor: node, nodes: vec![node] });
            grown.len() - 1
        });
    }
    let mut linked: BTreeMap<usize, BTreeMap<usize, f64>> = BTreeMap::new();
    for link in links {
        let (a, b) = (group_of[&link.a], group_of[&link.b]);
        for (one, other) in [(a, b), (b, a)] {
            let best = linked.entry(one).or_default().entry(other).or_insert(link.score);
            *best = best.max(link.score);
        }
    }
    let mut largest_first: Vec<usize> = linked.keys().copied().collect();
    largest_first.sort_by_cached_key(|&group| {
        let own = &grown[group];
        (std::cmp::Reverse(own.nodes.len()), order(own), own.anchor)
    });
    let mut taken = vec![false; grown.len()];
    for group in largest_first {
        if taken[group] {
            continue;
        }
        for (&other, &score) in &linked[&group] {
            let own = language(&grown[group]);
            let rivals =
                linked[&other].iter().filter(|(rival, _)| language(&grown[**rival]) == own);
            let is_best = rivals.into_iter().all(|(_, &rival)| rival <= score);
            // What has taken up others stands for itself.
            if other == group || !is_best || std::mem::replace(&mut taken[other], true) {
                continue;
            }
            let nodes = std::mem::take(&mut grown[other].nodes);
            grown[group].nodes.extend(nodes);
        }
        taken[group] = true;
        grown[group].nodes.sort_unstable();
    }
    grown.retain(|group| group.nodes.len() > 1);
    grown
}

//! How two documents relate as wholes, by resemblance and containment (Broder 1997).

use crate::model::{Passage, Relation, Span};

use super::prepare::Prepared;
use super::verify::sorted_overlap;

/// How two documents relate.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Relatedness {
    /// The kind of relation.
    pub relation: Relation,
    /// Jaccard similarity of the documents' word 3-shingles.
    pub resemblance: f64,
    /// Share of the first document's shingles that the second has.
    pub containment_a: f64,
    /// Share of the second document's shingles that the first has.
    pub containment_b: f64,
}

/// Resemblance at which two documents have nearly the same words throughout.
const NEAR_DUPLICATE: f64 = 0.7;
/// Containment at which one document holds nearly all of the other.
const CONTAINS: f64 = 0.8;
/// Share of a document's characters in passages at which a good part of it was reused.
const DERIVED: f64 = 0.3;

/// Relates two documents, given their passages. Masked text and furniture take no part.
pub fn relate(a: &Prepared<'_>, b: &Prepared<'_>, passages: &[Passage]) -> Relatedness {
    let shingles = |document: &Prepared<'_>| {
        let mut hashes: Vec<u32> = document.shingles.iter().map(|&(hash, _)| hash).collect();
        hashes.dedup();
        hashes
    };
    let (shingles_a, shingles_b) = (shingles(a), shingles(b));
    let both = sorted_overlap(&shingles_a, &shingles_b);
    let share =
        |part: usize, whole: usize| if whole == 0 { 0.0 } else { part as f64 / whole as f64 };
    let resemblance = share(both, shingles_a.len() + shingles_b.len() - both);
    let containment_a = share(both, shingles_a.len());
    let containment_b = share(both, shingles_b.len());
    let same_words = a.words.len() == b.words.len()
        && !a.words.is_empty()
        && a.words.iter().zip(&b.words).all(|(x, y)| x.form == y.form);
    let covered_a = covered(a, passages.iter().map(|passage| passage.a));
    let covered_b = covered(b, passages.iter().map(|passage| passage.b));
    let relation = if same_words {
        Relation::Duplicate
    } else if resemblance >= NEAR_DUPLICATE {
        Relation::NearDuplicate
    } else if containment_a.max(containment_b) >= CONTAINS {
        Relation::Contains
    } else if covered_a.max(covered_b) >= DERIVED {
        Relation::Derived
    } else {
        Relation::Related
    };
    Relatedness { relation, resemblance, containment_a, containment_b }
}

/// The share of a document's words that lie in spans.
fn covered(document: &Prepared<'_>, spans: impl Iterator<Item = Span>) -> f64 {
    let mut spans: Vec<Span> = spans.collect();
    spans.sort_unstable();
    let mut at = 0;
    let mut reach = 0;
    let mut inside = 0usize;
    for word in &document.words {
        while spans.get(at).is_some_and(|span| span.start <= word.span.start) {
            reach = reach.max(spans[at].end);
            at += 1;
        }
        inside += usize::from(word.span.end <= reach);
    }
    if document.words.is_empty() { 0.0 } else { inside as f64 / document.words.len() as f64 }
}

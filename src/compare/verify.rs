//! Whether two units are evidence enough to relate two documents at all: the strict threshold of
//! the hysteresis. Everything here depends on the two units alone, so that a scan (which verifies
//! candidates from the join) and a listed pair (which is aligned directly) decide alike.

use std::ops::Range;

use super::lexicon::Classes;
use super::prepare::{Prepared, PreparedWord, SHINGLE, shingle_hash};
use super::weight::LIGHT;

/// The evidence of a verified pair of units. All figures lie between 0 and 1 but the mass.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Match {
    /// Jaccard similarity of the word 3-shingles.
    pub jaccard: f64,
    /// Share of the first unit's weight that the second has.
    pub containment_a: f64,
    /// Share of the second unit's weight that the first has.
    pub containment_b: f64,
    /// Two-way idf-weighted word alignment: the mean of both shares.
    pub alignment: f64,
    /// Edit similarity of the word sequences (1 minus the normalised Levenshtein distance).
    pub similarity: f64,
    /// The weight of what both share, in nats.
    pub mass: f64,
}

/// Alignment at which two units state the same.
const ALIGNMENT: f64 = 0.5;
/// Shared weight that a match needs.
const MASS: f64 = 14.0;
/// Share of a unit's weight at which a longer one contains it.
const CONTAINMENT: f64 = 0.75;
/// Shared weight that containment needs: short phrases are contained everywhere.
const CONTAINMENT_MASS: f64 = 20.0;

/// Compares two units strictly; `None` when they are no evidence of reuse.
pub fn verify(a: &Prepared<'_>, unit_a: usize, b: &Prepared<'_>, unit_b: usize) -> Option<Match> {
    let (unit_a, unit_b) = (a.units.get(unit_a)?, b.units.get(unit_b)?);
    if !unit_a.statement || !unit_b.statement {
        return None;
    }
    let slice = |document: &'_ Prepared<'_>, range: &Range<u32>| -> Vec<PreparedWord> {
        document.words[range.start as usize..range.end as usize].to_vec()
    };
    verify_words(&slice(a, &unit_a.words), &slice(b, &unit_b.words))
}

fn verify_words(a: &[PreparedWord], b: &[PreparedWord]) -> Option<Match> {
    let shared = Shared::of(a, b);
    let total =
        |words: &[PreparedWord]| words.iter().map(|word| f64::from(word.weight)).sum::<f64>();
    let (total_a, total_b) = (total(a), total(b));
    if shared.mass < MASS || shared.stems < 3 || shared.plain_stems == 0 {
        return None;
    }
    let containment_a = (shared.mass / total_a).min(1.0);
    let containment_b = (shared.mass / total_b).min(1.0);
    let alignment = (containment_a + containment_b) / 2.0;
    // Without names the shared weight has to carry the claim; with names only, it carries none.
    let claims = shared.plain_stems >= 2 || alignment >= 0.75;
    let contained =
        containment_a.max(containment_b) >= CONTAINMENT && shared.mass >= CONTAINMENT_MASS;
    let dice = 2.0 * shared.mass / (total_a + total_b);
    if !claims || !(contained || (alignment >= ALIGNMENT && dice >= ALIGNMENT * 0.8)) {
        return None;
    }
    if super::guard::roles_reversed(a, b) {
        return None;
    }
    let forms = |words: &[PreparedWord]| words.iter().map(|word| word.form).collect::<Vec<u32>>();
    let (forms_a, forms_b) = (forms(a), forms(b));
    let distance = if forms_a.len().saturating_mul(forms_b.len()) <= 1 << 18 {
        strsim::generic_levenshtein(&forms_a, &forms_b)
    } else {
        forms_a.len().max(forms_b.len())
    };
    let similarity = 1.0 - distance as f64 / forms_a.len().max(forms_b.len()).max(1) as f64;
    Some(Match {
        jaccard: jaccard(a, b),
        containment_a,
        containment_b,
        alignment,
        similarity,
        mass: shared.mass,
    })
}

/// What two runs of words share by stem, each use counted once.
struct Shared {
    mass: f64,
    stems: u32,
    plain_stems: u32,
}

impl Shared {
    fn of(a: &[PreparedWord], b: &[PreparedWord]) -> Shared {
        let sorted = |words: &[PreparedWord]| {
            let mut words: Vec<PreparedWord> =
                words.iter().filter(|word| !word.classes.has(Classes::NEUTRAL)).copied().collect();
            words.sort_by(|x, y| x.stem.cmp(&y.stem).then(x.span.cmp(&y.span)));
            words
        };
        let (a, b) = (sorted(a), sorted(b));
        let mut shared = Shared { mass: 0.0, stems: 0, plain_stems: 0 };
        let (mut i, mut j) = (0, 0);
        let mut last = None;
        while i < a.len() && j < b.len() {
            match a[i].stem.cmp(&b[j].stem) {
                std::cmp::Ordering::Less => i += 1,
                std::cmp::Ordering::Greater => j += 1,
                std::cmp::Ordering::Equal => {
                    let weight = (a[i].weight + b[j].weight) / 2.0;
                    shared.mass += f64::from(weight);
                    if weight >= LIGHT && last != Some(a[i].stem) {
                        shared.stems += 1;
                        let classes = a[i].classes.with(b[j].classes);
                        if !classes.has(Classes::NAME.with(Classes::NUMBER)) {
                            shared.plain_stems += 1;
                        }
                    }
                    last = Some(a[i].stem);
                    i += 1;
                    j += 1;
                }
            }
        }
        shared
    }
}

/// Jaccard similarity of the word 3-shingles of two runs of words; of their words when one is
/// shorter than a shingle.
pub(super) fn jaccard(a: &[PreparedWord], b: &[PreparedWord]) -> f64 {
    let (both, only_a, only_b) = shingle_overlap(a, b);
    let union = both + only_a + only_b;
    if union == 0 { 0.0 } else { both as f64 / union as f64 }
}

/// The numbers of different shingles in both, only in the first and only in the second.
pub(super) fn shingle_overlap(a: &[PreparedWord], b: &[PreparedWord]) -> (usize, usize, usize) {
    let width = SHINGLE.min(a.len()).min(b.len());
    if width == 0 {
        return (0, a.len(), b.len());
    }
    let shingles = |words: &[PreparedWord]| {
        let mut hashes: Vec<u32> = words.windows(width).map(shingle_hash).collect();
        hashes.sort_unstable();
        hashes.dedup();
        hashes
    };
    let (a, b) = (shingles(a), shingles(b));
    let both = sorted_overlap(&a, &b);
    (both, a.len() - both, b.len() - both)
}

/// The number of equal elements of two sorted lists without repeats.
pub(super) fn sorted_overlap(a: &[u32], b: &[u32]) -> usize {
    let (mut i, mut j, mut both) = (0, 0, 0);
    while i < a.len() && j < b.len() {
        match a[i].cmp(&b[j]) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => {
                both += 1;
                i += 1;
                j += 1;
            }
        }
    }
    both
}

//! Whether two units are evidence enough to relate two documents at all: the strict threshold of
//! the hysteresis. Everything here depends on the two units and the collection's word counts alone, so
//! that a scan (which verifies candidates from the join) and a listed pair (which is aligned directly)
//! decide alike.

use std::ops::Range;

use super::guard::{only_names, roles_reversed};
use super::lexicon::Classes;
use super::prepare::{Prepared, PreparedWord, SHINGLE, Unit, shingle_hash};
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
pub(super) const ALIGNMENT: f64 = 0.5;
/// Share of each unit's weight that the other must have then.
pub(super) const LEAST_SHARE: f64 = 0.3;
/// Shared weight that a match needs.
pub(super) const MASS: f64 = 14.0;
/// Alignment that a match needs which shares one plain word beside names and numbers.
pub(super) const NAMED_ALIGNMENT: f64 = 0.75;
/// Different telling stems that a match needs.
pub(super) const STEMS: u32 = 3;
/// Share of a unit's weight at which a longer one contains it.
pub(super) const CONTAINMENT: f64 = 0.75;
/// Shared weight that containment needs: short phrases are contained everywhere.
pub(super) const CONTAINMENT_MASS: f64 = 20.0;

/// The documents up to which these bars are right as they stand; they were chosen on collections of
/// some thousand to some ten thousand.
const TUNED_DOCUMENTS: u32 = 50_000;

/// How much more than [`MASS`] two units must share in a collection of so many documents, in nats.
/// Pairs grow as the square of a collection and reuse as its size, so what few pairs have in common by
/// chance is found by the thousand in the end. Chance matches become rarer by e with each nat, so the
/// logarithm of the size keeps them in proportion to reuse: the expectation value of sequence search
/// (Karlin & Altschul 1990, BLAST), with the size of the database in it.
pub(super) fn chance(documents: u32) -> f64 {
    (f64::from(documents) / f64::from(TUNED_DOCUMENTS)).ln().max(0.0)
}

/// A run of equal words this long on both counts is copied, however common its words are.
pub(super) const SAME_WORDS: u32 = 9;
pub(super) const SAME_CHARACTERS: usize = 60;

/// Compares two units strictly; `None` when they are no evidence of reuse.
pub fn verify(a: &Prepared<'_>, unit_a: usize, b: &Prepared<'_>, unit_b: usize) -> Option<Match> {
    let (unit_a, unit_b) = (a.units.get(unit_a)?, b.units.get(unit_b)?);
    if !unit_a.statement || !unit_b.statement {
        return None;
    }
    let shared = Shared::of(a, unit_a, b, unit_b, LIGHT);
    let claim = shared.claim(a, unit_a, b, unit_b, 0.0);
    let (words_a, words_b) = (a.slice(&unit_a.words), b.slice(&unit_b.words));
    // Most candidates fail here, so what comes before allocates nothing.
    let alike = claim && !roles_reversed(words_a, words_b);
    if !alike && !share_long_run(a, unit_a, b, unit_b, &shared) {
        return None;
    }
    let containment_a = shared.share_of(words_a, 0.0);
    let containment_b = shared.share_of(words_b, 0.0);
    Some(Match {
        jaccard: jaccard(words_a, words_b),
        containment_a,
        containment_b,
        alignment: (containment_a + containment_b) / 2.0,
        similarity: similarity(words_a, words_b),
        mass: shared.mass,
    })
}

/// A unit made ready without its document.
#[derive(Debug)]
pub struct PreparedUnit<'t> {
    pub(super) prepared: Prepared<'t>,
    /// How much more its words can weigh in their document, where a capital at the start of a
    /// sentence can turn out to be a name; infinite when nothing can be said without the document.
    pub(super) leeway: f32,
}

/// Whether [`verify`] may find evidence in two units once their documents are made ready; when it
/// will not, this mostly says so for a hundredth of the work.
pub fn may_verify(a: &PreparedUnit<'_>, b: &PreparedUnit<'_>) -> bool {
    let leeway = a.leeway + b.leeway;
    if leeway.is_infinite() {
        return true;
    }
    let (a, b) = (&a.prepared, &b.prepared);
    let (unit_a, unit_b) = (&a.units[0], &b.units[0]);
    if !unit_a.statement || !unit_b.statement {
        return false;
    }
    let shared = Shared::of(a, unit_a, b, unit_b, LIGHT - leeway);
    shared.claim(a, unit_a, b, unit_b, f64::from(leeway))
        || share_long_run(a, unit_a, b, unit_b, &shared)
}

/// Whether two units have a run of words in common that is [long enough to be copied](is_long_run).
pub(super) fn have_long_run(a: &PreparedUnit<'_>, b: &PreparedUnit<'_>) -> bool {
    let (a, b) = (&a.prepared, &b.prepared);
    let (unit_a, unit_b) = (&a.units[0], &b.units[0]);
    share_long_run(a, unit_a, b, unit_b, &Shared::of(a, unit_a, b, unit_b, LIGHT))
}

/// Whether a run of equal words is long enough to be copied whatever its words weigh. One that only
/// names people with their offices is not, for everybody writes that alike; one that also says that
/// they spoke ("… said in a statement") states that much.
pub(super) fn is_long_run(document: &Prepared<'_>, run: &Range<u32>) -> bool {
    run.len() as u32 >= SAME_WORDS
        && document.span(run).of(document.text).chars().count() >= SAME_CHARACTERS
        && (speaks(document.slice(run)) || !only_names(document.slice(run)))
}

/// Whether words say that somebody spoke.
pub(super) fn speaks(words: &[PreparedWord]) -> bool {
    words.iter().any(|word| word.classes.has(Classes::SPEECH))
}

/// Whether two units have such a run in common.
fn share_long_run(
    a: &Prepared<'_>,
    unit_a: &Unit,
    b: &Prepared<'_>,
    unit_b: &Unit,
    shared: &Shared,
) -> bool {
    if shared.words < SAME_WORDS || unit_a.words.len().saturating_mul(unit_b.words.len()) > 1 << 16
    {
        return false;
    }
    let (words_a, words_b) = (a.slice(&unit_a.words), b.slice(&unit_b.words));
    // The length of the common run that ends at each word of `b`.
    let mut lengths = vec![0u32; words_b.len() + 1];
    for (place, word) in words_a.iter().enumerate() {
        for other in (0..words_b.len()).rev() {
            let same = word.form == words_b[other].form
                && !word.classes.with(words_b[other].classes).has(Classes::NEUTRAL);
            lengths[other + 1] = if same { lengths[other] + 1 } else { 0 };
            if lengths[other + 1] >= SAME_WORDS {
                let end = unit_a.words.start + place as u32 + 1;
                if is_long_run(a, &(end - lengths[other + 1]..end)) {
                    return true;
                }
            }
        }
    }
    false
}

/// One minus the normalised Levenshtein distance of two sequences of words.
fn similarity(a: &[PreparedWord], b: &[PreparedWord]) -> f64 {
    let forms = |words: &[PreparedWord]| words.iter().map(|word| word.form).collect::<Vec<u32>>();
    let longer = a.len().max(b.len());
    if longer == 0 || a.len().saturating_mul(b.len()) > 1 << 18 {
        return 0.0;
    }
    1.0 - strsim::generic_levenshtein(&forms(a), &forms(b)) as f64 / longer as f64
}

/// What two units share by stem, each use counted once.
#[derive(Default)]
struct Shared {
    mass: f64,
    words: u32,
    stems: u32,
    plain_stems: u32,
}

impl Shared {
    /// Words from the weight of `light` are telling.
    fn of(a: &Prepared<'_>, unit_a: &Unit, b: &Prepared<'_>, unit_b: &Unit, light: f32) -> Shared {
        let mut shared = Shared::default();
        let (mut bag_a, mut bag_b) = (a.bag(unit_a), b.bag(unit_b));
        let (mut next_a, mut next_b) = (bag_a.next(), bag_b.next());
        let mut last = None;
        while let (Some(x), Some(y)) = (next_a, next_b) {
            match x.stem.cmp(&y.stem) {
                std::cmp::Ordering::Less => next_a = bag_a.next(),
                std::cmp::Ordering::Greater => next_b = bag_b.next(),
                std::cmp::Ordering::Equal => {
                    let weight = (x.weight + y.weight) / 2.0;
                    shared.mass += f64::from(weight);
                    shared.words += 1;
                    if weight >= light && last != Some(x.stem) {
                        shared.stems += 1;
                        let named =
                            x.classes.with(y.classes).has(Classes::NAME.with(Classes::NUMBER));
                        shared.plain_stems += u32::from(!named);
                    }
                    last = Some(x.stem);
                    (next_a, next_b) = (bag_a.next(), bag_b.next());
                }
            }
        }
        shared
    }

    /// Whether the shared weight, and at most `leeway` more, carries the claim that two units state
    /// the same.
    fn claim(
        &self,
        a: &Prepared<'_>,
        unit_a: &Unit,
        b: &Prepared<'_>,
        unit_b: &Unit,
        leeway: f64,
    ) -> bool {
        let mass = self.mass + leeway;
        let beyond_chance = mass - a.chance;
        if beyond_chance < MASS || self.stems < STEMS || self.plain_stems == 0 {
            return false;
        }
        let containment_a = self.share_of(a.slice(&unit_a.words), leeway);
        let containment_b = self.share_of(b.slice(&unit_b.words), leeway);
        let alignment = (containment_a + containment_b) / 2.0;
        // Without names the shared weight has to carry the claim; with names only, it carries none.
        let claims = self.plain_stems >= 2 || alignment >= NAMED_ALIGNMENT;
        let contained =
            containment_a.max(containment_b) >= CONTAINMENT && beyond_chance >= CONTAINMENT_MASS;
        let balanced = alignment >= ALIGNMENT && containment_a.min(containment_b) >= LEAST_SHARE;
        claims && (contained || balanced)
    }

    /// The share of the weight of some words that is shared, or `leeway` more.
    fn share_of(&self, words: &[PreparedWord], leeway: f64) -> f64 {
        let total: f64 = words.iter().map(|word| f64::from(word.weight)).sum();
        if total > 0.0 { ((self.mass + leeway) / total).min(1.0) } else { 0.0 }
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

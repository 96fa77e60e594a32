//! What speaks for and against reuse in a block: the figures that [`super::probability`] weighs.

use super::align::is_most_of_a_sentence;
use super::common::{Common, Matched};
use super::edits::kept_in_order;
use super::grow::Block;
use super::lexicon::Classes;
use super::prepare::PreparedWord;
use super::verify::shingle_overlap;

/// The number of figures.
pub const FIGURES: usize = 17;

/// Where the alignment stands among the figures, and the share of words kept in order.
pub(super) const ALIGNMENT_FIGURE: usize = 2;
pub(super) const KEPT_IN_ORDER_FIGURE: usize = 4;

/// The names of the figures, in the order of [`Evidence::figures`].
pub const NAMES: [&str; FIGURES] = [
    "shared weight",
    "density",
    "alignment",
    "smaller share",
    "kept in order",
    "weight kept in order",
    "shingles",
    "longest run",
    "shorter side",
    "lengths",
    "plain weight",
    "grammar",
    "rarity",
    "whole statement",
    "numbers apart",
    "names apart",
    "negation apart",
];

/// What a block shows.
#[derive(Clone, Debug)]
pub(super) struct Evidence {
    /// One value for each of [`NAMES`].
    pub(super) figures: [f64; FIGURES],
    /// Pairs of words kept in order, counted from the block's begin.
    pub(super) kept: Vec<(u32, u32)>,
    pub(super) matched: Matched,
    /// Shingles in both, only in `a`, only in `b`.
    pub(super) shingles: (usize, usize, usize),
}

impl Evidence {
    pub(super) fn of(common: &Common<'_>, block: &Block) -> Evidence {
        let (a, b) = (common.a.document.slice(&block.a), common.b.document.slice(&block.b));
        let kept = kept_in_order(a, b);
        let matched = common.matched(&block.a, &block.b);
        let shingles = shingle_overlap(a, b);
        let shorter = a.len().min(b.len()).max(1) as f64;
        let longer = a.len().max(b.len()).max(1) as f64;
        let weight = |place: u32| f64::from(common.a.weights[(block.a.start + place) as usize]);
        let kept_mass: f64 = kept.iter().map(|&(place, _)| weight(place)).sum();
        let functions = kept
            .iter()
            .filter(|&&(place, _)| a[place as usize].classes.has(Classes::FUNCTION))
            .count() as f64;
        let fewer = (shingles.0 + shingles.1.min(shingles.2)).max(1) as f64;
        let figures = [
            (1.0 + matched.mass).ln(),
            matched.density(),
            matched.alignment(),
            matched.share_a().min(matched.share_b()),
            kept.len() as f64 / shorter,
            if matched.mass > 0.0 { (kept_mass / matched.mass).min(1.0) } else { 0.0 },
            shingles.0 as f64 / fewer,
            (1.0 + longest_run(a, b, &kept) as f64).ln(),
            shorter.ln(),
            (longer / shorter).ln(),
            if matched.mass > 0.0 { matched.plain_mass / matched.mass } else { 0.0 },
            functions / shorter,
            if matched.raw_mass > 0.0 { (matched.mass / matched.raw_mass).min(1.0) } else { 0.0 },
            f64::from(u8::from(is_most_of_a_sentence(common, block))),
            apart(a, b, Classes::NUMBER),
            apart(a, b, Classes::NAME),
            negation_apart(a, b),
        ];
        Evidence { figures, kept, matched, shingles }
    }
}

/// The longest run of equal words that is kept.
fn longest_run(a: &[PreparedWord], b: &[PreparedWord], kept: &[(u32, u32)]) -> u32 {
    let (mut longest, mut length) = (0, 0);
    let mut last = None;
    for &(x, y) in kept {
        if a[x as usize].form != b[y as usize].form {
            (last, length) = (None, 0);
            continue;
        }
        length = if last.is_some_and(|(i, j)| (i + 1, j + 1) == (x, y)) { length + 1 } else { 1 };
        last = Some((x, y));
        longest = longest.max(length);
    }
    longest
}

/// The share of the words of a class that the other side lacks, on the side where it is smaller:
/// detail that one side added is no conflict, detail that differs on both is.
fn apart(a: &[PreparedWord], b: &[PreparedWord], class: Classes) -> f64 {
    let stems = |words: &[PreparedWord]| {
        let mut stems: Vec<u32> =
            words.iter().filter(|word| word.classes.has(class)).map(|word| word.stem).collect();
        stems.sort_unstable();
        stems.dedup();
        stems
    };
    let all = |words: &[PreparedWord]| {
        let mut stems: Vec<u32> = words.iter().map(|word| word.stem).collect();
        stems.sort_unstable();
        stems
    };
    let lacking = |own: &[u32], other: &[u32]| {
        let missing = own.iter().filter(|stem| other.binary_search(stem).is_err()).count();
        missing as f64 / own.len().max(1) as f64
    };
    lacking(&stems(a), &all(b)).min(lacking(&stems(b), &all(a)))
}

/// Whether one side denies and the other does not.
fn negation_apart(a: &[PreparedWord], b: &[PreparedWord]) -> f64 {
    let denies = |words: &[PreparedWord]| {
        words.iter().filter(|word| word.classes.has(Classes::NEGATION)).count() % 2 == 1
    };
    f64::from(u8::from(denies(a) != denies(b)))
}

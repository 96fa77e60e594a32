//! Where two documents may share text: runs of equal words, and pairs of units that share enough
//! weight. Both are found by merging sorted lists, never by comparing all with all.

use std::ops::Range;

use super::common::{Common, NOWHERE};
use super::lexicon::Classes;
use super::prepare::{Prepared, SHINGLE};
use super::tuning::Tuning;

/// A pair of word ranges that alignment starts from.
#[derive(Clone, Debug)]
pub(super) struct Seed {
    pub(super) a: Range<u32>,
    pub(super) b: Range<u32>,
    /// The weight both sides share: stronger seeds are grown first.
    pub(super) mass: f64,
    /// The words are the same in the same order.
    pub(super) run: bool,
}

/// A shingle that occurs more often than this on both sides together (times each other) is a
/// formula or a list; runs through it are still found by their other shingles.
const MOST_SHINGLE_PAIRS: usize = 64;

/// A stem that occurs in more units than this does not propose partners.
const MOST_PARTNERS: usize = 48;

/// All maximal runs of equal words of at least a shingle's length, neutral words apart.
pub(super) fn runs(a: &Prepared<'_>, b: &Prepared<'_>) -> Vec<(Range<u32>, Range<u32>)> {
    let mut hits: Vec<(i64, u32)> = Vec::new();
    let (mut from_a, mut from_b) = (0, 0);
    while from_a < a.shingles.len() && from_b < b.shingles.len() {
        let (hash_a, hash_b) = (a.shingles[from_a].0, b.shingles[from_b].0);
        if hash_a < hash_b {
            from_a += 1;
            continue;
        }
        if hash_b < hash_a {
            from_b += 1;
            continue;
        }
        let end_a = from_a + a.shingles[from_a..].iter().take_while(|hit| hit.0 == hash_a).count();
        let end_b = from_b + b.shingles[from_b..].iter().take_while(|hit| hit.0 == hash_a).count();
        if (end_a - from_a) * (end_b - from_b) <= MOST_SHINGLE_PAIRS {
            for &(_, place_a) in &a.shingles[from_a..end_a] {
                for &(_, place_b) in &b.shingles[from_b..end_b] {
                    hits.push((i64::from(place_b) - i64::from(place_a), place_a));
                }
            }
        }
        (from_a, from_b) = (end_a, end_b);
    }
    hits.sort_unstable();
    let mut found: Vec<(Range<u32>, Range<u32>)> = Vec::new();
    let mut last: Option<(i64, u32)> = None;
    for (diagonal, place) in hits {
        if last.is_some_and(|(same, end)| same == diagonal && place + SHINGLE as u32 <= end) {
            continue;
        }
        let Some((run_a, run_b)) = maximal_run(a, b, place, (i64::from(place) + diagonal) as u32)
        else {
            continue;
        };
        last = Some((diagonal, run_a.end));
        found.push((run_a, run_b));
    }
    found
}

fn maximal_run(
    a: &Prepared<'_>,
    b: &Prepared<'_>,
    place_a: u32,
    place_b: u32,
) -> Option<(Range<u32>, Range<u32>)> {
    let same = |offset: i64| {
        let word_a =
            usize::try_from(i64::from(place_a) + offset).ok().and_then(|at| a.words.get(at));
        let word_b =
            usize::try_from(i64::from(place_b) + offset).ok().and_then(|at| b.words.get(at));
        match (word_a, word_b) {
            (Some(word_a), Some(word_b)) => {
                word_a.form == word_b.form
                    && !word_a.classes.with(word_b.classes).has(Classes::NEUTRAL)
            }
            _ => false,
        }
    };
    let mut start = 0i64;
    while same(start - 1) {
        start -= 1;
    }
    let mut end = 0i64;
    while same(end) {
        end += 1;
    }
    // Equal hashes of different words are possible, if rare.
    if end - start < SHINGLE as i64 {
        return None;
    }
    let range = |place: u32| (i64::from(place) + start) as u32..(i64::from(place) + end) as u32;
    Some((range(place_a), range(place_b)))
}

/// Pairs of statements that share enough weight to be worth a closer look.
pub(super) fn unit_pairs(common: &Common<'_>, tuning: &Tuning) -> Vec<(u32, u32)> {
    let parts = |document: &Prepared<'_>| -> Vec<Range<u32>> {
        document
            .units
            .iter()
            .map(|unit| if unit.statement { unit.words.clone() } else { 0..0 })
            .collect()
    };
    let (a, b) = (common.a.document, common.b.document);
    let part_of = |place: u32| {
        let unit = b.words[place as usize].unit;
        (unit, unit)
    };
    promising(common, &parts(a), &parts(b), part_of, tuning)
}

/// Pairs of overlapping windows that share enough weight: text whose sentences were cut otherwise
/// or shuffled has no pair of sentences that match.
fn window_pairs(common: &Common<'_>, tuning: &Tuning) -> Vec<(Range<u32>, Range<u32>)> {
    let half = (tuning.window / 2).max(1);
    let parts = |length: u32| -> Vec<Range<u32>> {
        (0..length.div_ceil(half))
            .map(|step| step * half..(step * half + 2 * half).min(length))
            .collect()
    };
    let parts_a = parts(common.a.len());
    let parts_b = parts(common.b.len());
    // A word stands in the window that starts in its half and in the one before.
    let part_of = |place: u32| ((place / half).saturating_sub(1), place / half);
    promising(common, &parts_a, &parts_b, part_of, tuning)
        .into_iter()
        .map(|(x, y)| (parts_a[x as usize].clone(), parts_b[y as usize].clone()))
        .collect()
}

/// Pairs of parts that share enough weight, by an inverted index over the stems of `b`. Each word
/// of `b` stands in the parts from the first to the second that `part_of` gives.
fn promising(
    common: &Common<'_>,
    parts_a: &[Range<u32>],
    parts_b: &[Range<u32>],
    part_of: impl Fn(u32) -> (u32, u32),
    tuning: &Tuning,
) -> Vec<(u32, u32)> {
    let mut shared = vec![0f64; parts_b.len()];
    let mut last_stem = vec![NOWHERE; parts_b.len()];
    let mut touched: Vec<u32> = Vec::new();
    let mut seen: Vec<u32> = vec![u32::MAX; common.stems as usize];
    let mut pairs = Vec::new();
    for (number, part) in parts_a.iter().enumerate() {
        for place in part.clone() {
            let stem = common.a.stems[place as usize];
            let weight = common.a.weights[place as usize];
            if stem == NOWHERE || weight < 0.5 || seen[stem as usize] == number as u32 {
                continue;
            }
            seen[stem as usize] = number as u32;
            let places = common.b.places(stem);
            if places.len() > MOST_PARTNERS {
                continue;
            }
            for &other in places {
                let (first, last) = part_of(other);
                for partner in first..=last {
                    let at = partner as usize;
                    if shared[at] == 0.0 {
                        touched.push(partner);
                    } else if last_stem[at] == stem {
                        continue;
                    }
                    last_stem[at] = stem;
                    shared[at] += f64::from(weight);
                }
            }
        }
        touched.sort_unstable();
        let total = common.a.mass(part);
        for &partner in &touched {
            let mass = std::mem::take(&mut shared[partner as usize]);
            last_stem[partner as usize] = NOWHERE;
            let other = &parts_b[partner as usize];
            let smaller = total.min(common.b.mass(other));
            if !other.is_empty() && mass >= tuning.seed_mass * 0.8 && mass >= smaller * 0.25 {
                pairs.push((number as u32, partner));
            }
        }
        touched.clear();
    }
    pairs
}

/// The seeds of a pair of documents, strongest first.
pub(super) fn seeds(
    common: &Common<'_>,
    runs: &[(Range<u32>, Range<u32>)],
    unit_pairs: &[(u32, u32)],
    tuning: &Tuning,
) -> Vec<Seed> {
    let mut seeds = Vec::new();
    for (run_a, run_b) in runs {
        let mass = common.a.mass(run_a);
        if run_a.len() >= tuning.run_words && mass >= tuning.run_mass {
            seeds.push(Seed { a: run_a.clone(), b: run_b.clone(), mass, run: true });
        }
    }
    let units = unit_pairs.iter().map(|&(unit_a, unit_b)| {
        (
            common.a.document.units[unit_a as usize].words.clone(),
            common.b.document.units[unit_b as usize].words.clone(),
        )
    });
    for (a, b) in units.chain(window_pairs(common, tuning)) {
        let matched = common.matched(&a, &b);
        let alike = matched.density() >= tuning.seed_density
            || matched.share_a().max(matched.share_b()) >= tuning.seed_share;
        if matched.mass >= tuning.seed_mass && matched.stems >= 3 && alike {
            seeds.push(Seed { a, b, mass: matched.mass * matched.alignment(), run: false });
        }
    }
    seeds.sort_by(|x, y| {
        y.mass
            .total_cmp(&x.mass)
            .then_with(|| (x.a.start, x.b.start).cmp(&(y.a.start, y.b.start)))
            .then_with(|| (x.a.end, x.b.end).cmp(&(y.a.end, y.b.end)))
    });
    seeds
}

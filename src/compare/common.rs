//! What two documents have in common, word by word: the stems that both use, where they stand, and
//! what each word is worth between just these two documents.
//!
//! A word that runs through the sentences of both texts is their topic; sharing it says little
//! about reuse. So the weight of a word in the collection is multiplied by its inverse sentence
//! frequency in the two documents (tf-isf, Sanchez-Perez, Gelbukh & Sidorov 2014).

use std::ops::Range;

use super::lexicon::Classes;
use super::prepare::{Prepared, StemUse};

/// Marks a word whose stem the other document does not use.
pub(super) const NOWHERE: u32 = u32::MAX;

/// What a word counts against a match when it has no partner, before the tuning's factor. A rare
/// word without a partner is often just a synonym, so beyond a bound its rarity proves nothing.
pub(super) fn cost(weight: f32) -> f64 {
    f64::from(weight.min(MOST_COST))
}

pub(super) const MOST_COST: f32 = 3.0;

/// One of the two documents, as seen from the pair.
pub(super) struct Side<'p> {
    pub(super) document: &'p Prepared<'p>,
    /// For each word its weight in this pair.
    pub(super) weights: Vec<f32>,
    /// For each word the number of its shared stem, or [`NOWHERE`].
    pub(super) stems: Vec<u32>,
    /// Sums of `weights` before each word, for the weight of any range in one subtraction.
    sums: Vec<f64>,
    /// The same for what the words cost when they have no partner.
    cost_sums: Vec<f64>,
    /// For each shared stem where its places begin in `places`.
    starts: Vec<u32>,
    places: Vec<u32>,
}

impl Side<'_> {
    /// The places of a shared stem, ascending.
    pub(super) fn places(&self, stem: u32) -> &[u32] {
        let stem = stem as usize;
        &self.places[self.starts[stem] as usize..self.starts[stem + 1] as usize]
    }

    /// How often a shared stem stands within a range of words.
    pub(super) fn count_within(&self, stem: u32, range: &Range<u32>) -> usize {
        let places = self.places(stem);
        let below = |limit: u32| places.partition_point(|&place| place < limit);
        below(range.end).saturating_sub(below(range.start))
    }

    /// The weight of a range of words.
    pub(super) fn mass(&self, range: &Range<u32>) -> f64 {
        self.sums[range.end as usize] - self.sums[range.start as usize]
    }

    /// What the words of a range cost when none has a partner.
    fn cost(&self, range: &Range<u32>) -> f64 {
        self.cost_sums[range.end as usize] - self.cost_sums[range.start as usize]
    }

    /// The number of words.
    pub(super) fn len(&self) -> u32 {
        self.weights.len() as u32
    }

    /// What the uses of a stem weigh together in the collection.
    fn weight(&self, uses: &[StemUse]) -> f32 {
        uses.iter().map(|at| self.document.words[at.place as usize].weight).sum()
    }

    /// Adds a stem that the other document does not use.
    fn add_own(&mut self, uses: &[StemUse], spread: Spread<'_>) {
        let weight = self.weight(uses) / uses.len() as f32 * spread.rarity(uses);
        for at in uses {
            self.weights[at.place as usize] = weight;
        }
    }

    fn sum_up(&mut self) {
        let (mut mass, mut costs) = (0.0, 0.0);
        self.sums = Vec::with_capacity(self.weights.len() + 1);
        self.cost_sums = Vec::with_capacity(self.weights.len() + 1);
        self.sums.push(mass);
        self.cost_sums.push(costs);
        for &weight in &self.weights {
            mass += f64::from(weight);
            costs += cost(weight);
            self.sums.push(mass);
            self.cost_sums.push(costs);
        }
    }
}

/// Two documents side by side.
pub(super) struct Common<'p> {
    pub(super) a: Side<'p>,
    pub(super) b: Side<'p>,
    /// The number of stems both use.
    pub(super) stems: u32,
}

impl<'p> Common<'p> {
    /// Merges the sorted stems of both documents.
    pub(super) fn new(a: &'p Prepared<'p>, b: &'p Prepared<'p>) -> Common<'p> {
        let mut common = Common { a: side(a), b: side(b), stems: 0 };
        let (spread_a, spread_b) = (Spread::of(a), Spread::of(b));
        let (mut rest_a, mut rest_b) = (a.by_stem.as_slice(), b.by_stem.as_slice());
        while let Some(stem) = first_stem(rest_a, rest_b) {
            let (in_a, in_b) = (take_uses(&mut rest_a, stem), take_uses(&mut rest_b, stem));
            match (in_a.is_empty(), in_b.is_empty()) {
                (false, false) => common.add_shared((in_a, spread_a), (in_b, spread_b)),
                (_, true) => common.a.add_own(in_a, spread_a),
                (true, _) => common.b.add_own(in_b, spread_b),
            }
        }
        common.a.starts.push(common.a.places.len() as u32);
        common.b.starts.push(common.b.places.len() as u32);
        common.a.sum_up();
        common.b.sum_up();
        common
    }

    /// Adds a stem that both documents use. Different forms of it weigh alike, so that what is matched
    /// weighs the same on both sides.
    fn add_shared(
        &mut self,
        (in_a, spread_a): (&[StemUse], Spread<'_>),
        (in_b, spread_b): (&[StemUse], Spread<'_>),
    ) {
        let factor = (spread_a.rarity(in_a) + spread_b.rarity(in_b)) / 2.0;
        let sum = self.a.weight(in_a) + self.b.weight(in_b);
        let weight = sum / (in_a.len() + in_b.len()) as f32 * factor;
        for (side, uses) in [(&mut self.a, in_a), (&mut self.b, in_b)] {
            side.starts.push(side.places.len() as u32);
            side.places.extend(uses.iter().map(|at| at.place));
            for at in uses {
                side.weights[at.place as usize] = weight;
                side.stems[at.place as usize] = self.stems;
            }
        }
        self.stems += 1;
    }

    /// What two ranges of words share.
    pub(super) fn matched(&self, a: &Range<u32>, b: &Range<u32>) -> Matched {
        matched(&self.a, a, &self.b, b)
    }
}

fn side<'p>(document: &'p Prepared<'p>) -> Side<'p> {
    Side {
        document,
        weights: vec![0.0; document.words.len()],
        stems: vec![NOWHERE; document.words.len()],
        sums: Vec::new(),
        cost_sums: Vec::new(),
        starts: Vec::new(),
        places: Vec::new(),
    }
}

/// The least stem of which uses are left on any side.
fn first_stem(rest_a: &[StemUse], rest_b: &[StemUse]) -> Option<u32> {
    match (rest_a.first(), rest_b.first()) {
        (Some(a), Some(b)) => Some(a.stem.min(b.stem)),
        (left, right) => left.or(right).map(|at| at.stem),
    }
}

/// Takes the uses of a stem, if there are any, from the front.
fn take_uses<'u>(rest: &mut &'u [StemUse], stem: u32) -> &'u [StemUse] {
    let number = rest.iter().take_while(|at| at.stem == stem).count();
    let (uses, others) = rest.split_at(number);
    *rest = others;
    uses
}

/// What is left of the weight of a word that every sentence has.
const TOPIC_FLOOR: f32 = 0.0;

/// How the sentences of one document spread a word.
#[derive(Clone, Copy)]
struct Spread<'p> {
    document: &'p Prepared<'p>,
    logarithm: f32,
}

impl<'p> Spread<'p> {
    fn of(document: &'p Prepared<'p>) -> Self {
        Spread { document, logarithm: (document.units.len() as f32 + 1.0).ln() }
    }

    /// 1 for a word of one sentence, towards 0 for a word of every sentence.
    fn rarity(self, uses: &[StemUse]) -> f32 {
        let mut sentences = 0u32;
        let mut last = u32::MAX;
        for at in uses {
            let unit = self.document.words[at.place as usize].unit;
            sentences += u32::from(unit != last);
            last = unit;
        }
        if sentences <= 1 {
            return 1.0;
        }
        let rarity = 1.0 - (sentences as f32).ln() / self.logarithm;
        TOPIC_FLOOR + (1.0 - TOPIC_FLOOR) * rarity
    }
}

/// How much of two ranges of words is matched, as bags of stems.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Matched {
    /// The weight of the matched words (the same on both sides).
    pub(super) mass: f64,
    /// The weight of all words of the range in `a`.
    pub(super) total_a: f64,
    /// The weight of all words of the range in `b`.
    pub(super) total_b: f64,
    /// What the words without a partner cost, mean of both sides.
    pub(super) cost: f64,
    /// The number of different telling stems matched.
    pub(super) stems: u32,
    /// How many of those are neither names and their offices nor numbers.
    pub(super) plain_stems: u32,
    /// The matched weight that is in none of those.
    pub(super) plain_mass: f64,
    /// The matched weight as the collection sees it, whatever the topic of the two documents.
    pub(super) raw_mass: f64,
}

impl Matched {
    /// Share of `a`'s weight that `b` has.
    pub(super) fn share_a(&self) -> f64 {
        if self.total_a > 0.0 { (self.mass / self.total_a).min(1.0) } else { 0.0 }
    }

    /// Share of `b`'s weight that `a` has.
    pub(super) fn share_b(&self) -> f64 {
        if self.total_b > 0.0 { (self.mass / self.total_b).min(1.0) } else { 0.0 }
    }

    /// What the match is worth: the weight of what is shared less the cost of what is not. In nats,
    /// as the bit score of sequence search: chance matches become rarer by e with each.
    pub(super) fn worth(&self, cost: f64) -> f64 {
        self.mass - cost * self.cost
    }

    /// The two-way alignment: the mean of both shares.
    pub(super) fn alignment(&self) -> f64 {
        (self.share_a() + self.share_b()) / 2.0
    }

    /// What is shared against what is shared and what is not, the latter bounded by [`cost`]: Dice's
    /// coefficient, but for that bound.
    pub(super) fn density(&self) -> f64 {
        let total = self.mass + self.cost;
        if total > 0.0 { (self.mass / total).min(1.0) } else { 0.0 }
    }
}

fn matched(a: &Side<'_>, range_a: &Range<u32>, b: &Side<'_>, range_b: &Range<u32>) -> Matched {
    let mut found =
        Matched { total_a: a.mass(range_a), total_b: b.mass(range_b), ..Matched::default() };
    let mut matched_cost = 0.0;
    let (short, short_range, long, long_range) = if range_a.len() <= range_b.len() {
        (a, range_a, b, range_b)
    } else {
        (b, range_b, a, range_a)
    };
    for place in short_range.clone() {
        let stem = short.stems[place as usize];
        if stem == NOWHERE {
            continue;
        }
        // The n-th use here is matched by an n-th use there.
        let (own, others) = (short.places(stem), long.places(stem));
        let (nth, partner) = match (own, others) {
            // Most words stand once on both sides.
            ([_], &[other]) => (0, long_range.contains(&other).then_some(other)),
            _ => {
                let first = own.partition_point(|&other| other < short_range.start);
                let nth = own.partition_point(|&other| other < place) - first;
                let first = others.partition_point(|&other| other < long_range.start);
                let partner = others.get(first + nth).copied();
                (nth, partner.filter(|&other| other < long_range.end))
            }
        };
        let Some(partner) = partner else { continue };
        let weight = short.weights[place as usize];
        found.mass += f64::from(weight);
        matched_cost += cost(weight);
        let word = &short.document.words[place as usize];
        let other = &long.document.words[partner as usize];
        found.raw_mass += f64::from(word.weight + other.weight) / 2.0;
        let named = Classes::NAME.with(Classes::NUMBER).with(Classes::OFFICE);
        let plain = !word.classes.with(other.classes).has(named);
        if plain {
            found.plain_mass += f64::from(weight);
        }
        if nth == 0 && weight >= super::weight::LIGHT {
            found.stems += 1;
            found.plain_stems += u32::from(plain);
        }
    }
    found.cost = (a.cost(range_a) + b.cost(range_b)) / 2.0 - matched_cost;
    found
}

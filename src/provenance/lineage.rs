//! From which version was each version taken?
//!
//! For every version the candidate parents among the earlier and the undated ones are weighed, and
//! an unseen source beside them. A weight is the product of what the dates say (order and lag),
//! what the wording says (which material the candidate lacks, which innovations both share, how
//! much was cut) and what the documents say of themselves (credits, publisher). Weights are kept
//! as logarithms.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::model::Date;

use super::readings::{Foreign, Readings};
use super::spanning::{Candidate, Choices, Marginals, marginals};

/// Candidate wordings looked at for each version.
const MOST_WORDINGS: usize = 12;
/// Wordings compared with all others; beyond it candidates come from an index of readings.
const MOST_COMPARED: usize = 96;

/// What a version is to its lineage.
#[derive(Clone, Debug)]
pub(super) struct Witness<'a> {
    pub(super) date: Option<&'a Date>,
    /// The publisher, where known.
    pub(super) publisher: Option<u32>,
    /// Its wording.
    pub(super) wording: u32,
    /// The publishers that its document credits.
    pub(super) credits: BTreeSet<u32>,
    /// Its document credits a source that is not among the versions.
    pub(super) credits_unseen: bool,
}

/// A cluster as lineage sees it. Witnesses are in the order of the cluster's members.
pub(super) struct History<'a> {
    pub(super) witnesses: Vec<Witness<'a>>,
    pub(super) wordings: Vec<Readings>,
    /// What each word of the fullest form weighs: 0 for a word that says nothing, about 1 for a
    /// usual one.
    pub(super) weights: Vec<f64>,
    /// The same for foreign words, by hash.
    pub(super) foreign_weights: HashMap<u64, f64>,
}

/// What was found for one version.
#[derive(Clone, Debug, Default)]
pub(super) struct Descent {
    /// The probability that it comes from a source that is not here.
    pub(super) unseen: f64,
    /// Candidate parents with their probability, best first.
    pub(super) parents: Vec<(u32, f64)>,
}

/// The logarithmic weights of the evidence. They are rates of a rough model of how news is copied,
/// rounded; the bench `lineage` measures how well the probabilities hold on histories made by
/// another model.
mod evidence {
    /// A source that is not here, against one candidate that fits entirely.
    pub(super) const UNSEEN: f64 = -4.5;
    /// The same when the document credits a source that is not among the versions.
    pub(super) const UNSEEN_CREDITED: f64 = -1.0;
    /// For a run of words that the candidate lacks and other versions have: it cannot have been
    /// taken from there.
    pub(super) const LACKS_RUN: f64 = -1.0;
    /// And for each word's weight in it.
    pub(super) const LACKS_WORD: f64 = -1.1;
    /// No more than this for one run.
    pub(super) const LACKS_MOST: f64 = -9.0;
    /// For a word shared with other versions, against the fullest form, that the candidate lacks.
    pub(super) const LACKS_INNOVATION: f64 = -2.0;
    /// New material of the version's own, for each word's weight beyond the first two.
    pub(super) const ADDS_WORD: f64 = -0.45;
    /// No more than this for one run.
    pub(super) const ADDS_MOST: f64 = -5.0;
    /// For each cut that was made.
    pub(super) const CUTS_RUN: f64 = -0.7;
    /// For each changed word of the candidate that the version does not have.
    pub(super) const DROPS_INNOVATION: f64 = -0.3;
    /// The same words throughout.
    pub(super) const SAME_WORDING: f64 = 0.8;
    /// The version's document credits the candidate's outlet.
    pub(super) const CREDITED: f64 = 3.0;
    /// Another version's document credits the candidate's outlet.
    pub(super) const CREDITED_BY_OTHERS: f64 = 1.0;
    /// One publisher.
    pub(super) const SAME_PUBLISHER: f64 = 0.7;
    /// How fast the weight falls with the lag: a power law with this exponent.
    pub(super) const LAG_EXPONENT: f64 = 0.5;
    /// The lag in hours below which time says little.
    pub(super) const LAG_HOURS: f64 = 3.0;
    /// The lag assumed where a date is missing, in hours.
    pub(super) const LAG_UNKNOWN: f64 = 24.0;
}

/// Weighs the descent of all versions.
pub(super) fn descent(history: &History<'_>) -> Vec<Descent> {
    let near = near_wordings(history);
    let carriers = carriers(history);
    let credited: BTreeSet<u32> =
        history.witnesses.iter().flat_map(|witness| witness.credits.iter().copied()).collect();
    let choices: Vec<Choices> = (0..history.witnesses.len() as u32)
        .map(|child| choices(history, child, &near, &carriers, &credited))
        .collect();
    // Members are sorted by date, so their number is the order of last resort.
    let rank: Vec<u32> = (0..choices.len() as u32).collect();
    let marginals = marginals(&choices, &rank);
    choices.iter().zip(marginals).map(|(choices, found)| collect(choices, found)).collect()
}

fn collect(choices: &Choices, found: Marginals) -> Descent {
    let parents = choices.candidates.iter().zip(found.candidates);
    let mut parents: Vec<(u32, f64)> =
        parents.map(|(candidate, probability)| (candidate.parent, probability)).collect();
    parents.sort_by(|x, y| y.1.total_cmp(&x.1).then(x.0.cmp(&y.0)));
    Descent { unseen: found.unseen, parents }
}

/// For every wording the wordings that can have been before it, each with the logarithmic weight
/// of the text evidence, best first.
fn near_wordings(history: &History<'_>) -> Vec<Vec<(u32, f64)>> {
    let wordings = &history.wordings;
    let shared = shared_innovations(wordings);
    let compared = compared_wordings(history);
    (0..wordings.len() as u32)
        .map(|child| {
            let child_adds = added_material(history, child, &shared);
            let candidates = match &compared {
                None => (0..wordings.len() as u32).collect(),
                Some(index) => index.candidates(wordings, child),
            };
            let mut near: Vec<(u32, f64)> = candidates
                .into_iter()
                .map(|parent| {
                    let weight = if parent == child {
                        evidence::SAME_WORDING
                    } else {
                        child_adds + text_weight(history, parent, child, &shared)
                    };
                    (parent, weight)
                })
                .collect();
            near.sort_by(|x, y| y.1.total_cmp(&x.1).then(x.0.cmp(&y.0)));
            near.truncate(MOST_WORDINGS);
            near
        })
        .collect()
}

/// In how many wordings each foreign word stands, those in two or more.
fn shared_innovations(wordings: &[Readings]) -> BTreeMap<Foreign, u32> {
    let mut counts = BTreeMap::new();
    for foreign in wordings.iter().flat_map(|wording| &wording.foreign) {
        *counts.entry(*foreign).or_insert(0) += 1;
    }
    counts.retain(|_, count| *count > 1);
    counts
}

/// Finds candidate wordings where there are too many to compare all with all.
struct ReadingIndex {
    /// The wordings with a foreign word, rarest words being the telling ones.
    by_innovation: BTreeMap<Foreign, Vec<u32>>,
    /// Always candidates: the fullest and the most frequent.
    always: Vec<u32>,
}

fn compared_wordings(history: &History<'_>) -> Option<ReadingIndex> {
    let wordings = &history.wordings;
    if wordings.len() <= MOST_COMPARED {
        return None;
    }
    let mut by_innovation: BTreeMap<Foreign, Vec<u32>> = BTreeMap::new();
    for (wording, readings) in wordings.iter().enumerate() {
        for foreign in &readings.foreign {
            by_innovation.entry(*foreign).or_default().push(wording as u32);
        }
    }
    let mut copies = vec![0u32; wordings.len()];
    for witness in &history.witnesses {
        copies[witness.wording as usize] += 1;
    }
    let kept = |wording: u32| -> u32 {
        wordings[wording as usize].kept.iter().map(|bits| bits.count_ones()).sum()
    };
    let mut order: Vec<u32> = (0..wordings.len() as u32).collect();
    order.sort_by_key(|&wording| std::cmp::Reverse((kept(wording), copies[wording as usize])));
    let mut always: Vec<u32> = order[..MOST_WORDINGS].to_vec();
    order.sort_by_key(|&wording| (std::cmp::Reverse(copies[wording as usize]), wording));
    always.extend(&order[..MOST_WORDINGS]);
    Some(ReadingIndex { by_innovation, always })
}

impl ReadingIndex {
    fn candidates(&self, wordings: &[Readings], child: u32) -> Vec<u32> {
        let mut found: BTreeSet<u32> = self.always.iter().copied().collect();
        found.insert(child);
        let mut innovations: Vec<&Vec<u32>> = wordings[child as usize]
            .foreign
            .iter()
            .filter_map(|foreign| self.by_innovation.get(foreign))
            .filter(|carriers| carriers.len() > 1)
            .collect();
        innovations.sort_by_key(|carriers| carriers.len());
        for carriers in innovations.into_iter().take(4) {
            found.extend(carriers.iter().copied().take(MOST_WORDINGS));
        }
        found.into_iter().collect()
    }
}

/// New material that only this wording has: nobody here can have given it.
fn added_material(history: &History<'_>, child: u32, shared: &BTreeMap<Foreign, u32>) -> f64 {
    let mut total = 0.0;
    let mut run = 0.0;
    let mut place = None;
    let mut close = |run: &mut f64| {
        total += (evidence::ADDS_WORD * (*run - 2.0f64).max(0.0)).max(evidence::ADDS_MOST);
        *run = 0.0;
    };
    for foreign in &history.wordings[child as usize].foreign {
        if place.is_some_and(|place| place != foreign.place) {
            close(&mut run);
        }
        place = Some(foreign.place);
        if !shared.contains_key(foreign) {
            run += history.foreign_weights.get(&foreign.word).copied().unwrap_or(1.0);
        }
    }
    close(&mut run);
    total
}

/// What the wordings say for one having been made from the other.
fn text_weight(
    history: &History<'_>,
    parent: u32,
    child: u32,
    shared: &BTreeMap<Foreign, u32>,
) -> f64 {
    let (from, to) = (&history.wordings[parent as usize], &history.wordings[child as usize]);
    let mut weight = 0.0;
    let (mut lacks, mut cuts) = (0.0, false);
    let close_lack = |lacks: &mut f64| {
        if *lacks > 0.0 {
            let run = evidence::LACKS_RUN + evidence::LACKS_WORD * *lacks;
            *lacks = 0.0;
            run.max(evidence::LACKS_MOST)
        } else {
            0.0
        }
    };
    for (place, word_weight) in history.weights.iter().enumerate() {
        match (from.keeps(place), to.keeps(place)) {
            (false, true) => {
                lacks += word_weight;
                cuts = false;
            }
            (true, false) => {
                if !cuts {
                    weight += evidence::CUTS_RUN;
                }
                cuts = true;
                weight += close_lack(&mut lacks);
            }
            (true, true) => {
                cuts = false;
                weight += close_lack(&mut lacks);
            }
            (false, false) => {}
        }
    }
    weight += close_lack(&mut lacks);
    for foreign in &to.foreign {
        if shared.contains_key(foreign) && !from.has(foreign) {
            let word = history.foreign_weights.get(&foreign.word).copied().unwrap_or(1.0);
            weight += evidence::LACKS_INNOVATION * word;
        }
    }
    let dropped = from.foreign.iter().filter(|foreign| !to.has(foreign)).count();
    weight + evidence::DROPS_INNOVATION * dropped as f64
}

/// The witnesses of each wording, in order of date, the undated apart.
#[derive(Clone, Debug, Default)]
struct Carriers {
    dated: Vec<u32>,
    undated: Vec<u32>,
    by_publisher: BTreeMap<u32, Vec<u32>>,
}

fn carriers(history: &History<'_>) -> Vec<Carriers> {
    let mut carriers = vec![Carriers::default(); history.wordings.len()];
    for (number, witness) in history.witnesses.iter().enumerate() {
        let own = &mut carriers[witness.wording as usize];
        let list = if witness.date.is_some() { &mut own.dated } else { &mut own.undated };
        list.push(number as u32);
        if let Some(publisher) = witness.publisher {
            own.by_publisher.entry(publisher).or_default().push(number as u32);
        }
    }
    carriers
}

impl Carriers {
    /// Carriers worth weighing as parents of a child: the first, the last before it, some tied
    /// with it, those of its publisher and those credited. Bounded whatever the number of copies.
    fn worth_weighing(
        &self,
        history: &History<'_>,
        child: u32,
        credited: &BTreeSet<u32>,
    ) -> BTreeSet<u32> {
        const EACH: usize = 3;
        let witness = &history.witnesses[child as usize];
        let mut found: BTreeSet<u32> = self.dated.iter().copied().take(EACH).collect();
        if witness.date.is_some() {
            let before = self.dated.partition_point(|&other| other < child);
            found.extend(self.dated[..before].iter().rev().take(EACH));
            found.extend(self.dated[before..].iter().take(EACH + 1));
        } else {
            found.extend(self.dated.iter().rev().take(EACH));
        }
        found.extend(self.undated.iter().take(EACH + 1));
        let publishers = witness.publisher.iter().chain(&witness.credits).chain(credited).take(8);
        for publisher in publishers {
            if let Some(own) = self.by_publisher.get(publisher) {
                found.extend(own.iter().take(EACH));
            }
        }
        found.remove(&child);
        found
    }
}

fn choices(
    history: &History<'_>,
    child: u32,
    near: &[Vec<(u32, f64)>],
    carriers: &[Carriers],
    credited: &BTreeSet<u32>,
) -> Choices {
    let witness = &history.witnesses[child as usize];
    let mut candidates = Vec::new();
    for &(wording, text) in &near[witness.wording as usize] {
        for parent in carriers[wording as usize].worth_weighing(history, child, credited) {
            let other = &history.witnesses[parent as usize];
            let Some(time) = time_weight(other.date, witness.date) else { continue };
            let weight = text + time + document_weight(other, witness, credited);
            candidates.push(Candidate { parent, log_weight: weight });
        }
    }
    candidates.sort_by_key(|candidate| candidate.parent);
    let unseen = if witness.credits_unseen { evidence::UNSEEN_CREDITED } else { evidence::UNSEEN };
    Choices { unseen, candidates }
}

/// What the documents say of themselves and of each other.
fn document_weight(parent: &Witness<'_>, child: &Witness<'_>, credited: &BTreeSet<u32>) -> f64 {
    let Some(publisher) = parent.publisher else { return 0.0 };
    if child.publisher == Some(publisher) {
        evidence::SAME_PUBLISHER
    } else if child.credits.contains(&publisher) {
        evidence::CREDITED
    } else if credited.contains(&publisher) {
        evidence::CREDITED_BY_OTHERS
    } else {
        0.0
    }
}

/// What the dates say for one having been before the other; `None` when it was certainly later.
fn time_weight(parent: Option<&Date>, child: Option<&Date>) -> Option<f64> {
    let (Some(parent), Some(child)) = (parent, child) else {
        return Some(0.5f64.ln() + lag_weight(evidence::LAG_UNKNOWN));
    };
    let before = probability_before(parent, child);
    if before <= 0.0 {
        return None;
    }
    let middle = |date: &Date| (date.earliest as f64 + date.latest as f64) / 2.0;
    let spread = ((parent.latest - parent.earliest) + (child.latest - child.earliest)) as f64 / 6.0;
    let lag = (middle(child) - middle(parent)).max(spread) / 3600.0;
    Some(before.ln() + lag_weight(lag))
}

fn lag_weight(hours: f64) -> f64 {
    -evidence::LAG_EXPONENT * (1.0 + hours / evidence::LAG_HOURS).ln()
}

/// The probability that one moment was before another when each lies anywhere in its interval.
pub(super) fn probability_before(a: &Date, b: &Date) -> f64 {
    if a.is_before(b) {
        return 1.0;
    }
    if b.is_before(a) {
        return 0.0;
    }
    let (a0, a1) = (a.earliest as f64, a.latest as f64);
    let (b0, b1) = (b.earliest as f64, b.latest as f64);
    // Integrate over a: the share of b that lies after it.
    let area = (a1 - a0) * (b1 - b0);
    if area <= 0.0 {
        return 0.5;
    }
    let after =
        |from: f64, to: f64| ((b1 - from) * (to - from) - (to - from).powi(2) / 2.0).max(0.0);
    let head = (b0.min(a1) - a0).max(0.0) * (b1 - b0);
    let from = a0.max(b0);
    let to = a1.min(b1);
    ((head + after(from, to)) / area).clamp(0.0, 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::DatePrecision;

    fn date(earliest: i64, latest: i64) -> Date {
        Date { earliest, latest, precision: DatePrecision::Day, text: String::new() }
    }

    #[test]
    fn overlapping_intervals_give_a_probability() {
        let check = |a: (i64, i64), b: (i64, i64), expected: f64| {
            let found = probability_before(&date(a.0, a.1), &date(b.0, b.1));
            assert!((found - expected).abs() < 1e-9, "{a:?} {b:?}: {found}");
        };
        check((0, 10), (10, 20), 1.0);
        check((10, 20), (0, 10), 0.0);
        check((0, 10), (0, 10), 0.5);
        check((0, 20), (10, 20), 0.75);
        check((10, 20), (0, 20), 0.25);
        check((5, 6), (0, 10), 0.45);
    }
}

//! From which version was each version taken?
//!
//! For every version the candidate parents among the earlier and the undated ones are weighed, and
//! an unseen source beside them. A weight is the product of what the dates say (order and lag),
//! what the wording says (which material the candidate lacks, which innovations both share, how
//! much was cut) and what the documents say of themselves (credits, publisher). Weights are kept
//! as logarithms.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{ClusterKind, Date, Document, Language};

use super::evidence;
use super::read_documents::ReadDocument;
use super::readings::Readings;
use super::spanning::{Candidate, Choices, Marginals, marginals, root};
use super::text_evidence::{self, NearWordings};

/// What a version is to its lineage.
#[derive(Clone, Debug)]
pub(super) struct Witness<'a> {
    /// Its document…
    pub(super) document: &'a Document,
    /// …and what is known of it.
    pub(super) read: &'a ReadDocument,
    pub(super) date: Option<&'a Date>,
    /// The publisher, where known.
    pub(super) publisher: Option<u32>,
    /// The publisher is a news agency.
    pub(super) is_agency: bool,
    /// Its document names its own outlet in the dateline.
    pub(super) own_dateline: bool,
    /// Its document is the release of an organisation.
    pub(super) is_release: bool,
    /// Its document says that the words were public: a statement, a tweet, a news conference.
    pub(super) is_public: bool,
    /// Its document says that the words were spoken to its own outlet.
    pub(super) own_interview: bool,
    /// Its wording.
    pub(super) wording: u32,
    /// The publishers that its document credits.
    pub(super) credits: BTreeSet<u32>,
    /// Its document credits a source that is not among the versions.
    pub(super) credits_unseen: bool,
    /// The language of a translation of the fullest form; `None` in the language of that form.
    pub(super) tongue: Option<Language>,
    /// An earlier version is in the same language. Only the first in a language is made from one in
    /// another: those after it have a text to take.
    pub(super) has_forerunner: bool,
}

/// A cluster as lineage sees it. Witnesses are in the order of the cluster's members.
#[derive(Clone, Debug)]
pub(super) struct History<'a> {
    /// What the versions are: a quote does not grow, running text does.
    pub(super) kind: ClusterKind,
    pub(super) witnesses: Vec<Witness<'a>>,
    pub(super) wordings: Vec<Readings>,
    /// The words of the fullest form.
    pub(super) fullest: Vec<u64>,
    /// For each wording the weight of the edits that make it of the fullest form.
    pub(super) edits_from_fullest: Vec<f64>,
}

/// What was found for one version.
#[derive(Clone, Debug, Default)]
pub(super) struct Descent {
    /// The probability that it comes from a source that is not here.
    pub(super) unseen: f64,
    /// The same when every candidate can be the parent: small for each of two tied versions that
    /// fit each other, though one of them must be the first.
    pub(super) independent: f64,
    /// The best candidate of each wording with the probability of the whole wording, best first:
    /// copies of one text cannot be told apart.
    pub(super) parents: Vec<(u32, f64)>,
}

/// The descent of all versions.
#[derive(Clone, Debug)]
pub(super) struct Lineage {
    /// For each version.
    pub(super) descents: Vec<Descent>,
    /// The version that is most surely not taken from another one here.
    pub(super) root: u32,
    /// The probability that the texts show a source that is not here.
    pub(super) hidden: f64,
    /// The probability that there is one, shown or not.
    pub(super) missing: f64,
}

/// Weighs the descent of all versions.
///
/// In two rounds. In the first an unseen source is a remote possibility for each version by
/// itself. If one version shows that there is such a source, others may have it from there too, so
/// in the second round it is weighed like a candidate that has the fullest form.
pub(super) fn descent(history: &History<'_>) -> Lineage {
    let near = text_evidence::near_wordings(history);
    let carriers = carriers(history);
    let credited: BTreeSet<u32> =
        history.witnesses.iter().flat_map(|witness| witness.credits.iter().copied()).collect();
    let mut choices: Vec<Choices> = (0..history.witnesses.len() as u32)
        .map(|child| choices(history, child, &near, &carriers, &credited))
        .collect();
    // Members are sorted by date, so their number is the order of last resort.
    let rank: Vec<u32> = (0..choices.len() as u32).collect();
    let hidden = hidden_source(&choices);
    for (own, witness) in choices.iter_mut().zip(&history.witnesses) {
        let edits = history.edits_from_fullest[witness.wording as usize];
        let first = history.witnesses[0].date;
        let lag = time_weight(first, witness.date).unwrap_or(0.0).min(0.0);
        let shared = edits + lag + evidence::HIDDEN_SOURCE + hidden.ln();
        own.unseen = log_sum(own.unseen + (1.0 - hidden).ln(), shared);
    }
    let marginals = marginals(&choices, &rank);
    let root = root(&marginals) as u32;
    let found = choices.iter().zip(marginals);
    let descents = found.map(|(choices, found)| collect(history, choices, found)).collect();
    let missing = missing_source(hidden, choices.len());
    Lineage { descents, root, hidden, missing }
}

/// The probability that the texts show a source that is not here: judged by the version that fits
/// its candidates worst, each looked at alone, when one version may be the first.
fn hidden_source(choices: &[Choices]) -> f64 {
    let mut worst: Vec<(f64, usize)> = choices.iter().map(Choices::alone).zip(0..).collect();
    worst.sort_by(|x, y| y.0.total_cmp(&x.0).then(x.1.cmp(&y.1)));
    let Some(&(least_fitting, first)) = worst.first() else { return 0.0 };
    // The one that fits worst may be the first, if the others can come from it; otherwise it is
    // one that has material from elsewhere.
    let place = usize::from(all_can_stem_from(choices, first));
    let worst = worst.get(place).map_or(least_fitting, |(alone, _)| *alone);
    logistic(
        evidence::HIDDEN_BIAS
            + evidence::HIDDEN_ODDS * log_odds(worst)
            + evidence::HIDDEN_VERSIONS * (choices.len() as f64).ln(),
    )
}

/// Whether steps from a good candidate to its child lead from one version to all others.
fn all_can_stem_from(choices: &[Choices], first: usize) -> bool {
    let mut children = vec![Vec::new(); choices.len()];
    for (child, own) in choices.iter().enumerate() {
        let weights = own.candidates.iter().map(|candidate| candidate.log_weight);
        let best = weights.fold(f64::NEG_INFINITY, f64::max);
        for candidate in &own.candidates {
            if candidate.log_weight >= best - evidence::GOOD_CANDIDATE {
                children[candidate.parent as usize].push(child);
            }
        }
    }
    let mut reached = vec![false; choices.len()];
    reached[first] = true;
    let mut next = vec![first];
    while let Some(version) = next.pop() {
        for &child in &children[version] {
            if !std::mem::replace(&mut reached[child], true) {
                next.push(child);
            }
        }
    }
    reached.into_iter().all(|reached| reached)
}

/// The probability that there is a source that is not here, whether the texts show it or not.
fn missing_source(hidden: f64, versions: usize) -> f64 {
    let few = 2.0 / versions.max(2) as f64;
    logistic(
        evidence::MISSING_BIAS
            + evidence::MISSING_ODDS * log_odds(hidden)
            + evidence::MISSING_FEW * few * few,
    )
}

fn logistic(score: f64) -> f64 {
    1.0 / (1.0 + (-score).exp())
}

fn log_odds(probability: f64) -> f64 {
    let inside = probability.clamp(1e-6, 1.0 - 1e-6);
    (inside / (1.0 - inside)).ln()
}

fn log_sum(a: f64, b: f64) -> f64 {
    let top = a.max(b);
    top + ((a - top).exp() + (b - top).exp()).ln()
}

fn collect(history: &History<'_>, choices: &Choices, found: Marginals) -> Descent {
    // By wording: the sum, the best carrier and its own share.
    let mut by_wording: BTreeMap<u32, (f64, u32, f64)> = BTreeMap::new();
    for (candidate, probability) in choices.candidates.iter().zip(found.candidates) {
        let wording = history.witnesses[candidate.parent as usize].wording;
        let entry = by_wording.entry(wording).or_insert((0.0, candidate.parent, 0.0));
        entry.0 += probability;
        if probability > entry.2 {
            (entry.1, entry.2) = (candidate.parent, probability);
        }
    }
    let mut parents: Vec<(u32, f64)> =
        by_wording.into_values().map(|(sum, parent, _)| (parent, sum)).collect();
    parents.sort_by(|x, y| y.1.total_cmp(&x.1).then(x.0.cmp(&y.0)));
    Descent { unseen: found.unseen, independent: choices.alone(), parents }
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
    near: &NearWordings,
    carriers: &[Carriers],
    credited: &BTreeSet<u32>,
) -> Choices {
    let witness = &history.witnesses[child as usize];
    let mut candidates = Vec::new();
    // What an unseen source leaves to explain: the edits and the lag, as of the best candidate.
    let mut best: Option<(f64, f64)> = None;
    for &(wording, text) in near.of(history, child) {
        for parent in carriers[wording as usize].worth_weighing(history, child, credited) {
            let other = &history.witnesses[parent as usize];
            if other.tongue != witness.tongue && witness.has_forerunner {
                continue;
            }
            let Some(time) = time_weight(other.date, witness.date) else { continue };
            let text = text_evidence::weigh(history, near, parent, child, text);
            let weight = text.total() + time + document_weight(other, witness, credited);
            if best.is_none_or(|(most, _)| weight > most) {
                best = Some((weight, text.edits + time));
            }
            candidates.push(Candidate { parent, log_weight: weight });
        }
    }
    candidates.sort_by_key(|candidate| candidate.parent);
    let prior = if witness.credits_unseen { evidence::UNSEEN_CREDITED } else { evidence::UNSEEN };
    Choices { unseen: prior + best.map_or(0.0, |(_, explained)| explained), candidates }
}

/// What the documents say of themselves and of each other.
fn document_weight(parent: &Witness<'_>, child: &Witness<'_>, credited: &BTreeSet<u32>) -> f64 {
    let Some(publisher) = parent.publisher else { return 0.0 };
    let said = if child.publisher == Some(publisher) {
        evidence::SAME_PUBLISHER
    } else if child.credits.contains(&publisher) {
        evidence::CREDITED
    } else if credited.contains(&publisher) {
        evidence::CREDITED_BY_OTHERS
    } else {
        0.0
    };
    if parent.is_agency || parent.is_release { said + evidence::AGENCY } else { said }
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

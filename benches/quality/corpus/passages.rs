//! Passages and pairs of spans that must not be reported.
//!
//! A gold passage is found when a reported one has at least half of all characters in common with
//! it on both sides (intersection over union, a side at a time). It is covered when the reported
//! passages that touch it on both sides hold at least half of its characters, however they are cut:
//! a gold passage ends where the label changes, and a reported one may go on. A reported passage is
//! false when it touches no gold passage on both sides; one that only touches a `same_fact` row
//! counts neither way. Characters are counted as by PAN (see the task `passages`), each passage with equal weight.
//! A negative is reported when a passage and the negative share half of the shorter one on both
//! sides.

use std::collections::BTreeMap;

use super::super::passages::{Case, Figures, covered, score};
use super::gold::{Gold, Range};
use super::{Count, Scanned, intersection_over_union, overlap, share_half};

/// A passage, gold or reported, of one pair of documents.
struct Aligned<'a> {
    a: Range,
    b: Range,
    label: &'a str,
    story: &'a str,
}

impl Aligned<'_> {
    fn touches(&self, other: &Aligned<'_>) -> bool {
        overlap(self.a, other.a) > 0 && overlap(self.b, other.b) > 0
    }

    /// The worse side's share of common characters.
    fn likeness(&self, other: &Aligned<'_>) -> f64 {
        intersection_over_union(self.a, other.a).min(intersection_over_union(self.b, other.b))
    }

    fn case(&self) -> Case {
        [self.a.0, self.a.1, self.b.0, self.b.1]
    }
}

#[derive(Default)]
pub(crate) struct Measure {
    /// Found gold passages, by label.
    pub(crate) found: BTreeMap<String, Count>,
    /// Gold passages that are covered, by label.
    pub(crate) covered: BTreeMap<String, Count>,
    /// Covered gold passages, by story.
    pub(crate) stories: BTreeMap<String, Count>,
    /// Reported passages that touch gold, of those that count.
    pub(crate) precise: Count,
    /// Found passages with the gold's label.
    pub(crate) labels: Count,
    /// Gold label and reported label of the found ones that differ.
    pub(crate) confusion: BTreeMap<(String, String), usize>,
    /// Macro-averaged shares of characters.
    pub(crate) characters: Figures,
    /// Negatives that were not reported.
    pub(crate) negatives: Count,
    pub(crate) errors: Vec<String>,
}

impl Measure {
    /// Found gold passages of all labels.
    pub(crate) fn recall(&self) -> Count {
        sum(&self.found)
    }

    /// Covered gold passages of all labels.
    pub(crate) fn coverage(&self) -> Count {
        sum(&self.covered)
    }

    pub(crate) fn print(&self) {
        println!(
            "passages   precision {}  found {}  covered {}",
            self.precise,
            self.recall(),
            self.coverage()
        );
        println!(
            "           characters: precision {:.3} recall {:.3} granularity {:.2} plagdet {:.3}",
            self.characters.precision,
            self.characters.recall,
            self.characters.granularity,
            self.characters.plagdet
        );
        let list = |counts: &BTreeMap<String, Count>| -> String {
            let parts: Vec<String> = counts
                .iter()
                .map(|(name, count)| format!("{name} {}/{}", count.right, count.all))
                .collect();
            parts.join(", ")
        };
        println!("           found by label: {}", list(&self.found));
        println!("           covered by label: {}", list(&self.covered));
        println!("           covered by story: {}", list(&self.stories));
        let confused: Vec<String> = self
            .confusion
            .iter()
            .map(|((gold, reported), number)| format!("{gold} as {reported} {number}"))
            .collect();
        println!("           label right {}  {}", self.labels, confused.join(", "));
        println!("negatives  not reported {}", self.negatives);
    }
}

fn sum(counts: &BTreeMap<String, Count>) -> Count {
    counts.values().fold(Count::default(), |sum, count| Count {
        right: sum.right + count.right,
        all: sum.all + count.all,
    })
}

/// The passages of a pair of documents, by the two ids.
type ByPair<'a> = BTreeMap<(&'a str, &'a str), Vec<Aligned<'a>>>;

pub(crate) fn measure(scanned: &Scanned, gold: &Gold) -> Measure {
    let wanted = wanted(gold);
    let reported = reported(scanned);
    let mut measure = Measure::default();
    let nothing = Vec::new();
    for (&pair, passages) in &wanted {
        let reported = reported.get(&pair).unwrap_or(&nothing);
        for passage in passages.iter().filter(|passage| passage.label != "same_fact") {
            measure.look_for(scanned, pair, passage, reported);
        }
    }
    for (&pair, passages) in &reported {
        let wanted = wanted.get(&pair).unwrap_or(&nothing);
        for passage in passages.iter().filter(|passage| counts(passage, wanted)) {
            let right = wanted.iter().any(|gold| gold.touches(passage));
            measure.precise.add(right);
            if !right {
                measure.errors.push(describe(scanned, "FALSE passage", pair, passage));
            }
        }
    }
    measure.characters = characters(&wanted, &reported);
    measure.check_negatives(scanned, gold, &reported);
    measure
}

fn wanted(gold: &Gold) -> ByPair<'_> {
    let mut by_pair = ByPair::new();
    for row in &gold.passages {
        by_pair.entry((&row.spans.a_id, &row.spans.b_id)).or_default().push(Aligned {
            a: (row.spans.a_start, row.spans.a_end),
            b: (row.spans.b_start, row.spans.b_end),
            label: &row.label,
            story: &row.story,
        });
    }
    by_pair
}

fn reported(scanned: &Scanned) -> ByPair<'_> {
    let mut by_pair = ByPair::new();
    for pair in &scanned.findings.pairs {
        let passages = pair.passages.iter().map(|passage| Aligned {
            a: scanned.range(pair.a, passage.a),
            b: scanned.range(pair.b, passage.b),
            label: passage.label.name(),
            story: "",
        });
        by_pair.insert((scanned.id(pair.a), scanned.id(pair.b)), passages.collect());
    }
    by_pair
}

/// Whether a reported passage counts: one that touches rows of the same fact only does not.
fn counts(passage: &Aligned<'_>, wanted: &[Aligned<'_>]) -> bool {
    let mut touched = wanted.iter().filter(|gold| gold.touches(passage)).peekable();
    touched.peek().is_none() || touched.any(|gold| gold.label != "same_fact")
}

/// The figures of PAN over all pairs with a gold or a reported passage.
fn characters(wanted: &ByPair<'_>, reported: &ByPair<'_>) -> Figures {
    let pairs: std::collections::BTreeSet<_> = wanted.keys().chain(reported.keys()).collect();
    let nothing = Vec::new();
    let cases: Vec<(Vec<Case>, Vec<Case>)> = pairs
        .into_iter()
        .map(|pair| {
            let gold = wanted.get(pair).unwrap_or(&nothing);
            let found = reported.get(pair).unwrap_or(&nothing);
            (
                gold.iter().filter(|row| row.label != "same_fact").map(Aligned::case).collect(),
                found.iter().filter(|row| counts(row, gold)).map(Aligned::case).collect(),
            )
        })
        .collect();
    score(cases.iter().map(|(gold, found)| (gold.as_slice(), found.as_slice())))
}

impl Measure {
    fn look_for(
        &mut self,
        scanned: &Scanned,
        pair: (&str, &str),
        passage: &Aligned<'_>,
        reported: &[Aligned<'_>],
    ) {
        let best = reported
            .iter()
            .max_by(|one, other| passage.likeness(one).total_cmp(&passage.likeness(other)));
        let best = best.filter(|best| passage.likeness(best) > 0.0);
        let found = best.filter(|best| passage.likeness(best) >= 0.5);
        let cases: Vec<Case> = reported.iter().map(Aligned::case).collect();
        let is_covered = covered(&passage.case(), &cases).0 >= 0.5;
        self.found.entry(passage.label.to_owned()).or_default().add(found.is_some());
        self.covered.entry(passage.label.to_owned()).or_default().add(is_covered);
        self.stories.entry(passage.story.to_owned()).or_default().add(is_covered);
        if let Some(found) = found {
            self.labels.add(found.label == passage.label);
            if found.label != passage.label {
                let key = (passage.label.to_owned(), found.label.to_owned());
                *self.confusion.entry(key).or_default() += 1;
                let what = format!("LABEL {} as {}", passage.label, found.label);
                self.errors.push(describe(scanned, &what, pair, passage));
            }
        } else {
            let what = if is_covered { "OTHERWISE CUT passage" } else { "MISSED passage" };
            let mut error = describe(scanned, what, pair, passage);
            if let Some(best) = best {
                let near = describe(scanned, "  nearest", pair, best);
                error.push_str(&format!("\n{near}"));
            }
            self.errors.push(error);
        }
    }

    fn check_negatives(&mut self, scanned: &Scanned, gold: &Gold, reported: &ByPair<'_>) {
        for row in &gold.negatives {
            let (a, b) =
                ((row.spans.a_start, row.spans.a_end), (row.spans.b_start, row.spans.b_end));
            let pair = (row.spans.a_id.as_str(), row.spans.b_id.as_str());
            let passage = reported
                .get(&pair)
                .into_iter()
                .flatten()
                .find(|passage| share_half(passage.a, a) && share_half(passage.b, b));
            self.negatives.add(passage.is_none());
            if let Some(passage) = passage {
                let what = format!("NEGATIVE reported ({})", row.why);
                self.errors.push(describe(scanned, &what, pair, passage));
            }
        }
    }
}

fn describe(scanned: &Scanned, what: &str, pair: (&str, &str), passage: &Aligned<'_>) -> String {
    format!(
        "{what} [{}]\n    {} {:?} {}\n    {} {:?} {}",
        passage.label,
        pair.0,
        passage.a,
        scanned.line(pair.0, passage.a),
        pair.1,
        passage.b,
        scanned.line(pair.1, passage.b),
    )
}

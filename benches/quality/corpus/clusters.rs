//! Quote clusters: which versions stand together, how they differ, who said it, where it began.
//!
//! A found member is a gold member when both share half of the shorter one. A gold cluster is held
//! against the found cluster with most of its members; what is wrong with a cluster that was not
//! found at all counts as wrong in every line. Members of kind `indirect` may be listed or not, and
//! translated ones are counted apart from the others.

use std::collections::BTreeSet;

use cento::model::{Cluster, ClusterKind, Member, Verdict};

use super::gold::{Gold, GoldCluster, GoldMember};
use super::{Count, Scanned, share_half};

#[derive(Default)]
pub(crate) struct Measure {
    /// Gold clusters whose marked members in one language all stand in one found cluster.
    pub(crate) whole: Count,
    /// Marked members in the language of the fullest form.
    pub(crate) members: Count,
    pub(crate) translated: Count,
    /// Retellings without marks.
    pub(crate) retold: Count,
    /// Found members of the matching clusters that the gold has too.
    pub(crate) pure: Count,
    /// Found quote clusters that match a gold cluster.
    pub(crate) real: Count,
    pub(crate) fullest: Count,
    pub(crate) variants: Count,
    /// Kinds of drift by member: right of the found ones, and found of the gold ones.
    pub(crate) drift_precision: Count,
    pub(crate) drift_recall: Count,
    pub(crate) speakers: Count,
    /// Verdicts within what the gold accepts, on the right document.
    pub(crate) origins: Count,
    pub(crate) errors: Vec<String>,
}

impl Measure {
    pub(crate) fn print(&self) {
        println!(
            "clusters   whole {}, real {}, members {}, translated {}, retold {}, pure {}",
            self.whole, self.real, self.members, self.translated, self.retold, self.pure
        );
        println!(
            "           fullest {}, variants {}, drift precision {} recall {}",
            self.fullest, self.variants, self.drift_precision, self.drift_recall
        );
        println!("           speaker {}, origin {}", self.speakers, self.origins);
    }
}

pub(crate) fn measure(scanned: &Scanned, gold: &Gold) -> Measure {
    let found: Vec<&Cluster> = scanned
        .findings
        .clusters
        .iter()
        .filter(|cluster| cluster.kind == ClusterKind::Quote)
        .collect();
    let mut measure = Measure::default();
    let mut matched = BTreeSet::new();
    for wanted in &gold.clusters {
        let matches: Vec<(usize, usize)> = found
            .iter()
            .enumerate()
            .map(|(place, cluster)| (common(scanned, wanted, cluster), place))
            .filter(|&(common, _)| common >= 2)
            .collect();
        matched.extend(matches.iter().map(|&(_, place)| place));
        // Of equal ones the first.
        let best = matches.iter().max_by_key(|&&(common, place)| (common, usize::MAX - place));
        match best {
            Some(&(_, place)) => measure.compare(scanned, wanted, found[place]),
            None => measure.count_missing(wanted),
        }
    }
    for (place, cluster) in found.iter().enumerate() {
        measure.real.add(matched.contains(&place));
        if !matched.contains(&place) {
            let mut error = format!("FALSE cluster: {}", cluster.text);
            for member in &cluster.members {
                error.push_str(&format!("\n    {}", describe(scanned, member)));
            }
            measure.errors.push(error);
        }
    }
    measure
}

/// The gold members that a found cluster has.
fn common(scanned: &Scanned, wanted: &GoldCluster, cluster: &Cluster) -> usize {
    wanted.members.iter().filter(|member| holder(scanned, member, cluster).is_some()).count()
}

/// The found member that is a gold member.
fn holder<'c>(scanned: &Scanned, gold: &GoldMember, cluster: &'c Cluster) -> Option<&'c Member> {
    cluster.members.iter().find(|member| is_same(scanned, gold, member))
}

fn is_same(scanned: &Scanned, gold: &GoldMember, member: &Member) -> bool {
    scanned.id(member.document) == gold.doc
        && share_half(scanned.range(member.document, member.span), (gold.start, gold.end))
}

fn describe(scanned: &Scanned, member: &Member) -> String {
    let id = scanned.id(member.document);
    let range = scanned.range(member.document, member.span);
    format!("{id} {range:?} {}: {}", member.variant.name(), scanned.line(id, range))
}

/// Letters and digits in lower case, for comparing texts whatever their marks.
fn letters(text: &str) -> String {
    text.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

impl Measure {
    /// The count that a gold member belongs to.
    fn members_like(&mut self, member: &GoldMember) -> &mut Count {
        match (member.kind.as_str(), member.variant.as_str()) {
            ("indirect", _) => &mut self.retold,
            (_, "translated?") => &mut self.translated,
            _ => &mut self.members,
        }
    }

    fn count_missing(&mut self, wanted: &GoldCluster) {
        for member in &wanted.members {
            self.members_like(member).add(false);
        }
        for count in [&mut self.whole, &mut self.fullest, &mut self.speakers, &mut self.origins] {
            count.add(false);
        }
        self.errors.push(format!("MISSED cluster {}", wanted.id));
    }

    fn compare(&mut self, scanned: &Scanned, wanted: &GoldCluster, cluster: &Cluster) {
        let mut whole = true;
        for gold in &wanted.members {
            let member = holder(scanned, gold, cluster);
            self.members_like(gold).add(member.is_some());
            let may_miss = gold.kind == "indirect" || gold.variant == "translated?";
            whole &= member.is_some() || may_miss;
            match member {
                Some(member) => self.compare_member(wanted, gold, member),
                None if gold.kind == "indirect" => {}
                None => self.errors.push(format!(
                    "CLUSTER {} lacks {} {}: {}",
                    wanted.id, gold.doc, gold.variant, gold.text
                )),
            }
        }
        self.whole.add(whole);
        for member in &cluster.members {
            let pure = wanted.members.iter().any(|gold| is_same(scanned, gold, member));
            self.pure.add(pure);
            if !pure {
                let member = describe(scanned, member);
                self.errors.push(format!("CLUSTER {} holds {member}", wanted.id));
            }
        }
        self.compare_fullest(wanted, cluster);
        self.compare_speaker(wanted, cluster);
        self.compare_origin(scanned, wanted, cluster);
    }

    fn compare_member(&mut self, wanted: &GoldCluster, gold: &GoldMember, member: &Member) {
        if gold.kind == "indirect" {
            return;
        }
        self.variants.add(member.variant.name() == gold.variant);
        if member.variant.name() != gold.variant {
            self.errors.push(format!(
                "VARIANT {} in {} is {}, gold {}: {}",
                wanted.id,
                gold.doc,
                member.variant.name(),
                gold.variant,
                gold.text
            ));
        }
        let found: BTreeSet<&str> = member.drift.iter().map(|drift| drift.kind.name()).collect();
        let expected: BTreeSet<&str> = gold.drift.iter().map(String::as_str).collect();
        found.iter().for_each(|kind| self.drift_precision.add(expected.contains(kind)));
        expected.iter().for_each(|kind| self.drift_recall.add(found.contains(kind)));
        if found != expected {
            self.errors.push(format!(
                "DRIFT {} in {} is {:?}, gold {expected:?}: {}",
                wanted.id, gold.doc, member.drift, gold.text
            ));
        }
    }

    fn compare_fullest(&mut self, wanted: &GoldCluster, cluster: &Cluster) {
        let fullest = wanted.members.iter().find(|member| member.doc == wanted.fullest);
        let right = fullest.is_some_and(|gold| letters(&gold.text) == letters(&cluster.text));
        self.fullest.add(right);
        if !right {
            self.errors.push(format!(
                "FULLEST {} is {:?}, gold that of {}: {}",
                wanted.id,
                cluster.text,
                wanted.fullest,
                fullest.map_or("", |gold| gold.text.as_str())
            ));
        }
    }

    fn compare_speaker(&mut self, wanted: &GoldCluster, cluster: &Cluster) {
        let name = cluster.speaker.as_ref().map(|speaker| speaker.name.clone());
        self.speakers.add(name == wanted.speaker);
        if name != wanted.speaker {
            self.errors.push(format!(
                "CLUSTER SPEAKER {} is {name:?}, gold {:?}",
                wanted.id, wanted.speaker
            ));
        }
    }

    fn compare_origin(&mut self, scanned: &Scanned, wanted: &GoldCluster, cluster: &Cluster) {
        let origin = &cluster.origin;
        let document = origin.document.map(|document| scanned.id(document));
        let accepted = wanted.origin.accept.iter().any(|name| name == origin.verdict.name());
        let names_document = matches!(origin.verdict, Verdict::Found | Verdict::Probable);
        let right = accepted && (!names_document || document == wanted.origin.doc.as_deref());
        self.origins.add(right);
        if !right {
            self.errors.push(format!(
                "ORIGIN {} is {} {document:?} ({}), gold {:?} {:?}",
                wanted.id,
                origin.verdict.name(),
                origin.why.join("; "),
                wanted.origin.accept,
                wanted.origin.doc
            ));
        }
    }
}

//! Who belongs to what: the references between rows, worked out once before any row is written.
//!
//! Findings refer to each other by position; rows refer to each other by id. A quote knows its
//! cluster through the cluster's members. A passage belongs to the passage cluster that has a
//! member on each of its sides, and a cluster's member is shown by the passage that covers most of
//! it.

use std::collections::BTreeMap;

use super::ids::{cluster_id, passage_number};
use super::places::Places;
use crate::model::{ClusterKind, Findings, MemberItem, Passage, Span};

/// The references between rows.
#[derive(Clone, Debug)]
pub(super) struct Links {
    /// The id of every cluster.
    pub(super) cluster_ids: Vec<String>,
    /// By document, then by quote: the cluster it is in.
    pub(super) quote_clusters: Vec<Vec<Option<u32>>>,
    /// By document: its quotes that are speech, by what they cover.
    speech: Vec<Places<u32>>,
    /// By pair, then by passage: its number and its cluster.
    pub(super) passages: Vec<Vec<PassageLink>>,
    /// By cluster, then by member: the number of the passage that shows it.
    pub(super) member_passages: Vec<Vec<Option<u64>>>,
}

/// What a passage is called and where it belongs.
#[derive(Clone, Copy, Debug)]
pub(super) struct PassageLink {
    pub(super) number: u64,
    pub(super) cluster: Option<u32>,
}

/// A member of a cluster, by their positions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct MemberPlace {
    cluster: u32,
    member: u32,
}

impl Links {
    pub(super) fn new(findings: &Findings) -> Links {
        let mut links = Links {
            cluster_ids: cluster_ids(findings),
            quote_clusters: quote_clusters(findings),
            speech: speech(findings),
            passages: Vec::with_capacity(findings.pairs.len()),
            member_passages: Vec::new(),
        };
        links.link_passages(findings);
        links
    }

    /// The quotes of a document (their places there, in order) that share words with a span: at
    /// least half of the shorter of the two, so that a passage names the quote it is a piece of as
    /// well as the quotes inside it.
    pub(super) fn quotes_in(&self, findings: &Findings, document: u32, span: Span) -> Vec<u32> {
        let quotes = &findings.analyses[document as usize].quotes;
        let mut inside: Vec<u32> = self.speech[document as usize]
            .overlapping(span)
            .map(|(_, place)| place)
            .filter(|&place| {
                let parts = &quotes[place as usize].parts;
                let shared: usize = parts.iter().map(|part| part.overlap(span)).sum();
                let quoted: usize = parts.iter().map(|part| part.len()).sum();
                shared > 0 && shared * 2 >= quoted.min(span.len())
            })
            .collect();
        inside.sort_unstable();
        inside
    }

    fn link_passages(&mut self, findings: &Findings) {
        let places = passage_members(findings);
        let mut best: Vec<Vec<Option<(usize, u64)>>> =
            findings.clusters.iter().map(|cluster| vec![None; cluster.members.len()]).collect();
        for pair in &findings.pairs {
            let (a, b) = (pair.a as usize, pair.b as usize);
            let mut links = Vec::with_capacity(pair.passages.len());
            for passage in &pair.passages {
                let number = passage_number(
                    &findings.documents[a].id,
                    passage.a,
                    &findings.documents[b].id,
                    passage.b,
                );
                let common = common_clusters(&places[a], &places[b], passage);
                // The largest overlap wins; the first cluster wins a tie.
                let cluster = common
                    .iter()
                    .max_by(|x, y| x.1.shared().cmp(&y.1.shared()).then(y.0.cmp(x.0)))
                    .map(|(&cluster, _)| cluster);
                for (cluster, sides) in &common {
                    for &(member, overlap) in &sides.members {
                        let best = &mut best[*cluster as usize][member as usize];
                        if best.is_none_or(|(known, _)| overlap > known) {
                            *best = Some((overlap, number));
                        }
                    }
                }
                links.push(PassageLink { number, cluster });
            }
            self.passages.push(links);
        }
        self.member_passages = best
            .into_iter()
            .map(|members| members.into_iter().map(|b| b.map(|(_, number)| number)).collect())
            .collect();
    }
}

/// How much of a passage's sides lies in one cluster.
#[derive(Clone, Debug, Default)]
struct Sides {
    a: usize,
    b: usize,
    /// The members and the bytes they share with their side.
    members: Vec<(u32, usize)>,
}

impl Sides {
    fn shared(&self) -> usize {
        self.a.min(self.b)
    }
}

/// The clusters that have members on both sides of a passage.
fn common_clusters(
    a: &Places<MemberPlace>,
    b: &Places<MemberPlace>,
    passage: &Passage,
) -> BTreeMap<u32, Sides> {
    let mut clusters: BTreeMap<u32, Sides> = BTreeMap::new();
    for (span, place) in a.overlapping(passage.a) {
        let overlap = span.overlap(passage.a);
        let sides = clusters.entry(place.cluster).or_default();
        sides.a = sides.a.max(overlap);
        sides.members.push((place.member, overlap));
    }
    for (span, place) in b.overlapping(passage.b) {
        let overlap = span.overlap(passage.b);
        if let Some(sides) = clusters.get_mut(&place.cluster) {
            sides.b = sides.b.max(overlap);
            sides.members.push((place.member, overlap));
        }
    }
    clusters.retain(|_, sides| sides.b > 0);
    clusters
}

fn cluster_ids(findings: &Findings) -> Vec<String> {
    findings
        .clusters
        .iter()
        .map(|cluster| {
            let (document, span) = cluster.members.first().map_or(("", Span::default()), |first| {
                (findings.documents[first.document as usize].id.as_str(), first.span)
            });
            cluster_id(cluster.kind, document, span)
        })
        .collect()
}

fn quote_clusters(findings: &Findings) -> Vec<Vec<Option<u32>>> {
    let mut clusters: Vec<Vec<Option<u32>>> =
        findings.analyses.iter().map(|analysis| vec![None; analysis.quotes.len()]).collect();
    for (number, cluster) in findings.clusters.iter().enumerate() {
        for member in &cluster.members {
            if let MemberItem::Quote(place) = member.item
                && let Some(known) = clusters[member.document as usize].get_mut(place as usize)
            {
                known.get_or_insert(number as u32);
            }
        }
    }
    clusters
}

fn speech(findings: &Findings) -> Vec<Places<u32>> {
    findings
        .analyses
        .iter()
        .map(|analysis| {
            let quotes = analysis.quotes.iter().enumerate();
            Places::new(
                quotes
                    .filter(|(_, quote)| quote.kind.is_speech())
                    .map(|(place, quote)| (quote.cover(), place as u32))
                    .collect(),
            )
        })
        .collect()
}

fn passage_members(findings: &Findings) -> Vec<Places<MemberPlace>> {
    let mut places: Vec<Vec<(Span, MemberPlace)>> = vec![Vec::new(); findings.documents.len()];
    for (cluster_number, cluster) in findings.clusters.iter().enumerate() {
        if cluster.kind != ClusterKind::Passage {
            continue;
        }
        for (member_number, member) in cluster.members.iter().enumerate() {
            let place =
                MemberPlace { cluster: cluster_number as u32, member: member_number as u32 };
            places[member.document as usize].push((member.span, place));
        }
    }
    places.into_iter().map(Places::new).collect()
}

//! Clusters with their members and edges, as rows.

use std::borrow::Cow;
use std::collections::BTreeSet;

use rusqlite::{OptionalExtension, params};
use serde::{Deserialize, Serialize};

use super::names::Named;
use super::open::Index;
use super::pairs::{drift_of_json, drift_to_json, json};
use super::shelf::Shelf;
use crate::Result;
use crate::model::{
    Cluster, ClusterKind, Edge, Member, MemberItem, Origin, ScalarIndex, SpeakerConsensus,
    SpeakerVotes, Variant, Verdict,
};

/// The speaker of a cluster as it is kept.
#[derive(Serialize, Deserialize)]
struct KeptSpeaker {
    name: String,
    votes: f64,
    /// Name, votes, documents.
    conflicts: Vec<(String, f64, Vec<u32>)>,
}

/// Where a member of a cluster stands in a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MemberPlace {
    /// The number of its cluster.
    pub cluster: u32,
    /// The number of the quote; `None` for running text.
    pub quote: Option<u32>,
    /// Start and end in scalar values.
    pub span: (u32, u32),
}

/// What a cluster was before it is decided anew.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormerCluster {
    /// Its number.
    pub number: u32,
    /// Its id.
    pub id: String,
    /// The night that last changed it.
    pub night: u32,
    /// Its members: document, and where they stand in it.
    pub members: BTreeSet<(u32, u32, u32)>,
    /// The numbers of those that are quotes.
    pub quotes: Vec<u32>,
}

impl Index {
    /// Adds a cluster of documents on a shelf; `id` is its name in the output.
    pub fn add_cluster(
        &self,
        night: u32,
        shelf: &Shelf,
        id: &str,
        cluster: &Cluster,
    ) -> Result<()> {
        let speaker = cluster.speaker.as_ref().map(|speaker| {
            json(&KeptSpeaker {
                name: speaker.name.clone(),
                votes: speaker.votes,
                conflicts: speaker
                    .conflicts
                    .iter()
                    .map(|other| {
                        let documents = other.documents.iter();
                        let numbers = documents.map(|&place| shelf.number(place)).collect();
                        (other.name.clone(), other.votes, numbers)
                    })
                    .collect(),
            })
        });
        let fullest =
            cluster.members.iter().position(|member| words_of(shelf, member) == cluster.text);
        let write = || -> rusqlite::Result<()> {
            self.connection
                .prepare_cached(
                    "INSERT INTO clusters (id, kind, fullest, text, size, sources, first_seen, last_seen, speaker,
                     origin, origin_document, origin_probability, origin_why, night)
                     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                )?
                .execute(params![
                    id,
                    cluster.kind.name(),
                    fullest,
                    fullest.is_none().then_some(&cluster.text),
                    cluster.members.len(),
                    cluster.sources,
                    cluster.first_seen.as_ref().map(|date| &date.text),
                    cluster.last_seen.as_ref().map(|date| &date.text),
                    speaker,
                    cluster.origin.verdict.name(),
                    cluster.origin.document.map(|place| shelf.number(place)),
                    cluster.origin.probability,
                    json(&cluster.origin.why),
                    night,
                ])?;
            let number = self.connection.last_insert_rowid();
            self.add_members(number, shelf, cluster)?;
            let mut insert = self
                .connection
                .prepare_cached("INSERT INTO cluster_edges VALUES (?, ?, ?, ?, ?, ?)")?;
            for edge in &cluster.edges {
                let why = json(&edge.why);
                let drift = drift_to_json(&edge.drift);
                insert.execute(params![
                    number,
                    edge.child,
                    edge.parent,
                    edge.probability,
                    why,
                    drift
                ])?;
            }
            Ok(())
        };
        write().map_err(|error| self.failed(error))
    }

    fn add_members(&self, number: i64, shelf: &Shelf, cluster: &Cluster) -> rusqlite::Result<()> {
        let mut insert = self
            .connection
            .prepare_cached("INSERT INTO cluster_members VALUES (?, ?, ?, ?, ?, ?, ?, ?)")?;
        for (place, member) in cluster.members.iter().enumerate() {
            let label = &shelf.labels[member.document as usize];
            let text = &shelf.documents[member.document as usize].text;
            let (start, end) = ScalarIndex::new(text).span(member.span);
            let quote = match member.item {
                MemberItem::Quote(quote) => Some(label.first_quote + quote),
                MemberItem::Passage | MemberItem::Text => None,
            };
            insert.execute(params![
                number,
                place,
                label.number,
                quote,
                start,
                end,
                member.variant.name(),
                drift_to_json(&member.drift),
            ])?;
        }
        Ok(())
    }

    /// The clusters that have members in a document.
    pub fn clusters_of_document(&self, document: u32) -> Result<Vec<u32>> {
        self.numbers(
            "SELECT DISTINCT cluster FROM cluster_members WHERE document = ? ORDER BY 1",
            [document],
        )
    }

    /// The numbers of all clusters.
    pub fn all_clusters(&self) -> Result<Vec<u32>> {
        self.numbers("SELECT number FROM clusters ORDER BY number", [])
    }

    /// The clusters that a night changed.
    pub fn clusters_of_night(&self, night: u32) -> Result<Vec<u32>> {
        self.numbers("SELECT number FROM clusters WHERE night = ? ORDER BY number", [night])
    }

    /// The documents that have members in a cluster.
    pub fn documents_of_cluster(&self, cluster: u32) -> Result<Vec<u32>> {
        self.numbers(
            "SELECT DISTINCT document FROM cluster_members WHERE cluster = ? ORDER BY 1",
            [cluster],
        )
    }

    /// The members of clusters that stand in a document: cluster, quote (`None`: running text), start
    /// and end.
    pub fn members_in_document(&self, document: u32) -> Result<Vec<MemberPlace>> {
        let read = || -> rusqlite::Result<Vec<MemberPlace>> {
            self.connection
                .prepare_cached(
                    "SELECT cluster, quote, start, end FROM cluster_members WHERE document = ?",
                )?
                .query_map([document], |row| {
                    Ok(MemberPlace {
                        cluster: row.get(0)?,
                        quote: row.get(1)?,
                        span: (row.get(2)?, row.get(3)?),
                    })
                })?
                .collect()
        };
        read().map_err(|error| self.failed(error))
    }

    /// Takes out clusters and gives them back.
    pub fn take_clusters(&self, numbers: &BTreeSet<u32>) -> Result<Vec<FormerCluster>> {
        let take = |number: u32| -> rusqlite::Result<FormerCluster> {
            let (id, night) = self
                .connection
                .prepare_cached("SELECT id, night FROM clusters WHERE number = ?")?
                .query_row([number], |row| Ok((row.get(0)?, row.get(1)?)))?;
            let quotes = self
                .connection
                .prepare_cached(
                    "SELECT quote FROM cluster_members WHERE cluster = ? AND quote IS NOT NULL",
                )?
                .query_map([number], |row| row.get(0))?
                .collect::<rusqlite::Result<_>>()?;
            let members = self
                .connection
                .prepare_cached(
                    "SELECT document, start, end FROM cluster_members WHERE cluster = ?",
                )?
                .query_map([number], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?
                .collect::<rusqlite::Result<_>>()?;
            for table in ["cluster_members", "cluster_edges"] {
                self.connection
                    .prepare_cached(&format!("DELETE FROM {table} WHERE cluster = ?"))?
                    .execute([number])?;
            }
            self.connection
                .prepare_cached("DELETE FROM clusters WHERE number = ?")?
                .execute([number])?;
            Ok(FormerCluster { number, id, night, members, quotes })
        };
        numbers.iter().map(|&number| take(number).map_err(|error| self.failed(error))).collect()
    }

    /// Clusters by number; their documents stand on the shelf.
    pub fn clusters(&self, shelf: &Shelf, numbers: &[u32]) -> Result<Vec<Cluster>> {
        let scalars = shelf.scalars();
        numbers
            .iter()
            .map(|&number| {
                self.cluster(shelf, &scalars, number)?
                    .ok_or_else(|| self.damaged(&format!("cluster {number} is none")))
            })
            .collect()
    }

    fn cluster(
        &self,
        shelf: &Shelf,
        scalars: &[ScalarIndex<'_>],
        number: u32,
    ) -> Result<Option<Cluster>> {
        let Some(members) = self.members(shelf, scalars, number)? else { return Ok(None) };
        let read = || -> rusqlite::Result<Option<Cluster>> {
            let edges = self
                .connection
                .prepare_cached(
                    "SELECT child, parent, probability, why, drift FROM cluster_edges WHERE cluster = ?
                     ORDER BY child",
                )?
                .query_map([number], |row| {
                    let (why, drift): (String, String) = (row.get(3)?, row.get(4)?);
                    Ok(Edge {
                        child: row.get(0)?,
                        parent: row.get(1)?,
                        probability: row.get(2)?,
                        why: serde_json::from_str(&why).unwrap_or_default(),
                        drift: drift_of_json(&drift).unwrap_or_default(),
                    })
                })?
                .collect::<rusqlite::Result<Vec<Edge>>>()?;
            let dates = || {
                members.iter().filter_map(|member| {
                    shelf.documents[member.document as usize].published_at.as_ref()
                })
            };
            self.connection
                .prepare_cached(
                    "SELECT kind, text, sources, speaker, origin, origin_document, origin_probability,
                     origin_why, fullest FROM clusters WHERE number = ?",
                )?
                .query_row([number], |row| {
                    let (kind, verdict): (String, String) = (row.get(0)?, row.get(4)?);
                    let (speaker, why): (Option<String>, String) = (row.get(3)?, row.get(7)?);
                    let origin_document: Option<u32> = row.get(5)?;
                    let (text, fullest): (Option<String>, Option<usize>) = (row.get(1)?, row.get(8)?);
                    let text = text.or_else(|| {
                        fullest
                            .and_then(|place| members.get(place))
                            .map(|member| words_of(shelf, member).into_owned())
                    });
                    let named = ClusterKind::of_name(&kind).zip(Verdict::of_name(&verdict));
                    let (sources, probability) = (row.get(2)?, row.get(6)?);
                    Ok(named.zip(text).map(|((kind, verdict), text)| Cluster {
                        kind,
                        text,
                        sources,
                        first_seen: dates().min_by_key(|date| (date.earliest, date.latest)).cloned(),
                        last_seen: dates().max_by_key(|date| (date.latest, date.earliest)).cloned(),
                        speaker: speaker.and_then(|json| speaker_of_json(&json, shelf)),
                        members: members.clone(),
                        origin: Origin {
                            verdict,
                            document: origin_document.and_then(|number| shelf.place(number)),
                            probability,
                            why: serde_json::from_str(&why).unwrap_or_default(),
                        },
                        edges: edges.clone(),
                    }))
                })
                .optional()
                .map(Option::flatten)
        };
        read().map_err(|error| self.failed(error))
    }

    fn members(
        &self,
        shelf: &Shelf,
        scalars: &[ScalarIndex<'_>],
        number: u32,
    ) -> Result<Option<Vec<Member>>> {
        let read = || -> rusqlite::Result<Option<Vec<Member>>> {
            self.connection
                .prepare_cached(
                    "SELECT document, quote, start, end, variant, drift FROM cluster_members
                     WHERE cluster = ? ORDER BY place",
                )?
                .query_map([number], |row| {
                    let place = shelf.place(row.get(0)?);
                    let quote: Option<u32> = row.get(1)?;
                    let (start, end) = (row.get(2)?, row.get(3)?);
                    let (variant, drift): (String, String) = (row.get(4)?, row.get(5)?);
                    let member = || {
                        let document = place?;
                        let item = match quote {
                            Some(quote) => MemberItem::Quote(
                                quote.checked_sub(shelf.labels[document as usize].first_quote)?,
                            ),
                            None => MemberItem::Passage,
                        };
                        Some(Member {
                            document,
                            item,
                            span: scalars[document as usize].span_of(start, end)?,
                            variant: Variant::of_name(&variant)?,
                            drift: drift_of_json(&drift)?,
                        })
                    };
                    Ok(member())
                })?
                .collect()
        };
        read().map_err(|error| self.failed(error))
    }
}

/// The words of a member of a cluster on a shelf.
fn words_of<'s>(shelf: &'s Shelf, member: &Member) -> Cow<'s, str> {
    let document = member.document as usize;
    let text = &shelf.documents[document].text;
    match member.item {
        MemberItem::Quote(quote) => match shelf.analyses[document].quotes.get(quote as usize) {
            Some(quote) => Cow::Owned(quote.text_within(member.span, text)),
            None => Cow::Borrowed(""),
        },
        MemberItem::Passage | MemberItem::Text => Cow::Borrowed(member.span.of(text)),
    }
}

fn speaker_of_json(json: &str, shelf: &Shelf) -> Option<SpeakerConsensus> {
    let kept: KeptSpeaker = serde_json::from_str(json).ok()?;
    let conflicts = kept
        .conflicts
        .into_iter()
        .map(|(name, votes, documents)| SpeakerVotes {
            name,
            votes,
            documents: documents.into_iter().filter_map(|number| shelf.place(number)).collect(),
        })
        .collect();
    Some(SpeakerConsensus { name: kept.name, votes: kept.votes, conflicts })
}

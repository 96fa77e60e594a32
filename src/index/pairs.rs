//! What two documents share, as rows.

use std::collections::BTreeSet;

use rusqlite::{Row, params};

use super::edits::{edits_of_text, edits_to_text};
use super::names::Named;
use super::open::Index;
use super::shelf::Shelf;
use crate::Result;
use crate::model::{
    DocumentPair, Drift, DriftKind, Label, Passage, PassageScores, QuoteId, QuoteLink, Relation,
    ScalarIndex,
};

/// A passage as one of its documents sees it, in scalar values: the span in this document, the other
/// document, the span there.
pub type PassagePlace = ((u32, u32), u32, (u32, u32));

impl Index {
    /// Adds pairs of documents on a shelf.
    pub fn add_pairs(&self, night: u32, shelf: &Shelf, pairs: &[DocumentPair]) -> Result<()> {
        let scalars = shelf.scalars();
        let write = || -> rusqlite::Result<()> {
            for pair in pairs {
                let (a, b) = (shelf.number(pair.a), shelf.number(pair.b));
                self.connection
                    .prepare_cached("INSERT OR REPLACE INTO pairs VALUES (?, ?, ?, ?, ?, ?, ?)")?
                    .execute(params![
                        a,
                        b,
                        night,
                        pair.relation.name(),
                        pair.resemblance,
                        pair.containment_a,
                        pair.containment_b
                    ])?;
                let sides = (&scalars[pair.a as usize], &scalars[pair.b as usize]);
                for (place, passage) in pair.passages.iter().enumerate() {
                    self.add_passage((a, b), place, passage, sides)?;
                }
            }
            Ok(())
        };
        write().map_err(|error| self.failed(error))
    }

    fn add_passage(
        &self,
        (a, b): (u32, u32),
        place: usize,
        passage: &Passage,
        (in_a, in_b): (&ScalarIndex<'_>, &ScalarIndex<'_>),
    ) -> rusqlite::Result<()> {
        let ((a_start, a_end), (b_start, b_end)) = (in_a.span(passage.a), in_b.span(passage.b));
        let edits = edits_to_text(&passage.edits, (in_a, passage.a), (in_b, passage.b));
        let PassageScores {
            jaccard,
            containment_a,
            containment_b,
            kept_in_order,
            alignment,
            probability,
        } = passage.scores;
        self.connection
            .prepare_cached(
                "INSERT OR REPLACE INTO passages VALUES
                 (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            )?
            .execute(params![
                a,
                b,
                place,
                passage.label.name(),
                a_start,
                a_end,
                b_start,
                b_end,
                jaccard,
                containment_a,
                containment_b,
                kept_in_order,
                alignment,
                probability,
                json(&passage.why),
                edits,
                drift_to_json(&passage.drift),
            ])?;
        Ok(())
    }

    /// The pairs whose documents both stand on a shelf, one of them among `of` where that is given;
    /// sorted by place.
    pub fn pairs(&self, shelf: &Shelf, of: Option<&BTreeSet<u32>>) -> Result<Vec<DocumentPair>> {
        let scalars = shelf.scalars();
        let mut keys: BTreeSet<(u32, u32)> = BTreeSet::new();
        match of {
            Some(of) => {
                for &number in of {
                    for other in self.partners(number)? {
                        // The document with the lesser id is `a`, whatever the numbers say.
                        if let (Some(one), Some(two)) = (shelf.place(number), shelf.place(other)) {
                            keys.insert((one.min(two), one.max(two)));
                        }
                    }
                }
            }
            None => {
                let all = self
                    .connection
                    .prepare("SELECT a, b FROM pairs")
                    .and_then(|mut statement| {
                        statement
                            .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
                            .collect::<rusqlite::Result<Vec<(u32, u32)>>>()
                    })
                    .map_err(|error| self.failed(error))?;
                keys.extend(
                    all.into_iter().filter_map(|(a, b)| Some((shelf.place(a)?, shelf.place(b)?))),
                );
            }
        }
        keys.into_iter().map(|(a, b)| self.pair(shelf, &scalars, a, b)).collect()
    }

    /// The documents that share something with a document.
    pub fn partners(&self, document: u32) -> Result<Vec<u32>> {
        self.numbers(
            "SELECT b FROM pairs WHERE a = ?1 UNION SELECT a FROM pairs WHERE b = ?1 ORDER BY 1",
            [document],
        )
    }

    fn pair(
        &self,
        shelf: &Shelf,
        scalars: &[ScalarIndex<'_>],
        a: u32,
        b: u32,
    ) -> Result<DocumentPair> {
        let numbers = (shelf.number(a), shelf.number(b));
        let sides = (&scalars[a as usize], &scalars[b as usize]);
        let read = || -> rusqlite::Result<Option<DocumentPair>> {
            let mut pair = self
                .connection
                .prepare_cached(
                    "SELECT relation, resemblance, containment_a, containment_b FROM pairs
                     WHERE a = ? AND b = ?",
                )?
                .query_row(numbers, |row| {
                    let relation: String = row.get(0)?;
                    Ok(Relation::of_name(&relation).map(|relation| {
                        Ok::<_, rusqlite::Error>(DocumentPair {
                            a,
                            b,
                            relation,
                            resemblance: row.get(1)?,
                            containment_a: row.get(2)?,
                            containment_b: row.get(3)?,
                            passages: Vec::new(),
                        })
                    }))
                })?
                .transpose()?;
            let passages = self
                .connection
                .prepare_cached("SELECT * FROM passages WHERE a = ? AND b = ? ORDER BY place")?
                .query_map(numbers, |row| passage_of_row(row, sides))?
                .collect::<rusqlite::Result<Option<Vec<Passage>>>>()?;
            match (&mut pair, passages) {
                (Some(pair), Some(passages)) => pair.passages = passages,
                _ => return Ok(None),
            }
            Ok(pair)
        };
        read().map_err(|error| self.failed(error))?.ok_or_else(|| {
            self.damaged(&format!("the pair of documents {} and {} is none", numbers.0, numbers.1))
        })
    }

    /// Adds links between quotes of documents on a shelf.
    pub fn add_quote_links(&self, night: u32, shelf: &Shelf, links: &[QuoteLink]) -> Result<()> {
        let write = || -> rusqlite::Result<()> {
            let mut insert = self
                .connection
                .prepare_cached("INSERT OR REPLACE INTO quote_links VALUES (?, ?, ?, ?)")?;
            for link in links {
                let number =
                    |id: QuoteId| shelf.labels[id.document as usize].first_quote + id.quote;
                insert.execute(params![number(link.a), number(link.b), night, link.score])?;
            }
            Ok(())
        };
        write().map_err(|error| self.failed(error))
    }

    /// The numbers of the quotes that are linked with a quote, and the scores of the links.
    pub fn linked_quotes(&self, quote: u32) -> Result<Vec<(u32, f64)>> {
        let read = || -> rusqlite::Result<Vec<(u32, f64)>> {
            self.connection
                .prepare_cached(
                    "SELECT b, score FROM quote_links WHERE a = ?1
                     UNION ALL SELECT a, score FROM quote_links WHERE b = ?1 ORDER BY 1",
                )?
                .query_map([quote], |row| Ok((row.get(0)?, row.get(1)?)))?
                .collect()
        };
        read().map_err(|error| self.failed(error))
    }

    /// The quotes that got a link in a night.
    pub fn quotes_linked_in(&self, night: u32) -> Result<Vec<u32>> {
        self.numbers(
            "SELECT a FROM quote_links WHERE night = ?1
             UNION SELECT b FROM quote_links WHERE night = ?1 ORDER BY 1",
            [night],
        )
    }

    /// The spans of passages in a document, in scalar values, with the other document and the span
    /// there.
    pub fn passage_places(&self, document: u32) -> Result<Vec<PassagePlace>> {
        let read = || -> rusqlite::Result<Vec<PassagePlace>> {
            self.connection
                .prepare_cached(
                    "SELECT p.a_start, p.a_end, p.b, p.b_start, p.b_end FROM passages p WHERE p.a = ?1
                     UNION ALL
                     SELECT p.b_start, p.b_end, p.a, p.a_start, p.a_end FROM pairs d
                     JOIN passages p ON p.a = d.a AND p.b = d.b WHERE d.b = ?1",
                )?
                .query_map([document], |row| {
                    Ok((
                        (row.get(0)?, row.get(1)?),
                        row.get(2)?,
                        (row.get(3)?, row.get(4)?),
                    ))
                })?
                .collect()
        };
        read().map_err(|error| self.failed(error))
    }
}

fn passage_of_row(
    row: &Row<'_>,
    (in_a, in_b): (&ScalarIndex<'_>, &ScalarIndex<'_>),
) -> rusqlite::Result<Option<Passage>> {
    let text = |column: usize| row.get::<_, String>(column);
    let label = Label::of_name(&text(3)?);
    let a = in_a.span_of(row.get(4)?, row.get(5)?);
    let b = in_b.span_of(row.get(6)?, row.get(7)?);
    let scores = PassageScores {
        jaccard: row.get(8)?,
        containment_a: row.get(9)?,
        containment_b: row.get(10)?,
        kept_in_order: row.get(11)?,
        alignment: row.get(12)?,
        probability: row.get(13)?,
    };
    let why = serde_json::from_str(&text(14)?).ok();
    let edits = text(15)?;
    let edits = a.zip(b).and_then(|(a, b)| edits_of_text(&edits, (in_a, a), (in_b, b)));
    let drift = drift_of_json(&text(16)?);
    let passage = || {
        Some(Passage {
            label: label?,
            a: a?,
            b: b?,
            scores,
            why: why?,
            edits: edits?,
            drift: drift?,
        })
    };
    Ok(passage())
}

/// A value as JSON.
pub(super) fn json(value: &impl serde::Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

/// Changes of substance as a JSON list.
pub(super) fn drift_to_json(drift: &[Drift]) -> String {
    let entries: Vec<_> =
        drift.iter().map(|drift| (drift.kind.name(), &drift.a, &drift.b)).collect();
    json(&entries)
}

/// The reverse of [`drift_to_json`].
pub(super) fn drift_of_json(json: &str) -> Option<Vec<Drift>> {
    let entries: Vec<(String, String, String)> = serde_json::from_str(json).ok()?;
    entries
        .into_iter()
        .map(|(kind, a, b)| Some(Drift { kind: DriftKind::of_name(&kind)?, a, b }))
        .collect()
}

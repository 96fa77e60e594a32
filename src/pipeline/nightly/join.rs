//! Tonight's units with all that are kept: equal keys to pairs of units, pairs of units to pairs of
//! places. The rules are those of the scan ([`crate::join`], [`crate::pipeline::units`]): of a very
//! common key only the lowest units are paired with all others, in the order of document ids.
//!
//! The rule looks at the units that are there on the night. A scan of all documents at the end sees
//! longer runs, in which a unit that was among the lowest may no longer be; so the nights together
//! find every pair that the scan finds, and for very common keys some more.

use std::collections::{BTreeSet, HashMap};

use super::keys::Postings;
use crate::Result;
use crate::index::{Index, Posting, SentencePlace, Space};
use crate::join::PairRule;

/// The place of each kept document in the order of ids, by its number.
#[derive(Clone, Debug, Default)]
pub(super) struct Order(Vec<u32>);

impl Order {
    pub(super) fn of(index: &Index) -> Result<Self> {
        let numbers = index.all_documents()?;
        let most = numbers.iter().max().map_or(0, |&number| number as usize);
        let mut order = vec![u32::MAX; most + 1];
        for (place, number) in (0..).zip(numbers) {
            order[number as usize] = place;
        }
        Ok(Order(order))
    }

    /// The place of a document; the last for one that is not kept.
    pub(super) fn place(&self, document: u32) -> u32 {
        self.0.get(document as usize).copied().unwrap_or(u32::MAX)
    }
}

/// A sentence of one document and one of another that share a key or all their words; the document
/// with the lesser id first. Both are numbers of the index.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct SentencePair {
    pub(super) documents: (u32, u32),
    pub(super) sentences: (u32, u32),
}

/// Finds the kept partners of tonight's units.
pub(super) struct Join<'a> {
    pub(super) index: &'a Index,
    pub(super) order: &'a Order,
    /// The documents of tonight.
    pub(super) tonight: &'a BTreeSet<u32>,
    pub(super) pivots: usize,
    /// Where units stand, the lowest first, as far as it was asked for.
    places: HashMap<u32, Vec<SentencePlace>>,
}

impl<'a> Join<'a> {
    pub(super) fn new(
        index: &'a Index,
        order: &'a Order,
        tonight: &'a BTreeSet<u32>,
        pivots: usize,
    ) -> Self {
        Join { index, order, tonight, pivots, places: HashMap::new() }
    }

    /// The pairs of sentences that share a key or all their words, one of them of tonight. `own` are
    /// the postings of tonight's units and `units` their numbers, sorted; the sentences themselves
    /// are in the index already, the postings are not.
    pub(super) fn sentences(&mut self, own: &Postings, units: &[u32]) -> Result<Vec<SentencePair>> {
        let mut pairs = Vec::new();
        for space in [Space::Band, Space::List] {
            let kept = self.index.find_postings(space, &own.keys(space))?;
            self.pair_units(own.space(space), &kept, UnitKind::Sentence, &mut pairs)?;
            pairs.sort_unstable();
            pairs.dedup();
        }
        let mut found = Vec::new();
        for (a, b) in pairs {
            self.read_places(a)?;
            self.read_places(b)?;
            self.cross(&self.places[&a], &self.places[&b], &mut found);
        }
        for &unit in units {
            self.read_places(unit)?;
            self.within(&self.places[&unit], &mut found);
        }
        found.sort_unstable();
        found.dedup();
        Ok(found)
    }

    /// The pairs of quotes that share a key, one of them of tonight; numbers of the index.
    pub(super) fn quotes(&mut self, own: &Postings) -> Result<Vec<(u32, u32)>> {
        let kept = self.index.find_postings(Space::Quote, &own.keys(Space::Quote))?;
        let mut pairs = Vec::new();
        self.pair_units(own.space(Space::Quote), &kept, UnitKind::Quote, &mut pairs)?;
        pairs.sort_unstable();
        pairs.dedup();
        Ok(pairs)
    }

    /// Pairs each of `own` with what has the same key in `own` or `kept`; both are sorted.
    fn pair_units(
        &mut self,
        own: &[Posting],
        kept: &[Posting],
        kind: UnitKind,
        pairs: &mut Vec<(u32, u32)>,
    ) -> Result<()> {
        let rule = PairRule { pivots: self.pivots, documents: None, second_set: None };
        let mut rest = kept;
        for group in own.chunk_by(|left, right| left.key() == right.key()) {
            let key = group[0].key();
            rest = &rest[rest.partition_point(|posting| posting.key() < key)..];
            let same = &rest[..rest.partition_point(|posting| posting.key() == key)];
            let mut run: Vec<u32> =
                same.iter().chain(group).map(|posting| posting.unit()).collect();
            run.sort_unstable();
            run.dedup();
            if run.len() < 2 {
                continue;
            }
            let mut pivots = BTreeSet::new();
            if run.len() > self.pivots {
                let mut ranked = Vec::with_capacity(run.len());
                for &unit in &run {
                    ranked.push((self.rank(unit, kind)?, unit));
                }
                ranked.sort_unstable();
                ranked.truncate(rule.pivots_of(run.len()));
                pivots.extend(ranked.into_iter().map(|(_, unit)| unit));
            }
            let all = pivots.is_empty();
            for posting in group {
                let unit = posting.unit();
                let is_pivot = all || pivots.contains(&unit);
                let partners = run
                    .iter()
                    .filter(|&&other| other != unit && (is_pivot || pivots.contains(&other)));
                pairs.extend(partners.map(|&other| (unit.min(other), unit.max(other))));
            }
            // Common keys repeat the same pairs; what is held stays in proportion to what is found.
            if pairs.len() > 1 << 24 {
                pairs.sort_unstable();
                pairs.dedup();
            }
        }
        Ok(())
    }

    /// Where a unit comes in the order of ids.
    fn rank(&mut self, unit: u32, kind: UnitKind) -> Result<(u32, u32)> {
        Ok(match kind {
            UnitKind::Sentence => {
                self.read_places(unit)?;
                let first = self.places[&unit].first();
                first.map_or((u32::MAX, unit), |place| {
                    (self.order.place(place.document), place.sentence)
                })
            }
            UnitKind::Quote => {
                let document = self.index.document_of_quote(unit)?;
                (document.map_or(u32::MAX, |document| self.order.place(document)), unit)
            }
        })
    }

    fn read_places(&mut self, unit: u32) -> Result<()> {
        if !self.places.contains_key(&unit) {
            let mut places = self.index.places_of_unit(unit)?;
            places.sort_by_key(|place| (self.order.place(place.document), place.sentence));
            self.places.insert(unit, places);
        }
        Ok(())
    }

    /// Pairs the places of two units, as a scan does.
    fn cross(&self, a: &[SentencePlace], b: &[SentencePlace], found: &mut Vec<SentencePair>) {
        for (rank, &one) in a.iter().enumerate() {
            let partners = if rank < self.pivots { b } else { &b[..b.len().min(self.pivots)] };
            found.extend(partners.iter().filter_map(|&other| self.pair(one, other)));
        }
    }

    /// Pairs the places of one unit, as a scan does.
    fn within(&self, places: &[SentencePlace], found: &mut Vec<SentencePair>) {
        for (rank, &one) in places.iter().enumerate().take(self.pivots) {
            found.extend(places[rank + 1..].iter().filter_map(|&other| self.pair(one, other)));
        }
    }

    /// Two places of different documents, one of them of tonight.
    fn pair(&self, one: SentencePlace, other: SentencePlace) -> Option<SentencePair> {
        let new = |place: SentencePlace| self.tonight.contains(&place.document);
        if one.document == other.document || !(new(one) || new(other)) {
            return None;
        }
        let key = |place: SentencePlace| self.order.place(place.document);
        let (a, b) = if key(one) < key(other) { (one, other) } else { (other, one) };
        Some(SentencePair {
            documents: (a.document, b.document),
            sentences: (a.sentence, b.sentence),
        })
    }
}

/// What the numbers of units count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum UnitKind {
    Sentence,
    Quote,
}

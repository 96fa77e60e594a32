//! Tonight's units with all that are kept: equal keys to pairs of units, pairs of units to pairs of
//! places. The rules are those of the scan ([`crate::join`], [`crate::pipeline::units`]): of a very
//! common key only the lowest units are paired with all others, in the order of document ids.
//!
//! The rule looks at the units that are there on the night. A scan of all documents at the end sees
//! longer runs, in which a unit that was among the lowest may no longer be; so the nights together
//! find every pair that the scan finds, and for very common keys some more.

use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::rc::Rc;

use super::keys::Postings;
use crate::Result;
use crate::index::{Index, Posting, SentenceRange, Space};
use crate::join::PairRule;
use crate::model::Language;
use crate::pipeline::evidence::pivots_of_places;

/// A sentence in the collection. Places are compared as a scan numbers them: by the id of the
/// document, then by the sentence.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Place {
    /// The id of its document.
    id: Rc<str>,
    /// The number of the sentence.
    sentence: u32,
    /// Its document.
    document: u32,
}

/// A sentence of one document and one of another that share a key or all their words; the document
/// with the lesser id first. Both are numbers of the index.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct SentencePair {
    pub(super) documents: (u32, u32),
    pub(super) sentences: (u32, u32),
}

/// Finds the kept partners of tonight's units. What is asked of the index is remembered.
pub(super) struct Join<'a> {
    index: &'a Index,
    /// The documents of tonight.
    tonight: &'a BTreeSet<u32>,
    pivots: usize,
    /// Where units stand, in order.
    places: HashMap<u32, Rc<[Place]>>,
    /// The documents that were met, by their first sentence.
    ranges: BTreeMap<u32, SentenceRange>,
    /// The ids of documents that were met.
    ids: HashMap<u32, Rc<str>>,
}

impl<'a> Join<'a> {
    pub(super) fn new(index: &'a Index, tonight: &'a BTreeSet<u32>, pivots: usize) -> Self {
        Join {
            index,
            tonight,
            pivots,
            places: HashMap::new(),
            ranges: BTreeMap::new(),
            ids: HashMap::new(),
        }
    }

    /// The pairs of different units that share a key, one of them of tonight; sorted. `own` are the
    /// postings of tonight's units; the sentences themselves are in the index already, the postings
    /// are not.
    pub(super) fn units(&mut self, own: &Postings) -> Result<Vec<(u32, u32)>> {
        let mut pairs = Vec::new();
        for space in [Space::Band, Space::List] {
            let kept = self.index.find_postings(space, &own.keys(space))?;
            self.pair_units(own.space(space), &kept, UnitKind::Sentence, &mut pairs)?;
            pairs.sort_unstable();
            pairs.dedup();
        }
        Ok(pairs)
    }

    /// The pairs of sentences that paired units stand for, and those of the units of tonight, which
    /// are sorted, where one wording is repeated; one sentence of each is of tonight.
    pub(super) fn sentences(
        &mut self,
        pairs: &[(u32, u32)],
        tonight: &[u32],
    ) -> Result<Vec<SentencePair>> {
        let mut found = Vec::new();
        for &(a, b) in pairs {
            let (a, b) = (self.places(a)?, self.places(b)?);
            self.cross(&a, &b, &mut found);
        }
        for &unit in tonight {
            let places = self.places(unit)?;
            self.within(&places, &mut found);
        }
        found.sort_unstable();
        found.dedup();
        Ok(found)
    }

    /// The pairs of quotes that share a key, one of them of tonight; numbers of the index. Those that
    /// share only a key of meanings are in different languages.
    pub(super) fn quotes(&mut self, own: &Postings) -> Result<Vec<(u32, u32)>> {
        let mut translations = self.quotes_of(own, Space::Translation)?;
        let mut languages: HashMap<u32, Option<Language>> = HashMap::new();
        for &quote in translations.iter().flat_map(|(a, b)| [a, b]) {
            if let Entry::Vacant(unknown) = languages.entry(quote) {
                unknown.insert(self.index.language_of_quote(quote)?);
            }
        }
        translations.retain(|(a, b)| languages.get(a) != languages.get(b));
        let mut pairs = self.quotes_of(own, Space::Quote)?;
        pairs.extend(translations);
        pairs.sort_unstable();
        pairs.dedup();
        Ok(pairs)
    }

    fn quotes_of(&mut self, own: &Postings, space: Space) -> Result<Vec<(u32, u32)>> {
        let kept = self.index.find_postings(space, &own.keys(space))?;
        let mut pairs = Vec::new();
        self.pair_units(own.space(space), &kept, UnitKind::Quote, &mut pairs)?;
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
        let mut run: Vec<u32> = Vec::new();
        for group in own.chunk_by(|left, right| left.key() == right.key()) {
            let key = group[0].key();
            rest = &rest[rest.partition_point(|posting| posting.key() < key)..];
            let same = &rest[..rest.partition_point(|posting| posting.key() == key)];
            run.clear();
            run.extend(same.iter().chain(group).map(|posting| posting.unit()));
            run.sort_unstable();
            run.dedup();
            if run.len() < 2 {
                continue;
            }
            let mut pivots = BTreeSet::new();
            if run.len() > self.pivots {
                let mut ranked = Vec::with_capacity(run.len());
                for &unit in &run {
                    // A unit whose documents are all gone ranks nowhere.
                    if let Some(rank) = self.rank(unit, kind)? {
                        ranked.push((rank, unit));
                    }
                }
                ranked.sort_unstable();
                ranked.truncate(rule.pivots_of(run.len()));
                pivots.extend(ranked.into_iter().map(|(_, unit)| unit));
            }
            let all = run.len() <= self.pivots;
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

    /// Where a unit comes in the order of a scan.
    fn rank(&mut self, unit: u32, kind: UnitKind) -> Result<Option<(Rc<str>, u32)>> {
        match kind {
            UnitKind::Sentence => {
                let places = self.places(unit)?;
                Ok(places.first().map(|place| (Rc::clone(&place.id), place.sentence)))
            }
            UnitKind::Quote => match self.index.document_of_quote(unit)? {
                Some(document) => Ok(Some((self.id(document)?, unit))),
                None => Ok(None),
            },
        }
    }

    /// A place of a unit: its own sentence, or where that is gone, the first of the others.
    pub(super) fn one_place(&mut self, unit: u32) -> Result<Option<(u32, u32)>> {
        if let Some(document) = self.document(unit)? {
            return Ok(Some((document, unit)));
        }
        Ok(self.places(unit)?.first().map(|place| (place.document, place.sentence)))
    }

    /// The documents and sentences of a unit beside its own sentence.
    pub(super) fn repeats(&mut self, unit: u32) -> Result<Vec<(u32, u32)>> {
        let mut repeats = Vec::new();
        for sentence in self.index.repeats_of_unit(unit)? {
            repeats.extend(self.document(sentence)?.map(|document| (document, sentence)));
        }
        Ok(repeats)
    }

    /// Where the sentences of a unit stand, in order.
    fn places(&mut self, unit: u32) -> Result<Rc<[Place]>> {
        if let Some(places) = self.places.get(&unit) {
            return Ok(Rc::clone(places));
        }
        let mut places = Vec::new();
        let own = self.document(unit)?.map(|document| (document, unit));
        for (document, sentence) in own.into_iter().chain(self.repeats(unit)?) {
            places.push(Place { id: self.id(document)?, sentence, document });
        }
        places.sort_unstable();
        let places: Rc<[Place]> = places.into();
        self.places.insert(unit, Rc::clone(&places));
        Ok(places)
    }

    /// The document of a sentence; `None` when it is gone.
    fn document(&mut self, sentence: u32) -> Result<Option<u32>> {
        let known = self.ranges.range(..=sentence).next_back().map(|(_, range)| *range);
        if let Some(range) = known.filter(|range| sentence - range.first < range.count) {
            return Ok(Some(range.document));
        }
        let range = self.index.document_of_sentence(sentence)?;
        self.ranges.extend(range.map(|range| (range.first, range)));
        Ok(range.map(|range| range.document))
    }

    fn id(&mut self, document: u32) -> Result<Rc<str>> {
        if let Some(id) = self.ids.get(&document) {
            return Ok(Rc::clone(id));
        }
        let id: Rc<str> = self.index.id_of_document(document)?.unwrap_or_default().into();
        self.ids.insert(document, Rc::clone(&id));
        Ok(id)
    }

    /// Pairs the places of two units, as a scan does.
    fn cross(&self, a: &[Place], b: &[Place], found: &mut Vec<SentencePair>) {
        let pivots = pivots_of_places(a.len().max(b.len()), self.pivots);
        for (rank, one) in a.iter().enumerate() {
            let partners = if rank < pivots { b } else { &b[..b.len().min(pivots)] };
            found.extend(partners.iter().filter_map(|other| self.pair(one, other)));
        }
    }

    /// Pairs the places of one unit, as a scan does.
    fn within(&self, places: &[Place], found: &mut Vec<SentencePair>) {
        for (rank, one) in
            places.iter().enumerate().take(pivots_of_places(places.len(), self.pivots))
        {
            found.extend(places[rank + 1..].iter().filter_map(|other| self.pair(one, other)));
        }
    }

    /// Two places of different documents, one of them of tonight.
    fn pair(&self, one: &Place, other: &Place) -> Option<SentencePair> {
        let new = |place: &Place| self.tonight.contains(&place.document);
        if one.document == other.document || !(new(one) || new(other)) {
            return None;
        }
        let (a, b) = if one < other { (one, other) } else { (other, one) };
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

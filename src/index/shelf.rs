//! Some documents of the index side by side, as the phases want them: in slices, sorted by id, known
//! by their place. Rows know documents by number and offsets in scalar values; here both turn into
//! places and bytes, and back.

use std::collections::HashMap;

use super::documents::Kept;
use crate::model::{Analysis, Document, DocumentIndex, ScalarIndex, Span};

/// Documents taken from the index.
#[derive(Clone, Debug, Default)]
pub struct Shelf {
    /// The documents, sorted by id.
    pub documents: Vec<Document>,
    /// What was found in each.
    pub analyses: Vec<Analysis>,
    /// What of each is boilerplate.
    pub masked: Vec<Vec<Span>>,
    /// For each, what the index knows of it.
    pub labels: Vec<Label>,
    places: HashMap<u32, DocumentIndex>,
}

/// Where a document and its units stand in the index.
#[derive(Clone, Debug)]
pub struct Label {
    /// Its number.
    pub number: u32,
    /// The night that added it.
    pub night: u32,
    /// The number of its first sentence.
    pub first_sentence: u32,
    /// The number of its first quote.
    pub first_quote: u32,
    /// For each sentence the unit it is compared as.
    pub units: Vec<Option<u32>>,
    /// For each quote whether it is compared.
    pub compared_quotes: Vec<bool>,
}

impl Shelf {
    /// A shelf of these documents.
    pub fn new(mut kept: Vec<Kept>) -> Self {
        kept.sort_by(|a, b| a.document.id.cmp(&b.document.id));
        kept.dedup_by_key(|kept| kept.number);
        let mut shelf = Shelf::default();
        for (place, kept) in (0..).zip(kept) {
            shelf.places.insert(kept.number, place);
            shelf.documents.push(kept.document);
            shelf.analyses.push(kept.analysis);
            shelf.masked.push(kept.masked);
            shelf.labels.push(Label {
                number: kept.number,
                night: kept.night,
                first_sentence: kept.first_sentence,
                first_quote: kept.first_quote,
                units: kept.units,
                compared_quotes: kept.compared_quotes,
            });
        }
        shelf
    }

    /// The place of the document with a number.
    pub fn place(&self, number: u32) -> Option<DocumentIndex> {
        self.places.get(&number).copied()
    }

    /// The number of the document at a place.
    pub fn number(&self, place: DocumentIndex) -> u32 {
        self.labels[place as usize].number
    }

    /// The offsets of all texts.
    pub fn scalars(&self) -> Vec<ScalarIndex<'_>> {
        self.documents.iter().map(|document| ScalarIndex::new(&document.text)).collect()
    }
}

//! What clusters ask of whole documents, kept for a while: a document stands in several clusters.

use std::cell::{OnceCell, RefCell};
use std::rc::Rc;

use crate::model::{Document, DocumentIndex};
use crate::text::words;

use super::cluster::Collection;
use super::credit::{Piece, head, is_agency, is_release};

/// So many documents are remembered; a document always takes the same slot, and the newest stays.
const SLOTS: usize = 256;

/// A document and what was read of it.
type Slot = Option<(DocumentIndex, Rc<ReadDocument>)>;

/// The documents that were read last: a memory of fixed size, one a thread.
#[derive(Debug)]
pub struct ReadDocuments {
    slots: RefCell<Vec<Slot>>,
}

impl Default for ReadDocuments {
    fn default() -> Self {
        ReadDocuments { slots: RefCell::new(vec![None; SLOTS]) }
    }
}

/// What is known of a document by itself.
#[derive(Debug)]
pub(super) struct ReadDocument {
    /// Its publisher, where known.
    pub(super) publisher: Option<String>,
    /// Its publisher is a news agency.
    pub(super) is_agency: bool,
    /// It is the release of an organisation.
    pub(super) is_release: bool,
    /// Its start, searched for credits.
    pub(super) head: Piece,
    words: OnceCell<Vec<u64>>,
}

impl ReadDocuments {
    /// A document of a collection; only documents of that collection may be asked for from then on.
    pub(super) fn get(&self, collection: Collection<'_>, index: DocumentIndex) -> Rc<ReadDocument> {
        let slot = &mut self.slots.borrow_mut()[index as usize % SLOTS];
        if let Some((_, known)) = slot.as_ref().filter(|(held, _)| *held == index) {
            return Rc::clone(known);
        }
        let document = &collection.documents[index as usize];
        let read = Rc::new(ReadDocument {
            publisher: collection.outlets.group_of(document),
            is_agency: is_agency(&document.source),
            is_release: is_release(document),
            head: Piece::of(head(document)),
            words: OnceCell::new(),
        });
        *slot = Some((index, Rc::clone(&read)));
        read
    }
}

impl ReadDocument {
    /// The hashes of the words of its document, which is the one it was read from.
    pub(super) fn words(&self, document: &Document) -> &[u64] {
        self.words.get_or_init(|| words(&document.text).iter().map(|word| word.hash).collect())
    }
}

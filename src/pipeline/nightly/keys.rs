//! The postings of units: the keys of [`crate::fingerprint`] as the index keeps them, shortened to
//! [`KEY_BITS`]. Different keys may fall together; that makes a few candidates in vain, and every
//! candidate is verified.

use rayon::prelude::*;

use crate::Result;
use crate::compare::quote_match::{TranslationKeys, prepare_quote};
use crate::fingerprint::{Fingerprinter, KeyParameters};
use crate::index::{Index, KEY_BITS, Posting, Space};
use crate::model::{Document, DocumentFrequencies, Language, Quote, Span};
use crate::pipeline::quotes;
use crate::text::{self, Word};

/// Spreads the keys of the bands over one key space.
const BAND: u32 = 0x9E37_79B1;
/// Units whose keys are made by one task.
const BATCH: usize = 1024;

/// The postings of some units, by space.
#[derive(Clone, Debug, Default)]
pub(super) struct Postings([Vec<Posting>; Space::ALL.len()]);

/// A statement to be compared.
#[derive(Clone, Copy, Debug)]
pub(super) struct Statement<'a> {
    /// Its document.
    pub(super) document: &'a Document,
    /// Where it stands there.
    pub(super) span: Span,
    /// The hash of its words.
    pub(super) hash: u64,
    /// Its unit.
    pub(super) unit: u32,
}

/// A quote to be compared.
#[derive(Clone, Copy, Debug)]
pub(super) struct Speech<'a> {
    /// Its document.
    pub(super) document: &'a Document,
    /// The language of the document.
    pub(super) language: Language,
    /// The quote.
    pub(super) quote: &'a Quote,
    /// Its number in the index.
    pub(super) number: u32,
}

impl Postings {
    /// The postings of statements and quotes.
    pub(super) fn of(
        statements: &[Statement<'_>],
        quotes: &[Speech<'_>],
        frequencies: &DocumentFrequencies,
    ) -> Self {
        let of_statements = statements.par_chunks(BATCH).map(|batch| {
            let mut maker = Maker::new();
            batch.iter().for_each(|statement| maker.statement(statement, frequencies));
            maker.postings
        });
        let of_quotes = quotes.par_chunks(BATCH).map(|batch| {
            let mut maker = Maker::new();
            batch.iter().for_each(|quote| maker.quote(quote, frequencies));
            maker.postings
        });
        let mut postings = Postings::default();
        let parts: Vec<Postings> = of_statements.chain(of_quotes).collect();
        for part in parts {
            for (all, part) in postings.0.iter_mut().zip(part.0) {
                all.extend(part);
            }
        }
        for space in &mut postings.0 {
            space.par_sort_unstable();
            space.dedup();
        }
        postings
    }

    /// The postings of a space, sorted.
    pub(super) fn space(&self, space: Space) -> &[Posting] {
        &self.0[space as usize]
    }

    /// The different keys of a space, sorted.
    pub(super) fn keys(&self, space: Space) -> Vec<u32> {
        let mut keys: Vec<u32> = self.space(space).iter().map(|posting| posting.key()).collect();
        keys.dedup();
        keys
    }

    /// Adds those of units that are `new` to the index.
    pub(super) fn keep(&self, index: &Index, new: impl Fn(Space, u32) -> bool) -> Result<()> {
        for space in Space::ALL {
            let postings = self.space(space).iter().copied();
            let postings = postings.filter(|posting| new(space, posting.unit())).collect();
            index.add_postings(space, postings)?;
        }
        Ok(())
    }
}

/// The key of a statement in the space of whole wordings.
pub(super) fn words_key(hash: u64) -> u32 {
    (hash >> (u64::BITS - KEY_BITS)) as u32
}

/// Makes postings, one a task.
struct Maker {
    fingerprinter: Fingerprinter,
    postings: Postings,
    words: Vec<Word>,
    bands: Vec<u32>,
    others: Vec<u32>,
    keys: Vec<u64>,
    translations: TranslationKeys,
}

impl Maker {
    fn new() -> Self {
        Maker {
            fingerprinter: Fingerprinter::new(&KeyParameters::default()),
            postings: Postings::default(),
            words: Vec::new(),
            bands: Vec::new(),
            others: Vec::new(),
            keys: Vec::new(),
            translations: TranslationKeys::default(),
        }
    }

    fn statement(&mut self, statement: &Statement<'_>, frequencies: &DocumentFrequencies) {
        self.words.clear();
        text::words_into(&statement.document.text, statement.span, &mut self.words);
        let (bands, others) = (&mut self.bands, &mut self.others);
        self.fingerprinter.short_keys_into(&self.words, frequencies, bands, others);
        let unit = statement.unit;
        let bands = self.bands.iter().zip(0u32..);
        self.postings.0[Space::Band as usize].extend(
            bands.map(|(&key, band)| Posting::of_hash(key ^ band.wrapping_mul(BAND), unit)),
        );
        self.postings.0[Space::List as usize]
            .extend(self.others.iter().map(|&key| Posting::of_hash(key, unit)));
        self.postings.0[Space::Words as usize].push(Posting::new(words_key(statement.hash), unit));
    }

    fn quote(&mut self, speech: &Speech<'_>, frequencies: &DocumentFrequencies) {
        let Speech { document, language, quote, number } = *speech;
        let (words, keys) = (&mut self.words, &mut self.keys);
        quotes::keys_into(&mut self.fingerprinter, &document.text, quote, words, keys);
        let posting = |&key: &u64| Posting::of_hash((key >> 32) as u32, number);
        self.postings.0[Space::Quote as usize].extend(keys.iter().map(posting));
        let prepared = prepare_quote(document, language, quote, frequencies);
        self.translations.keys_into(&prepared, keys);
        self.postings.0[Space::Translation as usize].extend(keys.iter().map(posting));
    }
}

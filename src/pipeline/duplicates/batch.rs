//! One block of records to its units: the hot path, run by each thread on its own.

use xxhash_rust::xxh3::xxh3_64;

use crate::fingerprint::{Fingerprinter, KeyParameters};
use crate::join::BandTable;
use crate::model::{Problem, Span};
use crate::read::{Block, TextRecord};
use crate::text::{self, Word};

/// What of a record is a unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Units {
    /// The record as it stands.
    Records,
    /// Its sentences.
    Sentences,
}

/// A record with a text.
#[derive(Clone, Copy, Debug)]
pub(super) struct RecordEntry {
    /// Where its id ends in [`Batch::ids`].
    pub(super) id_end: u32,
    /// Where its units end in [`Batch::units`].
    pub(super) units_end: u32,
    /// Its file, in [`Batch::paths`].
    pub(super) path: u32,
    /// Its line; 0 where lines are not records.
    pub(super) line: u64,
    /// xxh3-64 of the text.
    pub(super) digest: u64,
}

/// A unit of a record.
#[derive(Clone, Copy, Debug)]
pub(super) struct UnitEntry {
    /// Its number among the record's sentences; [`UnitEntry::WHOLE`] for the record itself.
    pub(super) ordinal: u32,
    /// Where its shingles end in [`Batch::shingles`].
    pub(super) shingles_end: u32,
    /// The hash of its words; equal for texts that differ in case, marks and space only.
    pub(super) content: u64,
}

impl UnitEntry {
    /// The ordinal of a unit that is a whole record.
    pub(super) const WHOLE: u32 = u32::MAX;
}

/// The units of one block in flat arrays.
#[derive(Debug, Default)]
pub(super) struct Batch {
    pub(super) paths: Vec<String>,
    pub(super) ids: String,
    pub(super) entries: Vec<RecordEntry>,
    pub(super) units: Vec<UnitEntry>,
    /// The sorted shingle sets of the units, one after the other.
    pub(super) shingles: Vec<u32>,
    /// The band keys of the units.
    pub(super) bands: BandTable,
    pub(super) wordless: u64,
    pub(super) problems: Vec<Problem>,
}

impl Batch {
    /// The number of records.
    pub(super) fn records(&self) -> usize {
        self.entries.len()
    }

    /// The id of a record.
    pub(super) fn id(&self, record: usize) -> &str {
        let start = if record == 0 { 0 } else { self.entries[record - 1].id_end };
        &self.ids[start as usize..self.entries[record].id_end as usize]
    }

    /// The shingle set of a unit.
    pub(super) fn shingles(&self, unit: usize) -> &[u32] {
        let start = if unit == 0 { 0 } else { self.units[unit - 1].shingles_end };
        &self.shingles[start as usize..self.units[unit].shingles_end as usize]
    }
}

/// Makes batches; holds a thread's scratch space.
pub(super) struct Batcher {
    units: Units,
    shingle: usize,
    bands: usize,
    fingerprinter: Fingerprinter,
    words: Vec<Word>,
    hashes: Vec<u8>,
    set: Vec<u32>,
    band_keys: Vec<u32>,
}

impl Batcher {
    pub(super) fn new(parameters: &KeyParameters, units: Units) -> Self {
        Batcher {
            units,
            shingle: parameters.shingle,
            bands: parameters.curve.bands,
            fingerprinter: Fingerprinter::new(parameters),
            words: Vec::new(),
            hashes: Vec::new(),
            set: Vec::new(),
            band_keys: Vec::new(),
        }
    }

    /// The units of a block.
    pub(super) fn batch(&mut self, block: &Block) -> Batch {
        let bands = BandTable::with_capacity(self.bands, 0);
        let mut batch = Batch { bands, ..Batch::default() };
        batch.problems = block.texts(|path, record| self.add(&mut batch, path, &record));
        batch.ids.shrink_to_fit();
        batch.entries.shrink_to_fit();
        batch.units.shrink_to_fit();
        batch.shingles.shrink_to_fit();
        batch.bands.shrink_to_fit();
        batch
    }

    fn add(&mut self, batch: &mut Batch, path: &str, record: &TextRecord<'_>) {
        if batch.paths.last().is_none_or(|last| last != path) {
            batch.paths.push(path.to_owned());
        }
        let text = &*record.text;
        match self.units {
            Units::Records => {
                self.add_unit(batch, text, Span::new(0, text.len()), UnitEntry::WHOLE);
            }
            Units::Sentences => {
                let sentences = text::segment(text, text::detect_language(text, None));
                let single = sentences.len() == 1;
                for (sentence, ordinal) in sentences.iter().zip(0..) {
                    let ordinal = if single { UnitEntry::WHOLE } else { ordinal };
                    self.add_unit(batch, text, sentence.span, ordinal);
                }
            }
        }
        batch.ids.push_str(&record.id);
        batch.entries.push(RecordEntry {
            id_end: batch.ids.len() as u32,
            units_end: batch.units.len() as u32,
            path: batch.paths.len() as u32 - 1,
            line: record.record.unwrap_or(0),
            digest: xxh3_64(text.as_bytes()),
        });
    }

    fn add_unit(&mut self, batch: &mut Batch, text: &str, span: Span, ordinal: u32) {
        self.words.clear();
        text::tokens_into(text, span, &mut self.words);
        if self.words.is_empty() {
            batch.wordless += 1;
            return;
        }
        text::shingle_set_into(&self.words, self.shingle, &mut self.set);
        self.band_keys.clear();
        self.fingerprinter.short_band_keys_into(&self.set, &mut self.band_keys);
        batch.bands.push(&self.band_keys);
        batch.shingles.extend_from_slice(&self.set);
        self.hashes.clear();
        self.hashes.extend(self.words.iter().flat_map(|word| word.hash.to_le_bytes()));
        batch.units.push(UnitEntry {
            ordinal,
            shingles_end: batch.shingles.len() as u32,
            content: xxh3_64(&self.hashes),
        });
    }
}

/// The records that tell whether records are sentences.
const SAMPLE: usize = 250;
/// So much of a record is looked at.
const SAMPLE_BYTES: usize = 4096;

/// Whether the first records hold one sentence each. A few may seem to hold two (an odd
/// abbreviation, a quote): people who work with a sentence a line want their lines back, so one
/// such record in twenty does not make a file of sentences a file of articles.
pub(super) fn rows_are_sentences(block: &Block) -> bool {
    let (mut records, mut several) = (0, 0);
    block.texts(|_, record| {
        if records < SAMPLE {
            records += 1;
            let text = &record.text[..record.text.floor_char_boundary(SAMPLE_BYTES)];
            let sentences = text::segment(text, text::detect_language(text, None));
            several += usize::from(sentences.len() > 1);
        }
    });
    several * 20 <= records
}

//! All keys of a unit.

use xxhash_rust::xxh3::xxh3_64;

use super::band::{self, Curve, band_keys};
use super::gram::{self, Winnowing};
use super::minhash::MinHasher;
use super::term::{self, Term, TermSelection};
use crate::model::DocumentFrequencies;
use crate::text::{Word, shingle_set_into};

/// Everything that decides which keys a unit gets. Keys of different parameters must never be
/// joined: compare [`KeyParameters::fingerprint`].
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct KeyParameters {
    /// The words of a shingle.
    pub shingle: usize,
    /// The S-curve of the `band` space.
    pub curve: Curve,
    /// The `gram` space.
    pub winnowing: Winnowing,
    /// The `term` space.
    pub terms: TermSelection,
    /// Changes every key.
    pub seed: u64,
}

impl KeyParameters {
    /// The parameters with which near-duplicates of a Jaccard similarity are found.
    pub fn for_similarity(similarity: f64) -> Self {
        KeyParameters {
            shingle: 3,
            curve: Curve::for_similarity(similarity),
            winnowing: Winnowing { words: 4, window: 4, short: 8 },
            terms: TermSelection { words: 8, share: 0.01, documents: 8, accidents: 0.6 },
            seed: 0,
        }
    }

    /// A number that stays the same as long as the keys do, on any machine. The first part is the
    /// version of the functions that make the keys.
    pub fn fingerprint(&self) -> u64 {
        xxh3_64(format!("keys 4 {self:?}").as_bytes())
    }
}

impl Default for KeyParameters {
    fn default() -> Self {
        KeyParameters { curve: Curve { bands: 10, rows: 3 }, ..KeyParameters::for_similarity(0.5) }
    }
}

/// The bit by which keys of the `gram` space are told from those of the `term` space.
const GRAM: u32 = 1;

/// Whether a key of [`Fingerprinter::short_keys_into`] belongs to the `gram` space, so that units
/// which have it share a run of words.
pub fn is_gram(key: u32) -> bool {
    key & GRAM == GRAM
}

/// Makes keys; holds the scratch space for it, one a thread.
#[derive(Clone, Debug)]
pub struct Fingerprinter {
    parameters: KeyParameters,
    hasher: MinHasher,
    shingles: Vec<u32>,
    signature: Vec<u32>,
    keys: Vec<u64>,
    terms: Vec<Term>,
}

impl Fingerprinter {
    /// A maker of keys of these parameters.
    pub fn new(parameters: &KeyParameters) -> Self {
        Fingerprinter {
            parameters: *parameters,
            hasher: MinHasher::new(parameters.curve.lanes(), parameters.seed),
            shingles: Vec::new(),
            signature: Vec::new(),
            keys: Vec::new(),
            terms: Vec::new(),
        }
    }

    /// Puts all keys of a unit in place of what `out` held, sorted and distinct.
    pub fn keys_into(
        &mut self,
        words: &[Word],
        frequencies: &DocumentFrequencies,
        out: &mut Vec<u64>,
    ) {
        out.clear();
        self.band_keys_into(words, out);
        self.gram_keys_into(words, out);
        self.term_keys_into(words, frequencies, out);
        out.sort_unstable();
        out.dedup();
    }

    /// Appends the keys of the `band` space: one a band, none for a unit without words.
    pub fn band_keys_into(&mut self, words: &[Word], out: &mut Vec<u64>) {
        shingle_set_into(words, self.parameters.shingle, &mut self.shingles);
        if !self.shingles.is_empty() {
            self.hasher.signature_into(&self.shingles, &mut self.signature);
            let Curve { rows, .. } = self.parameters.curve;
            out.extend(band_keys(&self.signature, rows, band::seed(self.parameters.seed)));
        }
    }

    /// Appends to `out` one 32-bit key a band for a set of shingles that is not empty, for
    /// [`crate::join::BandTable`].
    pub fn short_band_keys_into(&mut self, shingles: &[u32], out: &mut Vec<u32>) {
        self.hasher.signature_into(shingles, &mut self.signature);
        let rows = self.parameters.curve.rows;
        out.extend(band_keys(&self.signature, rows, 0).map(|key| (key >> 32) as u32));
    }

    /// Puts all keys of a unit with words in place of what `bands` and `others` held, in 32 bits
    /// each: one a band, and those of the other spaces, sorted and distinct. The lowest bit of the
    /// latter tells the space: see [`is_gram`].
    pub fn short_keys_into(
        &mut self,
        words: &[Word],
        frequencies: &DocumentFrequencies,
        bands: &mut Vec<u32>,
        others: &mut Vec<u32>,
    ) {
        bands.clear();
        others.clear();
        let mut shingles = std::mem::take(&mut self.shingles);
        shingle_set_into(words, self.parameters.shingle, &mut shingles);
        self.short_band_keys_into(&shingles, bands);
        self.shingles = shingles;
        let mut keys = std::mem::take(&mut self.keys);
        keys.clear();
        self.gram_keys_into(words, &mut keys);
        others.extend(keys.drain(..).map(|key| (key >> 32) as u32 | GRAM));
        self.term_keys_into(words, frequencies, &mut keys);
        others.extend(keys.iter().map(|key| (key >> 32) as u32 & !GRAM));
        self.keys = keys;
        others.sort_unstable();
        others.dedup();
    }

    /// Appends the keys of the `gram` space.
    pub fn gram_keys_into(&self, words: &[Word], out: &mut Vec<u64>) {
        let seed = gram::seed(self.parameters.seed);
        self.parameters.winnowing.keys_into(words, seed, out);
    }

    /// Appends the keys of the `term` space.
    pub fn term_keys_into(
        &mut self,
        words: &[Word],
        frequencies: &DocumentFrequencies,
        out: &mut Vec<u64>,
    ) {
        let seed = term::seed(self.parameters.seed);
        self.parameters.terms.keys_into(words, frequencies, seed, &mut self.terms, out);
    }
}

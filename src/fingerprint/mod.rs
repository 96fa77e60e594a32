//! Units to keys: what must two units share to be worth comparing?
//!
//! A unit (a sentence or a quote, as its words) gets 64-bit keys in three spaces; two units with a
//! key in common become a candidate pair. Keys decide nothing: every candidate is verified.
//!
//! | space | keys of a unit | finds | at most |
//! |---|---|---|---|
//! | [`band`] | bands of a MinHash signature of its word shingles | near-duplicates | one a band |
//! | [`gram`] | winnowed word n-grams; all of them for a short unit | a clause or short quote inside a longer sentence | one a word, 11 for a short unit |
//! | [`term`] | pairs of its rarest words | paraphrase | pairs of [`KeyParameters::terms`] words |
//!
//! Band and gram keys depend on the unit alone, so a stored collection can grow without touching
//! them; term keys also depend on document frequencies.

pub mod band;
pub mod gram;
mod keys;
pub mod minhash;
pub mod term;

pub use band::Curve;
pub use keys::{Fingerprinter, KeyParameters, is_gram};
pub use minhash::MinHasher;

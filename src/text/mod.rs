//! Text to spans: words, sentences, paragraphs, language. Pure functions of a `&str`; they cannot
//! fail.

mod segment;
mod shingle;
mod words;

pub use segment::segment;
pub use shingle::{jaccard, shared_shingles, shingle, shingle_set_into, shingles_into};
pub use words::{Word, fold, words, words_into};

//! Text to spans: words, sentences, paragraphs, language. Pure functions of a `&str`; they cannot
//! fail.

mod segment;
mod words;

pub use segment::segment;
pub use words::{Word, fold, words, words_into};

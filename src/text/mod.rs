//! Text to spans: words, sentences, paragraphs, language, credits. Pure functions of a `&str`;
//! they cannot fail.

mod alphabet;
mod credit;
mod eight_bytes;
mod language;
mod normalise;
mod numbers;
mod segment;
mod shingle;
mod sounds;
mod words;

pub use credit::{Credit, CreditKind, credit_lines, outlet, sources};
pub use language::detect_language;
pub use normalise::{Normalised, normalise};
pub use numbers::{rows_by_language, written_number, written_numbers};
pub use segment::{SEGMENTATION_VERSION, segment};
pub use shingle::{jaccard, shared_shingles, shingle, shingle_set_into, shingles_into};
pub use sounds::{full_name_sounds, name_sounds, root_sounds, sound_alike};
pub use words::{BYTES_A_WORD, Word, fold, tokens_into, words, words_into};

//! Words: where they are, and the form under which they are compared.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;
use unicode_segmentation::UnicodeSegmentation;
use xxhash_rust::xxh3::xxh3_64;

use crate::model::Span;

/// A word of a text (UAX #29), known by the hash of its folded form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Word {
    /// Its place in the text.
    pub span: Span,
    /// xxh3-64 of [`fold`] of the word.
    pub hash: u64,
}

/// The form under which a word is compared: compatibility-composed (NFKC), case-folded, with the
/// typographic apostrophe made a plain one.
pub fn fold(word: &str) -> Cow<'_, str> {
    if word.is_ascii() {
        if word.bytes().any(|byte| byte.is_ascii_uppercase()) {
            return Cow::Owned(word.to_ascii_lowercase());
        }
        return Cow::Borrowed(word);
    }
    let composed: String = word.nfkc().collect();
    Cow::Owned(caseless::default_case_fold_str(&composed).replace(['’', '‘', 'ʼ'], "'"))
}

/// Appends the words of `text[span]` to `out`, with spans relative to the whole text.
pub fn words_into(text: &str, span: Span, out: &mut Vec<Word>) {
    for (offset, word) in span.of(text).unicode_word_indices() {
        let start = span.start as usize + offset;
        out.push(Word {
            span: Span::new(start, start + word.len()),
            hash: xxh3_64(fold(word).as_bytes()),
        });
    }
}

/// The words of a whole text.
pub fn words(text: &str) -> Vec<Word> {
    let mut out = Vec::new();
    words_into(text, Span::new(0, text.len()), &mut out);
    out
}

//! Sentences: UAX #29 candidates.

use unicode_segmentation::UnicodeSegmentation;

use crate::model::{Language, Sentence, SentenceKind, Span};

/// Splits a text into its units, in order; white space between them belongs to none.
pub fn segment(text: &str, _language: Language) -> Vec<Sentence> {
    let mut sentences = Vec::new();
    let mut paragraph = 0;
    let mut line_start = 0;
    for line in text.split_inclusive('\n') {
        for (offset, candidate) in line.split_sentence_bound_indices() {
            let trimmed = candidate.trim();
            if trimmed.is_empty() {
                continue;
            }
            let lead = candidate.len() - candidate.trim_start().len();
            let start = line_start + offset + lead;
            sentences.push(Sentence {
                span: Span::new(start, start + trimmed.len()),
                kind: SentenceKind::Prose,
                paragraph,
            });
        }
        paragraph += 1;
        line_start += line.len();
    }
    sentences
}

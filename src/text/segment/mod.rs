//! Sentences and the other units of an article.
//!
//! Three steps: the [`layout`] finds the paragraphs, the form of a paragraph and the pattern files
//! tell headings, list items, datelines and page furniture from the story, and [`boundary`] splits
//! what is left into sentences. Quotations are split inside, for a shortened quotation must be
//! found again; a mark that closes one never opens the next sentence.
//!
//! The units of a text are in order, do not overlap, have no white space around them, and cover
//! everything that is not white space.

mod abbreviation;
mod boundary;
mod byline;
mod dateline;
mod full_stop;
mod furniture;
mod item;
mod kind;
mod layout;
mod next;
mod terminator;
mod time_words;

use crate::model::{Language, Sentence, SentenceKind, Span};
use abbreviation::Rules;
use furniture::Section;

pub(super) use abbreviation::openers;
pub(super) use byline::byline;
pub(super) use dateline::dateline;
pub(super) use layout::paragraphs;

/// The version of the rules and data files of [`segment`]. Sentence numbers and keys of a stored
/// collection depend on it, so it belongs into the fingerprint of what made an index.
pub const SEGMENTATION_VERSION: u32 = 1;

/// A paragraph that starts with furniture is furniture up to this length, in bytes.
const FURNITURE_PARAGRAPH: usize = 400;

/// Splits a text into its units.
pub fn segment(text: &str, language: Language) -> Vec<Sentence> {
    let rules = Rules::of(language);
    let mut units = Vec::with_capacity(text.len() / 100);
    let mut ranges = Vec::new();
    let mut section = Section::default();
    for (index, paragraph) in paragraphs(text).into_iter().enumerate() {
        let content = &text[paragraph.clone()];
        let mut unit = |start: usize, end: usize, kind: SentenceKind| {
            let paragraph = u32::try_from(index).unwrap_or(u32::MAX);
            units.push(Sentence { span: Span::new(start, end), kind, paragraph });
        };
        let bullet = kind::bullet_length(content) > 0 && kind::dash_is_bullet(content, language);
        let mut start = paragraph.start;
        if !bullet && let Some(dateline) = dateline(content, index == 0) {
            unit(start, start + dateline.end, SentenceKind::Dateline);
            let rest = &content[dateline.end..];
            start = paragraph.end - rest.trim_start().len();
        }
        ranges.clear();
        if start < paragraph.end {
            boundary::sentences(text, start..paragraph.end, rules, &mut ranges);
        }
        let mut furniture = section.takes(content, ranges.len());
        let alone = ranges.len() == 1 && start == paragraph.start;
        for (place, range) in ranges.iter().enumerate() {
            let sentence = &text[range.clone()];
            let matches = section.is_furniture(sentence, alone);
            // What follows furniture in a short paragraph is furniture too (copyright lines).
            furniture |= matches && place == 0 && content.len() <= FURNITURE_PARAGRAPH;
            let kind = if furniture || matches {
                SentenceKind::Furniture
            } else if bullet {
                SentenceKind::Bullet
            } else if alone && kind::is_heading(sentence) {
                SentenceKind::Heading
            } else {
                SentenceKind::Prose
            };
            unit(range.start, range.end, kind);
        }
    }
    units
}

#[cfg(test)]
mod tests;

//! The units of a text.

use super::Span;

/// What kind of text a unit is. Only prose and bullets state something that can be reused; the
/// others are kept so that every character of a document belongs to a named thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SentenceKind {
    /// A sentence of the story.
    Prose,
    /// A heading or subheading.
    Heading,
    /// An item of a list (a summary point, say).
    Bullet,
    /// `LONDON, March 3 (Reuters) -` before the first sentence.
    Dateline,
    /// Page furniture: reply forms, share lines, source lists, photo credits, sign-up lines.
    Furniture,
}

impl SentenceKind {
    /// The name in outputs and tests.
    pub fn name(self) -> &'static str {
        match self {
            SentenceKind::Prose => "prose",
            SentenceKind::Heading => "heading",
            SentenceKind::Bullet => "bullet",
            SentenceKind::Dateline => "dateline",
            SentenceKind::Furniture => "furniture",
        }
    }

    /// Whether a unit of this kind takes part in the search for reuse.
    pub fn is_statement(self) -> bool {
        matches!(self, SentenceKind::Prose | SentenceKind::Bullet)
    }
}

/// A sentence, or another unit of the text, without the white space around it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// Its place in the document's text.
    pub span: Span,
    /// What it is.
    pub kind: SentenceKind,
    /// The paragraph it stands in, counted from 0.
    pub paragraph: u32,
}

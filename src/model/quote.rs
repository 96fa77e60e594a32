//! Speech: what was said, by whom, with which words of saying.

use super::Span;

/// How speech is reported, and what only looks like speech.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum QuoteKind {
    /// Whole words of a speaker between marks.
    Direct,
    /// A reported clause that is quoted in part.
    Mixed,
    /// A paragraph set off as a quotation.
    Block,
    /// Speech reported without marks.
    Indirect,
    /// Words held at arm's length; not speech.
    Scare,
    /// The title of a work, a nickname or a name in marks; not speech.
    Title,
}

impl QuoteKind {
    /// The name in the output.
    pub fn name(self) -> &'static str {
        match self {
            QuoteKind::Direct => "direct",
            QuoteKind::Mixed => "mixed",
            QuoteKind::Block => "block",
            QuoteKind::Indirect => "indirect",
            QuoteKind::Scare => "scare",
            QuoteKind::Title => "title",
        }
    }

    /// Whether this is somebody's speech.
    pub fn is_speech(self) -> bool {
        !matches!(self, QuoteKind::Scare | QuoteKind::Title)
    }

    /// Whether the words themselves are quoted, so that they can be traced.
    pub fn is_quoted_speech(self) -> bool {
        matches!(self, QuoteKind::Direct | QuoteKind::Mixed | QuoteKind::Block)
    }
}

/// How a speaker was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SpeakerMethod {
    /// Named in full beside the quote.
    Explicit,
    /// A surname, resolved to a full name of the document.
    Surname,
    /// A title or role ("the president"), resolved or left as it stands.
    Title,
    /// A pronoun, resolved to a person of the document.
    Pronoun,
    /// Carried over from the quote before.
    Continued,
    /// An unnamed source, kept anonymous.
    Anonymous,
}

impl SpeakerMethod {
    /// Whether the speaker is told by what he is, which can mean many, and not by a name.
    pub fn is_description(self) -> bool {
        matches!(self, SpeakerMethod::Title | SpeakerMethod::Anonymous)
    }

    /// The name in the output.
    pub fn name(self) -> &'static str {
        match self {
            SpeakerMethod::Explicit => "explicit",
            SpeakerMethod::Surname => "surname",
            SpeakerMethod::Title => "title",
            SpeakerMethod::Pronoun => "pronoun",
            SpeakerMethod::Continued => "continued",
            SpeakerMethod::Anonymous => "anonymous",
        }
    }
}

/// Who said it.
#[derive(Clone, Debug, PartialEq)]
pub struct Speaker {
    /// The resolved name: the fullest form the document gives.
    pub name: String,
    /// The words that name the speaker beside the quote ("he"), where there are any.
    pub mention: Option<Span>,
    /// How the name was found.
    pub method: SpeakerMethod,
    /// The probability that these words name the speaker, 0 to 1: the share that was right of all
    /// speakers found in the same place and way in news whose speakers are known.
    pub confidence: f32,
}

/// The words of saying.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cue {
    /// Their place in the text.
    pub span: Span,
    /// "did not say", "might say": the speech is not asserted.
    pub negated_or_modal: bool,
}

/// One quotation. An interrupted quote ("…," she said, "…") is one quote with several parts.
#[derive(Clone, Debug, PartialEq)]
pub struct Quote {
    /// What kind of quote it is.
    pub kind: QuoteKind,
    /// The quoted words without their marks, in order of the text; never empty.
    pub parts: Vec<Span>,
    /// Who said it, where that can be told.
    pub speaker: Option<Speaker>,
    /// The words of saying, where there are any.
    pub cue: Option<Cue>,
    /// The opening mark has no closing one; the quote ends with its paragraph.
    pub unclosed: bool,
}

impl Quote {
    /// From the first part's start to the last part's end.
    pub fn cover(&self) -> Span {
        Span { start: self.parts[0].start, end: self.parts[self.parts.len() - 1].end }
    }

    /// The parts within a span of the document's text.
    pub fn parts_within(&self, span: Span) -> &[Span] {
        let first = self.parts.partition_point(|part| part.start < span.start);
        let end = self.parts.partition_point(|part| part.end <= span.end);
        &self.parts[first..end.max(first)]
    }

    /// The quoted words, parts joined by a space.
    pub fn text(&self, document_text: &str) -> String {
        self.text_within(self.cover(), document_text)
    }

    /// The quoted words of the parts within a span of the document's text, joined by a space.
    pub fn text_within(&self, span: Span, document_text: &str) -> String {
        let mut text = String::new();
        for part in self.parts_within(span) {
            if !text.is_empty() {
                text.push(' ');
            }
            text.push_str(part.of(document_text));
        }
        text
    }
}

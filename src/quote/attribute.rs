//! Attribution: the words of saying beside a quotation and the words that name the speaker.
//!
//! The orders tried, the surest first: a tag after the quote ("…," said Smith), a cue with a comma
//! or colon before it (Smith said: "…"), any cue in the same sentence, a press-release dash, and
//! the sentence before or after. What decides between them is punctuation more than distance.

use super::assemble::WINDOW;
use super::clause::Opening;
use super::cue::CueAt;
use super::frames::{Frame, Frames, Item};
use super::lexicon::{Class, Lexicon};
use super::mention::{Mention, MentionKind};
use super::people::People;
use super::tokens::Form;
use crate::model::{Cue, Language, Span};

/// Where the cue stands; each place has its own reliability.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Place {
    /// "…," Smith said.
    TagAfter,
    /// Smith said: "…"
    CueBefore,
    /// Smith said that it was "…".
    SameSentence,
    /// Smith was blunt: "…"
    Colon,
    /// "…" — Smith, director
    Signature,
    /// "…." Smith said he was tired.
    NextSentence,
    /// Smith was tired. "…"
    SentenceBefore,
    /// The quotation before has this speaker.
    Continued,
    /// The sentence is in the mood of reported speech; the cue stands before it.
    Reported,
}

/// What was found about a quotation's speaker.
#[derive(Clone, Copy, Debug)]
pub(super) struct Attribution {
    /// The words of saying, where there are any.
    pub(super) cue: Option<Span>,
    /// The words that name the speaker, where there are any.
    pub(super) mention: Option<Mention>,
    /// Where it was found.
    pub(super) place: Place,
    /// "did not say".
    pub(super) negated_or_modal: bool,
    /// One past the last item of the tag, for joining interrupted quotations.
    pub(super) tag_end: usize,
    /// The token of a word that points back at the mention: "ein Hacker, der behauptet", "Demnach …".
    pub(super) pointer: Option<usize>,
    /// The clause of the cue is itself in the mood of reported speech: another speaks.
    pub(super) told: bool,
}

impl Attribution {
    /// The speaker of a transcript's label.
    pub(super) fn labelled(mention: Mention) -> Self {
        Attribution::without_cue(mention, Place::Colon, 0)
    }

    /// A speaker whom no word of saying gives away.
    pub(super) fn without_cue(mention: Mention, place: Place, tag_end: usize) -> Self {
        Attribution {
            cue: None,
            mention: Some(mention),
            place,
            negated_or_modal: false,
            tag_end,
            pointer: None,
            told: false,
        }
    }

    /// The cue as the output has it.
    pub(super) fn said(&self) -> Option<Cue> {
        self.cue.map(|span| Cue { span, negated_or_modal: self.negated_or_modal })
    }
}

/// Finds cues and speakers in a text's frames.
pub(super) struct Attributor<'f, 't, 'a> {
    /// The text.
    pub(super) frames: &'f Frames<'t, 'a>,
    /// Whom it names.
    pub(super) people: &'f People,
    /// Its language's words.
    pub(super) lexicon: &'static Lexicon,
    /// The language, for its word order.
    pub(super) language: Language,
}

/// How far from a quotation a tag's verb may stand, in items.
pub(super) const FARTHEST_VERB: usize = 48;

impl Attributor<'_, '_, '_> {
    pub(super) fn is(&self, item: usize, class: Class) -> bool {
        self.frames.token(item).is_some_and(|token| token.is(class))
    }

    pub(super) fn form(&self, item: usize) -> Option<Form> {
        self.frames.form(item)
    }

    pub(super) fn is_quotation(&self, item: usize) -> bool {
        matches!(self.frames.items.get(item), Some(Item::Quotation(_)))
    }

    pub(super) fn attribution(
        &self,
        cue: CueAt,
        low: usize,
        mention: Mention,
        place: Place,
        tag_end: usize,
    ) -> Attribution {
        Attribution {
            cue: self.cue_span(cue),
            mention: Some(mention),
            place,
            negated_or_modal: self.is_negated_or_modal(cue, low),
            tag_end,
            pointer: self.relative_pronoun(cue, low, mention),
            told: self.is_told(cue, low, tag_end),
        }
    }

    /// Whether punctuation before an item lets a tag begin there: ", so Smith", "– so Smith –".
    pub(super) fn is_set_apart(&self, item: usize, low: usize) -> bool {
        item > low && matches!(self.form(item - 1), Some(Form::Comma | Form::Dash | Form::Open))
    }

    /// A cue without a verb behind the quotation, which speaks for the whole sentence: "… kam es nach
    /// Angaben der Polizei zu …", "… waren dem Bericht zufolge …".
    pub(super) fn source_behind(
        &self,
        quote: usize,
        low: usize,
        end: usize,
    ) -> Option<Attribution> {
        if self.language != Language::German {
            return None;
        }
        (quote + 1..end.min(quote + FARTHEST_VERB)).find_map(|item| {
            let cue = self.cue_at(item, end, Class::SAY)?;
            let source = cue.verbless || self.is(item, Class::POSTPOSITION);
            if !source || cue.tag_only && !self.is_set_apart(item, low) {
                return None;
            }
            let mention = self.subject_of(cue, quote + 1, end)?;
            Some(self.attribution(cue, low, mention, Place::SameSentence, end))
        })
    }

    /// "Das berichtet die Zeitung.": the sentence behind says whose the one before is.
    pub(super) fn confirms(&self, frame: Frame) -> Option<Attribution> {
        if self.language != Language::German || frame.end < frame.start + 3 {
            return None;
        }
        if let Some(subject) = self.ends_with_words(frame) {
            return Some(Attribution::without_cue(subject, Place::NextSentence, frame.end));
        }
        if !self.is(frame.start, Class::DEMONSTRATIVE) {
            return None;
        }
        let verb = frame.start + 1;
        let cue = self.cue_at(verb, frame.end, Class::SAY)?;
        let mention = self.subject_of(cue, frame.start, frame.end)?;
        (mention.first > self.first_token(verb)?)
            .then(|| self.attribution(cue, frame.start, mention, Place::NextSentence, frame.end))
    }

    /// "Mit diesen Worten trat der Klinikchef zurück.": a sentence without marks of its own.
    fn ends_with_words(&self, frame: Frame) -> Option<Mention> {
        let words = self.is(frame.start, Class::PREPOSITION)
            && self.is(frame.start + 1, Class::DETERMINER)
            && !self.is(frame.start + 1, Class::INDEFINITE)
            && self.is(frame.start + 2, Class::SAYING);
        let bare = self.open_run(frame.start, frame.end) == frame.end;
        let subject = (words && bare).then(|| self.nominative(frame.start, frame.end)).flatten()?;
        self.is_person(subject).then_some(subject)
    }

    fn first_token(&self, item: usize) -> Option<usize> {
        match self.frames.items[item] {
            Item::Token(token) => Some(token),
            Item::Quotation(_) => None,
        }
    }

    /// Whether a tag can begin at an item: with its verb, an auxiliary or a verbless cue.
    pub(super) fn begins_tag(&self, item: usize, high: usize) -> bool {
        self.is(item, Class::AUXILIARY)
            || self.cue_at(item, high, Class::SAY.or(Class::THINK).or(Class::CALL)).is_some()
    }

    /// Whether the clause of a cue is itself in the mood of reported speech, or depends on one that is: "Es sei
    /// schwierig, dass die Gemeinde jemanden findet".
    pub(super) fn is_told(&self, cue: CueAt, low: usize, high: usize) -> bool {
        if cue.verbless {
            return false;
        }
        let depends = || match self.opening(cue.start, low) {
            Opening::Subordinate(at) if self.is(at, Class::THAT) && at > low + 1 => {
                let main = self.after_comma_before(at - 1, low);
                self.is_in_reported_clause(at - 1, low, at)
                    && self.opens_clause(main, low).is_none()
                    && !self.is_person_clause(main, at)
            }
            _ => false,
        };
        self.is_in_reported_clause(cue.start, low, high)
            || self.language == Language::German && depends()
    }

    /// Whether somebody is the subject of the clause between two items.
    fn is_person_clause(&self, low: usize, high: usize) -> bool {
        self.nominative(low, high)
            .is_some_and(|subject| self.is_person(subject) || subject.kind == MentionKind::Pronoun)
    }

    /// Whether the clause of an item is in the mood of reported speech.
    pub(super) fn is_in_reported_clause(&self, item: usize, low: usize, high: usize) -> bool {
        self.language == Language::German
            && (self.after_comma_before(item, low)..self.clause_end(item, high))
                .any(|item| self.is_reported_verb(item))
    }

    /// Whether the clause that a mention stands in is in the mood of reported speech.
    pub(super) fn is_in_report(&self, mention: Mention, low: usize, high: usize) -> bool {
        (low..high)
            .find(|&item| self.frames.items[item] == Item::Token(mention.first))
            .is_some_and(|item| self.is_in_reported_clause(item, low, high))
    }

    /// Whether an item is the German "sich".
    pub(super) fn is_reflexive(&self, item: usize) -> bool {
        self.frames
            .token(item)
            .is_some_and(|token| token.span.of(self.frames.tokens.text) == "sich")
    }

    /// A verb in the mood of reported speech; a capital is a noun of the same form.
    pub(super) fn is_reported_verb(&self, item: usize) -> bool {
        self.frames
            .token(item)
            .is_some_and(|token| token.is(Class::REPORTED) && !token.is_capital())
    }

    /// Whether the mood of the frame says that it reports speech.
    pub(super) fn is_reported(&self, near: usize, frame: Frame) -> bool {
        let start = frame.start.max(near.saturating_sub(WINDOW));
        // The verb can stand in a quotation that the sentence leads up to.
        let inside = match self.frames.items.get(near) {
            Some(Item::Quotation(quotation)) if near > frame.start => {
                let quotation = &self.frames.quotations[*quotation];
                &self.frames.tokens.tokens[quotation.first..quotation.end]
            }
            _ => &[],
        };
        (start..frame.end.min(near + WINDOW)).any(|item| self.is(item, Class::REPORTED))
            || self.language == Language::German
                && inside.first().is_some_and(|first| {
                    // German nouns are capitals: behind a word they go on with the sentence.
                    !first.is_capital() || self.form(near - 1) == Some(Form::Word)
                })
                && inside.iter().any(|token| token.is(Class::REPORTED))
    }

    /// The verb of saying at an item with its subject.
    pub(super) fn cue_with_subject(&self, item: usize, frame: Frame) -> Option<Attribution> {
        let cue = self.cue_at(item, frame.end, Class::SAY)?;
        if cue.verbless {
            return None;
        }
        let mention = self.subject_of(cue, frame.start, frame.end)?;
        Some(self.attribution(cue, frame.start, mention, Place::SameSentence, frame.end))
    }

    /// The subject of the sentence between two items.
    pub(super) fn main_subject(&self, low: usize, high: usize) -> Option<Mention> {
        match self.language {
            Language::German => self.german_main_subject(low, high).filter(|&mention| {
                self.can_speak(mention) && !(self.is_said(mention) && self.has_article(mention))
            }),
            _ => self.frames.sentence_subject(low, high),
        }
    }

    /// The subject of a frame as below, or, where none of its nouns is known to speak, whatever its subject is.
    pub(super) fn somebody_in(&self, frame: Frame) -> Option<Attribution> {
        self.subject_of_frame(frame).or_else(|| {
            let subject = self.any_source(frame.start, frame.end)?;
            (!self.names_a_thing(subject))
                .then(|| Attribution::without_cue(subject, Place::SentenceBefore, frame.end))
        })
    }

    /// The subject of a whole frame that stands before a quotation, with its verb of saying if
    /// there is one.
    pub(super) fn subject_of_frame(&self, frame: Frame) -> Option<Attribution> {
        let low = frame.start.max(frame.end.saturating_sub(WINDOW));
        if self.language == Language::German
            && let Some(found) = self.german_speaker_of(frame)
        {
            return Some(found);
        }
        if self.language == Language::German
            && let Some(text) = self.text_that_says(low, frame.end)
        {
            return Some(Attribution::without_cue(text, Place::SentenceBefore, frame.end));
        }
        let mut item = if self.language == Language::German { low } else { frame.end };
        while item > low {
            item -= 1;
            let Some(cue) = self.cue_at(item, frame.end, Class::SAY) else { continue };
            if cue.tag_only && !self.is_set_apart(item, low) {
                continue;
            }
            if let Some(mention) = self.subject_of(cue, low, frame.end) {
                return Some(self.attribution(
                    cue,
                    frame.start,
                    mention,
                    Place::SentenceBefore,
                    frame.end,
                ));
            }
        }
        // "Kritik kam vom Verband. „…“", "Für Jens Krohn sind die Ausreden vorbei. „…“".
        let mention = self
            .giver_of_saying(low, frame.end)
            .or_else(|| self.for_whom(low, frame.end))
            .or_else(|| self.main_subject(low, frame.end))?;
        Some(Attribution::without_cue(mention, Place::SentenceBefore, frame.end))
    }
}

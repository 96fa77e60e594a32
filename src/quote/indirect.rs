//! Indirect speech: sentences without marks that report what somebody said.
//!
//! Only the two plain forms are taken, so that what is found is right: a cue with its subject and a
//! conjunction ("Smith said that …"), and a sentence that a tag closes ("…, Smith said.").

use super::attribute::{Attribution, Attributor, Place};
use super::frames::{Frame, Item};
use super::lexicon::Class;
use super::tokens::Form;
use crate::model::Span;

/// The shortest content taken, in items.
const SHORTEST: usize = 4;

/// Longer sentences are not print.
const LONGEST: usize = 256;

impl Attributor<'_, '_, '_> {
    /// The reported words of a frame that holds no quotation, with their attribution.
    pub(super) fn indirect(&self, frame: Frame) -> Option<(Span, Attribution)> {
        let quoted = |item: usize| matches!(self.frames.items[item], Item::Quotation(_));
        if frame.end - frame.start > LONGEST || (frame.start..frame.end).any(quoted) {
            return None;
        }
        self.reported_clause(frame).or_else(|| self.clause_with_closing_tag(frame))
    }

    /// "Smith told reporters that …".
    fn reported_clause(&self, frame: Frame) -> Option<(Span, Attribution)> {
        let conjunction = (frame.start + 1..frame.end)
            .find(|&item| self.frames.token(item).is_some_and(|token| token.is(Class::THAT)))?;
        let (cue, attribution) = (frame.start.max(conjunction.saturating_sub(6))..conjunction)
            .rev()
            .find_map(|item| Some((item, self.cue_with_subject(item, frame)?)))?;
        let plain = (cue + 1..conjunction)
            .all(|item| matches!(self.frames.form(item), Some(Form::Word | Form::Comma)))
            && self.is_addressee(cue + 1, conjunction);
        let content = self.content(conjunction + 1, frame.end)?;
        let named = attribution.mention?.span(self.frames).end <= content.start;
        (plain && named).then_some((content, attribution))
    }

    /// Whether the words between cue and conjunction name who was told, and are not an object that
    /// the conjunction refers to ("highlights the greed of powers that …").
    fn is_addressee(&self, start: usize, end: usize) -> bool {
        let object = (start..end)
            .any(|item| self.frames.token(item).is_some_and(|token| token.is(Class::DETERMINER)));
        let person = (start..end).any(|item| {
            self.frames
                .token(item)
                .is_some_and(|token| token.is(Class::PERSON_NOUN.or(Class::ORGANISATION)))
        });
        !object || person
    }

    /// "…, Smith said."
    fn clause_with_closing_tag(&self, frame: Frame) -> Option<(Span, Attribution)> {
        let comma = (frame.start + SHORTEST..frame.end.saturating_sub(2))
            .rev()
            .take(16)
            .find(|&item| self.frames.form(item) == Some(Form::Comma))?;
        let tag = self.bare_tag(comma + 1, frame.end, false)?;
        let (Item::Token(first), mention) = (self.frames.items[comma + 1], tag.mention?) else {
            return None;
        };
        let cue_first = tag.cue?.start == self.frames.tokens.tokens[first].span.start;
        if mention.first != first && !cue_first {
            return None;
        }
        let content = self.content(frame.start, comma)?;
        Some((content, Attribution { place: Place::SameSentence, ..tag }))
    }

    fn content(&self, start: usize, end: usize) -> Option<Span> {
        let last = (start..end)
            .rev()
            .find(|&item| !matches!(self.frames.form(item), Some(Form::Stop | Form::Comma)))?;
        let first = self.frames.token(start)?;
        let closing = self.frames.token(last)?;
        (last >= start + SHORTEST).then(|| first.span.cover(closing.span))
    }
}

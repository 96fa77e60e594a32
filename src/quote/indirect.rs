//! Indirect speech: sentences without marks that report what somebody said.
//!
//! The plain forms: a cue with its subject and a conjunction ("Smith said that …") or, in English,
//! none ("Smith said the road …"); a participle that carries the report on ("…, adding that …"); a
//! source named first ("According to Smith, …"); and a tag that closes or interrupts the sentence
//! ("…, Smith said."). What is found should be right, so other forms are left.

use super::attribute::{Attribution, Attributor, Place};
use super::frames::{Frame, Item};
use super::lexicon::Class;
use super::tokens::Form;
use crate::model::{Language, Span};

/// The shortest content taken, in items.
const SHORTEST: usize = 4;

/// Longer sentences are not print.
const LONGEST: usize = 256;

/// How far a conjunction may stand from its cue, in items.
const NEAR: usize = 6;

/// The longest tag inside a sentence, in items.
const LONGEST_TAG: usize = 12;

/// The reported words and who reports them.
pub(super) type Reported = (Vec<Span>, Attribution);

impl Attributor<'_, '_, '_> {
    /// Adds the reported words of a frame that holds no quotation, with their attribution.
    pub(super) fn indirect(&self, frame: Frame, found: &mut Vec<Reported>) {
        let quoted = |item: usize| matches!(self.frames.items[item], Item::Quotation(_));
        if frame.end - frame.start > LONGEST || (frame.start..frame.end).any(quoted) {
            return;
        }
        let goes_on = self.carried_on_clause(frame);
        let end = goes_on.as_ref().map_or(frame.end, |&(at, _)| at);
        let first = Frame { end, ..frame };
        let before = found.len();
        found.extend(
            self.reported_clause(first)
                .or_else(|| self.clause_behind_source(first))
                .or_else(|| self.clause_with_tag(first))
                .or_else(|| self.bare_clause(first)),
        );
        let subject = found.get(before).map(|found| found.1);
        if let Some((_, (parts, attribution))) = goes_on {
            // A participle has the subject of the report before it.
            let mention = attribution.mention.or(subject.and_then(|subject| subject.mention));
            if mention.is_some() {
                found.push((parts, Attribution { mention, ..attribution }));
            }
        }
    }

    /// "…, adding that …": the item of the comma, and the report that it begins.
    fn carried_on_clause(&self, frame: Frame) -> Option<(usize, Reported)> {
        if self.language != Language::English {
            return None;
        }
        let comma = (frame.start + 2..frame.end.saturating_sub(SHORTEST)).find(|&item| {
            self.form(item) == Some(Form::Comma)
                && self.is(item + 1, Class::SAY)
                && self.is_participle(item + 1)
                && self.is(item + 2, Class::THAT)
        })?;
        let content = self.content(comma + 3, frame.end)?;
        let report = self.cue_with_subject(comma + 1, frame)?;
        Some((comma, (vec![content], report)))
    }

    /// "Smith told reporters that …".
    fn reported_clause(&self, frame: Frame) -> Option<Reported> {
        let conjunction = (frame.start + 1..frame.end)
            .find(|&item| self.frames.token(item).is_some_and(|token| token.is(Class::THAT)))?;
        let (cue, attribution) = (frame.start.max(conjunction.saturating_sub(NEAR))..conjunction)
            .rev()
            .find_map(|item| Some((item, self.cue_with_subject(item, frame)?)))?;
        let plain = (cue + 1..conjunction)
            .all(|item| matches!(self.frames.form(item), Some(Form::Word | Form::Comma)))
            && self.is_addressee(cue + 1, conjunction);
        let content = self.content(conjunction + 1, frame.end)?;
        let named = attribution.mention?.span(self.frames).end <= content.start;
        (plain && named).then(|| (vec![content], attribution))
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

    /// "Smith said the road would stay closed": English leaves the conjunction out. The clause must
    /// begin with its subject right behind the verb and hold a verb of its own.
    fn bare_clause(&self, frame: Frame) -> Option<Reported> {
        if self.language != Language::English {
            return None;
        }
        let cue = (frame.start + 1..frame.end).find(|&item| self.is(item, Class::SAY))?;
        let clause = cue + 1;
        if clause + SHORTEST > frame.end || self.is_participle(cue) {
            return None;
        }
        let begins = self.frames.token(clause).is_some_and(|token| {
            token.is_word()
                && !token.is(Class::PREPOSITION
                    .or(Class::GENITIVE)
                    .or(Class::SUBORDINATOR)
                    .or(Class::CONJUNCTION)
                    .or(Class::ADVERB)
                    .or(Class::AUXILIARY)
                    .or(Class::MODAL)
                    .or(Class::CALENDAR))
        });
        let verb = (clause + 1..frame.end.min(clause + LONGEST_TAG)).find(|&item| {
            self.is(item, Class::AUXILIARY.or(Class::MODAL))
                || matches!(self.form(item), Some(Form::Comma | Form::Colon | Form::Semicolon))
        })?;
        if !begins || self.form(verb) != Some(Form::Word) {
            return None;
        }
        // "said the mayor, who was": between verb and clause stands the subject.
        let relative = (clause..verb).any(|item| self.is(item, Class::RELATIVE.or(Class::THAT)));
        let attribution = self.cue_with_subject(cue, frame)?;
        let content = self.content(clause, frame.end)?;
        let named = attribution.mention?.span(self.frames).end <= content.start;
        (named && !relative).then(|| (vec![content], attribution))
    }

    /// "According to Smith, the road will stay closed."
    fn clause_behind_source(&self, frame: Frame) -> Option<Reported> {
        let cue = self.cue_at(frame.start, frame.end, Class::SAY).filter(|cue| cue.verbless)?;
        let comma = (cue.end + 1..frame.end.min(cue.end + LONGEST_TAG))
            .find(|&item| self.form(item) == Some(Form::Comma))?;
        let mention = self.subject_behind(cue, comma)?;
        let content = self.content(comma + 1, frame.end)?;
        Some((
            vec![content],
            Attribution {
                cue: self.cue_span(cue),
                ..Attribution::without_cue(mention, Place::SameSentence, comma)
            },
        ))
    }

    /// "…, Smith said.", "…, Smith said, and …".
    fn clause_with_tag(&self, frame: Frame) -> Option<Reported> {
        let comma = (frame.start + SHORTEST..frame.end.saturating_sub(2))
            .rev()
            .take(16)
            .find(|&item| self.frames.form(item) == Some(Form::Comma))?;
        if let Some(attribution) = self.inserted_tag(comma, frame.end) {
            let content = self.content(frame.start, comma)?;
            return Some((vec![content], attribution));
        }
        // The tag stands between two commas.
        let open = (comma.saturating_sub(LONGEST_TAG).max(frame.start + SHORTEST)..comma)
            .rev()
            .find(|&item| self.frames.form(item) == Some(Form::Comma))?;
        let attribution = self.inserted_tag(open, comma)?;
        let closes = self.frames.token(comma - 1)?.is(Class::SAY)
            || attribution.mention?.span(self.frames).end == self.frames.token(comma - 1)?.span.end;
        let (before, after) =
            (self.content(frame.start, open)?, self.content(comma + 1, frame.end)?);
        closes.then(|| (vec![before, after], attribution))
    }

    /// A tag that begins behind a comma with its subject or its verb, and is nothing but a tag.
    fn inserted_tag(&self, comma: usize, end: usize) -> Option<Attribution> {
        let tag = self.bare_tag(comma + 1, end, false)?;
        let (Item::Token(first), mention) = (self.frames.items[comma + 1], tag.mention?) else {
            return None;
        };
        let cue_first = tag.cue?.start == self.frames.tokens.tokens[first].span.start;
        (mention.first == first || cue_first)
            .then_some(Attribution { place: Place::SameSentence, ..tag })
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

//! German speakers must be somebody: where the words that were found name a thing ("seine Zuversicht", "die
//! Beschäftigung"), somebody in the sentence or around it speaks.

use super::assemble::{Assembly, WINDOW};
use super::attribute::{Attribution, Place};
use super::frames::Frame;
use super::lexicon::Class;
use super::mention::{Mention, MentionKind};
use super::tokens::Form;
use crate::model::Language;

/// How many sentences back somebody is looked for.
const FARTHEST_SENTENCE: usize = 3;

impl Assembly<'_, '_, '_> {
    /// The speaker of a quotation, and how it was found.
    pub(super) fn attribution(
        &self,
        quotation: usize,
        own_tag: Option<Attribution>,
    ) -> Option<Attribution> {
        let (frame_at, item) = self.frames.places[quotation];
        let frame = self.frames.frames[frame_at];
        let found = self
            .first_attribution(quotation, own_tag)
            .or_else(|| self.source_in_brackets(item, frame.end))
            .or_else(|| self.nearest_somebody(quotation))?;
        let found = self.stood_for(found, frame_at).unwrap_or(found);
        // "Seine Hoffnung gründet auf der Erfahrung: „…“": the owner speaks.
        let low = frame.start.max(item.saturating_sub(WINDOW));
        let predicated = || (low..item).any(|at| self.attributor.is_unknown_word(at));
        let thing = |mention: Mention| {
            self.attributor.names_a_thing(mention)
                || self.attributor.is_own_saying(mention) && predicated()
                || found.place >= Place::Colon && self.attributor.is_unknown_thing(mention)
                // "Dann kam die Flut. „…“": the sentence before names nobody.
                || found.place == Place::SentenceBefore
                    && found.cue.is_none()
                    && self.style.language == Language::German
                    && self.attributor.is_plain_noun(mention)
        };
        let Some(mention) = found.mention.filter(|&mention| thing(mention)) else {
            return Some(found);
        };
        if self.attributor.bearer(low, item) == Some(mention) {
            return Some(found);
        }
        let speaks = |other: Attribution| {
            other
                .mention
                .filter(|&other| other != mention && self.is_named_or_somebody(other))
                .map(|_| Attribution { place: found.place, ..other })
        };
        (low..item)
            .filter_map(|at| self.attributor.nominative_at(at, item))
            .find(|&other| other != mention && self.is_somebody(other))
            .map(|other| Attribution { mention: Some(other), ..found })
            .or_else(|| self.reporter(frame_at).and_then(speaks))
            .or_else(|| self.around(quotation).and_then(speaks))
            .or_else(|| self.subject_before(frame_at).and_then(speaks))
            .or_else(|| self.continued(quotation).and_then(speaks))
            .or(Some(found))
    }

    /// "Wörtlich heißt es: „…“", "Zur Begründung: „…“": the source that a sentence before names.
    fn stood_for(&self, found: Attribution, frame_at: usize) -> Option<Attribution> {
        let mention = found.mention?;
        let frame = self.frames.frames[frame_at];
        if self.style.language != Language::German || frame.end - frame.start > WINDOW {
            return None;
        }
        let verbless = found.place >= Place::Colon
            && (frame.start..frame.end).any(|item| self.frames.form(item) == Some(Form::Colon))
            && self.attributor.is_said(mention)
            && self.attributor.is(frame.start, Class::PREPOSITION)
            && !self.attributor.can_have_verb(frame.start, frame.end);
        let impersonal =
            self.attributor.is_impersonal(mention) && found.place < Place::NextSentence;
        if !impersonal && !verbless {
            return None;
        }
        let source = frame_at
            .checked_sub(1)
            .map(|at| self.frames.frames[at])
            .filter(|before| before.paragraph == frame.paragraph)
            .and_then(|before| {
                self.attributor
                    .source_in(before.start, before.end)
                    .filter(|_| impersonal)
                    .or_else(|| self.attributor.subject_of_frame(before)?.mention)
            })?;
        Some(Attribution { mention: Some(source), pointer: None, ..found })
    }

    /// "„…“ (Jens Krohn)": nobody else is named, and brackets behind the quotation hold a name and nothing more.
    fn source_in_brackets(&self, item: usize, end: usize) -> Option<Attribution> {
        let (mention, close) = self.in_brackets(item, end)?;
        let whole = self.attributor.end_of_phrase(item + 2, close) == close;
        (whole && self.attributor.can_speak(mention))
            .then(|| Attribution::without_cue(mention, Place::SentenceBefore, close))
    }

    /// "„Wir haben gewonnen.“ (Jens Krohn, Trainer der Gäste)": brackets that begin with somebody sign a
    /// quotation which is a sentence of its own.
    pub(super) fn signed_in_brackets(
        &self,
        quotation: usize,
        item: usize,
        frame: Frame,
    ) -> Option<Attribution> {
        let frame_end = if item + 1 < frame.end { frame.end } else { self.next_end(frame)? };
        let (mention, close) = self.in_brackets(item, frame_end)?;
        let somebody = self.attributor.is_bare_name(mention)
            || self.attributor.is_person(mention) && mention.end > mention.first + 1;
        let last = close + 1 >= frame_end || self.frames.form(close + 1) == Some(Form::Stop);
        let begins = item == frame.start || self.frames.form(item - 1) == Some(Form::Colon);
        let whole = self.is_sentence(quotation) || item + 1 >= frame.end;
        (begins && last && somebody && whole)
            .then(|| Attribution::without_cue(mention, Place::Signature, close))
    }

    /// The end of the frame behind another: brackets can make a paragraph of their own.
    fn next_end(&self, frame: Frame) -> Option<usize> {
        let at = self.frames.frames.partition_point(|other| other.start <= frame.start);
        self.frames.frames.get(at).map(|next| next.end)
    }

    /// What brackets right behind a quotation begin with, and the item that closes them.
    fn in_brackets(&self, item: usize, end: usize) -> Option<(Mention, usize)> {
        let opened = item + 1 < end && self.frames.form(item + 1) == Some(Form::Open);
        if self.style.language != Language::German || !opened {
            return None;
        }
        let mut close = item + 2;
        let mut depth = 1;
        while depth > 0 {
            match self.frames.form(close) {
                _ if close >= end.min(item + WINDOW) => return None,
                Some(Form::Open) => depth += 1,
                Some(Form::Close) => depth -= 1,
                _ => {}
            }
            close += 1;
        }
        let close = close - 1;
        Some((self.frames.phrase(item + 2, close)?, close))
    }

    /// "Und weiter: „…“", "Der Saal tobt. „Zugabe!“": where nothing tells who speaks a whole sentence, somebody in
    /// the sentences before, then in the one behind.
    fn nearest_somebody(&self, quotation: usize) -> Option<Attribution> {
        let (frame_at, item) = self.frames.places[quotation];
        let frame = self.frames.frames[frame_at];
        let leads = item == frame.start || self.frames.form(item - 1) == Some(Form::Colon);
        let ended = matches!(
            self.frames.last_form(quotation),
            Form::Stop | Form::Exclamation | Form::Ellipsis | Form::Comma
        );
        if self.style.language != Language::German
            || !leads
            || !ended && !self.is_sentence(quotation)
        {
            return None;
        }
        let before = (frame_at.saturating_sub(FARTHEST_SENTENCE)..frame_at)
            .rev()
            .map(|at| self.frames.frames[at])
            .take_while(|before| before.paragraph + 1 >= frame.paragraph)
            .filter_map(|before| self.attributor.subject_of_frame(before))
            .find(|found| found.mention.is_some_and(|mention| self.is_somebody(mention)))
            .and_then(|found| found.mention);
        let behind = || {
            let next = self.frames.frames.get(frame_at + 1)?;
            let near = next.paragraph <= frame.paragraph + 1;
            let subject = near.then(|| self.attributor.main_subject(next.start, next.end))??;
            self.is_somebody(subject).then_some(subject)
        };
        let mention = before.or_else(behind)?;
        Some(Attribution::without_cue(mention, Place::SentenceBefore, item))
    }

    /// Whether a mention names a person or a body, or is a name that nothing is known of.
    fn is_named_or_somebody(&self, mention: Mention) -> bool {
        self.is_somebody(mention)
            || mention.kind == MentionKind::Name
                && self.attributor.can_speak(mention)
                && !self.attributor.is_said(mention)
    }

    /// The nearest sentence before in which somebody is the subject, within the paragraph.
    fn subject_before(&self, frame_at: usize) -> Option<Attribution> {
        let paragraph = self.frames.frames[frame_at].paragraph;
        (frame_at.saturating_sub(FARTHEST_SENTENCE)..frame_at)
            .rev()
            .map(|at| self.frames.frames[at])
            .take_while(|frame| frame.paragraph == paragraph)
            .filter_map(|frame| self.attributor.subject_of_frame(frame))
            .find(|found| found.mention.is_some_and(|mention| self.is_somebody(mention)))
    }
}

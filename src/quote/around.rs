//! What the sentences around a quotation say of its speaker, where its own says nothing.

use super::assemble::{Assembly, WINDOW};
use super::attribute::{Attribution, Place};
use super::frames::{Frame, Item};
use super::tokens::Form;
use crate::model::Language;

impl Assembly<'_, '_, '_> {
    /// How many whole frames lie between the frames of two quotations.
    fn sentences_between(&self, first: usize, second: usize) -> usize {
        let (first_frame, _) = self.frames.places[first];
        let (second_frame, _) = self.frames.places[second];
        (second_frame - first_frame).saturating_sub(1)
    }

    /// What the neighbouring sentences say.
    pub(super) fn around(&self, quotation: usize) -> Option<Attribution> {
        let (frame_at, item) = self.frames.places[quotation];
        let frame = self.frames.frames[frame_at];
        let paragraph = self.quotation(quotation).paragraph;
        let starts = item == frame.start;
        let ends = item + 1 == frame.end;
        let next = self.frames.frames.get(frame_at + 1).filter(|next| next.paragraph == paragraph);
        let continued = self.continued(quotation);
        let near = self.drafts.last().is_some_and(|draft| {
            draft.quotations.last().is_some_and(|&last| {
                self.quotation(last).paragraph == paragraph
                    && self.sentences_between(last, quotation) == 0
            })
        });
        if near && continued.is_some() && starts {
            return continued;
        }
        let previous = frame_at.checked_sub(1).map(|at| self.frames.frames[at]);
        // "…“, so Smith. Die Sprecherin weiter:¶„…“": a colon leads over to the next paragraph.
        let leads_over = |before: &Frame| {
            before.paragraph + 1 == paragraph
                && before.end > before.start
                && self.frames.form(before.end - 1) == Some(Form::Colon)
        };
        let before = previous
            .filter(|before| starts && (before.paragraph == paragraph || leads_over(before)));
        // German puts the source first: a report goes on until another speaker is named.
        if self.style.language == Language::German
            && let Some(before) = before
            && let Some(found) = self.attributor.says_plainly(before)
        {
            return Some(found);
        }
        let reporter = before
            .filter(|before| self.attributor.is_reported(before.end, *before))
            .and_then(|_| self.reporter(frame_at));
        // Whose report it is that the quotation ends tells more than whom the next sentence names.
        if self.style.language == Language::German && reporter.is_some() {
            return reporter;
        }
        // German has its tags in the sentence of the quotation: somebody in the sentence before leads up to it.
        if self.style.language == Language::German
            && let Some(before) = before
            && let Some(found) = self.attributor.subject_of_frame(before)
            && found.mention.is_some_and(|mention| self.is_somebody(mention))
        {
            return Some(found);
        }
        // "„…“ Sein Nachbar stimmt ihm zu: „…“": words that lead up to a quotation of their own tell of that.
        let leads_on = |next: &Frame| {
            self.style.language == Language::German
                && (next.start + 1..next.end).take(WINDOW).any(|item| {
                    matches!(self.frames.items[item], Item::Quotation(_))
                        && self.frames.form(item - 1) == Some(Form::Colon)
                })
        };
        if ends
            && let Some(next) = next
            && !matches!(self.frames.items[next.start], Item::Quotation(_))
            && !leads_on(next)
            && let Some(tag) = self.attributor.tag_after(next.start, next.end, Place::NextSentence)
            && (self.style.language != Language::German
                || tag.mention.is_some_and(|mention| !self.attributor.is_plain_noun(mention))
                    && !self.attributor.reports_a_clause(next.start, next.end))
        {
            return Some(tag);
        }
        if let Some(before) = before {
            let found = reporter.or_else(|| self.attributor.subject_of_frame(before));
            if found.is_some() {
                return found;
            }
        }
        let low = frame.start.max(item.saturating_sub(WINDOW));
        if !starts
            && let Some(mention) = self
                .attributor
                .subject_around(low, item)
                .or_else(|| self.attributor.main_subject(low, item))
                .or_else(|| self.attributor.own_source(low, item))
        {
            return Some(Attribution::without_cue(mention, Place::SentenceBefore, item));
        }
        // Where nobody in the sentence can speak, the report before it goes on.
        if self.style.language == Language::German
            && !starts
            && let Some(previous) = previous
            && previous.paragraph == paragraph
            && let Some(found) = self.attributor.says_plainly(previous)
            && found.mention.is_some_and(|mention| self.is_somebody(mention))
        {
            return Some(found);
        }
        if !starts && let Some(mention) = self.attributor.any_source(low, item) {
            return Some(Attribution::without_cue(mention, Place::SentenceBefore, item));
        }
        if continued.is_some() {
            return continued;
        }
        // "«On a tout essayé.» Le directeur, Paul Vasseur, ne cache pas son amertume."
        if self.style.language != Language::English
            && starts
            && self.frames.starts_paragraph(item)
            && let Some(next) = next
            && !matches!(self.frames.items[next.start], Item::Quotation(_))
            && let Some(mention) = self.attributor.main_subject(next.start, next.end)
            && self.attributor.begins_after(mention, next.start, next.end.min(next.start + 4))
                | (self.frames.items[next.start] == Item::Token(mention.first))
        {
            return Some(Attribution::without_cue(mention, Place::NextSentence, next.end));
        }
        self.attributor.somebody_in(previous?)
    }

    /// The speaker before, where this quotation floats after it.
    pub(super) fn continued(&self, quotation: usize) -> Option<Attribution> {
        let draft = self.drafts.last()?;
        let attribution = draft.attribution?;
        let &last = draft.quotations.last()?;
        let near = self.quotation(quotation).paragraph - self.quotation(last).paragraph <= 1;
        (near && draft.kind.is_quoted_speech()).then_some(Attribution {
            place: Place::Continued,
            cue: None,
            ..attribution
        })
    }
}

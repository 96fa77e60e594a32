//! Quotes in several parts: which quotation carries on the one before it.
//!
//! A tag interrupts a quote (`"…," she said, "…"`), a paragraph reopens it, and a sentence may quote
//! its speaker in pieces (`the plan was "…" and in the end "…"`). What tells a further part from a
//! new quote is whether the first could end where it does, and whether something between them
//! reports anew.

use super::assemble::{Assembly, WINDOW};
use super::attribute::{Attribution, Place};
use super::frames::Item;
use super::kind::is_title_case;
use super::lexicon::Class;
use super::tokens::{Form, Token};
use crate::model::{Language, QuoteKind};

/// The most words between the quoted pieces of one sentence.
const WIDEST_GAP: usize = 3;

/// The most items of an aside between dashes inside a quoted sentence.
const LONGEST_ASIDE: usize = 24;

/// A piece of so many words is more than a term.
const MORE_THAN_A_TERM: usize = 4;

impl Assembly<'_, '_, '_> {
    /// The draft that this quotation could carry on: the last one, names and scare quotes in the tag
    /// left out ("said on “Meet the Press.” “…”").
    pub(super) fn last_speech(&self, quotation: usize) -> Option<usize> {
        let last = self.drafts.len().checked_sub(1)?;
        let paragraph = self.quotation(quotation).paragraph;
        (last.saturating_sub(1)..=last).rev().find(|&draft| {
            let draft = &self.drafts[draft];
            draft.kind.is_speech()
                || draft.quotations.iter().any(|&part| self.quotation(part).paragraph != paragraph)
        })
    }

    /// The draft of the quotation before this one; a name in its tag may have made a later draft.
    pub(super) fn draft_before(&self, quotation: usize) -> Option<usize> {
        let last = self.drafts.len().checked_sub(1)?;
        let before = |&draft: &usize| {
            self.drafts[draft].quotations.last().is_some_and(|&part| part + 1 == quotation)
        };
        Some((last.saturating_sub(1)..=last).rev().find(before).unwrap_or(last))
    }

    /// Whether a quotation carries on the one before it over a tag: `"…," she said, "…"`, and
    /// `"…," she said. "…"`, where the comma shows that the first is not at its end.
    pub(super) fn is_second_part(&self, quotation: usize, item: usize) -> bool {
        let Some(draft) = self.last_speech(quotation) else { return false };
        let draft = &self.drafts[draft];
        let Some(attribution) = draft.tag.or(draft.attribution) else { return false };
        let &before = &draft.quotations[draft.quotations.len() - 1];
        let (before_frame, before_item) = self.frames.places[before];
        let (frame, _) = self.frames.places[quotation];
        // "“…” in the west, Smith said. “…”": the tag closes a sentence that the quotation opened.
        let late_tag = attribution.place == Place::SameSentence
            && self.starts_frame(before_item, before_frame)
            && self.opens_with_capital(before)
            && self.opens_with_capital(quotation)
            && attribution.cue.is_some_and(|cue| cue.start > self.quotation(before).inner.end);
        if attribution.place != Place::TagAfter && !late_tag || !draft.kind.is_quoted_speech() {
            return false;
        }
        let same_paragraph =
            self.quotation(before).paragraph == self.quotation(quotation).paragraph;
        // The tag must be what stands between; only names of works may stand in it.
        if !same_paragraph || item <= before_item + 1 || attribution.tag_end <= before_item {
            return false;
        }
        let tag_cue = attribution.cue.map_or(0, |cue| cue.end);
        let small = !self.opens_with_capital(quotation);
        if self.second_cue_between(before_item + 1, item, tag_cue, small) {
            return false;
        }
        let unfinished = self.is_unfinished(before) || self.style.comma_outside || late_tag;
        match self.frames.items[item - 1] {
            Item::Token(token) => match self.frames.tokens.tokens[token].form {
                Form::Comma | Form::Dash => frame == before_frame,
                // "…," she said, and "…".
                Form::Word => {
                    frame == before_frame
                        && item >= before_item + 3
                        && self.frames.tokens.tokens[token].is(Class::CONJUNCTION)
                        && self.frames.form(item - 2) == Some(Form::Comma)
                }
                Form::Stop | Form::Exclamation => {
                    // A comma was forgotten: “We won” Smith said. “It is over.”
                    let bare_tag = self.frames.form(before_item + 1) == Some(Form::Word)
                        && self.frames.last_form(before) == Form::Word
                        && self.opens_with_capital(before);
                    (unfinished || bare_tag)
                        && frame - before_frame <= 2
                        && !self.others_act_between(before_frame, frame, &attribution)
                        && !self.has_late_tag(item, frame)
                }
                _ => false,
            },
            Item::Quotation(_) => unfinished && self.starts_frame(item, frame),
        }
    }

    /// Whether a tag of its own closes the sentence of a quotation: `"…" that it is, he said.`
    fn has_late_tag(&self, item: usize, frame: usize) -> bool {
        let end = self.frames.frames[frame].end.min(item + WINDOW);
        self.style.language == Language::English
            && self.frames.form(item + 1) == Some(Form::Word)
            && self.attributor.late_tag(item, end).is_some_and(|tag| tag.cue.is_some())
    }

    /// Whether the sentence between a tag and the next quotation begins with the name of another person:
    /// `"…," said Smith. Betsy Roe shook her head. "…"`
    fn others_act_between(&self, before: usize, frame: usize, tag: &Attribution) -> bool {
        let Some(mention) = tag.mention.filter(|_| frame == before + 2) else { return false };
        let between = self.frames.frames[before + 1];
        let all = &self.frames.tokens.tokens;
        let speaker = &all[mention.first..mention.end];
        between.start >= tag.tag_end
            && self.frames.token(between.start).is_some_and(|first| {
                first.is_capital()
                    && (first.is(Class::FORENAME) || self.attributor.people.is_surname(first.hash))
                    && !speaker.iter().any(|word| word.hash == first.hash)
            })
    }

    /// Whether a quotation carries on a tagged one in a new sentence of which the reporter gives only
    /// the first words: `"…," she said. It is "…."`, or repeats that the speaker goes on:
    /// `"…." He added, "…"`.
    pub(super) fn carries_on_tagged(&self, quotation: usize, item: usize) -> bool {
        let Some(draft) = self.drafts.last() else { return false };
        let &before = &draft.quotations[draft.quotations.len() - 1];
        let (before_frame, before_item) = self.frames.places[before];
        let (frame_at, _) = self.frames.places[quotation];
        let frame = self.frames.frames[frame_at];
        if draft.kind != QuoteKind::Direct
            || before + 1 != quotation
            || self.quotation(before).paragraph != self.quotation(quotation).paragraph
            || frame_at != before_frame + 1
            || !self.starts_frame(frame.start, frame_at)
        {
            return false;
        }
        let Some(attribution) = draft.attribution else { return false };
        let low = frame.start;
        if low == before_item + 1 && attribution.place != Place::TagAfter {
            return self.opens_with_capital(quotation) && self.only_goes_on(low, item);
        }
        let ends = (item + 1..frame.end)
            .all(|at| matches!(self.frames.form(at), Some(Form::Stop | Form::Exclamation)));
        let says = |at: usize| {
            self.frames.token(at).is_some_and(|token| token.is(Class::SAY.or(Class::THINK)))
        };
        attribution.place == Place::TagAfter
            && self.is_unfinished(before)
            && !self.opens_with_capital(quotation)
            && self.words_in(quotation) >= MORE_THAN_A_TERM
            && ends
            && item > low
            && item - low <= WIDEST_GAP + 1
            && self.frames.form(item - 1) != Some(Form::Colon)
            && !(low..item).any(says)
    }

    /// Whether the items say nothing but that the speaker goes on: "He added,", "Smith continued:".
    fn only_goes_on(&self, low: usize, item: usize) -> bool {
        let mut end = item;
        while end > low && matches!(self.frames.form(end - 1), Some(Form::Comma | Form::Colon)) {
            end -= 1;
        }
        let Some(verb) = end.checked_sub(1).filter(|&verb| verb > low) else { return false };
        let subject = |at: usize| {
            self.frames
                .token(at)
                .is_some_and(|token| token.is_capital() || token.is(Class::PRONOUN))
        };
        self.frames.token(verb).is_some_and(|token| token.is(Class::GOING_ON))
            && verb - low <= WIDEST_GAP
            && (low..verb).all(subject)
    }

    /// Joins a quotation to the draft before it when both are pieces of one quoted sentence: `"…" and
    /// in the end "…"`, `"…" -- that is, Smith -- "…"`.
    pub(super) fn joins_sentence(
        &mut self,
        quotation: usize,
        item: usize,
        attribution: Option<Attribution>,
    ) -> bool {
        let Some(draft) = self.drafts.last() else { return false };
        let &before = &draft.quotations[draft.quotations.len() - 1];
        let (before_frame, before_item) = self.frames.places[before];
        let (frame, _) = self.frames.places[quotation];
        let ended = self.frames.last_form(before);
        // German annotators (Wikinews) count every piece as a quote.
        if self.style.language == Language::German
            || before + 1 != quotation
            || frame != before_frame
            || self.opens_with_capital(quotation)
            || matches!(ended, Form::Stop | Form::Exclamation | Form::Ellipsis)
            || self.words_in(before).max(self.words_in(quotation)) < MORE_THAN_A_TERM
            || draft.attribution.or(attribution).is_none()
        {
            return false;
        }
        let gap = before_item + 1..item;
        let is_dash = |at: usize| self.frames.form(at) == Some(Form::Dash);
        let aside =
            gap.len() > 2 && gap.len() <= LONGEST_ASIDE && is_dash(gap.start) && is_dash(item - 1);
        let words =
            gap.clone().filter(|&at| self.frames.token(at).is_some_and(Token::is_word)).count();
        let reports = gap.clone().any(|at| {
            self.frames.token(at).is_some_and(|token| {
                token.is(Class::SAY.or(Class::CALL))
                    || matches!(token.form, Form::Colon | Form::Semicolon)
            })
        });
        let near = words > 0 && gap.len() <= WIDEST_GAP + 1 && !reports;
        if !near && !aside {
            return false;
        }
        let Some(draft) = self.drafts.last_mut() else { return false };
        draft.quotations.push(quotation);
        if draft
            .attribution
            .is_none_or(|first| attribution.is_some_and(|second| second.place < first.place))
        {
            draft.attribution = attribution;
        }
        if !draft.kind.is_speech() {
            draft.kind = QuoteKind::Mixed;
        }
        true
    }

    /// Whether a quotation that begins a paragraph carries on the one that a tag closed in the
    /// paragraph before: `"…," he said.` and, as the next paragraph, `"…."`
    pub(super) fn reopens_after_tag(&self, quotation: usize, item: usize) -> bool {
        let Some(draft) = self.drafts.last() else { return false };
        let &before = &draft.quotations[draft.quotations.len() - 1];
        let (_, before_item) = self.frames.places[before];
        draft.quotations.len() == 1
            && draft.attribution.is_some_and(|attribution| attribution.place == Place::TagAfter)
            && before + 1 == quotation
            && self.quotation(before).paragraph + 1 == self.quotation(quotation).paragraph
            && matches!(self.frames.last_form(before), Form::Comma | Form::Exclamation)
            && self.frames.starts_paragraph(before_item)
            && self.frames.starts_paragraph(item)
            && !(self.frames.last_form(quotation) == Form::Word
                && is_title_case(self.inside(quotation)))
    }

    /// Whether a quotation is a paragraph of its own behind one that ends with its speaker's words:
    /// print that closes the marks of every paragraph goes on like this. A question is another's turn.
    pub(super) fn floats_on(&self, quotation: usize) -> bool {
        let Some(draft) = self.drafts.last() else { return false };
        let &before = &draft.quotations[draft.quotations.len() - 1];
        let (last, own) = (self.quotation(before), self.quotation(quotation));
        let paragraphs = &self.frames.tokens.paragraphs;
        let attributed = draft.attribution.is_some_and(|attribution| {
            matches!(attribution.place, Place::TagAfter | Place::CueBefore)
        });
        self.style.language != Language::German
            && before + 1 == quotation
            && draft.kind == QuoteKind::Direct
            && attributed
            && last.closed
            && last.single == own.single
            && last.paragraph + 1 == own.paragraph
            && paragraphs[last.paragraph].1 == last.after
            && paragraphs[own.paragraph] == (own.before, own.after)
            && self.frames.last_form(before) != Form::Exclamation
            // A pull quote repeats what the text says elsewhere.
            && (quotation + 1 >= self.frames.quotations.len()
                || self.attributor.signature_line(quotation + 1).is_none())
    }

    /// Whether a few words in marks stand in the tag of the quotation before: `"…," said Smith, one
    /// of the "big four" negotiators.`
    pub(super) fn stands_in_tag(&self, quotation: usize, attribution: Option<Attribution>) -> bool {
        let (Some(draft), Some(attribution)) = (self.drafts.last(), attribution) else {
            return false;
        };
        attribution.place == Place::SameSentence
            && attribution.cue.is_some()
            && draft.attribution.is_some_and(|before| {
                before.place == Place::TagAfter && before.cue == attribution.cue
            })
            && self.words_in(quotation) < MORE_THAN_A_TERM
    }

    /// Whether a quotation is one more in a list of words in marks: `words such as "…," "…" and "…"`.
    pub(super) fn goes_on_a_list(&self, quotation: usize, item: usize) -> bool {
        let Some(draft) = self.drafts.last() else { return false };
        let &before = &draft.quotations[draft.quotations.len() - 1];
        let (before_frame, before_item) = self.frames.places[before];
        let (frame, _) = self.frames.places[quotation];
        let joins = |at: usize| {
            self.frames
                .token(at)
                .is_some_and(|token| token.form == Form::Comma || token.is(Class::CONJUNCTION))
        };
        !draft.kind.is_speech()
            && before + 1 == quotation
            && frame == before_frame
            && self.words_in(quotation) <= MORE_THAN_A_TERM
            && item - before_item <= WIDEST_GAP
            && (before_item + 1..item).all(joins)
    }

    fn starts_frame(&self, item: usize, frame: usize) -> bool {
        self.frames.frames[frame].start == item
    }

    /// Whether the quoted sentence is not at its end where the quotation is.
    fn is_unfinished(&self, quotation: usize) -> bool {
        matches!(
            self.frames.last_form(quotation),
            Form::Comma | Form::Exclamation | Form::Ellipsis | Form::Dash
        )
    }

    /// A few words that open with a small letter.
    pub(super) fn is_term(&self, quotation: usize) -> bool {
        self.words_in(quotation) <= MORE_THAN_A_TERM && !self.opens_with_capital(quotation)
    }

    fn words_in(&self, quotation: usize) -> usize {
        self.inside(quotation).iter().filter(|token| token.is_word()).count()
    }

    pub(super) fn opens_with_capital(&self, quotation: usize) -> bool {
        self.inside(quotation)
            .iter()
            .find(|token| token.is_word())
            .is_some_and(|token| token.is_capital() || token.form == Form::Number)
    }

    fn inside(&self, quotation: usize) -> &[Token] {
        let quotation = self.quotation(quotation);
        &self.frames.tokens.tokens[quotation.first..quotation.end]
    }

    /// Whether the tag holds a second cue after the byte `from`, which leads up to the next
    /// quotation: `…, adding of Smith, "…"`, `…, and her husband cut in. "…"`. Where the quotation
    /// opens with a small letter (`small`), its sentence goes on, and only a cue right before it
    /// counts.
    fn second_cue_between(&self, low: usize, item: usize, from: u32, small: bool) -> bool {
        let stopped = matches!(self.frames.form(item - 1), Some(Form::Stop | Form::Exclamation));
        let second = |at: usize| {
            self.frames.token(at).is_some_and(|token| {
                let says = token.span.start >= from
                    && self.attributor.cue_at(at, item, Class::SAY).is_some();
                // "…, arguing that, should it go on, “…”".
                let reports = at + 1 < item && self.attributor.is(at + 1, Class::THAT);
                let leads_up = if stopped {
                    self.has_new_subject(at, low)
                } else {
                    !small || reports || item - at <= WIDEST_GAP
                };
                says && leads_up
            })
        };
        (low..item).any(second)
    }

    /// Whether a conjunction with a subject of its own stands before a verb: "and her husband cut
    /// in", but not "who worked there and has advised".
    fn has_new_subject(&self, verb: usize, low: usize) -> bool {
        let Some(conjunction) = (verb.saturating_sub(4).max(low)..verb).rev().find(|&before| {
            self.frames.token(before).is_some_and(|token| token.is(Class::CONJUNCTION))
        }) else {
            return false;
        };
        (conjunction + 1..verb).any(|at| {
            self.frames.token(at).is_some_and(|token| {
                !token.is(Class::RELATIVE)
                    && (token.is_capital()
                        || token.is(Class::PRONOUN.or(Class::DETERMINER).or(Class::PERSON_NOUN)))
            })
        })
    }
}

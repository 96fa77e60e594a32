//! What stands around a subject and is no part of it: conjunctions, adverbs and times before it, the place
//! and the agency at the head of an article, an exchange's sign behind a name.

use super::frames::Frames;
use super::lexicon::Class;
use super::tokens::{Facts, Form, Token};
use crate::model::Language;

/// The longest sign of an exchange, in tokens.
const LONGEST_TICKER: usize = 8;

impl Frames<'_, '_> {
    /// Where a name ends behind which an exchange's sign stands: "Harlan Mills Plc <HRLM.L> said".
    pub(super) fn before_ticker(&self, end: usize, low: usize) -> usize {
        // A name that is no more than the sign is the name itself: "<Harlan Mills Plc> said".
        self.ticker_begin(end, low).filter(|&begin| begin > low).unwrap_or(end)
    }

    /// Where the sign begins that ends before `end`.
    pub(super) fn ticker_begin(&self, end: usize, low: usize) -> Option<usize> {
        if end <= low || !self.is_sign(end - 1, ">") {
            return None;
        }
        (low..end).rev().take(LONGEST_TICKER).find(|&item| self.is_sign(item, "<"))
    }

    /// What stands behind an exchange's sign that begins at `item`, where it is the office of somebody who
    /// belongs to the name before it: "Harlan Mills <HRLM.L> | treasurer Jane Roe".
    pub(super) fn office_behind_ticker(&self, item: usize, high: usize) -> Option<usize> {
        if item >= high || !self.is_sign(item, "<") {
            return None;
        }
        let mut inside = (item + 1..high).take(LONGEST_TICKER);
        let behind = inside.find(|&item| self.is_sign(item, ">"))? + 1;
        (behind < high && self.is(behind, Class::PERSON_NOUN)).then_some(behind)
    }

    fn is_sign(&self, item: usize, sign: &str) -> bool {
        self.token(item).is_some_and(|token| token.span.of(self.tokens.text) == sign)
    }

    /// "Would take another look, said …": an English auxiliary begins no phrase, whatever its capital.
    pub(super) fn opens_with_verb(&self, item: usize) -> bool {
        self.tokens.language == Language::English
            && self.is(item, Class::MODAL.or(Class::AUXILIARY))
            && !self.is(item, Class::FORENAME.or(Class::PRONOUN))
    }

    /// The first item that does not merely lead up to a phrase or name a time: "But last week |".
    pub(super) fn past_what_leads_up(&self, start: usize, end: usize) -> usize {
        let mut first = start;
        while first < end {
            let time = first + 1 < end
                && self.tokens.language == Language::English
                && self.is(first, Class::ADVERB.or(Class::DETERMINER))
                && self.token(first + 1).is_some_and(|next| {
                    next.is(Class::CALENDAR) && !next.is_capital() && !next.has(Facts::POSSESSIVE)
                });
            if !time && !self.leads_up(first) {
                break;
            }
            first += 1 + usize::from(time);
        }
        first
    }

    /// What follows the place and the agency at the beginning of an article: "WASHINGTON (Reuters) - |".
    pub(super) fn past_dateline(&self, low: usize, end: usize) -> usize {
        const LONGEST_DATELINE: usize = 12;
        let begins = self.token(low).is_some_and(|token| {
            token.has(Facts::LINE_START) && token.has(Facts::ALL_CAPITALS) && token.is_capital()
        });
        if !begins {
            return low;
        }
        let dash = (low + 1..end.min(low + LONGEST_DATELINE)).find(|&item| {
            self.token(item).is_none_or(|token| {
                token.form == Form::Dash || token.form == Form::Word && !token.is_capital()
            })
        });
        let is_dateline = |&dash: &usize| {
            self.form(dash) == Some(Form::Dash)
                && self.token(dash + 1).is_some_and(|next| {
                    next.is_capital() || matches!(next.form, Form::Number | Form::Mark)
                })
        };
        dash.filter(is_dateline).map_or(low, |dash| dash + 1)
    }

    /// Conjunctions, adverbs and opening marks before a phrase.
    fn leads_up(&self, item: usize) -> bool {
        self.token(item).is_some_and(|token| {
            token.is(Class::CONJUNCTION.or(Class::ADVERB).or(Class::NEGATION))
                && !token.is(Class::PRONOUN.or(Class::DETERMINER))
                || matches!(token.form, Form::Mark | Form::Hyphen | Form::Other)
                || is_manner_adverb(token, self.tokens.text)
        })
    }
}

/// English adverbs in -ly; other languages list theirs.
pub(super) fn is_manner_adverb(token: &Token, text: &str) -> bool {
    token.form == Form::Word
        && (!token.has(Facts::CAPITAL) || token.span.len() > 7 && !token.is(Class::FORENAME))
        && token.span.len() > 4
        && token.span.of(text).ends_with("ly")
        && !token.is(Class::PERSON_NOUN)
}

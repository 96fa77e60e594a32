//! Mentions: the words that name a speaker, found as the subject of a verb of saying.
//!
//! There is no parser here. A subject is a noun phrase that stands directly before the verb
//! (adverbs, auxiliaries and appositions between commas left out) or directly after it.

use super::beside_subject::is_manner_adverb;
use super::frames::{Frames, Item};
use super::lexicon::Class;
use super::tokens::{Form, Token};
use crate::model::{Language, Span};

/// The words that name a speaker.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Mention {
    /// First token.
    pub(super) first: usize,
    /// One past the last token.
    pub(super) end: usize,
    /// What they are.
    pub(super) kind: MentionKind,
}

/// What the words of a mention are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum MentionKind {
    /// A name, with titles and what belongs to it.
    Name,
    /// He, she, they, I, we, one.
    Pronoun,
    /// A role, an office, a group: "the president", "officials".
    Role,
}

impl Mention {
    /// Its place in the text.
    pub(super) fn span(&self, frames: &Frames) -> Span {
        let tokens = &frames.tokens.tokens;
        Span { start: tokens[self.first].span.start, end: tokens[self.end - 1].span.end }
    }
}

/// How many phrases can stand between a verb and its subject.
const MOST_OBJECTS: usize = 3;

/// The longest noun phrase taken, in tokens.
pub(super) const LONGEST: usize = 16;

/// How many signs of exchanges are read past on the way back to a name.
const MOST_TICKERS: usize = 3;

/// How many small words may stand before a name without an article.
const MOST_MODIFIERS: usize = 5;

/// Words that do not describe the name behind them.
const NO_MODIFIER: Class = Class::PRONOUN
    .or(Class::DETERMINER)
    .or(Class::PREPOSITION)
    .or(Class::GENITIVE)
    .or(Class::CONJUNCTION)
    .or(Class::SUBORDINATOR)
    .or(Class::RELATIVE)
    .or(Class::AUXILIARY)
    .or(Class::MODAL)
    .or(Class::NEGATION)
    .or(Class::ADVERB)
    .or(Class::SAY)
    .or(Class::CALL)
    .or(Class::CALENDAR);

impl Frames<'_, '_> {
    pub(super) fn is(&self, item: usize, class: Class) -> bool {
        self.token(item).is_some_and(|token| token.is(class))
    }

    /// Who, which; where the language uses its articles for that (German "der"), only after a comma.
    fn is_relative(&self, item: usize, low: usize) -> bool {
        self.is(item, Class::RELATIVE)
            && (!self.is(item, Class::DETERMINER)
                || item > low && self.form(item - 1) == Some(Form::Comma))
    }

    /// A word that can stand between subject and verb.
    pub(super) fn is_between(&self, item: usize) -> bool {
        self.token(item).is_some_and(|token| {
            token.is(Class::ADVERB.or(Class::AUXILIARY).or(Class::MODAL).or(Class::NEGATION))
                && !self.is_surname_of_the_calendar(item)
                || token.form == Form::Hyphen
                || is_manner_adverb(token, self.tokens.text)
        })
    }

    /// The subject of the verb at `verb`, looking back no further than `low`.
    pub(super) fn subject_before(&self, verb: usize, low: usize) -> Option<Mention> {
        let mut end = verb;
        while end > low
            && self.is_between(end - 1)
            && !self.is(end - 1, Class::PRONOUN)
            // "the family": what stands behind an article is no adverb.
            && !(end > low + 1 && self.is_noun_behind(end - 2, end - 1))
        {
            end -= 1;
        }
        end = self.before_ticker(end, low);
        if end == low {
            return None;
        }
        let last = end - 1;
        // "a sign that said": after a noun the conjunction is a relative.
        let relative_that = last > low
            && self.is(last, Class::THAT)
            && self.token(last - 1).is_some_and(|noun| {
                noun.form == Form::Word && !noun.is(Class::SAY.or(Class::PREPOSITION))
            });
        match self.form(last) {
            Some(Form::Word) if self.is_relative(last, low) || relative_that => {
                let mut before = last;
                while before > low && self.form(before - 1) != Some(Form::Word) {
                    before -= 1;
                }
                return self.phrase_before(before, low);
            }
            Some(Form::Word | Form::Number) if self.is(last, Class::PRONOUN) => {
                return self.single(last, MentionKind::Pronoun);
            }
            // "Smith, the director, said": the subject stands before the apposition.
            Some(Form::Comma | Form::Close | Form::Dash) => {
                return self
                    .before_apposition(last, low)
                    .or_else(|| self.sentence_subject(low, end));
            }
            Some(Form::Word) if self.is(last, Class::CONJUNCTION) => {
                return self.sentence_subject(low, end);
            }
            _ => {}
        }
        let mention = self.phrase_before(end, low).or_else(|| self.sentence_subject(low, end))?;
        // "a source close to the talks said"
        let start =
            (low..end).find(|&item| self.items[item] == Item::Token(mention.first)).unwrap_or(end);
        Some(self.with_description(mention, start, end))
    }

    /// The name before an English apposition that ends with the comma at `last` and itself stands behind a
    /// comma: "The road is closed, Jane Roe, chief engineer at the plant, said".
    fn before_apposition(&self, last: usize, low: usize) -> Option<Mention> {
        if self.tokens.language != Language::English || self.form(last) != Some(Form::Comma) {
            return None;
        }
        let is_comma = |item: &usize| self.form(*item) == Some(Form::Comma);
        let begin = (low..last).rev().take(LONGEST).find(is_comma)?;
        // It says which office the name has.
        let describes = (begin + 1..last)
            .take_while(|&item| self.form(item) == Some(Form::Word))
            .take(MOST_MODIFIERS)
            .any(|item| self.is(item, Class::PERSON_NOUN));
        let before = (low..begin).rev().take(LONGEST).find(is_comma)?;
        let named = describes.then(|| self.phrase(before + 1, begin)).flatten()?;
        let is_all = self.items[begin - 1] == Item::Token(named.end - 1);
        // "a Montebello, Calif., physician": a place is told by a comma too.
        let is_person =
            named.end > named.first + 1 && self.tokens.tokens[named.first].is(Class::FORENAME);
        (named.kind == MentionKind::Name && is_all && is_person).then_some(named)
    }

    /// The noun phrase that ends before `end`.
    pub(super) fn phrase_before(&self, end: usize, low: usize) -> Option<Mention> {
        self.phrase_past_tickers(end, low, MOST_TICKERS)
    }

    /// The noun phrase that ends before `end`, read past so many signs of exchanges: of several that stand in
    /// a stretch only the last is asked, or a list of them would cost what all their combinations do.
    fn phrase_past_tickers(&self, end: usize, low: usize, tickers: usize) -> Option<Mention> {
        let start = self.phrase_start(end, low);
        let around = || self.around_ticker(start, end, low, tickers);
        (tickers > 0).then(around).flatten().or_else(|| self.phrase_from(start, end, low))
    }

    /// The name behind an exchange's sign that stands in a stretch, or the one that bears it: "Harlan Mills
    /// <HRLM.L> treasurer Jane Roe", "Harlan Mills <HRLM.L> steel group", "Harlan Mills <HRLM.L> and Ardell
    /// Foods Inc".
    fn around_ticker(
        &self,
        start: usize,
        end: usize,
        low: usize,
        tickers: usize,
    ) -> Option<Mention> {
        let (behind, name_end) = (start + 1..end)
            .rev()
            .find_map(|behind| Some((behind, self.ticker_begin(behind, low)?)))?;
        let is_name = |mention: &Mention| mention.kind == MentionKind::Name;
        let together = self.is(behind, Class::CONJUNCTION);
        let named = || {
            let named = self.phrase(behind, end).filter(is_name);
            named.or_else(|| self.modified_name(behind, end))
        };
        let bearer = || self.phrase_past_tickers(name_end, low, tickers - 1).filter(is_name);
        (!together).then(named).flatten().or_else(bearer)
    }

    /// Where the words that can be of one phrase begin which ends before `end`.
    fn phrase_start(&self, end: usize, low: usize) -> usize {
        let mut start = end;
        while start > low && end - start < LONGEST {
            let before = start - 1;
            let Some(token) = self.token(before) else { break };
            if !matches!(
                token.form,
                Form::Word | Form::Number | Form::Hyphen | Form::Mark | Form::Other
            ) && !self.is_name_stop(before)
            {
                break;
            }
            let ends = token.is(Class::SUBORDINATOR.or(Class::SAY))
                && !self.begins_body(before)
                && !(before > low && self.is_noun_behind(before - 1, before));
            if ends || self.is_relative(before, low) {
                break;
            }
            start = before;
        }
        start
    }

    /// The noun phrase in a stretch that ends before `end`.
    fn phrase_from(&self, start: usize, end: usize, low: usize) -> Option<Mention> {
        // Whatever leads up to the phrase is not part of it.
        let start = self.past_what_leads_up(start, end);
        if start < end && self.is(start, Class::PREPOSITION) {
            // "In Washington Smith said": the phrase begins after the prepositional one.
            let mut candidate = end;
            while candidate > start + 1 && self.token(candidate - 1).is_some_and(Token::is_capital)
            {
                candidate -= 1;
            }
            let apart = candidate > start + 1
                && !self.is(
                    candidate - 1,
                    Class::DETERMINER.or(Class::PREPOSITION).or(Class::GENITIVE),
                );
            if candidate < end && apart {
                return self.phrase(candidate, end);
            }
            return None;
        }
        self.phrase(start, end).or_else(|| self.modified_name(start, end)).or_else(|| {
            let last = end.checked_sub(1)?;
            let bare =
                self.is(last, Class::PERSON_NOUN.or(Class::ANONYMOUS).or(Class::ORGANISATION));
            (last >= low && bare).then(|| self.single(last, MentionKind::Role)).flatten()
        })
    }

    /// The first noun phrase between `low` and `end` that does not belong to an introduction.
    pub(super) fn sentence_subject(&self, low: usize, end: usize) -> Option<Mention> {
        let mut start = self.past_dateline(low, end);
        while start < end {
            let mut stop = start;
            while stop < end
                && !(matches!(
                    self.form(stop),
                    Some(
                        Form::Comma
                            | Form::Semicolon
                            | Form::Colon
                            | Form::Dash
                            | Form::Open
                            | Form::Close
                    )
                ))
            {
                stop += 1;
            }
            let first = self.past_what_leads_up(start, stop);
            let introduces = first >= stop
                || self.is(first, Class::PREPOSITION.or(Class::SUBORDINATOR).or(Class::VERBLESS))
                || self.is(first, Class::GENITIVE) && !self.is(first, Class::DETERMINER)
                || first > low && self.is_relative(first, low)
                || self.opens_with_verb(first);
            if !introduces && let Some(mention) = self.phrase(first, stop) {
                return Some(mention);
            }
            start = stop + 1;
        }
        self.subject_pronoun(low, end)
    }

    /// The subject that directly follows the verb at `verb`, not beyond `high`.
    pub(super) fn subject_after(&self, verb: usize, high: usize) -> Option<Mention> {
        let mut start = verb + 1;
        while start < high
            && self.token(start).is_some_and(|token| {
                (token.is(Class::ADVERB
                    .or(Class::VERB_PARTICLE)
                    .or(Class::NEGATION)
                    .or(Class::AUXILIARY))
                    || token.form == Form::Hyphen)
                    && !token.is(Class::PRONOUN.or(Class::PREPOSITION).or(Class::DETERMINER))
            })
        {
            start += 1;
        }
        let day = self.is(start, Class::CALENDAR) && !self.is(start, Class::FORENAME);
        // "there is no reason to say that …": what is said follows, nobody who says it.
        let reported = self.tokens.language == Language::English && self.is(start, Class::THAT);
        if start >= high || day || reported {
            return None;
        }
        if self.is(start, Class::IMPERSONAL) {
            // "heißt es in einer Erklärung": the source follows the preposition.
            let near = start + 1..high.min(start + 5);
            let prepositions = || near.clone().filter(|&item| self.is(item, Class::PREPOSITION));
            // "hieß es zur Begründung aus Brüssel": "aus" tells the source best.
            let origin = |item: &usize| {
                self.token(*item).is_some_and(|token| token.span.of(self.tokens.text) == "aus")
            };
            let time = |item: &usize| self.is(item + 1, Class::CALENDAR);
            let preposition = prepositions()
                .find(origin)
                .or_else(|| prepositions().find(|item| *item < start + 4 && !time(item)));
            if let Some(source) = preposition.and_then(|item| self.phrase(item + 1, high)) {
                return Some(source);
            }
        }
        let mention = self.phrase(start, high).or_else(|| self.modified_name(start, high))?;
        let behind = (start..high)
            .take(LONGEST + MOST_MODIFIERS + 1)
            .find(|&item| self.items[item] == Item::Token(mention.end));
        let office = behind.and_then(|item| self.office_behind_ticker(item, high));
        if let Some(named) = office.and_then(|office| self.phrase(office, high))
            && named.kind == MentionKind::Name
        {
            return Some(named);
        }
        Some(self.with_description(mention, start, high))
    }

    /// A name with small words before it and no article: "political scientist Jane Roe", "undecided
    /// voter John Doe".
    fn modified_name(&self, start: usize, high: usize) -> Option<Mention> {
        let Item::Token(first) = *self.items.get(start)? else { return None };
        let modifies = |item: usize| {
            self.token(item).is_some_and(|token| {
                token.form == Form::Hyphen
                    || token.form == Form::Word
                        && !token.is_capital()
                        && !is_manner_adverb(token, self.tokens.text)
                        && !token.is(NO_MODIFIER)
            })
        };
        let mut head = start;
        while head < high && head < start + MOST_MODIFIERS && modifies(head) {
            head += 1;
            if let Some(named) = self.phrase(head, high)
                && named.kind == MentionKind::Name
            {
                return Some(Mention { first, ..named });
            }
        }
        None
    }

    /// "a source close to the talks": what describes an unnamed source belongs to it.
    fn with_description(&self, mention: Mention, start: usize, high: usize) -> Mention {
        let inside = &self.tokens.tokens[mention.first..mention.end];
        if !inside.iter().any(|token| token.is(Class::ANONYMOUS)) {
            return mention;
        }
        let end = (start..high.min(start + LONGEST)).find(|&item| {
            self.token(item).is_none_or(|token| {
                !token.is_word()
                    || token.is(Class::SUBORDINATOR
                        .or(Class::SAY)
                        .or(Class::RELATIVE)
                        .or(Class::CALENDAR))
            })
        });
        match end.unwrap_or(high.min(start + LONGEST)).checked_sub(1).map(|last| self.items[last]) {
            Some(Item::Token(last)) if last + 1 > mention.end => {
                Mention { end: last + 1, ..mention }
            }
            _ => mention,
        }
    }

    /// The first pronoun that can only be a subject.
    fn subject_pronoun(&self, low: usize, end: usize) -> Option<Mention> {
        let item = (low..end).find(|&item| {
            self.is(item, Class::HE.or(Class::SHE).or(Class::FIRST))
                && !self.is(item, Class::DETERMINER)
        })?;
        self.single(item, MentionKind::Pronoun)
    }

    /// The name that ends right before `end`: "…, and the minister Jens Smith:".
    pub(super) fn name_before(&self, end: usize, low: usize) -> Option<Mention> {
        let mention = self.phrase_before(end, low)?;
        let last = (low < end).then(|| end - 1)?;
        let reaches = matches!(self.items[last], Item::Token(token) if token < mention.end);
        (reaches && mention.kind == MentionKind::Name).then_some(mention)
    }

    /// The noun of a verbless cue that names the source itself: "nach Polizeiangaben".
    pub(super) fn source_noun(&self, item: usize) -> Option<Mention> {
        self.single(item, MentionKind::Role)
    }

    pub(super) fn single(&self, item: usize, kind: MentionKind) -> Option<Mention> {
        match self.items[item] {
            Item::Token(token) => Some(Mention { first: token, end: token + 1, kind }),
            Item::Quotation(_) => None,
        }
    }

    /// The subject behind a verb in a language without articles: small words that lead to a name
    /// ("сказал хирург Иван Петров"), or the place that speaks ("сообщили в МИД").
    pub(super) fn bare_subject_after(&self, verb: usize, high: usize) -> Option<Mention> {
        let start = verb + 1;
        if start >= high {
            return None;
        }
        if start + 2 < high
            && self.is(start, Class::PREPOSITION)
            && self.is(start + 1, Class::CALENDAR)
        {
            // "повторил во вторник мэр".
            return self.bare_subject_after(start + 1, high);
        }
        if self.is(start, Class::PREPOSITION) && self.token(start)?.span.len() <= 4 {
            if start + 1 < high && self.is(start + 1, Class::SAYING) {
                return self.single(start + 1, MentionKind::Role);
            }
            let plural = self.token(verb)?.span.of(self.tokens.text).ends_with("ли");
            return self
                .phrase(start + 1, high)
                .filter(|mention| mention.kind != MentionKind::Pronoun)
                .or_else(|| if plural { self.words_after(start + 1, high) } else { None });
        }
        let reach = high.min(start + 7);
        let stop = (start..reach)
            .find(|&item| {
                self.token(item).is_none_or(|token| {
                    token.is_capital()
                        || !matches!(token.form, Form::Word | Form::Hyphen)
                        || token.is(Class::SUBORDINATOR.or(Class::PREPOSITION).or(Class::ADVERB))
                })
            })
            .unwrap_or(reach);
        let Item::Token(first) = self.items[start] else { return None };
        if stop < high
            && let Some(named) = self.phrase(stop, high)
            && named.kind == MentionKind::Name
        {
            return Some(Mention { first, ..named });
        }
        // "рассказал местный житель": the role ends the phrase.
        let role =
            (start..stop).find(|&item| self.is(item, Class::PERSON_NOUN.or(Class::ANONYMOUS)))?;
        self.single(role, MentionKind::Role).map(|mention| Mention { first, ..mention })
    }

    /// The words that follow a verbless cue up to the next punctuation, whatever they are.
    pub(super) fn words_after(&self, cue_end: usize, high: usize) -> Option<Mention> {
        let end = (cue_end..high.min(cue_end + 8))
            .find(|&item| self.token(item).is_none_or(|token| !token.is_word()))
            .unwrap_or(high.min(cue_end + 8));
        let (Item::Token(first), Item::Token(last)) =
            (*self.items.get(cue_end)?, self.items[end.checked_sub(1)?])
        else {
            return None;
        };
        // "По мнению аналитика банка Льва Седова": a name closes the words.
        let named = matches!(self.tokens.language, Language::Russian | Language::Ukrainian)
            && end > cue_end + 2
            && (end - 2..end).all(|item| self.token(item).is_some_and(Token::is_capital));
        let kind = if named { MentionKind::Name } else { MentionKind::Role };
        (cue_end < end).then_some(Mention { first, end: last + 1, kind })
    }

    /// The subject behind a verb and what stands between, a day or prepositional phrases: "han contado a
    /// este diario dos vecinos", "a martelé mardi sur France Nord le maire".
    pub(super) fn subject_after_object(&self, verb: usize, high: usize) -> Option<Mention> {
        let mut next = verb + 1;
        let mut source = None;
        for _ in 0..MOST_OBJECTS {
            if next >= high {
                break;
            }
            let article = self.is(next, Class::DETERMINER)
                && next + 1 < high
                && self.is(next + 1, Class::CALENDAR);
            if self.is(next, Class::CALENDAR) || article {
                next += 1 + usize::from(article);
            } else if self.is(next, Class::PREPOSITION) {
                let object = self.phrase(next + 1, high)?;
                let text = self.tokens.tokens[object.first..object.end]
                    .iter()
                    .any(|token| token.is(Class::SAYING));
                source = source.or(text.then_some(object));
                next = (next + 1..high)
                    .find(|&item| matches!(self.items[item], Item::Token(token) if token >= object.end))
                    .unwrap_or(high);
            } else {
                break;
            }
        }
        let subject = next > verb + 1 && next < high && self.is(next, Class::DETERMINER);
        // "si legge in una nota": nobody else is named.
        if subject { self.phrase(next, high) } else { source }
    }
}

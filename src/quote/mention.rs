//! Mentions: the words that name a speaker, found as the subject of a verb of saying.
//!
//! There is no parser here. A subject is a noun phrase that stands directly before the verb
//! (adverbs, auxiliaries and appositions between commas left out) or directly after it.

use super::frames::{Frames, Item};
use super::lexicon::Class;
use super::tokens::{Facts, Form, Token};
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
const LONGEST: usize = 16;

impl Frames<'_, '_> {
    fn is(&self, item: usize, class: Class) -> bool {
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
                || token.form == Form::Hyphen
                || is_manner_adverb(token, self.tokens.text)
        })
    }

    /// The subject of the verb at `verb`, looking back no further than `low`.
    pub(super) fn subject_before(&self, verb: usize, low: usize) -> Option<Mention> {
        let mut end = verb;
        while end > low && self.is_between(end - 1) && !self.is(end - 1, Class::PRONOUN) {
            end -= 1;
        }
        if end == low {
            return None;
        }
        let last = end - 1;
        match self.form(last) {
            Some(Form::Word) if self.is_relative(last, low) => {
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
            Some(Form::Comma | Form::Close | Form::Dash) => return self.sentence_subject(low, end),
            Some(Form::Word) if self.is(last, Class::CONJUNCTION) => {
                return self.sentence_subject(low, end);
            }
            _ => {}
        }
        self.phrase_before(end, low).or_else(|| self.sentence_subject(low, end))
    }

    /// The noun phrase that ends before `end`.
    pub(super) fn phrase_before(&self, end: usize, low: usize) -> Option<Mention> {
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
            if token.is(Class::SUBORDINATOR.or(Class::SAY)) || self.is_relative(before, low) {
                break;
            }
            start = before;
        }
        // Whatever leads up to the phrase is not part of it.
        while start < end && self.leads_up(start) {
            start += 1;
        }
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
        self.phrase(start, end).or_else(|| {
            let last = end.checked_sub(1)?;
            let bare =
                self.is(last, Class::PERSON_NOUN.or(Class::ANONYMOUS).or(Class::ORGANISATION));
            (last >= low && bare).then(|| self.single(last, MentionKind::Role)).flatten()
        })
    }

    /// The first noun phrase between `low` and `end` that does not belong to an introduction.
    pub(super) fn sentence_subject(&self, low: usize, end: usize) -> Option<Mention> {
        let mut start = low;
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
            let mut first = start;
            while first < stop && self.leads_up(first) {
                first += 1;
            }
            let introduces = first >= stop
                || self.is(first, Class::PREPOSITION.or(Class::SUBORDINATOR))
                || self.is(first, Class::GENITIVE) && !self.is(first, Class::DETERMINER)
                || first > low && self.is_relative(first, low);
            if !introduces && let Some(mention) = self.phrase(first, stop) {
                return Some(mention);
            }
            start = stop + 1;
        }
        self.subject_pronoun(low, end)
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
        if start >= high || self.is(start, Class::CALENDAR) && !self.is(start, Class::FORENAME) {
            return None;
        }
        if self.is(start, Class::IMPERSONAL) {
            // "heißt es in einer Erklärung": the source follows the preposition.
            let preposition =
                (start + 1..high.min(start + 4)).find(|&item| self.is(item, Class::PREPOSITION));
            if let Some(source) = preposition.and_then(|item| self.phrase(item + 1, high)) {
                return Some(source);
            }
        }
        let mention = self.phrase(start, high)?;
        Some(self.with_description(mention, start, high))
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

    fn single(&self, item: usize, kind: MentionKind) -> Option<Mention> {
        match self.items[item] {
            Item::Token(token) => Some(Mention { first: token, end: token + 1, kind }),
            Item::Quotation(_) => None,
        }
    }

    /// A full stop after an initial or a shortened title is part of the name.
    fn is_name_stop(&self, item: usize) -> bool {
        if self.form(item) != Some(Form::Stop) || item == 0 {
            return false;
        }
        let ends = self.token(item).is_some_and(|stop| stop.has(Facts::SENTENCE_END));
        self.token(item - 1).is_some_and(|before| {
            let title = before.is(Class::PERSON_NOUN) && !ends;
            before.is_capital()
                && (before.span.len() <= 2 || before.is(Class::ABBREVIATION) || title)
                || before.is(Class::ABBREVIATION)
        })
    }

    /// The noun phrase that begins at `start`, not beyond `high`.
    pub(super) fn phrase(&self, start: usize, high: usize) -> Option<Mention> {
        if start >= high {
            return None;
        }
        let Some(head) = self.token(start) else { return self.quoted_name(start) };
        if !head.is_word() {
            return None;
        }
        if head.is(Class::PRONOUN) && !head.is(Class::DETERMINER) {
            return self.single(start, MentionKind::Pronoun);
        }
        let determined = head.is(Class::DETERMINER) || head.form == Form::Number;
        let person = head.is(Class::PERSON_NOUN.or(Class::ANONYMOUS).or(Class::ORGANISATION));
        let german = self.tokens.language == Language::German;
        // German verbs have no capital inside a sentence: "den Angaben", "ihre Forderungen".
        let noun = german
            && start > 0
            && self.token(start - 1).is_some_and(|before| !before.has(Facts::SENTENCE_END));
        // "de Maizière".
        let particle = german
            && head.is(Class::PARTICLE)
            && !head.is(Class::PREPOSITION.or(Class::DETERMINER).or(Class::GENITIVE))
            && start + 1 < high
            && self.token(start + 1).is_some_and(Token::is_capital);
        let capital = particle
            || head.is_capital()
                && (person
                    || noun && head.is(Class::SAY)
                    || head.is(Class::FORENAME)
                    || !head.is(Class::PREPOSITION
                        .or(Class::SUBORDINATOR)
                        .or(Class::CONJUNCTION)
                        .or(Class::AUXILIARY)
                        .or(Class::SAY)
                        .or(Class::RELATIVE)
                        .or(Class::CALENDAR)));
        let compound = self.is_compound_role(start, high);
        if !(determined || person || capital || compound) {
            return None;
        }
        let high = high.min(start + LONGEST);
        let mut end = if german && determined {
            self.end_of_extended_attribute(start + 1, high).unwrap_or(start + 1)
        } else {
            start + 1
        };
        let person = person || compound;
        let mut named = capital && !person && !determined;
        // German nouns are capitals: a small word behind one is no longer part of the phrase,
        // unless another article came between.
        let mut noun_taken = head.is_capital() && !head.is(Class::DETERMINER);
        while end < high {
            let Some(token) = self.token(end) else {
                // A nickname in marks between names.
                if end + 1 < high && self.token(end + 1).is_some_and(Token::is_capital) && named {
                    end += 1;
                    continue;
                }
                // "der „Spiegel“": the name itself stands in marks.
                if (determined || person)
                    && let (Some(name), Item::Token(first)) =
                        (self.quoted_name(end), self.items[start])
                {
                    return Some(Mention { first, ..name });
                }
                break;
            };
            let next_capital = end + 1 < high && self.token(end + 1).is_some_and(Token::is_capital);
            let takes = match token.form {
                Form::Hyphen | Form::Number => true,
                Form::Stop => self.is_name_stop(end),
                Form::Word if token.is_capital() && german && token.is(Class::SAY) => true,
                Form::Word if token.is_capital() => {
                    !token.is(Class::SUBORDINATOR.or(Class::CALENDAR)) || token.is(Class::FORENAME)
                }
                Form::Word if token.is(Class::PARTICLE) && next_capital => true,
                Form::Word if token.is(Class::GENITIVE) => {
                    end + 1 < high && self.can_follow(end + 1)
                }
                Form::Word if token.is(Class::CONJUNCTION) => {
                    next_capital
                        || (end + 1 < high && self.is(end + 1, Class::DETERMINER) && determined)
                }
                Form::Word
                    if token.is(Class::PREPOSITION
                        .or(Class::SUBORDINATOR)
                        .or(Class::RELATIVE)
                        .or(Class::AUXILIARY)
                        .or(Class::MODAL)
                        .or(Class::NEGATION)
                        .or(Class::CALENDAR)
                        .or(Class::PRONOUN)) =>
                {
                    token.is(Class::PERSON_NOUN)
                        || german
                            && determined
                            && !noun_taken
                            && token.is(Class::CALENDAR.or(Class::NEGATION))
                            && self.capital_near(end, high)
                }
                // "una nota", "le juge": a form that is a noun behind an article.
                Form::Word
                    if end == start + 1
                        && head.is(Class::DETERMINER)
                        && token.is(Class::SAYING) =>
                {
                    true
                }
                Form::Word
                    if token.is(Class::SAY.or(Class::THINK)) && !token.is(Class::PERSON_NOUN) =>
                {
                    false
                }
                // "einer gestern verbreiteten Erklärung".
                Form::Word
                    if german
                        && determined
                        && !noun_taken
                        && token.is(Class::ADVERB.or(Class::NEGATION))
                        && self.capital_near(end, high) =>
                {
                    true
                }
                Form::Word if token.is(Class::ADVERB) && !token.is(Class::DETERMINER) => false,
                // A second article begins another phrase: "dijo a este diario | el ministro".
                Form::Word if token.is(Class::DETERMINER) && !token.is(Class::PERSON_NOUN) => self
                    .is(
                        end - 1,
                        Class::GENITIVE
                            .or(Class::CONJUNCTION)
                            .or(Class::DETERMINER)
                            .or(Class::PREPOSITION),
                    ),
                // Small words go on until the head noun; after a bare name only roles do.
                Form::Word if german => !noun_taken,
                Form::Word => {
                    determined
                        || !named
                        || token.is(Class::PERSON_NOUN.or(Class::ORGANISATION))
                        || self.capital_near(end, high)
                }
                _ => false,
            };
            if !takes {
                break;
            }
            named |= token.is_capital() && !token.is(Class::PERSON_NOUN);
            noun_taken = token.is_capital()
                || noun_taken && !token.is(Class::DETERMINER.or(Class::GENITIVE));
            end += 1;
        }
        while end > start + 1
            && self.token(end - 1).is_none_or(|token| {
                !token.is_word() && token.form != Form::Stop
                    || (token.is(Class::CONJUNCTION.or(Class::GENITIVE)) && !token.is_capital())
            })
        {
            end -= 1;
        }
        let (Item::Token(first), Item::Token(last)) = (self.items[start], self.items[end - 1])
        else {
            return None;
        };
        let kind = if named { MentionKind::Name } else { MentionKind::Role };
        // "der anwesend …", "el martes": without a noun it is no phrase.
        let only = if german {
            !self.tokens.tokens[first + 1..=last].iter().any(|token| {
                token.is_capital() || token.form == Form::Number || token.is(Class::ORGANISATION)
            })
        } else {
            last == first && self.tokens.language != Language::English && !head.is(Class::PRONOUN)
        };
        let article_only = only && head.is(Class::DETERMINER);
        (!article_only).then_some(Mention { first, end: last + 1, kind })
    }

    /// German sets whole phrases between an article and its noun, closed by a participle: "die in
    /// Lowmoor geborene Ministerin". Gives the item of the noun.
    fn end_of_extended_attribute(&self, start: usize, high: usize) -> Option<usize> {
        if start >= high
            || !self.is(start, Class::PREPOSITION.or(Class::OBLIQUE).or(Class::DETERMINER))
            || self.is(start, Class::DETERMINER)
                && start > 1
                && self.form(start - 2) == Some(Form::Comma)
            || self.is(start, Class::PERSON_NOUN)
        {
            return None;
        }
        const ENDINGS: [&str; 8] = ["te", "ten", "ter", "tes", "ene", "enen", "ende", "enden"];
        (start + 1..high.saturating_sub(1))
            .take_while(|&item| {
                matches!(self.form(item), Some(Form::Word | Form::Number | Form::Hyphen))
            })
            .find(|&item| {
                self.token(item).is_some_and(|token| {
                    let word = token.span.of(self.tokens.text);
                    !token.is_capital()
                        && token.class == Class::default()
                        && ENDINGS.iter().any(|ending| word.ends_with(ending))
                }) && self.token(item + 1).is_some_and(Token::is_capital)
            })
            .map(|item| item + 1)
    }

    /// "пресс-секретарь", "vice-présidente": the last part of the compound is the role.
    fn is_compound_role(&self, item: usize, high: usize) -> bool {
        item + 2 < high
            && self.form(item + 1) == Some(Form::Hyphen)
            && self.is(item + 2, Class::PERSON_NOUN.or(Class::ORGANISATION))
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

    /// A few words in marks that begin with a capital: the name of a paper, a group.
    pub(super) fn quoted_name(&self, item: usize) -> Option<Mention> {
        let Item::Quotation(quotation) = self.items[item] else { return None };
        let quotation = &self.quotations[quotation];
        let inside = &self.tokens.tokens[quotation.first..quotation.end];
        let short = inside.len() <= 5 && inside.first().is_some_and(Token::is_capital);
        let plain = inside
            .iter()
            .all(|token| !matches!(token.form, Form::Stop | Form::Exclamation | Form::Comma));
        (short && plain).then_some(Mention {
            first: quotation.before,
            end: quotation.after,
            kind: MentionKind::Name,
        })
    }

    fn can_follow(&self, item: usize) -> bool {
        self.token(item).is_some_and(|token| {
            token.is_word() && !token.is(Class::SAY.or(Class::SUBORDINATOR))
                || token.form == Form::Mark
        })
    }

    /// Whether a capital word follows within three words: "campaign manager Kellyanne Conway".
    fn capital_near(&self, item: usize, high: usize) -> bool {
        (item + 1..high.min(item + 3)).any(|near| {
            self.token(near).is_some_and(|token| token.is_capital() && !token.is(Class::CALENDAR))
        }) && (item..high.min(item + 3)).all(|near| {
            self.token(near).is_some_and(|token| {
                token.is_word()
                    && !token.is(Class::PREPOSITION.or(Class::SUBORDINATOR).or(Class::CONJUNCTION))
            })
        })
    }
}

/// English adverbs in -ly; other languages list theirs.
fn is_manner_adverb(token: &Token, text: &str) -> bool {
    token.form == Form::Word
        && (!token.has(Facts::CAPITAL) || token.span.len() > 7 && !token.is(Class::FORENAME))
        && token.span.len() > 4
        && token.span.of(text).ends_with("ly")
        && !token.is(Class::PERSON_NOUN)
}

//! Noun phrases: how far the words that name a speaker reach.
//!
//! A phrase begins with an article, a capital, a pronoun or a noun for a person, and goes on over
//! what such phrases hold: names with their particles and initials, offices, genitives.

use super::frames::{Frames, Item};
use super::kind::is_title_case;
use super::lexicon::Class;
use super::mention::{LONGEST, Mention, MentionKind};
use super::name_run::{begins_body, is_surname_of_the_calendar};
use super::tokens::{Facts, Form, Token};
use crate::model::Language;

/// Words that are neither nouns nor adjectives, whatever else they can be: what stands behind an English
/// article is a noun or describes one, though the form is a verb or an adverb elsewhere.
const NO_NOUN: Class = Class::PREPOSITION
    .or(Class::SUBORDINATOR)
    .or(Class::RELATIVE)
    .or(Class::AUXILIARY)
    .or(Class::MODAL)
    .or(Class::PRONOUN)
    .or(Class::DETERMINER)
    .or(Class::CONJUNCTION)
    .or(Class::NEGATION);

/// A determiner that is no pronoun: "the", "a", "their".
fn is_article(token: &Token) -> bool {
    token.is(Class::DETERMINER) && !token.is(Class::PRONOUN)
}

impl Frames<'_, '_> {
    /// A full stop after an initial or a shortened title is part of the name.
    pub(super) fn is_name_stop(&self, item: usize) -> bool {
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
        let Some(head) = self.token(start) else {
            return self.quoted_name(start).filter(|&name| self.is_name_alone(name));
        };
        if !head.is_word() || head.has(Facts::FURNITURE) {
            return None;
        }
        if head.is(Class::PRONOUN) && !head.is(Class::DETERMINER) {
            return self.single(start, MentionKind::Pronoun);
        }
        let english = self.tokens.language == Language::English;
        let determined = head.is(Class::DETERMINER.or(Class::OWNER)) || head.form == Form::Number;
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
                    || self.begins_body(start)
                    || head.is(Class::FORENAME)
                    || !head.is(Class::PREPOSITION
                        .or(Class::SUBORDINATOR)
                        .or(Class::CONJUNCTION)
                        .or(Class::AUXILIARY)
                        .or(Class::SAY)
                        .or(Class::RELATIVE)
                        .or(Class::VERBLESS)
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
                // "the 61-year-old": what follows a hyphen is a part of the word before it.
                Form::Word if !german && self.form(end - 1) == Some(Form::Hyphen) => true,
                Form::Stop => self.is_name_stop(end),
                Form::Word if token.is_capital() && german && token.is(Class::SAY) => true,
                Form::Word if token.is_capital() => {
                    !token.is(Class::SUBORDINATOR.or(Class::CALENDAR))
                        || token.is(Class::FORENAME)
                        || self.is_surname_of_the_calendar(end)
                }
                // German "den" is a part of names only behind another: "van den Berg".
                Form::Word
                    if token.is(Class::PARTICLE)
                        && next_capital
                        && !(german
                            && token.is(Class::DETERMINER)
                            && !self.is(end - 1, Class::PARTICLE)) =>
                {
                    true
                }
                Form::Word if token.is(Class::GENITIVE) => {
                    end + 1 < high && self.can_follow(end + 1)
                }
                Form::Word if token.is(Class::CONJUNCTION) => {
                    next_capital
                        || english && self.is_second_office(end, high)
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
                // "the advocates", "a second source", "the January report", "Ohio's state fair".
                Form::Word if self.is_noun_behind(end - 1, end) => true,
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
                    self.begins_body(end)
                }
                // "einer gestern verbreiteten Erklärung".
                Form::Word
                    if german
                        && determined
                        && !noun_taken
                        && token.is(Class::ADVERB.or(Class::NEGATION))
                        && self.noun_ahead(end, high) =>
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
                // "the Treasury released …": a verb behind the name.
                Form::Word
                    if english
                        && self.token(end - 1).is_some_and(Token::is_capital)
                        && !next_capital
                        && token.class == Class::default()
                        && token.span.of(self.tokens.text).ends_with("ed") =>
                {
                    false
                }
                // Small words go on until the head noun; after a bare name only roles do.
                Form::Word if german => !noun_taken,
                Form::Word => {
                    determined
                        || !named
                        || token.is(Class::PERSON_NOUN.or(Class::ANONYMOUS).or(Class::ORGANISATION))
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
        // "Trump supporters", "Share dealers": what they are stands behind the capital.
        let plural = english && named && !determined && end < high && self.is_plural(end, high);
        end += usize::from(plural);
        named &= !plural;
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
            last == first && !head.is(Class::PRONOUN)
        };
        // "420,000 are": nor does a number alone name anybody.
        let article_only = only
            && (head.is(Class::DETERMINER) && (!english || is_article(head))
                || english && head.form == Form::Number);
        (!article_only).then_some(Mention { first, end: last + 1, kind })
    }

    /// Whether a conjunction stands between two offices of one person: "vice president and | oil analyst
    /// Jane Roe".
    fn is_second_office(&self, conjunction: usize, high: usize) -> bool {
        const LONGEST_OFFICE: usize = 4;
        let is_small_office = |item: usize| {
            self.token(item)
                .is_some_and(|token| token.is(Class::PERSON_NOUN) && !token.is_capital())
        };
        let second = (conjunction + 1..high).take(LONGEST_OFFICE).take_while(|&item| {
            self.token(item).is_some_and(|token| token.form == Form::Word && !token.is_capital())
        });
        let last = second.last();
        is_small_office(conjunction - 1)
            && last.is_some_and(|last| {
                is_small_office(last)
                    && last + 1 < high
                    && self.token(last + 1).is_some_and(Token::is_capital)
            })
    }

    /// Whether a month is a surname: "Theresa May".
    pub(super) fn is_surname_of_the_calendar(&self, item: usize) -> bool {
        matches!(self.items[item], Item::Token(token) if is_surname_of_the_calendar(self.tokens, token))
    }

    /// Whether a word that is a verb elsewhere begins the name of a body: "the State Department".
    pub(super) fn begins_body(&self, item: usize) -> bool {
        matches!(self.items[item], Item::Token(token) if begins_body(self.tokens, token))
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
                        && (token.class == Class::default() || token.is(Class::PERSON_NOUN))
                        && ENDINGS.iter().any(|ending| word.ends_with(ending))
                }) && self.token(item + 1).is_some_and(Token::is_capital)
            })
            .map(|item| item + 1)
    }

    /// Whether a word is a noun or describes one because it stands behind an English article, a genitive or
    /// "of", whatever it is elsewhere: "the advocates", "a second source", "secretary of state".
    pub(super) fn is_noun_behind(&self, before: usize, item: usize) -> bool {
        self.tokens.language == Language::English
            && self.token(before).zip(self.token(item)).is_some_and(|(before, token)| {
                (is_article(before)
                    || before.has(Facts::POSSESSIVE)
                    || before.is(Class::GENITIVE)
                        && !token.span.of(self.tokens.text).ends_with("ing"))
                    && token.form == Form::Word
                    && (!token.is(NO_NOUN) || token.is(Class::PERSON_NOUN))
            })
    }

    /// Whether a small word is a noun in the plural that no list knows, right before the verb at `verb`.
    fn is_plural(&self, item: usize, verb: usize) -> bool {
        const SHORTEST: usize = 5;
        let is_verb =
            self.is(verb, Class::SAY.or(Class::THINK).or(Class::AUXILIARY).or(Class::MODAL));
        item + 1 == verb
            && is_verb
            && self.token(item).is_some_and(|token| {
                let word = token.span.of(self.tokens.text);
                token.form == Form::Word
                    && token.class == Class::default()
                    && !token.is_capital()
                    && word.len() >= SHORTEST
                    && word.ends_with('s')
                    && !word.ends_with("ss")
            })
    }

    /// "пресс-секретарь", "vice-présidente": the last part of the compound is the role.
    fn is_compound_role(&self, item: usize, high: usize) -> bool {
        item + 2 < high
            && self.form(item + 1) == Some(Form::Hyphen)
            && self.is(item + 2, Class::PERSON_NOUN.or(Class::ORGANISATION))
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

    /// Whether words in marks are a name without a noun before them: "„Die Truppen ziehen ab“ …" is none.
    fn is_name_alone(&self, name: Mention) -> bool {
        self.tokens.language != Language::German
            || is_title_case(&self.tokens.tokens[name.first + 1..name.end - 1])
    }

    fn can_follow(&self, item: usize) -> bool {
        self.token(item).is_some_and(|token| {
            token.is_word()
                && (!token.is(Class::SAY.or(Class::SUBORDINATOR))
                    || self.is_noun_behind(item - 1, item))
                || token.form == Form::Mark
        })
    }

    /// Whether a noun follows behind adverbs and adjectives: "der sonst so zurückhaltende Kardinal".
    fn noun_ahead(&self, item: usize, high: usize) -> bool {
        const FARTHEST: usize = 5;
        let verb = Class::AUXILIARY.or(Class::MODAL).or(Class::SAY).or(Class::PREPOSITION);
        (item + 1..high.min(item + FARTHEST))
            .map_while(|near| self.token(near).filter(|token| token.form == Form::Word))
            .take_while(|token| token.is_capital() || !token.is(verb))
            .any(Token::is_capital)
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

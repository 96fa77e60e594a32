//! The words of one name: which run of capital words, with titles before it, names one person or body.

use std::ops::Range;

use super::lexicon::Class;
use super::people::Gender;
use super::tokens::{Facts, Form, Token, Tokens};
use crate::model::Language;

/// The longest name of a company, in tokens.
const LONGEST_COMPANY: usize = 12;

/// The end of a question is looked for among so many tokens.
const LONGEST_QUESTION: usize = 60;

/// A run of capital words.
#[derive(Clone, Copy, Debug)]
pub(super) struct NameRun {
    /// First token, titles left out.
    pub(super) first: usize,
    /// One past the last token.
    pub(super) end: usize,
    /// How many words it has.
    pub(super) words: usize,
    /// What its titles say.
    pub(super) gender: Gender,
    /// A title stands before it.
    pub(super) titled: bool,
}

impl NameRun {
    /// A name without titles that says nothing of a gender.
    pub(super) fn plain(first: usize, end: usize, words: usize) -> Self {
        NameRun { first, end, words, gender: Gender::Unknown, titled: false }
    }
}

/// The name that begins at a token, if one does; looks no further than `high`.
pub(super) fn name_run(tokens: &Tokens, start: usize, high: usize) -> Option<NameRun> {
    if let Some(company) = company_run(tokens, start, high) {
        return Some(company);
    }
    let all = &tokens.tokens;
    let mut first = start;
    let mut gender = Gender::Unknown;
    let mut titled = false;
    while first < high && is_title(&all[first]) && !begins_body(tokens, first) {
        // "Father's Day": what follows is nobody who bears the title.
        if all[first].has(Facts::POSSESSIVE) {
            return None;
        }
        gender = gender_of_title(&all[first]).or(gender);
        titled = true;
        first += 1;
        if first < high && all[first].form == Form::Stop {
            first += 1;
        }
    }
    let mut end = first;
    let mut words = 0;
    while end < high {
        let token = &all[end];
        let takes = match token.form {
            Form::Word if token.is_capital() => {
                (!token.is(Class::CALENDAR)
                    || token.is(Class::FORENAME)
                    || is_surname_of_the_calendar(tokens, end))
                    && (words > 0
                        || (can_begin(token) && !asks(tokens, end))
                        || begins_body(tokens, end))
            }
            Form::Word => {
                words > 0
                    && token.is(Class::PARTICLE)
                    && !(tokens.language == Language::German
                        && token.is(Class::DETERMINER)
                        && !all[end - 1].is(Class::PARTICLE))
                    && !names_person_of(tokens, first..end, words)
                    && !(token.is(Class::CONJUNCTION)
                        && all.get(end + 1).is_some_and(|next| next.is(Class::FORENAME)))
                    && all.get(end + 1).is_some_and(|next| {
                        end + 1 < high && (next.is_capital() || next.is(Class::PARTICLE))
                    })
            }
            Form::Stop => {
                end > first
                    && all[end - 1].is_capital()
                    && all[end - 1].span.len() <= 2
                    && end + 1 < high
                    && all[end + 1].is_capital()
            }
            Form::Hyphen => {
                end > first
                    && end + 1 < high
                    && all[end + 1].is_capital()
                    && all[end - 1].is_capital()
            }
            _ => false,
        };
        if !takes {
            break;
        }
        if token.form == Form::Word {
            words += 1;
            if token.has(Facts::POSSESSIVE) {
                end += 1;
                break;
            }
        }
        end += 1;
    }
    while end > first && !all[end - 1].is_capital() {
        end -= 1;
    }
    let run = NameRun { first, end, words, gender, titled };
    (words > 0 && end > first).then(|| without_office(tokens, run))
}

/// Whether what stands before an English "of" is the full name of a person, so that what follows names
/// where the person belongs: "Jane Roe of Harlan Mills".
fn names_person_of(tokens: &Tokens, before: Range<usize>, words: usize) -> bool {
    let all = &tokens.tokens;
    let (first, last) = (&all[before.start], &all[before.end - 1]);
    let has_role = before.start > 0 && {
        let role = &all[before.start - 1];
        role.is(Class::PERSON_NOUN) && !role.is_capital()
    };
    let begins = has_role || first.is(Class::FORENAME) || first.span.len() == 1;
    let names_body = Class::ORGANISATION.or(Class::COMPANY).or(Class::TITLE).or(Class::SAYING);
    tokens.language == Language::English
        && words > 1
        && begins
        && all[before.end].is(Class::GENITIVE)
        && !last.is(names_body)
}

/// The name of a company that begins at a token: capital words up to one that closes such a name, whatever
/// they are elsewhere ("General Motors", "Standard and Poor's Corp", "Hill-Rom Inc"), or letters that are
/// joined ("S and P").
fn company_run(tokens: &Tokens, start: usize, high: usize) -> Option<NameRun> {
    let all = &tokens.tokens[..high.min(start + LONGEST_COMPANY)];
    if tokens.language != Language::English || !all.get(start).is_some_and(Token::is_capital) {
        return None;
    }
    let is_letter = |token: &Token| token.is_capital() && token.span.len() == 1;
    if let [first, and, last, ..] = &all[start..]
        && is_letter(first)
        && and.is(Class::CONJUNCTION)
        && !and.is_capital()
        && is_letter(last)
    {
        return Some(NameRun::plain(start, start + 3, 3));
    }
    if !can_begin(&all[start]) && !is_title(&all[start]) {
        return None;
    }
    let mut end = start;
    let mut words = 0;
    let mut found = None;
    while let Some(token) = all.get(end) {
        let next_capital = all.get(end + 1).is_some_and(Token::is_capital);
        match token.form {
            Form::Word if token.is_capital() && !token.is(Class::CALENDAR) => {
                // "Chrysler Corp Chairman Lee Iacocca" goes on with a person.
                let goes_on = Class::COMPANY.or(Class::ORGANISATION);
                if found.is_some() && is_title(token) && !token.is(goes_on) {
                    break;
                }
                words += 1;
                if words > 1 && token.is(Class::COMPANY)
                    || found.is_some() && token.is(Class::ORGANISATION)
                {
                    found = Some(NameRun::plain(start, end + 1, words));
                }
            }
            // "E-tron": behind the hyphen the word goes on.
            Form::Word if end > start && all[end - 1].form == Form::Hyphen => {}
            Form::Word if token.is(Class::CONJUNCTION) => {
                if !next_capital || words > 2 || found.is_some() {
                    break;
                }
            }
            Form::Stop if end > start && all[end - 1].span.len() == 1 && next_capital => {}
            Form::Hyphen if end > start => {}
            _ => break,
        }
        end += 1;
    }
    found
}

/// "Theresa May": behind a forename the month that is a verb in small letters is a surname.
pub(super) fn is_surname_of_the_calendar(tokens: &Tokens, at: usize) -> bool {
    let token = &tokens.tokens[at];
    let named = at > 0 && {
        let before = &tokens.tokens[at - 1];
        before.is_capital() && before.is(Class::FORENAME)
    };
    let dated = tokens.tokens.get(at + 1).is_some_and(|next| next.form == Form::Number);
    named && !dated && token.is(Class::CALENDAR) && token.is(Class::MODAL) && token.is_capital()
}

/// The name without what stands before it in the same run: "Russian President Vladimir Putin",
/// "White House Press Secretary Josh Earnest", "SPD-Chef Franz Schmidt".
fn without_office(tokens: &Tokens, run: NameRun) -> NameRun {
    let inside = &tokens.tokens[run.first..run.end];
    let capital_after = |at: usize| inside.get(at + 1).is_some_and(Token::is_capital);
    let is_office = |at: usize| {
        is_title(&inside[at]) && capital_after(at) && !begins_body(tokens, run.first + at)
    };
    let office = (0..inside.len()).rev().find(|&at| is_office(at));
    let forename = (1..inside.len()).find(|&at| {
        inside[at].is(Class::FORENAME)
            && capital_after(at)
            && inside[at - 1].form == Form::Word
            && !inside[0].is(Class::FORENAME)
    });
    let skip = match (office, forename) {
        (Some(office), _) => office + 1,
        (None, Some(forename)) => forename,
        (None, None) => return run,
    };
    let kept = &inside[skip..];
    let of_office = office.map(|office| gender_of_title(&inside[office])).unwrap_or_default();
    NameRun {
        first: run.first + skip,
        words: kept.iter().filter(|token| token.form == Form::Word).count(),
        gender: of_office.or(run.gender),
        titled: run.titled || office.is_some(),
        ..run
    }
}

fn gender_of_title(title: &Token) -> Gender {
    Gender::told_by(title, Class::TITLE_MASCULINE, Class::TITLE_FEMININE)
}

/// Whether a word is a title or an office, in small letters or not.
pub(super) fn is_title(token: &Token) -> bool {
    token.form == Form::Word
        && token.is(Class::TITLE.or(Class::TITLE_MASCULINE).or(Class::TITLE_FEMININE))
}

/// Whether a word that is a title or a verb elsewhere begins the name of a body: "Justice Department",
/// "State Department".
pub(super) fn begins_body(tokens: &Tokens, at: usize) -> bool {
    let is_capital = |at: usize| {
        tokens.tokens.get(at).is_some_and(|token| token.form == Form::Word && token.is_capital())
    };
    tokens.language == Language::English
        && is_capital(at)
        && is_capital(at + 1)
        && tokens.tokens[at].is(Class::TITLE.or(Class::SAY))
        && tokens.tokens[at + 1].is(Class::ORGANISATION)
        && tokens.tokens[at + 1].is(Class::ROLE)
        // A sentence can begin with a verb.
        && (tokens.tokens[at].is(Class::TITLE) || !tokens.begins_sentence(at))
}

/// Whether a word can be the first of a name, for it has no other work in a sentence.
fn can_begin(token: &Token) -> bool {
    token.is(Class::FORENAME)
        || !token.is(Class::PRONOUN
            .or(Class::DETERMINER)
            .or(Class::PREPOSITION)
            .or(Class::GENITIVE)
            .or(Class::CONJUNCTION)
            .or(Class::SUBORDINATOR)
            .or(Class::AUXILIARY)
            .or(Class::MODAL)
            .or(Class::NEGATION)
            .or(Class::ADVERB)
            .or(Class::RELATIVE)
            .or(Class::SAY)
            .or(Class::CALENDAR)
            .or(Class::VERBLESS))
}

/// Whether a word asks a question and begins no name, though there is such a forename: "Will Lind
/// resign?".
fn asks(tokens: &Tokens, at: usize) -> bool {
    let token = &tokens.tokens[at];
    if !token.is(Class::FORENAME) || !token.is(Class::MODAL.or(Class::AUXILIARY)) {
        return false;
    }
    let mut sentence = tokens.tokens[at..].iter().take(LONGEST_QUESTION);
    let end = sentence.find(|token| token.has(Facts::SENTENCE_END));
    tokens.begins_sentence(at) && end.is_some_and(|last| last.form == Form::Exclamation)
}

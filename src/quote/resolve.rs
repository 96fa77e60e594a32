//! Mentions to names: a surname to the full name, a pronoun to the person it means, a title to its
//! bearer; unnamed sources stay unnamed.

use super::attribute::{Attribution, Place};
use super::confidence::confidence;
use super::frames::Frames;
use super::lexicon::Class;
use super::mention::{Mention, MentionKind};
use super::name_run::{NameRun, begins_body, is_title, name_run};
use super::people::{Gender, NameAt, People};
use super::tokens::{Facts, Form, Token};
use crate::model::{Language, Span, Speaker, SpeakerMethod};

/// How far back a pronoun may look, in mentions.
const PRONOUN_REACH: usize = 24;

/// How many tokens behind a mention a relative pronoun still belongs to it.
const NEAR_POINTER: usize = 6;

/// Definite articles of languages that write an age as a compound with a hyphen.
const DEFINITE: [&str; 5] = ["the", "de", "die", "der", "dem"];

/// The end of a clause is looked for among so many tokens.
const LONGEST_CLAUSE: usize = 60;

/// How many tokens behind the words for one who is not named a pronoun can still mean him.
const UNNAMED_REACH: usize = 150;

/// Who spoke last, as far as a text was read.
#[derive(Clone, Debug, Default)]
pub(super) struct Spoken {
    /// By name.
    person: Option<usize>,
    /// Since then, one who is not named.
    unnamed: Option<Unnamed>,
}

/// One person who is not named: "a ministry official".
#[derive(Clone, Debug)]
struct Unnamed {
    words: Span,
    gender: Gender,
    /// The last token that stood for the person.
    last: usize,
}

/// Resolves mentions within one document.
pub(super) struct Resolver<'f, 't, 'a> {
    /// The text.
    pub(super) frames: &'f Frames<'t, 'a>,
    /// Its names.
    pub(super) people: &'f People,
}

impl Resolver<'_, '_, '_> {
    /// The speaker of an attribution; attributions come in the order of the text.
    pub(super) fn speaker(
        &self,
        attribution: &Attribution,
        spoken: &mut Spoken,
    ) -> Option<Speaker> {
        let mention = attribution.mention?;
        let tokens = self.frames.tokens;
        let text = tokens.text;
        let mut span = mention.span(self.frames);
        let words = span.of(text);
        let anonymous = tokens.tokens[mention.first..mention.end]
            .iter()
            .any(|token| token.is(Class::ANONYMOUS));
        let by_age = (self.is_age(&mention) && !anonymous)
            .then(|| self.antecedent(mention.first, Gender::Unknown, spoken.person))
            .flatten();
        let named = (mention.kind == MentionKind::Name).then(|| self.named(&mention)).flatten();
        let mut unnamed = None;
        let (name, method, person) = if let Some(person) = by_age {
            (self.people.persons[person].name.of(text), SpeakerMethod::Pronoun, Some(person))
        } else if mention.kind == MentionKind::Pronoun {
            let (name, person);
            (name, person, unnamed) = self.meant(&mention, spoken);
            (name.of(text), SpeakerMethod::Pronoun, person)
        } else if let Some(run) = named {
            self.bearer_of_name(&run)
        } else if anonymous {
            (words, SpeakerMethod::Anonymous, None)
        } else {
            self.titled(&mention, words)
        };
        if mention.kind != MentionKind::Pronoun && person.is_none() {
            unnamed = self.unnamed(&mention);
        }
        if person.is_some() || unnamed.is_some() {
            *spoken = Spoken { person: person.or(spoken.person), unnamed };
        }
        if mention.kind != MentionKind::Pronoun
            && let Some(run) = self.apposition(&mention)
        {
            // The words that name the speaker are the role and the name together.
            span = span.cover(tokens.tokens[run.end - 1].span);
        }
        if let Some(pointer) = attribution.pointer {
            // A pronoun beside its noun makes one mention with it; a word further on stands alone.
            let word = tokens.tokens[pointer].span;
            let beside = (mention.end..mention.end + NEAR_POINTER).contains(&pointer);
            span = if beside { span.cover(word) } else { word };
        }
        let several = (mention.kind == MentionKind::Name).then(|| self.several(&mention)).flatten();
        let speaker = Speaker {
            name: several.unwrap_or_else(|| on_one_line(name)),
            mention: Some(span),
            method,
            confidence: confidence(tokens.language, attribution.place, method),
        };
        Some(speaker)
    }

    /// Whom a pronoun means: the words that name them, the person where there is a name, and the one who spoke
    /// last and is not named.
    fn meant(
        &self,
        mention: &Mention,
        spoken: &mut Spoken,
    ) -> (Span, Option<usize>, Option<Unnamed>) {
        let head = &self.frames.tokens.tokens[mention.first];
        let gender = if head.is(Class::HE) && !head.is(Class::SHE.or(Class::THEY)) {
            Gender::Masculine
        } else if head.is(Class::SHE) && !head.is(Class::HE) {
            Gender::Feminine
        } else {
            Gender::Unknown
        };
        let words = mention.span(self.frames);
        if !head.is(Class::HE.or(Class::SHE)) {
            return (words, None, None);
        }
        if let Some(unnamed) = spoken.unnamed.take()
            && self.is_unnamed(&unnamed, mention.first, gender)
        {
            let last = mention.first;
            return (unnamed.words, None, Some(Unnamed { last, ..unnamed }));
        }
        let person = self.antecedent(mention.first, gender, spoken.person);
        (person.map_or(words, |person| self.people.persons[person].name), person, None)
    }

    /// The fullest name of the one whom a name means.
    fn bearer_of_name(&self, run: &NameRun) -> (&str, SpeakerMethod, Option<usize>) {
        let tokens = self.frames.tokens;
        let [first, last] = [run.first, run.end - 1].map(|token| tokens.tokens[token].span);
        let own = first.cover(last).of(tokens.text);
        let person = self.people.find(tokens, run, run.gender);
        let full = person.map_or(own, |person| self.people.persons[person].name.of(tokens.text));
        let by_surname = full.len() > own.len() && run.words == 1;
        let method = if by_surname { SpeakerMethod::Surname } else { SpeakerMethod::Explicit };
        (full, method, person)
    }

    /// What is known of one person for whom a mention has a noun and no name.
    fn unnamed(&self, mention: &Mention) -> Option<Unnamed> {
        let tokens = self.frames.tokens;
        if tokens.language != Language::English {
            return None;
        }
        let inside = &tokens.tokens[mention.first..mention.end];
        let is_noun = |token: &&Token| {
            token.is(Class::PERSON_NOUN.or(Class::ANONYMOUS))
                && !token.is(Class::ORGANISATION.or(Class::SAYING))
                // "U.S. Ambassador": an office with a capital has a bearer with a name.
                && !(token.is_capital() && is_title(token))
        };
        // Without an article it stands beside a name: "Jane Roe, chief engineer at the plant".
        let begins = (inside[0].is(Class::DETERMINER) || inside[0].is_capital())
            && !inside.iter().any(|token| token.has(Facts::POSSESSIVE));
        // "a spokesman for the brokers": what follows "for" or "of" is not who speaks.
        let head =
            inside.iter().take_while(|token| !token.is(Class::GENITIVE)).filter(is_noun).last()?;
        let word = head.span.of(tokens.text);
        let is_plural =
            ["s", "men", "people", "police", "others"].iter().any(|end| word.ends_with(end));
        (begins && !is_plural).then(|| Unnamed {
            words: mention.span(self.frames),
            gender: Gender::told_by(
                head,
                Class::TITLE_MASCULINE.or(Class::ROLE_MASCULINE),
                Class::TITLE_FEMININE.or(Class::ROLE_FEMININE),
            ),
            last: mention.end - 1,
        })
    }

    /// Whether a pronoun means the one who is not named: nobody else was the subject of a sentence since.
    fn is_unnamed(&self, unnamed: &Unnamed, pronoun: usize, gender: Gender) -> bool {
        let fits = unnamed.gender == Gender::Unknown || unnamed.gender == gender;
        if !fits || pronoun <= unnamed.last || pronoun - unnamed.last > UNNAMED_REACH {
            return false;
        }
        let between = &self.frames.tokens.tokens[unnamed.last..pronoun];
        let Some(sentence) = between.iter().position(|token| token.has(Facts::SENTENCE_END)) else {
            return true;
        };
        let mentions = &self.people.mentions;
        let from = mentions.partition_point(|name| name.first <= unnamed.last + sentence);
        !mentions[from..].iter().take_while(|name| name.first < pronoun).any(|name| {
            let person = &self.people.persons[name.person];
            name.leads && (person.human || !person.body)
        })
    }

    /// The person interviewed, where the label is only `A:`.
    pub(super) fn answering(&self, person: usize, label: Mention) -> Speaker {
        Speaker {
            name: on_one_line(self.people.persons[person].name.of(self.frames.tokens.text)),
            mention: Some(label.span(self.frames)),
            method: SpeakerMethod::Title,
            confidence: confidence(self.frames.tokens.language, Place::Colon, SpeakerMethod::Title),
        }
    }

    /// Whether a mention is a name that this document gives in full with a forename or a title.
    pub(super) fn is_known_person(&self, mention: Mention) -> bool {
        self.named(&mention)
            .and_then(|run| self.people.find(self.frames.tokens, &run, run.gender))
            .is_some_and(|person| self.people.persons[person].human)
    }

    /// A role with the name that stands beside it ("the finance minister, Jane Doe, said"), else the
    /// bearer of the office in this document, else the words as they stand.
    fn titled<'n>(
        &'n self,
        mention: &Mention,
        words: &'n str,
    ) -> (&'n str, SpeakerMethod, Option<usize>) {
        let text = self.frames.tokens.text;
        if let Some(run) = self.apposition(mention) {
            let all = &self.frames.tokens.tokens;
            let own = &text[all[run.first].span.start as usize..all[run.end - 1].span.end as usize];
            let person = self.people.find(self.frames.tokens, &run, run.gender);
            let name = person.map_or(own, |person| self.people.persons[person].name.of(text));
            return (name, SpeakerMethod::Explicit, person);
        }
        if let Some(person) = self.named_like_an_office(mention) {
            let name = self.people.persons[person].name.of(text);
            return (name, SpeakerMethod::Surname, Some(person));
        }
        match self.bearer(mention) {
            Some(person) => {
                (self.people.persons[person].name.of(text), SpeakerMethod::Title, Some(person))
            }
            None => (words, SpeakerMethod::Title, None),
        }
    }

    /// "the 61-year-old", "de 61-jarige", "die 61-Jährige": somebody known is only named by an age, which says no more
    /// than a pronoun.
    fn is_age(&self, mention: &Mention) -> bool {
        let tokens = self.frames.tokens;
        let [article, number, rest @ ..] = &tokens.tokens[mention.first..mention.end] else {
            return false;
        };
        // German makes a noun of it, behind which more can stand.
        let is_noun = matches!(rest, [hyphen, noun, ..] if hyphen.form == Form::Hyphen
            && noun.span.of(tokens.text).starts_with("Jährige"));
        let is_compound = rest.len() >= 2
            && rest.chunks(2).all(|pair| {
                matches!(pair, [hyphen, word]
                    if hyphen.form == Form::Hyphen && word.form == Form::Word && !word.is_capital())
            });
        self.is_definite(article) && number.form == Form::Number && (is_compound || is_noun)
    }

    fn is_definite(&self, article: &Token) -> bool {
        let word = article.span.of(self.frames.tokens.text);
        DEFINITE.iter().any(|definite| word.eq_ignore_ascii_case(definite))
    }

    /// The name between commas behind a role.
    fn apposition(&self, mention: &Mention) -> Option<NameRun> {
        let all = &self.frames.tokens.tokens;
        if all.get(mention.end)?.form != Form::Comma {
            return None;
        }
        let high = all.len().min(mention.end + 10);
        let run = name_run(self.frames.tokens, mention.end + 1, high)?;
        let begins = run.first <= mention.end + 4;
        let closes = all.get(run.end).is_none_or(|next| {
            matches!(
                next.form,
                Form::Comma | Form::Stop | Form::Dash | Form::Colon | Form::Close | Form::Open
            )
        });
        (begins && closes && run.words >= 2).then_some(run)
    }

    /// The full names of speakers who say something together: "Jane Roe and Tom Bell".
    fn several(&self, mention: &Mention) -> Option<String> {
        let tokens = self.frames.tokens;
        let all = &tokens.tokens;
        let and = (mention.first + 1..mention.end).find(|&token| {
            all[token].form == Form::Word
                && all[token].is(Class::CONJUNCTION)
                && !all[token].is_capital()
        })?;
        let first = name_run(tokens, mention.first, and)?;
        let second = (and + 1..mention.end).find_map(|at| name_run(tokens, at, mention.end))?;
        let name = |run: &NameRun| {
            let person = self.people.find(tokens, run, run.gender)?;
            let person = &self.people.persons[person];
            (person.human && !person.body).then(|| person.name.of(tokens.text))
        };
        (first.end == and).then(|| {
            let between = all[and].span.of(tokens.text);
            Some(on_one_line(&format!("{} {between} {}", name(&first)?, name(&second)?)))
        })?
    }

    /// The name inside a mention, unless the mention is somebody else's: "a spokesman for Smith",
    /// "Smith's lawyer".
    fn named(&self, mention: &Mention) -> Option<NameRun> {
        let tokens = self.frames.tokens;
        let all = &tokens.tokens;
        let mut token = mention.first;
        let mut found: Option<NameRun> = None;
        while token < mention.end {
            if token > mention.first
                && all[token].is(Class::GENITIVE)
                && all[token].form == Form::Word
                && !all[token].is_capital()
            {
                break;
            }
            match name_run(tokens, token, mention.end) {
                Some(run) => {
                    let possessive =
                        all[run.end - 1].has(Facts::POSSESSIVE) && run.end < mention.end;
                    found = (!possessive).then_some(run);
                    token = run.end;
                }
                None => token += 1,
            }
        }
        // "l’association Rives vivantes": the noun for the body and all that follows are its name.
        if tokens.language != Language::English
            && let Some(run) = found
            && run.first > mention.first
            && let Some(body) = (mention.first..run.first).find(|&token| {
                all[token].is(Class::ORGANISATION)
                    && !all[token].is_capital()
                    && !all[token].is(Class::TITLE)
            })
        {
            return Some(NameRun { first: body, end: mention.end, ..run });
        }
        // "the Treasury Secretary": an office behind an article is not the name of its bearer.
        let office = |run: &NameRun| {
            tokens.language == Language::English
                && all[mention.first].is(Class::DETERMINER)
                && run.words > 1
                && is_title(&all[run.end - 1])
                && !all[run.end - 1].is(Class::ORGANISATION)
        };
        // "the Russian president", "a Senate source": what stands before a role is no name of a person.
        found.filter(|run| !office(run)).filter(|run| {
            !all[run.end..mention.end].iter().any(|token| {
                token.is(Class::PERSON_NOUN.or(Class::ANONYMOUS))
                    && token.form == Form::Word
                    && !token.is_capital()
            })
        })
    }

    /// Somebody whose surname is an office: "Steve King … King said".
    fn named_like_an_office(&self, mention: &Mention) -> Option<usize> {
        let word = &self.frames.tokens.tokens[mention.first];
        let alone = mention.end == mention.first + 1 && word.is_capital() && is_title(word);
        let surname = NameRun::plain(mention.first, mention.end, 1);
        alone.then(|| self.people.find(self.frames.tokens, &surname, Gender::Unknown)).flatten()
    }

    /// The bearer of an office named in the document: "President Vladimir Putin … the president".
    fn bearer(&self, mention: &Mention) -> Option<usize> {
        let all = &self.frames.tokens.tokens;
        let is_genitive = |token: usize| all[token].is(Class::GENITIVE) && !all[token].is_capital();
        let end = (mention.first..mention.end).find(|&token| is_genitive(token));
        let is_definite = self.is_definite(&all[mention.first]);
        let at = (mention.first..end.unwrap_or(mention.end))
            .rev()
            .filter(|&token| !begins_body(self.frames.tokens, token))
            .find(|&token| {
                // "my father" bears no office, "the king" does.
                all[token].is(Class::TITLE) || is_title(&all[token]) && is_definite
            })?;
        let title = &all[at];
        // "the US President" is no other country's.
        let says_which = at > mention.first
            && title.is_capital()
            && all[at - 1].is_capital()
            && !all[at - 1].is(Class::DETERMINER);
        let of_what = says_which.then(|| all[at - 1].hash);
        // The newest mention before this one that carries the same title.
        let before = self.people.mentions.partition_point(|name| name.first < mention.first);
        self.people.mentions[..before]
            .iter()
            .rev()
            .take(PRONOUN_REACH * 4)
            .find(|name| {
                name.first > 0
                    && all[name.first - 1].hash == title.hash
                    && all[name.first - 1].form == Form::Word
                    && of_what.is_none_or(|word| name.first > 1 && all[name.first - 2].hash == word)
            })
            .map(|name| name.person)
    }

    /// Who is named behind an English pronoun in its clause: "He said that Roe had left" is not said by Roe.
    fn named_behind(&self, pronoun: usize) -> &[NameAt] {
        let tokens = self.frames.tokens;
        if tokens.language != Language::English {
            return &[];
        }
        let ends_clause = |token: &Token| {
            token.has(Facts::SENTENCE_END)
                || matches!(token.form, Form::Comma | Form::Semicolon | Form::Dash)
                || token.is(Class::CONJUNCTION) && token.span.of(tokens.text) == "but"
        };
        let behind = &tokens.tokens[pronoun..];
        let length = behind.iter().take(LONGEST_CLAUSE).position(ends_clause).unwrap_or(0);
        let mentions = &self.people.mentions;
        let up_to = |token: usize| mentions.partition_point(|name| name.first < token);
        &mentions[up_to(pronoun + 1)..up_to(pronoun + length.max(1))]
    }

    /// Whom a pronoun means: near, a person, of fitting gender; subjects and the last speaker first.
    fn antecedent(&self, token: usize, gender: Gender, last: Option<usize>) -> Option<usize> {
        // An age goes with either.
        let tells_gender = self.frames.tokens.tokens[token].is(Class::HE.or(Class::SHE));
        let english = self.frames.tokens.language == Language::English;
        let mentions = &self.people.mentions;
        let before = mentions.partition_point(|name| name.first < token);
        let mut best: Option<(f32, usize)> = None;
        let named_by_it = self.named_behind(token);
        for (back, name) in mentions[..before].iter().rev().take(PRONOUN_REACH).enumerate() {
            let person = &self.people.persons[name.person];
            let fits = person.gender == gender || person.gender == Gender::Unknown || !tells_gender;
            // "the Helsinki meeting": one word that shows no sign of a person and does not act is none.
            let acts = name.leads || person.words > 1 || last == Some(name.person);
            let is_thing = !person.human && (person.body || english && !acts);
            if !fits || is_thing || named_by_it.iter().any(|named| named.person == name.person) {
                continue;
            }
            let mut score = -(back as f32) * 0.35;
            if person.gender == gender && gender != Gender::Unknown {
                score += 3.0;
            }
            if person.human {
                score += 1.0;
            }
            if name.leads {
                score += 1.2;
            }
            if last == Some(name.person) {
                score += 1.5;
            }
            if best.is_none_or(|(most, _)| score > most) {
                best = Some((score, name.person));
            }
        }
        best.map(|(_, person)| person)
    }
}

/// A name as it is written on one line: a text can break it.
fn on_one_line(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ")
}

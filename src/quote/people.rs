//! The people and bodies a document names: every run of capital words, merged by surname.

use std::collections::HashMap;
use std::hash::BuildHasherDefault;

use super::frames::{Frames, Item};
use super::lexicon::{Class, HashIsKey, WordHash};
use super::name_run::{NameRun, is_title, name_run};
use super::tokens::{Facts, Form, Token, Tokens};
use crate::model::{Language, Span};

/// What is known of a person's gender.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Gender {
    /// Nothing.
    #[default]
    Unknown,
    /// He.
    Masculine,
    /// She.
    Feminine,
}

impl Gender {
    /// What a word tells that can be of a class for men or of one for women.
    pub(super) fn told_by(word: &Token, of_men: Class, of_women: Class) -> Self {
        match (word.is(of_men), word.is(of_women)) {
            (true, false) => Gender::Masculine,
            (false, true) => Gender::Feminine,
            _ => Gender::Unknown,
        }
    }

    /// This, or where nothing is known the other.
    pub(super) fn or(self, other: Gender) -> Self {
        if self == Gender::Unknown { other } else { self }
    }
}

/// A person (or body) by the fullest name the document gives.
#[derive(Clone, Debug)]
pub(super) struct Person {
    /// The fullest form, titles left out.
    pub(super) name: Span,
    /// How many words it has.
    pub(super) words: usize,
    /// From titles and forenames.
    pub(super) gender: Gender,
    /// There is a sign that it is a person: a forename, a title.
    pub(super) human: bool,
    /// A word of an organisation or a place name is in it.
    pub(super) body: bool,
    /// How often the text names the person, so far.
    named: u32,
    /// The name shows by itself that it is a person's.
    evident: bool,
}

/// A place where a person is named outside quotations.
#[derive(Clone, Copy, Debug)]
pub(super) struct NameAt {
    /// First token of the name (after titles).
    pub(super) first: usize,
    /// Who is named, by number.
    pub(super) person: usize,
    /// First name of its frame: likely its subject.
    pub(super) leads: bool,
}

/// All names of a document.
#[derive(Default)]
pub(super) struct People {
    /// Everybody, by first mention.
    pub(super) persons: Vec<Person>,
    /// Every mention outside quotations, in order.
    pub(super) mentions: Vec<NameAt>,
    /// The last word of a name to the persons that bear it, the newest last.
    by_last_word: HashMap<u64, Vec<usize>, BuildHasherDefault<HashIsKey>>,
}

/// How many bearers of one surname are told apart, the newest first.
const BEARERS: usize = 8;

/// A name of so many tokens that are letters is an abbreviation; longer ones are headings.
const MOST_LETTERS: usize = 4;

/// What a name is looked up by: the hash of its last word. Words of inflecting languages lose their
/// case ending ("Пескова" is "Песков"), and German ones the genitive's s, if the bare form is known.
fn surname_key(text: &str, token: &Token) -> u64 {
    let word = token.span.of(text);
    if !word.chars().next().is_some_and(|first| ('\u{400}'..='\u{4ff}').contains(&first)) {
        return token.hash;
    }
    const ENDINGS: [&str; 22] = [
        "ого", "ому", "ыми", "ими", "ой", "ей", "ою", "ым", "им", "ом", "ем", "ую", "ий", "ый",
        "а", "у", "е", "ы", "и", "я", "ю", "й",
    ];
    let stem = ENDINGS
        .iter()
        .filter_map(|ending| word.strip_suffix(ending))
        .find(|stem| stem.chars().count() >= 3)
        .unwrap_or(word);
    WordHash::of(stem)
}

/// The words that a text also writes without a capital: so many of them that a look through all costs less
/// than to sort them, and no more, for there is a look for many a sentence.
fn words_in_small_letters(tokens: &Tokens) -> Vec<u64> {
    const MOST: usize = 4096;
    let words =
        tokens.tokens.iter().filter(|token| token.form == Form::Word && !token.is_capital());
    words.take(MOST).map(|token| token.hash).collect()
}

impl People {
    /// Collects the names of a text. Full names count wherever they stand; only those outside
    /// quotations can be what a pronoun outside means.
    pub(super) fn collect(frames: &Frames) -> Self {
        let mut people = People::default();
        let tokens = frames.tokens;
        let mut small_words = None;
        for frame in &frames.frames {
            let mut leads = true;
            let mut item = frame.start;
            while item < frame.end {
                match frames.items[item] {
                    Item::Token(token) => {
                        let begins = &tokens.tokens[token];
                        // "He left after a talk with Jane Roe": the subject is the pronoun.
                        leads &= !(tokens.language == Language::English
                            && begins.is(Class::HE.or(Class::SHE))
                            && !begins.is(Class::DETERMINER));
                        if begins.form != Form::Word
                            || begins.has(Facts::FURNITURE)
                            || !(begins.is_capital() || is_title(begins))
                        {
                            item += 1;
                            continue;
                        }
                        // A run cannot reach over a quotation: its tokens are not consecutive.
                        let mut high = token;
                        let mut ahead = item;
                        while ahead < frame.end
                            && ahead - item < 12
                            && frames.items[ahead] == Item::Token(high)
                        {
                            high += 1;
                            ahead += 1;
                        }
                        let Some(run) = name_run(tokens, token, high) else {
                            item += 1;
                            continue;
                        };
                        item += run.end - token;
                        if !people.is_common_word(tokens, &run, &mut small_words) {
                            let person = people.add(tokens, run);
                            people.mentions.push(NameAt { first: run.first, person, leads });
                            leads = false;
                        }
                    }
                    Item::Quotation(_) => item += 1,
                }
            }
        }
        people
    }

    /// "Prices fell", "Delegates met": one word that has its capital from the sentence, for it is a noun for
    /// people or the text writes it small too.
    fn is_common_word(
        &self,
        tokens: &Tokens,
        run: &NameRun,
        small_words: &mut Option<Vec<u64>>,
    ) -> bool {
        let word = &tokens.tokens[run.first];
        run.words == 1
            && !run.titled
            && !word.is(Class::FORENAME)
            && tokens.begins_sentence(run.first)
            && (word.is(Class::ROLE.or(Class::ANONYMOUS))
                || small_words
                    .get_or_insert_with(|| words_in_small_letters(tokens))
                    .contains(&word.hash))
            && self.find(tokens, run, run.gender).is_none()
    }

    fn add(&mut self, tokens: &Tokens, run: NameRun) -> usize {
        let all = &tokens.tokens;
        let first = &all[run.first];
        let forename = (run.words > 1)
            .then(|| Gender::told_by(first, Class::FORENAME_MASCULINE, Class::FORENAME_FEMININE));
        let gender = run.gender.or(forename.unwrap_or_default());
        let human = run.titled || (first.is(Class::FORENAME) && run.words > 1);
        let words = || all[run.first..run.end].iter().filter(|token| token.form == Form::Word);
        // "U.S.", "GNP", "S and P": letters are no person's name.
        let letters = |token: &Token| token.span.len() == 1 || token.has(Facts::ALL_CAPITALS);
        let body = words().any(|token| token.is(Class::ORGANISATION.or(Class::COMPANY)))
            || tokens.language == Language::English
                && run.end - run.first <= MOST_LETTERS
                && words().all(|token| letters(token) || token.is(Class::CONJUNCTION));
        let name = Span { start: first.span.start, end: all[run.end - 1].span.end };
        if let Some(person) = self.find(tokens, &run, gender) {
            let known = &mut self.persons[person];
            // Of two forms with as many words the shorter is the bare one (without a case ending).
            let barer = run.words == known.words && name.len() < known.name.len();
            if (run.words > known.words || barer) && run.words <= 4 {
                known.name = name;
                known.words = run.words;
                self.index(tokens, run, person);
            }
            let known = &mut self.persons[person];
            known.named += 1;
            known.gender = known.gender.or(gender);
            known.human |= human;
            return person;
        }
        let person = self.persons.len();
        self.persons.push(Person {
            name,
            words: run.words,
            gender,
            human,
            body,
            named: 1,
            evident: human,
        });
        self.index(tokens, run, person);
        person
    }

    /// Whether a word is the last one of a person's name.
    pub(super) fn is_surname(&self, word: u64) -> bool {
        self.by_last_word.get(&word).is_some_and(|bearers| {
            bearers.iter().rev().take(BEARERS).any(|&bearer| self.persons[bearer].human)
        })
    }

    fn index(&mut self, tokens: &Tokens, run: NameRun, person: usize) {
        let mut words =
            tokens.tokens[run.first..run.end].iter().filter(|token| token.form == Form::Word);
        if let Some(last) = words.next_back() {
            let bearers = self.by_last_word.entry(surname_key(tokens.text, last)).or_default();
            // Only the newest few are ever looked at, so an older repeat does no harm.
            if !bearers.iter().rev().take(BEARERS).any(|&bearer| bearer == person) {
                bearers.push(person);
            }
        }
    }

    /// The person a run of words names, with the same last word and no other forename: the newest, but of a
    /// family the one whom the text names most often, for that is the one it calls by the surname alone.
    pub(super) fn find(&self, tokens: &Tokens, run: &NameRun, gender: Gender) -> Option<usize> {
        let words =
            || tokens.tokens[run.first..run.end].iter().filter(|token| token.form == Form::Word);
        let last = words().next_back()?;
        let first = words().next()?;
        // "Du Plessis" begins a sentence and is Barend du Plessis.
        let bare = run.words == 1 || run.words == 2 && first.is(Class::PARTICLE);
        let fits = |&&person: &&usize| {
            let known = &self.persons[person];
            let same_gender = gender == Gender::Unknown
                || known.gender == Gender::Unknown
                || known.gender == gender;
            if !same_gender {
                return false;
            }
            if bare || known.words == 1 {
                return true;
            }
            // Two full names are one when they begin alike: "Donald Trump", "Donald J. Trump".
            let begin = |name: &str| name.chars().take(3).collect::<String>();
            begin(known.name.of(tokens.text)) == begin(first.span.of(tokens.text))
        };
        // The newest bearers come last; a look at a few keeps this linear.
        let key = surname_key(tokens.text, last);
        let found = self.by_last_word.get(&key).or_else(|| {
            let bare = last.span.of(tokens.text).strip_suffix('s')?;
            self.by_last_word.get(&WordHash::of(bare))
        });
        let bearers = || found.into_iter().flatten().rev().take(BEARERS).filter(fits);
        // A surname alone means somebody with a forename or a title rather than a capital word that
        // stood before it once: "WATCH Lind".
        let is_somebody = |&&person: &&usize| !bare || self.persons[person].human;
        let weight = |person: usize| (self.persons[person].named, self.persons[person].evident);
        let most_named = |best: usize, other: usize| {
            if bare && weight(other) > weight(best) { other } else { best }
        };
        let known = bearers().filter(is_somebody).copied().reduce(most_named);
        known.or_else(|| bearers().next().copied())
    }
}

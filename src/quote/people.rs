//! The people and bodies a document names: every run of capital words, merged by surname.

use std::collections::HashMap;
use std::hash::BuildHasherDefault;

use super::frames::{Frames, Item};
use super::lexicon::{Class, HashIsKey, WordHash};
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

/// The longest name of a company, in tokens.
const LONGEST_COMPANY: usize = 12;

/// A name of so many tokens that are letters is an abbreviation; longer ones are headings.
const MOST_LETTERS: usize = 4;

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
    fn plain(first: usize, end: usize, words: usize) -> Self {
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
        if all[first].is(Class::TITLE_MASCULINE) {
            gender = Gender::Masculine;
        } else if all[first].is(Class::TITLE_FEMININE) {
            gender = Gender::Feminine;
        }
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
    let mut gender = run.gender;
    if let Some(office) = office {
        if inside[office].is(Class::TITLE_MASCULINE) {
            gender = Gender::Masculine;
        } else if inside[office].is(Class::TITLE_FEMININE) {
            gender = Gender::Feminine;
        }
    }
    NameRun {
        first: run.first + skip,
        words: kept.iter().filter(|token| token.form == Form::Word).count(),
        gender,
        titled: run.titled || office.is_some(),
        ..run
    }
}

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

fn is_title(token: &Token) -> bool {
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
        && !tokens.begins_sentence(at)
}

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
        let given = if run.words > 1
            && first.is(Class::FORENAME_MASCULINE)
            && !first.is(Class::FORENAME_FEMININE)
        {
            Gender::Masculine
        } else if run.words > 1
            && first.is(Class::FORENAME_FEMININE)
            && !first.is(Class::FORENAME_MASCULINE)
        {
            Gender::Feminine
        } else {
            Gender::Unknown
        };
        let gender = if run.gender == Gender::Unknown { given } else { run.gender };
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
            if known.gender == Gender::Unknown {
                known.gender = gender;
            }
            known.human |= human;
            return person;
        }
        let person = self.persons.len();
        self.persons.push(Person { name, words: run.words, gender, human, body });
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

    /// The person a run of words names: the newest with the same last word and no other forename.
    pub(super) fn find(&self, tokens: &Tokens, run: &NameRun, gender: Gender) -> Option<usize> {
        let words =
            || tokens.tokens[run.first..run.end].iter().filter(|token| token.form == Form::Word);
        let last = words().next_back()?;
        let first = words().next()?;
        let fits = |&&person: &&usize| {
            let known = &self.persons[person];
            let same_gender = gender == Gender::Unknown
                || known.gender == Gender::Unknown
                || known.gender == gender;
            if !same_gender {
                return false;
            }
            if run.words == 1 || known.words == 1 {
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
        let is_somebody = |&&person: &&usize| run.words > 1 || self.persons[person].human;
        bearers().find(is_somebody).or_else(|| bearers().next()).copied()
    }
}

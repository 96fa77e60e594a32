//! Whether a full stop ends a sentence: the one terminator that is ambiguous.
//!
//! What stands before it (an abbreviation, an initial, an ordinal, the number of an item) and the
//! word after it decide.

use super::abbreviation::{Class, LONGEST};
use super::boundary::{Ending, Scan};
use super::next::Next;
use super::time_words::follows_clock;
use crate::model::Language;

impl Scan<'_> {
    /// Whether the one full stop of a candidate ends the sentence.
    pub(super) fn period_ends(&self, ending: &Ending, next: &Next<'_>) -> bool {
        let token = token_before(self.text, self.start, ending.start);
        let word = token.trim_start_matches(is_opening);
        let opens = || self.opens(next);
        if self.is_number_of_item(word, ending.start) {
            return false;
        }
        let class = self.class_of(word, ending.start);
        // A quotation mark after the full stop is the end of what was said.
        if ending.quoted && class != Some(Class::Name) {
            return true;
        }
        match class {
            Some(Class::Name | Class::Inside) => false,
            Some(Class::Number | Class::Unit) => {
                !(next.is_digit || class == Some(Class::Number) && is_roman(next.word))
            }
            Some(Class::Clock) => !next.is_digit && !follows_clock(next.word),
            Some(Class::End) => !next.is_digit && opens(),
            None => self.plain_period_ends(word, ending.start, next, opens),
        }
    }

    /// Whether the next word shows by itself that a sentence begins.
    pub(super) fn opens(&self, next: &Next<'_>) -> bool {
        !next.is_initial && self.rules.opens_sentence(next.word)
    }

    /// The class of the word before a full stop: listed, or told by its form.
    fn class_of(&self, word: &str, end: usize) -> Option<Class> {
        let rules = self.rules;
        if let Some(class) = rules.class(word) {
            return Some(class);
        }
        // `l'art.`: the part after the elided article; `Lt.-Gen.`, `(R-Tex.`: after the last mark.
        if let Some((_, part)) = word.rsplit_once(['\'', '’'])
            && let Some(class) = rules.class(part)
        {
            return Some(class);
        }
        if let Some((_, part)) = word.rsplit_once(['-', '/', '(', '.'])
            && part.len() > 1
            && let Some(class) = rules.class(part)
            && !matches!(class, Class::Number | Class::Unit)
        {
            return Some(class);
        }
        // `z. B.`, `т. е.`: written with a space between the letters.
        if word.chars().count() <= 2 {
            let before = self.text[self.start..end - word.len()].trim_end();
            if let Some(before) = before.strip_suffix('.') {
                let first = token_before(before, 0, before.len()).trim_start_matches(is_opening);
                if !first.is_empty() && first.len() + word.len() < LONGEST {
                    let joined = format!("{first}.{word}");
                    if let Some(class) = rules.class(&joined) {
                        return Some(class);
                    }
                }
            }
        }
        // `U.S.`, `Ph.D.`, `n.Chr.`
        let mut parts = 0;
        let dotted = word.contains('.')
            && word.split('.').all(|part| {
                parts += 1;
                let letters = part.chars().count();
                (1..=3).contains(&letters) && part.chars().all(char::is_alphabetic)
            });
        (dotted && parts >= 2).then_some(Class::End)
    }

    /// A full stop after a word that is no known abbreviation.
    fn plain_period_ends(
        &self,
        word: &str,
        end: usize,
        next: &Next<'_>,
        opens: impl Fn() -> bool,
    ) -> bool {
        let mut letters = word.chars();
        let (first, second) = (letters.next(), letters.next());
        match (first, second) {
            // An initial, also of a double name (`J.-P.`).
            (Some(letter), None) if letter.is_uppercase() => {
                let pronoun = match self.rules.language {
                    Language::English => letter == 'I',
                    Language::Russian | Language::Ukrainian => letter == 'Я',
                    _ => false,
                };
                if pronoun {
                    let before = self.word_before(end - letter.len_utf8());
                    return opens() || before.is_none_or(is_conjunction);
                }
                !next.is_digit && opens()
            }
            (Some(letter), None) if letter.is_lowercase() => !next.is_digit && opens(),
            _ if self.rules.ordinals && is_ordinal(word) => {
                if next.is_digit {
                    !next.is_ordinal
                } else {
                    opens()
                }
            }
            _ => {
                let last = word.rsplit(['-', '.']).next().unwrap_or(word);
                let double = last.len() < word.len()
                    && last.chars().count() == 1
                    && last.chars().all(char::is_uppercase);
                !double || opens()
            }
        }
    }

    /// The word that ends before `at`, white space between.
    fn word_before(&self, at: usize) -> Option<&str> {
        let before = self.text[self.start..at]
            .trim_end_matches(|c: char| c.is_whitespace() || is_opening(c));
        let word = token_before(before, 0, before.len());
        (!word.is_empty()).then_some(word)
    }

    /// `1.`, `a.`, `IV.` at the start of a sentence number it.
    fn is_number_of_item(&self, word: &str, end: usize) -> bool {
        let sign = |c: char| is_opening(c) || c.is_whitespace();
        // A sentence that is longer than a number is none: look no further.
        if end - self.start > LONGEST {
            return false;
        }
        let so_far = self.text[self.start..end].trim_start_matches(sign);
        so_far.len() == word.len()
            && word.len() <= 4
            && (word.bytes().all(|byte| byte.is_ascii_digit())
                || (word.len() == 1 && word.is_ascii())
                || word.bytes().all(|byte| matches!(byte, b'I' | b'V' | b'X')))
    }
}

/// English words after which `I.` is the pronoun at the end of a sentence.
fn is_conjunction(word: &str) -> bool {
    matches!(word, "and" | "or" | "than" | "as" | "am" | "do" | "did" | "was" | "have" | "nor")
}

/// `12`, `3`, `XIV`: what a full stop turns into an ordinal. Years and larger numbers are not.
fn is_ordinal(word: &str) -> bool {
    (word.len() <= 3 && word.bytes().all(|byte| byte.is_ascii_digit()))
        || (word.len() >= 2 && word.bytes().all(|byte| matches!(byte, b'I' | b'V' | b'X')))
}

/// `XIX`, `IV`: a number in Roman capitals.
fn is_roman(word: &str) -> bool {
    word.len() >= 2 && word.bytes().all(|byte| matches!(byte, b'I' | b'V' | b'X' | b'L' | b'C'))
}

/// Marks that may stand before a word.
fn is_opening(c: char) -> bool {
    matches!(
        c,
        '"' | '\''
            | '“'
            | '”'
            | '„'
            | '‟'
            | '‘'
            | '’'
            | '‚'
            | '«'
            | '»'
            | '‹'
            | '›'
            | '('
            | '['
            | '{'
            | '¿'
            | '¡'
            | '–'
            | '—'
            | '-'
            | '•'
            | '*'
    )
}

/// The characters without white space before `end`, at most [`LONGEST`] bytes back.
pub(super) fn token_before(text: &str, start: usize, end: usize) -> &str {
    let mut floor = start.max(end.saturating_sub(LONGEST * 2));
    while !text.is_char_boundary(floor) {
        floor += 1;
    }
    let window = &text[floor..end];
    match window.rfind(char::is_whitespace) {
        Some(space) => {
            let after = space + window[space..].chars().next().map_or(1, char::len_utf8);
            &window[after..]
        }
        None => window,
    }
}

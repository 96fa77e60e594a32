//! What follows a possible end of sentence.

use crate::model::Language;

/// The start of the text after a candidate.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Next<'a> {
    /// The first word, without opening marks.
    pub(super) word: &'a str,
    /// It starts with a digit.
    pub(super) is_digit: bool,
    /// The text after it.
    pub(super) rest: &'a str,
    /// It is a number with a full stop.
    pub(super) is_ordinal: bool,
    /// It is one letter with a full stop.
    pub(super) is_initial: bool,
    /// A dash stands before it.
    pub(super) dash: bool,
    /// It starts with a small letter.
    pub(super) is_small: bool,
    /// A mark follows that cannot begin a sentence.
    pub(super) blocked: bool,
}

/// How many marks may stand before a word.
const OPENING_MARKS: usize = 8;

/// The longest word looked at, in bytes.
const LONGEST_WORD: usize = 32;

/// Reads the first word of `rest`.
pub(super) fn next_word(rest: &str, language: Language) -> Next<'_> {
    let mut next = Next::default();
    let first = rest.chars().next();
    if first.is_some_and(|c| {
        matches!(
            c,
            ',' | ';' | ':' | ')' | ']' | '}' | '%' | '&' | '/' | '=' | '+' | '°' | '，' | '、'
        )
    }) {
        next.blocked = true;
        return next;
    }
    let mut at = 0;
    for c in rest.chars().take(OPENING_MARKS) {
        if c.is_alphanumeric() || matches!(c, '@' | '#' | '$' | '€' | '£') {
            break;
        }
        next.dash |= matches!(c, '-' | '–' | '—');
        at += c.len_utf8();
    }
    let listed = rest.starts_with('(');
    let rest = &rest[at..];
    next.word = word(rest);
    next.rest = &rest[next.word.len()..];
    // `(b) The second`: a letter that numbers an item.
    let listed = listed && next.word.len() <= 3 && next.rest.starts_with(')');
    let Some(letter) = next.word.chars().next() else { return next };
    next.is_digit = letter.is_numeric();
    // `1. -3.`: a range of numbers.
    next.blocked = next.is_digit && next.dash && at == 1;
    if next.is_digit {
        let number = rest.bytes().take_while(u8::is_ascii_digit).count();
        next.is_ordinal = number <= 2 && rest.as_bytes().get(number) == Some(&b'.');
    }
    next.is_initial = next.word.len() == letter.len_utf8() && next.rest.starts_with('.');
    next.is_small =
        letter.is_lowercase() && !listed && !is_name_in_small(next.word, rest, language);
    next
}

fn word(rest: &str) -> &str {
    let mut end = 0;
    for c in rest.chars() {
        let joins = matches!(c, '\'' | '’' | '-');
        if !(c.is_alphanumeric() || joins) || end + c.len_utf8() > LONGEST_WORD {
            break;
        }
        end += c.len_utf8();
    }
    rest[..end].trim_end_matches(['\'', '’', '-'])
}

/// Words that begin a sentence with a small letter: `iPhone`, an address, Dutch `'s Avonds`.
fn is_name_in_small(word: &str, rest: &str, language: Language) -> bool {
    if word.chars().skip(1).any(char::is_uppercase) {
        return true;
    }
    if rest.starts_with("http") || rest.starts_with("www.") {
        return true;
    }
    language == Language::Dutch && matches!(word, "s" | "t" | "n") && {
        let mut after = rest[word.len()..].chars();
        after.next() == Some(' ') && after.next().is_some_and(char::is_uppercase)
    }
}

//! The dateline before the first sentence of a story: `LONDON, March 3 (Reuters) -`.

use super::time_words::is_time_word;
use crate::text::credit::outlet;

/// A dateline at the start of a paragraph; offsets are bytes from the paragraph's start.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Dateline {
    /// After the dash.
    pub(crate) end: usize,
    /// The agency between brackets or slashes.
    pub(crate) agency: Option<(usize, usize)>,
}

/// The longest dateline, in bytes.
const LONGEST: usize = 140;

/// The dateline that a paragraph starts with. At the start of the text a place in small letters
/// (`Berlin - `) is taken for one, elsewhere only capitals or an agency make one.
pub(crate) fn dateline(paragraph: &str, first: bool) -> Option<Dateline> {
    if !paragraph.starts_with(|c: char| c.is_uppercase() || matches!(c, '(' | '/')) {
        return None;
    }
    let head = start_of(paragraph, LONGEST);
    let first_word = head.split([',', ' ', '/', '\n']).next().unwrap_or("");
    if !(first || is_capitals(first_word) || start_of(head, LONGEST / 2).contains(['(', '/'])) {
        return None;
    }
    if let Some(dateline) = without_dash(head) {
        return Some(dateline);
    }
    let (before, end) = dash(head)?;
    // A story begins with a capital; `Lima — the capital — is ...` is a sentence.
    if !paragraph[end..].trim_start().starts_with(begins_story) {
        return None;
    }
    let prefix = head[..before].trim_end();
    let agency = agency(prefix);
    let place = match agency {
        Some((start, _)) => prefix[..start - 1].trim_end(),
        None => prefix,
    };
    let fits = match agency {
        Some(_) => is_place(place) && !LABELS.contains(&first_word),
        None => {
            !place.is_empty()
                && !LABELS.contains(&first_word)
                && ((is_capitals(first_word) && place.split_whitespace().count() <= PLACE_WORDS)
                    || (first && is_short_place(place)))
                && is_place(place)
        }
    };
    fits.then_some(Dateline { end, agency })
}

fn begins_story(c: char) -> bool {
    c.is_uppercase() || (c.is_alphabetic() && !c.is_lowercase()) || is_mark(c)
}

/// Marks with which a story may begin.
fn is_mark(c: char) -> bool {
    matches!(c, '"' | '“' | '„' | '«' | '»' | '‘' | '\'' | '¿' | '¡' | '(' | '[' | '$' | '€')
}

/// Words in capitals that are labels of a text or picture, not places.
const LABELS: [&str; 18] = [
    "ANALYSIS",
    "BREAKING",
    "CORRECTED",
    "CORRECTION",
    "EDITORIAL",
    "EXCLUSIVE",
    "EXKLUSIV",
    "FILE",
    "FOTO",
    "LIVE",
    "NOTE",
    "OPINION",
    "PHOTO",
    "PHOTOS",
    "READ",
    "UPDATE",
    "VIDEO",
    "WATCH",
];

/// How many words a place without an agency has at most, with its date.
const PLACE_WORDS: usize = 6;

/// `London (CNN) The ...`: an agency in capitals without a dash, as some sites print it.
fn without_dash(head: &str) -> Option<Dateline> {
    let open = head.find('(')?;
    let close = open + head[open..].find(')')?;
    let agency = &head[open + 1..close];
    let place = head[..open].trim_end();
    let known = outlet(agency).is_some() && agency.len() >= 2;
    let rest = head[close + 1..].trim_start();
    let fits = known
        && (place.is_empty() || (is_short_place(place) && is_place(place)))
        && rest.starts_with(begins_story);
    fits.then_some(Dateline { end: close + 1, agency: Some((open + 1, close)) })
}

/// The first `length` bytes, to a character border.
fn start_of(text: &str, length: usize) -> &str {
    let mut limit = text.len().min(length);
    while !text.is_char_boundary(limit) {
        limit -= 1;
    }
    &text[..limit]
}

/// The first dash that ends a dateline: its start, and the end of the white space after it.
fn dash(head: &str) -> Option<(usize, usize)> {
    for (at, c) in head.char_indices() {
        let rest = &head[at..];
        let length = match c {
            '—' | '–' => c.len_utf8(),
            '-' if rest.starts_with("--") => 2,
            '-' if head[..at].ends_with([' ', ')', '.', '/'])
                && rest[1..].starts_with([' ', '\n']) =>
            {
                1
            }
            // The place ends with a sentence: it was none.
            '!' | '?' | ';' | ':' | '"' | '“' | '«' | '„' => return None,
            _ => continue,
        };
        return Some((at, at + length));
    }
    None
}

/// The agency in the last brackets or slashes of the prefix, without them.
fn agency(prefix: &str) -> Option<(usize, usize)> {
    let prefix = prefix.trim_end_matches(['.', ' ']);
    let (open, close) = if prefix.ends_with(')') {
        ('(', prefix.len() - 1)
    } else if prefix.ends_with('/') {
        ('/', prefix.len() - 1)
    } else {
        return None;
    };
    let start = prefix[..close].rfind(open)? + 1;
    let name = &prefix[start..close];
    let words = name.split_whitespace().count();
    let named = name.starts_with(char::is_alphabetic)
        && (1..=5).contains(&words)
        && name.split_whitespace().all(|word| word.len() < 24);
    (named && !name.contains(',')).then_some((start, close))
}

/// Names of places with capitals, dates and small words between them.
fn is_place(place: &str) -> bool {
    let mut words = 0;
    place.split([' ', ',', '/', '\u{a0}', '\n']).filter(|word| !word.is_empty()).all(|word| {
        words += 1;
        let letters = word.trim_matches(|c: char| !c.is_alphanumeric());
        words <= 12
            && (letters.is_empty()
                || letters.starts_with(char::is_uppercase)
                || letters.starts_with(|c: char| c.is_ascii_digit()) && letters.len() <= 4
                || is_time_word(letters)
                || matches!(
                    letters,
                    "de" | "la"
                        | "las"
                        | "los"
                        | "del"
                        | "am"
                        | "an"
                        | "der"
                        | "upon"
                        | "of"
                        | "and"
                        | "et"
                        | "und"
                        | "y"
                        | "e"
                        | "do"
                        | "da"
                        | "dos"
                        | "den"
                        | "le"
                        | "sur"
                        | "in"
                        | "near"
                        | "на"
                        | "bei"
                        | "the"
                        | "на-Дону"
                ))
    })
}

/// A place without an agency, at most four words with a capital each.
fn is_short_place(place: &str) -> bool {
    // In Cyrillic a dash stands for `is` (`Москва — Третий Рим`).
    place.split_whitespace().count() <= 4
        && !place.contains(['(', '.', ':'])
        && !place.chars().any(|c| ('\u{400}'..='\u{4ff}').contains(&c))
}

/// Whether a word is written in capitals and long enough to tell.
fn is_capitals(word: &str) -> bool {
    let letters = word.chars().filter(|c| c.is_alphabetic()).count();
    letters >= 3 && !word.chars().any(char::is_lowercase)
}

//! Headings and list items, told by their form.

use crate::model::Language;

/// A heading has at most this many words ...
const HEADING_WORDS: usize = 16;

/// ... and this many bytes.
const HEADING_BYTES: usize = 160;

/// The length of the sign and the space with which a list item starts; 0 for other text.
///
/// A long dash is no such sign: in many languages it begins a speech.
pub(super) fn bullet_length(text: &str) -> usize {
    let mut chars = text.chars();
    let Some(first) = chars.next() else { return 0 };
    let sign = match first {
        '•' | '◦' | '▪' | '●' | '■' | '‣' | '⁃' | '·' | '►' | '➤' | '✓' | '✔' => {
            first.len_utf8()
        }
        '-' | '*' | '–' | '+' => {
            let rest = chars.as_str();
            return if rest.starts_with([' ', '\t', '\u{a0}']) && !rest.trim_start().is_empty() {
                first.len_utf8() + 1
            } else {
                0
            };
        }
        '(' | '0'..='9' => return number_length(text),
        _ => return 0,
    };
    let rest = text[sign..].trim_start();
    text.len() - rest.len() + number_length(rest)
}

/// The length of `1.`, `2)`, `(3)` and the space after it.
fn number_length(text: &str) -> usize {
    let open = usize::from(text.starts_with('('));
    let digits = text[open..].bytes().take_while(u8::is_ascii_digit).count();
    let rest = &text[open + digits..];
    let mark = rest.starts_with(')') || (open == 0 && rest.starts_with('.'));
    let space = rest.get(1..).is_some_and(|rest| rest.starts_with([' ', '\t', '\u{a0}']));
    let small = rest.get(2..).and_then(|rest| rest.chars().next()).is_some_and(char::is_lowercase);
    if (1..=2).contains(&digits) && mark && space && !small { open + digits + 2 } else { 0 }
}

/// Whether a dash begins a list item in this language; elsewhere it begins a speech.
pub(super) fn dash_is_bullet(text: &str, language: Language) -> bool {
    !text.starts_with('–')
        || matches!(
            language,
            Language::English | Language::German | Language::Dutch | Language::Other
        )
}

/// Whether a paragraph of one sentence is a heading: short, without an end mark, and made like a
/// title rather than like a row of figures, a quotation or an introduction to what follows.
pub(super) fn is_heading(text: &str) -> bool {
    if text.len() > HEADING_BYTES {
        return false;
    }
    let Some(first) = text.chars().next() else { return false };
    let Some(last) = text.chars().next_back() else { return false };
    if matches!(last, '.' | '!' | '…' | ':' | ';' | ',' | '。' | '！' | '।' | '۔' | '-' | '–' | '—')
    {
        return false;
    }
    // A quotation of its own is speech.
    if matches!(first, '"' | '“' | '„' | '«' | '»' | '「') && closes_quotation(last) {
        return false;
    }
    if first.is_lowercase() || matches!(first, '—' | '–' | '-' | ',' | '@' | '#') {
        return false;
    }
    let mut words = 0;
    let mut figures = 0;
    let mut capitals = 0;
    let mut names = 0;
    for word in text.split_whitespace() {
        words += 1;
        let Some(letter) = word.chars().find(|c| c.is_alphanumeric()) else { continue };
        figures += usize::from(letter.is_numeric());
        capitals += usize::from(letter.is_uppercase());
        names += usize::from(word.contains(['@', '/']) && word.len() > 3);
    }
    if words > HEADING_WORDS || figures * 2 > words || names > 0 {
        return false;
    }
    // A question is a heading when it is set like one: in capitals, or after a topic and a colon.
    // `"Why did he go?"` as a paragraph of its own is a sentence.
    let asks = matches!(last, '?' | '？' | '؟')
        || (closes_quotation(last)
            && text.trim_end_matches(closes_quotation).ends_with(['.', '?', '!', ',']));
    !asks || (words >= 3 && (capitals * 4 >= words * 3 || text.contains(": ")))
}

fn closes_quotation(c: char) -> bool {
    matches!(c, '"' | '”' | '“' | '»' | '«' | '’' | '\'' | '」')
}

//! Where the sentences of one paragraph end.
//!
//! The candidates are those of UAX #29 (a terminator, the marks that close after it, white space);
//! they are found by one pass over the bytes. Each is then confirmed or vetoed by what stands on
//! both sides: abbreviations, initials, ordinals, a small letter, a dash. Looking back and ahead
//! is bounded, so the time is linear whatever the text.

use std::ops::Range;

use super::abbreviation::{Class, LONGEST, Rules};
use super::full_stop::token_before;
use super::item::Item;
use super::next::next_word;
use super::terminator::{Terminator, find_terminator, terminator_at};

/// Appends the sentences of `text[paragraph]`, without the white space around them.
pub(super) fn sentences(
    text: &str,
    paragraph: Range<usize>,
    rules: &Rules,
    out: &mut Vec<Range<usize>>,
) {
    let text = &text[..paragraph.end];
    let first = out.len();
    let start = paragraph.start;
    let mut scan =
        Scan { text, rules, start, seen: start, has_content: false, quotes: Parity::new(start) };
    let mut item = Item::at_start(&text[start..]);
    let mut at = paragraph.start;
    while let Some(terminator) = find_terminator(text.as_bytes(), at, item.is_some()) {
        if let Some(known) = &item
            && let Some(next) = known.next_before(text, scan.start, terminator)
        {
            out.push(scan.start..scan.start + text[scan.start..next].trim_end().len());
            item = Item::at_start(&text[next..]);
            scan.begin(next);
            at = terminator + 1;
            continue;
        }
        if text.as_bytes()[terminator] == b')' {
            at = terminator + 1;
            continue;
        }
        let end = scan.ending(terminator);
        at = end.end;
        if end.end == text.len() {
            break;
        }
        if scan.is_boundary(&end) {
            out.push(scan.start..end.end);
            at = skip_space(text, end.end);
            scan.begin(at);
            item = Item::at_start(&text[at..]).or(item);
        }
    }
    let rest = &text[scan.start..];
    // Marks alone belong to the sentence before them.
    match out[first..].last_mut() {
        Some(last) if !has_alphanumeric(rest) => last.end = scan.start + rest.trim_end().len(),
        _ if !rest.trim().is_empty() => out.push(scan.start..scan.start + rest.trim_end().len()),
        _ => {}
    }
}

/// A terminator with the marks that close after it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ending {
    kind: Terminator,
    /// The first terminator.
    pub(super) start: usize,
    /// After the terminators.
    marks: usize,
    /// After the closing marks.
    pub(super) end: usize,
    /// Whether a quotation mark closes.
    pub(super) quoted: bool,
}

/// The state of the pass over one paragraph.
pub(super) struct Scan<'a> {
    pub(super) text: &'a str,
    pub(super) rules: &'a Rules,
    /// Start of the current sentence.
    pub(super) start: usize,
    /// Up to where the current sentence was searched for a letter or digit.
    seen: usize,
    /// Whether it has one.
    has_content: bool,
    quotes: Parity,
}

/// Counts straight quotation marks from the paragraph's start: an odd number is open.
struct Parity {
    upto: usize,
    odd: bool,
}

impl Parity {
    fn new(start: usize) -> Self {
        Parity { upto: start, odd: false }
    }

    /// Whether a straight mark at `at` closes. Positions only grow.
    fn open_before(&mut self, text: &str, at: usize) -> bool {
        if at > self.upto {
            let marks = memchr::memchr_iter(b'"', &text.as_bytes()[self.upto..at]).count();
            self.odd ^= marks % 2 == 1;
            self.upto = at;
        }
        self.odd
    }
}

impl Scan<'_> {
    /// Begins a sentence.
    fn begin(&mut self, start: usize) {
        self.start = start;
        self.seen = start;
        self.has_content = false;
    }

    /// Reads the terminators and closing marks that start at `start`.
    fn ending(&mut self, start: usize) -> Ending {
        let bytes = self.text.as_bytes();
        let mut at = start;
        let mut kind = None;
        let mut quoted = false;
        let mut marks = start;
        loop {
            let before = at;
            while let Some((next, length)) = terminator_at(&bytes[at..]) {
                // A full stop that begins a number (`.45`) is none.
                kind = Some(match (kind, next) {
                    (None, next) => next,
                    (Some(Terminator::Strong | Terminator::Ideographic), _) => kind.unwrap_or(next),
                    (_, Terminator::Strong | Terminator::Ideographic) => next,
                    // A full stop after a closing mark adds nothing (`usw.“.`).
                    (known, _) if quoted => known.unwrap_or(next),
                    _ => Terminator::Ellipsis,
                });
                at += length;
                // `. . .`
                if next == Terminator::Period
                    && let Some(space) = one_space(&self.text[at..])
                    && bytes.get(at + space) == Some(&b'.')
                    && !bytes.get(at + space + 1).is_some_and(u8::is_ascii_alphanumeric)
                {
                    at += space;
                }
            }
            marks = marks.max(at);
            let (closed, quote) = self.closing_marks(at);
            quoted |= quote;
            at = closed;
            if at == before || terminator_at(&bytes[at..]).is_none() {
                break;
            }
        }
        Ending { kind: kind.unwrap_or(Terminator::Period), start, marks, end: at, quoted }
    }

    /// The end of the closing marks at `at`, and whether one of them is a quotation mark.
    fn closing_marks(&mut self, mut at: usize) -> (usize, bool) {
        let mut quoted = false;
        loop {
            let space = spaces(&self.text[at..]);
            let rest = &self.text[at + space..];
            let Some(mark) = rest.chars().next() else { return (at, quoted) };
            let after = rest[mark.len_utf8()..].chars().next();
            let letter_follows = after.is_some_and(char::is_alphanumeric);
            let closes = match mark {
                // Straight marks and those that open in one language and close in another.
                '"' if space > 0 || letter_follows => {
                    let open = self.quotes.open_before(self.text, at + space);
                    open && (space == 0 || !letter_follows)
                }
                '"' => true,
                '\'' | '“' | '‘' | '«' | '‹' => space == 0 && !letter_follows,
                '”' | '’' | '»' | '›' => {
                    if space == 0 {
                        mark != '»' || !letter_follows
                    } else {
                        !letter_follows
                    }
                }
                ')' | ']' | '}' | '」' | '』' | '）' | '】' | '〉' | '》' | '〕' => {
                    space == 0
                }
                // A reference (`[12]`) belongs to the sentence before it.
                '[' => {
                    let digits = rest[1..].bytes().take(4).take_while(u8::is_ascii_digit).count();
                    if digits > 0 && rest.as_bytes().get(1 + digits) == Some(&b']') {
                        at += space + digits + 2;
                        continue;
                    }
                    false
                }
                _ => false,
            };
            if !closes {
                return (at, quoted);
            }
            quoted |= !matches!(mark, ')' | ']' | '}' | '）' | '】');
            at += space + mark.len_utf8();
        }
    }

    /// Whether a sentence ends at a candidate.
    fn is_boundary(&mut self, ending: &Ending) -> bool {
        let text = self.text;
        if !self.has_content {
            self.has_content = has_alphanumeric(&text[self.seen..ending.start]);
            self.seen = ending.start;
        }
        if !self.has_content {
            return false;
        }
        let space = skip_space(text, ending.end) - ending.end;
        if ending.kind == Terminator::Ideographic {
            return self.ends_ideographic(ending);
        }
        if space == 0 {
            return self.lacks_space(ending);
        }
        let next = next_word(&text[ending.end + space..], self.rules.language);
        match ending.kind {
            _ if next.blocked => false,
            _ if next.is_small => false,
            // `“It is late.” – Ann Lee`: whose words they were.
            _ if ending.quoted && next.dash => self.rules.opens_sentence(next.word),
            Terminator::Ellipsis if is_omission(text, ending) => self.opens(&next),
            Terminator::Strong | Terminator::Ellipsis
                if ending.quoted && self.rules.is_inquit(next.word, next.rest) =>
            {
                false
            }
            Terminator::Strong => !self.is_name_with_mark(ending),
            Terminator::Period => self.period_ends(ending, &next),
            Terminator::Ellipsis | Terminator::Ideographic => true,
        }
    }

    /// In scripts without spaces the mark itself ends the sentence, unless the quotation it closes
    /// is the object of what follows (`「…。」と`).
    fn ends_ideographic(&self, ending: &Ending) -> bool {
        let digit = |c: Option<char>| c.is_some_and(char::is_numeric);
        if digit(self.text[..ending.start].chars().next_back())
            && digit(self.text[ending.end..].chars().next())
        {
            return false;
        }
        let rest = self.text[ending.end..].trim_start();
        let goes_on = ["と", "っ", "を", "など", "という"];
        let is_object = ending.quoted && goes_on.iter().any(|word| rest.starts_with(word));
        !is_object && !rest.starts_with(['、', '，', ',', '）', ')'])
    }

    /// A terminator glued to the next sentence (`said.The`): a break lost its space. Addresses and
    /// names (`example.Com`, `index.php?Id`) are left alone.
    fn lacks_space(&self, ending: &Ending) -> bool {
        let rest = &self.text[ending.end..];
        let before = token_before(self.text, self.start, ending.start);
        if before.contains(['@', '/', ':', '.', '_', '=']) || ending.kind == Terminator::Ellipsis {
            return false;
        }
        let small = before.chars().rev().take(2).filter(|c| c.is_lowercase()).count() == 2;
        let number = before.ends_with(|c: char| c.is_ascii_digit());
        if !(small || number || ending.quoted) {
            return false;
        }
        let rest = rest.trim_start_matches(['"', '“', '„', '«', '‘', '(']);
        let word: &str = rest.split(|c: char| !c.is_alphanumeric()).next().unwrap_or("");
        let after = rest[word.len()..].chars().next();
        let mut letters = word.chars().take(LONGEST);
        letters.next().is_some_and(char::is_uppercase)
            && letters.all(char::is_lowercase)
            && after.is_none_or(|c| c.is_whitespace() || matches!(c, ',' | '’' | '\'' | '.'))
            && (ending.quoted
                || self.rules.opens_sentence(word)
                || self.rules.class(word) == Some(Class::Name))
    }

    /// `Yahoo!`, `E!`: a name that ends in a mark.
    fn is_name_with_mark(&self, ending: &Ending) -> bool {
        if ending.end - ending.start != 1 {
            return false;
        }
        let word = token_before(self.text, self.start, ending.end);
        self.rules.class(word).is_some()
    }
}

/// `[...]`, `(…)`: words were left out, nothing ended.
fn is_omission(text: &str, ending: &Ending) -> bool {
    text[..ending.start].ends_with(['[', '(']) && text[ending.marks..].starts_with([']', ')'])
}

/// The end of the white space at `at`.
fn skip_space(text: &str, at: usize) -> usize {
    at + (text[at..].len() - text[at..].trim_start().len())
}

/// The length of the spaces (no line breaks) that the text starts with, at most three.
fn spaces(text: &str) -> usize {
    text.chars()
        .take(3)
        .take_while(|&c| c.is_whitespace() && !matches!(c, '\n' | '\r'))
        .map(char::len_utf8)
        .sum()
}

/// The length of the one space that the text starts with.
fn one_space(text: &str) -> Option<usize> {
    text.chars().next().filter(|&c| matches!(c, ' ' | '\u{a0}' | '\u{202f}')).map(char::len_utf8)
}

/// Whether there is a letter or digit.
fn has_alphanumeric(text: &str) -> bool {
    text.chars().any(char::is_alphanumeric)
}

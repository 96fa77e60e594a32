//! Page furniture: what stands on the page of an article and is not the story.
//!
//! The patterns are data (`furniture/*.txt`), one a line: a scope and words in small letters.
//! `line` is the whole unit, `start` and `end` are its first and last words, `section` is a line
//! after which short lines without an end mark are furniture too (a list of sources). `*` stands
//! for one to eight words, `#` for a number; a colon is a word. The patterns of all languages are looked for in
//! every text, for a page's furniture is not always in the language of the story.

use std::borrow::Cow;
use std::sync::LazyLock;

use super::abbreviation::entries;
use super::byline::byline;
use crate::text::credit::outlet;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Scope {
    Line,
    Start,
    End,
    Section,
}

#[derive(Debug)]
struct Pattern {
    scope: Scope,
    words: Vec<&'static str>,
}

/// How many words a star stands for at most.
const STAR: usize = 8;

/// How many words of a unit are compared with the patterns.
const WORDS: usize = 16;

/// A unit that ends like furniture is such only up to this length, in bytes.
const LONGEST_END: usize = 200;

/// After a section line, lines up to this many bytes without an end mark belong to it.
const SHORT_LINE: usize = 160;

struct Patterns {
    /// Sorted by the first word.
    by_first: Vec<Pattern>,
    /// Sorted by the last word.
    by_last: Vec<Pattern>,
    /// The beginnings of their first words.
    first_words: Beginnings,
    /// The beginnings of their last words.
    last_words: Beginnings,
}

/// How words of patterns begin, for telling the many other words apart without folding and searching:
/// a bit for the length and the first bytes of each.
struct Beginnings([u64; 64]);

impl Beginnings {
    fn of<'a>(words: impl Iterator<Item = &'a str>) -> Self {
        let mut beginnings = Beginnings([0; 64]);
        for word in words {
            let (at, bit) = Beginnings::place(word);
            beginnings.0[at] |= bit;
        }
        beginnings
    }

    /// The place of a word, whatever its case.
    fn place(word: &str) -> (usize, u64) {
        let mut sum = word.len() as u32;
        for byte in word.bytes().take(4) {
            sum = sum.wrapping_mul(0x0100_0193) ^ u32::from(byte.to_ascii_lowercase());
        }
        let hash = sum.wrapping_mul(0x9e37_79b1) >> 20;
        (hash as usize / 64, 1 << (hash % 64))
    }

    /// Whether a word can be one of them; folding beyond ASCII can change its length, so all such can.
    fn may_hold(&self, word: &str) -> bool {
        let (at, bit) = Beginnings::place(word);
        self.0[at] & bit != 0 || !word.is_ascii()
    }
}

static PATTERNS: LazyLock<Patterns> = LazyLock::new(|| {
    let mut by_first = Vec::new();
    let mut by_last = Vec::new();
    for file in FILES {
        for line in entries(file) {
            let Some(pattern) = pattern(line) else { continue };
            if pattern.scope == Scope::End { by_last.push(pattern) } else { by_first.push(pattern) }
        }
    }
    by_first.sort_by_key(|pattern| pattern.words.first().copied());
    by_last.sort_by_key(|pattern| pattern.words.last().copied());
    let first_words =
        Beginnings::of(by_first.iter().filter_map(|pattern| pattern.words.first().copied()));
    let last_words =
        Beginnings::of(by_last.iter().filter_map(|pattern| pattern.words.last().copied()));
    Patterns { by_first, by_last, first_words, last_words }
});

const FILES: [&str; 9] = [
    include_str!("../furniture/de.txt"),
    include_str!("../furniture/en.txt"),
    include_str!("../furniture/es.txt"),
    include_str!("../furniture/fr.txt"),
    include_str!("../furniture/it.txt"),
    include_str!("../furniture/nl.txt"),
    include_str!("../furniture/pt.txt"),
    include_str!("../furniture/ru.txt"),
    include_str!("../furniture/uk.txt"),
];

fn pattern(line: &'static str) -> Option<Pattern> {
    let (scope, words) = line.split_once(' ')?;
    let scope = match scope {
        "line" => Scope::Line,
        "start" => Scope::Start,
        "end" => Scope::End,
        "section" => Scope::Section,
        _ => return None,
    };
    Some(Pattern { scope, words: words.split(' ').collect() })
}

/// Remembers whether the paragraphs seen last opened a section of furniture.
#[derive(Debug, Default)]
pub(super) struct Section {
    open: bool,
}

impl Section {
    /// Whether a paragraph belongs to an open section of furniture; prose ends the section.
    pub(super) fn takes(&mut self, paragraph: &str, sentences: usize) -> bool {
        let short = paragraph.len() <= SHORT_LINE && sentences <= 1;
        let ends = paragraph.ends_with(['.', '!', '?', '"', '”', '»', '…']);
        self.open &= short && !ends;
        self.open
    }

    /// Whether a sentence matches a pattern; `alone` when it is a paragraph of its own.
    pub(super) fn is_furniture(&mut self, sentence: &str, alone: bool) -> bool {
        if is_tweet_signature(sentence) || (!alone && is_agency_credit(sentence)) {
            return true;
        }
        if alone
            && (is_address(sentence) || is_photo_credit(sentence) || byline(sentence).is_some())
            || !sentence.chars().any(char::is_alphanumeric)
        {
            return true;
        }
        let patterns = &*PATTERNS;
        let Some(first) = Words::new(sentence).next() else { return false };
        let candidates = if patterns.first_words.may_hold(first) {
            same_key(&patterns.by_first, &fold(first), |words| words.first().copied())
        } else {
            &[]
        };
        if !candidates.is_empty() {
            let buffer: Vec<_> = Words::new(sentence).take(WORDS + 1).map(fold).collect();
            for pattern in candidates {
                let whole = matches!(pattern.scope, Scope::Line | Scope::Section);
                let words = trim_colon(&buffer, whole);
                if (!whole || alone) && matches(&pattern.words, words, whole) {
                    self.open |= pattern.scope == Scope::Section;
                    return true;
                }
            }
        }
        if sentence.len() > LONGEST_END {
            return false;
        }
        let Some(last) = last_word(sentence).filter(|last| patterns.last_words.may_hold(last))
        else {
            return false;
        };
        let candidates = same_key(&patterns.by_last, &fold(last), |words| words.last().copied());
        candidates.iter().any(|pattern| {
            let words = last_words(sentence, pattern.words.len());
            matches(&pattern.words, &words, true)
        })
    }
}

/// The patterns with a given key word.
fn same_key<'a>(
    patterns: &'a [Pattern],
    word: &str,
    key: impl Fn(&[&'static str]) -> Option<&'static str>,
) -> &'a [Pattern] {
    let start = patterns.partition_point(|pattern| key(&pattern.words) < Some(word));
    let length = patterns[start..].partition_point(|pattern| key(&pattern.words) == Some(word));
    &patterns[start..start + length]
}

/// Whether the words start with (`whole`: are) those of the pattern.
fn matches(pattern: &[&str], words: &[Cow<'_, str>], whole: bool) -> bool {
    match pattern.split_first() {
        None => !whole || words.is_empty(),
        Some((&"*", rest)) => {
            (1..=STAR.min(words.len())).any(|skip| matches(rest, &words[skip..], whole))
        }
        Some((word, rest)) => {
            words.first().is_some_and(|first| is_word(word, first.as_ref()))
                && matches(rest, &words[1..], whole)
        }
    }
}

fn is_word(pattern: &str, word: &str) -> bool {
    pattern == word || (pattern == "#" && word.bytes().all(|byte| byte.is_ascii_digit()))
}

/// A line is compared without the colon at its end.
fn trim_colon<'a>(words: &'a [Cow<'a, str>], whole: bool) -> &'a [Cow<'a, str>] {
    match words.split_last() {
        Some((last, rest)) if whole && last == ":" => rest,
        _ => words,
    }
}

/// A word in small letters and with plain apostrophes.
fn fold(word: &str) -> Cow<'_, str> {
    if word.bytes().all(|byte| byte.is_ascii_lowercase()) {
        return Cow::Borrowed(word);
    }
    if word.is_ascii() {
        return Cow::Owned(word.to_ascii_lowercase());
    }
    Cow::Owned(word.to_lowercase().replace('’', "'"))
}

/// The words of a text; a colon, © and | are words.
struct Words<'a> {
    rest: &'a str,
}

impl<'a> Words<'a> {
    fn new(text: &'a str) -> Self {
        Words { rest: text }
    }
}

impl<'a> Iterator for Words<'a> {
    type Item = &'a str;

    fn next(&mut self) -> Option<&'a str> {
        let skip = |c: char| !c.is_alphanumeric() && !matches!(c, ':' | '©' | '|');
        // Marks without a word are looked at in bounded measure.
        let start = self.rest.char_indices().take(WORDS).find(|&(_, c)| !skip(c))?.0;
        let rest = &self.rest[start..];
        let mut end = 0;
        for c in rest.chars() {
            if !(c.is_alphanumeric() || matches!(c, '\'' | '’')) || end > 40 {
                break;
            }
            end += c.len_utf8();
        }
        let end = if end == 0 { rest.chars().next()?.len_utf8() } else { end };
        self.rest = &rest[end..];
        Some(rest[..end].trim_end_matches(['\'', '’']))
    }
}

/// The last word of a text.
fn last_word(text: &str) -> Option<&str> {
    let text = text.trim_end_matches(|c: char| !c.is_alphanumeric());
    let start = text.rfind(|c: char| !(c.is_alphanumeric() || matches!(c, '\'' | '’')));
    let word = match start {
        Some(start) => &text[start + text[start..].chars().next().map_or(1, char::len_utf8)..],
        None => text,
    };
    (!word.is_empty()).then_some(word)
}

/// The last `count` words of a text.
fn last_words(text: &str, count: usize) -> Vec<Cow<'_, str>> {
    let mut floor = text.len().saturating_sub(24 * (count + 1));
    while !text.is_char_boundary(floor) {
        floor += 1;
    }
    let words: Vec<&str> = Words::new(&text[floor..]).take(64).collect();
    let skip = words.len().saturating_sub(count);
    words[skip..].iter().copied().map(fold).collect()
}

/// A line that is only addresses, handles or tags.
fn is_address(line: &str) -> bool {
    line.len() < 400
        && line.split_whitespace().all(|word| {
            word.starts_with("http")
                || word.starts_with("www.")
                || word.starts_with("pic.twitter.com/")
                || (word.starts_with(['@', '#']) && word.len() > 1)
        })
}

/// Who sells pictures, beside the agencies.
const PHOTO_AGENCIES: [&str; 10] = [
    "Getty",
    "GETTY",
    "iStock",
    "Shutterstock",
    "SHUTTERSTOCK",
    "EPA",
    "Alamy",
    "Flickr",
    "Pixabay",
    "Unsplash",
];

/// `REUTERS/Ann Lee/File Photo` after a caption.
fn is_agency_credit(sentence: &str) -> bool {
    sentence.len() < 80
        && sentence.split_once('/').is_some_and(|(agency, _)| {
            agency.len() < 24 && (agency == "REUTERS" || outlet(agency).is_some())
        })
        && !sentence.ends_with(['.', '!', '?', '"', '”'])
}

/// `— Ann Lee (@annlee) March 3, 2018`: who wrote a quoted post, and when.
fn is_tweet_signature(sentence: &str) -> bool {
    sentence.len() < 120
        && sentence.starts_with(['—', '–', '-', '('])
        && sentence.contains("(@")
        && sentence.ends_with(|c: char| c.is_ascii_digit())
}

/// A credit without an end mark: `Ann Lee/Getty Images`, `REUTERS/Ann Lee`, `(Pixabay)`.
fn is_photo_credit(line: &str) -> bool {
    if line.len() > 160 || line.ends_with(['.', '!', '?', '"', '”']) {
        return false;
    }
    let known = |name: &str| {
        let first = name.trim().split(|c: char| !c.is_alphanumeric()).next().unwrap_or("");
        PHOTO_AGENCIES.contains(&first)
            || outlet(first).is_some()
            || first == "REUTERS"
            || outlet(name.trim().trim_end_matches(')')).is_some()
    };
    let slash = line.match_indices('/').any(|(at, _)| {
        known(&line[at + 1..]) || line[..at].rsplit([' ', '(', '/']).next().is_some_and(known)
    });
    // A line in brackets without an end mark in them says something about the page.
    let bracketed = line.starts_with('(')
        && line.ends_with(')')
        && !line[..line.len() - 1].ends_with(['.', '!', '?', '"', '”'])
        && line.matches('(').count() == 1;
    slash || bracketed
}

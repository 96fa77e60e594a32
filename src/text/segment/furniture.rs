//! Page furniture: what stands on the page of an article and is not the story.
//!
//! The patterns are data (`furniture/*.txt`), one a line: a scope and words in small letters.
//! `line` is the whole unit, `start` and `end` are its first and last words, `section` is a line
//! after which short lines without an end mark are furniture too (a list of sources). `*` stands
//! for one to eight words; a colon is a word. The patterns of all languages are looked for in
//! every text, for a page's furniture is not always in the language of the story.

use std::sync::LazyLock;

use super::abbreviation::entries;

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

/// After a section line, lines up to this many bytes without an end mark belong to it.
const SHORT_LINE: usize = 160;

struct Patterns {
    /// Sorted by the first word.
    by_first: Vec<Pattern>,
    /// Sorted by the last word.
    by_last: Vec<Pattern>,
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
    Patterns { by_first, by_last }
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
        if alone && is_address(sentence) {
            return true;
        }
        let patterns = &*PATTERNS;
        let mut buffer = Vec::with_capacity(WORDS);
        let Some(first) = Words::new(sentence).next() else { return false };
        let candidates = same_key(&patterns.by_first, &first, |words| words.first().copied());
        if !candidates.is_empty() {
            buffer.extend(Words::new(sentence).take(WORDS + 1));
            for pattern in candidates {
                let whole = matches!(pattern.scope, Scope::Line | Scope::Section);
                let words = trim_colon(&buffer, whole);
                if (!whole || alone) && matches(&pattern.words, words, whole) {
                    self.open |= pattern.scope == Scope::Section;
                    return true;
                }
            }
        }
        let Some(last) = last_words(sentence, 1).pop() else { return false };
        let candidates = same_key(&patterns.by_last, &last, |words| words.last().copied());
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
fn matches(pattern: &[&str], words: &[String], whole: bool) -> bool {
    match pattern.split_first() {
        None => !whole || words.is_empty(),
        Some((&"*", rest)) => {
            (1..=STAR.min(words.len())).any(|skip| matches(rest, &words[skip..], whole))
        }
        Some((word, rest)) => {
            words.first().is_some_and(|first| first == word) && matches(rest, &words[1..], whole)
        }
    }
}

/// A line is compared without the colon at its end.
fn trim_colon(words: &[String], whole: bool) -> &[String] {
    match words.split_last() {
        Some((last, rest)) if whole && last == ":" => rest,
        _ => words,
    }
}

/// The words of a text in small letters; a colon, © and | are words.
struct Words<'a> {
    rest: &'a str,
}

impl<'a> Words<'a> {
    fn new(text: &'a str) -> Self {
        Words { rest: text }
    }
}

impl Iterator for Words<'_> {
    type Item = String;

    fn next(&mut self) -> Option<String> {
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
        let word = rest[..end].trim_end_matches(['\'', '’']).to_lowercase().replace('’', "'");
        self.rest = &rest[end..];
        Some(word)
    }
}

/// The last `count` words of a text.
fn last_words(text: &str, count: usize) -> Vec<String> {
    let mut floor = text.len().saturating_sub(24 * (count + 1));
    while !text.is_char_boundary(floor) {
        floor += 1;
    }
    let mut words: Vec<String> = Words::new(&text[floor..]).take(64).collect();
    let skip = words.len().saturating_sub(count);
    words.split_off(skip)
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

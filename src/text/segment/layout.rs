//! Paragraphs: which line breaks of a document end one.
//!
//! A blank line always does. Whether a single line break does depends on the document: web text
//! has one line a paragraph, wire copy of the telex age is wrapped at about 70 columns. The two
//! are told apart as a typesetter would: in wrapped text a line is broken because the next word
//! did not fit, so `line length + 1 + length of the next line's first word` exceeds the widest
//! line nearly everywhere; where every line is a paragraph it hardly ever does.

use std::ops::Range;

use memchr::memchr;

/// The widest line that is still taken for wrapped text, in characters.
const WIDEST_WRAP: usize = 132;

/// The part of a document that is looked at to decide whether it is wrapped, in bytes.
const SAMPLE: usize = 1 << 16;

/// A line that does not reach this many characters was not broken for lack of room when it and
/// the next line are the only evidence.
const SHORT_LINE: usize = 40;

/// How line breaks are to be read in one document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Wrapping {
    /// Every line is a paragraph.
    None,
    /// Lines are broken at `width` characters; a line indented deeper than `indent` starts a
    /// paragraph.
    At { width: usize, indent: usize },
}

/// The paragraphs of a text in order, as trimmed, non-empty ranges of bytes.
pub(crate) fn paragraphs(text: &str) -> Vec<Range<usize>> {
    let wrapping = wrapping(text);
    let mut paragraphs: Vec<Range<usize>> = Vec::new();
    let mut previous: Option<Line> = None;
    for line in Lines::new(text) {
        if line.is_blank() {
            previous = None;
            continue;
        }
        match (&previous, paragraphs.last_mut()) {
            (Some(above), Some(paragraph)) if continues(text, above, &line, wrapping) => {
                paragraph.end = line.range.end;
            }
            _ => paragraphs.push(line.range.clone()),
        }
        previous = Some(line);
    }
    paragraphs
}

/// One line, without the white space around it.
#[derive(Clone, Debug)]
struct Line {
    range: Range<usize>,
    /// White space before it, in characters.
    indent: usize,
    /// Its length with the indentation, in characters.
    length: usize,
    /// Whether white space stood between its last word and the line break.
    trailing_space: bool,
}

impl Line {
    fn is_blank(&self) -> bool {
        self.range.is_empty()
    }
}

/// The lines of a text; all the line breaks of Unicode count.
struct Lines<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Lines<'a> {
    fn new(text: &'a str) -> Self {
        Lines { text, at: 0 }
    }
}

impl Iterator for Lines<'_> {
    type Item = Line;

    fn next(&mut self) -> Option<Line> {
        if self.at >= self.text.len() {
            return None;
        }
        let rest = &self.text[self.at..];
        let (length, skip) = line_end(rest);
        let raw = &rest[..length];
        let trimmed = raw.trim();
        let start = self.at + (raw.len() - raw.trim_start().len());
        let line = Line {
            range: start..start + trimmed.len(),
            indent: raw[..raw.len() - raw.trim_start().len()].chars().count(),
            length: characters(raw.trim_end()),
            trailing_space: raw.len() > raw.trim_end().len(),
        };
        self.at += length + skip;
        Some(line)
    }
}

/// The length of the first line of `rest`, and of the line break after it.
fn line_end(rest: &str) -> (usize, usize) {
    let feed = memchr(b'\n', rest.as_bytes()).unwrap_or(rest.len());
    let line = &rest.as_bytes()[..feed];
    // Other breaks are rare: one pass tells that there are none.
    let other = line.iter().enumerate().position(|(index, &byte)| match byte {
        b'\r' => index + 1 < line.len(),
        0x0b | 0x0c => true,
        0xc2 => line.get(index + 1) == Some(&0x85),
        0xe2 => matches!(line.get(index..index + 3), Some([_, 0x80, 0xa8 | 0xa9])),
        _ => false,
    });
    match other {
        Some(index) => {
            let width = rest[index..].chars().next().map_or(1, char::len_utf8);
            (index, width)
        }
        None => (feed, usize::from(feed < rest.len())),
    }
}

fn characters(text: &str) -> usize {
    text.bytes().filter(|&byte| (byte as i8) >= -0x40).count()
}

/// The length of the first word of a line, in characters.
fn first_word(text: &str, line: &Line) -> usize {
    let line = &text[line.range.clone()];
    line.chars().take(WIDEST_WRAP).take_while(|c| !c.is_whitespace()).count()
}

/// Decides how the line breaks of a document are to be read.
fn wrapping(text: &str) -> Wrapping {
    let mut widths = Vec::new();
    let mut needs = Vec::new();
    let mut indents = Vec::new();
    let mut previous: Option<Line> = None;
    let mut first = true;
    for line in Lines::new(text) {
        if line.range.start > SAMPLE {
            break;
        }
        if line.is_blank() {
            previous = None;
            continue;
        }
        widths.push(line.length);
        if let Some(above) = &previous
            && line.indent <= above.indent
        {
            needs.push(above.length + 1 + first_word(text, &line));
        }
        // The first line of a wire item often lost its dateline, and its indentation with it.
        if !first {
            indents.push(line.indent);
        }
        first = false;
        previous = Some(line);
    }
    if needs.len() < 2 {
        return Wrapping::None;
    }
    widths.sort_unstable();
    // One line in twenty may be wider (a table, an address).
    let width = widths[(widths.len() - 1) * 19 / 20];
    let full = needs.iter().filter(|&&need| need > width).count();
    if width <= WIDEST_WRAP && width >= SHORT_LINE / 2 && full * 10 >= needs.len() * 6 {
        let indent = indents.iter().copied().min().unwrap_or(0);
        Wrapping::At { width, indent }
    } else {
        Wrapping::None
    }
}

/// Whether `line` goes on with the paragraph of the line `above` it.
fn continues(text: &str, above: &Line, line: &Line, wrapping: Wrapping) -> bool {
    if starts_item(&text[line.range.clone()]) {
        return false;
    }
    let before = &text[above.range.clone()];
    let ends_sentence = before.ends_with(['.', '!', '?', '"', '”', '»', ':', '。']);
    match wrapping {
        Wrapping::At { width, indent } => {
            let fits = above.length + 1 + first_word(text, line) <= width;
            line.indent <= indent && !(fits && ends_sentence)
        }
        Wrapping::None => {
            // A line broken by accident: the next one goes on in small letters.
            let room = above.trailing_space || above.length >= SHORT_LINE;
            room && !ends_sentence
                && text[line.range.clone()].chars().next().is_some_and(char::is_lowercase)
        }
    }
}

/// Whether a line starts with the sign of a list item.
pub(super) fn starts_item(line: &str) -> bool {
    super::kind::bullet_length(line) > 0
}

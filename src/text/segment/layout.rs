//! Paragraphs: which line breaks of a document end one.
//!
//! A blank line always does. Whether a single line break does depends on the document: web text
//! has one line a paragraph, wire copy of the telex age is wrapped at about 70 columns. The two
//! are told apart as a typesetter would: in wrapped text a line is broken because the next word
//! did not fit, so `line length + 1 + length of the next line's first word` exceeds the widest
//! line nearly everywhere; where every line is a paragraph it hardly ever does.

use std::ops::Range;

use memchr::{memchr2, memmem};

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
    /// With the white space, without the line break.
    whole: Range<usize>,
    range: Range<usize>,
}

impl Line {
    fn is_blank(&self) -> bool {
        self.range.is_empty()
    }

    /// White space before it, in characters.
    fn indent(&self, text: &str) -> usize {
        characters(&text[self.whole.start..self.range.start])
    }

    /// Its length with the indentation, in characters.
    fn length(&self, text: &str) -> usize {
        characters(&text[self.whole.start..self.range.end])
    }

    /// Whether white space stands between its last word and the line break.
    fn has_trailing_space(&self) -> bool {
        self.range.end < self.whole.end
    }
}

/// The lines of a text; all the line breaks of Unicode count.
struct Lines<'a> {
    text: &'a str,
    at: usize,
    /// Whether there are other line breaks than feeds and returns.
    rare_breaks: bool,
}

impl<'a> Lines<'a> {
    fn new(text: &'a str) -> Self {
        let bytes = text.as_bytes();
        let rare_breaks = memchr2(0x0b, 0x0c, bytes).is_some()
            || ["\u{85}", "\u{2028}", "\u{2029}"]
                .iter()
                .any(|mark| memmem::find(bytes, mark.as_bytes()).is_some());
        Lines { text, at: 0, rare_breaks }
    }

    /// The length of the line that starts here, and of the line break after it.
    fn line_end(&self) -> (usize, usize) {
        let rest = &self.text.as_bytes()[self.at..];
        let end = if self.rare_breaks {
            (0..rest.len()).find(|&at| break_length(&rest[at..]) > 0)
        } else {
            memchr2(b'\n', b'\r', rest)
        };
        end.map_or((rest.len(), 0), |end| (end, break_length(&rest[end..])))
    }
}

/// The length of the line break that the bytes start with; 0 when there is none.
fn break_length(bytes: &[u8]) -> usize {
    match bytes {
        [b'\r', b'\n', ..] | [0xc2, 0x85, ..] => 2,
        [b'\n' | b'\r' | 0x0b | 0x0c, ..] => 1,
        [0xe2, 0x80, 0xa8 | 0xa9, ..] => 3,
        _ => 0,
    }
}

impl Iterator for Lines<'_> {
    type Item = Line;

    fn next(&mut self) -> Option<Line> {
        if self.at >= self.text.len() {
            return None;
        }
        let (length, skip) = self.line_end();
        let whole = self.at..self.at + length;
        let raw = &self.text[whole.clone()];
        let start = whole.end - raw.trim_start().len();
        let range = start..start + self.text[start..whole.end].trim_end().len();
        self.at += length + skip;
        Some(Line { whole, range })
    }
}

fn characters(text: &str) -> usize {
    text.as_bytes().iter().filter(|&&byte| (byte as i8) >= -0x40).count()
}

/// The length of the first word of a line, in characters.
fn first_word(text: &str, line: &Line) -> usize {
    let line = &text[line.range.clone()];
    line.chars().take(WIDEST_WRAP).take_while(|c| !c.is_whitespace()).count()
}

fn starts_small(line: &str) -> bool {
    line.starts_with(char::is_lowercase)
}

/// Decides how the line breaks of a document are to be read.
fn wrapping(text: &str) -> Wrapping {
    let mut widths = Vec::new();
    let mut needs = Vec::new();
    let mut indents = Vec::new();
    let mut small = 0;
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
        let indent = line.indent(text);
        widths.push(line.length(text));
        if let Some(above) = &previous
            && indent <= above.indent(text)
        {
            needs.push(above.length(text) + 1 + first_word(text, &line));
            small += usize::from(starts_small(&text[line.range.clone()]));
        }
        // The first line of a wire item often lost its dateline, and its indentation with it.
        if !first {
            indents.push(indent);
        }
        first = false;
        previous = Some(line);
    }
    // Sentences go on from line to line in wrapped text; a list of titles may fill its lines too.
    if needs.len() < 2 || small * 4 < needs.len() {
        return Wrapping::None;
    }
    widths.sort_unstable();
    // One line in twenty may be wider (a table, an address).
    let width = widths[(widths.len() - 1) * 19 / 20];
    let full = needs.iter().filter(|&&need| need > width).count();
    if (SHORT_LINE / 2..=WIDEST_WRAP).contains(&width) && full * 10 >= needs.len() * 6 {
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
            let fits = above.length(text) + 1 + first_word(text, line) <= width;
            line.indent(text) <= indent && !(fits && ends_sentence)
        }
        Wrapping::None => {
            // A line broken by accident: the next one goes on in small letters.
            starts_small(&text[line.range.clone()])
                && !ends_sentence
                && (above.has_trailing_space() || above.length(text) >= SHORT_LINE)
        }
    }
}

/// Whether a line starts with the sign of a list item.
pub(super) fn starts_item(line: &str) -> bool {
    super::kind::bullet_length(line) > 0
}

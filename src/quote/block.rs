//! Block quotes: paragraphs set off as a quotation without marks.
//!
//! Three forms: lines that begin with `>`, what stands between `<blockquote>` tags left in the text,
//! and a paragraph behind an introduction that ends with a colon and says who speaks ("The minister
//! wrote:"), with the indented paragraphs that follow it.

use super::attribute::{Attribution, Attributor};
use super::lexicon::Class;
use super::tokens::{Facts, Form, Tokens};
use crate::model::Span;

/// Fewer words behind a colon are a label or a heading, not a quotation.
const SHORTEST: usize = 5;

/// A paragraph or several set off as a quotation.
#[derive(Clone, Debug)]
pub(super) struct Block {
    /// The quoted paragraphs.
    pub(super) parts: Vec<Span>,
    /// The tokens it covers.
    pub(super) tokens: (usize, usize),
    /// What introduces it.
    pub(super) attribution: Option<Attribution>,
}

/// How a paragraph is set off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum SetOff {
    /// It begins with `>`.
    Cited,
    /// It stands between tags.
    Tagged,
}

/// All block quotes of a text, in order.
pub(super) fn blocks(attributor: &Attributor) -> Vec<Block> {
    let tokens = attributor.frames.tokens;
    let tagged = tagged_ranges(tokens.text);
    let mut found = Vec::new();
    let mut paragraph = 0;
    let mut range = 0;
    while paragraph < tokens.paragraphs.len() {
        let mut next = paragraph;
        let mut parts = Vec::new();
        let mut form = None;
        while next < tokens.paragraphs.len() {
            let (start, end) = tokens.paragraphs[next];
            let place = tokens.tokens[start].span.start;
            while range < tagged.len() && tagged[range].end <= place {
                range += 1;
            }
            let inside =
                tagged.get(range).filter(|tag| tag.start <= tokens.tokens[end - 1].span.start);
            let (here, lines) = if is_cited(tokens, start) {
                (SetOff::Cited, cited_lines(tokens, start, end))
            } else if let Some(&tag) = inside {
                (SetOff::Tagged, tagged_words(tokens, start, end, tag).into_iter().collect())
            } else {
                break;
            };
            if form.is_some_and(|form| form != here) {
                break;
            }
            form = Some(here);
            parts.extend(lines);
            next += 1;
        }
        if next == paragraph {
            if let Some(block) = introduced(attributor, paragraph) {
                next = block.1;
                found.push(block.0);
            } else {
                next += 1;
            }
        } else if !parts.is_empty() {
            let tokens = (tokens.paragraphs[paragraph].0, tokens.paragraphs[next - 1].1);
            let attribution = introduction(attributor, paragraph);
            found.push(Block { parts, tokens, attribution });
        }
        paragraph = next;
    }
    found
}

/// `> …`
fn is_cited(tokens: &Tokens, token: usize) -> bool {
    let first = &tokens.tokens[token];
    first.has(Facts::LINE_START)
        && first.span.of(tokens.text) == ">"
        && tokens.tokens.get(token + 1).is_some_and(|next| next.has(Facts::SPACE_BEFORE))
}

/// The lines of a cited paragraph, their signs left out.
fn cited_lines(tokens: &Tokens, start: usize, end: usize) -> Vec<Span> {
    let mut lines = Vec::new();
    let mut line = start;
    for token in start + 1..=end {
        if token < end && !tokens.tokens[token].has(Facts::LINE_START) {
            continue;
        }
        let first = line + usize::from(is_cited(tokens, line));
        if first < token {
            lines.push(tokens.tokens[first].span.cover(tokens.tokens[token - 1].span));
        }
        line = token;
    }
    lines
}

/// The text between `<blockquote …>` and `</blockquote>`.
fn tagged_ranges(text: &str) -> Vec<Span> {
    let mut ranges = Vec::new();
    let mut from = 0;
    while let Some(open) = text[from..].find("<blockquote") {
        let Some(close) = text[from + open..].find('>') else { break };
        let start = from + open + close + 1;
        let Some(length) = text[start..].find("</blockquote") else { break };
        ranges.push(Span::new(start, start + length));
        from = start + length;
    }
    ranges
}

/// The words of a paragraph that lie between the tags.
fn tagged_words(tokens: &Tokens, start: usize, end: usize, tag: Span) -> Option<Span> {
    let inside = |token: &usize| {
        let span = tokens.tokens[*token].span;
        span.start >= tag.start && span.end <= tag.end
    };
    let first = (start..end).find(inside)?;
    let last = (start..end).rev().find(inside)?;
    Some(tokens.tokens[first].span.cover(tokens.tokens[last].span))
}

/// What the paragraph before says about who speaks.
fn introduction(attributor: &Attributor, paragraph: usize) -> Option<Attribution> {
    let frames = attributor.frames;
    let last = frames.frames.partition_point(|frame| frame.paragraph < paragraph).checked_sub(1)?;
    let frame = frames.frames[last];
    if frame.paragraph + 1 != paragraph || frame.end == frame.start {
        return None;
    }
    let low = frame.start.max(frame.end.saturating_sub(super::assemble::WINDOW));
    if attributor.form(frame.end - 1) == Some(Form::Colon) {
        return attributor.cue_before(frame.end, low);
    }
    attributor.subject_of_frame(frame).filter(|found| found.cue.is_some())
}

/// The paragraph behind an introduction with a colon and a word of saying, and one past the last
/// paragraph taken.
fn introduced(attributor: &Attributor, paragraph: usize) -> Option<(Block, usize)> {
    let tokens = attributor.frames.tokens;
    let (start, end) = tokens.paragraphs[paragraph];
    let before = tokens.paragraphs[paragraph.checked_sub(1)?];
    if tokens.tokens[before.1 - 1].form != Form::Colon || !is_plain(tokens, start, end) {
        return None;
    }
    let attribution = introduction(attributor, paragraph)?;
    // "Here is what to know:" introduces no speech.
    attribution.cue?;
    let indented = is_indented(tokens, start);
    let mut parts = vec![tokens.tokens[start].span.cover(tokens.tokens[end - 1].span)];
    let mut next = paragraph + 1;
    while indented && next < tokens.paragraphs.len() {
        let (start, end) = tokens.paragraphs[next];
        if !is_indented(tokens, start) || !is_plain(tokens, start, end) {
            break;
        }
        parts.push(tokens.tokens[start].span.cover(tokens.tokens[end - 1].span));
        next += 1;
    }
    let tokens = (start, tokens.paragraphs[next - 1].1);
    Some((Block { parts, tokens, attribution: Some(attribution) }, next))
}

/// A paragraph of whole sentences with no marks of its own at the rim and no sign of a list.
fn is_plain(tokens: &Tokens, start: usize, end: usize) -> bool {
    let inside = &tokens.tokens[start..end];
    let words = inside.iter().filter(|token| token.is_word()).count();
    let opens = inside.first().is_some_and(|first| first.is_capital());
    let closes = matches!(
        inside.last().map(|last| last.form),
        Some(Form::Stop | Form::Exclamation | Form::Ellipsis)
    );
    let marked = inside.iter().any(|token| token.form == Form::Mark);
    // Somebody else who says something is the reporter's again; "we regret" is the speaker's.
    let reported = (0..inside.len()).any(|at| {
        let own = at > 0 && inside[at - 1].is(Class::FIRST.or(Class::MODAL));
        inside[at].is(Class::SAY.or(Class::VERBLESS)) && !own
    });
    words >= SHORTEST && opens && closes && !marked && !reported
}

/// White space stands between the line's start and the paragraph.
fn is_indented(tokens: &Tokens, token: usize) -> bool {
    let start = tokens.tokens[token].span.start as usize;
    let before = &tokens.text[..start];
    let indent = start - before.trim_end_matches([' ', '\t', '\u{a0}']).len();
    indent >= 2 && (indent == start || before[..start - indent].ends_with('\n'))
}

//! Texts with their changed words marked, for the page and the terminal.

use serde::{Serialize, Serializer};

use super::rows::{EditRow, EditSpanRow, PassageRow, SideRow};
use crate::model::Variant;
use crate::text::words;

/// What happened to some words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mark {
    Kept,
    Dropped,
    Added,
    Replaced,
    Moved,
}

impl Mark {
    /// The mark of an edit by its name in the rows; an unknown one is shown as replaced, so that a
    /// newer kind is not overlooked.
    fn of_edit(kind: &str) -> Mark {
        match kind {
            "kept" => Mark::Kept,
            "dropped" => Mark::Dropped,
            "added" => Mark::Added,
            "moved" => Mark::Moved,
            _ => Mark::Replaced,
        }
    }

    /// The mark as one letter, for the page's data.
    fn letter(self) -> &'static str {
        match self {
            Mark::Kept => "k",
            Mark::Dropped => "d",
            Mark::Added => "a",
            Mark::Replaced => "r",
            Mark::Moved => "m",
        }
    }
}

/// A run of text under one mark.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Piece {
    pub(super) mark: Mark,
    pub(super) text: String,
}

/// Kept text as a plain string, everything else as `[letter, text]`: most text is kept.
impl Serialize for Piece {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.mark {
            Mark::Kept => self.text.serialize(serializer),
            mark => (mark.letter(), &self.text).serialize(serializer),
        }
    }
}

/// Appends text under a mark. White space at the edges of changed words is not itself changed.
fn push(pieces: &mut Vec<Piece>, mark: Mark, text: &str) {
    let words = text.trim();
    if mark != Mark::Kept && words.len() < text.len() {
        let start = text.len() - text.trim_start().len();
        push(pieces, Mark::Kept, &text[..start]);
        push(pieces, mark, words);
        push(pieces, Mark::Kept, &text[start + words.len()..]);
        return;
    }
    if mark != Mark::Kept
        && let [.., before, between] = pieces.as_mut_slice()
        && before.mark == mark
        && between.mark == Mark::Kept
        && between.text.trim().is_empty()
    {
        // Changed words in a row are one change.
        before.text.push_str(&between.text);
        before.text.push_str(text);
        pieces.pop();
        return;
    }
    match pieces.last_mut() {
        _ if text.is_empty() => {}
        Some(last) if last.mark == mark => last.text.push_str(text),
        _ => pieces.push(Piece { mark, text: text.to_owned() }),
    }
}

/// Both sides of a passage with their changed words marked, as its edits say.
pub(super) fn passage_sides(passage: &PassageRow) -> (Vec<Piece>, Vec<Piece>) {
    (
        side(&passage.a, &passage.edits, |edit| edit.a.as_ref()),
        side(&passage.b, &passage.edits, |edit| edit.b.as_ref()),
    )
}

fn side(
    row: &SideRow,
    edits: &[EditRow],
    of_side: impl Fn(&EditRow) -> Option<&EditSpanRow>,
) -> Vec<Piece> {
    // Where each scalar value starts, and where the last one ends.
    let mut bytes: Vec<usize> = row.text.char_indices().map(|(byte, _)| byte).collect();
    bytes.push(row.text.len());
    let byte = |scalar: u64| {
        let place = scalar.saturating_sub(row.start) as usize;
        bytes[place.min(bytes.len() - 1)]
    };
    let mut marked: Vec<(usize, usize, Mark)> = edits
        .iter()
        .filter_map(|edit| {
            let span = of_side(edit)?;
            Some((byte(span.start), byte(span.end), Mark::of_edit(&edit.kind)))
        })
        .collect();
    marked.sort_by_key(|&(start, end, _)| (start, end));
    let mut pieces = Vec::new();
    let mut done = 0;
    for (start, end, mark) in marked {
        let start = start.max(done);
        if start >= end {
            continue;
        }
        push(&mut pieces, Mark::Kept, &row.text[done..start]);
        push(&mut pieces, mark, &row.text[start..end]);
        done = end;
    }
    push(&mut pieces, Mark::Kept, &row.text[done..]);
    pieces
}

/// Beyond this many pairs of words the difference of two texts is not worked out word by word.
const MOST_CELLS: usize = 4_000_000;

/// A version of a variant as it differs from the fullest form; a translation has all words of its own.
pub(super) fn version(fullest: &str, version: &str, variant: &str) -> Vec<Piece> {
    if variant == Variant::Translated.name() {
        return vec![Piece { mark: Mark::Added, text: version.to_owned() }];
    }
    difference(fullest, version)
}

/// A version as it differs from the fullest form: its own words, with those that the fullest form
/// lacks marked as added, and those that only the fullest form has put in as dropped.
///
/// The longest common subsequence of the words (in the folded form under which they are compared
/// everywhere), after the common beginning and end are set aside. Of very long texts what lies
/// between is shown as replaced as a whole.
fn difference(fullest: &str, version: &str) -> Vec<Piece> {
    let (a, b) = (tokens(fullest), tokens(version));
    let begin = a.iter().zip(&b).take_while(|(x, y)| x.hash == y.hash).count();
    let (rest_a, rest_b) = (&a[begin..], &b[begin..]);
    let end =
        rest_a.iter().rev().zip(rest_b.iter().rev()).take_while(|(x, y)| x.hash == y.hash).count();
    let (middle_a, middle_b) = (&rest_a[..rest_a.len() - end], &rest_b[..rest_b.len() - end]);

    let mut pieces = Vec::new();
    b[..begin].iter().for_each(|token| push(&mut pieces, Mark::Kept, token.text));
    if middle_a.len().saturating_mul(middle_b.len()) <= MOST_CELLS {
        push_difference(&mut pieces, middle_a, middle_b);
    } else {
        middle_a.iter().for_each(|token| push_apart(&mut pieces, Mark::Dropped, token.text));
        middle_b.iter().for_each(|token| push_apart(&mut pieces, Mark::Added, token.text));
    }
    b[b.len() - end..].iter().for_each(|token| push_apart(&mut pieces, Mark::Kept, token.text));
    if b.is_empty() {
        push(&mut pieces, Mark::Added, version);
    }
    pieces
}

/// A word with the marks and spaces up to the next one.
#[derive(Clone, Copy)]
struct Token<'t> {
    hash: u64,
    text: &'t str,
}

fn tokens(text: &str) -> Vec<Token<'_>> {
    let words = words(text);
    let mut tokens = Vec::with_capacity(words.len());
    let mut start = 0;
    for (place, word) in words.iter().enumerate() {
        let end = words.get(place + 1).map_or(text.len(), |next| next.span.start as usize);
        tokens.push(Token { hash: word.hash, text: &text[start..end] });
        start = end;
    }
    tokens
}

/// Appends text; words of the one side and words of the other do not run together.
fn push_apart(pieces: &mut Vec<Piece>, mark: Mark, text: &str) {
    if let Some(last) = pieces.last()
        && (last.mark == Mark::Dropped) != (mark == Mark::Dropped)
        && !last.text.ends_with(char::is_whitespace)
        && !text.starts_with(char::is_whitespace)
    {
        push(pieces, Mark::Kept, " ");
    }
    push(pieces, mark, text);
}

fn push_difference(pieces: &mut Vec<Piece>, a: &[Token<'_>], b: &[Token<'_>]) {
    // longest[i * columns + j] is the length of the longest common subsequence of a[i..], b[j..].
    let columns = b.len() + 1;
    let mut longest = vec![0u32; (a.len() + 1) * columns];
    for i in (0..a.len()).rev() {
        for j in (0..b.len()).rev() {
            longest[i * columns + j] = if a[i].hash == b[j].hash {
                longest[(i + 1) * columns + j + 1] + 1
            } else {
                longest[(i + 1) * columns + j].max(longest[i * columns + j + 1])
            };
        }
    }
    let (mut i, mut j) = (0, 0);
    while i < a.len() || j < b.len() {
        if i < a.len() && j < b.len() && a[i].hash == b[j].hash {
            push_apart(pieces, Mark::Kept, b[j].text);
            (i, j) = (i + 1, j + 1);
        } else if j == b.len()
            || (i < a.len() && longest[(i + 1) * columns + j] >= longest[i * columns + j + 1])
        {
            push_apart(pieces, Mark::Dropped, a[i].text);
            i += 1;
        } else {
            push_apart(pieces, Mark::Added, b[j].text);
            j += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Checks a difference written as `kept [-dropped-] {+added+}`.
    #[track_caller]
    fn check_difference(fullest: &str, version: &str, expected: &str) {
        let shown: String = difference(fullest, version)
            .iter()
            .map(|piece| match piece.mark {
                Mark::Dropped => format!("[-{}-]", piece.text),
                Mark::Added => format!("{{+{}+}}", piece.text),
                _ => piece.text.clone(),
            })
            .collect();
        assert_eq!(shown, expected);
    }

    #[test]
    fn differences_are_shown_word_by_word() {
        check_difference(
            "We waited nine years.",
            "We waited ninety years.",
            "We waited [-nine-] {+ninety+} years.",
        );
        check_difference(
            "We waited, and we will not wait more.",
            "We waited…",
            "We waited… [-and we will not wait more.-]",
        );
        check_difference("We waited.", "we WAITED!", "we WAITED!");
        check_difference("", "We waited.", "{+We waited.+}");
        check_difference("We waited.", "", "[-We waited.-]");
        check_difference("Ждали девять лет", "Ждали десять лет", "Ждали [-девять-] {+десять+} лет");
    }

    proptest! {
        /// What is kept or added is the version itself, to the character but for white space.
        #[test]
        fn a_difference_holds_the_whole_version(
            fullest in "[abc .,„é]{0,40}",
            version in "[abc .,„é]{0,40}",
        ) {
            let shown: String = difference(&fullest, &version)
                .into_iter()
                .filter(|piece| piece.mark != Mark::Dropped)
                .map(|piece| piece.text)
                .collect();
            let squeezed = |text: &str| text.split_whitespace().collect::<String>();
            prop_assert_eq!(squeezed(&shown), squeezed(&version));
        }
    }
}

//! The edits of a passage as text: a dozen characters each, where names and offsets took forty.
//!
//! Edits are separated by spaces. Each begins with the first letter of its kind (`kept`, `dropped`,
//! `added`, `replaced`, `moved`). Then follow its place in `a`, `:`, and its place in `b`; where the
//! two read alike, the second one and its `:` are left out. A place is the number of characters from
//! the end of the edit before on that side (at first from the start of the passage), a comma, and the
//! length; what has no words on a side has no place there. `k0,34 r1,4:1,6 a:1,17` keeps 34
//! characters, skips one on each side, replaces 4 by 6 and adds 17.

use std::fmt::Write;

use super::names::Named;
use crate::model::{Edit, EditKind, ScalarIndex, Span};

/// A side of a passage: the offsets of its text, and where its edits have come to, in scalar values.
struct Side<'s, 't> {
    scalars: &'s ScalarIndex<'t>,
    end: i64,
}

impl<'s, 't> Side<'s, 't> {
    fn new(scalars: &'s ScalarIndex<'t>, passage: Span) -> Self {
        Side { scalars, end: scalars.span(passage).0 as i64 }
    }

    fn write(&mut self, place: Option<Span>) -> String {
        let Some(place) = place else { return String::new() };
        let (start, end) = self.scalars.span(place);
        let gap = start as i64 - self.end;
        self.end = end as i64;
        format!("{gap},{}", end - start)
    }

    /// A place; the outer `None` when it is none.
    fn read(&mut self, place: &str) -> Option<Option<Span>> {
        if place.is_empty() {
            return Some(None);
        }
        let (gap, length) = place.split_once(',')?;
        let start = self.end.checked_add(gap.parse().ok()?)?;
        self.end = start.checked_add(length.parse().ok()?)?;
        let (start, end) = (usize::try_from(start).ok()?, usize::try_from(self.end).ok()?);
        self.scalars.span_of(start, end).map(Some)
    }
}

/// Writes the edits between two spans.
pub(super) fn edits_to_text(
    edits: &[Edit],
    (in_a, a): (&ScalarIndex<'_>, Span),
    (in_b, b): (&ScalarIndex<'_>, Span),
) -> String {
    let (mut side_a, mut side_b) = (Side::new(in_a, a), Side::new(in_b, b));
    let mut text = String::new();
    for edit in edits {
        if !text.is_empty() {
            text.push(' ');
        }
        let (place_a, place_b) = (side_a.write(edit.a), side_b.write(edit.b));
        text.push_str(&edit.kind.name()[..1]);
        text.push_str(&place_a);
        if place_a != place_b {
            // Writing to a string cannot fail.
            let _ = write!(text, ":{place_b}");
        }
    }
    text
}

/// The reverse of [`edits_to_text`]; `None` when the text is none.
pub(super) fn edits_of_text(
    text: &str,
    (in_a, a): (&ScalarIndex<'_>, Span),
    (in_b, b): (&ScalarIndex<'_>, Span),
) -> Option<Vec<Edit>> {
    let (mut side_a, mut side_b) = (Side::new(in_a, a), Side::new(in_b, b));
    let edits = text.split(' ').filter(|edit| !edit.is_empty());
    edits
        .map(|edit| {
            let letter = edit.get(..1)?;
            let kind =
                EditKind::ALL.iter().copied().find(|kind| kind.name().starts_with(letter))?;
            let (place_a, place_b) = edit[1..].split_once(':').unwrap_or((&edit[1..], &edit[1..]));
            Some(Edit { kind, a: side_a.read(place_a)?, b: side_b.read(place_b)? })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const A: &str = "Zwei Kräne sanken; der Hafenmeister schloß den Kai.";
    const B: &str = "„Kräne?“ Der Hafenmeister – schloß – den Kai nicht.";

    fn check(edits: &[Edit], expected: Option<&str>) {
        let (in_a, in_b) = (ScalarIndex::new(A), ScalarIndex::new(B));
        let whole = |text: &str| Span::new(0, text.len());
        let (a, b) = ((&in_a, whole(A)), (&in_b, whole(B)));
        let text = edits_to_text(edits, a, b);
        if let Some(expected) = expected {
            assert_eq!(text, expected);
        }
        assert_eq!(edits_of_text(&text, a, b).as_deref(), Some(edits));
    }

    #[test]
    fn an_edit_is_written_by_gap_and_length() {
        let span = |text: &str, words: &str| {
            let start = text.find(words).unwrap();
            Some(Span::new(start, start + words.len()))
        };
        let edit = |kind, a, b| Edit { kind, a, b };
        check(&[], Some(""));
        check(
            &[
                edit(EditKind::Kept, span(A, "Kräne"), span(B, "Kräne")),
                edit(EditKind::Dropped, span(A, "sanken"), None),
                edit(EditKind::Kept, span(A, "Hafenmeister schloß"), span(B, "Hafenmeister")),
                edit(EditKind::Added, None, span(B, "nicht")),
                edit(EditKind::Moved, span(A, "Zwei"), span(B, "Der")),
            ],
            Some("k5,5:1,5 d1,6: k6,19:7,12 a:20,5 m-42,4:-41,3"),
        );
    }

    proptest! {
        #[test]
        fn what_is_written_is_read(
            edits in proptest::collection::vec((0usize..5, any::<(u8, u8)>(), any::<(u8, u8)>(), 0u8..3), 0..8),
        ) {
            let span = |text: &str, (start, length): (u8, u8)| {
                let places: Vec<usize> =
                    text.char_indices().map(|(place, _)| place).chain([text.len()]).collect();
                let start = start as usize % places.len();
                let end = start + length as usize % (places.len() - start);
                Span::new(places[start], places[end])
            };
            let edits: Vec<Edit> = edits
                .into_iter()
                .map(|(kind, a, b, sides)| Edit {
                    kind: EditKind::ALL[kind],
                    a: (sides != 1).then(|| span(A, a)),
                    b: (sides != 2).then(|| span(B, b)),
                })
                .collect();
            check(&edits, None);
        }
    }
}

//! Captions of photographs, told apart by the photographers that they credit and by whom they begin with.
//!
//! The captions of two photographs of one event name the event in the same words. Which photograph a
//! caption belongs to is told by the credit at its end ("(Mira Soll/Newsdesk)", "NEWSDESK/Mira Soll"), and
//! who is to be seen there stands first.

use std::borrow::Cow;

use crate::model::Span;
use crate::text::{fold, words};

/// A longer paragraph is no caption.
const LONGEST_CAPTION: usize = 600;
/// A part of a credit has up to so many words.
const WORDS_OF_A_PART: usize = 4;

/// Who is to be seen on a photograph stands among so many words…
const FIRST_WORDS: usize = 6;
/// …and has so many names.
const NAMES_OF_ONE: usize = 2;

/// Whether two spans of texts stand in captions that credit two photographers or show two people.
pub(super) fn are_of_two_photographs(a: (&str, Span), b: (&str, Span)) -> bool {
    let [Some(caption), Some(caption_there)] = [a, b].map(short_paragraph) else { return false };
    let [Some(one), Some(other)] = [caption, caption_there].map(credit) else { return false };
    // Each has a name of its own; an agency that only one of them names has one word most often.
    let has_own = |own: &[Cow<'_, str>], other: &[Cow<'_, str>]| {
        own.iter().any(|part| part.contains(' ') && !other.contains(part))
    };
    let [shown, shown_there] = [caption, caption_there].map(first_names);
    let are_two = shown.len().min(shown_there.len()) >= NAMES_OF_ONE
        && shown.iter().all(|name| !shown_there.contains(name));
    are_two || (has_own(&one, &other) && has_own(&other, &one))
}

/// The names among the first words of a caption, folded.
fn first_names(caption: &str) -> Vec<Cow<'_, str>> {
    let words = words(caption).into_iter().take(FIRST_WORDS).map(|word| word.span.of(caption));
    let names = words.filter(|word| word.starts_with(char::is_uppercase));
    names.map(|name| fold(name.trim_end_matches("'s").trim_end_matches("’s"))).collect()
}

/// The paragraph in which a span begins, unless it is longer than a caption with much white space around
/// it: a text of one line is not read from end to end for each of its passages.
fn short_paragraph((text, span): (&str, Span)) -> Option<&str> {
    const FARTHEST: usize = 2 * LONGEST_CAPTION;
    let place = span.start as usize;
    let before = &text.as_bytes()[place.saturating_sub(FARTHEST)..place];
    let behind = &text.as_bytes()[place..text.len().min(place + FARTHEST)];
    let is_end = |&byte: &u8| byte == b'\n';
    let back = before.iter().rev().position(is_end).or((place <= FARTHEST).then_some(place))?;
    let rest = text.len() - place;
    let ahead = behind.iter().position(is_end).or((rest <= FARTHEST).then_some(rest))?;
    Some(text[place - back..place + ahead].trim())
}

/// The parts of the credit that a caption ends in, folded: the names on both sides of its slashes.
fn credit(caption: &str) -> Option<Vec<Cow<'_, str>>> {
    if caption.len() > LONGEST_CAPTION {
        return None;
    }
    let caption = caption.trim_end_matches([')', ']', '.', ' ']);
    let slash = caption.find('/')?;
    // The first part begins behind the words of the caption, which no name ends in.
    let before = names_at_end(&caption[..slash]);
    let behind = caption[slash + 1..].split('/');
    let parts: Vec<&str> = std::iter::once(before).chain(behind.map(str::trim)).collect();
    let is_name = |part: &&str| {
        let mut words = part.split(' ');
        !part.is_empty()
            && words.clone().count() <= WORDS_OF_A_PART
            && words.all(|word| word.starts_with(char::is_uppercase))
    };
    parts.iter().all(is_name).then(|| parts.into_iter().map(fold).collect())
}

/// The words at the end of a text that begin like names, back to the end of a sentence or to a bracket.
fn names_at_end(text: &str) -> &str {
    let text = text.trim_end();
    let mut start = text.len();
    while start > 0 {
        let rest = text[..start].trim_end();
        let from = rest.rfind([' ', '(', '[']).map_or(0, |place| place + 1);
        let word = &rest[from..];
        if !word.starts_with(char::is_uppercase) || word.ends_with(['.', ',', ':', ';']) {
            break;
        }
        start = from;
        if rest[..from].ends_with(['(', '[']) {
            break;
        }
    }
    &text[start..]
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Checks whether two texts of one paragraph are captions of two photographs.
    #[track_caller]
    fn check(a: &str, b: &str, expected: bool) {
        let sides = [a, b].map(|text| (text, Span::new(0, text.len().min(10))));
        assert_eq!(are_of_two_photographs(sides[0], sides[1]), expected, "{a} {b}");
    }

    #[test]
    fn two_photographers_took_two_photographs() {
        let soll =
            "Warden Orla Hatch opens the pier at Sundhope, May 4, 2025. (Mira Soll/Newsdesk)";
        check(soll, "Warden Orla Hatch at Sundhope pier, May 4, 2025. (Ivo Lenk/Newsdesk)", true);
        check(soll, "Orla Hatch opens the pier. NEWSDESK/Ivo Lenk", true);
        check(soll, "Hatch at the pier on Sunday in Sundhope. Ivo Lenk/Bay Pictures", true);
        // One photographer, however the credit is written.
        check(soll, "Warden Orla Hatch at Sundhope pier. NEWSDESK/Mira Soll", false);
        check(soll, "Orla Hatch opens the pier. Mira Soll/BPA/Newsdesk", false);
        check(soll, "Orla Hatch opens the pier (Mira Soll/Newsdesk).", false);
        // Two people of one event.
        check(
            soll,
            "Mayor Leif Quarle waits for the new boats, May 4, 2025. (Mira Soll/Newsdesk)",
            true,
        );
        check(soll, "Visitors greet Warden Orla Hatch, May 4, 2025. (Mira Soll/Newsdesk)", false);
        // Without a credit nothing is known.
        check(soll, "Warden Orla Hatch opens the pier at Sundhope, May 4, 2025.", false);
        check(soll, "The pier and/or the quay will be opened, said Orla Hatch.", false);
        check(soll, "The boats go at 5 and at 7 on weekdays and/Or Never", false);
    }
}

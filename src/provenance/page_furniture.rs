//! Furniture of a page inside its text: lists of links that were glued to a name.
//!
//! A page can carry links to other articles behind a name, and lose the border when its text is taken
//! out. The outlet's articles, and guest articles that others took over from it, then share whole headlines in
//! sentences that have nothing in common.

use crate::text::words;

/// A name to which a list of links is glued has stood alone within so many words before.
const WORDS_BEFORE_GLUED: usize = 8;

/// Whether a page's list of links is glued to a word of a text ("Orla Hatch Orla Jane HatchMayor to open …"): the
/// word begins with one that stands shortly before, and goes on with a capital. A name behind `@` or `#` is
/// written like that anyway.
pub(super) fn has_glued_links(text: &str) -> bool {
    let is_seam = |(last, next): (char, char)| last.is_lowercase() && next.is_uppercase();
    // Hardly any text has a seam, and a look for one makes no list of words.
    if !text.chars().zip(text.chars().skip(1)).any(is_seam) {
        return false;
    }
    let words = words(text);
    let is_glued = |place: usize| {
        let span = words[place].span;
        let word = span.of(text);
        // Who is known by a name made of two writes it behind a mark ("Orla Hatch (@OrlaHatch)").
        if text[..span.start as usize].ends_with(['@', '#']) {
            return false;
        }
        let seams = word.char_indices().zip(word.chars().skip(1));
        let mut names = seams
            .filter(|&((_, last), next)| is_seam((last, next)))
            .map(|((seam, last), _)| &word[..seam + last.len_utf8()]);
        let before = &words[place.saturating_sub(WORDS_BEFORE_GLUED)..place];
        names.any(|name| before.iter().any(|own| own.span.of(text) == name))
    };
    (0..words.len()).any(is_glued)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_of_links_is_told_by_its_seam() {
        assert!(has_glued_links("We asked Orla Hatch Orla Jane HatchMayor to open the new pier"));
        for text in [
            "Orla Hatch said the mayor was to open it",
            "on McAllan Street in YorkTown",
            "so wrote the mayor, Orla Hatch (@OrlaHatch), on Monday",
        ] {
            assert!(!has_glued_links(text), "{text}");
        }
    }
}

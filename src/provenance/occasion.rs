//! Were the words said or written where everybody could take them: in a statement, a tweet, a
//! letter, at a news conference, before a committee?
//!
//! Then no outlet is their source. Two papers that quote one tweet have it from the tweet, and the
//! one that printed it first was only quicker.

use crate::model::Span;
use crate::text::fold;

/// So much text before and after a version is looked at, in bytes; a paragraph ends it.
const NEAR: usize = 160;
/// At most so many words stand between "in" and "statement".
const BETWEEN: usize = 4;

/// Nouns that name an occasion after one of [`PREPOSITIONS`].
const OCCASIONS: &[&str] = &[
    "address",
    "announcement",
    "briefing",
    "conference",
    "filing",
    "hearing",
    "letter",
    "memo",
    "memorandum",
    "notice",
    "op-ed",
    "post",
    "release",
    "remarks",
    "ruling",
    "speech",
    "statement",
    "statements",
    "testimony",
    "tweet",
    "tweets",
    "communique",
    "communiqué",
    "brief",
    "erklärung",
    "mitteilung",
    "pressekonferenz",
    "pressemitteilung",
    "rede",
    "stellungnahme",
    "discours",
    "lettre",
    "carta",
    "comunicado",
    "discurso",
    "comunicato",
    "nota",
    "discorso",
    "persbericht",
    "persconferentie",
    "verklaring",
    "toespraak",
    "заявлении",
    "письме",
    "заяві",
    "листі",
];
/// What stands before such a noun.
const PREPOSITIONS: &[&str] = &[
    "in", "at", "during", "via", "on", "bei", "auf", "dans", "lors", "en", "durante", "em", "op",
    "tijdens", "в", "на", "у", "an",
];
/// Words that tell by themselves.
const TELLING: &[&str] = &[
    "tweeted",
    "testified",
    "twitter",
    "facebook",
    "instagram",
    "told reporters",
    "told journalists",
    "told lawmakers",
    "told parliament",
    "told the committee",
    "told the court",
    "vor journalisten",
    "vor reportern",
    "devant la presse",
    "conférence de presse",
    "rueda de prensa",
    "conferencia de prensa",
    "conferenza stampa",
    "coletiva de imprensa",
    "пресс-конференц",
    "прес-конференц",
    "журналистам",
    "журналістам",
];

/// Whether the words around a version say that it was public where it was said.
pub(super) fn is_public(text: &str, version: Span) -> bool {
    beside(text, version).iter().any(|piece| names_occasion(&fold(piece)))
}

/// What stands before and after a version in its paragraph, as far as it is near.
pub(super) fn beside(text: &str, version: Span) -> [&str; 2] {
    let (start, end) = (version.start as usize, version.end as usize);
    let mut from = start.saturating_sub(NEAR);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    let mut to = (end + NEAR).min(text.len());
    while !text.is_char_boundary(to) {
        to -= 1;
    }
    let before = &text[from..start];
    let before = before.rsplit_once('\n').map_or(before, |(_, line)| line);
    let after = &text[end..to.max(end)];
    let after = after.split_once('\n').map_or(after, |(line, _)| line);
    [before, after]
}

fn names_occasion(folded: &str) -> bool {
    if TELLING.iter().any(|words| folded.contains(words)) {
        return true;
    }
    let words = folded.split_whitespace().map(|word| {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric());
        word.strip_suffix("'s").unwrap_or(word)
    });
    let words: Vec<&str> = words.collect();
    words.iter().enumerate().any(|(place, word)| {
        OCCASIONS.contains(word)
            && words[place.saturating_sub(BETWEEN + 1)..place]
                .iter()
                .any(|word| PREPOSITIONS.contains(word))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn public_words_are_told_from_private_ones() {
        let check = |text: &str, expected: bool| {
            let start = text.find('“').unwrap_or(0) + '“'.len_utf8();
            let end = text.find('”').unwrap_or(text.len());
            assert_eq!(is_public(text, Span::new(start, end)), expected, "{text}");
        };
        check("“We are done,” Lind said in a short written statement.", true);
        check("In the statement the board said: “We are done.”", true);
        check("“We are done,” Lind tweeted on Friday.", true);
        check("“We are done,” Lind told reporters at the pier.", true);
        check("“Wir sind fertig”, heißt es in der Mitteilung.", true);
        check("“We are done,” Lind said over coffee.", false);
        check("“We are done,” Lind told the Bay Courier.", false);
        check("“We are done,” Lind said. The statement of account is late.", false);
        check("He spoke in a statement.\n\n“We are done,” said Lind.", false);
        check("“”", false);
    }
}

//! Were the words said or written where everybody could take them: in a statement, a tweet, a
//! letter, at a news conference, before a committee?
//!
//! Then no outlet is their source. Two papers that quote one tweet have it from the tweet, and the
//! one that printed it first was only quicker.

use crate::model::{Sentence, Span};
use crate::text::fold;

/// So much text before and after a version is looked at, in bytes; a paragraph ends it.
const NEAR: u32 = 160;
/// At most so many words stand between "in" and "statement", or "statement" and "said".
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
    "in",
    "at",
    "during",
    "via",
    "on",
    "bei",
    "auf",
    "dans",
    "lors",
    "en",
    "durante",
    "em",
    "op",
    "tijdens",
    "в",
    "на",
    "у",
    "an",
    "according",
];
/// What stands behind such a noun where the statement itself is the speaker ("the letter reads").
const SPEAKING: &[&str] = &[
    "said",
    "says",
    "read",
    "reads",
    "stated",
    "states",
    "heißt",
    "disait",
    "dice",
    "diceva",
    "diz",
    "luidt",
    "говорится",
    "йдеться",
];
/// Words that tell by themselves.
const TELLING: &[&str] = &[
    "tweeted",
    "tweeting",
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

/// Whether the words [`beside`] a version say that it was public where it was said.
pub(super) fn is_public(beside: [&str; 2]) -> bool {
    beside.iter().any(|piece| names_occasion(&fold(piece)))
}

/// What stands before and after a version in its paragraph, as far as it is near.
pub(super) fn beside<'t>(text: &'t str, sentences: &[Sentence], version: Span) -> [&'t str; 2] {
    let Span { start, end } = paragraphs(sentences, version);
    let mut from = version.start.saturating_sub(NEAR).max(start.min(version.start)) as usize;
    while !text.is_char_boundary(from) {
        from += 1;
    }
    let end = end.max(version.end).min(text.len() as u32);
    let mut to = version.end.saturating_add(NEAR).min(end) as usize;
    while !text.is_char_boundary(to) {
        to -= 1;
    }
    [&text[from..version.start as usize], &text[version.end as usize..to]]
}

/// From the beginning of the paragraph in which a version begins to the end of that in which it ends;
/// without sentences, the whole text.
fn paragraphs(sentences: &[Sentence], version: Span) -> Span {
    let first = sentences.partition_point(|sentence| sentence.span.end <= version.start);
    let behind = sentences.partition_point(|sentence| sentence.span.start < version.end);
    let of_one = |a: &&Sentence, b: &Sentence| a.paragraph == b.paragraph;
    let start = sentences.get(first).map_or(0, |own| {
        let before = sentences[..first].iter().rev().take_while(|other| of_one(other, own));
        before.last().unwrap_or(own).span.start
    });
    let end = sentences[..behind].last().map_or(u32::MAX, |own| {
        let after = sentences[behind..].iter().take_while(|other| of_one(other, own));
        after.last().unwrap_or(own).span.end
    });
    Span { start, end }
}

fn names_occasion(folded: &str) -> bool {
    if TELLING.iter().any(|words| folded.contains(words)) {
        return true;
    }
    let is_mark = |c: char| !c.is_alphanumeric();
    // Each word, and whether a mark behind it ends its clause.
    let words = folded.split_whitespace().map(|written| {
        let word = written.trim_matches(is_mark);
        (word.strip_suffix("'s").unwrap_or(word), written.ends_with(is_mark))
    });
    let words: Vec<(&str, bool)> = words.collect();
    (0..words.len()).any(|place| {
        let before = &words[place.saturating_sub(BETWEEN + 1)..place];
        let speaks = || {
            let clause = words[place..].windows(2).take_while(|pair| !pair[0].1);
            clause.take(BETWEEN + 1).any(|pair| SPEAKING.contains(&pair[1].0))
        };
        OCCASIONS.contains(&words[place].0)
            && (before.iter().any(|(word, _)| PREPOSITIONS.contains(word)) || speaks())
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::SentenceKind;

    #[test]
    fn public_words_are_told_from_private_ones() {
        let check = |text: &str, expected: bool| {
            let start = text.find('“').unwrap_or(0) + '“'.len_utf8();
            let end = text.find('”').unwrap_or(text.len());
            let mut from = 0;
            let sentences = (0..).zip(text.split("\n\n")).map(|(paragraph, held)| {
                let span = Span::new(from, from + held.len());
                from += held.len() + 2;
                Sentence { span, kind: SentenceKind::Prose, paragraph }
            });
            let sentences: Vec<Sentence> = sentences.collect();
            let beside = beside(text, &sentences, Span::new(start, end));
            assert_eq!(is_public(beside), expected, "{text}");
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
        check("“We are done,” the statement\nread.", true);
        check("A letter that the owners sent reads: “We are done.”", true);
        check("“We are done,” he will say, according to his testimony.", true);
        check("She sent a letter. Then Lind said: “We are done.”", false);
        check("Of the letter to Orla Hatch, Lind said: “We are done.”", false);
        // A broken line ends no paragraph.
        check("“We are\ndone,”\nLind said in a statement.", true);
        check("“”", false);
    }
}

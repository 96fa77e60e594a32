//! Few words of an article that are another's than what it quotes of them beside.
//!
//! A quote of few words stands in the fullest form with every one of them, and so it does if another said
//! them. Which of the two it is only the article can tell: it calls the speaker another one, it quotes
//! the same words of two, or it quotes the words themselves and, with a word set in, another text.

use crate::model::{DocumentIndex, MemberItem, Quote, SpeakerMethod};
use crate::text::{Word, fold, words};

use super::cluster::{Collection, VersionPlace};
use super::consensus::can_be_one_name;
use super::growth::Grown;

/// More words are seldom said by two.
const FEW_WORDS: usize = 4;
/// And up to so many can be a text that has one word more.
const WORDS_WITH_ONE_SET_IN: usize = 6;

/// Words that tell that somebody is another than who was named, folded.
const OTHERS: &[&str] = &[
    "other", "others", "another", "fellow", "andere", "anderen", "weitere", "autres", "otros",
    "altri",
];
/// Nouns for many who speak with one voice, folded: none of them is a description of a person.
const BODIES: &[&str] = &[
    "board",
    "committee",
    "council",
    "court",
    "department",
    "ministry",
    "newspaper",
    "panel",
    "union",
];

/// Takes out of a cluster of quotes the few words that an article has from another than what it quotes
/// beside them; nothing is left where only one document has the others.
pub(super) fn without_other_mouths(
    collection: Collection<'_>,
    places: &[VersionPlace],
    mut grown: Grown,
) -> Option<Grown> {
    let place = |node: u32| places[node as usize];
    let said = |node: u32| Said::of(collection, place(node));
    let of_documents = grown.several_places(|node| place(node).document);
    if of_documents.is_empty() {
        return Some(grown);
    }
    let fullest = said(grown.anchor);
    let mut anothers = Vec::new();
    for of_one in &of_documents {
        for &node in of_one.iter().filter(|&&node| node != grown.anchor) {
            let own = said(node);
            let beside = || of_one.iter().filter(|&&other| other != node).map(|&other| said(other));
            if own.words.len() <= WORDS_WITH_ONE_SET_IN
                && (own.is_called_anothers()
                    || (own.has_another_mouth(&fullest)
                        && beside().any(|other| other.is_said_beside(&own, &fullest)))
                    || beside().any(|other| own.is_other_with_a_word_set_in(&other)))
            {
                anothers.push(node);
            }
        }
    }
    grown.nodes.retain(|node| anothers.binary_search(node).is_err());
    let ends = grown.nodes.first().zip(grown.nodes.last());
    ends.is_some_and(|(&a, &b)| place(a).document != place(b).document).then_some(grown)
}

/// A quote with its words.
struct Said<'a> {
    collection: Collection<'a>,
    document: DocumentIndex,
    quote: Option<&'a Quote>,
    words: Vec<u64>,
}

impl<'a> Said<'a> {
    fn of(collection: Collection<'a>, place: VersionPlace) -> Said<'a> {
        let quotes = &collection.analyses[place.document as usize].quotes;
        let quote = match place.item {
            MemberItem::Quote(number) => quotes.get(number as usize),
            MemberItem::Passage | MemberItem::Text => None,
        };
        Said { collection, document: place.document, quote, words: place.read(collection).words }
    }

    /// Whether few words are said by somebody who is called another one.
    fn is_called_anothers(&self) -> bool {
        self.words.len() <= FEW_WORDS
            && self.is_described()
            && self.mention_has(|word| OTHERS.contains(&word))
    }

    /// Whether few words are surely said by another than the fullest form, whose speaker is named.
    fn has_another_mouth(&self, fullest: &Said<'_>) -> bool {
        self.words.len() <= FEW_WORDS
            && !fullest.is_described()
            && self.speaks_unlike(fullest)
            && match self.speaker().map(|(_, method)| method) {
                Some(SpeakerMethod::Explicit | SpeakerMethod::Surname) => true,
                // Other descriptions can mean the same person.
                Some(SpeakerMethod::Title | SpeakerMethod::Anonymous) => {
                    self.mention_has(|word| BODIES.contains(&word))
                }
                Some(SpeakerMethod::Pronoun) => self.means_whom_the_sentence_before_begins_with(),
                Some(SpeakerMethod::Continued) | None => false,
            }
    }

    /// Whether this has all the words of another quote of its article, from the mouth of the fullest form.
    fn is_said_beside(&self, other: &Said<'_>, fullest: &Said<'_>) -> bool {
        self.has_run(&other.words)
            && (self.speaker().zip(fullest.speaker()))
                .is_some_and(|((own, _), (name, _))| can_be_one_name(own, name))
    }

    /// Whether few words stand in another quote of the same article but for one that is set in.
    fn is_other_with_a_word_set_in(&self, other: &Said<'_>) -> bool {
        let count = self.words.len();
        (FEW_WORDS..=WORDS_WITH_ONE_SET_IN).contains(&count)
            && self.quote.is_some_and(|quote| quote.parts.len() == 1)
            && !other.has_run(&self.words)
            && (1..count - 1).any(|place| {
                let mut without = self.words.clone();
                without.remove(place);
                other.has_run(&without)
            })
    }

    fn has_run(&self, run: &[u64]) -> bool {
        !run.is_empty() && self.words.windows(run.len()).any(|own| own == run)
    }

    /// The name of the speaker, and how it was found.
    fn speaker(&self) -> Option<(&'a str, SpeakerMethod)> {
        let speaker = self.quote?.speaker.as_ref()?;
        Some((speaker.name.as_str(), speaker.method))
    }

    fn is_described(&self) -> bool {
        self.speaker().is_some_and(|(_, method)| method.is_description())
    }

    /// Whether both have speakers, whose names cannot be of one person.
    fn speaks_unlike(&self, other: &Said<'_>) -> bool {
        (self.speaker().zip(other.speaker()))
            .is_some_and(|((own, _), (name, _))| !can_be_one_name(own, name))
    }

    /// Whether one of the folded words that name the speaker beside the quote is such.
    fn mention_has(&self, is: impl Fn(&str) -> bool) -> bool {
        let text = &self.collection.documents[self.document as usize].text;
        let mention = self.quote.and_then(|quote| quote.speaker.as_ref()?.mention);
        mention.is_some_and(|span| {
            let mention = span.of(text);
            words(mention).iter().any(|word| is(&fold(word.span.of(mention))))
        })
    }

    /// Whether the speaker, whom a pronoun means, stands first in the sentence before that pronoun's.
    fn means_whom_the_sentence_before_begins_with(&self) -> bool {
        let text = &self.collection.documents[self.document as usize].text;
        let sentences = &self.collection.analyses[self.document as usize].sentences;
        let Some(speaker) = self.quote.and_then(|quote| quote.speaker.as_ref()) else {
            return false;
        };
        let Some(mention) = speaker.mention else { return false };
        let own = sentences.partition_point(|sentence| sentence.span.end <= mention.start);
        let Some(before) = own.checked_sub(1).map(|before| sentences[before].span.of(text)) else {
            return false;
        };
        let first = words(before).first().map(|word| word.hash);
        words(&speaker.name).iter().any(|word: &Word| Some(word.hash) == first)
    }
}

#[cfg(test)]
mod tests {
    use super::super::one_text::tests::{document, in_collection};
    use super::*;
    use crate::model::{Analysis, QuoteKind, Sentence, SentenceKind, Span, Speaker};
    use SpeakerMethod::{Explicit, Pronoun, Surname, Title};

    /// A text in which each quotation has a speaker, who is mentioned by some words and found by a method.
    type Article<'t> = (&'t str, &'t [(&'t str, &'t str, SpeakerMethod)]);

    fn read((text, speakers): Article<'_>) -> Analysis {
        let parts = text.match_indices('“').zip(text.match_indices('”'));
        let parts = parts.map(|((start, _), (end, _))| Span::new(start + '“'.len_utf8(), end));
        let quotes = parts.zip(speakers).map(|(part, &(name, mention, method))| {
            let start = text.find(mention).expect("a mention");
            let mention = Some(Span::new(start, start + mention.len()));
            let name = name.to_owned();
            Quote {
                kind: QuoteKind::Mixed,
                parts: vec![part],
                speaker: Some(Speaker { name, mention, method, confidence: 0.9 }),
                cue: None,
                unclosed: false,
            }
        });
        let mut from = 0;
        let sentences = text.match_indices(". ").map(|(place, _)| place + 1).chain([text.len()]);
        let sentences = sentences.map(|end| {
            let span = Span::new(from, end);
            from = (end + 1).min(text.len());
            Sentence { span, kind: SentenceKind::Prose, paragraph: 0 }
        });
        let sentences = sentences.collect();
        Analysis { sentences, quotes: quotes.collect(), ..Analysis::default() }
    }

    /// Checks which of the quotes of an article stay with one that Mara Lind gave elsewhere.
    #[track_caller]
    fn check(article: Article<'_>, expected: &[u32]) {
        let fullest = (
            "“The dues are a tide of debt, and now I move to adjourn,” said Mara Lind.",
            &[("Mara Lind", "Mara Lind", Explicit)][..],
        );
        let documents = [fullest.0, article.0].map(|text| document(("Wire", text), 0));
        let analyses = [fullest, article].map(read);
        let places = (0..2u32).flat_map(|document| {
            let quotes = analyses[document as usize].quotes.iter().zip(0u32..);
            quotes.map(move |(quote, number)| VersionPlace {
                document,
                item: MemberItem::Quote(number),
                span: quote.cover(),
            })
        });
        let places: Vec<VersionPlace> = places.collect();
        let nodes = (0..places.len() as u32).collect();
        let kept = in_collection(&documents, &analyses, |collection| {
            without_other_mouths(collection, &places, Grown { anchor: 0, nodes })
        });
        assert_eq!(kept.map_or(Vec::new(), |grown| grown.nodes), expected, "{article:?}");
    }

    #[test]
    fn who_is_called_another_one_says_words_of_his_own() {
        let lind = ("Mara Lind", "Lind", Surname);
        let text = "“Now I move to adjourn,” said Lind. Other clerks of the board agreed to “move to adjourn” too.";
        check((text, &[lind, ("Other clerks", "Other clerks", Title)]), &[0, 1]);
        // Nobody else is quoted there, or a name was found.
        let alone = "Other clerks of the board agreed to “move to adjourn” too.";
        check((alone, &[("Other clerks", "Other clerks", Title)]), &[0, 1]);
        check((text, &[lind, ("Mara Lind", "Other clerks", Surname)]), &[0, 1, 2]);
        // Nothing is left of a cluster of which all that an article has is another's.
        let two = "Other clerks “move to adjourn”. Fellow clerks saw “a tide of debt”.";
        let speakers =
            [("Other clerks", "Other clerks", Title), ("Fellow clerks", "Fellow clerks", Title)];
        check((two, &speakers), &[]);
        // A whole sentence is not said by chance.
        let longer = "“A tide of debt,” said Lind. Other clerks shouted: “Now I move to adjourn!”";
        check((longer, &[lind, ("Other clerks", "Other clerks", Title)]), &[0, 1, 2]);
    }

    #[test]
    fn few_words_that_an_article_has_from_two_are_those_of_both() {
        let lind = ("Mara Lind", "Lind", Surname);
        let text = "“A tide of debt is upon us,” said Lind. Ola Berg saw “a tide of debt” as well.";
        check((text, &[lind, ("Ola Berg", "Ola Berg", Explicit)]), &[0, 1]);
        // It is one person, or it is not known to be another.
        check((text, &[lind, ("Lind", "Ola Berg", Explicit)]), &[0, 1, 2]);
        check((text, &[lind, ("the clerk from Sundhope", "Ola Berg", Title)]), &[0, 1, 2]);
        // The article has the words from one only.
        let apart = "“I move to adjourn,” said Lind. Ola Berg saw “a tide of debt” as well.";
        check((apart, &[lind, ("Ola Berg", "Ola Berg", Explicit)]), &[0, 1, 2]);
        // A body is no person.
        let board = "“A tide of debt,” said Lind. The board of the mill wrote of “a tide of debt”.";
        check((board, &[lind, ("The board of the mill", "The board of the mill", Title)]), &[0, 1]);
        // A pronoun means whom the sentence before begins with.
        let she = "“A tide of debt,” said Lind. Berg was asked next. She too saw “a tide of debt”.";
        check((she, &[lind, ("Ola Berg", "She", Pronoun)]), &[0, 1]);
        let her = "“A tide of debt,” said Lind. Next came Berg. She too saw “a tide of debt”.";
        check((her, &[lind, ("Ola Berg", "She", Pronoun)]), &[0, 1, 2]);
    }

    #[test]
    fn what_an_article_quotes_itself_it_does_not_quote_with_a_word_set_in() {
        let lind = ("Mara Lind", "Lind", Surname);
        let other =
            "“The dues are a tide of debt,” said Lind. They are “a rising tide of debt” now.";
        check((other, &[lind, lind]), &[0, 1]);
        let same = "“The dues are a tide of debt,” said Lind. They are “a tide of debt” now.";
        check((same, &[lind, lind]), &[0, 1, 2]);
        // A word beside the others may have been cut from elsewhere.
        let beside =
            "“The dues are a tide of debt,” said Lind. They are “truly a tide of debt” now.";
        check((beside, &[lind, lind]), &[0, 1, 2]);
    }
}

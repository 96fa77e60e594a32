//! What of a passage is quoted speech, and whether two passages quote two utterances.
//!
//! Two passages can share the tag of a speaker ("said Orla Hatch, who runs the ferries of the twin
//! towns") and quote other words beside it. What is quoted is the statement there, so it is what
//! has to return, quoted or told.

use crate::model::{Analysis, DocumentIndex, Span};
use crate::text::words;

use super::cluster::Collection;
use super::common_words::in_both;
use super::runs::{LONG_RUN, Words};

/// Fewer quoted words are no utterance.
const WORDS_OF_AN_UTTERANCE: usize = 5;
/// A text of which so much is quoted reports an utterance.
const PART_OF_SPEECH: f64 = 0.3;
/// Of one utterance so many of the words that the one quotes stand in the other.
const HELD_OF_ONE_UTTERANCE: f64 = 0.5;
/// What is said before a few words is told by so many…
const WORDS_BEFORE: usize = 8;
/// …and not by fewer than so many…
const FEWEST_BEFORE: usize = 3;
/// …of which two utterances have no more than this share in common.
const MOST_OF_ANOTHERS: f64 = 1.0 / 3.0;

/// The share of a span of a document that is quoted speech.
pub(super) fn quoted_share(collection: Collection<'_>, document: DocumentIndex, span: Span) -> f64 {
    let quoted: usize = quoted_spans(collection, document, span).map(|part| part.len()).sum();
    quoted as f64 / span.len().max(1) as f64
}

/// The hashes of the quoted words in a span of a document, sorted.
pub(super) fn quoted_words(
    collection: Collection<'_>,
    document: DocumentIndex,
    span: Span,
) -> Vec<u64> {
    let text = &collection.documents[document as usize].text;
    let parts = quoted_spans(collection, document, span);
    let mut quoted: Vec<u64> =
        parts.flat_map(|part| words(part.of(text))).map(|word| word.hash).collect();
    quoted.sort_unstable();
    quoted
}

/// What of a span of a document is quoted speech.
fn quoted_spans(
    collection: Collection<'_>,
    document: DocumentIndex,
    span: Span,
) -> impl Iterator<Item = Span> {
    quoted_parts(&collection.analyses[document as usize], span)
        .map(move |part| Span { start: part.start.max(span.start), end: part.end.min(span.end) })
}

/// The parts of quoted speech that a span touches.
fn quoted_parts(analysis: &Analysis, span: Span) -> impl Iterator<Item = Span> {
    let speech = analysis.quotes.iter().filter(|quote| quote.kind.is_quoted_speech());
    speech.flat_map(|quote| &quote.parts).copied().filter(move |part| part.overlap(span) > 0)
}

/// Whether two passages quote two utterances: of what either quotes most is not in the other. Each
/// comes with its quoted words.
pub(super) fn quote_two_utterances(a: (&Words, &[u64]), b: (&Words, &[u64])) -> bool {
    let is_report = |(text, quoted): (&Words, &[u64])| {
        quoted.len() >= WORDS_OF_AN_UTTERANCE
            && quoted.len() as f64 >= PART_OF_SPEECH * text.sorted.len() as f64
    };
    is_report(a)
        && is_report(b)
        && share_in(a.1, &b.0.sorted) < HELD_OF_ONE_UTTERANCE
        && share_in(b.1, &a.0.sorted) < HELD_OF_ONE_UTTERANCE
}

/// Whether two spans of documents are a few words that two quotes of them come to in one sentence from
/// elsewhere: what each says before them in that sentence is not what the other says.
pub(super) fn end_two_utterances(
    collection: Collection<'_>,
    sides: [(DocumentIndex, Span); 2],
) -> bool {
    let text = |document: DocumentIndex| collection.documents[document as usize].text.as_str();
    if sides.iter().any(|&(document, span)| words(span.of(text(document))).len() >= LONG_RUN) {
        return false;
    }
    let [one, other] = sides.map(|(document, span)| {
        let analysis = &collection.analyses[document as usize];
        let part = quoted_parts(analysis, span).next();
        let sentence = analysis.sentences.iter().find(|sentence| sentence.span.end > span.start);
        let start = part.zip(sentence).map(|(part, own)| part.start.max(own.span.start));
        let start = start.unwrap_or(span.start).min(span.start);
        let before = words(Span { start, end: span.start }.of(text(document)));
        let mut nearest: Vec<u64> =
            before.iter().rev().take(WORDS_BEFORE).map(|word| word.hash).collect();
        nearest.sort_unstable();
        nearest
    });
    one.len().min(other.len()) >= FEWEST_BEFORE
        && in_both(&one, &other) as f64 <= MOST_OF_ANOTHERS * one.len().min(other.len()) as f64
}

/// The share of some words that are among others; both are sorted.
fn share_in(own: &[u64], others: &[u64]) -> f64 {
    in_both(own, others) as f64 / own.len().max(1) as f64
}

#[cfg(test)]
mod tests {
    use super::super::one_text::tests::in_collection;
    use super::super::story::tests::read as passage_in;
    use super::*;

    /// A text with what stands in its quotation marks.
    fn read(text: &str) -> (Words, Vec<u64>) {
        let hashes =
            |text: &str| -> Vec<u64> { words(text).iter().map(|word| word.hash).collect() };
        let quoted = text.split('“').skip(1).filter_map(|rest| rest.split('”').next());
        let mut quoted: Vec<u64> = quoted.flat_map(hashes).collect();
        quoted.sort_unstable();
        (Words::of(hashes(text)), quoted)
    }

    #[test]
    fn what_is_quoted_in_one_frame_can_be_two_utterances() {
        let check = |a: &str, b: &str, expected: bool| {
            let ((a, in_a), (b, in_b)) = (read(a), read(b));
            assert_eq!(quote_two_utterances((&a, &in_a), (&b, &in_b)), expected);
            assert_eq!(quote_two_utterances((&b, &in_b), (&a, &in_a)), expected);
        };
        let ropes = "“We ran out of rope before the second tide,” said Orla Hatch, who runs all \
                     ferries of the twin towns.";
        let tide = "“Nobody waited longer than an hour today,” said Orla Hatch, who runs all \
                    ferries of the twin towns.";
        check(ropes, tide, true);
        // Another cut of the same words, and the same words told.
        check(ropes, "“We ran out of rope before the tide,” said Hatch.", false);
        check(ropes, "They had run out of rope before the second tide, Orla Hatch said.", false);
        // Each quotes another half of what both tell.
        check(
            "“We ran out of rope,” said Orla Hatch, and so many waited longer than an hour.",
            "Having run out of rope, said Orla Hatch, “many waited longer than an hour.”",
            false,
        );
        // A word in quotation marks is no utterance.
        check(
            "Orla Hatch spoke of “a mess” at the pier.",
            "Orla Hatch saw “a delay” at the pier.",
            false,
        );
    }

    #[test]
    fn two_utterances_can_end_in_the_same_few_words() {
        let check = |a: &str, b: &str, expected: bool| {
            let [(one, of_one, side), (other, of_other, other_side)] =
                [a, b].map(|text| passage_in(("Wire", text), 0));
            let found = in_collection(&[one, other], &[of_one, of_other], |collection| {
                end_two_utterances(collection, [(0, side), (1, other_side)])
            });
            assert_eq!(found, expected);
        };
        let why =
            "“Why would they believe there was a pilot [asleep on the pier that night]?” he asked.";
        let warden =
            "“Nobody knows whether our old warden sat [asleep on the pier that night],” he said.";
        check(why, warden, true);
        // It is one sentence, quoted at two lengths.
        check(why, "She asked why anyone saw him “[asleep on the pier that night]”.", false);
        check(
            why,
            "“Would they believe there was a pilot [asleep on the pier that night]?”",
            false,
        );
        // What stands in a sentence before does not count.
        check(
            why,
            "“Nobody knows whether he sat. [Asleep on the pier that night],” he said.",
            false,
        );
        // Nobody says so many words twice by chance.
        let longer = "asleep on the pier that night, his boots in the water";
        let [why, warden] =
            [why, warden].map(|text| text.replace("asleep on the pier that night", longer));
        check(&why, &warden, false);
    }
}

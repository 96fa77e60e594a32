//! Which passages of two documents are versions of one text.
//!
//! A passage says that words agree; whether that makes one text depends on what the documents say
//! around it and elsewhere: a form that was filled in twice ([`super::one_text`]), a naming or a frame
//! in which other things are told ([`super::surroundings`]), the captions of two photographs
//! ([`super::captions`]) and a list of links ([`super::page_furniture`]) are none. Nor is a fact that two
//! outlets recall long after, each in its own words: by then all know it, and nobody took it from anybody.

use std::cell::OnceCell;

use crate::model::{Document, DocumentIndex, DocumentPair, Label, Passage, Span};

use super::agreement::Times;
use super::anchors::Anchors;
use super::captions::are_of_two_photographs;
use super::cluster::Collection;
use super::one_text::{are_one_text, is_stock_phrase};
use super::page_furniture::has_glued_links;
use super::speech::{end_two_utterances, quoted_share};
use super::surroundings::{Surroundings, led_with, sentences_in_runs};

/// So many sentences tell what a document is about.
const LEAD_SENTENCES: usize = 2;

/// A paraphrase joins two places as versions of one text when it is at least as probable…
const PARAPHRASE_PROBABILITY: f64 = 0.9;
/// …and keeps at least this share of the shorter side in order.
const PARAPHRASE_KEPT: f64 = 0.4;

/// A text of which this share is quoted is speech…
const SPEECH: f64 = 0.5;
/// …and two texts each of which has so much of it share what somebody said, which is more than a naming.
const PART_OF_SPEECH: f64 = 0.3;

/// A text that quotes so much tells what was said, and not only what happened.
const PART_QUOTED: f64 = 0.2;

/// Fewer words are a set phrase where only one quotes them.
const WORDS_OF_A_QUOTE: usize = 8;

/// A piece of a sentence that stands in another one too is a naming unless it is so probable that one
/// was made from the other…
const PIECE_PROBABILITY: f64 = 0.6;
/// …and one of names unless it is so probable.
const NAMING_PROBABILITY: f64 = 0.85;
/// What two documents of two occasions have in common, and nothing beside it, is a set phrase or a known
/// fact unless it is so probable.
const COPY_PROBABILITY: f64 = 0.97;
/// So many passages say of two documents of one outlet that a piece of a sentence is one text in both.
const PASSAGES_OF_ONE_OUTLET: usize = 4;
/// What an outlet leads with is one news only if the first sentences have so much in common, whatever is
/// recapped behind them…
const COMMON_OF_ONE_NEWS: f64 = 0.4;
/// …and a piece of one of its sentences is a statement in another one only if they have so much…
const COMMON_OF_ONE_STATEMENT: f64 = 0.5;
/// …or if so much of the shorter text stands side by side in the other.
const RUNS_OF_ONE_STATEMENT: f64 = 1.0 / 3.0;
/// Sentences that have so much in common tell the same.
const SAME_SENTENCES: f64 = 0.7;
/// Where nothing else ties two documents, what their sentences have in common and the probability of
/// the passage make up so much together for pieces of sentences…
const EVIDENCE_OF_PIECES: f64 = 1.32;
/// …for whole sentences…
const EVIDENCE_OF_SENTENCES: f64 = 1.1;
/// …and for what one outlet prints on two occasions.
const EVIDENCE_ON_TWO_OCCASIONS: f64 = 1.48;

/// Two documents and what their passages say of each other.
pub(super) struct Story<'p> {
    collection: Collection<'p>,
    pair: &'p DocumentPair,
    /// Whether both are of one story; known once it was asked.
    is_one: OnceCell<bool>,
}

impl<'p> Story<'p> {
    pub(super) fn of(collection: Collection<'p>, pair: &'p DocumentPair) -> Story<'p> {
        Story { collection, pair, is_one: OnceCell::new() }
    }

    /// Whether the two sides of a passage are versions of one text. Those that only state the same
    /// fact are not, and a loose paraphrase, which can stand between two documents that something
    /// else ties together, would tie texts to a cluster that have little in common. Nor is a form
    /// filled in with other figures, or a list of links.
    pub(super) fn has_versions(&self, passage: &Passage) -> bool {
        if !is_close(passage) || self.is_of_two_photographs(passage) {
            return false;
        }
        let (collection, documents) = (self.collection, self.documents());
        let (a, b) = self.anchors_of(passage);
        let [quoted_in_a, quoted_in_b] =
            self.sides(passage).map(|(document, span)| quoted_share(collection, document, span));
        let (least_quoted, most_quoted) =
            (quoted_in_a.min(quoted_in_b), quoted_in_a.max(quoted_in_b));
        let is_speech = least_quoted >= SPEECH;
        if is_stock_phrase(documents, [&a, &b]) && !is_speech {
            return false;
        }
        let is_one_story = || is_speech || self.is_one();
        let (kept, drift) = (passage.scores.kept_in_order, &passage.drift);
        // Asked last, for they read the words of whole sentences.
        are_one_text(collection, documents, [&a, &b], kept, drift, is_one_story)
            && !self.is_page_furniture(passage)
            && self.tells_the_same(passage, [&a, &b], [least_quoted, most_quoted])
    }

    /// Whether the sentences that a passage stands in tell the same, and do not only share a naming or
    /// a frame; what is quoted on both sides is more than that. Of each side comes how much of it is quoted,
    /// the lesser share first.
    fn tells_the_same(
        &self,
        passage: &Passage,
        [a, b]: [&Anchors; 2],
        [least_quoted, most_quoted]: [f64; 2],
    ) -> bool {
        if least_quoted >= PART_OF_SPEECH {
            return least_quoted < SPEECH
                || !end_two_utterances(self.collection, self.sides(passage));
        }
        // Only a few words are quoted by one and used by another without each other's knowledge.
        if most_quoted >= SPEECH && a.words.min(b.words) >= WORDS_OF_A_QUOTE {
            return true;
        }
        let around = Surroundings::of(self.collection, self.sides(passage));
        if most_quoted >= SPEECH {
            return !self.is_set_phrase(passage, around);
        }
        let probability = passage.scores.probability;
        if around.are_pieces()
            && (probability < PIECE_PROBABILITY
                || (around.are_namings && probability < NAMING_PROBABILITY))
        {
            return false;
        }
        let documents = self.documents();
        let one_outlet = self.collection.outlets.are_of_one(documents);
        // An outlet has more words in common in all that it tells of one matter, but no figure of one story.
        let can_be_two = one_outlet && around.are_pieces() && !a.share_own_figure(b);
        let enough = if can_be_two { PASSAGES_OF_ONE_OUTLET } else { 2 };
        if one_outlet
            && (self.leads_with_two_news(passage) || self.is_told_beside(passage, around, [a, b]))
        {
            return false;
        }
        if self.close_passages() >= enough {
            return true;
        }
        if self.is_set_phrase(passage, around) {
            return false;
        }
        if around.in_common >= SAME_SENTENCES {
            return true;
        }
        let on_two_occasions = !Times::of(documents).one_occasion;
        let evidence = around.in_common + probability;
        if on_two_occasions && one_outlet {
            return evidence >= EVIDENCE_ON_TWO_OCCASIONS;
        }
        if a.share_own_figure(b) {
            return true;
        }
        if on_two_occasions && most_quoted < PART_QUOTED {
            // Each recalls in its own words what all know by then, unless it quotes what was said.
            return probability >= COPY_PROBABILITY;
        }
        let are_pieces = around.are_pieces();
        evidence >= if are_pieces { EVIDENCE_OF_PIECES } else { EVIDENCE_OF_SENTENCES }
    }

    /// Whether two articles of one outlet begin with other news, and recap the same matter behind them.
    fn leads_with_two_news(&self, passage: &Passage) -> bool {
        let collection = self.collection;
        let leads = self.sides(passage).map(|(document, span)| {
            Some((document, led_with(&collection.analyses[document as usize], span)?))
        });
        let [Some(one), Some(other)] = leads else { return false };
        passage.label == Label::Paraphrase
            && Surroundings::of(collection, [one, other]).in_common < COMMON_OF_ONE_NEWS
            && sentences_in_runs(collection, self.sides(passage)) < RUNS_OF_ONE_STATEMENT
    }

    /// Whether an outlet tells a piece of one sentence in another one, and more beside it in both than the
    /// two have in common.
    fn is_told_beside(
        &self,
        passage: &Passage,
        around: Surroundings,
        [a, b]: [&Anchors; 2],
    ) -> bool {
        around.is_piece_of_one()
            && around.in_common < COMMON_OF_ONE_STATEMENT
            && self.close_passages() < PASSAGES_OF_ONE_OUTLET
            && !a.share_own_figure(b)
            && sentences_in_runs(self.collection, self.sides(passage)) < RUNS_OF_ONE_STATEMENT
    }

    /// Whether a passage is a piece of a sentence that returned word for word on another occasion, which
    /// nothing beside it ties to the first one.
    fn is_set_phrase(&self, passage: &Passage, around: Surroundings) -> bool {
        passage.label == Label::Verbatim
            && passage.scores.probability < COPY_PROBABILITY
            && around.are_pieces()
            && self.close_passages() < 2
            && !Times::of(self.documents()).one_occasion
    }

    /// The number of passages that tell more than the same fact.
    fn close_passages(&self) -> usize {
        self.pair.passages.iter().filter(|passage| passage.label != Label::SameFact).count()
    }

    /// Where the sides of a passage stand.
    fn sides(&self, passage: &Passage) -> [(DocumentIndex, Span); 2] {
        [(self.pair.a, passage.a), (self.pair.b, passage.b)]
    }

    fn documents(&self) -> [&'p Document; 2] {
        [self.pair.a, self.pair.b].map(|place| &self.collection.documents[place as usize])
    }

    fn anchors(&self, document: DocumentIndex, span: Span) -> Anchors {
        let text = span.of(&self.collection.documents[document as usize].text);
        let language = self.collection.analyses[document as usize].language;
        Anchors::of(text, language, self.collection)
    }

    fn anchors_of(&self, passage: &Passage) -> (Anchors, Anchors) {
        (self.anchors(self.pair.a, passage.a), self.anchors(self.pair.b, passage.b))
    }

    /// Whether a rare name stands in both sides of some passage, or in the leads of both documents.
    fn is_one(&self) -> bool {
        *self.is_one.get_or_init(|| {
            let share = |(a, b): (Anchors, Anchors)| a.share_rare_name(&b);
            let lead = |place: DocumentIndex| self.anchors(place, lead(self.collection, place));
            share((lead(self.pair.a), lead(self.pair.b)))
                || self.pair.passages.iter().any(|passage| share(self.anchors_of(passage)))
        })
    }

    /// Whether both sides stand in captions of different photographs.
    fn is_of_two_photographs(&self, passage: &Passage) -> bool {
        let [a, b] = self.documents().map(|document| document.text.as_str());
        are_of_two_photographs((a, passage.a), (b, passage.b))
    }

    /// Whether lists of links are glued to names there. Outlets print guest articles of one another with such
    /// lists in them, and then share the headlines with much else that the other one prints.
    fn is_page_furniture(&self, passage: &Passage) -> bool {
        let mut sides = self.sides(passage).into_iter();
        let has_links =
            |(document, span)| has_glued_links(with_lead_in(self.collection, document, span));
        let one_outlet = self.collection.outlets.are_of_one(self.documents());
        if one_outlet { sides.any(has_links) } else { sides.all(has_links) }
    }
}

/// Whether the sides of a passage are so close that one can be a version of the other.
fn is_close(passage: &Passage) -> bool {
    let scores = &passage.scores;
    match passage.label {
        Label::Verbatim | Label::LightEdit => true,
        Label::Paraphrase => {
            scores.probability >= PARAPHRASE_PROBABILITY && scores.kept_in_order >= PARAPHRASE_KEPT
        }
        Label::SameFact => false,
    }
}

/// A span of a document from the beginning of the sentence in which it begins.
fn with_lead_in(collection: Collection<'_>, document: DocumentIndex, span: Span) -> &str {
    let sentences = &collection.analyses[document as usize].sentences;
    let first = sentences.partition_point(|sentence| sentence.span.end <= span.start);
    let start = sentences.get(first).map_or(span.start, |own| own.span.start.min(span.start));
    Span { start, ..span }.of(&collection.documents[document as usize].text)
}

/// The first sentences of a document, which tell what it is about.
fn lead(collection: Collection<'_>, document: DocumentIndex) -> Span {
    let sentences = &collection.analyses[document as usize].sentences;
    let end = sentences.iter().take(LEAD_SENTENCES).next_back().map_or(0, |last| last.span.end);
    Span { start: 0, end }
}

#[cfg(test)]
pub(super) mod tests {
    use super::super::one_text::tests::{document, in_collection};
    use super::*;
    use crate::model::{
        Analysis, Language, PassageScores, Quote, QuoteKind, Relation, Sentence, SentenceKind,
    };

    /// A text whose sentences end in full stops, with a passage between brackets.
    pub(in crate::provenance) fn read(
        (outlet, text): (&str, &str),
        hour: i64,
    ) -> (Document, Analysis, Span) {
        let start = text.find('[').expect("a passage");
        let end = text.find(']').expect("its end") - 1;
        let text = text.replace(['[', ']'], "");
        let mut sentences = Vec::new();
        let mut from = 0;
        for (place, _) in text.match_indices('.') {
            let span = Span::new(from, place + 1);
            sentences.push(Sentence { span, kind: SentenceKind::Prose, paragraph: 0 });
            from = (place + 2).min(text.len());
        }
        let quotes =
            text.match_indices('“').zip(text.match_indices('”')).map(|((from, _), (to, _))| {
                Quote {
                    kind: QuoteKind::Direct,
                    parts: vec![Span::new(from, to)],
                    speaker: None,
                    cue: None,
                    unclosed: false,
                }
            });
        let analysis =
            Analysis { language: Language::English, sentences, quotes: quotes.collect() };
        (document((outlet, &text), hour), analysis, Span::new(start, end))
    }

    /// Checks whether the passage of two texts, printed so many hours apart, is one text; it is as
    /// probable as said that one was made from the other, and so many more tie both documents.
    #[track_caller]
    fn check(
        texts: [(&str, &str); 2],
        hours: i64,
        probability: f64,
        others: usize,
        expected: bool,
    ) {
        let [a, b] = texts.map(|(_, text)| {
            text[text.find('[').unwrap_or(0)..].split(']').next().map(str::to_owned)
        });
        let label = if a == b { Label::Verbatim } else { Label::LightEdit };
        check_labelled(texts, label, hours, probability, others, expected);
    }

    /// Checks the same of a passage with a label.
    #[track_caller]
    fn check_labelled(
        [a, b]: [(&str, &str); 2],
        label: Label,
        hours: i64,
        probability: f64,
        others: usize,
        expected: bool,
    ) {
        let ((one, of_one, side_a), (other, of_other, side_b)) = (read(a, 0), read(b, hours));
        let (documents, analyses) = ([one, other], [of_one, of_other]);
        let scores = PassageScores { kept_in_order: 1.0, probability, ..PassageScores::default() };
        let passage = Passage {
            label,
            a: side_a,
            b: side_b,
            scores,
            why: Vec::new(),
            edits: Vec::new(),
            drift: Vec::new(),
        };
        let pair = DocumentPair {
            a: 0,
            b: 1,
            relation: Relation::Derived,
            resemblance: 0.1,
            containment_a: 0.1,
            containment_b: 0.1,
            passages: vec![passage; others + 1],
        };
        let found = in_collection(&documents, &analyses, |collection| {
            Story::of(collection, &pair).has_versions(&pair.passages[0])
        });
        assert_eq!(found, expected, "{a:?} {b:?}");
    }

    #[test]
    fn a_naming_in_which_other_things_are_told_is_no_text() {
        let cut =
            "Orders for the new crane were cut, said [the warden of the Trevannion salt yard].";
        let rope =
            "[The warden of the Trevannion salt yard] wanted better rope for all of his barges.";
        check([("Wire", cut), ("Post", rope)], 5, 0.7, 0, false);
        check([("Wire", cut), ("Post", rope)], 5, 0.5, 3, false);
        // The rest of both documents, or the words themselves, can speak for one text.
        check([("Wire", cut), ("Post", rope)], 5, 0.7, 3, true);
        check([("Wire", cut), ("Post", rope)], 5, 0.97, 0, true);
        // A whole sentence on one side was cut out of the other.
        let whole = "[The warden of the Trevannion salt yard wanted better rope].";
        let longer = "[The warden of the Trevannion salt yard wanted better rope] for all barges.";
        check([("Wire", whole), ("Post", longer)], 5, 0.5, 0, true);
        // And names alone need more than that.
        let names = "Orders were cut, said [Orla Hatch, Warden of Trevannion Salt Yard].";
        let others = "[Orla Hatch, Warden of Trevannion Salt Yard], wanted better rope.";
        check([("Wire", names), ("Post", others)], 5, 0.8, 3, false);
        check([("Wire", names), ("Post", others)], 5, 0.9, 3, true);
    }

    #[test]
    fn a_piece_that_returns_word_for_word_is_a_set_phrase() {
        let flood = "The quay was closed after [the flood that tore the bridge from the old mill].";
        let again = "The quay is shut since [the flood that tore the bridge from the old mill].";
        let edited = "The quay is shut since [the flood that tore the bridge off the old mill].";
        check([("Wire", flood), ("Post", again)], 5, 0.9, 0, true);
        check([("Wire", flood), ("Post", again)], 500, 0.9, 0, false);
        check([("Wire", flood), ("Post", again)], 500, 0.98, 0, true);
        check([("Wire", flood), ("Post", again)], 500, 0.9, 1, true);
        // With a word changed it is a known fact that both recall.
        check([("Wire", flood), ("Post", edited)], 5, 0.9, 0, true);
        check([("Wire", flood), ("Post", edited)], 500, 0.9, 0, false);
        check([("Wire", flood), ("Post", edited)], 500, 0.98, 0, true);
    }

    #[test]
    fn a_list_of_links_behind_a_name_is_no_text() {
        let pier = "[We asked Orla Hatch Orla Jane HatchMayor sells the grey mill Ferry dues to rise] \
                    about the pier.";
        let rope = "[In spring Orla Hatch Orla Jane HatchMayor sells the grey mill Ferry dues to rise] \
                    bought rope.";
        check([("Wire", pier), ("Wire", rope)], 5, 0.99, 3, false);
        check([("Wire", pier), ("Post", rope)], 5, 0.99, 3, false);
        // Another outlet has the headlines as its own text.
        let own = "[In spring Mayor sells the grey mill Ferry dues to rise] bought rope.";
        check([("Wire", pier), ("Post", own)], 5, 0.99, 3, true);
        check([("Wire", pier), ("Wire", own)], 5, 0.99, 3, false);
    }

    #[test]
    fn what_is_quoted_is_no_naming() {
        let told = "He called the crane [a monument of folly beside a puddle] and left the quay.";
        let said = "On Sunday he spoke of [“a monument of folly beside a puddle”] once more.";
        check([("Wire", told), ("Post", told)], 5, 0.5, 0, false);
        check([("Wire", told), ("Post", said)], 5, 0.5, 0, true);
        // So is what has a part of it in quotation marks on both sides.
        let tag =
            "Nobody saw [“nor shall one crown be spent,” said the warden of Trevannion] again.";
        let other =
            "He swore [“nor shall one crown be spent,” swore the warden of Trevannion] today.";
        check([("Wire", tag), ("Post", other)], 5, 0.5, 0, true);
    }

    #[test]
    fn an_outlet_has_pieces_of_sentences_in_common_in_all_that_it_tells_of_one_matter() {
        let clerks =
            "Nobody knows when [the towns can agree on dues for the new pier] again, a clerk said.";
        let owners =
            "Since [the towns did not agree on dues for the new pier], owners fear a long winter.";
        check([("Wire", clerks), ("Wire", owners)], 5, 0.7, 1, false);
        check([("Wire", clerks), ("Post", owners)], 5, 0.7, 1, true);
        // More can speak for one text: the words themselves, or much else in the two documents.
        check([("Wire", clerks), ("Wire", owners)], 5, 0.97, 1, true);
        check([("Wire", clerks), ("Wire", owners)], 5, 0.7, 3, true);
        let [clerks, owners] = [clerks, owners].map(|text| text.replace("the new", "all 817 new"));
        check([("Wire", &clerks), ("Wire", &owners)], 5, 0.7, 1, true);
    }

    #[test]
    fn a_few_words_that_only_one_quotes_are_a_set_phrase() {
        let quoted = "“We must find, he said, [“means to prop up the pier.”]";
        let used = "The party wants [means to prop up the pier] and to mend the mill.";
        check([("Wire", quoted), ("Wire", used)], 90, 0.7, 0, false);
        check([("Wire", quoted), ("Wire", used)], 5, 0.7, 0, true);
    }

    #[test]
    fn the_frame_of_an_outlet_is_filled_with_other_things() {
        let contract = "[The board of the Sundhope mussel dealers gave Kestermann a contract worth \
                        nine hundred crowns after three rival yards withdrew, a clerk told us].";
        let tender = "[The board of the Sundhope mussel dealers will open another tender tomorrow \
                      because both remaining suppliers asked too high prices, a clerk told us].";
        check([("Wire", contract), ("Wire", tender)], 900, 0.8, 0, false);
        check([("Wire", contract), ("Wire", contract)], 900, 0.8, 0, true);
        // Of one day, or of two outlets, it can be one report.
        check([("Wire", contract), ("Wire", tender)], 5, 0.8, 0, true);
        check([("Wire", contract), ("Post", tender)], 5, 0.8, 0, true);
        check([("Wire", contract), ("Wire", tender)], 900, 0.8, 2, true);
        // So little in common tells nothing where it is hardly probable either.
        check([("Wire", contract), ("Post", tender)], 5, 0.4, 0, false);
    }

    #[test]
    fn two_outlets_recall_a_known_fact_each_in_its_words() {
        let news = "[Orla Hatch owned to tearing the bridge from the grey mill, a court in Sundhope heard \
                    while nine salt barges waited].";
        let recalled = "[The towns still mourn Orla Hatch, who owned to tearing the bridge from the mill in \
                        spring before she left].";
        check([("Wire", news), ("Post", recalled)], 5, 0.9, 0, true);
        check([("Wire", news), ("Post", recalled)], 500, 0.9, 0, false);
        // Much of one text, another passage, figures or words quoted from one speaker tell of a source.
        let again = news.replace("while nine salt barges waited", "as nine barges waited");
        check([("Wire", news), ("Post", &again)], 500, 0.9, 0, true);
        check([("Wire", news), ("Post", recalled)], 500, 0.98, 0, true);
        check([("Wire", news), ("Post", recalled)], 500, 0.9, 1, true);
        let [counted, too] = [news, recalled].map(|text| text.replace("the bridge", "817 planks"));
        check([("Wire", &counted), ("Post", &too)], 500, 0.9, 0, true);
        let quoted = recalled.replace("tearing the bridge from the mill", "“tearing the bridge”");
        check([("Wire", news), ("Post", &quoted)], 500, 0.9, 0, true);
        let unquoted = quoted.replace(['“', '”'], "");
        check([("Wire", news), ("Post", &unquoted)], 500, 0.9, 0, false);
    }

    #[test]
    fn what_an_outlet_tells_beside_another_statement_is_not_that_statement() {
        let lunch = "[Warden Orla Hatch met her miller for lunch on Friday after boats from Sundhope sank \
                     three salt barges, which their owners called revenge for stolen anchors].";
        let vote = "All nine clerks praised [sinking three salt barges as revenge for stolen anchors] when \
                    Trevannion asked whether rope prices would rise again before autumn.";
        check([("Wire", lunch), ("Wire", vote)], 5, 0.9, 0, false);
        // Two outlets, or two documents that have much in common, tell one matter each in its words.
        check([("Wire", lunch), ("Post", vote)], 5, 0.95, 0, true);
        check([("Wire", lunch), ("Wire", vote)], 5, 0.9, 3, true);
        // A piece that is most of its sentence is its statement.
        let told = "A clerk praised [sinking three salt barges as revenge for stolen anchors].";
        check([("Wire", lunch), ("Wire", told)], 5, 0.9, 0, true);
    }

    #[test]
    fn two_news_of_one_outlet_can_recap_one_matter() {
        let recap =
            "Sundhope stopped paying for herring in spring, and its clerk visits five harbours now";
        let turned = format!(
            "[Warden Hatch told every clerk that unpaid herring is no concern for millers. {recap}]."
        );
        let refused = "[Clerk Quarle refused all advice from bankers about fish today. Visiting five harbours, he \
             explained why Sundhope pays nothing since spring].";
        let leads = [("Wire", turned.as_str()), ("Wire", refused)];
        check_labelled(leads, Label::Paraphrase, 5, 0.99, 0, false);
        let other = [("Wire", turned.as_str()), ("Post", refused)];
        check_labelled(other, Label::Paraphrase, 5, 0.99, 0, true);
        // The same news in other words is one.
        let reworded = format!(
            "[Unpaid herring is no concern for millers, warden Hatch told all clerks. {recap}]."
        );
        let again = [("Wire", turned.as_str()), ("Wire", reworded.as_str())];
        check_labelled(again, Label::Paraphrase, 5, 0.99, 0, true);
        // Further down, both recap it alike.
        let [turned, refused] = [&turned, refused].map(|text| format!("Boats are late. {text}"));
        let below = [("Wire", turned.as_str()), ("Wire", refused.as_str())];
        check_labelled(below, Label::Paraphrase, 5, 0.99, 0, true);
    }
}

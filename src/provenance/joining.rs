//! Which versions of a passage may join the cluster of a fullest form.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use crate::model::{Analysis, Document, Span};

use super::agreement::{SAME_TEXT, Times};
use super::anchors::Anchors;
use super::cluster::{Collection, Version, VersionPlace};
use super::common_words::common_sorted;
use super::runs::{Words, are_two_news, are_two_reports};
use super::speech::{quote_two_utterances, quoted_words};

/// A version that is tied to the fullest form only by way of another one has this share of its
/// words.
const HELD_BY_ANOTHER: f64 = 0.6;
/// What one outlet prints on another occasion has this share of the fullest form's words, or it is the next
/// report on the same matter.
const KEPT_ON_TWO_OCCASIONS: f64 = 0.66;
/// A text of so many figures tells amounts.
const FIGURES_OF_AMOUNTS: usize = 2;
/// So many versions are kept read.
const READ_VERSIONS: usize = 4096;

/// Tells whether versions may join the cluster of a fullest form.
pub(super) struct Joining<'a> {
    pub(super) collection: Collection<'a>,
    places: &'a [VersionPlace],
    read: RefCell<HashMap<u32, Rc<ReadVersion>>>,
}

/// What a version says.
pub(super) struct ReadVersion {
    pub(super) words: Words,
    pub(super) anchors: Anchors,
    /// Its quoted words, sorted.
    quoted: Vec<u64>,
    /// It begins in the first sentence of its document, which tells the news.
    is_lead: bool,
}

impl<'a> Joining<'a> {
    pub(super) fn new(collection: Collection<'a>, places: &'a [VersionPlace]) -> Joining<'a> {
        Joining { collection, places, read: RefCell::default() }
    }

    /// Whether a version may join, which is tied to the fullest form itself or, `by_another`, only
    /// to a version that is.
    pub(super) fn allows(&self, fullest: u32, version: u32, by_another: bool) -> bool {
        let [a, b] = [fullest, version].map(|number| self.version(number));
        let kept = common_sorted(&a.words.sorted, &b.words.sorted);
        if by_another && kept < HELD_BY_ANOTHER {
            return false;
        }
        let agreement = a.anchors.agreement(&b.anchors);
        let documents = [fullest, version].map(|number| self.document(number));
        let one_outlet = self.collection.outlets.are_of_one(documents);
        let times = Times::of(documents);
        // The link was tried for what ties it to one story; that may stand outside of these words.
        let least = match (agreement.other_names, times.one_occasion) {
            (true, _) => SAME_TEXT,
            (false, true) => 0.0,
            (false, false) => KEPT_ON_TWO_OCCASIONS,
        };
        // What an outlet tells anew, and what is told again long after, can be another thing of the same
        // matter, unless its figures are the same.
        let can_be_two = if times.one_occasion {
            one_outlet && agreement.same == 0
        } else {
            agreement.same_rare == 0
        };
        // What an outlet leads with on another occasion is the next news, unless its figures are the same.
        let can_be_next_news =
            one_outlet && !times.one_occasion && agreement.same_rare == 0 && a.is_lead && b.is_lead;
        agreement.figures_allow(times, one_outlet, kept)
            && (!one_outlet || kept >= least)
            && !(can_be_next_news && are_two_news(&a.words, &b.words))
            && !quote_two_utterances((&a.words, &a.quoted), (&b.words, &b.quoted))
            && !(can_be_two
                && are_two_reports(
                    self.collection.frequencies,
                    &a.words,
                    &b.words,
                    agreement.begin_with_other_names || !times.one_occasion,
                ))
    }

    pub(super) fn document(&self, version: u32) -> &'a Document {
        &self.collection.documents[self.places[version as usize].document as usize]
    }

    /// A version, the last few thousand of which are kept.
    pub(super) fn version(&self, number: u32) -> Rc<ReadVersion> {
        let mut read = self.read.borrow_mut();
        if read.len() >= READ_VERSIONS {
            read.clear();
        }
        let make = || {
            let Version { document, span, text, words, .. } =
                self.places[number as usize].read(self.collection);
            let Analysis { language, sentences, .. } = &self.collection.analyses[document as usize];
            let mut anchors = Anchors::of(&text, *language, self.collection);
            // Where amounts are told from within a sentence, whose they are stands before them.
            let sentence = sentences.partition_point(|sentence| sentence.span.end <= span.start);
            let is_of_amounts = anchors.figures.len() >= FIGURES_OF_AMOUNTS;
            let lead =
                sentences.get(sentence).filter(|own| is_of_amounts && own.span.start < span.start);
            if let Some(begun) = lead {
                let text = &self.collection.documents[document as usize].text;
                let lead = Span { end: span.start, ..begun.span }.of(text);
                let before = Anchors::of(lead, *language, self.collection);
                anchors.first_name = before.first_name.or(anchors.first_name);
            }
            let first = sentences.iter().find(|sentence| sentence.kind.is_statement());
            Rc::new(ReadVersion {
                words: Words::of(words),
                anchors,
                quoted: quoted_words(self.collection, document, span),
                is_lead: first.is_some_and(|first| span.start < first.span.end),
            })
        };
        Rc::clone(read.entry(number).or_insert_with(make))
    }
}

#[cfg(test)]
mod tests {
    use super::super::one_text::tests::{document, frequencies};
    use super::*;
    use crate::model::{Language, MemberItem, Sentence, SentenceKind};
    use crate::provenance::OutletGroups;

    /// Checks whether the second of two texts, printed so many hours after the first by these
    /// outlets, may join it.
    #[track_caller]
    fn check_joins(texts: [(&str, &str); 2], hours: i64, expected: bool) {
        check_sentences(texts, hours, &[], expected);
    }

    /// Checks the same of two texts that are the first sentences of their documents.
    #[track_caller]
    fn check_leads(texts: [(&str, &str); 2], hours: i64, expected: bool) {
        let longest = texts.iter().map(|(_, text)| text.len()).max().unwrap_or(0);
        let kind = SentenceKind::Prose;
        let lead = Sentence { span: Span::new(0, longest), kind, paragraph: 0 };
        check_sentences(texts, hours, &[lead], expected);
    }

    #[track_caller]
    fn check_sentences(
        texts: [(&str, &str); 2],
        hours: i64,
        sentences: &[Sentence],
        expected: bool,
    ) {
        let documents = [document(texts[0], 0), document(texts[1], hours)];
        let (frequencies, outlets) = (frequencies(), OutletGroups::default());
        let sentences = sentences.to_vec();
        let analysis = Analysis { language: Language::English, sentences, ..Analysis::default() };
        let analyses = [analysis.clone(), analysis];
        let collection = Collection {
            documents: &documents,
            analyses: &analyses,
            frequencies: &frequencies,
            outlets: &outlets,
        };
        let places = [0, 1].map(|number: u32| VersionPlace {
            document: number,
            item: MemberItem::Passage,
            span: Span::new(0, documents[number as usize].text.len()),
        });
        assert_eq!(Joining::new(collection, &places).allows(0, 1, false), expected, "{texts:?}");
    }

    #[test]
    fn two_reports_of_one_body_do_not_join() {
        let ferry = "The council of the twin towns put off the vote on a second ferry, its clerk told a \
                     briefing, and will hear both owners once more in autumn.";
        let mill = "The council of the twin towns sold the grey mill to a baker, its clerk announced when \
                    the bids of other tradesmen had been opened in public.";
        let again = "The vote on a second ferry was put off by the council of the twin towns, its clerk \
                     told a briefing, and it will hear both owners once more.";
        check_joins([("Wire", ferry), ("Wire", mill)], 5, false);
        check_joins([("Wire", ferry), ("Wire", again)], 5, true);
        // Another outlet tells the same day's news in words of its own, but not the same months later.
        check_joins([("Wire", ferry), ("Post", mill)], 5, true);
        check_joins([("Wire", ferry), ("Post", mill)], 500, false);
        check_joins([("Wire", ferry), ("Post", again)], 500, true);
        // The figures tell that it is one matter.
        let [ferry, mill] = [ferry, mill].map(|text| text.replace("told", "told 1,240 at"));
        let mill = mill.replace("sold", "sold for 1,240 crowns");
        let ferry = ferry.replace("second ferry", "second ferry for 1,240 crowns");
        check_joins([("Wire", &ferry), ("Wire", &mill)], 5, true);
    }

    #[test]
    fn the_next_news_of_one_outlet_does_not_join() {
        let planned = "The twin towns plan a second round of cuts in ferry dues to win back the herring \
                       trade, a clerk of the council said.";
        let proposed = "The council said it plans a second round of cuts in harbour dues within the \
                        month to win back the herring boats.";
        check_leads([("Wire", planned), ("Wire", proposed)], 500, false);
        check_leads([("Wire", planned), ("Wire", proposed)], 5, true);
        check_leads([("Wire", planned), ("Post", proposed)], 500, true);
        // What stands further down in both is told again.
        check_joins([("Wire", planned), ("Wire", proposed)], 500, true);
        // The figures tell that it is one news.
        let [planned, proposed] =
            [planned, proposed].map(|text| text.replace("herring", "817 herring"));
        check_leads([("Wire", &planned), ("Wire", &proposed)], 500, true);
    }

    #[test]
    fn the_next_report_on_another_occasion_does_not_join() {
        let first = "Trevannion growers called the report on stored herring in the harbour sheds neutral \
                     to slightly dear.";
        let next = "Trevannion growers and two of the older brokers called the report on dried cod in \
                    the harbour dear, and stayed away from the market.";
        check_joins([("Wire", first), ("Wire", next)], 5, true);
        check_joins([("Wire", first), ("Wire", next)], 800, false);
        let copy =
            "Trevannion growers called the report on stored herring in the harbour sheds neutral.";
        check_joins([("Wire", first), ("Wire", copy)], 800, true);
    }
}

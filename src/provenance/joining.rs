//! Which versions of a passage may join the cluster of a fullest form.

use std::cell::{OnceCell, RefCell};
use std::collections::HashMap;
use std::rc::Rc;

use crate::model::{Analysis, Document, Span};
use crate::text::words;

use super::agreement::{SAME_TEXT, Times};
use super::anchors::Anchors;
use super::cluster::{Collection, Version, VersionPlace};
use super::common_words::{common_sorted, in_both};
use super::growth::Grown;
use super::lists::Listed;
use super::runs::{Words, are_two_news, are_two_reports, are_two_sayings};
use super::speech::{quote_two_utterances, quoted_words};
use super::surroundings::led_with;

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

/// A place of a document that is closer to the fullest form has so many of its words, for each that
/// another place has.
const LEAST_OF_BETTER_PLACE: f64 = 1.0 / 3.0;

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
    /// Found out when it is asked for.
    in_outlet: OnceCell<InOutlet>,
}

/// What a version says that tells it from others of its outlet.
struct InOutlet {
    /// The anchors of the headline, where only that names whose figures it tells.
    headline: Option<Anchors>,
    listed: Listed,
}

impl ReadVersion {
    /// Whether most of it is quoted.
    fn is_speech(&self) -> bool {
        2 * self.quoted.len() > self.words.sorted.len()
    }
}

impl InOutlet {
    /// Whether the figures of both are those of two whom only the headlines name.
    fn has_other_owner(&self, other: &InOutlet) -> bool {
        let headlines = self.headline.as_ref().zip(other.headline.as_ref());
        headlines.is_some_and(|(own, theirs)| own.agreement(theirs).begin_with_other_names)
    }
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
        // What an outlet leads with or quotes on another occasion is the next news or saying, unless its
        // figures are the same.
        let can_be_next = one_outlet && !times.one_occasion && agreement.same_rare == 0;
        let is_next = || {
            (a.is_lead && b.is_lead && are_two_news(&a.words, &b.words))
                || ((a.is_speech() || b.is_speech()) && are_two_sayings(&a.words, &b.words))
        };
        let are_apart_in_outlet = || {
            let (a, b) = (self.in_outlet(fullest, &a), self.in_outlet(version, &b));
            a.has_other_owner(b) || a.listed.shares_only_list(&b.listed)
        };
        agreement.figures_allow(times, one_outlet, kept)
            && (!one_outlet || kept >= least)
            && !(one_outlet && are_apart_in_outlet())
            && !(can_be_next && is_next())
            && !quote_two_utterances((&a.words, &a.quoted), (&b.words, &b.quoted))
            && !(can_be_two
                && are_two_reports(
                    self.collection.frequencies,
                    &a.words,
                    &b.words,
                    agreement.begin_with_other_names || !times.one_occasion,
                ))
    }

    /// Whether a version has words in quotation marks.
    pub(super) fn quotes(&self, version: u32) -> bool {
        !self.version(version).quoted.is_empty()
    }

    /// Takes out of a cluster what a document tells of the same matter beside a place that is closer to the
    /// fullest form, and no scrap of it.
    pub(super) fn without_lesser_places(&self, mut grown: Grown) -> Grown {
        let place = |node: u32| self.places[node as usize];
        let of_documents = grown.several_places(|node| place(node).document);
        if of_documents.is_empty() {
            return grown;
        }
        let fullest = self.version(grown.anchor);
        // The share of a version's words that the fullest form has, and how many those are.
        let held = |&node: &u32| {
            let (fullest, own) = (&fullest.words.sorted, &self.version(node).words.sorted);
            (common_sorted(fullest, own), in_both(fullest, own) as f64)
        };
        let mut lesser = Vec::new();
        for of_one in &of_documents {
            let held: Vec<(f64, f64)> = of_one.iter().map(held).collect();
            let most = held.iter().map(|&(share, _)| share).fold(0.0, f64::max);
            for (&node, &(own, own_words)) in of_one.iter().zip(&held) {
                let is_better = |(&other, &(share, words)): (&u32, &(f64, f64))| {
                    share > own
                        && words >= LEAST_OF_BETTER_PLACE * own_words
                        && place(other).span.overlap(place(node).span) == 0
                };
                if own < most
                    && node != grown.anchor
                    && of_one.iter().zip(&held).any(is_better)
                    && are_two_reports(
                        self.collection.frequencies,
                        &fullest.words,
                        &self.version(node).words,
                        true,
                    )
                {
                    lesser.push(node);
                }
            }
        }
        grown.nodes.retain(|node| lesser.binary_search(node).is_err());
        grown
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
            let Version { document, span, text, words: in_order, .. } =
                self.places[number as usize].read(self.collection);
            let analysis = &self.collection.analyses[document as usize];
            let Analysis { language, sentences, .. } = analysis;
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
            let is_lead = led_with(analysis, span).is_some();
            Rc::new(ReadVersion {
                words: Words::of(in_order),
                anchors,
                quoted: quoted_words(self.collection, document, span),
                is_lead,
                in_outlet: OnceCell::new(),
            })
        };
        Rc::clone(read.entry(number).or_insert_with(make))
    }

    fn in_outlet<'v>(&self, number: u32, version: &'v ReadVersion) -> &'v InOutlet {
        version.in_outlet.get_or_init(|| {
            let place = self.places[number as usize];
            let text = place.read(self.collection).text;
            let own = words(&text);
            // Where figures are led with and nobody is named, whose they are stands in the headline.
            let mut behind_first = own.iter().skip(1).map(|word| word.span.of(&text));
            let is_of_headline = version.is_lead
                && !version.anchors.figures.is_empty()
                && !behind_first.any(|word| word.starts_with(char::is_uppercase));
            let language = self.collection.analyses[place.document as usize].language;
            let headline = self.document(number).title.as_ref().filter(|_| is_of_headline);
            InOutlet {
                headline: headline.map(|text| Anchors::of(text, language, self.collection)),
                listed: Listed::of(&text, &own),
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::one_text::tests::{document, in_collection};
    use super::*;
    use crate::model::{Language, MemberItem, Sentence, SentenceKind};

    /// What `ask` finds out of passages, each a place in one of some documents, all of which begin with
    /// these sentences.
    fn judged<T>(
        documents: &[Document],
        sentences: &[Sentence],
        passages: &[(u32, Span)],
        ask: impl FnOnce(&Joining<'_>) -> T,
    ) -> T {
        let sentences = sentences.to_vec();
        let analysis = Analysis { language: Language::English, sentences, ..Analysis::default() };
        let analyses = vec![analysis; documents.len()];
        let item = MemberItem::Passage;
        let places = passages.iter().map(|&(document, span)| VersionPlace { document, item, span });
        let places: Vec<VersionPlace> = places.collect();
        in_collection(documents, &analyses, |collection| ask(&Joining::new(collection, &places)))
    }

    /// Whether the second of two documents may join the first.
    fn joins(documents: &[Document; 2], sentences: &[Sentence]) -> bool {
        let whole = |number: u32| Span::new(0, documents[number as usize].text.len());
        let passages = [0, 1].map(|number| (number, whole(number)));
        judged(documents, sentences, &passages, |joining| joining.allows(0, 1, false))
    }

    /// A first sentence as long as any.
    fn lead() -> Sentence {
        Sentence { span: Span::new(0, 1000), kind: SentenceKind::Prose, paragraph: 0 }
    }

    /// Checks whether the second of two texts, printed so many hours after the first by these
    /// outlets, may join it.
    #[track_caller]
    fn check_joins(texts: [(&str, &str); 2], hours: i64, expected: bool) {
        let documents = [document(texts[0], 0), document(texts[1], hours)];
        assert_eq!(joins(&documents, &[]), expected, "{texts:?}");
    }

    /// Checks the same of two texts that are the first sentences of their documents.
    #[track_caller]
    fn check_leads(texts: [(&str, &str); 2], hours: i64, expected: bool) {
        let documents = [document(texts[0], 0), document(texts[1], hours)];
        assert_eq!(joins(&documents, &[lead()]), expected, "{texts:?}");
    }

    /// Checks the same of two texts that an outlet prints within an hour, each below its headline.
    #[track_caller]
    fn check_below_headlines(texts: [(&str, &str); 2], expected: bool) {
        let documents = [0, 1].map(|number| {
            let (headline, text) = texts[number];
            let title = Some(headline.to_owned());
            Document { title, ..document(("Wire", text), number as i64) }
        });
        assert_eq!(joins(&documents, &[lead()]), expected, "{texts:?}");
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
    fn figures_are_those_of_whom_the_headline_names() {
        let rose = "prices of small herring rose 2.10 crowns in quick trade at noon.";
        let gained = "prices of small herring gained 2.10 crowns in quick trade at noon.";
        check_below_headlines(
            [("TREVANN HERRING UP", rose), ("SUNDHOPE HERRING UP", gained)],
            false,
        );
        check_below_headlines(
            [("TREVANN HERRING UP", rose), ("FLASH TREVANN HERRING", gained)],
            true,
        );
        // Somebody is named, or no figures are told.
        let named = gained.replace("herring gained", "Kestermann herring gained");
        check_below_headlines(
            [("TREVANN HERRING UP", rose), ("SUNDHOPE HERRING UP", &named)],
            true,
        );
        let [rose, gained] = [rose, gained].map(|text| text.replace("2.10", "some"));
        check_below_headlines(
            [("TREVANN HERRING UP", &rose), ("SUNDHOPE HERRING UP", &gained)],
            true,
        );
    }

    #[test]
    fn a_list_of_which_other_things_are_told_does_not_join() {
        let spent =
            "Too little is spent on ropes, buoys, lanterns and tarred or oiled sails, he found.";
        let shall = "Crowns shall go to ropes, buoys, lanterns, tarred and oiled sails instead.";
        check_joins([("Wire", spent), ("Wire", shall)], 20, false);
        check_joins([("Wire", spent), ("Post", shall)], 20, true);
    }

    #[test]
    fn a_document_that_tells_the_text_elsewhere_does_not_tell_it_again_in_other_words() {
        let fullest = "Oyster growers are sure that the new dues on salted herring in the twin towns will \
                       fall, their head Orla Hatch said at a lunch on the quay.";
        let other = "Nothing heard at the mills gave hope that the new dues on salted herring in the twin \
                     towns might be voted down, said Leif Quarle, who met three clerks.";
        let version =
            "Orla Hatch said at a lunch that oyster growers are sure the new dues will fall.";
        let check = |beside: &str, expected: &[u32]| {
            let text = format!("{other} {beside}");
            let documents = [document(("Wire", fullest), 0), document(("Wire", &text), 5)];
            let whole = Span::new(0, fullest.len());
            let passages = [
                (0, whole),
                (1, Span::new(0, other.len())),
                (1, Span::new(other.len() + 1, text.len())),
            ];
            let grown = Grown { anchor: 0, nodes: vec![0, 1, 2] };
            let kept = judged(&documents, &[], &passages, |joining| {
                joining.without_lesser_places(grown).nodes
            });
            assert_eq!(kept, expected, "{beside}");
        };
        check(version, &[0, 2]);
        check("Of salted herring nothing more was said.", &[0, 1, 2]);
        // A scrap stands in the fullest form with every word, but does not tell it.
        check("Oyster growers are sure.", &[0, 1, 2]);
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

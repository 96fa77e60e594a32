//! Are two passages versions of one text, or one form that was filled in twice?
//!
//! Money markets, dividends, bond terms, polls and captions are told in forms: the frame is the
//! same on every occasion, and what tells the occasions apart are its figures and names. So two
//! passages whose figures differ are versions of one text only where enough of the others agree,
//! or where one of them was published soon after the other: an update or a correction. And
//! what one outlet prints again long after is a version only if something of one story stands in
//! both; where it names others, only if hardly a word has changed; what it says of "today" is of one day.
//! A few words that any text can have are a stock phrase, whoever prints them on another occasion.

use crate::model::{Document, Drift, DriftKind};
use crate::text::fold;

use super::agreement::{AGREEING_RARE, SAME_TEXT, Times, WORDS_AROUND_ONE_FIGURE};
use super::anchors::Anchors;
use super::cluster::Collection;

/// Up to so many words that any story can have are a stock phrase.
const WORDS_OF_STOCK_PHRASE: usize = 15;
/// What an outlet prints again on another occasion keeps this share of its words if something rare
/// ties both to one story; without that it must keep [`SAME_TEXT`].
const KEPT_OF_ONE_STORY: f64 = 0.6;
/// Names that begin alike are forms of one ("Poland's", "Polish").
const SAME_BEGINNING: usize = 3;

/// Whether what two passages have in common is a stock phrase: a few words that any text can have, on
/// another occasion.
pub(super) fn is_stock_phrase(documents: [&Document; 2], [a, b]: [&Anchors; 2]) -> bool {
    a.words.min(b.words) <= WORDS_OF_STOCK_PHRASE
        && !a.share_telling(b)
        && !Times::of(documents).one_occasion
}

/// Whether two passages, of whose words the share `kept` is the same, are versions of one text;
/// `drift` is what changed in substance between them, and `is_one_story` tells whether a rare name
/// stands elsewhere in both documents.
pub(super) fn are_one_text(
    collection: Collection<'_>,
    documents: [&Document; 2],
    anchors: [&Anchors; 2],
    kept: f64,
    drift: &[Drift],
    is_one_story: impl FnOnce() -> bool,
) -> bool {
    let agreement = anchors[0].agreement(anchors[1]);
    let times = Times::of(documents);
    let one_occasion = times.one_occasion;
    if agreement.different > 0 && names_differ(drift) {
        return false;
    }
    let one_outlet = collection.outlets.are_of_one(documents);
    let least = match (agreement.other_names, one_occasion) {
        _ if !one_outlet => 0.0,
        // The same was said of two companies.
        (true, _) => SAME_TEXT,
        (false, true) if agreement.is_of_one_day() => 0.0,
        (false, false) if agreement.is_of_one_story() => KEPT_OF_ONE_STORY,
        // A longer text is printed twice as it is only where it is the same.
        (false, true) if agreement.words >= WORDS_AROUND_ONE_FIGURE && kept >= SAME_TEXT => 0.0,
        (false, false) if agreement.same_rare >= AGREEING_RARE && kept >= SAME_TEXT => 0.0,
        // Nothing in the words themselves tells them from those of an outlet's forms.
        (false, _) if !is_one_story() => return false,
        (false, true) => 0.0,
        (false, false) => KEPT_OF_ONE_STORY,
    };
    agreement.figures_allow(times, one_outlet, kept) && kept >= least
}

/// Whether one name stands in the place of another.
fn names_differ(drift: &[Drift]) -> bool {
    let beginnings = |name: &str| -> Vec<String> {
        let words = name.split_whitespace();
        words.map(|word| fold(word).chars().take(SAME_BEGINNING).collect()).collect()
    };
    let names = drift.iter().filter(|drift| drift.kind == DriftKind::Name);
    let mut both = names.filter(|drift| !drift.a.is_empty() && !drift.b.is_empty());
    both.any(|drift| {
        let other = beginnings(&drift.b);
        beginnings(&drift.a).iter().all(|beginning| !other.contains(beginning))
    })
}

#[cfg(test)]
pub(super) mod tests {
    use std::collections::HashMap;

    use super::*;
    use crate::model::{Analysis, Date, DatePrecision, DocumentFrequencies, Language};
    use crate::provenance::OutletGroups;
    use crate::text::words;

    pub(in crate::provenance) fn document((outlet, text): (&str, &str), hour: i64) -> Document {
        Document {
            source: outlet.to_owned(),
            published_at: Some(Date {
                earliest: hour * 3600,
                latest: hour * 3600 + 60,
                precision: DatePrecision::Minute,
                text: String::new(),
            }),
            text: text.to_owned(),
            ..Document::default()
        }
    }

    /// Days and years and what a stock phrase is made of are in many documents, other words in few.
    pub(in crate::provenance) fn frequencies() -> DocumentFrequencies {
        let common = "1 2 10 2025 At The It In Bank Monday March April May Quarterly \
                      Proceeds will be used to repay debt and for other purposes said";
        let common = words(common).into_iter().map(|word| (word.hash, 900));
        DocumentFrequencies::new(1000, common.collect::<HashMap<_, _>>())
    }

    /// What `ask` finds out of a collection of some documents, in which every outlet is by itself.
    pub(in crate::provenance) fn in_collection<T>(
        documents: &[Document],
        analyses: &[Analysis],
        ask: impl FnOnce(Collection<'_>) -> T,
    ) -> T {
        let (frequencies, outlets) = (frequencies(), OutletGroups::default());
        ask(Collection { documents, analyses, frequencies: &frequencies, outlets: &outlets })
    }

    /// What `judge` says of two texts, printed so many hours apart by these outlets.
    fn judged(
        a: (&str, &str),
        b: (&str, &str),
        hours: i64,
        judge: impl FnOnce(Collection<'_>, [&Document; 2], [&Anchors; 2]) -> bool,
    ) -> bool {
        let documents = [document(a, 0), document(b, hours)];
        in_collection(&documents, &[], |collection| {
            let [one, other] =
                [a.1, b.1].map(|text| Anchors::of(text, Language::English, collection));
            judge(collection, [&documents[0], &documents[1]], [&one, &other])
        })
    }

    /// Checks whether two texts are versions of one, printed so many hours apart by these outlets.
    #[track_caller]
    fn check_one_text(a: (&str, &str), b: (&str, &str), hours: i64, kept: f64, expected: bool) {
        let found = judged(a, b, hours, |collection, documents, anchors| {
            are_one_text(collection, documents, anchors, kept, &[], || false)
        });
        assert_eq!(found, expected, "{a:?} {b:?}");
    }

    #[test]
    fn a_form_filled_in_anew_is_another_text() {
        let march = "The Bank said the market was short of 450 million in early March, down from \
                     a first guess of 500 million, and bought bills for 38 million.";
        let april = "The Bank said the market was short of 275 million in early April, up from \
                     a first guess of 200 million, and bought bills for 61 million.";
        check_one_text(("Wire", march), ("Wire", april), 700, 0.8, false);
        check_one_text(("Wire", march), ("Wire", april), 3, 0.8, false);
        check_one_text(("Wire", march), ("Wire", march), 700, 1.0, true);
        let dividend = "Quarterly dividend 37-1/2 cents, pay May 10";
        let other = "Quarterly dividend 12-1/2 cents, pay May 10";
        check_one_text(("Wire", dividend), ("Wire", other), 5, 0.85, false);
    }

    #[test]
    fn figures_are_counted_as_they_stand() {
        let april = "It will be paid on April 30 to holders of record on March 30, it said.";
        let sooner = "It will be paid on April 13 to holders of record on March 30, it said.";
        check_one_text(("Wire", april), ("Wire", sooner), 3, 0.93, false);
        let two = "Holders can change each bond for shares after two years at par, it said.";
        let five = "Holders can change each bond for shares after five years at par, it said.";
        check_one_text(("Wire", two), ("Wire", five), 3, 0.93, false);
        check_one_text(("Wire", two), ("Wire", two), 3, 1.0, true);
        let grade = "It cut the grade of the bonds to Baa-2 from Baa-1, it said.";
        let other = "It cut the grade of the bonds to Aa-1 from Aa-2, it said.";
        check_one_text(("Wire", grade), ("Wire", other), 3, 0.85, false);
        let letters = "It cut the grade of the senior bonds to AA-minus from AA, it said.";
        let others = "It cut the grade of the senior bonds to BBB-minus from BBB, it said.";
        check_one_text(("Wire", letters), ("Wire", others), 3, 0.85, false);
        // What was cut away takes figures with it, and what was kept has no new ones.
        let price = "The best Sundhope lambs went at 50.50 crowns.";
        let prices =
            "Dealers at the market said the best Sundhope lambs went at 50.00 to 50.50 crowns.";
        check_one_text(("Wire", prices), ("Wire", price), 3, 1.0, true);
        let range = "The best Sundhope lambs went at 49.00 to 50.50 crowns.";
        let short = "Dealers at the market said the best lambs went at 50.50 crowns on Monday.";
        check_one_text(("Wire", short), ("Wire", range), 3, 0.8, false);
    }

    #[test]
    fn an_update_is_the_same_text() {
        let first = "At least 12 people were hurt when the ferry Trevannion struck the pier in fog on \
                     Monday, the harbour office said.";
        let update = "At least 14 people were hurt when the ferry Trevannion struck the pier in fog \
                      on Monday, the harbour office said.";
        check_one_text(("Wire", first), ("Post", update), 5, 0.9, true);
        check_one_text(("Wire", first), ("Wire", update), 5, 0.9, true);
        // Weeks later the same sentence is of another accident.
        check_one_text(("Wire", first), ("Wire", update), 900, 0.8, false);
    }

    #[test]
    fn background_is_told_from_stock_phrases_by_what_is_rare() {
        let background = "The strike began over plans for 817 redundancies at the Trevannion yard.";
        let again = "It began over plans to make 817 people redundant at the Trevannion yard.";
        check_one_text(("Wire", background), ("Wire", again), 300, 0.65, true);
        let stock = "Proceeds will be used to repay debt and for other purposes, it said.";
        let phrase = "Proceeds will be used to retire bank debt and for general purposes.";
        check_one_text(("Wire", stock), ("Wire", phrase), 300, 0.65, false);
        check_one_text(("Wire", stock), ("Post", phrase), 300, 0.65, true);
        // On one day too, where nothing rare stands in both.
        check_one_text(("Wire", stock), ("Wire", phrase), 10, 0.65, false);
        let told = "Its proceeds will repay the debt of the quarry on Sundhope Fell, it said.";
        let again = "The debt of the quarry would be repaid, said the owners of Sundhope Fell.";
        check_one_text(("Wire", told), ("Wire", again), 10, 0.65, true);
        let one = "Trevannion said holders approved more shares at the annual meeting.";
        let other = "Kestermann said holders approved more shares at its annual meeting.";
        check_one_text(("Wire", one), ("Wire", other), 3, 0.8, false);
    }

    #[test]
    fn what_is_said_of_today_is_of_one_day() {
        let council =
            "The Trevannion council left its dues unchanged at today's regular meeting, it said.";
        check_one_text(("Wire", council), ("Wire", council), 300, 1.0, false);
        check_one_text(("Wire", council), ("Wire", council), 20, 1.0, true);
        check_one_text(("Wire", council), ("Post", council), 300, 1.0, true);
    }

    /// Checks whether what two texts, printed so many hours apart, have in common is a stock phrase.
    #[track_caller]
    fn check_stock(a: &str, b: &str, hours: i64, expected: bool) {
        let found = judged(("Wire", a), ("Post", b), hours, |_, documents, anchors| {
            is_stock_phrase(documents, anchors)
        });
        assert_eq!(found, expected, "{a:?} {b:?}");
    }

    #[test]
    fn common_words_on_another_occasion_are_a_stock_phrase() {
        let phrase = "will be used to repay debt and for other purposes, it said";
        check_stock(phrase, phrase, 300, true);
        check_stock(phrase, phrase, 10, false);
        // Something that not any text can have, or a good deal of text.
        let quarry = "will be used to repay the debt of the quarry, it said";
        check_stock(quarry, quarry, 300, false);
        let long = "will be used to repay debt and for other purposes, it said. It said it will be used \
                    to repay debt in March.";
        check_stock(long, long, 300, false);
    }

    #[test]
    fn two_months_and_two_goods_are_two_occasions() {
        let march = "Kestermann's index of prices (base 1985) rose by 0.2 pct to 99.7 in March, 1.4 pct \
                     less than the year before, the first such drop since 1958, it said.";
        let april = "Kestermann's index of prices (base 1985) was unchanged at 99.7 in April, 1.1 pct \
                     less than the year before, the first such drop since 1958, it said.";
        check_one_text(("Wire", march), ("Wire", april), 700, 0.8, false);
        check_one_text(("Wire", march), ("Wire", march), 700, 1.0, true);
        let rye = "Trevannion rye futures opened firmer, holding gains of 1-1/4 to 3/4 cents.";
        let flax = "Trevannion flax futures traded firmer, holding gains of 1-1/4 to 2 cents.";
        check_one_text(("Wire", rye), ("Wire", flax), 1, 0.8, false);
        let again = "Trevannion rye futures traded firmer, holding gains of 1-1/4 cents.";
        check_one_text(("Wire", rye), ("Wire", again), 1, 0.8, true);
    }

    #[test]
    fn another_month_is_told_of_in_another_report() {
        let january = "January's 2.9 pct was the worst rate since the Trevannion office counted idle \
                       boats under this system in 1953.";
        let march = "The rate of idle boats fell to 2.9 pct in March from 3.0 pct in February, the \
                     worst since the Trevannion office counted under this system in 1953.";
        check_one_text(("Wire", january), ("Wire", march), 700, 0.8, false);
        check_one_text(("Wire", january), ("Wire", march), 5, 0.8, true);
        check_one_text(("Wire", january), ("Post", march), 700, 0.8, true);
        // A month that the longer one names too, and a verb that is written like one.
        let both = march.replace("February", "January");
        check_one_text(("Wire", january), ("Wire", &both), 700, 0.8, true);
        let verb = january.replace("January's 2.9 pct was", "A rate of 2.9 pct may be");
        check_one_text(("Wire", &verb), ("Wire", march), 700, 0.8, true);
    }

    #[test]
    fn two_days_and_two_moves_are_two_occasions() {
        let monday = "The mill paid 46.50 crowns for flax in Trevann on a slow market, 2.10 crowns less than yesterday at the close.";
        let tuesday = "The mill paid 46.50 crowns for flax in Trevann on a slow market, 1.40 crowns less than yesterday at the close.";
        check_one_text(("Wire", monday), ("Wire", tuesday), 24, 0.95, false);
        // A correction of the same day, and what another outlet prints the day after.
        check_one_text(("Wire", monday), ("Wire", tuesday), 2, 0.95, true);
        check_one_text(("Wire", monday), ("Post", monday), 24, 1.0, true);
        let raised = "Trevannion said it raised its price for flax by 50 cents to 46.50 crowns.";
        let lowered = "Trevannion said it lowered its price for flax by 50 cents to 46.00 crowns.";
        check_one_text(("Wire", raised), ("Wire", lowered), 3, 0.85, false);
        check_one_text(("Wire", raised), ("Wire", raised), 3, 1.0, true);
    }
}

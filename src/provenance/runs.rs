//! What two versions have word for word, and what they have in common of all that they tell.
//!
//! Two statements on one matter share its names and a phrase or two, and so do two reports on one
//! body: half of the words of the shorter one stand in the other, but few of them side by side, and
//! what each tells beside them is its own. A version of one text keeps runs of its words, or nearly
//! all that it tells.

use std::collections::HashSet;

use crate::model::DocumentFrequencies;

use super::surroundings::split;

/// So many words side by side are a run.
pub(super) const RUN: usize = 3;
/// Shorter texts have no room for runs.
const LEAST_WORDS: usize = 8;
/// A version has this share of the shorter text's words in runs…
const SHARE_IN_RUNS: f64 = 1.0 / 3.0;
/// …or one run of so many words, which nobody says twice by chance…
pub(super) const LONG_RUN: usize = 10;
/// …or what it tells beside the other is no more than this share of all that it tells.
const BESIDE_QUOTES: f64 = 0.33;
const BESIDE_PASSAGES: f64 = 0.4;
/// Passages that begin with other names, or were printed on two occasions, have this share in runs.
const SHARE_OF_PASSAGES_APART: f64 = 0.42;
/// What leads two articles of two occasions is one news only with this share in runs, or with a long one.
const SHARE_OF_ONE_NEWS: f64 = 2.0 / 3.0;
/// And so is what is quoted on two occasions, with this share.
const SHARE_OF_ONE_SAYING: f64 = 0.5;

/// The words of a version, by their hashes.
#[derive(Debug)]
pub(super) struct Words {
    /// As they stand in the text.
    pub(super) in_order: Vec<u64>,
    /// As a sorted bag.
    pub(super) sorted: Vec<u64>,
}

impl Words {
    /// The words as they stand in a text.
    pub(super) fn of(in_order: Vec<u64>) -> Words {
        let mut sorted = in_order.clone();
        sorted.sort_unstable();
        Words { in_order, sorted }
    }
}

/// Whether two quotes are two utterances on one matter.
pub(super) fn are_two_utterances(frequencies: &DocumentFrequencies, a: &Words, b: &Words) -> bool {
    if !have_room(a, b) || told_beside(frequencies, a, b) <= BESIDE_QUOTES {
        return false;
    }
    let runs = Runs::of(&a.in_order, &b.in_order);
    runs.share < SHARE_IN_RUNS && runs.longest < LONG_RUN
}

/// The share of the shorter text's words that stand in runs of the longer one.
pub(super) fn share_in_runs(a: &[u64], b: &[u64]) -> f64 {
    Runs::of(a, b).share
}

/// Whether two passages are two reports on one matter; `apart` tells whether they begin with other
/// names or were printed on two occasions.
pub(super) fn are_two_reports(
    frequencies: &DocumentFrequencies,
    a: &Words,
    b: &Words,
    apart: bool,
) -> bool {
    let least = if apart { SHARE_OF_PASSAGES_APART } else { SHARE_IN_RUNS };
    have_room(a, b)
        && told_beside(frequencies, a, b) > BESIDE_PASSAGES
        && Runs::of(&a.in_order, &b.in_order).share < least
}

/// Whether two passages that lead the articles of two occasions tell two news of one matter.
pub(super) fn are_two_news(a: &Words, b: &Words) -> bool {
    are_told_anew(a, b, SHARE_OF_ONE_NEWS)
}

/// Whether two passages of two occasions, of which one is quoted, are two sayings on one matter.
pub(super) fn are_two_sayings(a: &Words, b: &Words) -> bool {
    are_told_anew(a, b, SHARE_OF_ONE_SAYING)
}

/// Whether two passages of two occasions have less than a share of the shorter one's words in runs, and
/// no long one.
fn are_told_anew(a: &Words, b: &Words, least: f64) -> bool {
    let runs = Runs::of(&a.in_order, &b.in_order);
    have_room(a, b) && runs.share < least && runs.longest < LONG_RUN
}

/// Whether both texts are long enough for runs.
fn have_room(a: &Words, b: &Words) -> bool {
    a.sorted.len().min(b.sorted.len()) >= LEAST_WORDS
}

/// What the one of two texts that adds less tells beside the other, as a share of all that it tells.
fn told_beside(frequencies: &DocumentFrequencies, a: &Words, b: &Words) -> f64 {
    let [common, own, others] = split(frequencies, &a.sorted, &b.sorted);
    own.min(others) / (common + own.min(others)).max(f64::EPSILON)
}

/// The runs of a shorter text's words that a longer one has too.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Runs {
    /// The share of the shorter text's words that stand in some run.
    share: f64,
    /// The words of the longest stretch of runs.
    longest: usize,
}

impl Runs {
    fn of(a: &[u64], b: &[u64]) -> Runs {
        let (shorter, longer) = if a.len() <= b.len() { (a, b) } else { (b, a) };
        let known: HashSet<&[u64]> = longer.windows(RUN).collect();
        // The word behind the last one that stands in a run, and where its stretch began.
        let (mut end, mut start) = (0, 0);
        let (mut in_runs, mut longest) = (0, 0);
        for (place, run) in shorter.windows(RUN).enumerate() {
            if known.contains(run) {
                if place > end {
                    start = place;
                }
                in_runs += place + RUN - end.max(place);
                end = place + RUN;
                longest = longest.max(end - start);
            }
        }
        Runs { share: in_runs as f64 / shorter.len().max(1) as f64, longest }
    }
}

#[cfg(test)]
mod tests {
    use super::super::one_text::tests::frequencies;
    use super::*;
    use crate::text::words;

    fn hashes(text: &str) -> Vec<u64> {
        words(text).into_iter().map(|word| word.hash).collect()
    }

    #[test]
    fn runs_are_counted_in_the_shorter_text() {
        let check = |a: &str, b: &str, in_runs: usize, longest: usize| {
            let (a, b) = (hashes(a), hashes(b));
            let expected = Runs { share: in_runs as f64 / a.len().min(b.len()) as f64, longest };
            assert_eq!(Runs::of(&a, &b), expected);
            assert_eq!(Runs::of(&b, &a), expected);
        };
        let whole = "the old geese of the island sleep beside the grey mill and the new crane";
        check("the old geese of the island", whole, 6, 6);
        check("beside the grey mill, the old geese", whole, 7, 7);
        check("beside the grey mill I met the old geese", whole, 7, 4);
        check("geese old the mill grey the beside", whole, 0, 0);
        check("the geese", whole, 0, 0);
    }

    #[test]
    fn two_utterances_on_one_matter_have_few_words_side_by_side() {
        let check = |a: &str, b: &str, expected: bool| {
            let [a, b] = [a, b].map(|text| Words::of(hashes(text)));
            assert_eq!(are_two_utterances(&frequencies(), &a, &b), expected);
        };
        let harbour = "I doubt that all the pilots hold the eastern channel to be the safest way \
                       into the harbour, for three of them would rather wait for the tide";
        check(
            "Pilots up and down this coast agree that the eastern channel and its buoys are a \
             safe road for any vessel",
            harbour,
            true,
        );
        // Few words, all of which stand in the other one.
        check("the eastern channel to be safest", harbour, false);
        // Some words were changed, and some were left out.
        check("all the pilots hold the eastern channel to be safe, he doubts", harbour, false);
        // A long run ties two texts that each go on in words of their own.
        check(
            "Nobody ever asked us before they dredged, for three of them would rather wait for the \
             tide than follow one surveyor's ink line over sand which moves each winter night",
            &format!("{harbour} and pay double dues"),
            false,
        );
    }

    #[test]
    fn what_leads_two_articles_is_one_news_if_it_is_told_in_the_same_words() {
        let check = |a: &str, b: &str, expected: bool| {
            let [a, b] = [a, b].map(|text| Words::of(hashes(text)));
            assert_eq!(are_two_news(&a, &b), expected);
        };
        let planned = "The twin towns plan a second round of cuts in ferry dues to win back the \
                       herring trade, a clerk of the council said";
        let proposed = "The council said it plans a second round of cuts in harbour dues within the \
                        month to win back the herring boats";
        check(planned, proposed, true);
        check(planned, &planned.replace("a clerk of", "a member of"), false);
        // A long run is not written twice, whatever stands beside it.
        check(
            planned,
            &format!(
                "{proposed}, or a second round of cuts in ferry dues to win back the herring trade"
            ),
            false,
        );
        check("The twin towns cut dues", "The twin towns plan cuts in dues", false);
    }

    #[test]
    fn what_is_quoted_on_two_occasions_is_one_saying_if_much_of_it_is_the_same() {
        let check = |a: &str, b: &str, expected: bool| {
            let [a, b] = [a, b].map(|text| Words::of(hashes(text)));
            assert_eq!(are_two_sayings(&a, &b), expected);
        };
        let task = "It is our task to see that these boats we hold do not go right back into the hands \
                    of the old owners";
        check("Of course we do not want them to sail back to the hands of owners", task, true);
        check("These boats we hold do not go back into the hands of owners", task, false);
    }

    #[test]
    fn two_reports_of_one_body_have_few_words_side_by_side() {
        let check = |a: &str, b: &str, apart: bool, expected: bool| {
            let [a, b] = [a, b].map(|text| Words::of(hashes(text)));
            assert_eq!(are_two_reports(&frequencies(), &a, &b, apart), expected);
        };
        let ferry = "The council of the twin towns put off the vote on a second ferry, its clerk \
                     told a briefing, and will hear both owners once more in autumn";
        let mill = "The council of the twin towns sold the grey mill to a baker, its clerk told a \
                    briefing after the bids of four other tradesmen had been opened";
        check(ferry, mill, true, true);
        check(ferry, mill, false, false);
        let reworded = "The twin towns' council put off its vote on a second ferry and will hear \
                        both owners in autumn, its clerk told a briefing";
        check(ferry, reworded, true, false);
    }
}

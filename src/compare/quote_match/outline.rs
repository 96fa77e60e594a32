//! Quotes in outline: enough of a quote to tell that it is no version of another.
//!
//! Quotes share runs of everyday words by the thousand, and the common ones meet under many keys. To
//! align two costs as much as a hundred looks at their outlines, which take 4 bytes a word and 72
//! for the rest. An outline bounds the information that two quotes can share, first by the words of
//! each that the other may have too ([`Bits`]), and where that is not enough to tell, by a look at the words
//! themselves ([`Concordance`]): a link takes much of the shorter quote, or a long run of words. It takes
//! less between quotes of one speaker at one event, so the outline knows who spoke and when ([`Occasion`]).

use super::bits::Bits;
use super::concordance::Concordance;
use super::occasion::Occasion;
use super::prepare::QuoteText;
use super::{FEWEST_WORDS, SHORT_WORDS, bars};

/// Information is kept in so many steps a nat, rounded up; eight bits hold that of a word in two of
/// eight million documents.
const STEPS: f64 = 16.0;

/// What words that are spelled otherwise, which the outlines take for different ones, may add to what
/// is shared.
const ROOM: f64 = 1.25;

/// The outlines of quotes 0, 1, 2 … in flat arrays.
#[derive(Debug, Default)]
pub struct QuoteOutlines {
    /// For each word, in order, 24 bits of its hash and 8 of its information.
    words: Vec<u32>,
    quotes: Vec<Outline>,
}

/// The outline of one quote.
#[derive(Clone, Copy, Debug)]
struct Outline {
    /// Where its words end.
    end: usize,
    /// Its words.
    bits: Bits,
    /// The information of the words that are the speaker's own.
    total: f32,
    /// The number of those, as far as it matters.
    own_words: u8,
    occasion: Occasion,
}

impl QuoteOutlines {
    /// Adds the outline of the next quote.
    pub fn push(&mut self, quote: &QuoteText<'_>) {
        let own_words = u8::try_from(quote.core_words()).unwrap_or(u8::MAX);
        let (bits, occasion) = (Bits::default(), Occasion::of(quote));
        let mut outline = Outline { end: 0, bits, total: 0.0, own_words, occasion };
        for word in &quote.words {
            let steps = (word.information.max(0.0) * STEPS).ceil().min(255.0) as u32;
            let word_and_weight = (word.hash as u32) & !0xff | steps;
            outline.bits.insert(word_and_weight);
            if !word.bracketed {
                outline.total += word.information as f32;
            }
            self.words.push(word_and_weight);
        }
        outline.end = self.words.len();
        self.quotes.push(outline);
    }

    /// Adds the quotes of `other` after those of `self`.
    pub fn append(&mut self, other: &QuoteOutlines) {
        let before = self.words.len();
        self.words.extend_from_slice(&other.words);
        let shifted = |outline: &Outline| Outline { end: before + outline.end, ..*outline };
        self.quotes.extend(other.quotes.iter().map(shifted));
    }

    /// Puts those of the quotes in `others` that may be versions of one utterance with a quote in place of
    /// what `out` held.
    pub fn may_link_into(&self, quote: u32, others: &[u32], out: &mut Vec<u32>) {
        let mut concordance = None;
        out.clear();
        out.extend(others.iter().copied().filter(|&other| {
            self.may_link_by_bits(quote, other) && {
                let words = || Concordance::of(self.words_of(quote));
                self.may_link_by_words(concordance.get_or_insert_with(words), quote, other)
            }
        }));
    }

    /// Whether two quotes may be versions of one utterance by what their words say whose bits both have.
    fn may_link_by_bits(&self, a: u32, b: u32) -> bool {
        let both = self.both(a, b);
        if both.own_words < FEWEST_WORDS {
            return false;
        }
        if both.is_short() {
            let shorter_first = self.words_of(a).len() <= self.words_of(b).len();
            let (shorter, longer) = if shorter_first { (a, b) } else { (b, a) };
            let heaviest_other = self.bits(longer).heaviest_other(self.words_of(shorter));
            return both.holds_short(self.weigh(shorter, longer) + heaviest_other);
        }
        let least = (both.least_share() * both.total).min(bars::EXCERPT).max(both.least());
        suffices(self.weigh(a, b), least) && suffices(self.weigh(b, a), least)
    }

    /// The same by the words themselves; those of the quote `a` are looked up.
    fn may_link_by_words(&self, concordance: &mut Concordance<'_>, a: u32, b: u32) -> bool {
        let both = self.both(a, b);
        let words = self.words_of(b);
        let common = concordance.common(words);
        if both.is_short() {
            return both.holds_short(common.steps + common.heaviest_other);
        }
        both.may_link_longer(common.steps, |length| concordance.has_run(words, length as u32))
    }

    /// What is known of two quotes before their words are looked at.
    fn both(&self, a: u32, b: u32) -> Both {
        let (one, other) = (&self.quotes[a as usize], &self.quotes[b as usize]);
        let (occasion, another) = (&one.occasion, &other.occasion);
        Both {
            own_words: usize::from(one.own_words.min(other.own_words)),
            total: f64::from(one.total.min(other.total)),
            may_be_one_speaker: occasion.may_be_one_speaker(another),
            may_be_one_event: occasion.may_be_one_event(another),
            are_of_two_occasions: occasion.is_another(another),
        }
    }

    /// The information, in steps, of the words of one quote that another may have too.
    fn weigh(&self, quote: u32, other: u32) -> u32 {
        self.bits(other).weigh(self.words_of(quote))
    }

    fn bits(&self, quote: u32) -> &Bits {
        &self.quotes[quote as usize].bits
    }

    fn words_of(&self, quote: u32) -> &[u32] {
        let quote = quote as usize;
        let start = if quote == 0 { 0 } else { self.quotes[quote - 1].end };
        &self.words[start..self.quotes[quote].end]
    }
}

/// Two quotes as far as they are known before their words are looked at.
struct Both {
    /// The fewer words that are the speaker's own.
    own_words: usize,
    /// The lesser information of those.
    total: f64,
    may_be_one_speaker: bool,
    may_be_one_event: bool,
    are_of_two_occasions: bool,
}

impl Both {
    fn is_short(&self) -> bool {
        self.own_words <= SHORT_WORDS
    }

    /// Whether a quote may hold a short one, of which it has words that say so much, in steps, with the one
    /// that says most of those it lacks: one word may be spelled otherwise, and it may be that one.
    fn holds_short(&self, steps: u32) -> bool {
        f64::from(steps) / STEPS >= (bars::SHARE_SHORT * self.total).max(self.least())
    }

    /// The information that a link of any kind takes at least.
    fn least(&self) -> f64 {
        if self.may_be_one_event || !self.is_short() {
            bars::SHORT_SAME_WORDS
        } else if self.may_be_one_speaker {
            bars::TIED_SAME_SPEAKER
        } else {
            bars::TIED
        }
    }

    /// The share of the shorter quote's information that the longer one must hold.
    fn least_share(&self) -> f64 {
        if self.may_be_one_event { bars::SHARE_SAME_EVENT } else { bars::SHARE }
    }

    /// Whether two longer quotes that share words which say so much, in steps, may be versions of one
    /// utterance; `has_run` tells whether they have a run of so many words in common.
    fn may_link_longer(&self, steps: u32, mut has_run: impl FnMut(usize) -> bool) -> bool {
        let suffices = |least: f64| suffices(steps, least.max(self.least()));
        if suffices(bars::SHARE_SHORT * self.total) {
            return true;
        }
        // Of words in a row the bar is lower where they are more than a short quote.
        let links = suffices(self.least_share() * self.total)
            && (self.may_be_one_event || suffices(bars::LONG) || has_run(SHORT_WORDS + 1))
            || suffices(bars::EXCERPT) && has_run(bars::EXCERPT_WORDS);
        // What was printed on another day and is little of what one person said tells something else.
        let is_most = || self.may_be_one_speaker && suffices(bars::SHARE_LATER * self.total);
        links
            && (!self.are_of_two_occasions
                || is_most()
                || suffices(bars::LATER)
                || has_run(bars::LATER_WORDS))
    }
}

/// Whether shared information, in steps, can be at least so much, in nats.
fn suffices(steps: u32, least: f64) -> bool {
    f64::from(steps) / STEPS * ROOM >= least
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::{link_quotes, prepare_string};
    use super::*;
    use crate::model::{Date, DatePrecision, DocumentFrequencies, Language};

    #[track_caller]
    fn check_outlines(a: &str, b: &str, expected: bool) {
        let frequencies = DocumentFrequencies::default();
        let mut outlines = QuoteOutlines::default();
        let quotes = [a, b].map(|text| prepare_string(text, Language::English, &frequencies));
        quotes.iter().for_each(|quote| outlines.push(quote));
        for (one, other) in [(0, 1), (1, 0)] {
            let mut found = vec![7];
            outlines.may_link_into(one, &[other, other], &mut found);
            assert_eq!(found, vec![other; if expected { 2 } else { 0 }]);
        }
        assert!(expected || link_quotes(&quotes[0], &quotes[1]).is_none());
    }

    /// No two of them are one word in two spellings, for which there is only so much [`ROOM`].
    const WORDS: &[&str] = &[
        "we", "will", "it", "was", "not", "the", "a", "to", "rebuild", "harbour", "wall", "stone",
        "winter", "market", "hall", "quarry", "12", "nobody", "tenants",
    ];

    fn words() -> impl Strategy<Value = Vec<&'static str>> {
        prop::collection::vec(prop::sample::select(WORDS), 3..16)
    }

    fn date(hour: i64) -> Date {
        let (precision, text) = (DatePrecision::Second, String::new());
        Date { earliest: hour * 3600, latest: hour * 3600 + 1, precision, text }
    }

    fn spoken<'t>(
        text: &'t str,
        speaker: Option<&'t str>,
        date: Option<&'t Date>,
    ) -> QuoteText<'t> {
        let frequencies = DocumentFrequencies::new(
            900,
            WORDS
                .iter()
                .zip(1..)
                .map(|(word, count)| (crate::text::words(word)[0].hash, 1000 / (count * count))),
        );
        let mut quote = prepare_string(text, Language::English, &frequencies);
        quote.date = date;
        quote.set_speaker(speaker);
        quote
    }

    proptest! {
        #[test]
        fn what_links_may_link(
            (a, b) in (words(), words()),
            common in words(),
            (speaker_a, speaker_b) in (speaker(), speaker()),
            hours in prop::sample::select(vec![None, Some(0), Some(71), Some(80)]),
        ) {
            let text = |own: &[&str]| [&own[..own.len() / 2], &common, &own[own.len() / 2..]].concat().join(" ");
            let (a, b) = (text(&a), text(&b));
            let (first, other) = (date(1000), hours.map(|hours| date(1000 + hours)));
            let quotes = [spoken(&a, speaker_a, Some(&first)), spoken(&b, speaker_b, other.as_ref())];
            let mut outlines = QuoteOutlines::default();
            quotes.iter().for_each(|quote| outlines.push(quote));
            let mut found = Vec::new();
            outlines.may_link_into(0, &[1], &mut found);
            prop_assert!(!found.is_empty() || link_quotes(&quotes[0], &quotes[1]).is_none());
        }
    }

    fn speaker() -> impl Strategy<Value = Option<&'static str>> {
        prop::sample::select(vec![None, Some("Jane Doe"), Some("Doe"), Some("Kowalski Jr.")])
    }

    #[test]
    fn quotes_of_two_speakers_or_occasions_take_more() {
        let a = "We will rebuild the harbour wall, stone by stone, before winter comes.";
        let b = "The harbour kept nobody dry, and by winter the council knew.";
        let check = |speakers: [&str; 2], hours: i64, expected: bool| {
            let dates = [date(1000), date(1000 + hours)];
            let frequencies = DocumentFrequencies::default();
            let mut outlines = QuoteOutlines::default();
            let mut quotes =
                [a, b].map(|text| prepare_string(text, Language::English, &frequencies));
            for (place, quote) in quotes.iter_mut().enumerate() {
                quote.date = Some(&dates[place]);
                quote.set_speaker(Some(speakers[place]));
                outlines.push(quote);
            }
            let mut found = Vec::new();
            outlines.may_link_into(0, &[1], &mut found);
            assert_eq!(!found.is_empty(), expected, "{speakers:?} {hours}");
            assert!(expected || link_quotes(&quotes[0], &quotes[1]).is_none());
        };
        check(["Jane Doe", "Doe"], 0, true);
        check(["Jane Doe", "Doe"], 80, false);
        check(["Jane Doe", "Kowalski"], 0, false);
    }

    #[test]
    fn versions_may_link_and_other_quotes_with_a_run_in_common_do_not() {
        let quote = "We will rebuild the harbour wall, stone by stone, before winter comes.";
        check_outlines(quote, "rebuild the harbour wall … before winter", true);
        check_outlines(quote, "We'll rebuild the harbor wall stone by stone.", true);
        check_outlines(quote, "We will rebuild the confidence of investors in this market.", false);
        check_outlines(quote, "Nobody asked the tenants whether they wanted to move.", false);
        check_outlines("a stray whistle", "a stray whistle", true);
        check_outlines("stray whistle", "stray whistle", false);
        check_outlines("it was not", "it was not", false);
    }
}

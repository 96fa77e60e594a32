//! Quotes in outline: enough of a quote to tell that it is no version of another.
//!
//! Quotes share runs of everyday words by the thousand, and the common ones meet under many keys. To
//! align two costs as much as a hundred looks at their outlines, which take 4 bytes a word and 56
//! for the rest. An outline bounds the information that two quotes can share, first by the words of
//! each that the other may have too ([`Bits`]), and where that is not enough to tell, by a look at the words
//! themselves ([`Concordance`]): a link takes much of the shorter quote, or a long run of words. It takes
//! more between quotes of two occasions, so the outline knows when a quote was printed.

use crate::model::Date;

use super::bits::Bits;
use super::concordance::Concordance;
use super::prepare::QuoteText;
use super::{EVENT_SECONDS, FEWEST_WORDS, SHORT_WORDS, bars};

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
    printed: Printed,
}

/// When a quote was printed: the hours, counted as Unix time, between which it was.
#[derive(Clone, Copy, Debug)]
struct Printed {
    earliest: i32,
    latest: i32,
}

const HOUR: i64 = 3600;

impl Printed {
    /// The hours around a date; all there are when none is known.
    fn around(date: Option<&Date>) -> Self {
        let hour = |second: i64| i32::try_from(second.div_euclid(HOUR)).ok();
        let hours = date.and_then(|date| {
            let latest = hour(date.latest)?.checked_add(1)?;
            Some(Printed { earliest: hour(date.earliest)?, latest })
        });
        hours.unwrap_or(Printed { earliest: i32::MIN, latest: i32::MAX })
    }

    /// Whether two quotes were surely printed on two occasions; those that are nearly too near for it count
    /// as printed on one.
    fn on_two_occasions(self, other: Printed) -> bool {
        let hours = |from: i32, to: i32| i64::from(to) - i64::from(from);
        let apart = hours(self.latest, other.earliest).max(hours(other.latest, self.earliest));
        apart >= EVENT_SECONDS / HOUR
    }
}

impl QuoteOutlines {
    /// Adds the outline of the next quote.
    pub fn push(&mut self, quote: &QuoteText<'_>) {
        let own_words = u8::try_from(quote.core_words()).unwrap_or(u8::MAX);
        let (bits, printed) = (Bits::default(), Printed::around(quote.date));
        let mut outline = Outline { end: 0, bits, total: 0.0, own_words, printed };
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
        let Both { own_words, total, on_two_occasions } = self.both(a, b);
        let least = (least_share(on_two_occasions) * total).min(bars::EXCERPT);
        own_words >= FEWEST_WORDS && suffices(self.weigh(a, b).min(self.weigh(b, a)), least)
    }

    /// The same by the words themselves; those of the quote `a` are looked up.
    fn may_link_by_words(&self, concordance: &mut Concordance<'_>, a: u32, b: u32) -> bool {
        let Both { own_words, total, on_two_occasions } = self.both(a, b);
        let words = self.words_of(b);
        let common = concordance.common(words);
        if own_words <= SHORT_WORDS {
            // One word may be spelled otherwise, and that may be the one that says most.
            let steps = common.steps + common.heaviest_other;
            return f64::from(steps) / STEPS >= bars::SHARE_SHORT * total;
        }
        let mut has_run = |length: usize| concordance.has_run(words, length as u32);
        let links = suffices(common.steps, least_share(on_two_occasions) * total)
            || suffices(common.steps, bars::EXCERPT) && has_run(bars::EXCERPT_WORDS);
        // What was printed on another day and is little says something else.
        links
            && (!on_two_occasions
                || suffices(common.steps, (bars::SHARE_LATER * total).min(bars::LATER))
                || has_run(bars::LATER_WORDS))
    }

    /// What is known of two quotes before their words are looked at.
    fn both(&self, a: u32, b: u32) -> Both {
        let (one, other) = (&self.quotes[a as usize], &self.quotes[b as usize]);
        Both {
            own_words: usize::from(one.own_words.min(other.own_words)),
            total: f64::from(one.total.min(other.total)),
            on_two_occasions: one.printed.on_two_occasions(other.printed),
        }
    }

    /// The information, in steps, of the words of one quote that another may have too.
    fn weigh(&self, quote: u32, other: u32) -> u32 {
        self.quotes[other as usize].bits.weigh(self.words_of(quote))
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
    on_two_occasions: bool,
}

/// The share of the shorter quote's information that the longer one must hold, whoever spoke.
fn least_share(on_two_occasions: bool) -> f64 {
    if on_two_occasions { bars::SHARE } else { bars::SHARE_SAME_EVENT }
}

/// Whether shared information, in steps, can be as much as a link of any kind takes and at least so much, in
/// nats.
fn suffices(steps: u32, least: f64) -> bool {
    f64::from(steps) / STEPS * ROOM >= least.max(bars::SHORT_SAME_WORDS)
}

#[cfg(test)]
mod tests {
    use super::super::{link_quotes, prepare_string};
    use super::*;
    use crate::model::{DatePrecision, DocumentFrequencies, Language};

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

    #[test]
    fn quotes_of_two_occasions_take_more() {
        let a = "We will rebuild the harbour wall, stone by stone, before winter comes.";
        let b = "The harbour wall kept nobody dry, and by winter the council knew.";
        let hour = 3600;
        let date = |hours: i64| Date {
            earliest: hours * hour,
            latest: hours * hour + 1,
            precision: DatePrecision::Second,
            text: String::new(),
        };
        let frequencies = DocumentFrequencies::default();
        for (hours, expected) in [(0, true), (71, true), (-71, true), (75, false), (-75, false)] {
            let dates = [date(1000), date(1000 + hours)];
            let mut outlines = QuoteOutlines::default();
            let quotes: Vec<QuoteText<'_>> = [a, b]
                .into_iter()
                .zip(&dates)
                .map(|(text, date)| {
                    let mut quote = prepare_string(text, Language::English, &frequencies);
                    quote.date = Some(date);
                    quote
                })
                .collect();
            quotes.iter().for_each(|quote| outlines.push(quote));
            let mut found = Vec::new();
            outlines.may_link_into(0, &[1], &mut found);
            assert_eq!(!found.is_empty(), expected, "{hours}");
            assert!(expected || link_quotes(&quotes[0], &quotes[1]).is_none());
        }
        let unknown = Printed::around(None);
        assert!(!unknown.on_two_occasions(Printed::around(Some(&date(0)))));
        assert!(!unknown.on_two_occasions(unknown));
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

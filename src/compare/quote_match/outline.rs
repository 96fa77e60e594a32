//! Quotes in outline: enough of a quote to tell that it is no version of another.
//!
//! Quotes share runs of everyday words by the thousand, and the common ones meet under many keys. To
//! align two costs as much as a hundred looks at their outlines, which take 4 bytes a word and 48
//! for the rest. An outline bounds the information that two quotes can share, first by the words of
//! each that the other may have too, as [`Bitmap`](crate::compare::Bitmap) does for statements, and
//! where that is not enough to tell, by the words that both have: of long quotes every second word
//! may be in the other by the bits alone.

use super::prepare::QuoteText;
use super::{FEWEST_WORDS, bars};
use crate::compare::bitmap::Bits;

/// Information is kept in so many steps a nat, rounded up; eight bits hold that of a word in two of
/// eight million documents.
const STEPS: f64 = 16.0;

/// What words that are spelled otherwise, which the outlines take for different ones, may add to what
/// is shared.
const ROOM: f64 = 1.25;

/// The outlines of quotes 0, 1, 2 … in flat arrays.
#[derive(Debug, Default)]
pub struct QuoteOutlines {
    /// For each word 24 bits of its hash and 8 of its information; sorted within a quote.
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
    /// Whether there are enough of those for a link.
    is_long_enough: bool,
}

impl QuoteOutlines {
    /// Adds the outline of the next quote.
    pub fn push(&mut self, quote: &QuoteText<'_>) {
        let is_long_enough = quote.core_words() >= FEWEST_WORDS;
        let mut outline = Outline { end: 0, bits: Bits::default(), total: 0.0, is_long_enough };
        for word in &quote.words {
            let steps = (word.information.max(0.0) * STEPS).ceil().min(255.0) as u32;
            let word_and_weight = (word.hash as u32) & !0xff | steps;
            outline.bits.insert(word_and_weight);
            if !word.bracketed {
                outline.total += word.information as f32;
            }
            self.words.push(word_and_weight);
        }
        let first = self.quotes.last().map_or(0, |before| before.end);
        self.words[first..].sort_unstable();
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

    /// Whether two quotes may be versions of one utterance.
    pub fn may_link(&self, a: u32, b: u32) -> bool {
        let (one, other) = (&self.quotes[a as usize], &self.quotes[b as usize]);
        let share = bars::SHARE_SAME_EVENT * f64::from(one.total.min(other.total));
        let least = bars::EXCERPT.min(share).max(bars::SHORT_SAME_WORDS);
        let suffices = |steps: u32| f64::from(steps) / STEPS * ROOM >= least;
        one.is_long_enough
            && other.is_long_enough
            && suffices(self.weigh(a, b).min(self.weigh(b, a)))
            && suffices(self.shared(a, b))
    }

    /// The information, in steps, of the words of one quote that another may have too.
    fn weigh(&self, quote: u32, other: u32) -> u32 {
        self.quotes[other as usize].bits.weigh(self.words_of(quote))
    }

    /// The information, in steps, of the words that two quotes have in common.
    fn shared(&self, a: u32, b: u32) -> u32 {
        let (one, other) = (self.words_of(a), self.words_of(b));
        let (mut place_a, mut place_b, mut steps) = (0, 0, 0);
        // Written without branches: which word is next cannot be predicted.
        while place_a < one.len() && place_b < other.len() {
            let (x, y) = (one[place_a], other[place_b]);
            let (word_x, word_y) = (x >> 8, y >> 8);
            steps += (x & 0xff).max(y & 0xff) * u32::from(word_x == word_y);
            place_a += usize::from(word_x <= word_y);
            place_b += usize::from(word_y <= word_x);
        }
        steps
    }

    fn words_of(&self, quote: u32) -> &[u32] {
        let quote = quote as usize;
        let start = if quote == 0 { 0 } else { self.quotes[quote - 1].end };
        &self.words[start..self.quotes[quote].end]
    }
}

#[cfg(test)]
mod tests {
    use super::super::{link_quotes, prepare_string};
    use super::*;
    use crate::model::{DocumentFrequencies, Language};

    #[track_caller]
    fn check_outlines(a: &str, b: &str, expected: bool) {
        let frequencies = DocumentFrequencies::default();
        let mut outlines = QuoteOutlines::default();
        let quotes = [a, b].map(|text| prepare_string(text, Language::English, &frequencies));
        quotes.iter().for_each(|quote| outlines.push(quote));
        assert_eq!(outlines.may_link(0, 1), expected);
        assert_eq!(outlines.may_link(1, 0), expected);
        assert!(expected || link_quotes(&quotes[0], &quotes[1]).is_none());
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

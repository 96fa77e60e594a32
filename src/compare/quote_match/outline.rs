//! Quotes in outline: enough of a quote to tell that it is no version of another.
//!
//! Quotes share runs of everyday words by the thousand, and the common ones meet under many keys. To
//! align two costs as much as a hundred looks at their outlines, which take 4 bytes a word and 48
//! for the rest. An outline bounds the information that two quotes can share, first by the words of
//! each that the other may have too, as `Bitmap` does for statements, and
//! where that is not enough to tell, by a look at the words themselves: a link takes much of the
//! shorter quote, or a long run of words.

use multiversion::multiversion;

use super::prepare::QuoteText;
use super::{FEWEST_WORDS, SHORT_WORDS, bars};
use crate::compare::bitmap::Bits;

/// Information is kept in so many steps a nat, rounded up; eight bits hold that of a word in two of
/// eight million documents.
const STEPS: f64 = 16.0;

/// What words that are spelled otherwise, which the outlines take for different ones, may add to what
/// is shared.
const ROOM: f64 = 1.25;

/// Of two quotes the shorter has at most so many words, or they are aligned without a look at those.
const MOST_WORDS: usize = 128;

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
}

impl QuoteOutlines {
    /// Adds the outline of the next quote.
    pub fn push(&mut self, quote: &QuoteText<'_>) {
        let own_words = u8::try_from(quote.core_words()).unwrap_or(u8::MAX);
        let mut outline = Outline { end: 0, bits: Bits::default(), total: 0.0, own_words };
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

    /// Whether two quotes may be versions of one utterance.
    pub fn may_link(&self, a: u32, b: u32) -> bool {
        let (one, other) = (&self.quotes[a as usize], &self.quotes[b as usize]);
        let own_words = usize::from(one.own_words.min(other.own_words));
        if own_words < FEWEST_WORDS {
            return false;
        }
        let total = f64::from(one.total.min(other.total));
        let much = bars::SHARE_SAME_EVENT * total;
        let suffices = |steps: u32, least: f64| {
            f64::from(steps) / STEPS * ROOM >= least.max(bars::SHORT_SAME_WORDS)
        };
        if !suffices(self.weigh(a, b).min(self.weigh(b, a)), much.min(bars::EXCERPT)) {
            return false;
        }
        let (mut shorter, mut longer) = (self.words_of(a), self.words_of(b));
        if shorter.len() > longer.len() {
            (shorter, longer) = (longer, shorter);
        }
        if shorter.len() > MOST_WORDS {
            return true;
        }
        let common = common_words(shorter, longer);
        if own_words <= SHORT_WORDS {
            // One word may be spelled otherwise, and that may be the one that says most.
            let steps = common.steps + common.heaviest_other;
            return f64::from(steps) / STEPS >= bars::SHARE_SHORT * total;
        }
        let is_excerpt = common.longest_run >= bars::EXCERPT_WORDS as u32;
        suffices(common.steps, much) || is_excerpt && suffices(common.steps, bars::EXCERPT)
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

/// What two quotes have in common, word by word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct CommonWords {
    /// The information, in steps, of the words of the shorter quote that stand in the longer one.
    steps: u32,
    /// The most that one of its other words says, in steps.
    heaviest_other: u32,
    /// The words of the longest run that both have; one word in it may be another, for it may be the same
    /// in another spelling.
    longest_run: u32,
}

/// For each word of a quote the length of the run that ends with it, after a place for no word.
type Runs = [u32; MOST_WORDS + 1];
const NO_RUNS: Runs = [0; MOST_WORDS + 1];

/// Compares every word with every other, of the shorter quote at most [`MOST_WORDS`]. Written without
/// branches, so that it becomes vector code.
#[multiversion(targets("x86_64+avx2", "x86_64+sse4.1"))]
fn common_words(shorter: &[u32], longer: &[u32]) -> CommonWords {
    let count = shorter.len().min(MOST_WORDS);
    // The runs that end with each word of the shorter quote, those of equal words and those with one
    // other among them: up to the last word of the longer quote, and up to the one in work.
    let (mut last, mut now) = (&mut [NO_RUNS; 2], &mut [NO_RUNS; 2]);
    let (mut seen, mut longest) = ([0u32; MOST_WORDS], [0u32; MOST_WORDS]);
    for &word in longer {
        let [equal, alike] = &*last;
        let [equal_now, alike_now] = &mut *now;
        for place in 0..count {
            let same = u32::from(shorter[place] >> 8 == word >> 8).wrapping_neg();
            equal_now[place + 1] = (equal[place] + 1) & same;
            let run = (alike[place].max(equal[place]) + 1) & same;
            let interrupted = (equal[place] + u32::from(equal[place] > 0)) & !same;
            alike_now[place + 1] = run | interrupted;
            longest[place] = longest[place].max(run);
            seen[place] |= same;
        }
        std::mem::swap(&mut last, &mut now);
    }
    let steps = || shorter.iter().map(|&word| word & 0xff).zip(seen);
    CommonWords {
        steps: steps().map(|(steps, seen)| steps & seen).sum(),
        heaviest_other: steps().map(|(steps, seen)| steps & !seen).max().unwrap_or(0),
        longest_run: longest[..count].iter().copied().max().unwrap_or(0),
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

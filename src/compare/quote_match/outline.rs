//! Quotes in outline: enough of a quote to tell that it is no version of another.
//!
//! Quotes share runs of everyday words by the thousand, and the common ones meet under many keys. To
//! align two costs as much as a hundred looks at their outlines, which take 4 bytes a word and 48
//! for the rest. An outline bounds the information that two quotes can share, first by the words of
//! each that the other may have too ([`Bits`]), and where that is not enough to tell, by a look at the words
//! themselves ([`Concordance`]): a link takes much of the shorter quote, or a long run of words.

use super::prepare::QuoteText;
use super::{FEWEST_WORDS, SHORT_WORDS, bars};
use crate::compare::bits::Bits;

/// Information is kept in so many steps a nat, rounded up; eight bits hold that of a word in two of
/// eight million documents.
const STEPS: f64 = 16.0;

/// What words that are spelled otherwise, which the outlines take for different ones, may add to what
/// is shared.
const ROOM: f64 = 1.25;

/// Runs of words are looked for in quotes of a thousand words each.
const MOST_PLACES: usize = 1 << 20;

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
        let (own_words, total) = self.shorter(a, b);
        let least = (bars::SHARE_SAME_EVENT * total).min(bars::EXCERPT);
        own_words >= FEWEST_WORDS && suffices(self.weigh(a, b).min(self.weigh(b, a)), least)
    }

    /// The same by the words themselves; those of the quote `a` are looked up.
    fn may_link_by_words(&self, concordance: &mut Concordance<'_>, a: u32, b: u32) -> bool {
        let (own_words, total) = self.shorter(a, b);
        let words = self.words_of(b);
        let common = concordance.common(words);
        if own_words <= SHORT_WORDS {
            // One word may be spelled otherwise, and that may be the one that says most.
            let steps = common.steps + common.heaviest_other;
            return f64::from(steps) / STEPS >= bars::SHARE_SHORT * total;
        }
        suffices(common.steps, bars::SHARE_SAME_EVENT * total)
            || suffices(common.steps, bars::EXCERPT)
                && concordance.has_run(words, bars::EXCERPT_WORDS as u32)
    }

    /// Of two quotes the fewer words that are the speaker's own, and the lesser information of those.
    fn shorter(&self, a: u32, b: u32) -> (usize, f64) {
        let (one, other) = (&self.quotes[a as usize], &self.quotes[b as usize]);
        let own_words = usize::from(one.own_words.min(other.own_words));
        (own_words, f64::from(one.total.min(other.total)))
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

/// Whether shared information, in steps, can be as much as a link of any kind takes and at least so much, in
/// nats.
fn suffices(steps: u32, least: f64) -> bool {
    f64::from(steps) / STEPS * ROOM >= least.max(bars::SHORT_SAME_WORDS)
}

/// What two quotes have in common.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct CommonWords {
    /// The information, in steps, of the words of the shorter quote that stand in the longer one.
    steps: u32,
    /// The most that one of its other words says, in steps.
    heaviest_other: u32,
}

/// The words of a quote with the places where each stands, to be held against many other quotes: each word
/// of those is looked up, so that it takes no more than it has words.
struct Concordance<'o> {
    words: &'o [u32],
    entries: Vec<Entry>,
    /// The number of an entry and one, or 0, at the place that a word names or behind it.
    slots: Vec<u32>,
    /// For each place the last one before it where the same word stands.
    before: Vec<u32>,
    /// How many quotes were held against this one.
    round: u32,
    /// The runs of words that both quotes have, by how far their places in the two are apart.
    runs: Vec<Run>,
}

/// A word of a quote.
struct Entry {
    word: u32,
    /// The last place where it stands.
    last: u32,
    /// What its uses say together, in steps.
    steps: u32,
    /// The most that one of them says.
    heaviest: u32,
    /// The last round in which the other quote had it.
    seen: u32,
}

/// The words up to one that both quotes have.
#[derive(Clone, Copy, Default)]
struct Run {
    /// The place behind that word in the other quote.
    end: u32,
    /// How many in a row both have, and how many where one of them may be another: it may be the same in
    /// another spelling.
    equal: u32,
    alike: u32,
}

/// No place.
const NOWHERE: u32 = u32::MAX;

impl<'o> Concordance<'o> {
    fn of(words: &'o [u32]) -> Concordance<'o> {
        let slots = vec![0; (4 * words.len()).next_power_of_two()];
        let before = Vec::with_capacity(words.len());
        let (entries, runs) = Default::default();
        let mut concordance = Concordance { words, entries, slots, before, round: 0, runs };
        for (place, &word) in (0..).zip(words) {
            let (slot, found) = concordance.find(word);
            let number = found.unwrap_or_else(|| {
                let (last, steps, heaviest, seen) = (NOWHERE, 0, 0, 0);
                let entry = Entry { word: word >> 8, last, steps, heaviest, seen };
                concordance.entries.push(entry);
                concordance.slots[slot] = concordance.entries.len() as u32;
                concordance.entries.len() - 1
            });
            let entry = &mut concordance.entries[number];
            concordance.before.push(entry.last);
            entry.last = place;
            entry.steps += word & 0xff;
            entry.heaviest = entry.heaviest.max(word & 0xff);
        }
        concordance
    }

    /// The slot of a word, and the number of its entry.
    #[inline]
    fn find(&self, word: u32) -> (usize, Option<usize>) {
        let mask = self.slots.len() - 1;
        let mut slot = (word >> 8) as usize & mask;
        // Most slots are free, so one is met soon.
        loop {
            let Some(number) = (self.slots[slot] as usize).checked_sub(1) else {
                return (slot, None);
            };
            if self.entries[number].word == word >> 8 {
                return (slot, Some(number));
            }
            slot = (slot + 1) & mask;
        }
    }

    /// What the words of another quote have in common with those of this one.
    fn common(&mut self, others: &[u32]) -> CommonWords {
        let mut common = CommonWords { steps: 0, heaviest_other: 0 };
        if others.len() < self.words.len() {
            for &word in others {
                match self.find(word) {
                    (_, Some(_)) => common.steps += word & 0xff,
                    _ => common.heaviest_other = common.heaviest_other.max(word & 0xff),
                }
            }
            return common;
        }
        self.round += 1;
        for &word in others {
            if let (_, Some(number)) = self.find(word) {
                self.entries[number].seen = self.round;
            }
        }
        for entry in &self.entries {
            if entry.seen == self.round {
                common.steps += entry.steps;
            } else {
                common.heaviest_other = common.heaviest_other.max(entry.heaviest);
            }
        }
        common
    }

    /// Whether another quote has a run of so many words of this one, of which one within may be another; of
    /// very long quotes it is not found out, for every place of a word may stand beside every other.
    fn has_run(&mut self, others: &[u32], least: u32) -> bool {
        if self.words.len().saturating_mul(others.len()) > MOST_PLACES {
            return true;
        }
        self.runs.clear();
        self.runs.resize(self.words.len() + others.len(), Run::default());
        for (at, &word) in (0u32..).zip(others) {
            let (_, Some(number)) = self.find(word) else { continue };
            let mut place = self.entries[number].last;
            while place != NOWHERE {
                let run = &mut self.runs[self.words.len() + at as usize - place as usize];
                *run = match at.checked_sub(run.end) {
                    _ if run.equal == 0 => Run { end: at + 1, equal: 1, alike: 1 },
                    Some(0) => Run { end: at + 1, equal: run.equal + 1, alike: run.alike + 1 },
                    Some(1) => Run { end: at + 1, equal: 1, alike: run.equal + 2 },
                    _ => Run { end: at + 1, equal: 1, alike: 1 },
                };
                if run.alike >= least {
                    return true;
                }
                place = self.before[place as usize];
            }
        }
        false
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::{link_quotes, prepare_string};
    use super::*;
    use crate::model::{DocumentFrequencies, Language};

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

    /// By definition: every word beside every other.
    fn by_definition(own: &[u32], others: &[u32]) -> (CommonWords, u32) {
        let (shorter, longer) =
            if own.len() <= others.len() { (own, others) } else { (others, own) };
        let same = |one: u32, other: u32| one >> 8 == other >> 8;
        let (seen, unseen): (Vec<u32>, Vec<u32>) =
            shorter.iter().partition(|&&word| longer.iter().any(|&other| same(word, other)));
        let common = CommonWords {
            steps: seen.iter().map(|word| word & 0xff).sum(),
            heaviest_other: unseen.iter().map(|word| word & 0xff).max().unwrap_or(0),
        };
        let mut longest = 0;
        for (from, start) in
            (0..own.len()).flat_map(|from| (0..others.len()).map(move |to| (from, to)))
        {
            let pairs =
                own[from..].iter().zip(&others[start..]).map(|(&one, &other)| same(one, other));
            let (mut apart, mut length) = (0, 0);
            for (place, same) in (1..).zip(pairs) {
                apart += u32::from(!same);
                // A run begins and ends with words that both have.
                if apart > 1 || place == 1 && !same {
                    break;
                }
                length = if same { place } else { length };
            }
            longest = longest.max(length);
        }
        (common, longest)
    }

    proptest! {
        #[test]
        fn a_concordance_finds_what_every_word_beside_every_other_shows(
            own in prop::collection::vec((1u32..7, 1u32..4), 0..24),
            others in prop::collection::vec(prop::collection::vec((1u32..7, 1u32..4), 0..24), 1..4),
        ) {
            // What a word says does not hang on the word alone.
            let words = |words: &[(u32, u32)]| -> Vec<u32> {
                words.iter().map(|(word, steps)| word << 20 | steps).collect()
            };
            let own = words(&own);
            let mut concordance = Concordance::of(&own);
            for others in others {
                let others = words(&others);
                let (common, longest) = by_definition(&own, &others);
                prop_assert_eq!(concordance.common(&others), common);
                for least in 1..26 {
                    prop_assert_eq!(concordance.has_run(&others, least), least <= longest);
                }
            }
        }
    }
}

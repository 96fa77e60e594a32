//! The words of a quote with the places where each stands, to be held against many other quotes.
//!
//! Every word beside every other takes the product of the lengths of two quotes; here each word of the other
//! quote is looked up, so that it takes as many steps as that has words. Runs of words are followed along
//! diagonals, as in the alignment of sequences.

/// Runs of words are looked for in quotes of a thousand words each.
const MOST_PLACES: usize = 1 << 20;

/// What two quotes have in common.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct CommonWords {
    /// The information, in steps, of the words of the shorter quote that stand in the longer one.
    pub(super) steps: u32,
    /// The most that one of its other words says, in steps.
    pub(super) heaviest_other: u32,
}

/// The words of a quote, held against one other quote after the other.
pub(super) struct Concordance<'o> {
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
    /// The words of a quote, each 24 bits of its hash above 8 of its information in steps.
    pub(super) fn of(words: &'o [u32]) -> Concordance<'o> {
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
    pub(super) fn common(&mut self, others: &[u32]) -> CommonWords {
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
    pub(super) fn has_run(&mut self, others: &[u32], least: u32) -> bool {
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
                let (equal, alike) = match at.checked_sub(run.end) {
                    Some(0) => (run.equal + 1, run.alike + 1),
                    Some(1) if run.equal > 0 => (1, run.equal + 2),
                    _ => (1, 1),
                };
                *run = Run { end: at + 1, equal, alike };
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

    use super::*;

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

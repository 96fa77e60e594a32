//! Lists inside of passages: goods, countries, members of a body.
//!
//! Who speaks of one list twice names its items in the same order and says another thing of them, so
//! that the items alone are no text.

use crate::text::Word;

use super::common_words::common_sorted;

/// An item of a list has up to so many words.
const WORDS_OF_AN_ITEM: usize = 3;
/// A list of fewer words is none that two could share.
const WORDS_OF_A_LIST: usize = 5;
/// Two lists are one with this share of the shorter one's words.
const ONE_LIST: f64 = 0.5;
/// So many words outside of a list say something of it…
const WORDS_OUTSIDE: usize = 4;
/// …and another thing if less than this share of them is the same.
const HELD_OUTSIDE: f64 = 0.2;

/// The words of a passage, by their hashes, sorted.
#[derive(Debug, Default)]
pub(super) struct Listed {
    inside: Vec<u64>,
    outside: Vec<u64>,
}

impl Listed {
    /// Parts the words of a text into those of its lists and those outside of them: a list is what
    /// stands between two or more commas, a few words apart, with a word before the first and an item
    /// or two behind the last.
    pub(super) fn of(text: &str, words: &[Word]) -> Listed {
        let between = |pair: &[Word]| {
            text[pair[0].span.end as usize..pair[1].span.start as usize].contains(',')
        };
        let mut commas = (0..words.len())
            .filter(|&place| words[place..].len() > 1 && between(&words[place..place + 2]))
            .peekable();
        let mut listed = Listed::default();
        let hashes = |words: &[Word]| words.iter().map(|word| word.hash).collect::<Vec<_>>();
        let mut parted = 0;
        while let Some(first) = commas.next() {
            let mut last = first;
            while let Some(next) = commas.next_if(|&next| next - last <= WORDS_OF_AN_ITEM) {
                last = next;
            }
            if last > first {
                let start = first.max(parted);
                let end = (last + 1 + 2 * WORDS_OF_AN_ITEM).clamp(start, words.len());
                listed.outside.extend(hashes(&words[parted..start]));
                listed.inside.extend(hashes(&words[start..end]));
                parted = end;
            }
        }
        listed.outside.extend(hashes(&words[parted..]));
        listed.inside.sort_unstable();
        listed.outside.sort_unstable();
        listed
    }

    /// Whether two passages share a list and say different things of it.
    pub(super) fn shares_only_list(&self, other: &Listed) -> bool {
        let least = |of: fn(&Listed) -> &Vec<u64>| of(self).len().min(of(other).len());
        least(|listed| &listed.inside) >= WORDS_OF_A_LIST
            && least(|listed| &listed.outside) >= WORDS_OUTSIDE
            && common_sorted(&self.inside, &other.inside) >= ONE_LIST
            && common_sorted(&self.outside, &other.outside) < HELD_OUTSIDE
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::words;

    #[test]
    fn a_list_is_no_text() {
        let check = |a: &str, b: &str, expected: bool| {
            let [a, b] = [a, b].map(|text| Listed::of(text, &words(text)));
            assert_eq!(a.shares_only_list(&b), expected);
            assert_eq!(b.shares_only_list(&a), expected);
        };
        let yards = "Too little is spent on ropes, buoys, lanterns and tarred or oiled sails, he found, \
                     while taverns are built all along the shore.";
        let crowns = "Crowns shall go to ropes, buoys, lanterns, tarred and oiled sails instead.";
        check(yards, crowns, true);
        // The same is said of it, or nothing at all.
        check(yards, "He found too little spent on ropes, buoys, lanterns and oiled sails.", false);
        check(yards, "ropes, buoys, lanterns and tarred or oiled sails", false);
        // Another list, and a text with commas that are far apart.
        check(
            yards,
            "Crowns shall go to herring, cod, mussels, smoked and salted eels instead.",
            false,
        );
        check(
            "The harbour of the twin towns, which a storm had closed for weeks, was opened, she said.",
            "After a storm that had closed it for weeks, the harbour of the twin towns, she said, is open.",
            false,
        );
    }
}

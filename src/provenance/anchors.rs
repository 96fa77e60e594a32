//! What a passage anchors on: the figures and names that tell the occasions of a form apart.

use crate::model::Language;
use crate::text::{Word, words, written_number};

use super::cluster::Collection;
use super::occasion_words::{OccasionWord, occasion_word};

/// A word in at most this share of the documents is rare.
const RARE_SHARE: f64 = 0.01;

/// A word in at most this share of the documents is of one story, whatever kind of word it is; a form
/// that is printed now and then is in more.
const SHARE_OF_ONE_STORY: f64 = 0.002;

/// And a figure in at most this share.
const SHARE_OF_ONE_FIGURE: f64 = 0.0005;
/// In a small collection a word of one story is in up to so many documents, as all that print it have it.
const DOCUMENTS_OF_ONE_STORY: f64 = 20.0;
/// Up to so many words that any story can have are a stock phrase.
/// Of the numbers written as words these count something; "one" is an article too, and "hundred" is
/// a part of a number.
const COUNTED: std::ops::Range<u64> = 2..100;

/// What tells the occasions of a form apart.
#[derive(Clone, Debug, Default)]
pub(super) struct Anchors {
    /// Its figures, sorted, and how rare each is.
    pub(super) figures: Vec<(String, Rarity)>,
    /// The hashes of its rare names, sorted, each once.
    pub(super) rare_names: Vec<u64>,
    /// The first of them in the text: whom or what it is about, most often.
    pub(super) first_name: Option<u64>,
    /// The hashes of its words that are of one story, sorted, each once.
    pub(super) story_words: Vec<u64>,
    /// The hashes of its words that not any text can have, sorted, each once: words of one story, rare
    /// names and rare figures, all a little more often in a small collection.
    pub(super) telling_words: Vec<u64>,
    /// The number of its words that are no figures.
    pub(super) words: usize,
    /// It speaks of "today" or "yesterday".
    pub(super) is_of_its_day: bool,
    /// It says that something goes up, and that something goes down.
    pub(super) goes_up: bool,
    pub(super) goes_down: bool,
    /// The month that it names first: that of its figures, most often.
    pub(super) first_month: Option<u8>,
    /// All months that it names, a bit each.
    pub(super) months: u16,
    /// The hashes of its first three words.
    pub(super) beginning: [u64; 3],
}

/// In how few documents a figure is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Rarity {
    Common,
    Rare,
    /// As good as none but those of one story have it: "854,000".
    OfOneStory,
}

impl Anchors {
    /// The anchors of a text in a language.
    pub(super) fn of(text: &str, language: Language, collection: Collection<'_>) -> Anchors {
        let frequencies = collection.frequencies;
        let most = RARE_SHARE * f64::from(frequencies.documents());
        let count = |word: &Word| f64::from(frequencies.count(word.hash));
        let most_of_one_story = SHARE_OF_ONE_STORY * f64::from(frequencies.documents());
        let most_own = (SHARE_OF_ONE_FIGURE * f64::from(frequencies.documents())).max(2.0);
        let found = words(text);
        let is_telling = |word: &Word, count: f64| {
            let is_of_one =
                word.span.of(text).starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit());
            let most = if is_of_one { most } else { most_of_one_story };
            count <= most.max(DOCUMENTS_OF_ONE_STORY)
        };
        let mut anchors = Anchors::default();
        for (own, word) in anchors.beginning.iter_mut().zip(&found) {
            *own = word.hash;
        }
        let mut place = 0;
        while place < found.len() {
            let last = last_of_figure(text, &found, place);
            let parts = &found[place..=last];
            if parts.iter().any(|word| starts_with_digit(text, word)) {
                let figure = found[place].span.cover(found[last].span).of(text).to_owned();
                let mut least = f64::INFINITY;
                for part in parts {
                    let count = count(part);
                    least = least.min(count);
                    if is_telling(part, count) {
                        anchors.telling_words.push(part.hash);
                    }
                }
                let rarity = match least {
                    least if least <= most_own => Rarity::OfOneStory,
                    least if least <= most.max(2.0) => Rarity::Rare,
                    _ => Rarity::Common,
                };
                anchors.figures.push((figure, rarity));
                place = last + 1;
                continue;
            }
            let word = found[place];
            let count = count(&word);
            if is_telling(&word, count) {
                anchors.telling_words.push(word.hash);
            }
            let value = written_number(word.hash, language);
            if is_grade(word.span.of(text)) {
                anchors.figures.push((word.span.of(text).to_owned(), Rarity::Common));
            } else if let Some(value) = value.filter(|value| COUNTED.contains(value)) {
                anchors.figures.push((value.to_string(), Rarity::Common));
            } else if word.span.of(text).starts_with(char::is_uppercase) && count <= most.max(2.0) {
                // A rare word with a capital is a name at the start of a sentence too, most often.
                anchors.rare_names.push(word.hash);
                anchors.first_name = anchors.first_name.or(Some(word.hash));
            }
            if count <= most_of_one_story.max(2.0) {
                anchors.story_words.push(word.hash);
            }
            match occasion_word(word.hash, language) {
                Some(OccasionWord::Day) => anchors.is_of_its_day = true,
                Some(OccasionWord::Up) => anchors.goes_up = true,
                Some(OccasionWord::Down) => anchors.goes_down = true,
                // English writes months like names, which tells them from "may" and "march".
                Some(OccasionWord::Month(month))
                    if language != Language::English
                        || word.span.of(text).starts_with(char::is_uppercase) =>
                {
                    anchors.first_month = anchors.first_month.or(Some(month));
                    anchors.months |= 1 << month;
                }
                _ => {}
            }
            anchors.words += 1;
            place += 1;
        }
        anchors.figures.sort();
        for words in [&mut anchors.rare_names, &mut anchors.story_words, &mut anchors.telling_words]
        {
            words.sort_unstable();
            words.dedup();
        }
        anchors
    }

    /// Whether something that not any text can have stands in both.
    pub(super) fn share_telling(&self, other: &Anchors) -> bool {
        share(&self.telling_words, &other.telling_words)
    }

    /// Whether a figure of one story stands in both.
    pub(super) fn share_own_figure(&self, other: &Anchors) -> bool {
        let own = self.figures.iter().filter(|(_, rarity)| *rarity == Rarity::OfOneStory);
        let mut shared = own.filter(|own| other.figures.binary_search(own).is_ok());
        shared.next().is_some()
    }

    /// Whether a rare name stands in both.
    pub(super) fn share_rare_name(&self, other: &Anchors) -> bool {
        share(&self.rare_names, &other.rare_names)
    }
    pub(super) fn goes_only_up(&self) -> bool {
        self.goes_up && !self.goes_down
    }

    pub(super) fn goes_only_down(&self) -> bool {
        self.goes_down && !self.goes_up
    }
}

/// Whether one of some hashes is among others; both are sorted.
pub(super) fn share(ours: &[u64], theirs: &[u64]) -> bool {
    ours.iter().any(|word| theirs.binary_search(word).is_ok())
}

/// The last word of the figure that begins with a word, or the word itself: "37-1/2", "1986/87" and
/// "Baa-2" are one figure.
fn last_of_figure(text: &str, words: &[Word], first: usize) -> usize {
    let mut last = first;
    while let Some(next) = words.get(last + 1)
        && matches!(between(text, words[last], *next), "-" | "/")
        && starts_with_digit(text, next)
    {
        last += 1;
    }
    last
}

/// Whether a word is a grade ("AA", "BBB"), which tells occasions apart as figures do; lower ones are
/// names of bodies more often ("CCC").
fn is_grade(word: &str) -> bool {
    let mut letters = word.bytes();
    let first = letters.next().filter(|letter| matches!(letter, b'A' | b'B'));
    matches!(word.len(), 2..=3) && letters.all(|letter| Some(letter) == first)
}

fn starts_with_digit(text: &str, word: &Word) -> bool {
    word.span.of(text).starts_with(|c: char| c.is_ascii_digit())
}

/// The text between two words.
fn between(text: &str, word: Word, next: Word) -> &str {
    &text[word.span.end as usize..next.span.start as usize]
}

//! What is known of a word whatever document it stands in: its form, its stem, its classes, how
//! common it is. A collection uses few different words many times, so it is found out once and
//! remembered; to stem a word costs as much as to look it up fifty times.

use std::cmp::Reverse;
use std::collections::HashMap;

use crate::model::{DocumentFrequencies, HashedMap, Language};
use crate::text::{Word, fold, words};

use super::lexicon::{Classes, Lexicon};
use super::stem::{Stems, hash};
use super::weight::Weigher;

/// Endings of Slavic nouns that differ between subject and object (masculine nouns without an
/// ending and neuter ones do not).
const TELLING_ENDINGS: [char; 9] = ['а', 'я', 'у', 'ю', 'ы', 'и', 'і', 'й', 'м'];

/// What is known of a word. 24 bytes.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Facts {
    /// Its inverse document frequency, in nats.
    pub(super) counted: f64,
    /// Hash of the folded form.
    pub(super) form: u32,
    /// Hash of the stem.
    pub(super) stem: u32,
    /// The classes that hang on the word alone.
    pub(super) classes: Classes,
    /// Its length in characters, at most 255.
    pub(super) letters: u8,
    /// The number of its stem among those of the most common function words.
    pub(super) common_function: Option<u8>,
}

/// So many stems of function words are numbered, the most common ones first: four in five uses of a
/// function word are of those.
pub(super) const COMMON_FUNCTIONS: usize = 56;

/// A language's memory starts anew at this many words: text without end has words without end.
const MOST_WORDS: usize = 1 << 19;

/// The words met so far, by language.
pub(super) struct Vocabulary<'f> {
    frequencies: &'f DocumentFrequencies,
    languages: Vec<Known>,
}

impl std::fmt::Debug for Vocabulary<'_> {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let words = self.languages.iter().map(|known| (known.language, known.facts.len()));
        formatter.debug_map().entries(words).finish()
    }
}

/// The words of one language.
struct Known {
    language: Language,
    stems: Stems,
    lexicon: &'static Lexicon,
    /// The stems of function words, with the numbers of the most common ones.
    function_stems: HashMap<u32, Option<u8>>,
    /// The most that a function word with each of those stems weighs.
    common_functions: [f32; COMMON_FUNCTIONS],
    facts: HashedMap<Facts>,
    /// The words met last, each at the place its hash names. Most uses are of few words, and those
    /// are found here without a way through the whole map, which lies outside the near caches.
    recent: Vec<Recent>,
}

/// A word met before.
#[derive(Clone, Copy)]
struct Recent {
    hash: u64,
    facts: Facts,
}

/// Places for the words met last, at 32 bytes each.
const RECENT: usize = 1 << 16;

/// The place of a word among those met last.
#[inline]
fn recent_place(hash: u64) -> usize {
    hash as usize % RECENT
}

impl<'f> Vocabulary<'f> {
    pub(super) fn new(frequencies: &'f DocumentFrequencies) -> Self {
        Vocabulary { frequencies, languages: Vec::new() }
    }

    /// What weighs the words.
    pub(super) fn weigher(&self) -> Weigher<'f> {
        Weigher::new(self.frequencies)
    }

    /// Appends what is known of each of some words of a text.
    pub(super) fn facts_into(
        &mut self,
        (text, language): (&str, Language),
        words: &[Word],
        out: &mut Vec<Facts>,
    ) {
        let weigher = self.weigher();
        let known = self.known(language);
        let first = out.len();
        // What stands at each word's place is fetched before any of it is looked at, for most places lie
        // outside the nearest cache, and many can be on their way at a time.
        out.extend(words.iter().map(|word| known.recent[recent_place(word.hash)].facts));
        for (word, facts) in words.iter().zip(&mut out[first..]) {
            let written = word.span.of(text);
            let recent = &known.recent[recent_place(word.hash)];
            // In scripts without spaces the hash belongs to two characters, not to one.
            let is_simple = written.as_bytes().first().is_some_and(|&byte| byte < 0xe0);
            *facts = match is_simple {
                false => known.find_out(written, word.hash, weigher),
                // It may have been put there for a word before.
                true if recent.hash == word.hash => recent.facts,
                true => known.remembered(written, word.hash, weigher),
            };
        }
    }

    /// The most that a function word with each of the numbered stems weighs, whatever frame it stands in.
    pub(super) fn common_functions(&mut self, language: Language) -> &[f32; COMMON_FUNCTIONS] {
        &self.known(language).common_functions
    }

    fn known(&mut self, language: Language) -> &mut Known {
        let place = self.languages.iter().position(|known| known.language == language);
        let place = place.unwrap_or_else(|| {
            let (stems, lexicon) = (Stems::of(language), Lexicon::of(language));
            let (function_stems, common_functions) =
                function_words(lexicon, &stems, self.frequencies);
            self.languages.push(Known {
                language,
                stems,
                lexicon,
                function_stems,
                common_functions,
                facts: HashedMap::default(),
                recent: (0..RECENT).map(Recent::none).collect(),
            });
            self.languages.len() - 1
        });
        &mut self.languages[place]
    }
}

impl Recent {
    /// What stands at a place before any word does: a word whose place is another one.
    fn none(place: usize) -> Self {
        Recent { hash: !(place as u64), facts: Facts::default() }
    }
}

impl Known {
    /// What is known of a word that is not among those met last; now it is.
    fn remembered(&mut self, written: &str, hash: u64, weigher: Weigher<'_>) -> Facts {
        let facts = match self.facts.get(&hash) {
            Some(facts) => *facts,
            None => {
                let facts = self.find_out(written, hash, weigher);
                if self.facts.len() >= MOST_WORDS {
                    self.facts.clear();
                }
                self.facts.insert(hash, facts);
                facts
            }
        };
        self.recent[recent_place(hash)] = Recent { hash, facts };
        facts
    }

    fn find_out(&self, written: &str, word_hash: u64, weigher: Weigher<'_>) -> Facts {
        let folded = fold(written);
        let mut classes = self.lexicon.classes(&folded);
        if folded.bytes().any(|byte| byte.is_ascii_digit()) {
            classes = classes.with(Classes::NUMBER);
        }
        if classes.has(Classes::DATE) && (folded == "may" || folded == "march") {
            classes = classes.with(Classes::DATE_IF_CAPITAL);
        }
        let form = hash(&folded);
        if self.lexicon.opens_frame(form) {
            classes = classes.with(Classes::OPENS_FRAME);
        }
        let stem = self.stems.stem(&folded);
        let common_function = self.function_stems.get(&stem);
        if common_function.is_some() {
            classes = classes.with(Classes::FUNCTION_STEM);
        }
        let declines = matches!(self.language, Language::Russian | Language::Ukrainian);
        if declines && folded.ends_with(TELLING_ENDINGS) {
            classes = classes.with(Classes::CASED);
        }
        Facts {
            counted: weigher.counted(word_hash),
            form,
            stem,
            classes,
            letters: letters(&folded),
            common_function: common_function.copied().flatten(),
        }
    }
}

fn letters(word: &str) -> u8 {
    word.chars().count().min(255) as u8
}

/// The stems of all function words, the most common ones with a number, and for each number the most
/// that a function word with the stem weighs.
fn function_words(
    lexicon: &Lexicon,
    stems: &Stems,
    frequencies: &DocumentFrequencies,
) -> (HashMap<u32, Option<u8>>, [f32; COMMON_FUNCTIONS]) {
    /// What is known of a stem.
    #[derive(Default)]
    struct Uses {
        documents: u64,
        heaviest: f32,
    }
    let weigher = Weigher::new(frequencies);
    let mut uses: HashMap<u32, Uses> = HashMap::new();
    for (word, classes) in lexicon.words().filter(|(_, classes)| classes.has(Classes::FUNCTION)) {
        let uses = uses.entry(stems.stem(word)).or_default();
        // A word that is written apart is met in parts, which have classes of their own.
        for part in words(word) {
            let weight = weigher.weight(letters(word), classes, weigher.counted(part.hash));
            uses.documents += u64::from(frequencies.count(part.hash));
            uses.heaviest = uses.heaviest.max(weight);
        }
    }
    let mut ranked: Vec<(Reverse<u64>, u32)> =
        uses.iter().map(|(&stem, uses)| (Reverse(uses.documents), stem)).collect();
    ranked.sort_unstable();
    let mut heaviest = [0.0; COMMON_FUNCTIONS];
    let numbered = ranked.iter().enumerate().map(|(number, &(_, stem))| {
        let place = heaviest.get_mut(number);
        let is_common = place.map(|place| *place = uses[&stem].heaviest);
        (stem, is_common.map(|()| number as u8))
    });
    (numbered.collect(), heaviest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_known_alike_wherever_it_stands() {
        let text = "Stone by stone, the Stones laid 12 stones in May; by May the stone lay. 石石石";
        let frequencies = DocumentFrequencies::new(7, [(words("stone")[0].hash, 3)]);
        let all = words(text);
        let (mut vocabulary, mut met) = (Vocabulary::new(&frequencies), Vec::new());
        // All at once, all at once again when they are known, and each for itself.
        vocabulary.facts_into((text, Language::English), &all, &mut met);
        vocabulary.facts_into((text, Language::English), &all, &mut met);
        for word in &all {
            let mut vocabulary = Vocabulary::new(&frequencies);
            vocabulary.facts_into((text, Language::English), &[*word], &mut met);
        }
        let of = |facts: &Facts| (facts.form, facts.stem, facts.classes, facts.counted.to_bits());
        let [first, again, alone] = [0, 1, 2].map(|round| {
            met[round * all.len()..(round + 1) * all.len()].iter().map(of).collect::<Vec<_>>()
        });
        assert_eq!(first, alone);
        assert_eq!(again, alone);
        let is_number = |place: usize| met[place].classes.has(Classes::NUMBER);
        assert_eq!([5, 6, 7].map(is_number), [false, true, false]);
    }
}

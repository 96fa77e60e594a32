//! Is a quote a translation of a quote in another language?
//!
//! A translation shares no words with its original, but it says the same things. So each word is
//! turned into what it means whatever the language ([`meanings`]): a row of a table of meanings, the
//! value of a number, or the sounds of a name or an international word ([`name_sounds`]). Two quotes are
//! versions of one utterance when the meanings they have in common weigh enough and are a large part
//! of what both say. Dictionary-based retrieval across languages works the same way (Pirkola 1998);
//! no model and no sentence vectors are needed, and every link can be explained word by word.
//!
//! What is printed in two languages is seldom rendered word by word, and the table does not hold
//! every word, so a link also asks who speaks and when: the same person within days needs little,
//! nameless speakers more, and two different names much.

mod keys;
mod meanings;
#[cfg(test)]
mod tests;

use std::collections::HashMap;

use xxhash_rust::xxh3::xxh3_64;

use super::changed_speech;
use super::classes::{WordClass, classify};
use super::prepare::{QuoteText, QuoteWord};
use crate::model::{Drift, DriftKind, HashedMap, Language, QuoteMatch, Variant};
use crate::text::{fold, name_sounds, root_sounds};

pub use keys::TranslationKeys;
use meanings::{LANGUAGES, Meanings};

/// Translations of one utterance are printed within so many seconds of each other, most often.
const NEAR_SECONDS: i64 = 14 * 24 * 3600;

/// What two quotes in different languages must have in common: the weight of their common meanings
/// ([`Word::weight`]), and its share of what the shorter one says.
///
/// Chosen on the stories of `benches/translations/chosen_on.jsonl`, where other statements of the same
/// person on the same matter reach a weight of 4.5 at most, and on German and English news that have no
/// quote in common.
mod bars {
    /// One speaker within days; what has no date can be of any day.
    pub(super) const SAME_SPEAKER: (f64, f64) = (5.0, 0.25);
    /// One speaker at any time, or nobody who can be compared, within days.
    pub(super) const NO_OTHER: (f64, f64) = (9.0, 0.4);
    /// Nobody who can be compared, at any time.
    pub(super) const ANYBODY: (f64, f64) = (13.0, 0.5);
    /// Different names.
    pub(super) const OTHER_SPEAKER: (f64, f64) = (18.0, 0.55);
}

/// A longer quote is known by so many of its words.
const MOST_WORDS: usize = 256;

/// What a word of no known meaning weighs: it may be in the other quote in a form that is not known.
const UNKNOWN_WEIGHT: f64 = 2.5;
const NAME_WEIGHT: f64 = 5.0;
/// A word that sounds alike in many languages: "explosion", "kontrolle".
const ROOT_WEIGHT: f64 = 3.5;
/// A number of one digit, and a longer one.
const SMALL_NUMBER_WEIGHT: f64 = 2.5;
const NUMBER_WEIGHT: f64 = 5.0;

/// A meaning, whatever the language: a row of the table, a number, a sound.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Meaning(u64);

/// The meanings that one word may have, each with its weight.
#[derive(Clone, Debug, Default)]
struct Word {
    meanings: Vec<(Meaning, f64)>,
}

impl Word {
    fn of_number(value: u64) -> Word {
        let weight = if value < 10 { SMALL_NUMBER_WEIGHT } else { NUMBER_WEIGHT };
        Word { meanings: vec![(Meaning::of_number(value), weight)] }
    }

    /// What the word weighs in its quote.
    fn weight(&self) -> f64 {
        let weights = self.meanings.iter().map(|&(_, weight)| weight);
        weights.reduce(f64::max).unwrap_or(UNKNOWN_WEIGHT)
    }

    /// What it weighs that another quote has this word too; 0 when the two mean different things.
    fn common(&self, other: &Word) -> f64 {
        let common = self
            .meanings
            .iter()
            .filter(|(meaning, _)| other.meanings.iter().any(|(others, _)| others == meaning));
        common.map(|&(_, weight)| weight).fold(0.0, f64::max)
    }
}

/// What a quote says, word by word, whatever its language.
#[derive(Clone, Debug)]
struct Rendering {
    words: Vec<Word>,
    /// The digits of the numbers in figures.
    numbers: Vec<String>,
}

impl Rendering {
    /// The words of a quote that say something; those that hold the sentence together are left out,
    /// for each language has its own.
    fn of(quote: &QuoteText<'_>, reader: &mut Reader) -> Rendering {
        let mut rendering = Rendering { words: Vec::new(), numbers: Vec::new() };
        let words = quote.words.iter().enumerate().filter(|(_, word)| !word.bracketed);
        for (place, word) in words {
            if rendering.words.len() == MOST_WORDS {
                break;
            }
            match figures(quote, place) {
                Figures::None => {
                    if let Some(word) = reader.read(quote, word) {
                        rendering.add(word);
                    }
                }
                Figures::Begun(digits) => {
                    // What does not fit is no amount; its digits tell it all the same.
                    let value = digits.parse().unwrap_or(u64::MAX);
                    rendering.add(Word::of_number(value));
                    rendering.numbers.push(digits);
                }
                Figures::Continued => {}
            }
        }
        rendering
    }

    /// Adds a word; what is said twice counts once.
    fn add(&mut self, word: Word) {
        if !self.words.iter().any(|known| known.common(&word) > 0.0) {
            self.words.push(word);
        }
    }

    fn weight(&self) -> f64 {
        self.words.iter().map(Word::weight).sum()
    }

    /// What the words weigh that both quotes have; each word is used once.
    fn common(&self, other: &Rendering) -> f64 {
        let mut is_used = vec![false; other.words.len()];
        let mut order: Vec<&Word> = self.words.iter().collect();
        // The words that say most choose first.
        order.sort_by(|x, y| y.weight().total_cmp(&x.weight()));
        let mut sum = 0.0;
        for word in order {
            let free = other.words.iter().enumerate().filter(|(place, _)| !is_used[*place]);
            let found = free.map(|(place, other)| (word.common(other), place));
            let best = found.filter(|&(weight, _)| weight > 0.0);
            let Some((weight, place)) = best.max_by(|x, y| x.0.total_cmp(&y.0).then(y.1.cmp(&x.1)))
            else {
                continue;
            };
            is_used[place] = true;
            sum += weight;
        }
        sum
    }
}

/// Reads words by their meanings, and remembers them: to stem a word costs as much as to look it up
/// fifty times.
#[derive(Debug, Default)]
struct Reader {
    /// By language, then by the hash of the folded word: what it means, `None` where it only holds the
    /// sentence together.
    known: HashMap<Language, HashedMap<Option<Word>>>,
}

impl Reader {
    /// A word by its meanings; `None` where it only holds the sentence together.
    fn read(&mut self, quote: &QuoteText<'_>, word: &QuoteWord) -> Option<Word> {
        if let Some(value) = word.value {
            return Some(Word::of_number(value));
        }
        let written = word.span.of(quote.text);
        let folded = fold(written);
        let known = self.known.entry(quote.language).or_default();
        let mut found = known
            .entry(hash(&folded))
            .or_insert_with(|| by_meaning(&folded, word.class, quote.language))
            .clone()?;
        // German writes every noun with a capital; those of the table are no names.
        let is_german_noun = quote.language == Language::German
            && found.meanings.is_empty()
            && written.starts_with(char::is_uppercase);
        if word.is_name || is_german_noun {
            let name = name_sounds(&folded);
            found.meanings.extend(name.map(|sounds| (Meaning::of_name(sounds), NAME_WEIGHT)));
        }
        Some(found)
    }
}

/// A folded word of a class by its meanings, without what it may name.
fn by_meaning(folded: &str, class: WordClass, language: Language) -> Option<Word> {
    // "l'accord", "qu'ils": the article or pronoun is no part of the word.
    let elides = matches!(language, Language::French | Language::Italian);
    let noun = folded.rsplit_once('\'').filter(|_| elides).map(|(_, noun)| noun);
    let folded = noun.unwrap_or(folded);
    let class = noun.map_or(class, |noun| classify(hash(noun), language).0);
    let meanings = Meanings::of(language);
    // "years" says little, but it says something; a form of "parar" that is also "for" says nothing.
    if class != WordClass::Plain && !meanings.lists(folded) {
        return None;
    }
    let mut found: Vec<(Meaning, f64)> = meanings.of_word(folded).collect();
    if found.is_empty() {
        found.extend(root_sounds(folded).map(|sounds| (Meaning::of_root(sounds), ROOT_WEIGHT)));
    }
    Some(Word { meanings: found })
}

fn hash(folded: &str) -> u64 {
    xxh3_64(folded.as_bytes())
}

/// What a word is to a number in figures, which languages write "210,000", "210.000" and "210 000".
enum Figures {
    /// Nothing.
    None,
    /// It begins one; its digits, whatever stands between them.
    Begun(String),
    /// It holds thousands of the one before.
    Continued,
}

fn figures(quote: &QuoteText<'_>, place: usize) -> Figures {
    let written = |place: usize| quote.words.get(place).map(|word| word.span.of(quote.text));
    let starts = |word: &str| word.starts_with(|c: char| c.is_ascii_digit());
    let is_thousands = |place: usize| {
        let before = quote.words.get(place.wrapping_sub(1)).map(|word| word.span);
        let own = quote.words.get(place).map(|word| word.span);
        before.zip(own).is_some_and(|(before, own)| {
            let between = &quote.text[before.end as usize..own.start as usize];
            starts(before.of(quote.text))
                && matches!(between, " " | "\u{a0}" | "\u{202f}" | "\u{2009}")
                && own.len() == 3
                && own.of(quote.text).bytes().all(|byte| byte.is_ascii_digit())
        })
    };
    let Some(word) = written(place).filter(|word| starts(word)) else { return Figures::None };
    if is_thousands(place) {
        return Figures::Continued;
    }
    let more = (place + 1..).take_while(|&next| is_thousands(next)).filter_map(written);
    let written = std::iter::once(word).chain(more).flat_map(str::chars);
    Figures::Begun(written.filter(char::is_ascii_digit).collect())
}

/// What two quotes in different languages have in common, when that is enough for one to be a
/// translation of the other.
pub(super) fn link(a: &QuoteText<'_>, b: &QuoteText<'_>) -> Option<QuoteMatch> {
    if !is_rather_in(a, b.language) || !is_rather_in(b, a.language) {
        return None;
    }
    let common = Common::of(a, b);
    let near = a.date.zip(b.date).is_none_or(|(a, b)| a.can_be_within(b, NEAR_SECONDS));
    let same = a.names_same_speaker(b);
    let (weight, share) = if a.names_other_speaker(b) {
        bars::OTHER_SPEAKER
    } else if same && near {
        bars::SAME_SPEAKER
    } else if same || near {
        bars::NO_OTHER
    } else {
        bars::ANYBODY
    };
    (common.weight >= weight && common.share >= share).then(|| common.describe(a, b))
}

/// Whether a quote is rather in the language of its document than in another one: more of its words
/// are among those that hold sentences together there. An article can quote in another language, and
/// the language of a short one can be mistaken.
fn is_rather_in(quote: &QuoteText<'_>, other: Language) -> bool {
    let holding = |language: Language| {
        let is_holding = |word: &&QuoteWord| classify(word.hash, language).0 != WordClass::Plain;
        quote.words.iter().filter(is_holding).count()
    };
    quote.language != other && holding(quote.language) > holding(other)
}

/// Whether the words of a language have meanings in the table; quotes in others are linked by their
/// words only.
pub fn has_meanings(language: Language) -> bool {
    LANGUAGES.contains(&language)
}

/// How two quotes in different languages differ. Only numbers and speakers can be held against each
/// other; what else a translation changes is for a reader of both languages.
pub(super) fn describe(a: &QuoteText<'_>, b: &QuoteText<'_>) -> QuoteMatch {
    Common::of(a, b).describe(a, b)
}

/// What two quotes say alike.
struct Common {
    one: Rendering,
    other: Rendering,
    /// The weight of it, in nats.
    weight: f64,
    /// Its share of what the shorter one says.
    share: f64,
}

impl Common {
    fn of(a: &QuoteText<'_>, b: &QuoteText<'_>) -> Common {
        let mut reader = Reader::default();
        let (one, other) = (Rendering::of(a, &mut reader), Rendering::of(b, &mut reader));
        let weight = one.common(&other).max(other.common(&one));
        let smaller = one.weight().min(other.weight());
        let share = if smaller > 0.0 { (weight / smaller).min(1.0) } else { 0.0 };
        Common { one, other, weight, share }
    }

    fn describe(&self, a: &QuoteText<'_>, b: &QuoteText<'_>) -> QuoteMatch {
        let mut drift = changed_speech(a, b);
        drift.extend(self.changed_number());
        drift.sort();
        QuoteMatch {
            score: self.share,
            information: self.weight,
            variant: Variant::Translated,
            drift,
        }
    }

    /// The one number in figures that each quote has and the other has not.
    fn changed_number(&self) -> Option<Drift> {
        let only = |quote: &Rendering, other: &Rendering| {
            let lacking = quote.numbers.iter().filter(|number| !other.numbers.contains(number));
            lacking.cloned().collect::<Vec<String>>()
        };
        let (of_one, of_other) = (only(&self.one, &self.other), only(&self.other, &self.one));
        match (of_one.as_slice(), of_other.as_slice()) {
            ([a], [b]) => Some(Drift { kind: DriftKind::Number, a: a.clone(), b: b.clone() }),
            _ => None,
        }
    }
}

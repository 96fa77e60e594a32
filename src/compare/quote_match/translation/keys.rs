//! Keys under which quotes in different languages meet.

use super::{Meaning, Reader, Rendering, has_meanings};
use crate::compare::quote_match::prepare::QuoteText;
use crate::text::full_name_sounds;

/// Keys of anybody's quotes: so many bands of so many meanings each.
const BANDS: u64 = 16;
const MEANINGS_OF_BAND: u64 = 3;
/// One meaning of this weight is enough for two quotes of one speaker to meet.
const TELLING_WEIGHT: f64 = 2.5;

/// Fewer meanings than this are no evidence.
const FEWEST_MEANINGS: usize = 3;

/// Makes the keys of quotes. What one speaker says meets under each telling meaning; a short quote
/// meets the long one it was cut from too. What anybody says meets under bands of a MinHash of all
/// meanings, where a meaning is drawn the more often the more it weighs (the least of exponential
/// variables, as in consistent weighted sampling). The weight of a meaning is the same in all
/// languages.
#[derive(Debug, Default)]
pub struct TranslationKeys {
    meanings: Vec<(Meaning, f64)>,
    reader: Reader,
}

impl TranslationKeys {
    /// Puts the keys of a quote in place of what `keys` held, sorted and distinct.
    pub fn keys_into(&mut self, quote: &QuoteText<'_>, keys: &mut Vec<u64>) {
        keys.clear();
        self.meanings.clear();
        if !has_meanings(quote.language) {
            return;
        }
        let rendering = Rendering::of(quote, &mut self.reader);
        self.meanings.extend(rendering.words.iter().flat_map(|word| &word.meanings));
        self.meanings.sort_unstable_by_key(|&(meaning, _)| meaning);
        self.meanings.dedup_by_key(|(meaning, _)| *meaning);
        if self.meanings.len() < FEWEST_MEANINGS {
            return;
        }
        if let Some(surname) = full_name_sounds(quote.speaker_name()).pop() {
            let Meaning(salt) = Meaning::of_name(surname);
            let telling = self.meanings.iter().filter(|(_, weight)| *weight >= TELLING_WEIGHT);
            keys.extend(telling.map(|&(Meaning(meaning), _)| mixed(salt ^ mixed(meaning))));
        }
        keys.extend((0..BANDS).map(|band| {
            let draws = band * MEANINGS_OF_BAND..(band + 1) * MEANINGS_OF_BAND;
            let mut drawn: Vec<Meaning> = draws.map(|draw| self.draw(draw)).collect();
            drawn.sort_unstable();
            drawn.iter().fold(0, |key, Meaning(meaning)| mixed(key ^ meaning))
        }));
        keys.sort_unstable();
        keys.dedup();
    }

    /// The meaning that comes out first of a draw.
    fn draw(&self, number: u64) -> Meaning {
        let salt = mixed(number);
        let arrival = |&(Meaning(meaning), weight): &(Meaning, f64)| {
            exponential(mixed(meaning ^ salt)) / weight
        };
        let first = self.meanings.iter().min_by(|x, y| arrival(x).total_cmp(&arrival(y)));
        first.map_or(Meaning(0), |&(meaning, _)| meaning)
    }
}

/// An exponential variable of a uniform one of 64 bits: minus its binary logarithm, which is taken as
/// linear between powers of two. That is near enough, a tenth of the cost, and the same on every
/// machine.
fn exponential(uniform: u64) -> f64 {
    let zeros = uniform.leading_zeros();
    let mantissa = uniform.checked_shl(zeros).unwrap_or(0) >> 11;
    f64::from(zeros) + 2.0 - mantissa as f64 / (1u64 << 52) as f64
}

/// The finalizer of SplitMix64 (Steele, Lea and Flood 2014).
fn mixed(number: u64) -> u64 {
    let number = number.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let number = (number ^ (number >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let number = (number ^ (number >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    number ^ (number >> 31)
}

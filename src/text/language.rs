//! The language of a document.
//!
//! Function words decide where they can: a sixth or more of any prose of a few lines is function
//! words of its own language, and far less of any other's. That costs a look-up a word. What they
//! leave open goes to whatlang's trigrams, where all of its languages compete, not only those with
//! rules here: a Danish text must not become a Dutch one because nobody asked about Danish. Its
//! answer counts when it calls it reliable and at least some function words agree, for telegrams
//! and tables ("Shr 34 cts vs 21 cts") have reliable trigrams of the wrong language.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::sync::LazyLock;

use whatlang::{Detector, Lang};

use super::segment::openers;
use crate::model::Language;

/// How much of a document is looked at, in bytes; taken from its middle, where there is neither
/// dateline nor page furniture.
const SAMPLE: usize = 1200;

/// The least share of function words of a language that decides alone.
const CLEAR_SHARE: f64 = 0.18;

/// How many times as many the best language must have as the second.
const CLEAR_LEAD: f64 = 1.5;

/// The least number of function words that decides alone.
const CLEAR_COUNT: u32 = 5;

/// The least share that confirms a trigram answer.
const CONFIRMING_SHARE: f64 = 0.08;

/// Languages with function words here, in the order of the bits of [`FUNCTION_WORDS`].
const LANGUAGES: [(Language, Lang); 9] = [
    (Language::English, Lang::Eng),
    (Language::German, Lang::Deu),
    (Language::French, Lang::Fra),
    (Language::Spanish, Lang::Spa),
    (Language::Italian, Lang::Ita),
    (Language::Portuguese, Lang::Por),
    (Language::Dutch, Lang::Nld),
    (Language::Russian, Lang::Rus),
    (Language::Ukrainian, Lang::Ukr),
];

/// The languages (a bit each) of which a word is a function word.
static FUNCTION_WORDS: LazyLock<HashMap<&'static str, u16, ShortWords>> = LazyLock::new(|| {
    let mut words = HashMap::default();
    for (bit, (language, _)) in LANGUAGES.into_iter().enumerate() {
        for word in openers(language) {
            *words.entry(word).or_insert(0) |= 1 << bit;
        }
    }
    words
});

/// A hasher for short words, for the words of every document are looked up: FNV-1a.
type ShortWords = BuildHasherDefault<Fnv>;

/// The state of FNV-1a.
struct Fnv(u64);

impl Default for Fnv {
    fn default() -> Self {
        Fnv(0xcbf2_9ce4_8422_2325)
    }
}

impl Hasher for Fnv {
    fn write(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }

    fn finish(&self) -> u64 {
        // The table takes the highest bits as well, which FNV leaves poor.
        self.0 ^ (self.0 << 32)
    }
}

/// The language of a text: the declared one if there is one, else the detected one, or
/// [`Language::Other`] where nothing is sure or the language has no rules here.
pub fn detect_language(text: &str, declared: Option<Language>) -> Language {
    if let Some(language) = declared {
        return language;
    }
    let sample = sample(text);
    if let Some(language) = without_spaces(sample) {
        return language;
    }
    let votes = Votes::count(sample);
    votes.clear().or_else(|| votes.confirm(sample)).unwrap_or(Language::Other)
}

/// Chinese, Japanese or Thai, told by the script of most letters.
fn without_spaces(sample: &str) -> Option<Language> {
    if sample.is_ascii() {
        return None;
    }
    let (mut letters, mut han, mut kana, mut thai) = (0, 0, 0, 0);
    for c in sample.chars().filter(|c| c.is_alphabetic()) {
        letters += 1;
        match c {
            '\u{3040}'..='\u{30ff}' | '\u{ff66}'..='\u{ff9f}' => kana += 1,
            '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{20000}'..='\u{323af}' => {
                han += 1
            }
            '\u{0e00}'..='\u{0e7f}' => thai += 1,
            _ => {}
        }
    }
    if thai * 2 > letters {
        Some(Language::Thai)
    } else if (han + kana) * 2 <= letters {
        None
    } else if kana * 10 >= han + kana {
        Some(Language::Japanese)
    } else {
        Some(Language::Chinese)
    }
}

/// How many words of a sample are function words of each language.
struct Votes {
    words: u32,
    counts: [u32; LANGUAGES.len()],
}

impl Votes {
    fn count(sample: &str) -> Votes {
        let mut votes = Votes { words: 0, counts: [0; LANGUAGES.len()] };
        let mut small = String::new();
        let words = sample.split(|c: char| !(c.is_alphabetic() || matches!(c, '\'' | '’')));
        for word in words.filter(|word| !word.is_empty() && word.len() < 24) {
            small.clear();
            if word.is_ascii() {
                small.push_str(word);
                small.make_ascii_lowercase();
            } else {
                small.extend(word.chars().flat_map(char::to_lowercase));
            }
            votes.words += 1;
            // `l'accord`: the elided word votes.
            let bits = FUNCTION_WORDS.get(small.as_str()).or_else(|| {
                FUNCTION_WORDS.get(small.split(['\'', '’']).next().filter(|part| part.len() < 6)?)
            });
            let Some(bits) = bits else { continue };
            for (bit, count) in votes.counts.iter_mut().enumerate() {
                *count += u32::from(bits >> bit & 1 == 1);
            }
        }
        votes
    }

    fn share(&self, index: usize) -> f64 {
        f64::from(self.counts[index]) / f64::from(self.words.max(1))
    }

    /// The language that function words alone decide for.
    fn clear(&self) -> Option<Language> {
        let best = (0..LANGUAGES.len()).rev().max_by_key(|&index| self.counts[index])?;
        let second =
            (0..LANGUAGES.len()).filter(|&index| index != best).map(|i| self.counts[i]).max()?;
        let count = self.counts[best];
        let clear = count >= CLEAR_COUNT
            && self.share(best) >= CLEAR_SHARE
            && f64::from(count) >= f64::from(second) * CLEAR_LEAD;
        clear.then_some(LANGUAGES[best].0)
    }

    /// The language that trigrams answer, if function words do not speak against it.
    fn confirm(&self, sample: &str) -> Option<Language> {
        let info = Detector::new().detect(sample)?;
        let index = LANGUAGES.iter().position(|&(_, lang)| lang == info.lang())?;
        let most = self.counts.iter().max()?;
        let agrees = self.share(index) >= CONFIRMING_SHARE && self.counts[index] * 2 >= *most;
        (info.is_reliable() && agrees).then_some(LANGUAGES[index].0)
    }
}

/// The middle of a text.
fn sample(text: &str) -> &str {
    let floor = |mut at: usize| {
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        at
    };
    let start = floor((text.len() / 2).saturating_sub(SAMPLE / 2));
    &text[start..floor((start + SAMPLE).min(text.len()))]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_language(code: &str, text: &str) {
        assert_eq!(detect_language(text, None).code(), code, "{text}");
    }

    #[test]
    fn short_prose_is_told_apart() {
        check_language(
            "en",
            "The council will vote on the plan next week, and nobody knows what it will cost.",
        );
        check_language(
            "de",
            "Der Rat stimmt in der nächsten Woche über den Plan ab, und niemand weiß, was er kosten wird.",
        );
        check_language(
            "fr",
            "Le conseil votera la semaine prochaine sur ce projet, et personne ne sait ce qu’il coûtera.",
        );
        check_language(
            "es",
            "El consejo votará la próxima semana sobre el plan y nadie sabe lo que va a costar.",
        );
        check_language(
            "it",
            "Il consiglio voterà la prossima settimana sul piano e nessuno sa che cosa costerà.",
        );
        check_language(
            "pt",
            "O conselho vai votar na próxima semana sobre o plano e ninguém sabe quanto isso vai custar.",
        );
        check_language(
            "nl",
            "De raad stemt volgende week over het plan en niemand weet wat het gaat kosten.",
        );
        check_language(
            "ru",
            "Совет на следующей неделе проголосует за этот план, и никто не знает, сколько он будет стоить.",
        );
        check_language(
            "uk",
            "Рада наступного тижня проголосує за цей план, і ніхто не знає, скільки він буде коштувати.",
        );
        check_language("ja", "市議会は来週、この計画について採決する。費用は誰にもわからない。");
        check_language("zh", "市议会下周将就该计划进行表决，没有人知道要花多少钱。");
        check_language("th", "สภาจะลงมติเรื่องแผนนี้ในสัปดาห์หน้า");
    }

    #[test]
    fn other_languages_and_tables_are_left_open() {
        check_language(
            "und",
            "Rådet stemmer om planen i næste uge, og ingen ved, hvad det kommer til at koste.",
        );
        check_language(
            "und",
            "Rada miasta zagłosuje nad planem w przyszłym tygodniu i nikt nie wie, ile to będzie kosztować.",
        );
        check_language(
            "und",
            "Shr 34 cts vs 21 cts\nNet 2,310,000 vs 1,400,000\nRevs 18.1 mln vs 15.2 mln",
        );
        check_language("und", "");
    }

    #[test]
    fn the_declared_language_counts() {
        assert_eq!(detect_language("The cat", Some(Language::Dutch)), Language::Dutch);
    }
}

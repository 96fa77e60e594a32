//! The stem under which inflected forms of a word meet (Snowball stemmers).

use rust_stemmers::{Algorithm, Stemmer};
use xxhash_rust::xxh3::xxh3_64;

use crate::model::Language;

/// Makes stems in one language.
pub(super) struct Stems {
    stemmer: Option<Stemmer>,
    ukrainian: bool,
    /// Articles and pronouns lean on the next word with an apostrophe (`l'accord`).
    elides: bool,
}

impl Stems {
    pub(super) fn of(language: Language) -> Stems {
        let algorithm = match language {
            Language::English => Some(Algorithm::English),
            Language::German => Some(Algorithm::German),
            Language::French => Some(Algorithm::French),
            Language::Spanish => Some(Algorithm::Spanish),
            Language::Italian => Some(Algorithm::Italian),
            Language::Portuguese => Some(Algorithm::Portuguese),
            Language::Dutch => Some(Algorithm::Dutch),
            Language::Russian => Some(Algorithm::Russian),
            _ => None,
        };
        Stems {
            stemmer: algorithm.map(Stemmer::create),
            ukrainian: language == Language::Ukrainian,
            elides: matches!(language, Language::French | Language::Italian),
        }
    }

    /// A 32-bit hash of the stem of a folded word.
    pub(super) fn stem(&self, folded: &str) -> u32 {
        // A possessive is the same name.
        let mut word = folded.strip_suffix("'s").unwrap_or(folded);
        if self.elides
            && let Some((article, noun)) = word.split_once('\'')
            && article.len() <= 5
            && !noun.is_empty()
        {
            word = noun;
        }
        if let Some(stemmer) = &self.stemmer {
            return hash(&stemmer.stem(word));
        }
        if self.ukrainian {
            // Snowball has no Ukrainian: the ending of a long word is cut at the last vowels.
            let stem =
                word.trim_end_matches(['а', 'е', 'и', 'і', 'о', 'у', 'ю', 'я', 'ї', 'й', 'ь', 'є']);
            if stem.chars().count() >= 4 {
                return hash(stem);
            }
        }
        hash(word)
    }
}

/// Thirty-two bits are enough: only words of two documents are ever compared with each other.
pub(super) fn hash(text: &str) -> u32 {
    xxh3_64(text.as_bytes()) as u32
}

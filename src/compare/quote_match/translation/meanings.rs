//! A table of meanings in nine languages: a row holds the words that translators choose for one thing.

use std::collections::HashSet;
use std::sync::LazyLock;

use xxhash_rust::xxh3::xxh3_64;

use super::Meaning;
use crate::compare::stem::Stems;
use crate::model::{HashedMap, Language};
use crate::text::fold;

/// The rows: a weight from 1 (everyday) to 3 (specific), then a cell for each of [`LANGUAGES`].
pub(super) static TABLE: &str = include_str!("meanings.tsv");

/// The languages of the table, in the order of its cells: those with full rules.
pub(super) const LANGUAGES: &[Language] = Language::ALL.split_at(9).0;

/// The meanings of the words of one language.
pub(super) struct Meanings {
    stems: Stems,
    /// By the stem of the word: rows with their weights.
    by_stem: HashedMap<Vec<(Meaning, f64)>>,
    /// The words that the table has in this very form, by hash.
    forms: HashSet<u64>,
}

/// The meanings of all languages, in their order.
static MEANINGS: LazyLock<Vec<Meanings>> = LazyLock::new(|| {
    let of_language = |language: Language| {
        let mut meanings = Meanings {
            stems: Stems::of(language),
            by_stem: HashedMap::default(),
            forms: HashSet::new(),
        };
        for (number, weight, cells) in rows() {
            let words = cells.get(language as usize).copied().unwrap_or("");
            for word in words.split(' ').filter(|word| !word.is_empty()) {
                let word = fold(word);
                meanings.forms.insert(xxh3_64(word.as_bytes()));
                let stem = meanings.key(&word);
                let rows = meanings.by_stem.entry(stem).or_default();
                let meaning = Meaning::of_row(number);
                if rows.iter().all(|(own, _)| *own != meaning) {
                    rows.push((meaning, weight));
                }
            }
        }
        meanings
    };
    // The last one, which has no cell, is of unknown language.
    Language::ALL.into_iter().chain([Language::Other]).map(of_language).collect()
});

/// The rows of the table: number, weight in nats, cells.
fn rows() -> impl Iterator<Item = (u64, f64, Vec<&'static str>)> {
    let lines = TABLE.lines().filter(|line| !line.starts_with('#'));
    (0..).zip(lines).map(|(number, line)| {
        let mut cells = line.split('\t');
        let weight = match cells.next() {
            Some("1") => 1.5,
            Some("2") => 3.0,
            _ => 4.5,
        };
        (number, weight, cells.collect())
    })
}

impl Meanings {
    pub(super) fn of(language: Language) -> &'static Meanings {
        &MEANINGS[language as usize]
    }

    /// The stem of a folded word; both halves tell it, for the table looks at the highest bits too.
    fn key(&self, folded: &str) -> u64 {
        let stem = u64::from(self.stems.stem(folded));
        stem << 32 | stem
    }

    /// Whether the table has a folded word in this very form.
    pub(super) fn lists(&self, folded: &str) -> bool {
        self.forms.contains(&xxh3_64(folded.as_bytes()))
    }

    /// What a folded word may mean, with the weight of each meaning.
    pub(super) fn of_word(&self, folded: &str) -> impl Iterator<Item = (Meaning, f64)> {
        self.by_stem.get(&self.key(folded)).into_iter().flatten().copied()
    }
}

/// What a meaning is known by; the kinds are told apart by the highest bits.
impl Meaning {
    fn of_row(number: u64) -> Meaning {
        Meaning(number)
    }

    pub(super) fn of_number(value: u64) -> Meaning {
        Meaning::hashed(1, &value.to_le_bytes())
    }

    pub(super) fn of_name(sounds: String) -> Meaning {
        Meaning::hashed(2, sounds.as_bytes())
    }

    pub(super) fn of_root(sounds: String) -> Meaning {
        Meaning::hashed(3, sounds.as_bytes())
    }

    fn hashed(kind: u64, bytes: &[u8]) -> Meaning {
        Meaning(kind << 62 | xxh3_64(bytes) >> 2)
    }
}

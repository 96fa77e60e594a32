//! What the rules know of a language: its abbreviations and the words that open sentences.
//!
//! Both are plain data files, one entry a line, sorted by bytes (a test checks): in
//! `abbreviations/` the abbreviation without its last full stop and its [`Class`], in `openers/`
//! function words in small letters. `any.txt` holds for every language.

use std::sync::LazyLock;

use crate::model::Language;

/// How an abbreviation stands to the end of a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Class {
    /// A name follows (`Mr.`, `Gen.`): never the end.
    Name,
    /// It only is an abbreviation before a number (`No. 5`, but `He said no.`).
    Number,
    /// It stands inside sentences (`e.g.`, `z. B.`): never the end.
    Inside,
    /// A time of day (`p.m.`): the end before a capital, unless a time zone or a day follows.
    Clock,
    /// A measure or `etc.`: the end before any capital.
    Unit,
    /// It may end a sentence (`Inc.`, `Jan.`): the end only before a word that opens one.
    End,
}

impl Class {
    fn from_name(name: &str) -> Option<Class> {
        Some(match name {
            "name" => Class::Name,
            "number" => Class::Number,
            "inside" => Class::Inside,
            "clock" => Class::Clock,
            "unit" => Class::Unit,
            "end" => Class::End,
            _ => return None,
        })
    }
}

/// The rules of one language.
#[derive(Debug)]
pub(super) struct Rules {
    pub(super) language: Language,
    /// Sorted by the abbreviation.
    abbreviations: Vec<(&'static str, Class)>,
    /// Sorted.
    openers: Vec<&'static str>,
    /// Verbs that follow a quotation and its speaker (`“Why?” Smith asked.`), sorted.
    inquits: Vec<&'static str>,
    /// Whether a number and a full stop make an ordinal (`2. Quartal`).
    pub(super) ordinals: bool,
}

/// How many words of a name may stand between a quotation and the verb of saying.
const SPEAKER_WORDS: usize = 3;

/// The longest abbreviation looked for, in bytes.
pub(super) const LONGEST: usize = 24;

impl Rules {
    /// The rules of a language; those that hold for any alphabet where it has none of its own.
    pub(super) fn of(language: Language) -> &'static Rules {
        static RULES: LazyLock<Vec<Rules>> = LazyLock::new(|| {
            Language::ALL.into_iter().chain([Language::Other]).map(Rules::load).collect()
        });
        let index = Language::ALL.iter().position(|&known| known == language);
        &RULES[index.unwrap_or(Language::ALL.len())]
    }

    fn load(language: Language) -> Rules {
        let (abbreviations, openers) = files(language);
        let mut list: Vec<_> = entries(abbreviations).filter_map(abbreviation).collect();
        // The language's own word wins over the common one, so it goes first.
        list.extend(entries(include_str!("../abbreviations/any.txt")).filter_map(abbreviation));
        list.sort_by_key(|&(abbreviation, _)| abbreviation);
        list.dedup_by_key(|&mut (abbreviation, _)| abbreviation);
        Rules {
            language,
            abbreviations: list,
            openers: entries(openers).collect(),
            inquits: match language {
                Language::English => entries(include_str!("../inquits/en.txt")).collect(),
                _ => Vec::new(),
            },
            ordinals: matches!(language, Language::German | Language::Other),
        }
    }

    /// The class of a word before a full stop. An abbreviation in small letters may be written
    /// with a capital, one of two letters or more in capitals throughout.
    pub(super) fn class(&self, word: &str) -> Option<Class> {
        if let Some(class) = self.find(word) {
            return Some(class);
        }
        let mut letters = word.chars();
        let first = letters.next().filter(|c| c.is_uppercase())?;
        if word.len() > LONGEST || letters.clone().next().is_none() {
            return None;
        }
        let small: String = first.to_lowercase().chain(letters.clone()).collect();
        if letters.clone().any(char::is_lowercase) {
            return self.find(&small);
        }
        // `INC`, `GEN`: only what is not also a word in capitals.
        let title: String =
            std::iter::once(first).chain(letters.flat_map(char::to_lowercase)).collect();
        self.find(&title).filter(|&class| class == Class::Name || title.len() > 2)
    }

    /// Whether `word` and the text after it name the speaker of the quotation before: at most
    /// [`SPEAKER_WORDS`] words with a capital and then a verb of saying. In most languages the
    /// verb comes first, with a small letter, which decides without a list.
    pub(super) fn is_inquit(&self, word: &str, rest: &str) -> bool {
        if self.inquits.is_empty() || word.is_empty() {
            return false;
        }
        for (count, next) in rest.split([' ', '\n']).filter(|next| !next.is_empty()).enumerate() {
            let name = next.trim_end_matches(['.', ',']);
            if self.inquits.binary_search(&name).is_ok() {
                return true;
            }
            let capital = next.starts_with(|c: char| c.is_uppercase() || c == '(');
            if count >= SPEAKER_WORDS || next.len() > LONGEST || !capital {
                return false;
            }
        }
        false
    }

    fn find(&self, word: &str) -> Option<Class> {
        let found = self.abbreviations.binary_search_by_key(&word, |&(known, _)| known);
        found.ok().map(|index| self.abbreviations[index].1)
    }

    /// Whether a word with a capital shows that a sentence begins.
    pub(super) fn opens_sentence(&self, word: &str) -> bool {
        if word.len() > LONGEST {
            return false;
        }
        let word = word.to_lowercase().replace('’', "'");
        let known = |word: &str| self.openers.binary_search(&word).is_ok();
        // `L'accord`, `C'est`: the elided word opens the sentence.
        known(&word) || word.split_once('\'').is_some_and(|(first, _)| known(first))
    }
}

fn files(language: Language) -> (&'static str, &'static str) {
    macro_rules! pair {
        ($code:literal) => {
            (
                include_str!(concat!("../abbreviations/", $code, ".txt")),
                include_str!(concat!("../openers/", $code, ".txt")),
            )
        };
    }
    match language {
        Language::English => pair!("en"),
        Language::German => pair!("de"),
        Language::French => pair!("fr"),
        Language::Spanish => pair!("es"),
        Language::Italian => pair!("it"),
        Language::Portuguese => pair!("pt"),
        Language::Dutch => pair!("nl"),
        Language::Russian => pair!("ru"),
        Language::Ukrainian => pair!("uk"),
        Language::Chinese | Language::Japanese | Language::Thai | Language::Other => ("", ""),
    }
}

/// The words that open sentences in a language: its function words.
pub(crate) fn openers(language: Language) -> impl Iterator<Item = &'static str> {
    entries(files(language).1)
}

/// The entries of a data file: lines that are neither empty nor a comment.
pub(super) fn entries(file: &'static str) -> impl Iterator<Item = &'static str> {
    file.lines().filter(|line| !line.is_empty() && !line.starts_with('#'))
}

fn abbreviation(line: &'static str) -> Option<(&'static str, Class)> {
    let (abbreviation, class) = line.rsplit_once(' ')?;
    Some((abbreviation, Class::from_name(class)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check_sorted(name: &str, lines: &[&str]) {
        for pair in lines.windows(2) {
            assert!(pair[0] < pair[1], "{name}: {:?} before {:?}", pair[0], pair[1]);
        }
    }

    #[test]
    fn data_files_are_sorted_unique_and_well_formed() {
        let mut files_of_all: Vec<_> =
            Language::ALL.into_iter().map(|language| (language.code(), files(language))).collect();
        check_sorted("inquits", &Rules::of(Language::English).inquits);
        files_of_all.push(("any", (include_str!("../abbreviations/any.txt"), "")));
        for (code, (abbreviations, openers)) in files_of_all {
            let mut words = Vec::new();
            for line in entries(abbreviations) {
                let (word, _) = abbreviation(line).unwrap_or_else(|| panic!("{code}: {line}"));
                assert!(!word.ends_with('.'), "{code}: {line}");
                assert!(word.len() <= LONGEST, "{code}: {line}");
                words.push(word);
            }
            check_sorted(code, &words);
            let openers: Vec<_> = entries(openers).collect();
            check_sorted(code, &openers);
            for word in openers {
                assert_eq!(word, word.to_lowercase(), "{code}");
            }
        }
    }

    #[test]
    fn abbreviations_are_known_in_other_cases() {
        let rules = Rules::of(Language::English);
        assert_eq!(rules.class("Gen"), Some(Class::Name));
        assert_eq!(rules.class("GEN"), Some(Class::Name));
        assert_eq!(rules.class("Approx"), Some(Class::Inside));
        assert_eq!(rules.class("gen"), None);
        assert_eq!(Rules::of(Language::Other).class("Dr"), Some(Class::Name));
    }
}

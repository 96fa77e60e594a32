//! Word classes by language: which words only hold a sentence together, which deny, hedge or set a
//! condition, which name a day or a month, and which runs of words are stock frames of news prose.
//! The lists are data files written for this project (`lexicon/*.txt`).

use std::collections::HashMap;
use std::sync::LazyLock;

use super::stem::hash;
use crate::model::{HashedMap, Language};

/// A set of word classes, as bits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Classes(pub(super) u32);

impl Classes {
    /// Holds sentences together, says little: articles, pronouns, auxiliaries, prepositions.
    pub(super) const FUNCTION: Classes = Classes(1);
    /// A word of saying; as common in news as a function word.
    pub(super) const SPEECH: Classes = Classes(1 << 1);
    /// Denies.
    pub(super) const NEGATION: Classes = Classes(1 << 2);
    /// Makes a claim less than certain or a number less than exact.
    pub(super) const HEDGE: Classes = Classes(1 << 3);
    /// Makes a claim depend on another.
    pub(super) const CONDITION: Classes = Classes(1 << 4);
    /// A day, a month or another word of the calendar.
    pub(super) const DATE: Classes = Classes(1 << 5);
    /// May mark a passive, in which subject and object change places.
    pub(super) const PASSIVE: Classes = Classes(1 << 6);
    /// Holds a digit.
    pub(super) const NUMBER: Classes = Classes(1 << 7);
    /// Written as a name: a capital where the sentence does not ask for one.
    pub(super) const NAME: Classes = Classes(1 << 8);
    /// The first word after a mark or at the start of a unit: a clause can start here.
    pub(super) const CLAUSE_START: Classes = Classes(1 << 9);
    /// Part of a unit that takes no part in the comparison (furniture, masked boilerplate).
    pub(super) const NEUTRAL: Classes = Classes(1 << 10);
    /// Part of a stock frame.
    pub(super) const FRAME: Classes = Classes(1 << 11);
    /// Stands between quotation marks as somebody's speech.
    pub(super) const QUOTED: Classes = Classes(1 << 12);
    /// A word of the calendar when it has a capital, else another word ("may", "march").
    pub(super) const DATE_IF_CAPITAL: Classes = Classes(1 << 13);
    /// Has the stem of a function word, and may be another word ("can", "cans").
    pub(super) const FUNCTION_STEM: Classes = Classes(1 << 21);
    /// May be the first word of a stock frame.
    pub(super) const OPENS_FRAME: Classes = Classes(1 << 22);
    /// May stand between a verb and the noun that it acts on: articles, possessives, a mark of the
    /// object.
    pub(super) const PHRASE: Classes = Classes(1 << 14);
    /// Its form tells the case of its noun.
    pub(super) const CASED: Classes = Classes(1 << 15);
    /// Joins likes: "and", "or".
    pub(super) const JOINING: Classes = Classes(1 << 16);
    /// Hangs one noun on another: "of".
    pub(super) const GENITIVE: Classes = Classes(1 << 17);
    /// An auxiliary before the object, where the verb stands at the end.
    pub(super) const AUXILIARY: Classes = Classes(1 << 18);
    /// Says what two do with each other, so that their order tells nothing.
    pub(super) const MUTUAL: Classes = Classes(1 << 19);
    /// Names an office, or the body that it belongs to.
    pub(super) const OFFICE: Classes = Classes(1 << 20);

    /// Whether any class of `other` is in the set.
    pub(super) fn has(self, other: Classes) -> bool {
        self.0 & other.0 != 0
    }

    /// The set without the classes of `other`.
    #[must_use]
    pub(super) fn without(self, other: Classes) -> Classes {
        Classes(self.0 & !other.0)
    }

    /// Both sets.
    #[must_use]
    pub(super) fn with(self, other: Classes) -> Classes {
        Classes(self.0 | other.0)
    }
}

/// The word classes of one language.
#[derive(Debug, Default)]
pub(super) struct Lexicon {
    classes: HashMap<&'static str, Classes>,
    /// Stock frames by the form of their first word; `None` stands for any one word.
    frames: HashedMap<Vec<Vec<Option<u32>>>>,
}

impl Lexicon {
    fn parse(data: &'static str) -> Lexicon {
        let mut lexicon = Lexicon::default();
        let mut section = "";
        for line in data.lines() {
            let line = line.trim();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            if let Some(name) = line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
                section = name;
                continue;
            }
            if section == "frame" {
                let form = |word: &str| (word != "*").then(|| hash(word));
                let forms: Vec<Option<u32>> = line.split(' ').map(form).collect();
                if let Some(&Some(first)) = forms.first() {
                    lexicon.frames.entry(spread(first)).or_default().push(forms);
                }
                continue;
            }
            let class = match section {
                "function" => Classes::FUNCTION,
                "speech" => Classes::SPEECH,
                "negation" => Classes::NEGATION,
                "hedge" => Classes::HEDGE,
                "condition" => Classes::CONDITION,
                "date" => Classes::DATE,
                "passive" => Classes::PASSIVE,
                "phrase" => Classes::PHRASE,
                "cased" => Classes::CASED,
                "joining" => Classes::JOINING,
                "genitive" => Classes::GENITIVE,
                "auxiliary" => Classes::AUXILIARY,
                "mutual" => Classes::MUTUAL,
                "office" => Classes::OFFICE,
                _ => continue,
            };
            for word in line.split(' ') {
                let classes = lexicon.classes.entry(word).or_default();
                *classes = classes.with(class);
            }
        }
        // The longest frame wins, so that a shorter one cannot hide it.
        #[expect(clippy::iter_over_hash_type, reason = "each list is sorted on its own")]
        for frames in lexicon.frames.values_mut() {
            frames.sort_by_key(|frame| std::cmp::Reverse(frame.len()));
        }
        lexicon
    }

    /// The lexicon of a language; an empty one where cento has none.
    pub(super) fn of(language: Language) -> &'static Lexicon {
        static LEXICONS: LazyLock<[Lexicon; 10]> = LazyLock::new(|| {
            [
                Lexicon::parse(include_str!("lexicon/en.txt")),
                Lexicon::parse(include_str!("lexicon/de.txt")),
                Lexicon::parse(include_str!("lexicon/fr.txt")),
                Lexicon::parse(include_str!("lexicon/es.txt")),
                Lexicon::parse(include_str!("lexicon/it.txt")),
                Lexicon::parse(include_str!("lexicon/pt.txt")),
                Lexicon::parse(include_str!("lexicon/nl.txt")),
                Lexicon::parse(include_str!("lexicon/ru.txt")),
                Lexicon::parse(include_str!("lexicon/uk.txt")),
                Lexicon::default(),
            ]
        });
        let place = match language {
            Language::English => 0,
            Language::German => 1,
            Language::French => 2,
            Language::Spanish => 3,
            Language::Italian => 4,
            Language::Portuguese => 5,
            Language::Dutch => 6,
            Language::Russian => 7,
            Language::Ukrainian => 8,
            _ => 9,
        };
        &LEXICONS[place]
    }

    /// The classes of a folded word.
    pub(super) fn classes(&self, folded: &str) -> Classes {
        self.classes.get(folded).copied().unwrap_or_default()
    }

    /// All words with their classes, in no order.
    pub(super) fn words(&self) -> impl Iterator<Item = (&'static str, Classes)> + '_ {
        self.classes.iter().map(|(&word, &classes)| (word, classes))
    }

    /// Whether a form is the first of a stock frame.
    pub(super) fn opens_frame(&self, form: u32) -> bool {
        self.frames.contains_key(&spread(form))
    }

    /// The length in words of the stock frame that starts a list of words, of which `form` gives
    /// the form of the one with a number; 0 for none.
    pub(super) fn frame_length(&self, words: usize, form: impl Fn(usize) -> u32) -> usize {
        if words == 0 {
            return 0;
        }
        let Some(frames) = self.frames.get(&spread(form(0))) else { return 0 };
        frames
            .iter()
            .find(|frame| {
                frame.len() <= words
                    && frame
                        .iter()
                        .enumerate()
                        .all(|(place, wanted)| wanted.is_none_or(|wanted| wanted == form(place)))
            })
            .map_or(0, Vec::len)
    }
}

/// A form as a hash of 64 bits.
fn spread(form: u32) -> u64 {
    u64::from(form).wrapping_mul(0x9E37_79B9_7F4A_7C15)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_list_is_folded() {
        for data in [
            include_str!("lexicon/en.txt"),
            include_str!("lexicon/de.txt"),
            include_str!("lexicon/fr.txt"),
            include_str!("lexicon/es.txt"),
            include_str!("lexicon/it.txt"),
            include_str!("lexicon/pt.txt"),
            include_str!("lexicon/nl.txt"),
            include_str!("lexicon/ru.txt"),
            include_str!("lexicon/uk.txt"),
        ] {
            for line in data.lines().filter(|line| !line.starts_with(['#', '['])) {
                for word in line.split(' ') {
                    // A word that is not folded would never be found.
                    let folded = crate::text::fold(word).replace("ss", "ß");
                    assert_eq!(folded, word.replace("ss", "ß"), "in {line:?}");
                }
            }
        }
    }

    #[test]
    fn classes_and_frames() {
        let english = Lexicon::of(Language::English);
        assert!(english.classes("might").has(Classes::HEDGE));
        assert!(english.classes("might").has(Classes::FUNCTION));
        assert!(!english.classes("mineral").has(Classes::FUNCTION));
        let words = ["in", "a", "sudden", "move", "that", "could", "shake"];
        let length = |words: &[&str]| english.frame_length(words.len(), |n| hash(words[n]));
        assert_eq!(length(&words), 6);
        assert_eq!(length(&words[1..]), 0);
    }
}

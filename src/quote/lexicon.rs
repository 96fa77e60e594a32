//! The words the quote rules know, by language: verbs of saying, titles, roles, pronouns, small
//! words. Each language is one data file of sorted sections; a word is looked up once by the hash
//! of its folded form and carries all its classes from then on.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::sync::OnceLock;

use crate::model::Language;

/// A set of word classes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Class(u64);

macro_rules! classes {
    ($($(#[$doc:meta])* $name:ident = $section:literal,)*) => {
        classes!(@constants 0u32; $($(#[$doc])* $name,)*);
        /// Section names of the data files and the class each stands for.
        const SECTIONS: &[(&str, Class)] = &[$(($section, Class::$name),)*];
    };
    (@constants $bit:expr; $(#[$doc:meta])* $name:ident, $($rest:tt)*) => {
        impl Class {
            $(#[$doc])*
            pub(super) const $name: Class = Class(1 << ($bit));
        }
        classes!(@constants $bit + 1; $($rest)*);
    };
    (@constants $bit:expr;) => {};
}

classes! {
    /// A verb of saying in any form.
    SAY = "verbs of saying",
    /// A verb of acting among those of thinking: it introduces whole sentences only.
    ACT = "verbs of acting",
    /// A verb that says that a speaker goes on: "He added".
    GOING_ON = "verbs of going on",
    /// A verb of thinking or acting that introduces speech only right beside it.
    THINK = "verbs of thinking",
    /// A noun of saying: statement, speech, tweet.
    SAYING = "nouns of saying",
    /// A form that is a verb of saying and a noun alike: "details", "email".
    NOUN_ALIKE = "verbs that are nouns alike",
    /// A verb that names or rates: "called it “…”".
    CALL = "verbs of calling",
    /// A word after which marks hold words at arm's length or a name: so-called, dubbed.
    SCARE = "scare introducers",
    /// A word after which marks hold a title: book, film, song.
    WORK = "works",
    /// Title of a man.
    TITLE_MASCULINE = "titles masculine",
    /// Title of a woman.
    TITLE_FEMININE = "titles feminine",
    /// Title or office that stands before a name or for a person.
    TITLE = "titles",
    /// Noun for a person who speaks: spokesman, lawyer, mother.
    ROLE = "roles",
    /// Role noun of a man.
    ROLE_MASCULINE = "roles masculine",
    /// Role noun of a woman.
    ROLE_FEMININE = "roles feminine",
    /// Noun for an unnamed source.
    ANONYMOUS = "anonymous",
    /// Noun or name part of an organisation.
    ORGANISATION = "organisations",
    /// Pronouns by the person they can stand for.
    HE = "pronouns he",
    /// She.
    SHE = "pronouns she",
    /// They.
    THEY = "pronouns they",
    /// I and we.
    FIRST = "pronouns first",
    /// Other words that can be a subject: one, some, many.
    OTHER_SUBJECT = "pronouns other",
    /// It, where it stands for no one: "heißt es".
    IMPERSONAL = "pronouns impersonal",
    /// Verb forms that mark reported speech: German "sei", "habe".
    REPORTED = "reported mood",
    /// Who, which.
    RELATIVE = "relatives",
    /// A relative or demonstrative that owns the noun behind it: German "dessen Sprecherin".
    OWNER = "owning pronouns",
    /// A word that compares what follows "als" or "wie": German "anders als der Vorgänger".
    COMPARING = "comparing words",
    /// The, a, his.
    DETERMINER = "determiners",
    /// This, that, so: German "Das berichtet die Zeitung."
    DEMONSTRATIVE = "demonstratives",
    /// The conjunction of a clause that names the source of the sentence: "wie der Minister sagte".
    EVIDENTIAL = "evidential conjunctions",
    /// A verb by which a text speaks: "heißt es in dem Brief".
    QUOTES_TEXT = "verbs of texts",
    /// A noun that makes a cue with a preposition: German "nach Angaben", "laut Bericht".
    SOURCE = "nouns of source",
    /// The preposition of such a cue: "nach".
    SOURCE_PREPOSITION = "source prepositions",
    /// A verb that with "sich" says how somebody feels: German "zeigte sich „tief betroffen“".
    SHOWING = "verbs of showing",
    /// A verb with which somebody speaks of something in words of their own: German "sprach von „…“".
    SPEAKING = "verbs of speaking of",
    /// A, an; behind them words in marks are judged, not named.
    INDEFINITE = "indefinite articles",
    /// The word between a thing and what it is called: German "als".
    AS = "as",
    /// Articles and pronouns that no subject begins with: German "den", "ihm".
    OBLIQUE = "oblique forms",
    /// The auxiliaries of the passive.
    PASSIVE = "passive auxiliaries",
    /// A verb of which a paper is the subject and the speaker the object: "zitiert".
    QUOTING = "verbs of quoting",
    /// The prepositions before the one who acts in a passive: "von", "durch".
    AGENT = "agent prepositions",
    /// In, at, with.
    PREPOSITION = "prepositions",
    /// The prepositions before a place: "in".
    PLACE_PREPOSITION = "prepositions of place",
    /// The prepositions that hold a noun phrase together: of, for.
    GENITIVE = "genitives",
    /// And, or, but.
    CONJUNCTION = "conjunctions",
    /// That, when, because.
    SUBORDINATOR = "subordinators",
    /// The conjunction that opens a reported clause: that, dass, que.
    THAT = "that",
    /// Has, was, is.
    AUXILIARY = "auxiliaries",
    /// Might, would.
    MODAL = "modals",
    /// Not, never.
    NEGATION = "negations",
    /// Adverbs between subject and verb.
    ADVERB = "adverbs",
    /// Days, months and other times.
    CALENDAR = "calendar",
    /// Van, de, al: parts of names in small letters.
    PARTICLE = "particles",
    /// Words with an apostrophe in front.
    ELISION = "elisions",
    /// Words that a full stop shortens.
    ABBREVIATION = "abbreviations",
    /// First word of a verbless cue: according (to).
    VERBLESS = "verbless first words",
    /// Separable verb parts and adverbs that close a tag: "teilte … mit".
    VERB_PARTICLE = "verb particles",
    /// A verb that says only together with a particle of its own: "teilte … mit", "voegde … toe". What
    /// completes it stands in its line behind a plus sign.
    SEPARABLE = "separable verbs",
    /// The particle of such a verb, from its line.
    SEPARATED = "separable particles",
    /// A word that says the sentence is of the source named before: "demnach".
    POINTER = "pointers to sources",
    /// Stands after the speaker in place of a verb: "Angaben zufolge".
    POSTPOSITION = "postpositions",
    /// A word that closes the name of a company, whatever the words before it are elsewhere: "Corp".
    COMPANY = "company endings",
    /// Forename of men.
    FORENAME_MASCULINE = "forenames masculine",
    /// Forename of women.
    FORENAME_FEMININE = "forenames feminine",
}

impl Class {
    /// Whether any class of `other` is in this set.
    pub(super) fn is(self, other: Class) -> bool {
        self.0 & other.0 != 0
    }

    /// Whether this set holds no class outside `other`.
    pub(super) fn only(self, other: Class) -> bool {
        self.0 & !other.0 == 0
    }

    /// The union.
    pub(super) const fn or(self, other: Class) -> Class {
        Class(self.0 | other.0)
    }

    /// What a compound inherits from its last part: that it is a person, with titles as roles, so
    /// that a name is not cut behind it.
    pub(super) fn role_only(self) -> Class {
        Class(
            self.0 & Class::PERSON_NOUN.or(Class::ANONYMOUS).or(Class::SOURCE).or(Class::SAYING).0,
        )
    }

    /// The role that the ending of an unknown German noun gives away: "Sozialistin", "Meteorologen",
    /// "Bundesforstamt". The number is the least length in bytes, for short words end so by chance.
    pub(super) fn of_german_ending(word: &str) -> Self {
        const ENDINGS: [(&str, usize); 24] = [
            ("aner", 6),
            ("amt", 7),
            ("ant", 8),
            ("anten", 8),
            ("antin", 8),
            ("dent", 8),
            ("enten", 9),
            ("entin", 8),
            ("erin", 8),
            ("erinnen", 9),
            ("eur", 8),
            ("eure", 9),
            ("eurin", 8),
            ("iker", 7),
            ("ist", 8),
            ("isten", 8),
            ("istin", 8),
            ("istinnen", 9),
            ("kreise", 9),
            ("ler", 8),
            ("loge", 7),
            ("logen", 8),
            ("login", 8),
            ("verwaltung", 12),
        ];
        let ends = |&(ending, least): &(&str, usize)| word.len() >= least && word.ends_with(ending);
        if ENDINGS.iter().any(ends) { Class::ROLE } else { Class::default() }
    }

    /// Any pronoun that can be the subject of saying.
    pub(super) const PRONOUN: Class =
        Class::HE.or(Class::SHE).or(Class::THEY).or(Class::FIRST).or(Class::OTHER_SUBJECT);
    /// Any noun for a person.
    pub(super) const PERSON_NOUN: Class = Class::TITLE
        .or(Class::TITLE_MASCULINE)
        .or(Class::TITLE_FEMININE)
        .or(Class::ROLE)
        .or(Class::ROLE_MASCULINE)
        .or(Class::ROLE_FEMININE);
    /// Any forename.
    pub(super) const FORENAME: Class = Class::FORENAME_MASCULINE.or(Class::FORENAME_FEMININE);
}

/// The words of a language.
pub(super) struct Lexicon {
    classes: HashMap<u64, Class, BuildHasherDefault<HashIsKey>>,
    /// A bit for the low bits of every known hash: most words of a text are answered from here,
    /// and this stays in the nearest cache.
    known: Box<[u64; FILTER_WORDS]>,
    /// The particles that make a separable verb one of saying, by the verb's form.
    particles: HashMap<u64, Vec<u64>, BuildHasherDefault<HashIsKey>>,
    /// Verbless cues and phrases of saying as hashes of their words, by the first word.
    phrases: HashMap<u64, Vec<Phrase>, BuildHasherDefault<HashIsKey>>,
}

/// Words of 64 bits in the filter before the table: eight kilobytes.
const FILTER_WORDS: usize = 1024;

/// The word and the bit of the filter that stand for a hash.
fn filter_place(hash: u64) -> (usize, u64) {
    ((hash >> 6) as usize % FILTER_WORDS, 1 << (hash % 64))
}

/// A cue of several words.
#[derive(Clone, Debug)]
pub(super) struct Phrase {
    /// Hashes of the folded words after the first.
    pub(super) rest: Vec<u64>,
    /// How it is used.
    pub(super) kind: PhraseKind,
}

/// How a cue of several words is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum PhraseKind {
    /// A verb with what belongs to it: "pointed out".
    Verb,
    /// The speaker follows, and there is no verb: "according to".
    Verbless,
    /// The same, but only directly after a quotation: German "so", French "dixit".
    VerblessTag,
}

impl Lexicon {
    /// The classes of a folded word.
    pub(super) fn class(&self, hash: u64) -> Class {
        let (word, bit) = filter_place(hash);
        if self.known[word] & bit == 0 {
            return Class::default();
        }
        self.classes.get(&hash).copied().unwrap_or_default()
    }

    fn add(&mut self, hash: u64, class: Class) {
        let entry = self.classes.entry(hash).or_default();
        *entry = entry.or(class);
        let (word, bit) = filter_place(hash);
        self.known[word] |= bit;
    }

    /// Whether a word is a particle that completes this form of a separable verb.
    pub(super) fn completes(&self, verb: u64, particle: u64) -> bool {
        self.particles.get(&verb).is_some_and(|particles| particles.contains(&particle))
    }

    /// The cues of several words (or verbless ones of one) that begin with this word.
    pub(super) fn phrases(&self, hash: u64) -> &[Phrase] {
        self.phrases.get(&hash).map_or(&[], Vec::as_slice)
    }
}

/// FNV-1a over the folded bytes; the lexicon's test makes sure that no two of its words collide.
#[derive(Clone, Copy)]
pub(super) struct WordHash(u64);

impl WordHash {
    /// The hash of nothing.
    pub(super) const fn new() -> Self {
        WordHash(0xcbf2_9ce4_8422_2325)
    }

    /// Takes in one byte.
    #[inline]
    pub(super) fn push(&mut self, byte: u8) {
        self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }

    /// Takes in a character, folded to lower case; the typographic apostrophe is a plain one.
    pub(super) fn push_folded(&mut self, character: char) {
        let mut buffer = [0; 4];
        if character == '’' || character == 'ʼ' {
            self.push(b'\'');
            return;
        }
        for lower in character.to_lowercase() {
            for &byte in lower.encode_utf8(&mut buffer).as_bytes() {
                self.push(byte);
            }
        }
    }

    /// The hash of all that was taken in.
    pub(super) fn finish(self) -> u64 {
        self.0
    }

    /// The hash of a whole word.
    pub(super) fn of(word: &str) -> u64 {
        let mut hash = WordHash::new();
        word.chars().for_each(|character| hash.push_folded(character));
        hash.finish()
    }
}

/// The keys are hashes already.
#[derive(Default)]
pub(super) struct HashIsKey(u64);

impl Hasher for HashIsKey {
    fn write(&mut self, _: &[u8]) {
        unreachable!("only u64 keys are hashed");
    }

    fn write_u64(&mut self, key: u64) {
        // FNV's low bits are good; the table uses the high ones as well.
        self.0 = key ^ (key << 32);
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

/// The lexicon of a language; the languages without one have the names and marks only.
pub(super) fn lexicon(language: Language) -> &'static Lexicon {
    static LEXICONS: [OnceLock<Lexicon>; 10] = [const { OnceLock::new() }; 10];
    let (slot, data) = match language {
        Language::English => (0, include_str!("data/en.txt")),
        Language::German => (1, include_str!("data/de.txt")),
        Language::French => (2, include_str!("data/fr.txt")),
        Language::Spanish => (3, include_str!("data/es.txt")),
        Language::Italian => (4, include_str!("data/it.txt")),
        Language::Portuguese => (5, include_str!("data/pt.txt")),
        Language::Dutch => (6, include_str!("data/nl.txt")),
        Language::Russian => (7, include_str!("data/ru.txt")),
        Language::Ukrainian => (8, include_str!("data/uk.txt")),
        Language::Chinese | Language::Japanese | Language::Thai | Language::Other => (9, ""),
    };
    LEXICONS[slot].get_or_init(|| parse(&[include_str!("data/names.txt"), data]))
}

/// Reads data files: `[section]` lines, and below them one entry a line; a line of the verb
/// sections holds all forms of one verb.
fn parse(files: &[&str]) -> Lexicon {
    let mut lexicon = Lexicon {
        classes: HashMap::default(),
        known: Box::new([0; FILTER_WORDS]),
        particles: HashMap::default(),
        phrases: HashMap::default(),
    };
    for (section, line) in files.iter().flat_map(|file| entries(file)) {
        match section {
            "verbless cues" => add_phrase(&mut lexicon, line, PhraseKind::Verbless),
            "verbless tags" => add_phrase(&mut lexicon, line, PhraseKind::VerblessTag),
            "phrases of saying" => add_phrase(&mut lexicon, line, PhraseKind::Verb),
            "separable verbs" => add_separable(&mut lexicon, line),
            _ => {
                let Some((_, class)) = SECTIONS.iter().find(|(name, _)| *name == section) else {
                    continue;
                };
                for word in line.split(' ') {
                    lexicon.add(WordHash::of(word), *class);
                }
            }
        }
    }
    lexicon
}

/// A line of a separable verb: its forms, a plus sign, the particles.
fn add_separable(lexicon: &mut Lexicon, line: &str) {
    let (forms, particles) = line.split_once(" + ").unwrap_or((line, ""));
    let particles: Vec<u64> = particles.split_whitespace().map(WordHash::of).collect();
    for &particle in &particles {
        lexicon.add(particle, Class::SEPARATED);
    }
    for form in forms.split(' ').map(WordHash::of) {
        lexicon.add(form, Class::SEPARABLE);
        lexicon.particles.entry(form).or_default().extend(&particles);
    }
}

fn add_phrase(lexicon: &mut Lexicon, line: &str, kind: PhraseKind) {
    let mut words = line.split(' ').map(WordHash::of);
    let Some(first) = words.next() else { return };
    let phrase = Phrase { rest: words.collect(), kind };
    lexicon.add(first, Class::VERBLESS);
    let phrases = lexicon.phrases.entry(first).or_default();
    phrases.push(phrase);
    // The longest cue first, so that "in the words of" is not cut short.
    phrases.sort_by_key(|phrase| usize::MAX - phrase.rest.len());
}

/// Section name and line of every entry of a data file.
fn entries(file: &str) -> impl Iterator<Item = (&str, &str)> {
    let mut section = "";
    file.lines().filter_map(move |line| {
        if line.is_empty() || line.starts_with('#') {
            return None;
        }
        if let Some(name) = line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            section = name;
            return None;
        }
        Some((section, line))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    const FILES: [(&str, &str); 10] = [
        ("names", include_str!("data/names.txt")),
        ("en", include_str!("data/en.txt")),
        ("de", include_str!("data/de.txt")),
        ("fr", include_str!("data/fr.txt")),
        ("es", include_str!("data/es.txt")),
        ("it", include_str!("data/it.txt")),
        ("pt", include_str!("data/pt.txt")),
        ("nl", include_str!("data/nl.txt")),
        ("ru", include_str!("data/ru.txt")),
        ("uk", include_str!("data/uk.txt")),
    ];

    #[test]
    fn sections_are_known_sorted_and_unique() {
        for (name, file) in FILES {
            let mut last = ("", "");
            for (section, line) in entries(file) {
                assert!(
                    ["verbless cues", "verbless tags", "phrases of saying"].contains(&section)
                        || SECTIONS.iter().any(|(known, _)| *known == section),
                    "{name}: unknown section {section}"
                );
                assert!(
                    line.trim() == line && !line.contains("  "),
                    "{name}: stray space in {line:?}"
                );
                assert!(
                    last.0 != section || last.1 < line,
                    "{name}: [{section}] {line:?} is not after {:?}",
                    last.1
                );
                last = (section, line);
            }
        }
    }

    #[test]
    fn no_two_words_share_a_hash() {
        let mut seen: HashMap<u64, String> = HashMap::new();
        let mut words = HashSet::new();
        for (_, file) in FILES {
            for word in entries(file).flat_map(|(_, line)| line.split(' ')) {
                let folded = word.to_lowercase();
                if words.insert(folded.clone()) {
                    let other = seen.insert(WordHash::of(word), folded.clone());
                    assert_eq!(other, None, "{folded} collides");
                }
            }
        }
    }
}

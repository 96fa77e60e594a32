//! One document made ready for comparison: its words with their stems, weights and classes, and
//! two sorted indexes (stems, word 3-grams), so that comparing two documents is a merge of sorted
//! lists. All that depends on one document alone is done here, once, however many pairs follow.

use std::ops::Range;

use crate::model::{Analysis, DocumentFrequencies, Language, Sentence, SentenceKind, Span};
use crate::text::{BYTES_A_WORD, Word, words_into};

use super::lexicon::{Classes, Lexicon};
use super::verify::{PreparedUnit, chance};
use super::vocabulary::{Facts, Vocabulary};

/// The length in words of the shingles that documents and passages are measured by.
pub(super) const SHINGLE: usize = 3;

/// A document is made in the room of another that takes at most so many times as much.
const MOST_ROOM: usize = 2;

/// A word made ready.
#[derive(Clone, Copy, Debug)]
pub(super) struct PreparedWord {
    /// Its place in the text.
    pub(super) span: Span,
    /// Hash of the folded form: equal forms are the same word.
    pub(super) form: u32,
    /// Hash of the stem: equal stems are forms of the same word.
    pub(super) stem: u32,
    /// What the word says, in nats.
    pub(super) weight: f32,
    /// The unit it stands in.
    pub(super) unit: u32,
    /// What kind of word it is.
    pub(super) classes: Classes,
}

/// A use of a stem. Two documents are merged by these, without a way to the words themselves.
#[derive(Clone, Copy, Debug)]
pub(super) struct StemUse {
    pub(super) stem: u32,
    /// The number of the word.
    pub(super) place: u32,
}

/// A sentence or other unit made ready.
#[derive(Clone, Debug)]
pub(super) struct Unit {
    /// Its place in the text.
    pub(super) span: Span,
    /// Its words.
    pub(super) words: Range<u32>,
    /// Whether it states something (prose and bullets that are not masked), so that a match can
    /// start in it. Passages may run across other units that lie between two statements.
    pub(super) statement: bool,
}

/// A document made ready for comparison.
#[derive(Clone, Debug, Default)]
pub struct Prepared<'t> {
    pub(super) text: &'t str,
    pub(super) words: Vec<PreparedWord>,
    pub(super) units: Vec<Unit>,
    /// The words that are not neutral, sorted by stem, then by place.
    pub(super) by_stem: Vec<StemUse>,
    /// Word numbers sorted by unit, then by stem: the words of a unit as a sorted bag.
    pub(super) by_unit: Vec<u32>,
    /// Hashes of word 3-grams with the number of their first word, sorted; without those that hold
    /// a neutral word.
    pub(super) shingles: Vec<(u32, u32)>,
    /// Identifies the text, for a canonical order of the two sides of a pair.
    pub(super) fingerprint: u64,
    /// How much of what it shares with another can be chance in a collection of that size, in nats:
    /// see [`super::verify::chance`].
    pub(super) chance: f64,
}

impl<'t> Prepared<'t> {
    /// The number of units (sentences, headings, bullets…), as in the analysis.
    pub fn units(&self) -> usize {
        self.units.len()
    }

    /// The words of a unit in order of their stems.
    pub(super) fn bag(&self, unit: &Unit) -> impl Iterator<Item = &PreparedWord> + Clone {
        self.by_unit[unit.words.start as usize..unit.words.end as usize]
            .iter()
            .map(|&place| &self.words[place as usize])
            .filter(|word| !word.classes.has(Classes::NEUTRAL))
    }

    /// The words of a range.
    pub(super) fn slice(&self, range: &Range<u32>) -> &[PreparedWord] {
        &self.words[range.start as usize..range.end as usize]
    }

    /// A word as written.
    pub(super) fn written(&self, word: &PreparedWord) -> &'t str {
        &self.text[word.span.range()]
    }

    /// The span from one word to another in the text, both included.
    pub(super) fn span(&self, words: &Range<u32>) -> Span {
        let first = self.words[words.start as usize].span;
        let last = self.words[words.end as usize - 1].span;
        first.cover(last)
    }
}

/// Makes a document ready. `masked` are spans that take no part in the comparison (boilerplate of
/// the outlet, template text), sorted or not; a word that touches one is masked.
pub fn prepare<'t>(
    text: &'t str,
    analysis: &Analysis,
    frequencies: &DocumentFrequencies,
    masked: &[Span],
) -> Prepared<'t> {
    Preparer::new(frequencies).prepare(text, analysis, masked)
}

/// Makes documents ready one after the other and remembers what it has found out about their words;
/// one a thread.
#[derive(Debug)]
pub struct Preparer<'f> {
    pub(super) vocabulary: Vocabulary<'f>,
    pub(super) facts: Vec<Facts>,
    pub(super) chance: f64,
    words: Vec<Word>,
    sorting: Sorting,
}

impl<'f> Preparer<'f> {
    /// A preparer for the documents of a collection with these frequencies.
    pub fn new(frequencies: &'f DocumentFrequencies) -> Self {
        Preparer {
            vocabulary: Vocabulary::new(frequencies),
            facts: Vec::new(),
            chance: chance(frequencies.documents()),
            words: Vec::new(),
            sorting: Sorting::default(),
        }
    }

    /// Makes a document ready, as [`prepare`] does.
    pub fn prepare<'t>(
        &mut self,
        text: &'t str,
        analysis: &Analysis,
        masked: &[Span],
    ) -> Prepared<'t> {
        self.prepare_in(None, text, analysis, masked)
    }

    /// Makes a document ready in the room of one that is no longer needed, if it is about as much as the new
    /// one takes: the same bytes need not be given back and asked for again.
    pub fn prepare_in<'t>(
        &mut self,
        room: Option<Prepared<'t>>,
        text: &'t str,
        analysis: &Analysis,
        masked: &[Span],
    ) -> Prepared<'t> {
        let about = text.len() / BYTES_A_WORD;
        let fits = |room: &Prepared<'_>| room.words.capacity() <= MOST_ROOM * about;
        let Prepared { words, mut units, mut by_stem, mut by_unit, mut shingles, .. } =
            room.filter(fits).unwrap_or_default();
        let mut masked = masked.to_vec();
        masked.sort_unstable();
        let mut builder = Builder::new(self, text, analysis.language, &masked);
        builder.words = words;
        builder.words.clear();
        builder.words.reserve(about);
        units.clear();
        units.reserve(analysis.sentences.len());
        for sentence in &analysis.sentences {
            units.push(builder.unit(units.len() as u32, sentence));
        }
        builder.mark_quotes(analysis);
        builder.mark_initial_names();
        builder.weigh();
        let words = builder.words;
        let sorting = &mut self.sorting;
        sorting.stems((&words, &units), &mut by_stem, &mut by_unit);
        sorting.shingles(&words, &mut shingles);
        let (fingerprint, chance) = (fingerprint(&words), self.chance);
        Prepared { text, words, units, by_stem, by_unit, shingles, fingerprint, chance }
    }

    /// Makes one unit ready as far as that can be done without the rest of its document. `masked` is
    /// sorted.
    pub fn prepare_unit<'t>(
        &mut self,
        text: &'t str,
        analysis: &Analysis,
        unit: usize,
        masked: &[Span],
    ) -> PreparedUnit<'t> {
        let sentence = &analysis.sentences[unit];
        let first = masked.partition_point(|mask| mask.end <= sentence.span.start);
        let mut builder = Builder::new(self, text, analysis.language, &masked[first..]);
        builder.previous_end = sentence.span.start as usize;
        builder.words.reserve(sentence.span.len() / BYTES_A_WORD);
        let units = vec![builder.unit(0, sentence)];
        builder.weigh();
        let leeway = builder.leeway();
        let words = builder.words;
        let (mut by_stem, mut by_unit, mut shingles) = Default::default();
        self.sorting.stems((&words, &units), &mut by_stem, &mut by_unit);
        self.sorting.shingles(&words, &mut shingles);
        let (fingerprint, chance) = (fingerprint(&words), self.chance);
        let prepared =
            Prepared { text, words, units, by_stem, by_unit, shingles, fingerprint, chance };
        PreparedUnit { prepared, leeway }
    }
}

struct Builder<'a, 'f, 't> {
    text: &'t str,
    language: Language,
    lexicon: &'static Lexicon,
    vocabulary: &'a mut Vocabulary<'f>,
    masked: &'a [Span],
    next_masked: usize,
    /// What is known of all words so far.
    facts: &'a mut Vec<Facts>,
    /// The words of the unit in work, as they are read.
    read: &'a mut Vec<Word>,
    words: Vec<PreparedWord>,
    previous_end: usize,
}

impl<'a, 'f, 't> Builder<'a, 'f, 't> {
    fn new(
        preparer: &'a mut Preparer<'f>,
        text: &'t str,
        language: Language,
        masked: &'a [Span],
    ) -> Self {
        preparer.facts.clear();
        Builder {
            text,
            language,
            lexicon: Lexicon::of(language),
            vocabulary: &mut preparer.vocabulary,
            masked,
            next_masked: 0,
            facts: &mut preparer.facts,
            read: &mut preparer.words,
            words: Vec::new(),
            previous_end: 0,
        }
    }

    /// Adds the words of the unit with a number.
    fn unit(&mut self, unit: u32, sentence: &Sentence) -> Unit {
        let furniture = sentence.kind == SentenceKind::Furniture;
        self.read.clear();
        words_into(self.text, sentence.span, self.read);
        let first = self.words.len();
        self.vocabulary.facts_into((self.text, self.language), self.read, self.facts);
        for place in 0..self.read.len() {
            let word = self.read[place];
            let written = word.span.of(self.text);
            let facts = self.facts[first + place];
            let mut classes = facts.classes;
            let between = self.text.get(self.previous_end..word.span.start as usize).unwrap_or("");
            let starts_clause = place == 0 || between.contains(is_clause_mark);
            if starts_clause {
                classes = classes.with(Classes::CLAUSE_START);
            }
            if place > 0
                && !classes.has(Classes::FUNCTION)
                && is_written_as_name(self.language, written, between)
            {
                classes = classes.with(Classes::NAME);
            }
            if classes.has(Classes::DATE_IF_CAPITAL) && !has_telling_capital(self.language, written)
            {
                classes = classes.without(Classes::DATE);
            }
            if furniture || self.is_masked(word.span) {
                classes = classes.with(Classes::NEUTRAL);
            }
            self.words.push(PreparedWord {
                span: word.span,
                form: facts.form,
                stem: facts.stem,
                weight: 0.0,
                unit,
                classes,
            });
            self.previous_end = word.span.end as usize;
        }
        let mut place = first;
        while place < self.words.len() {
            let rest = &self.words[place..];
            let length = match rest[0].classes.has(Classes::OPENS_FRAME) {
                true => self.lexicon.frame_length(rest.len(), |number| rest[number].form),
                false => 0,
            };
            for word in &mut self.words[place..place + length] {
                word.classes = word.classes.with(Classes::FRAME);
            }
            place += length.max(1);
        }
        let mut of_unit = self.words[first..].iter();
        let neutral = of_unit.all(|word| word.classes.has(Classes::NEUTRAL));
        Unit {
            span: sentence.span,
            words: first as u32..self.words.len() as u32,
            statement: sentence.kind.is_statement() && !neutral,
        }
    }

    /// How much more the words can weigh once the names of the document are known.
    fn leeway(&self) -> f32 {
        if !self.language.has_spaces() {
            // What a character weighs hangs on the one behind it, also across units.
            return f32::INFINITY;
        }
        let weigher = self.vocabulary.weigher();
        let more = self.words.iter().zip(&*self.facts).map(|(word, facts)| {
            let settled = Classes::FUNCTION.with(Classes::NAME).with(Classes::NEUTRAL);
            if word.classes.has(settled) || !word.span.of(self.text).starts_with(char::is_uppercase)
            {
                return 0.0;
            }
            let classes = word.classes.with(Classes::NAME);
            let named = weigher.weight(facts.letters, classes, facts.counted);
            (named - word.weight).max(0.0)
        });
        more.sum::<f32>()
    }

    /// Whether a word touches a masked span; words come in order of the text.
    fn is_masked(&mut self, word: Span) -> bool {
        while let Some(mask) = self.masked.get(self.next_masked) {
            if mask.end > word.start {
                return mask.start < word.end;
            }
            self.next_masked += 1;
        }
        false
    }

    fn mark_quotes(&mut self, analysis: &Analysis) {
        for quote in analysis.quotes.iter().filter(|quote| quote.kind.is_quoted_speech()) {
            for part in &quote.parts {
                let from = self.words.partition_point(|word| word.span.start < part.start);
                for word in &mut self.words[from..] {
                    if word.span.end > part.end {
                        break;
                    }
                    word.classes = word.classes.with(Classes::QUOTED);
                }
            }
        }
    }

    /// The first word of a sentence has its capital anyway; it is a name when the document writes
    /// the same word with a capital elsewhere too.
    fn mark_initial_names(&mut self) {
        let mut names: Vec<u32> = self
            .words
            .iter()
            .filter(|word| word.classes.has(Classes::NAME))
            .map(|word| word.stem)
            .collect();
        names.sort_unstable();
        names.dedup();
        for word in &mut self.words {
            let written = word.span.of(self.text);
            if written.starts_with(char::is_uppercase)
                && !word.classes.has(Classes::FUNCTION.with(Classes::NAME))
                && names.binary_search(&word.stem).is_ok()
            {
                word.classes = word.classes.with(Classes::NAME);
            }
        }
    }

    fn weigh(&mut self) {
        let weigher = self.vocabulary.weigher();
        for (word, facts) in self.words.iter_mut().zip(&*self.facts) {
            word.weight = if word.classes.has(Classes::NEUTRAL) {
                0.0
            } else {
                weigher.weight(facts.letters, word.classes, facts.counted)
            };
        }
        if !self.language.has_spaces() {
            self.pair_characters();
        }
    }

    /// Where no spaces part the words, a "word" is a character; two neighbours together are about
    /// as telling as a word elsewhere.
    fn pair_characters(&mut self) {
        for place in 0..self.words.len() {
            let next = self.words.get(place + 1).map_or(0, |word| word.form);
            let word = &mut self.words[place];
            word.stem = word.form.rotate_left(16) ^ next.wrapping_mul(0x9E37_79B1);
            if !word.classes.has(Classes::NEUTRAL) {
                word.weight = word.weight.max(2.0);
            }
        }
    }
}

/// Whether a word has a capital that tells something: German writes every noun with one.
fn has_telling_capital(language: Language, written: &str) -> bool {
    language != Language::German && written.starts_with(char::is_uppercase)
}

/// Whether a word behind another of its unit has a capital where what stands between them does not ask for
/// one.
pub(super) fn is_written_as_name(language: Language, written: &str, between: &str) -> bool {
    has_telling_capital(language, written) && !between.contains(is_opening_mark)
}

/// Marks after which a clause can start.
fn is_clause_mark(character: char) -> bool {
    matches!(
        character,
        ',' | ';'
            | ':'
            | '.'
            | '!'
            | '?'
            | '…'
            | '('
            | ')'
            | '['
            | ']'
            | '"'
            | '“'
            | '”'
            | '„'
            | '«'
            | '»'
            | '—'
            | '–'
            | '‘'
            | '、'
            | '。'
            | '，'
            | '「'
            | '」'
            | '\n'
    )
}

/// Marks after which a capital is expected whatever the word.
fn is_opening_mark(character: char) -> bool {
    matches!(character, '"' | '“' | '„' | '«' | '‘' | ':' | '.' | '!' | '?' | '\n' | '•')
}

/// Identifies a text by its words.
fn fingerprint(words: &[PreparedWord]) -> u64 {
    words.iter().fold(words.len() as u64, |state, word| {
        (state ^ u64::from(word.form)).wrapping_mul(0x9E37_79B9_7F4A_7C15).rotate_left(29)
    })
}

/// Scratch space for what is sorted of a document.
#[derive(Debug, Default)]
struct Sorting {
    /// What is sorted by in the upper half, a place in the lower one.
    keys: Vec<u64>,
    /// For each unit where its next word goes.
    next: Vec<u32>,
}

/// A number that sorts by a hash, then by a place.
fn hash_and_place(hash: u32, place: usize) -> u64 {
    u64::from(hash) << 32 | place as u64
}

impl Sorting {
    /// Puts the words that are not neutral, sorted by stem, in place of what `by_stem` held, and all words,
    /// sorted by unit, then by stem, in place of what `by_unit` held.
    fn stems(
        &mut self,
        (words, units): (&[PreparedWord], &[Unit]),
        by_stem: &mut Vec<StemUse>,
        by_unit: &mut Vec<u32>,
    ) {
        self.keys.clear();
        let keys = words.iter().enumerate().map(|(place, word)| hash_and_place(word.stem, place));
        self.keys.extend(keys);
        self.keys.sort_unstable();
        by_stem.clear();
        let uses =
            self.keys.iter().map(|&key| StemUse { stem: (key >> 32) as u32, place: key as u32 });
        by_stem.extend(uses.filter(|at| !words[at.place as usize].classes.has(Classes::NEUTRAL)));
        self.next.clear();
        self.next.extend(units.iter().map(|unit| unit.words.start));
        by_unit.clear();
        by_unit.resize(words.len(), 0);
        for &key in &self.keys {
            let place = key as u32;
            let next = &mut self.next[words[place as usize].unit as usize];
            by_unit[*next as usize] = place;
            *next += 1;
        }
    }

    /// Puts the shingles without a neutral word, sorted, in place of what `out` held.
    fn shingles(&mut self, words: &[PreparedWord], out: &mut Vec<(u32, u32)>) {
        let windows = words.windows(SHINGLE).enumerate();
        let is_neutral = |word: &PreparedWord| word.classes.has(Classes::NEUTRAL);
        let telling = windows.filter(|(_, window)| !window.iter().any(is_neutral));
        self.keys.clear();
        self.keys
            .extend(telling.map(|(place, window)| hash_and_place(shingle_hash(window), place)));
        self.keys.sort_unstable();
        out.clear();
        out.extend(self.keys.iter().map(|&key| ((key >> 32) as u32, key as u32)));
    }
}

/// A hash of the forms of a run of words, in order.
pub(super) fn shingle_hash(words: &[PreparedWord]) -> u32 {
    let mut state = 0x243F_6A88_85A3_08D3u64;
    for word in words {
        state = (state ^ u64::from(word.form)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        state ^= state >> 29;
    }
    (state >> 16) as u32
}

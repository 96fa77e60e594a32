//! A quote made ready for comparison.

use xxhash_rust::xxh3::xxh3_64;

use crate::model::{
    Date, Document, DocumentFrequencies, Language, Quote, QuoteKind, Span, SpeakerMethod,
};
use crate::text::{Word, fold, sound_alike, words_into};

use super::classes::{WordClass, classify};
use super::information::information;

/// A word of a quote.
#[derive(Clone, Copy, Debug)]
pub(super) struct QuoteWord {
    /// Hash of the folded form; contractions are taken apart ("don't" is "do", "not").
    pub(super) hash: u64,
    /// Its place in the text.
    pub(super) span: Span,
    /// Its length in characters, at most 255.
    pub(super) characters: u8,
    /// The first character of the folded form.
    pub(super) initial: char,
    /// How much it says that another quote has it too, in nats.
    pub(super) information: f64,
    /// What it carries.
    pub(super) class: WordClass,
    /// The value of a number.
    pub(super) value: Option<u64>,
    /// Stands in square brackets: an editor's word.
    pub(super) bracketed: bool,
    /// Begins with a capital though it does not begin a sentence.
    pub(super) is_name: bool,
    /// The sentence of the quote it stands in, counted from 0.
    pub(super) sentence: u32,
    /// The stretch between commas, dashes and the like it stands in, counted from 0 through the
    /// whole quote.
    pub(super) clause: u32,
}

/// A quote made ready for comparison.
#[derive(Clone, Debug)]
pub struct QuoteText<'t> {
    pub(super) text: &'t str,
    pub(super) language: Language,
    pub(super) words: Vec<QuoteWord>,
    /// An ellipsis stands before the word with this number (or at the end, for the word count).
    /// Sorted.
    pub(super) gaps: Vec<u32>,
    /// A new part of an interrupted quote begins with the word of this number. Sorted.
    pub(super) parts: Vec<u32>,
    /// Whether the words stand in quotation marks.
    pub(super) quoted: bool,
    pub(super) date: Option<&'t Date>,
    speaker: Option<&'t str>,
    /// The speaker is named beside the quote, not resolved from a pronoun or carried over.
    is_named_beside: bool,
    core_words: usize,
}

/// Prepares a quote of a document.
pub fn prepare_quote<'t>(
    document: &'t Document,
    language: Language,
    quote: &'t Quote,
    frequencies: &DocumentFrequencies,
) -> QuoteText<'t> {
    prepare_quote_within(document, language, quote, quote.cover(), frequencies)
}

/// Prepares the parts of a quote of a document that lie within a span of its text.
pub fn prepare_quote_within<'t>(
    document: &'t Document,
    language: Language,
    quote: &'t Quote,
    span: Span,
    frequencies: &DocumentFrequencies,
) -> QuoteText<'t> {
    let parts = quote.parts_within(span);
    let mut prepared = prepare_parts(&document.text, parts, language, frequencies);
    prepared.quoted = quote.kind != QuoteKind::Indirect;
    prepared.date = document.published_at.as_ref();
    // "A spokesman" agrees and disagrees with nobody.
    let named = quote.speaker.as_ref().filter(|speaker| {
        !speaker.method.is_description()
            && speaker.name.starts_with(|c: char| !c.is_lowercase())
            && speaker.name.chars().nth(3).is_some()
    });
    prepared.speaker = named.map(|speaker| speaker.name.as_str());
    prepared.is_named_beside = named.is_some_and(|speaker| {
        matches!(speaker.method, SpeakerMethod::Explicit | SpeakerMethod::Surname)
    });
    prepared
}

/// Prepares running text of a document, for a quote that may stand there without marks.
pub fn prepare_passage<'t>(
    document: &'t Document,
    language: Language,
    span: Span,
    frequencies: &DocumentFrequencies,
) -> QuoteText<'t> {
    let mut prepared = prepare_parts(&document.text, &[span], language, frequencies);
    prepared.quoted = false;
    prepared.date = document.published_at.as_ref();
    prepared
}

/// Prepares a bare string, as a user types it.
pub fn prepare_string<'t>(
    text: &'t str,
    language: Language,
    frequencies: &DocumentFrequencies,
) -> QuoteText<'t> {
    prepare_parts(text, &[Span::new(0, text.len())], language, frequencies)
}

fn prepare_parts<'t>(
    text: &'t str,
    parts: &[Span],
    language: Language,
    frequencies: &DocumentFrequencies,
) -> QuoteText<'t> {
    let mut quote = QuoteText {
        text,
        language,
        words: Vec::new(),
        gaps: Vec::new(),
        parts: Vec::new(),
        quoted: true,
        date: None,
        speaker: None,
        is_named_beside: false,
        core_words: 0,
    };
    let mut reader = PartReader::default();
    for part in parts {
        if let Some(last) = quote.words.last() {
            let tag = text.get(last.span.end as usize..part.start as usize).unwrap_or("");
            quote.parts.push(quote.words.len() as u32);
            reader.pass_tag(tag);
        }
        reader.read(&mut quote, *part);
    }
    settle_classes(&mut quote.words);
    for word in &mut quote.words {
        word.information = information(word, frequencies);
    }
    quote.core_words = quote.words.iter().filter(|word| !word.bracketed).count();
    quote
}

impl<'t> QuoteText<'t> {
    /// The words that are the speaker's own, not an editor's in brackets.
    pub fn core_words(&self) -> usize {
        self.core_words
    }

    /// The hashes of all words in order, contractions taken apart.
    pub fn word_hashes(&self) -> impl Iterator<Item = u64> + '_ {
        self.words.iter().map(|word| word.hash)
    }

    /// The span in the text of the words from number `first` up to `last`, both counted in
    /// [`QuoteText::word_hashes`].
    pub fn span_of(&self, first: usize, last: usize) -> Option<Span> {
        let words = self.words.get(first..last)?;
        Some(words.first()?.span.cover(words.last()?.span))
    }

    pub(super) fn speaker_name(&self) -> &'t str {
        self.speaker.unwrap_or("")
    }

    /// The words of the speaker's name that name a person; none when no speaker is named.
    pub(super) fn speaker_words(&self) -> Vec<String> {
        self.speaker.map(name_words).unwrap_or_default()
    }

    /// Names the speaker, beside the quote.
    #[cfg(test)]
    pub(super) fn set_speaker(&mut self, speaker: Option<&'t str>) {
        self.speaker = speaker;
        self.is_named_beside = speaker.is_some();
    }

    /// Whether both name their speaker and the names can be of one person.
    pub(super) fn names_same_speaker(&self, other: &QuoteText<'_>) -> bool {
        match (self.speaker, other.speaker) {
            (Some(a), Some(b)) => self.can_be_one(other, a, b),
            _ => false,
        }
    }

    /// Whether two names can be of one person; each language spells them its own way.
    fn can_be_one(&self, other: &QuoteText<'_>, a: &str, b: &str) -> bool {
        share_last_name(a, b) || (self.language != other.language && sound_alike(a, b))
    }

    /// Whether both name their speaker beside the quote and the names cannot be of one person.
    pub(super) fn names_other_speaker(&self, other: &QuoteText<'_>) -> bool {
        self.is_named_beside && other.is_named_beside && self.has_other_speaker(other)
    }

    /// Whether both have a named speaker, by a pronoun or otherwise, and the names cannot be of one person.
    pub(super) fn has_other_speaker(&self, other: &QuoteText<'_>) -> bool {
        match (self.speaker, other.speaker) {
            (Some(a), Some(b)) => !self.can_be_one(other, a, b),
            _ => false,
        }
    }
}

/// Whether one name's last word stands in the other: "Doe" and "Jane Doe", "Doe Jr." and "J. Doe".
fn share_last_name(a: &str, b: &str) -> bool {
    let (a, b) = (name_words(a), name_words(b));
    match (a.last(), b.last()) {
        (Some(last_a), Some(last_b)) => b.contains(last_a) || a.contains(last_b),
        _ => false,
    }
}

/// The words of a name, folded, without initials and the like.
fn name_words(name: &str) -> Vec<String> {
    let name = name.trim_end_matches("'s").trim_end_matches("’s");
    let words = name.split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '’');
    let words = words.filter(|word| word.chars().count() > 1).map(|word| fold(word).into_owned());
    words.filter(|word| word != "jr" && word != "sr").collect()
}

/// Reads the parts of one quote; sentences are counted through all of them.
#[derive(Default)]
struct PartReader {
    words: Vec<Word>,
    sentence: u32,
    clause: u32,
}

impl PartReader {
    fn read(&mut self, quote: &mut QuoteText<'_>, part: Span) {
        let text = quote.text;
        self.words.clear();
        words_into(text, part, &mut self.words);
        let mut depth = 0u32;
        let mut position = part.start;
        let mut index = 0;
        while index < self.words.len() {
            let first = self.words[index];
            let between = &text[position as usize..first.span.start as usize];
            self.note_between(quote, between, first);
            depth = bracket_depth(depth, between);
            let (span, letters_only, taken) = join_brackets(text, &self.words[index..]);
            let inside = depth > 0;
            index += taken;
            position = self.words[index - 1].span.end;
            if taken > 1 {
                // "[W]e" only changes the case; "want[ed]" changes the word.
                for word in &self.words[index - taken..index - 1] {
                    let after = &text[word.span.end as usize..];
                    depth = bracket_depth(depth, if after.starts_with('[') { "[" } else { "]" });
                }
                let joined: String =
                    span.of(text).chars().filter(|&c| c != '[' && c != ']').collect();
                self.push(quote, &joined, span, !letters_only);
            } else if is_annotation(text, span, inside) {
                continue;
            } else {
                self.push_contraction(quote, span, inside);
            }
        }
        let rest = &text[position as usize..part.end as usize];
        if has_ellipsis(rest) {
            push_gap(quote);
        }
        if rest.contains(['.', '!', '?', '…', '。', '！', '？']) {
            self.sentence += 1;
        }
        if !rest.trim().is_empty() {
            self.clause += 1;
        }
    }

    /// Passes over the words between two parts: after `…," she said. "…` a new sentence begins.
    fn pass_tag(&mut self, tag: &str) {
        self.clause += 1;
        if tag.contains(['.', '!', '?']) {
            self.sentence += 1;
        }
    }

    /// Takes note of an ellipsis or the end of a sentence before `next`.
    fn note_between(&mut self, quote: &mut QuoteText<'_>, between: &str, next: Word) {
        if between.len() <= 1 {
            return;
        }
        if has_ellipsis(between) {
            push_gap(quote);
        }
        let Some(last) = quote.words.last() else { return };
        let marks = between.contains(['!', '?', '。', '！', '？', '\n']);
        let capital = next.span.of(quote.text).starts_with(|c: char| !c.is_lowercase());
        let stop = between.contains(['.', '…']) && between.contains(char::is_whitespace);
        // A stop after one or two letters is most often an initial or an abbreviation.
        if marks || (stop && capital && last.span.len() > 2) {
            self.sentence += 1;
            self.clause += 1;
        } else if between.contains([',', ';', ':', '—', '–', '(', ')', '،', '、', '，']) {
            self.clause += 1;
        }
    }

    fn push_contraction(&self, quote: &mut QuoteText<'_>, span: Span, bracketed: bool) {
        let word = span.of(quote.text);
        let folded = fold(word);
        let has_contractions = matches!(quote.language, Language::English | Language::Other);
        match expand(&folded).filter(|_| has_contractions) {
            Some((first, second)) => {
                self.push_folded(quote, first, span, bracketed);
                self.push_folded(quote, second, span, bracketed);
            }
            None => self.push_folded(quote, &folded, span, bracketed),
        }
    }

    fn push(&self, quote: &mut QuoteText<'_>, word: &str, span: Span, bracketed: bool) {
        self.push_folded(quote, &fold(word), span, bracketed);
    }

    fn push_folded(&self, quote: &mut QuoteText<'_>, folded: &str, span: Span, bracketed: bool) {
        let mut hash = xxh3_64(folded.as_bytes());
        let (mut class, mut value) = classify(hash, quote.language);
        let surface = span.of(quote.text);
        let capital = surface.starts_with(char::is_uppercase);
        if folded.starts_with(|c: char| c.is_ascii_digit()) {
            class = WordClass::Number;
            value = number_value(folded);
        }
        if let Some(value) = value {
            // "20", "20.0" and "twenty" are one word.
            hash = xxh3_64(&value.to_le_bytes());
        }
        if class == WordClass::Hedge && capital && folded == "may" {
            class = WordClass::Date;
        }
        let starts_sentence = quote.words.last().is_none_or(|last| last.sentence != self.sentence);
        let is_name = capital
            && !starts_sentence
            && folded != "i"
            && matches!(class, WordClass::Plain | WordClass::Function | WordClass::Adversative)
            // German writes every noun with a capital.
            && quote.language != Language::German;
        quote.words.push(QuoteWord {
            hash,
            span,
            characters: folded.chars().count().min(255) as u8,
            initial: folded.chars().next().unwrap_or_default(),
            information: 0.0,
            class,
            value,
            bracketed,
            is_name,
            sentence: self.sentence,
            clause: self.clause,
        });
    }
}

/// Settles the classes that hang on the words around.
fn settle_classes(words: &mut [QuoteWord]) {
    for place in 0..words.len() {
        let opens = place == 0 || words[place - 1].clause != words[place].clause;
        let next = words.get(place + 1).map(|next| next.class);
        let before_amount = matches!(next, Some(WordClass::Number | WordClass::Quantity));
        words[place].class = match words[place].class {
            WordClass::Opening if opens => WordClass::Condition,
            WordClass::Approximate if before_amount => WordClass::Hedge,
            WordClass::Opening | WordClass::Approximate => WordClass::Function,
            settled => settled,
        };
    }
}

fn push_gap(quote: &mut QuoteText<'_>) {
    let place = quote.words.len() as u32;
    if quote.gaps.last() != Some(&place) {
        quote.gaps.push(place);
    }
}

/// Whether the text between two words holds an ellipsis: `…`, `...`, `. . .`, alone or in
/// brackets.
fn has_ellipsis(between: &str) -> bool {
    if between.contains('…') {
        return true;
    }
    let mut stops = 0;
    for c in between.chars() {
        match c {
            '.' => stops += 1,
            ' ' | '\u{a0}' | '\u{2009}' | '\u{202f}' => {}
            _ => stops = 0,
        }
        if stops == 3 {
            return true;
        }
    }
    false
}

/// The depth of square brackets after some text.
fn bracket_depth(depth: u32, text: &str) -> u32 {
    text.bytes().fold(depth, |depth, byte| match byte {
        b'[' => depth + 1,
        b']' => depth.saturating_sub(1),
        _ => depth,
    })
}

/// How many of the words are pieces of one word with brackets in it (`[W]e`, `want[ed]`): the span
/// of the whole, whether only one leading letter is bracketed, and the number of pieces.
fn join_brackets(text: &str, words: &[Word]) -> (Span, bool, usize) {
    let first = words[0];
    let mut taken = 1;
    let mut span = first.span;
    while let Some(next) = words.get(taken) {
        let between = &text[span.end as usize..next.span.start as usize];
        if between != "[" && between != "]" {
            break;
        }
        // "word]word" without an opening bracket before it is no such word.
        let opened = between == "[" || text[..span.start as usize].ends_with('[') || taken > 1;
        if !opened {
            break;
        }
        span = span.cover(next.span);
        taken += 1;
    }
    let single = first.span.of(text).chars().count() == 1;
    let leading = single && taken == 2 && text[first.span.end as usize..].starts_with(']');
    (span, leading, taken)
}

/// Whether a word is a remark on the quote, not a word of it: `[sic]`, `(laughs)`, `[applause]`.
fn is_annotation(text: &str, span: Span, in_brackets: bool) -> bool {
    let word = fold(span.of(text));
    let known = matches!(
        &*word,
        "sic"
            | "laughs"
            | "laughter"
            | "laughing"
            | "applause"
            | "crosstalk"
            | "inaudible"
            | "pause"
            | "cheers"
            | "lacht"
            | "applaus"
            | "rires"
            | "applaudissements"
            | "risas"
            | "aplausos"
            | "risate"
            | "applausi"
            | "смеется"
            | "смех"
            | "аплодисменты"
    );
    let in_parentheses = text[..span.start as usize].ends_with('(');
    known && (in_brackets || in_parentheses)
}

/// An English contraction taken apart.
fn expand(folded: &str) -> Option<(&str, &'static str)> {
    match folded {
        "can't" => return Some(("can", "not")),
        "won't" => return Some(("will", "not")),
        "shan't" => return Some(("shall", "not")),
        "cannot" => return Some(("can", "not")),
        "gonna" => return Some(("going", "to")),
        "wanna" => return Some(("want", "to")),
        "gotta" => return Some(("got", "to")),
        "let's" => return Some(("let", "us")),
        "it's" | "that's" | "he's" | "she's" | "there's" | "what's" | "here's" | "who's" => {
            return Some((folded.strip_suffix("'s")?, "is"));
        }
        _ => {}
    }
    let endings = [("n't", "not"), ("'re", "are"), ("'ve", "have"), ("'ll", "will"), ("'m", "am")];
    endings.iter().find_map(|(ending, word)| Some((folded.strip_suffix(ending)?, *word)))
}

/// The value of a number written in figures; `None` when it is not a whole number.
fn number_value(folded: &str) -> Option<u64> {
    let digits: String = folded.chars().filter(|c| !matches!(c, ',' | '\'' | ' ')).collect();
    digits.parse().ok()
}

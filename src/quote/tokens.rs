//! Tokens: the text's words and punctuation, made in one pass, each word with its classes.

use super::lexicon::{Class, Lexicon, WordHash};
use crate::model::{Language, Sentence, SentenceKind, Span};

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// Letters, with apostrophes inside.
    Word,
    /// Starts with a digit.
    Number,
    /// `,`
    Comma,
    /// `.`
    Stop,
    /// `?`, `!` and their kin.
    Exclamation,
    /// `…` or `...`
    Ellipsis,
    /// `:`
    Colon,
    /// `;`
    Semicolon,
    /// A dash between words: `—`, `–`, or a hyphen with white space around it, or `--`.
    Dash,
    /// A hyphen inside a compound.
    Hyphen,
    /// `(`, `[`
    Open,
    /// `)`, `]`
    Close,
    /// A character that can be a quotation mark.
    Mark,
    /// Anything else.
    Other,
}

/// Facts about a token, as bits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Facts(u8);

impl Facts {
    /// The first letter is a capital.
    pub(super) const CAPITAL: Facts = Facts(1);
    /// All of at least two letters are capitals.
    pub(super) const ALL_CAPITALS: Facts = Facts(2);
    /// Ends in `'s` (which the span leaves out).
    pub(super) const POSSESSIVE: Facts = Facts(4);
    /// White space (or nothing) stands before it.
    pub(super) const SPACE_BEFORE: Facts = Facts(8);
    /// The segmenter ends a sentence after it.
    pub(super) const SENTENCE_END: Facts = Facts(16);
    /// First token of a line.
    pub(super) const LINE_START: Facts = Facts(32);

    /// A line of the page around the article, all in one word: "Advertisement".
    pub(super) const FURNITURE: Facts = Facts(64);

    /// Either fact.
    pub(super) const fn or(self, other: Facts) -> Facts {
        Facts(self.0 | other.0)
    }

    fn set(&mut self, fact: Facts) {
        self.0 |= fact.0;
    }
}

/// A word or a punctuation mark.
#[derive(Clone, Copy, Debug)]
pub(super) struct Token {
    /// Its place in the text.
    pub(super) span: Span,
    /// The folded word's hash; for a mark its character.
    pub(super) hash: u64,
    /// The classes the lexicon gives the word.
    pub(super) class: Class,
    /// What it is.
    pub(super) form: Form,
    facts: Facts,
}

impl Token {
    /// Whether the fact holds.
    pub(super) fn has(&self, fact: Facts) -> bool {
        self.facts.0 & fact.0 != 0
    }

    /// Whether the word has any of the classes.
    pub(super) fn is(&self, class: Class) -> bool {
        self.class.is(class)
    }

    /// A word with a capital.
    pub(super) fn is_capital(&self) -> bool {
        self.form == Form::Word && self.has(Facts::CAPITAL)
    }

    /// A word or a number.
    pub(super) fn is_word(&self) -> bool {
        matches!(self.form, Form::Word | Form::Number)
    }

    /// The mark's character; meaningful for [`Form::Mark`] only.
    pub(super) fn mark(&self) -> char {
        char::from_u32(self.hash as u32).unwrap_or('"')
    }
}

/// A text as tokens, by paragraph.
pub(super) struct Tokens<'a> {
    /// The text.
    pub(super) text: &'a str,
    /// All tokens in order.
    pub(super) tokens: Vec<Token>,
    /// Token ranges of the paragraphs.
    pub(super) paragraphs: Vec<(usize, usize)>,
    /// Its language.
    pub(super) language: Language,
}

impl<'a> Tokens<'a> {
    /// Whether a sentence or a line begins with a token.
    pub(super) fn begins_sentence(&self, at: usize) -> bool {
        at == 0
            || self.tokens[at].has(Facts::LINE_START)
            || self.tokens[at - 1].has(Facts::SENTENCE_END)
    }

    /// Splits a text. One pass; the sentences are used for paragraphs and sentence ends only.
    pub(super) fn new(
        text: &'a str,
        sentences: &[Sentence],
        language: Language,
        lexicon: &Lexicon,
    ) -> Self {
        let tokens = Scanner::new(text, language, lexicon).scan();
        let mut tokens = Tokens { text, tokens, paragraphs: Vec::new(), language };
        tokens.place_sentences(sentences);
        tokens
    }

    fn place_sentences(&mut self, sentences: &[Sentence]) {
        let mut token = 0;
        let mut open: Option<u32> = None;
        for sentence in sentences {
            while token < self.tokens.len() && self.tokens[token].span.start < sentence.span.start {
                token += 1;
            }
            let first = token;
            while token < self.tokens.len() && self.tokens[token].span.start < sentence.span.end {
                token += 1;
            }
            if token == first {
                continue;
            }
            if sentence.kind == SentenceKind::Furniture && token == first + 1 {
                self.tokens[first].facts.set(Facts::FURNITURE);
            }
            self.tokens[token - 1].facts.set(Facts::SENTENCE_END);
            match self.paragraphs.last_mut() {
                Some(last) if open == Some(sentence.paragraph) => last.1 = token,
                _ => self.paragraphs.push((first, token)),
            }
            open = Some(sentence.paragraph);
        }
        if self.language == Language::German {
            self.part_glued_sentences();
        }
    }

    /// "… sagte er.Die Polizei …": German texts lose the space between sentences where markup was removed. A
    /// word of several letters, a full stop and a capital are no abbreviation.
    fn part_glued_sentences(&mut self) {
        const SHORTEST: u32 = 4;
        for at in 1..self.tokens.len().saturating_sub(1) {
            let [before, stop, behind] = &self.tokens[at - 1..=at + 1] else { return };
            let glued = stop.form == Form::Stop
                && before.form == Form::Word
                && !stop.has(Facts::SPACE_BEFORE)
                && !behind.has(Facts::SPACE_BEFORE)
                && behind.form == Form::Word
                && behind.is_capital()
                && before.span.end - before.span.start >= SHORTEST
                && !before.is(Class::ABBREVIATION);
            if glued {
                self.tokens[at].facts.set(Facts::SENTENCE_END);
            }
        }
    }
}

/// Letters and digits of ASCII in small letters; 0 for every other byte.
const FOLDED: [u8; 256] = {
    let mut folded = [0; 256];
    let mut byte = 0;
    while byte < 128 {
        if (byte as u8).is_ascii_alphanumeric() {
            folded[byte] = (byte as u8).to_ascii_lowercase();
        }
        byte += 1;
    }
    folded
};

/// Longer words are looked at no further.
const LONGEST_COMPOUND: usize = 32;

struct Scanner<'a, 'l> {
    text: &'a str,
    bytes: &'a [u8],
    language: Language,
    lexicon: &'l Lexicon,
    position: usize,
    tokens: Vec<Token>,
    space_before: bool,
    line_start: bool,
    /// Between the marks of an attribute of left-over markup, on one line.
    in_attribute: bool,
}

impl<'a, 'l> Scanner<'a, 'l> {
    fn new(text: &'a str, language: Language, lexicon: &'l Lexicon) -> Self {
        Scanner {
            text,
            bytes: text.as_bytes(),
            language,
            lexicon,
            position: 0,
            tokens: Vec::with_capacity(text.len() / 5),
            space_before: true,
            line_start: true,
            in_attribute: false,
        }
    }

    fn scan(mut self) -> Vec<Token> {
        while let Some(&byte) = self.bytes.get(self.position) {
            if byte.is_ascii_alphanumeric() {
                self.word();
            } else if byte.is_ascii() {
                self.ascii(byte);
            } else {
                self.wide();
            }
        }
        self.tokens
    }

    fn char_at(&self, position: usize) -> Option<char> {
        self.text.get(position..).and_then(|rest| rest.chars().next())
    }

    fn push(&mut self, length: usize, hash: u64, class: Class, form: Form, mut facts: Facts) {
        if self.space_before {
            facts.set(Facts::SPACE_BEFORE);
        }
        if self.line_start {
            facts.set(Facts::LINE_START);
        }
        let span = Span::new(self.position, self.position + length);
        self.tokens.push(Token { span, hash, class, form, facts });
        self.space_before = false;
        self.line_start = false;
        self.position += length;
    }

    fn punctuation(&mut self, length: usize, form: Form) {
        self.push(length, 0, Class::default(), form, Facts::default());
    }

    fn mark(&mut self, length: usize, character: char) {
        self.push(
            length,
            u64::from(u32::from(character)),
            Class::default(),
            Form::Mark,
            Facts::default(),
        );
    }

    fn space(&mut self, length: usize, line: bool) {
        self.space_before = true;
        self.in_attribute &= !line;
        self.line_start |= line;
        self.position += length;
    }

    fn ascii(&mut self, byte: u8) {
        match byte {
            b'\n' | b'\r' => self.space(1, true),
            b' ' | b'\t' | 0..=0x1f => self.space(1, false),
            b',' => self.punctuation(1, Form::Comma),
            b'.' => {
                let dots =
                    self.bytes[self.position..].iter().take_while(|&&byte| byte == b'.').count();
                if dots >= 2 {
                    self.punctuation(dots, Form::Ellipsis);
                } else {
                    self.punctuation(1, Form::Stop);
                }
            }
            b'?' | b'!' => self.punctuation(1, Form::Exclamation),
            b':' => self.punctuation(1, Form::Colon),
            b';' => self.punctuation(1, Form::Semicolon),
            b'(' | b'[' => self.punctuation(1, Form::Open),
            b')' | b']' => self.punctuation(1, Form::Close),
            b'-' => self.hyphen(),
            b'"' => self.straight_mark(),
            b'\'' | b'`' => {
                let run = self.bytes[self.position..]
                    .iter()
                    .take(4)
                    .take_while(|&&other| other == byte)
                    .count();
                // Three are two marks, the single one inside: it closes first and opens last.
                let single_first = run == 3 && !self.space_before && !self.tokens.is_empty();
                if run >= 2 && !single_first {
                    // TeX style: ``…''.
                    self.mark(2, if byte == b'`' { '“' } else { '”' });
                } else {
                    self.mark(1, if byte == b'`' { '‘' } else { '\'' });
                }
            }
            _ => self.punctuation(1, Form::Other),
        }
    }

    /// A straight mark, unless it holds the value of an attribute in left-over markup: `date="May"`.
    fn straight_mark(&mut self) {
        let assigned = self.position > 0 && self.bytes[self.position - 1] == b'=';
        // A line break can part the attribute from the mark that ends it.
        let ends_markup = self.bytes.get(self.position + 1) == Some(&b'>');
        if assigned || self.in_attribute || ends_markup {
            self.in_attribute = assigned;
            self.punctuation(1, Form::Other);
        } else {
            self.mark(1, '"');
        }
    }

    fn hyphen(&mut self) {
        let length = self.bytes[self.position..].iter().take_while(|&&byte| byte == b'-').count();
        let space_after =
            self.bytes.get(self.position + length).is_none_or(|byte| byte.is_ascii_whitespace());
        let closes =
            self.bytes.get(self.position + length).is_some_and(|byte| b".,;:)".contains(byte));
        let dash = length >= 2 || (self.space_before && (space_after || closes));
        self.punctuation(length, if dash { Form::Dash } else { Form::Hyphen });
    }

    fn wide(&mut self) {
        let Some(character) = self.char_at(self.position) else {
            self.position += 1;
            return;
        };
        let length = character.len_utf8();
        match character {
            '“' | '”' | '„' | '‟' | '«' | '»' | '‹' | '›' | '‘' | '’' | '‚' | '‛' | '「' | '」'
            | '『' | '』' | '＂' => self.mark(length, character),
            '—' | '–' | '―' | '−' => self.punctuation(length, Form::Dash),
            '‐' | '‑' => self.punctuation(length, Form::Hyphen),
            '…' => self.punctuation(length, Form::Ellipsis),
            '¿' | '¡' => self.punctuation(length, Form::Other),
            '。' => self.punctuation(length, Form::Stop),
            '，' | '、' => self.punctuation(length, Form::Comma),
            '？' | '！' => self.punctuation(length, Form::Exclamation),
            '：' => self.punctuation(length, Form::Colon),
            '；' => self.punctuation(length, Form::Semicolon),
            '（' => self.punctuation(length, Form::Open),
            '）' => self.punctuation(length, Form::Close),
            '\u{2028}' | '\u{2029}' | '\u{85}' => self.space(length, true),
            _ if character.is_whitespace() => self.space(length, false),
            // Byte order mark, zero-width joiners and soft hyphens leave no trace.
            '\u{feff}' | '\u{200b}'..='\u{200f}' | '\u{ad}' => self.position += length,
            _ if character.is_alphanumeric() => self.word(),
            _ => self.punctuation(length, Form::Other),
        }
    }

    /// Whether a word ends before this apostrophe's tail: French and Italian articles and pronouns
    /// (`l'homme`, `qu'il`, `dell'ordine`) are words of their own.
    fn elides(&self, letters: usize) -> bool {
        matches!(self.language, Language::French | Language::Italian) && letters <= 6
    }

    fn word(&mut self) {
        let start = self.position;
        let mut hash = WordHash::new();
        let mut end = start;
        let (mut letters, mut capitals) = (0usize, 0usize);
        let mut first_capital = self.bytes[start].is_ascii_uppercase();
        let mut stem: Option<(usize, u64)> = None;
        while let Some(&byte) = self.bytes.get(end) {
            let folded = FOLDED[usize::from(byte)];
            if folded != 0 {
                capitals += usize::from(folded != byte);
                hash.push(folded);
                letters += 1;
                end += 1;
                continue;
            }
            let (character, length) = if byte.is_ascii() {
                (byte as char, 1)
            } else {
                match self.char_at(end) {
                    Some(character) => (character, character.len_utf8()),
                    None => break,
                }
            };
            if matches!(character, '\'' | '’' | 'ʼ') {
                let tail = self.char_at(end + length);
                if !tail.is_some_and(char::is_alphabetic) || stem.is_some() {
                    break;
                }
                if self.elides(letters) {
                    hash.push(b'\'');
                    end += length;
                    break;
                }
                stem = Some((end, hash.finish()));
                hash.push(b'\'');
                end += length;
            } else if character.is_alphanumeric() || ('\u{300}'..='\u{36f}').contains(&character) {
                if character.is_uppercase() {
                    capitals += 1;
                    first_capital |= letters == 0;
                }
                hash.push_folded(character);
                letters += 1;
                end += length;
            } else if character == '\u{ad}' {
                end += length;
            } else {
                break;
            }
        }
        let mut facts = Facts::default();
        let number = self.bytes[start].is_ascii_digit();
        if first_capital {
            facts.set(Facts::CAPITAL);
        }
        if capitals == letters && letters >= 2 {
            facts.set(Facts::ALL_CAPITALS);
        }
        let mut hash = hash.finish();
        let mut span_end = end;
        if let Some((stem_end, stem_hash)) = stem
            && matches!(&self.text[stem_end..end], "'s" | "’s" | "ʼs" | "'S" | "’S")
        {
            // The possessive tail belongs to no name; it is skipped, so that spans exclude it.
            facts.set(Facts::POSSESSIVE);
            hash = stem_hash;
            span_end = stem_end;
        }
        let mut class = if number { Class::default() } else { self.lexicon.class(hash) };
        if self.language == Language::German && !number {
            let word = &self.text[start..span_end];
            if !first_capital {
                class = class.or(self.reported_mood(class, word));
            } else if class == Class::default() {
                class = self.class_of_last_part(word);
            }
        }
        let form = if number { Form::Number } else { Form::Word };
        self.push(span_end - start, hash, class, form, facts);
        self.position = end;
        self.compound();
    }

    /// German writes compounds as one word, and the last part says what the whole is:
    /// "Regierungssprecherin" is a "Sprecherin". The longest part that is a noun for a person, a body
    /// or a source counts.
    fn class_of_last_part(&self, word: &str) -> Class {
        const SHORTEST: usize = 4;
        let people = Class::PERSON_NOUN.or(Class::ANONYMOUS).or(Class::SOURCE).or(Class::SAYING);
        let last_part = |word: &str| {
            word.char_indices()
                .map(|(at, _)| at)
                .skip(3)
                .take(LONGEST_COMPOUND)
                .take_while(|&at| word.len() - at >= SHORTEST)
                .map(|at| self.lexicon.class(WordHash::of(&word[at..])))
                .find(|class| class.is(people))
        };
        // "des Sprechers", "den Wählern": the case ending hides the word.
        let without_case = || {
            word.strip_suffix(['n', 's']).and_then(|bare| {
                let class = self.lexicon.class(WordHash::of(bare));
                if class.is(people) { Some(class) } else { last_part(bare) }
            })
        };
        // "Architektin", "Kolleginnen": a woman in the office of a man.
        let feminine = || {
            let stem = word.strip_suffix("innen").or_else(|| word.strip_suffix("in"))?;
            [stem.to_owned(), format!("{stem}e")].iter().find_map(|man| {
                let class = self.lexicon.class(WordHash::of(man));
                let class = if class.is(people) { Some(class) } else { last_part(man) };
                class.filter(|class| class.is(Class::PERSON_NOUN))
            })
        };
        last_part(word)
            .or_else(without_case)
            .or_else(feminine)
            .map_or_else(|| Class::of_german_ending(word), Class::role_only)
    }

    /// The mood of reported speech by the form of a verb. The third person of the present ends in -e in
    /// this mood alone: "er rate", "er erwarte" (of which the past has one syllable more), "sie existiere";
    /// and a prefix does not change the mood: "ausgehe".
    fn reported_mood(&self, class: Class, word: &str) -> Class {
        const PREFIXES: [&str; 36] = [
            "ab", "an", "auf", "aus", "be", "bei", "dar", "durch", "ein", "ent", "entgegen", "er",
            "fest", "fort", "ge", "her", "heraus", "hervor", "hin", "hinaus", "mit", "nach",
            "statt", "teil", "um", "unter", "ver", "vor", "voran", "weg", "weiter", "wieder",
            "zer", "zu", "zurück", "über",
        ];
        let reported = |word: &str| self.lexicon.class(WordHash::of(word)).is(Class::REPORTED);
        let verb = Class::SAY.or(Class::THINK).or(Class::CALL).or(Class::SEPARABLE);
        let marked = if !word.ends_with('e') || class.is(Class::REPORTED.or(Class::ADVERB)) {
            false
        } else if class.is(verb) {
            !word.ends_with("te") && !word.ends_with("ene")
                || self.lexicon.class(WordHash::of(&format!("{word}te"))).is(verb)
        } else {
            class == Class::default()
                && (word.ends_with("iere")
                    || PREFIXES
                        .iter()
                        .any(|prefix| word.strip_prefix(prefix).is_some_and(reported)))
        };
        if marked { Class::REPORTED } else { Class::default() }
    }

    /// A word behind a hyphen takes the classes of the whole compound, if the lexicon has it:
    /// "so-called", "porte-parole", "пресс-секретарь".
    fn compound(&mut self) {
        let [.., first, hyphen, last] = self.tokens.as_slice() else { return };
        if hyphen.form != Form::Hyphen
            || last.has(Facts::SPACE_BEFORE)
            || hyphen.has(Facts::SPACE_BEFORE)
            || first.form != Form::Word
        {
            return;
        }
        let whole = &self.text[first.span.start as usize..last.span.end as usize];
        let class = self.lexicon.class(WordHash::of(whole));
        if class != Class::default()
            && let Some(last) = self.tokens.last_mut()
        {
            last.class = class;
        }
    }
}

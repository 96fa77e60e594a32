//! Words: where they are, and the form under which they are compared.
//!
//! Words are those of Unicode's default segmentation (UAX #29). Running its full rules over every
//! character costs several times all the rest of the fingerprint, so a single pass over the bytes
//! handles what nearly all text is made of (ASCII, letters of the Latin, Greek and Cyrillic
//! alphabets, the common marks: [`super::alphabet`]) and leaves any stretch between spaces that
//! holds something else to the full rules. The result is the same, which a property test checks.
//!
//! Chinese, Japanese, Thai, Lao, Khmer and Burmese put no spaces between words; UAX #29 gives
//! their characters one by one. Such a character is a word of its own here too, but its hash is
//! that of the character *and the next one*: character bigrams are to these scripts what words are
//! to others, while the spans still tile the text.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;
use unicode_segmentation::UnicodeSegmentation;
use xxhash_rust::xxh3::xxh3_64;

use super::alphabet::{Alphabet, Class};
use super::eight_bytes::WordStart;
use crate::model::Span;

/// A word of a text (UAX #29), known by the hash of its folded form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Word {
    /// Its place in the text.
    pub span: Span,
    /// xxh3-64 of [`fold`] of the word; in scripts without spaces, of the character and the next.
    pub hash: u64,
}

/// The form under which a word is compared: compatibility-composed (NFKC), case-folded, with the
/// typographic apostrophe made a plain one.
pub fn fold(word: &str) -> Cow<'_, str> {
    if word.is_ascii() {
        if word.bytes().any(|byte| byte.is_ascii_uppercase()) {
            return Cow::Owned(word.to_ascii_lowercase());
        }
        return Cow::Borrowed(word);
    }
    // Hiragana and unified Han have no other form.
    let plain = |character| matches!(character, '\u{3041}'..='\u{3096}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}');
    if word.chars().all(plain) {
        return Cow::Borrowed(word);
    }
    Cow::Owned(fold_in_pieces(word))
}

/// Folds a text that is not all ASCII. Only the characters that need it go through the tables of
/// Unicode, each with the ASCII character before it, as it may combine with that; no ASCII
/// character and no typographic mark combines with what stands before it.
fn fold_in_pieces(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    let mut rest = text;
    while !rest.is_empty() {
        let ascii = rest.bytes().position(|byte| !byte.is_ascii()).unwrap_or(rest.len());
        let marked = rest[ascii..].chars().next().is_none_or(|next| typographic(next).is_some());
        let plain = if marked { ascii } else { ascii.saturating_sub(1) };
        folded.extend(rest[..plain].bytes().map(|byte| char::from(byte.to_ascii_lowercase())));
        rest = &rest[plain..];
        if let Some(mark) = rest.chars().next().filter(|_| marked) {
            folded.push(typographic(mark).unwrap_or(mark));
            rest = &rest[mark.len_utf8()..];
        } else {
            let is_end = |c: char| c.is_ascii() || typographic(c).is_some();
            let first = rest.chars().next().map_or(0, char::len_utf8);
            let end = rest[first..].find(is_end).map_or(rest.len(), |end| first + end);
            folded.push_str(&fold_by_tables(&rest[..end]));
            rest = &rest[end..];
        }
    }
    folded
}

/// The folded form of a typographic mark, which is all that is not ASCII in most English text.
fn typographic(character: char) -> Option<char> {
    match character {
        '’' | '‘' => Some('\''),
        '“' | '”' | '„' | '–' | '—' => Some(character),
        _ => None,
    }
}

/// The folded form by definition.
fn fold_by_tables(text: &str) -> String {
    let composed: String = text.nfkc().collect();
    caseless::default_case_fold_str(&composed).replace(['’', '‘', 'ʼ'], "'")
}

/// Room is made for a word in so many bytes of text, which is more than most texts have.
pub const BYTES_A_WORD: usize = 5;

/// The words of a whole text.
pub fn words(text: &str) -> Vec<Word> {
    let mut out = Vec::with_capacity(text.len() / BYTES_A_WORD);
    words_into(text, Span::new(0, text.len()), &mut out);
    out
}

/// Appends the words of `text[span]` to `out`, with spans relative to the whole text.
pub fn words_into(text: &str, span: Span, out: &mut Vec<Word>) {
    scan::<true>(text, span, out);
}

/// Appends the tokens of `text[span]` to `out`: words cut at the marks inside them, so that `don't`
/// and `3.5` are two tokens each. Tools for deduplication count in these (the regular expression
/// `\w+`), and similarities can be compared with theirs only where the tokens are the same.
pub fn tokens_into(text: &str, span: Span, out: &mut Vec<Word>) {
    scan::<false>(text, span, out);
}

/// Finds words, or tokens where marks do not join (`JOINS` is false).
fn scan<const JOINS: bool>(text: &str, span: Span, out: &mut Vec<Word>) {
    let base = span.start as usize;
    let text = span.of(text);
    let bytes = text.as_bytes();
    let alphabet = Alphabet::get();
    let mut folded = Folded::default();
    // The stretch between spaces that is being read, and the number of words before it.
    let (mut stretch, mut words_before) = (0, out.len());
    let mut at = 0;
    while at < bytes.len() {
        let (class, width) = if ASCII_WORD[bytes[at] as usize] == 0 {
            alphabet.class(bytes, at)
        } else {
            (Class::Letter, 1)
        };
        if class == Class::Space {
            at += 1;
            (stretch, words_before) = (at, out.len());
            continue;
        }
        if class == Class::Letter {
            folded.clear();
            if let Some((end, speaks)) = scan_word::<JOINS>(alphabet, bytes, at, &mut folded) {
                if speaks {
                    let hash = folded.hash(&text[at..end]);
                    out.push(Word { span: Span::new(base + at, base + end), hash });
                }
                at = end;
                continue;
            }
        } else if class != Class::Unknown {
            at += width;
            continue;
        }
        // The full rules read the whole stretch.
        out.truncate(words_before);
        let rest = &bytes[at..];
        let end = rest.iter().position(|byte| matches!(byte, b' ' | b'\n'));
        at += end.unwrap_or(rest.len());
        scan_by_full_rules::<JOINS>(&text[stretch..at], base + stretch, out);
    }
}

/// Reads the word that starts at `start`: its end and whether it holds a letter or digit. `None`
/// when the full rules have to decide.
#[inline]
fn scan_word<const JOINS: bool>(
    alphabet: &Alphabet,
    bytes: &[u8],
    start: usize,
    folded: &mut Folded,
) -> Option<(usize, bool)> {
    let mut at = start;
    let mut last = Class::Connector;
    let mut speaks = false;
    while at < bytes.len() {
        // Runs of ASCII letters, digits and underscores: nearly all there is.
        while let Some(&eight) = bytes[at..].first_chunk::<8>() {
            let run = WordStart::of(eight);
            folded.push_run(run.lower, run.length);
            speaks |= run.speaks;
            at += run.length;
            if run.length < 8 {
                break;
            }
        }
        while let Some(&byte) = bytes.get(at)
            && let lower = ASCII_WORD[byte as usize]
            && lower != 0
        {
            folded.push(lower);
            speaks |= lower != b'_';
            at += 1;
        }
        if at == bytes.len() || matches!(bytes[at], b' ' | b'\n') {
            break;
        }
        if at > start && bytes[at - 1].is_ascii() {
            last = alphabet.class(bytes, at - 1).0;
        }
        let (class, width) = alphabet.class(bytes, at);
        match class {
            Class::Space | Class::Separator => break,
            Class::Unknown => return None,
            Class::Letter => {
                alphabet.fold_into(&bytes[at..at + width], |byte| folded.push(byte));
                speaks = true;
                last = class;
            }
            // A mark inside a word (`don't`, `3.5`) needs its like on both sides (rules WB6, WB7,
            // WB11 and WB12).
            _ if !JOINS => break,
            _ => {
                let next = match bytes.get(at + width) {
                    Some(_) => alphabet.class(bytes, at + width).0,
                    None => Class::Separator,
                };
                let joins = match (last, next) {
                    (_, Class::Unknown) => return None,
                    (Class::Letter, Class::Letter) => class != Class::MidNumber,
                    (Class::Digit, Class::Digit) => class != Class::MidLetter,
                    _ => false,
                };
                if !joins {
                    break;
                }
                alphabet.fold_into(&bytes[at..at + width], |byte| folded.push(byte));
            }
        }
        at += width;
    }
    Some((at, speaks))
}

/// The lower-case form of ASCII letters, digits and the underscore; 0 for all other bytes.
static ASCII_WORD: [u8; 256] = {
    let mut table = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        let character = byte as u8;
        if character.is_ascii_alphanumeric() || character == b'_' {
            table[byte] = character.to_ascii_lowercase();
        }
        byte += 1;
    }
    table
};

/// The folded form of the word being read, up to a length that few words exceed.
struct Folded {
    bytes: [u8; Folded::LONGEST],
    len: usize,
}

impl Default for Folded {
    fn default() -> Self {
        Folded { bytes: [0; Folded::LONGEST], len: 0 }
    }
}

impl Folded {
    const LONGEST: usize = 64;

    fn clear(&mut self) {
        self.len = 0;
    }

    #[inline]
    fn push(&mut self, byte: u8) {
        if let Some(place) = self.bytes.get_mut(self.len) {
            *place = byte;
        }
        self.len += 1;
    }

    /// Appends the first bytes of eight.
    #[inline]
    fn push_run(&mut self, bytes: [u8; 8], length: usize) {
        if let Some(places) = self.bytes.get_mut(self.len..self.len + 8) {
            places.copy_from_slice(&bytes);
            self.len += length;
        } else {
            bytes[..length].iter().for_each(|&byte| self.push(byte));
        }
    }

    /// The hash of the word that was read.
    #[inline]
    fn hash(&self, word: &str) -> u64 {
        match self.bytes.get(..self.len) {
            Some(folded) => xxh3_64(folded),
            None => xxh3_64(fold(word).as_bytes()),
        }
    }
}

/// Appends the words or tokens of a stretch of text that starts at `base`, by the rules of UAX #29.
/// A mark that combines with a space before it does not make the space part of a word.
fn scan_by_full_rules<const JOINS: bool>(text: &str, base: usize, out: &mut Vec<Word>) {
    // The last word, if it is a character of a script without spaces.
    let mut open: Option<(usize, &str)> = None;
    for (offset, word) in text.unicode_word_indices() {
        let trimmed = word.trim_start();
        let start = offset + word.len() - trimmed.len();
        if let Some((first, character)) = open
            && first + character.len() == start
            && let Some(last) = out.last_mut()
            && is_unspaced(trimmed)
        {
            last.hash = xxh3_64(fold(&text[first..start + trimmed.len()]).as_bytes());
        }
        open = is_unspaced(trimmed).then_some((start, trimmed));
        let mut push = |start: usize, word: &str| {
            let span = Span::new(base + start, base + start + word.len());
            out.push(Word { span, hash: xxh3_64(fold(word).as_bytes()) });
        };
        if JOINS {
            push(start, trimmed);
        } else {
            let mut at = start;
            for token in trimmed.split_inclusive(JOINING_MARKS) {
                let inner = token.trim_end_matches(JOINING_MARKS);
                if !inner.is_empty() {
                    push(at, inner);
                }
                at += token.len();
            }
        }
    }
}

/// The marks that join letters or digits within a word (`MidLetter`, `MidNum`, `MidNumLet`).
const JOINING_MARKS: &[char] = &[
    '.', '\'', ',', ';', ':', '·', '\u{37e}', '\u{387}', '\u{55f}', '\u{589}', '\u{5f4}',
    '\u{60c}', '\u{60d}', '\u{66c}', '\u{7f8}', '‘', '’', '\u{2024}', '\u{2027}', '\u{2044}',
    '\u{fe10}', '\u{fe13}', '\u{fe14}', '\u{fe50}', '\u{fe52}', '\u{fe54}', '\u{fe55}', '\u{ff07}',
    '\u{ff0c}', '\u{ff0e}', '\u{ff1a}', '\u{ff1b}',
];

/// Whether a word is a character of a script that is written without spaces.
fn is_unspaced(word: &str) -> bool {
    word.chars().next().is_some_and(|first| {
        matches!(
            u32::from(first),
            0x0e01..=0x0eff      // Thai, Lao
            | 0x1000..=0x109f    // Burmese
            | 0x1780..=0x17ff    // Khmer
            | 0x3041..=0x309f    // Hiragana; Katakana comes in words
            | 0x3400..=0x4dbf | 0x4e00..=0x9fff | 0xf900..=0xfaff | 0x20000..=0x3ffff // Han
        )
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn check_words(text: &str, expected: &[&str]) {
        let found: Vec<&str> = words(text).iter().map(|word| word.span.of(text)).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn marks_inside_words() {
        check_words("don't", &["don't"]);
        check_words("Don’t ‘quote’ me.", &["Don’t", "quote", "me"]);
        check_words("U.S.-led 3.5 1,000; a,b", &["U.S", "led", "3.5", "1,000", "a", "b"]);
        check_words("snake_case __ _x", &["snake_case", "_x"]);
        check_words(
            "“Zürich,” said Élodie—then… 20°C",
            &["Zürich", "said", "Élodie", "then", "20", "C"],
        );
        check_words("Москва и Київ", &["Москва", "и", "Київ"]);
        check_words("cafe\u{301} x", &["cafe\u{301}", "x"]);
    }

    #[test]
    fn plain_characters_have_no_other_form() {
        let plain = ('\u{3041}'..='\u{9fff}').filter(|&character| {
            matches!(fold(character.encode_utf8(&mut [0; 4])), Cow::Borrowed(_))
        });
        for character in plain {
            let text = character.to_string();
            let composed: String = text.nfkc().collect();
            assert_eq!(caseless::default_case_fold_str(&composed), text);
        }
    }

    #[test]
    fn folding_makes_forms_equal() {
        let hash = |text: &str| words(text)[0].hash;
        assert_eq!(hash("DON’T"), hash("don't"));
        assert_eq!(hash("Straße"), hash("STRASSE"));
        assert_eq!(hash("Caf\u{e9}"), hash("cafe\u{301}"));
        assert_eq!(hash("ΟΔΟΣ"), hash("οδος"));
        assert_ne!(hash("read"), hash("reed"));
        let long = "Ä".repeat(100);
        assert_eq!(hash(&long), hash(&long.to_lowercase()));
    }

    #[test]
    fn scripts_without_spaces_are_compared_by_bigrams() {
        let hashes = |text: &str| words(text).iter().map(|word| word.hash).collect::<Vec<_>>();
        let (a, b) = (hashes("東京都知事は辞任"), hashes("昨日、都知事は辞任"));
        check_words("東京都", &["東", "京", "都"]);
        assert_eq!(a[2..], b[2..]);
        assert_ne!(hashes("東京")[0], hashes("東西")[0]);
        assert_eq!(hashes("กรุงเทพ").len(), 6);
    }

    /// The words by definition: every span by the full rules.
    fn spans_by_definition(text: &str) -> Vec<Span> {
        let word = |(offset, word): (usize, &str)| {
            Span::new(offset + word.len() - word.trim_start().len(), offset + word.len())
        };
        text.unicode_word_indices().map(word).collect()
    }

    #[test]
    fn tokens_are_cut_at_marks() {
        let check = |text: &str, expected: &[&str]| {
            let mut tokens = Vec::new();
            tokens_into(text, Span::new(0, text.len()), &mut tokens);
            let found: Vec<&str> = tokens.iter().map(|token| token.span.of(text)).collect();
            assert_eq!(found, expected);
        };
        check(
            "U.S. firms don't pay 1,586.50",
            &["U", "S", "firms", "don", "t", "pay", "1", "586", "50"],
        );
        check("l’été cafe\u{301}’s", &["l", "été", "cafe\u{301}", "s"]);
        check("東京1.5", &["東", "京", "1", "5"]);
    }

    /// The tokens by definition: words cut at all that is neither letter, digit, mark nor
    /// underscore.
    fn check_tokens(text: &str) -> Result<(), TestCaseError> {
        let mut tokens = Vec::new();
        tokens_into(text, Span::new(0, text.len()), &mut tokens);
        let found: Vec<Span> = tokens.iter().map(|token| token.span).collect();
        let mut expected = Vec::new();
        for word in spans_by_definition(text) {
            let mut at = word.start as usize;
            for token in word.of(text).split(JOINING_MARKS) {
                if !token.is_empty() {
                    expected.push(Span::new(at, at + token.len()));
                }
                at +=
                    token.len() + text[at + token.len()..].chars().next().map_or(0, char::len_utf8);
            }
        }
        prop_assert_eq!(found, expected);
        for token in tokens.iter().filter(|token| !is_unspaced(token.span.of(text))) {
            prop_assert_eq!(token.hash, xxh3_64(fold(token.span.of(text)).as_bytes()));
        }
        Ok(())
    }

    fn check_definition(text: &str) -> Result<(), TestCaseError> {
        let found = words(text);
        let spans: Vec<Span> = found.iter().map(|word| word.span).collect();
        prop_assert_eq!(&spans, &spans_by_definition(text));
        for word in found.iter().filter(|word| !is_unspaced(word.span.of(text))) {
            prop_assert_eq!(word.hash, xxh3_64(fold(word.span.of(text)).as_bytes()));
        }
        Ok(())
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]

        #[test]
        fn one_pass_equals_the_full_rules(
            text in "[a-zA-Z0-9_.,:;'’‘\"“”—…« »·\n\r éßÉИйїšŉſǅΣ²½ªº°€ʼ\u{300}\u{903}\u{200d}\u{ad}\u{3000}漢かカไ한א😀🇩🇪]{0,30}",
        ) {
            check_definition(&text)?;
            check_tokens(&text)?;
        }

        #[test]
        fn any_text_equals_the_full_rules(text: String) {
            check_definition(&text)?;
        }

        #[test]
        fn folding_in_pieces_is_folding(
            mixed in "[a-zA-Z .’‘“”„–—…éßÉИйŉſǅΣ²½ªºʼ\u{300}\u{301}\u{308}\u{338}\u{903}\u{1100}\u{1161}\u{3000}漢か😀]{0,20}",
            any: String,
        ) {
            for text in [mixed, any] {
                prop_assert_eq!(fold(&text), fold_by_tables(&text));
            }
        }
    }
}

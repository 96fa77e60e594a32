//! The characters that most text is made of, with what the word rules (UAX #29) say about them
//! and their folded form, ready to be looked up by byte.

use std::sync::LazyLock;

use super::fold;

/// What a character does to a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Class {
    /// Letters of alphabets that need no further rule (`ALetter`).
    Letter,
    /// ASCII digits (`Numeric`).
    Digit,
    /// The underscore (`ExtendNumLet`).
    Connector,
    /// Joins letters: the colon (`MidLetter`).
    MidLetter,
    /// Joins digits: comma and semicolon (`MidNum`).
    MidNumber,
    /// Joins either: the full stop and apostrophes (`MidNumLet`, `Single_Quote`).
    MidBoth,
    /// The space and the line feed: no word and no rule reaches across them.
    Space,
    /// Ends a word and is none.
    Separator,
    /// For the full rules to decide.
    Unknown,
}

/// The two-byte characters of UTF-8.
const TWO_BYTES: std::ops::Range<u32> = 0x80..0x800;

/// Looks characters up.
pub(super) struct Alphabet {
    ascii: [Class; 128],
    /// For each two-byte character its class and the bytes of its folded form.
    wide: Vec<(Class, u8, [u8; 3])>,
}

static ALPHABET: LazyLock<Alphabet> = LazyLock::new(|| Alphabet {
    ascii: std::array::from_fn(|byte| ascii_class(byte as u8)),
    wide: TWO_BYTES.filter_map(char::from_u32).map(wide_entry).collect(),
});

impl Alphabet {
    /// The one alphabet.
    pub(super) fn get() -> &'static Alphabet {
        &ALPHABET
    }

    /// The class of the character at a place within UTF-8, and its length in bytes. The length
    /// means nothing for [`Class::Unknown`].
    #[inline]
    pub(super) fn class(&self, bytes: &[u8], at: usize) -> (Class, usize) {
        let byte = bytes[at];
        match self.ascii.get(byte as usize) {
            Some(&class) => (class, 1),
            None => self.wide_class(&bytes[at..]),
        }
    }

    fn wide_class(&self, bytes: &[u8]) -> (Class, usize) {
        match *bytes {
            [lead @ 0xc2..=0xdf, next, ..] => (self.wide[wide_place(lead, next)].0, 2),
            // U+2018 and U+2019 are apostrophes; dashes, the other quotation marks, daggers, the
            // bullet, the ellipsis, single angle quotes and the euro sign end words.
            [0xe2, 0x80, 0x98..=0x99, ..] => (Class::MidBoth, 3),
            [0xe2, 0x80, 0x90..=0x97 | 0x9a..=0xa2 | 0xa6 | 0xb9..=0xba, ..] => {
                (Class::Separator, 3)
            }
            [0xe2, 0x82, 0xac, ..] => (Class::Separator, 3),
            _ => (Class::Unknown, 1),
        }
    }

    /// Gives the folded bytes of one character that is not [`Class::Unknown`].
    #[inline]
    pub(super) fn fold_into(&self, character: &[u8], mut push: impl FnMut(u8)) {
        match *character {
            [byte] => push(byte.to_ascii_lowercase()),
            [lead, next] => {
                let (_, len, bytes) = self.wide[wide_place(lead, next)];
                bytes[..len as usize].iter().for_each(|&byte| push(byte));
            }
            _ => push(b'\''),
        }
    }
}

/// The place of a two-byte character in [`Alphabet::wide`].
fn wide_place(lead: u8, next: u8) -> usize {
    ((usize::from(lead) & 0x1f) << 6 | (usize::from(next) & 0x3f)) - 0x80
}

fn ascii_class(byte: u8) -> Class {
    match byte {
        b'a'..=b'z' | b'A'..=b'Z' => Class::Letter,
        b'0'..=b'9' => Class::Digit,
        b'_' => Class::Connector,
        b':' => Class::MidLetter,
        b',' | b';' => Class::MidNumber,
        b'.' | b'\'' => Class::MidBoth,
        b' ' | b'\n' => Class::Space,
        _ => Class::Separator,
    }
}

fn wide_entry(character: char) -> (Class, u8, [u8; 3]) {
    let class = wide_class(character);
    let mut bytes = [0; 3];
    let mut buffer = [0; 4];
    let folded = fold(character.encode_utf8(&mut buffer));
    match (class, bytes.get_mut(..folded.len())) {
        (Class::Letter, Some(place)) => {
            place.copy_from_slice(folded.as_bytes());
            (class, folded.len() as u8, bytes)
        }
        (Class::Letter, None) => (Class::Unknown, 0, bytes),
        _ => (class, 0, bytes),
    }
}

/// The class of a two-byte character. In these ranges the alphabetic characters are exactly
/// letters, of which none combines with a neighbour.
fn wide_class(character: char) -> Class {
    match character {
        '\u{c0}'..='\u{2af}' | '\u{386}'..='\u{481}' | '\u{48a}'..='\u{52f}'
            if character.is_alphabetic() =>
        {
            Class::Letter
        }
        '\u{a0}'..='\u{a9}' | '«' | '¬' | '®'..='±' | '´' | '¶' | '»' | '¿' | '×' | '÷' => {
            Class::Separator
        }
        _ => Class::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use unicode_segmentation::UnicodeSegmentation;

    use super::*;

    fn known() -> impl Iterator<Item = (char, Class)> {
        let all = (0..0x3000).filter_map(char::from_u32);
        all.map(|character| {
            let text = character.to_string();
            (character, Alphabet::get().class(text.as_bytes(), 0).0)
        })
    }

    #[test]
    fn classes_are_those_of_the_full_rules() {
        for (character, class) in known() {
            let split = |text: String| text.unicode_words().count();
            let between = (split(format!("a{character}b")), split(format!("1{character}2")));
            let expected = match class {
                Class::Letter | Class::Digit | Class::Connector | Class::MidBoth => (1, 1),
                Class::MidLetter => (1, 2),
                Class::MidNumber => (2, 1),
                Class::Separator | Class::Space => (2, 2),
                Class::Unknown => continue,
            };
            assert_eq!(between, expected, "{character:?} {class:?}");
        }
    }

    #[test]
    fn folding_by_character_equals_folding_by_word() {
        let letters: Vec<char> = known()
            .filter(|&(_, class)| class == Class::Letter)
            .map(|(letter, _)| letter)
            .collect();
        assert!(letters.len() > 900);
        for &letter in &letters {
            for other in ['a', 'ö', 'Σ', 'Й', letter] {
                let word: String = [letter, other].iter().collect();
                let mut folded = Vec::new();
                for character in [letter, other] {
                    let text = character.to_string();
                    Alphabet::get().fold_into(text.as_bytes(), |byte| folded.push(byte));
                }
                assert_eq!(folded, fold(&word).as_bytes(), "{word}");
            }
        }
    }
}

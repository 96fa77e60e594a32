//! The marks that end sentences, as bytes: where one starts, how long it is, of which kind.

/// What kind of terminator a candidate has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Terminator {
    /// One full stop: the only ambiguous one.
    Period,
    /// `...`, `…`, `. . .`
    Ellipsis,
    /// `!`, `?` and their kin.
    Strong,
    /// The marks of scripts without spaces between sentences.
    Ideographic,
}

/// The next byte where a terminator starts.
///
/// Within an enumeration closing brackets are candidates too (`1) ... 2) ...`).
pub(super) fn find_terminator(bytes: &[u8], mut at: usize, enumeration: bool) -> Option<usize> {
    while let Some(&byte) = bytes.get(at) {
        if INTEREST[byte as usize] && terminator_at(&bytes[at..]).is_some() {
            return Some(at);
        }
        if byte == b')' && enumeration {
            return Some(at);
        }
        at += 1;
    }
    None
}

/// Bytes that may start a terminator.
static INTEREST: [bool; 256] = {
    let mut table = [false; 256];
    let starts = [b'.', b'!', b'?', 0xe2, 0xe3, 0xef, 0xe0, 0xe1, 0xd8, 0xdb, 0xd6, 0xcd];
    let mut index = 0;
    while index < starts.len() {
        table[starts[index] as usize] = true;
        index += 1;
    }
    table
};

/// The kind and length of the terminator that the bytes start with.
pub(super) fn terminator_at(bytes: &[u8]) -> Option<(Terminator, usize)> {
    use Terminator::{Ellipsis, Ideographic, Period, Strong};
    Some(match bytes {
        [b'.', ..] => (Period, 1),
        [b'!' | b'?', ..] => (Strong, 1),
        [0xe2, 0x80, 0xa6, ..] => (Ellipsis, 3),
        // ‼ and ⁇ ⁈ ⁉
        [0xe2, 0x80, 0xbc, ..] | [0xe2, 0x81, 0x87..=0x89, ..] => (Strong, 3),
        // 。 ｡ ！ ？ ．
        [0xe3, 0x80, 0x82, ..] | [0xef, 0xbd, 0xa1, ..] => (Ideographic, 3),
        [0xef, 0xbc, 0x81 | 0x8e | 0x9f, ..] => (Ideographic, 3),
        // The danda and the double danda.
        [0xe0, 0xa5, 0xa4 | 0xa5, ..] => (Ideographic, 3),
        // Ethiopic full stop and question mark; Burmese and Khmer full stops.
        [0xe1, 0x8d, 0xa2 | 0xa7, ..] => (Ideographic, 3),
        [0xe1, 0x81, 0x8b, ..] | [0xe1, 0x9f, 0x94, ..] => (Ideographic, 3),
        // Arabic question mark and full stop, Armenian full stop, Greek question mark.
        [0xd8, 0x9f, ..] | [0xdb, 0x94, ..] | [0xd6, 0x89, ..] | [0xcd, 0xbe, ..] => (Strong, 2),
        _ => return None,
    })
}

//! Normalised text whose every span maps back to the text as read.
//!
//! Normal is: compatibility composition and case folding (NFKC, then the folding of Unicode, then
//! NFKC again, as UAX #31's identifiers do), one plain form for each kind of quotation mark, dash
//! and ellipsis, one space for each run of white space, and nothing for what is not seen (soft
//! hyphens, zero-width characters). The map is kept as pieces: where bytes stand for bytes one to
//! one a single piece covers them all, so that the map of English text is short.

use unicode_normalization::char::canonical_combining_class;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfkc_quick};

use crate::model::Span;

/// A normalised text and the way back.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Normalised {
    /// The normalised text.
    pub text: String,
    map: Vec<Piece>,
}

/// A run of the normalised text; it lasts to the next piece.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Piece {
    /// Where it starts in the normalised text.
    normal: u32,
    /// What it stands for.
    original: Span,
    /// Byte stands for byte, and characters start at the same ones; else the whole stands for
    /// the whole.
    linear: bool,
}

impl Normalised {
    /// The part of the original that a span of the normalised text stands for: all characters
    /// that went into it. An empty span maps to an empty one.
    pub fn original(&self, span: Span) -> Span {
        if span.is_empty() {
            let at =
                self.piece(span.start).map_or(0, |piece| self.original_start(piece, span.start));
            return Span { start: at, end: at };
        }
        match (self.piece(span.start), self.piece(span.end - 1)) {
            (Some(first), Some(last)) => Span {
                start: self.original_start(first, span.start),
                end: if last.linear {
                    last.original.start + (span.end - last.normal)
                } else {
                    last.original.end
                },
            },
            _ => Span::default(),
        }
    }

    fn original_start(&self, piece: Piece, at: u32) -> u32 {
        if piece.linear {
            (piece.original.start + (at - piece.normal)).min(piece.original.end)
        } else {
            piece.original.start
        }
    }

    /// The piece that holds a byte of the normalised text.
    fn piece(&self, at: u32) -> Option<Piece> {
        let after = self.map.partition_point(|piece| piece.normal <= at);
        self.map.get(after.checked_sub(1)?).copied()
    }

    /// Appends what `original` became.
    fn push(&mut self, original: Span, normal: &str, linear: bool) {
        if normal.is_empty() {
            return;
        }
        let at = self.text.len() as u32;
        self.text.push_str(normal);
        if linear
            && let Some(last) = self.map.last_mut()
            && last.linear
            && last.original.end == original.start
        {
            last.original.end = original.end;
            return;
        }
        self.map.push(Piece { normal: at, original, linear });
    }
}

/// Normalises a text.
pub fn normalise(text: &str) -> Normalised {
    let mut out = Normalised { text: String::with_capacity(text.len()), map: Vec::new() };
    let mut scratch = Scratch::default();
    let mut at = 0;
    while at < text.len() {
        let rest = &text[at..];
        let length = ascii_run(rest.as_bytes());
        if length > 0 {
            scratch.plain.clear();
            scratch.plain.push_str(&rest[..length]);
            scratch.plain.make_ascii_lowercase();
            out.push(Span::new(at, at + length), &scratch.plain, true);
            at += length;
            continue;
        }
        let length = match space_run(rest) {
            0 => {
                let length = cluster(rest);
                scratch.fold(&rest[..length]);
                let same = scratch.stands_byte_for_byte(&rest[..length]);
                out.push(Span::new(at, at + length), &scratch.plain, same);
                length
            }
            length => {
                out.push(Span::new(at, at + length), " ", length == 1);
                length
            }
        };
        at += length;
    }
    out
}

/// The length of the run of ASCII that changes in case only: no white space but single spaces, no
/// marks with a typographic double form, and not the last letter before other characters, for a
/// combining mark may follow it.
fn ascii_run(bytes: &[u8]) -> usize {
    let plain = |byte: u8| matches!(byte, 0x21..=0x7e) && !matches!(byte, b'`' | b'\'');
    let mut end = 0;
    while let Some(&byte) = bytes.get(end) {
        let single_space =
            byte == b' ' && end > 0 && bytes.get(end + 1).is_some_and(|&next| plain(next));
        if !(plain(byte) || single_space) {
            break;
        }
        end += 1;
    }
    if bytes.get(end).is_some_and(|byte| !byte.is_ascii()) { end.saturating_sub(1) } else { end }
}

/// The length of the white space that the text starts with.
fn space_run(text: &str) -> usize {
    text.len() - text.trim_start().len()
}

/// The length of the shortest start of the text that composes with nothing after it.
fn cluster(text: &str) -> usize {
    let mut chars = text.char_indices();
    chars.next();
    // `''` and ``` `` ``` are quotation marks of two characters.
    if text.starts_with("''") || text.starts_with("``") {
        chars.next();
    }
    chars.find(|&(_, c)| starts_cluster(c)).map_or(text.len(), |(at, _)| at)
}

/// Whether a character never composes with what stands before it (UAX #15: starters whose quick
/// check is not `Maybe`, and whose decomposition begins with such a starter).
fn starts_cluster(c: char) -> bool {
    if c.is_ascii() {
        return true;
    }
    // What is not seen does not keep its neighbours apart.
    if is_unseen(c) {
        return false;
    }
    let stable = |c: char| {
        canonical_combining_class(c) == 0
            && is_nfkc_quick(std::iter::once(c)) != IsNormalized::Maybe
    };
    // A conjoining jamo composes with the one before it.
    let jamo = matches!(c, '\u{1160}'..='\u{11ff}');
    stable(c) && !jamo && std::iter::once(c).nfkd().next().is_none_or(stable)
}

/// Buffers that are used again for every cluster.
#[derive(Default)]
struct Scratch {
    plain: String,
    composed: String,
}

impl Scratch {
    /// Puts the normal form of a cluster into `plain`.
    fn fold(&mut self, cluster: &str) {
        self.plain.clear();
        if cluster == "''" || cluster == "``" {
            self.plain.push('"');
            return;
        }
        self.composed.clear();
        // An acute accent of its own is a mark to readers and a space with an accent to NFKC.
        let seen = cluster.chars().filter(|&c| !is_unseen(c)).map(plain_mark);
        self.composed.extend(seen.nfkc());
        let folded = caseless::default_case_fold_str(&self.composed);
        self.composed.clear();
        self.composed.extend(folded.nfkc());
        for c in self.composed.chars() {
            match c {
                c if is_unseen(c) => {}
                c if c.is_whitespace() => self.plain.push(' '),
                c => self.plain.push(plain_mark(c)),
            }
        }
    }

    fn stands_byte_for_byte(&self, original: &str) -> bool {
        original.chars().map(char::len_utf8).eq(self.plain.chars().map(char::len_utf8))
    }
}

/// Characters that are not seen: soft hyphen, zero-width spaces and joiners, directions, the byte
/// order mark, variation selectors.
fn is_unseen(c: char) -> bool {
    matches!(
        c,
        '\u{ad}'
            | '\u{34f}'
            | '\u{61c}'
            | '\u{180e}'
            | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{2064}'
            | '\u{2066}'..='\u{2069}'
            | '\u{fe00}'..='\u{fe0f}'
            | '\u{feff}'
    )
}

/// The plain form of a typographic mark.
fn plain_mark(c: char) -> char {
    match c {
        '“' | '”' | '„' | '‟' | '«' | '»' | '〝' | '〞' | '「' | '」' | '『' | '』' => {
            '"'
        }
        '‘' | '’' | '‚' | '‛' | '‹' | '›' | 'ʼ' | 'ʻ' | '`' | '´' | '′' => '\'',
        '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' | '﹘' => '-',
        c => c,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn check_normal(text: &str, normal: &str) {
        assert_eq!(normalise(text).text, normal);
    }

    /// Checks what the part `found` of the normalised text stands for.
    #[track_caller]
    fn check_original(text: &str, found: &str, original: &str) {
        let normalised = normalise(text);
        let start = normalised.text.find(found).expect("the text holds it");
        let span = normalised.original(Span::new(start, start + found.len()));
        assert_eq!(span.of(text), original);
    }

    #[test]
    fn marks_spaces_and_cases_are_folded() {
        check_normal("“Yes,”  she\u{a0}said — ‘no’…", "\"yes,\" she said - 'no'...");
        check_normal("Die STRASSE, die Straße", "die strasse, die strasse");
        check_normal("of\u{ad}fice of\u{200b}fice oﬃce", "office office office");
        check_normal("''Well''\r\n``well``", "\"well\" \"well\"");
        check_normal("Cafe\u{301} CAFÉ ＡＢＣ １２３", "café café abc 123");
        check_normal("ΣΊΣΥΦΟΣ σίσυφος", "σίσυφοσ σίσυφοσ");
    }

    #[test]
    fn spans_lead_back_to_the_text() {
        check_original("He said: “Oﬃcers left…”", "officers", "Oﬃcers");
        check_original("He said: “Oﬃcers left…”", "\"off", "“Oﬃ");
        check_original("a \u{a0} b", " ", " \u{a0} ");
        check_original("of\u{ad}fice", "office", "of\u{ad}fice");
        check_original("the Cafe\u{301} is", "é", "e\u{301}");
        check_original("Ça va", "ça va", "Ça va");
    }

    /// Checks what holds for any text.
    fn check_invariants(text: &str) {
        let normalised = normalise(text);
        let mut end = 0;
        for (at, c) in normalised.text.char_indices() {
            let span = normalised.original(Span::new(at, at + c.len_utf8()));
            assert!(
                text.get(span.range()).is_some_and(|part| !part.is_empty()),
                "{c:?} of {text:?}"
            );
            // Characters of one cluster share its span; others follow one another, and only what
            // is not seen lies between.
            assert!(span.start >= end || span.end == end, "{c:?} of {text:?}");
            if span.start > end {
                let skipped = &text[end as usize..span.start as usize];
                assert_eq!(normalise(skipped).text, "", "{skipped:?} of {text:?}");
            }
            end = span.end;
        }
        assert_eq!(normalise(&text[end as usize..]).text, "", "the end of {text:?}");
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(1024))]

        #[test]
        fn every_character_leads_back(text in "\\PC{0,40}") {
            check_invariants(&text);
        }

        #[test]
        fn hard_pieces_lead_back(pieces in proptest::collection::vec(
            proptest::sample::select(vec![
                "A", "é", "e", "\u{301}", "\u{323}", " ", "  ", "\u{a0}", "\n", "ﬁ", "ß", "İ", "“", "''", "'",
                "`", "…", "\u{ad}", "\u{200b}", "\u{feff}", "각", "\u{1100}", "\u{1161}", "\u{11a8}", "ｶ", "ﾞ",
                "\u{9be}", "\u{9c7}", "\u{fe0f}", "①", "㎏", "Σ", "ς", "\u{345}", "ᾳ", "\u{340}", "\u{b4}", "\u{a8}",
            ]),
            0..16,
        )) {
            check_invariants(&pieces.concat());
        }
    }
}

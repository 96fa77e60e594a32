//! Bytes to text: UTF-8, UTF-16 with or without byte order mark, windows-1252 as the fallback.

use std::borrow::Cow;
use std::io::{self, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use encoding_rs::{CoderResult, Decoder, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// What the first bytes of a file say about its encoding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Encoding {
    /// UTF-8 or an encoding of one byte a character; [`decode`] tells them apart.
    EightBit,
    /// UTF-16, little end first.
    Utf16Le,
    /// UTF-16, big end first.
    Utf16Be,
}

/// The encoding, and the length of the byte order mark.
pub(super) fn detect(head: &[u8]) -> (Encoding, usize) {
    if head.starts_with(&[0xEF, 0xBB, 0xBF]) {
        return (Encoding::EightBit, 3);
    }
    if head.starts_with(&[0xFF, 0xFE]) {
        return (Encoding::Utf16Le, 2);
    }
    if head.starts_with(&[0xFE, 0xFF]) {
        return (Encoding::Utf16Be, 2);
    }
    (unmarked(head), 0)
}

/// Fewer units say too little.
const LEAST_UNITS: usize = 8;

/// UTF-16 without byte order mark shows by its zero bytes: every space, digit and line end has one,
/// always on the same side. At least one unit in twenty has to have one there, nearly none on the
/// other side; read as UTF-16 it has to look like text, and read as UTF-8 it has not to.
fn unmarked(head: &[u8]) -> Encoding {
    let head = &head[..head.len().min(8192) & !1];
    let zeros = |side: usize| head.iter().skip(side).step_by(2).filter(|&&byte| byte == 0).count();
    let (even, odd, units) = (zeros(0), zeros(1), head.len() / 2);
    if units < LEAST_UNITS || looks_like_utf8(head) {
        return Encoding::EightBit;
    }
    let (encoding, many, few) =
        if odd > even { (Encoding::Utf16Le, odd, even) } else { (Encoding::Utf16Be, even, odd) };
    if many * 20 >= units && few * 50 <= many && looks_like_utf16(head, encoding) {
        encoding
    } else {
        Encoding::EightBit
    }
}

/// Valid but for a cut at the end, and with few control characters.
fn looks_like_utf8(head: &[u8]) -> bool {
    let controls = head.iter().filter(|&&byte| is_odd_control(byte)).count();
    let is_valid = match std::str::from_utf8(head) {
        Ok(_) => true,
        Err(error) => error.error_len().is_none(),
    };
    is_valid && controls * 8 < head.len()
}

/// Letters, digits, spaces and marks in nine places of ten.
fn looks_like_utf16(head: &[u8], encoding: Encoding) -> bool {
    let units = head.chunks_exact(2).map(|pair| match encoding {
        Encoding::Utf16Be => u16::from_be_bytes([pair[0], pair[1]]),
        _ => u16::from_le_bytes([pair[0], pair[1]]),
    });
    let (mut good, mut all) = (0, 0);
    for character in char::decode_utf16(units) {
        all += 1;
        good += usize::from(character.is_ok_and(|character| {
            character.is_alphanumeric()
                || character.is_whitespace()
                || character.is_ascii_punctuation()
                || matches!(character, '\u{A0}'..='\u{BF}' | '\u{2010}'..='\u{206F}' | '\u{3000}'..='\u{303F}')
        }));
    }
    good * 10 >= all * 9
}

/// Brings a UTF-16 stream to UTF-8. Its byte order mark goes.
pub(super) struct Transcoder<R> {
    input: R,
    decoder: Decoder,
    /// Read, not decoded yet.
    raw: Vec<u8>,
    /// Decoded, not handed out yet.
    text: Vec<u8>,
    handed_out: usize,
    finished: bool,
    malformed: Arc<AtomicBool>,
}

impl<R: Read> Transcoder<R> {
    /// Sets `malformed` as soon as something has to be replaced by U+FFFD.
    pub(super) fn new(input: R, encoding: Encoding, malformed: Arc<AtomicBool>) -> Self {
        let encoding = if encoding == Encoding::Utf16Be { UTF_16BE } else { UTF_16LE };
        Transcoder {
            input,
            decoder: encoding.new_decoder_with_bom_removal(),
            raw: vec![0; 64 << 10],
            text: Vec::new(),
            handed_out: 0,
            finished: false,
            malformed,
        }
    }

    fn decode_more(&mut self) -> io::Result<()> {
        let read = self.input.read(&mut self.raw)?;
        self.finished = read == 0;
        let mut source = &self.raw[..read];
        self.handed_out = 0;
        self.text.resize(self.decoder.max_utf8_buffer_length(read).unwrap_or(4 * read + 16), 0);
        let mut written = 0;
        loop {
            let (result, consumed, produced, had_errors) =
                self.decoder.decode_to_utf8(source, &mut self.text[written..], self.finished);
            if had_errors {
                self.malformed.store(true, Ordering::Relaxed);
            }
            source = &source[consumed..];
            written += produced;
            if result == CoderResult::InputEmpty {
                break;
            }
            self.text.resize(self.text.len() * 2 + 16, 0);
        }
        self.text.truncate(written);
        Ok(())
    }
}

impl<R: Read> Read for Transcoder<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.handed_out == self.text.len() {
            if self.finished {
                return Ok(0);
            }
            self.decode_more()?;
        }
        let rest = &self.text[self.handed_out..];
        let length = rest.len().min(buffer.len());
        buffer[..length].copy_from_slice(&rest[..length]);
        self.handed_out += length;
        Ok(length)
    }
}

/// How eight-bit text was decoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Decoded {
    /// It is UTF-8.
    Utf8,
    /// It is UTF-8 with so many faults, each replaced by U+FFFD.
    Damaged(usize),
    /// It is no UTF-8 and was taken for windows-1252.
    Windows1252,
    /// It is no text: zero bytes or many control characters, and no UTF-8.
    Binary,
}

/// Decodes UTF-8 or, failing that, windows-1252. Text with more characters of several bytes than
/// faults is damaged UTF-8, for in windows-1252 such sequences hardly occur.
pub(super) fn decode(bytes: &[u8]) -> (Cow<'_, str>, Decoded) {
    if let Ok(text) = std::str::from_utf8(bytes) {
        return (Cow::Borrowed(text), Decoded::Utf8);
    }
    let (mut characters, mut faults, mut controls) = (0, 0, 0);
    for chunk in bytes.utf8_chunks() {
        characters += chunk.valid().chars().filter(|character| !character.is_ascii()).count();
        controls += chunk.valid().bytes().filter(|&byte| is_odd_control(byte)).count();
        faults += usize::from(!chunk.invalid().is_empty());
    }
    if bytes.contains(&0) || controls * 20 > bytes.len() {
        return (Cow::Borrowed(""), Decoded::Binary);
    }
    if characters > faults {
        return (String::from_utf8_lossy(bytes), Decoded::Damaged(faults));
    }
    let (text, _) = WINDOWS_1252.decode_without_bom_handling(bytes);
    (text, Decoded::Windows1252)
}

/// Control characters that text does not have.
fn is_odd_control(byte: u8) -> bool {
    byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r' | 0x0C | 0x1A | 0x1B)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn utf16(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(bytes).collect()
    }

    #[test]
    fn utf16_is_told_without_a_mark() {
        let long = "Der Ministerpräsident sagte am 3. Mai: „Nein“. ";
        let russian = "Президент заявил в среду, что переговоры идут. ";
        for text in [long, russian, "{\"id\":1}\n"] {
            assert_eq!(detect(&utf16(text, u16::to_le_bytes)).0, Encoding::Utf16Le, "{text}");
            assert_eq!(detect(&utf16(text, u16::to_be_bytes)).0, Encoding::Utf16Be, "{text}");
            assert_eq!(detect(text.as_bytes()).0, Encoding::EightBit, "{text}");
        }
        assert_eq!(detect(b"with \0 one zero, as some feeds have").0, Encoding::EightBit);
        assert_eq!(detect(b"").0, Encoding::EightBit);
        assert_eq!(detect(&[0; 64]).0, Encoding::EightBit);
    }

    #[test]
    fn utf16_streams_to_utf8() {
        let text = "Ärger 😀\r\n".repeat(20_000);
        let malformed = Arc::new(AtomicBool::new(false));
        let read = |bytes: &[u8], encoding| {
            let mut read = String::new();
            let mut transcoder = Transcoder::new(bytes, encoding, Arc::clone(&malformed));
            transcoder.read_to_string(&mut read).expect("reading from memory");
            read
        };
        assert_eq!(read(&utf16(&text, u16::to_le_bytes), Encoding::Utf16Le), text);
        assert_eq!(read(&utf16(&text, u16::to_be_bytes), Encoding::Utf16Be), text);
        assert!(!malformed.load(Ordering::Relaxed));
        assert_eq!(read(b"a\0b\0c", Encoding::Utf16Le), "ab\u{FFFD}");
        assert!(malformed.load(Ordering::Relaxed));
    }

    #[test]
    fn eight_bit_text_is_utf8_or_windows_1252() {
        for (bytes, text, decoded) in [
            (&b"plain"[..], "plain", Decoded::Utf8),
            ("\0 zero é".as_bytes(), "\0 zero é", Decoded::Utf8),
            (b"\x93Caf\xE9\x94 \x96 5 \x80", "“Café” – 5 €", Decoded::Windows1252),
            (b"\xC3\xA9t\xC3\xA9 \xFF", "été \u{FFFD}", Decoded::Damaged(1)),
            (b"\x89PNG\r\n\x1A\n\0\0\0\x0DIHDR", "", Decoded::Binary),
        ] {
            assert_eq!(decode(bytes), (Cow::Borrowed(text), decoded), "{bytes:?}");
        }
    }
}

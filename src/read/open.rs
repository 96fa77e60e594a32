//! Opens a file: decompresses it, brings UTF-16 to UTF-8, and shows its first bytes.

use std::fs::File;
use std::io::{self, BufReader, Cursor, Read};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use super::encoding::{self, Encoding, Transcoder};

/// A stream of any kind.
pub(super) type Stream = Box<dyn Read + Send>;

/// How much of a file is looked at to tell its encoding and format.
const HEAD_BYTES: usize = 64 << 10;

/// The size of the reads from a file.
const BUFFER_BYTES: usize = 256 << 10;

/// An open file.
pub(super) struct Opened {
    /// The first bytes, decompressed, in UTF-8 or an unknown 8-bit encoding, without byte order
    /// mark.
    pub(super) head: Vec<u8>,
    /// The same from the start, to the end.
    pub(super) stream: BufReader<Stream>,
    /// Whether the bytes on disk are compressed.
    pub(super) compressed: bool,
    /// Set as soon as something in a UTF-16 stream had to be replaced by U+FFFD.
    pub(super) malformed: Arc<AtomicBool>,
}

/// Opens a file, or standard input where there is no path. Bytes read from disk are added to
/// `bytes_read` as they are read.
pub(super) fn open(path: Option<&Path>, bytes_read: Arc<AtomicU64>) -> io::Result<Opened> {
    let file: Stream = match path {
        Some(path) => Box::new(File::open(path)?),
        None => Box::new(io::stdin()),
    };
    decode(Box::new(Counted { stream: file, bytes_read }))
}

/// Decompresses a stream and tells its encoding.
pub(super) fn decode(raw: Stream) -> io::Result<Opened> {
    let raw = Peeked::new(raw, 4);
    let magic = raw.head().to_vec();
    let raw = BufReader::with_capacity(BUFFER_BYTES, raw);
    let compressed = magic.starts_with(&[0x1F, 0x8B]) || magic == [0x28, 0xB5, 0x2F, 0xFD];
    let plain: Stream = if magic.starts_with(&[0x1F, 0x8B]) {
        Box::new(flate2::bufread::MultiGzDecoder::new(raw))
    } else if compressed {
        Box::new(zstd::stream::read::Decoder::with_buffer(raw)?)
    } else {
        Box::new(raw.into_inner())
    };
    let plain = Peeked::new(plain, HEAD_BYTES);
    let (encoding, mark) = encoding::detect(plain.head());
    let malformed = Arc::new(AtomicBool::new(false));
    let mut text = match encoding {
        Encoding::EightBit => plain,
        _ => {
            let transcoder = Transcoder::new(plain, encoding, Arc::clone(&malformed));
            Peeked::new(Box::new(transcoder), HEAD_BYTES)
        }
    };
    if encoding == Encoding::EightBit {
        text.skip(mark);
    }
    let head = text.head().to_vec();
    let stream = BufReader::with_capacity(BUFFER_BYTES, Box::new(text) as Stream);
    Ok(Opened { head, stream, compressed, malformed })
}

/// A stream whose first bytes have been looked at. What goes wrong while looking is told when
/// reading reaches that place.
struct Peeked {
    head: Cursor<Vec<u8>>,
    error: Option<io::Error>,
    failed: bool,
    rest: Stream,
}

impl Peeked {
    fn new(mut rest: Stream, length: usize) -> Self {
        let mut head = vec![0; length];
        let (mut filled, mut error) = (0, None);
        while filled < length {
            match rest.read(&mut head[filled..]) {
                Ok(0) => break,
                Ok(read) => filled += read,
                Err(interrupted) if interrupted.kind() == io::ErrorKind::Interrupted => {}
                Err(other) => {
                    error = Some(other);
                    break;
                }
            }
        }
        head.truncate(filled);
        Peeked { head: Cursor::new(head), error, failed: false, rest }
    }

    fn head(&self) -> &[u8] {
        &self.head.get_ref()[self.head.position() as usize..]
    }

    fn skip(&mut self, bytes: usize) {
        self.head.set_position(self.head.position() + bytes as u64);
    }
}

impl Read for Peeked {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if !self.head().is_empty() {
            return self.head.read(buffer);
        }
        if let Some(error) = self.error.take() {
            self.failed = true;
            return Err(error);
        }
        if self.failed { Ok(0) } else { self.rest.read(buffer) }
    }
}

/// Counts the bytes that come from the disk, for progress.
struct Counted {
    stream: Stream,
    bytes_read: Arc<AtomicU64>,
}

impl Read for Counted {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.stream.read(buffer)?;
        self.bytes_read.fetch_add(read as u64, Ordering::Relaxed);
        Ok(read)
    }
}

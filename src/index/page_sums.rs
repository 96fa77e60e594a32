//! A checksum of every page of the file, kept in a file beside it (`INDEX-sums`), so that a flipped
//! byte anywhere is noticed: SQLite itself checks neither the content of its pages nor the free
//! space in them. Inside the file the sums could not be kept, for writing them would change the
//! pages they are taken of.
//!
//! The sums are written after the last commit of a run, when the write-ahead log has been moved into
//! the file, and removed before the next commit. So a run that is killed leaves no sums rather than
//! wrong ones; `check` says that it could not compare them, and the next run that writes anything
//! renews them. A run that found sums renews those of the pages that its log holds and of no others:
//! that costs what was written, and a page that was damaged before stays known as damaged.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{BufReader, BufWriter, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use xxhash_rust::xxh3::xxh3_64;

use super::lock::beside;
use super::schema::PAGE_SIZE;
use crate::{Error, Result};

/// The first bytes of the file of sums; the last of them is its version.
const MAGIC: &[u8; 8] = b"centosm2";
/// The version beside indexes of format 1, whose pages have 4096 bytes.
const MAGIC_1: &[u8; 8] = b"centosm1";

/// The sums of the pages of a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Sums {
    page_size: u64,
    pages: Vec<u64>,
}

/// What the sums say of the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// Every page is what was written.
    Whole,
    /// There are no sums of this state, for this reason.
    Unknown(&'static str),
    /// These pages (counted from 1, as SQLite does) are not what was written.
    Changed(Vec<u32>),
}

fn sums_path(index: &Path) -> PathBuf {
    beside(index, "-sums")
}

/// The sums that are kept beside a file; `None` where they are missing, damaged, or those of a file of
/// another length, as where one was brought back from a backup.
pub(super) fn read(index: &Path) -> Option<Sums> {
    let sums = parse(&fs::read(sums_path(index)).ok()?)?;
    let length = fs::metadata(index).ok()?.len();
    (sums.pages.len() as u64 * sums.page_size == length).then_some(sums)
}

/// The pages that stand in the write-ahead log of a file; `None` when it cannot be read.
pub(super) fn logged_pages(index: &Path) -> Option<BTreeSet<u32>> {
    let mut log = BufReader::new(File::open(beside(index, "-wal")).ok()?);
    let mut header = [0u8; 32];
    log.read_exact(&mut header).ok()?;
    let page_size = i64::from(u32::from_be_bytes(*header[8..].first_chunk()?));
    let mut pages = BTreeSet::new();
    let mut frame = [0u8; 24];
    while log.read_exact(&mut frame).is_ok() {
        pages.insert(u32::from_be_bytes(*frame.first_chunk()?));
        log.seek_relative(page_size).ok()?;
    }
    Some(pages)
}

/// Takes the sums of pages and writes them: of all, or where sums from before are known, of those
/// that have changed since.
pub(super) fn renew(index: &Path, known: Option<(Sums, BTreeSet<u32>)>) -> Result<Sums> {
    let path = sums_path(index);
    let cannot = |error: std::io::Error| {
        Error::file(&path, error, "check the free space and the permissions there")
    };
    let sums = match known {
        Some((sums, changed)) => take_changed(index, sums, &changed),
        None => take(index, u64::from(PAGE_SIZE)),
    };
    let sums = sums.map_err(cannot)?;
    let mut bytes = Vec::with_capacity(sums.pages.len() * 8 + 32);
    bytes.extend(MAGIC);
    bytes.extend(sums.page_size.to_le_bytes());
    bytes.extend((sums.pages.len() as u64).to_le_bytes());
    for sum in &sums.pages {
        bytes.extend(sum.to_le_bytes());
    }
    bytes.extend(xxh3_64(&bytes).to_le_bytes());
    let partial = beside(index, "-sums.new");
    let write = || -> std::io::Result<()> {
        let mut file = BufWriter::new(File::create(&partial)?);
        file.write_all(&bytes)?;
        file.into_inner()?.sync_all()?;
        fs::rename(&partial, &path)
    };
    write().map_err(cannot)?;
    Ok(sums)
}

/// Removes the sums, since what they are taken of is about to change.
pub(super) fn remove(index: &Path) -> Result<()> {
    match fs::remove_file(sums_path(index)) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(Error::file(sums_path(index), error, "check the permissions there"))
        }
        _ => Ok(()),
    }
}

/// Compares the pages with their sums.
pub(super) fn check(index: &Path) -> Result<Verdict> {
    let bytes = match fs::read(sums_path(index)) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            return Ok(Verdict::Unknown(
                "the pages could not be compared with their checksums: there are none, as a run was \
                 killed before it could renew them, or the file was copied without them",
            ));
        }
        Err(error) => return Err(Error::file(sums_path(index), error, "check its permissions")),
    };
    let Some(kept) = parse(&bytes) else {
        return Ok(Verdict::Unknown("the file of page checksums is itself damaged"));
    };
    let sums = take(index, kept.page_size)
        .map_err(|error| Error::file(index, error, "check the disk and the permissions"))?;
    let changed: Vec<u32> = (1u32..)
        .zip(sums.pages.iter().zip(&kept.pages))
        .filter(|(_, (now, then))| now != then)
        .map(|(page, _)| page)
        .collect();
    if changed.is_empty() && sums.pages.len() == kept.pages.len() {
        return Ok(Verdict::Whole);
    }
    Ok(Verdict::Changed(changed))
}

/// The sums in the bytes of their file.
fn parse(bytes: &[u8]) -> Option<Sums> {
    let (content, own) = bytes.split_last_chunk()?;
    if u64::from_le_bytes(*own) != xxh3_64(content) {
        return None;
    }
    let (page_size, counted) = match content.strip_prefix(MAGIC) {
        Some(rest) => {
            let (page_size, counted) = rest.split_first_chunk()?;
            (u64::from_le_bytes(*page_size), counted)
        }
        None => (4096, content.strip_prefix(MAGIC_1)?),
    };
    let (count, sums) = counted.split_first_chunk()?;
    let (sums, rest) = sums.as_chunks();
    let pages: Vec<u64> = sums.iter().map(|&sum| u64::from_le_bytes(sum)).collect();
    let whole = u64::from_le_bytes(*count) == pages.len() as u64 && rest.is_empty();
    (whole && page_size.is_power_of_two() && page_size <= 1 << 16)
        .then_some(Sums { page_size, pages })
}

/// The sum of each page.
fn take(index: &Path, page_size: u64) -> std::io::Result<Sums> {
    let mut file = BufReader::with_capacity(1 << 20, File::open(index)?);
    let mut sums = Sums { page_size, pages: Vec::new() };
    while let Some(sum) = next_sum(&mut file, page_size)? {
        sums.pages.push(sum);
    }
    Ok(sums)
}

/// The sums of a file of which some pages have changed.
fn take_changed(index: &Path, mut sums: Sums, changed: &BTreeSet<u32>) -> std::io::Result<Sums> {
    let mut file = File::open(index)?;
    let pages = file.metadata()?.len().div_ceil(sums.page_size);
    // Pages that were added stand in the log, so their sums are taken below.
    sums.pages.resize(pages as usize, 0);
    for &page in changed {
        let place = u64::from(page).saturating_sub(1);
        if place < pages {
            file.seek(SeekFrom::Start(place * sums.page_size))?;
            sums.pages[place as usize] = next_sum(&mut file, sums.page_size)?.unwrap_or(0);
        }
    }
    Ok(sums)
}

/// The sum of the page that comes next; `None` at the end.
fn next_sum(file: &mut impl Read, page_size: u64) -> std::io::Result<Option<u64>> {
    let mut page = Vec::with_capacity(page_size as usize);
    file.take(page_size).read_to_end(&mut page)?;
    Ok((!page.is_empty()).then(|| xxh3_64(&page)))
}

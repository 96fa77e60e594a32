//! A checksum of every page of the file, kept in a file beside it (`INDEX-sums`), so that a flipped
//! byte anywhere is noticed: SQLite itself checks neither the content of its pages nor the free
//! space in them. Inside the file the sums could not be kept, for writing them would change the
//! pages they are taken of.
//!
//! The sums are written after the last commit of a run, when the write-ahead log has been moved into
//! the file, and removed before the next commit. So a run that is killed leaves no sums rather than
//! wrong ones; `check` says that it could not compare them, and the next run that writes anything
//! renews them.

use std::fs::{self, File};
use std::io::{BufReader, BufWriter, Read, Write};
use std::path::{Path, PathBuf};

use xxhash_rust::xxh3::xxh3_64;

use super::lock::beside;
use super::schema::PAGE_SIZE;
use crate::{Error, Result};

/// The first bytes of the file of sums; the last of them is its version.
const MAGIC: &[u8; 8] = b"centosm1";

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

/// Takes the sums of all pages and writes them.
pub(super) fn write(index: &Path) -> Result<()> {
    let path = sums_path(index);
    let cannot = |error: std::io::Error| {
        Error::file(&path, error, "check the free space and the permissions there")
    };
    let sums = take(index).map_err(cannot)?;
    let mut bytes = Vec::with_capacity(sums.len() * 8 + 24);
    bytes.extend(MAGIC);
    bytes.extend((sums.len() as u64).to_le_bytes());
    for sum in sums {
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
    write().map_err(cannot)
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
    let sums = take(index)
        .map_err(|error| Error::file(index, error, "check the disk and the permissions"))?;
    let changed: Vec<u32> = (1u32..)
        .zip(sums.iter().zip(&kept))
        .filter(|(_, (now, then))| now != then)
        .map(|(page, _)| page)
        .collect();
    if changed.is_empty() && sums.len() == kept.len() {
        return Ok(Verdict::Whole);
    }
    Ok(Verdict::Changed(changed))
}

/// The sums in the bytes of their file.
fn parse(bytes: &[u8]) -> Option<Vec<u64>> {
    let number = |bytes: &[u8]| Some(u64::from_le_bytes(bytes.try_into().ok()?));
    let (content, own) = bytes.split_at_checked(bytes.len().checked_sub(8)?)?;
    if number(own)? != xxh3_64(content) {
        return None;
    }
    let (count, sums) = content.strip_prefix(MAGIC)?.split_at_checked(8)?;
    let sums: Vec<u64> = sums.chunks_exact(8).map(number).collect::<Option<_>>()?;
    (number(count)? == sums.len() as u64).then_some(sums)
}

/// The sum of each page.
fn take(index: &Path) -> std::io::Result<Vec<u64>> {
    let mut reader = BufReader::with_capacity(1 << 20, File::open(index)?);
    let mut page = vec![0u8; PAGE_SIZE as usize];
    let mut sums = Vec::new();
    loop {
        let mut filled = 0;
        while filled < page.len() {
            match reader.read(&mut page[filled..])? {
                0 => break,
                read => filled += read,
            }
        }
        if filled == 0 {
            return Ok(sums);
        }
        sums.push(xxh3_64(&page[..filled]));
    }
}

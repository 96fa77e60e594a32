//! One writer at a time: a lock file beside the index.
//!
//! The operating system drops the lock when the process that holds it ends, however it ends, so a
//! killed run never has to be cleaned up after. Inside the file stands who holds it, for the
//! message that the second run gives.

use std::ffi::OsString;
use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use super::open::Waiting;
use crate::{Error, Result};

/// The right to write; given back when it is dropped.
#[derive(Debug)]
pub struct WriteLock {
    _file: File,
}

impl WriteLock {
    /// Takes the lock of an index; when another process has it, waits or says who it is.
    pub fn take(index: &Path, waiting: Waiting) -> Result<Self> {
        let path = beside(index, ".lock");
        let cannot = |error: std::io::Error| {
            Error::file(&path, error, "check the permissions of the folder the index is in")
        };
        let mut file = OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .open(&path)
            .map_err(cannot)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) if waiting == Waiting::Wait => {
                file.lock().map_err(cannot)?;
            }
            Err(TryLockError::WouldBlock) => {
                let mut holder = String::new();
                // The holder may be writing its name just now; then it stays unnamed.
                let _ = file.read_to_string(&mut holder);
                let holder = holder.lines().next().unwrap_or("").to_owned();
                let holder = if holder.is_empty() { "another process".to_owned() } else { holder };
                return Err(Error::Held {
                    path: index.to_path_buf(),
                    message: format!("{holder} is writing to it"),
                    hint: "let it finish, or wait for it with --wait".to_owned(),
                });
            }
            Err(TryLockError::Error(error)) => return Err(cannot(error)),
        }
        file.set_len(0).map_err(cannot)?;
        file.seek(SeekFrom::Start(0)).map_err(cannot)?;
        file.write_all(own_name().as_bytes()).map_err(cannot)?;
        Ok(WriteLock { _file: file })
    }
}

/// Who holds the lock: process, machine, and since when.
fn own_name() -> String {
    let host = std::fs::read_to_string("/proc/sys/kernel/hostname")
        .ok()
        .map(|name| name.trim().to_owned())
        .or_else(|| std::env::var("HOSTNAME").ok())
        .filter(|name| !name.is_empty())
        .map_or(String::new(), |name| format!(" on {name}"));
    format!(
        "process {}{host}, since {}\n",
        std::process::id(),
        jiff::Timestamp::now().strftime("%Y-%m-%d %H:%M:%SZ")
    )
}

/// A file beside the index, named after it.
pub(super) fn beside(index: &Path, suffix: &str) -> PathBuf {
    let mut name = index.file_name().map_or_else(OsString::new, OsString::from);
    name.push(suffix);
    index.with_file_name(name)
}

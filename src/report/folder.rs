//! The output folder: complete or not there at all.
//!
//! Everything is written into a hidden sibling of the output folder, made durable, and put in its
//! place in one step. Where the operating system can exchange two names (Linux and macOS can), an
//! older report is replaced without a moment at which neither is there; elsewhere the old one is
//! moved aside first, and if the machine stops just then, the next run moves it back.
//!
//! A hidden sibling is locked by the run that writes it. The kernel drops the lock when that run
//! ends, however it ends, so a later run can tell the leftovers of a dead run from the work of a
//! live one, and removes them.
//!
//! A folder is only replaced when it is empty, or when its `summary.json` says that cento made it
//! and it holds nothing but files that cento writes: notes that somebody put beside them are worth
//! more than a convenient flag.

use std::ffi::{OsStr, OsString};
use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use super::rows::MADE_BY;
use crate::{Error, Result};

/// The account of a run, and the mark by which cento knows its own folders.
pub(super) const SUMMARY: &str = "summary.json";

/// Files that the desktop or the shell may have left in any folder.
const STRAY_FILES: [&str; 4] = [".DS_Store", "Thumbs.db", "desktop.ini", ".directory"];

/// Refuses an output folder that must not be replaced. Worth calling before a long run.
pub fn check_replaceable(out: &Path) -> Result<()> {
    let metadata = match fs::metadata(out) {
        Ok(metadata) => metadata,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(Error::file(out, error, "check the path and its permissions")),
    };
    if !metadata.is_dir() {
        return Err(Error::usage(
            format!("{} is a file; the output is a folder", out.display()),
            "name another folder with -o",
        ));
    }
    let mut names = Vec::new();
    for entry in fs::read_dir(out).map_err(|error| cannot_read(out, error))? {
        names.push(entry.map_err(|error| cannot_read(out, error))?.file_name());
    }
    names.retain(|name| !STRAY_FILES.iter().any(|stray| name == stray));
    if names.is_empty() {
        return Ok(());
    }
    if !is_made_by_cento(out) {
        return Err(Error::usage(
            format!("{} is not empty and was not made by cento", out.display()),
            "name another folder with -o, or empty this one yourself",
        ));
    }
    names.sort();
    if let Some(foreign) = names.iter().find(|name| !super::is_own_file(name)) {
        return Err(Error::usage(
            format!(
                "{} holds a file that cento did not write: {}",
                out.display(),
                foreign.display()
            ),
            "move that file elsewhere, or name another folder with -o",
        ));
    }
    Ok(())
}

/// Whether the folder's `summary.json` carries cento's mark.
pub(super) fn is_made_by_cento(folder: &Path) -> bool {
    #[derive(Deserialize)]
    struct Mark {
        made_by: String,
    }
    File::open(folder.join(SUMMARY))
        .ok()
        .and_then(|file| serde_json::from_reader::<_, Mark>(io::BufReader::new(file)).ok())
        .is_some_and(|mark| mark.made_by == MADE_BY)
}

/// A hidden sibling of the output folder, removed again unless it is put in its place.
#[derive(Debug)]
pub(super) struct PartialFolder {
    path: PathBuf,
    out: PathBuf,
    /// Held until the folder is in its place or removed; `None` where folders cannot be locked.
    lock: Option<File>,
    placed: bool,
}

impl PartialFolder {
    /// Makes the sibling, after checking that `out` may be replaced and after removing what dead
    /// runs left behind.
    pub(super) fn create(out: &Path) -> Result<Self> {
        check_replaceable(out)?;
        let out = resolved(out)?;
        let parent = parent_of(&out);
        fs::create_dir_all(parent).map_err(|error| cannot_write(parent, error))?;
        clean_leftovers(&out)?;
        for attempt in 0..1000u32 {
            let name = hidden_name(&out, &format!("partial-{}-{attempt}", std::process::id()));
            let path = parent.join(name);
            match fs::create_dir(&path) {
                Ok(()) => {}
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => continue,
                Err(error) => return Err(cannot_write(&path, error)),
            }
            let lock = lock_folder(&path);
            // A run that was cleaning up may have taken the new folder for a leftover in the
            // moment before it was locked.
            if path.is_dir() {
                return Ok(PartialFolder { path, out, lock, placed: false });
            }
        }
        Err(cannot_write(&out, "no temporary folder could be made beside it"))
    }

    /// Where to write.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Makes the folder durable and puts it in its place.
    pub(super) fn place(mut self) -> Result<()> {
        sync_folder(&self.path)?;
        check_replaceable(&self.out)?;
        let parent = parent_of(&self.out);
        if self.out.exists() {
            self.replace(parent)?;
        } else {
            fs::rename(&self.path, &self.out).map_err(|error| cannot_place(&self.out, error))?;
        }
        self.placed = true;
        // The report is in its place; that the name itself is durable is the system's best effort.
        let _ = sync_folder(parent);
        Ok(())
    }

    /// Replaces the older folder.
    fn replace(&self, parent: &Path) -> Result<()> {
        match exchange(&self.path, &self.out) {
            Ok(()) => {
                // The hidden sibling now is the old folder. What cannot be removed is a leftover
                // for the next run; the new report is in its place.
                let _ = fs::remove_dir_all(&self.path);
                return Ok(());
            }
            Err(error) if error.kind() == io::ErrorKind::Unsupported => {}
            Err(error) => return Err(cannot_place(&self.out, error)),
        }
        let old = parent.join(hidden_name(&self.out, &format!("old-{}", std::process::id())));
        fs::rename(&self.out, &old).map_err(|error| cannot_place(&self.out, error))?;
        if let Err(error) = fs::rename(&self.path, &self.out) {
            // Bring the old one back before giving up; if that fails too, the next run does it.
            let _ = fs::rename(&old, &self.out);
            return Err(cannot_place(&self.out, error));
        }
        let _ = fs::remove_dir_all(&old);
        Ok(())
    }
}

impl Drop for PartialFolder {
    fn drop(&mut self) {
        if !self.placed {
            // Nothing can be done about a failure here; the next run tries again.
            let _ = fs::remove_dir_all(&self.path);
        }
        drop(self.lock.take());
    }
}

/// Exchanges two names in one step, where the operating system can.
#[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
fn exchange(one: &Path, other: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    use rustix::io::Errno;
    renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE).map_err(|error| match error {
        // Old kernels and some file systems do not know the flag.
        Errno::INVAL | Errno::NOSYS | Errno::NOTSUP => io::ErrorKind::Unsupported.into(),
        error => error.into(),
    })
}

/// Exchanges two names in one step, where the operating system can: here it cannot.
#[cfg(not(any(target_os = "linux", target_os = "android", target_vendor = "apple")))]
fn exchange(_one: &Path, _other: &Path) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

/// Removes what dead runs left beside `out`, and moves an old folder back that a run had moved
/// aside when it died.
fn clean_leftovers(out: &Path) -> Result<()> {
    let parent = parent_of(out);
    let prefix = hidden_name(out, "");
    // A folder that can be written but not listed is cleaned by nobody; that stops no run.
    let Ok(entries) = fs::read_dir(parent) else { return Ok(()) };
    let mut leftovers: Vec<OsString> = entries
        .filter_map(|entry| Some(entry.ok()?.file_name()))
        .filter(|name| name.as_encoded_bytes().starts_with(prefix.as_encoded_bytes()))
        .collect();
    leftovers.sort();
    for name in leftovers {
        let path = parent.join(&name);
        // Only a folder that no live run holds is a leftover.
        let Ok(lock) = File::open(&path) else { continue };
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock | TryLockError::Error(_)) => continue,
        }
        let aside = name.as_encoded_bytes()[prefix.len()..].starts_with(b"old-");
        if aside && !out.exists() && is_made_by_cento(&path) {
            fs::rename(&path, out).map_err(|error| cannot_place(out, error))?;
        } else {
            fs::remove_dir_all(&path).map_err(|error| cannot_write(&path, error))?;
        }
    }
    Ok(())
}

/// The name of a hidden sibling.
fn hidden_name(out: &Path, what: &str) -> OsString {
    let mut name = OsString::from(".");
    name.push(out.file_name().unwrap_or(OsStr::new("cento-out")));
    name.push(".cento-");
    name.push(what);
    name
}

/// The folder itself where `out` is a link to it, so that the link stays a link; absolute, so that
/// it has a name and a parent even when it is given as `.`.
fn resolved(out: &Path) -> Result<PathBuf> {
    if out.exists() {
        fs::canonicalize(out).map_err(|error| cannot_read(out, error))
    } else {
        std::path::absolute(out).map_err(|error| cannot_read(out, error))
    }
}

fn parent_of(out: &Path) -> &Path {
    out.parent().unwrap_or(Path::new("/"))
}

/// Locks a folder for the life of the handle, where the system can.
fn lock_folder(path: &Path) -> Option<File> {
    let folder = File::open(path).ok()?;
    folder.lock().ok()?;
    Some(folder)
}

/// Makes the names in a folder durable. Systems that cannot open folders do so by themselves.
fn sync_folder(path: &Path) -> Result<()> {
    match File::open(path) {
        Ok(folder) if cfg!(unix) => folder.sync_all().map_err(|error| cannot_write(path, error)),
        _ => Ok(()),
    }
}

fn cannot_read(path: &Path, error: impl ToString) -> Error {
    Error::file(path, error, "check the path and its permissions")
}

/// A write that failed.
pub(super) fn cannot_write(path: &Path, error: impl ToString) -> Error {
    Error::file(path, error, "check the free space and the permissions there")
}

fn cannot_place(out: &Path, error: impl ToString) -> Error {
    Error::file(
        out,
        error,
        "the folder could not be put in its place; if it is a mount point, name a folder inside it",
    )
}

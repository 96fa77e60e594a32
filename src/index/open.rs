//! Opening and making an index, and what can be wrong with the file.

use std::cell::RefCell;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, ErrorCode, OpenFlags};

use super::lock::WriteLock;
use super::page_sums::{self, Sums};
use super::schema::{APPLICATION_ID, FORMAT_VERSION, PAGE_SIZE, TABLES};
use super::settings::Settings;
use super::{names, upgrade};
use crate::{Error, Result};

/// What to do when another process is writing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Waiting {
    /// Wait until it is done.
    Wait,
    /// Say who it is and give up (exit code 3).
    GiveUp,
}

/// An open index.
#[derive(Debug)]
pub struct Index {
    pub(super) connection: Connection,
    pub(super) path: PathBuf,
    /// Held by writers.
    lock: Option<WriteLock>,
    /// The page checksums of the file as it was before the write-ahead log, where they are known.
    sums: RefCell<Option<Sums>>,
}

/// The first bytes of every SQLite file.
const MAGIC: &[u8; 16] = b"SQLite format 3\0";

/// Kilobytes of pages that SQLite may keep in memory.
const CACHE_KILOBYTES: i64 = 64 << 10;

impl Index {
    /// Opens an index for reading. Writers are not waited for, and do not wait.
    pub fn open(path: &Path) -> Result<Self> {
        check_file(path)?;
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection =
            Connection::open_with_flags(path, flags).map_err(|error| failed(path, error))?;
        let index =
            Index { connection, path: path.to_path_buf(), lock: None, sums: RefCell::default() };
        index.prepare()?;
        Ok(index)
    }

    /// Opens an index for writing, under its lock.
    pub fn open_to_write(path: &Path, waiting: Waiting) -> Result<Self> {
        if !path.exists() {
            return Err(no_such_index(path));
        }
        let lock = WriteLock::take(path, waiting)?;
        check_file(path)?;
        Self::open_under(lock, path)
    }

    fn open_under(lock: WriteLock, path: &Path) -> Result<Self> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection =
            Connection::open_with_flags(path, flags).map_err(|error| failed(path, error))?;
        let sums = RefCell::new(page_sums::read(path));
        let index = Index { connection, path: path.to_path_buf(), lock: Some(lock), sums };
        index.prepare()?;
        index.begin_writing()?;
        Ok(index)
    }

    /// Makes a new, empty index; it appears complete or not at all.
    pub fn create(path: &Path, settings: &Settings, waiting: Waiting) -> Result<Self> {
        let lock = WriteLock::take(path, waiting)?;
        if path.exists() {
            drop(lock);
            return Self::open_to_write(path, waiting);
        }
        let partial = super::lock::beside(path, ".new");
        make(&partial, settings)?;
        fs::rename(&partial, path)
            .map_err(|error| Error::file(path, error, "check the permissions of the folder"))?;
        Self::open_under(lock, path)
    }

    /// Makes a new, empty index at a path that nobody else uses, under a lock that is held.
    pub(super) fn create_under(lock: WriteLock, path: &Path, settings: &Settings) -> Result<Self> {
        make(path, settings)?;
        Self::open_under(lock, path)
    }

    /// Closes the file; gives back the lock, which is still held, and the path.
    pub(super) fn close(self) -> Result<(Option<WriteLock>, PathBuf)> {
        let Index { connection, path, lock, .. } = self;
        connection.close().map_err(|(_, error)| failed(&path, error))?;
        Ok((lock, path))
    }

    /// The file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Runs `work` as one transaction: all of it is kept, or nothing.
    pub fn transaction<T>(&self, work: impl FnOnce() -> Result<T>) -> Result<T> {
        let cannot = |error| failed(&self.path, error);
        self.connection.execute_batch("BEGIN IMMEDIATE").map_err(cannot)?;
        match work() {
            Ok(value) => {
                page_sums::remove(&self.path)?;
                if let Err(error) = self.connection.execute_batch("COMMIT") {
                    let _ = self.connection.execute_batch("ROLLBACK");
                    return Err(cannot(error));
                }
                Ok(value)
            }
            Err(error) => {
                // What stopped the work is worth more than why it could not be undone by name;
                // SQLite undoes it in any case when the file is opened next.
                let _ = self.connection.execute_batch("ROLLBACK");
                Err(error)
            }
        }
    }

    /// Everything read within `work` is of one moment, whatever a writer commits meanwhile.
    pub fn snapshot<T>(&self, work: impl FnOnce() -> Result<T>) -> Result<T> {
        self.connection.execute_batch("BEGIN").map_err(|error| failed(&self.path, error))?;
        let result = work();
        let _ = self.connection.execute_batch("ROLLBACK");
        result
    }

    /// Moves what was committed into the file itself and renews the page checksums. Call it after
    /// the last transaction; when readers hold an older state, the next writer does it.
    pub fn settle(&self) -> Result<()> {
        debug_assert!(self.lock.is_some());
        let changed = page_sums::logged_pages(&self.path);
        let busy: i64 = self
            .connection
            .query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))
            .map_err(|error| failed(&self.path, error))?;
        if busy == 0 {
            let known = self.sums.take().zip(changed);
            self.sums.replace(Some(page_sums::renew(&self.path, known)?));
        }
        Ok(())
    }

    /// Rewrites the file without the room that deleted rows left.
    pub fn vacuum(&self) -> Result<()> {
        page_sums::remove(&self.path)?;
        self.sums.take();
        self.connection.execute_batch("VACUUM").map_err(|error| self.failed(error))
    }

    /// An error that says that the content is damaged.
    pub(super) fn damaged(&self, what: &str) -> Error {
        damaged(&self.path, what)
    }

    /// A failure of SQLite.
    pub(super) fn failed(&self, error: rusqlite::Error) -> Error {
        failed(&self.path, error)
    }

    fn prepare(&self) -> Result<()> {
        let cannot = |error| failed(&self.path, error);
        self.connection.busy_timeout(Duration::from_secs(60)).map_err(cannot)?;
        let number = |name: &str| -> Result<i32> {
            self.connection.pragma_query_value(None, name, |row| row.get(0)).map_err(cannot)
        };
        if number("application_id")? != APPLICATION_ID {
            return Err(Error::file(
                &self.path,
                "this SQLite file is no index of cento",
                "name the file that was given to `cento nightly --index`",
            ));
        }
        let version = number("user_version")?;
        if version != FORMAT_VERSION {
            return Err(upgrade::other_version(&self.path, version));
        }
        self.connection
            .execute_batch(&format!("PRAGMA cache_size = -{CACHE_KILOBYTES};"))
            .map_err(cannot)?;
        // Else a statement over a table with a partial index is compiled again for every value that
        // is bound to it.
        self.connection
            .set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)
            .map_err(cannot)?;
        self.connection.set_prepared_statement_cache_capacity(256);
        Ok(())
    }

    fn begin_writing(&self) -> Result<()> {
        self.connection
            .execute_batch(
                "PRAGMA synchronous = FULL; PRAGMA foreign_keys = OFF; PRAGMA wal_autocheckpoint = 0;
                 PRAGMA temp_store = MEMORY;",
            )
            .map_err(|error| failed(&self.path, error))
    }
}

/// Makes an empty file with all tables.
fn make(path: &Path, settings: &Settings) -> Result<()> {
    for left in ["", "-wal", "-shm", "-sums"] {
        let _ = fs::remove_file(super::lock::beside(path, left));
    }
    let cannot = |error: rusqlite::Error| failed(path, error);
    let mut connection = Connection::open(path).map_err(cannot)?;
    connection
        .execute_batch(&format!(
            "PRAGMA page_size = {PAGE_SIZE}; PRAGMA application_id = {APPLICATION_ID};
             PRAGMA user_version = {FORMAT_VERSION};"
        ))
        .map_err(cannot)?;
    let transaction = connection.transaction().map_err(cannot)?;
    transaction
        .execute_batch(TABLES)
        .and_then(|()| settings.write(&transaction))
        .and_then(|()| names::write_kinds(&transaction))
        .map_err(cannot)?;
    transaction.commit().map_err(cannot)?;
    connection.pragma_update_and_check(None, "journal_mode", "WAL", |_| Ok(())).map_err(cannot)?;
    connection.close().map_err(|(_, error)| cannot(error))
}

/// What can be seen without SQLite: is it there, is it SQLite at all, is it whole?
pub(super) fn check_file(path: &Path) -> Result<()> {
    use std::io::Read;
    let cannot = |error: std::io::Error| {
        if error.kind() == std::io::ErrorKind::NotFound {
            no_such_index(path)
        } else {
            Error::file(path, error, "check the path and its permissions")
        }
    };
    let mut file = fs::File::open(path).map_err(cannot)?;
    let length = file.metadata().map_err(cannot)?.len();
    let mut header = [0u8; 100];
    let whole = file.read_exact(&mut header).is_ok();
    if !whole || !header.starts_with(MAGIC) {
        return Err(Error::file(
            path,
            "not an index of cento",
            "name the file that was given to `cento nightly --index`, or restore it from a backup",
        ));
    }
    // A page size of 65536 is written as 1.
    let page = u64::from(u16::from_be_bytes([header[16], header[17]]));
    let page = if page == 1 { 65536 } else { page };
    let pages = u64::from(u32::from_be_bytes([header[28], header[29], header[30], header[31]]));
    // Pages that are not yet in the file stand in the write-ahead log.
    let pending = fs::metadata(super::lock::beside(path, "-wal")).is_ok_and(|log| log.len() > 0);
    if !pending && length < pages * page {
        return Err(Error::file(
            path,
            format!("the file is cut short: it has {length} of {} bytes", pages * page),
            "restore it from a backup, or make a new index from the articles with `cento nightly`",
        ));
    }
    Ok(())
}

fn no_such_index(path: &Path) -> Error {
    Error::file(path, "there is no index", "make one with `cento nightly INPUT... --index FILE`")
}

/// An error that says that the content of an index is damaged.
pub(super) fn damaged(path: &Path, what: &str) -> Error {
    Error::file(
        path,
        format!("the index is damaged: {what}"),
        "`cento index check FILE` says more; restore it from a backup or make a new one",
    )
}

/// A failure of SQLite, with the way out.
pub(super) fn failed(path: &Path, error: rusqlite::Error) -> Error {
    let hint = match error.sqlite_error_code() {
        Some(ErrorCode::DiskFull) => "make room on the disk and run it again; nothing was lost",
        Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => {
            "`cento index check FILE` says more; restore it from a backup or make a new one"
        }
        Some(ErrorCode::ReadOnly | ErrorCode::CannotOpen | ErrorCode::PermissionDenied) => {
            "check the permissions of the file and its folder"
        }
        Some(ErrorCode::SystemIoFailure) => "check the disk, then run it again; nothing was lost",
        _ => "run `cento index check FILE`; if that is clean, this is a bug in cento",
    };
    Error::file(path, error, hint)
}

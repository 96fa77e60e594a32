//! An index of an older format: what was read from outside is taken over into a new file, from which
//! everything is then decided anew ([`crate::pipeline::nightly::rebuild`]). The older file stands
//! untouched until the new one is complete and takes its place.

use std::fs;
use std::path::Path;

use rusqlite::Connection;

use super::lock::{WriteLock, beside};
use super::open::{Index, Waiting, check_file, failed};
use super::page_sums;
use super::schema::{APPLICATION_ID, FORMAT_VERSION};
use crate::{Error, Result};

/// What is taken over from format 1, which knew the same documents, nights and clusters. Sentences
/// and quotes are found again.
const FROM_FORMAT_1: &str = "
DELETE FROM settings;
INSERT INTO settings SELECT * FROM old.settings;
INSERT INTO counters SELECT * FROM old.counters;
INSERT INTO nights SELECT * FROM old.nights;
INSERT INTO epochs SELECT * FROM old.epochs;
INSERT INTO documents SELECT number, id, night, path, record, source, url, title, published_at,
  date_precision, date_earliest, date_latest, declared_language, language, characters, digest,
  0, 0, 0, 0, NULL FROM old.documents;
INSERT INTO texts SELECT * FROM old.texts;
INSERT INTO clusters SELECT number, id, kind, NULL, text, size, sources, first_seen, last_seen, speaker,
  origin, origin_document, origin_probability, origin_why, night FROM old.clusters;
INSERT INTO cluster_members SELECT * FROM old.cluster_members;
INSERT INTO cluster_events SELECT * FROM old.cluster_events;
INSERT INTO old_versions SELECT * FROM old.old_versions;
INSERT INTO forgotten SELECT * FROM old.forgotten;
INSERT INTO forgotten_links SELECT * FROM old.forgotten_links;";

impl Index {
    /// Opens an index for writing, whatever its format. One of an older format is taken over into a
    /// new file, in which all documents stand but nothing that was found in them; after everything
    /// was decided anew, [`Index::put_in_place`] puts it in place of the older one.
    pub fn open_to_rebuild(path: &Path, waiting: Waiting) -> Result<Self> {
        check_file(path)?;
        let cannot = |error| failed(path, error);
        let old = Connection::open(path).map_err(cannot)?;
        let number = |name: &str| -> Result<i32> {
            old.pragma_query_value(None, name, |row| row.get(0)).map_err(cannot)
        };
        if number("application_id")? != APPLICATION_ID || number("user_version")? != 1 {
            drop(old);
            return Self::open_to_write(path, waiting);
        }
        let lock = WriteLock::take(path, waiting)?;
        old.close().map_err(|(_, error)| cannot(error))?;
        let partial = beside(path, ".new");
        let settings = super::Settings::default();
        let new = Self::create_under(lock, &partial, &settings)?;
        let name = path.to_str().ok_or_else(|| {
            Error::usage("the path of the index is no Unicode", "rename the file or its folder")
        })?;
        new.connection.execute("ATTACH ? AS old", [name]).map_err(cannot)?;
        new.transaction(|| new.connection.execute_batch(FROM_FORMAT_1).map_err(cannot))?;
        new.connection.execute_batch("DETACH old").map_err(cannot)?;
        Ok(new)
    }

    /// Puts a file that was made by [`Index::open_to_rebuild`] in place of the older one; nothing
    /// else is to be done where there was none.
    pub fn put_in_place(self, path: &Path) -> Result<()> {
        if self.path() == path {
            return Ok(());
        }
        let (lock, partial) = self.close()?;
        page_sums::remove(path)?;
        let cannot = |error| Error::file(path, error, "check the permissions of the folder");
        // All that stood in the older file's log was taken over; beside the new one it would be taken
        // for its own.
        for left in ["-wal", "-shm"] {
            let _ = fs::remove_file(beside(path, left));
        }
        fs::rename(&partial, path).map_err(cannot)?;
        fs::rename(beside(&partial, "-sums"), beside(path, "-sums")).map_err(cannot)?;
        drop(lock);
        Ok(())
    }
}

/// A format that this version of cento does not read.
pub(super) fn other_version(path: &Path, version: i32) -> Error {
    let hint = match version {
        1 => "bring it to this format with `cento index rebuild FILE`",
        _ if version > FORMAT_VERSION => {
            "use a newer cento, or make a new index from the articles with `cento nightly`"
        }
        _ => "make a new index from the articles with `cento nightly`",
    };
    Error::file(
        path,
        format!("the index has format {version}; this cento reads format {FORMAT_VERSION}"),
        hint,
    )
}

//! The one public error of the library: what went wrong, where, and what to do about it.
//!
//! Only reading, the stored index and the reports touch the world and can fail; the phases between
//! them are pure. A bad *record* is no error: it becomes a [`crate::model::Problem`], is counted
//! and listed, and the run goes on. An [`Error`] stops the run.

use std::path::{Path, PathBuf};

/// The library's result.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// What stopped a run.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The caller asked for something that cannot be done (exit code 2).
    #[error("{message}\n  hint: {hint}")]
    Usage {
        /// What is wrong with the request.
        message: String,
        /// The way out.
        hint: String,
    },
    /// A file or folder could not be read or written (exit code 2).
    #[error("{path}: {message}\n  hint: {hint}")]
    File {
        /// The file or folder.
        path: PathBuf,
        /// What happened, in the words of the operating system where it spoke.
        message: String,
        /// The way out.
        hint: String,
    },
    /// Another run holds the index (exit code 3).
    #[error("{path}: {message}\n  hint: {hint}")]
    Held {
        /// The index.
        path: PathBuf,
        /// Who holds it.
        message: String,
        /// The way out.
        hint: String,
    },
}

impl Error {
    /// A request that cannot be met, with the way out.
    pub fn usage(message: impl Into<String>, hint: impl Into<String>) -> Self {
        Error::Usage { message: message.into(), hint: hint.into() }
    }

    /// A file that could not be used, with the way out.
    pub fn file(path: impl AsRef<Path>, message: impl ToString, hint: impl Into<String>) -> Self {
        Error::File {
            path: path.as_ref().to_path_buf(),
            message: message.to_string(),
            hint: hint.into(),
        }
    }
}

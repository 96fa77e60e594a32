//! Inputs to the files that are read, in sorted order.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use ignore::WalkBuilder;

use super::format::Format;
use super::input::Input;
use crate::error::{Error, Result};
use crate::model::{Problem, ProblemKind};

/// A file to be read.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct FileToRead {
    /// The path as the user named it, `-` for standard input.
    pub(super) shown: String,
    /// The id of the document if the file is one text: its path below the INPUT, with `/` between
    /// the parts; its name, if it was given directly.
    pub(super) id: String,
    /// Where to open it; `None` is standard input.
    pub(super) path: Option<PathBuf>,
    /// Bytes on disk; 0 where unknown.
    pub(super) bytes: u64,
}

/// What is behind the inputs.
#[derive(Debug, Default)]
pub(super) struct Walked {
    /// The files, sorted.
    pub(super) files: Vec<FileToRead>,
    /// Files of unknown kind in the folders.
    pub(super) ignored: u64,
    /// Folders and entries that cannot be read.
    pub(super) problems: Vec<Problem>,
}

/// Lists the files behind the inputs. A file that several inputs name is read once.
pub(super) fn walk(inputs: &[Input]) -> Result<Walked> {
    let mut walked = Walked::default();
    for input in inputs {
        match input {
            Input::Stdin => walked.files.push(FileToRead {
                shown: "-".to_owned(),
                id: "-".to_owned(),
                path: None,
                bytes: 0,
            }),
            Input::Path(path) => {
                let metadata = std::fs::metadata(path).map_err(|error| {
                    Error::file(path, error, "give a file, a folder, or - for standard input")
                })?;
                if metadata.is_dir() {
                    walk_folder(path, &mut walked);
                } else {
                    let name = path.file_name().unwrap_or(path.as_os_str());
                    walked.files.push(FileToRead {
                        shown: path.display().to_string(),
                        id: name.to_string_lossy().into_owned(),
                        path: Some(path.clone()),
                        bytes: metadata.len(),
                    });
                }
            }
        }
    }
    walked.files.sort();
    if inputs.len() > 1 {
        walked.files = without_repeats(walked.files);
    }
    walked.problems.sort();
    Ok(walked)
}

fn walk_folder(folder: &Path, walked: &mut Walked) {
    let walk = WalkBuilder::new(folder)
        .standard_filters(false)
        .hidden(true)
        .ignore(true)
        .follow_links(true)
        .filter_entry(|entry| entry.depth() == 0 || !is_output(entry.path()))
        .build();
    for entry in walk {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                walked.problems.push(walk_problem(folder, &error));
                continue;
            }
        };
        if !entry.file_type().is_some_and(|kind| kind.is_file()) {
            continue;
        }
        let path = entry.path();
        if Format::of_name(path).is_none() {
            walked.ignored += 1;
            continue;
        }
        let below = path.strip_prefix(folder).unwrap_or(path);
        let parts: Vec<_> = below.iter().map(|part| part.to_string_lossy()).collect();
        walked.files.push(FileToRead {
            shown: path.display().to_string(),
            id: parts.join("/"),
            path: Some(path.to_path_buf()),
            bytes: entry.metadata().map_or(0, |metadata| metadata.len()),
        });
    }
}

/// Whether a folder holds the output of an earlier run: its tables are no articles, and reading them
/// would let a run find its own findings.
fn is_output(folder: &Path) -> bool {
    #[derive(serde::Deserialize)]
    struct Summary {
        made_by: String,
    }
    std::fs::read(folder.join("summary.json"))
        .ok()
        .and_then(|bytes| serde_json::from_slice::<Summary>(&bytes).ok())
        .is_some_and(|summary| summary.made_by == "cento")
}

/// A folder that cannot be listed, or a link that leads nowhere or into itself.
fn walk_problem(folder: &Path, error: &ignore::Error) -> Problem {
    let mut path = folder;
    let mut inner = error;
    loop {
        inner = match inner {
            ignore::Error::WithPath { path: known, err } => {
                path = known;
                err
            }
            ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => err,
            ignore::Error::Loop { child, .. } => {
                path = child;
                break;
            }
            _ => break,
        };
    }
    let message = match inner {
        ignore::Error::Loop { ancestor, .. } => {
            format!("the link leads back to {}", ancestor.display())
        }
        other => other.to_string(),
    };
    Problem {
        path: path.display().to_string(),
        record: None,
        kind: ProblemKind::Skipped,
        message,
        hint: "check that the folder can be read and its links lead somewhere".to_owned(),
    }
}

/// Keeps the first in order of the files that are one and the same on disk.
fn without_repeats(files: Vec<FileToRead>) -> Vec<FileToRead> {
    let mut by_place: BTreeMap<Option<PathBuf>, FileToRead> = BTreeMap::new();
    for file in files {
        let place = file.path.as_ref().map(|path| path.canonicalize().unwrap_or(path.clone()));
        by_place.entry(place).or_insert(file);
    }
    let mut files: Vec<FileToRead> = by_place.into_values().collect();
    files.sort();
    files
}

//! The texts of a labelled set: either `docs.jsonl` beside its labels, or articles in any form that
//! cento reads, with the labels in a folder `gold` (as in the project's own `corpus/`).

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use cento::config::ReadConfig;
use cento::read::{self, Collection, Input};
use serde::de::DeserializeOwned;
use serde_json::Value;

/// The documents of a folder as `cento scan FOLDER` reads them.
pub(crate) fn collection(folder: &Path) -> Result<Collection> {
    // No date is in the future, whenever the figures are made.
    let records = read::records(&[Input::parse(folder)], &ReadConfig::default(), i64::MAX)?;
    Ok(read::collect(records))
}

/// The texts of a labelled set by id.
pub(crate) fn texts(folder: &Path) -> Result<BTreeMap<String, String>> {
    let listed = folder.join("docs.jsonl");
    if !listed.exists() {
        let documents = collection(folder)?.documents;
        return Ok(documents.into_iter().map(|document| (document.id, document.text)).collect());
    }
    let mut texts = BTreeMap::new();
    for row in rows::<Value>(&listed)? {
        if let (Some(id), Some(text)) = (row["id"].as_str(), row["text"].as_str()) {
            texts.insert(id.to_owned(), text.to_owned());
        }
    }
    Ok(texts)
}

/// Where a file of labels lies.
pub(crate) fn labels(folder: &Path, name: &str) -> PathBuf {
    let gold = folder.join("gold").join(name);
    if gold.exists() { gold } else { folder.join(name) }
}

/// The rows of a JSON Lines file.
pub(crate) fn rows<T: DeserializeOwned>(path: &Path) -> Result<Vec<T>> {
    let text = fs::read_to_string(path).with_context(|| path.display().to_string())?;
    text.lines()
        .enumerate()
        .filter(|(_, line)| !line.trim().is_empty())
        .map(|(number, line)| {
            serde_json::from_str(line).with_context(|| format!("{}:{}", path.display(), number + 1))
        })
        .collect()
}

//! Sentence boundaries: `sentences DIR`.
//!
//! DIR holds either `cases.jsonl` (`{lang, text, expected: [segment]}`) or `docs.jsonl` and
//! `sentences.jsonl` (`{doc_id, spans: [[start, end]]}`), or it is the project's `corpus`. A boundary
//! is the number of characters before it that are not white space, so that the space between
//! sentences does not count; the end of the text is no boundary. With `--errors` every wrong and
//! missing boundary is shown.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use anyhow::{Context, Result};
use cento::model::Language;
use cento::text::{detect_language, segment};
use serde_json::Value;

use super::documents;

/// Runs the task.
pub(crate) fn run(arguments: &[&Path]) -> Result<()> {
    let errors = arguments.iter().any(|argument| argument.as_os_str() == "--errors");
    let only = arguments.iter().filter_map(|a| a.to_str()?.strip_prefix("--only=")).next();
    let folder = arguments
        .iter()
        .find(|argument| !argument.to_string_lossy().starts_with("--"))
        .context("sentences needs a folder")?;
    let mut scores = Scores { errors, only: only.map(str::to_owned), ..Scores::default() };
    if folder.join("cases.jsonl").exists() {
        cases(folder, &mut scores)?;
    } else {
        marked_documents(folder, &mut scores)?;
    }
    scores.print();
    Ok(())
}

/// Boundaries found, right and wanted, by group.
#[derive(Default)]
struct Scores {
    errors: bool,
    only: Option<String>,
    groups: BTreeMap<String, Score>,
}

#[derive(Default)]
pub(crate) struct Score {
    right: usize,
    found: usize,
    wanted: usize,
    pub(crate) texts: usize,
    pub(crate) texts_right: usize,
    /// Texts whose expected segments are not made of the text's own characters.
    altered: usize,
}

impl Score {
    /// Counts the boundaries of one text.
    pub(crate) fn add(&mut self, wanted: &BTreeSet<usize>, found: &BTreeSet<usize>) {
        self.right += wanted.intersection(found).count();
        self.found += found.len();
        self.wanted += wanted.len();
        self.texts += 1;
        self.texts_right += usize::from(wanted == found);
    }

    pub(crate) fn precision(&self) -> f64 {
        ratio(self.right, self.found)
    }

    pub(crate) fn recall(&self) -> f64 {
        ratio(self.right, self.wanted)
    }

    pub(crate) fn f(&self) -> f64 {
        let (precision, recall) = (self.precision(), self.recall());
        if precision + recall > 0.0 { 2.0 * precision * recall / (precision + recall) } else { 0.0 }
    }
}

impl Scores {
    fn add(
        &mut self,
        groups: &[&str],
        name: &str,
        text: &str,
        wanted: &BTreeSet<usize>,
        found: &BTreeSet<usize>,
    ) {
        if self.only.as_deref().is_some_and(|only| !groups.contains(&only)) {
            return;
        }
        for group in groups {
            self.groups.entry((*group).to_owned()).or_default().add(wanted, found);
        }
        if self.errors {
            for &at in found.difference(wanted) {
                println!("{name}: wrong   {}", context(text, at));
            }
            for &at in wanted.difference(found) {
                println!("{name}: missing {}", context(text, at));
            }
        }
    }

    fn print(&self) {
        println!("group\ttexts\tall right\tboundaries\tprecision\trecall\tF1\taltered");
        for (group, score) in &self.groups {
            println!(
                "{group}\t{}\t{:.3}\t{}\t{:.3}\t{:.3}\t{:.3}\t{}",
                score.texts,
                ratio(score.texts_right, score.texts),
                score.wanted,
                score.precision(),
                score.recall(),
                score.f(),
                score.altered,
            );
        }
    }
}

fn ratio(part: usize, whole: usize) -> f64 {
    if whole == 0 { 1.0 } else { part as f64 / whole as f64 }
}

/// The text around the boundary after `at` characters that are not white space.
pub(crate) fn context(text: &str, at: usize) -> String {
    let mut seen = 0;
    let byte = text.char_indices().find_map(|(byte, c)| {
        seen += usize::from(!c.is_whitespace());
        (seen == at && !c.is_whitespace()).then_some(byte + c.len_utf8())
    });
    let byte = byte.unwrap_or(text.len());
    let before: String = text[..byte].chars().rev().take(50).collect();
    let before: String = before.chars().rev().collect();
    let after: String = text[byte..].chars().take(40).collect();
    format!("{before}‖{after}").replace(['\n', '\r'], "⏎")
}

/// The ends of the segments, counted in characters that are not white space.
fn boundaries<'a>(segments: impl Iterator<Item = &'a str>) -> BTreeSet<usize> {
    let mut total = 0;
    let mut ends: BTreeSet<usize> = segments
        .map(|segment| {
            total += visible(segment);
            total
        })
        .collect();
    ends.remove(&total);
    ends
}

fn visible(text: &str) -> usize {
    text.chars().filter(|c| !c.is_whitespace()).count()
}

fn found(text: &str, language: Language) -> BTreeSet<usize> {
    boundaries(segment(text, language).iter().map(|sentence| sentence.span.of(text)))
}

fn cases(folder: &Path, scores: &mut Scores) -> Result<()> {
    for row in documents::rows::<Value>(&folder.join("cases.jsonl"))? {
        let text = row["text"].as_str().context("a case without text")?;
        let name = row["lang"].as_str().unwrap_or("");
        let expected: Vec<&str> = row["expected"]
            .as_array()
            .context("a case without segments")?
            .iter()
            .filter_map(Value::as_str)
            .collect();
        let kept = |text: &str| -> String { text.split_whitespace().collect() };
        if kept(text) != expected.iter().map(|segment| kept(segment)).collect::<String>() {
            scores.groups.entry(name.to_owned()).or_default().altered += 1;
            continue;
        }
        let wanted = boundaries(expected.into_iter());
        let case = row["name"].as_str().unwrap_or("");
        scores.add(&[name], &format!("{name} {case}"), text, &wanted, &found(text, language(name)));
    }
    Ok(())
}

fn language(name: &str) -> Language {
    match name {
        "english" => Language::English,
        "deutsch" => Language::German,
        "french" => Language::French,
        "spanish" => Language::Spanish,
        "italian" => Language::Italian,
        "portuguese" => Language::Portuguese,
        "dutch" => Language::Dutch,
        "russian" => Language::Russian,
        "chinese" => Language::Chinese,
        "japanese" => Language::Japanese,
        _ => Language::Other,
    }
}

/// Documents are split in halves by their position in the order of ids, so that rules can be made
/// on one half (`dev`) and judged on the other (`test`); the second word of an id is its genre.
fn marked_documents(folder: &Path, scores: &mut Scores) -> Result<()> {
    let mut spans: BTreeMap<String, Vec<(usize, usize)>> = BTreeMap::new();
    for row in documents::rows::<Value>(&documents::labels(folder, "sentences.jsonl"))? {
        let id = row["doc_id"].as_str().context("sentences without a document")?;
        let list = row["spans"].as_array().context("sentences without spans")?;
        let list = list
            .iter()
            .filter_map(|span| Some((span[0].as_u64()? as usize, span[1].as_u64()? as usize)));
        spans.insert(id.to_owned(), list.collect());
    }
    let texts = documents::texts(folder)?;
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for (id, text) in &texts {
        let Some(spans) = spans.get(id) else { continue };
        let genre = id.split('_').nth(1).unwrap_or_default();
        let position = seen.entry(genre.to_owned()).or_default();
        let half = if position.is_multiple_of(2) { "dev" } else { "test" };
        *position += 1;
        let characters: Vec<char> = text.chars().collect();
        let before = |end: usize| characters[..end].iter().filter(|c| !c.is_whitespace()).count();
        let total = before(characters.len());
        let mut wanted: BTreeSet<usize> = spans.iter().map(|&(_, end)| before(end)).collect();
        wanted.remove(&total);
        let genre_half = format!("{genre} {half}");
        let all_half = format!("all {half}");
        let found = found(text, detect_language(text, None));
        let groups = [genre_half.as_str(), all_half.as_str()];
        let groups = if genre.is_empty() { &groups[1..] } else { &groups };
        scores.add(groups, id, text, &wanted, &found);
    }
    Ok(())
}

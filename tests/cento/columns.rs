//! The tables of a scan agree with the texts and with one another: every `start` and `end` cuts the
//! `text` beside it out of the document (counted in characters), every id leads somewhere, and
//! `summary.json` counts what is there.

use std::collections::{BTreeMap, BTreeSet};

use cento::config::ReadConfig;
use cento::read::{self, Input};
use serde_json::Value;

use crate::command::{corpus, scanned_corpus};

/// The texts of the corpus as characters, by document.
fn texts() -> BTreeMap<String, Vec<char>> {
    let records = read::records(&[Input::parse(corpus())], &ReadConfig::default(), i64::MAX);
    let documents = read::collect(records.expect("the corpus can be read")).documents;
    documents.into_iter().map(|document| (document.id, document.text.chars().collect())).collect()
}

fn number(row: &Value, name: &str) -> usize {
    row[name].as_u64().unwrap_or_else(|| panic!("{name} is no number in {row}")) as usize
}

fn string<'r>(row: &'r Value, name: &str) -> &'r str {
    row[name].as_str().unwrap_or_else(|| panic!("{name} is no string in {row}"))
}

fn list<'r>(row: &'r Value, name: &str) -> &'r [Value] {
    row[name].as_array().unwrap_or_else(|| panic!("{name} is no list in {row}"))
}

/// Start and end of a row, which must lie in the text and hold something.
fn range(row: &Value, text: &[char]) -> std::ops::Range<usize> {
    let (start, end) = (number(row, "start"), number(row, "end"));
    assert!(start < end && end <= text.len(), "{row} in a text of {}", text.len());
    start..end
}

/// Start and end of a row cut its `text` out of the document.
#[track_caller]
fn check_cut(row: &Value, text: &[char]) {
    let cut: String = text[range(row, text)].iter().collect();
    assert_eq!(string(row, "text"), cut);
}

#[test]
fn passages_and_their_edits_are_cut_from_the_texts() {
    let texts = texts();
    let rows = scanned_corpus().rows("out/passages.jsonl");
    assert!(rows.len() > 50, "{} passages", rows.len());
    for row in &rows {
        for side in ["a", "b"] {
            let text = &texts[string(&row[side], "doc")];
            check_cut(&row[side], text);
            let whole = range(&row[side], text);
            for edit in list(row, "edits").iter().filter(|edit| !edit[side].is_null()) {
                let inside = range(&edit[side], text);
                assert!(whole.start <= inside.start && inside.end <= whole.end, "{edit} in {row}");
                if edit[side].get("text").is_some() {
                    check_cut(&edit[side], text);
                }
            }
        }
        assert!(string(&row["a"], "doc") < string(&row["b"], "doc"), "{row}");
    }
}

#[test]
fn quotes_their_speakers_and_cues_are_cut_from_the_texts() {
    let texts = texts();
    let rows = scanned_corpus().rows("out/quotes.jsonl");
    assert!(rows.len() > 100, "{} quotes", rows.len());
    for row in &rows {
        let text = &texts[string(row, "doc")];
        let parts = list(row, "parts");
        assert!(!parts.is_empty(), "{row}");
        parts.iter().for_each(|part| check_cut(part, text));
        let joined: Vec<&str> = parts.iter().map(|part| string(part, "text")).collect();
        assert_eq!(string(row, "text"), joined.join(" "));
        assert!(parts.is_sorted_by(|one, next| number(one, "end") <= number(next, "start")));
        if !row["speaker"].is_null() && !row["speaker"]["mention"].is_null() {
            check_cut(&row["speaker"]["mention"], text);
        }
        if !row["cue"].is_null() {
            check_cut(&row["cue"], text);
        }
    }
}

#[test]
fn documents_are_described_as_they_were_read() {
    let texts = texts();
    let rows = scanned_corpus().rows("out/documents.jsonl");
    let ids: Vec<&str> = rows.iter().map(|row| string(row, "id")).collect();
    assert_eq!(ids, texts.keys().map(String::as_str).collect::<Vec<_>>());
    for row in &rows {
        assert_eq!(number(row, "chars"), texts[string(row, "id")].len(), "{row}");
    }
}

#[test]
fn every_id_leads_to_a_row() {
    let folder = scanned_corpus();
    let texts = texts();
    let ids = |name: &str| -> BTreeSet<String> {
        let rows = folder.rows(name);
        let ids: BTreeSet<String> = rows.iter().map(|row| string(row, "id").to_owned()).collect();
        assert_eq!(ids.len(), rows.len(), "{name} has an id twice");
        ids
    };
    let (quotes, passages) = (ids("out/quotes.jsonl"), ids("out/passages.jsonl"));
    let clusters = ids("out/clusters.jsonl");
    for row in folder.rows("out/passages.jsonl") {
        for quote in list(&row, "quotes") {
            assert!(quotes.contains(quote.as_str().unwrap()), "{quote}");
        }
        assert!(row["cluster"].is_null() || clusters.contains(string(&row, "cluster")), "{row}");
    }
    for row in folder.rows("out/quotes.jsonl") {
        assert!(row["cluster"].is_null() || clusters.contains(string(&row, "cluster")), "{row}");
    }
    for row in folder.rows("out/clusters.jsonl") {
        let members = list(&row, "members");
        assert_eq!(number(&row, "size"), members.len());
        for member in members {
            range(member, &texts[string(member, "doc")]);
            let quote = member.get("quote").and_then(Value::as_str);
            assert!(quote.is_none_or(|quote| quotes.contains(quote)), "{member}");
            let passage = member.get("passage").and_then(Value::as_str);
            assert!(passage.is_none_or(|passage| passages.contains(passage)), "{member}");
        }
        for edge in list(&row, "edges") {
            assert!(number(edge, "child") < members.len(), "{edge}");
            assert!(edge["parent"].is_null() || number(edge, "parent") < members.len(), "{edge}");
            assert_ne!(edge["parent"], edge["child"]);
        }
        let origin = row["origin"]["doc"].as_str();
        let holds = |id: &str| members.iter().any(|member| string(member, "doc") == id);
        assert!(origin.is_none_or(holds), "{origin:?} is no member of {row}");
    }
}

#[test]
fn the_summary_counts_the_rows() {
    let folder = scanned_corpus();
    let summary: Value =
        serde_json::from_slice(&std::fs::read(folder.path().join("out/summary.json")).unwrap())
            .unwrap();
    let totals = &summary["totals"];
    for table in ["documents", "quotes", "pairs", "passages"] {
        let rows = folder.rows(&format!("out/{table}.jsonl")).len();
        assert_eq!(number(totals, table), rows, "{table}");
    }
    let clusters = folder.rows("out/clusters.jsonl").len();
    assert_eq!(number(totals, "quote_clusters") + number(totals, "passage_clusters"), clusters);
    let mut by_pair: BTreeMap<(String, String), usize> = BTreeMap::new();
    for row in folder.rows("out/passages.jsonl") {
        let pair = (string(&row["a"], "doc").to_owned(), string(&row["b"], "doc").to_owned());
        *by_pair.entry(pair).or_default() += 1;
    }
    for row in folder.rows("out/pairs.jsonl") {
        let pair = (string(&row, "a").to_owned(), string(&row, "b").to_owned());
        assert_eq!(by_pair.remove(&pair), Some(number(&row, "passages")), "{pair:?}");
    }
    assert!(by_pair.is_empty(), "passages of pairs that are not listed: {by_pair:?}");
    assert_eq!(summary["why_empty"], Value::Null);
}

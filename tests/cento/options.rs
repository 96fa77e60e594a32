//! What each option of `scan` changes, on the corpus.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::command::{Folder, article, corpus, corpus_file, scanned_corpus, text};

/// A passage without its cluster, which depends on all documents of the run.
fn without_cluster(mut passage: Value) -> Value {
    passage["cluster"] = Value::Null;
    passage
}

fn documents_of(passage: &Value) -> (String, String) {
    let id = |side: &str| passage[side]["doc"].as_str().unwrap().to_owned();
    (id("a"), id("b"))
}

#[test]
fn a_listed_pair_has_the_passages_of_the_full_scan() {
    let folder = Folder::new();
    let full = scanned_corpus().rows("out/passages.jsonl");
    let pairs: BTreeSet<_> = full.iter().map(documents_of).collect();
    let listed: Vec<_> = pairs.into_iter().step_by(3).collect();
    let lines: Vec<String> = listed.iter().map(|(a, b)| format!("{b}\t{a}\tnote")).collect();
    folder.file("pairs.tsv", lines.join("\n"));
    let corpus = corpus();
    folder.run(["scan", corpus.to_str().unwrap(), "--pairs", "pairs.tsv", "-o", "out"], 0);
    let expected: Vec<Value> = full
        .into_iter()
        .filter(|passage| listed.contains(&documents_of(passage)))
        .map(without_cluster)
        .collect();
    let found: Vec<Value> =
        folder.rows("out/passages.jsonl").into_iter().map(without_cluster).collect();
    assert_eq!(found, expected);
}

#[test]
fn two_sets_are_compared_with_one_another_only() {
    let folder = Folder::new();
    folder.file("ours/a.jsonl", corpus_file("articles/harbour-post.jsonl"));
    folder.file("ours/b.jsonl", corpus_file("articles/northmark-times.jsonl"));
    folder.file("wire/a.jsonl", corpus_file("articles/meridian-press.jsonl"));
    folder.run(["scan", "ours", "wire", "-o", "all"], 0);
    folder.run(["scan", "ours", "--against", "wire", "-o", "across"], 0);
    let crosses = |passage: &Value| {
        let (a, b) = documents_of(passage);
        a.starts_with("meridian-press") != b.starts_with("meridian-press")
    };
    let all = folder.rows("all/passages.jsonl");
    let expected: Vec<Value> =
        all.iter().filter(|passage| crosses(passage)).cloned().map(without_cluster).collect();
    assert!(!expected.is_empty() && expected.len() < all.len());
    let found: Vec<Value> =
        folder.rows("across/passages.jsonl").into_iter().map(without_cluster).collect();
    assert_eq!(found, expected);
}

#[test]
fn documents_before_a_date_are_left_out_and_undated_ones_stay() {
    const SINCE: &str = "2025-06-04";
    let folder = Folder::new();
    let corpus = corpus();
    folder.run(["scan", corpus.to_str().unwrap(), "--since", SINCE, "-o", "out"], 0);
    let ids = |rows: Vec<Value>| -> BTreeSet<String> {
        rows.iter().map(|row| row["id"].as_str().unwrap().to_owned()).collect()
    };
    let all = scanned_corpus().rows("out/documents.jsonl");
    let undated = all.iter().filter(|row| row["published_at"].is_null()).count();
    // A date that is known less exactly counts by its last day, so its shorter form decides.
    let late = |row: &Value| {
        row["published_at"].as_str().is_none_or(|date| {
            let known = date.len().min(SINCE.len());
            date[..known] >= SINCE[..known]
        })
    };
    let expected = ids(all.iter().filter(|row| late(row)).cloned().collect());
    assert!(undated > 0 && undated < expected.len() && expected.len() < all.len());
    assert_eq!(ids(folder.rows("out/documents.jsonl")), expected);
}

#[test]
fn a_template_is_no_passage() {
    const FORMULA: &str = "Readers who saw the accident are asked to ring the county police, who \
                           keep a line open through the night for witnesses of any kind.";
    let folder = Folder::new();
    let texts = [
        ("post", "A lorry left the road at the mill bend before dawn and took the fence with it."),
        (
            "echo",
            "Two cyclists were hurt in Ferry Street when a delivery van turned without a sign.",
        ),
    ];
    for (source, story) in texts {
        folder.file(
            &format!("in/{source}.jsonl"),
            article(source, source, &format!("{story} {FORMULA}")),
        );
    }
    folder.file("formulae.txt", format!("{}\n", FORMULA.to_uppercase()));
    folder.run(["scan", "in", "-o", "out"], 0);
    assert_eq!(folder.rows("out/passages.jsonl").len(), 1);
    folder.run(["scan", "in", "--template", "formulae.txt", "-o", "out"], 0);
    assert_eq!(folder.rows("out/passages.jsonl"), [Value::Null; 0]);
}

#[test]
fn what_was_asked_for_and_found_ends_with_a_code_of_its_own() {
    let folder = Folder::new();
    folder.file("shared/a.jsonl", corpus_file("articles/meridian-press.jsonl"));
    folder.file("shared/b.jsonl", corpus_file("articles/harbour-post.jsonl"));
    folder.file("apart/a.jsonl", article("a", "Post", "The council voted for a breakwater."));
    folder.file("apart/b.jsonl", article("b", "Echo", "Sixty singers filled the old chapel."));
    for what in ["passage", "verbatim", "quote", "conflict,drift,passage"] {
        folder.run(["scan", "shared", "-o", "out", "--fail-on", what], 1);
        folder.run(["scan", "apart", "-o", "out", "--fail-on", what], 0);
    }
    // What was lost is worse news than what was found.
    folder.file("shared/broken.jsonl", "{\"id\": \"no text\"}\n");
    let output = folder.run(["scan", "shared", "-o", "out", "--fail-on", "passage"], 4);
    assert!(text(&output.stderr).contains("broken.jsonl:1"));
}

//! The ways in which the same articles reach the command, and inputs in which nothing is found.

use std::io::Write;

use serde_json::Value;

use crate::command::{Folder, article, corpus_file, text};

/// The articles of two outlets that share a story.
fn articles() -> String {
    corpus_file("articles/meridian-press.jsonl") + &corpus_file("articles/harbour-post.jsonl")
}

/// What a scan says of the articles, the places of the files aside.
fn findings(folder: &Folder, out: &str) -> Vec<Vec<u8>> {
    let tables = ["passages.jsonl", "pairs.jsonl", "clusters.jsonl", "quotes.jsonl"];
    let read = |name: &str| std::fs::read(folder.path().join(out).join(name)).unwrap();
    assert!(!read("passages.jsonl").is_empty());
    tables.map(read).to_vec()
}

#[test]
fn plain_compressed_and_piped_articles_give_the_same_findings() {
    let folder = Folder::new();
    let articles = articles();
    folder.file("plain.jsonl", &articles);
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    gzip.write_all(articles.as_bytes()).unwrap();
    folder.file("packed.jsonl.gz", gzip.finish().unwrap());
    folder.file("packed.jsonl.zst", zstd::encode_all(articles.as_bytes(), 3).unwrap());
    folder.run(["scan", "plain.jsonl", "-o", "plain"], 0);
    folder.run(["scan", "packed.jsonl.gz", "-o", "gzip"], 0);
    folder.run(["scan", "packed.jsonl.zst", "-o", "zstd"], 0);
    folder.run_with_input(["scan", "-", "-o", "piped"], articles.as_bytes());
    let expected = findings(&folder, "plain");
    for out in ["gzip", "zstd", "piped"] {
        assert_eq!(findings(&folder, out), expected, "{out} differs");
    }
    assert!(folder.rows("piped/documents.jsonl").iter().all(|row| row["path"] == "-"));
}

#[test]
fn fields_are_read_under_the_names_the_user_gives() {
    let folder = Folder::new();
    let renamed = articles().replace("\"text\": ", "\"inhalt\": ");
    folder.file("renamed.jsonl", renamed);
    folder.file("plain.jsonl", articles());
    folder.run(["scan", "renamed.jsonl", "-o", "renamed", "--field", "text=inhalt"], 0);
    folder.run(["scan", "plain.jsonl", "-o", "plain"], 0);
    assert_eq!(findings(&folder, "renamed"), findings(&folder, "plain"));
    // Without the mapping there is no text, and the run says so.
    let output = folder.run(["scan", "renamed.jsonl", "-o", "lost"], 4);
    assert!(text(&output.stderr).contains("renamed.jsonl:1"));
    assert!(folder.rows("lost/documents.jsonl").is_empty());
}

/// Why a scan of these files found nothing.
#[track_caller]
fn check_why_empty(files: &[(&str, String)], code: i32, expected: &[&str]) {
    let folder = Folder::new();
    std::fs::create_dir(folder.path().join("in")).unwrap();
    for (name, content) in files {
        folder.file(&format!("in/{name}"), content);
    }
    let output = folder.run(["scan", "in", "-o", "out"], code);
    let summary = std::fs::read(folder.path().join("out/summary.json")).unwrap();
    let summary: Value = serde_json::from_slice(&summary).unwrap();
    let why = summary["why_empty"].as_str().unwrap_or_else(|| panic!("no reason in {summary}"));
    let printed: String = text(&output.stdout).split_whitespace().collect::<Vec<_>>().join(" ");
    for words in expected {
        assert!(why.contains(words), "{words:?} is not in {why:?}");
    }
    assert!(printed.contains(why), "{why:?} is not in {printed}");
}

#[test]
fn an_empty_result_says_why() {
    let council = article("council", "Post", "The council voted for a new breakwater on Tuesday.");
    let choir = article("choir", "Echo", "Sixty singers filled the chapel with an old cantata.");
    check_why_empty(&[], 0, &["no document"]);
    check_why_empty(&[("photo.png", "not a text".to_owned())], 0, &["no document"]);
    check_why_empty(&[("a.jsonl", "{\"id\": \"a\"}\n".to_owned())], 4, &["skipped"]);
    check_why_empty(&[("a.jsonl", council.clone())], 0, &["one document"]);
    check_why_empty(&[("a.jsonl", council + &choir)], 0, &["2 documents", "share"]);
}

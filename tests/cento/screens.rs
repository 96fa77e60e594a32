//! What a person sees: the help of every subcommand and the results on the corpus, as snapshots.
//!
//! After a wanted change, `INSTA_UPDATE=always cargo test --test cento screens` renews them, and
//! the diff shows what users will notice.

use std::ffi::OsStr;

use serde_json::Value;

use crate::command::{Folder, corpus, corpus_file, text};

/// What the command prints when its inputs lie in `corpus`, the place of the project left out.
fn screen<I>(arguments: I) -> String
where
    I: IntoIterator,
    I::Item: AsRef<OsStr>,
{
    let folder = Folder::new();
    let output = folder.run(arguments, 0);
    text(&output.stdout).replace(corpus().to_str().unwrap(), "corpus")
}

/// The row of one article.
fn row(file: &str, id: &str) -> String {
    let begin = format!("{{\"id\": \"{id}\"");
    let rows = corpus_file(file);
    let row = rows.lines().find(|row| row.starts_with(&begin));
    row.unwrap_or_else(|| panic!("{file} has no {id}")).to_owned()
}

/// A file of the corpus.
fn path(name: &str) -> String {
    corpus().join(name).to_str().unwrap().to_owned()
}

/// The subcommands that the help lists.
fn subcommands(help: &str) -> Vec<&str> {
    help.lines()
        .skip_while(|line| *line != "Commands:")
        .skip(1)
        .take_while(|line| !line.is_empty())
        .filter(|line| line.starts_with("  ") && !line.starts_with("   "))
        .filter_map(|line| line.split_whitespace().next())
        .filter(|name| *name != "help")
        .collect()
}

#[test]
fn the_help_of_every_subcommand() {
    let help = screen(["--help"]);
    insta::assert_snapshot!("help", help);
    let names = subcommands(&help);
    assert!(names.contains(&"scan"), "{names:?}");
    for name in names {
        insta::assert_snapshot!(format!("help_{name}"), screen([name, "--help"]));
    }
}

#[test]
fn the_summary_of_a_scan() {
    insta::assert_snapshot!(
        "scan",
        screen(["scan", corpus().to_str().unwrap(), "-o", "out", "--quiet"])
    );
}

#[test]
fn the_quotes_of_one_article() {
    insta::assert_snapshot!("quotes", screen(["quotes", &path("articles/the-quill.jsonl")]));
}

#[test]
fn two_articles_side_by_side() {
    let folder = Folder::new();
    let wire = row("articles/meridian-press.jsonl", "meridian-press-2025-03-03-bridge-2");
    let tabloid = row("articles/daily-lantern.jsonl", "daily-lantern-2025-03-03-bridge");
    folder.file("wire.jsonl", wire);
    folder.file("tabloid.jsonl", tabloid);
    let output = folder.run(["compare", "wire.jsonl", "tabloid.jsonl", "--quiet"], 0);
    insta::assert_snapshot!("compare", text(&output.stdout));
    let output = folder.run(["compare", "wire.jsonl", "tabloid.jsonl", "--quiet", "--json"], 0);
    let found: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert!(found.is_object());
}

#[test]
fn the_versions_of_one_quote() {
    let quote = "I would rather be rude than wrong";
    let corpus = corpus();
    let corpus = corpus.to_str().unwrap();
    insta::assert_snapshot!("trace", screen(["trace", quote, corpus, "--quiet"]));
    let found: Value =
        serde_json::from_str(&screen(["trace", quote, corpus, "--quiet", "--json"])).unwrap();
    assert!(found.is_object());
}

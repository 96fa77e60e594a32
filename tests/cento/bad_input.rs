//! What a nightly run meets at 3 a.m.: every bad record is named once, and nothing else is lost.

use std::io::Write;

use crate::command::{Folder, article, text};

const STORY: &str = "The harbour board approved the new breakwater on Tuesday after nine years of \
                     argument. Work on the breakwater begins in spring.";

fn gzip(content: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(content).unwrap();
    encoder.finish().unwrap()
}

#[test]
fn every_problem_is_named_once_and_every_good_document_is_reported() {
    let folder = Folder::new();
    folder.file("cento.toml", "[read]\nmax-record-bytes = 100000\n");
    folder.file(
        "in/good.jsonl",
        article("good-1", "Post", STORY) + &article("good-2", "Echo", STORY),
    );
    let mut bad_utf8 = article("bad-utf8", "Post", STORY).into_bytes();
    let place = bad_utf8.windows(3).position(|bytes| bytes == b"new").unwrap();
    bad_utf8[place] = 0xff;
    bad_utf8.extend(article("good-3", "Post", "After the bad line there is a good one.").bytes());
    folder.file("in/bad-utf8.jsonl", bad_utf8);
    folder.file(
        "in/broken.jsonl",
        format!(
            "{{\"id\": \"broken\", \"text\": \n{}",
            article("good-4", "Post", "A line is lost, no more.")
        ),
    );
    folder.file("in/missing.jsonl", "{\"id\": \"missing\", \"title\": \"No text\"}\n");
    folder.file("in/empty.txt", "");
    let archive = gzip(
        (0..2000)
            .map(|number| {
                article(&format!("zipped-{number:04}"), "Post", &format!("{STORY} {number}"))
            })
            .collect::<String>()
            .as_bytes(),
    );
    folder.file("in/truncated.jsonl.gz", &archive[..archive.len() / 2]);
    folder.file(
        "in/long.jsonl",
        article("long", "Post", &"long ".repeat(100_000))
            + &article("good-5", "Post", "A short line after a long one."),
    );
    folder.file(
        "in/same-id.jsonl",
        article("twin", "Post", "One text.") + &article("twin", "Post", "Another text."),
    );

    let output = folder.run(["scan", "in", "-o", "out"], 4);

    let problems = folder.rows("out/problems.jsonl");
    let named = |file: &str| {
        let of_file: Vec<_> = problems
            .iter()
            .filter(|problem| problem["path"].as_str().unwrap().ends_with(file))
            .collect();
        assert_eq!(of_file.len(), 1, "{file}: {problems:#?}");
        of_file[0].clone()
    };
    assert_eq!(named("bad-utf8.jsonl")["record"], 1);
    assert_eq!(named("broken.jsonl")["record"], 1);
    assert_eq!(named("missing.jsonl")["record"], 1);
    assert_eq!(named("long.jsonl")["record"], 1);
    named("empty.txt");
    named("truncated.jsonl.gz");
    named("same-id.jsonl");
    assert_eq!(problems.len(), 7, "{problems:#?}");
    let printed = text(&output.stderr);
    for file in ["bad-utf8.jsonl:1", "broken.jsonl:1", "empty.txt", "truncated.jsonl.gz"] {
        assert_eq!(printed.matches(file).count(), 1, "{file} in {printed}");
    }

    let ids: Vec<String> = folder
        .rows("out/documents.jsonl")
        .iter()
        .map(|document| document["id"].as_str().unwrap().to_owned())
        .collect();
    for good in ["good-1", "good-2", "good-3", "good-4", "good-5", "twin", "zipped-0000"] {
        assert!(ids.iter().any(|id| id == good), "{good} is lost");
    }
    assert!(!ids.iter().any(|id| id == "long" || id == "broken" || id == "missing"));
}

#[test]
fn an_input_that_does_not_exist_is_wrong_use() {
    let folder = Folder::new();
    let output = folder.run(["scan", "nowhere"], 2);
    let printed = text(&output.stderr);
    assert!(printed.contains("nowhere") && printed.contains("hint:"), "{printed}");
    assert!(!folder.path().join("cento-out").exists());
}

#[test]
fn a_folder_that_cento_did_not_make_is_never_overwritten() {
    let folder = Folder::new();
    folder.file("in/a.txt", STORY);
    folder.file("out/thesis.txt", "years of work");
    let output = folder.run(["scan", "in", "-o", "out"], 2);
    assert!(text(&output.stderr).contains("hint:"));
    assert_eq!(folder.contents("out"), [("thesis.txt".to_owned(), b"years of work".to_vec())]);
}

#[test]
fn settings_that_do_not_exist_are_named() {
    let folder = Folder::new();
    folder.file("in/a.txt", STORY);
    folder.file("cento.toml", "[join]\npivot = 3\n");
    let output = folder.run(["scan", "in"], 2);
    let printed = text(&output.stderr);
    assert!(printed.contains("cento.toml") && printed.contains("pivot"), "{printed}");
}

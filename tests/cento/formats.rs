//! Indexes of every format that was ever written, in `formats/`: each is read, or refused with an
//! error that names both formats and the way out, and the way out works.
//!
//! Each was made by the last cento that wrote its format, of four articles in two nights: the second
//! one brings an article again with another text, and forgets one of 2023 (`--expire 365d`). A change
//! of the format needs a file of the older one here.

use std::fs;
use std::path::Path;

use crate::command::{Folder, text};

/// The format that this version writes.
const PRESENT: i32 = cento::index::FORMAT_VERSION;
/// The articles that are kept.
const KEPT: [&str; 3] = ["harbour-1", "harbour-2", "harbour-3"];
/// The quote that all of them share.
const QUOTE: &str = "I will not open the quay until every pile has been sounded";

/// A folder with the index of a format, as `kept.cento`.
fn with_format(format: i32) -> Folder {
    let path = format!("tests/cento/formats/format-{format}.cento.zst");
    let packed = fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap();
    let folder = Folder::new();
    folder.file("kept.cento", zstd::decode_all(&packed[..]).unwrap());
    folder
}

#[test]
fn every_older_format_is_refused_with_both_versions_and_brought_to_the_present_one() {
    for format in 1..PRESENT {
        let folder = with_format(format);
        folder
            .file("new.jsonl", r#"{"id":"x","text":"The quay is open again, and ships come in."}"#);
        let before = fs::read(folder.path().join("kept.cento")).unwrap();
        for command in [
            ["index", "stats", "kept.cento"].as_slice(),
            &["index", "check", "kept.cento"],
            &["index", "export", "kept.cento", "-o", "all"],
            &["trace", QUOTE, "--index", "kept.cento"],
            &["nightly", "new.jsonl", "--index", "kept.cento", "-o", "night", "-q"],
        ] {
            let said = text(&folder.run(command, 2).stderr);
            assert!(said.contains(&format!("format {format};")), "{said}");
            assert!(said.contains(&format!("reads format {PRESENT}")), "{said}");
            assert!(said.contains("cento index rebuild"), "{said}");
        }
        assert!(fs::read(folder.path().join("kept.cento")).unwrap() == before, "it was changed");
        folder.run(["index", "rebuild", "kept.cento", "-q"], 0);
        check_content(&folder);
    }
}

#[test]
fn the_present_format_is_read() {
    let folder = with_format(PRESENT);
    let stats = text(&folder.run(["index", "stats", "kept.cento"], 0).stdout);
    assert!(stats.contains("old_versions") && stats.contains("forgotten"), "{stats}");
    check_readable(&folder);
    // Keys, sentences and quotes may be found otherwise by now; rebuilt they are those of this version.
    folder.run(["index", "rebuild", "kept.cento", "-q"], 0);
    check_content(&folder);
}

fn check_readable(folder: &Folder) {
    folder.run(["index", "check", "--quick", "kept.cento"], 0);
    folder.run(["index", "export", "kept.cento", "-o", "all"], 0);
    let rows = folder.rows("all/documents.jsonl");
    let ids: Vec<&str> = rows.iter().filter_map(|row| row["id"].as_str()).collect();
    assert_eq!(ids, KEPT);
    let traced = text(&folder.run(["trace", QUOTE, "--index", "kept.cento"], 0).stdout);
    assert!(traced.contains("3 versions in 3 sources"), "{traced}");
}

fn check_content(folder: &Folder) {
    check_readable(folder);
    folder.run(["index", "check", "kept.cento"], 0);
    // What one scan of the same documents finds.
    let texts: Vec<String> = {
        let index = rusqlite::Connection::open(folder.path().join("kept.cento")).unwrap();
        let mut rows = index
            .prepare(
                "SELECT json_object('id', id, 'source', source, 'title', title, 'published_at', published_at,
                 'text', text) FROM documents JOIN texts ON document = number ORDER BY id",
            )
            .unwrap();
        rows.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
    };
    folder.file("texts.jsonl", texts.join("\n"));
    folder.run(["scan", "texts.jsonl", "-o", "scan", "-q"], 0);
    for table in ["passages.jsonl", "quotes.jsonl", "clusters.jsonl"] {
        assert_eq!(folder.rows(&format!("all/{table}")), folder.rows(&format!("scan/{table}")));
    }
    // The forgotten one is not kept again, and the older text of the corrected one still is.
    let gone = r#"{"id":"harbour-0","source":"Old Gazette","published_at":"2023-05-01T08:00:00Z","title":"Piles","text":"“I will not open the quay until every pile has been sounded by a diver,” said Ines Karrow, then as now the harbour master."}"#;
    folder.file("gone.jsonl", gone);
    let said = text(
        &folder.run(["nightly", "gone.jsonl", "--index", "kept.cento", "-o", "n", "-q"], 0).stdout,
    );
    assert!(said.starts_with("Nothing new"), "{said}");
    let index = rusqlite::Connection::open(folder.path().join("kept.cento")).unwrap();
    let old: String = index
        .query_row("SELECT text FROM old_versions WHERE id = 'harbour-2'", [], |row| row.get(0))
        .unwrap();
    assert!(old.starts_with("Two cranes sank"), "{old}");
}

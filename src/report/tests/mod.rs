//! The output folder as a whole.

mod fixture;
mod folder;
mod forms;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::json;

use super::jsonl::read_lines;
use super::layout::TerminalStyle;
use super::rows::{ClusterRow, DocumentRow, PairRow, PassageRow, ProblemRow, QuoteRow};
use super::{OneThread, WriteOptions, terminal_summary, write};
use crate::model::Findings;
use fixture::{DAILY, HARBOUR, WIRE, findings};

/// Writes findings into a fresh folder and gives the folder to look at.
fn written(findings: &Findings) -> (tempfile::TempDir, std::path::PathBuf) {
    let place = tempfile::tempdir().unwrap();
    let out = place.path().join("out");
    write(findings, &out, &options(), &OneThread).unwrap();
    (place, out)
}

fn options() -> WriteOptions {
    WriteOptions {
        parameters: json!({"join": {"pivots": 64, "similarity": 0.6f32}}),
        ..WriteOptions::default()
    }
}

fn rows<Row: DeserializeOwned>(out: &Path, table: &str) -> Vec<Row> {
    let mut rows = Vec::new();
    read_lines(&out.join(format!("{table}.jsonl")), |row| {
        rows.push(row);
        Ok(())
    })
    .unwrap();
    rows
}

/// All files of a folder by name.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    fs::read_dir(folder)
        .unwrap()
        .map(|entry| {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_str().unwrap().to_owned();
            (name, fs::read(path).unwrap())
        })
        .collect()
}

/// What Python's `text[start:end]` gives.
fn sliced(text: &str, start: u64, end: u64) -> String {
    text.chars().skip(start as usize).take((end - start) as usize).collect()
}

fn text_of(doc: &str) -> &'static str {
    match doc {
        "a-harbour" => HARBOUR,
        "b-daily" => DAILY,
        "c-wire" => WIRE,
        other => panic!("no document {other}"),
    }
}

#[test]
fn every_offset_slices_its_own_words() {
    let (_place, out) = written(&findings());
    let quotes: Vec<QuoteRow> = rows(&out, "quotes");
    assert_eq!(quotes.len(), 3);
    for quote in &quotes {
        let text = text_of(&quote.doc);
        for part in &quote.parts {
            assert_eq!(sliced(text, part.start, part.end), part.text);
        }
        let mention = quote.speaker.as_ref().unwrap().mention.as_ref().unwrap();
        assert_eq!(sliced(text, mention.start, mention.end), mention.text);
        let cue = quote.cue.as_ref().unwrap();
        assert_eq!(sliced(text, cue.start, cue.end), cue.text);
    }
    let passages: Vec<PassageRow> = rows(&out, "passages");
    assert_eq!(passages.len(), 2);
    for passage in &passages {
        for side in [&passage.a, &passage.b] {
            assert_eq!(sliced(text_of(&side.doc), side.start, side.end), side.text);
        }
        for edit in &passage.edits {
            for (side, span) in [(&passage.a, &edit.a), (&passage.b, &edit.b)] {
                let span = span.as_ref().unwrap();
                let words = sliced(text_of(&side.doc), span.start, span.end);
                assert_eq!(span.text.as_ref(), (edit.kind != "kept").then_some(&words));
            }
        }
    }
    let clusters: Vec<ClusterRow> = rows(&out, "clusters");
    for member in clusters.iter().flat_map(|cluster| &cluster.members) {
        assert_eq!(sliced(text_of(&member.doc), member.start, member.end), member.text);
    }
}

#[test]
fn rows_refer_to_each_other() {
    let (_place, out) = written(&findings());
    let quotes: Vec<QuoteRow> = rows(&out, "quotes");
    let passages: Vec<PassageRow> = rows(&out, "passages");
    let clusters: Vec<ClusterRow> = rows(&out, "clusters");
    assert_eq!(quotes[0].id, "a-harbour:q1");
    for quote in &quotes {
        assert_eq!(quote.cluster.as_ref(), Some(&clusters[0].id));
    }
    // The first passage is a piece of both quotes; the second holds none.
    assert_eq!(passages[0].quotes, ["a-harbour:q1", "c-wire:q1"]);
    assert_eq!(passages[0].cluster, None);
    assert!(passages[1].quotes.is_empty());
    assert_eq!(passages[1].cluster.as_ref(), Some(&clusters[1].id));
    for member in &clusters[1].members {
        assert_eq!(member.passage.as_ref(), Some(&passages[1].id));
    }
}

#[test]
fn shared_characters_are_scalar_values() {
    let (_place, out) = written(&findings());
    let pairs: Vec<PairRow> = rows(&out, "pairs");
    let passages: Vec<PassageRow> = rows(&out, "passages");
    let expected: u64 = passages.iter().map(|passage| passage.b.end - passage.b.start).sum();
    assert_eq!(pairs[0].shared_chars_b, expected);
    assert_eq!(pairs[0].passages, 2);
}

/// Reading a table and writing it again gives the same bytes: no field is lost or changed.
#[test]
fn rows_survive_a_round_trip() {
    fn check<Row: Serialize + DeserializeOwned>(out: &Path, table: &str) {
        let mut again = Vec::new();
        for row in rows::<Row>(out, table) {
            super::jsonl::write_line(&mut again, &row).unwrap();
        }
        let before = fs::read_to_string(out.join(format!("{table}.jsonl"))).unwrap();
        assert!(!before.is_empty());
        assert_eq!(String::from_utf8(again).unwrap(), before);
    }
    let (_place, out) = written(&findings());
    check::<DocumentRow>(&out, "documents");
    check::<QuoteRow>(&out, "quotes");
    check::<PassageRow>(&out, "passages");
    check::<PairRow>(&out, "pairs");
    check::<ClusterRow>(&out, "clusters");
    check::<ProblemRow>(&out, "problems");
}

#[test]
fn two_runs_write_the_same_bytes() {
    let (_place, one) = written(&findings());
    let (_other_place, other) = written(&findings());
    assert_eq!(files(&one), files(&other));
}

#[test]
fn figures_have_four_decimals() {
    let (_place, out) = written(&findings());
    let passages: Vec<PassageRow> = rows(&out, "passages");
    assert_eq!(passages[1].scores.containment_a, 0.3333);
    let summary = fs::read_to_string(out.join("summary.json")).unwrap();
    assert!(summary.contains(r#""similarity": 0.6"#), "{summary}");
}

#[test]
fn an_empty_result_says_why() {
    let none = Findings::default();
    let (_place, out) = written(&none);
    let summary = fs::read_to_string(out.join("summary.json")).unwrap();
    assert!(summary.contains("no document was read"), "{summary}");

    let mut unrelated = findings();
    unrelated.pairs.clear();
    unrelated.clusters.clear();
    unrelated.counts[0].left = 0;
    let (_place, out) = written(&unrelated);
    let summary = fs::read_to_string(out.join("summary.json")).unwrap();
    assert!(
        summary.contains("of 12 candidate pairs of sentences none was left after the stage 'join'"),
        "{summary}"
    );
}

#[test]
fn the_terminal_summary_fits_and_says_the_main_things() {
    let findings = findings();
    let place = tempfile::tempdir().unwrap();
    let summary = write(&findings, &place.path().join("out"), &options(), &OneThread).unwrap();
    let text = terminal_summary(
        &findings,
        &summary,
        Some(Path::new("cento-out")),
        TerminalStyle::default(),
    );
    insta::assert_snapshot!(text);
}

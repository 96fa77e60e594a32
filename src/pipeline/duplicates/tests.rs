//! The whole job against brute force, and its independence of order and threads.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use super::super::progress::Silent;
use super::*;
use crate::model::Span;
use crate::text;

/// Sentences of which many are edited copies of others, always the same ones.
fn rows(number: usize) -> Vec<(String, String)> {
    let mut state = 7u64;
    let mut draw = move |below: usize| {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % below
    };
    let mut sentences: Vec<Vec<String>> = Vec::new();
    for _ in 0..number {
        let mut words = match sentences.len() {
            0 => Vec::new(),
            made if draw(3) == 0 => sentences[draw(made)].clone(),
            _ => (0..8 + draw(12)).map(|_| format!("word{}", draw(2000))).collect(),
        };
        for _ in 0..draw(3) {
            if !words.is_empty() {
                let place = draw(words.len());
                words[place] = format!("edit{}", draw(2000));
            }
        }
        sentences.push(words);
    }
    sentences.iter().enumerate().map(|(n, words)| (format!("s{n}"), words.join(" "))).collect()
}

fn write(path: &Path, rows: &[(String, String)]) {
    let lines: Vec<String> = rows
        .iter()
        .map(|(id, text)| serde_json::json!({"id": id, "text": text}).to_string())
        .collect();
    fs::write(path, lines.join("\n")).unwrap();
}

fn run(path: &Path, unit: DuplicateUnit, similarity: f64, threads: usize) -> Duplicates {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
    let inputs = [Input::Path(path.to_path_buf())];
    let options = DuplicateOptions { unit, similarity };
    pool.install(|| duplicates(&inputs, &Config::default(), options, 0, &Silent)).unwrap()
}

fn written(duplicates: &Duplicates) -> (String, String) {
    let (mut pairs, mut clusters) = (Vec::new(), Vec::new());
    duplicates.write_pairs(&mut pairs).unwrap();
    duplicates.write_clusters(&mut clusters).unwrap();
    (String::from_utf8(pairs).unwrap(), String::from_utf8(clusters).unwrap())
}

#[test]
fn neither_the_order_of_lines_nor_the_threads_change_a_byte() {
    let folder = tempfile::tempdir().unwrap();
    let (plain, shuffled) = (folder.path().join("a.jsonl"), folder.path().join("b.jsonl"));
    let mut rows = rows(3000);
    write(&plain, &rows);
    rows.sort_by_key(|(id, text)| (text.len() % 7, id.len(), text.clone()));
    write(&shuffled, &rows);
    let expected = written(&run(&plain, DuplicateUnit::Document, 0.5, 1));
    assert!(expected.0.lines().count() > 500 && expected.1.lines().count() > 100);
    assert_eq!(written(&run(&shuffled, DuplicateUnit::Document, 0.5, 8)), expected);
}

#[test]
fn every_pair_is_verified_and_hardly_one_is_missed() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("rows.jsonl");
    let rows = rows(1500);
    write(&path, &rows);
    let sets: Vec<Vec<u32>> = rows
        .iter()
        .map(|(_, text)| {
            let (mut tokens, mut set) = (Vec::new(), Vec::new());
            text::tokens_into(text, Span::new(0, text.len()), &mut tokens);
            text::shingle_set_into(&tokens, 3, &mut set);
            set
        })
        .collect();
    let mut similar = BTreeMap::new();
    for (a, left) in sets.iter().enumerate() {
        for (b, right) in sets.iter().enumerate().skip(a + 1) {
            let jaccard = text::jaccard(left, right);
            if jaccard >= 0.5 {
                let names = [&rows[a].0, &rows[b].0];
                similar.insert((names[0].min(names[1]), names[0].max(names[1])), jaccard);
            }
        }
    }
    let (pairs, _) = written(&run(&path, DuplicateUnit::Document, 0.5, 2));
    let mut found = 0;
    for line in pairs.lines() {
        let pair: serde_json::Value = serde_json::from_str(line).unwrap();
        let name = |field: &str| pair[field].as_str().unwrap().to_owned();
        let jaccard = similar[&(&name("a"), &name("b"))];
        assert!((pair["jaccard"].as_f64().unwrap() - jaccard).abs() <= 0.00006, "{line}");
        found += 1;
    }
    assert!(
        similar.len() > 400 && found * 1000 >= similar.len() * 995,
        "{found} of {}",
        similar.len()
    );
}

#[test]
fn units_are_named_after_their_records() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("rows.jsonl");
    let long =
        "The council met on Monday to settle the budget. Nobody spoke against the plan at all.";
    let rows = [
        ("one", long),
        ("three", "Nobody spoke against the plan at all."),
        ("two", "It rained. The council met on Monday to settle the budget."),
    ];
    write(&path, &rows.map(|(id, text)| (id.to_owned(), text.to_owned())));
    let found = run(&path, DuplicateUnit::Sentence, 0.5, 2);
    assert_eq!((found.counts().units, found.counts().distinct), (5, 3));
    let (pairs, clusters) = written(&found);
    let expected = concat!(
        "{\"a\":\"one#0\",\"b\":\"two#1\",\"jaccard\":1.0}\n",
        "{\"a\":\"one#1\",\"b\":\"three\",\"jaccard\":1.0}\n",
    );
    assert_eq!(pairs, expected);
    assert_eq!(clusters.lines().count(), 2);
}

#[test]
fn records_with_one_id_are_merged_or_named() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("rows.jsonl");
    let rows =
        [("a", "the same text"), ("b", "another one"), ("a", "the same text"), ("b", "not that")];
    write(&path, &rows.map(|(id, text)| (id.to_owned(), text.to_owned())));
    let found = run(&path, DuplicateUnit::Document, 0.5, 2);
    assert_eq!((found.counts().records, found.counts().merged_repeats), (4, 1));
    assert_eq!(found.counts().units, 2);
    let [problem] = found.problems() else { panic!("{:?}", found.problems()) };
    assert!(problem.message.contains("the id \"b\" belongs to another text"), "{problem}");
}

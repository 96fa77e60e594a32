//! The rate of each stage that every document or sentence passes: `cargo bench --bench stages`.
//!
//! The text is that of the articles in `corpus/`; the large sets of sentences are made of its words
//! by a fixed generator, one in three an edited copy of an earlier one. Rates are worth comparing
//! between two versions on one machine, not between machines.

use std::fs;
use std::hint::black_box;
use std::path::{Path, PathBuf};

use cento::config::Config;
use cento::fingerprint::{Curve, Fingerprinter, KeyParameters, MinHasher};
use cento::join::{BandTable, PairRule, UnitKeys};
use cento::model::{DocumentFrequencies, Language, Span};
use cento::pipeline::{self, DuplicateOptions, DuplicateUnit, Silent};
use cento::read::{self, Input, Record};
use cento::text::{self, Word};
use criterion::{Criterion, Throughput, criterion_group, criterion_main};

/// All texts of `corpus/articles`.
fn articles() -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus/articles");
    let records = read::records(&[Input::Path(folder)], &Config::default().read, 0);
    let texts = records.expect("the corpus is there").filter_map(|record| match record {
        Record::Document(document) => Some(document.text),
        Record::Problem(_) => None,
    });
    texts.collect()
}

/// A fixed sequence of numbers.
struct Draw(u64);

impl Draw {
    fn below(&mut self, limit: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % limit
    }
}

/// So many sentences of 8 to 30 words.
fn sentences(number: usize) -> Vec<String> {
    let articles = articles();
    let vocabulary: Vec<&str> = articles.iter().flat_map(|text| text.split_whitespace()).collect();
    let mut draw = Draw(7);
    let mut made: Vec<Vec<&str>> = Vec::with_capacity(number);
    for _ in 0..number {
        let mut words = if !made.is_empty() && draw.below(3) == 0 {
            made[draw.below(made.len())].clone()
        } else {
            let start = draw.below(vocabulary.len() - 40);
            let mut words = vocabulary[start..start + 4].to_vec();
            words.extend((0..4 + draw.below(22)).map(|_| vocabulary[draw.below(vocabulary.len())]));
            words
        };
        for _ in 0..draw.below(3) {
            let place = draw.below(words.len());
            words[place] = vocabulary[draw.below(vocabulary.len())];
        }
        made.push(words);
    }
    made.iter().map(|words| words.join(" ")).collect()
}

fn all_words(sentences: &[String]) -> Vec<Vec<Word>> {
    sentences.iter().map(|sentence| text::words(sentence)).collect()
}

fn text_stages(criterion: &mut Criterion) {
    let articles = articles().join("\n\n");
    let whole = Span::new(0, articles.len());
    let words = text::words(&articles);
    let mut group = criterion.benchmark_group("text");
    group.throughput(Throughput::Bytes(articles.len() as u64));
    let mut out = Vec::new();
    group.bench_function("words", |bencher| {
        bencher.iter(|| {
            out.clear();
            text::words_into(black_box(&articles), whole, &mut out);
        });
    });
    group.bench_function("tokens", |bencher| {
        bencher.iter(|| {
            out.clear();
            text::tokens_into(black_box(&articles), whole, &mut out);
        });
    });
    let mut shingles = Vec::new();
    group.bench_function("shingles", |bencher| {
        bencher.iter(|| {
            shingles.clear();
            text::shingles_into(black_box(&words), 3, &mut shingles);
        });
    });
    group.bench_function("sentences", |bencher| {
        bencher.iter(|| text::segment(black_box(&articles), Language::English));
    });
    group.finish();
}

fn fingerprint_stages(criterion: &mut Criterion) {
    let words = all_words(&sentences(10_000));
    let parameters = KeyParameters::default();
    let mut group = criterion.benchmark_group("fingerprint");
    group.throughput(Throughput::Elements(words.len() as u64));
    let sets: Vec<Vec<u32>> = words
        .iter()
        .map(|words| {
            let mut set = Vec::new();
            text::shingle_set_into(words, 3, &mut set);
            set
        })
        .collect();
    let hasher = MinHasher::new(128, 0);
    let mut signature = Vec::new();
    group.bench_function("minhash of 128 lanes", |bencher| {
        bencher.iter(|| {
            for set in &sets {
                hasher.signature_into(black_box(set), &mut signature);
            }
        });
    });
    let counts = words.iter().flatten().map(|word| (word.hash, 3));
    let frequencies = DocumentFrequencies::new(words.len() as u32, counts);
    let mut fingerprinter = Fingerprinter::new(&parameters);
    let mut keys = Vec::new();
    group.bench_function("keys of three spaces", |bencher| {
        bencher.iter(|| {
            for words in &words {
                fingerprinter.keys_into(black_box(words), &frequencies, &mut keys);
            }
        });
    });
    group.finish();
}

fn join_stages(criterion: &mut Criterion) {
    let words = all_words(&sentences(100_000));
    let parameters = KeyParameters::default();
    let mut fingerprinter = Fingerprinter::new(&parameters);
    let Curve { bands, .. } = parameters.curve;
    let mut table = BandTable::with_capacity(bands, words.len());
    let mut lists = UnitKeys::default();
    let (mut set, mut short, mut keys) = (Vec::new(), Vec::new(), Vec::new());
    for words in &words {
        text::shingle_set_into(words, parameters.shingle, &mut set);
        short.clear();
        fingerprinter.short_band_keys_into(&set, &mut short);
        table.push(&short);
        keys.clear();
        fingerprinter.band_keys_into(words, &mut keys);
        fingerprinter.gram_keys_into(words, &mut keys);
        keys.sort_unstable();
        keys.dedup();
        lists.push(&keys);
    }
    let rule = PairRule { pivots: 64, documents: None, second_set: None };
    let mut group = criterion.benchmark_group("join");
    group.sample_size(10);
    group.throughput(Throughput::Elements(words.len() as u64));
    group.bench_function("table of bands", |bencher| {
        bencher.iter(|| pipeline::candidates(&table, rule, |a, b| Some((a, b))));
    });
    group.bench_function("lists of band and gram keys", |bencher| {
        bencher.iter(|| pipeline::candidates(&lists, rule, |a, b| Some((a, b))));
    });
    group.finish();
}

fn whole_jobs(criterion: &mut Criterion) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut group = criterion.benchmark_group("duplicates");
    group.sample_size(10);
    for number in [10_000, 100_000] {
        let path: PathBuf = folder.path().join(format!("{number}.jsonl"));
        let rows = sentences(number).into_iter().enumerate().map(|(place, text)| {
            serde_json::json!({"id": format!("s{place:07}"), "text": text}).to_string()
        });
        fs::write(&path, rows.collect::<Vec<_>>().join("\n")).expect("room for the sentences");
        group.throughput(Throughput::Elements(number as u64));
        let inputs = [Input::Path(path)];
        let options = DuplicateOptions { unit: DuplicateUnit::Sentence, similarity: 0.5 };
        group.bench_function(format!("{number} sentences"), |bencher| {
            bencher.iter(|| {
                let found = pipeline::duplicates(&inputs, &Config::default(), options, 0, &Silent);
                found
                    .expect("readable")
                    .write_pairs(&mut std::io::sink())
                    .expect("nowhere to fail");
            });
        });
    }
    group.finish();
}

criterion_group!(stages, text_stages, fingerprint_stages, join_stages, whole_jobs);
criterion_main!(stages);

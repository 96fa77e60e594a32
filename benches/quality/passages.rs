//! Passages against a gold standard of aligned spans (PAN text alignment): precision, recall,
//! granularity and plagdet (Potthast et al. 2010, macro-averaged) a class, as `plagdet.py` counts
//! them. The folder holds `docs.jsonl` (id, text), `pairs.tsv` (two ids and a class a line) and
//! `spans.jsonl` (a_id, a_start, a_end, b_id, b_start, b_end in Unicode scalars).
//!
//! `--half odd|even` limits the pairs to those whose first document has an odd or even number, so
//! that thresholds can be chosen on one half and reported on the other; `--write FILE` keeps the
//! passages as JSONL.

use std::collections::{BTreeMap, HashMap};
use std::io::Write as _;
use std::path::Path;
use std::time::Instant;

use anyhow::{Context as _, bail};
use cento::compare::{Prepared, Tuning, align_tuned, prepare};
use cento::model::{Analysis, DocumentFrequencies, ScalarIndex};
use cento::quote::find_quotes;
use cento::text::{detect_language, segment, words};
use rayon::prelude::*;

/// A case: start and end in the first document, start and end in the second, in scalars.
pub(crate) type Case = [usize; 4];

/// A listed pair of documents, by their places in the collection.
pub(crate) struct Pair {
    pub(crate) a: usize,
    pub(crate) b: usize,
    pub(crate) class: String,
    pub(crate) gold: Vec<Case>,
}

/// The collection with its gold standard.
pub(crate) struct Collection {
    pub(crate) ids: Vec<String>,
    pub(crate) texts: Vec<String>,
    pub(crate) pairs: Vec<Pair>,
}

/// Which pairs take part.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Half {
    All,
    Odd,
    Even,
}

impl Half {
    fn holds(self, id: &str) -> bool {
        let digits: String = id.chars().filter(char::is_ascii_digit).collect();
        let odd = digits.bytes().last().is_some_and(|digit| digit % 2 == 1);
        match self {
            Half::All => true,
            Half::Odd => odd,
            Half::Even => !odd,
        }
    }
}

/// Reads the collection.
pub(crate) fn load(folder: &Path, half: Half) -> anyhow::Result<Collection> {
    let read = |name: &str| {
        let path = folder.join(name);
        std::fs::read_to_string(&path).with_context(|| path.display().to_string())
    };
    let mut collection = Collection { ids: Vec::new(), texts: Vec::new(), pairs: Vec::new() };
    let mut places = HashMap::new();
    for line in read("docs.jsonl")?.lines() {
        let row: serde_json::Value = serde_json::from_str(line).context("docs.jsonl")?;
        let id = row["id"].as_str().unwrap_or_default().to_string();
        places.insert(id.clone(), collection.ids.len());
        collection.ids.push(id);
        collection.texts.push(row["text"].as_str().unwrap_or_default().to_string());
    }
    let mut gold: HashMap<(usize, usize), Vec<Case>> = HashMap::new();
    for line in read("spans.jsonl")?.lines() {
        let row: serde_json::Value = serde_json::from_str(line).context("spans.jsonl")?;
        let place = |name: &str| place(&places, row[name].as_str().unwrap_or_default());
        let number = |name: &str| row[name].as_u64().unwrap_or_default() as usize;
        gold.entry((place("a_id")?, place("b_id")?)).or_default().push([
            number("a_start"),
            number("a_end"),
            number("b_start"),
            number("b_end"),
        ]);
    }
    for line in read("pairs.tsv")?.lines() {
        let mut fields = line.split('\t');
        let (Some(a), Some(b)) = (fields.next(), fields.next()) else { continue };
        if half.holds(a) {
            let (a, b) = (place(&places, a)?, place(&places, b)?);
            collection.pairs.push(Pair {
                a,
                b,
                class: fields.next().unwrap_or("pairs").to_string(),
                gold: gold.remove(&(a, b)).unwrap_or_default(),
            });
        }
    }
    Ok(collection)
}

fn place(places: &HashMap<String, usize>, id: &str) -> anyhow::Result<usize> {
    places.get(id).copied().with_context(|| format!("docs.jsonl has no document {id:?}"))
}

/// Makes all documents ready.
pub(crate) fn prepare_all(collection: &Collection) -> Vec<Prepared<'_>> {
    let vocabularies: Vec<Vec<u64>> = collection
        .texts
        .par_iter()
        .map(|text| {
            let mut hashes: Vec<u64> = words(text).iter().map(|word| word.hash).collect();
            hashes.sort_unstable();
            hashes.dedup();
            hashes
        })
        .collect();
    let mut counts: HashMap<u64, u32> = HashMap::new();
    for hash in vocabularies.into_iter().flatten() {
        *counts.entry(hash).or_default() += 1;
    }
    let frequencies = DocumentFrequencies::new(collection.texts.len() as u32, counts);
    collection
        .texts
        .par_iter()
        .map(|text| {
            let language = detect_language(text, None);
            let sentences = segment(text, language);
            let quotes = find_quotes(text, &sentences, language);
            let analysis = Analysis { language, sentences, quotes };
            prepare(text, &analysis, &frequencies, &[])
        })
        .collect()
}

/// Aligns all listed pairs; one list of cases a pair.
pub(crate) fn detect(
    collection: &Collection,
    prepared: &[Prepared<'_>],
    tuning: &Tuning,
) -> Vec<Vec<Case>> {
    let indexes: Vec<ScalarIndex<'_>> =
        collection.texts.par_iter().map(|text| ScalarIndex::new(text)).collect();
    collection
        .pairs
        .par_iter()
        .map(|pair| {
            align_tuned(&prepared[pair.a], &prepared[pair.b], tuning)
                .into_iter()
                .map(|passage| {
                    let (a_start, a_end) = indexes[pair.a].span(passage.a);
                    let (b_start, b_end) = indexes[pair.b].span(passage.b);
                    [a_start, a_end, b_start, b_end]
                })
                .collect()
        })
        .collect()
}

/// The figures of one class.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Figures {
    pub(crate) precision: f64,
    pub(crate) recall: f64,
    pub(crate) granularity: f64,
    pub(crate) plagdet: f64,
    pub(crate) gold: usize,
    pub(crate) found: usize,
    /// Pairs of the class, and those with a passage.
    pub(crate) pairs: usize,
    pub(crate) pairs_found: usize,
}

/// Scores some pairs together.
pub(crate) fn score<'x>(pairs: impl Iterator<Item = (&'x [Case], &'x [Case])>) -> Figures {
    let mut figures = Figures::default();
    let (mut recall, mut precision, mut detected, mut hits) = (0.0, 0.0, 0usize, 0usize);
    for (gold, found) in pairs {
        figures.pairs += 1;
        figures.pairs_found += usize::from(!found.is_empty());
        for case in gold {
            let (share, count) = covered(case, found);
            recall += share;
            figures.gold += 1;
            if count > 0 {
                detected += 1;
                hits += count;
            }
        }
        for case in found {
            precision += covered(case, gold).0;
            figures.found += 1;
        }
    }
    let share = |sum: f64, of: usize| if of == 0 { 0.0 } else { sum / of as f64 };
    figures.recall = share(recall, figures.gold);
    figures.precision = share(precision, figures.found);
    figures.granularity = if detected == 0 { 1.0 } else { hits as f64 / detected as f64 };
    let sum = figures.precision + figures.recall;
    let f1 = if sum > 0.0 { 2.0 * figures.precision * figures.recall / sum } else { 0.0 };
    figures.plagdet = f1 / (1.0 + figures.granularity).log2();
    figures
}

/// The share of a case's characters, both sides together, that those cases cover which touch it on
/// both sides; and how many do.
pub(crate) fn covered(case: &Case, others: &[Case]) -> (f64, usize) {
    let overlaps = |x: (usize, usize), y: (usize, usize)| x.0.max(y.0) < x.1.min(y.1);
    let (a, b) = ((case[0], case[1]), (case[2], case[3]));
    let hits: Vec<&Case> = others
        .iter()
        .filter(|other| overlaps(a, (other[0], other[1])) && overlaps(b, (other[2], other[3])))
        .collect();
    let inside_a = union(hits.iter().map(|hit| (a.0.max(hit[0]), a.1.min(hit[1]))).collect());
    let inside_b = union(hits.iter().map(|hit| (b.0.max(hit[2]), b.1.min(hit[3]))).collect());
    let whole = (a.1 - a.0) + (b.1 - b.0);
    ((inside_a + inside_b) as f64 / whole.max(1) as f64, hits.len())
}

fn union(mut spans: Vec<(usize, usize)>) -> usize {
    spans.sort_unstable();
    let (mut total, mut end) = (0, 0);
    for (start, stop) in spans {
        let start = start.max(end);
        if stop > start {
            total += stop - start;
            end = stop;
        }
    }
    total
}

/// The figures of every class, then of all.
pub(crate) fn figures(collection: &Collection, found: &[Vec<Case>]) -> BTreeMap<String, Figures> {
    let mut classes: Vec<&str> = collection.pairs.iter().map(|pair| pair.class.as_str()).collect();
    classes.sort_unstable();
    classes.dedup();
    let of = |class: Option<&str>| {
        score(
            collection
                .pairs
                .iter()
                .zip(found)
                .filter(|(pair, _)| class.is_none_or(|class| pair.class == class))
                .map(|(pair, found)| (pair.gold.as_slice(), found.as_slice())),
        )
    };
    let mut figures: BTreeMap<String, Figures> =
        classes.into_iter().map(|class| (class.to_string(), of(Some(class)))).collect();
    figures.insert("all".to_string(), of(None));
    figures
}

/// Prints the figures as a table.
pub(crate) fn print(figures: &BTreeMap<String, Figures>) {
    println!("{:28} precision recall granularity plagdet  gold found pairs-with", "class");
    for (class, row) in figures {
        println!(
            "{class:28} {:9.4} {:6.4} {:11.3} {:7.4} {:5} {:5} {:5}/{}",
            row.precision,
            row.recall,
            row.granularity,
            row.plagdet,
            row.gold,
            row.found,
            row.pairs_found,
            row.pairs
        );
    }
}

/// Writes the passages in the form that `plagdet.py` reads.
fn write(path: &Path, collection: &Collection, found: &[Vec<Case>]) -> anyhow::Result<()> {
    let mut out = std::io::BufWriter::new(std::fs::File::create(path)?);
    for (pair, cases) in collection.pairs.iter().zip(found) {
        for case in cases {
            let row = serde_json::json!({
                "a": {"doc": collection.ids[pair.a], "start": case[0], "end": case[1]},
                "b": {"doc": collection.ids[pair.b], "start": case[2], "end": case[3]},
            });
            writeln!(out, "{row}")?;
        }
    }
    out.flush()?;
    Ok(())
}

/// `passages DIR [--half odd|even] [--write FILE]`.
pub(crate) fn run(arguments: &[&Path]) -> anyhow::Result<()> {
    let mut folder = None;
    let mut half = Half::All;
    let mut file = None;
    let mut rest = arguments.iter();
    while let Some(argument) = rest.next() {
        match argument.to_str() {
            Some("--half") => {
                half = match rest.next().and_then(|half| half.to_str()) {
                    Some("odd") => Half::Odd,
                    Some("even") => Half::Even,
                    _ => bail!("--half is odd or even"),
                }
            }
            Some("--write") => file = rest.next(),
            _ => folder = Some(argument),
        }
    }
    let folder =
        folder.context("passages needs a folder with docs.jsonl, pairs.tsv, spans.jsonl")?;
    let collection = load(folder, half)?;
    let start = Instant::now();
    let prepared = prepare_all(&collection);
    let ready = start.elapsed();
    let found = detect(&collection, &prepared, &Tuning::default());
    print(&figures(&collection, &found));
    println!(
        "{} documents made ready in {:.1} s, {} pairs aligned in {:.1} s (wall)",
        collection.ids.len(),
        ready.as_secs_f64(),
        collection.pairs.len(),
        (start.elapsed() - ready).as_secs_f64()
    );
    if let Some(file) = file {
        write(file, &collection, &found)?;
    }
    Ok(())
}

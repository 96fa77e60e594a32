//! How much of a text was copied, told from what cento reports: `short-answers DIR`.
//!
//! The folder holds `docs.jsonl` (id, text) and `labels.jsonl` (a_id, b_id, label: `non`, `heavy`,
//! `light` or `cut`), the corpus of short answers by Clough & Stevenson (2011), who reach an accuracy of
//! .80 with 3-gram containment and longest common subsequences.
//!
//! Four figures of a pair, each of which a reader can take from `pairs.jsonl` and
//! `passages.jsonl`, go through a linear discriminant (one covariance for all classes). Every pair
//! is classified by what the others teach (leave one out); nothing is drawn at random.

use std::collections::HashMap;
use std::path::Path;

use anyhow::{Context as _, Result, bail};
use cento::config::Config;
use cento::model::{DocumentPair, EditKind, Findings, ScalarIndex};
use cento::pipeline::{self, ScanOptions, Silent};
use serde::Deserialize;

use super::documents::{collection, rows};

const CLASSES: [&str; 4] = ["non", "heavy", "light", "cut"];

/// The share of the answer in passages, the share of the passages' characters that are kept word
/// for word, the same of the whole answer, and its containment in the source against the first.
type Figures = [f64; 4];

#[derive(Deserialize)]
struct LabelRow {
    a_id: String,
    b_id: String,
    label: String,
}

/// `short-answers DIR`.
pub(crate) fn run(arguments: &[&Path]) -> Result<()> {
    let &[folder] = arguments else {
        bail!("short-answers needs a folder with docs.jsonl and labels.jsonl")
    };
    let labels: Vec<LabelRow> = rows(&folder.join("labels.jsonl"))?;
    let documents = collection(&folder.join("docs.jsonl"))?.documents;
    let place = |id: &str| {
        let place = documents.binary_search_by(|document| document.id.as_str().cmp(id));
        place.map(|place| place as u32).ok().with_context(|| format!("no document {id:?}"))
    };
    let mut pairs = Vec::with_capacity(labels.len());
    for row in &labels {
        pairs.push((place(&row.a_id)?, place(&row.b_id)?));
    }
    let sorted = |(a, b): (u32, u32)| (a.min(b), a.max(b));
    let options = ScanOptions {
        pairs: Some(pairs.iter().copied().map(sorted).collect()),
        ..ScanOptions::default()
    };
    let findings = pipeline::scan(documents, Vec::new(), &options, &Config::default(), &Silent)?;
    let found: HashMap<(u32, u32), &DocumentPair> =
        findings.pairs.iter().map(|pair| ((pair.a, pair.b), pair)).collect();
    let figures: Vec<Figures> = pairs
        .iter()
        .map(|&(answer, source)| {
            let pair = found.get(&sorted((answer, source)));
            pair.map_or([0.0; 4], |pair| figures(&findings, pair, answer))
        })
        .collect();
    let classes: Vec<usize> = labels
        .iter()
        .map(|row| CLASSES.iter().position(|class| *class == row.label))
        .collect::<Option<_>>()
        .context("labels are non, heavy, light or cut")?;
    let mut confusion = [[0usize; 4]; 4];
    for (number, &class) in classes.iter().enumerate() {
        confusion[class][classify(&figures, &classes, number)] += 1;
    }
    println!("{:10} {}", "is / told", CLASSES.map(|class| format!("{class:>6}")).join(""));
    for (class, row) in CLASSES.iter().zip(confusion) {
        println!("{class:10} {}", row.map(|count| format!("{count:6}")).join(""));
    }
    let right: usize = (0..4).map(|class| confusion[class][class]).sum();
    println!("accuracy {right}/{} = {:.3}", classes.len(), right as f64 / classes.len() as f64);
    Ok(())
}

/// The figures of a pair as seen from the answer.
fn figures(findings: &Findings, pair: &DocumentPair, answer: u32) -> Figures {
    let is_a = pair.a == answer;
    let index = ScalarIndex::new(&findings.documents[answer as usize].text);
    let characters = |span| {
        let (start, end) = index.span(span);
        (end - start) as f64
    };
    let whole = findings.documents[answer as usize].text.chars().count().max(1) as f64;
    let (mut covered, mut kept) = (0.0, 0.0);
    for passage in &pair.passages {
        covered += characters(if is_a { passage.a } else { passage.b }) / whole;
        for edit in passage.edits.iter().filter(|edit| edit.kind == EditKind::Kept) {
            kept += if is_a { edit.a } else { edit.b }.map_or(0.0, characters) / whole;
        }
    }
    let containment = if is_a { pair.containment_a } else { pair.containment_b };
    if covered == 0.0 {
        return [0.0; 4];
    }
    [covered, kept / covered, kept, containment / covered]
}

/// The class of one pair as the others teach it.
fn classify(figures: &[Figures], classes: &[usize], left_out: usize) -> usize {
    let taught = || (0..figures.len()).filter(|&other| other != left_out);
    let all = taught().count() as f64;
    let mut means = [[0.0; 4]; 4];
    let mut sizes = [0.0; 4];
    for other in taught() {
        sizes[classes[other]] += 1.0;
        for (mean, figure) in means[classes[other]].iter_mut().zip(figures[other]) {
            *mean += figure;
        }
    }
    for (mean, size) in means.iter_mut().zip(sizes) {
        mean.iter_mut().for_each(|value| *value /= f64::max(size, 1.0));
    }
    let mut covariance = [[0.0; 4]; 4];
    for other in taught() {
        let mean = means[classes[other]];
        for row in 0..4 {
            for column in 0..4 {
                covariance[row][column] += (figures[other][row] - mean[row])
                    * (figures[other][column] - mean[column])
                    / all;
            }
        }
    }
    // A little more on the diagonal keeps the figures, which depend on each other, apart.
    for (place, row) in covariance.iter_mut().enumerate() {
        row[place] = row[place] * 1.05 + 1e-4;
    }
    let score = |class: usize| {
        let weights = solve(covariance, means[class]);
        let dot = |values: Figures| -> f64 {
            weights.iter().zip(values).map(|(weight, value)| weight * value).sum()
        };
        dot(figures[left_out]) - 0.5 * dot(means[class]) + (sizes[class] / all).ln()
    };
    let best = (0..4).max_by(|&x, &y| score(x).total_cmp(&score(y)));
    best.unwrap_or_default()
}

/// Solves a system of linear equations by elimination.
fn solve(mut matrix: [[f64; 4]; 4], mut right: Figures) -> Figures {
    for pivot in 0..4 {
        let best = (pivot..4)
            .max_by(|&x, &y| matrix[x][pivot].abs().total_cmp(&matrix[y][pivot].abs()))
            .unwrap_or(pivot);
        matrix.swap(pivot, best);
        right.swap(pivot, best);
        for row in (0..4).filter(|&row| row != pivot) {
            let factor = matrix[row][pivot] / matrix[pivot][pivot];
            let scaled = matrix[pivot].map(|entry| factor * entry);
            for (entry, scaled) in matrix[row].iter_mut().zip(scaled) {
                *entry -= scaled;
            }
            right[row] -= factor * right[pivot];
        }
    }
    std::array::from_fn(|row| right[row] / matrix[row][row])
}

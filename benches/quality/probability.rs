//! The probability that a stretch of two documents is reuse: its weights are fitted here and its
//! calibration is measured: `probability DIR`.
//!
//! DIR holds labelled document pairs in the form of the task `passages`; the project's own
//! `corpus/` is added. A block that touches a gold passage on both sides is reuse, any other is not
//! (blocks that only touch `same_fact` rows count neither way). The weights are a logistic
//! regression with a small ridge, by Newton's method, on the pairs whose first document has an odd
//! number and four times the own gold (news, but few); they are printed in the form of
//! `src/compare/probability/weights.txt`. Calibration is that of the weights in the crate, on the
//! even half.

use std::path::Path;

use anyhow::{Result, bail};
use cento::compare::{EVIDENCE_FIGURES, EVIDENCE_NAMES, Tuning, prepare, weigh};
use cento::model::{DocumentFrequencies, ScalarIndex, Span};
use cento::text;
use rayon::prelude::*;

use super::corpus::{Scanned, gold};
use super::passages::{Case, Half, covered, load, prepare_all};

/// How often a block of the own gold counts.
const NEWS: f64 = 4.0;
/// The penalty on squared weights.
const RIDGE: f64 = 1.0;
/// Bins of equal width for the calibration.
const BINS: usize = 10;

/// The number of weights with the intercept.
const SIZE: usize = EVIDENCE_FIGURES + 1;

/// A weighed block and whether it is reuse.
struct Example {
    figures: [f64; EVIDENCE_FIGURES],
    probability: f64,
    is_reuse: bool,
    counts: f64,
}

/// `probability DIR`.
pub(crate) fn run(arguments: &[&Path]) -> Result<()> {
    let &[folder] = arguments else {
        bail!("probability needs a folder with docs.jsonl, pairs.tsv, spans.jsonl")
    };
    let mut taught = of_pairs(folder, Half::Odd)?;
    let own = of_corpus(Path::new("corpus"))?;
    let tested = of_pairs(folder, Half::Even)?;
    println!(
        "# {} blocks of {} (odd half), {} of corpus",
        taught.len(),
        folder.display(),
        own.len()
    );
    taught.extend(own);
    let weights = fit(&taught);
    println!("intercept: {:.3}", weights[0]);
    for (name, weight) in EVIDENCE_NAMES.iter().zip(&weights[1..]) {
        println!("{name}: {weight:.3}");
    }
    report(&tested);
    Ok(())
}

/// The blocks of the pairs of one half.
fn of_pairs(folder: &Path, half: Half) -> Result<Vec<Example>> {
    let collection = load(folder, half)?;
    let prepared = prepare_all(&collection);
    let indexes: Vec<ScalarIndex<'_>> =
        collection.texts.par_iter().map(|text| ScalarIndex::new(text)).collect();
    let examples = collection.pairs.par_iter().flat_map_iter(|pair| {
        let case = |a: Span, b: Span| case(&indexes[pair.a], a, &indexes[pair.b], b);
        weigh(&prepared[pair.a], &prepared[pair.b], &Tuning::default())
            .into_iter()
            .map(|block| Example {
                is_reuse: covered(&case(block.a, block.b), &pair.gold).1 > 0,
                figures: block.figures,
                probability: block.probability,
                counts: 1.0,
            })
            .collect::<Vec<_>>()
    });
    Ok(examples.collect())
}

fn case(index_a: &ScalarIndex<'_>, a: Span, index_b: &ScalarIndex<'_>, b: Span) -> Case {
    let ((a_start, a_end), (b_start, b_end)) = (index_a.span(a), index_b.span(b));
    [a_start, a_end, b_start, b_end]
}

/// The blocks of all pairs of the own corpus, without boilerplate.
fn of_corpus(folder: &Path) -> Result<Vec<Example>> {
    let scanned = Scanned::new(folder)?;
    let gold = gold::read(folder)?;
    let findings = &scanned.findings;
    let vocabularies = findings.documents.iter().map(|document| {
        let mut words: Vec<u64> =
            text::words(&document.text).iter().map(|word| word.hash).collect();
        words.sort_unstable();
        words.dedup();
        words
    });
    let mut counts = std::collections::HashMap::new();
    for word in vocabularies.flatten() {
        *counts.entry(word).or_insert(0u32) += 1;
    }
    let frequencies = DocumentFrequencies::new(findings.documents.len() as u32, counts);
    let prepared: Vec<_> = findings
        .documents
        .iter()
        .zip(&findings.analyses)
        .map(|(document, analysis)| {
            let pieces = findings.boilerplate.iter().filter(|row| row.source == document.source);
            let masked: Vec<Span> = pieces
                .filter_map(|piece| {
                    let start = document.text.find(&piece.text)?;
                    Some(Span { start: start as u32, end: (start + piece.text.len()) as u32 })
                })
                .collect();
            prepare(&document.text, analysis, &frequencies, &masked)
        })
        .collect();
    let indexes: Vec<ScalarIndex<'_>> =
        findings.documents.iter().map(|document| ScalarIndex::new(&document.text)).collect();
    let mut examples = Vec::new();
    for a in 0..prepared.len() {
        for b in a + 1..prepared.len() {
            let (id_a, id_b) = (scanned.id(a as u32), scanned.id(b as u32));
            let of_pair =
                gold.passages.iter().filter(|row| row.spans.a_id == id_a && row.spans.b_id == id_b);
            let (same_fact, reuse): (Vec<_>, Vec<_>) =
                of_pair.partition(|row| row.label == "same_fact");
            let cases = |rows: &[&gold::GoldPassage]| -> Vec<Case> {
                let case = |row: &&gold::GoldPassage| {
                    [row.spans.a_start, row.spans.a_end, row.spans.b_start, row.spans.b_end]
                };
                rows.iter().map(case).collect()
            };
            let (same_fact, reuse) = (cases(&same_fact), cases(&reuse));
            for block in weigh(&prepared[a], &prepared[b], &Tuning::default()) {
                let found = case(&indexes[a], block.a, &indexes[b], block.b);
                let is_reuse = covered(&found, &reuse).1 > 0;
                if is_reuse || covered(&found, &same_fact).1 == 0 {
                    examples.push(Example {
                        figures: block.figures,
                        probability: block.probability,
                        is_reuse,
                        counts: NEWS,
                    });
                }
            }
        }
    }
    Ok(examples)
}

/// Logistic regression by Newton's method.
fn fit(examples: &[Example]) -> [f64; SIZE] {
    let mut weights = [0.0; SIZE];
    for _ in 0..50 {
        let mut system = vec![[0.0; SIZE + 1]; SIZE];
        for example in examples {
            let values: [f64; SIZE] =
                std::array::from_fn(|n| if n == 0 { 1.0 } else { example.figures[n - 1] });
            let logit: f64 = values.iter().zip(&weights).map(|(x, w)| x * w).sum();
            let expected = 1.0 / (1.0 + (-logit).exp());
            let slope = (example.counts * expected * (1.0 - expected)).max(1e-9);
            let miss = example.counts * (f64::from(u8::from(example.is_reuse)) - expected);
            for (row, &x) in system.iter_mut().zip(&values) {
                for (cell, &y) in row.iter_mut().zip(&values) {
                    *cell += slope * x * y;
                }
                row[SIZE] += miss * x;
            }
        }
        for (place, row) in system.iter_mut().enumerate() {
            let ridge = if place == 0 { 1e-9 } else { RIDGE };
            row[place] += ridge;
            row[SIZE] -= ridge * weights[place];
        }
        let step = solve(&mut system);
        let mut moved = 0.0f64;
        for (weight, change) in weights.iter_mut().zip(step) {
            *weight += change.clamp(-5.0, 5.0);
            moved = moved.max(change.abs());
        }
        if moved < 1e-8 {
            break;
        }
    }
    weights
}

/// Solves linear equations whose right side is the last column.
fn solve(system: &mut [[f64; SIZE + 1]]) -> [f64; SIZE] {
    for pivot in 0..SIZE {
        let best = (pivot..SIZE)
            .max_by(|&x, &y| system[x][pivot].abs().total_cmp(&system[y][pivot].abs()))
            .unwrap_or(pivot);
        system.swap(pivot, best);
        let pivot_row = system[pivot];
        for (place, row) in system.iter_mut().enumerate() {
            if place != pivot {
                let factor = row[pivot] / pivot_row[pivot];
                row.iter_mut().zip(&pivot_row).for_each(|(cell, above)| *cell -= factor * above);
            }
        }
    }
    std::array::from_fn(|place| system[place][SIZE] / system[place][place])
}

/// Prints how often blocks of a stated probability are reuse, and how well it ranks them.
fn report(examples: &[Example]) {
    println!("probability  blocks  mean stated  share reuse   (even half, weights of the crate)");
    let mut error = 0.0;
    for bin in 0..BINS {
        let of_bin: Vec<&Example> = examples
            .iter()
            .filter(|example| ((example.probability * BINS as f64) as usize).min(BINS - 1) == bin)
            .collect();
        if of_bin.is_empty() {
            continue;
        }
        let number = of_bin.len() as f64;
        let stated = of_bin.iter().map(|example| example.probability).sum::<f64>() / number;
        let seen = of_bin.iter().filter(|example| example.is_reuse).count() as f64 / number;
        error += number / examples.len() as f64 * (stated - seen).abs();
        println!(
            "{:.1} to {:.1} {:9} {stated:12.3} {seen:12.3}",
            bin as f64 / BINS as f64,
            (bin + 1) as f64 / BINS as f64,
            of_bin.len()
        );
    }
    let brier = examples
        .iter()
        .map(|example| (example.probability - f64::from(u8::from(example.is_reuse))).powi(2))
        .sum::<f64>()
        / examples.len().max(1) as f64;
    println!(
        "expected calibration error {error:.3}  Brier score {brier:.3}  area under the curve {:.3}",
        area(examples)
    );
}

/// The probability that a block of reuse is ranked above another one.
fn area(examples: &[Example]) -> f64 {
    let mut ranked: Vec<&Example> = examples.iter().collect();
    ranked.sort_by(|x, y| x.probability.total_cmp(&y.probability));
    let (mut below, mut above) = (0.0, 0.0);
    let mut sum = 0.0;
    for example in ranked {
        if example.is_reuse {
            above += 1.0;
            sum += below;
        } else {
            below += 1.0;
        }
    }
    if below * above > 0.0 { sum / (below * above) } else { 0.0 }
}

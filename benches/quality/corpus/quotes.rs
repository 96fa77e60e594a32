//! Quotes, speakers, and what stands in marks without being speech.
//!
//! Direct quotes and blocks are counted as the task `quotes` counts them, at an overlap of 0.8. Of
//! mixed quotes the marked words are looked for, by the same measure with the parts exchanged. Of
//! indirect speech the gold lists the clear cases only, so that only their recall is measured, at an
//! overlap of half.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::Result;
use cento::model::{Analysis, Quote, QuoteKind, ScalarIndex};

use super::super::documents::labels;
use super::super::quotes::{Gold as GoldQuote, GoldKind, Score, Set, predicted, read_gold, score};
use super::gold::Gold;
use super::{Count, Scanned, overlap};

/// The least overlap of a found quote.
const OVERLAP: f64 = 0.8;

pub(crate) struct Measure {
    pub(crate) direct: Score,
    pub(crate) mixed: Count,
    pub(crate) indirect: Count,
    /// What is not speech and was not taken for it.
    pub(crate) not_speech: Count,
    /// What is not speech and was reported as what it is: a title, a name or words at arm's length.
    pub(crate) told_apart: Count,
    pub(crate) errors: Vec<String>,
}

impl Measure {
    pub(crate) fn print(&self) {
        println!(
            "quotes     precision {:.3} recall {:.3} F {:.3} (found {}, missed {}, false {})",
            self.direct.precision(),
            self.direct.recall(),
            self.direct.f(),
            self.direct.found,
            self.direct.missed,
            self.direct.false_alarms
        );
        println!("           mixed found {}, indirect found {}", self.mixed, self.indirect);
        println!(
            "           mention right {}/{}, name right {}/{}",
            self.direct.speaker_right,
            self.direct.with_source,
            self.direct.name_right,
            self.direct.with_name
        );
        println!(
            "           not taken for speech {}, told apart {}",
            self.not_speech, self.told_apart
        );
    }
}

pub(crate) fn measure(folder: &Path, scanned: &Scanned, gold: &Gold) -> Result<Measure> {
    let texts = scanned
        .findings
        .documents
        .iter()
        .map(|document| (document.id.clone(), document.text.clone()))
        .collect();
    let wanted = read_gold(&labels(folder, "quotes.jsonl"), &texts)?;
    let direct = score(&sets(scanned, &wanted, QuoteKind::is_quoted_speech), OVERLAP);
    let exchanged = with_kinds(&wanted, |kind| match kind {
        GoldKind::Direct => GoldKind::Mixed,
        GoldKind::Mixed => GoldKind::Direct,
        GoldKind::Indirect => GoldKind::Indirect,
    });
    let mixed = score(&sets(scanned, &exchanged, QuoteKind::is_quoted_speech), OVERLAP);
    let reported = with_kinds(&wanted, |kind| match kind {
        GoldKind::Indirect => GoldKind::Direct,
        GoldKind::Direct | GoldKind::Mixed => GoldKind::Mixed,
    });
    let indirect = score(&sets(scanned, &reported, |kind| kind == QuoteKind::Indirect), 0.5);
    let mut errors: Vec<String> =
        direct.errors.iter().map(|error| format!("QUOTE {error}")).collect();
    let missed = |score: &Score, what: &str| -> Vec<String> {
        let missed = score.errors.iter().filter(|error| error.starts_with("MISSED"));
        missed.map(|error| format!("QUOTE {what} {error}")).collect()
    };
    errors.extend(missed(&mixed, "mixed"));
    errors.extend(missed(&indirect, "indirect"));
    let mut measure = Measure {
        direct,
        mixed: recall(&mixed),
        indirect: recall(&indirect),
        not_speech: Count::default(),
        told_apart: Count::default(),
        errors,
    };
    measure.check_not_speech(scanned, gold);
    Ok(measure)
}

fn recall(score: &Score) -> Count {
    Count { right: score.found, all: score.found + score.missed }
}

type ByDocument = BTreeMap<String, Vec<GoldQuote>>;

/// The gold with other kinds.
fn with_kinds(gold: &ByDocument, change: impl Fn(GoldKind) -> GoldKind) -> ByDocument {
    let changed = |quote: &GoldQuote| {
        let mut quote = quote.clone();
        quote.kind = change(quote.kind);
        quote
    };
    gold.iter().map(|(id, quotes)| (id.clone(), quotes.iter().map(changed).collect())).collect()
}

/// Gold and found quotes of every document; of the found ones those of some kinds.
fn sets<'a>(
    scanned: &'a Scanned,
    gold: &'a ByDocument,
    takes_part: impl Fn(QuoteKind) -> bool,
) -> Vec<Set<'a>> {
    scanned
        .findings
        .documents
        .iter()
        .zip(&scanned.findings.analyses)
        .map(|(document, Analysis { quotes, .. })| {
            let index = ScalarIndex::new(&document.text);
            let characters: Vec<char> = document.text.chars().collect();
            let quotes = quotes.iter().filter(|quote| takes_part(quote.kind));
            let predicted = quotes.map(|quote| predicted(quote, &index, &characters)).collect();
            Set {
                id: &document.id,
                gold: gold.get(&document.id).map_or(&[], Vec::as_slice),
                characters,
                predicted,
            }
        })
        .collect()
}

impl Measure {
    fn check_not_speech(&mut self, scanned: &Scanned, gold: &Gold) {
        for row in &gold.not_speech {
            let Some(place) = scanned.place(&row.doc_id) else { continue };
            let span = (row.start, row.end);
            let document = &scanned.findings.documents[place];
            let index = ScalarIndex::new(&document.text);
            let kinds: Vec<QuoteKind> = scanned.findings.analyses[place]
                .quotes
                .iter()
                .filter(|quote| {
                    let covered: usize =
                        quote.parts.iter().map(|&part| overlap(index.span(part), span)).sum();
                    2 * covered >= span.1 - span.0
                        // Speech that merely contains the words is no mistake.
                        && length(&index, quote) <= 2 * (span.1 - span.0)
                })
                .map(|quote| quote.kind)
                .collect();
            let taken = kinds.iter().any(|kind| kind.is_quoted_speech());
            self.not_speech.add(!taken);
            let expected = if row.kind == "scare" { QuoteKind::Scare } else { QuoteKind::Title };
            self.told_apart.add(kinds.contains(&expected));
            if taken || !kinds.contains(&expected) {
                let names: Vec<&str> = kinds.iter().map(|kind| kind.name()).collect();
                self.errors.push(format!(
                    "NOT SPEECH {} is {:?}, gold {}: {}",
                    row.doc_id,
                    names,
                    row.kind,
                    scanned.line(&row.doc_id, (row.start.saturating_sub(60), row.end + 60))
                ));
            }
        }
    }
}

/// The characters of a quote's parts.
fn length(index: &ScalarIndex<'_>, quote: &Quote) -> usize {
    let ranges = quote.parts.iter().map(|&part| index.span(part));
    ranges.map(|(start, end)| end - start).sum()
}

//! Units: their borders, counted as the task `sentences` counts them, and their kinds.

use std::collections::{BTreeMap, BTreeSet};

use super::super::sentences::{Score, context};
use super::gold::{Gold, Range};
use super::{Count, Scanned};

#[derive(Default)]
pub(crate) struct Measure {
    pub(crate) borders: Score,
    /// Units with the gold's borders that have its kind.
    pub(crate) kinds: Count,
    pub(crate) errors: Vec<String>,
}

impl Measure {
    pub(crate) fn print(&self) {
        println!(
            "sentences  precision {:.3} recall {:.3} F {:.3}, texts all right {}/{}, kind right {}",
            self.borders.precision(),
            self.borders.recall(),
            self.borders.f(),
            self.borders.texts_right,
            self.borders.texts,
            self.kinds
        );
    }
}

pub(crate) fn measure(scanned: &Scanned, gold: &Gold) -> Measure {
    let mut measure = Measure::default();
    for row in &gold.sentences {
        let Some(place) = scanned.place(&row.doc_id) else { continue };
        let document = &scanned.findings.documents[place];
        let sentences = &scanned.findings.analyses[place].sentences;
        let found: BTreeMap<Range, &str> = sentences
            .iter()
            .map(|sentence| (scanned.range(place as u32, sentence.span), sentence.kind.name()))
            .collect();
        let wanted = borders(&document.text, row.spans.iter());
        let marked = borders(&document.text, found.keys());
        measure.borders.add(&wanted, &marked);
        let show = |what: &str, at: usize| {
            format!("SENTENCE {what} {}: {}", row.doc_id, context(&document.text, at))
        };
        let wrong = marked.difference(&wanted).map(|&at| show("wrong", at));
        measure.errors.extend(wrong);
        let missing = wanted.difference(&marked).map(|&at| show("missing", at));
        measure.errors.extend(missing);
        for (span, kind) in row.spans.iter().zip(&row.kinds) {
            let Some(found) = found.get(span) else { continue };
            measure.kinds.add(found == kind);
            if found != kind {
                let text = scanned.line(&row.doc_id, *span);
                measure.errors.push(format!("KIND {} is {found}, gold {kind}: {text}", row.doc_id));
            }
        }
    }
    measure
}

/// The ends of spans as numbers of visible characters before them, the end of the text left out.
fn borders<'a>(text: &str, spans: impl Iterator<Item = &'a Range>) -> BTreeSet<usize> {
    let mut visible = vec![0];
    for character in text.chars() {
        visible.push(visible[visible.len() - 1] + usize::from(!character.is_whitespace()));
    }
    let mut ends: BTreeSet<usize> = spans.map(|&(_, end)| visible[end]).collect();
    ends.remove(&visible[visible.len() - 1]);
    ends
}

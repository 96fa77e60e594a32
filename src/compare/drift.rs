//! What changed in substance between the two sides of a passage: numbers, names, dates, negations,
//! hedges and conditions that stand where the other side has another or none.

use crate::model::{Drift, DriftKind, EditKind};

use super::edits::WordEdit;
use super::lexicon::Classes;
use super::prepare::{Prepared, PreparedWord};

/// A longer edit rewrites a whole statement; single words in it have no counterpart.
const LONGEST_EDIT: usize = 8;

/// The same for small words (negations, hedges, conditions), which every rewriting moves about.
const LONGEST_SMALL_EDIT: usize = 3;

/// The drift of a passage, sorted, each change once.
pub(super) fn drift(a: &Prepared<'_>, b: &Prepared<'_>, edits: &[WordEdit]) -> Vec<Drift> {
    let mut found = Vec::new();
    let present = Present::of(a, b, edits);
    for edit in edits {
        if matches!(edit.kind, EditKind::Kept | EditKind::Moved)
            || edit.a.len() > LONGEST_EDIT
            || edit.b.len() > LONGEST_EDIT
        {
            continue;
        }
        let words_a = &a.words[edit.a.start as usize..edit.a.end as usize];
        let words_b = &b.words[edit.b.start as usize..edit.b.end as usize];
        for (kind, class) in [
            (DriftKind::Number, Classes::NUMBER),
            (DriftKind::Date, Classes::DATE),
            (DriftKind::Name, Classes::NAME),
        ] {
            // A fact changed where both sides have one and they differ; one that was only added
            // or dropped is detail.
            let is_own = |word: &PreparedWord| {
                class != Classes::NAME || !word.classes.has(Classes::DATE.with(Classes::NUMBER))
            };
            let own_a = chosen(words_a, class, |word| is_own(word) && !present.in_b(word));
            let own_b = chosen(words_b, class, |word| is_own(word) && !present.in_a(word));
            if !own_a.is_empty() && !own_b.is_empty() {
                found.push(Drift { kind, a: written(a, &own_a), b: written(b, &own_b) });
            }
        }
        if edit.a.len().max(edit.b.len()) > LONGEST_SMALL_EDIT {
            continue;
        }
        for (kind, class) in [
            (DriftKind::Negation, Classes::NEGATION),
            (DriftKind::Hedge, Classes::HEDGE),
            (DriftKind::Condition, Classes::CONDITION),
        ] {
            let own_a = chosen(words_a, class, |_| true);
            let own_b = chosen(words_b, class, |_| true);
            // Another word of the same class does the same work.
            if own_a.is_empty() != own_b.is_empty() {
                found.push(Drift { kind, a: written(a, &own_a), b: written(b, &own_b) });
            }
        }
    }
    found.sort();
    found.dedup();
    found
}

fn chosen(
    words: &[PreparedWord],
    class: Classes,
    keep: impl Fn(&PreparedWord) -> bool,
) -> Vec<&PreparedWord> {
    words.iter().filter(|word| word.classes.has(class) && keep(word)).collect()
}

fn written(document: &Prepared<'_>, words: &[&PreparedWord]) -> String {
    let mut written: Vec<&str> = words.iter().map(|word| document.written(word)).collect();
    written.dedup();
    written.join(" ")
}

/// The stems that occur anywhere in the passage.
struct Present {
    a: Vec<u32>,
    b: Vec<u32>,
}

impl Present {
    fn of(a: &Prepared<'_>, b: &Prepared<'_>, edits: &[WordEdit]) -> Present {
        let mut present = Present { a: Vec::new(), b: Vec::new() };
        for edit in edits {
            present.a.extend(
                a.words[edit.a.start as usize..edit.a.end as usize].iter().map(|word| word.stem),
            );
            present.b.extend(
                b.words[edit.b.start as usize..edit.b.end as usize].iter().map(|word| word.stem),
            );
        }
        present.a.sort_unstable();
        present.b.sort_unstable();
        present
    }

    fn in_a(&self, word: &PreparedWord) -> bool {
        self.a.binary_search(&word.stem).is_ok()
    }

    fn in_b(&self, word: &PreparedWord) -> bool {
        self.b.binary_search(&word.stem).is_ok()
    }
}

//! Whether one pair of statements is enough to relate two documents of a large collection when nothing else
//! speaks for it.
//!
//! [`verify()`](super::verify()) asks what two statements share. Its bars were chosen on collections of some
//! ten thousand documents; a larger one has more pairs of statements that are alike by chance for each that was
//! taken over, for pairs grow as the square of a collection and reuse as its size. So the odds of reuse before
//! anything is known fall with the size, and those that two statements show when they are aligned by themselves
//! have to make up for it (Bayes). Two documents that have a second pair of statements in common, or a long run
//! of words, are related in a collection of any size.

use super::align::surest;
use super::verify::{PreparedUnit, have_long_run};

/// The odds that a statement must have of being taken over from the other in a collection twice as large as
/// those for which the bars were chosen: those at which one statement against another is shown at all.
const LEAST_ODDS: f64 = 0.25;

/// Whether two statements that may be evidence can relate their documents alone.
pub fn stands_alone(a: &PreparedUnit<'_>, b: &PreparedUnit<'_>) -> bool {
    let least = LEAST_ODDS * (a.prepared.chance.exp() - 1.0);
    if least <= 0.0 || (a.leeway + b.leeway).is_infinite() || have_long_run(a, b) {
        return true;
    }
    let probability = surest(&a.prepared, &b.prepared);
    probability >= least * (1.0 - probability)
}

#[cfg(test)]
mod tests {
    use crate::compare::{Preparer, may_verify};
    use crate::model::{Analysis, DocumentFrequencies, Language};
    use crate::text;

    use super::*;

    /// Checks whether two sentences, which may be evidence in any case, can relate their documents alone
    /// in collections of so many documents.
    #[track_caller]
    fn check(a: &str, b: &str, expected: &[(u32, bool)]) {
        for &(documents, stands) in expected {
            let counts = text::words(a).into_iter().chain(text::words(b));
            let frequencies = DocumentFrequencies::new(
                documents,
                counts.map(|word| (word.hash, documents / 500)),
            );
            let mut preparer = Preparer::new(&frequencies);
            let [a, b] = [a, b].map(|text| {
                let sentences = text::segment(text, Language::English);
                let quotes = Vec::new();
                let analysis = Analysis { language: Language::English, sentences, quotes };
                preparer.prepare_unit(text, &analysis, 0, &[])
            });
            assert!(may_verify(&a, &b), "{documents}");
            assert_eq!(stands_alone(&a, &b), stands, "{documents}");
            assert_eq!(stands_alone(&b, &a), stands, "{documents}");
        }
    }

    #[test]
    fn statements_alike_by_chance_relate_no_documents_of_a_large_collection() {
        check(
            "Cash dealers in Kansas and Iowa expect barley, soybean and sorghum exports to recover slowly.",
            "Barley exports recover: Iowa rejects tariffs, soybean growers gamble on rain, dealers shrug.",
            &[(1_000, true), (50_000, true), (400_000, false), (10_000_000, false)],
        );
    }

    #[test]
    fn a_statement_taken_over_relates_documents_of_any_collection() {
        let statement = "Cash dealers in Kansas and Iowa expect barley exports to recover slowly.";
        check(
            statement,
            "Cash dealers in Kansas and Iowa now expect barley exports to recover only slowly.",
            &[(1_000, true), (50_000, true), (400_000, true)],
        );
        check(statement, statement, &[(1_000, true), (400_000, true), (10_000_000, true)]);
    }
}

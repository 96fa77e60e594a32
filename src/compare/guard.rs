//! Guards against tempting false matches: texts that share names, numbers or frames and still
//! claim something else.

use super::lexicon::Classes;
use super::prepare::PreparedWord;

/// Passages longer than this hold many statements; the order of two names tells nothing there.
const LONGEST_STATEMENT: usize = 60;

/// Whether two statements share two names that changed places around the same word: "A sued B"
/// against "B sued A". A passive on one side ("B was sued by A") swaps them rightly.
pub(super) fn roles_reversed(a: &[PreparedWord], b: &[PreparedWord]) -> bool {
    if a.len() > LONGEST_STATEMENT || b.len() > LONGEST_STATEMENT {
        return false;
    }
    let passives = |words: &[PreparedWord]| {
        words.iter().filter(|word| word.classes.has(Classes::PASSIVE)).count()
    };
    if passives(a).abs_diff(passives(b)) >= 2 {
        return false;
    }
    // Telling words that both have, by their first places: who is named first in a statement is
    // the one it is about, whatever is named again later.
    let first = |words: &[PreparedWord], stem: u32| words.iter().position(|word| word.stem == stem);
    let mut pairs: Vec<(usize, usize, bool)> = Vec::new();
    for (place, word) in a.iter().enumerate() {
        if word.weight < super::weight::LIGHT || first(a, word.stem) != Some(place) {
            continue;
        }
        if let Some(other) = first(b, word.stem) {
            pairs.push((place, other, word.classes.with(b[other].classes).has(Classes::NAME)));
        }
    }
    for (first, x) in pairs.iter().enumerate() {
        for (second, y) in pairs.iter().enumerate().skip(first + 1) {
            if !x.2 || !y.2 || x.1 < y.1 {
                continue;
            }
            // Two names in the opposite order; they changed roles when a plain word stands
            // between them on both sides.
            let between =
                pairs[first + 1..second].iter().any(|verb| !verb.2 && y.1 < verb.1 && verb.1 < x.1);
            if between {
                return true;
            }
        }
    }
    false
}

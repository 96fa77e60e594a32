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
    let once = |words: &[PreparedWord], stem: u32| {
        let mut places = words.iter().enumerate().filter(|(_, word)| word.stem == stem);
        match (places.next(), places.next()) {
            (Some((place, _)), None) => Some(place),
            _ => None,
        }
    };
    // Telling words that both have exactly once, by place.
    let mut pairs: Vec<(usize, usize, bool)> = Vec::new();
    for (place, word) in a.iter().enumerate() {
        if word.weight < super::weight::LIGHT || once(a, word.stem) != Some(place) {
            continue;
        }
        if let Some(other) = once(b, word.stem) {
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

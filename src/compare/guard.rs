//! Guards against tempting false matches: texts that share names, numbers or frames and still
//! claim something else.

use std::ops::Range;

use super::lexicon::Classes;
use super::prepare::PreparedWord;

/// Passages longer than this hold many statements; the order of two names tells nothing there.
const LONGEST_STATEMENT: usize = 60;

/// Whether two statements share two parties that changed places around the same word: "A sued B"
/// against "B sued A". A passive on one side ("B was sued by A") swaps them rightly.
pub(super) fn roles_reversed(a: &[PreparedWord], b: &[PreparedWord]) -> bool {
    if a.len() > LONGEST_STATEMENT || b.len() > LONGEST_STATEMENT {
        return false;
    }
    let passives = passives(a).abs_diff(passives(b));
    if passives >= 2 {
        return false;
    }
    // In a language without word lists nothing is known of the order of its words.
    let known =
        |words: &[PreparedWord]| words.iter().any(|word| word.classes.has(Classes::FUNCTION));
    names_reversed(a, b)
        || (known(a) && known(b) && phrases_reversed(a, b, passives))
        || cases_exchanged(a, b)
}

fn passives(words: &[PreparedWord]) -> usize {
    words.iter().filter(|word| word.classes.has(Classes::PASSIVE)).count()
}

/// The first place of a stem: who is named first in a statement is the one it is about, whatever is
/// named again later.
fn first(words: &[PreparedWord], stem: u32) -> Option<usize> {
    words.iter().position(|word| word.stem == stem)
}

/// Whether a word says something.
fn is_telling(word: &PreparedWord) -> bool {
    word.weight >= super::weight::LIGHT
}

/// Whether two names stand in the opposite order with a plain word between them on both sides.
fn names_reversed(a: &[PreparedWord], b: &[PreparedWord]) -> bool {
    // Telling words that both have, by their first places.
    let mut pairs: Vec<(usize, usize, bool)> = Vec::new();
    for (place, word) in a.iter().enumerate() {
        if !is_telling(word) || first(a, word.stem) != Some(place) {
            continue;
        }
        if let Some(other) = first(b, word.stem) {
            pairs.push((place, other, word.classes.with(b[other].classes).has(Classes::NAME)));
        }
    }
    for (first, x) in pairs.iter().enumerate() {
        for (second, y) in pairs.iter().enumerate().skip(first + 1) {
            if !x.2 || !y.2 || x.1 < y.1 || keeps_case(a, x.0, b, x.1) || keeps_case(a, y.0, b, y.1)
            {
                continue;
            }
            let between = pairs[first + 1..second].iter().any(|verb| {
                !verb.2 && y.1 < verb.1 && verb.1 < x.1 && !a[verb.0].classes.has(Classes::MUTUAL)
            });
            if between {
                return true;
            }
        }
    }
    false
}

/// The farthest that the noun of a phrase stands behind the word that the phrase hangs on.
const LONGEST_PHRASE: usize = 5;

/// What follows a word and hangs on it ("accused *the mining company*", "voted *against the bill*").
struct Phrase {
    /// The form of the preposition; 0 for none.
    link: u32,
    start: usize,
    end: usize,
}

/// The phrase that hangs on the word at a place.
fn phrase_after(words: &[PreparedWord], place: usize) -> Option<Phrase> {
    let opens = |at: usize| words.get(at).is_some_and(|word| word.classes.has(Classes::PHRASE));
    let mut start = place + 1;
    let mut link = 0;
    while opens(start) {
        start += 1;
    }
    let word = words.get(start)?;
    if start == place + 1 && word.classes.has(Classes::FUNCTION) {
        if word.classes.has(Classes::JOINING) {
            return None;
        }
        link = word.form;
        start += 1;
        while opens(start) {
            start += 1;
        }
    }
    let mut end = start;
    while let Some(word) = words.get(end) {
        let ends = end >= start + LONGEST_PHRASE
            || word.classes.has(Classes::FUNCTION)
            || (end > place && word.classes.has(Classes::CLAUSE_START));
        if ends {
            break;
        }
        end += 1;
    }
    (start < end).then_some(Phrase { link, start, end })
}

/// Whether a word that both statements have parts the same two nouns, and what hangs on it in one
/// ("the senator accused *the company*") stands before it in the other ("*the company* accused the
/// senator"). A word after a mark is left out, for so a quote is attributed (", warned the senator").
fn phrases_reversed(a: &[PreparedWord], b: &[PreparedWord], passives: usize) -> bool {
    let can_part = |word: &PreparedWord| {
        let parts = is_telling(word)
            || word.classes.has(Classes::AUXILIARY)
            || word.classes.has(Classes::GENITIVE);
        let others = Classes::SPEECH.with(Classes::MUTUAL).with(Classes::CLAUSE_START);
        parts && !word.classes.has(others.with(Classes::NAME).with(Classes::NUMBER))
    };
    a.iter().enumerate().filter(|(_, word)| can_part(word)).any(|(at_a, word)| {
        let Some(at_b) = first(b, word.stem) else { return false };
        if first(a, word.stem) != Some(at_a) || !can_part(&b[at_b]) {
            return false;
        }
        let (Some(of_a), Some(of_b)) = (phrase_after(a, at_a), phrase_after(b, at_b)) else {
            return false;
        };
        if of_a.link != of_b.link {
            return false;
        }
        // Before a genitive only the noun that it hangs on counts.
        let genitive = word.classes.has(Classes::GENITIVE);
        let from = |at: usize| if genitive { at.saturating_sub(1) } else { 0 };
        let (before_a, before_b) = (from(at_a)..at_a, from(at_b)..at_b);
        let (behind_a, behind_b) = (of_a.start..of_a.end, of_b.start..of_b.end);
        // The words that one statement has in a place and the other has in the other place only.
        let moved = |from: &Range<usize>, to: &Range<usize>, back: &Range<usize>| {
            let moves = |at: &usize| {
                let word = &a[*at];
                is_telling(word) && first(&b[back.clone()], word.stem).is_none()
            };
            let to = to.clone();
            from.clone()
                .filter(moves)
                .filter_map(|at| Some((at, to.start + first(&b[to.clone()], a[at].stem)?)))
                .collect::<Vec<(usize, usize)>>()
        };
        let subjects = moved(&before_a, &behind_b, &before_b);
        let objects = moved(&behind_a, &before_b, &behind_b);
        if subjects.is_empty() || objects.is_empty() {
            return false;
        }
        // Where nouns are declined, a passive shows in one word and in the case of who acts.
        let declined = |&(at, _): &(usize, usize)| a[at].classes.has(Classes::CASED);
        let turned = passives > 0 && subjects.iter().chain(&objects).any(declined);
        let keeps = |&(at_a, at_b): &(usize, usize)| keeps_case(a, at_a, b, at_b);
        !turned && !subjects.iter().chain(&objects).any(keeps)
    })
}

/// The word that shows the case of a noun: the noun itself or its article, when their forms tell.
fn case_mark(words: &[PreparedWord], noun: usize) -> Option<u32> {
    let tells = |word: &&PreparedWord| word.classes.has(Classes::CASED);
    if tells(&&words[noun]) {
        return Some(words[noun].form);
    }
    let from = noun.saturating_sub(LONGEST_PHRASE - 1);
    let opener = words[from..noun].iter().rev().find(|word| word.classes.has(Classes::FUNCTION))?;
    tells(&opener).then_some(opener.form)
}

/// Whether a noun visibly has the same case in two statements: then it has the same role, wherever
/// it stands ("den Konzern verklagte der Senator").
fn keeps_case(a: &[PreparedWord], at_a: usize, b: &[PreparedWord], at_b: usize) -> bool {
    case_mark(a, at_a).is_some_and(|mark| case_mark(b, at_b) == Some(mark))
}

/// Whether two nouns exchanged their articles, where those tell the case: "hat der Senator den
/// Konzern verklagt" against "hat der Konzern den Senator verklagt".
fn cases_exchanged(a: &[PreparedWord], b: &[PreparedWord]) -> bool {
    let mut marked: Vec<(u32, u32)> = Vec::new();
    for (at_a, word) in a.iter().enumerate() {
        let after_article = at_a > 0 && a[at_a - 1].classes.has(Classes::CASED);
        if !after_article || !is_telling(word) || word.classes.has(Classes::CASED) {
            continue;
        }
        let Some(at_b) = first(b, word.stem).filter(|&place| place > 0) else { continue };
        if b[at_b - 1].classes.has(Classes::CASED) {
            marked.push((a[at_a - 1].form, b[at_b - 1].form));
        }
    }
    marked.iter().any(|&(in_a, in_b)| in_a != in_b && marked.contains(&(in_b, in_a)))
}

/// The longest list of people and what they are, in words.
pub(super) const LONGEST_NAMING: usize = 24;

/// Whether words only name people, bodies and their offices ("the chief executive Jane Doe and
/// Finance Minister John Roe"): that is a mention, not a statement, however long it is.
pub(super) fn only_names(words: &[PreparedWord]) -> bool {
    let names = words.iter().filter(|word| word.classes.has(Classes::NAME)).count();
    words.len() <= LONGEST_NAMING && names >= 2 && !words.iter().any(states)
}

/// Whether a word can belong to a statement: neither a name nor an office, a number, a date, nor a
/// word that only holds others together. What is quoted was said, so it states something.
fn states(word: &PreparedWord) -> bool {
    let names = Classes::NAME.with(Classes::OFFICE).with(Classes::NUMBER).with(Classes::DATE);
    let idle = names.with(Classes::FUNCTION).with(Classes::SPEECH).with(Classes::NEUTRAL);
    word.classes.has(Classes::QUOTED) || !word.classes.has(idle)
}

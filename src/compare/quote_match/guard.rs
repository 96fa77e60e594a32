//! The meaning guard: what a cut or a change does to the statement.
//!
//! A quote can be shortened with dots, correct in every word, and say the opposite of what was
//! said. So every hole of the alignment is searched for the words a statement hangs on: negations,
//! conditions, hedges, numbers, quantities, dates and names. A lost word counts only where it
//! stood in one clause with words that were kept, a lost condition where it stood in one sentence
//! with them; a whole sentence left out changes nothing in the others, but tying together what
//! stood far apart is flagged as `joined`.

use std::ops::Range;

use crate::model::{Drift, DriftKind};
use crate::text::fold;

use super::align::Alignment;
use super::classes::WordClass;
use super::prepare::{QuoteText, QuoteWord};
use super::variant::{Hole, holes};

/// A silent cut (no dots) of more words than this inside a quote joins distant fragments.
const SILENT_CUT_WORDS: usize = 8;
/// And a cut marked by dots, or by the end of a part, of more words than this.
const MARKED_CUT_WORDS: usize = 30;
/// An amount cut off at an end counts when it stood this close to the words that were kept.
const NEAR_WORDS: usize = 4;
/// Names in longer holes have no counterpart.
const NAME_HOLE_WORDS: usize = 8;
/// The words shown around a joint.
const SHOWN_WORDS: usize = 12;

/// What changed in substance between two aligned quotes; `a` holds the first one's words.
pub(super) fn drift(a: &QuoteText<'_>, b: &QuoteText<'_>, alignment: &Alignment) -> Vec<Drift> {
    let mut found = Vec::new();
    if alignment.blocks.is_empty() {
        return found;
    }
    let kept_a = Kept::of(a, alignment.blocks.iter().map(|block| &block.a));
    let kept_b = Kept::of(b, alignment.blocks.iter().map(|block| &block.b));
    for hole in holes(a, b, alignment) {
        let side_a = Side { quote: a, range: hole.a.clone(), kept: &kept_a };
        let side_b = Side { quote: b, range: hole.b.clone(), kept: &kept_b };
        changed_words(&side_a, &side_b, &mut found);
        changed_names(&side_a, &side_b, &mut found);
        if !hole.is_at_end(a, b) {
            joined_fragments(a, b, &hole, &mut found);
        }
    }
    for block in &alignment.moved {
        let words = |quote, range: &Range<usize>| surface(quote, range.clone());
        found.push(Drift { kind: DriftKind::Joined, a: words(a, &block.a), b: words(b, &block.b) });
    }
    found
}

/// Whether two aligned quotes are the same words from end to end, but for hedges and the small words
/// that go with them ("I think", "may have").
pub(super) fn differ_in_hedges_only(
    a: &QuoteText<'_>,
    b: &QuoteText<'_>,
    alignment: &Alignment,
) -> bool {
    let hedges = |words: &[QuoteWord]| {
        let small = |word: &QuoteWord| matches!(word.class, WordClass::Hedge | WordClass::Function);
        let is_hedge = |word: &QuoteWord| word.class == WordClass::Hedge;
        words.is_empty() || (words.iter().all(small) && words.iter().any(is_hedge))
    };
    alignment.moved.is_empty()
        && holes(a, b, alignment)
            .into_iter()
            .all(|hole| hedges(&a.words[hole.a]) && hedges(&b.words[hole.b]))
}

/// One quote's words at a hole.
struct Side<'q, 't> {
    quote: &'q QuoteText<'t>,
    range: Range<usize>,
    kept: &'q Kept,
}

impl Side<'_, '_> {
    /// The words in the hole that share a clause with kept words.
    fn touching(&self) -> impl Iterator<Item = &QuoteWord> {
        let words = self.quote.words[self.range.clone()].iter();
        words.filter(|word| self.kept.clauses[word.clause as usize])
    }

    /// Those of them that are close to a kept word.
    fn near(&self) -> impl Iterator<Item = &QuoteWord> {
        let (start, end) = (self.range.start, self.range.end);
        let (from_start, from_end) = (start > 0, end < self.quote.words.len());
        let places = self.range.clone().filter(move |&place| {
            (from_start && place - start < NEAR_WORDS) || (from_end && end - place <= NEAR_WORDS)
        });
        let words = places.map(|place| &self.quote.words[place]);
        words.filter(|word| self.kept.clauses[word.clause as usize])
    }

    fn of_class(&self, class: WordClass) -> Vec<QuoteWord> {
        if class != WordClass::Condition {
            return self.touching().filter(|word| word.class == class).copied().collect();
        }
        // A condition is a clause of its own and holds for its whole sentence, up to a "but".
        let words = &self.quote.words[self.range.clone()];
        let holds = |&place: &usize| {
            let reaches = |between: &[QuoteWord]| {
                between.iter().all(|word| word.class != WordClass::Adversative)
            };
            words[place].class == class
                && self.kept.sentences[words[place].sentence as usize]
                && ((self.range.start > 0 && reaches(&words[..place]))
                    || (self.range.end < self.quote.words.len() && reaches(&words[place..])))
        };
        (0..words.len()).filter(holds).map(|place| words[place]).collect()
    }
}

/// Which sentences and clauses of a quote the alignment kept words of.
struct Kept {
    sentences: Vec<bool>,
    clauses: Vec<bool>,
}

impl Kept {
    fn of<'r>(quote: &QuoteText<'_>, ranges: impl Iterator<Item = &'r Range<usize>>) -> Kept {
        let (sentences, clauses) = quote
            .words
            .last()
            .map_or((0, 0), |word| (word.sentence as usize + 1, word.clause as usize + 1));
        let mut kept = Kept { sentences: vec![false; sentences], clauses: vec![false; clauses] };
        for word in ranges.flat_map(|range| &quote.words[range.clone()]) {
            kept.sentences[word.sentence as usize] = true;
            kept.clauses[word.clause as usize] = true;
        }
        kept
    }
}

fn changed_words(a: &Side<'_, '_>, b: &Side<'_, '_>, found: &mut Vec<Drift>) {
    let classes = [
        (WordClass::Negation, DriftKind::Negation),
        (WordClass::Condition, DriftKind::Condition),
        (WordClass::Hedge, DriftKind::Hedge),
    ];
    for (class, kind) in classes {
        note_change(a, b, &a.of_class(class), &b.of_class(class), kind, found);
    }
    // A date left out is a detail; another date is another statement.
    let (dates_a, dates_b) = (a.of_class(WordClass::Date), b.of_class(WordClass::Date));
    if !dates_a.is_empty() && !dates_b.is_empty() {
        note_change(a, b, &dates_a, &dates_b, DriftKind::Date, found);
    }
    // "some" can become "12" and "12" "dozens": numbers and quantities are one kind.
    let amounts = |side: &Side<'_, '_>| -> Vec<QuoteWord> {
        let is_amount =
            |word: &&QuoteWord| matches!(word.class, WordClass::Number | WordClass::Quantity);
        side.near().filter(is_amount).copied().collect()
    };
    note_change(a, b, &amounts(a), &amounts(b), DriftKind::Number, found);
}

/// Notes words of one class that stand on one side only.
fn note_change(
    a: &Side<'_, '_>,
    b: &Side<'_, '_>,
    words_a: &[QuoteWord],
    words_b: &[QuoteWord],
    kind: DriftKind,
    found: &mut Vec<Drift>,
) {
    let only = |words: &[QuoteWord], others: &[QuoteWord], quote: &QuoteText<'_>| {
        let lost = words.iter().filter(|word| others.iter().all(|other| other.hash != word.hash));
        lost.map(|word| word.span.of(quote.text)).collect::<Vec<_>>().join(" ")
    };
    let only_a = only(words_a, words_b, a.quote);
    let only_b = only(words_b, words_a, b.quote);
    // "did not" for "never" changes the words, not the statement: two negations against one class
    // of words count by number.
    if kind == DriftKind::Negation && words_a.len() % 2 == words_b.len() % 2 {
        return;
    }
    if !only_a.is_empty() || !only_b.is_empty() {
        found.push(Drift { kind, a: only_a, b: only_b });
    }
}

/// A name in the place of another name. A name left out, or put for a pronoun, changes nothing.
fn changed_names(a: &Side<'_, '_>, b: &Side<'_, '_>, found: &mut Vec<Drift>) {
    let names = |side: &Side<'_, '_>| -> Vec<QuoteWord> {
        side.touching().filter(|word| word.is_name).copied().collect()
    };
    let (names_a, names_b) = (names(a), names(b));
    let agree = names_a.iter().any(|name| names_b.iter().any(|other| other.hash == name.hash));
    let too_long = a.range.len().max(b.range.len()) > NAME_HOLE_WORDS;
    if names_a.is_empty() || names_b.is_empty() || agree || too_long {
        return;
    }
    let text = |names: &[QuoteWord], quote: &QuoteText<'_>| {
        names.iter().map(|name| name.span.of(quote.text)).collect::<Vec<_>>().join(" ")
    };
    if is_short_for(&text(&names_a, a.quote), &text(&names_b, b.quote)) {
        return;
    }
    found.push(Drift {
        kind: DriftKind::Name,
        a: text(&names_a, a.quote),
        b: text(&names_b, b.quote),
    });
}

/// Whether one name is the other with its possessive ending, without its stops, or its initials.
fn is_short_for(a: &str, b: &str) -> bool {
    let plain = |name: &str| -> String {
        let name = fold(name);
        let name = name.strip_suffix("'s").unwrap_or(&name);
        name.chars().filter(|c| c.is_alphanumeric()).collect()
    };
    let initials = |name: &str| -> String {
        let words = name.split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '’');
        words.filter_map(|word| word.chars().next()).flat_map(char::to_lowercase).collect()
    };
    plain(a) == plain(b) || initials(a) == plain(b) || plain(a) == initials(b)
}

/// A cut that ties together what stood far apart.
fn joined_fragments(a: &QuoteText<'_>, b: &QuoteText<'_>, hole: &Hole, found: &mut Vec<Drift>) {
    let is_joint =
        |cut: &QuoteText<'_>, at: &Range<usize>, full: &QuoteText<'_>, lost: &Range<usize>| {
            if !at.is_empty() || lost.is_empty() {
                return false;
            }
            let place = at.start as u32;
            let is_marked = cut.gaps.contains(&place) || cut.parts.contains(&place);
            let words = &full.words[lost.clone()];
            let sentences = words[words.len() - 1].sentence - words[0].sentence;
            if is_marked {
                words.len() > MARKED_CUT_WORDS
            } else {
                words.len() > SILENT_CUT_WORDS || sentences > 0
            }
        };
    let around = |quote: &QuoteText<'_>, place: usize| {
        let from = place.saturating_sub(SHOWN_WORDS / 2);
        surface(quote, from..(place + SHOWN_WORDS / 2).min(quote.words.len()))
    };
    if is_joint(a, &hole.a, b, &hole.b) {
        found.push(Drift {
            kind: DriftKind::Joined,
            a: around(a, hole.a.start),
            b: surface(b, hole.b.clone()),
        });
    } else if is_joint(b, &hole.b, a, &hole.a) {
        found.push(Drift {
            kind: DriftKind::Joined,
            a: surface(a, hole.a.clone()),
            b: around(b, hole.b.start),
        });
    }
}

/// The words of a range as they stand in the text.
fn surface(quote: &QuoteText<'_>, range: Range<usize>) -> String {
    let words = &quote.words[range];
    match (words.first(), words.last()) {
        (Some(first), Some(last)) => first.span.cover(last.span).of(quote.text).to_owned(),
        _ => String::new(),
    }
}

//! How one version differs from another in form.

use std::ops::Range;

use crate::model::Variant;

use super::align::Alignment;
use super::prepare::QuoteText;

/// A place where two aligned quotes part: words of `a` that stand against words of `b`; one of the
/// two may be empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Hole {
    pub(super) a: Range<usize>,
    pub(super) b: Range<usize>,
}

impl Hole {
    /// Whether it lies before the first or after the last common word.
    pub(super) fn is_at_end(&self, a: &QuoteText<'_>, b: &QuoteText<'_>) -> bool {
        let at_start = self.a.start == 0 && self.b.start == 0;
        at_start || (self.a.end == a.words.len() && self.b.end == b.words.len())
    }
}

/// All such places, in order.
pub(super) fn holes(a: &QuoteText<'_>, b: &QuoteText<'_>, alignment: &Alignment) -> Vec<Hole> {
    let mut holes = Vec::new();
    let (mut end_a, mut end_b) = (0, 0);
    let mut note = |a: Range<usize>, b: Range<usize>| {
        if !a.is_empty() || !b.is_empty() {
            holes.push(Hole { a, b });
        }
    };
    for block in &alignment.blocks {
        note(end_a..block.a.start, end_b..block.b.start);
        (end_a, end_b) = (block.a.end, block.b.end);
    }
    note(end_a..a.words.len(), end_b..b.words.len());
    holes
}

/// How the less full of two quotes differs from the fuller one. The strongest difference decides:
/// other words, then brackets, then a cut inside, then a cut at an end.
pub(super) fn variant(a: &QuoteText<'_>, b: &QuoteText<'_>, alignment: &Alignment) -> Variant {
    let mut variant =
        if alignment.moved.is_empty() { Variant::Identical } else { Variant::Reworded };
    // Own words inside the common stretch that only one side has.
    let (mut inner_a, mut inner_b) = (false, false);
    for hole in holes(a, b, alignment) {
        let (own_a, edited_a) = own_and_bracketed(a, hole.a.clone());
        let (own_b, edited_b) = own_and_bracketed(b, hole.b.clone());
        let found = if edited_a > 0 || edited_b > 0 {
            // What stands beside a bracket is what the bracket replaced.
            Variant::Bracketed
        } else if own_a > 0 && own_b > 0 {
            Variant::Reworded
        } else if hole.is_at_end(a, b) {
            // Two excerpts of one speech are each cut where the other goes on.
            Variant::Truncated
        } else {
            inner_a |= own_a > 0;
            inner_b |= own_b > 0;
            Variant::Ellipsis
        };
        variant = variant.max(found);
    }
    if inner_a && inner_b {
        // Neither is a cut of the other.
        variant = Variant::Reworded;
    }
    variant
}

fn own_and_bracketed(quote: &QuoteText<'_>, range: Range<usize>) -> (usize, usize) {
    let bracketed = quote.words[range.clone()].iter().filter(|word| word.bracketed).count();
    (range.len() - bracketed, bracketed)
}

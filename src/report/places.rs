//! Which of a document's spans overlap a given one.

use crate::model::Span;

/// Spans of one document, each with a value, in order of their starts.
#[derive(Clone, Debug)]
pub(super) struct Places<T> {
    entries: Vec<(Span, T)>,
    /// The greatest end among the entries up to and including this one: the search goes backwards
    /// from the last entry that starts early enough and stops where nothing reaches far enough.
    reach: Vec<u32>,
}

// Not derived, because that would ask for `T: Default`.
impl<T> Default for Places<T> {
    fn default() -> Self {
        Places { entries: Vec::new(), reach: Vec::new() }
    }
}

impl<T: Copy + Ord> Places<T> {
    pub(super) fn new(mut entries: Vec<(Span, T)>) -> Self {
        entries.sort_unstable();
        let mut reach = Vec::with_capacity(entries.len());
        let mut farthest = 0;
        for (span, _) in &entries {
            farthest = farthest.max(span.end);
            reach.push(farthest);
        }
        Places { entries, reach }
    }

    /// The entries that share at least a byte with `span`, last first.
    pub(super) fn overlapping(&self, span: Span) -> impl Iterator<Item = (Span, T)> + '_ {
        let first_beyond = self.entries.partition_point(|(entry, _)| entry.start < span.end);
        (0..first_beyond)
            .rev()
            .take_while(move |&place| self.reach[place] > span.start)
            .map(|place| self.entries[place])
            .filter(move |(entry, _)| entry.overlap(span) > 0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn overlapping_finds_what_a_full_search_finds(
            spans in proptest::collection::vec((0u32..60, 0u32..20), 0..40),
            start in 0u32..60,
            length in 0u32..20,
        ) {
            let asked = Span { start, end: start + length };
            let entries: Vec<(Span, usize)> = spans
                .iter()
                .enumerate()
                .map(|(number, &(start, length))| (Span { start, end: start + length }, number))
                .collect();
            let mut expected: Vec<usize> = entries
                .iter()
                .filter(|(span, _)| span.overlap(asked) > 0)
                .map(|&(_, number)| number)
                .collect();
            let mut found: Vec<usize> =
                Places::new(entries).overlapping(asked).map(|(_, number)| number).collect();
            expected.sort_unstable();
            found.sort_unstable();
            prop_assert_eq!(found, expected);
        }
    }
}

//! In which order pairs of documents are compared. A document is made ready for its first pair and
//! kept for a while, so pairs of the same documents should follow each other. Documents with much in
//! common are retellings of one story, and most pairs are among those.

use crate::model::DocumentIndex;

/// A group takes no more documents than this: about what a thread keeps ready.
const MOST_DOCUMENTS: u32 = 1024;

/// The numbers of the pairs, those of one group of documents together. `is_close` tells by its number
/// whether the documents of a pair belong to one group.
pub(crate) fn by_neighbours(
    pairs: &[(DocumentIndex, DocumentIndex)],
    is_close: impl Fn(usize) -> bool,
) -> Vec<u32> {
    let documents = pairs.iter().map(|pair| pair.0.max(pair.1) as usize + 1).max().unwrap_or(0);
    let mut groups = Groups::of(documents);
    for (number, &(a, b)) in pairs.iter().enumerate() {
        if is_close(number) {
            groups.join(a, b);
        }
    }
    let mut order: Vec<(DocumentIndex, u32)> =
        pairs.iter().zip(0u32..).map(|(pair, number)| (groups.first(pair.0), number)).collect();
    order.sort_unstable();
    order.into_iter().map(|(_, number)| number).collect()
}

/// Disjoint sets of documents, each known by its first one.
struct Groups {
    before: Vec<DocumentIndex>,
    sizes: Vec<u32>,
}

impl Groups {
    fn of(documents: usize) -> Groups {
        Groups { before: (0..documents as u32).collect(), sizes: vec![1; documents] }
    }

    fn first(&mut self, mut document: DocumentIndex) -> DocumentIndex {
        while self.before[document as usize] != document {
            let before = self.before[document as usize];
            self.before[document as usize] = self.before[before as usize];
            document = before;
        }
        document
    }

    fn join(&mut self, a: DocumentIndex, b: DocumentIndex) {
        let (a, b) = (self.first(a), self.first(b));
        let size = self.sizes[a as usize] + self.sizes[b as usize];
        if a != b && size <= MOST_DOCUMENTS {
            let (first, second) = (a.min(b), a.max(b));
            self.before[second as usize] = first;
            self.sizes[first as usize] = size;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_of_one_group_follow_each_other() {
        let pairs = [(0, 9), (1, 2), (3, 4), (3, 9), (4, 9), (5, 6)];
        let close = [(0, 9), (3, 9)];
        let order = by_neighbours(&pairs, |number| close.contains(&pairs[number]));
        assert_eq!(order, [0, 2, 3, 1, 4, 5]);
    }

    #[test]
    fn a_group_stays_small_enough_to_be_kept() {
        let pairs: Vec<(u32, u32)> = (0..5000).map(|number| (number, number + 1)).collect();
        let mut groups = Groups::of(5001);
        pairs.iter().for_each(|&(a, b)| groups.join(a, b));
        assert!(groups.sizes.iter().all(|&size| size <= MOST_DOCUMENTS));
        let order = by_neighbours(&pairs, |_| true);
        let mut sorted = order.clone();
        sorted.sort_unstable();
        assert_eq!(sorted, (0..5000).collect::<Vec<u32>>());
    }
}

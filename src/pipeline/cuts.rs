//! Short cuts of quotes, between documents that something else ties together.
//!
//! A cut of three to six words need not share a key with what it was cut from, and proves little by
//! itself. But where two documents have passages or another quote in common, every short quote of
//! one is looked for in the quotes of the other.

use std::collections::{BTreeSet, HashMap, HashSet};

use rayon::prelude::*;

use super::boilerplate::Masks;
use super::quotes::prepare;
use crate::compare::quote_match::{self, Firmness};
use crate::model::{
    Analysis, Document, DocumentFrequencies, DocumentIndex, DocumentPair, DriftKind, QuoteId,
    QuoteLink, Span, Variant,
};
use crate::text::{self, Word};

/// What is looked for as a cut in the quotes of a document has at least so many words…
const LEAST_CUT: usize = 3;
/// …and at most so many: a longer run is found by its keys.
const LONGEST_CUT: usize = 7;

/// Links the short cuts between documents that have passages in common.
pub(crate) fn link_cuts(
    documents: &[Document],
    analyses: &[Analysis],
    masks: &Masks,
    frequencies: &DocumentFrequencies,
    pairs: &[DocumentPair],
) -> Vec<QuoteLink> {
    with_cuts(documents, analyses, masks, frequencies, Vec::new(), pairs).0
}

/// The links that hold, sorted: those that are firm, the others between documents that a firm one
/// ties or that have passages in common, and the short cuts between such documents. Also gives the
/// number of these that were compared.
pub(super) fn with_cuts(
    documents: &[Document],
    analyses: &[Analysis],
    masks: &Masks,
    frequencies: &DocumentFrequencies,
    links: Vec<(QuoteLink, Firmness)>,
    pairs: &[DocumentPair],
) -> (Vec<QuoteLink>, u64) {
    let of_link = |link: &QuoteLink| (link.a.document, link.b.document);
    let firm = links.iter().filter(|(_, firmness)| *firmness == Firmness::Firm);
    let by_quote: BTreeSet<(u32, u32)> = firm.map(|(link, _)| of_link(link)).collect();
    let with_passages = pairs.iter().filter(|pair| !pair.passages.is_empty());
    let by_passage: HashMap<(u32, u32), &DocumentPair> =
        with_passages.map(|pair| ((pair.a, pair.b), pair)).collect();
    let tied: BTreeSet<(u32, u32)> = by_quote.iter().chain(by_passage.keys()).copied().collect();
    let cover = |id: QuoteId| analyses[id.document as usize].quotes[id.quote as usize].cover();
    // What the two quotes have in common cannot be what ties their documents.
    let are_tied = |a: QuoteId, b: QuoteId| {
        let documents = (a.document, b.document);
        by_quote.contains(&documents)
            || by_passage.get(&documents).is_some_and(|pair| {
                pair.passages.iter().any(|passage| {
                    lies_outside(passage.a, cover(a)) && lies_outside(passage.b, cover(b))
                })
            })
    };
    let met: HashSet<(QuoteId, QuoteId)> = links.iter().map(|(link, _)| (link.a, link.b)).collect();
    let quotes = Wordings::of(documents, analyses, masks, &tied);
    let cuts: Vec<(QuoteId, QuoteId)> = tied
        .par_iter()
        .flat_map_iter(|&documents| quotes.cuts(documents))
        .filter(|pair| !met.contains(pair) && are_tied(pair.0, pair.1))
        .collect();
    let compared = cuts.len() as u64;
    let prepared = |id: QuoteId| prepare(documents, analyses, frequencies, id);
    let as_cut = |a: QuoteId, b: QuoteId| {
        let (found, _) = quote_match::link_quotes(&prepared(a), &prepared(b))?;
        // Words put together from here and there are no cut.
        let is_cut = found.variant != Variant::Reworded
            && found.drift.iter().all(|drift| drift.kind != DriftKind::Joined);
        is_cut.then_some(QuoteLink { a, b, score: found.score })
    };
    let cuts: Vec<QuoteLink> = cuts.into_par_iter().filter_map(|(a, b)| as_cut(a, b)).collect();
    // What is firm is not held by the documents around it.
    let (firm, held): (Vec<_>, Vec<_>) = links
        .into_iter()
        .filter(|(link, firmness)| *firmness == Firmness::Firm || are_tied(link.a, link.b))
        .partition(|(_, firmness)| *firmness == Firmness::Firm);
    let mut links: Vec<QuoteLink> = firm.into_iter().map(|(link, _)| link).collect();
    let cuts: Vec<QuoteLink> = held.into_iter().map(|(link, _)| link).chain(cuts).collect();
    let is_merged =
        |id: QuoteId| analyses[id.document as usize].quotes[id.quote as usize].parts.len() > 1;
    let linked: HashSet<(QuoteId, QuoteId)> =
        links.iter().chain(&cuts).map(|link| (link.a, link.b)).collect();
    let in_order = |a: QuoteId, b: QuoteId| {
        let found = quote_match::describe_quotes(&prepared(a), &prepared(b));
        found.variant != Variant::Reworded
    };
    let kept = cuts.into_iter().filter(|cut| {
        let (short, long) = quotes.by_length(cut.a, cut.b);
        // An outlet can put what two people said into one quote of several parts. What was cut from
        // a part that another quote has too is of that one.
        let is_of_another = is_merged(long)
            && quotes.holding(short, long).any(|other| {
                !linked.contains(&(long.min(other), long.max(other))) && in_order(short, other)
            });
        !is_of_another
    });
    links.extend(kept);
    links.sort_unstable_by_key(|link| (link.a, link.b));
    (links, compared)
}

/// Whether the greater part of a passage is no part of a quote.
fn lies_outside(passage: Span, quote: Span) -> bool {
    2 * passage.overlap(quote) < passage.len()
}

/// A quote and the hashes of its words, sorted. What they seem to share is looked at again, so short
/// hashes do.
type Wording = (QuoteId, Box<[u32]>);

/// The quoted speech of documents as bags of words.
struct Wordings {
    /// For each document its quotes; none of documents that nothing ties to another.
    quotes: Vec<Vec<Wording>>,
    /// For each document those that it is tied to, sorted.
    tied: HashMap<DocumentIndex, Vec<DocumentIndex>>,
}

impl Wordings {
    fn of(
        documents: &[Document],
        analyses: &[Analysis],
        masks: &Masks,
        tied: &BTreeSet<(u32, u32)>,
    ) -> Wordings {
        let mut is_tied = vec![false; documents.len()];
        for &(a, b) in tied {
            is_tied[a as usize] = true;
            is_tied[b as usize] = true;
        }
        let of_document = |document: usize| -> Vec<Wording> {
            if !is_tied[document] {
                return Vec::new();
            }
            let mut scratch = Vec::new();
            let speech = (0..).zip(&analyses[document].quotes).filter(|(_, quote)| {
                quote.kind.is_quoted_speech() && !masks.hide(document as u32, quote.cover())
            });
            let wordings = speech.map(|(number, quote)| {
                scratch.clear();
                for &span in &quote.parts {
                    text::words_into(&documents[document].text, span, &mut scratch);
                }
                (QuoteId { document: document as u32, quote: number }, wording(&scratch))
            });
            wordings.filter(|(_, words)| words.len() >= LEAST_CUT).collect()
        };
        let quotes = (0..documents.len()).into_par_iter().map(of_document).collect();
        let mut tied_to: HashMap<DocumentIndex, Vec<DocumentIndex>> = HashMap::new();
        for &(a, b) in tied {
            tied_to.entry(a).or_default().push(b);
            tied_to.entry(b).or_default().push(a);
        }
        tied_to.values_mut().for_each(|documents| documents.sort_unstable());
        Wordings { quotes, tied: tied_to }
    }

    /// The quotes of a document.
    fn of_document(&self, document: DocumentIndex) -> &[Wording] {
        &self.quotes[document as usize]
    }

    /// Two quotes, the shorter one first.
    fn by_length(&self, a: QuoteId, b: QuoteId) -> (QuoteId, QuoteId) {
        let words = |id: QuoteId| {
            let own = self.of_document(id.document).iter().find(|(known, _)| *known == id);
            own.map_or(0, |(_, words)| words.len())
        };
        if words(b) < words(a) { (b, a) } else { (a, b) }
    }

    /// The quotes that have all words of `short` in the documents that the one of `long` is tied
    /// to.
    fn holding(&self, short: QuoteId, long: QuoteId) -> impl Iterator<Item = QuoteId> {
        let own = self.of_document(short.document).iter().find(|(known, _)| *known == short);
        let words = own.map_or(&[][..], |(_, words)| &words[..]);
        let documents = self.tied.get(&long.document).map_or(&[][..], Vec::as_slice);
        let others = documents.iter().filter(move |&&document| document != short.document);
        others
            .flat_map(|&document| self.of_document(document))
            .filter_map(move |(id, others)| holds(others, words).then_some(*id))
    }

    /// The pairs of quotes of two documents of which one is short and all its words are in the
    /// other.
    fn cuts(&self, (a, b): (u32, u32)) -> impl Iterator<Item = (QuoteId, QuoteId)> {
        self.of_document(a).iter().flat_map(move |(one, words)| {
            let others = self.of_document(b).iter().filter(move |(_, others)| {
                let (short, long) =
                    if words.len() <= others.len() { (words, others) } else { (others, words) };
                short.len() <= LONGEST_CUT && holds(long, short)
            });
            others.map(move |(other, _)| (*one, *other))
        })
    }
}

/// Whether all words of a short quote are among the sorted words of another one.
fn holds(long: &[u32], short: &[u32]) -> bool {
    short.iter().all(|word| long.binary_search(word).is_ok())
}

/// The hashes of the words of a quote, sorted.
fn wording(words: &[Word]) -> Box<[u32]> {
    let mut hashes: Box<[u32]> = words.iter().map(|word| word.hash as u32).collect();
    hashes.sort_unstable();
    hashes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_cut_meets_what_it_was_cut_from() {
        let wordings = |lines: &[&str], document: u32| -> Vec<Wording> {
            let quotes = (0..).zip(lines);
            let wording = |line: &str| wording(&text::words(line));
            quotes.map(|(quote, line)| (QuoteId { document, quote }, wording(line))).collect()
        };
        let whole =
            ["The pier is ours. Nobody asked the harbour board, and nobody ever will.", "No."];
        let cuts = ["nobody ever will", "the board asked nobody why", "ours is the harbour"];
        let quotes = vec![wordings(&whole, 0), wordings(&cuts, 1)];
        let met: Vec<(u32, u32)> = Wordings { quotes, tied: HashMap::new() }
            .cuts((0, 1))
            .map(|(a, b)| (a.quote, b.quote))
            .collect();
        // Whether the order is the same is seen when they are compared.
        assert_eq!(met, [(0, 0), (0, 2)]);
    }
}

//! Short cuts of quotes, between documents that something else ties together.
//!
//! A cut of three to six words need not share a key with what it was cut from, and proves little by
//! itself. But where two documents have passages or another quote in common, every short quote of
//! one is looked for in the quotes of the other.

use std::collections::{BTreeSet, HashMap, HashSet};

use rayon::prelude::*;

use super::boilerplate::Masks;
use super::desks::Desks;
use super::quotes::prepare_within;
use super::recent::Recent;
use crate::compare::quote_match::{self, Firmness, QuoteText};
use crate::model::{
    Analysis, Document, DocumentFrequencies, DocumentIndex, DocumentPair, DriftKind, QuoteId,
    QuoteKind, QuoteLink, Span, Variant,
};
use crate::text::{self, Word};

/// What is looked for as a cut in the quotes of a document has at least so many words…
const LEAST_CUT: usize = 3;
/// …if it is said to be speech; what is only set in marks ("what was left, “…”, to the mayor") has at
/// least so many…
const LEAST_IN_MARKS: usize = 5;
/// …and at most so many: a longer run is found by its keys.
const LONGEST_CUT: usize = 7;

/// Neighbouring cuts are of the same documents, so a task takes many of them…
const CUTS_A_TASK: usize = 256;
/// …and keeps so many of their quotes ready.
const READY_QUOTES: usize = 512;
type Ready<'a> = Recent<(QuoteId, Span), QuoteText<'a>>;

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
pub(super) fn with_cuts<'t>(
    documents: &'t [Document],
    analyses: &'t [Analysis],
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
    let cuts: Vec<(&Wording, &Wording)> = tied
        .par_iter()
        .flat_map_iter(|&documents| quotes.cuts(documents))
        .filter(|(a, b)| !met.contains(&(a.id, b.id)) && are_tied(a.id, b.id))
        .collect();
    let compared = cuts.len() as u64;
    let prepared = |ready: &mut Ready<'t>, &Wording { id, span, .. }: &Wording| {
        let slot = id.quote as usize ^ span.start as usize;
        ready.get((id, span), slot, || prepare_within(documents, analyses, frequencies, id, span))
    };
    let as_cut = |ready: &mut Ready<'t>, (a, b): (&Wording, &Wording)| {
        let (a_ready, b_ready) = (prepared(ready, a), prepared(ready, b));
        let (found, _) = quote_match::link_quotes(&a_ready, &b_ready)?;
        // Words put together from here and there are no cut.
        let is_cut = found.variant != Variant::Reworded
            && found.drift.iter().all(|drift| drift.kind != DriftKind::Joined);
        is_cut.then_some(QuoteLink { a: a.id, b: b.id, score: found.score })
    };
    let desks = Desks::new(|| Recent::new(READY_QUOTES));
    let cuts = cuts.par_chunks(CUTS_A_TASK).flat_map_iter(|cuts| {
        let as_cuts = |ready: &mut Ready<'t>| -> Vec<QuoteLink> {
            cuts.iter().filter_map(|&cut| as_cut(ready, cut)).collect()
        };
        desks.at(as_cuts)
    });
    let cuts: Vec<QuoteLink> = cuts.collect();
    // What is firm is not held by the documents around it.
    let held = links
        .into_iter()
        .filter(|(link, firmness)| *firmness == Firmness::Firm || are_tied(link.a, link.b));
    let mut links: Vec<QuoteLink> = held.map(|(link, _)| link).chain(cuts).collect();
    // A quote is linked by its whole and by a part of it; the closer link stands.
    links.sort_unstable_by(|x, y| (x.a, x.b).cmp(&(y.a, y.b)).then(y.score.total_cmp(&x.score)));
    links.dedup_by_key(|link| (link.a, link.b));
    (links, compared)
}

/// Whether the greater part of a passage is no part of a quote.
fn lies_outside(passage: Span, quote: Span) -> bool {
    2 * passage.overlap(quote) < passage.len()
}

/// A quote, or a part of one that goes on behind its tag, as a bag of words.
struct Wording {
    id: QuoteId,
    /// What of it.
    span: Span,
    /// The hashes of its words, sorted. What two quotes seem to share is looked at again, so short
    /// hashes do.
    words: Box<[u32]>,
    /// Its words are said to be somebody's, and not only set in marks.
    is_speech: bool,
}

/// The quotes of documents as bags of words.
struct Wordings {
    /// For each document its quotes; none of documents that nothing ties to another.
    quotes: Vec<Vec<Wording>>,
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
            let in_marks = (0..).zip(&analyses[document].quotes).filter(|(_, quote)| {
                (quote.kind.is_quoted_speech() || quote.kind == QuoteKind::Scare)
                    && !masks.hide(document as u32, quote.cover())
            });
            let wordings = in_marks.flat_map(|(number, quote)| {
                let mut wording = |span: Span| {
                    scratch.clear();
                    for &part in quote.parts_within(span) {
                        text::words_into(&documents[document].text, part, &mut scratch);
                    }
                    Wording {
                        id: QuoteId { document: document as u32, quote: number },
                        span,
                        words: sorted_hashes(&scratch),
                        is_speech: quote.kind.is_quoted_speech(),
                    }
                };
                let parts = if quote.parts.len() > 1 { &quote.parts[..] } else { &[] };
                // A part that is no short one is found with the whole.
                let parts = parts.iter().map(|&part| wording(part));
                let mut found: Vec<Wording> =
                    parts.filter(|part| part.words.len() <= LONGEST_CUT).collect();
                found.push(wording(quote.cover()));
                found
            });
            let is_long_enough = |found: &Wording| {
                found.words.len() >= if found.is_speech { LEAST_CUT } else { LEAST_IN_MARKS }
            };
            wordings.filter(is_long_enough).collect()
        };
        Wordings { quotes: (0..documents.len()).into_par_iter().map(of_document).collect() }
    }

    /// The quotes of a document.
    fn of_document(&self, document: DocumentIndex) -> &[Wording] {
        &self.quotes[document as usize]
    }

    /// The pairs of quotes of two documents of which one is short and all its words are in the
    /// other, which is speech.
    fn cuts(&self, (a, b): (u32, u32)) -> impl Iterator<Item = (&Wording, &Wording)> {
        self.of_document(a).iter().flat_map(move |one| {
            let others = self.of_document(b).iter().filter(move |&other| {
                let (short, long) =
                    if one.words.len() <= other.words.len() { (one, other) } else { (other, one) };
                short.words.len() <= LONGEST_CUT
                    && (one.is_speech || other.is_speech)
                    && holds(&long.words, &short.words)
            });
            others.map(move |other| (one, other))
        })
    }
}

/// Whether all words of a short quote are among the sorted words of another one.
fn holds(long: &[u32], short: &[u32]) -> bool {
    short.iter().all(|word| long.binary_search(word).is_ok())
}

/// The hashes of the words of a quote, sorted.
fn sorted_hashes(words: &[Word]) -> Box<[u32]> {
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
            let wording = |(quote, line): (u32, &&str)| Wording {
                id: QuoteId { document, quote },
                span: Span::default(),
                words: sorted_hashes(&text::words(line)),
                is_speech: true,
            };
            (0..).zip(lines).map(wording).collect()
        };
        let whole =
            ["The pier is ours. Nobody asked the harbour board, and nobody ever will.", "No."];
        let cuts = ["nobody ever will", "the board asked nobody why", "ours is the harbour"];
        let quotes = vec![wordings(&whole, 0), wordings(&cuts, 1)];
        let quotes = Wordings { quotes };
        let met: Vec<(u32, u32)> =
            quotes.cuts((0, 1)).map(|(a, b)| (a.id.quote, b.id.quote)).collect();
        // Whether the order is the same is seen when they are compared.
        assert_eq!(met, [(0, 0), (0, 2)]);
    }
}

//! Candidates to findings: the pairs of sentences and quotes of tonight are verified, the documents
//! that are related are aligned, and what is found is kept.

use std::collections::{BTreeSet, HashMap};

use super::Frozen;
use super::join::SentencePair;
use crate::Result;
use crate::index::{Index, Kept, Shelf};
use crate::model::{Problem, QuoteId};
use crate::pipeline::align;
use crate::pipeline::boilerplate::Masks;
use crate::pipeline::cuts;
use crate::pipeline::evidence::Candidate;
use crate::pipeline::fingerprints::Statements;
use crate::pipeline::progress::Progress;
use crate::pipeline::quotes;

/// Verifies the candidates, aligns what is related and keeps what is found.
pub(super) fn relate(
    index: &Index,
    frozen: &Frozen,
    night: u32,
    tonight: Vec<Kept>,
    mut sentences: Vec<SentencePair>,
    mut quotes: Vec<(u32, u32)>,
    progress: &dyn Progress,
) -> Result<Vec<Problem>> {
    let mut documents_of_quotes: HashMap<u32, u32> = HashMap::new();
    for &(a, b) in &quotes {
        for quote in [a, b] {
            if !documents_of_quotes.contains_key(&quote)
                && let Some(document) = index.document_of_quote(quote)?
            {
                documents_of_quotes.insert(quote, document);
            }
        }
    }
    let document_of = |quote: u32| documents_of_quotes.get(&quote).copied();
    quotes
        .retain(|&(a, b)| matches!((document_of(a), document_of(b)), (Some(a), Some(b)) if a != b));
    if frozen.window > 0 {
        let mut dates: HashMap<u32, (i64, i64)> = HashMap::new();
        let met = sentences.iter().flat_map(|pair| [pair.documents.0, pair.documents.1]);
        let met: BTreeSet<u32> = met.chain(documents_of_quotes.values().copied()).collect();
        for document in met {
            dates.extend(index.date(document)?.map(|date| (document, date)));
        }
        let near = |a: u32, b: u32| match (dates.get(&a), dates.get(&b)) {
            (Some(a), Some(b)) => (a.0 - b.1).max(b.0 - a.1) < frozen.window,
            _ => true,
        };
        sentences.retain(|pair| near(pair.documents.0, pair.documents.1));
        quotes.retain(|&(a, b)| match (document_of(a), document_of(b)) {
            (Some(a), Some(b)) => near(a, b),
            _ => false,
        });
    }
    // What the night brings stands in memory. Of a document that only a quote points at, which may
    // yet be none of the same, no more is read than the quotes.
    let own: BTreeSet<u32> = tonight.iter().map(|kept| kept.number).collect();
    let quoted: BTreeSet<u32> =
        quotes.iter().flat_map(|&(a, b)| [a, b]).filter_map(document_of).collect();
    let mut kept = Vec::new();
    for &document in quoted.difference(&own) {
        kept.extend(index.quoted_document(document)?);
    }
    let own_quoted = tonight.iter().filter(|kept| quoted.contains(&kept.number)).cloned();
    let shelf = Shelf::new(kept.into_iter().chain(own_quoted).collect());
    link_quotes(index, frozen, night, &shelf, &quotes, &documents_of_quotes)?;
    let related: BTreeSet<u32> =
        sentences.iter().flat_map(|pair| [pair.documents.0, pair.documents.1]).collect();
    let mut kept = index.documents(&related.difference(&own).copied().collect::<Vec<_>>())?;
    kept.extend(tonight);
    align_sentences(index, frozen, night, &Shelf::new(kept), &sentences, progress)
}

/// Verifies pairs of sentences, aligns their documents and keeps the passages.
fn align_sentences(
    index: &Index,
    frozen: &Frozen,
    night: u32,
    shelf: &Shelf,
    sentences: &[SentencePair],
    progress: &dyn Progress,
) -> Result<Vec<Problem>> {
    let place = |document: u32, sentence: u32| {
        let place = shelf.place(document)?;
        Some((place, sentence - shelf.labels[place as usize].first_sentence))
    };
    let mut candidates: Vec<Candidate> = sentences
        .iter()
        .filter_map(|pair| {
            let a = place(pair.documents.0, pair.sentences.0)?;
            let b = place(pair.documents.1, pair.sentences.1)?;
            let (a, b) = (a.min(b), a.max(b));
            Some(Candidate { documents: (a.0, b.0), ordinals: (a.1, b.1) })
        })
        .collect();
    candidates.sort_unstable();
    let masks = Masks { spans: shelf.masked.clone(), ..Masks::default() };
    let collection = Statements {
        documents: &shelf.documents,
        analyses: &shelf.analyses,
        masks: &masks,
        frequencies: &frozen.frequencies,
    };
    let aligned = align::candidates(collection, &candidates, progress);
    index.add_pairs(night, shelf, &aligned.pairs)?;
    let cuts = cuts::link_cuts(
        &shelf.documents,
        &shelf.analyses,
        &masks,
        &frozen.frequencies,
        &aligned.pairs,
    );
    index.add_quote_links(night, shelf, &cuts)?;
    Ok(aligned.problems)
}

/// Links quotes and keeps the links.
fn link_quotes(
    index: &Index,
    frozen: &Frozen,
    night: u32,
    shelf: &Shelf,
    quotes: &[(u32, u32)],
    documents: &HashMap<u32, u32>,
) -> Result<()> {
    let id = |number: u32| {
        let document = shelf.place(*documents.get(&number)?)?;
        let quote = number - shelf.labels[document as usize].first_quote;
        Some(QuoteId { document, quote })
    };
    let mut pairs: Vec<(QuoteId, QuoteId)> = quotes
        .iter()
        .filter_map(|&(a, b)| {
            let (a, b) = (id(a)?, id(b)?);
            Some((a.min(b), a.max(b)))
        })
        .collect();
    pairs.sort_unstable();
    let masks = Masks { spans: shelf.masked.clone(), ..Masks::default() };
    let links =
        quotes::link_pairs(&shelf.documents, &shelf.analyses, &masks, &frozen.frequencies, &pairs);
    index.add_quote_links(night, shelf, &links)
}

//! Candidates to findings: the pairs of sentences and quotes of tonight are verified, the documents
//! that are related are aligned, and what is found is kept.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use rayon::prelude::*;

use super::Frozen;
use super::batch::shelf_with;
use super::join::SentencePair;
use crate::Result;
use crate::compare::{Outline, Preparer, RUN_WORDS, may_match};
use crate::fingerprint::gram::Winnowing;
use crate::index::{Excerpt, Index, Kept, Shelf};
use crate::model::{Language, Problem, QuoteId, Span};
use crate::pipeline::align;
use crate::pipeline::boilerplate::Masks;
use crate::pipeline::evidence::Candidate;
use crate::pipeline::fingerprints::Statements;
use crate::pipeline::progress::Progress;
use crate::pipeline::quotes;
use crate::text;

/// Documents whose sentences are looked at in one go.
const EXCERPTS: usize = 512;

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
        let dates: HashMap<u32, (i64, i64)> =
            index.dates()?.into_iter().map(|(number, from, to)| (number, (from, to))).collect();
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
    keep_possible(index, frozen, &tonight, &mut sentences)?;
    let others: BTreeSet<u32> = sentences
        .iter()
        .flat_map(|pair| [pair.documents.0, pair.documents.1])
        .chain(quotes.iter().flat_map(|&(a, b)| [a, b]).filter_map(document_of))
        .collect();
    let shelf = shelf_with(index, tonight, &others)?;
    let problems = align_sentences(index, frozen, night, &shelf, &sentences, progress)?;
    link_quotes(index, frozen, night, &shelf, &quotes, &documents_of_quotes)?;
    Ok(problems)
}

/// Drops the pairs of sentences that cannot match, as far as the two sentences alone show it; so
/// that few documents have to be read in full.
fn keep_possible(
    index: &Index,
    frozen: &Frozen,
    tonight: &[Kept],
    sentences: &mut Vec<SentencePair>,
) -> Result<()> {
    let of_tonight: HashMap<u32, &Kept> = tonight.iter().map(|kept| (kept.number, kept)).collect();
    let mut wanted: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    for pair in sentences.iter() {
        wanted.entry(pair.documents.0).or_default().push(pair.sentences.0);
        wanted.entry(pair.documents.1).or_default().push(pair.sentences.1);
    }
    let mut wanted: Vec<(u32, Vec<u32>)> = wanted.into_iter().collect();
    for (_, sentences) in &mut wanted {
        sentences.sort_unstable();
        sentences.dedup();
    }
    let mut outlines: HashMap<u32, Sketch> = HashMap::new();
    for part in wanted.chunks(EXCERPTS) {
        let mut excerpts = Vec::with_capacity(part.len());
        for (document, sentences) in part {
            excerpts.push(match of_tonight.get(document) {
                Some(_) => None,
                None => index.excerpt(*document, sentences)?,
            });
        }
        let made: Vec<Vec<(u32, Sketch)>> = part
            .par_iter()
            .zip(&excerpts)
            .map_init(
                || Preparer::new(&frozen.frequencies),
                |preparer, ((document, sentences), excerpt)| {
                    let mut sketch =
                        |place: usize, sentence: u32| match (of_tonight.get(document), excerpt) {
                            (Some(kept), _) => {
                                let ordinal = (sentence - kept.first_sentence) as usize;
                                let span = kept.analysis.sentences[ordinal].span;
                                let language = kept.analysis.language;
                                Sketch::of(
                                    preparer,
                                    &kept.document.text,
                                    language,
                                    &kept.masked,
                                    span,
                                )
                            }
                            (None, Some(excerpt)) => {
                                let Excerpt { text, language, masked, sentences } = excerpt;
                                Sketch::of(preparer, text, *language, masked, sentences[place])
                            }
                            (None, None) => Sketch::default(),
                        };
                    let sentences = sentences.iter().enumerate();
                    sentences
                        .map(|(place, &sentence)| (sentence, sketch(place, sentence)))
                        .collect()
                },
            )
            .collect();
        outlines.extend(made.into_iter().flatten());
    }
    let possible: Vec<bool> = sentences
        .par_iter()
        .map(|pair| match (outlines.get(&pair.sentences.0), outlines.get(&pair.sentences.1)) {
            (Some(one), Some(other)) => one.may_match(other),
            _ => true,
        })
        .collect();
    let mut possible = possible.into_iter();
    sentences.retain(|_| possible.next().unwrap_or(true));
    Ok(())
}

/// A sentence in outline, with grams that tell whether two have a long run of words in common.
#[derive(Debug, Default)]
struct Sketch {
    words: Vec<u32>,
    least: f32,
    runs: Vec<u32>,
}

impl Sketch {
    fn of(
        preparer: &mut Preparer<'_>,
        text: &str,
        language: Language,
        masked: &[Span],
        sentence: Span,
    ) -> Self {
        let mut sketch = Sketch::default();
        if masked.iter().any(|mask| mask.overlap(sentence) > 0) {
            return sketch;
        }
        let mut words = Vec::new();
        text::words_into(text, sentence, &mut words);
        sketch.least = preparer.outline_into(text, &words, language, &mut sketch.words);
        if words.len() >= RUN_WORDS {
            let mut grams = Vec::new();
            Winnowing::for_run(RUN_WORDS).keys_into(&words, 0, &mut grams);
            sketch.runs.extend(grams.iter().map(|key| (key >> 32) as u32));
            sketch.runs.sort_unstable();
            sketch.runs.dedup();
        }
        sketch
    }

    fn may_match(&self, other: &Sketch) -> bool {
        let one = Outline { words: &self.words, least: self.least };
        let two = Outline { words: &other.words, least: other.least };
        may_match(one, two, || text::shared_shingles(&self.runs, &other.runs) > 0)
    }
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
    let links = quotes::link_pairs(&shelf.documents, &shelf.analyses, &frozen.frequencies, &pairs);
    index.add_quote_links(night, shelf, &links)
}

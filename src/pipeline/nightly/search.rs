//! A quote followed through the stored collection: by its words, by its id, or by the id of a
//! document.

use std::collections::BTreeSet;
use std::path::Path;

use super::outlet_groups;
use super::output;
use crate::index::{Index, Kept, SearchTerms, Shelf};
use crate::model::{Findings, Language};
use crate::pipeline::progress::Silent;
use crate::pipeline::trace::trace_analysed;
use crate::text;
use crate::{Error, Result};

/// Documents that are looked at closely, those that hold most of the rare words first.
const MOST_DOCUMENTS: usize = 96;
/// Words that are looked up: the rarest ones.
const WORDS: usize = 8;
/// So many are looked up even if they are common.
const LEAST_WORDS: usize = 3;
/// Words in more than this share of the documents are common.
const COMMON: f64 = 0.1;

/// What was asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Asked {
    /// The words of a quote.
    Words(String),
    /// A quote of the index, by its words.
    Quote(String),
    /// A document, by its id.
    Document(String),
}

/// Finds all versions of a quote, or the quotes and passages of a document that others have too.
pub fn trace_index(path: &Path, asked: &str) -> Result<(Asked, Findings)> {
    let index = Index::open(path)?;
    index.snapshot(|| {
        if let Some((number, _)) = index.document_of_id(asked)? {
            let clusters = index.clusters_of_document(number)?;
            return Ok((
                Asked::Document(asked.to_owned()),
                output::of_clusters(&index, number, &clusters)?,
            ));
        }
        let (asked, words) = match quote_of_id(&index, asked)? {
            Some(words) => (Asked::Quote(words.clone()), words),
            None => (Asked::Words(asked.to_owned()), asked.to_owned()),
        };
        Ok((asked, by_words(&index, &words)?))
    })
}

/// The words of the quote with an id (`document:q3`); `None` when there is none.
fn quote_of_id(index: &Index, id: &str) -> Result<Option<String>> {
    let Some((document, number)) = id.rsplit_once(":q") else { return Ok(None) };
    let Ok(number) = number.parse::<usize>() else { return Ok(None) };
    let Some((document, _)) = index.document_of_id(document)? else { return Ok(None) };
    let Some(kept) = index.document(document)? else { return Ok(None) };
    let quote = number.checked_sub(1).and_then(|place| kept.analysis.quotes.get(place));
    match quote {
        Some(quote) => Ok(Some(quote.text(&kept.document.text))),
        None => Err(Error::usage(
            format!("document {:?} has {} quotes", kept.document.id, kept.analysis.quotes.len()),
            "ask for one of them, counted from 1, or for the words of the quote",
        )),
    }
}

/// The documents, not among those `found`, that have quotes linked to theirs in another language: the
/// words that are asked for do not lead there.
fn with_translations(index: &Index, found: &[Kept]) -> Result<Vec<u32>> {
    let mut documents = BTreeSet::new();
    for kept in found {
        let quotes = kept.first_quote..kept.first_quote + kept.analysis.quotes.len() as u32;
        for quote in quotes {
            for (other, _) in index.linked_quotes(quote)? {
                if index.language_of_quote(other)? != Some(kept.analysis.language) {
                    documents.extend(index.document_of_quote(other)?);
                }
            }
        }
    }
    let known: BTreeSet<u32> = found.iter().map(|kept| kept.number).collect();
    Ok(documents.difference(&known).copied().collect())
}

fn by_words(index: &Index, asked: &str) -> Result<Findings> {
    let words = text::words(asked);
    let mut hashes: Vec<u64> = words.iter().map(|word| word.hash).collect();
    hashes.sort_unstable();
    hashes.dedup();
    let frequencies = index.frequencies(Some(&hashes))?;
    let documents = f64::from(frequencies.documents()) + 1.0;
    let mut rarest: Vec<(u32, usize, String)> = words
        .iter()
        .enumerate()
        .map(|(place, word)| (frequencies.count(word.hash), place, word.span.of(asked).to_owned()))
        .collect();
    rarest.sort();
    rarest.dedup_by(|next, kept| text::fold(&next.2) == text::fold(&kept.2));
    // Common words would bring nearly all sentences; they are looked up where nothing else is there.
    let rare = rarest.iter().filter(|(count, ..)| f64::from(*count) < documents * COMMON).count();
    rarest.truncate(rare.clamp(LEAST_WORDS, WORDS));
    let weigh = |count: u32| (documents / (f64::from(count) + 0.5)).ln().max(0.1);
    let terms = SearchTerms {
        words: rarest.into_iter().map(|(count, _, word)| (word, weigh(count))).collect(),
    };
    let numbers = index.search_documents(&terms, MOST_DOCUMENTS)?;
    let mut kept = index.documents(&numbers)?;
    let translations = with_translations(index, &kept)?;
    kept.extend(index.documents(&translations)?);
    let shelf = Shelf::new(kept);
    let mut wanted: BTreeSet<u64> = hashes.into_iter().collect();
    for document in &shelf.documents {
        wanted.extend(text::words(&document.text).iter().map(|word| word.hash));
    }
    let frequencies = index.frequencies(Some(&wanted.into_iter().collect::<Vec<_>>()))?;
    let outlets = outlet_groups(&index.settings()?);
    let Shelf { documents, analyses, .. } = shelf;
    let findings = Findings { documents, analyses, ..Findings::default() };
    let language: Language = text::detect_language(asked, None);
    Ok(trace_analysed(asked, language, findings, &frequencies, &outlets, &Silent))
}

//! One quote, followed through the documents: every version of it in quotations, translations among
//! them, and in running text, oldest first, with its speakers and its origin.

use std::collections::HashSet;

use rayon::prelude::*;

use super::analyse::analyse_all;
use super::frequencies;
use super::progress::{Progress, Stage};
use super::quotes::ReadyVersions;
use super::translations;
use crate::compare::quote_match::{
    QuoteText, prepare_passage, prepare_quote, prepare_string, search_quote,
};
use crate::model::{
    Analysis, Document, DocumentFrequencies, DocumentIndex, Findings, Language, MemberItem,
    Problem, QuoteId, SentenceKind, Span,
};
use crate::provenance::{
    Collection, Differences, Group, OutletGroups, ReadDocuments, Version, cluster,
};
use crate::text;

/// A document is looked at closely when it holds at least this share of the quote's words.
const LEAST_SHARE: f64 = 0.25;

/// Finds all versions of `quote` in the documents, which are sorted by id. The findings hold one
/// cluster, or none when the quote is nowhere.
pub fn trace(
    quote: &str,
    documents: Vec<Document>,
    problems: Vec<Problem>,
    outlets: &OutletGroups,
    progress: &dyn Progress,
) -> Findings {
    let (analyses, failed) = analyse_all(&documents, progress);
    let mut findings = Findings { documents, analyses, problems, ..Findings::default() };
    findings.problems.extend(failed);
    findings.problems.sort();
    let frequencies = frequencies::count(&findings.documents);
    let language = text::detect_language(quote, None);
    trace_analysed(quote, language, findings, &frequencies, outlets, progress)
}

/// Finds all versions of `quote` in documents whose sentences and quotes are known: the findings
/// hold those.
pub(crate) fn trace_analysed(
    quote: &str,
    language: Language,
    mut findings: Findings,
    frequencies: &DocumentFrequencies,
    outlets: &OutletGroups,
    progress: &dyn Progress,
) -> Findings {
    progress.begin(Stage::Provenance, None);
    let asked = prepare_string(quote, language, frequencies);
    let words: HashSet<u64> = asked.word_hashes().collect();
    let collection = Collection {
        documents: &findings.documents,
        analyses: &findings.analyses,
        frequencies,
        outlets,
    };
    let mut versions: Vec<Version> = (0..findings.documents.len() as DocumentIndex)
        .into_par_iter()
        .flat_map_iter(|document| versions_in(collection, document, &asked, &words))
        .collect();
    // The fullest form is what most can be compared with: a quotation before running text, then
    // the longest, then the first in order.
    let fullest = (0..versions.len()).max_by_key(|&number| {
        let version = &versions[number];
        let quoted = matches!(version.item, MemberItem::Quote(_));
        (quoted, version.words.len(), std::cmp::Reverse(number))
    });
    let translations = translations::of_versions(collection, &versions);
    versions.extend(translations.into_iter().map(|id| Version::of_quote(collection, id)));
    let cluster = fullest.map(|fullest| {
        let ready = ReadyVersions::new(collection);
        let describe = |a: &Version, b: &Version| ready.describe(a, b);
        let group = Group { versions, fullest };
        let read = ReadDocuments::default();
        cluster(collection, &group, Differences::OfQuotes(&describe), &read)
    });
    findings.clusters.extend(cluster);
    progress.end(findings.clusters.len() as u64);
    findings
}

/// The versions of the quote in one document: the quotations that carry it, and the running text
/// that does outside of those.
fn versions_in(
    collection: Collection<'_>,
    index: DocumentIndex,
    asked: &QuoteText<'_>,
    asked_words: &HashSet<u64>,
) -> Vec<Version> {
    let document = &collection.documents[index as usize];
    let analysis = &collection.analyses[index as usize];
    if !holds_share(&document.text, asked_words) {
        return Vec::new();
    }
    let mut versions = Vec::new();
    let mut taken: Vec<Span> = Vec::new();
    for (number, quote) in analysis.quotes.iter().enumerate() {
        if !quote.kind.is_quoted_speech() {
            continue;
        }
        let prepared = prepare_quote(document, analysis.language, quote, collection.frequencies);
        if search_quote(asked, &prepared).is_some() {
            let id = QuoteId { document: index, quote: number as u32 };
            versions.push(Version::of_quote(collection, id));
            taken.extend(&quote.parts);
        }
    }
    for paragraph in paragraphs(analysis) {
        let prepared =
            prepare_passage(document, analysis.language, paragraph, collection.frequencies);
        let Some(span) = search_quote(asked, &prepared)
            .and_then(|found| prepared.span_of(found.words.start, found.words.end))
        else {
            continue;
        };
        if taken.iter().all(|part| part.overlap(span) == 0) {
            versions.push(Version::of_span(collection, index, MemberItem::Text, span));
        }
    }
    versions
}

/// Whether a text holds enough of the words asked for to be worth a closer look.
fn holds_share(text: &str, asked: &HashSet<u64>) -> bool {
    let words: HashSet<u64> = text::words(text).iter().map(|word| word.hash).collect();
    let held = asked.iter().filter(|word| words.contains(word)).count();
    held > 0 && held as f64 >= LEAST_SHARE * asked.len() as f64
}

/// The paragraphs of a document that are not page furniture.
fn paragraphs(analysis: &Analysis) -> Vec<Span> {
    analysis
        .sentences
        .chunk_by(|left, right| left.paragraph == right.paragraph)
        .filter_map(|sentences| {
            sentences
                .iter()
                .filter(|sentence| sentence.kind != SentenceKind::Furniture)
                .map(|sentence| sentence.span)
                .reduce(Span::cover)
        })
        .collect()
}

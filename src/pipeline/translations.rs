//! Quotes that are translations of one another: candidate pairs by common meanings, verified one by
//! one.

use std::collections::{BTreeSet, HashSet};

use rayon::prelude::*;

use super::align::within;
use super::candidates::candidates;
use super::quotes::{READY_QUOTES, prepare};
use super::recent::Recent;
use super::scan::ScanOptions;
use crate::compare::quote_match::{self, QuoteText, TranslationKeys};
use crate::join::{PairRule, UnitKeys};
use crate::model::{
    Analysis, Document, DocumentFrequencies, DocumentIndex, Language, MemberItem, QuoteId,
    QuoteLink,
};
use crate::provenance::{Collection, Version};

/// Quotes whose keys are made by one task.
const BATCH: usize = 1024;

/// Links the quotes in different languages that are translations of one utterance, sorted; also gives
/// the number of candidate pairs that were compared. A collection in one language costs nothing.
pub(super) fn link(
    documents: &[Document],
    analyses: &[Analysis],
    frequencies: &DocumentFrequencies,
    ids: &[QuoteId],
    options: &ScanOptions,
    pivots: usize,
) -> (Vec<QuoteLink>, u64) {
    let language = |id: &QuoteId| analyses[id.document as usize].language;
    let ids: Vec<QuoteId> =
        ids.iter().copied().filter(|id| quote_match::has_meanings(language(id))).collect();
    // What two units have in common here, so that they are not paired, is the language.
    let languages: Vec<u32> = ids.iter().map(|id| language(id) as u32).collect();
    if languages.iter().all(|language| languages.first() == Some(language)) {
        return (Vec::new(), 0);
    }
    let ids = ids.as_slice();
    let keys = keys(documents, analyses, frequencies, ids);
    let sets = options.second_set.as_deref();
    let second: Option<Vec<bool>> =
        sets.map(|sets| ids.iter().map(|id| sets[id.document as usize]).collect());
    let rule = PairRule { pivots, documents: Some(&languages), second_set: second.as_deref() };
    let joined = candidates(
        &keys,
        rule,
        || Recent::new(READY_QUOTES),
        |ready: &mut Recent<u32, QuoteText<'_>>, a, b| {
            let date =
                |unit: u32| documents[ids[unit as usize].document as usize].published_at.as_ref();
            if options.window.is_some_and(|window| !within(window, date(a), date(b))) {
                return None;
            }
            let mut prepared = |number: u32| {
                ready.get(number, number as usize, || {
                    prepare(documents, analyses, frequencies, ids[number as usize])
                })
            };
            let found = quote_match::match_quotes(&prepared(a), &prepared(b))?;
            Some(QuoteLink { a: ids[a as usize], b: ids[b as usize], score: found.score })
        },
    );
    let mut links = joined.found;
    links.sort_unstable_by_key(|link| (link.a, link.b));
    (links, joined.candidates)
}

/// The quotes that are translations of one of the `versions`, in order of place. They are looked for
/// in the languages that no version is in.
pub(super) fn of_versions(collection: Collection<'_>, versions: &[Version]) -> Vec<QuoteId> {
    let Collection { documents, analyses, frequencies, .. } = collection;
    let language = |document: DocumentIndex| analyses[document as usize].language;
    let prepared = |id: QuoteId| prepare(documents, analyses, frequencies, id);
    let quoted: Vec<QuoteText<'_>> = versions
        .iter()
        .filter_map(|version| match version.item {
            MemberItem::Quote(quote) => {
                Some(prepared(QuoteId { document: version.document, quote }))
            }
            MemberItem::Passage | MemberItem::Text => None,
        })
        .collect();
    let languages: BTreeSet<Language> =
        versions.iter().map(|version| language(version.document)).collect();
    let mut maker = TranslationKeys::default();
    let mut wanted: HashSet<u64> = HashSet::new();
    let mut keys = Vec::new();
    for quote in &quoted {
        maker.keys_into(quote, &mut keys);
        wanted.extend(&keys);
    }
    let is_elsewhere = |document: &DocumentIndex| {
        quote_match::has_meanings(language(*document)) && !languages.contains(&language(*document))
    };
    let others: Vec<DocumentIndex> =
        (0..documents.len() as DocumentIndex).filter(is_elsewhere).collect();
    let of_document = |maker: &mut (TranslationKeys, Vec<u64>), document: DocumentIndex| {
        let quotes = (0..).zip(&analyses[document as usize].quotes);
        let speech = quotes.filter(|(_, quote)| quote.kind.is_quoted_speech());
        let found = speech.filter_map(|(number, _)| {
            let id = QuoteId { document, quote: number };
            let quote = prepared(id);
            let (maker, keys) = &mut *maker;
            maker.keys_into(&quote, keys);
            let is_linked = |one| quote_match::match_quotes(one, &quote).is_some();
            let meets = keys.iter().any(|key| wanted.contains(key));
            (meets && quoted.iter().any(is_linked)).then_some(id)
        });
        found.collect::<Vec<_>>()
    };
    let makers = || (TranslationKeys::default(), Vec::new());
    let found = others.into_par_iter().map_init(makers, of_document);
    found.collect::<Vec<_>>().concat()
}

fn keys(
    documents: &[Document],
    analyses: &[Analysis],
    frequencies: &DocumentFrequencies,
    ids: &[QuoteId],
) -> UnitKeys {
    let of_batch = |batch: &[QuoteId]| {
        let (mut maker, mut keys) = (TranslationKeys::default(), Vec::new());
        let mut part = UnitKeys::default();
        for &id in batch {
            maker.keys_into(&prepare(documents, analyses, frequencies, id), &mut keys);
            part.push(&keys);
        }
        part
    };
    let parts: Vec<UnitKeys> = ids.par_chunks(BATCH).map(of_batch).collect();
    let mut keys = UnitKeys::default();
    parts.iter().for_each(|part| keys.append(part));
    keys
}

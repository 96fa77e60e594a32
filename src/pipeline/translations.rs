//! Quotes that are translations of one another: candidate pairs by common meanings, verified one by
//! one.

use std::collections::{BTreeSet, HashSet};

use rayon::prelude::*;

use super::quotes::{Speech, prepare};
use crate::Result;
use crate::compare::quote_match::{self, QuoteText, TranslationKeys};
use crate::join::UnitKeys;
use crate::model::{DocumentIndex, Language, MemberItem, QuoteId, QuoteLink};
use crate::provenance::{Collection, Version};

/// Quotes whose keys are made by one task.
const BATCH: usize = 1024;

/// Links the quotes in different languages that are translations of one utterance; also gives the
/// number of candidate pairs that were compared. A collection in one language costs nothing. Fails
/// only when temporary files are needed and cannot be kept.
pub(super) fn link(speech: Speech<'_>) -> Result<(Vec<QuoteLink>, u64)> {
    let language = |id: &QuoteId| speech.analyses[id.document as usize].language;
    let has_meanings = |id: &QuoteId| quote_match::has_meanings(language(id));
    let ids: Vec<QuoteId> = speech.ids.iter().copied().filter(has_meanings).collect();
    let languages: Vec<u32> = ids.iter().map(|id| language(id) as u32).collect();
    if languages.iter().all(|language| languages.first() == Some(language)) {
        return Ok((Vec::new(), 0));
    }
    let speech = Speech { ids: &ids, ..speech };
    speech.join(
        &keys(speech),
        &languages,
        |_, others, out| others.clone_into(out),
        |left, right, a, b| {
            let found = quote_match::match_quotes(left, right)?;
            Some(QuoteLink { a, b, score: found.score })
        },
    )
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

fn keys(speech: Speech<'_>) -> UnitKeys {
    let Speech { documents, analyses, frequencies, ids, .. } = speech;
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

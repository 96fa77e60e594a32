//! A batch of new documents: into the index, and compared with themselves and all that are kept.

use std::collections::{BTreeSet, HashMap};

use super::Frozen;
use super::join::Join;
use super::keys::{Postings, Speech, Statement, words_key};
use super::{relate, weigh};
use crate::Result;
use crate::index::{Index, Kept, NewDocument, Posting, Space};
use crate::model::{Analysis, Document, DocumentFrequencies, Problem};
use crate::pipeline::boilerplate::{self, Masks};
use crate::pipeline::progress::Progress;
use crate::pipeline::units::{Place, sentence_hashes, unit_hash, words_hash};
use crate::text;

/// Adds documents with their analyses, sorted by id, and all that they share with others; gives
/// back what could not be compared. To be called within a transaction.
pub(super) fn add(
    index: &Index,
    frozen: &Frozen,
    night: u32,
    documents: Vec<Document>,
    analyses: Vec<Analysis>,
    progress: &dyn Progress,
) -> Result<Vec<Problem>> {
    let masks = boilerplate::mask(&documents, &frozen.runs, &frozen.templates);
    let hashes = compared_sentences(&documents, &analyses, &masks);
    let known = known_units(index, &hashes)?;
    let (units, distinct) = assign_units(index, &analyses, &hashes, &known)?;
    let own: BTreeSet<u32> = distinct.iter().map(|&(unit, ..)| unit).collect();
    let new_units: BTreeSet<u32> =
        own.difference(&known.values().copied().collect()).copied().collect();

    let mut tonight = Vec::with_capacity(documents.len());
    for (((document, analysis), masked), units) in
        documents.into_iter().zip(analyses).zip(&masks.spans).zip(units)
    {
        let place = tonight.len() as u32;
        let compared_quotes = compared_quotes(&masks, place, &analysis);
        let masked = masked.clone();
        let new = NewDocument { document, analysis, masked, units, compared_quotes };
        tonight.push(index.add_document(night, None, new)?);
    }
    let postings = postings(&tonight, &distinct, &frozen.frequencies);
    let numbers: BTreeSet<u32> = tonight.iter().map(|kept| kept.number).collect();
    let mut join = Join::new(index, &numbers, frozen.pivots);
    let own: Vec<u32> = own.into_iter().collect();
    let mut units = join.units(&postings)?;
    weigh::keep_possible(index, frozen, &tonight, &mut join, &mut units)?;
    let sentences = join.sentences(&units, &own)?;
    let quotes = join.quotes(&postings)?;
    postings.keep(index, |space, unit| space.is_of_quotes() || new_units.contains(&unit))?;
    relate::relate(index, frozen, night, tonight, sentences, quotes, progress)
}

/// The statements that are compared, with the hashes that tell their units apart, in order of place.
pub(super) fn compared_sentences(
    documents: &[Document],
    analyses: &[Analysis],
    masks: &Masks,
) -> Vec<(u64, Place)> {
    let mut hashes = sentence_hashes(documents, analyses);
    hashes.retain_mut(|(hash, place)| {
        let analysis = &analyses[place.document as usize];
        *hash = unit_hash(*hash, analysis.language, false);
        !masks.hide(place.document, analysis.sentences[place.ordinal as usize].span)
    });
    hashes
}

/// For each quote of a document whether it is compared with others.
pub(super) fn compared_quotes(masks: &Masks, document: u32, analysis: &Analysis) -> Vec<bool> {
    let quotes = analysis.quotes.iter();
    quotes
        .map(|quote| quote.kind.is_quoted_speech() && !masks.hide(document, quote.cover()))
        .collect()
}

/// The postings of documents: of their different units, each at its first place, and of the quotes
/// that are compared.
pub(super) fn postings(
    kept: &[Kept],
    distinct: &[(u32, u64, Place)],
    frequencies: &DocumentFrequencies,
) -> Postings {
    let statements: Vec<Statement<'_>> = distinct
        .iter()
        .map(|&(unit, hash, place)| {
            let kept = &kept[place.document as usize];
            let span = kept.analysis.sentences[place.ordinal as usize].span;
            Statement { document: &kept.document, span, hash, unit }
        })
        .collect();
    Postings::of(&statements, &speeches(kept), frequencies)
}

/// The quotes of documents that are compared.
pub(super) fn speeches(kept: &[Kept]) -> Vec<Speech<'_>> {
    kept.iter()
        .flat_map(|kept| {
            let quotes = kept.analysis.quotes.iter().zip(&kept.compared_quotes);
            quotes.zip(kept.first_quote..).filter(|((_, compared), _)| **compared).map(
                |((quote, _), number)| Speech {
                    document: &kept.document,
                    language: kept.analysis.language,
                    quote,
                    number,
                },
            )
        })
        .collect()
}

/// The kept units whose words are those of tonight's statements, by the hash of the words.
fn known_units(index: &Index, hashes: &[(u64, Place)]) -> Result<HashMap<u64, u32>> {
    let mut wanted: Vec<(u32, u64)> =
        hashes.iter().map(|&(hash, _)| (words_key(hash), hash)).collect();
    wanted.sort_unstable();
    wanted.dedup();
    let mut keys: Vec<u32> = wanted.iter().map(|&(key, _)| key).collect();
    keys.dedup();
    let mut known = HashMap::new();
    for posting in index.find_postings(Space::Words, &keys)? {
        // The key is half of the hash; the words themselves tell the rest.
        if let Some(hash) = hash_of_unit(index, posting)? {
            let first = wanted.partition_point(|&entry| entry < (posting.key(), hash));
            if wanted.get(first) == Some(&(posting.key(), hash)) {
                known.entry(hash).or_insert(posting.unit());
            }
        }
    }
    Ok(known)
}

/// The hash of the words of a kept unit; `None` when all its documents are gone.
fn hash_of_unit(index: &Index, posting: Posting) -> Result<Option<u64>> {
    let mut place = None;
    for sentence in std::iter::once(posting.unit()).chain(index.repeats_of_unit(posting.unit())?) {
        place = index.document_of_sentence(sentence)?.map(|range| (range.document, sentence));
        if place.is_some() {
            break;
        }
    }
    let Some((document, sentence)) = place else { return Ok(None) };
    let excerpt = index.excerpt(document, &[sentence])?;
    Ok(excerpt.map(|excerpt| {
        let mut words = Vec::new();
        text::words_into(&excerpt.text, excerpt.sentences[0], &mut words);
        unit_hash(words_hash(&words), excerpt.language, false)
    }))
}

/// For each document the units of its sentences, and the different units with the hash of their
/// words and their first place among these documents.
type Units = (Vec<Vec<Option<u32>>>, Vec<(u32, u64, Place)>);

/// Gives every statement the number of its unit: that of a kept one with the same words, else that
/// of the first sentence with these words.
pub(super) fn assign_units(
    index: &Index,
    analyses: &[Analysis],
    hashes: &[(u64, Place)],
    known: &HashMap<u64, u32>,
) -> Result<Units> {
    let (_, mut next_sentence, _) = index.next_numbers()?;
    let mut first_sentences = Vec::with_capacity(analyses.len());
    for analysis in analyses {
        first_sentences.push(next_sentence);
        next_sentence += analysis.sentences.len() as u32;
    }
    let mut units: Vec<Vec<Option<u32>>> =
        analyses.iter().map(|analysis| vec![None; analysis.sentences.len()]).collect();
    let mut distinct = Vec::new();
    let mut numbers: HashMap<u64, u32> = HashMap::new();
    for &(hash, place) in hashes {
        let unit = *numbers.entry(hash).or_insert_with(|| {
            let own = first_sentences[place.document as usize] + place.ordinal;
            let unit = known.get(&hash).copied().unwrap_or(own);
            distinct.push((unit, hash, place));
            unit
        });
        units[place.document as usize][place.ordinal as usize] = Some(unit);
    }
    Ok((units, distinct))
}

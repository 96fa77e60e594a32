//! The units of a collection that are compared: every statement once, however often it is printed.
//!
//! Exact repeats are collapsed before the join: a sentence that five hundred articles carry word
//! for word is one unit with five hundred places, not 125,000 pairs.

use rayon::prelude::*;
use xxhash_rust::xxh3::xxh3_64;

use crate::model::{Analysis, Document, DocumentIndex, Language};
use crate::text::{self, Word};

/// Shorter statements ("He agreed.") say nothing by themselves and are found as neighbours of
/// longer ones when two documents are aligned.
const LEAST_WORDS: usize = 4;

/// Where a unit stands. 8 bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Place {
    /// The document.
    pub(crate) document: DocumentIndex,
    /// Its number among the document's sentences, or among its quotes.
    pub(crate) ordinal: u32,
}

/// The distinct units of a collection, numbered by their first place; so the numbers depend on the
/// documents only.
#[derive(Debug, Default)]
pub(crate) struct Units {
    /// All places, unit after unit; within a unit ascending.
    places: Vec<Place>,
    /// Where each unit's places end.
    ends: Vec<u32>,
}

impl Units {
    /// Groups entries of (hash of the unit's words, place) into units.
    fn group(mut entries: Vec<(u64, Place)>) -> Self {
        entries.par_sort_unstable();
        let mut groups: Vec<&[(u64, Place)]> =
            entries.chunk_by(|left, right| left.0 == right.0).collect();
        groups.par_sort_unstable_by_key(|group| group[0].1);
        let mut units = Units::default();
        for group in groups {
            units.places.extend(group.iter().map(|&(_, place)| place));
            units.ends.push(units.places.len() as u32);
        }
        units
    }

    /// Groups statements. Statements of different languages or `sets` are never one unit: what a
    /// unit is worth hangs on its language, and it belongs to one set.
    pub(crate) fn of_statements(
        mut hashes: Vec<(u64, Place)>,
        analyses: &[Analysis],
        sets: Option<&[bool]>,
    ) -> Self {
        for (hash, place) in &mut hashes {
            let document = place.document as usize;
            let set = sets.is_some_and(|sets| sets[document]);
            *hash = unit_hash(*hash, analyses[document].language, set);
        }
        Units::group(hashes)
    }

    /// The number of distinct units.
    pub(crate) fn len(&self) -> usize {
        self.ends.len()
    }

    /// The number of places of all units.
    pub(crate) fn places(&self) -> usize {
        self.places.len()
    }

    /// The places of a unit, ascending; never empty.
    pub(crate) fn of(&self, unit: u32) -> &[Place] {
        let unit = unit as usize;
        let start = if unit == 0 { 0 } else { self.ends[unit - 1] as usize };
        &self.places[start..self.ends[unit] as usize]
    }

    /// The first place of a unit.
    pub(crate) fn first(&self, unit: u32) -> Place {
        self.of(unit)[0]
    }
}

/// Tells units apart by their words' hash, their language and the set they belong to.
pub(crate) fn unit_hash(words: u64, language: Language, second_set: bool) -> u64 {
    let kind = (language as u64) << 1 | u64::from(second_set);
    words ^ kind.wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

/// The hash of a run of words: equal for texts that differ in case, marks and space only.
pub(crate) fn words_hash(words: &[Word]) -> u64 {
    let mut bytes = Vec::with_capacity(words.len() * 8);
    for word in words {
        bytes.extend_from_slice(&word.hash.to_le_bytes());
    }
    xxh3_64(&bytes)
}

/// The hash of every statement of all documents that is long enough, in order of place.
pub(crate) fn sentence_hashes(documents: &[Document], analyses: &[Analysis]) -> Vec<(u64, Place)> {
    hashes(documents, |index, words, out| {
        for (ordinal, sentence) in analyses[index].sentences.iter().enumerate() {
            if sentence.kind.is_statement() {
                words.clear();
                text::words_into(&documents[index].text, sentence.span, words);
                if words.len() >= LEAST_WORDS {
                    out.push((ordinal as u32, words_hash(words)));
                }
            }
        }
    })
}

/// Calls `of_document(document, scratch, out)` for all documents in parallel and gathers what it
/// puts out in order of the documents.
fn hashes(
    documents: &[Document],
    of_document: impl Fn(usize, &mut Vec<Word>, &mut Vec<(u32, u64)>) + Sync,
) -> Vec<(u64, Place)> {
    (0..documents.len())
        .into_par_iter()
        .fold(
            || (Vec::new(), Vec::new(), Vec::new()),
            |(mut words, mut out, mut entries), index| {
                out.clear();
                of_document(index, &mut words, &mut out);
                entries.extend(out.iter().map(|&(ordinal, hash)| {
                    (hash, Place { document: index as DocumentIndex, ordinal })
                }));
                (words, out, entries)
            },
        )
        .map(|(_, _, entries)| entries)
        .reduce(Vec::new, |mut left, right| {
            left.extend(right);
            left
        })
}

//! Is the index what its texts say? Every unit is found again, every key made again.

use std::collections::HashSet;
use std::path::Path;

use rayon::prelude::*;
use xxhash_rust::xxh3::xxh3_64;

use super::batch::speeches;
use super::keys::{Postings, Statement};
use crate::index::{Damage, Index, Kept, Posting, Space, Waiting, changed_pages};
use crate::pipeline::analyse::analyse;
use crate::pipeline::units::{unit_hash, words_hash};
use crate::text;
use crate::{Error, Result};

/// Documents that are proven in one go.
const PART: usize = 1024;

/// What a check found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Checked {
    /// What is not as it was written; empty when the index is whole.
    pub damages: Vec<Damage>,
    /// What could not be checked, and why.
    pub remarks: Vec<String>,
    /// Documents whose units and keys were proven.
    pub documents: u64,
    /// Postings that were proven.
    pub postings: u64,
}

/// Checks pages, structure and references, and unless that is to be `quick`, proves every unit and
/// every posting against the texts.
pub fn check(path: &Path, quick: bool, waiting: Waiting) -> Result<Checked> {
    let index = match Index::open_to_write(path, waiting) {
        Ok(index) => index,
        Err(error @ Error::Held { .. }) => return Err(error),
        Err(error) => return unopened(path, error),
    };
    let (damages, remarks) = index.find_damage()?;
    let mut checked = Checked { damages, remarks, ..Checked::default() };
    if checked.damages.is_empty() && !quick {
        prove(&index, &mut checked)?;
    }
    checked.damages.sort();
    Ok(checked)
}

/// What the page checksums say of a file that cannot be opened.
fn unopened(path: &Path, error: Error) -> Result<Checked> {
    let Ok((pages, remarks)) = changed_pages(path) else { return Err(error) };
    if pages.is_empty() || pages == [0] {
        return Err(error);
    }
    let damages = pages
        .into_iter()
        .map(|page| Damage::new(format!("page {page}"), "is not what was written"))
        .chain([Damage::new("file", error.to_string())])
        .collect();
    Ok(Checked { damages, remarks, ..Checked::default() })
}

/// A number of postings and a sum that does not depend on their order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Sum {
    postings: u64,
    hashes: u64,
}

impl Sum {
    fn add(&mut self, posting: Posting) {
        let bytes = [posting.key().to_le_bytes(), posting.unit().to_le_bytes()].concat();
        self.postings += 1;
        self.hashes = self.hashes.wrapping_add(xxh3_64(&bytes));
    }
}

fn prove(index: &Index, checked: &mut Checked) -> Result<()> {
    let frequencies = index.frequencies(None)?;
    let mut expected = [Sum::default(); Space::ALL.len()];
    let (mut live, mut speech) = (HashSet::new(), HashSet::new());
    for numbers in index.all_documents()?.chunks(PART) {
        let kept = index.documents(numbers)?;
        let damages: Vec<Option<Damage>> = kept.par_iter().map(prove_document).collect();
        checked.damages.extend(damages.into_iter().flatten());
        checked.documents += kept.len() as u64;
        let statements: Vec<Statement<'_>> = kept
            .iter()
            .flat_map(statements_of)
            .filter(|statement| live.insert(statement.unit))
            .collect();
        speech.extend(speeches(&kept).iter().map(|speech| speech.number));
        let postings = Postings::of(&statements, &speeches(&kept), &frequencies);
        for space in Space::ALL {
            let sum = &mut expected[space as usize];
            postings.space(space).iter().for_each(|&posting| sum.add(posting));
        }
    }
    for space in Space::ALL {
        let kept = if space.is_of_quotes() { &speech } else { &live };
        let mut stored = Sum::default();
        index.each_posting(space, |posting| {
            // What was removed leaves postings behind until the index is compacted.
            if kept.contains(&posting.unit()) {
                stored.add(posting);
            }
        })?;
        checked.postings += stored.postings;
        if stored != expected[space as usize] {
            checked.damages.push(Damage::new(
                format!("postings of {}", space.name()),
                format!(
                    "{} postings do not follow from the texts, which give {}",
                    stored.postings, expected[space as usize].postings
                ),
            ));
        }
    }
    Ok(())
}

fn statements_of(kept: &Kept) -> impl Iterator<Item = Statement<'_>> {
    let sentences = kept.analysis.sentences.iter().zip(&kept.units);
    sentences.filter_map(|(sentence, unit)| {
        let mut words = Vec::new();
        text::words_into(&kept.document.text, sentence.span, &mut words);
        let hash = unit_hash(words_hash(&words), kept.analysis.language, false);
        Some(Statement { document: &kept.document, span: sentence.span, hash, unit: (*unit)? })
    })
}

/// Finds the units of a document again.
fn prove_document(kept: &Kept) -> Option<Damage> {
    let place = || format!("document {} ({})", kept.number, kept.document.id);
    if xxh3_64(kept.document.text.as_bytes()) != kept.document.digest {
        return Some(Damage::new(place(), "its text is not the one that was read"));
    }
    if analyse(&kept.document) != kept.analysis {
        return Some(Damage::new(place(), "its sentences and quotes do not follow from its text"));
    }
    None
}

//! `cento duplicates`: near-duplicates only, of sentences or of whole documents.
//!
//! Records stream through in blocks; every thread parses, tokenises and fingerprints blocks of its
//! own. Kept of a unit are its id, its set of word 3-shingles (4 bytes a shingle) and one 4-byte key
//! a band; the text is not. Exact repeats are collapsed, the bands joined, every candidate verified
//! by the exact Jaccard similarity of the sets, repeats expanded again.
//!
//! Groups are never expanded to all their pairs without bound: see [`repeats`]; and clusters are
//! closed by an anchor: see [`anchors`].

mod anchors;
mod batch;
mod pairs;
mod repeats;
mod table;
#[cfg(test)]
mod tests;

use std::io::{self, Write};

use rayon::prelude::*;

use super::candidates::candidates;
use super::progress::{Progress, Stage};
use super::read_all::map_blocks;
use crate::config::Config;
use crate::error::{Error, Result};
use crate::fingerprint::KeyParameters;
use crate::join::{Capped, PairRule};
use crate::model::Problem;
use crate::read::{self, Input};
use anchors::Anchored;
use batch::{Batcher, Units};
use pairs::DuplicatePair;
use repeats::Repeats;
use table::UnitTable;

/// What is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DuplicateUnit {
    /// Sentences. Where records hold one sentence each (as far as the first ones tell), a
    /// record is a unit as it stands and keeps its id; else the sentences of record `id` are
    /// called `id#0`, `id#1` …, and a record of a single sentence keeps its id.
    Sentence,
    /// The whole text of a record.
    Document,
}

/// What near-duplicates are.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DuplicateOptions {
    /// What is compared.
    pub unit: DuplicateUnit,
    /// The least Jaccard similarity of the sets of word 3-shingles, above 0 and at most 1.
    pub similarity: f64,
}

/// What was read and found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DuplicateCounts {
    /// Records with a text.
    pub records: u64,
    /// Records that repeat the id and the text of another; each counts once as a unit.
    pub merged_repeats: u64,
    /// Units that were compared.
    pub units: u64,
    /// Units without a word, which cannot be compared.
    pub wordless: u64,
    /// Units with different words.
    pub distinct: u64,
    /// Pairs of distinct units with a band in common.
    pub candidates: u64,
    /// Pairs of similar units.
    pub pairs: u64,
    /// Clusters of two or more units.
    pub clusters: u64,
    /// What the rule for common keys left out.
    pub capped: Capped,
}

/// All near-duplicates of a set of inputs.
pub struct Duplicates {
    counts: DuplicateCounts,
    table: UnitTable,
    repeats: Repeats,
    pairs: Vec<DuplicatePair>,
    anchored: Anchored,
}

impl Duplicates {
    /// What was read and found.
    pub fn counts(&self) -> &DuplicateCounts {
        &self.counts
    }

    /// What was wrong with the input, sorted.
    pub fn problems(&self) -> &[Problem] {
        self.table.problems()
    }

    /// Writes `{a, b, jaccard}`, a line a pair, in the order of the units' ids.
    pub fn write_pairs(&self, out: &mut dyn Write) -> io::Result<()> {
        pairs::write(&self.pairs, &self.table, out)
    }

    /// Writes `{anchor, size, members}`, a line a cluster, in the order of the anchors' ids.
    pub fn write_clusters(&self, out: &mut dyn Write) -> io::Result<()> {
        self.anchored.write(&self.repeats, &self.table, out)
    }
}

/// Finds near-duplicates. `now` (Unix seconds) is for telling dates in the future.
pub fn duplicates(
    inputs: &[Input],
    config: &Config,
    options: DuplicateOptions,
    now: i64,
    progress: &dyn Progress,
) -> Result<Duplicates> {
    if !(options.similarity > 0.0 && options.similarity <= 1.0) {
        return Err(Error::usage(
            format!("a similarity of {} is not possible", options.similarity),
            "give a number above 0 and at most 1",
        ));
    }
    let parameters = KeyParameters::for_similarity(options.similarity);
    let pivots = config.join.pivots as usize;
    let mut table = read_units(inputs, config, options.unit, now, &parameters, progress)?;

    progress.begin(Stage::Join, Some(table.units() as u64));
    let distinct = table.distinct(&parameters);
    let rule = PairRule { pivots, documents: None, second_set: None };
    let joined = candidates(distinct.bands(), rule, |a, b| distinct.link(a, b, options.similarity));
    let mut links = joined.found;
    links.par_sort_unstable();
    let repeats = distinct.into_repeats();
    let pairs = pairs::expand(&links, &repeats, pivots);
    let anchored = Anchored::new(&links, &repeats);
    progress.end(pairs.len() as u64);

    let counts = DuplicateCounts {
        records: table.records(),
        merged_repeats: table.merged_repeats(),
        units: table.units() as u64,
        wordless: table.wordless(),
        distinct: repeats.groups() as u64,
        candidates: joined.candidates,
        pairs: pairs.len() as u64,
        clusters: anchored.clusters() as u64,
        capped: joined.capped,
    };
    Ok(Duplicates { counts, table, repeats, pairs, anchored })
}

/// Reads all inputs to units, in parallel.
fn read_units(
    inputs: &[Input],
    config: &Config,
    unit: DuplicateUnit,
    now: i64,
    parameters: &KeyParameters,
    progress: &dyn Progress,
) -> Result<UnitTable> {
    let mut records = read::records(inputs, &config.read, now)?;
    progress.begin(Stage::Read, None);
    let first = records.next_block();
    let units = match unit {
        DuplicateUnit::Document => Units::Records,
        DuplicateUnit::Sentence if first.as_ref().is_none_or(batch::rows_are_sentences) => {
            Units::Records
        }
        DuplicateUnit::Sentence => Units::Sentences,
    };
    let blocks = first.into_iter().chain(std::iter::from_fn(|| records.next_block()));
    let batches = map_blocks(
        blocks,
        || Batcher::new(parameters, units),
        |batcher, block| {
            let batch = batcher.batch(&block);
            progress.advance(batch.records() as u64);
            batch
        },
    );
    let table = UnitTable::new(batches);
    progress.end(table.records());
    Ok(table)
}

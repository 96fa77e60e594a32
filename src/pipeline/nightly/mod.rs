//! The nightly job over the stored collection: what is new is compared with itself and with all
//! that is kept.
//!
//! A night goes in batches, each one transaction: documents, their units and postings, what they
//! share with others. The last transaction decides the clusters that were touched and closes the
//! night. A night that was killed is resumed by the next run: batches that are in are passed over,
//! and since the output is taken from the index alone ([`output`]), it has the same bytes.
//!
//! An *epoch* freezes what the collection teaches as a whole: how common words are, and what is
//! boilerplate. It begins anew, and all is decided anew as one scan would ([`epoch`]), when the
//! collection has grown by a quarter, or when asked for. So the work of all epochs together is
//! in proportion to the collection, and a night between two of them costs what is new.

mod batch;
mod check;
mod epoch;
mod expire;
mod join;
mod keys;
mod output;
mod recluster;
mod relate;
mod search;
mod upkeep;
mod weigh;

use std::path::Path;

use xxhash_rust::xxh3::Xxh3;

use super::analyse::analyse_all;
use super::progress::Progress;
use super::scan::ScanOptions;
use crate::Result;
use crate::config::Config;
use crate::fingerprint::KeyParameters;
use crate::index::{FormerCluster, Index, Kept, Night, Settings, Waiting};
use crate::model::{Document, DocumentFrequencies, Findings, HashedMap, Problem};
use crate::provenance::OutletGroups;
use crate::report::NightReport;
use crate::text::SEGMENTATION_VERSION;
use recluster::Touched;

pub use check::{Checked, check};
pub use expire::expire;
pub use search::{Asked, trace_index};
pub use upkeep::{compact, export, rebuild};

/// Documents that are added in one transaction.
const BATCH: usize = 2000;
/// A new epoch begins when for every so many texts of the last one there are so many documents. On a
/// year of news in weekly nights a quarter finds 97 % of the passages that one scan finds;
/// twice the size, 88 %.
const GROWTH: (u64, u64) = (4, 5);

/// How a night goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NightlyOptions {
    /// What to do when another run holds the index.
    pub waiting: Waiting,
    /// Whether a new epoch begins tonight in any case.
    pub new_epoch: bool,
    /// Documents published more than so many seconds before the newest one are forgotten.
    pub expire: Option<i64>,
}

/// What a night did.
#[derive(Clone, Debug, Default)]
pub struct Tonight {
    /// What it brought. Its number is 0 when nothing was ever added.
    pub report: NightReport,
    /// What the night found; `None` when the input brought nothing that the last night had not.
    pub findings: Option<Findings>,
}

/// What all decisions of an epoch depend on.
pub(crate) struct Frozen {
    frequencies: DocumentFrequencies,
    runs: HashedMap<String>,
    templates: Vec<String>,
    outlets: OutletGroups,
    pivots: usize,
    window: i64,
}

impl Frozen {
    fn of(index: &Index, settings: &Settings) -> Result<Self> {
        Ok(Frozen {
            frequencies: index.frequencies(None)?,
            runs: index.boilerplate_runs()?,
            templates: settings.templates.clone(),
            outlets: outlet_groups(settings),
            pivots: settings.pivots as usize,
            window: settings.window,
        })
    }
}

/// The settings of an index by the configuration, with the window, the templates and the outlets.
pub fn settings(
    config: &Config,
    window: Option<i64>,
    templates: Vec<String>,
    outlets: Vec<String>,
) -> Settings {
    Settings {
        keys: KeyParameters::default().fingerprint(),
        segmentation: SEGMENTATION_VERSION,
        pivots: config.join.pivots,
        window: window.unwrap_or(0),
        templates,
        outlets,
    }
}

fn outlet_groups(settings: &Settings) -> OutletGroups {
    let pairs = settings.outlets.iter().filter_map(|line| line.split_once('\t'));
    OutletGroups::new(
        pairs.map(|(outlet, group)| (outlet.trim().to_owned(), group.trim().to_owned())),
    )
}

fn scan_options(settings: &Settings) -> ScanOptions {
    ScanOptions {
        templates: settings.templates.clone(),
        outlets: outlet_groups(settings),
        window: (settings.window > 0).then_some(settings.window),
        ..ScanOptions::default()
    }
}

/// Adds what is new among the documents, which are sorted by id, to an index, and says what it
/// shares with all that is kept. The index is made when there is none.
pub fn nightly(
    path: &Path,
    documents: Vec<Document>,
    problems: Vec<Problem>,
    settings: &Settings,
    options: NightlyOptions,
    config: &Config,
    progress: &dyn Progress,
) -> Result<Tonight> {
    let index = if path.exists() {
        Index::open_to_write(path, options.waiting)?
    } else {
        Index::create(path, settings, options.waiting)?
    };
    index.require(settings)?;
    let input = digest(&documents);
    let mut tonight = Tonight::default();
    let report = &mut tonight.report;
    let mut new = Vec::new();
    for document in documents {
        match index.document_of_id(&document.id)? {
            Some((_, digest)) if digest == document.digest => report.known += 1,
            Some(_) => {
                report.corrected += 1;
                new.push(document);
            }
            None if index.is_forgotten(&document.id, document.digest)? => report.known += 1,
            None => {
                report.added += 1;
                new.push(document);
            }
        }
    }
    let last = index.last_night()?;
    let open = last.as_ref().filter(|night| !night.done).cloned();
    let resumes = open.is_some();
    let mut failed = Vec::new();
    if !new.is_empty() || resumes || options.new_epoch {
        let number = match (&open, &last) {
            (Some(night), _) => night.number,
            (None, last) => last.as_ref().map_or(0, |night| night.number) + 1,
        };
        failed =
            run_night(&index, settings, number, input, new, options, resumes, config, progress)?;
    } else if let Some(expire) = options.expire {
        index.transaction(|| expire::forget_older(&index, settings, last_number(&last), expire))?;
    }
    index.settle()?;

    let Some(night) = index.last_night()? else { return Ok(tonight) };
    report.night = night.number;
    report.epoch = night.epoch;
    report.epoch_began = index.epoch()?.is_some_and(|epoch| epoch.night == night.number);
    report.forgotten = index.forgotten_in(night.number)?;
    if night.input == input {
        let (mut findings, ties) = output::of_night(&index, night.number)?;
        findings.problems = problems;
        findings.problems.extend(failed);
        findings.problems.sort();
        report.new_documents = output::new_documents(&index, night.number)?;
        let events = index.events(night.number)?.into_iter();
        report.events = events
            .map(|event| (event.cluster, event.kind.name(), event.size_before, event.size))
            .collect();
        report.forgotten_ties = ties;
        tonight.findings = Some(findings);
    }
    Ok(tonight)
}

fn last_number(last: &Option<Night>) -> u32 {
    last.as_ref().map_or(0, |night| night.number)
}

/// Adds documents as a night of their own, or as the rest of one that was killed.
#[expect(clippy::too_many_arguments, reason = "one night is told by all of them")]
fn run_night(
    index: &Index,
    settings: &Settings,
    number: u32,
    input: u64,
    new: Vec<Document>,
    options: NightlyOptions,
    resumes: bool,
    config: &Config,
    progress: &dyn Progress,
) -> Result<Vec<Problem>> {
    let grown = match index.epoch()? {
        None => true,
        Some(epoch) => {
            let kept = index.count_documents()? + new.len() as u64;
            kept * GROWTH.0 >= GROWTH.1 * u64::from(epoch.documents)
        }
    };
    // A night that was begun in an epoch is finished in it.
    let begins = (grown || options.new_epoch) && !resumes;
    let put = |done: bool| -> Result<()> {
        index.put_night(&Night {
            number,
            input,
            done,
            epoch: index.epoch()?.map_or(0, |epoch| epoch.number),
            documents: index.documents_of_night(number)?.len() as u32,
            newest: index.newest_date()?,
        })
    };
    let close = || -> Result<()> {
        if let Some(age) = options.expire {
            expire::forget_older(index, settings, number, age)?;
        }
        put(true)
    };
    if begins {
        let (analyses, mut problems) = analyse_all(&new, progress);
        index.transaction(|| {
            let former = replace_corrected(index, number, &new)?.former;
            let mut all: Vec<epoch::Entry> =
                new.into_iter().zip(analyses).map(|new| (None, new)).collect();
            all.extend(
                index
                    .documents(&index.all_documents()?)?
                    .into_iter()
                    .map(|kept| (Some((kept.number, kept.night)), (kept.document, kept.analysis))),
            );
            let (_, failed) = epoch::begin(index, settings, number, all, former, config, progress)?;
            problems.extend(failed);
            close()
        })?;
        return Ok(problems);
    }
    let frozen = Frozen::of(index, settings)?;
    let mut problems = Vec::new();
    for batch in batches(new) {
        let (analyses, failed) = analyse_all(&batch, progress);
        problems.extend(failed);
        index.transaction(|| {
            let replaced = replace_corrected(index, number, &batch)?;
            problems.extend(batch::add(index, &frozen, number, batch, analyses, progress)?);
            if !replaced.former.is_empty() {
                recluster::recluster(index, &frozen, number, &replaced.touched, replaced.former)?;
            }
            put(false)
        })?;
    }
    index.transaction(|| {
        let touched = Touched::by_night(index, number)?;
        recluster::recluster(index, &frozen, number, &touched, Vec::new())?;
        close()
    })?;
    Ok(problems)
}

/// What the removal of documents left.
struct Removed {
    touched: Touched,
    former: Vec<FormerCluster>,
}

/// Takes out the older texts of documents that come again with another one, and keeps them as
/// versions.
fn replace_corrected(index: &Index, night: u32, new: &[Document]) -> Result<Removed> {
    let mut old = Vec::new();
    for document in new {
        if let Some((number, _)) = index.document_of_id(&document.id)?
            && let Some(kept) = index.document(number)?
        {
            index.keep_version(night, &kept)?;
            old.push(kept);
        }
    }
    remove(index, &old)
}

/// Removes documents and takes out the clusters that they have members in.
fn remove(index: &Index, gone: &[Kept]) -> Result<Removed> {
    let mut clusters = std::collections::BTreeSet::new();
    for kept in gone {
        clusters.extend(index.clusters_of_document(kept.number)?);
    }
    let former = index.take_clusters(&clusters)?;
    let touched = Touched::by_removal(&former, &gone.iter().map(|kept| kept.number).collect());
    for kept in gone {
        index.remove_document(kept)?;
    }
    Ok(Removed { touched, former })
}

/// The documents in parts that depend on the documents alone.
fn batches(documents: Vec<Document>) -> Vec<Vec<Document>> {
    let mut batches = Vec::new();
    let mut rest = documents.into_iter();
    loop {
        let batch: Vec<Document> = rest.by_ref().take(BATCH).collect();
        if batch.is_empty() {
            return batches;
        }
        batches.push(batch);
    }
}

/// Tells an input from others: its ids and texts.
fn digest(documents: &[Document]) -> u64 {
    let mut hasher = Xxh3::new();
    for document in documents {
        hasher.update(&(document.id.len() as u64).to_le_bytes());
        hasher.update(document.id.as_bytes());
        hasher.update(&document.digest.to_le_bytes());
    }
    hasher.digest()
}

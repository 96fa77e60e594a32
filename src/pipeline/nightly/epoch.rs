//! A new epoch: everything that is kept, and what is new, is decided as one scan would decide it.

use std::collections::HashMap;

use super::batch::{assign_units, compared_quotes, compared_sentences, postings};
use super::recluster;
use super::scan_options;
use crate::Result;
use crate::config::Config;
use crate::index::{Epoch, FormerCluster, Index, NewDocument, Settings, Shelf};
use crate::model::{Analysis, Document, Findings, Problem};
use crate::pipeline::progress::Progress;
use crate::pipeline::scan::{Scanned, scan_analysed};

/// The number and the night of a document that is kept already, and the document with what was found
/// in it.
pub(super) type Entry = (Option<(u32, u32)>, (Document, Analysis));

/// Decides everything anew and keeps it in place of what was there: `all` are the documents that are
/// kept, and those that come with this night. To be called within a transaction. `former` are
/// clusters that were taken out already.
pub(super) fn begin(
    index: &Index,
    settings: &Settings,
    night: u32,
    mut all: Vec<Entry>,
    mut former: Vec<FormerCluster>,
    config: &Config,
    progress: &dyn Progress,
) -> Result<(Epoch, Vec<Problem>)> {
    former.extend(index.take_clusters(&index.all_clusters()?.into_iter().collect())?);
    all.sort_by(|(_, (a, _)), (_, (b, _))| a.id.cmp(&b.id));
    let (known, all): (Vec<_>, Vec<_>) = all.into_iter().unzip();
    let (documents, analyses) = all.into_iter().unzip();
    let findings = Findings { documents, analyses, ..Findings::default() };
    let scanned = scan_analysed(findings, &scan_options(settings), config, progress)?;
    index.clear_findings()?;
    let epoch = index.begin_epoch(
        night,
        &scanned.frequencies,
        &scanned.findings.boilerplate,
        &scanned.masks.runs,
    )?;
    let problems = keep(index, night, scanned, &known, &former)?;
    Ok((epoch, problems))
}

/// Keeps what a scan found.
fn keep(
    index: &Index,
    night: u32,
    scanned: Scanned,
    known: &[Option<(u32, u32)>],
    former: &[FormerCluster],
) -> Result<Vec<Problem>> {
    let Scanned { findings, frequencies, masks, links } = scanned;
    let Findings { documents, analyses, pairs, clusters, problems, .. } = findings;
    let hashes = compared_sentences(&documents, &analyses, &masks);
    let (units, distinct) = assign_units(index, &analyses, &hashes, &HashMap::new())?;
    let mut kept = Vec::with_capacity(documents.len());
    for (place, ((document, analysis), units)) in
        (0u32..).zip(documents.into_iter().zip(analyses).zip(units))
    {
        let compared_quotes = compared_quotes(&masks, place, &analysis);
        let masked = masks.spans[place as usize].clone();
        let (number, added) = match known[place as usize] {
            Some((number, added)) => (Some(number), added),
            None => (None, night),
        };
        let new = NewDocument { document, analysis, masked, units, compared_quotes };
        kept.push(index.add_document(added, number, new)?);
    }
    let postings = postings(&kept, &distinct, &frequencies);
    postings.keep(index, |_, _| true)?;
    let shelf = Shelf::new(kept);
    index.add_pairs(night, &shelf, &pairs)?;
    index.add_quote_links(night, &shelf, &links)?;
    recluster::keep(index, night, &shelf, clusters, former)?;
    Ok(problems)
}

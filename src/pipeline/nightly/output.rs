//! What is written of a night, and of all that is kept, taken from the index alone; so a run that
//! was killed after its last commit, and begins again, writes the same files.

use std::collections::{BTreeMap, BTreeSet};

use crate::Result;
use crate::index::{Index, Shelf};
use crate::model::{ClusterKind, Findings};
use crate::provenance::sort_clusters;

/// What a night found: its documents, those they share something with, and the clusters that it
/// changed, whole.
pub(super) fn of_night(index: &Index, night: u32) -> Result<(Findings, Ties)> {
    let own: BTreeSet<u32> = index.documents_of_night(night)?.into_iter().collect();
    let clusters = index.clusters_of_night(night)?;
    let mut numbers = own.clone();
    for &document in &own {
        numbers.extend(index.partners(document)?);
    }
    for &cluster in &clusters {
        numbers.extend(index.documents_of_cluster(cluster)?);
    }
    let numbers: Vec<u32> = numbers.into_iter().collect();
    findings(index, &numbers, Some(&own), &clusters)
}

/// The ids of the documents that a night added.
pub(super) fn new_documents(index: &Index, night: u32) -> Result<Vec<String>> {
    let mut ids = Vec::new();
    for number in index.documents_of_night(night)? {
        ids.extend(index.id_of_document(number)?);
    }
    Ok(ids)
}

/// For each cluster, by its place, what of it was forgotten: id, outlet and date.
pub(super) type Ties = BTreeMap<usize, Vec<(String, String, Option<String>)>>;

/// The clusters that a document has members in, whole.
pub(super) fn of_clusters(index: &Index, document: u32, clusters: &[u32]) -> Result<Findings> {
    let mut numbers = BTreeSet::from([document]);
    for &cluster in clusters {
        numbers.extend(index.documents_of_cluster(cluster)?);
    }
    let numbers: Vec<u32> = numbers.into_iter().collect();
    Ok(findings(index, &numbers, Some(&BTreeSet::new()), clusters)?.0)
}

/// All that is kept, as a scan of all documents writes it.
pub(super) fn of_all(index: &Index) -> Result<Findings> {
    Ok(findings(index, &index.all_documents()?, None, &index.all_clusters()?)?.0)
}

fn findings(
    index: &Index,
    documents: &[u32],
    pairs_of: Option<&BTreeSet<u32>>,
    clusters: &[u32],
) -> Result<(Findings, Ties)> {
    let shelf = Shelf::new(index.documents(documents)?);
    let pairs = index.pairs(&shelf, pairs_of)?;
    let (mut quotes, mut passages): (Vec<_>, Vec<_>) = index
        .clusters(&shelf, clusters)?
        .into_iter()
        .partition(|cluster| cluster.kind == ClusterKind::Quote);
    sort_clusters(&mut quotes);
    sort_clusters(&mut passages);
    quotes.extend(passages);
    let mut ties = Ties::new();
    for (place, cluster) in quotes.iter().enumerate() {
        let tied = index.forgotten_ties(&shelf, &cluster.members)?;
        if !tied.is_empty() {
            ties.insert(place, tied);
        }
    }
    let Shelf { documents, analyses, .. } = shelf;
    let boilerplate = index.boilerplate()?;
    let clusters = quotes;
    Ok((
        Findings { documents, analyses, pairs, clusters, boilerplate, ..Findings::default() },
        ties,
    ))
}

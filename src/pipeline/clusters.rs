//! Clusters of quotes and passages, each drawn by itself.

use rayon::prelude::*;

use super::quotes::ReadyVersions;
use crate::model::{Cluster, DocumentPair, QuoteLink};
use crate::provenance::{
    Collection, Differences, Group, ReadDocuments, cluster, group_passages, group_quotes,
    sort_clusters,
};

/// The clusters of linked quotes, the largest first.
pub(crate) fn of_quotes(collection: Collection<'_>, links: &[QuoteLink]) -> Vec<Cluster> {
    let groups = in_order_of_documents(group_quotes(collection, links));
    let memory = || (ReadDocuments::default(), ReadyVersions::new(collection));
    let drawn = groups.par_iter().map_init(memory, |(read, ready), group| {
        let describe = |a: &_, b: &_| ready.describe(a, b);
        cluster(collection, group, Differences::OfQuotes(&describe), read)
    });
    sorted(drawn.collect())
}

/// The clusters of passages of the pairs, which are sorted; the largest first.
pub(crate) fn of_passages(collection: Collection<'_>, pairs: &[DocumentPair]) -> Vec<Cluster> {
    let groups = in_order_of_documents(group_passages(collection, pairs));
    let drawn = groups.par_iter().map_init(ReadDocuments::default, |read, group| {
        cluster(collection, group, Differences::OfPassages(pairs), read)
    });
    sorted(drawn.collect())
}

/// What stands in the same documents is drawn one after the other, so that these are read once.
fn in_order_of_documents(mut groups: Vec<Group>) -> Vec<Group> {
    groups.sort_by_cached_key(|group| {
        group.versions.iter().map(|version| version.document).collect::<Vec<_>>()
    });
    groups
}

fn sorted(mut clusters: Vec<Cluster>) -> Vec<Cluster> {
    sort_clusters(&mut clusters);
    clusters
}

//! Clusters of quotes and passages, each drawn by itself.

use rayon::prelude::*;

use super::quotes::ReadyVersions;
use crate::model::{Cluster, DocumentPair, QuoteLink};
use crate::provenance::{
    Collection, Differences, GroupedPlaces, PassageLink, Places, ReadDocuments, VersionPlace,
    Wording, cluster, group_passages, group_quotes, passage_links, quote_places, sort_clusters,
    tied_places,
};

/// The clusters of linked quotes, the largest first.
pub(crate) fn of_quotes(collection: Collection<'_>, links: &[QuoteLink]) -> Vec<Cluster> {
    let groups = quote_groups(collection, links);
    let memory = || (ReadDocuments::default(), ReadyVersions::new(collection));
    let drawn = groups.par_iter().map_init(memory, |(read, ready), group| {
        let describe = |a: &_, b: &_| ready.describe(a, b);
        cluster(collection, &group.read(collection), Differences::OfQuotes(&describe), read)
    });
    sorted(drawn.collect())
}

/// The clusters of passages of the pairs, which are sorted; the largest first.
pub(crate) fn of_passages(collection: Collection<'_>, pairs: &[DocumentPair]) -> Vec<Cluster> {
    let groups = passage_groups(collection, pairs);
    let drawn = groups.par_iter().map_init(ReadDocuments::default, |read, group| {
        cluster(collection, &group.read(collection), Differences::OfPassages(pairs), read)
    });
    sorted(drawn.collect())
}

fn quote_groups(collection: Collection<'_>, links: &[QuoteLink]) -> Vec<GroupedPlaces> {
    let places = quote_places(collection, links);
    let wordings = wordings(collection, &places);
    in_order_of_documents(group_quotes(collection, links, &places, &wordings))
}

fn passage_groups(collection: Collection<'_>, pairs: &[DocumentPair]) -> Vec<GroupedPlaces> {
    let links: Vec<PassageLink> =
        pairs.par_iter().flat_map_iter(|pair| passage_links(collection, pair)).collect();
    let places = Places::of_links(&links);
    let wordings = wordings(collection, places.all());
    let tied = tied_places(&links, &places, &wordings);
    let groups = tied.par_iter().flat_map_iter(|tied| group_passages(collection, tied));
    in_order_of_documents(groups.collect())
}

fn wordings(collection: Collection<'_>, places: &[VersionPlace]) -> Vec<Wording> {
    places.par_iter().map(|place| place.wording(collection)).collect()
}

/// What stands in the same documents is drawn one after the other, so that these are read once.
fn in_order_of_documents(mut groups: Vec<GroupedPlaces>) -> Vec<GroupedPlaces> {
    groups.sort_by_cached_key(|group| {
        group.places.iter().map(|place| place.document).collect::<Vec<_>>()
    });
    groups
}

fn sorted(mut clusters: Vec<Cluster>) -> Vec<Cluster> {
    sort_clusters(&mut clusters);
    clusters
}

//! Clusters after a night: those that a new link, a new passage or a removed document touches are
//! decided anew, the others stand.
//!
//! What belongs together is followed through the kept links from where something changed until
//! nothing new is reached. The result for such a component is that of a scan, for no link leads out
//! of it.

use std::collections::{BTreeMap, BTreeSet, HashMap, VecDeque};

use super::Frozen;
use crate::Result;
use crate::index::{ClusterEvent, EventKind, FormerCluster, Index, PassagePlace, Shelf};
use crate::model::{Cluster, DocumentPair, QuoteId, QuoteLink, ScalarIndex, Span};
use crate::pipeline::clusters;
use crate::provenance::Collection;
use crate::report::ids::cluster_id;

/// A span of a document, in scalar values.
type Extent = (u32, u32);

/// Where something changed.
#[derive(Clone, Debug, Default)]
pub(super) struct Touched {
    /// Quotes, by number.
    pub(super) quotes: BTreeSet<u32>,
    /// Places of passages: document and span.
    pub(super) passages: BTreeSet<(u32, Extent)>,
}

impl Touched {
    /// What the links and pairs of a night touch.
    pub(super) fn by_night(index: &Index, night: u32) -> Result<Self> {
        let mut touched = Touched {
            quotes: index.quotes_linked_in(night)?.into_iter().collect(),
            ..Touched::default()
        };
        for document in index.documents_of_night(night)? {
            for (own, other, there) in index.passage_places(document)? {
                touched.passages.insert((document, own));
                touched.passages.insert((other, there));
            }
        }
        Ok(touched)
    }

    /// The members of clusters that were taken out, but for those in documents that are `gone`.
    pub(super) fn by_removal(former: &[FormerCluster], gone: &BTreeSet<u32>) -> Self {
        let mut touched = Touched::default();
        for cluster in former {
            if cluster.quotes.is_empty() {
                let members = cluster.members.iter().filter(|member| !gone.contains(&member.0));
                touched
                    .passages
                    .extend(members.map(|&(document, start, end)| (document, (start, end))));
            } else {
                touched.quotes.extend(&cluster.quotes);
            }
        }
        touched
    }
}

/// Decides all clusters that are touched anew; `former` are those that were taken out already.
pub(super) fn recluster(
    index: &Index,
    frozen: &Frozen,
    night: u32,
    touched: &Touched,
    mut former: Vec<FormerCluster>,
) -> Result<()> {
    let (links, documents) = quote_component(index, &touched.quotes)?;
    let quotes: BTreeSet<u32> = links.keys().flat_map(|&(a, b)| [a, b]).collect();
    let shelf = Shelf::new(index.documents(&documents.iter().copied().collect::<Vec<_>>())?);
    former.extend(take_former(index, &documents, |quote, _| {
        quote.is_some_and(|quote| quotes.contains(&quote))
    })?);
    let clusters = cluster_quotes(index, frozen, &shelf, &links)?;

    let places = passage_component(index, &touched.passages)?;
    let documents: BTreeSet<u32> = places.keys().copied().collect();
    former.extend(take_former(index, &documents, |quote, place| {
        quote.is_none() && places.get(&place.0).is_some_and(|spans| spans.contains(&place.1))
    })?);
    keep(index, night, &shelf, clusters, &former)?;
    let shelf = Shelf::new(index.documents(&documents.iter().copied().collect::<Vec<_>>())?);
    let clusters = cluster_passages(index, frozen, &shelf, &places)?;
    keep(index, night, &shelf, clusters, &former)
}

/// Keeps clusters, and notes which of them began or grew against the former ones.
pub(super) fn keep(
    index: &Index,
    night: u32,
    shelf: &Shelf,
    clusters: Vec<Cluster>,
    former: &[FormerCluster],
) -> Result<()> {
    let mut by_member: HashMap<(u32, u32, u32, bool), Vec<usize>> = HashMap::new();
    for (place, cluster) in former.iter().enumerate() {
        let quoted = !cluster.quotes.is_empty();
        for &(document, start, end) in &cluster.members {
            by_member.entry((document, start, end, quoted)).or_default().push(place);
        }
    }
    let scalars = shelf.scalars();
    let mut events = Vec::new();
    for cluster in clusters {
        let quoted = cluster.kind == crate::model::ClusterKind::Quote;
        let members: BTreeSet<(u32, u32, u32)> = cluster
            .members
            .iter()
            .map(|member| {
                let (start, end) = scalars[member.document as usize].span(member.span);
                (shelf.number(member.document), start as u32, end as u32)
            })
            .collect();
        let before: BTreeSet<usize> = members
            .iter()
            .filter_map(|&(document, start, end)| by_member.get(&(document, start, end, quoted)))
            .flatten()
            .copied()
            .collect();
        let size = cluster.members.len() as u32;
        let size_before =
            before.iter().map(|&place| former[place].members.len() as u32).max().unwrap_or(0);
        let same = before.iter().find(|&&place| former[place].members == members);
        let changed = same.map_or(night, |&place| former[place].night);
        let id = cluster.members.first().map_or_else(String::new, |first| {
            let document = &shelf.documents[first.document as usize].id;
            cluster_id(cluster.kind, document, first.span)
        });
        index.add_cluster(changed, shelf, &id, &cluster)?;
        let kind = match (size_before, same) {
            (_, Some(_)) => continue,
            (0, None) => EventKind::Began,
            (before, None) if before < size => EventKind::Grew,
            _ => continue,
        };
        events.push(ClusterEvent { cluster: id, kind, size_before, size });
    }
    index.add_events(night, &events)
}

/// Takes out the clusters with a member in one of the documents that `is_touched`.
fn take_former(
    index: &Index,
    documents: &BTreeSet<u32>,
    is_touched: impl Fn(Option<u32>, (u32, Extent)) -> bool,
) -> Result<Vec<FormerCluster>> {
    let mut numbers = BTreeSet::new();
    for &document in documents {
        for member in index.members_in_document(document)? {
            if is_touched(member.quote, (document, member.span)) {
                numbers.insert(member.cluster);
            }
        }
    }
    index.take_clusters(&numbers)
}

/// Links by the numbers of their quotes, with their scores.
type Links = BTreeMap<(u32, u32), f64>;

/// All links that can be reached from some quotes, and the documents of the quotes.
fn quote_component(index: &Index, seeds: &BTreeSet<u32>) -> Result<(Links, BTreeSet<u32>)> {
    let (mut links, mut documents) = (Links::new(), BTreeSet::new());
    let mut seen = seeds.clone();
    let mut next: VecDeque<u32> = seeds.iter().copied().collect();
    while let Some(quote) = next.pop_front() {
        for (other, score) in index.linked_quotes(quote)? {
            links.insert((quote.min(other), quote.max(other)), score);
            if seen.insert(other) {
                next.push_back(other);
            }
        }
    }
    let quotes: BTreeSet<u32> = links.keys().flat_map(|&(a, b)| [a, b]).collect();
    for quote in quotes {
        documents.extend(index.document_of_quote(quote)?);
    }
    Ok((links, documents))
}

fn cluster_quotes(
    index: &Index,
    frozen: &Frozen,
    shelf: &Shelf,
    links: &Links,
) -> Result<Vec<Cluster>> {
    let mut ids: HashMap<u32, QuoteId> = HashMap::new();
    for &quote in links.keys().flat_map(|(a, b)| [a, b]) {
        if let Some(document) =
            index.document_of_quote(quote)?.and_then(|number| shelf.place(number))
        {
            let first = shelf.labels[document as usize].first_quote;
            ids.insert(quote, QuoteId { document, quote: quote - first });
        }
    }
    let mut links: Vec<QuoteLink> = links
        .iter()
        .filter_map(|((a, b), &score)| {
            let (a, b) = (*ids.get(a)?, *ids.get(b)?);
            Some(QuoteLink { a: a.min(b), b: a.max(b), score })
        })
        .collect();
    links.sort_unstable_by_key(|link| (link.a, link.b));
    Ok(clusters::of_quotes(collection(shelf, frozen), &links))
}

fn collection<'a>(shelf: &'a Shelf, frozen: &'a Frozen) -> Collection<'a> {
    Collection {
        documents: &shelf.documents,
        analyses: &shelf.analyses,
        frequencies: &frozen.frequencies,
        outlets: &frozen.outlets,
    }
}

/// The spans of passages in each document.
type Places = BTreeMap<u32, BTreeSet<Extent>>;

/// All places of passages that can be reached from some: from a place to the other side of its
/// passages, and to all that overlaps it.
fn passage_component(index: &Index, seeds: &BTreeSet<(u32, Extent)>) -> Result<Places> {
    let mut found = Places::new();
    let mut documents: HashMap<u32, Overlaps> = HashMap::new();
    let mut next: VecDeque<(u32, Extent)> = seeds.iter().copied().collect();
    while let Some((document, span)) = next.pop_front() {
        if found.get(&document).is_some_and(|spans| spans.contains(&span)) {
            continue;
        }
        let overlaps = match documents.entry(document) {
            std::collections::hash_map::Entry::Occupied(known) => known.into_mut(),
            std::collections::hash_map::Entry::Vacant(new) => {
                new.insert(Overlaps::of(index.passage_places(document)?))
            }
        };
        for &(own, other, there) in overlaps.around(span) {
            found.entry(document).or_default().insert(own);
            if !found.get(&other).is_some_and(|spans| spans.contains(&there)) {
                next.push_back((other, there));
            }
        }
    }
    Ok(found)
}

/// The passages of a document, those that overlap side by side.
struct Overlaps {
    /// Own span, other document, span there; sorted.
    passages: Vec<PassagePlace>,
    /// Where each group of overlapping spans ends in `passages`, and the last offset it covers.
    groups: Vec<(usize, u32)>,
}

impl Overlaps {
    fn of(mut passages: Vec<PassagePlace>) -> Self {
        passages.sort_unstable();
        let mut groups: Vec<(usize, u32)> = Vec::new();
        for (place, ((start, end), ..)) in passages.iter().enumerate() {
            match groups.last_mut() {
                Some((last, covered)) if start < covered => {
                    *last = place + 1;
                    *covered = (*covered).max(*end);
                }
                _ => groups.push((place + 1, *end)),
            }
        }
        Overlaps { passages, groups }
    }

    /// The group of passages that a span lies in.
    fn around(&self, span: Extent) -> &[PassagePlace] {
        let group = self.groups.partition_point(|&(_, covered)| covered <= span.0);
        let Some(&(end, _)) = self.groups.get(group) else { return &[] };
        let start = group.checked_sub(1).map_or(0, |before| self.groups[before].0);
        &self.passages[start..end]
    }
}

fn cluster_passages(
    index: &Index,
    frozen: &Frozen,
    shelf: &Shelf,
    places: &Places,
) -> Result<Vec<Cluster>> {
    let numbers: BTreeSet<u32> = places.keys().copied().collect();
    let scalars = shelf.scalars();
    let inside = |document: u32, scalars: &ScalarIndex<'_>, span: Span| {
        let (start, end) = scalars.span(span);
        let spans = places.get(&shelf.number(document));
        spans.is_some_and(|spans| spans.contains(&(start as u32, end as u32)))
    };
    let mut pairs: Vec<DocumentPair> = index.pairs(shelf, Some(&numbers))?;
    for pair in &mut pairs {
        let (a, b) = (pair.a, pair.b);
        pair.passages.retain(|passage| {
            inside(a, &scalars[a as usize], passage.a) && inside(b, &scalars[b as usize], passage.b)
        });
    }
    Ok(clusters::of_passages(collection(shelf, frozen), &pairs))
}

//! Chooses the findings most worth showing, and cuts them to a size that a browser opens at once.

use std::collections::BTreeMap;

use super::data::{
    LeftOut, PageCluster, PageConflict, PageData, PageDocument, PageMember, PagePair, PagePassage,
    PageSpeaker,
};
use crate::report::marked::{Piece, passage_sides, version};
use crate::report::rows::{
    ClusterRow, ClusterSpeakerRow, DocumentRow, PairRow, PassageRow, SummaryRow, rounded,
};

/// How much goes into the page. Beyond a few megabytes of text a browser becomes slow to open a
/// file, and nobody reads that far down a page; the tables hold everything.
const CLUSTERS: usize = 5_000;
const PAIRS: usize = 5_000;
const MEMBERS: usize = 100;
const PASSAGES_OF_A_PAIR: usize = 100;
/// Bytes of text in all clusters of one kind, and in all passages.
const TEXT: usize = 4_000_000;
/// Bytes of text of one version or one side.
const TEXT_OF_ONE: usize = 4_000;

/// Collects what the page will hold, row by row.
#[derive(Debug)]
pub(super) struct Collector {
    documents: Vec<PageDocument>,
    by_id: BTreeMap<String, usize>,
    quotes: Best<(u64, u64), ClusterRow>,
    passages: Best<(u64, u64), ClusterRow>,
    pairs: Best<u64, PairRow>,
    /// The pairs that are shown, by their documents' places, once the first passage has come.
    chosen: Option<ChosenPairs>,
}

#[derive(Debug)]
struct ChosenPairs {
    pairs: Vec<PagePair>,
    by_documents: BTreeMap<(usize, usize), usize>,
    text: usize,
    total: usize,
}

impl Collector {
    pub(super) fn new() -> Self {
        Collector {
            documents: Vec::new(),
            by_id: BTreeMap::new(),
            quotes: Best::new(CLUSTERS),
            passages: Best::new(CLUSTERS),
            pairs: Best::new(PAIRS),
            chosen: None,
        }
    }

    pub(super) fn document(&mut self, row: &DocumentRow) {
        self.by_id.insert(row.id.clone(), self.documents.len());
        self.documents.push(PageDocument {
            id: row.id.clone(),
            source: row.source.clone(),
            title: row.title.clone(),
            url: row.url.clone(),
            date: row.published_at.clone(),
            language: row.language.clone(),
            chars: row.chars,
        });
    }

    pub(super) fn pair(&mut self, row: &PairRow) {
        self.pairs.offer(row.shared_chars_a.min(row.shared_chars_b), || row.clone());
    }

    pub(super) fn cluster(&mut self, row: &ClusterRow) {
        let best = if row.kind == "quote" { &mut self.quotes } else { &mut self.passages };
        best.offer((row.sources, row.size), || {
            let mut row = row.clone();
            row.members.truncate(MEMBERS);
            row
        });
    }

    pub(super) fn passage(&mut self, row: &PassageRow) {
        let chosen = self
            .chosen
            .get_or_insert_with(|| choose_pairs(&self.documents, &self.by_id, &mut self.pairs));
        let place = |id: &str| self.by_id.get(id).copied();
        let Some(documents) = place(&row.a.doc).zip(place(&row.b.doc)) else { return };
        let Some(&pair) = chosen.by_documents.get(&documents) else { return };
        let pair = &mut chosen.pairs[pair];
        if pair.passages.len() == PASSAGES_OF_A_PAIR || chosen.text > TEXT {
            return;
        }
        let (a, b) = passage_sides(row);
        let (a, b) = (shortened(a), shortened(b));
        chosen.text += a.iter().chain(&b).map(|piece| piece.text.len()).sum::<usize>();
        pair.passages.push(PagePassage {
            id: row.id.clone(),
            label: row.label.clone(),
            probability: row.scores.probability,
            why: row.why.clone(),
            drift: row.drift.clone(),
            cluster: row.cluster.clone(),
            a,
            b,
        });
    }

    /// The page's data, with documents that nothing refers to left out.
    pub(super) fn finish(mut self, summary: &SummaryRow) -> PageData<'_> {
        let chosen = match self.chosen.take() {
            Some(chosen) => chosen,
            None => choose_pairs(&self.documents, &self.by_id, &mut self.pairs),
        };
        let (quotes_total, passages_total) = (self.quotes.offered, self.passages.offered);
        let quotes = page_clusters(self.quotes.take(), &self.by_id);
        let passages = page_clusters(self.passages.take(), &self.by_id);
        // A pair whose passages all fell to the limit on text says nothing.
        let mut pairs = chosen.pairs;
        pairs.retain(|pair| pair.count == 0 || !pair.passages.is_empty());
        let left_out = LeftOut {
            quotes: quotes_total - quotes.len(),
            passages: passages_total - passages.len(),
            pairs: chosen.total - pairs.len(),
        };
        let mut data =
            PageData { summary, documents: Vec::new(), quotes, passages, pairs, left_out };
        data.number_documents(&self.documents);
        data
    }
}

fn choose_pairs(
    documents: &[PageDocument],
    by_id: &BTreeMap<String, usize>,
    best: &mut Best<u64, PairRow>,
) -> ChosenPairs {
    let total = best.offered;
    let mut pairs = Vec::new();
    let mut by_documents = BTreeMap::new();
    for row in best.take() {
        let Some((a, b)) = by_id.get(&row.a).copied().zip(by_id.get(&row.b).copied()) else {
            continue;
        };
        let share =
            |shared: u64, document: usize| shared as f64 / documents[document].chars.max(1) as f64;
        by_documents.insert((a, b), pairs.len());
        pairs.push(PagePair {
            a,
            b,
            relation: row.relation,
            share_a: rounded(share(row.shared_chars_a, a)),
            share_b: rounded(share(row.shared_chars_b, b)),
            resemblance: row.resemblance,
            count: row.passages,
            passages: Vec::new(),
        });
    }
    ChosenPairs { pairs, by_documents, text: 0, total }
}

fn page_clusters(rows: Vec<ClusterRow>, by_id: &BTreeMap<String, usize>) -> Vec<PageCluster> {
    let mut text = 0;
    let mut clusters = Vec::with_capacity(rows.len());
    for row in rows {
        if text > TEXT {
            break;
        }
        let cluster = page_cluster(row, by_id);
        text += cluster.text.len()
            + cluster
                .members
                .iter()
                .flat_map(|member| &member.pieces)
                .map(|piece| piece.text.len())
                .sum::<usize>();
        clusters.push(cluster);
    }
    clusters
}

fn page_cluster(row: ClusterRow, by_id: &BTreeMap<String, usize>) -> PageCluster {
    let fullest = row.text;
    let place = |id: &str| by_id.get(id).copied();
    let members: Vec<PageMember> = row
        .members
        .into_iter()
        .map_while(|member| {
            Some(PageMember {
                doc: place(&member.doc)?,
                item: member.quote.or(member.passage),
                pieces: if member.variant == "identical" {
                    Vec::new()
                } else {
                    shortened(version(&fullest, &member.text, &member.variant))
                },
                variant: member.variant,
                speaker: member.speaker,
                drift: member.drift,
            })
        })
        .collect();
    let is_shown = |member: u32| (member as usize) < members.len();
    let edges = row
        .edges
        .into_iter()
        .filter(|edge| is_shown(edge.child) && edge.parent.is_none_or(is_shown))
        .collect();
    PageCluster {
        id: row.id,
        size: row.size,
        sources: row.sources,
        first: row.first_seen,
        last: row.last_seen,
        speaker: row.speaker.map(|speaker| page_speaker(speaker, by_id)),
        verdict: row.origin.verdict,
        origin: row.origin.doc.and_then(|doc| place(&doc)),
        probability: row.origin.probability,
        why: row.origin.why,
        members,
        edges,
        text: shortened_text(fullest),
    }
}

fn page_speaker(row: ClusterSpeakerRow, by_id: &BTreeMap<String, usize>) -> PageSpeaker {
    PageSpeaker {
        name: row.name,
        votes: row.votes,
        conflicts: row
            .conflicts
            .into_iter()
            .map(|conflict| PageConflict {
                name: conflict.name,
                votes: conflict.votes,
                docs: conflict.docs.iter().filter_map(|doc| by_id.get(doc).copied()).collect(),
            })
            .collect(),
    }
}

/// The first pieces up to the limit for one text, with an ellipsis for the rest.
fn shortened(pieces: Vec<Piece>) -> Vec<Piece> {
    let mut room = TEXT_OF_ONE;
    let mut kept = Vec::with_capacity(pieces.len());
    for mut piece in pieces {
        if piece.text.len() > room {
            piece.text.truncate(piece.text.floor_char_boundary(room));
            piece.text.push_str(" […]");
            kept.push(piece);
            break;
        }
        room -= piece.text.len();
        kept.push(piece);
    }
    kept
}

fn shortened_text(mut text: String) -> String {
    if text.len() > TEXT_OF_ONE {
        text.truncate(text.floor_char_boundary(TEXT_OF_ONE));
        text.push_str(" […]");
    }
    text
}

/// The rows of the greatest worth among all that were offered, the earlier one where two are equal.
#[derive(Debug)]
struct Best<Worth, Row> {
    most: usize,
    offered: usize,
    rows: Vec<(Worth, usize, Row)>,
    /// Nothing below this can be among the best any more.
    bar: Option<Worth>,
}

impl<Worth: Ord + Copy, Row> Best<Worth, Row> {
    fn new(most: usize) -> Self {
        Best { most, offered: 0, rows: Vec::new(), bar: None }
    }

    fn offer(&mut self, worth: Worth, row: impl FnOnce() -> Row) {
        let number = self.offered;
        self.offered += 1;
        if self.bar.is_none_or(|bar| worth > bar) {
            self.rows.push((worth, number, row()));
            if self.rows.len() >= 2 * self.most {
                self.settle();
                self.bar = self.rows.last().map(|&(worth, ..)| worth);
            }
        }
    }

    fn settle(&mut self) {
        self.rows.sort_by(|x, y| y.0.cmp(&x.0).then(x.1.cmp(&y.1)));
        self.rows.truncate(self.most);
    }

    /// The best rows, the best one first.
    fn take(&mut self) -> Vec<Row> {
        self.settle();
        std::mem::take(&mut self.rows).into_iter().map(|(_, _, row)| row).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn best_keeps_what_sorting_everything_keeps(
            worths in proptest::collection::vec(0u32..9, 0..60),
            most in 1usize..9,
        ) {
            let mut best = Best::new(most);
            for (number, &worth) in worths.iter().enumerate() {
                best.offer(worth, || number);
            }
            let mut expected: Vec<usize> = (0..worths.len()).collect();
            expected.sort_by_key(|&number| (std::cmp::Reverse(worths[number]), number));
            expected.truncate(most);
            prop_assert_eq!(best.take(), expected);
        }
    }
}

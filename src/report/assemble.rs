//! Findings to rows: positions become ids, byte offsets become offsets in Unicode scalar values.

use super::ids::{passage_id, quote_id};
use super::links::Links;
use super::rows::{
    BoilerplateRow, ClusterRow, ClusterSpeakerRow, ConflictRow, CueRow, DocumentRow, DriftRow,
    EdgeRow, EditRow, EditSpanRow, MemberRow, OriginRow, PairRow, PassageRow, ProblemRow, QuoteRow,
    ScoresRow, SideRow, SpanRow, SpeakerRow, rounded,
};
use crate::model::{
    Analysis, Document, DocumentIndex, DocumentPair, Drift, Edit, EditKind, Findings, Member,
    MemberItem, Passage, Problem, ProblemKind, Quote, ScalarIndex, Span, SpeakerConsensus,
};

/// Makes rows of findings, one at a time.
pub(super) struct Assembler<'f> {
    findings: &'f Findings,
    links: Links,
    scalars: Vec<ScalarIndex<'f>>,
}

impl<'f> Assembler<'f> {
    pub(super) fn new(findings: &'f Findings) -> Self {
        Assembler {
            findings,
            links: Links::new(findings),
            scalars: findings
                .documents
                .iter()
                .map(|document| ScalarIndex::new(&document.text))
                .collect(),
        }
    }

    /// The findings that rows are made of.
    pub(super) fn findings(&self) -> &'f Findings {
        self.findings
    }

    pub(super) fn documents(&self) -> impl Iterator<Item = DocumentRow> + '_ {
        (0..self.findings.documents.len()).map(|number| self.document_row(number))
    }

    pub(super) fn document_row(&self, number: usize) -> DocumentRow {
        let Findings { documents, analyses, .. } = self.findings;
        document_row(&documents[number], &analyses[number], &self.scalars[number])
    }

    pub(super) fn quotes(&self) -> impl Iterator<Item = QuoteRow> + '_ {
        (0..self.findings.documents.len()).flat_map(|number| self.quotes_of(number))
    }

    /// The quotes of one document.
    pub(super) fn quotes_of(&self, number: usize) -> impl Iterator<Item = QuoteRow> + '_ {
        let document = &self.findings.documents[number];
        let quotes = &self.findings.analyses[number].quotes;
        quotes.iter().enumerate().map(move |(place, quote)| {
            let mut row = quote_row(document, &self.scalars[number], place, quote);
            row.cluster = self.links.quote_clusters[number][place]
                .map(|cluster| self.links.cluster_ids[cluster as usize].clone());
            row
        })
    }

    pub(super) fn pairs(&self) -> impl Iterator<Item = PairRow> + '_ {
        (0..self.findings.pairs.len()).map(|number| self.pair_row(number))
    }

    pub(super) fn passages(&self) -> impl Iterator<Item = PassageRow> + '_ {
        (0..self.findings.pairs.len()).flat_map(|number| self.passages_of(number))
    }

    /// The passages of one pair of documents.
    pub(super) fn passages_of(&self, number: usize) -> impl Iterator<Item = PassageRow> + '_ {
        let pair = &self.findings.pairs[number];
        let passages = pair.passages.iter().enumerate();
        passages.map(move |(place, passage)| self.passage_row(number, pair, place, passage))
    }

    pub(super) fn clusters(&self) -> impl Iterator<Item = ClusterRow> + '_ {
        (0..self.findings.clusters.len()).map(|number| self.cluster_row(number))
    }

    pub(super) fn boilerplate_row(&self, number: usize) -> BoilerplateRow {
        let boilerplate = &self.findings.boilerplate[number];
        BoilerplateRow {
            source: boilerplate.source.clone(),
            text: boilerplate.text.clone(),
            documents: u64::from(boilerplate.documents),
        }
    }

    pub(super) fn problem_row(&self, number: usize) -> ProblemRow {
        problem_row(&self.findings.problems[number])
    }

    fn document(&self, number: DocumentIndex) -> &'f Document {
        &self.findings.documents[number as usize]
    }

    pub(super) fn pair_row(&self, number: usize) -> PairRow {
        let pair = &self.findings.pairs[number];
        let shared = |document: DocumentIndex, spans: Vec<Span>| -> u64 {
            let scalars = &self.scalars[document as usize];
            disjoint(spans)
                .into_iter()
                .map(|span| {
                    let (start, end) = scalars.span(span);
                    (end - start) as u64
                })
                .sum()
        };
        PairRow {
            a: self.document(pair.a).id.clone(),
            b: self.document(pair.b).id.clone(),
            relation: pair.relation.name().to_owned(),
            resemblance: rounded(pair.resemblance),
            containment_a: rounded(pair.containment_a),
            containment_b: rounded(pair.containment_b),
            shared_chars_a: shared(pair.a, pair.passages.iter().map(|p| p.a).collect()),
            shared_chars_b: shared(pair.b, pair.passages.iter().map(|p| p.b).collect()),
            passages: pair.passages.len() as u64,
        }
    }

    fn passage_row(
        &self,
        pair_number: usize,
        pair: &DocumentPair,
        place: usize,
        passage: &Passage,
    ) -> PassageRow {
        let link = self.links.passages[pair_number][place];
        let mut quotes = Vec::new();
        for (document, span) in [(pair.a, passage.a), (pair.b, passage.b)] {
            let inside = self.links.quotes_in(self.findings, document, span);
            let id = &self.document(document).id;
            quotes.extend(inside.into_iter().map(|quote| quote_id(id, quote as usize)));
        }
        PassageRow {
            id: passage_id(link.number),
            label: passage.label.name().to_owned(),
            a: self.side_row(pair.a, passage.a),
            b: self.side_row(pair.b, passage.b),
            scores: ScoresRow {
                jaccard: rounded(passage.scores.jaccard),
                containment_a: rounded(passage.scores.containment_a),
                containment_b: rounded(passage.scores.containment_b),
                kept_in_order: rounded(passage.scores.kept_in_order),
                alignment: rounded(passage.scores.alignment),
                probability: rounded(passage.scores.probability),
            },
            why: passage.why.clone(),
            edits: passage.edits.iter().map(|edit| self.edit_row(pair, edit)).collect(),
            drift: passage.drift.iter().map(drift_row).collect(),
            quotes,
            cluster: link.cluster.map(|cluster| self.links.cluster_ids[cluster as usize].clone()),
        }
    }

    fn side_row(&self, number: DocumentIndex, span: Span) -> SideRow {
        let (start, end) = self.scalars[number as usize].span(span);
        let document = self.document(number);
        SideRow {
            doc: document.id.clone(),
            start: start as u64,
            end: end as u64,
            text: span.of(&document.text).to_owned(),
        }
    }

    fn edit_row(&self, pair: &DocumentPair, edit: &Edit) -> EditRow {
        let side = |number: DocumentIndex, span: Span| {
            let (start, end) = self.scalars[number as usize].span(span);
            let text = (edit.kind != EditKind::Kept)
                .then(|| span.of(&self.document(number).text).to_owned());
            EditSpanRow { start: start as u64, end: end as u64, text }
        };
        EditRow {
            kind: edit.kind.name().to_owned(),
            a: edit.a.map(|span| side(pair.a, span)),
            b: edit.b.map(|span| side(pair.b, span)),
        }
    }

    pub(super) fn cluster_row(&self, number: usize) -> ClusterRow {
        let cluster = &self.findings.clusters[number];
        ClusterRow {
            id: self.links.cluster_ids[number].clone(),
            kind: cluster.kind.name().to_owned(),
            text: cluster.text.clone(),
            size: cluster.members.len() as u64,
            sources: u64::from(cluster.sources),
            first_seen: cluster.first_seen.as_ref().map(|date| date.text.clone()),
            last_seen: cluster.last_seen.as_ref().map(|date| date.text.clone()),
            speaker: cluster.speaker.as_ref().map(|speaker| self.speaker_row(speaker)),
            members: cluster
                .members
                .iter()
                .zip(&self.links.member_passages[number])
                .map(|(member, &passage)| self.member_row(member, passage))
                .collect(),
            origin: OriginRow {
                verdict: cluster.origin.verdict.name().to_owned(),
                doc: cluster.origin.document.map(|document| self.document(document).id.clone()),
                probability: rounded(cluster.origin.probability),
                why: cluster.origin.why.clone(),
            },
            edges: cluster
                .edges
                .iter()
                .map(|edge| EdgeRow {
                    parent: edge.parent,
                    child: edge.child,
                    probability: rounded(edge.probability),
                    why: edge.why.clone(),
                    drift: edge.drift.iter().map(drift_row).collect(),
                })
                .collect(),
        }
    }

    fn speaker_row(&self, speaker: &SpeakerConsensus) -> ClusterSpeakerRow {
        ClusterSpeakerRow {
            name: speaker.name.clone(),
            votes: rounded(speaker.votes),
            conflicts: speaker
                .conflicts
                .iter()
                .map(|conflict| ConflictRow {
                    name: conflict.name.clone(),
                    votes: rounded(conflict.votes),
                    docs: conflict
                        .documents
                        .iter()
                        .map(|&document| self.document(document).id.clone())
                        .collect(),
                })
                .collect(),
        }
    }

    fn member_row(&self, member: &Member, passage: Option<u64>) -> MemberRow {
        let document = self.document(member.document);
        let (start, end) = self.scalars[member.document as usize].span(member.span);
        let place = match member.item {
            MemberItem::Quote(place) => Some(place as usize),
            MemberItem::Passage | MemberItem::Text => None,
        };
        let quote = place
            .and_then(|place| self.findings.analyses[member.document as usize].quotes.get(place));
        MemberRow {
            doc: document.id.clone(),
            source: document.source.clone(),
            quote: place.map(|place| quote_id(&document.id, place)),
            passage: if place.is_none() { passage.map(passage_id) } else { None },
            start: start as u64,
            end: end as u64,
            published_at: document.published_at.as_ref().map(|date| date.text.clone()),
            variant: member.variant.name().to_owned(),
            text: quote.map_or_else(
                || member.span.of(&document.text).to_owned(),
                |quote| quote.text_within(member.span, &document.text),
            ),
            speaker: quote
                .and_then(|quote| quote.speaker.as_ref())
                .map(|speaker| speaker.name.clone()),
            // For a reader the fullest form comes first.
            drift: member
                .drift
                .iter()
                .map(|drift| DriftRow {
                    kind: drift.kind.name().to_owned(),
                    a: drift.b.clone(),
                    b: drift.a.clone(),
                })
                .collect(),
        }
    }
}

/// The row of a document.
pub(super) fn document_row(
    document: &Document,
    analysis: &Analysis,
    scalars: &ScalarIndex<'_>,
) -> DocumentRow {
    let date = document.published_at.as_ref();
    DocumentRow {
        id: document.id.clone(),
        path: document.path.clone(),
        source: document.source.clone(),
        url: document.url.clone(),
        title: document.title.clone(),
        published_at: date.map(|date| date.text.clone()),
        date_precision: date.map(|date| date.precision.name().to_owned()),
        language: analysis.language.code().to_owned(),
        chars: scalars.scalars(document.text.len()) as u64,
        sentences: analysis.sentences.len() as u64,
        quotes: analysis.quotes.len() as u64,
        digest: format!("{:016x}", document.digest),
    }
}

/// The row of a quote by its place in the document; its cluster is not known here.
pub(super) fn quote_row(
    document: &Document,
    scalars: &ScalarIndex<'_>,
    place: usize,
    quote: &Quote,
) -> QuoteRow {
    let span_row = |span: Span| {
        let (start, end) = scalars.span(span);
        let text = span.of(&document.text).to_owned();
        SpanRow { start: start as u64, end: end as u64, text }
    };
    QuoteRow {
        id: quote_id(&document.id, place),
        doc: document.id.clone(),
        kind: quote.kind.name().to_owned(),
        parts: quote.parts.iter().map(|&part| span_row(part)).collect(),
        text: quote.text(&document.text),
        speaker: quote.speaker.as_ref().map(|speaker| SpeakerRow {
            name: speaker.name.clone(),
            mention: speaker.mention.map(span_row),
            method: speaker.method.name().to_owned(),
            confidence: rounded(f64::from(speaker.confidence)),
        }),
        cue: quote.cue.map(|cue| {
            let SpanRow { start, end, text } = span_row(cue.span);
            CueRow { start, end, text, negated_or_modal: cue.negated_or_modal }
        }),
        cluster: None,
        unclosed: quote.unclosed,
    }
}

fn drift_row(drift: &Drift) -> DriftRow {
    DriftRow { kind: drift.kind.name().to_owned(), a: drift.a.clone(), b: drift.b.clone() }
}

fn problem_row(problem: &Problem) -> ProblemRow {
    ProblemRow {
        path: problem.path.clone(),
        record: problem.record,
        kind: match problem.kind {
            ProblemKind::Skipped => "skipped",
            ProblemKind::Warning => "warning",
        }
        .to_owned(),
        message: problem.message.clone(),
        hint: problem.hint.clone(),
    }
}

/// The union of spans as spans that do not touch each other.
fn disjoint(mut spans: Vec<Span>) -> Vec<Span> {
    spans.sort_unstable();
    let mut union: Vec<Span> = Vec::with_capacity(spans.len());
    for span in spans {
        match union.last_mut() {
            Some(last) if span.start <= last.end => *last = last.cover(span),
            _ => union.push(span),
        }
    }
    union
}

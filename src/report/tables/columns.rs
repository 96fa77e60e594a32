//! The columns of every table, and the cells of every row.

use std::borrow::Cow;

use serde::Serialize;

use crate::report::rows::{
    BoilerplateRow, ClusterRow, DocumentRow, EdgeRow, PairRow, PassageRow, ProblemRow, QuoteRow,
};

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Text,
    Integer,
    Figure,
    Flag,
}

/// One value of a row.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Cell<'r> {
    Text(Cow<'r, str>),
    Integer(u64),
    Figure(f64),
    Flag(bool),
    Empty,
}

/// A table by its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Table {
    Documents,
    Pairs,
    Clusters,
    Members,
    Edges,
    Quotes,
    Passages,
    Boilerplate,
    Problems,
}

impl Table {
    pub(super) const ALL: [Table; 9] = [
        Table::Documents,
        Table::Pairs,
        Table::Clusters,
        Table::Members,
        Table::Edges,
        Table::Quotes,
        Table::Passages,
        Table::Boilerplate,
        Table::Problems,
    ];

    /// The name of its file, without what the form adds.
    pub(super) fn name(self) -> &'static str {
        match self {
            Table::Documents => "documents",
            Table::Pairs => "pairs",
            Table::Clusters => "clusters",
            Table::Members => "members",
            Table::Edges => "edges",
            Table::Quotes => "quotes",
            Table::Passages => "passages",
            Table::Boilerplate => "boilerplate",
            Table::Problems => "problems",
        }
    }

    pub(super) fn columns(self) -> &'static [(&'static str, Kind)] {
        use Kind::{Figure, Flag, Integer, Text};
        match self {
            Table::Documents => &[
                ("id", Text),
                ("path", Text),
                ("source", Text),
                ("url", Text),
                ("title", Text),
                ("published_at", Text),
                ("date_precision", Text),
                ("language", Text),
                ("chars", Integer),
                ("sentences", Integer),
                ("quotes", Integer),
                ("digest", Text),
            ],
            Table::Pairs => &[
                ("a", Text),
                ("b", Text),
                ("relation", Text),
                ("resemblance", Figure),
                ("containment_a", Figure),
                ("containment_b", Figure),
                ("shared_chars_a", Integer),
                ("shared_chars_b", Integer),
                ("passages", Integer),
            ],
            Table::Clusters => &[
                ("id", Text),
                ("kind", Text),
                ("text", Text),
                ("size", Integer),
                ("sources", Integer),
                ("first_seen", Text),
                ("last_seen", Text),
                ("speaker", Text),
                ("speaker_votes", Figure),
                ("speaker_conflicts", Text),
                ("origin_verdict", Text),
                ("origin_doc", Text),
                ("origin_probability", Figure),
                ("origin_why", Text),
            ],
            Table::Members => &[
                ("cluster", Text),
                ("number", Integer),
                ("doc", Text),
                ("source", Text),
                ("quote", Text),
                ("passage", Text),
                ("start", Integer),
                ("end", Integer),
                ("published_at", Text),
                ("variant", Text),
                ("text", Text),
                ("speaker", Text),
                ("drift", Text),
            ],
            Table::Edges => &[
                ("cluster", Text),
                ("parent", Integer),
                ("child", Integer),
                ("parent_doc", Text),
                ("child_doc", Text),
                ("probability", Figure),
                ("why", Text),
            ],
            Table::Quotes => &[
                ("id", Text),
                ("doc", Text),
                ("kind", Text),
                ("start", Integer),
                ("end", Integer),
                ("text", Text),
                ("parts", Text),
                ("speaker", Text),
                ("speaker_mention", Text),
                ("speaker_method", Text),
                ("speaker_confidence", Figure),
                ("cue", Text),
                ("cue_negated_or_modal", Flag),
                ("cluster", Text),
                ("unclosed", Flag),
            ],
            Table::Passages => &[
                ("id", Text),
                ("label", Text),
                ("a_doc", Text),
                ("a_start", Integer),
                ("a_end", Integer),
                ("a_text", Text),
                ("b_doc", Text),
                ("b_start", Integer),
                ("b_end", Integer),
                ("b_text", Text),
                ("jaccard", Figure),
                ("containment_a", Figure),
                ("containment_b", Figure),
                ("kept_in_order", Figure),
                ("alignment", Figure),
                ("probability", Figure),
                ("why", Text),
                ("edits", Text),
                ("drift", Text),
                ("quotes", Text),
                ("cluster", Text),
            ],
            Table::Boilerplate => &[("source", Text), ("text", Text), ("documents", Integer)],
            Table::Problems => &[
                ("path", Text),
                ("record", Integer),
                ("kind", Text),
                ("message", Text),
                ("hint", Text),
            ],
        }
    }
}

fn text(value: &str) -> Cell<'_> {
    Cell::Text(Cow::Borrowed(value))
}

fn text_or_empty(value: Option<&String>) -> Cell<'_> {
    value.map_or(Cell::Empty, |value| text(value))
}

/// A list as JSON text; an empty one as an empty cell.
fn list<Item: Serialize>(items: &[Item]) -> Cell<'static> {
    if items.is_empty() {
        return Cell::Empty;
    }
    serde_json::to_string(items).map_or(Cell::Empty, |json| Cell::Text(Cow::Owned(json)))
}

pub(super) fn document(row: &DocumentRow) -> Vec<Cell<'_>> {
    vec![
        text(&row.id),
        text(&row.path),
        text(&row.source),
        text_or_empty(row.url.as_ref()),
        text_or_empty(row.title.as_ref()),
        text_or_empty(row.published_at.as_ref()),
        text_or_empty(row.date_precision.as_ref()),
        text(&row.language),
        Cell::Integer(row.chars),
        Cell::Integer(row.sentences),
        Cell::Integer(row.quotes),
        text(&row.digest),
    ]
}

pub(super) fn pair(row: &PairRow) -> Vec<Cell<'_>> {
    vec![
        text(&row.a),
        text(&row.b),
        text(&row.relation),
        Cell::Figure(row.resemblance),
        Cell::Figure(row.containment_a),
        Cell::Figure(row.containment_b),
        Cell::Integer(row.shared_chars_a),
        Cell::Integer(row.shared_chars_b),
        Cell::Integer(row.passages),
    ]
}

pub(super) fn cluster(row: &ClusterRow) -> Vec<Cell<'_>> {
    let speaker = row.speaker.as_ref();
    vec![
        text(&row.id),
        text(&row.kind),
        text(&row.text),
        Cell::Integer(row.size),
        Cell::Integer(row.sources),
        text_or_empty(row.first_seen.as_ref()),
        text_or_empty(row.last_seen.as_ref()),
        text_or_empty(speaker.map(|speaker| &speaker.name)),
        speaker.map_or(Cell::Empty, |speaker| Cell::Figure(speaker.votes)),
        speaker.map_or(Cell::Empty, |speaker| list(&speaker.conflicts)),
        text(&row.origin.verdict),
        text_or_empty(row.origin.doc.as_ref()),
        Cell::Figure(row.origin.probability),
        list(&row.origin.why),
    ]
}

pub(super) fn member(row: &ClusterRow, place: usize) -> Vec<Cell<'_>> {
    let member = &row.members[place];
    vec![
        text(&row.id),
        Cell::Integer(place as u64),
        text(&member.doc),
        text(&member.source),
        text_or_empty(member.quote.as_ref()),
        text_or_empty(member.passage.as_ref()),
        Cell::Integer(member.start),
        Cell::Integer(member.end),
        text_or_empty(member.published_at.as_ref()),
        text(&member.variant),
        text(&member.text),
        text_or_empty(member.speaker.as_ref()),
        list(&member.drift),
    ]
}

pub(super) fn edge<'r>(row: &'r ClusterRow, edge: &'r EdgeRow) -> Vec<Cell<'r>> {
    let doc = |member: u32| row.members.get(member as usize).map(|member| &member.doc);
    vec![
        text(&row.id),
        edge.parent.map_or(Cell::Empty, |parent| Cell::Integer(u64::from(parent))),
        Cell::Integer(u64::from(edge.child)),
        text_or_empty(edge.parent.and_then(doc)),
        text_or_empty(doc(edge.child)),
        Cell::Figure(edge.probability),
        list(&edge.why),
    ]
}

pub(super) fn quote(row: &QuoteRow) -> Vec<Cell<'_>> {
    let speaker = row.speaker.as_ref();
    let mention = speaker.and_then(|speaker| speaker.mention.as_ref());
    vec![
        text(&row.id),
        text(&row.doc),
        text(&row.kind),
        row.parts.first().map_or(Cell::Empty, |part| Cell::Integer(part.start)),
        row.parts.last().map_or(Cell::Empty, |part| Cell::Integer(part.end)),
        text(&row.text),
        list(&row.parts),
        text_or_empty(speaker.map(|speaker| &speaker.name)),
        text_or_empty(mention.map(|mention| &mention.text)),
        text_or_empty(speaker.map(|speaker| &speaker.method)),
        speaker.map_or(Cell::Empty, |speaker| Cell::Figure(speaker.confidence)),
        text_or_empty(row.cue.as_ref().map(|cue| &cue.text)),
        row.cue.as_ref().map_or(Cell::Empty, |cue| Cell::Flag(cue.negated_or_modal)),
        text_or_empty(row.cluster.as_ref()),
        Cell::Flag(row.unclosed),
    ]
}

pub(super) fn passage(row: &PassageRow) -> Vec<Cell<'_>> {
    vec![
        text(&row.id),
        text(&row.label),
        text(&row.a.doc),
        Cell::Integer(row.a.start),
        Cell::Integer(row.a.end),
        text(&row.a.text),
        text(&row.b.doc),
        Cell::Integer(row.b.start),
        Cell::Integer(row.b.end),
        text(&row.b.text),
        Cell::Figure(row.scores.jaccard),
        Cell::Figure(row.scores.containment_a),
        Cell::Figure(row.scores.containment_b),
        Cell::Figure(row.scores.kept_in_order),
        Cell::Figure(row.scores.alignment),
        Cell::Figure(row.scores.probability),
        list(&row.why),
        list(&row.edits),
        list(&row.drift),
        list(&row.quotes),
        text_or_empty(row.cluster.as_ref()),
    ]
}

pub(super) fn boilerplate(row: &BoilerplateRow) -> Vec<Cell<'_>> {
    vec![text(&row.source), text(&row.text), Cell::Integer(row.documents)]
}

pub(super) fn problem(row: &ProblemRow) -> Vec<Cell<'_>> {
    vec![
        text(&row.path),
        row.record.map_or(Cell::Empty, Cell::Integer),
        text(&row.kind),
        text(&row.message),
        text(&row.hint),
    ]
}

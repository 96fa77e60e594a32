//! Findings made by hand: three reports of one council meeting, in two languages, with characters
//! outside ASCII before every span, so that byte offsets and scalar offsets differ.

use crate::model::{
    Analysis, Cluster, ClusterKind, Cue, Date, DatePrecision, Document, DocumentPair, Drift,
    DriftKind, Edge, Edit, EditKind, Findings, Label, Language, Member, MemberItem, Origin,
    Passage, PassageScores, Problem, ProblemKind, Quote, QuoteKind, Relation, Sentence,
    SentenceKind, Span, Speaker, SpeakerConsensus, SpeakerMethod, SpeakerVotes, StageCount,
    Variant, Verdict,
};

pub(super) const HARBOUR: &str = "Café owners in Østby — all 40 of them — want the quay back. \
    “We have waited nine years for this quay, and we will not wait a tenth,” said Åse Brännström, \
    who runs the guild. The council votes on Friday.";
pub(super) const WIRE: &str = "ØSTBY — “We have waited nine years for this quay …,” \
    Brännström said. The council will vote on Friday, </script><b>officials</b> said.";
pub(super) const DAILY: &str = "Die Gilde — 400 Cafés — klagt. “We have waited ninety years for \
    this quay, and we will not wait a tenth”, sagte Anna Brandström.";

/// The span of the n-th occurrence (from 0) of some words.
pub(super) fn span(text: &str, words: &str, occurrence: usize) -> Span {
    let (start, found) = text
        .match_indices(words)
        .nth(occurrence)
        .unwrap_or_else(|| panic!("{words:?} is not in the text"));
    Span::new(start, start + found.len())
}

fn document(id: &str, source: &str, title: &str, date: Option<Date>, text: &str) -> Document {
    Document {
        id: id.to_owned(),
        path: "meeting.jsonl".to_owned(),
        record: Some(7),
        source: source.to_owned(),
        url: Some(format!("https://example.org/{id}")),
        title: Some(title.to_owned()),
        published_at: date,
        declared_language: None,
        text: text.to_owned(),
        digest: xxhash_rust::xxh3::xxh3_64(text.as_bytes()),
    }
}

fn date(earliest: i64, text: &str, precision: DatePrecision) -> Option<Date> {
    let length = if precision == DatePrecision::Day { 86_400 } else { 60 };
    Some(Date { earliest, latest: earliest + length, precision, text: text.to_owned() })
}

fn analysis(text: &str, language: Language, quotes: Vec<Quote>) -> Analysis {
    let sentences =
        vec![Sentence { span: Span::new(0, text.len()), kind: SentenceKind::Prose, paragraph: 0 }];
    Analysis { language, sentences, quotes }
}

fn quote(text: &str, words: &str, name: &str, mention: &str, cue: &str) -> Quote {
    Quote {
        kind: QuoteKind::Direct,
        parts: vec![span(text, words, 0)],
        speaker: Some(Speaker {
            name: name.to_owned(),
            mention: Some(span(text, mention, 0)),
            method: SpeakerMethod::Explicit,
            confidence: 0.9,
        }),
        cue: Some(Cue { span: span(text, cue, 0), negated_or_modal: false }),
        unclosed: false,
    }
}

fn member(document: u32, text: &str, words: &str, variant: Variant) -> Member {
    let item = MemberItem::Quote(0);
    Member { document, item, span: span(text, words, 0), variant, drift: Vec::new() }
}

/// The vote, told twice: a passage with an edit of every kind that has words on both sides.
fn vote() -> Passage {
    let edit = |kind, a: Option<&str>, b: Option<&str>| Edit {
        kind,
        a: a.map(|words| span(HARBOUR, words, 0)),
        b: b.map(|words| span(WIRE, words, 0)),
    };
    Passage {
        label: Label::LightEdit,
        a: span(HARBOUR, "The council votes on Friday.", 0),
        b: span(WIRE, "The council will vote on Friday", 0),
        scores: PassageScores {
            jaccard: 0.25,
            containment_a: 1.0 / 3.0,
            containment_b: 0.5,
            kept_in_order: 0.8,
            alignment: 0.91,
            probability: 0.97,
        },
        why: vec!["4 of 5 words in the same order".to_owned()],
        edits: vec![
            edit(EditKind::Kept, Some("The council"), Some("The council")),
            edit(EditKind::Replaced, Some("votes"), Some("will vote")),
            edit(EditKind::Kept, Some("on Friday"), Some("on Friday")),
        ],
        drift: Vec::new(),
    }
}

fn quoted() -> Passage {
    let a = "We have waited nine years for this quay";
    Passage {
        label: Label::Verbatim,
        a: span(HARBOUR, a, 0),
        b: span(WIRE, a, 0),
        scores: PassageScores { jaccard: 1.0, probability: 1.0, ..PassageScores::default() },
        why: vec!["the same 8 words".to_owned()],
        edits: vec![Edit {
            kind: EditKind::Kept,
            a: Some(span(HARBOUR, a, 0)),
            b: Some(span(WIRE, a, 0)),
        }],
        drift: Vec::new(),
    }
}

fn quay_cluster(full: &str, short: &str, changed: &str) -> Cluster {
    let mut daily = member(1, DAILY, changed, Variant::Reworded);
    daily.drift =
        vec![Drift { kind: DriftKind::Number, a: "ninety".to_owned(), b: "nine".to_owned() }];
    let first = date(1_525_132_800, "2018-05-01", DatePrecision::Day);
    Cluster {
        kind: ClusterKind::Quote,
        text: full.to_owned(),
        sources: 3,
        first_seen: first,
        last_seen: date(1_525_255_500, "2018-05-02T10:05Z", DatePrecision::Minute),
        speaker: Some(SpeakerConsensus {
            name: "Åse Brännström".to_owned(),
            votes: 5.0,
            conflicts: vec![SpeakerVotes {
                name: "Anna Brandström".to_owned(),
                votes: 3.0,
                documents: vec![1],
            }],
        }),
        members: vec![
            member(0, HARBOUR, full, Variant::Identical),
            member(2, WIRE, short, Variant::Truncated),
            daily,
        ],
        origin: Origin {
            verdict: Verdict::Probable,
            document: Some(0),
            probability: 0.8125,
            why: vec!["the earliest of 3, and all others can stem from it".to_owned()],
        },
        edges: vec![
            Edge {
                parent: None,
                child: 0,
                probability: 0.1875,
                why: Vec::new(),
                drift: Vec::new(),
            },
            Edge {
                parent: Some(0),
                child: 1,
                probability: 0.75,
                why: vec!["a cut of the earlier version".to_owned()],
                drift: Vec::new(),
            },
            Edge {
                parent: Some(0),
                child: 2,
                probability: 0.6,
                why: Vec::new(),
                drift: Vec::new(),
            },
        ],
    }
}

/// Two sides of one passage as a cluster.
fn vote_cluster() -> Cluster {
    let side = |document, text: &str, words: &str, variant| Member {
        item: MemberItem::Passage,
        ..member(document, text, words, variant)
    };
    Cluster {
        kind: ClusterKind::Passage,
        text: "The council will vote on Friday".to_owned(),
        sources: 2,
        first_seen: date(1_525_132_800, "2018-05-01", DatePrecision::Day),
        last_seen: date(1_525_132_800, "2018-05-01", DatePrecision::Day),
        speaker: None,
        members: vec![
            side(0, HARBOUR, "The council votes on Friday.", Variant::Reworded),
            side(2, WIRE, "The council will vote on Friday", Variant::Identical),
        ],
        origin: Origin {
            verdict: Verdict::Undetermined,
            document: None,
            probability: 0.5,
            why: vec!["both were printed on the same day".to_owned()],
        },
        edges: Vec::new(),
    }
}

/// The findings of the three reports.
pub(super) fn findings() -> Findings {
    let full = "We have waited nine years for this quay, and we will not wait a tenth,";
    let short = "We have waited nine years for this quay …,";
    let changed = "We have waited ninety years for this quay, and we will not wait a tenth";
    let day = || date(1_525_132_800, "2018-05-01", DatePrecision::Day);
    Findings {
        documents: vec![
            document("a-harbour", "Harbour Post", "Østby’s quay: a vote", day(), HARBOUR),
            document(
                "b-daily",
                "Tagesblatt",
                "Warten auf den Kai",
                date(1_525_255_500, "2018-05-02T10:05Z", DatePrecision::Minute),
                DAILY,
            ),
            document("c-wire", "", "Quay vote near", day(), WIRE),
        ],
        analyses: vec![
            analysis(
                HARBOUR,
                Language::English,
                vec![quote(HARBOUR, full, "Åse Brännström", "Åse Brännström", "said")],
            ),
            analysis(
                DAILY,
                Language::German,
                vec![quote(DAILY, changed, "Anna Brandström", "Anna Brandström", "sagte")],
            ),
            analysis(
                WIRE,
                Language::English,
                vec![quote(WIRE, short, "Brännström", "Brännström", "said")],
            ),
        ],
        pairs: vec![DocumentPair {
            a: 0,
            b: 2,
            relation: Relation::Derived,
            resemblance: 0.2,
            containment_a: 0.25,
            containment_b: 0.6,
            passages: vec![quoted(), vote()],
        }],
        clusters: vec![quay_cluster(full, short, changed), vote_cluster()],
        boilerplate: Vec::new(),
        problems: vec![Problem {
            path: "meeting.jsonl".to_owned(),
            record: Some(3),
            kind: ProblemKind::Skipped,
            message: "the line is no JSON".to_owned(),
            hint: "every line is one article as a JSON object".to_owned(),
        }],
        counts: vec![StageCount {
            stage: "join",
            what: "candidate pairs of sentences",
            entered: 12,
            left: 2,
        }],
    }
}

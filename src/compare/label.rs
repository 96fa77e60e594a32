//! From a resolved block to a passage: its figures, its label, the reasons, the edits.

use crate::model::{Drift, DriftKind, EditKind, Label, Passage, PassageScores};

use super::border::text_span;
use super::common::{Common, NOWHERE};
use super::drift::drift;
use super::edits::{WordEdit, text_edits, word_edits};
use super::evidence::Evidence;
use super::grow::Block;
use super::lexicon::Classes;
use super::prepare::PreparedWord;

/// Share of the shorter side kept in order at which the skeleton is the same: about six words of
/// ten.
pub(super) const LIGHT_EDIT: f64 = 0.59;
/// A light edit does not leave one side much longer than the other.
const LIGHT_EDIT_LENGTHS: f64 = 2.0;

/// Makes a passage of a block with its evidence and probability.
pub(super) fn passage(
    common: &Common<'_>,
    block: &Block,
    evidence: &Evidence,
    probability: f64,
) -> Passage {
    let (a, b) = (common.a.document, common.b.document);
    let words_a = &a.words[block.a.start as usize..block.a.end as usize];
    let words_b = &b.words[block.b.start as usize..block.b.end as usize];
    let edits = word_edits(a, &block.a, b, &block.b, &evidence.kept);
    let scores = scores(words_a, words_b, evidence, probability);
    let label = label(words_a, words_b, &edits, &scores);
    let mut drift = drift(a, b, &edits);
    drift.extend(speech_drift(words_a, words_b, label));
    let why = why(common, block, label, &scores, evidence, &drift);
    Passage {
        label,
        a: text_span(a, &block.a),
        b: text_span(b, &block.b),
        scores,
        why,
        edits: text_edits(a, b, &edits),
        drift,
    }
}

fn scores(
    a: &[PreparedWord],
    b: &[PreparedWord],
    evidence: &Evidence,
    probability: f64,
) -> PassageScores {
    let (both, only_a, only_b) = evidence.shingles;
    let share =
        |part: usize, whole: usize| if whole == 0 { 0.0 } else { part as f64 / whole as f64 };
    PassageScores {
        jaccard: share(both, both + only_a + only_b),
        containment_a: share(both, both + only_a),
        containment_b: share(both, both + only_b),
        kept_in_order: share(evidence.kept.len(), a.len().min(b.len())),
        alignment: evidence.matched.alignment(),
        probability,
    }
}

fn label(
    a: &[PreparedWord],
    b: &[PreparedWord],
    edits: &[WordEdit],
    scores: &PassageScores,
) -> Label {
    if edits.iter().all(|edit| edit.kind == EditKind::Kept) {
        return Label::Verbatim;
    }
    let (shorter, longer) = (a.len().min(b.len()), a.len().max(b.len()));
    if scores.kept_in_order >= LIGHT_EDIT && longer as f64 <= LIGHT_EDIT_LENGTHS * shorter as f64 {
        return Label::LightEdit;
    }
    Label::Paraphrase
}

/// Direct speech that became indirect, or the reverse.
fn speech_drift(a: &[PreparedWord], b: &[PreparedWord], label: Label) -> Option<Drift> {
    let quoted = |words: &[PreparedWord]| {
        words.iter().filter(|word| word.classes.has(Classes::QUOTED)).count() as f64
            / words.len().max(1) as f64
    };
    let name = |share: f64| if share > 0.5 { "direct" } else { "indirect" }.to_string();
    let (share_a, share_b) = (quoted(a), quoted(b));
    let turned = share_a.max(share_b) >= 0.6 && share_a.min(share_b) <= 0.1;
    (turned && label != Label::Verbatim).then(|| Drift {
        kind: DriftKind::Speech,
        a: name(share_a),
        b: name(share_b),
    })
}

fn why(
    common: &Common<'_>,
    block: &Block,
    label: Label,
    scores: &PassageScores,
    evidence: &Evidence,
    drift: &[Drift],
) -> Vec<String> {
    let (kept, matched) = (evidence.kept.len(), &evidence.matched);
    let shorter = block.a.len().min(block.b.len());
    let mut why = Vec::new();
    match label {
        Label::Verbatim => why.push(format!("the same {shorter} words in the same order")),
        _ => why.push(format!("{kept} of {shorter} words kept in order")),
    }
    if label != Label::Verbatim {
        why.push(format!(
            "{:.0} % of the telling words of one side and {:.0} % of the other have a partner",
            100.0 * matched.share_a(),
            100.0 * matched.share_b()
        ));
        let telling = telling_words(common, block);
        if !telling.is_empty() {
            why.push(format!("both have {}", telling.join(", ")));
        }
        if block.a.len().max(block.b.len()) >= 2 * shorter && scores.alignment >= 0.4 {
            why.push("one side is condensed".to_string());
        }
    }
    for change in drift {
        let side = |words: &str| if words.is_empty() { "nothing" } else { words }.to_string();
        why.push(format!(
            "{} differs: {} / {}",
            change.kind.name(),
            side(&change.a),
            side(&change.b)
        ));
    }
    why
}

/// The heaviest words that both sides share, as the first document writes them.
fn telling_words(common: &Common<'_>, block: &Block) -> Vec<String> {
    let mut shared: Vec<(f32, u32, u32)> = Vec::new();
    for place in block.a.clone() {
        let stem = common.a.stems[place as usize];
        if stem != NOWHERE && common.b.count_within(stem, &block.b) > 0 {
            shared.push((common.a.weights[place as usize], place, stem));
        }
    }
    shared.sort_by(|x, y| y.0.total_cmp(&x.0).then(x.1.cmp(&y.1)));
    let mut stems: Vec<u32> = Vec::new();
    let mut words = Vec::new();
    for (weight, place, stem) in shared {
        if words.len() == 4 || weight < super::weight::LIGHT {
            break;
        }
        if !stems.contains(&stem) {
            stems.push(stem);
            let document = common.a.document;
            words.push(format!("“{}”", document.written(&document.words[place as usize])));
        }
    }
    words
}

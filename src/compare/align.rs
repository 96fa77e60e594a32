//! A related pair of documents to its passages: seeds, growth, resolution, borders, labels.

use std::collections::HashMap;
use std::ops::Range;

use crate::model::{Drift, Edit, EditKind, Passage, Span};

use super::border::{snap, text_span};
use super::common::{Common, NOWHERE, Side};
use super::condense::{condensed, gathered};
use super::evidence::{ALIGNMENT_FIGURE, Evidence, FIGURES, KEPT_IN_ORDER_FIGURE};
use super::grow::{Block, grow_all};
use super::guard::{LONGEST_NAMING, only_names, roles_reversed};
use super::label::{LIGHT_EDIT, passage};
use super::lexicon::Classes;
use super::prepare::{Prepared, PreparedWord};
use super::probability::probability;
use super::resolve::{is_worth_showing, join_pieces, resolve};
use super::seed::{runs, seeds, unit_pairs};
use super::tuning::Tuning;
use super::verify::{is_long_run, speaks, verify};
use super::widen::{narrowed, widen};

/// Aligns two documents. Returns their passages, sorted by place in `a`, then in `b`; none without
/// strict evidence somewhere in the pair ([`verify`]). `align(b, a)` gives the same passages with
/// the sides exchanged.
pub fn align(a: &Prepared<'_>, b: &Prepared<'_>) -> Vec<Passage> {
    align_tuned(a, b, &Tuning::default())
}

/// [`align`] with other thresholds; for measuring.
pub fn align_tuned(a: &Prepared<'_>, b: &Prepared<'_>, tuning: &Tuning) -> Vec<Passage> {
    if are_exchanged(a, b) {
        let mut passages: Vec<Passage> =
            align_in_order(b, a, tuning).into_iter().map(exchanged).collect();
        passages.sort_by_key(|passage| (passage.a, passage.b));
        return passages;
    }
    align_in_order(a, b, tuning)
}

/// Whether two documents are to be aligned the other way round. Ties are broken by place, which differs between
/// (a, b) and (b, a); so the work is always done in one canonical order.
fn are_exchanged(a: &Prepared<'_>, b: &Prepared<'_>) -> bool {
    (b.fingerprint, b.words.len()) < (a.fingerprint, a.words.len())
}

fn align_in_order(a: &Prepared<'_>, b: &Prepared<'_>, tuning: &Tuning) -> Vec<Passage> {
    let runs = runs(a, b);
    let common = Common::new(a, b);
    let unit_pairs = unit_pairs(&common, tuning);
    let mut probable = weighed_blocks(&common, &runs, &unit_pairs, tuning);
    probable.retain(|weighed| weighed.is_shown(&common, tuning));
    if !has_strict_evidence(&common, &runs, &unit_pairs, &probable, tuning) {
        return Vec::new();
    }
    let surest = probable.iter().map(|weighed| weighed.probability).fold(0.0, f64::max);
    let blocks = probable.iter().map(|weighed| weighed.block.clone()).collect();
    let blocks = join_pieces(&common, blocks, tuning);
    let whole = condensed(&common, &blocks, &unit_pairs, tuning)
        .or_else(|| gathered(&common, &blocks, tuning));
    let mut passages: Vec<Passage> = match whole {
        // What the surest of its statements tells holds for the whole.
        Some(block) => vec![passage(&common, &block, &Evidence::of(&common, &block), surest)],
        None => {
            // Most blocks are as they were weighed.
            let place = |block: &Block| (block.a.start, block.b.start);
            let mut known: HashMap<(u32, u32), WeighedBlock> =
                probable.into_iter().map(|weighed| (place(&weighed.block), weighed)).collect();
            let weighed = blocks.into_iter().map(|block| match known.remove(&place(&block)) {
                Some(weighed) if weighed.block == block => weighed,
                _ => WeighedBlock::of(&common, block),
            });
            let passage = |WeighedBlock { block, evidence, probability }: WeighedBlock| {
                passage(&common, &block, &evidence, probability)
            };
            weighed.map(passage).collect()
        }
    };
    passages.sort_by_key(|passage| (passage.a, passage.b));
    passages
}

/// The alignment of two sides that share half of their weight.
const HALF: f64 = 0.5;
/// A block of this probability is shown however much else its sides tell.
const SURE: f64 = 0.97;

/// A block with borders and what speaks for it.
struct WeighedBlock {
    block: Block,
    evidence: Evidence,
    probability: f64,
}

impl WeighedBlock {
    fn of(common: &Common<'_>, block: Block) -> WeighedBlock {
        let evidence = Evidence::of(common, &block);
        WeighedBlock { probability: probability(&evidence.figures), evidence, block }
    }

    fn alignment(&self) -> f64 {
        self.evidence.figures[ALIGNMENT_FIGURE]
    }

    fn keeps_skeleton(&self) -> bool {
        self.evidence.figures[KEPT_IN_ORDER_FIGURE] >= LIGHT_EDIT
    }

    /// Whether the block is a passage when the documents are related: probable reuse, a run of words
    /// that is copied beyond doubt, or one statement against one that states the same.
    fn is_shown(&self, common: &Common<'_>, tuning: &Tuning) -> bool {
        if is_mere_mention(common, &self.block) {
            return false;
        }
        // Sides that share less than half of their weight tell much else too.
        let missing = (HALF - self.alignment()).max(0.0);
        let reworded = (tuning.decision + tuning.decision_slope * missing).min(SURE);
        let least = if self.keeps_skeleton() { tuning.decision_light } else { reworded };
        self.probability >= least
            || (is_verbatim(common, &self.block) && is_long_run(common.a.document, &self.block.a))
            || (self.probability >= tuning.decision_statement
                && is_same_statement(common, &self.block, tuning))
    }
}

/// Whether a block is a statement on both sides and the two are strict evidence. The probability is
/// fitted to long passages for the most part and trusts single sentences too little.
fn is_same_statement(common: &Common<'_>, block: &Block, tuning: &Tuning) -> bool {
    let (a, b) = (common.a.document, common.b.document);
    let unit = |document: &Prepared<'_>, range: &Range<u32>| {
        document.words[range.start as usize].unit as usize
    };
    let matched = common.matched(&block.a, &block.b);
    is_most_of_a_sentence(common, block)
        && matched.density() >= tuning.statement_density
        && matched.worth(tuning.growth_cost) >= tuning.statement_worth
        && matched.plain_stems >= 3
        && verify(a, unit(a, &block.a), b, unit(b, &block.b)).is_some()
}

/// All blocks that could be passages, each weighed.
fn weighed_blocks(
    common: &Common<'_>,
    runs: &[(Range<u32>, Range<u32>)],
    unit_pairs: &[(u32, u32)],
    tuning: &Tuning,
) -> Vec<WeighedBlock> {
    let seeds = seeds(common, runs, unit_pairs, tuning);
    let blocks = resolve(common, grow_all(common, &seeds, tuning), runs, tuning);
    let blocks: Vec<Block> = blocks
        .iter()
        .filter(|block| !claims_the_reverse(common, block, unit_pairs))
        .map(|block| bordered(common, block, tuning))
        .collect();
    widen(common, blocks, tuning)
        .into_iter()
        .map(|block| WeighedBlock::of(common, narrowed(common, block, tuning)))
        .collect()
}

/// A block that was weighed, whether it became a passage or not.
#[derive(Clone, Debug)]
pub struct Weighed {
    /// In the first document.
    pub a: Span,
    /// In the second document.
    pub b: Span,
    /// What speaks for it, in the order of [`EVIDENCE_NAMES`](super::EVIDENCE_NAMES).
    pub figures: [f64; FIGURES],
    /// The probability that it is reuse.
    pub probability: f64,
}

/// The blocks of two documents with their evidence, for fitting the probability and for measuring
/// how well it is calibrated.
pub fn weigh(a: &Prepared<'_>, b: &Prepared<'_>, tuning: &Tuning) -> Vec<Weighed> {
    let common = Common::new(a, b);
    weighed_blocks(&common, &runs(a, b), &unit_pairs(&common, tuning), tuning)
        .into_iter()
        .map(|weighed| Weighed {
            a: text_span(a, &weighed.block.a),
            b: text_span(b, &weighed.block.b),
            figures: weighed.evidence.figures,
            probability: weighed.probability,
        })
        .collect()
}

/// The probability of the block of two documents that is most probably reuse; 0 when there is none.
pub(super) fn surest(a: &Prepared<'_>, b: &Prepared<'_>) -> f64 {
    let (a, b) = if are_exchanged(a, b) { (b, a) } else { (a, b) };
    let weighed = weigh(a, b, &Tuning::default());
    weighed.iter().map(|weighed| weighed.probability).fold(0.0, f64::max)
}

/// Whether anything relates the two documents beyond doubt.
fn has_strict_evidence(
    common: &Common<'_>,
    runs: &[(Range<u32>, Range<u32>)],
    unit_pairs: &[(u32, u32)],
    probable: &[WeighedBlock],
    tuning: &Tuning,
) -> bool {
    let (a, b) = (common.a.document, common.b.document);
    // Blocks are witnesses of their own: two that are probable each relate the documents where one
    // alone would not.
    let none_is_reuse: f64 = probable.iter().map(|weighed| 1.0 - weighed.probability).product();
    // Words of the topic of both documents make two sentences alike that tell different things.
    let beyond_topic = |&(unit_a, unit_b): &(u32, u32)| {
        let words_a = &a.units[unit_a as usize].words;
        let words_b = &b.units[unit_b as usize].words;
        common.matched(words_a, words_b).density() >= tuning.strict_density
    };
    1.0 - none_is_reuse >= tuning.strict
        || probable.iter().any(|weighed| is_verbatim(common, &weighed.block))
        || runs.iter().any(|(run, _)| is_long_run(a, run))
        || unit_pairs.iter().any(|pair| {
            beyond_topic(pair) && verify(a, pair.0 as usize, b, pair.1 as usize).is_some()
        })
}

/// The share of a block's shared weight that one pair of sentences carries when it is what the
/// block is about.
const MAIN_SHARE: f64 = 0.3;

/// A longer block, in words, tells a whole story; one pair of its sentences does not turn it.
const LONGEST_CLAIM: usize = 45;

/// Whether the sentences that a block rests on name the same parties in exchanged roles ("A sued
/// B", "B sued A"): then it is about two events, however much else they share.
fn claims_the_reverse(common: &Common<'_>, block: &Block, unit_pairs: &[(u32, u32)]) -> bool {
    if block.a.len().max(block.b.len()) > LONGEST_CLAIM {
        return false;
    }
    let (a, b) = (common.a.document, common.b.document);
    let main = MAIN_SHARE * common.matched(&block.a, &block.b).mass;
    // The pairs are sorted by unit.
    let unit = |place: u32| a.words[place as usize].unit;
    let from = unit_pairs.partition_point(|pair| pair.0 < unit(block.a.start));
    let to = unit_pairs.partition_point(|pair| pair.0 <= unit(block.a.end - 1));
    unit_pairs[from..to].iter().any(|&(unit_a, unit_b)| {
        let (words_a, words_b) = (&a.units[unit_a as usize].words, &b.units[unit_b as usize].words);
        overlaps(words_a, &block.a)
            && overlaps(words_b, &block.b)
            && common.matched(words_a, words_b).mass >= main
            && roles_reversed(a.slice(words_a), b.slice(words_b))
    })
}

/// Whether two texts only name the same people and offices ("Jane Doe, the chief executive"): that
/// is a mention, not a statement, however rare the names are.
fn is_mere_mention(common: &Common<'_>, block: &Block) -> bool {
    const LONGEST_MENTION: usize = 14;
    if is_verbatim(common, block) {
        // A long run that says that somebody spoke ("… said in a statement") states that much, and two
        // texts that print it word for word share it. On one side all may be written in capitals.
        let words = common.a.document.slice(&block.a);
        return !(speaks(words) && is_long_run(common.a.document, &block.a))
            && only_names(words)
            && only_names(common.b.document.slice(&block.b));
    }
    let shorter = block.a.len().min(block.b.len());
    if shorter > LONGEST_NAMING {
        return false;
    }
    let matched = common.matched(&block.a, &block.b);
    let named = matched.stems - matched.plain_stems;
    let says_little = matched.plain_stems <= 3 && named >= 2 && shorter <= LONGEST_MENTION;
    says_little || shared_only_names(common, block)
}

/// Whether what two ranges share names somebody and states nothing.
fn shared_only_names(common: &Common<'_>, block: &Block) -> bool {
    let shared = |place: &u32| {
        let stem = common.a.stems[*place as usize];
        stem != NOWHERE && common.b.count_within(stem, &block.b) > 0
    };
    let words: Vec<PreparedWord> = (block.a.clone().filter(shared))
        .map(|place| common.a.document.words[place as usize])
        .collect();
    only_names(&words)
}

/// Whether two ranges have words in common.
fn overlaps(left: &Range<u32>, right: &Range<u32>) -> bool {
    left.start < right.end && right.start < left.end
}

/// A block with the borders an editor would choose.
fn bordered(common: &Common<'_>, block: &Block, tuning: &Tuning) -> Block {
    if is_verbatim(common, block) && !is_cut_sentence(common, block) {
        return block.clone();
    }
    let (a, b) = (&common.a, &common.b);
    let snapped = Block::of(common, snap(a, &block.a, b, &block.b), snap(b, &block.b, a, &block.a));
    if is_worth_showing(common, &snapped, tuning) { snapped } else { block.clone() }
}

/// Whether a block is most of a sentence on both sides, and the rest of the two sentences shares
/// words too, or turns the meaning: then the sentence was taken over and edited. Where the rest is
/// foreign (a tag, another clause), only the block was taken.
fn is_cut_sentence(common: &Common<'_>, block: &Block) -> bool {
    if !is_most_of_a_sentence(common, block) {
        return false;
    }
    let (rest_a, rest_b) = (rest(common.a.document, &block.a), rest(common.b.document, &block.b));
    let turns = |words: &[&PreparedWord]| {
        words.iter().any(|word| word.classes.has(Classes::CONDITION.with(Classes::NEGATION)))
    };
    let telling = rest_a.iter().filter(|word| word.weight >= super::weight::LIGHT);
    turns(&rest_a)
        || turns(&rest_b)
        || telling.into_iter().any(|word| rest_b.iter().any(|other| other.stem == word.stem))
}

/// The words of a block's sentence that are not in the block.
fn rest<'d>(document: &'d Prepared<'_>, range: &Range<u32>) -> Vec<&'d PreparedWord> {
    let unit = &document.units[document.words[range.start as usize].unit as usize].words;
    let outside = unit.clone().filter(|place| !range.contains(place));
    outside.map(|place| &document.words[place as usize]).collect()
}

/// Whether a block lies in one unit on both sides and is most of both: the sentence was taken over,
/// and what differs at its ends is an edit of it.
pub(super) fn is_most_of_a_sentence(common: &Common<'_>, block: &Block) -> bool {
    let most = |side: &Side<'_>, range: &Range<u32>| {
        let unit = &side.document.units[side.document.words[range.start as usize].unit as usize];
        range.end <= unit.words.end && 2.0 * side.mass(range) >= side.mass(&unit.words)
    };
    most(&common.a, &block.a) && most(&common.b, &block.b)
}

/// Whether the words of both sides are the same in the same order.
pub(super) fn is_verbatim(common: &Common<'_>, block: &Block) -> bool {
    let (a, b) = (common.a.document, common.b.document);
    block.a.len() == block.b.len()
        && block
            .a
            .clone()
            .zip(block.b.clone())
            .all(|(x, y)| a.words[x as usize].form == b.words[y as usize].form)
}

/// A passage seen from the other side.
fn exchanged(passage: Passage) -> Passage {
    let mut edits: Vec<Edit> = passage
        .edits
        .into_iter()
        .map(|edit| {
            let kind = match edit.kind {
                EditKind::Dropped => EditKind::Added,
                EditKind::Added => EditKind::Dropped,
                kind => kind,
            };
            Edit { kind, a: edit.b, b: edit.a }
        })
        .collect();
    sort_edits(&mut edits);
    let mut drift: Vec<Drift> = passage
        .drift
        .into_iter()
        .map(|drift| Drift { kind: drift.kind, a: drift.b, b: drift.a })
        .collect();
    drift.sort();
    let mut scores = passage.scores;
    std::mem::swap(&mut scores.containment_a, &mut scores.containment_b);
    Passage { a: passage.b, b: passage.a, scores, edits, drift, ..passage }
}

/// Sorts edits by their place in `a`; an added run follows the run before it in `b`.
fn sort_edits(edits: &mut Vec<Edit>) {
    let mut placed: Vec<(u32, u32, Edit)> = Vec::with_capacity(edits.len());
    edits.sort_by_key(|edit| edit.b.map_or(u32::MAX, |span| span.start));
    let mut last_a = 0;
    for edit in edits.drain(..) {
        if let Some(span) = edit.a {
            last_a = span.start;
        }
        placed.push((edit.a.map_or(last_a, |span| span.start), u32::from(edit.a.is_none()), edit));
    }
    placed.sort_by_key(|&(start, added, _)| (start, added));
    edits.extend(placed.into_iter().map(|(_, _, edit)| edit));
}

//! The thresholds of the alignment, in one place. Those of seeds, growth, acceptance and
//! condensation were chosen on the pairs of PAN 2013 whose suspicious document has an odd number
//! (`cargo bench --bench quality -- passages DIR --half odd`); the even half is for reporting. Where
//! PAN and news pull apart the choice is for news: loose blocks are taken apart, single statements
//! are accepted at a lower worth, quotes stand alone. Weights are in nats.

/// Thresholds of seeds, growth, merging and acceptance.
#[derive(Clone, Debug)]
pub struct Tuning {
    /// A run of equal words is a seed from this many words…
    pub run_words: usize,
    /// …and this weight.
    pub run_mass: f64,
    /// A pair of units is a seed from this shared weight…
    pub seed_mass: f64,
    /// …and either this density…
    pub seed_density: f64,
    /// …or this share of the weight of one side.
    pub seed_share: f64,
    /// What an unmatched word costs when a passage is weighed, against what a matched one earns.
    pub growth_cost: f64,
    /// A passage grows into text that shares more than this share of what the passage shares.
    pub growth_share: f64,
    /// Growth looks this many words past the border of the other side for partners.
    pub growth_margin: u32,
    /// Growth on one side uses this many words behind the border of the other side.
    pub growth_reach: u32,
    /// Growth gives up this far below its best sum, as a share of the passage's shared weight…
    pub drop_share: f64,
    /// …within these bounds.
    pub drop_least: f64,
    /// The upper bound.
    pub drop_most: f64,
    /// What a stretch must earn to be added.
    pub growth_gain: f64,
    /// Two passages join when the gaps are at most this share of the smaller one's words…
    pub join_share: f64,
    /// …and at most this many words.
    pub join_most: u32,
    /// A passage must be worth this much: what it shares less the cost of what it does not.
    pub accept_worth: f64,
    /// And however large it is, it must be this dense.
    pub accept_density: f64,
    /// A block that is most of one sentence on both sides needs only this worth…
    pub statement_worth: f64,
    /// …at this density.
    pub statement_density: f64,
    /// A passage that keeps the skeleton of a text is shown from this probability…
    pub decision_light: f64,
    /// …a reworded one from this…
    pub decision: f64,
    /// …one statement against a like one from this…
    pub decision_statement: f64,
    /// …raised by this much for each part of their weight that its sides lack of sharing half…
    pub decision_slope: f64,
    /// …when it is this probable that one of the blocks is reuse, or other strict evidence relates
    /// the two documents.
    pub strict: f64,
    /// Two statements relate the two documents when what they share beyond the topic of both is this
    /// dense.
    pub strict_density: f64,
    /// Seeds are looked for in windows of this many words besides sentences.
    pub window: u32,
    /// A block less dense than this is taken apart…
    pub loose_density: f64,
    /// …at sentences of at least this weight…
    pub hole_mass: f64,
    /// …of which the other side has less than this share…
    pub hole_share: f64,
    /// …into pieces of at least this worth.
    pub piece_worth: f64,
    /// A quote that both sides carry word for word is lifted out of a block less dense than this;
    /// in a denser one all around it was taken over too.
    pub lift_density: f64,
    /// A block less dense than this…
    pub widen_below: f64,
    /// …that shares at least this weight is widened by the sentences next to it…
    pub widen_mass: f64,
    /// …that add this shared weight…
    pub widen_gain: f64,
    /// …which is this share of their own…
    pub widen_share: f64,
    /// …and more than this times what their other words cost.
    pub widen_cost: f64,
    /// A sentence at the end of a passage that shares less than this of its weight leaves it.
    pub narrow_share: f64,
    /// Two finished passages are pieces of one when the gaps are at most this share of the smaller
    /// one's words…
    pub piece_gap: f64,
    /// …and at most so many words…
    pub piece_gap_most: f64,
    /// …and both together are at least this dense against the less dense one.
    pub piece_density: f64,
    /// A sentence has its source in another from this shared weight…
    pub source_mass: f64,
    /// …which is this share of its own.
    pub source_share: f64,
    /// A single source of more than this share of some sentences is their only one.
    pub one_source: f64,
    /// …when it is this dense.
    pub one_source_density: f64,
    /// The strongest sources of the sentences must lie this far apart, in lengths of the sentences.
    pub condensed_strongest: f64,
    /// Sentences that condense a text are at most so many words in all…
    pub condensed_most: usize,
    /// …and at least this share of them has a source.
    pub condensed_filled: f64,
    /// …and this share of their words stands in passages found by themselves.
    pub condensed_found: f64,
    /// …and this share of their weight has a partner in its source.
    pub condensed_share: f64,
    /// The other sentences of the document share at most this part of the share of theirs.
    pub condensed_apart: f64,
    /// So much of what the sentences take from sources, other sentences may take at most.
    pub condensed_elsewhere: f64,
    /// Passages that together condense a text follow each other within so many words…
    pub gathered_gap: u32,
    /// …and the rest of their document shares at most this part of the share of theirs.
    pub gathered_apart: f64,
    /// A text is condensed when it becomes shorter by this factor.
    pub condensed: f64,
    /// A passage keeps its place when at least this share of each side is not in stronger ones.
    pub keep_share: f64,
}

impl Default for Tuning {
    fn default() -> Self {
        Tuning {
            run_words: 5,
            run_mass: 6.0,
            seed_mass: 9.0,
            seed_density: 0.4,
            seed_share: 0.6,
            growth_cost: 0.4,
            growth_share: 0.5,
            growth_margin: 40,
            growth_reach: 80,
            drop_share: 0.8,
            drop_least: 8.0,
            drop_most: 60.0,
            growth_gain: 3.0,
            join_share: 0.5,
            join_most: 60,
            accept_worth: 10.0,
            accept_density: 0.2,
            statement_worth: 8.0,
            statement_density: 0.5,
            decision_light: 0.63,
            decision: 0.7,
            decision_statement: 0.2,
            decision_slope: 2.0,
            strict: 0.8,
            strict_density: 0.6,
            window: 24,
            loose_density: 0.5,
            hole_mass: 25.0,
            hole_share: 0.22,
            piece_worth: 8.0,
            lift_density: 0.7,
            widen_below: 0.9,
            widen_mass: 20.0,
            widen_gain: 5.0,
            widen_share: 0.3,
            widen_cost: 0.7,
            narrow_share: 0.2,
            piece_gap: 1.5,
            piece_gap_most: 60.0,
            piece_density: 0.85,
            source_mass: 8.0,
            source_share: 0.15,
            one_source: 0.5,
            one_source_density: 0.75,
            condensed_strongest: 1.5,
            condensed_most: 160,
            condensed_filled: 0.6,
            condensed_found: 0.1,
            condensed_share: 0.3,
            condensed_apart: 0.4,
            condensed_elsewhere: 0.8,
            gathered_gap: 50,
            gathered_apart: 0.25,
            condensed: 1.75,
            keep_share: 0.5,
        }
    }
}

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
    /// A block worth this much…
    pub strict_worth: f64,
    /// …at this density relates two documents whatever their sentences.
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
    /// A text is condensed when it becomes shorter by this factor.
    pub condensed: f64,
    /// A passage keeps its place when at least this share of each side is not in stronger ones.
    pub keep_share: f64,
}

impl Default for Tuning {
    fn default() -> Self {
        Tuning {
            run_words: 5,
            run_mass: 9.0,
            seed_mass: 12.0,
            seed_density: 0.4,
            seed_share: 0.6,
            growth_cost: 0.4,
            growth_share: 0.5,
            growth_margin: 40,
            growth_reach: 80,
            drop_share: 0.8,
            drop_least: 8.0,
            drop_most: 60.0,
            growth_gain: 6.0,
            join_share: 0.5,
            join_most: 60,
            accept_worth: 20.0,
            accept_density: 0.3,
            statement_worth: 11.0,
            statement_density: 0.5,
            strict_worth: 30.0,
            strict_density: 0.45,
            window: 24,
            loose_density: 0.65,
            hole_mass: 25.0,
            hole_share: 0.22,
            piece_worth: 12.0,
            source_mass: 8.0,
            source_share: 0.25,
            one_source: 0.5,
            one_source_density: 0.85,
            condensed_strongest: 1.5,
            condensed: 2.5,
            keep_share: 0.5,
        }
    }
}

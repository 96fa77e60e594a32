//! The thresholds of the alignment, in one place. They were chosen on the odd half of PAN 2013
//! (by the number of the suspicious document) and on news pairs read by hand; see
//! `benches/quality/passages.rs` for the figures on the other half. Weights are in nats.

/// Thresholds of seeds, growth, merging and acceptance.
#[derive(Clone, Debug)]
pub struct Tuning {
    /// A run of equal words is a seed from this many words…
    pub run_words: usize,
    /// …and this weight.
    pub run_mass: f64,
    /// A pair of units is a seed from this shared weight…
    pub seed_mass: f64,
    /// …and either this Dice coefficient…
    pub seed_dice: f64,
    /// …or this share of the weight of one side.
    pub seed_share: f64,
    /// What an unmatched word costs while a passage grows, against what a matched one earns.
    pub growth_cost: f64,
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
    /// A passage needs this shared weight…
    pub accept_mass: f64,
    /// …and this alignment score when it is short…
    pub accept_alignment: f64,
    /// …or this one when its shared weight is large…
    pub accept_alignment_large: f64,
    /// …namely this large.
    pub accept_large: f64,
    /// A passage keeps its place when at least this share of each side is not in stronger ones.
    pub keep_share: f64,
}

impl Default for Tuning {
    fn default() -> Self {
        Tuning {
            run_words: 5,
            run_mass: 9.0,
            seed_mass: 12.0,
            seed_dice: 0.33,
            seed_share: 0.6,
            growth_cost: 0.6,
            growth_margin: 25,
            growth_reach: 80,
            drop_share: 0.5,
            drop_least: 8.0,
            drop_most: 60.0,
            growth_gain: 6.0,
            join_share: 0.5,
            join_most: 60,
            accept_mass: 15.0,
            accept_alignment: 0.45,
            accept_alignment_large: 0.35,
            accept_large: 120.0,
            keep_share: 0.5,
        }
    }
}

//! How much a word says. Two documents alone tell little about how common a word is, so the
//! inverse document frequency of the run is blended with what a word's form tells: function words
//! say next to nothing, long words, numbers and names much.

use crate::model::DocumentFrequencies;

use super::lexicon::Classes;

/// The run's own counts weigh as much as the prior at this many documents.
const PRIOR_DOCUMENTS: f64 = 60.0;

/// No word weighs more than this: beyond it, rarity says more about spelling than about meaning.
pub(super) const HEAVIEST: f64 = 7.5;

/// Weights below this make a word "light": it can hold a match together but cannot make one.
pub(super) const LIGHT: f32 = 1.6;

/// What the run's own counts say a word weighs, and how far they are to be trusted.
#[derive(Clone, Copy, Debug)]
pub(super) struct Weigher<'f> {
    frequencies: &'f DocumentFrequencies,
    trust: f64,
}

impl<'f> Weigher<'f> {
    pub(super) fn new(frequencies: &'f DocumentFrequencies) -> Self {
        let documents = f64::from(frequencies.documents());
        Weigher { frequencies, trust: documents / (documents + PRIOR_DOCUMENTS) }
    }

    /// The inverse document frequency of a word, in nats.
    pub(super) fn counted(self, hash: u64) -> f64 {
        let documents = f64::from(self.frequencies.documents());
        let count = f64::from(self.frequencies.count(hash));
        ((documents + 1.0) / (count + 0.5)).ln().clamp(0.0, HEAVIEST)
    }

    /// The weight of a word of so many letters, in nats: roughly the negative logarithm of the share
    /// of documents that hold it.
    pub(super) fn weight(self, letters: u8, classes: Classes, counted: f64) -> f32 {
        bounded(self.trust * counted + (1.0 - self.trust) * prior(letters, classes), classes)
    }
}

/// A weight within the bounds of the word's classes.
fn bounded(mut weight: f64, classes: Classes) -> f32 {
    if classes.has(Classes::FUNCTION) {
        // A function word can be rare in a small or odd collection; it still says little.
        weight = weight.min(FUNCTION);
    } else if classes.has(Classes::SPEECH) {
        weight = weight.min(1.2);
    } else if classes.has(Classes::DATE) {
        weight = weight.min(1.8);
    }
    if classes.has(Classes::FRAME) {
        weight = weight.min(0.3);
    }
    weight.max(0.05) as f32
}

/// The most that a function word weighs.
pub(super) const FUNCTION: f64 = 0.5;

/// What the form of a word tells about its weight.
fn prior(letters: u8, classes: Classes) -> f64 {
    if classes.has(Classes::FUNCTION) {
        return f64::min(FUNCTION, 0.2);
    }
    if classes.has(Classes::SPEECH) {
        return 0.8;
    }
    if classes.has(Classes::DATE) {
        return 1.5;
    }
    if classes.has(Classes::NUMBER) {
        return if letters <= 2 { 2.8 } else { 4.2 };
    }
    let by_length = match letters {
        0..=1 => 0.8,
        2 => 1.5,
        3 => 2.6,
        4 => 3.3,
        5 => 3.8,
        6..=7 => 4.3,
        _ => 4.7,
    };
    if classes.has(Classes::NAME) { f64::max(by_length, 4.3) } else { by_length }
}

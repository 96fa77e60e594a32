//! The function words of a unit, which its outline leaves out, and what two units can share of them.
//!
//! They are half of any text and weigh next to nothing each, but all together more than many a claim takes.
//! So the most common ones have a bit each, and what two units may share of them is what those weigh that
//! both have.

use super::vocabulary::COMMON_FUNCTIONS;

/// The words of a unit that are left out of its outline: a bit for each of the most common function words,
/// and in the upper eight bits what the others can weigh in steps: other function words, further uses.
#[derive(Clone, Copy, Debug)]
pub(super) struct Functions(u64);

/// What other function words weigh is kept in so many steps a nat, rounded up; the last step stands for
/// any weight.
const FUNCTION_STEPS: f64 = 16.0;
const _: () = assert!(COMMON_FUNCTIONS == 8 * BYTES);

/// The bytes that the bits of the common ones fill.
const BYTES: usize = 7;

impl Functions {
    /// The bits of common ones and the weight of others.
    pub(super) fn new(common: u64, others: f64) -> Self {
        let steps = (others * FUNCTION_STEPS).ceil().min(255.0) as u64;
        Functions(steps << COMMON_FUNCTIONS | common)
    }

    /// The most that the left-out words which two units share weigh together. Of the common ones each has
    /// a use or none; of what is shared else the mean of both sides counts.
    #[inline]
    pub(super) fn shared(self, other: Functions, heaviest: &HeaviestFunctions) -> f64 {
        let others = |functions: Functions| match functions.0 >> COMMON_FUNCTIONS {
            255 => f64::INFINITY,
            steps => steps as f64 / FUNCTION_STEPS,
        };
        let common = (self.0 & other.0).to_le_bytes();
        let weights = heaviest.of_bytes.iter().zip(common).map(|(sums, byte)| sums[byte as usize]);
        (others(self) + others(other)) / 2.0 + f64::from(weights.sum::<f32>())
    }
}

/// The most that a function word with each of the numbered stems weighs, in any language of a collection.
#[derive(Clone, Debug)]
pub(super) struct HeaviestFunctions {
    weights: [f32; COMMON_FUNCTIONS],
    /// What the words of each byte of their bits weigh together: asked for once a pair.
    of_bytes: Vec<[f32; 256]>,
}

impl Default for HeaviestFunctions {
    fn default() -> Self {
        HeaviestFunctions { weights: [0.0; COMMON_FUNCTIONS], of_bytes: vec![[0.0; 256]; BYTES] }
    }
}

impl HeaviestFunctions {
    /// Takes those of another language or collection along.
    pub(super) fn include(&mut self, others: &[f32; COMMON_FUNCTIONS]) {
        if self.weights.iter().zip(others).all(|(own, other)| own >= other) {
            return;
        }
        for (own, &other) in self.weights.iter_mut().zip(others) {
            *own = own.max(other);
        }
        for (sums, weights) in self.of_bytes.iter_mut().zip(self.weights.chunks(8)) {
            for (byte, sum) in sums.iter_mut().enumerate() {
                let set = weights.iter().enumerate().filter(|&(bit, _)| byte >> bit & 1 == 1);
                *sum = set.map(|(_, weight)| weight).sum();
            }
        }
    }

    /// The same for those of another part of the collection.
    pub(super) fn include_all(&mut self, others: &HeaviestFunctions) {
        self.include(&others.weights);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn what_is_shared_is_what_common_words_that_both_have_weigh(
            own: u64, other: u64, weights in prop::array::uniform32(0f32..2.0), scale in 0.5f32..2.0,
        ) {
            let weight = |number: usize| weights[number % 32] * (1.0 + (number / 32) as f32);
            let all: [f32; COMMON_FUNCTIONS] = std::array::from_fn(weight);
            let mut heaviest = HeaviestFunctions::default();
            heaviest.include(&all.map(|weight| weight * scale));
            heaviest.include(&all);
            let (own, other) = (own >> 8, other >> 8);
            let expected: f32 = (0..COMMON_FUNCTIONS)
                .filter(|number| (own & other) >> number & 1 == 1)
                .map(|number| weight(number) * scale.max(1.0))
                .sum();
            let found = Functions::new(own, 1.0).shared(Functions::new(other, 3.0), &heaviest);
            prop_assert!((found - 2.0 - f64::from(expected)).abs() < 1e-3, "{found} {expected}");
        }
    }
}

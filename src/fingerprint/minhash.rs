//! MinHash signatures (Broder 1997): the share of equal lanes estimates the Jaccard similarity of
//! two sets.
//!
//! Each lane is a multiply-add on 32-bit shingles, `a * x + b` with an odd `a`, of which the least
//! value is kept. Shingles are well-mixed hashes already, so nothing stronger is needed (the error
//! was measured to be that of 61-bit modular hashing), and 32-bit lanes fit eight to an AVX2
//! register. The loop is compiled for plain x86-64 and for AVX2; the machine decides at run time.

use multiversion::multiversion;
use xxhash_rust::xxh3::xxh3_64_with_seed;

/// Lanes are worked on in groups of this many, so that a group stays in registers over all the
/// shingles of a unit.
const GROUP: usize = 32;

/// The hash functions of a signature's lanes.
#[derive(Clone, Debug)]
pub struct MinHasher {
    lanes: usize,
    multipliers: Vec<u32>,
    offsets: Vec<u32>,
}

impl MinHasher {
    /// Functions for so many lanes. The first lanes are the same whatever their number.
    pub fn new(lanes: usize, seed: u64) -> Self {
        let padded = lanes.next_multiple_of(GROUP);
        let draw = |lane: usize| xxh3_64_with_seed(&(lane as u64).to_le_bytes(), seed);
        MinHasher {
            lanes,
            multipliers: (0..padded).map(|lane| draw(lane) as u32 | 1).collect(),
            offsets: (0..padded).map(|lane| (draw(lane) >> 32) as u32).collect(),
        }
    }

    /// The number of lanes of a signature.
    pub fn lanes(&self) -> usize {
        self.lanes
    }

    /// Puts the signature of a set of shingles in place of what `signature` held. Repeats do not
    /// matter. The signature of the empty set is `u32::MAX` in all lanes.
    pub fn signature_into(&self, shingles: &[u32], signature: &mut Vec<u32>) {
        signature.clear();
        signature.resize(self.multipliers.len(), u32::MAX);
        least_values(&self.multipliers, &self.offsets, shingles, signature);
        signature.truncate(self.lanes);
    }
}

/// Lowers each lane of `signature` to the least value its function takes on the shingles. All
/// three lane slices have the same length, a multiple of [`GROUP`].
#[multiversion(targets("x86_64+avx2", "x86_64+sse4.1"))]
fn least_values(multipliers: &[u32], offsets: &[u32], shingles: &[u32], signature: &mut [u32]) {
    // Arrays of a known length, so that the inner loop becomes a few vector instructions.
    let (multipliers, _) = multipliers.as_chunks::<GROUP>();
    let (offsets, _) = offsets.as_chunks::<GROUP>();
    let (signature, _) = signature.as_chunks_mut::<GROUP>();
    for ((lanes, multipliers), offsets) in signature.iter_mut().zip(multipliers).zip(offsets) {
        let mut least = *lanes;
        for &shingle in shingles {
            for ((least, &multiplier), &offset) in least.iter_mut().zip(multipliers).zip(offsets) {
                *least = (*least).min(shingle.wrapping_mul(multiplier).wrapping_add(offset));
            }
        }
        *lanes = least;
    }
}

/// The share of equal lanes: an unbiased estimate of the Jaccard similarity, with a standard
/// deviation of `sqrt(j * (1 - j) / lanes)`.
pub fn estimate(a: &[u32], b: &[u32]) -> f64 {
    let equal = a.iter().zip(b).filter(|(left, right)| left == right).count();
    if a.is_empty() { 0.0 } else { equal as f64 / a.len() as f64 }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn vector_lanes_equal_scalar_code(
            shingles in proptest::collection::vec(any::<u32>(), 0..50),
            lanes in 1usize..140,
        ) {
            let hasher = MinHasher::new(lanes, 7);
            let mut signature = Vec::new();
            hasher.signature_into(&shingles, &mut signature);
            let scalar: Vec<u32> = (0..lanes)
                .map(|lane| {
                    shingles
                        .iter()
                        .map(|shingle| {
                            shingle
                                .wrapping_mul(hasher.multipliers[lane])
                                .wrapping_add(hasher.offsets[lane])
                        })
                        .min()
                        .unwrap_or(u32::MAX)
                })
                .collect();
            prop_assert_eq!(signature, scalar);
        }
    }

    #[test]
    fn the_estimate_lies_within_four_standard_deviations() {
        const LANES: usize = 128;
        let hasher = MinHasher::new(LANES, 1);
        let value = |number: u64| xxh3_64_with_seed(&number.to_le_bytes(), 9) as u32;
        let (mut left, mut right) = (Vec::new(), Vec::new());
        for trial in 0..400u64 {
            let (shared, own) = (trial % 41, (trial * 7) % 20 + 1);
            let base = trial << 32;
            let a: Vec<u32> = (0..shared + own).map(|i| value(base + i)).collect();
            let b: Vec<u32> =
                (0..shared).chain(1000..1000 + own).map(|i| value(base + i)).collect();
            hasher.signature_into(&a, &mut left);
            hasher.signature_into(&b, &mut right);
            let jaccard = shared as f64 / (shared + 2 * own) as f64;
            let deviation = (jaccard * (1.0 - jaccard) / LANES as f64).sqrt();
            let error = (estimate(&left, &right) - jaccard).abs();
            assert!(error <= 4.0 * deviation + 1e-9, "{jaccard}: {error} over {deviation}");
        }
    }
}

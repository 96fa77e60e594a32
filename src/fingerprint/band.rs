//! The `band` space: locality-sensitive hashing of MinHash signatures (Indyk and Motwani 1998;
//! Leskovec, Rajaraman and Ullman, *Mining of Massive Datasets*, chapter 3). A signature is cut
//! into bands of some rows; two units become candidates when all rows of one band agree.

use xxhash_rust::xxh3::xxh3_64_with_seed;

/// How a signature is cut: two units of Jaccard similarity `s` share a band with the probability
/// `1 - (1 - s^rows)^bands`, an S-shaped curve.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Curve {
    /// The number of bands, which is the number of keys of a unit.
    pub bands: usize,
    /// The lanes a band.
    pub rows: usize,
}

/// No signature is longer than this.
const MOST_LANES: usize = 128;
/// A pair that is just similar enough is missed this often at most.
const MISSED: f64 = 1.0 / 64.0;

impl Curve {
    /// The steepest curve of at most 128 lanes that misses no more than one in 64 of the pairs
    /// which are just as similar as wanted. Steeper means fewer candidates in vain.
    pub fn for_similarity(similarity: f64) -> Curve {
        let similarity = similarity.clamp(0.05, 0.999);
        (1..=8)
            .rev()
            .filter_map(|rows| {
                let agree = similarity.powi(rows as i32);
                let bands = (MISSED.ln() / (1.0 - agree).ln()).ceil() as usize;
                (bands * rows <= MOST_LANES).then_some(Curve { bands, rows })
            })
            .next()
            .unwrap_or(Curve { bands: MOST_LANES, rows: 1 })
    }

    /// The probability that two units of a similarity share a band.
    pub fn probability(self, similarity: f64) -> f64 {
        1.0 - (1.0 - similarity.powi(self.rows as i32)).powi(self.bands as i32)
    }

    /// The lanes of a signature.
    pub fn lanes(self) -> usize {
        self.bands * self.rows
    }
}

/// The band keys of a signature, in the order of the bands.
pub fn band_keys(signature: &[u32], rows: usize, seed: u64) -> impl Iterator<Item = u64> {
    signature.chunks_exact(rows).zip(0u64..).map(move |(lanes, band)| {
        let mut key = seed ^ (band << 56);
        for &lane in lanes {
            key = (key ^ u64::from(lane)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
            key ^= key >> 32;
        }
        key.wrapping_mul(0xd6e8_feb8_6659_fd93)
    })
}

/// The seed of the space's keys.
pub(super) fn seed(base: u64) -> u64 {
    xxh3_64_with_seed(b"band", base)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_curve(similarity: f64, bands: usize, rows: usize) {
        let curve = Curve::for_similarity(similarity);
        assert_eq!(curve, Curve { bands, rows });
        assert!(curve.probability(similarity) >= 1.0 - MISSED);
        assert!(curve.lanes() <= MOST_LANES);
    }

    #[test]
    fn the_curve_follows_the_wanted_similarity() {
        check_curve(0.5, 32, 3);
        check_curve(0.7, 23, 5);
        check_curve(0.8, 18, 7);
    }

    #[test]
    fn equal_rows_give_equal_keys_in_their_own_band_only() {
        let left: Vec<u64> = band_keys(&[1, 2, 3, 4, 5, 6], 2, 0).collect();
        let right: Vec<u64> = band_keys(&[1, 2, 9, 4, 1, 2], 2, 0).collect();
        assert_eq!(left[0], right[0]);
        assert_ne!(left[1], right[1]);
        assert_ne!(right[0], right[2]);
    }
}

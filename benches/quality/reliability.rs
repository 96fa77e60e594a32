//! Reliability: whether the stated confidence of speakers is the share that is right.

use std::collections::BTreeMap;

/// How many bins of equal width the confidence is cut into.
const BINS: usize = 10;

/// Right and all speakers, and the sum of what was stated.
#[derive(Clone, Copy, Default)]
struct Bin {
    right: usize,
    all: usize,
    stated: f64,
}

impl Bin {
    fn add(&mut self, confidence: f64, right: bool) {
        self.right += usize::from(right);
        self.all += 1;
        self.stated += confidence;
    }

    fn observed(self) -> f64 {
        self.right as f64 / self.all as f64
    }

    fn mean_stated(self) -> f64 {
        self.stated / self.all as f64
    }
}

/// The speakers of a set by stated confidence and by method.
#[derive(Default)]
pub(crate) struct Reliability {
    bins: [Bin; BINS],
    methods: BTreeMap<&'static str, Bin>,
}

impl Reliability {
    /// Counts a speaker.
    pub(crate) fn add(&mut self, confidence: f32, method: &'static str, right: bool) {
        let confidence = f64::from(confidence);
        let bin = ((confidence * BINS as f64) as usize).min(BINS - 1);
        self.bins[bin].add(confidence, right);
        self.methods.entry(method).or_default().add(confidence, right);
    }

    /// The expected calibration error: the mean distance between stated and observed, weighted by
    /// how many speakers a bin holds (Naeini et al. 2015).
    fn expected_error(&self) -> f64 {
        let all: usize = self.bins.iter().map(|bin| bin.all).sum();
        let filled = self.bins.iter().filter(|bin| bin.all > 0);
        let distance: f64 =
            filled.map(|bin| (bin.observed() - bin.mean_stated()).abs() * bin.all as f64).sum();
        if all == 0 { 0.0 } else { distance / all as f64 }
    }

    /// Prints a row for each bin and each method.
    pub(crate) fn print(&self) {
        println!(
            "  confidence of speakers, expected calibration error {:.4}",
            self.expected_error()
        );
        let row = |name: &str, bin: Bin| {
            println!(
                "    {name:10} stated {:.3} right {:.3} ({} of {})",
                bin.mean_stated(),
                bin.observed(),
                bin.right,
                bin.all
            );
        };
        for (number, &bin) in self.bins.iter().enumerate().filter(|(_, bin)| bin.all > 0) {
            let width = 1.0 / BINS as f64;
            let (low, high) = (number as f64 * width, (number + 1) as f64 * width);
            row(&format!("{low:.1}-{high:.1}"), bin);
        }
        for (method, &bin) in &self.methods {
            row(method, bin);
        }
    }
}

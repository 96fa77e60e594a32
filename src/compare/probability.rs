//! How probable it is that a block is reuse: a logistic model over the figures of
//! [`super::evidence`]. The weights are data (`probability/weights.txt`), fitted by the bench task
//! that the file names, so that they can be made again when the figures change.

use std::sync::LazyLock;

use super::evidence::{FIGURES, NAMES};

/// Intercept and one weight a figure.
struct Model {
    intercept: f64,
    weights: [f64; FIGURES],
}

static MODEL: LazyLock<Model> = LazyLock::new(|| parse(include_str!("probability/weights.txt")));

/// Reads the weights: a line is a figure's name and its weight; `#` starts a comment.
fn parse(data: &str) -> Model {
    let mut model = Model { intercept: 0.0, weights: [0.0; FIGURES] };
    for line in data.lines().filter(|line| !line.starts_with('#')) {
        let Some((name, value)) = line.split_once(':') else { continue };
        let value: f64 = value.trim().parse().unwrap_or(0.0);
        match NAMES.iter().position(|&known| known == name) {
            Some(place) => model.weights[place] = value,
            None => model.intercept = value,
        }
    }
    model
}

/// The probability that figures come from reuse.
pub(super) fn probability(figures: &[f64; FIGURES]) -> f64 {
    let weighed = figures.iter().zip(&MODEL.weights).map(|(figure, weight)| figure * weight);
    let logit = MODEL.intercept + weighed.sum::<f64>();
    1.0 / (1.0 + (-logit).exp())
}

//! The composition of the phases; the only place that names rayon.

mod candidates;

pub use candidates::candidates;

//! The composition of the phases; the only place that names rayon.
//!
//! [`read_all()`] reads the documents of a run. [`scan()`] is the main job. Its steps, each a file:
//! [`analyse()`] (documents to sentences and quotes), document frequencies, the distinct units, boilerplate,
//! the join (`evidence`: which documents may be related, and by which statements), verification and
//! alignment (`scan`), quotes across documents (`quotes`, `cuts`, and `translations` across languages),
//! clusters and origins (`clusters`). [`trace()`] follows one quote; [`duplicates()`] finds near-duplicates
//! only. Every parallel step gathers its results in an order that depends on the data only, so the number
//! of threads changes nothing.

mod align;
mod analyse;
mod boilerplate;
mod candidates;
mod clusters;
mod cuts;
mod desks;
mod duplicates;
mod evidence;
mod fingerprints;
mod frequencies;
mod met_pairs;
pub mod nightly;
mod progress;
mod quotes;
mod read_all;
mod recent;
mod scan;
mod spill;
mod threads;
mod trace;
mod translations;
mod units;

pub use analyse::{analyse, analyse_all};
pub use candidates::{Joined, candidates};
pub use duplicates::{DuplicateCounts, DuplicateOptions, DuplicateUnit, duplicates};
pub use progress::{Progress, Silent, Stage};
pub use read_all::read_all;
pub use scan::{ScanOptions, scan};
pub use threads::AllThreads;
pub use trace::trace;

//! Pairs to evidence: units are verified, related documents are aligned into passages.
//!
//! Two thresholds (hysteresis). [`verify()`] is the strict one: are two units evidence enough to
//! relate two documents at all? Once they are, [`align()`] looks at the whole pair leniently:
//! sentences and clauses that only paraphrase each other are found because something stronger ties
//! the two documents. Each stretch that could be a passage is then weighed: a logistic model
//! fitted to labelled document pairs (`probability`) decides. [`align()`] asks for the strict evidence
//! itself, so a pair that a user lists gets the same answer as one that a scan finds; only of a large
//! collection, where chance has many tries, a scan asks more of two statements that relate two documents all
//! alone ([`stands_alone`]). [`relate()`] then says how the documents relate as wholes.
//!
//! A document is made ready once ([`prepare()`]); a pair costs a few merges of sorted lists and the
//! alignment of what they share. [`quote_match`] compares quotes, which are short, have speakers and
//! may not be changed.

mod align;
mod border;
mod bounds;
mod common;
mod condense;
mod drift;
mod edits;
mod evidence;
mod functions;
mod gathered;
mod grow;
mod guard;
mod label;
mod lanes;
mod lexicon;
mod lift;
mod lone;
mod loosen;
mod outline;
mod prepare;
mod probability;
pub mod quote_match;
mod relate;
mod resolve;
mod seed;
mod stem;
#[cfg(test)]
mod tests;
mod tuning;
mod verify;
mod vocabulary;
mod weight;
mod widen;

pub use align::{Weighed, align, align_tuned, weigh};
pub use evidence::{FIGURES as EVIDENCE_FIGURES, NAMES as EVIDENCE_NAMES};
pub use gathered::Gathered;
pub use lone::stands_alone;
pub use outline::{Outlines, UnitPlaces, runs_by_unit, shared_runs};
pub use prepare::{Prepared, Preparer, prepare};
pub use relate::{Relatedness, relate};
pub use tuning::Tuning;
pub use verify::{Match, PreparedUnit, may_verify, verify};

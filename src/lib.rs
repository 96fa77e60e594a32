//! cento reads a news corpus and says which passages were reused or paraphrased, which quotes are
//! shared, who said them, and where they were first seen.
//!
//! The pipeline in one paragraph: [`read`] turns bytes into [`model::Document`]s; [`text`] finds
//! sentences and words, [`quote`] finds speech and its speakers; [`fingerprint`] gives every
//! sentence and quote its keys; [`join`] puts units with equal keys together; [`compare`] verifies
//! each candidate pair and aligns related documents into [`model::Passage`]s; [`provenance`]
//! clusters quotes and passages and weighs their origins; [`report`] writes it all down.
//! [`pipeline`] composes these phases and is the only module that runs them in parallel.

pub mod compare;
pub mod config;
pub mod error;
pub mod fingerprint;
pub mod index;
pub mod join;
pub mod model;
pub mod pipeline;
pub mod provenance;
pub mod quote;
pub mod read;
pub mod report;
pub mod text;

pub use error::{Error, Result};

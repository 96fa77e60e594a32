//! Quotes across documents: candidate pairs by common grams, verified one by one.

use rayon::prelude::*;

use super::candidates::candidates;
use crate::compare;
use crate::fingerprint::{Fingerprinter, KeyParameters};
use crate::join::{PairRule, UnitKeys};
use crate::model::{Analysis, Document, DocumentFrequencies, QuoteId, QuoteLink};
use crate::text;

/// A quote of one word cannot be traced.
const LEAST_WORDS: usize = 2;

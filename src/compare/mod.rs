//! Pairs to evidence: verify units, align documents into passages.

//! Findings to files; leaves.

//! `cento report`.

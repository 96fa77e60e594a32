//! Matches and quotes to clusters and origins.

//! Units to keys: MinHash bands, winnowed grams, rare terms.

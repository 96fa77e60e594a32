//! Keys to candidate pairs: sort, walk equal runs, emit each pair once.

//! Bytes to documents: walk, decode, one file a format, dates.

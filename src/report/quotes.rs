//! Quotes and speakers alone, for `cento quotes`: the same rows as a scan's `quotes.jsonl`, made
//! one document at a time.

use std::io::{self, Write};

use super::assemble::quote_row;
use super::jsonl::write_line;
use crate::model::{Analysis, Document, ScalarIndex};

/// Writes the quotes of one document as JSON lines. Their `cluster` is `null`: which quotes are
/// shared can only be told from all documents together.
///
/// The error is the writer's own, so that a caller can tell a closed pipe from a full disk.
pub fn write_quotes(
    document: &Document,
    analysis: &Analysis,
    out: &mut impl Write,
) -> io::Result<()> {
    let scalars = ScalarIndex::new(&document.text);
    for (place, quote) in analysis.quotes.iter().enumerate() {
        write_line(out, &quote_row(document, &scalars, place, quote))?;
    }
    Ok(())
}

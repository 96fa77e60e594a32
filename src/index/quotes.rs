//! The quotes of a document as rows.

use rusqlite::{Row, params};

use super::names::Named;
use super::open::Index;
use crate::Result;
use crate::model::{Cue, Quote, QuoteKind, ScalarIndex, Span, Speaker, SpeakerMethod};

impl Index {
    /// Writes the quotes of a document; `compared` tells which of them are joined with others.
    pub(super) fn write_quotes(
        &self,
        document: u32,
        first: u64,
        text: &str,
        quotes: &[Quote],
        compared: &[bool],
    ) -> rusqlite::Result<()> {
        let scalars = &ScalarIndex::new(text);
        let mut insert = self.connection.prepare_cached(
            "INSERT INTO quotes VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        )?;
        for ((number, quote), compared) in (first..).zip(quotes).zip(compared) {
            let (start, end) = scalars.span(quote.cover());
            let parts = (quote.parts.len() > 1).then(|| spans_to_json(scalars, &quote.parts));
            let speaker = quote.speaker.as_ref();
            let mention =
                speaker.and_then(|speaker| speaker.mention).map(|span| scalars.span(span));
            let cue = quote.cue.map(|cue| scalars.span(cue.span));
            insert.execute(params![
                number,
                document,
                start,
                end,
                Named::number(quote.kind),
                parts,
                (quote.parts.len() > 1).then(|| quote.text(text)),
                compared,
                quote.unclosed,
                speaker.map(|speaker| &speaker.name),
                mention.map(|span| span.0),
                mention.map(|span| span.1),
                speaker.map(|speaker| Named::number(speaker.method)),
                speaker.map(|speaker| f64::from(speaker.confidence)),
                cue.map(|span| span.0),
                cue.map(|span| span.1),
                quote.cue.map(|cue| cue.negated_or_modal),
            ])?;
        }
        Ok(())
    }

    /// The quotes of a document in order, and which of them are joined with others.
    pub(super) fn read_quotes(
        &self,
        first: u64,
        count: u64,
        scalars: &ScalarIndex<'_>,
    ) -> Result<Vec<(Quote, bool)>> {
        let read = || -> rusqlite::Result<Vec<Option<(Quote, bool)>>> {
            self.connection
                .prepare_cached(
                    "SELECT number, document, start, end, kind, parts, compared, unclosed, speaker,
                     speaker_start, speaker_end, method, confidence, cue_start, cue_end, cue_negated
                     FROM quotes WHERE number >= ? AND number < ? ORDER BY number",
                )?
                .query_map([first, first + count], |row| quote_of_row(row, scalars))?
                .collect()
        };
        let rows = read().map_err(|error| self.failed(error))?;
        rows.into_iter()
            .enumerate()
            .map(|(place, row)| {
                row.ok_or_else(|| self.damaged(&format!("quote {} is none", first + place as u64)))
            })
            .collect()
    }
}

/// A quote and whether it is compared; `None` when the row is none.
fn quote_of_row(
    row: &Row<'_>,
    scalars: &ScalarIndex<'_>,
) -> rusqlite::Result<Option<(Quote, bool)>> {
    let span = |start: usize, end: usize| -> rusqlite::Result<Option<Span>> {
        let (start, end): (Option<usize>, Option<usize>) = (row.get(start)?, row.get(end)?);
        Ok(start.zip(end).and_then(|(start, end)| scalars.span_of(start, end)))
    };
    let parts: Option<String> = row.get(5)?;
    let parts = match parts {
        Some(parts) => spans_of_json(scalars, &parts),
        None => span(2, 3)?.map(|span| vec![span]),
    };
    let name: Option<String> = row.get(8)?;
    let method: Option<i64> = row.get(11)?;
    let method = method.and_then(SpeakerMethod::of_number);
    let confidence: Option<f64> = row.get(12)?;
    let mention = span(9, 10)?;
    let negated: Option<bool> = row.get(15)?;
    let cue = span(13, 14)?.zip(negated);
    let kind = QuoteKind::of_number(row.get(4)?);
    let (compared, unclosed) = (row.get(6)?, row.get(7)?);
    let (Some(kind), Some(parts)) = (kind, parts) else { return Ok(None) };
    if parts.is_empty() {
        return Ok(None);
    }
    let speaker = name.zip(method).map(|(name, method)| Speaker {
        name,
        mention,
        method,
        confidence: confidence.unwrap_or(0.0) as f32,
    });
    let cue = cue.map(|(span, negated_or_modal)| Cue { span, negated_or_modal });
    Ok(Some((Quote { kind, parts, speaker, cue, unclosed }, compared)))
}

/// Spans as a JSON list of pairs of offsets.
pub(super) fn spans_to_json(scalars: &ScalarIndex<'_>, spans: &[Span]) -> String {
    let pairs: Vec<(usize, usize)> = spans.iter().map(|&span| scalars.span(span)).collect();
    serde_json::to_string(&pairs).unwrap_or_default()
}

/// The spans of a JSON list; `None` when it is none or they do not lie in the text.
pub(super) fn spans_of_json(scalars: &ScalarIndex<'_>, json: &str) -> Option<Vec<Span>> {
    let pairs: Vec<(usize, usize)> = serde_json::from_str(json).ok()?;
    pairs.into_iter().map(|(start, end)| scalars.span_of(start, end)).collect()
}

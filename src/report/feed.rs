//! Rows on their way out: made on all threads, taken in order.

use std::io;
use std::iter::once;
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use serde::Serialize;

use super::assemble::Assembler;
use super::folder::cannot_write;
use super::jsonl::{JsonLines, write_line};
use super::sink::RowSink;
use crate::Result;

/// Documents, pairs or clusters whose rows one task makes…
const CHUNK: usize = 64;
/// …and of how many tasks at a time: enough for all threads, and little beside the findings.
const CHUNKS: usize = 16;

/// Writes the tables into a folder and gives every row to every other form, in the order that
/// [`RowSink`] promises.
pub(super) fn feed(
    assembler: &Assembler<'_>,
    folder: &Path,
    forms: &mut [Box<dyn RowSink>],
) -> Result<()> {
    let findings = assembler.findings();
    let documents = findings.documents.len();
    let pairs = findings.pairs.len();
    let table =
        |name: &str, numbers| Table { file: folder.join(name), numbers, rows_are_taken: true };
    let quotes_are_taken = forms.iter().any(|form| form.takes_quotes());
    table("documents.jsonl", documents).write(
        |number| once(assembler.document_row(number)),
        |row| forms.iter_mut().try_for_each(|form| form.document(row)),
    )?;
    table("pairs.jsonl", pairs).write(
        |number| once(assembler.pair_row(number)),
        |row| forms.iter_mut().try_for_each(|form| form.pair(row)),
    )?;
    table("clusters.jsonl", findings.clusters.len()).write(
        |number| once(assembler.cluster_row(number)),
        |row| forms.iter_mut().try_for_each(|form| form.cluster(row)),
    )?;
    let quotes = Table { rows_are_taken: quotes_are_taken, ..table("quotes.jsonl", documents) };
    quotes.write(
        |number| assembler.quotes_of(number),
        |row| forms.iter_mut().try_for_each(|form| form.quote(row)),
    )?;
    table("passages.jsonl", pairs).write(
        |number| assembler.passages_of(number),
        |row| forms.iter_mut().try_for_each(|form| form.passage(row)),
    )?;
    table("boilerplate.jsonl", findings.boilerplate.len()).write(
        |number| once(assembler.boilerplate_row(number)),
        |row| forms.iter_mut().try_for_each(|form| form.boilerplate(row)),
    )?;
    table("problems.jsonl", findings.problems.len()).write(
        |number| once(assembler.problem_row(number)),
        |row| forms.iter_mut().try_for_each(|form| form.problem(row)),
    )
}

/// A table whose rows are made of so many documents, pairs or clusters.
struct Table {
    file: PathBuf,
    numbers: usize,
    /// Whether anything but the table itself wants the rows.
    rows_are_taken: bool,
}

/// Some rows of a table, as far as they are taken, and their lines.
#[derive(Debug)]
struct Chunk<Row> {
    rows: Vec<Row>,
    lines: Vec<u8>,
}

impl Table {
    /// Makes the rows batch by batch, each batch on all threads, and writes them in order; while one
    /// batch is written and taken the next one is made.
    fn write<Row, Rows>(
        self,
        rows: impl Fn(usize) -> Rows + Sync,
        mut take: impl FnMut(&Row) -> Result<()> + Send,
    ) -> Result<()>
    where
        Row: Serialize + Send + Sync,
        Rows: Iterator<Item = Row>,
    {
        let Table { file, numbers, rows_are_taken } = self;
        let chunk = |first: usize| {
            let mut chunk = Chunk { rows: Vec::new(), lines: Vec::new() };
            for row in (first..numbers.min(first + CHUNK)).flat_map(&rows) {
                write_line(&mut chunk.lines, &row)?;
                if rows_are_taken {
                    chunk.rows.push(row);
                }
            }
            Ok(chunk)
        };
        let make = |first: usize| -> Result<Vec<Chunk<Row>>> {
            let firsts = (0..CHUNKS).into_par_iter().map(|place| first + place * CHUNK);
            let chunks = firsts.map(|first| chunk(first.min(numbers)));
            chunks.collect::<io::Result<_>>().map_err(|error| cannot_write(&file, error))
        };
        let mut table = JsonLines::create(file.clone())?;
        let mut ready = make(0)?;
        let batch = CHUNK * CHUNKS;
        for next in (batch..numbers + batch).step_by(batch) {
            let (taken, made) = rayon::join(
                || {
                    ready.iter().try_for_each(|chunk| {
                        table.write(&chunk.lines)?;
                        chunk.rows.iter().try_for_each(&mut take)
                    })
                },
                || make(next),
            );
            taken?;
            ready = made?;
        }
        table.finish()
    }
}

//! Rows on their way out: made on all threads, taken in order.

use std::io;
use std::iter::once;
use std::path::{Path, PathBuf};

use serde::Serialize;

use super::assemble::Assembler;
use super::folder::cannot_write;
use super::jsonl::{JsonLines, write_line};
use super::sink::RowSink;
use super::threads::Threads;
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
    threads: &impl Threads,
) -> Result<()> {
    let findings = assembler.findings();
    let documents = findings.documents.len();
    let pairs = findings.pairs.len();
    let table = |name: &str, numbers| Table {
        threads,
        file: folder.join(name),
        numbers,
        rows_are_taken: true,
    };
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
struct Table<'t, T> {
    threads: &'t T,
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

impl<T: Threads> Table<'_, T> {
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
        let Table { threads, file, numbers, rows_are_taken } = self;
        let chunk = |first: usize| -> io::Result<Chunk<Row>> {
            let mut chunk = Chunk { rows: Vec::new(), lines: Vec::new() };
            for row in (first..numbers.min(first + CHUNK)).flat_map(&rows) {
                write_line(&mut chunk.lines, &row)?;
                if rows_are_taken {
                    chunk.rows.push(row);
                }
            }
            Ok(chunk)
        };
        let mut table = JsonLines::create(file.clone())?;
        let mut ready: Vec<Chunk<Row>> = Vec::new();
        let batch = CHUNK * CHUNKS;
        for next in (0..numbers + batch).step_by(batch) {
            let (made, taken) = threads.make_while(
                CHUNKS,
                |place| chunk((next + place * CHUNK).min(numbers)),
                || {
                    ready.iter().try_for_each(|chunk| {
                        table.write(&chunk.lines)?;
                        chunk.rows.iter().try_for_each(&mut take)
                    })
                },
            );
            taken?;
            let made = made.into_iter().collect::<io::Result<_>>();
            ready = made.map_err(|error| cannot_write(&file, error))?;
        }
        table.finish()
    }
}

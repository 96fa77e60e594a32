//! The tables with plain columns, for spreadsheets and data frames (`--export csv,parquet`).
//!
//! What is nested in the JSON Lines tables becomes columns where it has one value and JSON text
//! where it has many, so nothing is lost; a cluster's members and edges are tables of their own.
//! CSV and Parquet get the same columns from the same rows.

mod columns;
mod comma_separated;
#[cfg(feature = "parquet")]
mod parquet;

use std::path::Path;

use super::rows::{
    BoilerplateRow, ClusterRow, DocumentRow, PairRow, PassageRow, ProblemRow, QuoteRow, SummaryRow,
};
use super::sink::RowSink;
use crate::Result;
use columns::{Cell, Table};

/// Writes cells in some form.
trait TableWriter: Send {
    /// Appends a row; the cells are those of the table's columns.
    fn write(&mut self, table: Table, cells: Vec<Cell<'_>>) -> Result<()>;
    /// Makes all files durable.
    fn finish(self) -> Result<()>;
}

/// The tables in one form.
#[derive(Debug)]
struct Export<Writer> {
    writer: Writer,
}

/// The tables as CSV.
pub(super) fn csv(folder: &Path) -> Result<Box<dyn RowSink>> {
    Ok(Box::new(Export { writer: comma_separated::CommaSeparated::create(folder)? }))
}

/// The tables as Parquet.
#[cfg(feature = "parquet")]
pub(super) fn parquet(folder: &Path) -> Result<Box<dyn RowSink>> {
    Ok(Box::new(Export { writer: parquet::ParquetTables::create(folder)? }))
}

/// The tables as Parquet: not in this build.
#[cfg(not(feature = "parquet"))]
pub(super) fn parquet(_folder: &Path) -> Result<Box<dyn RowSink>> {
    Err(crate::Error::usage(
        "this build of cento cannot write Parquet",
        "build it with the feature `parquet` (on by default), or export csv",
    ))
}

impl<Writer: TableWriter> RowSink for Export<Writer> {
    fn document(&mut self, row: &DocumentRow) -> Result<()> {
        self.writer.write(Table::Documents, columns::document(row))
    }
    fn pair(&mut self, row: &PairRow) -> Result<()> {
        self.writer.write(Table::Pairs, columns::pair(row))
    }
    fn cluster(&mut self, row: &ClusterRow) -> Result<()> {
        self.writer.write(Table::Clusters, columns::cluster(row))?;
        for place in 0..row.members.len() {
            self.writer.write(Table::Members, columns::member(row, place))?;
        }
        for edge in &row.edges {
            self.writer.write(Table::Edges, columns::edge(row, edge))?;
        }
        Ok(())
    }
    fn quote(&mut self, row: &QuoteRow) -> Result<()> {
        self.writer.write(Table::Quotes, columns::quote(row))
    }
    fn passage(&mut self, row: &PassageRow) -> Result<()> {
        self.writer.write(Table::Passages, columns::passage(row))
    }
    fn boilerplate(&mut self, row: &BoilerplateRow) -> Result<()> {
        self.writer.write(Table::Boilerplate, columns::boilerplate(row))
    }
    fn problem(&mut self, row: &ProblemRow) -> Result<()> {
        self.writer.write(Table::Problems, columns::problem(row))
    }
    fn finish(self: Box<Self>, _summary: &SummaryRow) -> Result<()> {
        self.writer.finish()
    }
}

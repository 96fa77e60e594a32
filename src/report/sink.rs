//! Where rows go beside the tables: every form of the output takes the same stream of rows.

use std::path::Path;

use super::graph::{GRAPH, Graph};
use super::page::{PAGE, Page};
use super::rows::{
    BoilerplateRow, ClusterRow, DocumentRow, PairRow, PassageRow, ProblemRow, QuoteRow, SummaryRow,
};
use super::{ExportFormat, tables};
use crate::Result;

/// The names of the tables.
pub(super) const TABLES: [&str; 9] = [
    "documents",
    "pairs",
    "clusters",
    "quotes",
    "passages",
    "boilerplate",
    "problems",
    "members",
    "edges",
];

/// A form of the output. It is given all documents, then all pairs, clusters, quotes, passages,
/// boilerplate and problems, each in their final order, and at last the summary. What a form has no use for it
/// passes over.
pub(super) trait RowSink: Send {
    /// Whether the form has a use for quotes, which are many.
    fn takes_quotes(&self) -> bool {
        true
    }
    fn document(&mut self, _row: &DocumentRow) -> Result<()> {
        Ok(())
    }
    fn pair(&mut self, _row: &PairRow) -> Result<()> {
        Ok(())
    }
    fn cluster(&mut self, _row: &ClusterRow) -> Result<()> {
        Ok(())
    }
    fn quote(&mut self, _row: &QuoteRow) -> Result<()> {
        Ok(())
    }
    fn passage(&mut self, _row: &PassageRow) -> Result<()> {
        Ok(())
    }
    fn boilerplate(&mut self, _row: &BoilerplateRow) -> Result<()> {
        Ok(())
    }
    fn problem(&mut self, _row: &ProblemRow) -> Result<()> {
        Ok(())
    }
    /// Writes what is left and makes the files durable.
    fn finish(self: Box<Self>, summary: &SummaryRow) -> Result<()>;
}

/// The forms that are made from rows, beside the tables themselves.
pub(super) fn create_forms(
    folder: &Path,
    exports: &[ExportFormat],
) -> Result<Vec<Box<dyn RowSink>>> {
    let mut forms: Vec<Box<dyn RowSink>> =
        vec![Box::new(Page::new(folder.join(PAGE))), Box::new(Graph::create(folder.join(GRAPH))?)];
    let mut exports = exports.to_vec();
    exports.sort_unstable();
    exports.dedup();
    for export in exports {
        forms.push(match export {
            ExportFormat::Csv => tables::csv(folder)?,
            ExportFormat::Parquet => tables::parquet(folder)?,
        });
    }
    Ok(forms)
}

//! Where rows go: every form of the output takes the same stream of rows.

use std::path::Path;

use super::graph::{GRAPH, Graph};
use super::jsonl::JsonLines;
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
pub(super) trait RowSink {
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

/// The tables of the contract as JSON Lines.
#[derive(Debug)]
pub(super) struct Tables {
    documents: JsonLines<DocumentRow>,
    pairs: JsonLines<PairRow>,
    clusters: JsonLines<ClusterRow>,
    quotes: JsonLines<QuoteRow>,
    passages: JsonLines<PassageRow>,
    boilerplate: JsonLines<BoilerplateRow>,
    problems: JsonLines<ProblemRow>,
}

impl Tables {
    pub(super) fn create(folder: &Path) -> Result<Self> {
        Ok(Tables {
            documents: JsonLines::create(folder.join("documents.jsonl"))?,
            pairs: JsonLines::create(folder.join("pairs.jsonl"))?,
            clusters: JsonLines::create(folder.join("clusters.jsonl"))?,
            quotes: JsonLines::create(folder.join("quotes.jsonl"))?,
            passages: JsonLines::create(folder.join("passages.jsonl"))?,
            boilerplate: JsonLines::create(folder.join("boilerplate.jsonl"))?,
            problems: JsonLines::create(folder.join("problems.jsonl"))?,
        })
    }
}

impl RowSink for Tables {
    fn document(&mut self, row: &DocumentRow) -> Result<()> {
        self.documents.write(row)
    }
    fn pair(&mut self, row: &PairRow) -> Result<()> {
        self.pairs.write(row)
    }
    fn cluster(&mut self, row: &ClusterRow) -> Result<()> {
        self.clusters.write(row)
    }
    fn quote(&mut self, row: &QuoteRow) -> Result<()> {
        self.quotes.write(row)
    }
    fn passage(&mut self, row: &PassageRow) -> Result<()> {
        self.passages.write(row)
    }
    fn boilerplate(&mut self, row: &BoilerplateRow) -> Result<()> {
        self.boilerplate.write(row)
    }
    fn problem(&mut self, row: &ProblemRow) -> Result<()> {
        self.problems.write(row)
    }
    fn finish(self: Box<Self>, _summary: &SummaryRow) -> Result<()> {
        self.documents.finish()?;
        self.pairs.finish()?;
        self.clusters.finish()?;
        self.quotes.finish()?;
        self.passages.finish()?;
        self.boilerplate.finish()?;
        self.problems.finish()
    }
}

//! How far a long run has come.

/// The stages of a run, in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stage {
    /// Bytes to documents.
    Read,
    /// Documents to sentences and quotes.
    Analyse,
    /// Units to keys, keys to candidate pairs.
    Join,
    /// Candidate pairs to related documents.
    Verify,
    /// Related documents to passages.
    Align,
    /// Quotes and passages to clusters and origins.
    Provenance,
    /// Findings to files.
    Write,
}

impl Stage {
    /// What the stage does, for a progress line.
    pub fn doing(self) -> &'static str {
        match self {
            Stage::Read => "reading",
            Stage::Analyse => "finding sentences and quotes",
            Stage::Join => "joining keys",
            Stage::Verify => "verifying candidates",
            Stage::Align => "aligning documents",
            Stage::Provenance => "tracing origins",
            Stage::Write => "writing",
        }
    }

    /// What is counted in the stage.
    pub fn unit(self) -> &'static str {
        match self {
            Stage::Read | Stage::Analyse => "documents",
            Stage::Join => "units",
            Stage::Verify => "candidate pairs",
            Stage::Align => "document pairs",
            Stage::Provenance => "clusters",
            Stage::Write => "files",
        }
    }
}

/// Is told how far a run has come; called from many threads at once.
pub trait Progress: Sync {
    /// A stage begins; `total` is how many units it will do, where that is known.
    fn begin(&self, stage: Stage, total: Option<u64>);
    /// So many more units are done.
    fn advance(&self, units: u64);
    /// The stage that began last has ended, having left so many units.
    fn end(&self, left: u64);
}

/// Tells nobody.
#[derive(Clone, Copy, Debug, Default)]
pub struct Silent;

impl Progress for Silent {
    fn begin(&self, _stage: Stage, _total: Option<u64>) {}
    fn advance(&self, _units: u64) {}
    fn end(&self, _left: u64) {}
}

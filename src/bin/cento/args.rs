//! The command line, as close to what the user typed as possible; [`super::run`] gives it effect.

use std::path::PathBuf;

use cento::config::ByteSize;
use clap::{Args as ClapArgs, Parser, Subcommand, ValueEnum};

/// Detects near-duplicates and traces quotes in news.
///
/// cento reads articles, finds the sentences and quotes they share, and says who said it, who
/// printed it first and what changed on the way.
///
/// Exit codes: 0 done; 1 done, and something asked for by --fail-on was found; 2 wrong use or
/// unusable input; 3 another run holds the index; 4 finished, but some inputs were skipped
/// (listed); 70 a bug.
#[derive(Debug, Parser)]
#[command(name = "cento", version, max_term_width = 100)]
pub(crate) struct Args {
    #[command(subcommand)]
    pub(crate) command: Command,
    /// Settings in TOML; flags win over it [default: cento.toml in this folder, if there is one]
    #[arg(long, global = true, value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,
    /// Threads to use [default: one a core; the result is the same for any number]
    #[arg(long, global = true, value_name = "N")]
    pub(crate) threads: Option<usize>,
    /// No progress, no log lines; errors and results only
    #[arg(long, short, global = true)]
    pub(crate) quiet: bool,
    /// The form of log lines on standard error
    #[arg(long, global = true, value_enum, default_value = "text")]
    pub(crate) log: LogForm,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Find what articles share: quotes, reused and paraphrased passages, and their origins
    Scan(ScanArgs),
    /// Show what two documents share, side by side
    Compare(CompareArgs),
    /// Find quotes and their speakers only
    Quotes(QuotesArgs),
    /// Find near-duplicates only: pairs with their similarity, and clusters
    Duplicates(DuplicatesArgs),
    /// Find every version of one quote, oldest first
    Trace(TraceArgs),
    /// Add what is new to a kept collection, and say what it shares with all that is kept
    Nightly(NightlyArgs),
    /// Look at a kept collection, or put it in order
    #[command(subcommand)]
    Index(IndexCommand),
    /// Rebuild report.html, graph.graphml and the exports of a finished scan
    Report(ReportArgs),
}

/// What to read, and how.
#[derive(Debug, ClapArgs)]
pub(crate) struct InputArgs {
    /// Files, folders, or - for standard input: text, JSONL or CSV, also .gz and .zst
    #[arg(required = true, value_name = "INPUT")]
    pub(crate) inputs: Vec<PathBuf>,
    #[command(flatten)]
    pub(crate) fields: FieldArgs,
}

/// How the fields of records are named.
#[derive(Debug, ClapArgs)]
pub(crate) struct FieldArgs {
    /// Which field of the input holds one of cento's: id, text, source, url, title,
    /// published_at, language (may be repeated)
    #[arg(long = "field", value_name = "CENTO=INPUT", value_parser = field_mapping)]
    pub(crate) fields: Vec<(String, String)>,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct ScanArgs {
    #[command(flatten)]
    pub(crate) input: InputArgs,
    /// The folder to write; one that cento did not make is never overwritten
    #[arg(long, short, value_name = "OUT", default_value = "cento-out")]
    pub(crate) output: PathBuf,
    /// Compare only the document pairs listed here (TSV: two ids a line; further columns ignored)
    #[arg(long, value_name = "FILE")]
    pub(crate) pairs: Option<PathBuf>,
    /// Compare the inputs with these only (articles against press releases)
    #[arg(long, value_name = "INPUT", num_args = 1.., conflicts_with = "pairs")]
    pub(crate) against: Vec<PathBuf>,
    /// Leave out documents published before this date (undated ones stay)
    #[arg(long, value_name = "DATE")]
    pub(crate) since: Option<String>,
    /// Group outlets of one publisher (TSV: host or name, group); a group counts once
    #[arg(long, value_name = "FILE")]
    pub(crate) outlets: Option<PathBuf>,
    /// Text to ignore wherever it occurs: a file of boilerplate, one piece a line
    #[arg(long, value_name = "FILE")]
    pub(crate) template: Option<PathBuf>,
    /// What keys and evidence may take in memory; the rest of them goes to temporary files
    /// [default: 4G]
    #[arg(long, value_name = "SIZE")]
    pub(crate) memory: Option<ByteSize>,
    /// The folder for temporary files [default: the system's]
    #[arg(long, value_name = "DIR")]
    pub(crate) temp: Option<PathBuf>,
    /// Also write the tables in these forms
    #[arg(long, value_name = "FORM", value_delimiter = ',')]
    pub(crate) export: Vec<ExportArg>,
    /// End with exit code 1 when this was found
    #[arg(long, value_name = "WHAT", value_delimiter = ',')]
    pub(crate) fail_on: Vec<FailOn>,
}

/// A form of the tables beside JSONL.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ExportArg {
    Csv,
    Parquet,
}

/// What ends a run with exit code 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum FailOn {
    /// Any passage
    Passage,
    /// A verbatim passage
    Verbatim,
    /// A quote in two documents or more
    Quote,
    /// A quote with conflicting speakers
    Conflict,
    /// A change of substance between two versions
    Drift,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct CompareArgs {
    /// The first document: a text file
    pub(crate) a: PathBuf,
    /// The second document: a text file
    pub(crate) b: PathBuf,
    /// The passages as JSON lines instead of the two columns
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct QuotesArgs {
    #[command(flatten)]
    pub(crate) input: InputArgs,
    /// The file to write [default: standard output]
    #[arg(long, short, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
}

/// What near-duplicates are looked for among.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum UnitArg {
    Sentence,
    Document,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct DuplicatesArgs {
    #[command(flatten)]
    pub(crate) input: InputArgs,
    /// What is compared
    #[arg(long, value_enum, default_value = "document")]
    pub(crate) unit: UnitArg,
    /// Least Jaccard similarity of word 3-shingles, above 0 up to 1
    #[arg(long, default_value_t = 0.5, value_parser = similarity)]
    pub(crate) similarity: f64,
    /// The file to write the pairs to; the clusters go beside it [default: standard output]
    #[arg(long, short, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
}

/// The form of log lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum LogForm {
    /// For people
    Text,
    /// One JSON object a line
    Json,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct NightlyArgs {
    #[command(flatten)]
    pub(crate) input: InputArgs,
    /// The kept collection; it is made when there is none
    #[arg(long, value_name = "FILE")]
    pub(crate) index: PathBuf,
    /// The folder to write; one that cento did not make is never overwritten
    #[arg(long, short, value_name = "OUT", default_value = "cento-out")]
    pub(crate) output: PathBuf,
    /// Leave out documents published before this date (undated ones stay)
    #[arg(long, value_name = "DATE")]
    pub(crate) since: Option<String>,
    /// Forget documents published so long before the newest one (90d, 12h)
    #[arg(long, value_name = "AGE")]
    pub(crate) expire: Option<String>,
    /// Compare only documents published within so long of each other (30d); chosen when the index
    /// is made
    #[arg(long, value_name = "TIME")]
    pub(crate) window: Option<String>,
    /// Group outlets of one publisher (TSV: host or name, group); chosen when the index is made
    #[arg(long, value_name = "FILE")]
    pub(crate) outlets: Option<PathBuf>,
    /// Text to ignore wherever it occurs, one piece a line; chosen when the index is made
    #[arg(long, value_name = "FILE")]
    pub(crate) template: Option<PathBuf>,
    /// Begin a new epoch: count words and learn boilerplate anew, and decide everything anew
    #[arg(long)]
    pub(crate) new_epoch: bool,
    /// Wait when another run holds the index, instead of ending with exit code 3
    #[arg(long)]
    pub(crate) wait: bool,
    /// Write figures of the run for Prometheus
    #[arg(long, value_name = "FILE")]
    pub(crate) metrics: Option<PathBuf>,
    /// Also write the tables in these forms
    #[arg(long, value_name = "FORM", value_delimiter = ',')]
    pub(crate) export: Vec<ExportArg>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum IndexCommand {
    /// How much is kept, and where the bytes go
    Stats(IndexReadArgs),
    /// Prove every page, posting and offset
    Check(IndexCheckArgs),
    /// Merge postings and give back the room of what was removed
    Compact(IndexFileArgs),
    /// Decide everything anew, with the frequencies of today, as one scan of all would
    Rebuild(IndexRebuildArgs),
    /// Forget old documents; what they were tied to stays as names and dates
    Expire(IndexExpireArgs),
    /// Write all that is kept as the output folder of a scan
    Export(IndexExportArgs),
}

#[derive(Debug, ClapArgs)]
pub(crate) struct IndexReadArgs {
    /// The index
    pub(crate) index: PathBuf,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct IndexFileArgs {
    /// The index
    pub(crate) index: PathBuf,
    /// Wait when another run holds the index, instead of ending with exit code 3
    #[arg(long)]
    pub(crate) wait: bool,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct IndexCheckArgs {
    #[command(flatten)]
    pub(crate) file: IndexFileArgs,
    /// Pages, structure and references only; do not find the units and keys of every text again
    #[arg(long)]
    pub(crate) quick: bool,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct IndexRebuildArgs {
    #[command(flatten)]
    pub(crate) file: IndexFileArgs,
    /// Compare only documents published within so long of each other (30d; 0d: all)
    #[arg(long, value_name = "TIME")]
    pub(crate) window: Option<String>,
    /// Group outlets of one publisher (TSV: host or name, group)
    #[arg(long, value_name = "FILE")]
    pub(crate) outlets: Option<PathBuf>,
    /// Text to ignore wherever it occurs, one piece a line
    #[arg(long, value_name = "FILE")]
    pub(crate) template: Option<PathBuf>,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct IndexExpireArgs {
    #[command(flatten)]
    pub(crate) file: IndexFileArgs,
    /// Forget documents published so long before the newest one (90d)
    #[arg(long, value_name = "AGE")]
    pub(crate) older_than: String,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct IndexExportArgs {
    /// The index
    pub(crate) index: PathBuf,
    /// The folder to write; one that cento did not make is never overwritten
    #[arg(long, short, value_name = "OUT", default_value = "cento-out")]
    pub(crate) output: PathBuf,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct TraceArgs {
    /// The quote, in any marks; or the id of a document, quote, passage or cluster (with --index of a
    /// document or quote)
    pub(crate) quote: String,
    /// Files, folders, or - for standard input: text, JSONL or CSV, also .gz and .zst
    #[arg(required_unless_present = "index", value_name = "INPUT")]
    pub(crate) inputs: Vec<PathBuf>,
    /// Look in a kept collection instead
    #[arg(long, value_name = "FILE", conflicts_with = "inputs")]
    pub(crate) index: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) fields: FieldArgs,
    /// Group outlets of one publisher (TSV: host or name, group); a group counts once
    #[arg(long, value_name = "FILE")]
    pub(crate) outlets: Option<PathBuf>,
    /// One JSON object a cluster instead of text
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct ReportArgs {
    /// The folder of a finished scan
    pub(crate) output: PathBuf,
    /// Also write the tables in these forms
    #[arg(long, value_name = "FORM", value_delimiter = ',')]
    pub(crate) export: Vec<ExportArg>,
}

/// `text=body`.
fn field_mapping(argument: &str) -> Result<(String, String), String> {
    const KNOWN: [&str; 7] = ["id", "text", "source", "url", "title", "published_at", "language"];
    let (ours, theirs) = argument.split_once('=').ok_or("write it as text=body")?;
    if !KNOWN.contains(&ours) {
        return Err(format!("cento has no field {ours:?}; it has {}", KNOWN.join(", ")));
    }
    Ok((ours.to_owned(), theirs.to_owned()))
}

/// A number above 0 up to 1.
fn similarity(argument: &str) -> Result<f64, String> {
    match argument.parse::<f64>() {
        Ok(value) if value > 0.0 && value <= 1.0 => Ok(value),
        _ => Err("a number above 0 up to 1".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_consistent() {
        Args::command().debug_assert();
    }

    #[test]
    fn field_mappings_name_known_fields() {
        assert_eq!(field_mapping("text=body"), Ok(("text".to_owned(), "body".to_owned())));
        assert!(field_mapping("texts=body").is_err());
        assert!(field_mapping("text").is_err());
    }

    #[test]
    fn similarities_lie_above_zero() {
        assert!(similarity("0").is_err());
        assert!(similarity("1.5").is_err());
        assert!(similarity("nan").is_err());
        assert_eq!(similarity("1"), Ok(1.0));
    }
}

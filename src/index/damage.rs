//! What is wrong with the file: pages that are not what was written, rows that do not fit together.
//! That the rows follow from the texts is proven by [`crate::pipeline`], which knows how they were
//! made.

use std::path::Path;

use super::open::Index;
use super::page_sums::{self, Verdict};
use super::postings::Space;
use crate::Result;

/// Something that is not as it was written.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Damage {
    /// Where: a page, a table, a document.
    pub place: String,
    /// What is wrong there.
    pub what: String,
}

impl Damage {
    /// Something wrong at a place.
    pub fn new(place: impl Into<String>, what: impl Into<String>) -> Self {
        Damage { place: place.into(), what: what.into() }
    }
}

/// Rows that must not exist: a query, and what its rows are.
const STRAYS: [(&str, &str); 10] = [
    (
        "SELECT document FROM texts WHERE document NOT IN (SELECT number FROM documents)",
        "texts: a text without document",
    ),
    (
        "SELECT number FROM documents WHERE number NOT IN (SELECT document FROM texts)",
        "documents: a document without text",
    ),
    (
        "SELECT s.number FROM sentences s WHERE NOT EXISTS (SELECT 1 FROM documents d
         WHERE d.number = (SELECT o.number FROM documents o WHERE o.sentences > 0 AND o.first_sentence <= s.number
         ORDER BY o.first_sentence DESC LIMIT 1) AND s.number < d.first_sentence + d.sentences)",
        "sentences: a sentence without document",
    ),
    (
        "SELECT document FROM quotes WHERE document NOT IN (SELECT number FROM documents)",
        "quotes: a quote without document",
    ),
    (
        "SELECT a FROM pairs WHERE a NOT IN (SELECT number FROM documents) OR b NOT IN (SELECT number FROM documents)",
        "pairs: a pair without its documents",
    ),
    (
        "SELECT p.a FROM passages p LEFT JOIN pairs d ON d.a = p.a AND d.b = p.b WHERE d.a IS NULL",
        "passages: a passage without its pair",
    ),
    (
        "SELECT a FROM quote_links WHERE a NOT IN (SELECT number FROM quotes) OR b NOT IN (SELECT number FROM quotes)",
        "quote_links: a link without its quotes",
    ),
    (
        "SELECT m.cluster FROM cluster_members m LEFT JOIN clusters c ON c.number = m.cluster WHERE c.number IS NULL OR m.document NOT IN (SELECT number FROM documents)",
        "cluster_members: a member without cluster or document",
    ),
    (
        "SELECT c.number FROM clusters c WHERE c.size <> (SELECT count(*) FROM cluster_members m WHERE m.cluster = c.number)",
        "clusters: a cluster whose members are not complete",
    ),
    (
        "SELECT number FROM clusters c WHERE text IS NULL AND NOT EXISTS (SELECT 1 FROM cluster_members m WHERE m.cluster = c.number AND m.place = c.fullest)",
        "clusters: a cluster without its fullest form",
    ),
];

/// The pages of a file that are not what was written (0: the file has another length), and why they
/// could not be compared. SQLite need not be able to open the file.
pub fn changed_pages(path: &Path) -> Result<(Vec<u32>, Vec<String>)> {
    Ok(match page_sums::check(path)? {
        Verdict::Whole => (Vec::new(), Vec::new()),
        Verdict::Unknown(why) => (Vec::new(), vec![why.to_owned()]),
        Verdict::Changed(pages) if pages.is_empty() => (vec![0], Vec::new()),
        Verdict::Changed(pages) => (pages, Vec::new()),
    })
}

impl Index {
    /// Checks pages, SQLite's structure, checksums and references. The remarks are what could not
    /// be checked.
    pub fn find_damage(&self) -> Result<(Vec<Damage>, Vec<String>)> {
        let (changed, remarks) = changed_pages(&self.path)?;
        let mut damages: Vec<Damage> =
            changed.into_iter().map(|page| self.name_page(page)).collect();
        damages.extend(self.structure());
        if damages.is_empty() {
            for space in Space::ALL {
                if let Err(error) = self.each_posting(space, |_| ()) {
                    damages.push(Damage::new(
                        format!("postings of {}", space.name()),
                        error.to_string(),
                    ));
                }
            }
            for (query, what) in STRAYS {
                match self.numbers(query, []) {
                    Ok(rows) => damages.extend(rows.first().map(|row| {
                        let (table, what) = what.split_once(": ").unwrap_or((what, ""));
                        Damage::new(format!("table {table}, row {row}"), what)
                    })),
                    Err(error) => damages.push(Damage::new(what, error.to_string())),
                }
            }
        }
        Ok((damages, remarks))
    }

    /// SQLite's own checks.
    fn structure(&self) -> Vec<Damage> {
        let read = || -> rusqlite::Result<Vec<String>> {
            self.connection
                .prepare("PRAGMA integrity_check(20)")?
                .query_map([], |row| row.get(0))?
                .collect()
        };
        let mut damages: Vec<Damage> = match read() {
            Ok(lines) => lines
                .into_iter()
                .filter(|line| line != "ok")
                .map(|line| Damage::new("structure", line))
                .collect(),
            Err(error) => vec![Damage::new("structure", error.to_string())],
        };
        if damages.is_empty()
            && let Err(error) = self.check_search()
        {
            damages.push(Damage::new("full-text search", error.to_string()));
        }
        damages
    }

    /// Which table a page belongs to.
    fn name_page(&self, page: u32) -> Damage {
        if page == 0 {
            return Damage::new("file", "it has another length than was written");
        }
        let table: Option<String> = self
            .connection
            .query_row("SELECT name FROM dbstat WHERE pageno = ? LIMIT 1", [page], |row| row.get(0))
            .ok();
        let table = match (page, table) {
            (1, _) => "header and table sqlite_schema".to_owned(),
            (_, Some(table)) => format!("table {table}"),
            (_, None) => "free space, or a page that cannot be reached".to_owned(),
        };
        Damage::new(format!("page {page} ({table})"), "is not what was written")
    }
}

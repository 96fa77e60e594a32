//! The end of a scan as a person reads it: what was read, what is shared, what is worth a look.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::path::Path;

use super::layout::{TerminalStyle, around, count, cut, grouped, one_line, padded, percent, wrap};
use super::rows::SummaryRow;
use crate::model::{
    Cluster, ClusterKind, Document, DocumentIndex, DocumentPair, Drift, DriftKind, Findings,
    Language, Verdict,
};

/// How many problems, quotes, warnings and pairs are shown.
const PROBLEMS: usize = 3;
const QUOTES: usize = 5;
const REMARKS: usize = 6;
const PAIRS: usize = 5;

/// The summary of a run in about forty lines. `out` is the folder it was written to, if any.
pub fn terminal_summary(
    findings: &Findings,
    summary: &SummaryRow,
    out: Option<&Path>,
    style: TerminalStyle,
) -> String {
    let mut page = Page { findings, style, text: String::new() };
    page.what_was_read(summary);
    page.problems(summary, out);
    page.quotes();
    page.remarks();
    page.pairs();
    page.closing(summary, out);
    page.text
}

struct Page<'f> {
    findings: &'f Findings,
    style: TerminalStyle,
    text: String,
}

impl<'f> Page<'f> {
    fn line(&mut self, line: &str) {
        self.text.push_str(line.trim_end());
        self.text.push('\n');
    }

    fn heading(&mut self, heading: &str) {
        let heading = self.style.bold(heading);
        self.text.push('\n');
        self.line(&heading);
    }

    fn what_was_read(&mut self, summary: &SummaryRow) {
        let totals = &summary.totals;
        let mut first = format!("Read {}", count(totals.documents, "document", "documents"));
        if totals.sources > 0 {
            let _ = write!(first, " from {}", count(totals.sources, "outlet", "outlets"));
        }
        match (&summary.first_date, &summary.last_date) {
            (Some(from), Some(to)) if day(from) == day(to) => {
                let _ = write!(first, ", {}", day(from));
            }
            (Some(from), Some(to)) => {
                let _ = write!(first, ", {} to {}", day(from), day(to));
            }
            _ if totals.documents > 0 => first.push_str(", none with a date"),
            _ => {}
        }
        if !summary.languages.is_empty() {
            let _ = write!(first, ", in {}", languages(summary));
        }
        for line in wrap(&first, self.style.columns(), 4) {
            self.line(&line);
        }
        let mut found = format!(
            "Found {}, {} with a speaker",
            count(totals.speech_quotes, "quote", "quotes"),
            grouped(totals.attributed_quotes)
        );
        let _ = write!(
            found,
            "; {} shared; {} in {}",
            grouped(totals.quote_clusters),
            count(totals.passages, "reused passage", "reused passages"),
            count(totals.pairs, "document pair", "document pairs"),
        );
        if !summary.labels.is_empty() {
            let labels: Vec<String> = ["verbatim", "light_edit", "paraphrase", "same_fact"]
                .iter()
                .filter_map(|&label| {
                    let number = *summary.labels.get(label)?;
                    Some(format!("{} {}", grouped(number), label.replace('_', " ")))
                })
                .collect();
            let _ = write!(found, " ({})", labels.join(", "));
        }
        for line in wrap(&found, self.style.columns(), 4) {
            self.line(&line);
        }
    }

    fn problems(&mut self, summary: &SummaryRow, out: Option<&Path>) {
        let counts = &summary.problems;
        if counts.skipped + counts.warnings == 0 {
            return;
        }
        let mut parts = Vec::new();
        if counts.skipped > 0 {
            parts.push(format!("{} skipped", count(counts.skipped, "record", "records")));
        }
        if counts.warnings > 0 {
            parts.push(count(counts.warnings, "warning", "warnings"));
        }
        let heading = self.style.yellow(&parts.join(", "));
        self.line(&heading);
        // What was lost comes before what was only doubtful.
        let mut problems: Vec<_> = self.findings.problems.iter().collect();
        problems.sort_by_key(|problem| problem.kind);
        for problem in problems.iter().take(PROBLEMS) {
            let line = cut(&problem.to_string(), self.style.columns() - 2);
            self.line(&format!("  {line}"));
        }
        if problems.len() > PROBLEMS {
            let mut rest = format!("  and {} more", grouped((problems.len() - PROBLEMS) as u64));
            if let Some(out) = out {
                let _ = write!(rest, ", all in {}", out.join("problems.jsonl").display());
            }
            self.line(&rest);
        }
    }

    fn quotes(&mut self) {
        let mut clusters: Vec<&Cluster> = self
            .findings
            .clusters
            .iter()
            .filter(|cluster| cluster.kind == ClusterKind::Quote)
            .collect();
        if clusters.is_empty() {
            return;
        }
        // The sort is stable, so ties keep the order of the findings.
        clusters.sort_by_key(|cluster| std::cmp::Reverse((cluster.sources, cluster.members.len())));
        self.heading("Most reused quotes");
        for cluster in clusters.iter().take(QUOTES) {
            let label = format!("{:>3}×  ", cluster.members.len());
            let indent = 6;
            let quoted = format!("“{}”", one_line(&cluster.text));
            for (number, line) in wrap(&quoted, self.style.columns() - indent, 2).iter().enumerate()
            {
                let lead = if number == 0 { self.style.bold(&label) } else { " ".repeat(indent) };
                self.line(&format!("{lead}{line}"));
            }
            for line in wrap(&self.about(cluster), self.style.columns() - indent, 2) {
                let line = self.style.dim(&line);
                self.line(&format!("{}{line}", " ".repeat(indent)));
            }
        }
    }

    /// Who said it, in how many outlets, where first, and how surely that is known.
    fn about(&self, cluster: &Cluster) -> String {
        let speaker =
            cluster.speaker.as_ref().map_or("speaker unknown", |speaker| speaker.name.as_str());
        let mut about = speaker.to_owned();
        if cluster.sources > 1 {
            let _ = write!(about, " · {} sources", cluster.sources);
        }
        if let Some(first) = cluster.members.first() {
            let document = self.document(first.document);
            if document.published_at.is_some() {
                let _ = write!(about, " · first {}", place(document));
            }
        }
        let _ = write!(about, " · {}", verdict(cluster));
        about
    }

    fn remarks(&mut self) {
        let mut remarks = Remarks::default();
        for cluster in &self.findings.clusters {
            if let Some(change) = self.speaker_conflict(cluster) {
                remarks.add_conflict(cluster, change);
            }
            for member in &cluster.members {
                let document = self.document(member.document);
                let sides = [
                    (Some(document), member.span.of(&document.text)),
                    (None, cluster.text.as_str()),
                ];
                member.drift.iter().for_each(|drift| remarks.add(drift, sides));
            }
        }
        for pair in &self.findings.pairs {
            let (a, b) = (self.document(pair.a), self.document(pair.b));
            for passage in &pair.passages {
                let sides = [(Some(a), passage.a.of(&a.text)), (Some(b), passage.b.of(&b.text))];
                passage.drift.iter().for_each(|drift| remarks.add(drift, sides));
            }
        }
        let remarks = remarks.all;
        if remarks.is_empty() {
            return;
        }
        // Two of each kind at a time, so that the most frequent kind does not hide the others; the
        // sort is stable, so what was found first stays first among equals.
        let mut times: BTreeMap<DriftKind, usize> = BTreeMap::new();
        let mut remarks: Vec<(usize, Remark)> = remarks
            .into_iter()
            .map(|remark| {
                let times = times.entry(remark.kind).or_default();
                *times += 1;
                ((*times - 1) / 2, remark)
            })
            .collect();
        remarks.sort_by_key(|(round, remark)| (*round, rank(remark.kind)));
        self.heading("Worth a look");
        for (_, remark) in remarks.iter().take(REMARKS) {
            let columns = self.style.columns() - 13;
            let kind = self.style.yellow(&padded(remark.kind.name(), 11));
            let change = cut(&remark.change, columns);
            self.line(&format!("  {kind}{change}"));
            let context = around(remark.context, remark.words, columns - 2);
            let context = self.style.dim(&format!("“{context}”"));
            self.line(&format!("{}{context}", " ".repeat(13)));
        }
        if remarks.len() > REMARKS {
            let more = format!("  and {} more", grouped((remarks.len() - REMARKS) as u64));
            self.line(&more);
        }
    }

    /// Whom the versions of a quote name beside its speaker.
    fn speaker_conflict(&self, cluster: &Cluster) -> Option<String> {
        let speaker = cluster.speaker.as_ref()?;
        let conflict = speaker.conflicts.first()?;
        let document = conflict.documents.first().map(|&document| self.document(document));
        let place =
            document.map_or_else(String::new, |document| format!(" in {}", outlet(document)));
        Some(format!("{}, but {}{place}", speaker.name, conflict.name))
    }

    fn pairs(&mut self) {
        if self.findings.pairs.is_empty() {
            return;
        }
        let shared = |pair: &DocumentPair| -> usize {
            pair.passages.iter().map(|passage| passage.a.len().min(passage.b.len())).sum()
        };
        let mut pairs: Vec<(usize, &DocumentPair)> =
            self.findings.pairs.iter().map(|pair| (shared(pair), pair)).collect();
        pairs.sort_by_key(|(shared, _)| std::cmp::Reverse(*shared));
        self.heading("Document pairs with the most shared text");
        for (shared, pair) in pairs.into_iter().take(PAIRS) {
            let (a, b) = (self.document(pair.a), self.document(pair.b));
            let shorter = a.text.len().min(b.text.len()).max(1);
            let share = percent(shared as f64 / shorter as f64);
            let relation = pair.relation.name().replace('_', " ");
            let columns = self.style.columns() - 25;
            let head = format!("{share:>6}  {relation:<17}");
            let head = self.style.bold(&head);
            let line = cut(&self.title_line(a), columns);
            self.line(&format!("{head}{line}"));
            let line = cut(&self.title_line(b), columns);
            self.line(&format!("{}{line}", " ".repeat(25)));
        }
        let note = self.style.dim("  (share of the shorter text that lies in passages)");
        self.line(&note);
    }

    fn title_line(&self, document: &Document) -> String {
        let title = document.title.as_deref().unwrap_or(&document.id);
        format!("{}: {title}", place(document))
    }

    fn closing(&mut self, summary: &SummaryRow, out: Option<&Path>) {
        if let Some(why) = &summary.why_empty {
            self.text.push('\n');
            for line in wrap(&format!("Nothing shared: {why}."), self.style.columns(), 4) {
                self.line(&line);
            }
        }
        for warning in &summary.warnings {
            let warning = self.style.yellow(&cut(warning, self.style.columns()));
            self.line(&warning);
        }
        if let Some(out) = out {
            self.text.push('\n');
            self.line(&format!("The whole report: {}", out.join(super::page::PAGE).display()));
        }
    }

    fn document(&self, number: DocumentIndex) -> &'f Document {
        &self.findings.documents[number as usize]
    }
}

/// What a reader should see first: a turned meaning before a changed detail.
fn rank(kind: DriftKind) -> u8 {
    match kind {
        DriftKind::Negation => 0,
        DriftKind::Speaker => 1,
        DriftKind::Number => 2,
        DriftKind::Name => 3,
        DriftKind::Date => 4,
        DriftKind::Joined => 5,
        DriftKind::Condition => 6,
        DriftKind::Hedge => 7,
        DriftKind::Speech => 8,
    }
}

/// A change of substance that a reader should look at.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Remark<'f> {
    kind: DriftKind,
    change: String,
    /// The text in which it shows, and the words of it to look for there.
    context: &'f str,
    words: &'f str,
}

/// So many characters from the changed words on tell one change from another.
const TOLD_APART: usize = 30;

/// The remarks on some findings; one change is told once, in however many pairs of documents it shows.
#[derive(Debug, Default)]
struct Remarks<'f> {
    all: Vec<Remark<'f>>,
    seen: BTreeSet<(DriftKind, String)>,
}

impl<'f> Remarks<'f> {
    /// Adds that the versions of a quote name several speakers.
    fn add_conflict(&mut self, cluster: &'f Cluster, change: String) {
        let (kind, context) = (DriftKind::Speaker, cluster.text.as_str());
        if self.is_new(kind, context, "") {
            self.all.push(Remark { kind, change, context, words: "" });
        }
    }

    /// Adds a change between two texts, each with its document; the one without is the fullest form. It
    /// does not say that one became the other: that is for the origin to tell.
    fn add(&mut self, drift: &'f Drift, sides: [(Option<&'f Document>, &'f str); 2]) {
        let kind = drift.kind;
        if kind == DriftKind::Speech {
            // Turning direct into indirect speech is no news in itself.
            return;
        }
        let [(a, text_a), (b, text_b)] = sides;
        let (context, words) =
            if drift.b.is_empty() { (text_a, &drift.a) } else { (text_b, &drift.b) };
        // Most changes of a large collection are known already, so that is asked before they are told.
        if words.is_empty() || !self.is_new(kind, context, words) {
            return;
        }
        let [a, b] = [a, b].map(|of| of.map_or_else(|| "the fullest form".to_owned(), outlet));
        let change = if drift.b.is_empty() {
            format!("“{}” in {a}, missing in {b}", drift.a)
        } else if drift.a.is_empty() {
            format!("“{}” in {b}, missing in {a}", drift.b)
        } else {
            format!("“{}” in {a}, “{}” in {b}", drift.a, drift.b)
        };
        self.all.push(Remark { kind, change: one_line(&change), context, words });
    }

    fn is_new(&mut self, kind: DriftKind, context: &str, words: &str) -> bool {
        let from = &context[context.find(words).unwrap_or(0)..];
        let told = from.chars().take(TOLD_APART).collect::<String>();
        self.seen.insert((kind, one_line(&told)))
    }
}

/// The verdict in words.
fn verdict(cluster: &Cluster) -> String {
    let sure = percent(cluster.origin.probability);
    match cluster.origin.verdict {
        Verdict::Found => format!("origin found ({sure})"),
        Verdict::Probable => format!("origin probable ({sure})"),
        Verdict::CommonSource => "common source, not in this collection".to_owned(),
        Verdict::Undetermined => "origin undetermined".to_owned(),
    }
}

fn outlet(document: &Document) -> String {
    if document.source.is_empty() { document.id.clone() } else { document.source.clone() }
}

/// Outlet and day.
fn place(document: &Document) -> String {
    let outlet = outlet(document);
    document
        .published_at
        .as_ref()
        .map_or_else(|| outlet.clone(), |date| format!("{outlet} {}", day(&date.text)))
}

/// A date without its time.
fn day(date: &str) -> &str {
    date.split('T').next().unwrap_or(date)
}

/// The languages, the most frequent first.
fn languages(summary: &SummaryRow) -> String {
    let mut languages: Vec<(&str, u64)> =
        summary.languages.iter().map(|(code, &number)| (code.as_str(), number)).collect();
    languages.sort_by_key(|&(code, number)| (std::cmp::Reverse(number), code));
    let shown = 4;
    let mut names: Vec<String> = languages
        .iter()
        .take(shown)
        .map(|&(code, number)| {
            let name = language_name(code);
            if languages.len() == 1 { name } else { format!("{name} ({})", grouped(number)) }
        })
        .collect();
    if languages.len() > shown {
        names.push(count((languages.len() - shown) as u64, "other", "others"));
    }
    names.join(", ")
}

fn language_name(code: &str) -> String {
    match Language::from_code(code) {
        Some(language) => format!("{language:?}"),
        None => "an unknown language".to_owned(),
    }
}

//! Two documents side by side in a terminal, for `cento compare A B`: every passage in two columns
//! with the changed words marked, and the same findings as one JSON object.

use std::io::{self, Write};

use serde::Serialize;

use super::assemble::Assembler;
use super::layout::{TerminalStyle, count, one_line, percent, split_at_column, width, wrap};
use super::marked::{Mark, Piece, passage_sides};
use super::rows::{DocumentRow, PairRow, PassageRow, QuoteRow};
use crate::model::Findings;

/// What a comparison of two documents found, as one JSON object: the documents, the pair (absent
/// when they share nothing), its passages and the quotes of both.
pub fn write_comparison(findings: &Findings, out: &mut impl Write) -> io::Result<()> {
    #[derive(Serialize)]
    struct Comparison {
        documents: Vec<DocumentRow>,
        pair: Option<PairRow>,
        passages: Vec<PassageRow>,
        quotes: Vec<QuoteRow>,
    }
    let assembler = Assembler::new(findings);
    let comparison = Comparison {
        documents: assembler.documents().collect(),
        pair: assembler.pairs().next(),
        passages: assembler.passages().collect(),
        quotes: assembler.quotes().collect(),
    };
    serde_json::to_writer_pretty(&mut *out, &comparison)?;
    out.write_all(b"\n")
}

/// What a comparison of two documents found, side by side.
pub fn side_by_side(findings: &Findings, style: TerminalStyle) -> String {
    let assembler = Assembler::new(findings);
    let documents: Vec<DocumentRow> = assembler.documents().collect();
    let mut page = Columns::new(style);
    for pair in assembler.pairs() {
        let find = |id: &str| documents.iter().find(|document| document.id == id);
        if let Some((a, b)) = find(&pair.a).zip(find(&pair.b)) {
            page.heads(a, b, &pair);
        }
    }
    for passage in assembler.passages() {
        page.passage(&passage);
    }
    if findings.pairs.is_empty() {
        let names: Vec<&str> = documents.iter().map(|document| document.id.as_str()).collect();
        page.line(&format!("{} share no passage.", one_line(&names.join(" and "))));
    }
    page.text
}

/// Two columns and the gap between them.
struct Columns {
    style: TerminalStyle,
    column: usize,
    text: String,
}

/// Words under one mark that stay together, and whether a space comes before them.
struct Word {
    mark: Mark,
    text: String,
    spaced: bool,
}

const GAP: &str = " │ ";

impl Columns {
    fn new(style: TerminalStyle) -> Self {
        let column = (style.columns() - width(GAP)) / 2;
        Columns { style, column, text: String::new() }
    }

    fn line(&mut self, line: &str) {
        self.text.push_str(line.trim_end());
        self.text.push('\n');
    }

    fn heads(&mut self, a: &DocumentRow, b: &DocumentRow, pair: &PairRow) {
        let head = |document: &DocumentRow, shared: u64| -> Vec<String> {
            let outlet = if document.source.is_empty() { &document.path } else { &document.source };
            let date = document.published_at.as_deref().unwrap_or("undated");
            let mut lines = wrap(document.title.as_deref().unwrap_or(&document.id), self.column, 2);
            lines.extend(wrap(&format!("{outlet}, {date}"), self.column, 1));
            let share = shared as f64 / document.chars.max(1) as f64;
            lines.push(format!("{} shared", percent(share)));
            lines
        };
        let (left, right) = (head(a, pair.shared_chars_a), head(b, pair.shared_chars_b));
        let bold = |line: &String| self.style.bold(line);
        let rows = beside(
            left.iter().map(|line| (bold(line), width(line))).collect(),
            right.iter().map(|line| (bold(line), width(line))).collect(),
            self.column,
        );
        rows.iter().for_each(|row| self.line(row));
        let summary = format!(
            "{}, {}",
            pair.relation.replace('_', " "),
            count(pair.passages, "passage", "passages")
        );
        self.line(&summary);
    }

    fn passage(&mut self, passage: &PassageRow) {
        let mut head = passage.label.replace('_', " ");
        for drift in &passage.drift {
            head.push_str(&format!(" · {}: “{}” → “{}”", drift.kind, drift.a, drift.b));
        }
        self.text.push('\n');
        for line in wrap(&head, self.style.columns(), 3) {
            let line = self.style.yellow(&line);
            self.line(&line);
        }
        let (a, b) = passage_sides(passage);
        let left = styled_lines(&a, true, self.column, self.style);
        let right = styled_lines(&b, false, self.column, self.style);
        beside(left, right, self.column).iter().for_each(|row| self.line(row));
    }
}

/// Lines of two columns as lines of one; each comes with its visible width.
fn beside(left: Vec<(String, usize)>, right: Vec<(String, usize)>, column: usize) -> Vec<String> {
    let rows = left.len().max(right.len());
    let (mut left, mut right) = (left.into_iter(), right.into_iter());
    (0..rows)
        .map(|_| {
            let (text, used) = left.next().unwrap_or_default();
            let (other, _) = right.next().unwrap_or_default();
            format!("{text}{}{GAP}{other}", " ".repeat(column.saturating_sub(used)))
        })
        .collect()
}

/// A text with its changed words marked, in lines of at most so many columns, each with its visible
/// width. Without colours, words that only the left side has stand between `[-` and `-]`, and those
/// that only the right side has between `{+` and `+}`, as in other word differences.
pub(super) fn styled_lines(
    pieces: &[Piece],
    is_left: bool,
    column: usize,
    style: TerminalStyle,
) -> Vec<(String, usize)> {
    let mut lines = Vec::new();
    let (mut line, mut used) = (String::new(), 0);
    for word in words(pieces, is_left, style.colour) {
        let mut rest = word.text.as_str();
        let space = usize::from(word.spaced && used > 0);
        if used > 0 && used + space + width(rest) > column {
            lines.push((std::mem::take(&mut line), used));
            used = 0;
        } else if space > 0 {
            line.push(' ');
            used += 1;
        }
        while !rest.is_empty() {
            let (fits, beyond) = split_at_column(rest, column - used.min(column - 1));
            line.push_str(&painted(fits, word.mark, is_left, style));
            used += width(fits);
            rest = beyond;
            if !rest.is_empty() {
                lines.push((std::mem::take(&mut line), used));
                used = 0;
            }
        }
    }
    if used > 0 {
        lines.push((line, used));
    }
    lines
}

fn painted(text: &str, mark: Mark, is_left: bool, style: TerminalStyle) -> String {
    match mark {
        Mark::Kept => text.to_owned(),
        Mark::Moved => style.yellow(text),
        Mark::Dropped => style.red(text),
        Mark::Added => style.green(text),
        Mark::Replaced if is_left => style.red(text),
        Mark::Replaced => style.green(text),
    }
}

/// The pieces as words that may be put on different lines.
fn words(pieces: &[Piece], is_left: bool, colour: bool) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    let mut spaced = false;
    for piece in pieces {
        let (open, close) = match piece.mark {
            _ if colour => ("", ""),
            Mark::Kept => ("", ""),
            Mark::Moved => ("~", "~"),
            Mark::Dropped => ("[-", "-]"),
            Mark::Added => ("{+", "+}"),
            Mark::Replaced if is_left => ("[-", "-]"),
            Mark::Replaced => ("{+", "+}"),
        };
        spaced |= piece.text.starts_with(char::is_whitespace);
        let first = words.len();
        for word in piece.text.split_whitespace() {
            words.push(Word { mark: piece.mark, text: one_line(word), spaced });
            spaced = true;
        }
        if words.len() > first {
            words[first].text.insert_str(0, open);
            if let Some(last) = words.last_mut() {
                last.text.push_str(close);
            }
            spaced = piece.text.ends_with(char::is_whitespace);
        }
    }
    words
}

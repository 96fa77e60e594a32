//! What a reader without scripts sees: the most important findings in plain tables.

use std::fmt;
use std::io::{self, Write};

use super::data::{PageCluster, PageData, PageDocument, PagePair};
use crate::report::layout::{count, cut, grouped, percent};

/// How many quotes and pairs the tables show.
const MOST: usize = 25;

/// Writes the page's head, and the tables for readers without scripts.
pub(super) fn write(data: &PageData<'_>, out: &mut impl Write) -> io::Result<()> {
    let totals = &data.summary.totals;
    write!(
        out,
        "<a class=\"skip\" href=\"#main\">Skip to the findings</a>\n<header id=\"top\">\n\
         <h1>Shared quotes and passages</h1>\n<p>{} from {}, {}, {}.</p>\n</header>\n\
         <main id=\"main\">\n<noscript>\n<p>This page draws its details with a script, which is \
         switched off here. These are the most important findings; the files beside this page \
         hold all of them.</p>\n",
        count(totals.documents, "document", "documents"),
        count(totals.sources, "outlet", "outlets"),
        count(totals.quote_clusters, "shared quote", "shared quotes"),
        count(totals.passages, "reused passage", "reused passages"),
    )?;
    if let Some(why) = &data.summary.why_empty {
        writeln!(out, "<p>Nothing shared: {}.</p>", Escaped(why))?;
    }
    quotes(data, out)?;
    pairs(data, out)?;
    out.write_all(b"</noscript>\n</main>\n")
}

fn quotes(data: &PageData<'_>, out: &mut impl Write) -> io::Result<()> {
    if data.quotes.is_empty() {
        return Ok(());
    }
    out.write_all(
        b"<h2>Most reused quotes</h2>\n<table>\n<thead><tr><th scope=\"col\">Quote</th>\
          <th scope=\"col\">Speaker</th><th scope=\"col\">Sources</th>\
          <th scope=\"col\">First seen</th><th scope=\"col\">Origin</th></tr></thead>\n<tbody>\n",
    )?;
    for cluster in data.quotes.iter().take(MOST) {
        quote(data, cluster, out)?;
    }
    out.write_all(b"</tbody>\n</table>\n")
}

fn quote(data: &PageData<'_>, cluster: &PageCluster, out: &mut impl Write) -> io::Result<()> {
    let speaker = cluster.speaker.as_ref().map_or("unknown", |speaker| speaker.name.as_str());
    let origin = cluster.origin.map(|document| outlet(&data.documents[document]));
    writeln!(
        out,
        "<tr><td>“{}”</td><td>{}</td><td>{}</td><td>{}</td><td>{} {}</td></tr>",
        Escaped(&cut(&cluster.text, 300)),
        Escaped(speaker),
        grouped(cluster.sources),
        Escaped(day(cluster.first.as_deref())),
        Escaped(&cluster.verdict.replace('_', " ")),
        Escaped(origin.unwrap_or_default()),
    )
}

fn pairs(data: &PageData<'_>, out: &mut impl Write) -> io::Result<()> {
    if data.pairs.is_empty() {
        return Ok(());
    }
    out.write_all(
        b"<h2>Document pairs with the most shared text</h2>\n<table>\n<thead><tr>\
          <th scope=\"col\">One document</th><th scope=\"col\">Shared</th>\
          <th scope=\"col\">Other document</th><th scope=\"col\">Shared</th>\
          <th scope=\"col\">Relation</th></tr></thead>\n<tbody>\n",
    )?;
    for pair in data.pairs.iter().take(MOST) {
        let PagePair { a, b, relation, share_a, share_b, .. } = pair;
        writeln!(
            out,
            "<tr>{}{}<td>{}</td></tr>",
            Cells(&data.documents[*a], *share_a),
            Cells(&data.documents[*b], *share_b),
            Escaped(&relation.replace('_', " ")),
        )?;
    }
    out.write_all(b"</tbody>\n</table>\n")
}

fn outlet(document: &PageDocument) -> &str {
    if document.source.is_empty() { &document.id } else { &document.source }
}

/// A date without its time.
fn day(date: Option<&str>) -> &str {
    date.map_or("undated", |date| date.split('T').next().unwrap_or(date))
}

/// A document and the share of it that the other one has.
struct Cells<'d>(&'d PageDocument, f64);

impl fmt::Display for Cells<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Cells(document, share) = self;
        write!(
            formatter,
            "<td>{}, {}: {}</td><td>{}</td>",
            Escaped(outlet(document)),
            Escaped(day(document.date.as_deref())),
            Escaped(document.title.as_deref().unwrap_or(&document.id)),
            percent(*share),
        )
    }
}

/// Text as it may stand in HTML.
struct Escaped<'t>(&'t str);

impl fmt::Display for Escaped<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut rest = self.0;
        while let Some(place) = rest.find(['<', '>', '&', '"', '\'']) {
            formatter.write_str(&rest[..place])?;
            formatter.write_str(match rest.as_bytes()[place] {
                b'<' => "&lt;",
                b'>' => "&gt;",
                b'&' => "&amp;",
                b'"' => "&quot;",
                _ => "&#39;",
            })?;
            rest = &rest[place + 1..];
        }
        formatter.write_str(rest)
    }
}

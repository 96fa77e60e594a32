//! Documents with their texts and units, in and out.

use rusqlite::{OptionalExtension, Row, params};

use super::names::Named;
use super::open::Index;
use super::quotes::{spans_of_json, spans_to_json};
use crate::Result;
use crate::model::{Analysis, Date, DatePrecision, Document, Language, ScalarIndex, Span};

/// A document to be kept.
#[derive(Clone, Debug)]
pub struct NewDocument {
    /// The document.
    pub document: Document,
    /// What was found in it.
    pub analysis: Analysis,
    /// What of it is boilerplate.
    pub masked: Vec<Span>,
    /// For each sentence the unit it is compared as; `None`: it is not compared.
    pub units: Vec<Option<u32>>,
    /// For each quote whether it is compared.
    pub compared_quotes: Vec<bool>,
}

/// A kept document.
#[derive(Clone, Debug)]
pub struct Kept {
    /// Its number in the index.
    pub number: u32,
    /// The night that added it.
    pub night: u32,
    /// The number of its first sentence.
    pub first_sentence: u32,
    /// The number of its first quote.
    pub first_quote: u32,
    /// The document.
    pub document: Document,
    /// What was found in it.
    pub analysis: Analysis,
    /// What of it is boilerplate.
    pub masked: Vec<Span>,
    /// For each sentence the unit it is compared as.
    pub units: Vec<Option<u32>>,
    /// For each quote whether it is compared.
    pub compared_quotes: Vec<bool>,
}

impl Index {
    /// The numbers that the next document, sentence and quote will get.
    pub fn next_numbers(&self) -> Result<(u32, u32, u32)> {
        let next = |kind| self.next_number(kind).map(|number| number as u32);
        Ok((next("documents")?, next("sentences")?, next("quotes")?))
    }

    /// Adds a document with its next numbers; gives it back as it is kept. `number` is given for one
    /// that keeps the number it had.
    pub fn add_document(&self, night: u32, number: Option<u32>, new: NewDocument) -> Result<Kept> {
        let NewDocument { document, analysis, masked, units, compared_quotes } = &new;
        let number = match number {
            Some(number) => number,
            None => self.take_numbers("documents", 1)? as u32,
        };
        let first_sentence = self.take_numbers("sentences", analysis.sentences.len() as u64)?;
        let first_quote = self.take_numbers("quotes", analysis.quotes.len() as u64)?;
        let scalars = ScalarIndex::new(&document.text);
        let write = || -> rusqlite::Result<()> {
            let date = document.published_at.as_ref();
            self.connection
                .prepare_cached(
                    "INSERT INTO documents VALUES
                     (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                )?
                .execute(params![
                    number,
                    document.id,
                    night,
                    document.path,
                    document.record,
                    document.source,
                    document.url,
                    document.title,
                    date.map(|date| &date.text),
                    date.map(|date| date.precision.name()),
                    date.map(|date| date.earliest),
                    date.map(|date| date.latest),
                    document.declared_language.map(Language::code),
                    analysis.language.code(),
                    scalars.scalars(document.text.len()),
                    format!("{:016x}", document.digest),
                    first_sentence,
                    analysis.sentences.len(),
                    first_quote,
                    analysis.quotes.len(),
                    (!masked.is_empty()).then(|| spans_to_json(&scalars, masked)),
                ])?;
            self.connection
                .prepare_cached("INSERT INTO texts VALUES (?, ?)")?
                .execute(params![number, document.text])?;
            let mut insert = self
                .connection
                .prepare_cached("INSERT INTO sentences VALUES (?, ?, ?, ?, ?, ?)")?;
            for ((sentence, unit), own) in
                analysis.sentences.iter().zip(units).zip(first_sentence..)
            {
                let (start, end) = scalars.span(sentence.span);
                let kind = Named::number(sentence.kind);
                // Most units are new with their sentence, so that is written the shortest way.
                let unit = unit.map(|unit| if u64::from(unit) == own { 0 } else { unit });
                insert.execute(params![own, start, end, kind, sentence.paragraph, unit])?;
            }
            self.write_quotes(
                number,
                first_quote,
                &document.text,
                &analysis.quotes,
                compared_quotes,
            )?;
            self.add_to_search(&new, first_sentence, first_quote)
        };
        write().map_err(|error| self.failed(error))?;
        Ok(Kept {
            number,
            night,
            first_sentence: first_sentence as u32,
            first_quote: first_quote as u32,
            document: new.document,
            analysis: new.analysis,
            masked: new.masked,
            units: new.units,
            compared_quotes: new.compared_quotes,
        })
    }

    /// The number and the digest of the text of the document with an id.
    pub fn document_of_id(&self, id: &str) -> Result<Option<(u32, u64)>> {
        let row: Option<(u32, String)> = self
            .connection
            .prepare_cached("SELECT number, digest FROM documents WHERE id = ?")
            .and_then(|mut statement| {
                statement.query_row([id], |row| Ok((row.get(0)?, row.get(1)?))).optional()
            })
            .map_err(|error| self.failed(error))?;
        row.map(|(number, digest)| {
            u64::from_str_radix(&digest, 16)
                .map(|digest| (number, digest))
                .map_err(|_| self.damaged(&format!("document {number} has no digest")))
        })
        .transpose()
    }

    /// A document with all that was found in it; `None` when it is not kept.
    pub fn document(&self, number: u32) -> Result<Option<Kept>> {
        self.read_document(number, true)
    }

    /// A document with its quotes and without its sentences, which take longest to read.
    pub fn quoted_document(&self, number: u32) -> Result<Option<Kept>> {
        self.read_document(number, false)
    }

    fn read_document(&self, number: u32, with_sentences: bool) -> Result<Option<Kept>> {
        let read = || {
            self.connection
                .prepare_cached(
                    "SELECT d.*, t.text FROM documents d JOIN texts t ON t.document = d.number
                     WHERE d.number = ?",
                )?
                .query_row([number], |row| Ok((document_of_row(row)?, Extent::of_row(row)?)))
                .optional()
        };
        let Some((document, mut extent)) = read().map_err(|error| self.failed(error))? else {
            return Ok(None);
        };
        if !with_sentences {
            extent.sentences = 0;
        }
        let scalars = ScalarIndex::new(&document.text);
        let broken = |what: &str| self.damaged(&format!("document {number}: {what}"));
        let masked = match &extent.masked {
            Some(json) => spans_of_json(&scalars, json)
                .ok_or_else(|| broken("a mask lies outside its text"))?,
            None => Vec::new(),
        };
        let (mut sentences, mut units) = (Vec::new(), Vec::new());
        for (sentence, unit) in self.read_sentences(&extent, &scalars)? {
            sentences.push(sentence.ok_or_else(|| broken("a sentence lies outside its text"))?);
            units.push(unit);
        }
        let (mut quotes, mut compared_quotes) = (Vec::new(), Vec::new());
        for (quote, compared) in self.read_quotes(extent.first_quote, extent.quotes, &scalars)? {
            quotes.push(quote);
            compared_quotes.push(compared);
        }
        if sentences.len() as u64 != extent.sentences || quotes.len() as u64 != extent.quotes {
            return Err(broken("units are missing"));
        }
        let language = Language::from_code(&extent.language).unwrap_or_default();
        Ok(Some(Kept {
            number,
            night: extent.night,
            first_sentence: extent.first_sentence as u32,
            first_quote: extent.first_quote as u32,
            analysis: Analysis { language, sentences, quotes },
            document,
            masked,
            units,
            compared_quotes,
        }))
    }

    /// Documents by number, those that are not kept left out; sorted by id.
    pub fn documents(&self, numbers: &[u32]) -> Result<Vec<Kept>> {
        let mut kept = Vec::with_capacity(numbers.len());
        for &number in numbers {
            kept.extend(self.document(number)?);
        }
        kept.sort_by(|a, b| a.document.id.cmp(&b.document.id));
        Ok(kept)
    }

    /// All documents as they were read, with number and night, without what was found in them; sorted
    /// by id.
    pub fn texts_of_all(&self) -> Result<Vec<(u32, u32, Document)>> {
        let read = || -> rusqlite::Result<Vec<(u32, u32, Document)>> {
            self.connection
                .prepare(
                    "SELECT d.*, t.text FROM documents d JOIN texts t ON t.document = d.number
                     ORDER BY d.id",
                )?
                .query_map([], |row| {
                    Ok((row.get("number")?, row.get("night")?, document_of_row(row)?))
                })?
                .collect()
        };
        read().map_err(|error| self.failed(error))
    }

    /// The numbers of all documents, in the order of their ids.
    pub fn all_documents(&self) -> Result<Vec<u32>> {
        self.numbers("SELECT number FROM documents ORDER BY id", [])
    }

    /// The numbers of the documents that a night added, in the order of their ids.
    pub fn documents_of_night(&self, night: u32) -> Result<Vec<u32>> {
        self.numbers("SELECT number FROM documents WHERE night = ? ORDER BY id", [night])
    }

    /// The interval of Unix time in which a document was published, where that is known.
    pub fn date(&self, document: u32) -> Result<Option<(i64, i64)>> {
        self.connection
            .prepare_cached(
                "SELECT date_earliest, date_latest FROM documents
                 WHERE number = ? AND date_earliest IS NOT NULL",
            )
            .and_then(|mut statement| {
                statement.query_row([document], |row| Ok((row.get(0)?, row.get(1)?))).optional()
            })
            .map_err(|error| self.failed(error))
    }

    /// The id of a document; `None` when it is not kept.
    pub fn id_of_document(&self, document: u32) -> Result<Option<String>> {
        self.connection
            .prepare_cached("SELECT id FROM documents WHERE number = ?")
            .and_then(|mut statement| statement.query_row([document], |row| row.get(0)).optional())
            .map_err(|error| self.failed(error))
    }

    /// Whether a part of a document is boilerplate.
    pub fn has_masks(&self, document: u32) -> Result<bool> {
        self.connection
            .prepare_cached(
                "SELECT count(*) FROM documents WHERE number = ? AND masked IS NOT NULL",
            )
            .and_then(|mut statement| statement.query_row([document], |row| row.get(0)))
            .map_err(|error| self.failed(error))
    }

    /// The document that a quote stands in; `None` when it is gone.
    pub fn document_of_quote(&self, quote: u32) -> Result<Option<u32>> {
        self.connection
            .prepare_cached("SELECT document FROM quotes WHERE number = ?")
            .and_then(|mut statement| statement.query_row([quote], |row| row.get(0)).optional())
            .map_err(|error| self.failed(error))
    }

    /// The language of the document that a quote stands in; `None` when it is gone.
    pub fn language_of_quote(&self, quote: u32) -> Result<Option<Language>> {
        let code: Option<String> = self
            .connection
            .prepare_cached(
                "SELECT d.language FROM quotes q JOIN documents d ON d.number = q.document
                 WHERE q.number = ?",
            )
            .and_then(|mut statement| statement.query_row([quote], |row| row.get(0)).optional())
            .map_err(|error| self.failed(error))?;
        Ok(code.map(|code| Language::from_code(&code).unwrap_or_default()))
    }

    /// The numbers that a query gives in its first column.
    pub(super) fn numbers(&self, sql: &str, values: impl rusqlite::Params) -> Result<Vec<u32>> {
        let read = || -> rusqlite::Result<Vec<u32>> {
            self.connection.prepare_cached(sql)?.query_map(values, |row| row.get(0))?.collect()
        };
        read().map_err(|error| self.failed(error))
    }
}

/// What a document's row says of its units.
pub(super) struct Extent {
    pub(super) night: u32,
    pub(super) language: String,
    pub(super) first_sentence: u64,
    pub(super) sentences: u64,
    pub(super) first_quote: u64,
    pub(super) quotes: u64,
    pub(super) masked: Option<String>,
}

impl Extent {
    fn of_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Extent {
            night: row.get("night")?,
            language: row.get("language")?,
            first_sentence: row.get("first_sentence")?,
            sentences: row.get("sentences")?,
            first_quote: row.get("first_quote")?,
            quotes: row.get("quotes")?,
            masked: row.get("masked")?,
        })
    }
}

fn document_of_row(row: &Row<'_>) -> rusqlite::Result<Document> {
    let precision: Option<String> = row.get("date_precision")?;
    let date = (
        row.get::<_, Option<String>>("published_at")?,
        precision.as_deref().and_then(DatePrecision::of_name),
        row.get::<_, Option<i64>>("date_earliest")?,
        row.get::<_, Option<i64>>("date_latest")?,
    );
    let published_at = match date {
        (Some(text), Some(precision), Some(earliest), Some(latest)) => {
            Some(Date { earliest, latest, precision, text })
        }
        _ => None,
    };
    let declared: Option<String> = row.get("declared_language")?;
    let digest: String = row.get("digest")?;
    Ok(Document {
        id: row.get("id")?,
        path: row.get("path")?,
        record: row.get("record")?,
        source: row.get("source")?,
        url: row.get("url")?,
        title: row.get("title")?,
        published_at,
        declared_language: declared.map(|code| Language::from_code(&code).unwrap_or_default()),
        text: row.get("text")?,
        digest: u64::from_str_radix(&digest, 16).unwrap_or(0),
    })
}

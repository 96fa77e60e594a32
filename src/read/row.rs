//! A row of any format to a document.

use std::borrow::Cow;

use xxhash_rust::xxh3::{Xxh3, xxh3_64};

use super::date::{self, DateError};
use super::fields::{Field, FieldNames};
use super::records::Record;
use crate::model::{Date, Document, Language, Problem, ProblemKind};

/// What all rows of a run share.
#[derive(Debug)]
pub(super) struct RowSettings {
    /// The names of the fields.
    pub(super) names: FieldNames,
    /// The most bytes of a record.
    pub(super) limit: usize,
    /// Unix seconds; later dates are in the future.
    pub(super) now: i64,
}

/// A value as the formats know them.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Value<'a> {
    /// Text.
    Text(Cow<'a, str>),
    /// A whole number.
    Integer(i64),
    /// Another number.
    Float(f64),
    /// A list, an object, a truth value: nothing a field can hold.
    Unfit(&'static str),
}

/// The fields of one row, each with the rank of the name it stood under.
#[derive(Debug, Default)]
pub(super) struct Row<'a> {
    values: [Option<(u8, Value<'a>)>; Field::ALL.len()],
}

/// Where a row stands.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place<'a> {
    /// The file, as the user named it.
    pub(super) path: &'a str,
    /// The line, where lines are records.
    pub(super) record: Option<u64>,
}

impl Place<'_> {
    /// A record at this place that had to be skipped.
    pub(super) fn skipped(self, message: impl Into<String>, hint: impl Into<String>) -> Record {
        self.problem(ProblemKind::Skipped, message.into(), hint.into())
    }

    /// Something at this place that was left out or assumed.
    pub(super) fn warning(self, message: impl Into<String>, hint: impl Into<String>) -> Record {
        self.problem(ProblemKind::Warning, message.into(), hint.into())
    }

    fn problem(self, kind: ProblemKind, message: String, hint: String) -> Record {
        let (path, record) = (self.path.to_owned(), self.record);
        Record::Problem(Problem { path, record, kind, message, hint })
    }
}

impl<'a> Row<'a> {
    /// Fills a field, unless a name of lower rank has filled it. Blank text fills nothing, so that
    /// another name of the field can.
    pub(super) fn set(&mut self, field: Field, rank: u8, value: Value<'a>) {
        if matches!(&value, Value::Text(text) if is_blank(text)) {
            return;
        }
        let slot = &mut self.values[field as usize];
        if slot.as_ref().is_none_or(|(other, _)| rank <= *other) {
            *slot = Some((rank, value));
        }
    }

    fn take(&mut self, field: Field) -> Option<Value<'a>> {
        self.values[field as usize].take().map(|(_, value)| value)
    }

    /// A field of metadata as text, without white space around it; numbers as they are written.
    fn take_label(&mut self, field: Field) -> Option<String> {
        match self.take(field)? {
            Value::Text(text) => Some(text.trim().to_owned()),
            Value::Integer(number) => Some(number.to_string()),
            Value::Float(number) => Some(number.to_string()),
            Value::Unfit(_) => None,
        }
    }

    /// The id and the text, where the row has both as they are wanted: as text.
    pub(super) fn take_id_and_text(&mut self) -> Option<(Cow<'a, str>, Cow<'a, str>)> {
        match (self.take(Field::Id)?, self.take(Field::Text)?) {
            (Value::Text(Cow::Borrowed(id)), Value::Text(text)) => {
                Some((Cow::Borrowed(id.trim()), text))
            }
            (Value::Text(Cow::Owned(id)), Value::Text(text)) => {
                Some((Cow::Owned(id.trim().to_owned()), text))
            }
            _ => None,
        }
    }

    /// The document, and the warnings about it; or the problem for which it is skipped.
    /// `names` are the row's own names, for the hint when none of them holds a text.
    pub(super) fn into_records(
        mut self,
        place: Place<'_>,
        settings: &RowSettings,
        names: impl FnOnce() -> Vec<String>,
        records: &mut impl Extend<Record>,
    ) {
        let text = match self.take(Field::Text) {
            Some(Value::Text(text)) => text.into_owned(),
            other => {
                records.extend([missing_text(other, place, settings, &names())]);
                return;
            }
        };
        let mut warning = None;
        let published_at = self.take(Field::PublishedAt).and_then(|value| {
            date_of(&value, settings.now).unwrap_or_else(|message| {
                warning = Some(place.warning(message, "it counts as unknown"));
                None
            })
        });
        let url = self.take_label(Field::Url);
        let source = self
            .take_label(Field::Source)
            .or_else(|| url.as_deref().and_then(host).map(str::to_lowercase))
            .unwrap_or_default();
        let title = self.take_label(Field::Title);
        let language = self.take_label(Field::Language);
        let id = self.take_label(Field::Id).unwrap_or_else(|| {
            let date = published_at.as_ref().map(|date| date.text.as_str());
            let parts = [Some(&*text), url.as_deref(), Some(&*source), title.as_deref(), date];
            digest_id(&parts)
        });
        let document = Document {
            id,
            path: place.path.to_owned(),
            record: place.record,
            source,
            url,
            title,
            published_at,
            declared_language: language.as_deref().and_then(Language::from_code),
            digest: xxh3_64(text.as_bytes()),
            text,
        };
        records.extend([Record::Document(document)]);
        records.extend(warning);
    }
}

/// Whether a text holds nothing to read.
pub(super) fn is_blank(text: &str) -> bool {
    text.chars().all(|character| character.is_whitespace() || character == '\0')
}

fn missing_text(
    found: Option<Value<'_>>,
    place: Place<'_>,
    settings: &RowSettings,
    names: &[String],
) -> Record {
    let holds_text =
        |name: &String| settings.names.fields_of(name).any(|(field, _)| field == Field::Text);
    if found.is_none() && names.iter().any(holds_text) {
        return place.skipped("the text is empty", "");
    }
    let shown = if names.is_empty() { "none".to_owned() } else { names.join(", ") };
    let hint = format!("its fields are: {shown}; name the one to read with --field text=NAME");
    match found {
        Some(Value::Unfit(what)) => place.skipped(format!("the text is {what}, not text"), hint),
        Some(_) => place.skipped("the text is a number, not text", hint),
        None => place.skipped("the text is missing", hint),
    }
}

/// The date of a metadata value, or the words of a warning.
fn date_of(value: &Value<'_>, now: i64) -> Result<Option<Date>, String> {
    let (written, parsed) = match value {
        Value::Text(text) => (shown(text), date::parse_date(text)),
        Value::Integer(number) => (number.to_string(), date::date_of_number(*number)),
        Value::Float(number) => (number.to_string(), date::date_of_number(*number as i64)),
        Value::Unfit(what) => (format!("({what})"), Err(DateError::Unknown)),
    };
    match parsed {
        Ok(date) if date::is_future(&date, now) => {
            Err(format!("the date \"{written}\" lies in the future"))
        }
        Ok(date) => Ok(Some(date)),
        Err(error) => Err(format!("the date \"{written}\" {error}")),
    }
}

/// A value for a message: the first forty characters.
fn shown(text: &str) -> String {
    let text = text.trim();
    match text.char_indices().nth(40) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

/// The host of a URL without `www.`.
fn host(url: &str) -> Option<&str> {
    let rest = url.split_once("://").map(|(_, rest)| rest).or_else(|| url.strip_prefix("//"))?;
    let authority = rest.split(['/', '?', '#']).next().unwrap_or(rest);
    let host = authority.rsplit('@').next().unwrap_or(authority);
    let host = host.split(':').next().unwrap_or(host);
    let host = match host.get(..4) {
        Some(start) if start.eq_ignore_ascii_case("www.") => &host[4..],
        _ => host,
    };
    (!host.is_empty()).then_some(host)
}

/// An id for a row without one. All that is known of the article goes into it, not the text alone:
/// a wire story that two outlets print word for word is two documents.
fn digest_id(parts: &[Option<&str>]) -> String {
    let mut hash = Xxh3::new();
    for part in parts {
        let part = part.unwrap_or("");
        hash.update(&(part.len() as u64).to_le_bytes());
        hash.update(part.as_bytes());
    }
    format!("{:016x}", hash.digest())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_host_names_the_source() {
        for (url, expected) in [
            ("https://www.vox.com/policy/1", Some("vox.com")),
            ("http://user:secret@Edition.CNN.com:8080?x=1", Some("Edition.CNN.com")),
            ("//bbc.co.uk/news", Some("bbc.co.uk")),
            ("WWW.faz.net/artikel", None),
            ("https://", None),
            ("https://www.", None),
            ("", None),
        ] {
            assert_eq!(host(url), expected, "{url}");
        }
    }
}

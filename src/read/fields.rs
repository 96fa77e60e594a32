//! Which column or key holds which field.

use crate::config::ReadConfig;
use crate::error::{Error, Result};

/// A field of a [`crate::model::Document`] that rows can fill.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// The row's own id.
    Id,
    /// The article.
    Text,
    /// The outlet.
    Source,
    /// Where it was published.
    Url,
    /// The headline.
    Title,
    /// When it was published.
    PublishedAt,
    /// The language it states.
    Language,
}

impl Field {
    /// All fields, in the order of their numbers.
    pub const ALL: [Field; 7] = [
        Field::Id,
        Field::Text,
        Field::Source,
        Field::Url,
        Field::Title,
        Field::PublishedAt,
        Field::Language,
    ];

    /// The name it has in the input and in `--field NAME=OTHER`.
    pub fn name(self) -> &'static str {
        self.names()[0]
    }

    /// The names that are understood without a mapping; the first that a record has counts. They
    /// are those of the news data sets and news services in wide use; anything rarer is named with
    /// `--field`.
    pub fn names(self) -> &'static [&'static str] {
        match self {
            Field::Id => &["id"],
            Field::Text => &["text", "body", "content", "article"],
            Field::Source => &["source", "outlet", "publisher", "domain"],
            Field::Url => &["url", "link"],
            Field::Title => &["title", "headline"],
            Field::PublishedAt => {
                &["published_at", "date", "published", "pub_date", "publishedAt", "date_publish"]
            }
            Field::Language => &["language", "lang"],
        }
    }
}

/// The names under which fields are looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct FieldNames {
    /// Name, field, and the name's rank among the names of its field (0 wins).
    names: Vec<(String, Field, u8)>,
}

impl FieldNames {
    /// The known names, where the settings do not name another. A mapping for a field that cento
    /// does not have is an error.
    pub(super) fn new(config: &ReadConfig) -> Result<FieldNames> {
        for field in config.fields.keys() {
            if !Field::ALL.iter().any(|known| known.name() == field) {
                let known: Vec<&str> = Field::ALL.iter().map(|field| field.name()).collect();
                return Err(Error::usage(
                    format!("there is no field \"{field}\" to be mapped"),
                    format!("the fields are {}; write --field text=body", known.join(", ")),
                ));
            }
        }
        let mut names = Vec::new();
        for field in Field::ALL {
            match config.fields.get(field.name()) {
                Some(name) => names.push((name.clone(), field, 0)),
                None => {
                    for (rank, name) in field.names().iter().enumerate() {
                        names.push(((*name).to_owned(), field, rank as u8));
                    }
                }
            }
        }
        Ok(FieldNames { names })
    }

    /// The field that a key or column fills, with the rank of its name; ASCII case does not
    /// matter. One name may fill several fields when the user maps it so.
    pub(super) fn fields_of<'a>(&'a self, name: &'a str) -> impl Iterator<Item = (Field, u8)> + 'a {
        self.names
            .iter()
            .filter(move |(known, _, _)| known.eq_ignore_ascii_case(name))
            .map(|&(_, field, rank)| (field, rank))
    }
}

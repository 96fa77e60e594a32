//! One JSON object to the fields of a row, borrowing from the line and building no tree: keys that
//! are no field are skipped over, not parsed.

use std::borrow::Cow;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::fields::{Field, FieldNames};
use super::row::{Row, Value};

/// The fields of a JSON object. The error's words fit a message ("expected `,` at column 7").
pub(super) fn parse_object<'a>(json: &'a str, names: &FieldNames) -> Result<Row<'a>, String> {
    let mut deserializer = serde_json::Deserializer::from_str(json);
    let row = deserializer.deserialize_any(RowVisitor { names }).and_then(|row| {
        deserializer.end()?;
        Ok(row)
    });
    row.map_err(|error| in_words(&error))
}

/// The names of a JSON object's members, for a hint: at most twenty of them.
pub(super) fn member_names(json: &str) -> Vec<String> {
    let mut deserializer = serde_json::Deserializer::from_str(json);
    deserializer.deserialize_any(NamesVisitor).unwrap_or_default()
}

/// serde_json counts lines within the record, where there is only one.
fn in_words(error: &serde_json::Error) -> String {
    let text = error.to_string();
    let place = format!(" at line {} column {}", error.line(), error.column());
    let words = text.strip_suffix(&place).unwrap_or(&text);
    if error.line() == 1 && error.column() > 0 {
        format!("{words} at column {}", error.column())
    } else if error.line() > 1 {
        format!("{words} at column {} of its line {}", error.column(), error.line())
    } else {
        words.to_owned()
    }
}

struct RowVisitor<'n> {
    names: &'n FieldNames,
}

impl<'de> Visitor<'de> for RowVisitor<'_> {
    type Value = Row<'de>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an object with the fields of a document")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut row = Row::default();
        while let Some(key) = map.next_key_seed(KeySeed)? {
            let mut fields = self.names.fields_of(&key);
            let Some((field, rank)) = fields.next() else {
                map.next_value::<IgnoredAny>()?;
                continue;
            };
            if let Some(value) = map.next_value_seed(ValueSeed { field })? {
                for (other, rank) in fields {
                    row.set(other, rank, value.clone());
                }
                row.set(field, rank, value);
            }
        }
        Ok(row)
    }
}

/// A key, borrowed where it holds no escape.
struct KeySeed;

impl<'de> DeserializeSeed<'de> for KeySeed {
    type Value = Cow<'de, str>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_str(KeyVisitor)
    }
}

struct KeyVisitor;

impl<'de> Visitor<'de> for KeyVisitor {
    type Value = Cow<'de, str>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a key")
    }

    fn visit_borrowed_str<E>(self, key: &'de str) -> Result<Self::Value, E> {
        Ok(Cow::Borrowed(key))
    }

    fn visit_str<E>(self, key: &str) -> Result<Self::Value, E> {
        Ok(Cow::Owned(key.to_owned()))
    }
}

/// The value of a field; `None` is `null`.
struct ValueSeed {
    field: Field,
}

impl<'de> DeserializeSeed<'de> for ValueSeed {
    type Value = Option<Value<'de>>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for ValueSeed {
    type Value = Option<Value<'de>>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a value")
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Self::Value, E> {
        Ok(Some(Value::Text(Cow::Borrowed(text))))
    }

    fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
        Ok(Some(Value::Text(Cow::Owned(text.to_owned()))))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Self::Value, E> {
        Ok(Some(Value::Integer(number)))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Self::Value, E> {
        Ok(Some(match i64::try_from(number) {
            Ok(number) => Value::Integer(number),
            Err(_) => Value::Text(Cow::Owned(number.to_string())),
        }))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Self::Value, E> {
        Ok(Some(Value::Float(number)))
    }

    fn visit_bool<E>(self, _: bool) -> Result<Self::Value, E> {
        Ok(Some(Value::Unfit("true or false")))
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
        while list.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Some(Value::Unfit("a list")))
    }

    /// News services give the outlet as `{"id": null, "name": "Reuters"}`; its name is the source.
    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut name = None;
        while let Some(key) = map.next_key_seed(KeySeed)? {
            if self.field == Field::Source && key == "name" {
                name = map.next_value::<NameOnly<'de>>()?.0;
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(Some(name.map_or(Value::Unfit("an object"), Value::Text)))
    }
}

/// A string; anything else counts as none.
struct NameOnly<'a>(Option<Cow<'a, str>>);

impl<'de: 'a, 'a> serde::Deserialize<'de> for NameOnly<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = ValueSeed { field: Field::Title }.deserialize(deserializer)?;
        Ok(NameOnly(match value {
            Some(Value::Text(text)) => Some(text),
            _ => None,
        }))
    }
}

struct NamesVisitor;

impl<'de> Visitor<'de> for NamesVisitor {
    type Value = Vec<String>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut names = Vec::new();
        while let Some(key) = map.next_key_seed(KeySeed)? {
            map.next_value::<IgnoredAny>()?;
            if names.len() < 20 {
                names.push(key.into_owned());
            } else if names.len() == 20 {
                names.push("…".to_owned());
            }
        }
        Ok(names)
    }
}

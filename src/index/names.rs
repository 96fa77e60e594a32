//! The names of the vocabulary, from the model to the tables and back.

use rusqlite::Connection;

use crate::model::{
    ClusterKind, DatePrecision, DriftKind, EditKind, Label, QuoteKind, Relation, SentenceKind,
    SpeakerMethod, Variant, Verdict,
};

/// A noun that has a name in the output.
pub(super) trait Named: Copy + 'static {
    /// All of them, in the order of their numbers.
    const ALL: &'static [Self];
    /// The name in the output.
    fn name(self) -> &'static str;

    /// The noun of a name.
    fn of_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|noun| noun.name() == name)
    }

    /// Its number, for tables with many rows.
    fn number(self) -> i64 {
        Self::ALL.iter().position(|noun| noun.name() == self.name()).map_or(0, |place| place as i64)
    }

    /// The noun of a number.
    fn of_number(number: i64) -> Option<Self> {
        usize::try_from(number).ok().and_then(|place| Self::ALL.get(place).copied())
    }
}

macro_rules! named {
    ($noun:ident: $($variant:ident),+) => {
        impl Named for $noun {
            const ALL: &'static [Self] = &[$($noun::$variant),+];
            fn name(self) -> &'static str {
                $noun::name(self)
            }
        }
    };
}

named!(ClusterKind: Quote, Passage);
named!(DatePrecision: Year, Month, Day, Minute, Second);
named!(DriftKind: Number, Negation, Hedge, Condition, Name, Date, Speaker, Speech, Joined);
named!(EditKind: Kept, Dropped, Added, Replaced, Moved);
named!(Label: Verbatim, LightEdit, Paraphrase, SameFact);
named!(QuoteKind: Direct, Mixed, Block, Indirect, Scare, Title);
named!(Relation: Duplicate, NearDuplicate, Contains, Derived, Related);
named!(SentenceKind: Prose, Heading, Bullet, Dateline, Furniture);
named!(SpeakerMethod: Explicit, Surname, Title, Pronoun, Continued, Anonymous);
named!(Variant: Identical, Truncated, Ellipsis, Bracketed, Reworded, Translated);
named!(Verdict: Found, Probable, CommonSource, Undetermined);

/// Fills the tables that name the numbers of the kinds.
pub(super) fn write_kinds(connection: &Connection) -> rusqlite::Result<()> {
    write_names::<SentenceKind>(connection, "sentence_kinds")?;
    write_names::<QuoteKind>(connection, "quote_kinds")?;
    write_names::<SpeakerMethod>(connection, "speaker_methods")
}

fn write_names<N: Named>(connection: &Connection, table: &str) -> rusqlite::Result<()> {
    let mut insert = connection.prepare(&format!("INSERT INTO {table} VALUES (?, ?)"))?;
    for noun in N::ALL {
        insert.execute((Named::number(*noun), Named::name(*noun)))?;
    }
    Ok(())
}

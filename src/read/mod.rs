//! Bytes to [`Document`]s: walk, decode, one file a format, dates.
//!
//! This phase touches the world, and the world is untidy. An INPUT that cannot be used at all (a
//! path that does not exist) is an [`crate::Error`]; everything else that is wrong (a broken
//! line, a damaged archive, a file without permission) is one [`Problem`] with its place and a
//! hint, and reading goes on behind it.
//!
//! - A folder is walked in sorted order. `.ignore` files are honoured, `.gitignore` files are not
//!   (collections are often kept out of version control), hidden files and the output folders of
//!   earlier runs are skipped, and files of unknown kind are counted as not read.
//! - The format is told by name and content: see [`format`](self::Format). Compression (`.gz` with
//!   any number of members, `.zst`) is told by its magic bytes alone.
//! - Text is UTF-8 or UTF-16, with or without byte order mark. A text or CSV file that is neither
//!   is read as windows-1252, and a warning says so. A JSON line that is not UTF-8 is skipped.
//! - Fields are named `id`, `text`, `source`, `url`, `title`, `published_at` and `language`; the
//!   names that are understood without a mapping are listed in [`Field::names`].
//! - Records stream: what is held in memory is one record, and one record has a limit
//!   ([`ReadConfig::max_record_bytes`]).

mod blocks;
mod collection;
mod csv_rows;
mod date;
mod encoding;
mod fields;
mod format;
mod input;
mod json_line;
mod json_repair;
mod json_rows;
mod json_values;
mod lines;
mod open;
mod pairs;
mod records;
mod row;
mod text_file;
mod walk;

#[cfg(test)]
mod tests;

pub use blocks::{Block, TextRecord};
pub use collection::{Collection, collect};
pub use date::{DateError, parse_date, parse_since};
pub use fields::Field;
pub use format::Format;
pub use input::Input;
pub use pairs::{ListedPairs, read_pairs};
pub use records::{Record, Records, records};

#[cfg(doc)]
use crate::{
    config::ReadConfig,
    model::{Document, Problem},
};

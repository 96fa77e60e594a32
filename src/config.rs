//! All settings, with their defaults. Flags win over `cento.toml`, which wins over the defaults;
//! `summary.json` records the effective ones.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// The settings of a run. In `cento.toml` the names are written with hyphens.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
pub struct Config {
    /// How records are read.
    pub read: ReadConfig,
    /// How candidates are found.
    pub join: JoinConfig,
}

/// How records are read.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
pub struct ReadConfig {
    /// For each of cento's fields (`id`, `text`, `source`, `url`, `title`, `published_at`,
    /// `language`) the name it has in the input, where it has another. A field named here is read
    /// under that name only.
    pub fields: BTreeMap<String, String>,
    /// The most bytes one record (a JSON line, a CSV row, a text file) may have, decompressed; a
    /// longer one is skipped without being held in memory.
    pub max_record_bytes: u64,
}

impl Default for ReadConfig {
    fn default() -> Self {
        ReadConfig { fields: BTreeMap::new(), max_record_bytes: 128 << 20 }
    }
}

/// How candidates are found.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
pub struct JoinConfig {
    /// Of the units that share a key, only this many with the lowest ids are compared with all the
    /// others (the rule for very common keys).
    pub pivots: u32,
}

impl Default for JoinConfig {
    fn default() -> Self {
        JoinConfig { pivots: 64 }
    }
}

#[expect(clippy::derivable_impls, reason = "the one place where every default is read")]
impl Default for Config {
    fn default() -> Self {
        Config { read: ReadConfig::default(), join: JoinConfig::default() }
    }
}

//! All settings, with their defaults. Flags win over `cento.toml`, which wins over the defaults;
//! `summary.json` records the effective ones.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// The settings of a run. In `cento.toml` the names are written with hyphens.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
pub struct Config {
    /// How records are read.
    pub read: ReadConfig,
    /// How candidates are found.
    pub join: JoinConfig,
    /// What keys and evidence may take in memory; beyond it they go to temporary files. The result
    /// does not hang on it, so it is not among the settings that a run records.
    #[serde(skip_serializing)]
    pub memory: ByteSize,
    /// The folder for temporary files; the system's when `None`.
    #[serde(skip_serializing)]
    pub temp: Option<PathBuf>,
}

/// A number of bytes, written `800M` or `4G` (powers of 1024).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(try_from = "String")]
pub struct ByteSize(pub u64);

impl FromStr for ByteSize {
    type Err = String;

    fn from_str(written: &str) -> Result<Self, String> {
        let trimmed = written.trim();
        let digits = trimmed.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        let shift = match trimmed[digits.len()..].to_ascii_uppercase().as_str() {
            "" | "B" => 0,
            "K" | "KB" | "KIB" => 10,
            "M" | "MB" | "MIB" => 20,
            "G" | "GB" | "GIB" => 30,
            "T" | "TB" | "TIB" => 40,
            _ => return Err(format!("{written:?} is no size; write 800M or 4G")),
        };
        let number: u64 = digits
            .trim()
            .parse()
            .map_err(|_| format!("{written:?} is no size; write 800M or 4G"))?;
        number
            .checked_mul(1 << shift)
            .map(ByteSize)
            .ok_or_else(|| format!("{written:?} is more than any machine has"))
    }
}

impl TryFrom<String> for ByteSize {
    type Error = String;

    fn try_from(written: String) -> Result<Self, String> {
        written.parse()
    }
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

impl Default for Config {
    fn default() -> Self {
        Config {
            read: ReadConfig::default(),
            join: JoinConfig::default(),
            memory: ByteSize(4 << 30),
            temp: None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_read_as_people_write_them() {
        let check = |written: &str, bytes: u64| assert_eq!(written.parse(), Ok(ByteSize(bytes)));
        check("4G", 4 << 30);
        check("800m", 800 << 20);
        check("3 GiB", 3 << 30);
        check("1024", 1024);
        for wrong in ["", "G", "4X", "-1G", "1.5G", "99999999T"] {
            assert!(wrong.parse::<ByteSize>().is_err(), "{wrong}");
        }
        let config: Result<Config, _> = toml::from_str("memory = \"2G\"\ntemp = \"/tmp\"");
        assert_eq!(config.map(|config| config.memory), Ok(ByteSize(2 << 30)));
    }
}

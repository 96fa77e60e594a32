//! The parameters that kept findings depend on. Another set of them would give other findings, so
//! an index is only ever written with its own.

use rusqlite::Connection;

use super::open::{Index, failed};
use crate::{Error, Result};

/// What decides about kept findings, beside the texts themselves.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Settings {
    /// [`crate::fingerprint::KeyParameters::fingerprint`].
    pub keys: u64,
    /// [`crate::text::SEGMENTATION_VERSION`].
    pub segmentation: u32,
    /// The rule for common keys.
    pub pivots: u32,
    /// Only documents published within so many seconds are compared; 0 is all.
    pub window: i64,
    /// Lines of text to ignore wherever they occur.
    pub templates: Vec<String>,
    /// Outlets of one publisher: outlet and group, a tab between them.
    pub outlets: Vec<String>,
}

impl Settings {
    /// Names and values, in the order in which they are kept.
    fn rows(&self) -> [(&'static str, String); 6] {
        [
            ("keys", format!("{:016x}", self.keys)),
            ("segmentation", self.segmentation.to_string()),
            ("pivots", self.pivots.to_string()),
            ("window", self.window.to_string()),
            ("templates", self.templates.join("\n")),
            ("outlets", self.outlets.join("\n")),
        ]
    }

    /// Writes the settings of a new index.
    pub(super) fn write(&self, connection: &Connection) -> rusqlite::Result<()> {
        for (name, value) in self.rows() {
            connection.execute("INSERT INTO settings VALUES (?, ?)", (name, value))?;
        }
        Ok(())
    }
}

impl Index {
    /// The settings of this index.
    pub fn settings(&self) -> Result<Settings> {
        let value = |name: &str| -> Result<String> {
            self.connection
                .query_row("SELECT value FROM settings WHERE name = ?", [name], |row| row.get(0))
                .map_err(|error| failed(&self.path, error))
        };
        let number = |name: &str| -> Result<i64> {
            value(name)?
                .parse()
                .map_err(|_| self.damaged(&format!("the setting {name} is no number")))
        };
        let lines = |text: String| text.lines().map(str::to_owned).collect();
        Ok(Settings {
            keys: u64::from_str_radix(&value("keys")?, 16)
                .map_err(|_| self.damaged("the setting keys is no number"))?,
            segmentation: number("segmentation")? as u32,
            pivots: number("pivots")? as u32,
            window: number("window")?,
            templates: lines(value("templates")?),
            outlets: lines(value("outlets")?),
        })
    }

    /// An error that names every setting in which this index differs from what is wanted.
    pub fn require(&self, wanted: &Settings) -> Result<()> {
        let kept = self.settings()?;
        let shown = |value: &str| {
            let line = value.replace('\n', ", ");
            if line.is_empty() { "none".to_owned() } else { line }
        };
        let differing: Vec<String> = kept
            .rows()
            .iter()
            .zip(wanted.rows())
            .filter(|(kept, wanted)| kept.1 != wanted.1)
            .map(|(kept, wanted)| {
                format!("{}: {} in the index, {} now", kept.0, shown(&kept.1), shown(&wanted.1))
            })
            .collect();
        if differing.is_empty() {
            return Ok(());
        }
        Err(Error::file(
            &self.path,
            format!("the index was made with other parameters ({})", differing.join("; ")),
            "use the parameters it was made with, or decide everything anew with \
             `cento index rebuild FILE` and the new ones",
        ))
    }

    /// Puts other settings in place of the kept ones, within a transaction of the caller.
    pub fn replace_settings(&self, settings: &Settings) -> Result<()> {
        self.connection
            .execute("DELETE FROM settings", [])
            .and_then(|_| settings.write(&self.connection))
            .map_err(|error| failed(&self.path, error))
    }
}

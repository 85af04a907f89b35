//! What every definition states about itself.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use zhiheng_base::{Place, Words};

/// Name, authority, owner and validity of a definition.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Head {
    /// `folder.name`.
    pub id: String,
    /// Name in both languages.
    pub name: Words,
    /// Laws, rules, standards or decisions it stands on; never empty.
    pub basis: Vec<String>,
    /// Unit that owns it.
    pub owner: String,
    /// First day of validity.
    pub since: Date,
    /// Last day of validity, if it ended.
    pub until: Option<Date>,
    /// False when the rule behind it has not been seen in an official text ("to be confirmed").
    pub confirmed: bool,
    /// What a reader must know to read the figure rightly.
    pub says: Option<Words>,
    /// Where it is written.
    pub origin: Origin,
}

/// Place of a definition in the catalog's files.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Origin {
    /// Path relative to the catalog root, `sampling/records.toml`.
    pub file: String,
    /// Line from 1.
    pub line: u32,
}

impl Origin {
    /// The place, for messages; whoever has the file at hand may show the line itself.
    pub fn place(&self) -> Place {
        let file = self.file.clone();
        Place::Text { file, line: self.line, column: 1, len: 1, excerpt: String::new() }
    }
}

impl std::fmt::Display for Origin {
    /// `sampling/records.toml:17`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{}", self.file, self.line)
    }
}

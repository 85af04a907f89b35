//! A credit file: all that is known of one enterprise, under whichever of its codes it was recorded.

use std::collections::BTreeMap;

use zhiheng_base::{Date, Diagnostic};
use zhiheng_catalog::formula::{Row, Value};

use super::identity::{Identity, Match};
use super::rules::{Rules, Statement};

/// A statement as it was recorded.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Entry {
    /// Number of its ledger entry.
    pub entry: u64,
    /// Values by field.
    pub values: BTreeMap<String, Value>,
    /// The code under which it was recorded, if that is not the holder's.
    pub via: Option<String>,
}

impl Row for Entry {
    fn value(&self, name: &str) -> Value {
        self.values.get(name).cloned().unwrap_or(Value::Null)
    }
}

impl Entry {
    /// The text of a field, if it holds one.
    pub(crate) fn text(&self, field: &str) -> Option<&str> {
        match self.values.get(field) {
            Some(Value::Text(text)) => Some(text),
            _ => None,
        }
    }

    /// The day of a field, if it holds one.
    pub(crate) fn date(&self, field: &str) -> Option<Date> {
        match self.values.get(field) {
            Some(Value::Date(date)) => Some(*date),
            _ => None,
        }
    }
}

/// All that is known of one enterprise.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CreditFile {
    /// Credit code; the code as recorded, as long as no credit code is known.
    pub holder: String,
    /// Whether a check character is wrong somewhere, so that the register should be asked.
    pub doubtful: bool,
    /// Statements in order of entry.
    pub entries: Vec<Entry>,
}

impl CreditFile {
    /// The statements as a scheme sees them.
    pub fn statements(&self, rules: &mut Rules<'_>) -> Vec<Statement> {
        self.entries.iter().filter_map(|one| rules.statement(one.entry, one)).collect()
    }

    /// Other codes under which statements were recorded, each once.
    pub fn other_codes(&self) -> Vec<&str> {
        let mut codes: Vec<&str> = self.entries.iter().filter_map(|one| one.via.as_deref()).collect();
        codes.sort_unstable();
        codes.dedup();
        codes
    }
}

/// Credit files by holder, and what could not be placed.
#[derive(Clone, Debug, Default)]
pub struct Files {
    /// By credit code, or by the code as recorded where none is known.
    pub files: BTreeMap<String, CreditFile>,
    /// Codes that could be several enterprises, with these: their statements stand under the code itself until a person has said
    /// which.
    pub several: BTreeMap<String, Vec<String>>,
    /// Codes that are none.
    pub problems: Vec<Diagnostic>,
}

/// Sorts statements by holder, merged as of a day. `holder` is the field that names it.
pub fn files(
    identity: &Identity,
    holder: &str,
    entries: impl IntoIterator<Item = Entry>,
    day: Date,
) -> Files {
    let mut all = Files::default();
    for mut entry in entries {
        let Some(recorded) = entry.text(holder).map(str::to_owned) else { continue };
        let (found, doubtful) = match identity.find(&recorded, day) {
            Ok(Match::Same { holder, doubtful, .. }) => (holder, doubtful),
            Ok(Match::Several(several)) => {
                all.several.insert(recorded.clone(), several);
                (recorded.clone(), true)
            }
            Ok(Match::Unknown) => (recorded.clone(), false),
            Err(why) => {
                all.problems.push(why);
                continue;
            }
        };
        if found != recorded {
            entry.via = Some(recorded);
        }
        let file = all
            .files
            .entry(found.clone())
            .or_insert_with(|| CreditFile { holder: found, ..CreditFile::default() });
        file.doubtful |= doubtful;
        file.entries.push(entry);
    }
    all.files.values_mut().for_each(|file| file.entries.sort_by_key(|one| one.entry));
    all
}

//! What belongs to the lake: one JSON file, replaced in one step after all files that it names are there.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::Write;
use std::path::Path;

use serde::{Deserialize, Serialize};
use zhiheng_base::Diagnostic;

use super::fault;
use super::part::Part;
use super::quarter::Quarter;
use super::schema::TableSchema;

/// Changed whenever the files of the lake change their meaning.
const FORMAT: u32 = 2;
const NAME: &str = "manifest.json";

/// The lake's table of contents.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// Format of the lake.
    pub format: u32,
    /// Ledger size up to which all tables are filled.
    pub size: u64,
    /// SHA-256 of the last leaf read, so that another ledger in the same folder is noticed.
    pub last_leaf: String,
    /// Tables by record type.
    pub tables: BTreeMap<String, Table>,
    /// Files of the version before, deleted by the next change: readers that began earlier may still hold them.
    #[serde(default)]
    pub retired: Vec<String>,
    /// Files that this version gives up; they retire when it is written.
    #[serde(skip)]
    given_up: Vec<String>,
}

/// One record type.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Table {
    /// Digest of the columns.
    pub digest: String,
    /// Parts by quarter, in order of their entries.
    pub quarters: BTreeMap<Quarter, Vec<Part>>,
}

impl Manifest {
    /// Reads the manifest of a folder; an empty one if there is none or it is of another format.
    pub fn read(dir: &Path) -> Result<Manifest, Diagnostic> {
        let path = dir.join(NAME);
        let text = match std::fs::read_to_string(&path) {
            Ok(text) => text,
            Err(cause) if cause.kind() == std::io::ErrorKind::NotFound => return Ok(Manifest::default()),
            Err(cause) => return Err(fault(&path, cause)),
        };
        // A manifest that cannot be read is no loss: the lake is filled again.
        let manifest: Manifest = serde_json::from_str(&text).unwrap_or_default();
        if manifest.format == FORMAT {
            return Ok(manifest);
        }
        // Nobody of this format reads what another has left.
        let retired = manifest.all_parts().map(|part| part.file.clone()).chain(manifest.retired.clone());
        Ok(Manifest { retired: retired.collect(), ..Manifest::default() })
    }

    /// Puts the manifest into the folder: temporary file, sync, rename, sync of the folder. Then deletes the
    /// files that the version before had already given up.
    pub fn write(&mut self, dir: &Path, gone: Vec<String>) -> Result<(), Diagnostic> {
        let path = dir.join(NAME);
        let mut given_up = std::mem::take(&mut self.given_up);
        given_up.extend(gone);
        let expired = std::mem::replace(&mut self.retired, given_up);
        self.format = FORMAT;
        let text = serde_json::to_vec_pretty(self).map_err(|cause| fault(&path, cause))?;
        durable(dir, NAME, &text)?;
        let named: std::collections::BTreeSet<&str> = self
            .all_parts()
            .map(|part| part.file.as_str())
            .chain(self.retired.iter().map(String::as_str))
            .collect();
        for file in expired.iter().filter(|file| !named.contains(file.as_str())) {
            // Whether an old file is there does not matter.
            let _ = std::fs::remove_file(dir.join(file));
        }
        Ok(())
    }

    /// Forgets everything: the tables of `schemas`, empty.
    pub fn start_over<'a>(&mut self, schemas: impl Iterator<Item = &'a TableSchema>) {
        let mut given_up = std::mem::take(&mut self.given_up);
        given_up.extend(self.all_parts().map(|part| part.file.clone()));
        *self = Manifest {
            format: FORMAT,
            tables: schemas
                .map(|schema| {
                    (schema.of.clone(), Table { digest: schema.digest.clone(), ..Table::default() })
                })
                .collect(),
            retired: std::mem::take(&mut self.retired),
            given_up,
            ..Manifest::default()
        };
    }

    /// The parts of a record type with their quarters.
    pub fn parts(&self, of: &str) -> impl Iterator<Item = (Quarter, &Part)> {
        self.tables
            .get(of)
            .into_iter()
            .flat_map(|table| table.quarters.iter())
            .flat_map(|(quarter, parts)| parts.iter().map(|part| (*quarter, part)))
    }

    /// Every part.
    pub fn all_parts(&self) -> impl Iterator<Item = &Part> {
        self.tables.values().flat_map(|table| table.quarters.values()).flatten()
    }
}

/// Replaces `name` in `dir` so that after a crash either the old or the new content is there, whole.
pub fn durable(dir: &Path, name: &str, content: &[u8]) -> Result<(), Diagnostic> {
    let path = dir.join(name);
    let temporary = dir.join(format!("{name}.tmp{}", std::process::id()));
    let write = || -> std::io::Result<()> {
        let mut file = File::create(&temporary)?;
        file.write_all(content)?;
        file.sync_all()?;
        std::fs::rename(&temporary, &path)?;
        File::open(dir)?.sync_all()
    };
    write().map_err(|cause| fault(&path, cause))
}

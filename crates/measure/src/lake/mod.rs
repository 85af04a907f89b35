//! The lake: per record type, columns derived from the ledger, so that questions over millions of records
//! are scans of a few Parquet columns.
//!
//! The lake is a cache. It holds nothing that the ledger does not hold, it can be deleted at any time, and the
//! compacted lake of a given ledger size has the same bytes whichever way it came about. In reading order:
//! [`leaves`] (what is read), [`scan`] (one leaf → fields), [`schema`] (record type → columns), [`columns`]
//! (fields → arrays), [`part`] (arrays ↔ Parquet file), [`manifest`] (what belongs to the lake), [`refresh`]
//! (ledger growth → new parts) and [`compact`] (many small parts → few sorted ones).

pub mod columns;
pub mod compact;
pub mod leaves;
pub mod manifest;
pub mod part;
pub mod quarter;
pub mod refresh;
pub mod scan;
pub mod schema;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use zhiheng_base::Diagnostic;
use zhiheng_catalog::Catalog;

use manifest::Manifest;
use schema::TableSchema;

/// The lake of one project: a folder, what is in it, and the columns that the catalog asks for.
#[derive(Debug)]
pub struct Lake {
    /// Folder.
    pub(crate) dir: PathBuf,
    /// What belongs to it at present.
    pub(crate) manifest: Manifest,
    /// Columns per record type.
    pub(crate) schemas: BTreeMap<String, Arc<TableSchema>>,
}

/// A machine failure over a file of the lake, told to people as ZH5101.
pub(crate) fn fault(path: &Path, cause: impl std::fmt::Display) -> Diagnostic {
    Diagnostic::error("ZH5101").arg("path", path.display()).arg("cause", cause)
}

impl Lake {
    /// Opens the folder, which is made if it is not there. Tables whose definition has changed, and tables
    /// with a missing or cut file, are dropped here and filled again by the next refresh.
    ///
    /// # Errors
    ///
    /// ZH5101 if the folder cannot be made or the manifest cannot be read.
    pub fn open(dir: &Path, catalog: &Catalog) -> Result<Lake, Diagnostic> {
        std::fs::create_dir_all(dir).map_err(|cause| fault(dir, cause))?;
        let schemas = catalog
            .records
            .values()
            .map(|record| (record.head.id.clone(), Arc::new(TableSchema::of(record))))
            .collect();
        let manifest = Manifest::read(dir)?;
        let mut lake = Lake { dir: dir.to_owned(), manifest, schemas };
        lake.drop_stale();
        Ok(lake)
    }

    /// Ledger size up to which every table is filled.
    pub fn size(&self) -> u64 {
        self.manifest.size
    }

    /// The folder.
    pub fn dir(&self) -> &Path {
        &self.dir
    }

    /// Columns of a record type.
    pub fn schema(&self, record: &str) -> Option<&Arc<TableSchema>> {
        self.schemas.get(record)
    }

    /// Records of a type that are in the lake, superseded ones included.
    pub fn rows(&self, record: &str) -> u64 {
        self.manifest.parts(record).map(|(_, part)| part.rows).sum()
    }

    /// One table dropped means that the ledger must be read from the start: all tables are filled in one pass,
    /// so all are dropped.
    fn drop_stale(&mut self) {
        let expected: BTreeMap<&String, &String> =
            self.schemas.iter().map(|(id, schema)| (id, &schema.digest)).collect();
        let known: BTreeMap<&String, &String> =
            self.manifest.tables.iter().map(|(id, table)| (id, &table.digest)).collect();
        let whole = self.manifest.all_parts().all(|part| {
            std::fs::metadata(self.dir.join(&part.file)).is_ok_and(|file| file.len() == part.bytes)
        });
        if expected != known || !whole {
            self.manifest.start_over(self.schemas.values().map(Arc::as_ref));
        }
    }
}

//! Folders of TOML and Markdown → [`Catalog`].

use std::collections::BTreeMap;

use zhiheng_base::{Diagnostic, Regions};

use crate::model::{CodeList, Indicator, RecordType, ReportFile, Source};

/// Everything that is defined, checked, in order of id.
#[derive(Debug)]
pub struct Catalog {
    /// Record types.
    pub records: BTreeMap<String, RecordType>,
    /// Code lists.
    pub lists: BTreeMap<String, CodeList>,
    /// Indicators.
    pub indicators: BTreeMap<String, Indicator>,
    /// Sources.
    pub sources: BTreeMap<String, Source>,
    /// Reports.
    pub reports: BTreeMap<String, ReportFile>,
    /// Region table.
    pub regions: Regions,
    /// SHA-256 over the canonical form of all definitions, as lower-case hex.
    pub digest: String,
}

/// A catalog as far as it could be read, and what is wrong with it.
#[derive(Debug)]
pub struct Loaded {
    /// The definitions that passed.
    pub catalog: Catalog,
    /// Problems, in order of file and line.
    pub problems: Vec<Diagnostic>,
}

/// Loads the built-in catalog and, over it, the given folders (later ones win).
pub fn load(folders: &[&std::path::Path]) -> Loaded {
    let _ = folders;
    unreachable!("replaced by the loader")
}

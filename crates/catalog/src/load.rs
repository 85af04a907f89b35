//! Folders of TOML and Markdown → [`Catalog`].
//!
//! The order is that of the references: lists, records, indicators, sources, reports, clocks, letters, procedures,
//! examples. A problem in
//! one definition leaves that definition out, says so, and goes on with the next.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use zhiheng_base::{Diagnostic, Place, Regions};

use crate::model::{
    Clock, CodeList, Example, Indicator, LetterFile, Procedure, RecordType, ReportFile, Scheme, Source,
    SubjectScheme,
};

mod by_method;
mod clocks;
mod definitions;
mod examples;
mod files;
mod head;
mod indicator_kinds;
mod indicators;
mod inside;
pub(crate) mod keys;
mod letters;
mod links;
mod lists;
mod node;
mod panel;
mod procedures;
mod records;
mod regions;
mod reports;
mod schemes;
mod shape;
mod sources;
mod subject_schemes;

use files::Layer;

/// Everything that is defined, checked, in order of id.
#[derive(Clone, Debug, Default)]
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
    /// Schemes.
    pub schemes: BTreeMap<String, Scheme>,
    /// Clocks, by the id that stands in them, such as `B3`.
    pub clocks: BTreeMap<String, Clock>,
    /// Schemes that grade subjects from statements.
    pub subject_schemes: BTreeMap<String, SubjectScheme>,
    /// Procedures.
    pub procedures: BTreeMap<String, Procedure>,
    /// Templates of letters.
    pub letters: BTreeMap<String, LetterFile>,
    /// Region table.
    pub regions: Regions,
    /// Worked examples, in order of the definition's id and the file; they are no part of the digest.
    pub examples: Vec<Example>,
    /// File of each definition as its writer knows it, by id; no part of the digest either.
    pub files: BTreeMap<String, String>,
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

impl Loaded {
    /// True if any problem is an error, so that some definition is missing.
    pub fn has_errors(&self) -> bool {
        self.problems.iter().any(Diagnostic::is_error)
    }
}

/// Loads the built-in catalog and, over it, the given folders (later ones win).
pub fn load(folders: &[&Path]) -> Loaded {
    let mut problems = Vec::new();
    let mut layers = vec![files::shipped(&mut problems)];
    layers.extend(folders.iter().map(|folder| files::folder(folder, &mut problems)));
    build(&layers, problems)
}

/// The text of a file of the built-in catalog, such as `base/holidays.csv`.
pub fn shipped(path: &str) -> Option<&'static str> {
    files::shipped_text(path)
}

/// Loads one folder alone, without the built-in catalog; the national region table is there all the same.
pub fn load_only(folder: &Path) -> Loaded {
    let mut problems = Vec::new();
    let layers = [files::shipped_regions(), files::folder(folder, &mut problems)];
    build(&layers, problems)
}

/// Loads files given as path (`sampling/records.toml`) and text, without the built-in catalog; the national
/// region table is there all the same.
pub fn load_texts(files: &[(&str, &str)]) -> Loaded {
    let mut problems = Vec::new();
    let layers = [files::shipped_regions(), files::texts("", files, &mut problems)];
    build(&layers, problems)
}

/// Loads files given as path and text, without the built-in catalog and without any region: quick, for files in which
/// no region is named.
pub fn load_bare(files: &[(&str, &str)]) -> Loaded {
    let mut problems = Vec::new();
    let layers = [files::texts("", files, &mut problems)];
    build(&layers, problems)
}

/// All files of the built-in catalog and of the folders over it: path and text, layer by layer.
pub(crate) fn layers_of(folders: &[&Path]) -> Vec<Vec<(String, String)>> {
    let mut problems = Vec::new();
    let mut layers = vec![files::shipped(&mut problems)];
    layers.extend(folders.iter().map(|folder| files::folder(folder, &mut problems)));
    let files = |layer: Layer| layer.files.into_iter().map(|file| (file.path, file.text)).collect();
    layers.into_iter().map(files).collect()
}

/// Loads layers of files given as path and text, the lowest first.
pub(crate) fn load_layers(layers: &[Vec<(&str, &str)>]) -> Loaded {
    let mut problems = Vec::new();
    let layers: Vec<Layer> = layers.iter().map(|files| files::texts("", files, &mut problems)).collect();
    build(&layers, problems)
}

fn build(layers: &[Layer], mut problems: Vec<Diagnostic>) -> Loaded {
    let layers: Vec<Layer> = layers.iter().map(reports::with_fronts).collect();
    let regions = regions::table(&layers, &mut problems);
    let parsed = definitions::parse(&layers, &mut problems);
    let mut world = definitions::collect(&parsed, regions, &mut problems);
    regions::outside(&parsed, &mut world, &mut problems);
    lists::read(&mut world, &mut problems);
    records::read(&mut world, &mut problems);
    indicators::read(&mut world, &mut problems);
    sources::read(&mut world, &mut problems);
    reports::read(&layers, &mut world, &mut problems);
    clocks::read(&mut world, &mut problems);
    letters::read(&layers, &mut world, &mut problems);
    procedures::read(&mut world, &mut problems);
    schemes::read(&mut world, &mut problems);
    subject_schemes::read(&mut world, &mut problems);
    examples::read(&mut world, &mut problems);
    let mut catalog = world.into_catalog();
    catalog.digest = crate::digest::digest(&catalog);
    problems.sort_by_key(order);
    drop_echoes(&mut problems);
    Loaded { catalog, problems }
}

/// Problems stand in order of file, line and column.
fn order(problem: &Diagnostic) -> (String, u32, u32) {
    match &problem.at {
        Place::Text { file, line, column, .. } => (file.clone(), *line, *column),
        Place::File(file) => (file.clone(), 0, 0),
        _ => (String::new(), 0, 0),
    }
}

/// One slip of syntax is told once: whatever else is said of the same line mostly follows from it.
fn drop_echoes(problems: &mut Vec<Diagnostic>) {
    let line = |problem: &Diagnostic| {
        let (file, line, _) = order(problem);
        (file, line)
    };
    let unreadable = |problem: &Diagnostic| problem.code == "ZH2001";
    let lines: BTreeSet<(String, u32)> = problems.iter().filter(|one| unreadable(one)).map(line).collect();
    let mut told = BTreeSet::new();
    problems.retain(|problem| {
        !lines.contains(&line(problem)) || (unreadable(problem) && told.insert(line(problem)))
    });
}

//! Folders → files in memory: the shipped catalog, folders on disk, texts of tests.

use std::fs;
use std::ops::Range;
use std::path::Path;

use zhiheng_base::{Diagnostic, Place, Severity};

use crate::formula::place_in;
use crate::suggest::{listed, nearest};

/// The repository's catalog folder: path relative to it, and text.
const SHIPPED: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/shipped.rs"));

/// Largest definition file in bytes; the shipped region table is larger, but is not read from disk here.
const FILE_BYTES_MAX: u64 = 4 << 20;

/// Names of files an institution's folder may hold.
const NAMES: [&str; 8] = [
    "README.md",
    "indicators.toml",
    "lists.toml",
    "procedure.toml",
    "records.toml",
    "regions.toml",
    "scheme.toml",
    "sources.toml",
];

/// Definition files of later parts of the language: known, and not read here.
const OTHERS: [&str; 1] = ["signals.toml"];

/// What a file of an institution holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FileKind {
    Lists,
    Records,
    Indicators,
    Sources,
    Schemes,
    Procedures,
    Regions,
    Report,
    /// A template in `letters/`.
    Letter,
    /// `regions.csv`, the national table.
    RegionTable,
    /// `regions-history.csv`.
    RegionHistory,
}

/// A file of definitions.
#[derive(Clone, Debug)]
pub(crate) struct File {
    /// As the user knows it.
    pub(crate) shown: String,
    /// Relative to the catalog, `sampling/records.toml`.
    pub(crate) path: String,
    /// Institution: the folder's name.
    pub(crate) folder: String,
    pub(crate) kind: FileKind,
    pub(crate) text: String,
}

impl File {
    /// The place of a byte range.
    pub(crate) fn place(&self, range: Range<usize>) -> Place {
        place_in(&self.shown, &self.text, range)
    }

    /// The line of a byte offset, from 1.
    pub(crate) fn line(&self, at: usize) -> u32 {
        let head = self.text.as_bytes().get(..at).unwrap_or_default();
        head.iter().filter(|&&byte| byte == b'\n').count() as u32 + 1
    }
}

/// One catalog folder, in order of path.
#[derive(Clone, Debug, Default)]
pub(crate) struct Layer {
    pub(crate) files: Vec<File>,
    /// Reports and letters in full; in `files` they are cut down to their front matter once they are to be parsed.
    pub(crate) fronted: Vec<File>,
}

/// The catalog inside the binary.
pub(crate) fn shipped(problems: &mut Vec<Diagnostic>) -> Layer {
    texts("catalog/", SHIPPED, problems)
}

/// Files given as path and text; `prefix` is put before the path where it is shown.
pub(crate) fn texts(prefix: &str, files: &[(&str, &str)], problems: &mut Vec<Diagnostic>) -> Layer {
    let mut layer = Layer::default();
    let mut folders: Vec<(&str, bool)> = Vec::new();
    for (path, text) in files {
        let (folder, rest) = path.split_once('/').unwrap_or(("", path));
        if folders.last().is_none_or(|(last, _)| *last != folder) {
            folders.push((folder, false));
        }
        if rest == "README.md"
            && let Some(last) = folders.last_mut()
        {
            last.1 = true;
        }
        layer.add(format!("{prefix}{path}"), path, (*text).to_owned(), problems);
    }
    for (folder, _) in folders.iter().filter(|(folder, readme)| !readme && !folder.is_empty()) {
        problems.push(no_readme(&format!("{prefix}{folder}")));
    }
    layer.files.sort_by(|a, b| a.path.cmp(&b.path));
    layer
}

/// A catalog folder on disk.
pub(crate) fn folder(root: &Path, problems: &mut Vec<Diagnostic>) -> Layer {
    let mut layer = Layer::default();
    for (name, is_folder) in entries(root, problems) {
        let path = root.join(&name);
        if is_folder {
            institution(&mut layer, &path, &name, problems);
        } else if name.ends_with(".toml") {
            let diagnostic = Diagnostic::error("ZH2017").at(Place::File(path.display().to_string()));
            problems.push(diagnostic);
        }
    }
    layer.files.sort_by(|a, b| a.path.cmp(&b.path));
    layer
}

fn institution(layer: &mut Layer, folder: &Path, name: &str, problems: &mut Vec<Diagnostic>) {
    let mut readme = false;
    for (file, is_folder) in entries(folder, problems) {
        let path = folder.join(&file);
        if is_folder {
            if file == "reports" || file == "letters" {
                for (text, is_folder) in entries(&path, problems) {
                    if !is_folder {
                        layer.read(&path.join(&text), &format!("{name}/{file}/{text}"), problems);
                    }
                }
            }
            continue;
        }
        readme |= file == "README.md";
        layer.read(&path, &format!("{name}/{file}"), problems);
    }
    if !readme {
        problems.push(no_readme(&folder.display().to_string()));
    }
}

fn no_readme(folder: &str) -> Diagnostic {
    let mut note = Diagnostic::warning("ZH2012").at(Place::File(folder.to_owned()));
    note.severity = Severity::Note;
    note
}

/// Entries of a folder in order of name, without hidden ones.
fn entries(folder: &Path, problems: &mut Vec<Diagnostic>) -> Vec<(String, bool)> {
    let mut names = Vec::new();
    let read = fs::read_dir(folder).and_then(|entries| {
        for entry in entries {
            let entry = entry?;
            let name = entry.file_name().to_string_lossy().into_owned();
            if !name.starts_with('.') {
                names.push((name, entry.path().is_dir()));
            }
        }
        Ok(())
    });
    if let Err(error) = read {
        problems.push(unreadable(folder, &error));
    }
    names.sort();
    names
}

fn unreadable(path: &Path, error: &dyn std::fmt::Display) -> Diagnostic {
    Diagnostic::error("ZH2011").arg("why", error).at(Place::File(path.display().to_string()))
}

impl Layer {
    fn read(&mut self, path: &Path, relative: &str, problems: &mut Vec<Diagnostic>) {
        let wanted = [".toml", ".md", ".csv"].iter().any(|ending| relative.ends_with(ending));
        if !wanted {
            return;
        }
        match fs::metadata(path) {
            Ok(meta) if meta.len() > FILE_BYTES_MAX => {
                let diagnostic =
                    Diagnostic::error("ZH2016").arg("bytes", meta.len()).arg("max", FILE_BYTES_MAX);
                problems.push(diagnostic.at(Place::File(path.display().to_string())));
                return;
            }
            _ => {}
        }
        let text = fs::read(path).map_err(|error| unreadable(path, &error)).and_then(|bytes| {
            String::from_utf8(bytes).map_err(|error| {
                let upto = error.utf8_error().valid_up_to();
                let line = error.as_bytes()[..upto].iter().filter(|&&byte| byte == b'\n').count() + 1;
                Diagnostic::error("ZH2018").arg("line", line).at(Place::File(path.display().to_string()))
            })
        });
        match text {
            Ok(text) => self.add(path.display().to_string(), relative, text, problems),
            Err(problem) => problems.push(problem),
        }
    }

    fn add(&mut self, shown: String, path: &str, text: String, problems: &mut Vec<Diagnostic>) {
        let Some((folder, name)) = path.split_once('/') else { return };
        let kind = match name {
            "lists.toml" => FileKind::Lists,
            "records.toml" => FileKind::Records,
            "indicators.toml" => FileKind::Indicators,
            "sources.toml" => FileKind::Sources,
            "scheme.toml" => FileKind::Schemes,
            _ if is_procedure(name) => FileKind::Procedures,
            "regions.toml" => FileKind::Regions,
            "regions.csv" => FileKind::RegionTable,
            "regions-history.csv" => FileKind::RegionHistory,
            _ if is_report(folder, name) => FileKind::Report,
            _ if name.strip_prefix("letters/").is_some_and(is_text) => FileKind::Letter,
            _ if name.ends_with(".toml") && !name.contains('/') && !OTHERS.contains(&name) => {
                let near = nearest(name, NAMES).unwrap_or("records.toml");
                let diagnostic = Diagnostic::error("ZH2010")
                    .arg("name", name)
                    .arg("near", near)
                    .arg("all", listed(NAMES))
                    .at(Place::File(shown));
                problems.push(diagnostic);
                return;
            }
            _ => return,
        };
        // A mark of byte order is no part of the text.
        let text = text.strip_prefix('\u{feff}').map_or(text.clone(), str::to_owned);
        self.files.push(File { shown, path: path.to_owned(), folder: folder.to_owned(), kind, text });
    }
}

/// `procedure.toml`, or `procedure-<part>.toml` where one file would be long.
fn is_procedure(name: &str) -> bool {
    let stem = name.strip_prefix("procedure").and_then(|rest| rest.strip_suffix(".toml"));
    stem.is_some_and(|rest| rest.is_empty() || (rest.len() > 1 && rest.starts_with('-')))
}

/// Markdown in a `reports` folder, but for its README.
fn is_report(folder: &str, name: &str) -> bool {
    let file = if folder == "reports" { Some(name) } else { name.strip_prefix("reports/") };
    file.is_some_and(is_text)
}

/// Markdown, but for a README or a folder's content.
fn is_text(file: &str) -> bool {
    file.ends_with(".md") && file != "README.md" && !file.contains('/')
}

/// The national region table of the shipped catalog, without its definitions.
pub(crate) fn shipped_regions() -> Layer {
    let mut layer = shipped(&mut Vec::new());
    layer.files.retain(|file| matches!(file.kind, FileKind::RegionTable | FileKind::RegionHistory));
    layer
}

/// A file of the shipped catalog.
pub(crate) fn shipped_text(path: &str) -> Option<&'static str> {
    SHIPPED.iter().find(|(name, _)| *name == path).map(|(_, text)| *text)
}

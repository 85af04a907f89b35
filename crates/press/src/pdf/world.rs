//! What Typst may see: the templates, the document as data, the fonts. No files, no packages, no clock.

use std::sync::OnceLock;

use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};

use crate::error::PressError;
use crate::fonts::FontSet;

/// What both templates stand on, as `/grid.typ`.
const GRID: &str = include_str!("../../templates/grid.typ");

/// What is printed.
#[derive(Clone, Copy, Debug)]
pub(super) enum Template {
    /// A report.
    Report,
    /// A letter.
    Letter,
}

impl Template {
    fn text(self) -> &'static str {
        match self {
            Template::Report => include_str!("../../templates/gbt9704.typ"),
            Template::Letter => include_str!("../../templates/letter.typ"),
        }
    }

    fn path(self) -> &'static str {
        match self {
            Template::Report => "/gbt9704.typ",
            Template::Letter => "/letter.typ",
        }
    }
}

/// One print.
pub(super) struct PressWorld {
    fonts: FontSet,
    template: Source,
    grid: Source,
    data: (FileId, Bytes),
}

impl PressWorld {
    /// A world with `template` and with `json` at `/report.json`.
    pub(super) fn new(fonts: FontSet, template: Template, json: Vec<u8>) -> Result<PressWorld, PressError> {
        let grid = Source::new(file("/grid.typ")?, GRID.to_owned());
        let template = Source::new(file(template.path())?, template.text().to_owned());
        Ok(PressWorld { fonts, template, grid, data: (file("/report.json")?, Bytes::new(json)) })
    }
}

fn file(path: &str) -> Result<FileId, PressError> {
    let path = VirtualPath::new(path).map_err(|problem| PressError::Typeset(format!("{problem:?}")))?;
    Ok(FileId::new(RootedPath::new(VirtualRoot::Project, path)))
}

impl World for PressWorld {
    fn library(&self) -> &LazyHash<Library> {
        static LIBRARY: OnceLock<LazyHash<Library>> = OnceLock::new();
        LIBRARY.get_or_init(|| LazyHash::new(Library::builder().build()))
    }

    fn book(&self) -> &LazyHash<FontBook> {
        self.fonts.book()
    }

    fn main(&self) -> FileId {
        self.template.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        let known = [&self.template, &self.grid].into_iter().find(|source| source.id() == id);
        known.cloned().ok_or(FileError::AccessDenied)
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        if id == self.data.0 { Ok(self.data.1.clone()) } else { Err(FileError::AccessDenied) }
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.fonts.face(index)
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}

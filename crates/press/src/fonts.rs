//! The fonts of documents: what is read, and in which order a character is looked for.
//!
//! Each role of official typesetting (Fangsong for text, Heiti and Kaiti for headings, a display Songti for
//! the title) is a chain: the operator's own licensed face first, then Fandol, then Noto, which has every
//! character of the region names. Reasons and numbers: docs/decisions/0006-documents-and-fonts.md.

use std::collections::BTreeSet;
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use resvg::usvg::fontdb;
use typst::foundations::Bytes;
use typst::text::{Font, FontBook, FontVariant, FontWeight};
use typst::utils::LazyHash;
use zhiheng_base::{Diagnostic, Place};

use crate::error::PressError;

/// A role of type in a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Fangsong: text.
    Body,
    /// Heiti: headings of level 1, captions, strong text, labels of figures.
    Black,
    /// Kaiti: headings of level 2, remarks.
    Script,
    /// Display Songti: the title.
    Title,
    /// Songti: page numbers, tables.
    Song,
}

impl Role {
    /// All roles.
    pub const ALL: [Role; 5] = [Role::Body, Role::Black, Role::Script, Role::Title, Role::Song];

    /// Families in the order in which they are tried.
    fn chain(self) -> &'static [&'static str] {
        match self {
            Role::Body => &[
                "FZFangSong-Z02S",
                "FZFangSong-Z02",
                "FangSong_GB2312",
                "FangSong",
                "STFangsong",
                "FandolFang",
                "FandolFang R",
                "Noto Serif SC",
            ],
            Role::Black => &["FZHei-B01S", "FZHei-B01", "SimHei", "STHeiti", "FandolHei", "Noto Sans SC"],
            Role::Script => {
                &["FZKai-Z03S", "FZKai-Z03", "KaiTi_GB2312", "KaiTi", "STKaiti", "FandolKai", "Noto Serif SC"]
            }
            Role::Title => &["FZXiaoBiaoSong-B05S", "FZXiaoBiaoSong-B05", "Noto Serif SC"],
            Role::Song => &["FZShuSong-Z01S", "SimSun", "STSong", "Noto Serif SC"],
        }
    }

    /// Family for Latin letters and digits.
    pub(crate) fn latin(self) -> &'static str {
        match self {
            Role::Black => "Noto Sans SC",
            _ => "Noto Serif SC",
        }
    }
}

/// Fonts, read once and shared by all prints.
#[derive(Clone)]
pub struct FontSet {
    inner: Arc<Inner>,
}

struct Inner {
    fonts: Vec<Font>,
    book: LazyHash<FontBook>,
    drawing: Arc<fontdb::Database>,
}

impl fmt::Debug for FontSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "FontSet({} faces)", self.inner.fonts.len())
    }
}

/// One font file in memory, shared by the typesetter and the renderer of drawings.
#[derive(Clone)]
struct Shared(Arc<Vec<u8>>);

impl AsRef<[u8]> for Shared {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

impl FontSet {
    /// Reads every TTF, OTF, TTC and OTC file directly inside `dirs`, in order of file name; folders given
    /// first win. Folders that do not exist are passed over.
    ///
    /// # Errors
    ///
    /// ZH6500 when no font with Chinese characters was found, ZH6505 when a file is not a font.
    pub fn load(dirs: &[PathBuf]) -> Result<FontSet, PressError> {
        let mut fonts = Vec::new();
        let mut drawing = fontdb::Database::new();
        for path in dirs.iter().flat_map(|dir| font_files(dir)) {
            let unreadable = || {
                let file = path.display().to_string();
                Diagnostic::error("ZH6505").arg("file", &file).at(Place::File(file.clone()))
            };
            let bytes = Shared(Arc::new(std::fs::read(&path).map_err(|_| unreadable())?));
            let faces: Vec<Font> = Font::iter(Bytes::new(bytes.clone())).collect();
            if faces.is_empty() {
                return Err(unreadable().into());
            }
            fonts.extend(faces);
            drawing.load_font_source(fontdb::Source::Binary(Arc::new(bytes)));
        }
        let looked = || dirs.iter().map(|dir| dir.display().to_string()).collect::<Vec<_>>().join(", ");
        drawing.set_sans_serif_family("Noto Sans SC");
        drawing.set_serif_family("Noto Serif SC");
        let book = LazyHash::new(FontBook::from_fonts(&fonts));
        let set = FontSet { inner: Arc::new(Inner { fonts, book, drawing: Arc::new(drawing) }) };
        if set.families(Role::Body).is_empty()
            || !set.missing(Role::Body, &BTreeSet::from(['\u{8d28}'])).is_empty()
        {
            return Err(Diagnostic::error("ZH6500").arg("looked", looked()).into());
        }
        Ok(set)
    }

    /// The folders that the environment names: `extra` first, then each of `ZHIHENG_FONTS` (separated as in
    /// `PATH`), then the folder that set-up fills.
    pub fn folders(extra: &[PathBuf]) -> Vec<PathBuf> {
        let mut dirs = extra.to_vec();
        if let Some(named) = std::env::var_os("ZHIHENG_FONTS") {
            dirs.extend(std::env::split_paths(&named).filter(|dir| !dir.as_os_str().is_empty()));
        }
        let cache = std::env::var_os("ZHIHENG_CACHE")
            .map(PathBuf::from)
            .or_else(|| std::env::var_os("HOME").map(|home| PathBuf::from(home).join(".cache/zhiheng")));
        dirs.extend(cache.map(|dir| dir.join("fonts")).filter(|dir| !dirs.contains(dir)));
        dirs
    }

    /// Characters of `chars` that no font of the role's chain has.
    pub fn missing(&self, role: Role, chars: &BTreeSet<char>) -> BTreeSet<char> {
        let faces: Vec<&Font> = self.faces(role).collect();
        let known = |c: char| {
            c.is_whitespace()
                || c == '\u{200b}'
                || faces.iter().any(|font| font.info().coverage.contains(c.into()))
        };
        chars.iter().copied().filter(|c| !known(*c)).collect()
    }

    /// Families of the chain that are present, in order.
    pub fn families(&self, role: Role) -> Vec<&'static str> {
        let present = |family: &&&str| self.inner.book.contains_family(&family.to_lowercase());
        role.chain().iter().filter(present).copied().collect()
    }

    fn faces(&self, role: Role) -> impl Iterator<Item = &Font> {
        let variant = FontVariant { weight: FontWeight::REGULAR, ..FontVariant::default() };
        self.families(role)
            .into_iter()
            .filter_map(move |family| self.inner.book.select(&family.to_lowercase(), variant))
            .filter_map(|index| self.inner.fonts.get(index))
    }

    pub(crate) fn book(&self) -> &LazyHash<FontBook> {
        &self.inner.book
    }

    pub(crate) fn face(&self, index: usize) -> Option<Font> {
        self.inner.fonts.get(index).cloned()
    }

    pub(crate) fn drawing(&self) -> Arc<fontdb::Database> {
        Arc::clone(&self.inner.drawing)
    }
}

/// Font files directly inside a folder, by name.
fn font_files(dir: &Path) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(dir) else { return Vec::new() };
    let is_font = |path: &PathBuf| {
        let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or("").to_ascii_lowercase();
        let hidden = path.file_name().and_then(|name| name.to_str()).is_none_or(|name| name.starts_with('.'));
        !hidden && matches!(ending.as_str(), "ttf" | "otf" | "ttc" | "otc")
    };
    let mut files: Vec<PathBuf> =
        entries.filter_map(|entry| entry.ok().map(|entry| entry.path())).filter(is_font).collect();
    files.sort();
    files
}

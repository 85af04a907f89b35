//! What tests of pressed files share: the fonts, PDF tools, parts of packages.

use std::io::{Cursor, Read as _};
use std::process::Command;
use std::sync::LazyLock;

use zhiheng_press::FontSet;

/// The fonts that set-up obtains.
pub(crate) static FONTS: LazyLock<FontSet> =
    LazyLock::new(|| FontSet::load(&FontSet::folders(&[])).expect("fonts: `cargo xtask test` obtains them"));

/// Output of a PDF tool over `bytes`.
pub(crate) fn tool(program: &str, bytes: &[u8], args: &[&str]) -> String {
    let dir = tempfile::tempdir().expect("a folder");
    let path = dir.path().join("it.pdf");
    std::fs::write(&path, bytes).expect("a file");
    let mut command = Command::new(program);
    command.args(args).arg(&path);
    if program == "pdftotext" {
        command.arg("-");
    }
    let output = command.output().expect("poppler's tools, which `cargo xtask test` installs");
    assert!(output.status.success(), "{program}: {}", String::from_utf8_lossy(&output.stderr));
    // Bookmarks are told in UTF-16, the rest in UTF-8.
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// Text without white space, which line breaks add.
pub(crate) fn without_spaces(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace() && *c != '\u{200b}').collect()
}

/// A part of a package.
pub(crate) fn part(zip: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(zip)).expect("a package");
    let mut text = String::new();
    archive.by_name(name).expect(name).read_to_string(&mut text).expect("text");
    text
}

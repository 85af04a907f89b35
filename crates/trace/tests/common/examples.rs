//! Where the official examples lie.

use std::fs;
use std::path::{Path, PathBuf};

pub(crate) fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/trace/examples/JSON")
}

/// The examples, or `None` with a line saying so; on CI their absence is a failure.
#[allow(clippy::print_stdout)] // a test that did not run says so
pub(crate) fn all() -> Option<Vec<PathBuf>> {
    let folder = folder();
    if !folder.is_dir() {
        assert!(std::env::var_os("CI").is_none(), "{} is missing", folder.display());
        println!("did not run: {} is missing", folder.display());
        return None;
    }
    let mut out = Vec::new();
    let mut folders = vec![folder];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|end| end == "jsonld") {
                out.push(path);
            }
        }
    }
    out.sort();
    assert_eq!(out.len(), 47);
    Some(out)
}

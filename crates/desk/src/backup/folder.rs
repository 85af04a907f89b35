//! The folder in which backups lie side by side.

use std::fs;
use std::path::{Path, PathBuf};

use jiff::Timestamp;

use super::manifest::{Manifest, NAME};
use crate::trouble::Trouble;

/// How a backup's folder is named: UTC, to the second.
const STAMP: &str = "%Y%m%dT%H%M%SZ";
/// Ending of a folder that is being made or removed.
pub(super) const UNFINISHED: &str = "part";

/// A backup in the folder.
#[derive(Clone, Debug)]
pub struct Backup {
    /// Its own folder.
    pub dir: PathBuf,
    /// What it says of itself.
    pub manifest: Manifest,
}

impl Backup {
    /// Its name: the time at which it was begun.
    pub fn name(&self) -> String {
        name(self.manifest.made_at)
    }
}

/// The name of a backup that is begun at a time.
pub(super) fn name(at: Timestamp) -> String {
    at.strftime(STAMP).to_string()
}

/// The whole backups in a folder, newest first; a folder that is not there has none. What is no backup is passed over.
///
/// # Errors
///
/// The folder cannot be read.
pub fn backups(folder: &Path) -> Result<Vec<Backup>, Trouble> {
    if !folder.exists() {
        return Ok(Vec::new());
    }
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let dir = entry?.path();
        if dir.join(NAME).is_file() && dir.extension().is_none() {
            // A list that cannot be read is told by whoever checks that backup.
            found.extend(Manifest::read(&dir).ok().map(|manifest| Backup { dir, manifest }));
        }
    }
    found.sort_by_key(|backup| std::cmp::Reverse(backup.manifest.made_at));
    Ok(found)
}

/// Removes all but the newest `keep` backups (at least one), and what an interrupted one left; returns the names of the backups
/// that are gone.
///
/// # Errors
///
/// Something cannot be removed.
pub fn prune(folder: &Path, keep: usize) -> Result<Vec<String>, Trouble> {
    let mut gone = Vec::new();
    for backup in backups(folder)?.into_iter().skip(keep.max(1)) {
        // Its list is moved away first: what is half removed is no backup any more.
        let doomed = backup.dir.with_extension(UNFINISHED);
        fs::rename(&backup.dir, &doomed)?;
        gone.push(backup.name());
    }
    sweep(folder)?;
    Ok(gone)
}

/// Removes what interrupted backups left.
pub(super) fn sweep(folder: &Path) -> Result<(), Trouble> {
    for entry in fs::read_dir(folder)? {
        let dir = entry?.path();
        let stem = dir.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
        if is_stamp(stem) && dir.is_dir() && dir.extension().is_some_and(|ending| ending == UNFINISHED) {
            fs::remove_dir_all(&dir)?;
        }
    }
    Ok(())
}

/// Whether a name is of the form `20260301T183000Z`.
fn is_stamp(name: &str) -> bool {
    let form = "00000000T000000Z";
    name.len() == form.len()
        && name.bytes().zip(form.bytes()).all(|(byte, sign)| match sign {
            b'0' => byte.is_ascii_digit(),
            other => byte == other,
        })
}

//! Making a project again from a backup.

use std::fs;
use std::path::Path;

use jiff::Timestamp;
use zhiheng_base::Diagnostic;
use zhiheng_record::Project;

use super::Progress;
use super::check::verified;
use super::manifest::{Manifest, copy};
use crate::trouble::Trouble;

/// A project made again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Restored {
    /// When the backup was begun: whatever happened later is not in it.
    pub made_at: Timestamp,
    /// Entries of the ledger.
    pub entries: u64,
    /// Its root, hex.
    pub root: String,
    /// What was not in the backup: folders of definitions outside the project, links.
    pub outside: Vec<String>,
}

/// Makes the project of the backup in `dir` again in the folder `to`, which must be empty or not there; every file is held against
/// its hash, the ledger verified whole. The lake is made again when figures are next asked for.
///
/// # Errors
///
/// ZH7230 if it is no backup, ZH7235 if `to` has something in it, ZH7233 and ZH7234 as for a check. What was made up to then
/// stays, without settings: it is no project.
pub async fn restore(dir: &Path, to: &Path, progress: Progress) -> Result<Restored, Trouble> {
    let manifest = Manifest::read(dir)?;
    if to.exists() && (!to.is_dir() || fs::read_dir(to)?.next().is_some()) {
        return Err(Diagnostic::error("ZH7235").arg("dir", to.display()).into());
    }
    let (from, into, listed) = (dir.to_owned(), to.to_owned(), manifest.clone());
    let copied = tokio::task::spawn_blocking(move || pour(&from, &into, &listed, &progress));
    copied.await.map_err(|error| Trouble::Internal(Box::new(error)))??;
    let project = Project::open(to)?;
    let ledger = project.ledger().await?;
    if let Some(alarm) = ledger.alarm() {
        return Err(alarm.into());
    }
    let (root, entries) = verified(&ledger, &manifest, dir).await?;
    ledger.close().await;
    Ok(Restored { made_at: manifest.made_at, entries, root, outside: manifest.outside })
}

/// Copies all files, the settings last: without them the folder is no project.
fn pour(from: &Path, to: &Path, manifest: &Manifest, progress: &Progress) -> Result<(), Trouble> {
    let total = manifest.bytes();
    let mut done = 0;
    let mut seen = |bytes| {
        done += bytes;
        progress(done, total);
    };
    // Folders that may be empty are in no list.
    for folder in ["files", "lake"] {
        fs::create_dir_all(to.join(folder))?;
    }
    let is_settings = |path: &str| path == zhiheng_record::project::SETTINGS;
    let (last, first): (Vec<_>, Vec<_>) = manifest.files.iter().partition(|file| is_settings(&file.path));
    for file in first.into_iter().chain(last) {
        let source = from.join(&file.path);
        let wrong = || Diagnostic::error("ZH7233").arg("file", &file.path).arg("dir", from.display());
        if !source.is_file() {
            return Err(wrong().into());
        }
        if copy(&source, &to.join(&file.path), &mut seen)? != (file.bytes, file.sha256.clone()) {
            return Err(wrong().into());
        }
    }
    Ok(())
}

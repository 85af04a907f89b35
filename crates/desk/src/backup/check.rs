//! Checking a backup: each file by its hash, the ledger by its root.

use std::path::Path;

use zhiheng_base::Diagnostic;
use zhiheng_record::{Ledger, Project};

use super::manifest::{Manifest, hash};
use super::{LEDGER, Progress};
use crate::trouble::Trouble;

/// A backup that is sound.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checked {
    /// Files.
    pub files: usize,
    /// Their bytes.
    pub bytes: u64,
    /// Entries of the ledger.
    pub entries: u64,
    /// The ledger's root over them, hex.
    pub root: String,
}

/// Reads every file of the backup in `dir` and holds it against the list; then verifies the ledger's copy from its first entry
/// on, and its root against the signed checkpoint of the list. Writes nothing, so that a backup on a medium that cannot be
/// written is checked as well.
///
/// # Errors
///
/// ZH7230 if it is no backup, ZH7233 for each file that is missing or another, ZH7234 if the ledger is not the one of the list;
/// the ledger's own.
pub async fn check(dir: &Path, progress: Progress) -> Result<Checked, Trouble> {
    let manifest = Manifest::read(dir)?;
    let (folder, listed) = (dir.to_owned(), manifest.clone());
    let files = tokio::task::spawn_blocking(move || compare(&folder, &listed, &progress));
    let wrong = files.await.map_err(|error| Trouble::Internal(Box::new(error)))??;
    if !wrong.is_empty() {
        return Err(wrong.into());
    }
    let ledger = Ledger::open_copy(&dir.join(LEDGER), Project::open(dir)?.key()?).await?;
    let (root, entries) = verified(&ledger, &manifest, dir).await?;
    ledger.close().await;
    Ok(Checked { files: manifest.files.len(), bytes: manifest.bytes(), entries, root })
}

/// Verifies a ledger and that it is the one of the list; returns its root and size.
pub(super) async fn verified(
    ledger: &Ledger,
    manifest: &Manifest,
    dir: &Path,
) -> Result<(String, u64), Trouble> {
    let found = ledger.verify(|_, _| {}).await?;
    if !found.is_sound() {
        return Err(found.problems.into());
    }
    if found.size != manifest.entries || ledger.checkpoint().await? != manifest.checkpoint {
        return Err(Diagnostic::error("ZH7234").arg("dir", dir.display()).into());
    }
    Ok((found.root, found.size))
}

/// The files that are not as the list says.
fn compare(dir: &Path, manifest: &Manifest, progress: &Progress) -> Result<Vec<Diagnostic>, Trouble> {
    let total = manifest.bytes();
    let mut done = 0;
    let mut seen = |bytes| {
        done += bytes;
        progress(done, total);
    };
    let mut wrong = Vec::new();
    for file in &manifest.files {
        let path = dir.join(&file.path);
        let found = if path.is_file() { Some(hash(&path, &mut seen)?) } else { None };
        if found.as_ref() != Some(&(file.bytes, file.sha256.clone())) {
            wrong.push(Diagnostic::error("ZH7233").arg("file", &file.path).arg("dir", dir.display()));
        }
    }
    Ok(wrong)
}

//! Making a backup.

use std::collections::BTreeSet;
use std::fs::{self, DirBuilder, File};
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use zhiheng_base::Diagnostic;
use zhiheng_record::project::SETTINGS;
use zhiheng_record::{Access, Ledger, LedgerError, Project};

use super::folder::{Backup, UNFINISHED, backups, name, sweep};
use super::manifest::{Kept, Manifest, copy, hash};
use super::{ACCESS, LEDGER, Progress};
use crate::trouble::Trouble;

/// Folders of a project that are derived, or hold what is not yet kept.
const LEFT_OUT: [&str; 3] = ["lake", "lake-then", "uploads"];

/// Makes a backup of a project in a folder of its own under `folder`, named by the time `at`. It is there whole or not at all.
/// Originals that the newest backup there has already are taken from it as links.
///
/// # Errors
///
/// ZH4064 if the ledger is on a database server, ZH7231 if there is a backup of this second, ZH7232 if an original is not what
/// its name says; those of the ledger and of the disk.
pub async fn make(
    project: &Project,
    ledger: &Ledger,
    access: Option<&Access>,
    folder: &Path,
    at: Timestamp,
    progress: Progress,
) -> Result<Backup, Trouble> {
    let name = name(at);
    let dir = folder.join(&name);
    if dir.exists() {
        return Err(Diagnostic::error("ZH7231").arg("dir", dir.display()).into());
    }
    private_folder(folder)?;
    sweep(folder)?;
    let part = folder.join(format!("{name}.{UNFINISHED}"));
    private_folder(&part)?;
    ledger.copy_to(&part.join(LEDGER)).await?;
    if let Some(access) = access {
        access.copy_to(&part.join(ACCESS)).await?;
    }
    let mut manifest = Manifest::new(at, ledger.origin());
    // The ledger went on while it was copied: what the copy holds is asked of the copy.
    let copied = Ledger::open_copy(&part.join(LEDGER), project.key()?).await?;
    if let Some(alarm) = copied.alarm() {
        return Err(alarm.into());
    }
    manifest.entries = copied.size().await?;
    manifest.checkpoint = copied.checkpoint().await?;
    copied.close().await;
    let (project, folder) = (project.clone(), folder.to_owned());
    let done = tokio::task::spawn_blocking(move || {
        fill(&project, &folder, &part, &mut manifest, &progress)?;
        manifest.write(&part)?;
        fs::rename(&part, &dir)?;
        File::open(&folder)?.sync_all()?;
        Ok(Backup { dir, manifest })
    });
    done.await.map_err(|error| Trouble::Internal(Box::new(error)))?
}

/// A folder that nobody but the owner reads.
fn private_folder(dir: &Path) -> Result<(), Trouble> {
    let mut builder = DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    Ok(builder.recursive(true).create(dir)?)
}

/// Copies the project's files beside the databases, and lists everything.
fn fill(
    project: &Project,
    folder: &Path,
    part: &Path,
    manifest: &mut Manifest,
    progress: &Progress,
) -> Result<(), Trouble> {
    let mut found = Vec::new();
    let avoid: BTreeSet<PathBuf> = [folder.canonicalize()?].into();
    walk(project.dir(), "", &avoid, &mut found, &mut manifest.outside)?;
    let outside = project.catalogs().into_iter().filter(|catalog| !catalog.starts_with(project.dir()));
    manifest.outside.extend(outside.map(|catalog| catalog.display().to_string()));
    let before = backups(folder)?.into_iter().next();
    let databases = [LEDGER, ACCESS].map(|name| (name, fs::metadata(part.join(name)).ok()));
    let databases = databases.into_iter().filter_map(|(name, meta)| Some((name, meta?.len())));
    let databases: Vec<_> = databases.collect();
    let total = found.iter().map(|(_, bytes)| bytes).chain(databases.iter().map(|(_, bytes)| bytes)).sum();
    let mut done = 0;
    let mut seen = |bytes| {
        done += bytes;
        progress(done, total);
    };
    for (name, _) in databases {
        File::open(part.join(name))?.sync_all()?;
        let (bytes, sha256) = hash(&part.join(name), &mut seen)?;
        manifest.files.push(Kept { path: name.to_owned(), bytes, sha256 });
    }
    for (path, bytes) in found {
        let kept = one(project, before.as_ref(), part, path, bytes, &mut seen)?;
        manifest.files.push(kept);
    }
    manifest.files.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(())
}

/// Copies one file.
fn one(
    project: &Project,
    before: Option<&Backup>,
    part: &Path,
    path: String,
    bytes: u64,
    seen: &mut dyn FnMut(u64),
) -> Result<Kept, Trouble> {
    let to = part.join(&path);
    if path == SETTINGS {
        // The copy of the ledger lies in the backup, wherever the ledger itself is.
        let mut settings = project.settings().clone();
        if settings.database != LEDGER {
            LEDGER.clone_into(&mut settings.database);
            fs::write(&to, toml::to_string(&settings).map_err(|error| Trouble::Internal(Box::new(error)))?)?;
            File::open(&to)?.sync_all()?;
            let (bytes, sha256) = hash(&to, seen)?;
            return Ok(Kept { path, bytes, sha256 });
        }
    }
    let original = path.strip_prefix("files/").map(str::to_owned);
    if let (Some(sha256), Some(before)) = (&original, before) {
        let known = before.dir.join(&path);
        let is_same = fs::metadata(&known).is_ok_and(|meta| meta.len() == bytes);
        fs::create_dir_all(part.join("files"))?;
        // A file system without links, or another one: it is copied.
        if is_same && fs::hard_link(&known, &to).is_ok() {
            seen(bytes);
            return Ok(Kept { path, bytes, sha256: sha256.clone() });
        }
    }
    let (bytes, sha256) = copy(&project.dir().join(&path), &to, seen)?;
    match original {
        Some(name) if name != sha256 => Err(Diagnostic::error("ZH7232").arg("file", &path).into()),
        _ => Ok(Kept { path, bytes, sha256 }),
    }
}

/// Lists files with their lengths; of links only the names.
fn walk(
    root: &Path,
    under: &str,
    avoid: &BTreeSet<PathBuf>,
    found: &mut Vec<(String, u64)>,
    links: &mut Vec<String>,
) -> Result<(), Trouble> {
    let mut entries: Vec<_> = fs::read_dir(root.join(under))?.collect::<Result<_, _>>()?;
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let Ok(name) = entry.file_name().into_string() else {
            links.push(entry.path().display().to_string());
            continue;
        };
        let path = if under.is_empty() { name.clone() } else { format!("{under}/{name}") };
        let kind = entry.file_type()?;
        if kind.is_symlink() {
            links.push(path);
        } else if kind.is_dir() {
            let is_derived = under.is_empty() && LEFT_OUT.contains(&name.as_str());
            if !is_derived && !avoid.contains(&entry.path().canonicalize()?) {
                walk(root, &path, avoid, found, links)?;
            }
        } else if !is_passing(&name) {
            // A file that went in between was temporary.
            match entry.metadata() {
                Ok(meta) => found.push((path, meta.len())),
                Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
                Err(error) => return Err(LedgerError::io(&entry.path(), error).into()),
            }
        }
    }
    Ok(())
}

/// Whether a file is a database (copied by itself), its log, or half written.
fn is_passing(name: &str) -> bool {
    [".sqlite", ".sqlite-wal", ".sqlite-shm", ".sqlite-journal", ".part"]
        .iter()
        .any(|end| name.ends_with(end))
}

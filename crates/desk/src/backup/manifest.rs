//! What a backup says of itself.

use std::fs::{self, File};
use std::io::{Read as _, Write as _};
use std::path::{Component, Path};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use zhiheng_base::Diagnostic;
use zhiheng_record::verify::to_hex;

use crate::trouble::Trouble;

/// Name of the file, written last: a folder without it is no backup.
pub(super) const NAME: &str = "backup.json";
/// The form that this program writes and reads.
const FORMAT: u32 = 1;
/// Longest list that is read, in bytes: two million files.
const LONGEST: u64 = 512 * 1024 * 1024;

/// What a backup says of itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// The form of this list.
    pub format: u32,
    /// When it was begun.
    pub made_at: Timestamp,
    /// Name of the ledger.
    pub origin: String,
    /// Entries in the ledger's copy.
    pub entries: u64,
    /// The signed checkpoint over them.
    pub checkpoint: String,
    /// Folders of definitions that lie outside the project, and links: they are not in the backup.
    pub outside: Vec<String>,
    /// Every other file, in order of paths.
    pub files: Vec<Kept>,
}

/// A file of a backup.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kept {
    /// Path under the backup, with `/`.
    pub path: String,
    /// Length in bytes.
    pub bytes: u64,
    /// SHA-256, hex.
    pub sha256: String,
}

impl Manifest {
    /// An empty list of this program's form.
    pub(super) fn new(made_at: Timestamp, origin: &str) -> Manifest {
        Manifest {
            format: FORMAT,
            made_at,
            origin: origin.to_owned(),
            entries: 0,
            checkpoint: String::new(),
            outside: Vec::new(),
            files: Vec::new(),
        }
    }

    /// Bytes of all files.
    pub fn bytes(&self) -> u64 {
        self.files.iter().map(|file| file.bytes).sum()
    }

    /// Reads the list of the backup in `dir`.
    ///
    /// Errors: ZH7230 if there is none, it cannot be read, or it names a path outside the backup.
    pub fn read(dir: &Path) -> Result<Manifest, Trouble> {
        let refused = |why: String| {
            Trouble::from(Diagnostic::error("ZH7230").arg("dir", dir.display()).arg("why", why))
        };
        let file = File::open(dir.join(NAME)).map_err(|error| refused(error.to_string()))?;
        let mut text = String::new();
        file.take(LONGEST).read_to_string(&mut text).map_err(|error| refused(error.to_string()))?;
        let found: Manifest = serde_json::from_str(&text).map_err(|error| refused(error.to_string()))?;
        if found.format != FORMAT {
            return Err(refused(format!("format {}", found.format)));
        }
        // A list is input from outside: nothing may be written beside the folder it is restored into.
        match found.files.iter().find(|file| !is_inside(&file.path)) {
            Some(file) => Err(refused(file.path.clone())),
            None => Ok(found),
        }
    }

    /// Writes the list, durably.
    pub(super) fn write(&self, dir: &Path) -> Result<(), Trouble> {
        let mut file = File::create_new(dir.join(NAME))?;
        file.write_all(&serde_json::to_vec_pretty(self)?)?;
        file.sync_all()?;
        File::open(dir)?.sync_all()?;
        Ok(())
    }
}

/// Whether a path of the list stays under the backup.
fn is_inside(path: &str) -> bool {
    !path.is_empty() && Path::new(path).components().all(|part| matches!(part, Component::Normal(_)))
}

/// Copies a file durably and returns its length and hash; `to` must not be there.
pub(super) fn copy(from: &Path, to: &Path, seen: &mut dyn FnMut(u64)) -> Result<(u64, String), Trouble> {
    if let Some(folder) = to.parent() {
        fs::create_dir_all(folder)?;
    }
    let mut file = File::create_new(to)?;
    let done = pour(from, &mut |bytes| file.write_all(bytes), seen)?;
    file.sync_all()?;
    fs::set_permissions(to, fs::metadata(from)?.permissions())?;
    Ok(done)
}

/// Length and hash of a file.
pub(super) fn hash(path: &Path, seen: &mut dyn FnMut(u64)) -> Result<(u64, String), Trouble> {
    Ok(pour(path, &mut |_| Ok(()), seen)?)
}

fn pour(
    from: &Path,
    to: &mut dyn FnMut(&[u8]) -> std::io::Result<()>,
    seen: &mut dyn FnMut(u64),
) -> std::io::Result<(u64, String)> {
    let mut file = File::open(from)?;
    let (mut hash, mut bytes) = (Sha256::new(), 0);
    let mut buffer = vec![0; 1 << 18];
    loop {
        let count = file.read(&mut buffer)?;
        let Some(read) = buffer.get(..count).filter(|read| !read.is_empty()) else {
            return Ok((bytes, to_hex(&hash.finalize())));
        };
        hash.update(read);
        to(read)?;
        bytes += count as u64;
        seen(count as u64);
    }
}

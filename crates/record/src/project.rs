//! The folder of one instance: its settings, keys, ledger, original files and lake.
//!
//! ```text
//! zhiheng.toml     origin, database, catalog folders
//! ledger.sqlite    the ledger, unless another database is named
//! access.sqlite    accounts, sessions and rights, once a server has run
//! keys/            ledger.key (secret, owner only), ledger.pub
//! files/<sha256>   originals as handed in
//! lake/            derived, can be deleted
//! ```

use std::fs::{self, File};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use zhiheng_base::Diagnostic;

use crate::entry::SourceFile;
use crate::error::LedgerError;
use crate::ledger::Ledger;
use crate::sign::LedgerKey;
use crate::store::db::is_postgres;
use crate::verify::{from_hex, to_hex};

/// Name of the settings file.
pub const SETTINGS: &str = "zhiheng.toml";

/// What `zhiheng.toml` says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// Name of the ledger, with which its checkpoints begin, such as `dingxi.gov.example/quality`.
    pub origin: String,
    /// Path of the SQLite file, relative to the folder, or a `postgres://` address.
    #[serde(default = "default_database")]
    pub database: String,
    /// Folders of catalog definitions, relative to the folder. Left out: `catalog` if it exists.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub catalog: Option<Vec<String>>,
}

fn default_database() -> String {
    "ledger.sqlite".to_owned()
}

impl Settings {
    /// The defaults for the ledger `origin`.
    pub fn new(origin: impl Into<String>) -> Settings {
        Settings { origin: origin.into(), database: default_database(), catalog: None }
    }
}

/// A project's folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Project {
    dir: PathBuf,
    settings: Settings,
}

impl Project {
    /// Makes a project in `dir`: folders, key, empty ledger, and the settings last, so that an interrupted creation can be
    /// repeated. Refuses a folder that is a project already.
    pub async fn create(dir: &Path, settings: Settings) -> Result<Project, LedgerError> {
        if dir.join(SETTINGS).exists() {
            return Err(Diagnostic::error("ZH4001").arg("path", dir.display()).into());
        }
        for folder in ["keys", "files", "lake"] {
            let folder = dir.join(folder);
            fs::create_dir_all(&folder).map_err(|source| LedgerError::io(&folder, source))?;
        }
        let project = Project { dir: dir.to_owned(), settings };
        let path = project.key_path();
        let key = if path.exists() {
            project.key()?
        } else {
            let key = LedgerKey::generate(&project.settings.origin)?;
            key.save(&path)?;
            key
        };
        write_durably(&dir.join("keys/ledger.pub"), format!("{}\n", key.public()).as_bytes())?;
        let ledger = match Ledger::create(&project.database(), key.clone()).await {
            Err(LedgerError::Refused(refused)) if refused.code == "ZH4004" => {
                Ledger::open(&project.database(), key).await?
            }
            other => other?,
        };
        ledger.close().await;
        let broken = |error: toml::ser::Error| {
            LedgerError::from(Diagnostic::error("ZH4003").arg("path", dir.display()).arg("detail", error))
        };
        let text = toml::to_string(&project.settings).map_err(broken)?;
        write_durably(&dir.join(SETTINGS), text.as_bytes())?;
        sync_dir(dir)?;
        Ok(project)
    }

    /// Reads the settings of the project in `dir`. The ledger is opened by [`Project::ledger`].
    pub fn open(dir: &Path) -> Result<Project, LedgerError> {
        let path = dir.join(SETTINGS);
        let text = match fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                return Err(Diagnostic::error("ZH4002").arg("path", dir.display()).into());
            }
            Err(error) => return Err(LedgerError::io(&path, error)),
        };
        let settings = toml::from_str(&text)
            .map_err(|error| Diagnostic::error("ZH4003").arg("path", path.display()).arg("detail", error))?;
        Ok(Project { dir: dir.to_owned(), settings })
    }

    /// The folder.
    pub fn dir(&self) -> &Path {
        &self.dir
    }

    /// What its `zhiheng.toml` says.
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// Opens the ledger with the project's key.
    pub async fn ledger(&self) -> Result<Ledger, LedgerError> {
        Ledger::open(&self.database(), self.key()?).await
    }

    /// The ledger's key, from the project's folder.
    pub fn key(&self) -> Result<LedgerKey, LedgerError> {
        let key = LedgerKey::load(&self.key_path())?;
        if key.origin() == self.settings.origin {
            return Ok(key);
        }
        Err(Diagnostic::error("ZH4006")
            .arg("found", key.origin())
            .arg("expected", &self.settings.origin)
            .into())
    }

    fn key_path(&self) -> PathBuf {
        self.dir.join("keys/ledger.key")
    }

    /// Address of the database: a path under the folder unless it is absolute or of a server.
    fn database(&self) -> String {
        let database = &self.settings.database;
        if is_postgres(database) { database.clone() } else { self.dir.join(database).display().to_string() }
    }

    /// Address of the access database: `access.sqlite` in the folder, or tables beside a ledger on PostgreSQL.
    pub fn access_database(&self) -> String {
        let database = &self.settings.database;
        if is_postgres(database) {
            database.clone()
        } else {
            self.dir.join("access.sqlite").display().to_string()
        }
    }

    /// Folders of catalog definitions that the settings name; without any, `catalog` if it exists.
    pub fn catalogs(&self) -> Vec<PathBuf> {
        match &self.settings.catalog {
            Some(folders) => folders.iter().map(|folder| self.dir.join(folder)).collect(),
            None => Some(self.dir.join("catalog")).filter(|folder| folder.is_dir()).into_iter().collect(),
        }
    }

    /// Where derived tables go. It can be deleted.
    pub fn lake(&self) -> PathBuf {
        self.dir.join("lake")
    }

    /// Keeps the bytes of a file that was handed in under `files/<sha256>`, durably. `name` is kept without folders.
    pub fn keep_file(&self, name: &str, mut from: impl Read) -> Result<SourceFile, LedgerError> {
        let folder = self.dir.join("files");
        let io = |source| LedgerError::io(&folder, source);
        let mut random = [0; 8];
        getrandom::fill(&mut random).map_err(|error| LedgerError::Random(error.to_string()))?;
        let temporary = folder.join(format!(".{}.part", to_hex(&random)));
        let mut file = create_part(&folder, &temporary).map_err(io)?;
        let copied = copy_hashing(&mut from, &mut file).and_then(|done| file.sync_all().map(|()| done));
        let (sha256, size) = copied.map_err(|error| {
            // The part is of no use; failing to remove it changes nothing.
            let _ = fs::remove_file(&temporary);
            io(error)
        })?;
        fs::rename(&temporary, folder.join(&sha256)).map_err(io)?;
        sync_dir(&folder)?;
        let name = name.rsplit(['/', '\\']).next().unwrap_or(name).to_owned();
        Ok(SourceFile { name, sha256, size })
    }

    /// Where the original with this SHA-256 (hex) lies; `None` if the text is not a hash or there is no such file.
    pub fn file(&self, sha256: &str) -> Option<PathBuf> {
        from_hex(sha256)?;
        Some(self.dir.join("files").join(sha256)).filter(|path| path.is_file())
    }
}

/// A part that is locked as long as somebody writes to it. Parts without a lock are those of processes that died, and are
/// removed. The folder's own lock keeps a part that is not locked yet from being taken for one. Where a file system
/// knows no locks, parts of the dead stay; they are in nobody's way.
fn create_part(folder: &Path, part: &Path) -> std::io::Result<File> {
    let gate = File::open(folder)?;
    let _ = gate.lock();
    for entry in fs::read_dir(folder)?.flatten() {
        let path = entry.path();
        let is_part = path.extension().is_some_and(|ending| ending == "part");
        if is_part && File::open(&path).is_ok_and(|file| file.try_lock().is_ok()) {
            let _ = fs::remove_file(&path);
        }
    }
    let file = File::create_new(part)?;
    let _ = file.lock();
    Ok(file)
}

fn copy_hashing(from: &mut impl Read, to: &mut impl Write) -> std::io::Result<(String, u64)> {
    let mut hash = Sha256::new();
    let mut size = 0;
    let mut buffer = vec![0; 1 << 16];
    loop {
        let count = match from.read(&mut buffer) {
            Ok(0) => return Ok((to_hex(&hash.finalize()), size)),
            Ok(count) => count,
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        hash.update(&buffer[..count]);
        to.write_all(&buffer[..count])?;
        size += count as u64;
    }
}

/// Writes a file so that it is there whole or not at all, whatever happens: temporary, fsync, rename, fsync of the folder.
fn write_durably(path: &Path, bytes: &[u8]) -> Result<(), LedgerError> {
    let io = |source| LedgerError::io(path, source);
    let temporary = path.with_extension("part");
    let mut file = File::create(&temporary).map_err(io)?;
    file.write_all(bytes).and_then(|()| file.sync_all()).map_err(io)?;
    fs::rename(&temporary, path).map_err(io)?;
    path.parent().map_or(Ok(()), sync_dir)
}

fn sync_dir(dir: &Path) -> Result<(), LedgerError> {
    let dir = if dir.as_os_str().is_empty() { Path::new(".") } else { dir };
    File::open(dir).and_then(|dir| dir.sync_all()).map_err(|source| LedgerError::io(dir, source))
}

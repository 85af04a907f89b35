//! Capture jobs: what was handed in, when, and what became of it. Failed ones leave nothing in the ledger, so they are kept
//! as files of their own, the oldest of which go when there are too many.

use std::fs;
use std::path::PathBuf;

use jiff::Timestamp;

use super::capture::{Job, hex};
use super::internal;
use crate::trouble::Trouble;

/// Jobs that are kept.
const MOST: usize = 10_000;

/// The jobs of a project.
#[derive(Clone, Debug)]
pub struct Jobs {
    folder: PathBuf,
}

impl Jobs {
    pub(super) fn new(trace: PathBuf) -> Jobs {
        Jobs { folder: trace.join("jobs") }
    }

    /// A new identifier; later ones sort after earlier ones.
    pub(super) fn id(&self, at: Timestamp) -> Result<String, Trouble> {
        let mut random = [0; 8];
        getrandom::fill(&mut random).map_err(|error| internal(std::io::Error::other(error.to_string())))?;
        Ok(format!("{:012x}-{}", at.as_millisecond().max(0), hex(&random)))
    }

    /// Writes a job, whole or not at all.
    pub(super) fn keep(&self, job: &Job) -> Result<(), Trouble> {
        fs::create_dir_all(&self.folder)?;
        let (path, part) = (self.path(&job.id), self.folder.join(format!("{}.part", job.id)));
        fs::write(&part, serde_json::to_vec_pretty(job)?)?;
        fs::rename(&part, &path)?;
        let names = self.names()?;
        for name in names.iter().take(names.len().saturating_sub(MOST)) {
            // another process may have removed it
            let _ = fs::remove_file(self.path(name));
        }
        Ok(())
    }

    fn path(&self, id: &str) -> PathBuf {
        self.folder.join(format!("{id}.json"))
    }

    fn names(&self) -> Result<Vec<String>, Trouble> {
        if !self.folder.is_dir() {
            return Ok(Vec::new());
        }
        let mut names: Vec<String> = fs::read_dir(&self.folder)?
            .filter_map(|entry| entry.ok()?.file_name().to_str()?.strip_suffix(".json").map(str::to_owned))
            .collect();
        names.sort_unstable();
        Ok(names)
    }

    /// A job by its identifier.
    ///
    /// Errors: those of the disk.
    pub fn find(&self, id: &str) -> Result<Option<Job>, Trouble> {
        // an identifier from outside must not lead to other files
        let is_ours = !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_hexdigit() || byte == b'-');
        match is_ours.then(|| fs::read(self.path(id))) {
            Some(Ok(bytes)) => Ok(Some(serde_json::from_slice(&bytes)?)),
            Some(Err(error)) if error.kind() != std::io::ErrorKind::NotFound => Err(error.into()),
            _ => Ok(None),
        }
    }

    /// Jobs after the identifier `after`, oldest first, at most `limit`.
    ///
    /// Errors: those of the disk.
    pub fn list(&self, after: Option<&str>, limit: usize) -> Result<Vec<Job>, Trouble> {
        let names = self.names()?;
        let from = after.map_or(0, |after| names.partition_point(|name| name.as_str() <= after));
        names.iter().skip(from).take(limit).filter_map(|name| self.find(name).transpose()).collect()
    }
}

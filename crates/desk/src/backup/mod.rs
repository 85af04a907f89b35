//! Backups of a project: everything in its folder that cannot be derived, and a list of what that is.
//!
//! ```text
//! 20260301T183000Z/
//!   backup.json        what is in it: sizes, hashes, the ledger's signed checkpoint
//!   zhiheng.toml, keys/, files/, catalog/, …   as in the project
//!   ledger.sqlite, access.sqlite               as of one moment each, the ledger first
//! ```
//!
//! The ledger is copied before the originals: whatever it names lies in `files/` by then. A backup has the project's keys
//! in it and is as secret as the project.

mod check;
mod folder;
mod make;
mod manifest;
mod restore;
#[cfg(test)]
mod tests;

use std::sync::Arc;

pub use check::{Checked, check};
pub use folder::{Backup, backups, prune};
pub use make::make;
pub use manifest::{Kept, Manifest};
pub use restore::{Restored, restore};

/// Told how many bytes are done, of how many.
pub type Progress = Arc<dyn Fn(u64, u64) + Send + Sync>;

/// Name of the copy of the ledger's database.
const LEDGER: &str = "ledger.sqlite";
/// Name of the copy of the access database.
const ACCESS: &str = "access.sqlite";

//! The ledger, the registry, import, correction and snapshots.
//!
//! In reading order: [`entry`] (what is written), `verify` (proofs, no I/O), `ledger` (SQLite and
//! PostgreSQL), `import` (intake's drafts → ledger), `project` (the folder of one instance).

pub mod entry;

pub use entry::{Entry, EntryKind, Provenance, Receipt, SourceFile, Submission};

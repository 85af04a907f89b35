//! The ledger, the registry, import, correction and snapshots.
//!
//! In reading order: [`entry`] and [`event`] (what is written), [`leaf`] (its bytes), [`verify`] (proofs, no I/O), [`sign`] (the ledger's
//! key), [`ledger`] (SQLite and PostgreSQL), [`project`] (the folder of one instance), [`access`] (accounts and rights, beside the ledger).

pub mod access;
pub mod entry;
pub mod event;
pub mod leaf;
pub mod verify;

mod bundle;
mod error;
mod pack;
mod scan;
mod sign;
mod store;

pub mod import;
pub mod ledger;
pub mod project;

pub use access::Access;
pub use entry::{Entry, EntryKind, Provenance, Receipt, SourceFile, Submission};
pub use error::LedgerError;
pub use event::{CaseEffect, CaseEvent, CaseFilter, CaseHead, Event, LetterNumber, Stepped};
pub use import::{Import, Imported, import};
pub use ledger::{
    Appender, Begun, Counts, Exported, Inclusion, Ledger, Outcome, Verification, Whole, Written,
};
pub use pack::Salts;
pub use project::Project;
pub use sign::LedgerKey;
pub use store::projections::{Act, ListedFile, TypeCount};

//! Checking what a ledger says, without a database, a file or a clock.
//!
//! One plain RFC 6962 tree over SHA-256, C2SP signed notes and checkpoints. Everything here takes
//! hostile input: a wrong proof is [`NotProved`], never a panic.
//!
//! In reading order: [`hash`], [`range`] (roots of growing trees), [`proof`], [`note`], [`checkpoint`],
//! [`receipt`].

pub mod checkpoint;
pub mod hash;
pub mod note;
pub mod proof;
pub mod range;
pub mod receipt;

pub use checkpoint::Checkpoint;
pub use hash::{EMPTY_ROOT, Hash, from_hex, leaf_hash, node_hash, to_hex};
pub use note::{Note, VerifierKey};
pub use proof::{Nodes, consistency_proof, inclusion_proof, root_of, verify_consistency, verify_inclusion};
pub use range::CompactRange;
pub use receipt::verify_receipt;

/// Why something is not proved. The words are for logs; people are told by a Diagnostic.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotProved {
    /// The index is not below the size, or the sizes are the wrong way round.
    #[error("the index or size is out of range")]
    Range,
    /// Too few or too many hashes for this index and size.
    #[error("the proof has the wrong length")]
    Length,
    /// The hashes do not lead to the root.
    #[error("the proof leads to another root")]
    Root,
    /// The text is not a signed note, a checkpoint or a key of the expected form.
    #[error("the text is not of the expected form")]
    Form,
    /// No valid signature by the expected key.
    #[error("no valid signature by the expected key")]
    Signature,
    /// The checkpoint is of another ledger.
    #[error("the checkpoint is of another ledger")]
    Origin,
    /// The receipt contradicts itself or the entry.
    #[error("the receipt does not match")]
    Receipt,
}

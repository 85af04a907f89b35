//! Receipts, checked offline: with the ledger's public key alone, or with the entry as well.

use super::hash::{Hash, from_hex, leaf_hash};
use super::note::VerifierKey;
use super::proof::verify_inclusion;
use super::{Checkpoint, NotProved};
use crate::entry::Receipt;

/// Checks that `receipt` was given by the holder of `key`: its checkpoint is signed, and the `Submit` entry
/// that it names is in that checkpoint's tree. With `leaf`, also that these are the entry's bytes.
/// Returns the checkpoint, against which later checkpoints can be proved consistent.
pub fn verify_receipt(
    receipt: &Receipt,
    key: &VerifierKey,
    leaf: Option<&[u8]>,
) -> Result<Checkpoint, NotProved> {
    let checkpoint = Checkpoint::open(&receipt.checkpoint, key)?;
    let hash = from_hex(&receipt.leaf).ok_or(NotProved::Form)?;
    let proof: Vec<Hash> =
        receipt.proof.iter().map(|step| from_hex(step)).collect::<Option<_>>().ok_or(NotProved::Form)?;
    // The entries of a submission are the last ones of the tree that its checkpoint signs.
    if receipt.count == 0 || receipt.first.checked_add(receipt.count) != Some(checkpoint.size) {
        return Err(NotProved::Receipt);
    }
    if leaf.is_some_and(|leaf| leaf_hash(leaf) != hash) {
        return Err(NotProved::Receipt);
    }
    verify_inclusion(receipt.first, checkpoint.size, &hash, &proof, &checkpoint.root)?;
    Ok(checkpoint)
}

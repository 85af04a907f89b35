//! The ledger, for whoever checks that nothing was changed: the signed checkpoint, and proofs against it.

use serde::Serialize;
use utoipa::ToSchema;
use zhiheng_base::Diagnostic;
use zhiheng_record::verify::to_hex;

use super::answer;
use super::parameters::{check, number};
use crate::call::Call;
use crate::problem::Problem;
use crate::route::Answer;

/// Where the ledger stands.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Head {
    /// Signed checkpoint (C2SP signed note).
    pub(crate) checkpoint: String,
    /// Key with which it is checked (`vkey`).
    pub(crate) key: String,
}

/// That an entry is in the ledger.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct EntryProof {
    /// The entry.
    pub(crate) entry: u64,
    /// Size of the tree in which it is proved.
    pub(crate) size: u64,
    /// Hash of the entry (RFC 6962 leaf hash), hex.
    pub(crate) leaf: String,
    /// Audit path, hex, from the leaf upward.
    pub(crate) path: Vec<String>,
    /// Root of the tree at that size, hex.
    pub(crate) root: String,
}

/// That an older tree is the beginning of a newer one.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Growth {
    /// Older size.
    pub(crate) old: u64,
    /// Newer size.
    pub(crate) new: u64,
    /// Consistency proof (RFC 6962), hex.
    pub(crate) path: Vec<String>,
}

/// `GET /api/v1/ledger/checkpoint`.
pub(crate) async fn checkpoint(call: Call) -> Answer {
    check(&call)?;
    let ledger = &call.server.ledger;
    let head = Head { checkpoint: ledger.checkpoint().await?, key: ledger.key().to_string() };
    answer(&call, head).await
}

/// `GET /api/v1/ledger/entries/{entry}/proof`: no content, only hashes.
pub(crate) async fn proof(call: Call) -> Answer {
    check(&call)?;
    let ledger = &call.server.ledger;
    let entry: u64 = call.param("entry").parse().map_err(|_| Problem::not_found())?;
    let known = ledger.size().await?;
    let size = number(&call, "size").unwrap_or(known);
    if size > known || entry >= size {
        return Err(Problem::not_found());
    }
    let proved = ledger.prove_inclusion(entry, size).await?;
    let proof = EntryProof {
        entry,
        size,
        leaf: to_hex(&proved.leaf),
        path: proved.proof.iter().map(|hash| to_hex(hash)).collect(),
        root: to_hex(&proved.root),
    };
    answer(&call, proof).await
}

/// `GET /api/v1/ledger/consistency?old=…&new=…`.
pub(crate) async fn consistency(call: Call) -> Answer {
    check(&call)?;
    let ledger = &call.server.ledger;
    let known = ledger.size().await?;
    let new = number(&call, "new").unwrap_or(known);
    let old = number(&call, "old").unwrap_or(0);
    if new > known || old > new {
        return Err(Diagnostic::error("ZH7543").arg("old", old).arg("new", new).arg("size", known).into());
    }
    let path = ledger.prove_consistency(old, new).await?;
    answer(&call, Growth { old, new, path: path.iter().map(|hash| to_hex(hash)).collect() }).await
}

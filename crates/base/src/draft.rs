//! A record on its way into the ledger: what the reader of files hands to the writer of the ledger.

use serde::{Deserialize, Serialize};

/// Where in a file a record stood.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourcePlace {
    /// Index into the submission's files.
    pub file: u32,
    /// Sheet, for workbooks.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sheet: Option<String>,
    /// Row as the user counts it, from 1.
    pub row: u64,
}

/// A record that passed the checks, ready for the ledger.
#[derive(Clone, Debug, PartialEq)]
pub struct Draft {
    /// SHA-256 over record type id and the canonical natural key; see [`crate::canonical::key_bytes`].
    pub key: [u8; 32],
    /// Canonical JSON object (RFC 8785) of the fields; personal fields hold their commitment.
    pub data: Vec<u8>,
    /// Personal values for the erasable side table.
    pub personal: Vec<PersonalValue>,
    /// Where it stood.
    pub place: Option<SourcePlace>,
}

/// A personal value outside the tree: the leaf holds `sha256:` + hex of SHA-256(salt ‖ value).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonalValue {
    /// Field id.
    pub field: String,
    /// 32 random bytes.
    pub salt: [u8; 32],
    /// Value in the clear.
    pub value: String,
}

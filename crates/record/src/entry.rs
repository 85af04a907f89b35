//! What the ledger holds: entries, and what becomes one.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use zhiheng_base::draft::SourcePlace;

/// What an entry does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum EntryKind {
    /// A submission begins: files, catalog digest, who handed it in. Its records follow.
    Submit,
    /// A record as handed in.
    Record,
    /// A record replaced, with a reason; names the entry that it replaces.
    Correct,
    /// A record withdrawn, with a reason; names the entry that it withdraws.
    Withdraw,
    /// A personal value erased from the side table; names the entry and the field.
    Erase,
    /// A catalog adopted: its digest.
    Adopt,
    /// A report released: its hash and what it pins.
    Release,
    /// An event of a case; what follows from it comes right after and names it.
    Step,
}

/// How a record came about. A reader of any figure can ask how much of it is made up.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Provenance {
    /// Handed in by those who are responsible for it.
    #[default]
    Reported,
    /// A figure taken from a publication, which the submission names.
    Published,
    /// Made for demonstration or tests.
    Synthetic,
}

/// A file of a submission; its bytes are kept under the project's `files/<sha256>`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceFile {
    /// Name without folders.
    pub name: String,
    /// Lower-case hex.
    pub sha256: String,
    /// Bytes.
    pub size: u64,
}

/// What is handed in at once, under one idempotency id.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Submission {
    /// Idempotency id chosen by the sender; same id and same body gives the same receipt,
    /// same id and another body is refused.
    pub id: String,
    /// Who hands it in (unit or account id).
    pub by: String,
    /// When; the ledger moves it forward if its last entry is later, so that time never goes back.
    pub at: Timestamp,
    /// Record type id.
    pub of: String,
    /// How the records came about.
    pub provenance: Provenance,
    /// Where a published or synthetic set comes from, or a remark.
    pub basis: Option<String>,
    /// Digest of the catalog by which the records were checked.
    pub catalog: String,
    /// Files, in order.
    pub files: Vec<SourceFile>,
    /// SHA-256 (hex) of what was handed in, over all files or the request body.
    pub body: String,
    /// Fields of the natural key, in the order of the record type. They stand in the `Submit` entry, so that
    /// keys can be made again from the entries alone, whatever later catalogs say. Empty: the whole
    /// record is its key.
    #[serde(default)]
    pub key: Vec<String>,
}

/// An entry as read back.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    /// Place in the ledger, from 0.
    pub index: u64,
    /// What it does.
    pub kind: EntryKind,
    /// When the ledger took it.
    pub at: Timestamp,
    /// Who.
    pub by: String,
    /// Record type id (`Record`, `Correct`, `Withdraw`, `Submit`).
    pub of: Option<String>,
    /// Submission id.
    pub submission: Option<String>,
    /// How it came about.
    pub provenance: Provenance,
    /// Where it stood in a file.
    pub place: Option<SourcePlace>,
    /// The entry that it corrects or withdraws.
    pub corrects: Option<u64>,
    /// Why (corrections, withdrawals, erasures).
    pub reason: Option<String>,
    /// The case event (a `Step` entry) from which it follows (submissions, corrections, withdrawals and openings
    /// of cases; the records of a submission do not repeat it).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cause: Option<u64>,
    /// Fields of the record, or the body of other kinds.
    pub data: serde_json::Value,
}

/// Proof that a submission is in the ledger.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Receipt {
    /// Submission id.
    pub submission: String,
    /// Index of its first entry (the `Submit` entry).
    pub first: u64,
    /// Number of its entries, the `Submit` entry included.
    pub count: u64,
    /// Rows that were already there with the same content.
    pub unchanged: u64,
    /// The signed checkpoint after it (C2SP signed note).
    pub checkpoint: String,
    /// Leaf hash of the `Submit` entry, hex.
    pub leaf: String,
    /// Inclusion proof of that entry in the checkpoint's tree, hex hashes from the leaf up.
    pub proof: Vec<String>,
    /// True when this submission had been taken before and nothing was written now.
    pub repeated: bool,
}

//! What a submission leaves beside its records: the data of its `Submit` entry, its files, its receipt.

use serde_json::json;
use zhiheng_base::{Diagnostic, canonical};

use crate::entry::{Receipt, Submission};
use crate::error::LedgerError;
use crate::store::projections::ListedFile;
use crate::store::tree::Taken;
use crate::verify::hash::sha256;
use crate::verify::to_hex;

/// What makes two submissions with one id the same.
pub(crate) fn fingerprint(of: &str, provenance: &str, body: &str) -> String {
    to_hex(&sha256(&canonical::key_bytes(of, [provenance, body])))
}

/// The files of a submission as they are listed.
pub(super) fn listed(submission: &Submission, entry: u64) -> impl Iterator<Item = ListedFile> + '_ {
    (0..).zip(&submission.files).map(move |(n, file)| ListedFile {
        entry,
        n,
        name: file.name.clone(),
        sha256: file.sha256.clone(),
        size: file.size,
    })
}

/// The data of a `Submit` entry, canonical.
pub(super) fn submit_data(submission: &Submission) -> Result<Vec<u8>, LedgerError> {
    let mut data = json!({
        "body": submission.body,
        "catalog": submission.catalog,
        "files": submission.files,
        "key": submission.key,
    });
    if let (Some(basis), Some(map)) = (&submission.basis, data.as_object_mut()) {
        map.insert("basis".to_owned(), json!(basis));
    }
    canonical::to_vec(&data)
        .map_err(|number| Diagnostic::error("ZH4039").arg("row", 0).arg("detail", number).into())
}

/// A receipt as it is kept: canonical, without `repeated`.
pub(crate) fn receipt_text(receipt: &Receipt) -> String {
    let mut value = json!(receipt);
    if let Some(map) = value.as_object_mut() {
        map.remove("repeated");
    }
    let bytes = canonical::to_vec(&value).unwrap_or_default();
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Reads a kept receipt; its seal must hold.
pub(crate) fn read_receipt(taken: &Taken) -> Result<Receipt, LedgerError> {
    let bad = |detail: &str| LedgerError::damage("ZH4109", taken.first, detail);
    if to_hex(&sha256(taken.receipt.as_bytes())) != taken.seal {
        return Err(bad("the receipt does not match its seal"));
    }
    let mut value: serde_json::Value =
        serde_json::from_str(&taken.receipt).map_err(|_| bad("the receipt is not JSON"))?;
    if let Some(map) = value.as_object_mut() {
        map.insert("repeated".to_owned(), json!(false));
    }
    let receipt: Receipt = serde_json::from_value(value).map_err(|_| bad("the receipt is not whole"))?;
    if receipt.first == taken.first && receipt.submission == taken.id {
        Ok(receipt)
    } else {
        Err(bad("the receipt is of another submission"))
    }
}

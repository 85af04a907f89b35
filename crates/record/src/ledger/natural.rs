//! From a key's prefix to the record that holds the key: prefixes may collide, so the entry itself decides.

use std::collections::BTreeMap;
use std::sync::Arc;

use sha2::{Digest, Sha256};
use zhiheng_base::draft::PersonalValue;

use crate::entry::EntryKind;
use crate::error::LedgerError;
use crate::leaf::{Leaf, natural_key};
use crate::scan::members;
use crate::store::{Conn, secrets, tree};
use crate::verify::Hash;

/// The prefix under which runs keep a key.
pub(crate) fn prefix(key: &Hash, mask: u64) -> u64 {
    let mut bytes = [0; 8];
    bytes.copy_from_slice(&key[..8]);
    u64::from_be_bytes(bytes) & mask
}

/// Key fields of submissions, as their `Submit` entries state them.
#[derive(Default)]
pub(crate) struct KeyFields(BTreeMap<String, Arc<[String]>>);

impl KeyFields {
    pub(crate) fn get(&self, submission: &str) -> Option<Arc<[String]>> {
        self.0.get(submission).cloned()
    }

    pub(crate) fn put(&mut self, submission: &str, fields: Arc<[String]>) {
        if self.0.len() > 10_000 {
            self.0.clear();
        }
        self.0.insert(submission.to_owned(), fields);
    }
}

/// Index of the `Submit` entry of a submission.
pub(crate) async fn submit_entry(conn: &mut Conn<'_>, submission: &str) -> Result<u64, LedgerError> {
    let taken = tree::submission(conn, submission).await?;
    taken
        .map(|taken| taken.first)
        .ok_or_else(|| LedgerError::damage("ZH4109", 0, format!("submission {submission} is missing")))
}

/// The key fields that a `Submit` entry states.
pub(crate) fn stated_fields(leaf: &Leaf<'_>) -> Option<Vec<String>> {
    if leaf.kind != EntryKind::Submit {
        return None;
    }
    let value = members(leaf.data).find_map(|member| match member {
        Ok((b"key", value)) => Some(value),
        _ => None,
    })?;
    serde_json::from_slice(value).ok()
}

/// Whether a record's leaf holds `key`.
pub(crate) fn holds(leaf: &Leaf<'_>, of: &str, key: &Hash, fields: &[String]) -> bool {
    matches!(leaf.kind, EntryKind::Record | EntryKind::Correct)
        && leaf.of.as_deref() == Some(of)
        && natural_key(of, leaf.data, fields).is_ok_and(|each| each == *key)
}

/// Whether the record `data` with personal values `new` says the same as `old` at entry `entry`. Personal
/// fields hold salted commitments that differ each time, so their values are compared; an erased
/// value counts as the same, so that handing a record in again does not bring it back.
pub(crate) async fn same_record(
    conn: &mut Conn<'_>,
    entry: u64,
    old: &[u8],
    data: &[u8],
    new: &[PersonalValue],
) -> Result<bool, LedgerError> {
    if old == data {
        return Ok(true);
    }
    if new.is_empty() {
        return Ok(false);
    }
    let (mut left, mut right) = (members(old), members(data));
    loop {
        let ((old_name, old_value), (name, value)) = match (left.next(), right.next()) {
            (None, None) => return Ok(true),
            (Some(Ok(left)), Some(Ok(right))) => (left, right),
            _ => return Ok(false),
        };
        if old_name != name {
            return Ok(false);
        }
        if old_value == value {
            continue;
        }
        let Some(personal) = new.iter().find(|each| each.field.as_bytes() == name) else { return Ok(false) };
        match secrets::personal(conn, entry, &personal.field).await? {
            Some(secret) if secret.erased.is_some() => {}
            Some(secret) if secret.value == personal.value => {}
            _ => return Ok(false),
        }
    }
}

/// Whether `data` holds the commitment of each personal value, `sha256:` and hex of SHA-256(salt ‖ value).
pub(crate) fn commits_to(data: &[u8], personal: &[PersonalValue]) -> bool {
    personal.iter().all(|each| {
        members(data).any(|member| {
            member.is_ok_and(|(name, value)| {
                name == each.field.as_bytes() && value == commitment(&each.salt, &each.value).as_bytes()
            })
        })
    })
}

/// The JSON string of a commitment.
pub(crate) fn commitment(salt: &[u8], value: &str) -> String {
    let hash = Sha256::new().chain_update(salt).chain_update(value.as_bytes()).finalize();
    format!("\"sha256:{}\"", crate::verify::to_hex(&hash))
}

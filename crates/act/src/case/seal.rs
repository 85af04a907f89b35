//! What an approver approves: one hash over the step, its form and every file of the case.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde_json::{Map, Value as Json, json};
use sha2::{Digest as _, Sha256};
use zhiheng_base::canonical;

use super::event::Evidence;
use super::figures::Fetched;

/// SHA-256, in lower-case hex, of the canonical JSON (RFC 8785) of what is proposed: the form with the figures that were fetched
/// for it, and the files; `evidence` is all that is on file, the proposal's own included, in any order.
pub fn seal(
    case: &str,
    step: &str,
    (form, figures): (&Map<String, Json>, &BTreeMap<String, Fetched>),
    evidence: &[Evidence],
) -> String {
    let mut files: Vec<&Evidence> = evidence.iter().collect();
    files.sort_unstable();
    files.dedup();
    let files: Vec<Json> = files
        .iter()
        .map(|file| json!({"kind": file.kind, "name": file.name, "sha256": file.sha256}))
        .collect();
    let mut content = json!({"case": case, "evidence": files, "form": form, "step": step});
    if let (false, Some(content)) = (figures.is_empty(), content.as_object_mut()) {
        content.insert("figures".to_owned(), json!(figures));
    }
    // Only numbers that JSON cannot hold could fail here, and a form has none.
    let bytes = canonical::to_vec(&content).unwrap_or_default();
    Sha256::digest(&bytes).iter().fold(String::with_capacity(64), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

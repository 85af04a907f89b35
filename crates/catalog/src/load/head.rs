//! What every definition states about itself.

use zhiheng_base::Diagnostic;

use super::definitions::Raw;
use crate::model::Head;

/// Reads the head; the keys have been checked before, so a missing one has been reported.
pub(super) fn read(raw: &Raw<'_>, problems: &mut Vec<Diagnostic>) -> Option<Head> {
    let node = &raw.node;
    let (since, until) = (node.date("since")?, node.date("until"));
    if let Some(until) = until.filter(|until| *until < since) {
        problems.push(node.wrong("until", "ZH2013").arg("since", since).arg("until", until));
        return None;
    }
    Some(Head {
        id: raw.id.clone(),
        name: node.words("name")?,
        basis: node.texts("basis"),
        owner: node.owned("owner")?,
        since,
        until,
        confirmed: node.truth("confirmed").unwrap_or(true),
        says: node.words("says"),
        origin: node.origin(),
    })
}

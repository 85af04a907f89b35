//! Four eyes: two persons, not two accounts.

use zhiheng_base::{Date, Diagnostic};

use super::event::Actor;
use super::staff::Staff;

/// Whether `approver` is independent of all who proposed or approved before.
///
/// Errors: ZH8231 the same person (also under another account, or acted for); ZH8232 the approver is an earlier one's deputy;
/// ZH8233 the approver stands below the proposer.
pub(crate) fn independent(
    staff: &Staff,
    before: &[Actor],
    approver: &Actor,
    day: Date,
) -> Result<(), Diagnostic> {
    for (at, earlier) in before.iter().enumerate() {
        for one in earlier.persons() {
            for other in approver.persons() {
                let told = |code| {
                    Diagnostic::error(code).arg("account", &approver.account).arg("other", &earlier.account)
                };
                if one == other {
                    return Err(told("ZH8231"));
                }
                if staff.is_deputy(other, one, day) {
                    return Err(told("ZH8232"));
                }
                // Of the approvers among each other only persons count: a head stands above the lawyer.
                if at == 0 && staff.is_below(other, one, day) {
                    return Err(told("ZH8233"));
                }
            }
        }
    }
    Ok(())
}

//! What has happened, for programs that follow it: `GET /api/v1/changes?after=…`, in the order of the ledger, as far as the caller may
//! see. `meta.next` is always there: at the end it asks for what comes later.

use serde::Serialize;
use utoipa::ToSchema;
use zhiheng_desk::changes::{Change, changes as read};
use zhiheng_record::EntryKind;

use super::parameters::{check, limit, number};
use super::{Paged, escaped, next, paged};
use crate::authorize::{Action, Level, Thing, reach};
use crate::call::Call;
use crate::route::Answer;

/// Something that happened.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Changed {
    /// Its entry in the ledger: the cursor after it.
    pub(crate) entry: u64,
    /// When the ledger took it.
    pub(crate) at: String,
    /// `submit`, `record`, `correct`, `withdraw`, `step`, `adopt`, `release`.
    pub(crate) kind: String,
    /// Record type, or procedure of a case.
    pub(crate) of: Option<String>,
    /// Where; `null` for what belongs to the whole instance.
    pub(crate) region: Option<String>,
    /// Day on which the record lies.
    pub(crate) day: Option<String>,
    /// Period that was handed in.
    pub(crate) period: Option<String>,
    /// Case.
    pub(crate) case: Option<String>,
    /// State of the case after it.
    pub(crate) state: Option<String>,
    /// Entry that it corrects or withdraws.
    pub(crate) corrects: Option<u64>,
    /// Address that tells more; `null` where there is nothing more to tell.
    pub(crate) read: Option<String>,
}

/// `GET /api/v1/changes`.
pub(crate) async fn changes(call: Call) -> Answer {
    check(&call)?;
    let reach = reach(call.who(), Action::See);
    let seen = |change: &Change| {
        reach.holds(&match change.region {
            Some(region) => Thing::of_region(region, Level::Internal),
            None => Thing::instance(),
        })
    };
    let after = number(&call, "after");
    let from = after.map_or(0, |after| after.saturating_add(1));
    let stretch = {
        let desk = call.server.office()?.desk().await?;
        read(&desk, from, limit(&call), seen).await?
    };
    let data: Vec<Changed> = stretch.changes.iter().map(told).collect();
    let last = stretch.last.or(after);
    let next = match last {
        Some(last) => next(&call, "after", &last.to_string()),
        None => call.here.clone(),
    };
    paged(&call, data, Paged { total: None, next: Some(next) }).await
}

fn told(change: &Change) -> Changed {
    let read = match (&change.kind, &change.case, &change.submission) {
        (_, Some(case), _) => Some(format!("/api/v1/cases/{}", escaped(case))),
        (EntryKind::Submit, _, Some(id)) => Some(format!("/api/v1/receipts/{}", escaped(id))),
        (EntryKind::Record | EntryKind::Correct, ..) => Some(format!("/api/v1/records/{}", change.entry)),
        (EntryKind::Withdraw, ..) => change.corrects.map(|entry| format!("/api/v1/records/{entry}")),
        _ => None,
    };
    Changed {
        entry: change.entry,
        at: change.at.clone(),
        kind: word(change.kind).to_owned(),
        of: change.of.clone(),
        region: change.region.map(|region| region.to_string()),
        day: change.day.map(|day| day.to_string()),
        period: change.period.clone(),
        case: change.case.clone(),
        state: change.state.clone(),
        corrects: change.corrects,
        read,
    }
}

/// A kind of entry in the words of the API.
pub(crate) fn word(kind: EntryKind) -> &'static str {
    match kind {
        EntryKind::Submit => "submit",
        EntryKind::Record => "record",
        EntryKind::Correct => "correct",
        EntryKind::Withdraw => "withdraw",
        EntryKind::Erase => "erase",
        EntryKind::Adopt => "adopt",
        EntryKind::Release => "release",
        EntryKind::Step => "step",
    }
}

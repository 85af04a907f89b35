//! What waits for the caller, as programs read it.

use serde::Serialize;
use utoipa::ToSchema;
use zhiheng_base::Diagnostic;
use zhiheng_desk::Desk;

use super::parameters::check;
use super::{after, paged};
use crate::call::Call;
use crate::pages::returns::place_name;
use crate::pages::tasks::Asked;
use crate::pages::waiting::{Kind, Waiting, waiting};
use crate::route::Answer;

/// Something that waits.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct TaskListed {
    /// `step`, `mend`, `return`, `review`, `dossier`.
    kind: &'static str,
    /// What is to be done.
    what: String,
    /// Of what: the case, the period.
    of: String,
    /// The page where it is done.
    href: String,
    /// Region.
    region: String,
    /// Its name.
    place: String,
    /// Last day.
    due: Option<String>,
    /// `late`, `soon`, `open`, `later`.
    state: &'static str,
    /// Days after its last one.
    late_days: Option<i64>,
    /// First day, if it cannot be done yet.
    opens: Option<String>,
}

impl TaskListed {
    pub(crate) fn of(call: &Call, desk: &Desk, one: &Waiting) -> TaskListed {
        TaskListed {
            kind: one.kind.word(),
            what: one.what.text.clone(),
            of: one.of.clone(),
            href: one.what.href.clone(),
            region: one.region.to_string(),
            place: place_name(call, desk, one.region),
            due: one.due.map(|day| day.to_string()),
            state: one.urgency(call.server.today()).word(),
            late_days: one.late,
            opens: one.opens.map(|day| day.to_string()),
        }
    }
}

/// `GET /api/v1/tasks?kind=…&late=1&within=…`: what waits for whoever asks, by its last day.
pub(crate) async fn list(call: Call) -> Answer {
    check(&call)?;
    let kind = call.query.get("kind");
    let words = Kind::ALL.map(Kind::word);
    if !kind.is_empty() && !words.contains(&kind) {
        return Err(Diagnostic::error("ZH7559").arg("kind", kind).arg("known", words.join(", ")).into());
    }
    let asked = Asked::of(&call)?;
    let desk = call.server.office()?.desk().await?;
    let all = waiting(&call, &desk).await?;
    let all = all.iter().filter(|one| asked.holds(one)).map(|one| TaskListed::of(&call, &desk, one));
    let (data, page) = after(&call, all.collect(), |one: &TaskListed| format!("{}:{}", one.kind, one.href));
    paged(&call, data, page).await
}

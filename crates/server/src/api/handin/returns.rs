//! Returns: what is owed, how one stands, taking it back, what the level above says, receipts.

use std::sync::Arc;

use zhiheng_base::{Diagnostic, RegionCode};
use zhiheng_desk::handin::decide::{Decision, decide as decide_on};
use zhiheng_desk::handin::duty::{duties, periods};
use zhiheng_desk::handin::matrix::Status;
use zhiheng_desk::handin::send::withdraw;
use zhiheng_desk::handin::{Place, Return, units};

use super::shapes::{DecisionGiven, Deed, HandIn, ReturnHead, ReturnWhole, WithdrawGiven, receipt as shaped};
use crate::api::once::{Done, act, body, mark_of, marked, matches, once};
use crate::api::parameters::{check, limit, number};
use crate::api::{Paged, answer, next, paged};
use crate::authorize::{Action, Level, Thing};
use crate::call::Call;
use crate::pages::act::moment;
use crate::pages::returns::{counter, named, regions};
use crate::problem::Problem;
use crate::route::Answer;

/// Periods of each record type that are listed if not asked for more.
const PERIODS: usize = 4;
/// Most periods that can be asked for.
const PERIODS_MAX: u64 = 40;

fn head(what: &Return, place: Option<&Place>, call: &Call) -> ReturnHead {
    ReturnHead {
        record: what.of.clone(),
        region: what.region.to_string(),
        period: what.period.to_string(),
        due: what.due().to_string(),
        state: Status::of(place, what.due(), call.server.today()).word().to_owned(),
        case: place.map(|place| place.case.clone()),
    }
}

/// `GET /api/v1/returns`: what the caller owes, by record type, the newest period first, then by region.
pub(crate) async fn list(call: Call) -> Answer {
    check(&call)?;
    let counter = counter(&call)?;
    let desk = call.server.office()?.desk().await?;
    let today = call.server.today();
    let places = counter.places.all(&desk).await?;
    let n = number(&call, "periods")
        .map_or(PERIODS, |n| usize::try_from(n.clamp(1, PERIODS_MAX)).unwrap_or(PERIODS));
    let (of, state, after) = (call.query.get("record"), call.query.get("state"), call.query.get("after"));
    let mut all = Vec::new();
    for (record, duty) in duties(&desk.catalog).filter(|(record, _)| of.is_empty() || record.head.id == of) {
        for period in periods(duty, today, n) {
            let own = regions(&call, Action::Submit);
            let mut own: Vec<RegionCode> = own
                .into_iter()
                .flat_map(|region| units(&desk.catalog.regions, duty, region, today))
                .collect();
            own.sort_unstable();
            own.dedup();
            for region in own {
                let what = Return { of: record.head.id.clone(), region, period, duty };
                let own = places.iter().filter(|place| place.is(&what));
                let place = own.max_by_key(|place| (place.state != "withdrawn", place.head));
                all.push(head(&what, place.map(Arc::as_ref), &call));
            }
        }
    }
    all.retain(|one| state.is_empty() || one.state == state);
    let key = |one: &ReturnHead| format!("{}:{}:{}", one.record, one.region, one.period);
    let from = if after.is_empty() {
        0
    } else {
        all.iter().position(|one| key(one) == after).map_or(all.len(), |at| at + 1)
    };
    let (total, wanted) = (all.len(), limit(&call));
    let data: Vec<ReturnHead> = all.into_iter().skip(from).take(wanted).collect();
    let last = data.last().filter(|_| from + data.len() < total);
    let next = last.map(|last| next(&call, "after", &key(last)));
    paged(&call, data, Paged { total: Some(total as u64), next }).await
}

/// The mark of a return: its newest event, and none while nothing was handed in.
fn mark(place: Option<&Place>) -> Option<String> {
    place.map(|place| mark_of(place.head))
}

fn whole(what: &Return, place: Option<&Place>, call: &Call) -> ReturnWhole {
    let hand_in = |one: &zhiheng_desk::handin::place::HandedIn| HandIn {
        submission: one.submission.clone(),
        rows: one.rows,
        changed: one.changed,
        dropped: one.dropped,
        on: one.on.to_string(),
    };
    let deed = |one: &zhiheng_desk::handin::place::Deed| Deed {
        entry: one.entry,
        step: one.step.clone(),
        by: one.by.clone(),
        on: one.on.to_string(),
        said: one.said.clone(),
    };
    ReturnWhole {
        head: head(what, place, call),
        late: place.is_some_and(|place| place.late),
        mend_by: place.and_then(|place| place.mend_by).map(|day| day.to_string()),
        handed_in: place.map(|place| place.handed_in.iter().map(hand_in).collect()).unwrap_or_default(),
        deeds: place.map(|place| place.deeds.iter().map(deed).collect()).unwrap_or_default(),
    }
}

/// `GET /api/v1/returns/{record}/{region}/{period}`.
pub(crate) async fn show(call: Call) -> Answer {
    check(&call)?;
    let counter = counter(&call)?;
    let desk = call.server.office()?.desk().await?;
    let what = named(&call, &desk)?;
    let place = counter.places.find(&desk, &what).await?;
    let place = place.as_deref();
    let answer = answer(&call, whole(&what, place, &call)).await;
    match mark(place) {
        Some(mark) => marked(answer, &mark),
        None => answer,
    }
}

/// `POST /api/v1/returns/{record}/{region}/{period}/withdraw`.
pub(crate) async fn take_back(call: Call) -> Answer {
    check(&call)?;
    let counter = counter(&call)?;
    let (given, bytes) = body::<WithdrawGiven>(&call).await?;
    let work = async {
        let account = call.server.access.account(call.account()).await?.ok_or_else(Problem::not_found)?;
        let desk = call.server.office()?.desk().await?;
        let what = named(&call, &desk)?;
        matches(&call, mark(counter.places.find(&desk, &what).await?.as_deref()).as_deref())?;
        let asked = (account.login.as_str(), given.why.trim());
        withdraw(&desk, &counter.places, &what, asked, moment(&call)).await?;
        done(&call, &desk, &what).await
    };
    once(&call, &bytes, work).await
}

/// A return after something was done with it.
async fn done(call: &Call, desk: &zhiheng_desk::Desk, what: &Return) -> Result<Done<ReturnWhole>, Problem> {
    let place = counter(call)?.places.find(desk, what).await?;
    let place = place.as_deref();
    let done = Done::of(whole(what, place, call));
    Ok(match mark(place) {
        Some(mark) => done.marked(mark),
        None => done,
    })
}

/// `POST /api/v1/returns/{record}/{region}/{period}/decision`: accepted or sent back, by somebody who did not hand it in. It is a
/// person's own decision, so it takes a session and no token.
pub(crate) async fn decide(call: Call) -> Answer {
    call.signed_in()?;
    let counter = counter(&call)?;
    let region = RegionCode::parse(call.param("region")).map_err(|_| Problem::not_found())?;
    let subject = format!("return {}:{region}:{}", call.param("record"), call.param("period"));
    // First whether there is anything here for the caller at all, then whose it is.
    call.permit(&Thing::of_region(region, Level::Internal), &subject).await?;
    check(&call)?;
    let (given, bytes) = body::<DecisionGiven>(&call).await?;
    let work = async {
        let desk = call.server.office()?.desk().await?;
        let what = named(&call, &desk)?;
        let place = counter.places.find(&desk, &what).await?.ok_or_else(|| Diagnostic::error("ZH7313"))?;
        let bound = Thing { bound: place.persons.clone(), ..Thing::of_region(region, Level::Internal) };
        call.permit(&bound, &subject).await?;
        let id = act(&call, 0)?;
        if desk.ledger.acted(&id).await?.is_none() {
            matches(&call, mark(Some(&place)).as_deref())?;
            let account = call.server.access.account(call.account()).await?.ok_or_else(Problem::not_found)?;
            let decision = Decision {
                step: &given.act,
                form: given.form.into_iter().collect(),
                account: account.login,
                id: Some(id),
                expect: None,
            };
            decide_on(&desk, moment(&call), &place, decision).await?;
        }
        done(&call, &desk, &what).await
    };
    once(&call, &bytes, work).await
}

/// `GET /api/v1/receipts/{submission}`. Its id names record type, region and period.
pub(crate) async fn receipt(call: Call) -> Answer {
    call.signed_in()?;
    let id = call.param("submission").to_owned();
    let region = id.split(':').nth(1).and_then(|code| RegionCode::parse(code).ok());
    let region = region.ok_or_else(Problem::not_found)?;
    call.permit(&Thing::of_region(region, Level::Internal), &format!("receipt {id}")).await?;
    check(&call)?;
    let (ledger, _) = call.server.office()?.pins().await;
    let receipt = ledger.receipt(&id).await?.ok_or_else(Problem::not_found)?;
    answer(&call, shaped(&receipt)).await
}

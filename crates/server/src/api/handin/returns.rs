//! Returns: what is owed, how one stands, taking it back, what the level above says, receipts.

use zhiheng_base::{Diagnostic, RegionCode};
use zhiheng_desk::handin::decide::{Decision, decide as decide_on};
use zhiheng_desk::handin::matrix::Status;
use zhiheng_desk::handin::send::withdraw;
use zhiheng_desk::handin::{Place, Return};

use super::shapes::{DecisionGiven, Deed, HandIn, ReturnHead, ReturnWhole, WithdrawGiven, receipt as shaped};
use crate::api::once::{Done, act, body, mark_of, marked, matches, once};
use crate::api::parameters::{check, number};
use crate::api::{after, answer, paged};
use crate::authorize::{Level, Thing};
use crate::call::Call;
use crate::pages::act::moment;
use crate::pages::returns::{Asked, PERIODS, counter, named, owed};
use crate::problem::Problem;
use crate::route::Answer;

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
    let periods = number(&call, "periods")
        .map_or(PERIODS, |n| usize::try_from(n.clamp(1, PERIODS_MAX)).unwrap_or(PERIODS));
    let (of, state) = (call.query.get("record"), call.query.get("state"));
    let owed = owed(&call, &desk, counter, Asked { of, periods }).await?;
    let all = owed.iter().map(|one| head(&one.what, one.place.as_deref(), &call));
    let all: Vec<ReturnHead> = all.filter(|one| state.is_empty() || one.state == state).collect();
    let (data, page) =
        after(&call, all, |one: &ReturnHead| format!("{}:{}:{}", one.record, one.region, one.period));
    paged(&call, data, page).await
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
        let account = call.own_account().await?;
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
            let account = call.own_account().await?;
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

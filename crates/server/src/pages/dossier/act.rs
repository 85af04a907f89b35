//! Declaring, keeping, sealing, opening, settling.

use axum::http::StatusCode;
use zhiheng_base::exact::parse_decimal;
use zhiheng_base::{Decimal, Diagnostic};
use zhiheng_desk::panel::{Agreed, Round, Settling, Sheet, Sheets};
use zhiheng_desk::{Desk, Trouble};
use zhiheng_judge::Mark;
use zhiheng_judge::panel::scored;

use super::{address, apart, page, round};
use crate::authorize::{Level, Thing};
use crate::call::Call;
use crate::pages::act::moment;
use crate::pages::forms::at;
use crate::pages::layout::go;
use crate::problem::Problem;
use crate::route::Answer;

/// Back to the papers, or the form again with what is wrong.
async fn answered(call: &Call, done: Result<String, Trouble>) -> Answer {
    match done {
        Ok(back) => go(call, &back),
        Err(Trouble::Problems(problems)) if problems.iter().all(|one| !one.code.starts_with("ZH40")) => {
            page(call, StatusCode::UNPROCESSABLE_ENTITY, &problems).await
        }
        Err(trouble) => Err(trouble.into()),
    }
}

/// The points in the field of an item; `None` where nothing was typed.
fn typed(call: &Call, item: &str) -> Result<Option<Decimal>, Diagnostic> {
    let name = format!("points-{item}");
    match call.form.get(&name).trim() {
        "" => Ok(None),
        text => parse_decimal(text)
            .map(Some)
            .map_err(|_| at(&name, Diagnostic::error("ZH7342").arg("text", text))),
    }
}

/// `POST …/dossier/interest`.
pub(crate) async fn declare(call: Call) -> Answer {
    let outcome = {
        let desk = call.server.office()?.desk().await?;
        let round = round(&call, &desk)?;
        apart(&call, round.place)?;
        let tie = call.form.get("tie").trim();
        match (call.form.get("interested"), tie) {
            ("yes", "") => Err(at("tie", Diagnostic::error("ZH7343")).into()),
            ("yes" | "no", _) => {
                let tie = (call.form.get("interested") == "yes").then_some(tie);
                let standing = desk.round_stands(&round).await?;
                let done = desk.declare(moment(&call), &round, &standing, (call.account(), tie)).await;
                done.map(|_| address(&round))
            }
            _ => Err(at("interested", Diagnostic::error("ZH7344")).into()),
        }
    };
    answered(&call, outcome).await
}

/// `POST …/dossier/marks`: kept, or sealed.
pub(crate) async fn keep(call: Call) -> Answer {
    let outcome = {
        let desk = call.server.office()?.desk().await?;
        let round = round(&call, &desk)?;
        apart(&call, round.place)?;
        let standing = desk.round_stands(&round).await?;
        let sheets = Sheets::of(&desk.project)?;
        let seals = call.form.get("act") == "seal";
        match marked(&call, &desk, &round, &sheets) {
            Err(trouble) => Err(trouble),
            Ok(_) if standing.interest(call.account()).is_none_or(|one| one.interested) => {
                Err(Diagnostic::error("ZH7333").into())
            }
            Ok(sheet) if seals => {
                let done = desk.seal(moment(&call), &round, &standing, &sheets, sheet).await;
                done.map(|_| address(&round))
            }
            Ok(sheet) => sheets.keep(&round, &sheet).map(|()| address(&round)),
        }
    };
    answered(&call, outcome).await
}

/// The sheet with what was typed.
fn marked(call: &Call, desk: &Desk, round: &Round<'_>, sheets: &Sheets) -> Result<Sheet, Trouble> {
    let empty = || Sheet::new(round, call.account(), &call.who().person);
    let mut sheet = sheets.get(round, call.account()).unwrap_or_else(empty);
    // A sheet that a crash left sealed and not yet in the ledger is sealed again as it is.
    if sheet.sealed.is_some() && call.form.get("act") == "seal" {
        return Ok(sheet);
    }
    if sheet.sealed.is_some() {
        return Err(Diagnostic::error("ZH7335").into());
    }
    sheet.marks.clear();
    let mut problems = Vec::new();
    for item in scored(round.scheme) {
        let comment = call.form.get(&format!("comment-{}", item.id)).trim().to_owned();
        match typed(call, &item.id) {
            Ok(Some(points)) => sheet.marks.push(Mark { item: item.id.clone(), points, comment }),
            Ok(None) => {}
            Err(problem) => problems.push(problem),
        }
    }
    problems.extend(desk.judge_sheet(moment(call), round, &sheet)?);
    if problems.is_empty() { Ok(sheet) } else { Err(problems.into()) }
}

/// Nobody opens or settles what they have scored themselves.
async fn not_a_reviewer(call: &Call, round: &Round<'_>, reviewers: Vec<&str>) -> Result<(), Problem> {
    let mut bound = Vec::new();
    for reviewer in reviewers {
        bound.extend(call.server.access.account(reviewer).await?.map(|account| account.person));
    }
    let thing = Thing { bound, ..Thing::of_region(round.place, Level::Internal) };
    call.permit(&thing, &format!("dossier {}/{}/{}", round.scheme.head.id, round.place, round.period)).await
}

/// `POST …/dossier/open`.
pub(crate) async fn open(call: Call) -> Answer {
    let outcome = {
        let desk = call.server.office()?.desk().await?;
        let round = round(&call, &desk)?;
        apart(&call, round.place)?;
        let standing = desk.round_stands(&round).await?;
        not_a_reviewer(&call, &round, standing.seals.iter().map(|seal| seal.reviewer.as_str()).collect())
            .await?;
        let sheets = Sheets::of(&desk.project)?;
        let done = desk.unseal(moment(&call), &round, &standing, &sheets, call.account()).await;
        done.map(|_| address(&round))
    };
    answered(&call, outcome).await
}

/// `POST …/dossier/score`.
pub(crate) async fn settle(call: Call) -> Answer {
    let outcome = {
        let desk = call.server.office()?.desk().await?;
        let round = round(&call, &desk)?;
        apart(&call, round.place)?;
        let standing = desk.round_stands(&round).await?;
        let reviewers = standing.opinions.iter().map(|one| one.marks.reviewer.as_str()).collect();
        not_a_reviewer(&call, &round, reviewers).await?;
        let (mut agreed, mut problems) = (Vec::new(), Vec::new());
        for item in scored(round.scheme) {
            let reason = call.form.get(&format!("reason-{}", item.id)).trim().to_owned();
            match typed(&call, &item.id) {
                Ok(Some(points)) => agreed.push(Agreed { item: item.id.clone(), points, reason }),
                Ok(None) => {}
                Err(problem) => problems.push(problem),
            }
        }
        let settling = Settling { standing: &standing, by: call.account(), agreed: &agreed };
        match problems.is_empty() {
            true => desk.settle(moment(&call), &round, settling).await.map(|_| address(&round)),
            false => Err(problems.into()),
        }
    };
    answered(&call, outcome).await
}

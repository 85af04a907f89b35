//! Many steps in one request: a laboratory files the results of a day. Each row is a step of a case; each gets its own answer, in the
//! order of the rows.
//!
//! `all` (what is done if nothing is said): every row is checked first, and if one is refused none is taken. `each`: the good ones are
//! taken, one after the other. Either way a row is one transaction of the ledger; that one row is taken and another refused under
//! `all` can happen only if somebody else acted on that case in between, and its row says so.

use std::collections::{BTreeMap, BTreeSet};

use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;
use utoipa::ToSchema;
use zhiheng_act::case::Act;
use zhiheng_base::Diagnostic;
use zhiheng_desk::Desk;
use zhiheng_desk::acts::Acting;
use zhiheng_desk::cases::region_of;

use super::step::{StepGiven, acting, action, brought, login, taken};
use crate::api::once::{Done, act, once};
use crate::api::parameters::check;
use crate::authorize::{Action, Level, Thing, Verdict, authorize};
use crate::call::Call;
use crate::pages::act::moment;
use crate::problem::{Problem, ProblemDetails};
use crate::route::Answer;
use crate::upload::Uploaded;

/// Rows of one request.
const ROWS_MAX: usize = 500;

/// Steps of several cases.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct StepsGiven {
    /// `all` or `each`.
    #[serde(default)]
    pub(crate) take: Take,
    /// The steps, each of another case.
    pub(crate) steps: Vec<CaseStepGiven>,
}

/// What becomes of good rows beside wrong ones.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Take {
    /// None is taken.
    #[default]
    All,
    /// They are taken.
    Each,
}

/// A step of a case.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct CaseStepGiven {
    /// Case number.
    pub(crate) case: String,
    /// Step.
    pub(crate) step: String,
    /// Entry of the newest event that the sender saw; what stands now, if not given.
    #[serde(default)]
    pub(crate) head: Option<u64>,
    /// Fields of the form.
    #[serde(default)]
    #[schema(value_type = Object)]
    pub(crate) form: BTreeMap<String, Json>,
    /// Files: kind of evidence, and the names of the parts of this request that hold them.
    #[serde(default)]
    pub(crate) files: BTreeMap<String, Vec<String>>,
    /// A reason, where one is due.
    #[serde(default)]
    pub(crate) reason: String,
}

impl CaseStepGiven {
    fn step(&self) -> StepGiven {
        StepGiven { form: self.form.clone(), files: self.files.clone(), reason: self.reason.clone() }
    }
}

/// What became of several steps.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct StepsTaken {
    /// How many were taken.
    pub(crate) taken: usize,
    /// How many were refused.
    pub(crate) refused: usize,
    /// Row by row, in the order in which they came.
    pub(crate) rows: Vec<RowTaken>,
}

/// What became of a row.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RowTaken {
    /// Case number.
    pub(crate) case: String,
    /// Step.
    pub(crate) step: String,
    /// `taken`, `refused`, or `left`: it was good, and not taken because another was not.
    pub(crate) outcome: String,
    /// State of the case now; `null` where the caller may not see it.
    pub(crate) state: Option<String>,
    /// Entry of its newest event now.
    pub(crate) head: Option<u64>,
    /// Why it was refused.
    pub(crate) problems: Vec<ProblemDetails>,
}

/// A row, as far as it has come.
enum Row {
    /// Nothing stands against it.
    Good(Box<Acting>),
    /// It was taken.
    Taken,
    /// Something stands against it.
    Refused(Problem),
}

/// `POST /api/v1/cases/steps`.
pub(crate) async fn take(call: Call) -> Answer {
    check(&call)?;
    let (given, files, content) = brought::<StepsGiven>(&call).await?;
    let work = async {
        let n = given.steps.len();
        if n == 0 || n > ROWS_MAX {
            return Err(Diagnostic::error("ZH7580").arg("n", n).arg("most", ROWS_MAX).into());
        }
        let login = login(&call).await?;
        let office = call.server.office()?;
        let mut rows = Vec::with_capacity(n);
        let mut cases = BTreeSet::new();
        for (n, step) in given.steps.iter().enumerate() {
            rows.push(if cases.insert(&step.case) {
                let desk = office.desk().await?;
                row(tried(&call, &desk, (n, step), &login, &files).await)?
            } else {
                Row::Refused(Diagnostic::error("ZH7581").arg("case", &step.case).into())
            });
        }
        if given.take == Take::Each || !rows.iter().any(|row| matches!(row, Row::Refused(_))) {
            for (row_, step) in rows.iter_mut().zip(&given.steps) {
                let Row::Good(acting) = row_ else { continue };
                // Anew for each: who holds which role may have changed with the step before.
                let desk = office.desk().await?;
                let done = taken(&call, &desk, &step.case, &step.step, acting, &files).await;
                *row_ = row(done.map(|()| Row::Taken))?;
            }
        }
        Ok(Done::of(told(&call, &given.steps, rows).await?))
    };
    once(&call, &content, work).await
}

/// A refusal is the row's; a fault of ours is the whole request's.
fn row(outcome: Result<Row, Problem>) -> Result<Row, Problem> {
    match outcome {
        Err(problem) if problem.ours.is_none() && !problem.status.is_server_error() => {
            Ok(Row::Refused(problem))
        }
        other => other,
    }
}

/// What stands against a row now.
async fn tried(
    call: &Call,
    desk: &Desk,
    (n, given): (usize, &CaseStepGiven),
    login: &str,
    files: &[Uploaded],
) -> Result<Row, Problem> {
    let head = seen(call, desk, given).await?;
    let id = act(call, n)?;
    // Taken by a request whose answer was never kept.
    if desk.ledger.acted(&id).await?.is_some() {
        return Ok(Row::Taken);
    }
    if let Some(given) = given.head.filter(|given| *given != head) {
        let problem = Diagnostic::error("ZH7576").arg("given", given).arg("now", head);
        return Err(Problem::from(problem).with_status(StatusCode::PRECONDITION_FAILED));
    }
    let acting = acting(call, login.to_owned(), &given.step(), files)?;
    let acting = Acting { id: Some(id), expect: Some(head), ..acting };
    let dry = Acting { dry_run: true, ..acting.clone() };
    desk.act(moment(call), &given.case, Act::Step(given.step.clone()), &dry).await?;
    Ok(Row::Good(Box::new(acting)))
}

/// The newest event of the case, if the caller may take the step; of a case that is not theirs they learn that it is not there.
async fn seen(call: &Call, desk: &Desk, given: &CaseStepGiven) -> Result<u64, Problem> {
    let head = desk.ledger.case_head(&given.case).await?.ok_or_else(Problem::not_found)?;
    let region = region_of(&head).ok_or_else(Problem::not_found)?;
    let thing = Thing::of_region(region, Level::Internal);
    let subject = format!("case {}", given.case);
    call.permit_to(Action::See, &thing, &subject).await?;
    let procedure = desk.catalog.procedures.get(&head.of).ok_or_else(Problem::not_found)?;
    let step = procedure.step(&given.step).ok_or_else(Problem::not_found)?;
    call.permit_to(action(procedure, step), &thing, &subject).await?;
    Ok(head.last)
}

/// Row by row, what became of it.
async fn told(call: &Call, given: &[CaseStepGiven], rows: Vec<Row>) -> Result<StepsTaken, Problem> {
    let (ledger, _) = call.server.office()?.pins().await;
    let mut told = StepsTaken { taken: 0, refused: 0, rows: Vec::with_capacity(rows.len()) };
    for (given, row) in given.iter().zip(rows) {
        let head = ledger.case_head(&given.case).await?;
        let head = head.filter(|head| {
            region_of(head).is_some_and(|region| {
                let thing = Thing::of_region(region, Level::Internal);
                authorize(call.who(), Action::See, &thing) == Verdict::Allow
            })
        });
        let (outcome, problems) = match row {
            Row::Taken => ("taken", Vec::new()),
            Row::Good(_) => ("left", Vec::new()),
            Row::Refused(problem) => ("refused", vec![problem.details(call.view.lang, &call.arrival.id)]),
        };
        told.taken += usize::from(outcome == "taken");
        told.refused += usize::from(outcome == "refused");
        told.rows.push(RowTaken {
            case: given.case.clone(),
            step: given.step.clone(),
            outcome: outcome.to_owned(),
            state: head.as_ref().map(|head| head.state.clone()),
            head: head.as_ref().map(|head| head.last),
            problems,
        });
    }
    Ok(told)
}

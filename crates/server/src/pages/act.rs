//! Acting in a case: the form of a step, taking it, approving what a colleague proposed.
//!
//! What is typed is checked by the desk exactly as the command's is. A form that comes back keeps what was typed; each problem
//! names its field. The form carries the newest event that its reader saw: if a colleague was faster, nothing is taken.

use askama::Template;
use axum::http::StatusCode;
use zhiheng_act::case::{Act, Case};
use zhiheng_base::{Diagnostic, RegionCode};
use zhiheng_catalog::Catalog;
use zhiheng_catalog::model::{Field, FieldType, Procedure, Step};
use zhiheng_desk::acts::Acting;
use zhiheng_desk::{Desk, Moment, Trouble};
use zhiheng_record::Provenance;

use super::layout::{Frame, Link, answer, go, pages};
use crate::authorize::{Level, Thing};
use crate::call::Call;
use crate::problem::Problem;
use crate::route::Answer;

/// A field of the form.
#[derive(Clone, Debug, Default)]
pub(crate) struct Input {
    name: String,
    label: String,
    hint: String,
    /// `text`, `date`, `choice`, `long`.
    kind: &'static str,
    /// Value and text, for choices.
    choices: Vec<(String, String)>,
    value: String,
    required: bool,
    wrong: String,
}

#[derive(Template)]
#[template(path = "step.html", blocks = ["main"])]
struct StepForm {
    frame: Frame,
    about: String,
    inputs: Vec<Input>,
    /// Kinds of files that must be attached.
    evidence: String,
    head: u64,
    action: String,
    back: String,
    wrong: Vec<Told>,
}

/// A line of the summary.
struct Told {
    name: String,
    text: String,
    hint: String,
}

pages!(StepForm);

/// The region in a case's number, `family-region-year-number`.
pub(super) fn region_of(number: &str) -> Option<RegionCode> {
    number.rsplit('-').nth(2).and_then(|code| RegionCode::parse(code).ok())
}

/// Asks who may, by the region in the case's number, before anything of it is read.
pub(super) async fn permitted(call: &Call) -> Result<String, Problem> {
    call.signed_in()?;
    let number = call.param("case").to_owned();
    let region = region_of(&number).ok_or_else(Problem::not_found)?;
    call.permit(&Thing::of_region(region, Level::Internal), &format!("case {number}")).await?;
    Ok(number)
}

/// `GET /cases/{case}/steps/{step}`.
pub(crate) async fn show(call: Call) -> Answer {
    let number = permitted(&call).await?;
    let desk = call.server.office()?.desk().await?;
    let case = found(&desk, &number).await?;
    page(&call, &desk, &case, StatusCode::OK, &[])
}

async fn found(desk: &Desk, number: &str) -> Result<Case, Problem> {
    if desk.ledger.case_head(number).await?.is_none() {
        return Err(Problem::not_found());
    }
    Ok(desk.case(number, None).await?)
}

fn page(call: &Call, desk: &Desk, case: &Case, status: StatusCode, wrong: &[Diagnostic]) -> Answer {
    let lang = call.view.lang;
    let procedure = desk.procedure(case)?;
    let step = procedure
        .step(call.param("step"))
        .filter(|step| step.lapse.is_none() && step.from.contains(&case.state));
    let Some(step) = step else { return Err(Problem::not_found()) };
    let inputs = inputs(call, &desk.catalog, procedure, step, wrong);
    let mut frame = Frame::of(call).under("cases.list");
    frame.title = step.name.get(lang).to_owned();
    frame.crumbs.push(Link {
        title: case.number.clone(),
        href: format!("/cases/{}", case.number),
        current: false,
    });
    let told = wrong.iter().map(|problem| Told {
        name: problem.args.get("field").cloned().unwrap_or_else(|| "main".to_owned()),
        text: problem.message(lang),
        hint: problem.hint(lang).unwrap_or_default(),
    });
    let form = StepForm {
        frame,
        about: procedure.head.name.get(lang).to_owned(),
        inputs,
        evidence: step.evidence.iter().chain(&step.fresh).cloned().collect::<Vec<_>>().join("、"),
        head: case.head().unwrap_or_default(),
        action: format!("/cases/{}/steps/{}", case.number, step.id),
        back: format!("/cases/{}", case.number),
        wrong: told.collect(),
    };
    answer(call, status, &form)
}

/// The inputs of a step; what the ledger knows is fetched by the desk and typed by nobody.
fn inputs(
    call: &Call,
    catalog: &Catalog,
    procedure: &Procedure,
    step: &Step,
    wrong: &[Diagnostic],
) -> Vec<Input> {
    let lang = call.view.lang;
    let asked = step.form.iter().map(|id| (id, true)).chain(step.may.iter().map(|id| (id, false)));
    let typed = asked.filter(|(id, _)| procedure.figure(id).is_none());
    let fields = typed.filter_map(|(id, required)| Some((procedure.field(id)?, required)));
    fields
        .map(|(field, required)| {
            let (kind, choices) = kind(catalog, field, call);
            let problem = wrong.iter().find(|problem| problem.args.get("field") == Some(&field.id));
            Input {
                name: field.id.clone(),
                label: field.name.get(lang).to_owned(),
                hint: field.says.as_ref().map(|says| says.get(lang).to_owned()).unwrap_or_default(),
                kind,
                choices,
                value: call.form.get(&field.id).to_owned(),
                required: required && !field.optional,
                wrong: problem.map(|problem| problem.message(lang)).unwrap_or_default(),
            }
        })
        .collect()
}

fn kind(catalog: &Catalog, field: &Field, call: &Call) -> (&'static str, Vec<(String, String)>) {
    let lang = call.view.lang;
    let t = crate::text::Text(lang);
    match &field.kind {
        _ if field.many => ("text", Vec::new()),
        FieldType::Date { .. } => ("date", Vec::new()),
        FieldType::Bool => (
            "choice",
            vec![("true".to_owned(), t.say("server-yes")), ("false".to_owned(), t.say("server-no"))],
        ),
        FieldType::Code { list } => {
            let items = catalog.lists.get(list).map(|list| list.items.as_slice()).unwrap_or_default();
            ("choice", items.iter().map(|item| (item.code.clone(), item.name.get(lang).to_owned())).collect())
        }
        FieldType::Text { max } if *max > 200 => ("long", Vec::new()),
        _ => ("text", Vec::new()),
    }
}

/// Who acts: the officer's account of the registers has the login of the account of the pages.
async fn acting(call: &Call) -> Result<Acting, Problem> {
    let account = call.server.access.account(call.account()).await?.ok_or_else(Problem::not_found)?;
    Ok(Acting {
        account: account.login,
        on: call.server.today(),
        reason: Some(call.form.get("reason").to_owned()).filter(|reason| !reason.is_empty()),
        expect: call.form.get("head").parse().ok(),
        provenance: Provenance::Reported,
        ..Acting::default()
    })
}

fn moment(call: &Call) -> Moment {
    Moment { at: call.server.now(), today: call.server.today() }
}

/// `POST /cases/{case}/steps/{step}`.
pub(crate) async fn take(call: Call) -> Answer {
    let number = permitted(&call).await?;
    let acting = acting(&call).await?;
    let desk = call.server.office()?.desk().await?;
    let case = found(&desk, &number).await?;
    let procedure = desk.procedure(&case)?;
    let step = procedure.step(call.param("step")).ok_or_else(Problem::not_found)?;
    let form = (step.form.iter().chain(&step.may))
        .filter(|id| procedure.figure(id).is_none())
        .map(|id| (id.clone(), call.form.get(id).to_owned()))
        .filter(|(_, text)| !text.is_empty());
    let acting = Acting { form: form.collect(), ..acting };
    match desk.act(moment(&call), &number, Act::Step(step.id.clone()), &acting).await {
        Ok(_) => go(&call, &format!("/cases/{number}")),
        Err(Trouble::Problems(problems)) if problems.iter().all(is_for_the_form) => {
            page(&call, &desk, &case, StatusCode::UNPROCESSABLE_ENTITY, &problems)
        }
        Err(trouble) => Err(trouble.into()),
    }
}

/// Refusals of the procedure and of the fields come back with the form; that a colleague was faster does not.
fn is_for_the_form(problem: &Diagnostic) -> bool {
    !problem.code.starts_with("ZH40")
}

/// `POST /cases/{case}/approve`.
pub(crate) async fn approve(call: Call) -> Answer {
    let number = permitted(&call).await?;
    let acting = acting(&call).await?;
    let desk = call.server.office()?.desk().await?;
    found(&desk, &number).await?;
    let act = match call.form.get("act") {
        "reject" => Act::Reject,
        _ => Act::Approve(Some(call.form.get("seal").to_owned())),
    };
    desk.act(moment(&call), &number, act, &acting).await?;
    go(&call, &format!("/cases/{number}"))
}

//! Acting in a case: the form of a step, taking it, approving what a colleague proposed, the files that were attached.
//!
//! What is typed is checked by the desk exactly as the command's is. A form that comes back keeps what was typed; each problem
//! names its field. The form carries the newest event that its reader saw: if a colleague was faster, nothing is taken.

use std::fs::File;

use axum::http::StatusCode;
use zhiheng_act::case::{Act, Case, Evidence};
use zhiheng_base::{Diagnostic, RegionCode};
use zhiheng_catalog::model::{Procedure, Step};
use zhiheng_desk::acts::Acting;
use zhiheng_desk::{Desk, Moment, Trouble, form};
use zhiheng_record::Provenance;

use super::download;
use super::layout::go;
use super::step_form::{Around, kind_of, page, step_of};
use crate::authorize::{Level, Thing};
use crate::call::Call;
use crate::problem::Problem;
use crate::route::Answer;
use crate::upload::{self, Uploaded};

/// Asks who may, by the region whose case it is now, before anything else of it is read.
pub(crate) async fn permitted(call: &Call, level: Level) -> Result<(String, RegionCode), Problem> {
    call.signed_in()?;
    let number = call.param("case").to_owned();
    let (ledger, _) = call.server.office()?.pins().await;
    let head = ledger.case_head(&number).await?.ok_or_else(Problem::not_found)?;
    let region = zhiheng_desk::cases::region_of(&head).ok_or_else(Problem::not_found)?;
    call.permit(&Thing::of_region(region, level), &format!("case {number}")).await?;
    Ok((number, region))
}

/// `GET /cases/{case}/steps/{step}`.
pub(crate) async fn show(call: Call) -> Answer {
    let (number, _) = permitted(&call, Level::Internal).await?;
    let desk = call.server.office()?.desk().await?;
    let case = desk.case(&number, None).await?;
    let step = step_of(&call, &desk, &case)?;
    page(&call, &desk, &case, step, Around::case(&case, step, "/cases"), (StatusCode::OK, &[]))
}

/// Who acts: the officer's account of the registers has the login of the account of the pages.
pub(super) async fn acting(call: &Call) -> Result<Acting, Problem> {
    let account = call.own_account().await?;
    Ok(acting_as(call, account.login))
}

/// What the form says of an act, by somebody under this account of the registers: an enterprise's is its credit code.
pub(super) fn acting_as(call: &Call, account: String) -> Acting {
    Acting {
        account,
        on: call.server.today(),
        reason: Some(call.form.get("reason").to_owned()).filter(|reason| !reason.is_empty()),
        expect: call.form.get("head").parse().ok(),
        provenance: Provenance::Reported,
        ..Acting::default()
    }
}

pub(crate) fn moment(call: &Call) -> Moment {
    Moment { at: call.server.now(), today: call.server.today() }
}

/// `POST /cases/{case}/steps/{step}`: a form with files.
pub(crate) async fn take(mut call: Call) -> Answer {
    let (number, _) = permitted(&call, Level::Internal).await?;
    // However slowly the files come, the desk is free meanwhile.
    let spool = call.server.office()?.spool().await?;
    let (form, files) = upload::read(&call, &spool).await?;
    call.form = form;
    let acting = acting(&call).await?;
    let desk = call.server.office()?.desk().await?;
    let case = desk.case(&number, None).await?;
    given(&call, &desk, &case, acting, &files, "/cases").await
}

/// What was typed into the fields of a step.
pub(super) fn typed(call: &Call, procedure: &Procedure, step: &Step) -> Vec<(String, String)> {
    let asked = step.form.iter().chain(&step.may).filter(|id| procedure.figure(id).is_none());
    let given = asked.map(|id| (id.clone(), call.form.get(id).to_owned()));
    given.filter(|(_, text)| !text.is_empty()).collect()
}

/// Takes a step with what was typed and given; its pages stand under `base`.
pub(super) async fn given(
    call: &Call,
    desk: &Desk,
    case: &Case,
    acting: Acting,
    files: &[Uploaded],
    base: &str,
) -> Answer {
    let number = &case.number;
    let procedure = desk.procedure(case)?;
    let step = procedure.step(call.param("step")).ok_or_else(Problem::not_found)?;
    let acting = Acting { form: typed(call, procedure, step), evidence: evidence(files), ..acting };
    match taken(call, desk, number, Act::Step(step.id.clone()), &acting, files).await {
        Ok(()) => go(call, &format!("{base}/{number}")),
        Err(Trouble::Problems(problems)) if problems.iter().all(is_for_the_form) => {
            let step = step_of(call, desk, case)?;
            let around = Around::case(case, step, base);
            page(call, desk, case, step, around, (StatusCode::UNPROCESSABLE_ENTITY, &problems))
        }
        Err(trouble) => Err(trouble.into()),
    }
}

/// Takes the step if nothing stands against it; only then are its files kept, before the event that names them.
async fn taken(
    call: &Call,
    desk: &Desk,
    number: &str,
    act: Act,
    acting: &Acting,
    files: &[Uploaded],
) -> Result<(), Trouble> {
    let tried = Acting { dry_run: true, ..acting.clone() };
    if desk.act(moment(call), number, act.clone(), &tried).await?.taken.repeated {
        return Ok(());
    }
    tokio::task::block_in_place(|| {
        for (file, kind) in attached(files) {
            form::keep(&desk.project, kind, &file.name, File::open(&file.path)?)?;
        }
        Ok::<(), Trouble>(())
    })?;
    desk.act(moment(call), number, act, acting).await.map(drop)
}

/// Files that came in fields for attachments.
pub(super) fn attached(files: &[Uploaded]) -> impl Iterator<Item = (&Uploaded, &str)> {
    files.iter().filter_map(|file| Some((file, kind_of(&file.field)?)))
}

pub(super) fn evidence(files: &[Uploaded]) -> Vec<Evidence> {
    let of = |(file, kind): (&Uploaded, &str)| Evidence {
        kind: kind.to_owned(),
        name: file.name.clone(),
        sha256: file.sha256.clone(),
    };
    attached(files).map(of).collect()
}

/// Refusals of the procedure and of the fields come back with the form; that a colleague was faster does not.
pub(super) fn is_for_the_form(problem: &Diagnostic) -> bool {
    !problem.code.starts_with("ZH40")
}

/// `POST /cases/{case}/approve`.
pub(crate) async fn approve(call: Call) -> Answer {
    let (number, _) = permitted(&call, Level::Internal).await?;
    let acting = acting(&call).await?;
    let desk = call.server.office()?.desk().await?;
    let act = match call.form.get("act") {
        "reject" => Act::Reject,
        _ => Act::Approve(Some(call.form.get("seal").to_owned())),
    };
    desk.act(moment(&call), &number, act, &acting).await?;
    go(&call, &format!("/cases/{number}"))
}

/// `GET /cases/{case}/files/{file}`: a file as it was attached, by its SHA-256. It may hold data of persons; who looked is noted.
pub(crate) async fn file(call: Call) -> Answer {
    let (number, _) = permitted(&call, Level::Personal).await?;
    let desk = call.server.office()?.desk().await?;
    let case: Case = desk.case(&number, None).await?;
    let wanted = call.param("file");
    let file = case.evidence.iter().find(|file| file.sha256 == wanted).ok_or_else(Problem::not_found)?;
    let (name, path) = (file.name.clone(), desk.project.file(wanted));
    // A large file takes a while; the desk is not needed for it.
    drop(desk);
    download::saved(download::bytes(path, wanted, &name).await?, download::ANY, &name)
}

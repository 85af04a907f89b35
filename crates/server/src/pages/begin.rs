//! Opening a case: which procedures somebody may open, the form of the first step, and taking it.

use std::fs::File;

use axum::http::StatusCode;
use serde_json::{Map, Value as Json};
use zhiheng_act::case::Case;
use zhiheng_base::{Diagnostic, RegionCode};
use zhiheng_catalog::model::{Procedure, RoleBy, Step};
use zhiheng_desk::acts::Acting;
use zhiheng_desk::{Desk, Trouble, form};

use super::act::{acting, attached, evidence, is_for_the_form, moment, typed};
use super::layout::go;
use super::sheet::{Cell, Section, Sheet, Table};
use super::step_form::{Around, page};
use crate::authorize::{Level, Thing};
use crate::call::Call;
use crate::problem::Problem;
use crate::route::Answer;
use crate::signin::secret;
use crate::text::Text;
use crate::upload::{self, Uploaded};

/// Field with the name under which what a form says is taken once, however often it is sent.
const ONCE: &str = "once";

/// `GET /cases/new`.
pub(crate) async fn list(call: Call) -> Answer {
    let (t, lang) = (Text(call.view.lang), call.view.lang);
    let desk = call.server.office()?.desk().await?;
    let login = acting(&call).await?.account;
    let mut table = Table::new(&call, "openers", &["step", "procedure", "who", "basis"]);
    for procedure in desk.catalog.procedures.values().filter(|one| in_force(one, &call)) {
        for step in openers(procedure).filter(|step| may(&desk, procedure, step, &login)) {
            let who = step.who.iter().filter_map(|id| procedure.role(id)).map(|role| role.name.get(lang));
            let address = format!("/cases/new/{}/{}", procedure.head.id, step.id);
            table.rows.push(vec![
                Cell::to(step.name.get(lang), address),
                Cell::of(procedure.head.name.get(lang)),
                Cell::of(who.collect::<Vec<_>>().join(&t.between("list-separator"))),
                Cell::of(procedure.head.basis.join(&t.between("clause-separator"))),
            ]);
        }
    }
    table.empty = t.say("begin-none");
    let mut sheet = Sheet::of(&call);
    sheet.frame = sheet.frame.under("cases.list");
    sheet.lead = t.say("begin-lead");
    sheet.sections.push(Section::Table(table));
    sheet.answer(&call)
}

fn in_force(procedure: &Procedure, call: &Call) -> bool {
    let (head, today) = (&procedure.head, call.server.today());
    head.since <= today && head.until.is_none_or(|until| today <= until)
}

/// The steps that open a case by hand.
fn openers(procedure: &Procedure) -> impl Iterator<Item = &Step> {
    procedure.steps.iter().filter(|step| step.from.is_empty() && step.lapse.is_none())
}

/// Whether an account holds one of the step's roles anywhere, itself or as a deputy; for which region, the form decides.
fn may(desk: &Desk, procedure: &Procedure, step: &Step, login: &str) -> bool {
    let person = desk.staff.officers.iter().find(|officer| officer.account == login).map(|one| &one.person);
    let for_whom = desk.staff.delegations.iter().filter(|one| Some(&one.deputy) == person);
    let persons: Vec<&String> = person.into_iter().chain(for_whom.map(|one| &one.person)).collect();
    step.who.iter().filter_map(|id| procedure.role(id)).any(|role| match &role.by {
        RoleBy::Holds(code) => {
            desk.staff.officers.iter().any(|one| one.role == *code && persons.contains(&&one.person))
        }
        _ => false,
    })
}

/// The procedure and the step of the address.
fn asked<'d>(call: &Call, desk: &'d Desk) -> Result<(&'d Procedure, &'d Step), Problem> {
    let procedure = desk.catalog.procedures.get(call.param("procedure"));
    let procedure = procedure.filter(|one| in_force(one, call)).ok_or_else(Problem::not_found)?;
    let step =
        openers(procedure).find(|step| step.id == call.param("step")).ok_or_else(Problem::not_found)?;
    let by_hand = step.who.iter().filter_map(|id| procedure.role(id));
    match by_hand.into_iter().any(|role| matches!(role.by, RoleBy::Holds(_))) {
        true => Ok((procedure, step)),
        false => Err(Problem::not_found()),
    }
}

/// The name that the form came with, or a new one; nobody guesses it.
fn once(call: &Call) -> Result<String, Problem> {
    match call.form.get(ONCE) {
        given if secret::is_plausible(given) => Ok(given.to_owned()),
        _ => secret::random(),
    }
}

/// `GET /cases/new/{procedure}/{step}`.
pub(crate) async fn show(call: Call) -> Answer {
    let desk = call.server.office()?.desk().await?;
    let (procedure, step) = asked(&call, &desk)?;
    filled(&call, &desk, (procedure, step), StatusCode::OK, &[])
}

fn filled(
    call: &Call,
    desk: &Desk,
    (procedure, step): (&Procedure, &Step),
    status: StatusCode,
    wrong: &[Diagnostic],
) -> Answer {
    let around = Around {
        under: "cases.new",
        back: "/cases/new".to_owned(),
        action: format!("/cases/new/{}/{}", procedure.head.id, step.id),
        hidden: vec![(ONCE, once(call)?)],
    };
    // Nothing is on record yet.
    let case = Case { procedure: procedure.head.id.clone(), ..Case::default() };
    page(call, desk, &case, step, around, (status, wrong))
}

/// `POST /cases/new/{procedure}/{step}`: a form with files.
pub(crate) async fn take(mut call: Call) -> Answer {
    call.signed_in()?;
    let spool = call.server.office()?.spool().await?;
    let (form, files) = upload::read(&call, &spool).await?;
    call.form = form;
    let desk = call.server.office()?.desk().await?;
    let (procedure, step) = asked(&call, &desk)?;
    let acting = Acting {
        form: typed(&call, procedure, step),
        evidence: evidence(&files),
        expect: None,
        id: Some(format!("page/{}/{}", call.account(), once(&call)?)),
        ..acting(&call).await?
    };
    match opened(&call, &desk, (procedure, step), &acting, &files).await? {
        Ok(number) => go(&call, &format!("/cases/{number}")),
        Err(Trouble::Problems(problems)) if problems.iter().all(is_for_the_form) => {
            filled(&call, &desk, (procedure, step), StatusCode::UNPROCESSABLE_ENTITY, &problems)
        }
        Err(trouble) => Err(trouble.into()),
    }
}

/// Opens the case if nothing stands against it and its region is one in which this account may: the region stands on the
/// form, so it is known only once the form is read. Files are kept before the event that names them.
async fn opened(
    call: &Call,
    desk: &Desk,
    (procedure, step): (&Procedure, &Step),
    acting: &Acting,
    files: &[Uploaded],
) -> Result<Result<String, Trouble>, Problem> {
    let family = &procedure.head.id;
    let tried = Acting { dry_run: true, ..acting.clone() };
    let tried = match desk.open_case(moment(call), family, &step.id, &tried).await {
        Ok(done) => done.taken,
        Err(trouble) => {
            call.permit(&Thing::instance(), &format!("open {family}")).await?;
            return Ok(Err(trouble));
        }
    };
    let region = tried.region.unwrap_or(RegionCode::NATION);
    call.permit(&Thing::of_region(region, Level::Internal), &format!("open {family} {}", tried.event.case))
        .await?;
    if tried.repeated {
        return Ok(Ok(tried.event.case));
    }
    let kept = tokio::task::block_in_place(|| {
        for (file, kind) in attached(files) {
            form::keep(&desk.project, kind, &file.name, File::open(&file.path)?)?;
        }
        Ok::<(), Trouble>(())
    });
    if let Err(trouble) = kept {
        return Ok(Err(trouble));
    }
    match desk.open_case(moment(call), family, &step.id, acting).await {
        Ok(done) => Ok(Ok(done.taken.event.case)),
        Err(Trouble::Problems(problems)) => {
            let before = before(desk, &problems, &tried.event.form).await?;
            Ok(before.ok_or(Trouble::Problems(problems)))
        }
        Err(trouble) => Ok(Err(trouble)),
    }
}

/// The case that this very form has opened before: a phone without a network sends until it hears an answer.
async fn before(
    desk: &Desk,
    problems: &[Diagnostic],
    form: &Map<String, Json>,
) -> Result<Option<String>, Problem> {
    let taken = problems.iter().find(|problem| problem.code == "ZH4045");
    let entry = taken.and_then(|problem| problem.args.get("entry")?.parse::<u64>().ok());
    let Some(entry) = entry else { return Ok(None) };
    let entry = desk.ledger.entry(entry).await?;
    let is_same = entry.data["event"]["form"].as_object().cloned().unwrap_or_default() == *form;
    Ok(entry.data["case"].as_str().filter(|_| is_same).map(str::to_owned))
}

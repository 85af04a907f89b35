//! Taking a step of a case: fields as JSON, files beside them. What a person does on the form of the step, with the same checks; who
//! may is asked of the access role and of the procedure's own.

use std::collections::BTreeMap;
use std::fs::File;

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value as Json;
use utoipa::ToSchema;
use zhiheng_act::case::{Act, Case, Evidence};
use zhiheng_base::{Diagnostic, RegionCode};
use zhiheng_catalog::model::{Procedure, RoleBy, Step};
use zhiheng_desk::acts::Acting;
use zhiheng_desk::{Desk, Trouble, form};
use zhiheng_record::Provenance;

use super::whole;
use crate::api::once::{self, Done, act, mark_of, matches, media, once, unknown_media};
use crate::api::parameters::check;
use crate::authorize::{Action, Level, Role, Thing};
use crate::call::Call;
use crate::pages::act::{moment, permitted};
use crate::problem::Problem;
use crate::route::Answer;
use crate::upload::{self, Uploaded};

/// Part of a multipart request that holds the JSON.
const BODY: &str = "body";

/// A step that is taken.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct StepGiven {
    /// Fields of the form: texts, numbers, truths, lists of texts.
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

/// `POST /api/v1/cases/{case}/steps/{step}`.
pub(crate) async fn take(call: Call) -> Answer {
    let (number, region) = permitted(&call, Level::Internal).await?;
    let office = call.server.office()?;
    let wanted = {
        let desk = office.desk().await?;
        let case = desk.case(&number, None).await?;
        let procedure = desk.procedure(&case)?;
        action(procedure, procedure.step(call.param("step")).ok_or_else(Problem::not_found)?)
    };
    call.permit_to(wanted, &Thing::of_region(region, Level::Internal), &format!("case {number}")).await?;
    check(&call)?;
    let (given, files, content) = brought::<StepGiven>(&call).await?;
    let work = async {
        let login = login(&call).await?;
        let desk = office.desk().await?;
        let id = act(&call, 0)?;
        if desk.ledger.acted(&id).await?.is_none() {
            let case = desk.case(&number, None).await?;
            matches(&call, case.head().map(mark_of).as_deref())?;
            let acting = acting(&call, login, &given, &files)?;
            let acting = Acting { id: Some(id), expect: case.head(), ..acting };
            taken(&call, &desk, &number, call.param("step"), &acting, &files).await?;
        }
        let (case, region) = after(&desk, &number, region).await?;
        let whole = whole(&call, &desk, &case, region).await?;
        let mark = mark_of(whole.head);
        Ok(Done::of(whole).marked(mark))
    };
    once(&call, &content, work).await
}

/// The case after the step; it may be another region's now.
async fn after(desk: &Desk, number: &str, before: RegionCode) -> Result<(Case, RegionCode), Problem> {
    let head = desk.ledger.case_head(number).await?;
    let region = head.as_ref().and_then(zhiheng_desk::cases::region_of).unwrap_or(before);
    Ok((desk.case(number, None).await?, region))
}

/// The account under which the caller acts in cases.
pub(super) async fn login(call: &Call) -> Result<String, Problem> {
    Ok(call.own_account().await?.login)
}

/// What a step takes of an access role: a step of laboratories alone is entering results, every other is handling.
pub(crate) fn action(procedure: &Procedure, step: &Step) -> Action {
    let of_laboratory = |id: &String| {
        let role = procedure.role(id).map(|role| &role.by);
        matches!(role, Some(RoleBy::Holds(code)) if code == Role::Laboratory.code())
    };
    let tests = !step.who.is_empty() && step.who.iter().all(of_laboratory);
    if tests { Action::Test } else { Action::Handle }
}

/// JSON and files of a request, with what they come to for its key.
pub(super) async fn brought<T: DeserializeOwned>(
    call: &Call,
) -> Result<(T, Vec<Uploaded>, Vec<u8>), Problem> {
    match media(call).as_str() {
        "application/json" => {
            let (given, bytes) = once::body(call).await?;
            Ok((given, Vec::new(), bytes))
        }
        "multipart/form-data" => {
            let spool = call.server.office()?.spool().await?;
            let (form, files) = upload::read(call, &spool).await?;
            let text = form.raw(BODY);
            let given = once::read(text.as_bytes())?;
            let mut content = text.as_bytes().to_vec();
            for file in &files {
                content
                    .extend_from_slice(format!("\n{} {} {}", file.field, file.name, file.sha256).as_bytes());
            }
            Ok((given, files, content))
        }
        _ => Err(unknown_media(call, "application/json, multipart/form-data")),
    }
}

/// The files of a step as its evidence.
fn evidence(given: &StepGiven, files: &[Uploaded]) -> Result<Vec<Evidence>, Diagnostic> {
    let mut found = Vec::new();
    for (kind, parts) in &given.files {
        for part in parts {
            let file = files.iter().find(|file| file.field == *part);
            let file = file.ok_or_else(|| Diagnostic::error("ZH7579").arg("part", part))?;
            found.push(Evidence { kind: kind.clone(), name: file.name.clone(), sha256: file.sha256.clone() });
        }
    }
    Ok(found)
}

/// What is typed into a field for this value; `None` for what is no value of a form.
fn typed(value: &Json) -> Option<String> {
    Some(match value {
        Json::Null => String::new(),
        Json::String(text) => text.clone(),
        Json::Number(number) => number.to_string(),
        Json::Bool(truth) => truth.to_string(),
        Json::Array(items) => items.iter().map(Json::as_str).collect::<Option<Vec<_>>>()?.join("; "),
        Json::Object(_) => return None,
    })
}

/// Who acts with what.
pub(super) fn acting(
    call: &Call,
    account: String,
    given: &StepGiven,
    files: &[Uploaded],
) -> Result<Acting, Diagnostic> {
    let mut form = Vec::new();
    for (field, value) in &given.form {
        let refused = || Diagnostic::error("ZH7574").arg("detail", format!("form.{field}"));
        let text = typed(value).ok_or_else(refused)?;
        if !text.is_empty() {
            form.push((field.clone(), text));
        }
    }
    Ok(Acting {
        account,
        on: call.server.today(),
        form,
        evidence: evidence(given, files)?,
        reason: Some(given.reason.trim().to_owned()).filter(|reason| !reason.is_empty()),
        provenance: Provenance::Reported,
        ..Acting::default()
    })
}

/// Takes the step if nothing stands against it; only then are its files kept, before the event that names them.
pub(super) async fn taken(
    call: &Call,
    desk: &Desk,
    number: &str,
    step: &str,
    acting: &Acting,
    files: &[Uploaded],
) -> Result<(), Problem> {
    let act = || Act::Step(step.to_owned());
    let moment = moment(call);
    desk.act(moment, number, act(), &Acting { dry_run: true, ..acting.clone() }).await?;
    tokio::task::block_in_place(|| {
        for one in &acting.evidence {
            let file = files.iter().find(|file| file.sha256 == one.sha256 && file.name == one.name);
            if let Some(file) = file {
                form::keep(&desk.project, &one.kind, &file.name, File::open(&file.path)?)?;
            }
        }
        Ok::<(), Trouble>(())
    })?;
    desk.act(moment, number, act(), acting).await?;
    Ok(())
}

//! Cases for programs: one case as it stands, with the steps that lie before it and what their forms ask.

pub(crate) mod bulk;
pub(crate) mod step;

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::Value as Json;
use utoipa::ToSchema;
use zhiheng_act::case::{Case, stands, to_json};
use zhiheng_base::RegionCode;
use zhiheng_catalog::model::{Field, FieldType, Procedure, Step};
use zhiheng_desk::Desk;

use super::answer;
use super::once::{mark_of, marked};
use super::parameters::check;
use crate::authorize::Level;
use crate::call::Call;
use crate::pages::act::permitted;
use crate::problem::Problem;
use crate::route::Answer;

/// A case as it stands.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CaseWhole {
    /// Number.
    pub(crate) case: String,
    /// Procedure.
    pub(crate) procedure: String,
    /// State.
    pub(crate) state: String,
    /// Whose case it is.
    pub(crate) region: String,
    /// The case from which it follows.
    pub(crate) parent: Option<String>,
    /// Entry of its newest event: what an actor names as seen.
    pub(crate) head: u64,
    /// What its forms say; data of persons are left out.
    #[schema(value_type = Object)]
    pub(crate) sheet: BTreeMap<String, Json>,
    /// Steps that lie before it.
    pub(crate) steps: Vec<StepAhead>,
    /// What was attached.
    pub(crate) files: Vec<CaseFile>,
    /// What was done, in order.
    pub(crate) events: Vec<CaseEvent>,
}

/// A step that lies before a case.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct StepAhead {
    /// Step.
    pub(crate) step: String,
    /// Its name, in the language asked for.
    pub(crate) name: String,
    /// Roles of the procedure of which one takes it.
    pub(crate) who: Vec<String>,
    /// Whether it is proposed and waits for approval.
    pub(crate) proposed: bool,
    /// First day.
    pub(crate) opens: Option<String>,
    /// Last day.
    pub(crate) due: Option<String>,
    /// What stands against it today.
    pub(crate) obstacles: Vec<Obstacle>,
    /// What is filled in.
    pub(crate) form: Vec<FieldAsked>,
    /// Kinds of files of which one is attached.
    pub(crate) files: Vec<FileAsked>,
}

/// Why a step cannot be taken now.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Obstacle {
    /// Code.
    pub(crate) code: String,
    /// The sentence.
    pub(crate) message: String,
}

/// A field of a form.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FieldAsked {
    /// Field.
    pub(crate) field: String,
    /// Its name.
    pub(crate) name: String,
    /// `text`, `integer`, `decimal`, `money`, `date`, `bool`, `code`, `region`, `enterprise`, `product`, `standard`, `subject`.
    pub(crate) kind: String,
    /// Whether it must be filled in.
    pub(crate) required: bool,
    /// Whether it takes several values.
    pub(crate) many: bool,
    /// Codes of which one is given.
    pub(crate) codes: Vec<String>,
}

/// A kind of file.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FileAsked {
    /// Kind.
    pub(crate) kind: String,
    /// Its name.
    pub(crate) name: String,
    /// Whether one must be attached now.
    pub(crate) required: bool,
}

/// A file of a case.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CaseFile {
    /// Kind.
    pub(crate) kind: String,
    /// Name.
    pub(crate) name: String,
    /// SHA-256, hex.
    pub(crate) sha256: String,
}

/// Something that was done.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CaseEvent {
    /// Its entry.
    pub(crate) entry: u64,
    /// Step.
    pub(crate) step: String,
    /// Account; `null` where a clock did it.
    pub(crate) by: Option<String>,
    /// The day.
    pub(crate) on: String,
}

/// `GET /api/v1/cases/{case}`.
pub(crate) async fn show(call: Call) -> Answer {
    let (number, region) = permitted(&call, Level::Internal).await?;
    check(&call)?;
    let desk = call.server.office()?.desk().await?;
    let case = desk.case(&number, None).await?;
    let whole = whole(&call, &desk, &case, region).await?;
    let mark = mark_of(whole.head);
    marked(answer(&call, whole).await, &mark)
}

/// A case with all that a program needs to go on with it.
pub(super) async fn whole(
    call: &Call,
    desk: &Desk,
    case: &Case,
    region: RegionCode,
) -> Result<CaseWhole, Problem> {
    let lang = call.view.lang;
    let on = call.server.today();
    let procedure = desk.procedure(case)?;
    let below = desk.below(&case.number).await?;
    let ahead = desk.within(on, &below, |world| stands(world, case, on))?;
    let steps = ahead.into_iter().filter_map(|choice| {
        let step = procedure.step(&choice.step)?;
        Some(StepAhead {
            step: choice.step.clone(),
            name: choice.name.get(lang).to_owned(),
            who: choice.who.clone(),
            proposed: choice.proposed,
            opens: choice.opens.map(|day| day.to_string()),
            due: choice.due.map(|day| day.to_string()),
            obstacles: (choice.obstacles.iter())
                .map(|one| Obstacle { code: one.code.to_string(), message: one.message(lang) })
                .collect(),
            form: asked(call, desk, procedure, step),
            files: attached(call, desk, case, step),
        })
    });
    let sheet = procedure.fields.iter().filter(|field| !field.personal).filter_map(|field| {
        let value = to_json(field, case.sheet.get(&field.id)?);
        (!value.is_null()).then(|| (field.id.clone(), value))
    });
    Ok(CaseWhole {
        case: case.number.clone(),
        procedure: case.procedure.clone(),
        state: case.state.clone(),
        region: region.to_string(),
        parent: case.parent.clone(),
        head: case.head().unwrap_or_default(),
        sheet: sheet.collect(),
        steps: steps.collect(),
        files: (case.evidence.iter())
            .map(|file| CaseFile {
                kind: file.kind.clone(),
                name: file.name.clone(),
                sha256: file.sha256.clone(),
            })
            .collect(),
        events: (case.events.iter())
            .map(|(entry, event)| CaseEvent {
                entry: *entry,
                step: event.step.clone(),
                by: event.actor.as_ref().map(|actor| actor.account.clone()),
                on: event.on.to_string(),
            })
            .collect(),
    })
}

fn asked(call: &Call, desk: &Desk, procedure: &Procedure, step: &Step) -> Vec<FieldAsked> {
    let must = step.form.iter().map(|id| (id, true));
    let all = must.chain(step.may.iter().map(|id| (id, false)));
    // What the ledger knows is fetched and given by nobody.
    let typed = all.filter(|(id, _)| procedure.figure(id).is_none());
    let of = |(field, required): (&Field, bool)| {
        let (kind, list) = kind(&field.kind);
        let items = list.and_then(|list| desk.catalog.lists.get(list));
        FieldAsked {
            field: field.id.clone(),
            name: field.name.get(call.view.lang).to_owned(),
            kind: kind.to_owned(),
            required: required && !field.optional,
            many: field.many,
            codes: items
                .map(|list| list.items.iter().map(|item| item.code.clone()).collect())
                .unwrap_or_default(),
        }
    };
    typed.filter_map(|(id, required)| Some((procedure.field(id)?, required))).map(of).collect()
}

fn attached(call: &Call, desk: &Desk, case: &Case, step: &Step) -> Vec<FileAsked> {
    let fresh = step.fresh.iter().map(|kind| (kind, true));
    let others = step.evidence.iter().filter(|kind| !step.fresh.contains(kind));
    // A file of the kind that is on record already does.
    let others = others.map(|kind| (kind, case.evidence.iter().all(|file| file.kind != *kind)));
    let of = |(kind, required): (&String, bool)| FileAsked {
        kind: kind.clone(),
        name: (desk.catalog.evidence_name(&case.procedure, kind))
            .map_or(kind.as_str(), |name| name.get(call.view.lang))
            .to_owned(),
        required,
    };
    fresh.chain(others).map(of).collect()
}

/// Word of a field's type, and its code list.
fn kind(kind: &FieldType) -> (&'static str, Option<&String>) {
    match kind {
        FieldType::Text { .. } => ("text", None),
        FieldType::Integer { .. } => ("integer", None),
        FieldType::Decimal { .. } => ("decimal", None),
        FieldType::Money => ("money", None),
        FieldType::Date { .. } => ("date", None),
        FieldType::Bool => ("bool", None),
        FieldType::Code { list } => ("code", Some(list)),
        FieldType::Region { .. } => ("region", None),
        FieldType::Enterprise => ("enterprise", None),
        FieldType::Product => ("product", None),
        FieldType::Standard => ("standard", None),
        FieldType::Subject { .. } => ("subject", None),
    }
}

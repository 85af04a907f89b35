//! The form of a step: what is to be filled in and attached, with what is wrong at its place.

use askama::Template;
use axum::http::StatusCode;
use zhiheng_act::case::Case;
use zhiheng_base::Diagnostic;
use zhiheng_catalog::Catalog;
use zhiheng_catalog::model::{Field, FieldType, Procedure, Step};
use zhiheng_desk::Desk;

use super::fields::Wrong;
use super::layout::{Frame, Link, answer, pages};
use crate::call::Call;
use crate::problem::Problem;
use crate::route::Answer;
use crate::text::Text;

/// Fields of attachments are called after their kind, so that they are not taken for fields of the sheet.
const FILE: &str = "file-";

/// A field of the form.
#[derive(Clone, Debug, Default)]
struct Input {
    name: String,
    label: String,
    hint: String,
    /// `text`, `date`, `choice`, `long`, `file`.
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
    head: u64,
    action: String,
    back: String,
    wrong: Vec<Wrong>,
}

pages!(StepForm);

/// The kind of attachment that a field of the form takes.
pub(super) fn kind_of(field: &str) -> Option<&str> {
    field.strip_prefix(FILE)
}

/// The form, with what was typed and what is wrong with it.
pub(super) fn page(
    call: &Call,
    desk: &Desk,
    case: &Case,
    step: &Step,
    status: StatusCode,
    wrong: &[Diagnostic],
) -> Answer {
    let lang = call.view.lang;
    let procedure = desk.procedure(case)?;
    let wrong: Vec<Diagnostic> = wrong.iter().map(|one| told(one, &desk.catalog, procedure, call)).collect();
    let mut inputs = typed(call, &desk.catalog, procedure, step, &wrong);
    inputs.extend(files(call, &desk.catalog, procedure, step, case, &wrong));
    let mut frame = Frame::of(call).under("cases.list");
    step.name.get(lang).clone_into(&mut frame.title);
    let back = format!("/cases/{}", case.number);
    frame.crumbs.push(Link { title: case.number.clone(), href: back.clone(), current: false });
    let form = StepForm {
        about: procedure.head.name.get(lang).to_owned(),
        inputs,
        head: case.head().unwrap_or_default(),
        action: format!("{back}/steps/{}", step.id),
        back,
        wrong: wrong.iter().map(|one| Wrong::of(frame.t, &place(one), one)).collect(),
        frame,
    };
    answer(call, status, &form)
}

/// The step of the address, if the case stands where it can be taken.
pub(super) fn step_of<'d>(call: &Call, desk: &'d Desk, case: &Case) -> Result<&'d Step, Problem> {
    let step = desk.procedure(case)?.step(call.param("step"));
    let step = step.filter(|step| step.lapse.is_none() && step.from.contains(&case.state));
    step.ok_or_else(Problem::not_found)
}

/// Where a problem stands on the page.
fn place(problem: &Diagnostic) -> String {
    let arg = |name: &str| problem.args.get(name);
    let file = || arg("code_of_kind").map(|kind| format!("{FILE}{kind}"));
    arg("field").cloned().or_else(file).unwrap_or_else(|| "main".to_owned())
}

/// A problem in the words of the page: kinds of attachments by their names.
fn told(problem: &Diagnostic, catalog: &Catalog, procedure: &Procedure, call: &Call) -> Diagnostic {
    match problem.args.get("kind").cloned() {
        Some(kind) if problem.code == "ZH8209" => {
            let name = label(catalog, procedure, &kind, call);
            problem.clone().arg("kind", name).arg("code_of_kind", kind)
        }
        _ => problem.clone(),
    }
}

fn label(catalog: &Catalog, procedure: &Procedure, kind: &str, call: &Call) -> String {
    let name = catalog.evidence_name(&procedure.head.id, kind);
    name.map_or(kind, |name| name.get(call.view.lang)).to_owned()
}

/// What is typed; what the ledger knows is fetched by the desk and typed by nobody.
fn typed(
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
            Input {
                name: field.id.clone(),
                label: field.name.get(lang).to_owned(),
                hint: field.says.as_ref().map(|says| says.get(lang).to_owned()).unwrap_or_default(),
                kind,
                choices,
                value: call.form.get(&field.id).to_owned(),
                required: required && !field.optional,
                wrong: wrong_at(&field.id, wrong, call),
            }
        })
        .collect()
}

/// What is attached: every kind that the step wants, required unless such a file is on record already.
fn files(
    call: &Call,
    catalog: &Catalog,
    procedure: &Procedure,
    step: &Step,
    case: &Case,
    wrong: &[Diagnostic],
) -> Vec<Input> {
    let t = Text(call.view.lang);
    let mut kinds: Vec<(&String, bool)> = step.fresh.iter().map(|kind| (kind, true)).collect();
    for kind in step.evidence.iter().filter(|kind| !step.fresh.contains(kind)) {
        kinds.push((kind, case.evidence.iter().all(|file| file.kind != *kind)));
    }
    let input = |(kind, required): (&String, bool)| {
        let name = format!("{FILE}{kind}");
        // Browsers do not give a file back: after a mistake elsewhere it has to be chosen again.
        let again = if wrong.is_empty() { "server-file-hint" } else { "server-file-again" };
        Input {
            label: label(catalog, procedure, kind, call),
            hint: t.say(again),
            kind: "file",
            required,
            wrong: wrong_at(&name, wrong, call),
            name,
            ..Input::default()
        }
    };
    kinds.into_iter().map(input).collect()
}

fn wrong_at(name: &str, wrong: &[Diagnostic], call: &Call) -> String {
    let problem = wrong.iter().find(|problem| place(problem) == name);
    problem.map(|problem| problem.message(call.view.lang)).unwrap_or_default()
}

fn kind(catalog: &Catalog, field: &Field, call: &Call) -> (&'static str, Vec<(String, String)>) {
    let lang = call.view.lang;
    let t = Text(lang);
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

//! The form of a step: what is to be filled in and attached, with what is wrong at its place.

use std::collections::BTreeSet;

use axum::http::StatusCode;
use zhiheng_act::case::Case;
use zhiheng_base::Diagnostic;
use zhiheng_catalog::model::{Field, FieldType, Procedure, Step};
use zhiheng_catalog::{Catalog, PRODUCTS};
use zhiheng_desk::Desk;

use super::forms::{Blank, Filled, told};
use super::sheet::{Section, Sheet};
use crate::authorize::Action;
use crate::call::Call;
use crate::problem::Problem;
use crate::route::Answer;
use crate::text::Text;

/// Fields of attachments are called after their kind, so that they are not taken for fields of the sheet.
const FILE: &str = "file-";

/// Longest list of choices.
const LONGEST: usize = 300;

/// The kind of attachment that a field of the form takes.
pub(super) fn kind_of(field: &str) -> Option<&str> {
    field.strip_prefix(FILE)
}

/// The step of the address, if the case stands where it can be taken.
pub(super) fn step_of<'d>(call: &Call, desk: &'d Desk, case: &Case) -> Result<&'d Step, Problem> {
    let step = desk.procedure(case)?.step(call.param("step"));
    let step = step.filter(|step| step.lapse.is_none() && step.from.contains(&case.state));
    step.ok_or_else(Problem::not_found)
}

/// Where a form stands.
pub(super) struct Around {
    /// The list that it belongs to.
    pub(super) under: &'static str,
    /// Where one goes without sending it.
    pub(super) back: String,
    /// Where it is sent.
    pub(super) action: String,
    /// What goes along unseen.
    pub(super) hidden: Vec<(&'static str, String)>,
}

impl Around {
    /// The form of a step of a case whose pages stand under `base`; with it goes the newest event that its reader saw.
    pub(super) fn case(case: &Case, step: &Step, base: &str) -> Around {
        let back = format!("{base}/{}", case.number);
        Around {
            under: if base == "/cases" { "cases.list" } else { "firm.home" },
            action: format!("{back}/steps/{}", step.id),
            back,
            hidden: vec![("head", case.head().unwrap_or_default().to_string())],
        }
    }
}

/// The form, with what was typed and what is wrong with it.
pub(super) fn page(
    call: &Call,
    desk: &Desk,
    case: &Case,
    step: &Step,
    around: Around,
    (status, wrong): (StatusCode, &[Diagnostic]),
) -> Answer {
    let lang = call.view.lang;
    let procedure = desk.procedure(case)?;
    let asking = Asking { call, catalog: &desk.catalog, procedure, step };
    let wrong: Vec<Diagnostic> = wrong.iter().map(|problem| asking.in_words(problem)).collect();
    let name = step.name.get(lang);
    let mut sheet = Sheet::new(call, name);
    sheet.frame = sheet.frame.under(around.under);
    name.clone_into(&mut sheet.frame.title);
    if !case.number.is_empty() {
        sheet.crumb(case.number.clone(), around.back.clone());
    }
    sheet.lead = procedure.head.name.get(lang).to_owned();
    sheet.wrong = told(lang, &wrong, "main");
    let mut form = Filled::new(String::new(), around.action, name.to_owned());
    form.files = true;
    form.hidden = around.hidden;
    form.back = around.back;
    form.outbox = call.account().to_owned();
    form.blanks = asking.typed(&wrong);
    form.blanks.extend(asking.attached(case, &wrong));
    sheet.sections.push(Section::Form(form));
    sheet.answer_as(call, status)
}

/// The fields of a step that are typed, with what was typed and what is wrong.
pub(super) fn blanks(
    call: &Call,
    desk: &Desk,
    procedure: &Procedure,
    step: &Step,
    wrong: &[Diagnostic],
) -> Vec<Blank> {
    Asking { call, catalog: &desk.catalog, procedure, step }.typed(wrong)
}

/// Who asks for which step.
struct Asking<'a> {
    call: &'a Call,
    catalog: &'a Catalog,
    procedure: &'a Procedure,
    step: &'a Step,
}

impl Asking<'_> {
    /// A problem in the words of the page: what is missing is named by its name, and stands at its field.
    fn in_words(&self, problem: &Diagnostic) -> Diagnostic {
        match problem.args.get("kind") {
            Some(kind) if problem.code == "ZH8209" => Diagnostic::error("ZH7544")
                .arg("kind", self.kind_name(kind))
                .arg("field", format!("{FILE}{kind}")),
            _ => problem.clone(),
        }
    }

    fn kind_name(&self, kind: &str) -> String {
        let name = self.catalog.evidence_name(&self.procedure.head.id, kind);
        name.map_or(kind, |name| name.get(self.call.view.lang)).to_owned()
    }

    /// What is typed; what the ledger knows is fetched by the desk and typed by nobody.
    fn typed(&self, wrong: &[Diagnostic]) -> Vec<Blank> {
        let lang = self.call.view.lang;
        let must = self.step.form.iter().map(|id| (id, true));
        let asked = must.chain(self.step.may.iter().map(|id| (id, false)));
        let typed = asked.filter(|(id, _)| self.procedure.figure(id).is_none());
        let blank = |(field, required): (&Field, bool)| {
            let (kind, choices) = self.kind(field);
            let blank = Blank {
                name: field.id.clone(),
                label: field.name.get(lang).to_owned(),
                hint: field.says.as_ref().map(|says| says.get(lang).to_owned()).unwrap_or_default(),
                kind,
                choices,
                value: self.call.form.get(&field.id).to_owned(),
                required: required && !field.optional,
                ..Blank::default()
            };
            blank.judged(lang, wrong)
        };
        typed.filter_map(|(id, required)| Some((self.procedure.field(id)?, required))).map(blank).collect()
    }

    /// What is attached: every kind that the step wants, required unless such a file is on record already.
    fn attached(&self, case: &Case, wrong: &[Diagnostic]) -> Vec<Blank> {
        let t = Text(self.call.view.lang);
        let step = self.step;
        let mut kinds: Vec<(&String, bool)> = step.fresh.iter().map(|kind| (kind, true)).collect();
        for kind in step.evidence.iter().filter(|kind| !step.fresh.contains(kind)) {
            kinds.push((kind, case.evidence.iter().all(|file| file.kind != *kind)));
        }
        // Browsers do not give a file back: after a mistake elsewhere it has to be chosen again.
        let hint = t.say(if wrong.is_empty() { "server-file-hint" } else { "server-file-again" });
        let blank = |(kind, required): (&String, bool)| {
            let blank = Blank {
                name: format!("{FILE}{kind}"),
                label: self.kind_name(kind),
                hint: hint.clone(),
                kind: "files",
                required,
                ..Blank::default()
            };
            blank.judged(t.0, wrong)
        };
        kinds.into_iter().map(blank).collect()
    }

    /// How a field is filled in, and the choices there are.
    fn kind(&self, field: &Field) -> (&'static str, Vec<(String, String)>) {
        let t = Text(self.call.view.lang);
        match &field.kind {
            _ if field.many => ("text", Vec::new()),
            FieldType::Region { .. } if field.id == self.procedure.region => short(self.regions()),
            FieldType::Product => short(self.items(PRODUCTS)),
            FieldType::Date { .. } => ("date", Vec::new()),
            FieldType::Bool => (
                "choice",
                vec![("true".to_owned(), t.say("server-yes")), ("false".to_owned(), t.say("server-no"))],
            ),
            FieldType::Code { list } => ("choice", self.items(list)),
            FieldType::Text { max } if *max > 200 => ("long", Vec::new()),
            _ => ("text", Vec::new()),
        }
    }

    fn items(&self, list: &str) -> Vec<(String, String)> {
        let items = self.catalog.lists.get(list).map(|list| list.items.as_slice()).unwrap_or_default();
        let lang = self.call.view.lang;
        items.iter().map(|item| (item.code.clone(), item.name.get(lang).to_owned())).collect()
    }

    /// The regions in which this account may handle cases: the case's own is one of them.
    fn regions(&self) -> Vec<(String, String)> {
        let today = self.call.server.today();
        let held: Vec<_> = self.call.who().rights(Action::Handle).map(|held| held.region).collect();
        let codes: BTreeSet<_> = (self.catalog.regions.iter())
            .map(|region| region.code)
            .filter(|code| held.iter().any(|held| held.contains(*code)))
            .filter(|code| self.catalog.regions.at(*code, today).is_some())
            .collect();
        let name =
            |code| self.catalog.regions.title(code, self.call.view.lang).unwrap_or_default().to_owned();
        codes.into_iter().map(|code| (code.to_string(), name(code))).collect()
    }
}

/// Choices as long as they can be looked through; a long list is typed as a code.
fn short(choices: Vec<(String, String)>) -> (&'static str, Vec<(String, String)>) {
    if choices.len() > LONGEST { ("text", Vec::new()) } else { ("choice", choices) }
}

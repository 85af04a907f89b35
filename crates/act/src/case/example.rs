//! Told cases as tests: the steps of an example, taken one after the other in a ledger of paper.

use std::collections::BTreeMap;

use zhiheng_base::{Diagnostic, RegionCode};
use zhiheng_catalog::example::cell_value;
use zhiheng_catalog::model::{CaseExample, ExampleFigure, ExampleStep, Origin, Procedure, RoleAt, RoleBy};
use zhiheng_catalog::{Catalog, Value};

use super::ask::{Act, Ask, Taken, World};
use super::clocks::reckoned;
use super::event::Evidence;
use super::figures::{Figure, wanted};
use super::fold::Case;
use super::names::plain;
use super::paper::Paper;
use super::staff::{Officer, Staff};
use super::{open, take};
use crate::clock::Calendar;

/// Where a told case is written down: on paper, or in a ledger.
pub trait Book {
    /// The told case and those opened from it, in order of their opening; nothing before it is opened.
    ///
    /// Errors: whatever keeps them from being read.
    fn cases(&self) -> Result<Vec<Case>, Diagnostic>;
    /// The next free number of cases whose numbers begin with this text.
    fn next(&self, prefix: &str) -> u64;
    /// Writes down what an act writes.
    ///
    /// Errors: whatever keeps it from being written.
    fn write(&mut self, taken: &Taken) -> Result<(), Diagnostic>;
    /// Number of letters written so far.
    fn letters(&self) -> usize;
}

/// Runs an example of a procedure on paper.
///
/// Errors: as of [`live`].
pub fn run_example<'c>(
    catalog: &'c Catalog,
    calendar: &Calendar,
    procedure: &Procedure,
    example: &CaseExample,
) -> Result<Paper<'c>, Diagnostic> {
    let mut paper = Paper { catalog: Some(catalog), ..Paper::default() };
    live(catalog, calendar, procedure, example, &mut paper)?;
    Ok(paper)
}

/// Lives an example of a procedure in a book, and compares what comes out.
///
/// Errors: ZH8260 a step was refused that should not be, ZH8261 the other way round, ZH8262 something came out otherwise, ZH8263
/// the example itself cannot be read; and those of the book.
pub fn live(
    catalog: &Catalog,
    calendar: &Calendar,
    procedure: &Procedure,
    example: &CaseExample,
    book: &mut dyn Book,
) -> Result<(), Diagnostic> {
    let staff = staff(procedure, example);
    for step in &example.steps {
        let cases = book.cases()?;
        let mut ask = ask(catalog, procedure, cases.first(), step)?;
        let below = cases.get(1..).unwrap_or_default();
        let outcome = {
            let number = |prefix: &str| book.next(prefix);
            let world = World { catalog, calendar, staff: &staff, today: step.on, below, number: &number };
            let fetched = fetch(world, procedure, cases.first(), step, &mut ask)?;
            fetched.and_then(|()| match cases.first() {
                None => open(world, &procedure.head.id, &ask),
                Some(case) => take(world, case, &ask),
            })
        };
        match (outcome, &step.refused) {
            (Ok(taken), None) if taken.repeated => {}
            (Ok(taken), None) => book.write(&taken)?,
            (Ok(_), Some(code)) => {
                return Err(told(procedure, "ZH8261", step).arg("code", code));
            }
            (Err(problems), None) => {
                let found = problems.iter().map(|one| one.code.to_string()).collect::<Vec<_>>().join(", ");
                return Err(told(procedure, "ZH8260", step).arg("code", found).arg("why", why(&problems)));
            }
            (Err(problems), Some(code)) if problems.iter().all(|problem| problem.code != *code) => {
                let found = problems.iter().map(|one| one.code.to_string()).collect::<Vec<_>>().join(", ");
                return Err(told(procedure, "ZH8262", step)
                    .arg("what", "refused")
                    .arg("wanted", code)
                    .arg("got", found));
            }
            (Err(_), Some(_)) => {}
        }
        let state = book.cases()?.first().map(|case| case.state.clone()).unwrap_or_default();
        if let Some(wanted) = step.state.as_ref().filter(|wanted| **wanted != state) {
            return Err(told(procedure, "ZH8262", step)
                .arg("what", "state")
                .arg("wanted", wanted)
                .arg("got", state));
        }
    }
    compare(catalog, calendar, (procedure, example), book)
}

fn told(procedure: &Procedure, code: &'static str, step: &ExampleStep) -> Diagnostic {
    let problem = Diagnostic::error(code).arg("step", &step.act).arg("on", step.on);
    problem.at(Origin { line: step.line, ..procedure.head.origin.clone() }.place())
}

fn why(problems: &[Diagnostic]) -> String {
    let told = problems.iter().map(|problem| {
        let args: Vec<String> = problem.args.iter().map(|(name, value)| format!("{name}={value}")).collect();
        args.join(" ")
    });
    told.collect::<Vec<_>>().join("; ")
}

/// One person for each role that the example names, all independent of each other.
fn staff(procedure: &Procedure, example: &CaseExample) -> Staff {
    let mut staff = Staff::default();
    let forms = example.steps.iter().flat_map(|step| &step.form);
    let regions = forms.filter(|(id, _)| *id == procedure.region);
    let mut regions: Vec<RegionCode> = regions.filter_map(|(_, code)| RegionCode::parse(code).ok()).collect();
    regions.dedup();
    let region = regions.first().copied().unwrap_or(RegionCode::NATION);
    // A case that moves from one place to another is told with people of the whole.
    let everywhere = if regions.len() > 1 { RegionCode::NATION } else { region };
    for by in example.steps.iter().map(|step| &step.by) {
        let role = by.split('/').next().unwrap_or_default();
        let Some(RoleBy::Holds(code)) = procedure.role(role).map(|role| &role.by) else { continue };
        if staff.officers.iter().any(|officer| officer.account == *by) {
            continue;
        }
        staff.officers.push(Officer {
            account: by.clone(),
            person: by.clone(),
            unit: role.to_owned(),
            short: String::new(),
            region: match procedure.role(role).map(|role| role.at) {
                Some(RoleAt::Own) => region,
                Some(RoleAt::Level(level)) => region.ancestor(level).unwrap_or(region),
                Some(RoleAt::Above) => RegionCode::NATION,
                _ => everywhere,
            },
            role: code.clone(),
            superior: None,
            since: zhiheng_base::Date::MIN,
            until: None,
        });
    }
    staff
}

fn ask(
    catalog: &Catalog,
    procedure: &Procedure,
    case: Option<&Case>,
    step: &ExampleStep,
) -> Result<Ask, Diagnostic> {
    let mut form = BTreeMap::new();
    for (id, text) in &step.form {
        let value = match procedure.field(id) {
            Some(field) => cell_value(field, text, &catalog.lists)
                .map_err(|()| told(procedure, "ZH8263", step).arg("field", id).arg("value", text))?,
            // The form's own check says that it does not belong.
            None => Value::Text(text.clone()),
        };
        form.insert(id.clone(), value);
    }
    let role = procedure.role(step.by.split('/').next().unwrap_or_default());
    let account = match role.map(|role| &role.by) {
        Some(RoleBy::Party(field)) => {
            let sheet = case.and_then(|case| case.sheet.get(field));
            form.get(field).or(sheet).map(plain).unwrap_or_default()
        }
        _ => step.by.clone(),
    };
    let act = match step.act.as_str() {
        "approve" => Act::Approve(None),
        "reject" => Act::Reject,
        "attach" => Act::Attach,
        "lapse" => Act::Lapse,
        id => Act::Step(id.to_owned()),
    };
    let evidence = step.evidence.iter().map(|kind| Evidence {
        kind: kind.clone(),
        name: format!("{kind}.pdf"),
        sha256: "0".repeat(64),
    });
    let reason = step.reason.clone().or_else(|| (act == Act::Reject).then(|| "–".to_owned()));
    let figures = BTreeMap::new();
    Ok(Ask { act, account, on: step.on, form, figures, evidence: evidence.collect(), reason })
}

/// Fetches what the step wants from what the example says of the ledger; refused as a caller would be.
///
/// Errors: ZH8262 another address is asked for than the example says, ZH8263 a figure is told that does not fit its field,
/// ZH8266 one that the step does not ask for.
fn fetch(
    world: World<'_>,
    procedure: &Procedure,
    case: Option<&Case>,
    step: &ExampleStep,
    ask: &mut Ask,
) -> Result<Result<(), Vec<Diagnostic>>, Diagnostic> {
    let opening = Case { procedure: procedure.head.id.clone(), ..Case::default() };
    let mut left: Vec<&ExampleFigure> = step.figures.iter().collect();
    loop {
        let found = match wanted(world, procedure, case.unwrap_or(&opening), ask) {
            Ok(found) => found,
            Err(problems) => return Ok(Err(problems)),
        };
        let before = left.len();
        for one in found {
            let Some(at) = left.iter().position(|figure| figure.field == one.field) else { continue };
            let figure = left.remove(at);
            let from = one.of.to_string();
            if let Some(at) = figure.at.as_ref().filter(|at| **at != from) {
                let problem = told(procedure, "ZH8262", step).arg("what", &figure.field);
                return Err(problem.arg("wanted", at).arg("got", from));
            }
            let value = match procedure.field(&figure.field) {
                Some(field) if !figure.value.is_empty() => {
                    let read = cell_value(field, &figure.value, &world.catalog.lists);
                    read.map_err(|()| unfit(procedure, step, figure))?
                }
                _ => Value::Null,
            };
            ask.figures.insert(figure.field.clone(), Figure { value, from, size: 0 });
        }
        if left.len() == before {
            break;
        }
    }
    left.first().map_or(Ok(Ok(())), |figure| Err(told(procedure, "ZH8266", step).arg("field", &figure.field)))
}

fn unfit(procedure: &Procedure, step: &ExampleStep, figure: &ExampleFigure) -> Diagnostic {
    told(procedure, "ZH8263", step).arg("field", &figure.field).arg("value", &figure.value)
}

/// Whether it came out as the example says.
fn compare(
    catalog: &Catalog,
    calendar: &Calendar,
    (procedure, example): (&Procedure, &CaseExample),
    book: &dyn Book,
) -> Result<(), Diagnostic> {
    let cases = book.cases()?;
    let Some(last) = example.steps.last() else { return Ok(()) };
    let Some(case) = cases.first() else { return Ok(()) };
    let differ = |what: &str, wanted: &dyn ToString, got: &dyn ToString| {
        let problem = told(procedure, "ZH8262", last).arg("what", what);
        problem.arg("wanted", wanted.to_string()).arg("got", got.to_string())
    };
    if let Some(wanted) = example.state.as_ref().filter(|wanted| **wanted != case.state) {
        return Err(differ("state", wanted, &case.state));
    }
    for (instance, wanted) in &example.due {
        let clock = reckoned(catalog, calendar, case, instance)?;
        let due = clock.and_then(|clock| clock.reckoning.due());
        if due != Some(*wanted) {
            let got = due.map_or_else(|| "–".to_owned(), |due| due.to_string());
            return Err(differ(instance, wanted, &got));
        }
    }
    if let Some(wanted) = example.letters.filter(|wanted| *wanted != book.letters() as u64) {
        return Err(differ("letters", &wanted, &book.letters()));
    }
    for (of, wanted) in &example.records {
        let records = cases.iter().flat_map(|case| &case.entered);
        let got = records.filter(|record| record.of == *of && !record.withdrawn).count() as u64;
        if got != *wanted {
            return Err(differ(of, wanted, &got));
        }
    }
    for (family, wanted) in &example.opened {
        let below = cases.iter().skip(1);
        let of = |case: &&Case| {
            catalog
                .procedures
                .get(&case.procedure)
                .is_some_and(|one| one.family == *family || one.head.id == *family)
        };
        let got = below.filter(of).count() as u64;
        if got != *wanted {
            return Err(differ(family, wanted, &got));
        }
    }
    Ok(())
}

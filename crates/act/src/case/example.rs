//! Told cases as tests: the steps of an example, taken one after the other in a ledger of paper.

use std::collections::BTreeMap;

use zhiheng_base::{Diagnostic, RegionCode};
use zhiheng_catalog::example::cell_value;
use zhiheng_catalog::model::{CaseExample, ExampleStep, Procedure, RoleAt, RoleBy};
use zhiheng_catalog::{Catalog, Value};

use super::ask::{Act, Ask, Follow, Taken, World};
use super::clocks::reckoned;
use super::event::{Event, Evidence, Letter};
use super::fold::{Case, Entered};
use super::names::plain;
use super::staff::{Officer, Staff};
use super::{open, take};
use crate::clock::Calendar;

/// A told case as it came out.
#[derive(Clone, Debug, Default)]
pub struct ExampleRun {
    /// The case, and those opened from it, in order of their opening.
    pub cases: Vec<Case>,
    /// Letters with their numbers, in order.
    pub letters: Vec<Letter>,
    entries: u64,
}

/// Runs an example of a procedure.
///
/// Errors: ZH8260 a step was refused that should not be, ZH8261 the other way round, ZH8262 something came out otherwise, ZH8263
/// the example itself cannot be read.
pub fn run_example(
    catalog: &Catalog,
    calendar: &Calendar,
    procedure: &Procedure,
    example: &CaseExample,
) -> Result<ExampleRun, Diagnostic> {
    let staff = staff(procedure, example);
    let mut run = ExampleRun::default();
    for step in &example.steps {
        let ask = ask(catalog, procedure, &run, step)?;
        let below = run.cases.get(1..).unwrap_or_default().to_vec();
        let cases = &run.cases;
        let number = |prefix: &str| {
            let taken = cases
                .iter()
                .filter(|case| case.number.rsplit_once('-').is_some_and(|(head, _)| head == prefix));
            taken.count() as u64 + 1
        };
        let world =
            World { catalog, calendar, staff: &staff, today: step.on, below: &below, number: &number };
        let outcome = match run.cases.first() {
            None => open(world, &procedure.head.id, &ask),
            Some(case) => take(world, case, &ask),
        };
        match (outcome, &step.refused) {
            (Ok(taken), None) => run.settle(catalog, 0, &taken),
            (Ok(_), Some(code)) => {
                return Err(told("ZH8261", step).arg("code", code));
            }
            (Err(problems), None) => {
                let found = problems.iter().map(|one| one.code.to_string()).collect::<Vec<_>>().join(", ");
                return Err(told("ZH8260", step).arg("code", found).arg("why", why(&problems)));
            }
            (Err(problems), Some(code)) if problems.iter().all(|problem| problem.code != *code) => {
                let found = problems.iter().map(|one| one.code.to_string()).collect::<Vec<_>>().join(", ");
                return Err(told("ZH8262", step)
                    .arg("what", "refused")
                    .arg("wanted", code)
                    .arg("got", found));
            }
            (Err(_), Some(_)) => {}
        }
        let state = run.cases.first().map(|case| case.state.clone()).unwrap_or_default();
        if let Some(wanted) = step.state.as_ref().filter(|wanted| **wanted != state) {
            return Err(told("ZH8262", step).arg("what", "state").arg("wanted", wanted).arg("got", state));
        }
    }
    run.compare(catalog, calendar, example)?;
    Ok(run)
}

fn told(code: &'static str, step: &ExampleStep) -> Diagnostic {
    Diagnostic::error(code).arg("step", &step.act).arg("on", step.on)
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
    let region =
        forms.filter(|(id, _)| *id == procedure.region).find_map(|(_, code)| RegionCode::parse(code).ok());
    let region = region.unwrap_or(RegionCode::NATION);
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
            // Roles of the level above stand above, all others where the case is.
            region: match procedure.role(role).map(|role| role.at) {
                Some(RoleAt::Own) => region,
                _ => RegionCode::NATION,
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
    run: &ExampleRun,
    step: &ExampleStep,
) -> Result<Ask, Diagnostic> {
    let mut form = BTreeMap::new();
    for (id, text) in &step.form {
        let value = match procedure.field(id) {
            Some(field) => cell_value(field, text, &catalog.lists)
                .map_err(|()| told("ZH8263", step).arg("field", id).arg("value", text))?,
            // The form's own check says that it does not belong.
            None => Value::Text(text.clone()),
        };
        form.insert(id.clone(), value);
    }
    let role = procedure.role(step.by.split('/').next().unwrap_or_default());
    let account = match role.map(|role| &role.by) {
        Some(RoleBy::Party(field)) => {
            let sheet = run.cases.first().and_then(|case| case.sheet.get(field));
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
    let reason = (act == Act::Reject).then(|| "–".to_owned());
    Ok(Ask { act, account, on: step.on, form, evidence: evidence.collect(), reason })
}

impl ExampleRun {
    /// Writes what a step would write.
    fn settle(&mut self, catalog: &Catalog, at: usize, taken: &Taken) {
        if taken.repeated {
            return;
        }
        let Some(procedure) = catalog.procedures.get(&taken.event.procedure) else { return };
        let mut event: Event = taken.event.clone();
        for (template, series) in &taken.letters {
            let number = self.letters.iter().filter(|letter| letter.series == *series).count() as u64 + 1;
            let letter = Letter { template: template.clone(), series: series.clone(), number };
            event.letters.push(letter.clone());
            self.letters.push(letter);
        }
        if self.cases.len() <= at {
            self.cases.push(Case::default());
        }
        let entry = self.next();
        if let Some(case) = self.cases.get_mut(at) {
            case.add(procedure, entry, event);
        }
        for follow in &taken.follows {
            let entry = self.next();
            match follow {
                Follow::Record { of, data } => {
                    let new = Entered { of: of.clone(), entry, data: data.clone(), withdrawn: false };
                    if let Some(case) = self.cases.get_mut(at) {
                        case.entered.push(new);
                    }
                }
                Follow::Correct { entry: old, data, .. } => self.change(*old, |record| {
                    record.entry = entry;
                    record.data.clone_from(data);
                }),
                Follow::Withdraw { entry: old, .. } => self.change(*old, |record| record.withdrawn = true),
                Follow::Case { head, taken } => {
                    let known =
                        head.and_then(|head| self.cases.iter().position(|case| case.head() == Some(head)));
                    let at = known.unwrap_or(self.cases.len());
                    self.settle(catalog, at, taken);
                }
            }
        }
    }

    fn next(&mut self) -> u64 {
        self.entries += 1;
        self.entries
    }

    fn change(&mut self, entry: u64, change: impl Fn(&mut Entered)) {
        for record in self.cases.iter_mut().flat_map(|case| &mut case.entered) {
            if record.entry == entry {
                change(record);
            }
        }
    }

    /// Whether it came out as the example says.
    fn compare(
        &self,
        catalog: &Catalog,
        calendar: &Calendar,
        example: &CaseExample,
    ) -> Result<(), Diagnostic> {
        let Some(last) = example.steps.last() else { return Ok(()) };
        let Some(case) = self.cases.first() else { return Ok(()) };
        let differ = |what: &str, wanted: &dyn ToString, got: &dyn ToString| {
            let problem = told("ZH8262", last).arg("what", what);
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
        if let Some(wanted) = example.letters.filter(|wanted| *wanted != self.letters.len() as u64) {
            return Err(differ("letters", &wanted, &self.letters.len()));
        }
        for (of, wanted) in &example.records {
            let records = self.cases.iter().flat_map(|case| &case.entered);
            let got = records.filter(|record| record.of == *of && !record.withdrawn).count() as u64;
            if got != *wanted {
                return Err(differ(of, wanted, &got));
            }
        }
        for (family, wanted) in &example.opened {
            let below = self.cases.iter().skip(1);
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
}

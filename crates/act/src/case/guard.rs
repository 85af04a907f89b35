//! What stands against a step on a day.

use zhiheng_base::{Date, Diagnostic};
use zhiheng_catalog::model::{Procedure, Step};

use super::World;
use super::clocks::reckoned;
use super::fold::Case;
use super::names::Names;
use crate::clock::State;

/// Everything that keeps `step` from being taken on `on`, before its form is known; calendar days of lateness beside it.
///
/// ZH8204 not from this state, ZH8212 a clock that must be over runs still, ZH8213 the time for it is over, ZH8214 its time has
/// not begun, ZH8215 none of the clocks before it was started, ZH8216 a case opened from this one is open; and what [`crate::clock::reckon`]
/// finds.
pub(crate) fn obstacles(
    world: World<'_>,
    procedure: &Procedure,
    case: &Case,
    step: &Step,
    on: Date,
) -> (Vec<Diagnostic>, Option<i64>) {
    let mut found = Vec::new();
    if !step.from.contains(&case.state) {
        let possible: Vec<&str> = (procedure.steps.iter())
            .filter(|step| step.from.contains(&case.state))
            .map(|step| step.id.as_str())
            .collect();
        let problem = Diagnostic::error("ZH8204").arg("step", &step.id).arg("state", &case.state);
        found.push(problem.arg("all", possible.join(", ")));
    }
    waiting(world, case, step, on, &mut found);
    let late = step.within.as_ref().and_then(|instance| in_time(world, case, instance, on, &mut found));
    for family in &step.closed {
        let open = world.children(&case.number).find(|child| {
            let procedure = world.catalog.procedures.get(&child.procedure);
            procedure.is_some_and(|one| one.family == *family || one.head.id == *family)
                && !world.is_ended(child)
        });
        if let Some(open) = open {
            found.push(Diagnostic::error("ZH8216").arg("step", &step.id).arg("case", &open.number));
        }
    }
    (found, late)
}

/// The clocks that must be over before the step.
fn waiting(world: World<'_>, case: &Case, step: &Step, on: Date, found: &mut Vec<Diagnostic>) {
    let mut started = false;
    for instance in &step.after {
        match reckoned(world.catalog, world.calendar, case, instance) {
            Err(problem) => found.push(problem),
            Ok(None) => {}
            Ok(Some(clock)) => {
                started = true;
                if !clock.is_over(world.calendar, on) {
                    let due = clock.reckoning.due().map_or_else(|| "–".to_owned(), |due| due.to_string());
                    let problem = Diagnostic::error("ZH8212").arg("step", &step.id).arg("clock", instance);
                    found.push(problem.arg("due", due));
                }
            }
        }
    }
    if !started && !step.after.is_empty() {
        let problem = Diagnostic::error("ZH8215").arg("step", &step.id);
        found.push(problem.arg("clocks", step.after.join(", ")));
    }
}

/// Whether the clock of the step still lets it; days late for a duty.
fn in_time(
    world: World<'_>,
    case: &Case,
    instance: &str,
    on: Date,
    found: &mut Vec<Diagnostic>,
) -> Option<i64> {
    let clock = match reckoned(world.catalog, world.calendar, case, instance) {
        Ok(clock) => clock?,
        Err(problem) => {
            found.push(problem);
            return None;
        }
    };
    let day = |day: Option<Date>| day.map_or_else(|| "–".to_owned(), |day| day.to_string());
    let due = clock.reckoning.due();
    match clock.on(world.calendar, on) {
        State::Over(_) => {
            found.push(Diagnostic::error("ZH8213").arg("clock", instance).arg("due", day(due)));
        }
        State::NotStarted | State::Waiting(_) => {
            let opens = clock.reckoning.opens.as_ref().and_then(|end| end.day);
            found.push(Diagnostic::error("ZH8214").arg("clock", instance).arg("opens", day(opens)));
        }
        State::Overdue(lapse) => return Some(lapse.days),
        _ => {}
    }
    None
}

/// Whether the step's condition holds for the sheet as the step leaves it.
///
/// Errors: ZH8208; what is not known does not hold.
pub(crate) fn condition(step: &Step, names: &Names<'_>) -> Result<(), Diagnostic> {
    match &step.when {
        Some(formula) if formula.holds(names) != Some(true) => {
            Err(Diagnostic::error("ZH8208").arg("step", &step.id).arg("when", &formula.text))
        }
        _ => Ok(()),
    }
}

//! May this be done now, and what would it write?

use std::collections::BTreeMap;

use serde_json::Map;
use zhiheng_base::{Date, Diagnostic, RegionCode};
use zhiheng_catalog::model::{Procedure, Step};

use super::approve::{approve, reject};
use super::ask::{Act, Ask, Taken, World};
use super::clocks::reckoned;
use super::event::{Actor, Event, Kind};
use super::figures::Filled;
use super::fold::Case;
use super::form::{checked, of_form};
use super::guard::{condition, obstacles};
use super::names::{Names, region_of};
use super::several::others;
use super::step::{Doing, act_on, blank, plainly};
use super::who::{anyone, who};

/// Acts in a case.
///
/// Errors: everything that stands against it. ZH8204–ZH8216 (see the guard's), ZH8207 and the like of the form, ZH8208 the
/// condition, ZH8209 a file is missing, ZH8210 a day before the last event, ZH8219 nothing waits for approval, ZH8220 something
/// else was approved than what waits, ZH8221 no clock has ended, ZH8224 a rejection without a reason, ZH8225 the case is over,
/// ZH8226 another role approves next, ZH8230–ZH8235 the person may not.
pub fn take(world: World<'_>, case: &Case, ask: &Ask) -> Result<Taken, Vec<Diagnostic>> {
    let one = |problem: Diagnostic| vec![problem];
    let procedure = world.procedure(&case.procedure).map_err(one)?;
    if let Act::Step(id) = &ask.act
        && let Some(taken) = done_before(case, procedure, id, ask)
    {
        return Ok(taken);
    }
    days(world, case.last_day(), ask.on)?;
    // What has ended may still be annulled, and that is proposed and approved like everything that binds.
    let asked = match (&ask.act, &case.proposal) {
        (Act::Step(id), _) => Some(id),
        (Act::Approve(_) | Act::Reject, Some(proposal)) => Some(&proposal.step),
        _ => None,
    };
    let is_annulment = asked.and_then(|id| procedure.step(id)).is_some_and(|step| step.void);
    if world.is_ended(case) && !is_annulment {
        return Err(one(Diagnostic::error("ZH8225").arg("case", &case.number).arg("state", &case.state)));
    }
    let region = region(procedure, case)?;
    match &ask.act {
        Act::Step(id) => {
            let step = named(procedure, id)?;
            let Filled { form, figures } = checked(procedure, step, ask)?;
            let actor = who(world, procedure, step, case, region, &ask.account, ask.on)?;
            let others = match step.count > 1 {
                true => others(procedure, case, step, &actor).map_err(one)?,
                false => Vec::new(),
            };
            let proposes = !step.approve.is_empty();
            let doing = Doing { figures, proposes, others, ..Doing::at_once(step, form, Some(actor)) };
            act_on(world, procedure, case, ask, doing)
        }
        Act::Lapse => {
            let (on, step) = lapsing(world, procedure, case, ask.on)?;
            act_on(world, procedure, case, &Ask { on, ..ask.clone() }, Doing::at_once(step, Map::new(), None))
        }
        Act::Attach => {
            let actor = anyone(world, procedure, case, region, ask)?;
            if ask.evidence.is_empty() {
                return Err(one(Diagnostic::error("ZH8209").arg("step", "–").arg("kind", "–")));
            }
            let event = Event {
                kind: Kind::Attach,
                actor: Some(actor),
                evidence: ask.evidence.clone(),
                reason: ask.reason.clone(),
                ..blank(world, procedure, case, ask.on)
            };
            Ok(plainly(event))
        }
        Act::Approve(seen) => approve(world, procedure, case, region, ask, seen.as_deref()),
        Act::Reject => reject(world, procedure, case, region, ask),
    }
}

/// Taken again, a step that already led here is answered as done: no second event.
fn done_before(case: &Case, procedure: &Procedure, id: &str, ask: &Ask) -> Option<Taken> {
    let step = procedure.step(id)?;
    let last = case.last_step()?;
    let same =
        last.step == *id && !step.from.is_empty() && !step.from.contains(&case.state) && last.on <= ask.on;
    // Of several persons, another one comes too late rather than again.
    let same = same && (step.count < 2 || last.actor.as_ref().is_some_and(|one| one.account == ask.account));
    (same && step.to.as_ref() == Some(&case.state)).then(|| Taken { repeated: true, ..plainly(last.clone()) })
}

/// The annulment of a case that was opened from one that is annulled; `None` if its procedure knows none from its state.
pub(crate) fn annul(
    world: World<'_>,
    case: &Case,
    on: Date,
    actor: Option<&Actor>,
) -> Result<Option<Taken>, Vec<Diagnostic>> {
    let procedure = world.procedure(&case.procedure).map_err(|problem| vec![problem])?;
    let step = procedure.steps.iter().find(|step| step.void && step.from.contains(&case.state));
    let Some(step) = step else { return Ok(None) };
    let ask = Ask {
        act: Act::Step(step.id.clone()),
        account: String::new(),
        on,
        form: BTreeMap::new(),
        figures: BTreeMap::new(),
        evidence: Vec::new(),
        reason: None,
    };
    act_on(world, procedure, case, &ask, Doing::at_once(step, Map::new(), actor.cloned())).map(Some)
}

/// Today is not passed over, and no act lies before the one before it.
pub(crate) fn days(world: World<'_>, last: Option<Date>, on: Date) -> Result<(), Vec<Diagnostic>> {
    if on > world.today {
        return Err(vec![Diagnostic::error("ZH8211").arg("on", on).arg("today", world.today)]);
    }
    match last.filter(|last| on < *last) {
        Some(last) => Err(vec![Diagnostic::error("ZH8210").arg("on", on).arg("last", last)]),
        None => Ok(()),
    }
}

pub(crate) fn named<'p>(procedure: &'p Procedure, id: &str) -> Result<&'p Step, Vec<Diagnostic>> {
    procedure
        .step(id)
        .filter(|step| !step.from.is_empty())
        .ok_or_else(|| vec![Diagnostic::error("ZH8203").arg("step", id).arg("procedure", &procedure.head.id)])
}

pub(crate) fn region(procedure: &Procedure, case: &Case) -> Result<RegionCode, Vec<Diagnostic>> {
    let missing = || of_form("ZH8205", procedure, &procedure.region).arg("step", "–");
    region_of(procedure, case).ok_or_else(|| vec![missing().arg("step_zh", "–").arg("step_en", "–")])
}

/// The step that a clock takes by itself by `on`, and its day; the earliest end first.
fn lapsing<'p>(
    world: World<'_>,
    procedure: &'p Procedure,
    case: &Case,
    on: Date,
) -> Result<(Date, &'p Step), Vec<Diagnostic>> {
    let mut due: Vec<(Date, &Step)> = Vec::new();
    for step in procedure.steps.iter().filter(|step| step.from.contains(&case.state)) {
        let Some(instance) = &step.lapse else { continue };
        let clock =
            reckoned(world.catalog, world.calendar, case, instance).map_err(|problem| vec![problem])?;
        let lapsed = clock.and_then(|clock| clock.lapses_on()).filter(|day| *day <= on);
        let Some(day) = lapsed else { continue };
        // It happened when the clock ended, whenever somebody looks.
        let day = case.last_day().map_or(day, |last| last.max(day));
        // One whose other conditions did not hold then is left to the clock that came after it.
        if obstacles(world, procedure, case, step, day).0.is_empty()
            && condition(step, &Names { world, case, on: day, unit: "" }).is_ok()
        {
            due.push((day, step));
        }
    }
    due.sort_by_key(|(day, _)| *day);
    due.first()
        .copied()
        .ok_or_else(|| vec![Diagnostic::error("ZH8221").arg("case", &case.number).arg("on", on)])
}

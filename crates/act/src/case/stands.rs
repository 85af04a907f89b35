//! What can be done in a case, by whom, until when.

use zhiheng_base::{Date, Diagnostic, Words};
use zhiheng_catalog::model::{Procedure, Step};

use super::World;
use super::clocks::reckoned;
use super::fold::Case;
use super::guard::obstacles;
use super::several::parts;

/// A step that lies before a case.
#[derive(Clone, Debug, PartialEq)]
pub struct Choice {
    /// Step.
    pub step: String,
    /// Its name.
    pub name: Words,
    /// Roles of which one takes it; the role that approves next if it is proposed; empty if a clock takes it.
    pub who: Vec<String>,
    /// It is proposed and waits for approval.
    pub proposed: bool,
    /// How many persons have taken it, and how many must, where several must.
    pub parts: Option<(usize, usize)>,
    /// First day on which it can be taken, if a clock says so.
    pub opens: Option<Date>,
    /// Last day.
    pub due: Option<Date>,
    /// The last day is somebody's duty, not the end of a right.
    pub duty: bool,
    /// The days may still change with the calendar.
    pub provisional: bool,
    /// Calendar days after the last day of a duty.
    pub late: Option<i64>,
    /// What stands against it today; nothing, if it can be taken.
    pub obstacles: Vec<Diagnostic>,
}

impl Choice {
    /// Whether it can be taken.
    pub fn is_open(&self) -> bool {
        self.obstacles.is_empty()
    }
}

/// The steps that lie before a case on a day, in the order of the procedure; none if it is over.
pub fn stands(world: World<'_>, case: &Case, on: Date) -> Vec<Choice> {
    let Ok(procedure) = world.procedure(&case.procedure) else { return Vec::new() };
    if world.is_ended(case) {
        return Vec::new();
    }
    (procedure.steps.iter())
        .filter(|step| step.from.contains(&case.state))
        .map(|step| choice(world, procedure, case, step, on))
        .collect()
}

fn choice(world: World<'_>, procedure: &Procedure, case: &Case, step: &Step, on: Date) -> Choice {
    let proposal = case.proposal.as_ref().filter(|proposal| proposal.step == step.id);
    let approver = proposal.and_then(|one| step.approve.get(one.actors.len().saturating_sub(1)));
    let (mut obstacles, late) = obstacles(world, procedure, case, step, on);
    let mut choice = Choice {
        step: step.id.clone(),
        name: step.name.clone(),
        who: approver.map_or_else(|| step.who.clone(), |role| vec![role.clone()]),
        proposed: proposal.is_some(),
        parts: (step.count > 1).then(|| (parts(procedure, case, step).len(), step.count as usize)),
        opens: None,
        due: None,
        duty: false,
        provisional: false,
        late,
        obstacles: Vec::new(),
    };
    let clock = |instance: &String| reckoned(world.catalog, world.calendar, case, instance).ok().flatten();
    if let Some(clock) = step.within.as_ref().and_then(clock) {
        choice.opens = clock.reckoning.opens.as_ref().and_then(|end| end.day);
        choice.due = clock.reckoning.due();
        choice.duty = !clock.is_right();
        choice.provisional = clock.reckoning.is_provisional();
    }
    // Of several clocks before it, it waits for the last; it can be taken on the day after.
    let waits = step.after.iter().filter_map(clock).filter(|clock| !clock.is_over(world.calendar, on));
    if let Some(last) = waits.filter_map(|clock| clock.reckoning.due()).max() {
        choice.opens = choice.opens.max(last.tomorrow().ok());
    }
    if let Some(clock) = step.lapse.as_ref().and_then(clock) {
        choice.opens = clock.lapses_on();
        choice.provisional |= clock.reckoning.is_provisional();
        if choice.opens.is_none_or(|day| on < day) {
            obstacles.push(Diagnostic::error("ZH8221").arg("case", &case.number).arg("on", on));
        }
    }
    choice.obstacles = obstacles;
    choice
}

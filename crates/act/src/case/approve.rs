//! Approving and turning down what somebody else proposed.

use zhiheng_base::{Diagnostic, RegionCode};
use zhiheng_catalog::model::{Procedure, Role, Step};

use super::ask::{Ask, Taken, World};
use super::event::{Event, Kind};
use super::fold::{Case, Proposal};
use super::mutual::independent;
use super::several::apart;
use super::step::{Doing, act_on, blank, plainly};
use super::take::named;

/// What waits, the step it is, and the role that approves next.
type Waiting<'c, 'p> = (&'c Proposal, &'p Step, &'p Role);

fn waiting<'c, 'p>(case: &'c Case, procedure: &'p Procedure) -> Result<Waiting<'c, 'p>, Vec<Diagnostic>> {
    let none = || vec![Diagnostic::error("ZH8219").arg("case", &case.number)];
    let proposal = case.proposal.as_ref().ok_or_else(none)?;
    let step = named(procedure, &proposal.step)?;
    // The first of the actors proposed; the others have approved.
    let next = step.approve.get(proposal.actors.len().saturating_sub(1)).ok_or_else(none)?;
    Ok((proposal, step, procedure.role(next).ok_or_else(none)?))
}

/// Approves; with the last approval the step takes effect.
pub(crate) fn approve(
    world: World<'_>,
    procedure: &Procedure,
    case: &Case,
    region: RegionCode,
    ask: &Ask,
    seen: Option<&str>,
) -> Result<Taken, Vec<Diagnostic>> {
    let one = |problem: Diagnostic| vec![problem];
    let (proposal, step, role) = waiting(case, procedure)?;
    if let Some(seen) = seen
        && seen != proposal.seal
    {
        return Err(one(Diagnostic::error("ZH8220").arg("case", &case.number)));
    }
    let actor = world
        .staff
        .actor(role, &ask.account, region, None, ask.on)
        .map_err(|problem| one(Diagnostic { code: "ZH8226".into(), ..problem }))?;
    apart(case, role, &actor).map_err(one)?;
    independent(world.staff, &proposal.actors, &actor, ask.on).map_err(one)?;
    let is_last = proposal.actors.len() >= step.approve.len();
    if !is_last {
        let event = Event {
            kind: Kind::Approve,
            step: step.id.clone(),
            actor: Some(actor),
            seal: Some(proposal.seal.clone()),
            reason: ask.reason.clone(),
            ..blank(world, procedure, case, ask.on)
        };
        return Ok(plainly(event));
    }
    // What was proposed takes effect on the day of the last approval, if nothing stands against it by then.
    let proposed = case.events.get(proposal.at).map(|(_, event)| (event.form.clone(), event.figures.clone()));
    let (form, figures) = proposed.unwrap_or_default();
    let approved = Some(proposal.seal.clone());
    let doing = Doing { figures, approved, ..Doing::at_once(step, form, Some(actor)) };
    act_on(world, procedure, case, ask, doing)
}

/// Turns down.
pub(crate) fn reject(
    world: World<'_>,
    procedure: &Procedure,
    case: &Case,
    region: RegionCode,
    ask: &Ask,
) -> Result<Taken, Vec<Diagnostic>> {
    let one = |problem: Diagnostic| vec![problem];
    let (proposal, step, role) = waiting(case, procedure)?;
    let actor = world.staff.actor(role, &ask.account, region, None, ask.on).map_err(one)?;
    if ask.reason.as_deref().is_none_or(|reason| reason.trim().is_empty()) {
        return Err(one(Diagnostic::error("ZH8224").arg("case", &case.number)));
    }
    let event = Event {
        kind: Kind::Reject,
        step: step.id.clone(),
        actor: Some(actor),
        seal: Some(proposal.seal.clone()),
        reason: ask.reason.clone(),
        ..blank(world, procedure, case, ask.on)
    };
    Ok(plainly(event))
}

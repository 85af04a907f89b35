//! Opening a case: by a person, or because a step of another case says so.

use zhiheng_base::Diagnostic;

use super::ask::{Act, Ask, Taken, World};
use super::event::Actor;
use super::figures::Filled;
use super::fold::Case;
use super::form::checked;
use super::step::{Doing, act_on};
use super::take::{days, region};
use super::who::who;

/// Opens a case of a family (or of one procedure).
///
/// Errors: everything that stands against it, see [`super::take`]; ZH8203 if there is no such opening step.
pub fn open(world: World<'_>, family: &str, ask: &Ask) -> Result<Taken, Vec<Diagnostic>> {
    days(world, None, ask.on)?;
    opened_by(world, family, ask, None, None)
}

/// Opens a case because a step of another case says so: whoever took that step opens it.
pub(crate) fn opened(
    world: World<'_>,
    family: &str,
    ask: &Ask,
    actor: Option<&Actor>,
    parent: Option<&str>,
) -> Result<Taken, Vec<Diagnostic>> {
    opened_by(world, family, ask, Some(actor), parent)
}

fn opened_by(
    world: World<'_>,
    family: &str,
    ask: &Ask,
    by: Option<Option<&Actor>>,
    parent: Option<&str>,
) -> Result<Taken, Vec<Diagnostic>> {
    let procedure = world.version(family, &ask.form, ask.on).map_err(|problem| vec![problem])?;
    let Act::Step(wanted) = &ask.act else {
        return Err(vec![Diagnostic::error("ZH8203").arg("step", "").arg("procedure", &procedure.head.id)]);
    };
    let mut openings = procedure.openings();
    let step = match wanted.is_empty() {
        true => openings.next(),
        false => openings.find(|step| step.id == *wanted),
    };
    let step = step.ok_or_else(|| {
        vec![Diagnostic::error("ZH8203").arg("step", wanted).arg("procedure", &procedure.head.id)]
    })?;
    if by.is_none() && !step.approve.is_empty() {
        // Nothing could be approved in a case that is not there yet; the checker of definitions says so too.
        let problem = Diagnostic::error("ZH8203").arg("step", &step.id);
        return Err(vec![problem.arg("procedure", &procedure.head.id)]);
    }
    let Filled { form, figures } = checked(procedure, step, ask)?;
    // The case as it would be, so that roles and regions can be read off its sheet.
    let mut case = Case { procedure: procedure.head.id.clone(), ..Case::default() };
    case.fill(procedure, &form);
    let region = region(procedure, &case)?;
    let actor = match by {
        Some(actor) => actor.cloned(),
        None => Some(who(world, procedure, step, &case, region, &ask.account, ask.on)?),
    };
    let prefix = format!("{}-{region}-{}", procedure.family, ask.on.year());
    case.number = format!("{prefix}-{:04}", (world.number)(&prefix));
    case.parent = parent.map(str::to_owned);
    let doing = Doing { figures, ..Doing::at_once(step, form, actor) };
    act_on(world, procedure, &case, ask, doing)
}

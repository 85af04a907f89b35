//! Whether an account has one of the roles that an act asks for.

use zhiheng_base::{Date, Diagnostic, RegionCode};
use zhiheng_catalog::model::{Procedure, Role, RoleBy, Step};

use super::ask::{Ask, World};
use super::event::Actor;
use super::fold::Case;
use super::names::plain;
use super::several::apart;

/// The actor in the first of the step's roles that the account has.
///
/// Errors: ZH8230 he has none of them; ZH8235 he has one, from which he must keep apart.
pub(crate) fn who(
    world: World<'_>,
    procedure: &Procedure,
    step: &Step,
    case: &Case,
    region: RegionCode,
    account: &str,
    on: Date,
) -> Result<Actor, Vec<Diagnostic>> {
    let mut refused = Diagnostic::error("ZH8230").arg("account", account).arg("on", on);
    refused = refused.arg("role", step.who.join(", "));
    for role in step.who.iter().filter_map(|id| procedure.role(id)) {
        let party = match &role.by {
            RoleBy::Party(field) => case.sheet.get(field).map(plain),
            _ => None,
        };
        if let Ok(actor) = world.staff.actor(role, account, region, party.as_deref(), on) {
            match apart(case, role, &actor) {
                Ok(()) => return Ok(actor),
                Err(problem) => refused = problem,
            }
        }
    }
    Err(vec![refused])
}

/// The actor in any role of the procedure, those of officers and parties before the public's.
pub(crate) fn anyone(
    world: World<'_>,
    procedure: &Procedure,
    case: &Case,
    region: RegionCode,
    ask: &Ask,
) -> Result<Actor, Vec<Diagnostic>> {
    let mut roles: Vec<&Role> = procedure.roles.iter().collect();
    roles.retain(|role| role.by != RoleBy::Public);
    for role in roles {
        let party = match &role.by {
            RoleBy::Party(field) => case.sheet.get(field).map(plain),
            _ => None,
        };
        if let Ok(actor) = world.staff.actor(role, &ask.account, region, party.as_deref(), ask.on) {
            return Ok(actor);
        }
    }
    Err(vec![Diagnostic::error("ZH8230").arg("account", &ask.account).arg("role", "–").arg("on", ask.on)])
}

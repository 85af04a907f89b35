//! Whose events a caller meets. Events have no region: whoever has the right over the whole region of the project meets all of
//! them, an enterprise meets its own, and nobody else knows that there are any.

use std::sync::Arc;

use zhiheng_desk::trace::{Repository, View};

use crate::authorize::{Action, Level, Thing, Verdict, Who, authorize};
use crate::call::Call;
use crate::problem::Problem;
use zhiheng_base::RegionCode;

/// The things for which a right is asked, the widest first, with the view that each gives.
fn ways(who: &Who, region: RegionCode) -> Vec<(Thing, View)> {
    let mut ways = vec![(Thing::of_region(region, Level::Internal), View::All)];
    for enterprise in who.held.iter().filter_map(|held| held.enterprise.as_ref()) {
        let thing = Thing { enterprise: Some(enterprise.clone()), ..Thing::default() };
        ways.push((thing, View::Of(enterprise.clone())));
    }
    ways
}

/// Whether somebody has a view with an action.
pub(crate) fn has(who: &Who, action: Action, region: RegionCode, view: &View) -> bool {
    let ways = ways(who, region);
    ways.into_iter().any(|(thing, own)| own == *view && authorize(who, action, &thing) == Verdict::Allow)
}

/// Whether a caller has any view with an action, for menus.
pub(crate) fn is_open(call: &Call, action: Action) -> bool {
    let Ok(office) = call.server.office() else { return false };
    let ways = ways(call.who(), office.region);
    ways.iter().any(|(thing, _)| authorize(call.who(), action, thing) == Verdict::Allow)
}

/// Asks whether the caller may do the route's action at all, and answers the repository with the view.
pub(crate) async fn opened(call: &Call) -> Result<(Arc<Repository>, View), Problem> {
    call.signed_in()?;
    let office = call.server.office()?;
    let all = ways(call.who(), office.region);
    let allowed = |thing: &Thing| authorize(call.who(), call.route.action, thing) == Verdict::Allow;
    // Without any way the first is asked, whose refusal is noted.
    let way = all.iter().find(|(thing, _)| allowed(thing)).or(all.first()).ok_or_else(Problem::not_found)?;
    call.permit(&way.0, call.route.path).await?;
    Ok((office.repository().await?, way.1.clone()))
}

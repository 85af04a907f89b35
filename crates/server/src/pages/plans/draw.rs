//! A recorded draw on a page: the seed and where it comes from, the hashes, strata and picks; and what the ledger does not hold of it.

use serde_json::{Value, json};
use zhiheng_desk::Desk;
use zhiheng_desk::plans::inspections::{Draw, Plan};

use super::headed;
use crate::call::Call;
use crate::pages::sheet::{Cell, Table};
use crate::text::Text;

/// Everything that anybody needs to draw again, besides the published log.
pub(super) fn facts(call: &Call, desk: &Desk, draw: &Draw) -> Vec<(String, Cell)> {
    let t = Text(call.view.lang);
    let place = desk.catalog.regions.title(draw.region, call.view.lang).map(str::to_owned);
    vec![
        (t.say("plan-number"), Cell::to(draw.number.clone(), format!("/records/{}", draw.entry))),
        (t.say("plans-drawn-on"), Cell::of(draw.drawn_on.to_string())),
        (
            t.say("plans-region"),
            Cell::to(place.unwrap_or_else(|| draw.region.to_string()), format!("/r/{}", draw.region)),
        ),
        (t.say("plans-seed"), Cell::of(draw.seed.clone())),
        (t.say("plans-seed-from"), Cell::of(draw.seed_from.clone())),
        (t.say("plans-population"), Cell::of(draw.population.clone())),
        (t.say("plans-log"), Cell::of(draw.log.clone().unwrap_or_else(|| t.say("server-none")))),
    ]
}

/// What is missing is said: a page that is silent about it looks as if nothing was.
pub(super) fn missing(call: &Call, plan: &Plan, inspected: bool) -> Vec<String> {
    let t = Text(call.view.lang);
    match &plan.draw {
        None if inspected => vec![t.say("plans-no-draw")],
        Some(_) if plan.picks.is_empty() => vec![t.say("plans-no-picks")],
        _ => Vec::new(),
    }
}

/// Strata with how many were drawn of how many.
pub(super) fn strata(call: &Call, plan: &Plan) -> Table {
    let mut table = headed(call, "plan-strata", &["plan-class", "#plans-size", "#plans-drawn"]);
    table.rows.extend(plan.strata.iter().map(|one| {
        vec![
            Cell::to(one.stratum.clone(), format!("/records/{}", one.entry)),
            Cell::of(one.size.to_string()),
            Cell::of(one.drawn.to_string()),
        ]
    }));
    table
}

/// Picks in order, with what became of each.
pub(super) fn picks(call: &Call, plan: &Plan) -> Table {
    let t = Text(call.view.lang);
    let columns = [
        "#plan-order",
        "plan-class",
        "#plan-place",
        "plan-enterprise",
        "plans-instead-of",
        "plan-reason",
        "plan-state",
    ];
    let mut table = headed(call, "plan-picks", &columns);
    for pick in &plan.picks {
        let gone = plan.picks.iter().any(|other| other.instead_of.as_ref() == Some(&pick.enterprise));
        let visit =
            plan.inspections.iter().rfind(|one| one.visit.enterprise.as_ref() == Some(&pick.enterprise));
        let state = match (gone, visit) {
            (true, _) => Cell::of(t.say("plans-state-replaced")),
            (false, Some(one)) => Cell::to(
                t.say(&format!("plans-state-{}", one.state.word())),
                format!("/records/{}", one.visit.entry),
            ),
            (false, None) => Cell::of(t.say("plans-state-open")),
        };
        table.rows.push(vec![
            Cell::to(pick.order.to_string(), format!("/records/{}", pick.entry)),
            Cell::of(pick.stratum.clone()),
            Cell::of(pick.place.to_string()),
            Cell::to(pick.enterprise.clone(), format!("/e/{}", pick.enterprise)),
            Cell::of(pick.instead_of.clone().unwrap_or_default()),
            Cell::of(pick.reason.clone().unwrap_or_default()),
            state,
        ]);
    }
    table
}

/// The plan for programs: its number, and its draw.
pub(super) fn told(number: &str, plan: &Plan) -> Value {
    let draw = plan.draw.as_ref().map(|draw| {
        json!({
            "drawn_on": draw.drawn_on,
            "region": draw.region,
            "seed": draw.seed,
            "seed_from": draw.seed_from,
            "population": draw.population,
            "log": draw.log,
            "entry": draw.entry,
        })
    });
    json!({ "plan": number, "draw": draw })
}

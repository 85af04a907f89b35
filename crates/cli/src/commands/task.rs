//! `zhiheng task`: what waits for whom, until when.

use serde_json::Value as Json;
use zhiheng_act::case::{Case, Choice, stands};
use zhiheng_act::clock::{IntentKind, reckon};
use zhiheng_base::{Date, RegionCode};
use zhiheng_catalog::model::{Procedure, RoleBy};

use super::case::day;
use crate::args::TaskVerb;
use crate::context::Context;
use crate::desk::Desk;
use crate::failure::{Failure, Outcome};
use crate::output::Listing;

/// Runs a verb of `task`.
pub(crate) fn run(context: &Context, verb: TaskVerb) -> Outcome {
    match verb {
        TaskVerb::List { account, on, procedure, overdue } => {
            list(context, account.as_deref(), on.as_deref(), procedure.as_deref(), overdue)
        }
        TaskVerb::Remind { on, days } => remind(context, on.as_deref(), days),
    }
}

/// Whether an account may take a step.
fn is_for(
    desk: &Desk<'_>,
    procedure: &Procedure,
    case: &Case,
    choice: &Choice,
    account: &str,
    on: Date,
) -> bool {
    let text = |field: &str| match case.sheet.get(field) {
        Some(zhiheng_catalog::Value::Text(text)) => Some(text.clone()),
        _ => None,
    };
    let Some(region) = text(&procedure.region).and_then(|code| RegionCode::parse(&code).ok()) else {
        return false;
    };
    choice.who.iter().filter_map(|id| procedure.role(id)).any(|role| {
        let party = match &role.by {
            RoleBy::Party(field) => text(field),
            RoleBy::Public => return false,
            RoleBy::Holds(_) => None,
        };
        desk.staff.actor(role, account, region, party.as_deref(), on).is_ok()
    })
}

fn list(
    context: &Context,
    account: Option<&str>,
    on: Option<&str>,
    family: Option<&str>,
    only_overdue: bool,
) -> Outcome {
    let desk = Desk::open(context)?;
    let on = day(context, on)?;
    let mut rows: Vec<(Option<Date>, Vec<Json>)> = Vec::new();
    for head in desk.open_cases(family)? {
        let case = desk.case(&head.case, None)?;
        let procedure = desk.procedure(&case)?;
        let below = desk.below(&head.case)?;
        for choice in desk.within(&below, |world| stands(world, &case, on))? {
            let mine = account.is_none_or(|account| is_for(&desk, procedure, &case, &choice, account, on));
            // What a clock does by itself waits for nobody.
            if !mine || choice.who.is_empty() || (only_overdue && choice.late.is_none()) {
                continue;
            }
            let waits = !choice.is_open() && choice.opens.is_none();
            if waits {
                continue;
            }
            rows.push((choice.due, row(context, procedure, &case, &choice)));
        }
    }
    rows.sort_by_key(|(due, _)| (due.is_none(), *due));
    let title = |id| context.say(id, &[]);
    let mut listing = Listing::new([
        ("due", title("cli-due"), false),
        ("late", title("cli-late"), true),
        ("opens", title("cli-opens"), false),
        ("case", title("cli-case"), false),
        ("step", title("cli-step"), false),
        ("name", title("cli-name"), false),
        ("who", title("cli-who"), false),
    ]);
    for (_, row) in rows {
        listing.row(row);
    }
    Ok(listing.print(context.format())?)
}

fn row(context: &Context, procedure: &Procedure, case: &Case, choice: &Choice) -> Vec<Json> {
    let date = |day: Option<Date>| day.map_or(Json::Null, |day| day.to_string().into());
    let who: Vec<&str> = (choice.who.iter())
        .map(|id| procedure.role(id).map_or(id.as_str(), |role| role.name.get(context.lang)))
        .collect();
    vec![
        date(choice.due),
        choice.late.map_or(Json::Null, Json::from),
        if choice.is_open() { Json::Null } else { date(choice.opens) },
        case.number.clone().into(),
        choice.step.clone().into(),
        choice.name.get(context.lang).into(),
        who.join("、").into(),
    ]
}

/// What is to be told in the coming days: reminders, last days, misses.
fn remind(context: &Context, on: Option<&str>, days: u16) -> Outcome {
    let desk = Desk::open(context)?;
    let from = day(context, on)?;
    let to = from.checked_add(jiff::Span::new().days(i64::from(days))).unwrap_or(Date::MAX);
    let mut found: Vec<(Date, Vec<Json>)> = Vec::new();
    for head in desk.open_cases(None)? {
        let case = desk.case(&head.case, None)?;
        for running in case.clocks.values() {
            let Some(clock) = desk.catalog.clocks.get(&running.clock) else { continue };
            for intent in reckon(clock, &running.facts, &desk.calendar)?.intents(&desk.calendar) {
                if intent.on < from || intent.on > to {
                    continue;
                }
                let (id, day) = match intent.kind {
                    IntentKind::Opens(day) => ("cli-remind-opens", day),
                    IntentKind::Remind { due, .. } => ("cli-remind-due", due),
                    IntentKind::LastDay(due) => ("cli-remind-last", due),
                    IntentKind::Missed(due) => ("cli-remind-missed", due),
                };
                let who = intent.who.as_ref().map_or(Json::Null, |who| who.get(context.lang).into());
                let row = vec![
                    intent.on.to_string().into(),
                    context.say(id, &[("day", &day.to_string())]).into(),
                    clock.name.get(context.lang).into(),
                    case.number.clone().into(),
                    who,
                ];
                found.push((intent.on, row));
            }
        }
    }
    found.sort_by_key(|(on, _)| *on);
    let title = |id| context.say(id, &[]);
    let mut listing = Listing::new([
        ("on", title("cli-on"), false),
        ("what", title("cli-task-what"), false),
        ("clock", title("cli-clock-name"), false),
        ("case", title("cli-case"), false),
        ("who", title("cli-who"), false),
    ]);
    for (_, row) in found {
        listing.row(row);
    }
    listing.print(context.format()).map_err(Failure::from)
}

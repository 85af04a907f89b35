//! `zhiheng task`: what waits for whom, until when.

use serde_json::Value as Json;
use zhiheng_act::clock::{IntentKind, reckon};
use zhiheng_base::Date;
use zhiheng_base::words::between;
use zhiheng_catalog::model::Procedure;
use zhiheng_desk::tasks::Task;

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

fn list(
    context: &Context,
    account: Option<&str>,
    on: Option<&str>,
    family: Option<&str>,
    only_overdue: bool,
) -> Outcome {
    let desk = Desk::open(context)?;
    let on = day(context, on)?;
    let tasks = context.wait(desk.tasks(on))?;
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
    for task in tasks {
        let Some(procedure) = desk.catalog.procedures.get(&task.procedure) else { continue };
        let of_family = family.is_none_or(|family| procedure.family == family || procedure.head.id == family);
        let mine = account.is_none_or(|account| task.is_for(procedure, &desk.staff, account, on));
        if of_family && mine && (!only_overdue || task.late.is_some()) {
            listing.row(row(context, procedure, task));
        }
    }
    Ok(listing.print(context.format())?)
}

fn row(context: &Context, procedure: &Procedure, task: Task) -> Vec<Json> {
    let date = |day: Option<Date>| day.map_or(Json::Null, |day| day.to_string().into());
    let who: Vec<&str> = (task.roles.iter())
        .map(|(id, _)| procedure.role(id).map_or(id.as_str(), |role| role.name.get(context.lang)))
        .collect();
    let who = who.join(&between(context.lang, "list-separator")).into();
    vec![
        date(task.due),
        task.late.map_or(Json::Null, Json::from),
        date(task.opens),
        task.case.into(),
        task.step.into(),
        task.name.get(context.lang).into(),
        who,
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

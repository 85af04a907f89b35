//! Plans: what a region is to come to in a period and how far it is, the tasks of its letters, its plans of inspections.
//!
//! Only what the ledger holds is shown. Targets and inspections belong to regions and are shown to whoever sees the region; tasks
//! belong to none, so they are the instance's, as their records are.

mod draw;
pub(crate) mod one;
mod targets;

use std::collections::BTreeMap;

use zhiheng_base::{Diagnostic, Period, RegionCode};
use zhiheng_desk::Desk;
use zhiheng_desk::plans::inspections::{Plan, State, plans};
use zhiheng_desk::plans::targets as of_targets;
use zhiheng_desk::plans::tasks::{self, Task};

use super::explore::places;
use super::region::{facts, period};
use super::sheet::{Cell, Chooser, Column, Section, Sheet, Table, as_csv, json};
use super::workbook;
use crate::api::escaped;
use crate::authorize::{Level, Thing};
use crate::call::Call;
use crate::route::Answer;
use crate::text::Text;

/// Where this stands.
const HERE: &str = "/plans";
/// Most rows of a table; a page with more is no list to read.
const ROWS: usize = 200;

/// `GET /plans`.
pub(crate) async fn list(call: Call) -> Answer {
    let t = Text(call.view.lang);
    let region = match call.query.get("region") {
        "" => call.start()?,
        code => RegionCode::parse(code)?,
    };
    call.permit(&Thing::of_region(region, Level::Internal), &format!("plans {region}")).await?;
    let desk = call.server.office()?.desk().await?;
    let period = period(&call, &desk, region).await?;
    let on = call.server.today();
    let checked = of_targets::checked(&desk.engine, Some(region), Some(period), on).await?;
    let tasks = tasks::recorded(&desk.engine, None).await?;
    let (inspections, unread) = plans(&desk.engine, region, period).await?;
    let unread = checked.unread + tasks.problems.len() + unread.len();
    let mut tables = vec![
        targets::reached(&call, &desk, &checked.targets, on).await?,
        targets::shared_out(&call, &checked.found),
        letters(&call, tasks.tasks, period),
        of_inspections(&call, &desk, inspections),
    ];
    let n_rows = tables.iter().map(|table| table.rows.len()).max().unwrap_or(0);
    let here = format!("{HERE}?region={region}&period={}", escaped(&period.to_string()));
    if let Some(answer) =
        twin(&call, &desk, &tables, &serde_json::json!({ "region": region, "period": period }))
    {
        return answer;
    }
    let mut sheet = Sheet::of(&call);
    let name = desk.catalog.regions.full_name(region).unwrap_or_else(|| region.to_string());
    sheet.lead = zhiheng_base::words::say(
        call.view.lang,
        "plans-lead",
        &[("place", &name), ("period", &period.title(call.view.lang))],
    );
    let code = region.to_string();
    let choices = places(&call, &desk, Some(region)).into_iter().map(|(value, text)| {
        let chosen = value == code;
        (value, text, chosen)
    });
    sheet.sections.push(Section::Choose(Chooser {
        action: HERE.to_owned(),
        selects: vec![("region".to_owned(), t.say("server-col-region"), choices.collect())],
        inputs: vec![("period".to_owned(), t.say("server-col-period"), period.to_string())],
    }));
    if n_rows > ROWS {
        sheet.notes.push(t.with("plans-more", "most", ROWS));
    }
    sheet.notes.extend(unread_note(t, unread));
    twins(&mut sheet, &here, &tables);
    for table in &mut tables {
        table.rows.truncate(ROWS);
    }
    sheet.sections.extend(tables.into_iter().map(Section::Table));
    sheet.answer(&call)
}

/// A table whose columns are titled by the words of the command; those that begin with `#` hold figures.
fn headed(call: &Call, id: &str, columns: &[&str]) -> Table {
    let t = Text(call.view.lang);
    let mut table = Table::new(call, id, &[]);
    table.columns = columns
        .iter()
        .map(|column| Column {
            title: t.say(column.trim_start_matches('#')),
            number: column.starts_with('#'),
        })
        .collect();
    table
}

/// That records cannot be read, so that nobody takes what is shown for all there is. What they say is for whoever may check them:
/// they may be of any place.
fn unread_note(t: Text, n: usize) -> Option<String> {
    (n > 0).then(|| t.with("plans-unread", "n", n))
}

/// Tasks, letter by letter.
fn letters(call: &Call, tasks: Vec<Task>, period: Period) -> Table {
    let on = call.server.today();
    let due: Vec<Task> = tasks.into_iter().filter(|task| period.contains(task.due_on)).collect();
    let columns = [
        "plan-letter",
        "#plans-tasks",
        "#plans-task-done",
        "#plans-task-overdue",
        "#plans-task-dropped",
        "plans-next",
    ];
    let mut table = headed(call, "plan-letters", &columns);
    for (letter, progress) in tasks::progress(&due, on) {
        table.rows.push(vec![
            Cell::to(letter, address(letter)),
            Cell::of(progress.tasks.to_string()),
            Cell::of(progress.done.to_string()),
            Cell::of(progress.overdue.to_string()),
            Cell::of(progress.dropped.to_string()),
            Cell::of(progress.next.map(|day| day.to_string()).unwrap_or_default()),
        ]);
    }
    table
}

/// Plans of inspections.
fn of_inspections(call: &Call, desk: &Desk, found: BTreeMap<String, Plan>) -> Table {
    let t = Text(call.view.lang);
    let columns = [
        "plan-number",
        "plans-region",
        "plans-drawn-on",
        "#plans-planned",
        "#plans-done",
        "#plans-cancelled",
    ];
    let mut table = headed(call, "plan-inspections", &columns);
    for (number, plan) in found {
        let names: Vec<&str> = plan
            .regions()
            .into_iter()
            .filter_map(|code| desk.catalog.regions.title(code, call.view.lang))
            .collect();
        let number = match number.as_str() {
            "" => Cell::of(t.say("plans-unnamed")),
            _ => Cell::to(number.clone(), address(&number)),
        };
        table.rows.push(vec![
            number,
            Cell::of(names.join(&t.between("list-separator"))),
            Cell::of(plan.draw.as_ref().map(|draw| draw.drawn_on.to_string()).unwrap_or_default()),
            Cell::of(plan.count(State::Planned).to_string()),
            Cell::of(plan.count(State::Done).to_string()),
            Cell::of(plan.count(State::Cancelled).to_string()),
        ]);
    }
    table
}

/// Where a plan stands; its number may hold any letter.
fn address(number: &str) -> String {
    format!("{HERE}/{}", escaped(number))
}

/// The page as data, if that is asked for: all tables as JSON or as a workbook, one of them as CSV.
fn twin(call: &Call, desk: &Desk, tables: &[Table], of: &serde_json::Value) -> Option<Answer> {
    match call.query.get("as") {
        "json" => Some(json(&serde_json::json!({ "of": of, "tables": tables }))),
        "xlsx" => {
            let tables: Vec<&Table> = tables.iter().collect();
            Some(workbook::answer(&tables, &facts(call, desk)))
        }
        "csv" => {
            let asked = call.query.get("table");
            let table = tables.iter().find(|table| asked.is_empty() || table.id == asked);
            let unknown = || Diagnostic::error("ZH7596").arg("table", asked);
            Some(table.map_or_else(|| Err(unknown().into()), as_csv))
        }
        _ => None,
    }
}

/// Links to the page as data.
fn twins(sheet: &mut Sheet, here: &str, tables: &[Table]) {
    let mark = if here.contains('?') { '&' } else { '?' };
    for ending in ["json", "xlsx"] {
        sheet.twin(&ending.to_uppercase(), format!("{here}{mark}as={ending}"));
    }
    for table in tables {
        sheet.twin(&format!("CSV: {}", table.title), format!("{here}{mark}as=csv&table={}", table.id));
    }
}

//! Definitions: those in force, those in the folders, what is wrong with them, what they would change; and their adoption.

use axum::http::StatusCode;
use zhiheng_base::words::say;
use zhiheng_base::{Diagnostic, Place, Severity};
use zhiheng_desk::rules;
use zhiheng_desk::shifts::{Pending, Shifts, pending};
use zhiheng_record::access::DeedKind;

use super::account::minute;
use super::forms::{Filled, told};
use super::layout::go;
use super::sheet::{Cell, Section, Sheet, Table, as_csv, json};
use super::upkeep::{form, start};
use crate::call::Call;
use crate::problem::Problem;
use crate::route::Answer;
use crate::text::Text;
use crate::upkeep::{Task, on_disk};

const HOME: &str = "/admin/catalog";
/// Lines of a table on the page; the files have all.
const LINES: usize = 200;
/// Characters of a digest that people compare.
const SHORT: usize = 12;

fn short(digest: &str) -> &str {
    digest.get(..SHORT).unwrap_or(digest)
}

/// `GET /admin/catalog`.
pub(crate) async fn show(call: Call) -> Answer {
    page(&call, StatusCode::OK, &[]).await
}

async fn now(call: &Call) -> Result<Pending, Problem> {
    let folders = call.server.office()?.folders();
    Ok(on_disk(move || Ok(pending(&folders))).await?)
}

async fn page(call: &Call, status: StatusCode, wrong: &[Diagnostic]) -> Answer {
    let (t, server) = (Text(call.view.lang), &call.server);
    let force = server.office()?.catalog().await;
    let other = now(call).await?;
    let digest = &other.catalog.digest;
    let compared = server.upkeep.compared().filter(|found| found.digest == *digest);
    match (call.query.get("as"), &compared) {
        ("json", Some(found)) => return json(&**found),
        ("csv", Some(found)) => return as_csv(&shifted(call, &other, found, usize::MAX)),
        _ => {}
    }
    let adopted = adopted(call).await?;
    let is_adopted = adopted.rows.iter().any(|row| row.get(2).is_some_and(|cell| cell.text == short(digest)));
    let mut sheet = Sheet::of(call);
    sheet.wrong = told(t.0, wrong, "main");
    let errors = other.problems.iter().filter(|problem| problem.is_error()).count();
    sheet.lead = match (errors, force.digest == *digest, is_adopted) {
        (0, true, true) => t.say("rules-lead-same"),
        (0, true, false) => t.say("rules-lead-unadopted"),
        (0, false, true) => t.say("rules-lead-restart"),
        (0, false, false) => t.say("rules-lead-changed"),
        _ => t.with("rules-lead-errors", "n", errors),
    };
    let mut facts = vec![
        (t.say("rules-in-force"), Cell::of(short(&force.digest))),
        (t.say("rules-in-folders"), Cell::of(short(digest))),
    ];
    let folders = server.office()?.folders();
    let folders: Vec<String> = folders.iter().map(|folder| folder.display().to_string()).collect();
    let none = t.say("rules-no-folders");
    facts
        .push((t.say("rules-folders"), Cell::of(if folders.is_empty() { none } else { folders.join("\n") })));
    sheet.sections.push(Section::Facts(t.say("rules-facts"), facts));
    sheet.sections.push(Section::Table(problems(call, &other)));
    if errors == 0 {
        sheet.sections.push(Section::Table(changes(call, &force, &other)));
        sheet.sections.extend(compared.iter().flat_map(|found| what_would_change(call, &other, found)));
        if compared.is_some() {
            for ending in ["json", "csv"] {
                sheet.twin(&ending.to_uppercase(), format!("{HOME}?as={ending}"));
            }
        }
        if server.upkeep.running().is_none() {
            sheet.sections.push(form(t, "compare", format!("{HOME}/compare")));
        } else {
            sheet.sections.push(Section::Actions(
                t.say("upkeep-busy"),
                vec![Cell::to(t.say("upkeep-look-again"), HOME)],
            ));
        }
        if !is_adopted {
            let title = t.say("upkeep-do-adopt");
            let mut form = Filled::new(title.clone(), format!("{HOME}/adopt"), title);
            form.says = t.say("upkeep-do-adopt-says");
            form.hidden = vec![("digest", digest.clone())];
            sheet.sections.push(Section::Form(form));
        }
    }
    sheet.sections.push(Section::Table(adopted));
    sheet.answer_as(call, status)
}

/// Errors and warnings with their places.
fn problems(call: &Call, other: &Pending) -> Table {
    let t = Text(call.view.lang);
    let mut table = Table::new(call, "rules-problems", &["severity", "place", "problem", "remedy"]);
    table.empty = t.say("rules-no-problems");
    for problem in other.problems.iter().take(LINES) {
        let severity = match problem.severity {
            Severity::Error => "rules-error",
            _ => "rules-warning",
        };
        let place = match &problem.at {
            Place::Text { file, line, .. } => format!("{file}:{line}"),
            Place::File(file) => file.clone(),
            _ => String::new(),
        };
        let text = format!("{} {}", problem.code, problem.message(t.0));
        let cells = [t.say(severity), place, text, problem.hint(t.0).unwrap_or_default()];
        table.rows.push(cells.map(Cell::of).to_vec());
    }
    table
}

/// What is defined otherwise.
fn changes(call: &Call, force: &zhiheng_catalog::Catalog, other: &Pending) -> Table {
    let t = Text(call.view.lang);
    let mut table = Table::new(call, "rules-changes", &["definition", "part", "was", "becomes", "counts"]);
    let all = zhiheng_catalog::diff(force, &other.catalog);
    table.title = format!("{} ({})", table.title, all.len());
    table.empty = t.say("rules-no-changes");
    for change in all.into_iter().take(LINES) {
        let counts = t.say(if change.figures { "server-yes" } else { "server-no" });
        let side = |text: Option<String>| Cell::of(text.unwrap_or_else(|| t.say("rules-absent")));
        table.rows.push(vec![
            Cell::of(change.id),
            Cell::of(change.what),
            side(change.from),
            side(change.to),
            Cell::of(counts),
        ]);
    }
    table
}

fn what_would_change(call: &Call, other: &Pending, found: &Shifts) -> Vec<Section> {
    let t = Text(call.view.lang);
    let (n, of) = (found.shifts.len().to_string(), found.compared.to_string());
    let says = say(t.0, "rules-compared", &[("n", &n), ("of", &of)]);
    let mut sections = vec![
        Section::Heading(t.say("rules-would-change")),
        Section::Text(vec![Cell::of(says)]),
        Section::Table(shifted(call, other, found, LINES)),
    ];
    if !found.uncounted.is_empty() {
        let mut table = Table::new(call, "rules-uncounted", &["indicator", "problem"]);
        for (id, why) in &found.uncounted {
            let why = why.first().map(|problem| problem.message(t.0)).unwrap_or_default();
            table.rows.push(vec![Cell::of(id.as_str()), Cell::of(why)]);
        }
        sections.push(Section::Table(table));
    }
    sections
}

/// Figures before and after.
fn shifted(call: &Call, other: &Pending, found: &Shifts, most: usize) -> Table {
    let t = Text(call.view.lang);
    let mut table = Table::new(call, "rules-shifts", &["indicator", "region", "period", "#was", "#becomes"]);
    table.empty = t.say("rules-no-shifts");
    for shift in found.shifts.iter().take(most) {
        let name =
            other.catalog.indicators.get(&shift.indicator).map(|one| one.head.name.get(t.0).to_owned());
        let place = other.catalog.regions.name(shift.region).map(str::to_owned);
        let value = |side: &Option<String>| side.clone().unwrap_or_else(|| t.say("no-data"));
        let cells = [
            name.unwrap_or_else(|| shift.indicator.clone()),
            place.unwrap_or_else(|| shift.region.to_string()),
            shift.period.clone(),
            value(&shift.was),
            value(&shift.becomes),
        ];
        table.rows.push(cells.map(Cell::of).to_vec());
    }
    table
}

/// What was adopted, newest first.
async fn adopted(call: &Call) -> Result<Table, Problem> {
    let ledger = &call.server.ledger;
    let mut table = Table::new(call, "rules-adopted", &["#entry", "at", "digest"]);
    for act in ledger.acts().await?.into_iter().rev().filter(|act| act.kind == "adopt").take(LINES) {
        let entry = ledger.entry(act.entry).await?;
        let cells = [act.entry.to_string(), minute(entry.at), short(&act.digest).to_owned()];
        table.rows.push(cells.map(Cell::of).to_vec());
    }
    Ok(table)
}

/// `POST /admin/catalog/compare`.
pub(crate) async fn compare(call: Call) -> Answer {
    start(&call, Task::Compare, HOME).await
}

/// `POST /admin/catalog/adopt`: what was looked at, and nothing else.
pub(crate) async fn adopt(call: Call) -> Answer {
    let server = &call.server;
    let office = server.office()?;
    if now(&call).await?.catalog.digest != call.form.get("digest") {
        return page(&call, StatusCode::CONFLICT, &[Diagnostic::error("ZH7553")]).await;
    }
    let (project, folders) = (office.project().await, office.folders());
    let done = rules::adopt(&project, &server.ledger, &folders, call.account(), server.now()).await;
    match done {
        Ok((catalog, _)) => {
            call.note(DeedKind::Operate, &format!("adopt {}", catalog.digest)).await?;
            go(&call, HOME)
        }
        Err(zhiheng_desk::Trouble::Problems(why)) => {
            page(&call, StatusCode::UNPROCESSABLE_ENTITY, &why).await
        }
        Err(trouble) => Err(trouble.into()),
    }
}

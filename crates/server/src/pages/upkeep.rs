//! Care of the system: how the ledger is, what is being worked on, the backups there are.

use std::sync::Arc;
use std::time::Duration;

use axum::http::StatusCode;
use zhiheng_base::Diagnostic;
use zhiheng_base::words::say;
use zhiheng_desk::backup::Backup;
use zhiheng_record::access::DeedKind;

use super::account::minute;
use super::forms::{Blank, Button, Filled, told};
use super::layout::go;
use super::sheet::{Cell, Section, Sheet, Table};
use crate::call::Call;
use crate::problem::Problem;
use crate::route::Answer;
use crate::text::Text;
use crate::upkeep::{Done, Task, Work, backups, begin, size};

/// How long a form waits for its work before it shows the page: most of it is done by then.
const PATIENCE: Duration = Duration::from_millis(1500);
const HOME: &str = "/admin/upkeep";

/// `GET /admin/upkeep`.
pub(crate) async fn show(call: Call) -> Answer {
    page(&call, StatusCode::OK, &[]).await
}

async fn page(call: &Call, status: StatusCode, wrong: &[Diagnostic]) -> Answer {
    let (t, server) = (Text(call.view.lang), &call.server);
    let found = backups(server).await?;
    let mut sheet = Sheet::of(call);
    sheet.wrong = told(t.0, wrong, "main");
    let size = server.ledger.size().await?;
    sheet.lead = match (server.ledger.alarm(), found.first()) {
        (Some(alarm), _) => alarm.message(t.0),
        (None, Some(newest)) => say(
            t.0,
            "upkeep-lead",
            &[
                ("at", &minute(newest.manifest.made_at)),
                ("missing", &(size - newest.manifest.entries.min(size)).to_string()),
            ],
        ),
        (None, None) if server.settings.backup.folder.is_none() => t.say("upkeep-lead-nowhere"),
        (None, None) => t.say("upkeep-lead-none"),
    };
    let facts = ledger(call, size).await?;
    sheet.sections.push(Section::Facts(t.say("upkeep-ledger"), facts));
    let is_free = server.upkeep.running().is_none();
    if is_free {
        sheet.sections.push(form(t, "verify", format!("{HOME}/verify")));
    }
    sheet.sections.push(Section::Table(works(call)));
    if let Some(work) = server.upkeep.running() {
        let word = if work.is_paused() { "resume" } else { "pause" };
        let mut form = Filled::new(String::new(), format!("{HOME}/pause"), String::new());
        form.buttons = vec![Button::new(t.say(&format!("upkeep-do-{word}")), "", word)];
        sheet.sections.push(Section::Form(form));
    }
    sheet.sections.push(Section::Actions(String::new(), vec![Cell::to(t.say("upkeep-look-again"), HOME)]));
    sheet.sections.push(Section::Table(reading(call)));
    if server.settings.backup.folder.is_some() {
        sheet.sections.push(Section::Table(listed(call, &found)));
        if is_free {
            sheet.sections.push(form(t, "backup", format!("{HOME}/backup")));
            sheet.sections.extend(checking(t, &found));
        }
    }
    sheet.answer_as(call, status)
}

/// A form of nothing but its button.
pub(super) fn form(t: Text, word: &str, action: String) -> Section {
    let title = t.say(&format!("upkeep-do-{word}"));
    let mut form = Filled::new(title.clone(), action, title);
    form.says = t.say(&format!("upkeep-do-{word}-says"));
    Section::Form(form)
}

/// The form that checks a backup.
fn checking(t: Text, found: &[Backup]) -> Option<Section> {
    let newest = found.first()?.name();
    let title = t.say("upkeep-do-check");
    let mut form = Filled::new(title.clone(), format!("{HOME}/check"), title);
    let names = found.iter().map(|backup| (backup.name(), minute(backup.manifest.made_at)));
    form.blanks = vec![Blank::new(t, "backup", "choice").choices(names).value(&newest)];
    Some(Section::Form(form))
}

async fn ledger(call: &Call, size: u64) -> Result<Vec<(String, Cell)>, Problem> {
    let (t, server) = (Text(call.view.lang), &call.server);
    let mut facts = vec![
        (t.say("upkeep-origin"), Cell::of(server.ledger.origin())),
        (t.say("upkeep-entries"), Cell::of(size.to_string())),
    ];
    let verified = server.upkeep.all().iter().find_map(|work| match (&work.task, work.end()) {
        (Task::Verify, Some((at, Ok(_)))) => Some(minute(*at)),
        _ => None,
    });
    facts.push((t.say("upkeep-verified"), Cell::of(verified.unwrap_or_else(|| t.say("upkeep-not-yet")))));
    if let Some(office) = &server.office {
        let dir = office.project().await.dir().to_owned();
        for (word, name) in [("upkeep-database", "ledger.sqlite"), ("upkeep-accounts", "access.sqlite")] {
            // On a database server there is no file.
            let bytes = self::size(&dir.join(name));
            if bytes > 0 {
                facts.push((t.say(word), Cell::of(megabytes(bytes))));
            }
        }
    }
    facts.push((t.say("upkeep-version"), Cell::of(server.version.as_str())));
    Ok(facts)
}

fn megabytes(bytes: u64) -> String {
    format!("{}.{} MB", bytes / 1_000_000, bytes / 100_000 % 10)
}

/// What goes on, and what came of the last works.
fn works(call: &Call) -> Table {
    let t = Text(call.view.lang);
    let mut table = Table::new(call, "works", &["work", "begun", "state", "remark"]);
    for work in call.server.upkeep.all() {
        let (state, remark) = outcome(t, &work);
        let name = t.say(&format!("upkeep-work-{}", work.task.word()));
        table.rows.push([name, minute(work.begun), state, remark].map(Cell::of).to_vec());
    }
    table
}

/// How a work stands, and what there is to know of it.
pub(super) fn outcome(t: Text, work: &Work) -> (String, String) {
    let Some((_, end)) = work.end() else {
        let word = if work.is_paused() { "upkeep-paused" } else { "upkeep-running" };
        let share = work.share();
        let share = format!("{}.{}", share / 10, share % 10);
        return (t.with(word, "share", share), String::new());
    };
    match end {
        Ok(done) => (t.say("upkeep-done"), remark(t, done)),
        Err(why) => {
            let told: Vec<String> = why.iter().take(5).map(|problem| problem.message(t.0)).collect();
            (t.say("upkeep-failed"), told.join(&t.between("clause-separator")))
        }
    }
}

fn remark(t: Text, done: &Done) -> String {
    match done {
        Done::Verified(entries, root) => {
            say(t.0, "upkeep-remark-verified", &[("n", &entries.to_string()), ("root", root)])
        }
        Done::Backed(name, bytes) => {
            say(t.0, "upkeep-remark-backed", &[("name", name), ("size", &megabytes(*bytes))])
        }
        Done::Checked(name, files, entries) => {
            let (files, entries) = (files.to_string(), entries.to_string());
            say(t.0, "upkeep-remark-checked", &[("name", name), ("files", &files), ("n", &entries)])
        }
        Done::Compared(found) => {
            let (n, of) = (found.shifts.len().to_string(), found.compared.to_string());
            say(t.0, "upkeep-remark-compared", &[("n", &n), ("of", &of)])
        }
    }
}

/// Files that are being read or handed in.
fn reading(call: &Call) -> Table {
    let mut table = Table::new(call, "reading", &["at", "kind", "region", "period", "#rows-read"]);
    let Some(counter) = call.server.counter() else { return table };
    for draft in counter.drafts.all().unwrap_or_default().into_iter().filter(|draft| draft.is_busy()) {
        let seen = counter.job(&draft.id).map(|job| job.progress().seen).unwrap_or_default();
        let cells = [minute(draft.at), draft.of, draft.region, draft.period, seen.to_string()];
        table.rows.push(cells.map(Cell::of).to_vec());
    }
    table
}

fn listed(call: &Call, found: &[Backup]) -> Table {
    let mut table = Table::new(call, "backups", &["backup", "at", "#entries", "#files", "#size"]);
    for backup in found {
        let manifest = &backup.manifest;
        let numbers =
            [manifest.entries.to_string(), manifest.files.len().to_string(), megabytes(manifest.bytes())];
        let cells = [backup.name(), minute(manifest.made_at)].into_iter().chain(numbers);
        table.rows.push(cells.map(Cell::of).collect());
    }
    table
}

/// `POST /admin/upkeep/verify`.
pub(crate) async fn verify(call: Call) -> Answer {
    start(&call, Task::Verify, HOME).await
}

/// `POST /admin/upkeep/pause`: what goes on stands still, or goes on.
pub(crate) async fn pause(call: Call) -> Answer {
    let shut = call.form.get("act") != "resume";
    if let Some(work) = call.server.upkeep.running() {
        let deed = if shut { "pause" } else { "resume" };
        call.note(DeedKind::Operate, &format!("{deed} {}", work.task.word())).await?;
        work.pause(shut);
    }
    go(&call, HOME)
}

/// `POST /admin/upkeep/backup`.
pub(crate) async fn backup(call: Call) -> Answer {
    start(&call, Task::Backup, HOME).await
}

/// `POST /admin/upkeep/check`.
pub(crate) async fn check(call: Call) -> Answer {
    start(&call, Task::Check(call.form.get("backup").to_owned()), HOME).await
}

/// Begins a task, and goes where it is shown.
pub(super) async fn start(call: &Call, task: Task, to: &str) -> Answer {
    let subject = match &task {
        Task::Check(name) => format!("check {name}"),
        other => other.word().to_owned(),
    };
    match begin(&call.server, task) {
        Ok(work) => {
            call.note(DeedKind::Operate, &subject).await?;
            let work: Arc<Work> = work;
            let _ = tokio::time::timeout(PATIENCE, work.wait()).await;
            go(call, to)
        }
        Err(problem) => page(call, StatusCode::CONFLICT, &[problem]).await,
    }
}

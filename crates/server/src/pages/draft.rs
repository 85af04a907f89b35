//! A draft that was checked: what is wrong and how to mend it; or what it comes to, and the button that sends it.

mod act;
mod answers;

pub(crate) use act::{annotated, away, mend, pause, resume, send};

use axum::http::StatusCode;
use zhiheng_base::words::say;
use zhiheng_base::{Diagnostic, Lang, Place, Severity};
use zhiheng_desk::handin::table::Table as Pasted;
use zhiheng_desk::handin::{Checked, Draft, Given, State};

use self::answers::answers;
use super::forms::{Blank, Filled, Wrong, told};
use super::job::own;
use super::layout::go;
use super::returns::{Names, counter, href, shown_name};
use super::sheet::{Cell, Section, Sheet, Table};
use crate::call::Call;
use crate::problem::Problem;
use crate::route::Answer;
use crate::text::Text;

/// Problems that a page names; the annotated workbook has all.
const NAMED: usize = 100;
/// Wrong cells that are offered to be mended at once.
const MENDED: usize = 50;
/// Lines of the summary.
const SUMMED: usize = 10;

/// `GET /drafts/{draft}`.
pub(crate) async fn show(call: Call) -> Answer {
    let draft = own(&call, call.param("draft")).await?;
    page(&call, &draft, StatusCode::OK, &[]).await
}

async fn page(call: &Call, draft: &Draft, status: StatusCode, wrong: &[Diagnostic]) -> Answer {
    let (t, lang) = (Text(call.view.lang), call.view.lang);
    if draft.is_busy() {
        return go(call, &format!("/jobs/{}", draft.id));
    }
    let counter = counter(call)?;
    let desk = call.server.office()?.desk().await?;
    let what = draft.what(&desk.catalog, call.server.today())?;
    let names = Names::of(call, &desk, &what);
    let mut sheet = Sheet::new(call, format!("{} · {} · {}", names.record, names.unit, names.period));
    sheet.frame = sheet.frame.under("submit.list");
    sheet.crumb(names.record.clone(), href(&what));
    let mut status = status;
    match &draft.state {
        State::Sent { submission, .. } => return go(call, &format!("/receipts/{submission}")),
        State::Failed { why } => {
            sheet.wrong = told(lang, why, "main");
            status = StatusCode::UNPROCESSABLE_ENTITY;
            sheet.lead = t.with("server-draft-failed-says", "file", shown_name(t, draft));
            // Read and found good, but not taken: it can be sent again.
            if let Some(checked) = counter.drafts.checked(&draft.id).filter(|checked| checked.refused() == 0)
            {
                answers(call, &mut sheet, &desk, (draft, &what, &checked), wrong).await?;
            }
        }
        State::Paused => {
            sheet.lead = t.with("server-draft-paused-says", "file", shown_name(t, draft));
            let action = format!("/drafts/{}/resume", draft.id);
            sheet.sections.push(Section::Form(Filled::new(
                String::new(),
                action,
                t.say("server-draft-resume"),
            )));
        }
        _ => {
            let checked = counter.drafts.checked(&draft.id).ok_or_else(Problem::not_found)?;
            sheet.lead = counts(t, draft, &checked);
            if checked.refused() > 0 {
                let table = counter.drafts.table(&draft.id);
                errors(call, &mut sheet, draft, &checked, table.as_ref());
                status = StatusCode::UNPROCESSABLE_ENTITY;
            } else {
                sheet.wrong = told(lang, wrong, "explanation");
                answers(call, &mut sheet, &desk, (draft, &what, &checked), wrong).await?;
            }
        }
    }
    let mut away =
        Filled::new(String::new(), format!("/drafts/{}/drop", draft.id), t.say("server-draft-drop"));
    away.buttons.iter_mut().for_each(|button| button.class = "danger");
    sheet
        .sections
        .push(Section::Actions(String::new(), vec![Cell::to(t.say("server-draft-another"), href(&what))]));
    sheet.sections.push(Section::Form(away));
    sheet.answer_as(call, status)
}

/// `12 rows: 9 good, 3 wrong, 1 flagged`.
fn counts(t: Text, draft: &Draft, checked: &Checked) -> String {
    let done = &checked.done;
    let n = |count: u64| count.to_string();
    say(
        t.0,
        "server-draft-counts",
        &[
            ("file", &shown_name(t, draft)),
            ("seen", &n(done.seen)),
            ("kept", &n(done.kept)),
            ("refused", &n(done.refused)),
            ("flagged", &n(done.flagged)),
        ],
    )
}

/// What is wrong, and the two ways to mend it.
fn errors(call: &Call, sheet: &mut Sheet, draft: &Draft, checked: &Checked, table: Option<&Pasted>) {
    let (t, lang) = (Text(call.view.lang), call.view.lang);
    let bad: Vec<&Diagnostic> = checked.problems.iter().filter(|problem| problem.is_error()).collect();
    let place = |problem: &Diagnostic| {
        table.and_then(|table| table.cell_of(problem)).filter(|_| draft.given == Given::Table)
    };
    let name = |problem: &Diagnostic| {
        place(problem).map_or_else(|| "problems".to_owned(), |(row, column)| format!("c{row}-{column}"))
    };
    sheet.wrong = (bad.iter().take(SUMMED)).map(|problem| Wrong::of(t, &name(problem), problem)).collect();
    if let Some(table) = table.filter(|_| draft.given == Given::Table) {
        let mut mend = Filled::new(
            t.say("server-draft-mend"),
            format!("/drafts/{}/cells", draft.id),
            t.say("server-draft-mend-check"),
        );
        for problem in bad.iter().filter(|problem| place(problem).is_some()) {
            let Some((row, column)) = place(problem) else { continue };
            let name = format!("c{row}-{column}");
            if mend.blanks.len() == MENDED || mend.blanks.iter().any(|blank| blank.name == name) {
                continue;
            }
            let cell = table.rows.get(row).and_then(|cells| cells.get(column)).cloned().unwrap_or_default();
            let title = table.titles.get(column).cloned().unwrap_or_default();
            mend.blanks.push(Blank {
                name,
                label: say(lang, "server-draft-cell", &[("row", &row_of(problem)), ("title", &title)]),
                hint: problem.hint(lang).unwrap_or_default(),
                kind: if cell.contains('\n') { "long" } else { "text" },
                value: cell,
                required: true,
                wrong: problem.message(lang),
                ..Blank::default()
            });
        }
        if !mend.blanks.is_empty() {
            sheet.sections.push(Section::Form(mend));
        }
    }
    if draft.given == Given::File {
        let workbook =
            Cell::to(t.say("server-draft-annotated"), format!("/drafts/{}/annotated.xlsx", draft.id));
        sheet.sections.push(Section::Actions(t.say("server-draft-mend"), vec![workbook]));
        sheet.notes.push(t.say("server-draft-annotated-says"));
    }
    sheet.sections.push(Section::Table(problems(call, checked, "problems", |_| true)));
    let mut groups = Table::new(call, "problem-groups", &["code", "field", "#rows", "#first"]);
    for group in &checked.done.groups {
        let field = group.name.as_ref().map_or_else(|| group.field.clone(), |name| name.get(lang).to_owned());
        groups.rows.push(vec![
            Cell::to(group.code.clone(), format!("/codes/{}", group.code)),
            Cell::of(field),
            Cell::of(group.count.to_string()),
            Cell::of(group.first.to_string()),
        ]);
    }
    sheet.sections.push(Section::Table(groups));
}

fn row_of(problem: &Diagnostic) -> String {
    match &problem.at {
        Place::Cell { row, .. } => row.to_string(),
        _ => problem.args.get("row").cloned().unwrap_or_default(),
    }
}

/// Problems one by one: where, what, by which rule, and what to do.
fn problems(call: &Call, checked: &Checked, id: &str, wanted: impl Fn(&Diagnostic) -> bool) -> Table {
    let lang = call.view.lang;
    let mut table = Table::new(call, id, &["#row", "field", "kind", "problem", "remedy", "rule"]);
    let t = Text(lang);
    let told =
        checked.problems.iter().filter(|problem| problem.severity != Severity::Note && wanted(problem));
    for problem in told.take(NAMED) {
        let field = if lang == Lang::Zh { "field_zh" } else { "field_en" };
        table.rows.push(vec![
            Cell::of(row_of(problem)),
            Cell::of(problem.args.get(field).cloned().unwrap_or_default()),
            Cell::of(t.say(if problem.is_error() {
                "server-problem-error"
            } else {
                "server-problem-warning"
            })),
            Cell::to(problem.message(lang), format!("/codes/{}", problem.code)),
            Cell::of(problem.hint(lang).unwrap_or_default()),
            Cell::of(problem.rule.clone().unwrap_or_default()),
        ]);
    }
    table
}

//! A draft that was checked: what is wrong and how to mend it; or what it comes to, and the button that sends it.

use axum::http::StatusCode;
use zhiheng_base::words::say;
use zhiheng_base::{Diagnostic, Lang, Place, RegionCode, Severity};
use zhiheng_desk::Desk;
use zhiheng_desk::handin::send::step_of;
use zhiheng_desk::handin::table::Table as Pasted;
use zhiheng_desk::handin::{Checked, Draft, Given, Return, State};

use super::forms::{Blank, Filled, Wrong, told};
use super::job::{after, own};
use super::layout::go;
use super::returns::{Names, counter, href, shown_name};
use super::sheet::{Cell, Section, Sheet, Table};
use super::submit::{XLSX, file};
use crate::call::Call;
use crate::counter::work;
use crate::problem::Problem;
use crate::route::Answer;
use crate::text::Text;

/// Problems that a page names; the annotated workbook has all.
const NAMED: usize = 100;
/// Wrong cells that are offered to be mended at once.
const MENDED: usize = 50;
/// How long the end of work that was stopped is waited for.
pub(crate) const STOPPED_WITHIN: std::time::Duration = std::time::Duration::from_secs(10);
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

/// Check answers: what it comes to beside the period before, what the ledger has of it, what is doubtful; and the form that sends.
async fn answers(
    call: &Call,
    sheet: &mut Sheet,
    desk: &Desk,
    (draft, what, checked): (&Draft, &Return, &Checked),
    wrong: &[Diagnostic],
) -> Result<(), Problem> {
    let (t, lang) = (Text(call.view.lang), call.view.lang);
    if checked.done.flagged > 0 {
        sheet
            .sections
            .push(Section::Table(problems(call, checked, "warnings", |problem| !problem.is_error())));
    }
    if !checked.outliers.is_empty() {
        sheet.sections.push(Section::Table(outliers(call, desk, what, checked)));
    }
    let compared = &checked.compared;
    let facts = [
        ("new", compared.new),
        ("same", compared.same),
        ("older", compared.older),
        ("changed", compared.changed),
        ("back", compared.back),
        ("missing", compared.missing),
    ];
    let facts = facts.into_iter().filter(|(word, n)| *n > 0 || matches!(*word, "new" | "same"));
    let facts = facts.map(|(word, n)| (t.say(&format!("server-compared-{word}")), Cell::of(n.to_string())));
    sheet.sections.push(Section::Facts(t.say("server-draft-compared"), facts.collect()));
    sheet.sections.push(Section::Table(totals(call, desk, what, checked)));
    let place = counter(call)?.places.find(desk, what).await?;
    let step = match step_of(place.as_deref()) {
        Ok(step) => step,
        Err(locked) => {
            sheet.notes.push(locked.message(lang));
            return Ok(());
        }
    };
    if step == "amend" && !compared.brings() && compared.missing == 0 {
        sheet.notes.push(say(lang, "server-draft-nothing", &[("same", &compared.same.to_string())]));
        return Ok(());
    }
    let mut form = Filled::new(
        t.say("server-draft-confirm"),
        format!("/drafts/{}/send", draft.id),
        t.say("server-draft-send"),
    );
    form.says = t.say("server-draft-declare");
    let explanation =
        Blank::new(t, "explanation", "long").value(call.form.get("explanation")).judged(lang, wrong);
    form.blanks.push(if checked.needs_explanation() { explanation } else { explanation.optional() });
    if compared.missing > 0 {
        let mut missing = Blank::new(t, "drop_missing", "check").value(call.form.get("drop_missing"));
        missing.label = t.with("server-draft-missing", "n", compared.missing);
        form.blanks.push(missing);
    }
    sheet.sections.push(Section::Form(form));
    Ok(())
}

fn outliers(call: &Call, desk: &Desk, what: &Return, checked: &Checked) -> Table {
    let mut table = Table::new(call, "outliers", &["#row", "field", "#value", "#others-low", "#others-high"]);
    let record = desk.catalog.records.get(&what.of);
    for one in &checked.outliers {
        let field = record.and_then(|record| record.field(&one.field));
        table.rows.push(vec![
            Cell::of(one.row.to_string()),
            Cell::of(
                field.map_or_else(|| one.field.clone(), |field| field.name.get(call.view.lang).to_owned()),
            ),
            Cell::of(one.value.to_string()),
            Cell::of(one.low.clone()),
            Cell::of(one.high.clone()),
        ]);
    }
    table
}

/// What it comes to, this period and the one before: rows, rows by place and code, sums.
fn totals(call: &Call, desk: &Desk, what: &Return, checked: &Checked) -> Table {
    let (t, lang) = (Text(call.view.lang), call.view.lang);
    let (now, before) = (&checked.totals, &checked.before);
    let mut table = Table::new(call, "totals", &["item", "#this", "#before"]);
    let mut add = |item: String, this: String, that: String| {
        table.rows.push(vec![Cell::of(item), Cell::of(this), Cell::of(that)]);
    };
    add(t.say("server-totals-rows"), now.rows.to_string(), before.rows.to_string());
    let places: std::collections::BTreeSet<&String> = now.places.keys().chain(before.places.keys()).collect();
    for code in places {
        let name = RegionCode::parse(code).ok().map(|region| super::returns::place_name(call, desk, region));
        let n = |totals: &std::collections::BTreeMap<String, u64>| {
            totals.get(code).copied().unwrap_or_default().to_string()
        };
        add(name.unwrap_or_else(|| code.clone()), n(&now.places), n(&before.places));
    }
    let Some(record) = desk.catalog.records.get(&what.of) else { return table };
    for field in &record.fields {
        let name = field.name.get(lang);
        if let zhiheng_catalog::model::FieldType::Code { list } = &field.kind {
            let items = desk.catalog.lists.get(list).map(|list| list.items.as_slice()).unwrap_or_default();
            for item in items {
                let n = |totals: &zhiheng_desk::handin::totals::Totals| {
                    totals
                        .codes
                        .get(&field.id)
                        .and_then(|codes| codes.get(&item.code))
                        .copied()
                        .unwrap_or_default()
                };
                if n(now) + n(before) > 0 {
                    let item_name = item.name.get(lang);
                    let label = say(lang, "server-totals-code", &[("field", name), ("code", item_name)]);
                    add(label, n(now).to_string(), n(before).to_string());
                }
            }
        }
        let sum = |totals: &zhiheng_desk::handin::totals::Totals| {
            totals
                .sums
                .get(&field.id)
                .map(|sum| sum.sum.map_or_else(|| "–".to_owned(), |sum| sum.to_string()))
        };
        if sum(now).is_some() || sum(before).is_some() {
            let label = t.with("server-totals-sum", "field", name);
            add(
                label,
                sum(now).unwrap_or_else(|| "0".to_owned()),
                sum(before).unwrap_or_else(|| "0".to_owned()),
            );
        }
    }
    table
}

/// `GET /drafts/{draft}/annotated.xlsx`.
pub(crate) async fn annotated(call: Call) -> Answer {
    let draft = own(&call, call.param("draft")).await?;
    let counter = counter(&call)?;
    let catalog = call.server.office()?.catalog().await;
    let (today, lang) = (call.server.today(), call.view.lang);
    let what = draft.what(&catalog, today)?;
    let (reading, source) = (counter.reading.clone(), counter.drafts.source(&draft.id)?);
    let name = format!("{}-{}-{}.xlsx", what.of, what.region, what.period);
    let _turn = counter.turn().await?;
    let work = move || reading.annotated(&catalog, (&draft, &what), &source, today, lang);
    file(tokio::task::spawn_blocking(work).await.map_err(Problem::ours)??, XLSX, &name)
}

/// `POST /drafts/{draft}/cells`: cells of a pasted table are mended and everything is checked again.
pub(crate) async fn mend(call: Call) -> Answer {
    let mut draft = own(&call, call.param("draft")).await?;
    let counter = counter(&call)?;
    if draft.is_busy() {
        return Err(Diagnostic::error("ZH7319").into());
    }
    let mut table = counter.drafts.table(&draft.id).ok_or_else(Problem::not_found)?;
    for (name, value) in call.form.pairs() {
        let cell = name.strip_prefix('c').and_then(|rest| rest.split_once('-'));
        let cell = cell.and_then(|(row, column)| Some((row.parse().ok()?, column.parse().ok()?)));
        if let Some(cell) = cell {
            table.mend(cell, value);
        }
    }
    let bytes = table.to_csv();
    counter.drafts.replace(&draft.id, &bytes)?;
    counter.drafts.save_table(&draft.id, &table)?;
    draft.sha256 = zhiheng_record::verify::to_hex(&zhiheng_record::verify::hash::sha256(&bytes));
    draft.size = bytes.len() as u64;
    draft.state = State::Checking;
    counter.drafts.save(&draft)?;
    work(&call.server, &draft);
    go(&call, &after(&call, &draft.id).await)
}

/// `POST /drafts/{draft}/send`.
pub(crate) async fn send(call: Call) -> Answer {
    let mut draft = own(&call, call.param("draft")).await?;
    let counter = counter(&call)?;
    if draft.is_busy() {
        return go(&call, &format!("/jobs/{}", draft.id));
    }
    if let State::Sent { submission, .. } = &draft.state {
        return go(&call, &format!("/receipts/{submission}"));
    }
    let checked = counter.drafts.checked(&draft.id).ok_or_else(Problem::not_found)?;
    if checked.refused() > 0 {
        return page(&call, &Draft { state: State::Checked, ..draft }, StatusCode::UNPROCESSABLE_ENTITY, &[])
            .await;
    }
    let explanation = call.form.get("explanation").to_owned();
    let drop_missing = call.form.get("drop_missing") == "yes";
    let unsaid = explanation.is_empty() && (checked.needs_explanation() || drop_missing);
    if unsaid {
        let wrong = [Diagnostic::error("ZH7310").arg("field", "explanation")];
        return page(&call, &draft, StatusCode::UNPROCESSABLE_ENTITY, &wrong).await;
    }
    draft.state = State::Sending { explanation, drop_missing };
    counter.drafts.save(&draft)?;
    work(&call.server, &draft);
    go(&call, &after(&call, &draft.id).await)
}

/// `POST /drafts/{draft}/pause`: reading ends for now.
pub(crate) async fn pause(call: Call) -> Answer {
    let draft = own(&call, call.param("draft")).await?;
    let counter = counter(&call)?;
    if let (State::Checking, Some(job)) = (&draft.state, counter.job(&draft.id)) {
        counter.pause(&draft.id);
        if tokio::time::timeout(STOPPED_WITHIN, job.end()).await.is_err() {
            return Err(Diagnostic::error("ZH7319").into());
        }
    }
    go(&call, &format!("/drafts/{}", draft.id))
}

/// `POST /drafts/{draft}/resume`: reading begins anew.
pub(crate) async fn resume(call: Call) -> Answer {
    let mut draft = own(&call, call.param("draft")).await?;
    if draft.state == State::Paused {
        draft.state = State::Checking;
        counter(&call)?.drafts.save(&draft)?;
        work(&call.server, &draft);
    }
    go(&call, &after(&call, &draft.id).await)
}

/// `POST /drafts/{draft}/drop`: stops the work on a draft, or forgets it.
pub(crate) async fn away(call: Call) -> Answer {
    let draft = own(&call, call.param("draft")).await?;
    let counter = counter(&call)?;
    if let State::Sending { .. } = draft.state {
        return Err(Diagnostic::error("ZH7319").into());
    }
    if let Some(job) = counter.job(&draft.id) {
        counter.stop(&draft.id);
        if tokio::time::timeout(STOPPED_WITHIN, job.end()).await.is_err() {
            return Err(Diagnostic::error("ZH7319").into());
        }
    }
    counter.drafts.forget(&draft.id)?;
    let region = RegionCode::parse(&draft.region).map_err(Problem::from)?;
    go(&call, &format!("/submit/{}/{region}/{}", draft.of, draft.period))
}

//! Reviewing what the units below have handed in: all data sets and periods, one period's units, one unit's return.

use std::collections::BTreeSet;

use axum::http::StatusCode;
use zhiheng_base::{Diagnostic, Period, RegionCode};
use zhiheng_catalog::model::Step;
use zhiheng_desk::handin::decide::{Decision, decide as decide_on, decisions, gives_back, procedure};
use zhiheng_desk::handin::duty::{duties, duty_of, periods};
use zhiheng_desk::handin::matrix::{Tally, Unit, matrix, share};
use zhiheng_desk::handin::{Place, Return, units};
use zhiheng_desk::{Desk, Trouble};

use super::act::moment;
use super::forms::{Blank, Button, Filled, told};
use super::layout::go;
use super::returns::{Names, counter, named, place_name, regions};
use super::sheet::{Cell, Section, Sheet, Table, as_csv, ending};
use super::step_form::blanks as blanks_of;
use super::submit::{deeds, hand_ins};
use crate::authorize::{Action, Level, Thing};
use crate::call::Call;
use crate::problem::Problem;
use crate::route::Answer;
use crate::text::Text;

/// Periods that are listed of each data set.
const PERIODS: usize = 4;
/// Records that a unit's page lists.
const RECORDS: usize = 100;

/// The units that hand in under the regions of the caller.
fn below(call: &Call, desk: &Desk, duty: zhiheng_catalog::model::HandIn) -> Vec<RegionCode> {
    let today = call.server.today();
    let all: BTreeSet<RegionCode> = (regions(call, Action::Review).into_iter())
        .flat_map(|region| units(&desk.catalog.regions, duty, region, today))
        .collect();
    all.into_iter().collect()
}

/// `GET /review`.
pub(crate) async fn list(call: Call) -> Answer {
    let (t, lang) = (Text(call.view.lang), call.view.lang);
    let counter = counter(&call)?;
    let desk = call.server.office()?.desk().await?;
    let today = call.server.today();
    let places = counter.places.newest(&desk).await?;
    let columns = [
        "dataset",
        "return-period",
        "due",
        "#units",
        "#complete",
        "#timely",
        "#waiting",
        "#returned",
        "#accepted",
        "#late",
    ];
    let mut table = Table::new(&call, "reviews", &columns);
    for (record, duty) in duties(&desk.catalog) {
        let below = below(&call, &desk, duty);
        for period in periods(duty, today, PERIODS) {
            let rows =
                matrix(&desk, &places, (&record.head.id, duty, period), &below, (today, false)).await?;
            let tally = Tally::of(&rows);
            table.rows.push(vec![
                Cell::to(record.head.name.get(lang), format!("/review/{}/{period}", record.head.id)),
                Cell::of(period.title(lang)),
                Cell::of(duty.due(period).to_string()),
                Cell::of(tally.units.to_string()),
                Cell::of(part(tally.handed_in, tally.units)),
                Cell::of(part(tally.in_time, tally.units)),
                Cell::of(tally.waiting.to_string()),
                Cell::of(tally.returned.to_string()),
                Cell::of(tally.accepted.to_string()),
                Cell::of(tally.late.to_string()),
            ]);
        }
    }
    let mut sheet = Sheet::new(&call, t.say("server-title-review-list"));
    sheet.lead = t.say("server-review-lead");
    sheet.sections.push(Section::Table(table));
    sheet.answer(&call)
}

/// `6/7 (85.7%)`.
fn part(n: usize, all: usize) -> String {
    format!("{n}/{all} ({})", share(n, all))
}

/// `GET /review/{record}/{period}`, also as CSV.
pub(crate) async fn period(call: Call) -> Answer {
    let (t, lang) = (Text(call.view.lang), call.view.lang);
    let counter = counter(&call)?;
    let desk = call.server.office()?.desk().await?;
    let today = call.server.today();
    let (text, twin) = ending(call.param("period"));
    let (record, duty) = duty_of(&desk.catalog, call.param("record"))?;
    let period = Period::parse(text)?;
    if period.kind() != duty.every {
        return Err(Diagnostic::error("ZH7302").arg("period", period).arg("every", duty.every).into());
    }
    let of = record.head.id.clone();
    let places = counter.places.newest(&desk).await?;
    let below = below(&call, &desk, duty);
    let rows = matrix(&desk, &places, (&of, duty, period), &below, (today, true)).await?;
    let tally = Tally::of(&rows);
    let table = of_units(&call, &desk, (&of, period), &rows);
    if twin == "csv" {
        return as_csv(&table);
    }
    let name = record.head.name.get(lang);
    let mut sheet = Sheet::new(&call, format!("{name} · {}", period.title(lang)));
    sheet.frame = sheet.frame.under("review.list");
    sheet.lead = t.with("server-review-due", "day", duty.due(period));
    let figures = [
        ("complete", part(tally.handed_in, tally.units)),
        ("timely", part(tally.in_time, tally.units)),
        ("accepted", part(tally.accepted, tally.units)),
        ("returned", tally.returned.to_string()),
        ("waiting", tally.waiting.to_string()),
        ("late", tally.late.to_string()),
    ];
    let facts =
        figures.into_iter().map(|(word, text)| (t.say(&format!("server-col-{word}")), Cell::of(text)));
    sheet.sections.push(Section::Facts(String::new(), facts.collect()));
    sheet.sections.push(Section::Table(table));
    sheet.twin("CSV", format!("/review/{of}/{period}.csv"));
    sheet.answer(&call)
}

fn of_units(call: &Call, desk: &Desk, (of, period): (&str, Period), rows: &[Unit]) -> Table {
    let t = Text(call.view.lang);
    let mut table = Table::new(call, "units", &["unit", "state", "on", "in-time", "#rows", "#moved", "case"]);
    for unit in rows {
        let newest = unit.place.as_ref().and_then(|place| place.handed_in.last());
        let in_time = match (&unit.place, newest) {
            (Some(place), Some(_)) => t.say(if place.late { "server-no" } else { "server-yes" }),
            _ => String::new(),
        };
        let case =
            unit.place.as_ref().map(|place| Cell::to(place.case.clone(), format!("/cases/{}", place.case)));
        table.rows.push(vec![
            Cell::to(place_name(call, desk, unit.region), format!("/review/{of}/{}/{period}", unit.region)),
            Cell::of(t.say(&format!("server-return-{}", unit.status.word()))),
            Cell::of(newest.map(|one| one.on.to_string()).unwrap_or_default()),
            Cell::of(in_time),
            Cell::of(newest.map(|one| one.rows.to_string()).unwrap_or_default()),
            Cell::of(if unit.changed > 0 { unit.changed.to_string() } else { String::new() }),
            case.unwrap_or_default(),
        ]);
    }
    table
}

/// `GET /review/{record}/{region}/{period}`.
pub(crate) async fn unit(call: Call) -> Answer {
    page(&call, StatusCode::OK, &[]).await
}

async fn page(call: &Call, status: StatusCode, wrong: &[Diagnostic]) -> Answer {
    let (t, lang) = (Text(call.view.lang), call.view.lang);
    let counter = counter(call)?;
    let desk = call.server.office()?.desk().await?;
    let what = named(call, &desk)?;
    let names = Names::of(call, &desk, &what);
    let today = call.server.today();
    let places = counter.places.newest(&desk).await?;
    let rows =
        matrix(&desk, &places, (&what.of, what.duty, what.period), &[what.region], (today, true)).await?;
    let Some(unit) = rows.into_iter().next() else { return Err(Problem::not_found()) };
    let mut sheet = Sheet::new(call, format!("{} · {} · {}", names.record, names.unit, names.period));
    sheet.frame = sheet.frame.under("review.list");
    sheet.crumb(names.period, format!("/review/{}/{}", what.of, what.period));
    sheet.wrong = told(lang, wrong, "main");
    let mut facts = vec![
        (t.say("server-col-state"), Cell::of(t.say(&format!("server-return-{}", unit.status.word())))),
        (t.say("server-col-due"), Cell::of(what.due().to_string())),
    ];
    if unit.changed > 0 {
        sheet.notes.push(t.with("server-review-changed", "n", unit.changed));
    }
    if let Some(place) = &unit.place {
        facts
            .push((t.say("server-col-case"), Cell::to(place.case.clone(), format!("/cases/{}", place.case))));
    }
    sheet.sections.push(Section::Facts(String::new(), facts));
    if let Some(place) = &unit.place {
        if let Some(form) = decision(call, &desk, &what, place, wrong) {
            sheet.sections.push(Section::Form(form));
        }
        sheet.sections.push(Section::Table(hand_ins(call, place)));
        sheet.sections.push(Section::Table(deeds(call, &desk, place)));
    }
    sheet.sections.push(Section::Table(records(call, &desk, &what).await?));
    sheet.answer_as(call, status)
}

/// The unit's records of the period, as they stand.
async fn records(call: &Call, desk: &Desk, what: &Return) -> Result<Table, Problem> {
    let lang = call.view.lang;
    let mut table = Table::new(call, "unit-records", &["#entry"]);
    let Some(record) = desk.catalog.records.get(&what.of) else { return Ok(table) };
    let shown: Vec<_> = record.fields.iter().filter(|field| !field.personal && !field.optional).collect();
    table.columns.extend(
        shown
            .iter()
            .map(|field| super::sheet::Column { title: field.name.get(lang).to_owned(), number: false }),
    );
    let standing =
        desk.engine.records_in(&what.of, what.region, what.period, None).await.map_err(Problem::from)?;
    for one in standing.iter().take(RECORDS) {
        let mut row = vec![Cell::to(one.entry.to_string(), format!("/records/{}", one.entry))];
        row.extend(shown.iter().map(|field| {
            let value = one.data.get(&field.id);
            Cell::of(
                value
                    .map_or_else(String::new, |value| desk.reads(field, value, what.period.last_day(), lang)),
            )
        }));
        table.rows.push(row);
    }
    Ok(table)
}

/// What the reviewer can do with a return as it stands.
fn decision(call: &Call, desk: &Desk, what: &Return, place: &Place, wrong: &[Diagnostic]) -> Option<Filled> {
    let t = Text(call.view.lang);
    let procedure = procedure(&desk.catalog).ok()?;
    let steps: Vec<&Step> = decisions(procedure, &place.state).collect();
    if steps.is_empty() {
        return None;
    }
    // One form for all decisions: a field says for which it is needed.
    let mut blanks: Vec<Blank> = Vec::new();
    let also = t.between("clause-separator");
    for step in &steps {
        for blank in blanks_of(call, desk, procedure, step, wrong) {
            let needs = if blank.required { "server-review-needs" } else { "server-review-may" };
            let needs = t.with(needs, "step", step.name.get(t.0));
            let known = blanks.iter().position(|one| one.name == blank.name).unwrap_or(blanks.len());
            if known == blanks.len() {
                blanks.push(blank.optional());
            }
            let hint = &mut blanks[known].hint;
            *hint = match hint.is_empty() {
                true => needs,
                false => format!("{hint}{}{needs}", also),
            };
        }
    }
    let buttons = steps.iter().enumerate().map(|(n, step)| {
        let class = match gives_back(procedure, step) {
            true => "danger",
            false if n == 0 => "first",
            false => "",
        };
        Button::new(step.name.get(t.0).to_owned(), class, &step.id)
    });
    let buttons = buttons.collect();
    Some(Filled {
        title: t.say("server-review-decide"),
        says: t.say("server-review-decide-says"),
        action: format!("/review/{}/{}/{}", what.of, what.region, what.period),
        blanks,
        buttons,
        hidden: vec![("head", place.head.to_string())],
        ..Filled::default()
    })
}

/// `POST /review/{record}/{region}/{period}`.
pub(crate) async fn decide(call: Call) -> Answer {
    call.signed_in()?;
    let counter = counter(&call)?;
    let region = RegionCode::parse(call.param("region")).map_err(|_| Problem::not_found())?;
    let subject = format!("return {}:{region}:{}", call.param("record"), call.param("period"));
    // First whether there is anything here for the caller at all, then whose it is.
    call.permit(&Thing::of_region(region, Level::Internal), &subject).await?;
    let outcome = {
        let desk = call.server.office()?.desk().await?;
        let what = named(&call, &desk)?;
        let place = counter.places.find(&desk, &what).await?.ok_or_else(|| Diagnostic::error("ZH7313"))?;
        let bound = Thing { bound: place.persons.clone(), ..Thing::of_region(region, Level::Internal) };
        call.permit(&bound, &subject).await?;
        take(&call, &desk, &place)
            .await
            .map(|()| format!("/review/{}/{}/{}", what.of, what.region, what.period))
    };
    match outcome {
        Ok(back) => go(&call, &back),
        Err(Trouble::Problems(problems))
            if problems.iter().all(|problem| !problem.code.starts_with("ZH40")) =>
        {
            page(&call, StatusCode::UNPROCESSABLE_ENTITY, &problems).await
        }
        Err(trouble) => Err(trouble.into()),
    }
}

/// The form has the fields of all decisions; those of the one that was taken count.
async fn take(call: &Call, desk: &Desk, place: &Place) -> Result<(), Trouble> {
    let account = call.server.access.account(call.account()).await?;
    let account = account.ok_or_else(|| Trouble::Internal("the account of a session".into()))?;
    let step = procedure(&desk.catalog)?.step(call.form.get("act"));
    let fields = step.into_iter().flat_map(|step| step.form.iter().chain(&step.may));
    let decision = Decision {
        step: call.form.get("act"),
        form: fields.map(|field| (field.clone(), call.form.get(field).to_owned())).collect(),
        account: account.login,
        id: None,
        expect: call.form.get("head").parse().ok(),
    };
    decide_on(desk, moment(call), place, decision).await
}

//! Reviewing what the units below have handed in: all data sets and periods, one period's units, one unit's return.

use std::collections::BTreeSet;

use axum::http::StatusCode;
use zhiheng_act::case::Act;
use zhiheng_base::{Diagnostic, Period, RegionCode};
use zhiheng_desk::acts::Acting;
use zhiheng_desk::handin::duty::{duties, duty_of, periods};
use zhiheng_desk::handin::matrix::{Tally, Unit, matrix, share};
use zhiheng_desk::handin::{Place, Return, units};
use zhiheng_desk::{Desk, Moment, Trouble};
use zhiheng_record::Provenance;

use super::forms::{Blank, Button, Filled, told};
use super::layout::go;
use super::returns::{Names, counter, named, place_name, regions};
use super::sheet::{Cell, Section, Sheet, Table, as_csv, ending};
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
    let places = counter.places.all(&desk).await?;
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
    let places = counter.places.all(&desk).await?;
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
    let places = counter.places.all(&desk).await?;
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
        if let Some(form) = decision(t, &what, place, wrong, call) {
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
fn decision(t: Text, what: &Return, place: &Place, wrong: &[Diagnostic], call: &Call) -> Option<Filled> {
    let button = |act: &'static str, class: &'static str| {
        Button::new(t.say(&format!("server-review-{act}")), class, act)
    };
    let blank = |name: &str, kind: &'static str| {
        Blank::new(t, name, kind).value(call.form.get(name)).judged(t.0, wrong).optional()
    };
    let (blanks, buttons) = match place.state.as_str() {
        "submitted" => (
            vec![blank("remark", "text"), blank("faults", "long"), blank("mend_by", "date")],
            vec![button("accept", "first"), button("send_back", "danger")],
        ),
        "accepted" => (
            vec![blank("faults", "long"), blank("mend_by", "date"), blank("archive_no", "text")],
            vec![button("reopen", "danger"), button("file", "")],
        ),
        _ => return None,
    };
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

async fn take(call: &Call, desk: &Desk, place: &Place) -> Result<(), Trouble> {
    let missing = || {
        Diagnostic::error("ZH8203")
            .arg("step", call.form.get("act"))
            .arg("procedure", zhiheng_desk::handin::PROCEDURE)
    };
    let (step, fields): (&str, &[&str]) = match call.form.get("act") {
        "accept" => ("accept", &["remark"]),
        "send_back" => ("send_back", &["faults", "mend_by"]),
        "reopen" => ("reopen", &["faults", "mend_by"]),
        "file" => ("file", &["archive_no"]),
        _ => return Err(missing().into()),
    };
    let account = call.server.access.account(call.account()).await?.ok_or_else(missing)?;
    let moment = Moment { at: call.server.now(), today: call.server.today() };
    let form = fields.iter().map(|field| ((*field).to_owned(), call.form.get(field).to_owned()));
    let acting = Acting {
        account: account.login,
        on: moment.today,
        form: form.filter(|(_, text)| !text.is_empty()).collect(),
        expect: call.form.get("head").parse().ok().or(Some(place.head)),
        provenance: Provenance::Reported,
        ..Acting::default()
    };
    desk.act(moment, &place.case, Act::Step(step.to_owned()), &acting).await?;
    Ok(())
}

//! The start: what waits for whoever is signed in, and how things stand. The map of pages, made from the table of routes.

use askama::Template;
use axum::http::StatusCode;
use zhiheng_base::words::say;
use zhiheng_base::{Period, RegionCode};
use zhiheng_catalog::model::{IndicatorKind, MethodKind};
use zhiheng_desk::Desk;
use zhiheng_desk::paper::Paper;
use zhiheng_measure::engine::query::{Area, Query};

use super::cards::card;
use super::figure::{sections, sentence};
use super::layout::{Frame, Link, answer, menu, pages};
use super::region::{bare, is_quick, last, sees, tile_map, weight};
use super::sheet::{Card, Cell, Section, Sheet, Table, number_href};
use crate::authorize::{Action, Level, reach};
use crate::call::Call;
use crate::office::year_of;
use crate::problem::Problem;
use crate::route::{Answer, Kind, table};
use crate::text::Text;

#[derive(Template)]
#[template(path = "home.html", blocks = ["main"])]
struct Home {
    frame: Frame,
    links: Vec<Link>,
    origin: String,
}

#[derive(Template)]
#[template(path = "map.html", blocks = ["main"])]
struct Map {
    frame: Frame,
    links: Vec<Link>,
}

pages!(Home, Map);

/// Tasks that stand on the start.
const TASKS: usize = 12;
/// Steps of a watched series in which a signal is news.
const STEPS: usize = 3;

/// `GET /`: for a stranger what this is; for somebody who works here what waits, and how things stand.
pub(crate) async fn show(call: Call) -> Answer {
    let Some(region) = own_region(&call) else {
        let links = menu(&call).into_iter().filter(|link| link.href != "/").collect();
        let page = Home { frame: Frame::of(&call), links, origin: call.server.ledger.origin().to_owned() };
        return answer(&call, StatusCode::OK, &page);
    };
    let t = Text(call.view.lang);
    let office = call.server.office()?;
    let desk = office.desk().await?;
    let place = desk.catalog.regions.title(region, call.view.lang).unwrap_or_default();
    let mut sheet = Sheet::new(&call, t.with("server-home-title", "place", place));
    let (tasks, n) = tasks(&call, &desk).await?;
    let quarter = office.newest_quarter(&desk, region, call.server.today()).await?;
    if let Some(quarter) = quarter {
        sheet.lead = told(&call, &desk, region, quarter)?;
    }
    if n == 0 {
        sheet.sections.push(Section::Heading(tasks.title));
        sheet.sections.push(Section::Text(vec![Cell::of(tasks.empty)]));
    } else {
        sheet.sections.push(Section::Table(tasks));
    }
    if n > TASKS {
        sheet
            .sections
            .push(Section::Text(vec![Cell::to(t.with("server-home-more-tasks", "n", n - TASKS), "/cases")]));
    }
    let views = call.server.access.views(call.account()).await?;
    if !views.is_empty() {
        let links = views.into_iter().map(|view| Cell::to(view.name, view.path)).collect();
        sheet.sections.push(Section::Actions(t.say("server-table-kept"), links));
    }
    if let Some(quarter) = quarter {
        let year = year_of(quarter.last_day())?;
        if let Some(report) = tile_map(&call, &desk, region, year)? {
            sheet.sections.extend(sections(report, call.view.lang, false));
        }
        sheet.sections.push(Section::Heading(t.say("server-home-lines")));
        sheet.sections.push(Section::Cards(headlines(&call, &desk, region, year, 3).await?));
        let signals = signals(&call, &desk, region, year).await?;
        if !signals.rows.is_empty() {
            sheet.sections.push(Section::Table(signals));
        }
        let links = vec![
            Cell::to(t.say("server-title-regions-show"), format!("/r/{region}?period={year}")),
            Cell::to(t.say("server-title-regions-compare"), format!("/r/{region}/compare?period={year}")),
            Cell::to(t.say("server-title-regions-brief"), format!("/r/{region}/brief?period={quarter}")),
        ];
        sheet.sections.push(Section::Actions(String::new(), links));
    }
    sheet.answer(&call)
}

/// The region with which a visitor begins: the largest of the rights to see figures, as far as there are any.
pub(super) fn own_region(call: &Call) -> Option<RegionCode> {
    let office = call.server.office.as_ref()?;
    let own = reach(call.who(), Action::See).parts.into_iter();
    let own = own.filter(|part| part.level >= Level::Internal && part.enterprise.is_none());
    let largest = own.filter_map(|part| part.region).min_by_key(|region| (region.level(), *region))?;
    // Whoever may see more than the office has begins with the office.
    Some(if largest.contains(office.region) { office.region } else { largest })
}

/// The quarter in one sentence, which says no more than the figures carry.
pub(super) fn told(call: &Call, desk: &Desk, region: RegionCode, period: Period) -> Result<String, Problem> {
    let lang = call.view.lang;
    let headline = &call.server.office()?.headline;
    let indicator = desk.engine.indicator(headline)?;
    let body = format!(
        "{{{{value {headline} with interval}}}}\n\n{{{{change {headline} from=\"same period last year\"}}}}\n\n{{{{records {headline}}}}}"
    );
    let report = desk.paper(&body, &Paper { region, period, lang, as_of: None })?;
    let parts = sentence(&report);
    let part = |at: usize| parts.get(at).map_or("", String::as_str);
    let name = desk.catalog.regions.title(region, lang).unwrap_or_default();
    Ok(say(
        lang,
        "server-home-quarter",
        &[
            ("place", name),
            ("period", &period.title(lang)),
            ("name", indicator.head.name.get(lang)),
            ("value", part(0)),
            ("change", part(1)),
        ],
    ))
}

/// What waits for the visitor, and how many there are.
async fn tasks(call: &Call, desk: &Desk) -> Result<(Table, usize), Problem> {
    let t = Text(call.view.lang);
    let lang = call.view.lang;
    let on = call.server.today();
    let mut table = Table::new(call, "tasks", &["due", "step", "case", "region", "who"]);
    table.empty = t.say("server-home-no-tasks");
    let account = call.server.access.account(call.account()).await?.map(|account| account.login);
    let Some(account) = account else { return Ok((table, 0)) };
    let all = call.server.office()?.tasks(desk, on).await?;
    let mut n = 0;
    for task in all.iter() {
        let Some(procedure) = desk.catalog.procedures.get(&task.procedure) else { continue };
        let may = task.region.is_some_and(|region| sees(call, region));
        if !may || !task.is_for(procedure, &desk.staff, &account, on) {
            continue;
        }
        n += 1;
        if n > TASKS {
            continue;
        }
        let due = match (task.due, task.late, task.opens) {
            (Some(due), Some(late), _) => {
                say(lang, "server-task-late", &[("due", &due.to_string()), ("n", &late.to_string())])
            }
            (_, _, Some(opens)) => t.with("server-task-opens", "opens", opens),
            (Some(due), ..) => due.to_string(),
            _ => t.say("server-task-any-time"),
        };
        let who = task.roles.iter().filter_map(|(id, _)| procedure.role(id)).map(|role| role.name.get(lang));
        let name = if task.proposed {
            t.with("server-task-approve", "step", task.name.get(lang))
        } else {
            task.name.get(lang).to_owned()
        };
        table.rows.push(vec![
            Cell::of(due),
            Cell::to(name, format!("/cases/{}", task.case)),
            Cell::of(format!("{} {}", procedure.head.name.get(lang), task.case)),
            Cell::of(
                task.region.and_then(|region| desk.catalog.regions.title(region, lang)).unwrap_or_default(),
            ),
            Cell::of(who.collect::<Vec<_>>().join(t.say("publish-list-separator").trim_matches('|'))),
        ]);
    }
    Ok((table, n))
}

/// The first numbers of a region.
pub(super) async fn headlines(
    call: &Call,
    desk: &Desk,
    region: RegionCode,
    period: Period,
    most: usize,
) -> Result<Vec<Card>, Problem> {
    let headline = &call.server.office()?.headline;
    let mut cards = Vec::new();
    for indicator in desk.catalog.indicators.values().filter(|one| is_quick(one)) {
        let series = desk.engine.table(&last(&indicator.head.id, region, period)).await?;
        let Some(now) = series.first().filter(|now| now.value.is_some()) else { continue };
        let rank = weight(headline, indicator, now);
        cards.extend(card(call, indicator, &series).map(|card| (rank, card)));
    }
    cards.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.title.cmp(&b.1.title)));
    Ok(cards.into_iter().take(most).map(|(_, card)| card).collect())
}

/// Watched series that were out of the ordinary in one of their last steps.
async fn signals(call: &Call, desk: &Desk, region: RegionCode, year: Period) -> Result<Table, Problem> {
    let lang = call.view.lang;
    let mut table = Table::new(call, "signals", &["indicator", "period", "#value", "#low", "#high"]);
    let watched = desk.catalog.indicators.values().filter(|one| {
        matches!(&one.kind, IndicatorKind::Method(by) if matches!(by.word, MethodKind::Signal | MethodKind::Spc))
    });
    for indicator in watched {
        let query = Query::new(&indicator.head.id, Area::One(region), vec![year]);
        // A series that a method refuses is no signal; its page says why.
        let Ok(found) = desk.engine.table(&query).await else { continue };
        let Some(measure) = found.first() else { continue };
        let steps: Vec<_> = measure.steps.iter().filter(|step| !step.base && step.value.is_some()).collect();
        for step in steps.iter().rev().take(STEPS).filter(|step| step.alarm) {
            let number = |value: Option<f64>| {
                value.map(|value| zhiheng_publish::phrase::fixed(value, 1)).unwrap_or_default()
            };
            table.rows.push(vec![
                Cell::to(indicator.head.name.get(lang), number_href(&bare(measure))),
                Cell::of(step.period.clone()),
                Cell::of(number(step.value)),
                Cell::of(number(step.low)),
                Cell::of(number(step.high)),
            ]);
        }
    }
    Ok(table)
}

/// `GET /map`: every page of this door that has an address of its own, whoever may open it.
pub(crate) async fn map(call: Call) -> Answer {
    let text = Text(call.view.lang);
    let pages = table::routes().iter().filter(|route| {
        matches!(route.kind, Kind::Page | Kind::Listed)
            && route.doors.contains(&call.arrival.door)
            && !route.path.contains('{')
    });
    let links = pages.map(|route| Link {
        title: text.say(&route.title()),
        href: route.path.to_owned(),
        current: route.id == call.route.id,
    });
    let page = Map { frame: Frame::of(&call), links: links.collect() };
    answer(&call, StatusCode::OK, &page)
}

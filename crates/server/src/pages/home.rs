//! The start: what waits for whoever is signed in, and how things stand. The map of pages, made from the table of routes.

use askama::Template;
use axum::http::StatusCode;
use zhiheng_base::words::say;
use zhiheng_base::{Period, RegionCode};
use zhiheng_desk::Desk;
use zhiheng_desk::paper::Paper;
use zhiheng_measure::engine::query::Area;

use super::cards::card;
use super::figure::{sections, sentence};
use super::layout::{Frame, Link, answer, menu, pages};
use super::region::{is_quick, last, tile_map, weight};
use super::returns::place_name;
use super::sheet::{Card, Cell, Section, Sheet, Table, number_href};
use super::signals::{number, state, window};
use super::waiting::waiting;
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
    let quarter = office.newest_quarter(&desk, region, call.server.today()).await?;
    if let Some(quarter) = quarter {
        sheet.lead = told(&call, &desk, region, quarter)?;
    }
    sheet.sections.extend(tasks(&call, &desk).await?);
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
        sheet.sections.extend(signals(&call, &desk, region, quarter).await?);
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

/// The first of what waits for the visitor. What comes round with the calendar stands on the page of tasks, and does not push aside
/// what somebody waits for.
async fn tasks(call: &Call, desk: &Desk) -> Result<Vec<Section>, Problem> {
    let t = Text(call.view.lang);
    let mut table = Table::new(call, "tasks", &["due", "step", "case", "region", "who"]);
    let all = waiting(call, desk).await?;
    let n = all.iter().filter(|one| !one.is_routine()).count();
    for one in all.iter().filter(|one| !one.is_routine()).take(TASKS) {
        table.rows.push(vec![
            Cell::of(one.when(t)),
            one.what.clone(),
            Cell::of(one.of.as_str()),
            Cell::of(place_name(call, desk, one.region)),
            Cell::of(one.who.as_str()),
        ]);
    }
    let mut sections = match n {
        0 => {
            let id = if all.is_empty() { "server-home-no-tasks" } else { "tasks-only-returns" };
            vec![Section::Heading(table.title), Section::Text(vec![Cell::of(t.say(id))])]
        }
        _ => vec![Section::Table(table)],
    };
    if all.len() > n.min(TASKS) {
        let rest = match n.saturating_sub(TASKS) {
            0 => t.say("tasks-all"),
            more => t.with("server-home-more-tasks", "n", more),
        };
        sections.push(Section::Text(vec![Cell::to(rest, "/tasks")]));
    }
    Ok(sections)
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

/// Watched series of a region that were out of the ordinary in one of their last steps, muted ones among them.
async fn signals(
    call: &Call,
    desk: &Desk,
    region: RegionCode,
    quarter: Period,
) -> Result<Vec<Section>, Problem> {
    let (t, lang) = (Text(call.view.lang), call.view.lang);
    let columns = ["indicator", "period", "#value", "#low", "#high", "state"];
    let mut table = Table::new(call, "signals", &columns);
    let window = window(Some(quarter), call.server.today())?;
    for one in desk.watched(&[Area::One(region)], window).await? {
        for step in &one.reading.alarms {
            table.rows.push(vec![
                Cell::to(one.indicator.head.name.get(lang), number_href(&one.address.to_string())),
                Cell::of(step.period.clone()),
                Cell::of(number(step.value)),
                Cell::of(number(step.low)),
                Cell::of(number(step.high)),
                Cell::of(state(t, &one)),
            ]);
        }
    }
    if table.rows.is_empty() {
        return Ok(Vec::new());
    }
    let all = Cell::to(t.say("signals-all"), format!("/signals?within={region}"));
    Ok(vec![Section::Table(table), Section::Text(vec![all])])
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

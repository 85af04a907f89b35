//! A region: what its figures say in a period, and its parts side by side.

use zhiheng_base::{Period, RegionCode};
use zhiheng_catalog::model::{Indicator, IndicatorKind, Unit};
use zhiheng_desk::Desk;
use zhiheng_desk::paper::Paper;
use zhiheng_measure::Measure;
use zhiheng_measure::engine::query::{Area, Query};
use zhiheng_publish::evaluate::tiles;
use zhiheng_publish::model::Report;

use super::cards::{CARDS, card};
use super::figure::{picture, sections};
use super::sheet::{Card, Cell, Section, Sheet, Table, as_csv, ending, json, number_href};
use super::workbook;
use crate::authorize::{Action, Level, Thing, Verdict, authorize};
use crate::call::Call;
use crate::office::year_of;
use crate::problem::Problem;
use crate::route::Answer;
use crate::text::Text;

/// Periods of a small line.
const SERIES: usize = 8;

/// `GET /r/{region}`.
pub(crate) async fn show(call: Call) -> Answer {
    let t = Text(call.view.lang);
    let (code, twin) = ending(call.param("region"));
    let region = RegionCode::parse(code).map_err(|_| Problem::not_found())?;
    let office = call.server.office()?;
    let desk = office.desk().await?;
    let period = period(&call, &desk, region).await?;
    let regions = &desk.catalog.regions;
    let name = regions.full_name(region).unwrap_or_else(|| region.to_string());
    let mut figures =
        Table::new(&call, "figures", &["indicator", "#value", "interval", "target", "#before", "change"]);
    let mut cards = Vec::new();
    for indicator in desk.catalog.indicators.values().filter(|one| is_quick(one)) {
        let series = desk.engine.table(&last(&indicator.head.id, region, period)).await?;
        let Some(now) = series.first().filter(|now| now.records > 0) else { continue };
        figures.rows.push(row(&call, indicator, now, series.get(1)));
        let rank = weight(&office.headline, indicator, now);
        cards.extend(card(&call, indicator, &series).map(|card| (rank, card)));
    }
    cards.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.title.cmp(&b.1.title)));
    let cards: Vec<Card> = cards.into_iter().take(CARDS).map(|(_, card)| card).collect();
    let parts = parts(&call, &desk, region, period).await?;
    match twin {
        "json" => {
            return json(
                &serde_json::json!({ "region": region, "period": period, "figures": figures, "parts": parts }),
            );
        }
        "csv" => return as_csv(&figures),
        "xlsx" => {
            let tables: Vec<&Table> = std::iter::once(&figures).chain(&parts).collect();
            return workbook::answer(&tables, &facts(&call, &desk));
        }
        "svg" => {
            return picture(
                tile_map(&call, &desk, region, period)?.ok_or_else(Problem::not_found)?,
                call.view.lang,
            );
        }
        _ => {}
    }
    let mut sheet = Sheet::new(&call, format!("{name} · {}", period.title(call.view.lang)));
    for above in region.ancestors().filter(|above| *above != region && sees(&call, *above)) {
        sheet.crumb(regions.name(above).unwrap_or_default(), format!("/r/{above}?period={period}"));
    }
    sheet.lead = lead(&call, &figures, &name, period);
    let near = [period.previous(), period.next()].into_iter().flatten();
    let links = near.map(|near| Cell::to(near.title(call.view.lang), format!("/r/{region}?period={near}")));
    sheet.sections.push(Section::Cards(cards));
    if let Some(report) = tile_map(&call, &desk, region, period)? {
        sheet.sections.extend(sections(report, call.view.lang, false));
    }
    let has_parts = parts.is_some();
    sheet.sections.push(Section::Table(figures));
    sheet.sections.extend(parts.map(Section::Table));
    let mut more: Vec<Cell> = links.collect();
    if has_parts {
        let compare = format!("/r/{region}/compare?period={period}");
        more.push(Cell::to(t.say("server-title-regions-compare"), compare));
        sheet.twin("SVG", format!("/r/{region}.svg?period={period}"));
    }
    more.push(Cell::to(t.say("server-title-regions-brief"), format!("/r/{region}/brief?period={period}")));
    sheet.sections.push(Section::Actions(t.say("server-other-periods"), more));
    for ending in ["json", "csv", "xlsx"] {
        sheet.twin(&ending.to_uppercase(), format!("/r/{region}.{ending}?period={period}"));
    }
    sheet.answer(&call)
}

/// A figure of a region in a period and those before it, the newest first.
pub(super) fn last(id: &str, region: RegionCode, period: Period) -> Query {
    let mut periods = vec![period];
    while let Some(before) = periods.last().and_then(Period::previous).filter(|_| periods.len() < SERIES) {
        periods.push(before);
    }
    Query::new(id, Area::One(region), periods)
}

/// Which numbers come first: the headline, those with a target, rates, the larger base.
pub(super) fn weight(headline: &str, indicator: &Indicator, now: &Measure) -> (bool, bool, bool, u64) {
    let is_rate = matches!(indicator.kind, IndicatorKind::Proportion { .. });
    (indicator.head.id == headline, now.target.is_some(), is_rate, now.records)
}

/// Whether the visitor may open a region's page.
pub(super) fn sees(call: &Call, region: RegionCode) -> bool {
    authorize(call.who(), Action::See, &Thing::of_region(region, Level::Internal)) == Verdict::Allow
}

/// The map of a region's parts by the indicator asked for; `None` where there are no parts.
pub(super) fn tile_map(
    call: &Call,
    desk: &Desk,
    region: RegionCode,
    period: Period,
) -> Result<Option<Report>, Problem> {
    let regions = &desk.catalog.regions;
    if regions.children(region).is_empty() {
        return Ok(None);
    }
    let id = &desk.engine.indicator(asked(call)?)?.head.id;
    let layout = layout(call, region).map(|layout| format!(" layout=\"{layout}\"")).unwrap_or_default();
    let of = Paper { region, period, lang: call.view.lang, as_of: None };
    Ok(Some(desk.paper(&format!("::figure{{ tiles {id} by=region{layout} }}"), &of)?))
}

/// The places of tiles of a region's parts, as the operator has set them. A layout that is not one is the operator's mistake; the map
/// is shown as a grid.
pub(super) fn layout(call: &Call, region: RegionCode) -> Option<&str> {
    let layouts = &call.server.settings.tiles;
    let code = region.to_string();
    let layout = layouts.get(&code).or_else(|| layouts.get(code.get(..6)?))?;
    tiles::parse(layout).is_some().then_some(layout.as_str())
}

/// The indicator by which places are shown.
pub(super) fn asked(call: &Call) -> Result<&str, Problem> {
    let asked = call.query.get("indicator");
    Ok(if asked.is_empty() { call.server.office()?.headline.as_str() } else { asked })
}

/// Where a page's data come from, for files that leave it.
pub(super) fn facts(call: &Call, desk: &Desk) -> Vec<(String, String)> {
    let t = Text(call.view.lang);
    vec![
        (t.say("server-name"), format!("{}{}", call.server.origin(call.arrival.door), call.here)),
        (t.say("server-fact-ledger"), desk.engine.size().to_string()),
        (t.say("server-fact-catalog"), desk.catalog.digest.clone()),
    ]
}

/// The period asked for, or the newest year with figures.
pub(super) async fn period(call: &Call, desk: &Desk, region: RegionCode) -> Result<Period, Problem> {
    match call.query.get("period") {
        "" => call.server.office()?.newest(desk, region, year_of(call.server.today())?).await,
        text => Ok(Period::parse(text)?),
    }
}

/// Figures that are kept as sums; those of methods run a computation and stand on pages of their own.
pub(super) fn is_quick(indicator: &Indicator) -> bool {
    matches!(
        indicator.kind,
        IndicatorKind::Proportion { .. }
            | IndicatorKind::Count(_)
            | IndicatorKind::Sum { .. }
            | IndicatorKind::Mean { .. }
            | IndicatorKind::Ratio { .. }
            | IndicatorKind::Reported { .. }
            | IndicatorKind::Register(_)
    )
}

/// Printed value with its unit, or the word for none.
pub(super) fn value(call: &Call, indicator: &Indicator, measure: &Measure) -> String {
    let t = Text(call.view.lang);
    let Some(value) = &measure.value else { return t.say("no-data") };
    match &indicator.unit {
        Unit::Percent => format!("{value}%"),
        Unit::Points => t.with("server-points", "points", value),
        Unit::Of(words) => format!("{value} {}", words.get(call.view.lang)),
    }
}

/// Printed limits.
pub(super) fn interval(measure: &Measure) -> String {
    match (&measure.low, &measure.high) {
        (Some(low), Some(high)) => format!("{low}–{high}"),
        _ => String::new(),
    }
}

fn row(call: &Call, indicator: &Indicator, now: &Measure, before: Option<&Measure>) -> Vec<Cell> {
    let t = Text(call.view.lang);
    let target = now.target.as_ref().map(|target| {
        let word = match (target.met, target.certain) {
            (None, _) => "server-target-open",
            (Some(true), true) => "server-target-met",
            (Some(true), false) => "server-target-met-unsure",
            (Some(false), true) => "server-target-missed",
            (Some(false), false) => "server-target-missed-unsure",
        };
        format!("{} {}", target.value.normalize(), t.say(word))
    });
    // Two intervals that share a value do not prove a change.
    let change = before.and_then(|before| before.limits.zip(now.limits)).map(|(before, now)| {
        let id = if now.0 > before.1 {
            "server-change-up"
        } else if now.1 < before.0 {
            "server-change-down"
        } else {
            "server-change-unproven"
        };
        t.say(id)
    });
    vec![
        Cell::to(indicator.head.name.get(call.view.lang), number_href(&bare(now))),
        Cell::to(value(call, indicator, now), number_href(&bare(now))),
        Cell::of(interval(now)),
        Cell::of(target.unwrap_or_default()),
        Cell::of(before.map(|before| value(call, indicator, before)).unwrap_or_default()),
        Cell::of(change.unwrap_or_default()),
    ]
}

/// A number's address without the ledger size: the newest.
pub(super) fn bare(measure: &Measure) -> String {
    let mut address = measure.address.clone();
    address.as_of = None;
    address.to_string()
}

/// The parts of a region by one indicator.
async fn parts(
    call: &Call,
    desk: &Desk,
    region: RegionCode,
    period: Period,
) -> Result<Option<Table>, Problem> {
    let Some(level) = desk.catalog.regions.children(region).first().map(|child| child.code.level()) else {
        return Ok(None);
    };
    let id = asked(call)?;
    let indicator = desk.engine.indicator(id)?;
    let measures = desk.engine.table(&Query::new(id, Area::Below(region, level), vec![period])).await?;
    let mut table = Table::new(call, "parts", &["region", "#value", "interval", "#records"]);
    table.title = format!("{} · {}", table.title, indicator.head.name.get(call.view.lang));
    for measure in measures.iter().filter(|measure| measure.records > 0) {
        let place = measure.address.region;
        table.rows.push(vec![
            Cell::to(
                desk.catalog.regions.name(place).unwrap_or_default(),
                format!("/r/{place}?period={period}"),
            ),
            Cell::to(value(call, indicator, measure), number_href(&bare(measure))),
            Cell::of(interval(measure)),
            Cell::of(measure.records.to_string()),
        ]);
    }
    Ok((!table.rows.is_empty()).then_some(table))
}

/// One sentence: how many figures, how many of them against a target.
fn lead(call: &Call, figures: &Table, name: &str, period: Period) -> String {
    zhiheng_base::words::say(
        call.view.lang,
        "server-region-lead",
        &[("name", name), ("period", &period.title(call.view.lang)), ("n", &figures.rows.len().to_string())],
    )
}

//! A region: what its figures say in a period, and its parts side by side.

use zhiheng_base::{Period, RegionCode};
use zhiheng_catalog::model::{Indicator, IndicatorKind, Unit};
use zhiheng_desk::Desk;
use zhiheng_measure::Measure;
use zhiheng_measure::engine::query::{Area, Query};

use super::sheet::{Cell, Section, Sheet, Table, as_csv, ending, json, number_href};
use crate::call::Call;
use crate::office::year_of;
use crate::problem::Problem;
use crate::route::Answer;
use crate::text::Text;

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
    for indicator in desk.catalog.indicators.values().filter(|one| is_quick(one)) {
        let mut periods = vec![period];
        periods.extend(period.previous());
        let table = desk.engine.table(&Query::new(&indicator.head.id, Area::One(region), periods)).await?;
        let [now, rest @ ..] = &table[..] else { continue };
        if now.records == 0 {
            continue;
        }
        figures.rows.push(row(&call, indicator, now, rest.first()));
    }
    let parts = parts(&call, &desk, region, period).await?;
    match twin {
        "json" => {
            return json(
                &serde_json::json!({ "region": region, "period": period, "figures": figures, "parts": parts }),
            );
        }
        "csv" => return as_csv(&figures),
        _ => {}
    }
    let mut sheet = Sheet::new(&call, format!("{name} · {}", period.title(call.view.lang)));
    for above in region.ancestors().filter(|above| *above != region) {
        sheet.crumb(regions.name(above).unwrap_or_default(), format!("/r/{above}?period={period}"));
    }
    sheet.lead = lead(&call, &figures, &name, period);
    let near = [period.previous(), period.next()].into_iter().flatten();
    let links = near.map(|near| Cell::to(near.title(call.view.lang), format!("/r/{region}?period={near}")));
    sheet.sections.push(Section::Table(figures));
    if let Some(parts) = parts {
        sheet.sections.push(Section::Table(parts));
    }
    sheet.sections.push(Section::Actions(t.say("server-other-periods"), links.collect()));
    sheet.twin("JSON", format!("/r/{region}.json?period={period}"));
    sheet.twin("CSV", format!("/r/{region}.csv?period={period}"));
    sheet.answer(&call)
}

/// The period asked for, or the newest year with figures.
async fn period(call: &Call, desk: &Desk, region: RegionCode) -> Result<Period, Problem> {
    match call.query.get("period") {
        "" => call.server.office()?.newest(desk, region, year_of(call.server.today())?).await,
        text => Ok(Period::parse(text)?),
    }
}

/// Figures that are kept as sums; those of methods run a computation and stand on pages of their own.
fn is_quick(indicator: &Indicator) -> bool {
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
    let headline = &call.server.office()?.headline;
    let asked = call.query.get("indicator");
    let id = if asked.is_empty() { headline.as_str() } else { asked };
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

//! Places side by side by one figure: in order with their intervals, against the size of their bases, and which of them
//! cannot be told apart.

use zhiheng_base::{Level, Period, RegionCode};
use zhiheng_catalog::model::{Indicator, IndicatorKind};
use zhiheng_desk::Desk;
use zhiheng_desk::paper::Paper;
use zhiheng_measure::Measure;
use zhiheng_measure::engine::query::{Area, Query};

use super::figure::{picture, sections};
use super::region::{asked, bare, facts, is_quick, period, value};
use super::sheet::{Cell, Chooser, Section, Sheet, Table, as_csv, json, number_href};
use super::workbook;
use crate::call::Call;
use crate::problem::Problem;
use crate::route::Answer;
use crate::text::Text;

/// `GET /r/{region}/compare`.
pub(crate) async fn show(call: Call) -> Answer {
    let t = Text(call.view.lang);
    let lang = call.view.lang;
    let region = RegionCode::parse(call.param("region")).map_err(|_| Problem::not_found())?;
    let desk = call.server.office()?.desk().await?;
    let period = period(&call, &desk, region).await?;
    let indicator = desk.engine.indicator(asked(&call)?)?;
    let regions = &desk.catalog.regions;
    let name = regions.full_name(region).unwrap_or_else(|| region.to_string());
    let title = indicator.head.name.get(lang);
    let level = level(&call, &desk, region)?;
    let id = &indicator.head.id;
    let measures = match level {
        Some(level) => desk.engine.table(&Query::new(id, Area::Below(region, level), vec![period])).await?,
        None => Vec::new(),
    };
    let table = ranking(&call, &desk, indicator, &measures);
    let of = Paper { region, period, lang, as_of: None };
    let word = level.map_or("", Level::word);
    let ranked = format!("::figure{{ ranked {id} by=region level={word} intervals target }}");
    match call.query.get("as") {
        "json" => return json(&measures),
        "csv" => return as_csv(&table),
        "xlsx" => return workbook::answer(&[&table], &facts(&call, &desk)),
        "svg" if level.is_some() => return picture(desk.paper(&ranked, &of)?, lang),
        _ => {}
    }
    let mut sheet = Sheet::new(
        &call,
        format!("{} · {name} · {}", t.say("server-title-regions-compare"), period.title(lang)),
    );
    sheet.crumb(name.clone(), format!("/r/{region}?period={period}"));
    sheet.sections.push(Section::Choose(chooser(&call, &desk, region, period, id)));
    let n_data = measures.iter().filter(|measure| measure.value.is_some()).count();
    if level.is_none() || n_data == 0 {
        let none = if level.is_none() { "server-compare-no-parts" } else { "server-compare-no-data" };
        sheet.lead = zhiheng_base::words::say(
            lang,
            none,
            &[("place", &name), ("name", title), ("period", &period.title(lang))],
        );
        return sheet.answer(&call);
    }
    let mut body = ranked;
    if has_counts(indicator) {
        body += &format!("\n\n{{{{groups {id} by=region level={word}}}}}{}", t.between("server-full-stop"));
        body += &format!("\n\n::figure{{ funnel {id} by=region level={word} }}");
    }
    let report = desk.paper(&body, &of)?;
    sheet.sections.extend(sections(report, lang, false));
    sheet.sections.push(Section::Table(table));
    let near = [period.previous(), period.next()].into_iter().flatten();
    let links = near.map(|near| Cell::to(near.title(lang), here(region, near, id)));
    sheet.sections.push(Section::Actions(t.say("server-other-periods"), links.collect()));
    for ending in ["json", "csv", "xlsx", "svg"] {
        sheet.twin(&ending.to_uppercase(), format!("{}&as={ending}", here(region, period, id)));
    }
    sheet.answer(&call)
}

fn here(region: RegionCode, period: Period, indicator: &str) -> String {
    format!("/r/{region}/compare?indicator={indicator}&period={period}")
}

/// The level asked for, or the one below the region; `None` where there is nothing below.
fn level(call: &Call, desk: &Desk, region: RegionCode) -> Result<Option<Level>, Problem> {
    let below = desk.catalog.regions.children(region).first().map(|child| child.code.level());
    Ok(match call.query.get("level") {
        "" => below,
        word => {
            let level = Level::parse(word).filter(|level| *level > region.level());
            Some(level.ok_or_else(Problem::not_found)?)
        }
    })
}

/// Rates with their two counts: only these can be told apart by a test and drawn against their bases.
fn has_counts(indicator: &Indicator) -> bool {
    let kind = &indicator.kind;
    matches!(kind, IndicatorKind::Proportion { weight: None, weights: None, design: None, .. })
}

/// Places by value. Those on few records stand below without a rank: their order is chance.
fn ranking(call: &Call, desk: &Desk, indicator: &Indicator, measures: &[Measure]) -> Table {
    use zhiheng_catalog::model::Better;
    let t = Text(call.view.lang);
    let columns = ["#rank", "region", "#value", "interval", "#records", "remark"];
    let mut table = Table::new(call, "ranking", &columns);
    table.title = format!("{} · {}", table.title, indicator.head.name.get(call.view.lang));
    let is_small = |measure: &Measure| measure.has(zhiheng_measure::Flag::Small);
    let mut sorted: Vec<&Measure> = measures.iter().filter(|measure| measure.number.is_some()).collect();
    sorted.sort_by(|a, b| {
        let order = a.number.unwrap_or(0.0).total_cmp(&b.number.unwrap_or(0.0));
        let order = if indicator.better == Better::Lower { order } else { order.reverse() };
        is_small(a).cmp(&is_small(b)).then(order).then(a.address.region.cmp(&b.address.region))
    });
    let ranked = indicator.better != Better::Neither;
    let without = measures.iter().filter(|measure| measure.number.is_none());
    let mut at = 0;
    let mut last: Option<f64> = None;
    for (n, measure) in sorted.iter().copied().chain(without).enumerate() {
        let counts = ranked && !is_small(measure) && measure.number.is_some();
        // Equal values share a rank.
        if counts && last != measure.number {
            at = n + 1;
            last = measure.number;
        }
        let flags: Vec<String> = measure.flags.iter().map(|flag| flag.sentence(call.view.lang)).collect();
        let place = measure.address.region;
        table.rows.push(vec![
            Cell::of(if counts { at.to_string() } else { String::new() }),
            Cell::to(
                desk.catalog.regions.name(place).unwrap_or_default(),
                format!("/r/{place}?period={}", measure.address.period),
            ),
            Cell::to(value(call, indicator, measure), number_href(&bare(measure))),
            Cell::of(super::region::interval(measure)),
            Cell::of(measure.records.to_string()),
            Cell::of(flags.join(&t.between("clause-separator"))),
        ]);
    }
    table
}

fn chooser(call: &Call, desk: &Desk, region: RegionCode, period: Period, id: &str) -> Chooser {
    let t = Text(call.view.lang);
    let mut options: Vec<(String, String, bool)> = (desk.catalog.indicators.values())
        .filter(|one| is_quick(one) || one.head.id == id)
        .map(|one| (one.head.id.clone(), one.head.name.get(call.view.lang).to_owned(), one.head.id == id))
        .collect();
    options.sort_by(|a, b| a.1.cmp(&b.1));
    Chooser {
        action: format!("/r/{region}/compare"),
        selects: vec![("indicator".to_owned(), t.say("server-col-indicator"), options)],
        inputs: vec![("period".to_owned(), t.say("server-col-period"), period.to_string())],
    }
}

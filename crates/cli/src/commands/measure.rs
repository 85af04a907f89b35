//! `zhiheng measure`: run, show, rows, explain, table.

use std::sync::Arc;

use serde_json::Value as Json;
use zhiheng_base::{Diagnostic, Lang, Level, Period, PeriodKind, RegionCode};
use zhiheng_catalog::model::{Indicator, Unit};
use zhiheng_measure::address::Basis;
use zhiheng_measure::engine::query::{Area, Query};
use zhiheng_measure::engine::rows::{RowsRequest, Which};
use zhiheng_measure::engine::{Engine, EngineOptions};
use zhiheng_measure::{Address, Measure};

use crate::args::{Format, MeasureVerb, RowsArg};
use crate::context::Context;
use crate::failure::{Failure, Outcome};
use crate::output::{Listing, json as print_json, line};

/// Runs a verb of `measure`.
pub(crate) fn run(context: &Context, verb: MeasureVerb) -> Outcome {
    match verb {
        MeasureVerb::Run { indicator, region, period } => {
            all(context, &indicator, region.as_deref(), period.as_deref())
        }
        MeasureVerb::Show { address } => show(context, &address),
        MeasureVerb::Rows { address, which, limit } => rows(context, &address, which, limit),
        MeasureVerb::Explain { address } => explain(context, &address),
        MeasureVerb::Table { indicator, region, period, by, level, each, as_then, as_of } => {
            let mut query =
                Query::new(indicator, area(&region, level.as_deref())?, periods(&period, each.as_deref())?);
            query.by = by;
            query.basis = if as_then { Basis::AsThen } else { Basis::AsNow };
            query.as_of = as_of;
            table(context, &query)
        }
    }
}

/// The engine over the project's lake, brought up to the ledger's size.
pub(crate) fn engine(context: &Context) -> Result<Engine, Failure> {
    let catalog = context.catalog()?;
    let (project, ledger) = context.ledger()?;
    let options =
        EngineOptions { memory_limit: context.global.memory.max(64) << 20, ..EngineOptions::default() };
    // Definitions of then have a lake of their own, so that the present one stays as it is.
    let lake = match &context.global.rules {
        Some(_) => zhiheng_desk::rules::lake(&project, &catalog.digest),
        None => project.lake(),
    };
    let mut engine = Engine::open(&lake, Arc::clone(&catalog), &options)?;
    let size = context.wait(ledger.size())?;
    if !engine.is_current(size) {
        let progress = context.progress("cli-progress-lake", 0);
        let report = context.wait(engine.refresh(&ledger))?;
        progress.finish();
        if context.global.format.is_none() && report.lake.rows > 0 {
            let args = [
                ("rows", report.lake.rows.to_string()),
                ("from", report.lake.from.to_string()),
                ("to", report.lake.to.to_string()),
            ];
            let args: Vec<(&str, &str)> = args.iter().map(|(name, value)| (*name, value.as_str())).collect();
            context.note(&context.say("cli-lake-refreshed", &args));
        }
        crate::failure::show(&report.lake.problems, context.lang, context.global.color);
    }
    Ok(engine)
}

fn area(region: &str, level: Option<&str>) -> Result<Area, Diagnostic> {
    let region = RegionCode::parse(region)?;
    match level {
        None => Ok(Area::One(region)),
        Some(word) => {
            let level = Level::parse(word).ok_or_else(|| Diagnostic::error("ZH7040").arg("level", word))?;
            Ok(Area::Below(region, level))
        }
    }
}

fn periods(period: &str, each: Option<&str>) -> Result<Vec<Period>, Diagnostic> {
    let period = Period::parse(period)?;
    match each {
        None => Ok(vec![period]),
        Some(word) => {
            let kind = PeriodKind::parse(word)?;
            period
                .parts(kind)
                .ok_or_else(|| Diagnostic::error("ZH7041").arg("period", period).arg("kind", word))
        }
    }
}

fn unit(indicator: &Indicator, lang: Lang) -> String {
    match &indicator.unit {
        Unit::Percent => "%".to_owned(),
        Unit::Points => zhiheng_base::words::say(lang, "cli-points", &[]),
        Unit::Of(words) => words.get(lang).to_owned(),
    }
}

/// `85.9 (1417/1650, 84.1–87.5)`: the value, its parts, its interval, as far as there are any.
fn figure(context: &Context, measure: &Measure) -> String {
    let Some(value) = &measure.value else { return context.say("no-data", &[]) };
    let mut inside = Vec::new();
    if let (Some(top), Some(bottom)) = (measure.top, measure.bottom) {
        inside.push(format!("{}/{}", top.normalize(), bottom.normalize()));
    }
    if let (Some(low), Some(high)) = (&measure.low, &measure.high) {
        inside.push(format!("{low}–{high}"));
    }
    if inside.is_empty() { value.clone() } else { format!("{value} ({})", inside.join(", ")) }
}

fn show(context: &Context, address: &str) -> Outcome {
    let address: Address = address.parse()?;
    let engine = engine(context)?;
    let measure = context.wait(engine.measure(&address))?;
    match context.global.format {
        Some(Format::Json) => return Ok(print_json(&measure)?),
        Some(Format::Jsonl) => return Ok(line(&serde_json::to_string(&measure)?)?),
        Some(Format::Csv | Format::Tsv | Format::Md) => return listing(context, &engine, &[measure]),
        None | Some(Format::Table) => {}
    }
    line(&figure(context, &measure))?;
    let indicator = engine.indicator(&address.indicator)?;
    let catalog = engine.catalog();
    let region = catalog.regions.full_name(address.region).unwrap_or_else(|| address.region.to_string());
    let about = |id: &str, value: String| line(&format!("  {}", context.say(id, &[("value", &value)])));
    about(
        "cli-about-indicator",
        format!(
            "{} · {region} · {}",
            indicator.head.name.get(context.lang),
            address.period.title(context.lang)
        ),
    )?;
    about("cli-about-unit", unit(indicator, context.lang))?;
    if let Some(interval) = &measure.interval {
        about("cli-about-interval", interval.clone())?;
    }
    if let Some(target) = &measure.target {
        let id = match (target.met, target.certain) {
            (None, _) => "cli-target-no-data",
            (Some(true), true) => "cli-target-met",
            (Some(true), false) => "cli-target-met-unsure",
            (Some(false), true) => "cli-target-missed",
            (Some(false), false) => "cli-target-missed-unsure",
        };
        line(&format!(
            "  {}",
            context.say(id, &[("value", &target.value.to_string()), ("basis", &target.basis)])
        ))?;
    }
    for excluded in &measure.excluded {
        let args = [("n", excluded.records.to_string()), ("rule", excluded.rule.clone())];
        let args: Vec<(&str, &str)> = args.iter().map(|(name, value)| (*name, value.as_str())).collect();
        line(&format!("  {}", context.say("cli-about-excluded", &args)))?;
    }
    for flag in &measure.flags {
        about("cli-about-flag", flag.sentence(context.lang))?;
    }
    let pins = [
        ("size", measure.ledger_size.to_string()),
        ("catalog", measure.catalog.chars().take(12).collect()),
        ("address", measure.address.to_string()),
    ];
    let pins: Vec<(&str, &str)> = pins.iter().map(|(name, value)| (*name, value.as_str())).collect();
    Ok(line(&format!("  {}", context.say("cli-about-pins", &pins)))?)
}

fn explain(context: &Context, address: &str) -> Outcome {
    let address: Address = address.parse()?;
    let engine = engine(context)?;
    let explanation = context.wait(engine.explain(&address))?;
    if !context.is_plain() {
        return Ok(print_json(&explanation)?);
    }
    line(&figure(context, &explanation.measure))?;
    explanation.root.lines(context.lang).iter().try_for_each(|text| line(text)).map_err(Failure::from)
}

fn rows(context: &Context, address: &str, which: RowsArg, limit: u64) -> Outcome {
    let address: Address = address.parse()?;
    let engine = engine(context)?;
    let which = match which {
        RowsArg::All => Which::All,
        RowsArg::Counted => Which::Counted,
        RowsArg::Excluded => Which::Excluded,
    };
    let request = RowsRequest { which, limit: limit as usize, after: None };
    let rows = context.wait(engine.rows(&address, request))?;
    if context.global.format == Some(Format::Json) {
        return Ok(print_json(&rows)?);
    }
    let title = |id| context.say(id, &[]);
    let record = engine.catalog().records.get(&rows.record);
    let name = |field: &str| {
        record
            .and_then(|record| record.field(field))
            .map_or(field.to_owned(), |field| field.name.get(context.lang).to_owned())
    };
    let mut columns = vec![
        ("entry".to_owned(), title("cli-entry"), true),
        ("counted".to_owned(), title("cli-counted"), false),
        ("reason".to_owned(), title("cli-reason"), false),
        ("provenance".to_owned(), title("cli-provenance"), false),
    ];
    columns.extend(rows.columns.iter().map(|column| (column.clone(), name(column), false)));
    let mut listing = Listing::new(columns);
    for row in rows.rows {
        let counted = title(match (row.met, &row.reason) {
            (_, Some(_)) => "cli-excluded",
            (Some(true), None) => "cli-counted-top",
            (Some(false), None) => "cli-counted-bottom",
            (None, None) => "cli-counted",
        });
        let mut cells = vec![
            Json::from(row.entry),
            counted.into(),
            row.reason.map_or(Json::Null, Json::from),
            row.provenance.into(),
        ];
        cells.extend(row.values);
        listing.row(cells);
    }
    let format = context.format();
    if format == Format::Table {
        listing.drop_empty_columns();
    }
    listing.print(format)?;
    if rows.next.is_some() {
        context.note(&context.say("cli-more", &[("n", &limit.to_string())]));
    }
    Ok(())
}

fn table(context: &Context, query: &Query) -> Outcome {
    let engine = engine(context)?;
    let measures = context.wait(engine.table(query))?;
    match context.global.format {
        Some(Format::Json) => Ok(print_json(&measures)?),
        _ => listing(context, &engine, &measures),
    }
}

/// Numbers as a table: place, period, cuts, value, parts, interval, flags.
fn listing(context: &Context, engine: &Engine, measures: &[Measure]) -> Outcome {
    let title = |id| context.say(id, &[]);
    let mut columns = vec![
        ("indicator".to_owned(), title("cli-indicator"), false),
        ("region".to_owned(), title("cli-region"), false),
        ("region_name".to_owned(), title("cli-name"), false),
        ("period".to_owned(), title("cli-period"), false),
    ];
    let cuts: Vec<String> = measures
        .first()
        .map(|measure| measure.address.cuts.iter().map(|(name, _)| name.clone()).collect())
        .unwrap_or_default();
    columns.extend(cuts.iter().map(|cut| (cut.clone(), cut.clone(), false)));
    for (id, message) in [
        ("value", "cli-value"),
        ("unit", "cli-unit"),
        ("top", "cli-top"),
        ("bottom", "cli-bottom"),
        ("low", "cli-low"),
        ("high", "cli-high"),
        ("records", "cli-records"),
    ] {
        columns.push((id.to_owned(), title(message), id != "unit"));
    }
    columns.push(("flags".to_owned(), title("cli-flags"), false));
    let mut listing = Listing::new(columns);
    let text = |value: &Option<String>| value.clone().map_or(Json::Null, Json::from);
    let number = |value: Option<rust_decimal::Decimal>| {
        value.map_or(Json::Null, |value| value.normalize().to_string().into())
    };
    for measure in measures {
        let address = &measure.address;
        let indicator = engine.indicator(&address.indicator)?;
        let name = engine.catalog().regions.title(address.region, context.lang).unwrap_or("").to_owned();
        let mut row = vec![
            Json::from(address.indicator.clone()),
            address.region.to_string().into(),
            name.into(),
            address.period.to_string().into(),
        ];
        row.extend(address.cuts.iter().map(|(_, value)| Json::from(value.clone())));
        row.extend([
            text(&measure.value),
            unit(indicator, context.lang).into(),
            number(measure.top),
            number(measure.bottom),
            text(&measure.low),
            text(&measure.high),
            measure.records.into(),
        ]);
        row.push(measure.flags.iter().map(|flag| flag.word()).collect::<Vec<_>>().join(" ").into());
        listing.row(row);
    }
    let format = context.format();
    if format == Format::Table {
        listing.drop_empty_columns();
    }
    Ok(listing.print(format)?)
}

/// `measure run`: all indicators of a region and period, those without data left out.
fn all(context: &Context, only: &[String], region: Option<&str>, period: Option<&str>) -> Outcome {
    let engine = engine(context)?;
    let (Some(region), Some(period)) = (region, period) else {
        context.note(&context.say("cli-lake-current", &[("size", &engine.size().to_string())]));
        return Ok(());
    };
    let (region, period) = (RegionCode::parse(region)?, Period::parse(period)?);
    for id in only {
        engine.indicator(id)?;
    }
    let title = |id| context.say(id, &[]);
    let mut listing = Listing::new([
        ("indicator", title("cli-indicator"), false),
        ("name", title("cli-name"), false),
        ("value", title("cli-value"), true),
        ("unit", title("cli-unit"), false),
        ("figure", title("cli-figure"), false),
        ("flags", title("cli-flags"), false),
    ]);
    for (id, indicator) in &engine.catalog().indicators {
        if !only.is_empty() && !only.contains(id) {
            continue;
        }
        let address = Address {
            indicator: id.clone(),
            region,
            basis: Basis::AsNow,
            period,
            cuts: Vec::new(),
            as_of: None,
        };
        let measure = context.wait(engine.measure(&address))?;
        if let Some(value) = &measure.value {
            let flags: Vec<&str> = measure.flags.iter().map(|flag| flag.word()).collect();
            listing.row(vec![
                id.as_str().into(),
                indicator.head.name.get(context.lang).into(),
                value.clone().into(),
                unit(indicator, context.lang).into(),
                figure(context, &measure).into(),
                flags.join(" ").into(),
            ]);
        }
    }
    Ok(listing.print(context.format())?)
}

#[cfg(test)]
mod tests {
    use clap::Parser as _;

    use crate::args::{Cli, MeasureVerb, Noun};

    /// The desk of analysis on the pages writes this line for whoever wants the same table here.
    #[test]
    fn the_line_that_the_pages_show_is_understood() {
        let line = "zhiheng measure table sampling.pass_rate --region 621100 --period 2013-01-01..2013-12-31 \
                    --level county --each quarter";
        let read = Cli::try_parse_from(line.split_whitespace()).expect("a command");
        let Noun::Measure(MeasureVerb::Table { indicator, region, period, level, each, .. }) = read.noun
        else {
            panic!("another command");
        };
        assert_eq!((indicator.as_str(), region.as_str()), ("sampling.pass_rate", "621100"));
        assert_eq!(period, "2013-01-01..2013-12-31");
        assert_eq!((level.as_deref(), each.as_deref()), (Some("county"), Some("quarter")));
    }
}

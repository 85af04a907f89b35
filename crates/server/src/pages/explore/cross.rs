//! Figures crosswise: a way of differing in rows, another in columns, the third fixed.

use zhiheng_base::{Diagnostic, Period, RegionCode};
use zhiheng_catalog::model::Indicator;
use zhiheng_desk::Desk;
use zhiheng_measure::Measure;
use zhiheng_measure::measure::Flag;

use super::asked::{Asked, Axis, Show};
use super::figures::{Figures, Key};
use crate::call::Call;
use crate::pages::number::parts;
use crate::pages::region::{bare, interval, value};
use crate::pages::sheet::{Cell, Column, Table, number_href};
use crate::problem::Problem;
use crate::text::Text;

/// A place on an axis.
#[derive(Clone, Copy, Debug)]
enum Spot {
    Region(RegionCode),
    Period(Period),
    Indicator(usize),
}

/// The table: heads in the first column, a figure in every other cell.
pub(super) fn table(call: &Call, desk: &Desk, asked: &Asked, figures: &Figures) -> Result<Table, Problem> {
    let t = Text(call.view.lang);
    let of = asked.indicators.iter().map(|id| desk.engine.indicator(id));
    let of: Vec<&Indicator> = of.collect::<Result<_, Diagnostic>>()?;
    let mut table = Table::new(call, "explore", &[asked.rows.word()]);
    let shown = t.say(&format!("explore-show-{}", asked.show.word()));
    table.title = format!("{} · {shown}", title(call, desk, asked));
    let columns = spots(asked, asked.columns);
    let number = matches!(asked.show, Show::Value | Show::Records);
    let titles = columns.iter().map(|spot| head(call, desk, asked, *spot).text);
    table.columns.extend(titles.map(|title| Column { title, number }));
    for row in spots(asked, asked.rows) {
        let mut cells = vec![head(call, desk, asked, row)];
        for column in &columns {
            let key = key(asked, row, *column);
            let figure = figures.get(key).zip(of.get(key.0));
            cells.push(figure.map_or_else(
                || Cell::of(t.say("no-data")),
                |(measure, indicator)| cell(call, asked.show, indicator, measure),
            ));
        }
        table.rows.push(cells);
    }
    Ok(table)
}

/// What a reader must be told: what holds for all figures once, what holds for some beside these.
pub(super) fn remarks(
    call: &Call,
    desk: &Desk,
    asked: &Asked,
    figures: &Figures,
) -> (Vec<String>, Option<Table>) {
    let lang = call.view.lang;
    let with_data = || figures.all.iter().filter(|measure| measure.records > 0);
    let mut shared: Vec<Flag> = with_data().next().map(|first| first.flags.clone()).unwrap_or_default();
    shared.retain(|flag| with_data().all(|measure| measure.has(*flag)));
    let mut table = Table::new(call, "explore-remarks", &["indicator", "region", "period", "remark"]);
    let stop = Text(lang).between("clause-separator");
    for measure in &figures.all {
        let own = measure.flags.iter().filter(|flag| !shared.contains(flag));
        let own: Vec<String> = own.map(|flag| flag.sentence(lang)).collect();
        if own.is_empty() {
            continue;
        }
        let address = &measure.address;
        let n = asked.indicators.iter().position(|id| *id == address.indicator).unwrap_or(0);
        let name = head(call, desk, asked, Spot::Indicator(n)).text;
        table.rows.push(vec![
            Cell::to(name, number_href(&bare(measure))),
            head(call, desk, asked, Spot::Region(address.region)),
            head(call, desk, asked, Spot::Period(address.period)),
            Cell::of(own.join(&stop)),
        ]);
    }
    let shared = shared.into_iter().map(|flag| flag.sentence(lang)).collect();
    (shared, (!table.rows.is_empty()).then_some(table))
}

fn spots(asked: &Asked, axis: Axis) -> Vec<Spot> {
    match axis {
        Axis::Region => asked.regions.iter().copied().map(Spot::Region).collect(),
        Axis::Period => asked.periods.iter().copied().map(Spot::Period).collect(),
        Axis::Indicator => (0..asked.indicators.len()).map(Spot::Indicator).collect(),
    }
}

/// What a row and a column meet in; of the way that is in neither there is one.
fn key(asked: &Asked, row: Spot, column: Spot) -> Key {
    let region = asked.regions.first().copied().unwrap_or(asked.region);
    let period = asked.periods.first().copied().unwrap_or(asked.whole);
    let mut key = (0, region, period);
    for spot in [row, column] {
        match spot {
            Spot::Region(region) => key.1 = region,
            Spot::Period(period) => key.2 = period,
            Spot::Indicator(n) => key.0 = n,
        }
    }
    key
}

/// Its name, leading to its own page.
fn head(call: &Call, desk: &Desk, asked: &Asked, spot: Spot) -> Cell {
    let lang = call.view.lang;
    match spot {
        Spot::Region(region) => {
            let name = desk.catalog.regions.title(region, lang).map(str::to_owned);
            let newest = asked.periods.last().copied().unwrap_or(asked.whole);
            let name = name.unwrap_or_else(|| region.to_string());
            Cell::to(name, format!("/r/{region}?period={newest}"))
        }
        Spot::Period(period) => Cell::of(period.title(lang)),
        Spot::Indicator(n) => {
            let id = asked.indicators.get(n).map(String::as_str).unwrap_or_default();
            let name = desk.catalog.indicators.get(id).map_or(id, |one| one.head.name.get(lang));
            Cell::to(name, format!("/i/{id}"))
        }
    }
}

/// What is shown of a figure. One that is withheld or not there says so in every view.
fn cell(call: &Call, show: Show, indicator: &Indicator, measure: &Measure) -> Cell {
    let text = match show {
        Show::Records => measure.records.to_string(),
        _ if measure.value.is_none() => value(call, indicator, measure),
        Show::Value => value(call, indicator, measure),
        // A total has no second part.
        Show::Parts => Some(parts(measure))
            .filter(|text| !text.is_empty())
            .unwrap_or_else(|| value(call, indicator, measure)),
        Show::Interval => interval(measure),
    };
    if text.is_empty() { Cell::of(text) } else { Cell::to(text, number_href(&bare(measure))) }
}

/// What stands fixed over the table, from the largest to the smallest.
fn title(call: &Call, desk: &Desk, asked: &Asked) -> String {
    let lang = call.view.lang;
    let regions = &desk.catalog.regions;
    let mut parts = Vec::new();
    if asked.indicators.len() == 1 {
        parts.push(head(call, desk, asked, Spot::Indicator(0)).text);
    }
    parts.push(regions.title(asked.region, lang).map_or_else(|| asked.region.to_string(), str::to_owned));
    if asked.from == asked.to {
        parts.push(asked.whole.title(lang));
    } else {
        parts.push(format!("{}–{}", asked.from.title(lang), asked.to.title(lang)));
    }
    parts.join(" · ")
}

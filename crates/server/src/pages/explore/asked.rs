//! What a view asks for, read from its address. The names are those of the API, so that who knows one knows the other.

use zhiheng_base::{Diagnostic, Level, Period, PeriodKind, RegionCode};
use zhiheng_desk::Desk;
use zhiheng_measure::engine::query::{Area, Query};

use super::HERE;
use super::range::{Range, range};
use crate::api::escaped;
use crate::call::Call;
use crate::office::year_of;
use crate::pages::forms::at;
use crate::problem::Problem;

/// Most cells of one table: as many as the API answers at once. Beyond that a page is slow in the browsers that offices have, and
/// nobody reads it; the command has no such limit.
pub(super) const CELLS: usize = 1_000;

/// One of the three ways in which figures differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Axis {
    Region,
    Period,
    Indicator,
}

impl Axis {
    pub(super) const ALL: [Axis; 3] = [Axis::Region, Axis::Period, Axis::Indicator];

    /// The word of addresses; also the name of its column.
    pub(super) fn word(self) -> &'static str {
        match self {
            Axis::Region => "region",
            Axis::Period => "period",
            Axis::Indicator => "indicator",
        }
    }

    /// The field in which it is narrowed down.
    fn narrowed_in(self) -> &'static str {
        match self {
            Axis::Region => "level",
            Axis::Period => "from",
            Axis::Indicator => "indicator",
        }
    }
}

/// What of each figure is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Show {
    Value,
    Parts,
    Interval,
    Records,
}

impl Show {
    pub(super) const ALL: [Show; 4] = [Show::Value, Show::Parts, Show::Interval, Show::Records];

    pub(super) fn word(self) -> &'static str {
        match self {
            Show::Value => "value",
            Show::Parts => "parts",
            Show::Interval => "interval",
            Show::Records => "records",
        }
    }
}

/// A view.
#[derive(Clone, Debug)]
pub(super) struct Asked {
    pub(super) indicators: Vec<String>,
    pub(super) region: RegionCode,
    /// Places of this level within the region; `None` for the region itself.
    pub(super) level: Option<Level>,
    pub(super) regions: Vec<RegionCode>,
    pub(super) from: Period,
    pub(super) to: Period,
    /// First to last day, as command and API take it.
    pub(super) whole: Period,
    pub(super) each: Option<PeriodKind>,
    pub(super) periods: Vec<Period>,
    pub(super) rows: Axis,
    pub(super) columns: Axis,
    pub(super) show: Show,
}

impl Asked {
    /// The question that gives the figures of one indicator.
    pub(super) fn query(&self, indicator: &str) -> Query {
        let area = self.level.map_or(Area::One(self.region), |level| Area::Below(self.region, level));
        Query::new(indicator, area, self.periods.clone())
    }

    /// The address that asks for the same.
    pub(super) fn address(&self) -> String {
        let mut pairs: Vec<(&str, String)> =
            self.indicators.iter().map(|id| ("indicator", id.clone())).collect();
        pairs.extend([
            ("region", self.region.to_string()),
            ("level", self.level.map(Level::word).unwrap_or_default().to_owned()),
            ("from", self.from.to_string()),
            ("to", self.to.to_string()),
            ("each", self.each.map(|kind| kind.to_string()).unwrap_or_default()),
            ("rows", self.rows.word().to_owned()),
            ("columns", self.columns.word().to_owned()),
            ("show", self.show.word().to_owned()),
        ]);
        let pairs: Vec<String> =
            pairs.iter().map(|(name, value)| format!("{name}={}", escaped(value))).collect();
        format!("{HERE}?{}", pairs.join("&"))
    }

    fn count(&self, axis: Axis) -> usize {
        match axis {
            Axis::Region => self.regions.len(),
            Axis::Period => self.periods.len(),
            Axis::Indicator => self.indicators.len(),
        }
    }
}

/// Reads the view, or tells what is wrong with it, each at its field. What is not said is filled in: the headline of the office,
/// the places below, the newest year.
pub(super) async fn read(
    call: &Call,
    desk: &Desk,
    region: RegionCode,
) -> Result<Result<Asked, Vec<Diagnostic>>, Problem> {
    let office = call.server.office()?;
    let newest = match call.query.get("from") {
        "" => office.newest(desk, region, year_of(call.server.today())?).await?.to_string(),
        text => text.to_owned(),
    };
    let mut wrong = Vec::new();
    let mut indicators: Vec<String> = Vec::new();
    for id in call.query.all("indicator").filter(|id| !id.is_empty()) {
        if indicators.iter().any(|known| known == id) {
            continue;
        }
        match desk.engine.indicator(id) {
            Ok(_) => indicators.push(id.to_owned()),
            Err(problem) => wrong.push(at("indicator", problem)),
        }
    }
    if indicators.is_empty() {
        indicators.push(office.headline.clone());
    }
    let rows = pick(call, "rows", Axis::ALL, Axis::word, Axis::Region, &mut wrong);
    let other = if rows == Axis::Period { Axis::Region } else { Axis::Period };
    let columns = pick(call, "columns", Axis::ALL, Axis::word, other, &mut wrong);
    let show = pick(call, "show", Show::ALL, Show::word, Show::Value, &mut wrong);
    let below = [rows, columns].contains(&Axis::Region);
    let level = level(call, desk, region, below).unwrap_or_else(|problem| {
        wrong.push(at("level", problem));
        None
    });
    let regions = level.map_or(vec![region], |level| {
        desk.catalog.regions.descendants(region, level).iter().map(|one| one.code).collect()
    });
    let range = range(&newest, call.query.get("to"), call.query.get("each"));
    let Range { from, to, whole, each, periods } = match range {
        Ok(range) => range,
        Err(problem) => {
            wrong.push(problem);
            return Ok(Err(wrong));
        }
    };
    let asked =
        Asked { indicators, region, level, regions, from, to, whole, each, periods, rows, columns, show };
    wrong.extend(fits(&asked).err());
    Ok(if wrong.is_empty() { Ok(asked) } else { Err(wrong) })
}

/// The choice that a word of the query names, `otherwise` if it names none.
fn pick<T: Copy, const N: usize>(
    call: &Call,
    name: &str,
    all: [T; N],
    word: fn(T) -> &'static str,
    otherwise: T,
    wrong: &mut Vec<Diagnostic>,
) -> T {
    let typed = call.query.get(name);
    if typed.is_empty() {
        return otherwise;
    }
    all.into_iter().find(|one| word(*one) == typed).unwrap_or_else(|| {
        let known = all.map(word).join(", ");
        wrong.push(at(name, Diagnostic::error("ZH7590").arg("value", typed).arg("known", known)));
        otherwise
    })
}

/// The level asked for; if nothing is said of it, the one below where places stand in the table.
fn level(call: &Call, desk: &Desk, region: RegionCode, below: bool) -> Result<Option<Level>, Diagnostic> {
    let typed = call.query.get("level");
    if typed.is_empty() {
        let said = call.query.names().any(|name| name == "level");
        let children = desk.catalog.regions.children(region);
        return Ok(children.first().map(|child| child.code.level()).filter(|_| below && !said));
    }
    let level = Level::parse(typed).ok_or_else(|| Diagnostic::error("ZH7541").arg("level", typed))?;
    if level < region.level() {
        return Err(Diagnostic::error("ZH7591").arg("level", level.word()).arg("region", region));
    }
    Ok(Some(level))
}

/// Whether it makes one table: two ways apart, one thing of the third, and no more cells than a page holds.
fn fits(asked: &Asked) -> Result<(), Diagnostic> {
    if asked.rows == asked.columns {
        return Err(at("columns", Diagnostic::error("ZH7593").arg("axis", asked.rows.word())));
    }
    let third = Axis::ALL.into_iter().find(|axis| ![asked.rows, asked.columns].contains(axis));
    if let Some(third) = third.filter(|third| asked.count(*third) > 1) {
        let problem = Diagnostic::error("ZH7594").arg("axis", third.word()).arg("n", asked.count(third));
        return Err(at(third.narrowed_in(), problem));
    }
    let n = asked.count(asked.rows).saturating_mul(asked.count(asked.columns));
    if n > CELLS {
        // Told where most can be left out.
        let most = [asked.rows, asked.columns].into_iter().max_by_key(|axis| asked.count(*axis));
        let place = most.map_or("level", Axis::narrowed_in);
        return Err(at(place, Diagnostic::error("ZH7595").arg("n", n).arg("most", CELLS)));
    }
    Ok(())
}

//! Two-layer output weighting (Domain 2.1): in each region the cells (industries) weigh by their output; the regions
//! weigh by their whole output.
//!
//! - Weights are of one year: the newest one whose figures are dated not after the period's last day.
//! - Regions of the second layer are those at the coarsest level below the region asked for that has weights; if
//!   there are none, the region's own weights make one layer.
//! - A cell with output and no records gives its weight to the other cells of its region, a region without any to
//!   the other regions. The share of output with records is the coverage; below the declared share it is flagged.

use std::collections::BTreeMap;

use datafusion::arrow::array::{Array, AsArray};
use datafusion::arrow::compute::cast;
use datafusion::arrow::datatypes::{DataType, Date32Type, Int64Type};
use zhiheng_base::period::{FIRST_DAY, LAST_DAY};
use zhiheng_base::{Decimal, Diagnostic, Level, Period, Rate, RegionCode};
use zhiheng_catalog::model::Weights;
use zhiheng_methods::weighted::{Part, wilson_kish};

use super::Engine;
use super::ask::{Ask, Group, span};
use super::cells::{coverage, once};
use super::figures::{Figures, Spec, regions_of};
use super::finish::{excluded, float, printed_rate, set_interval, set_value};
use super::query::{Area, Key};
use super::scan::{Reads, failed};
use crate::address::Basis;
use crate::atoms::Parts;
use crate::formula::column;
use crate::formula::rows::value_at;
use crate::lake::quarter::{date_of, day_of};
use crate::lake::schema::{Cell, DAY, ENTRY, REGION, TableSchema};
use crate::measure::{Flag, Measure};

/// A weight as recorded.
#[derive(Clone, Debug)]
pub(crate) struct Weight {
    entry: i64,
    region: RegionCode,
    day: i32,
    cell: Option<String>,
    value: Decimal,
}

/// Weights of one year by region and cell.
type Table = BTreeMap<u64, BTreeMap<Option<String>, Decimal>>;

impl Engine {
    pub(crate) async fn weighted(&self, spec: &Spec<'_>, weights: &Weights) -> Result<Figures, Diagnostic> {
        let mut figures = Figures::new();
        for key in self.expected(spec) {
            figures.insert(key.clone(), Measure::empty(self.address_of(spec, &key)));
        }
        let all = self.weights(spec, weights).await?;
        for region in regions_of(self, spec.query.area) {
            for at in 0..spec.query.periods.len() {
                for (key, measure) in self.weighted_in(spec, weights, &all, region, at).await? {
                    figures.insert(key, measure);
                }
            }
        }
        Ok(figures)
    }

    async fn weighted_in(
        &self,
        spec: &Spec<'_>,
        weights: &Weights,
        all: &[Weight],
        region: RegionCode,
        at: usize,
    ) -> Result<Figures, Diagnostic> {
        let period = spec.query.periods[at];
        let (level, table) = layer(all, region, day_of(period.last_day()));
        let by = once(std::iter::once(weights.cell.clone()).chain(spec.query.by.iter().cloned()));
        let ask = Ask {
            indicator: spec.indicator,
            group: Group::of(level.map_or(Area::One(region), |level| Area::Below(region, level))),
            spans: vec![span(period)],
            cuts: &spec.query.cuts,
            by: &by,
            basis: spec.query.basis,
            as_of: spec.as_of,
            on: None,
        };
        // By what the question splits by: counts of each region and cell.
        let mut numbers: BTreeMap<Vec<Option<String>>, BTreeMap<(u64, Option<String>), Parts>> =
            BTreeMap::new();
        if spec.query.by.is_empty() {
            numbers.insert(Vec::new(), BTreeMap::new());
        }
        for (key, parts) in self.answers(&ask).await? {
            let values = spec
                .query
                .by
                .iter()
                .filter_map(|name| by.iter().position(|known| known == name))
                .map(|place| key.values[place].clone());
            let cells = numbers.entry(values.collect()).or_default();
            cells.entry((key.region, key.values[0].clone())).or_default().add(&parts);
        }
        let fixed = spec
            .query
            .cuts
            .iter()
            .find(|(name, _)| *name == weights.cell)
            .map(|(_, value)| Some(value.clone()));
        let split = spec.query.by.iter().position(|name| *name == weights.cell);
        let mut figures = Figures::new();
        for (values, cells) in numbers {
            // A number of one cell weighs regions by the output of that cell alone.
            let only = split.map(|place| values[place].clone()).or_else(|| fixed.clone());
            let key = Key { region: region.as_u64(), period: at, values };
            let mut measure = Measure::empty(self.address_of(spec, &key));
            fill(&mut measure, spec, weights, &table, &cells, only.as_ref());
            figures.insert(key, measure);
        }
        Ok(figures)
    }

    /// All weights in the question's area, by present codes if asked so.
    async fn weights(&self, spec: &Spec<'_>, weights: &Weights) -> Result<Vec<Weight>, Diagnostic> {
        let Some(schema) = self.lake.schema(&weights.record) else {
            return Err(Diagnostic::error("ZH5014")
                .arg("indicator", &spec.indicator.head.id)
                .arg("record", &weights.record));
        };
        let within = spec.query.area.within();
        if !self.is_small(&weights.record, spec.as_of)
            || spec.query.basis == Basis::AsThen
            || within.is_outside()
        {
            return self.read_weights(spec, weights, schema).await;
        }
        let (id, seal) = (&spec.indicator.head.id, self.seal(&weights.record));
        let all = match self.kept.weights.get(id, seal) {
            Some(all) => all,
            None => {
                // Everywhere and for all time: each question takes its own from it.
                let mut whole = spec.clone();
                whole.query.area = Area::One(RegionCode::NATION);
                whole.query.periods = vec![Period::days(FIRST_DAY, LAST_DAY)?];
                let all = self.read_weights(&whole, weights, schema).await?;
                self.kept.weights.put(id, seal, all.len(), all)
            }
        };
        let last = spec.query.periods.iter().map(|period| day_of(period.last_day())).max().unwrap_or(0);
        Ok(all.iter().filter(|one| within.contains(one.region) && one.day <= last).cloned().collect())
    }

    async fn read_weights(
        &self,
        spec: &Spec<'_>,
        weights: &Weights,
        schema: &TableSchema,
    ) -> Result<Vec<Weight>, Diagnostic> {
        let last = spec.query.periods.iter().map(|period| day_of(period.last_day())).max().unwrap_or(0);
        let ask = Ask {
            indicator: spec.indicator,
            group: Group::Each(spec.query.area.within()),
            spans: vec![(day_of(FIRST_DAY), last + 1)],
            cuts: &[],
            by: &[],
            basis: spec.query.basis,
            as_of: spec.as_of,
            on: None,
        };
        let Some(source) = self.source(&ask, schema, Reads::Most).await? else { return Ok(Vec::new()) };
        let frame = source.kept(None, schema)?;
        let kept =
            vec![column(ENTRY), column(REGION), column(DAY), column(&weights.cell), column(&weights.value)];
        let batches = frame.select(kept).map_err(failed)?.collect().await.map_err(failed)?;
        let value_cell = schema.column(&weights.value).map_or(Cell::Integer, |found| found.cell);
        let mut found = Vec::new();
        for batch in batches {
            let entries = batch.column(0).as_primitive::<Int64Type>();
            let regions = batch.column(1).as_primitive::<Int64Type>();
            let days = batch.column(2).as_primitive::<Date32Type>();
            let cells = cast(batch.column(3), &DataType::Utf8).map_err(|cause| failed(cause.into()))?;
            let cells = cells.as_string::<i32>();
            for row in 0..batch.num_rows() {
                let recorded = regions.value(row) as u64;
                let now = if spec.query.basis == Basis::AsNow { self.places.now(recorded) } else { recorded };
                let (Some(region), Some(value)) =
                    (RegionCode::from_u64(now), value_at(batch.column(4), value_cell, row).to_decimal())
                else {
                    continue;
                };
                found.push(Weight {
                    entry: entries.value(row),
                    region,
                    day: days.value(row),
                    cell: cells.is_valid(row).then(|| cells.value(row).to_owned()),
                    value,
                });
            }
        }
        found.sort_by_key(|weight| (weight.day, weight.entry));
        Ok(found)
    }
}

/// The weights that count for a region, and the level of the second layer if there is one.
fn layer(all: &[Weight], region: RegionCode, last_day: i32) -> (Option<Level>, Table) {
    let year = |day: i32| date_of(day).map(zhiheng_base::Date::year);
    let inside = || all.iter().filter(|weight| region.contains(weight.region) && weight.day <= last_day);
    let Some(newest) = inside().filter_map(|weight| year(weight.day)).max() else {
        return (None, Table::new());
    };
    let of_year = || inside().filter(|weight| year(weight.day) == Some(newest));
    let level = of_year().map(|weight| weight.region.level()).filter(|&level| level > region.level()).min();
    let mut table = Table::new();
    // In order of day and entry, so that the last one stays.
    for weight in of_year().filter(|weight| weight.region.level() == level.unwrap_or(region.level())) {
        table.entry(weight.region.as_u64()).or_default().insert(weight.cell.clone(), weight.value);
    }
    (level, table)
}

fn fill(
    measure: &mut Measure,
    spec: &Spec<'_>,
    weights: &Weights,
    table: &Table,
    cells: &BTreeMap<(u64, Option<String>), Parts>,
    only: Option<&Option<String>>,
) {
    let indicator = spec.indicator;
    let mut all = Parts::default();
    cells.values().for_each(|parts| all.add(parts));
    measure.weighted = true;
    measure.records = all.n as u64;
    measure.synthetic = all.synthetic as u64;
    measure.published = all.published as u64;
    measure.excluded = excluded(indicator, &all);
    measure.plain = printed_rate(Rate::of_counts(all.k, all.n), indicator);
    let Some(sums) = combine(table, cells, only) else { return };
    measure.cells = Some(sums.parts.len() as u64);
    measure.coverage = coverage(sums.covered, sums.whole);
    if measure.coverage.as_ref().is_some_and(|found| found.share < weights.coverage_below) {
        measure.flags.push(Flag::LowCoverage);
    }
    if sums.bottom.is_zero() {
        return;
    }
    set_value(measure, indicator, sums.top, Some(sums.bottom));
    if let Some(rule) = indicator.interval
        && let Some(found) = wilson_kish(&sums.parts, rule.level)
    {
        set_interval(measure, indicator, found.interval, "wilson on effective sample size", rule.level);
    }
}

/// The two layers put together.
struct Sums {
    top: Decimal,
    bottom: Decimal,
    covered: Decimal,
    whole: Decimal,
    parts: Vec<Part>,
}

/// `None` if a product or quotient does not fit a decimal (28 digits).
fn combine(
    table: &Table,
    cells: &BTreeMap<(u64, Option<String>), Parts>,
    only: Option<&Option<String>>,
) -> Option<Sums> {
    let zero = Decimal::ZERO;
    let mut sums = Sums { top: zero, bottom: zero, covered: zero, whole: zero, parts: Vec::new() };
    for (region, outputs) in table {
        let (mut total, mut covered, mut good) = (zero, zero, zero);
        let mut counted: Vec<(Decimal, &Parts)> = Vec::new();
        for (cell, &output) in outputs.iter().filter(|(cell, _)| only.is_none_or(|only| only == *cell)) {
            total = total.checked_add(output)?;
            if let Some(parts) = cells.get(&(*region, cell.clone())).filter(|parts| parts.n > 0) {
                covered = covered.checked_add(output)?;
                good = good.checked_add(output.checked_mul(parts.k.into())?.checked_div(parts.n.into())?)?;
                counted.push((output, parts));
            }
        }
        sums.whole = sums.whole.checked_add(total)?;
        sums.covered = sums.covered.checked_add(covered)?;
        if covered.is_zero() {
            continue;
        }
        sums.top = sums.top.checked_add(total.checked_mul(good)?.checked_div(covered)?)?;
        sums.bottom = sums.bottom.checked_add(total)?;
        for (output, parts) in counted {
            let weight = float(output) * float(total) / float(covered);
            sums.parts.push(Part { x: parts.k as u64, n: parts.n as u64, weight });
        }
    }
    Some(sums)
}

//! Figures that a department hands in: one record per region and period, the latest one counts.
//!
//! A record type with a field `period` states the period itself, as text; otherwise the record's day lies in it. The
//! figure is that of the region itself, never a sum of the regions below.

use std::collections::BTreeSet;

use datafusion::arrow::array::{Array, AsArray};
use datafusion::arrow::compute::cast;
use datafusion::arrow::datatypes::{DataType, Date32Type, Int8Type, Int64Type};
use zhiheng_base::Diagnostic;
use zhiheng_catalog::model::IndicatorKind;

use super::Engine;
use super::ask::{Ask, Group, span};
use super::figures::{Figures, Spec, regions_of};
use super::finish::set_value;
use super::query::Key;
use super::scan::failed;
use crate::address::Basis;
use crate::formula::rows::value_at;
use crate::formula::{column, places, translate};
use crate::lake::schema::{Cell, DAY, ENTRY, PROV, REGION};
use crate::measure::{Excluded, Flag, Measure};

/// A figure as handed in.
struct Figure {
    entry: i64,
    prov: i8,
    value: zhiheng_base::Decimal,
}

impl Engine {
    pub(crate) async fn reported(&self, spec: &Spec<'_>) -> Result<Figures, Diagnostic> {
        let IndicatorKind::Reported { over, value } = &spec.indicator.kind else { return Ok(Figures::new()) };
        let schema = self.table_of(spec.indicator)?;
        let mut figures = Figures::new();
        for key in self.expected(spec) {
            figures.insert(key.clone(), Measure::empty(self.address_of(spec, &key)));
        }
        let spans: Vec<(i32, i32)> = spec.query.periods.iter().map(|period| span(*period)).collect();
        let states_period = schema.column("period").is_some();
        let low = spans.iter().map(|span| span.0).min().unwrap_or(0);
        let high = spans.iter().map(|span| span.1).max().unwrap_or(0);
        // A figure that names its period may be dated after it.
        let window = if states_period { (i32::MIN / 2, i32::MAX / 2) } else { (low, high) };
        let ask = Ask {
            indicator: spec.indicator,
            group: Group::Each(spec.query.area.within()),
            spans: vec![window],
            cuts: &spec.query.cuts,
            by: &[],
            basis: spec.query.basis,
            as_of: spec.as_of,
            on: None,
        };
        let Some(source) = self.source(&ask, schema).await? else { return Ok(figures) };
        let frame = source.kept(over.filter.as_ref(), schema)?;
        let scale = places(&value.expr, schema);
        let number =
            datafusion::logical_expr::cast(translate(value, schema), DataType::Decimal128(38, scale as i8));
        let mut kept = vec![
            column(ENTRY),
            column(PROV),
            column(REGION),
            column(DAY),
            number.alias("g_number"),
            if states_period { column("period") } else { column(ENTRY) }.alias("g_period"),
        ];
        for (at, name) in spec.query.by.iter().enumerate() {
            kept.push(datafusion::logical_expr::cast(column(name), DataType::Utf8).alias(format!("g_{at}")));
        }
        let batches = frame.select(kept).map_err(failed)?.collect().await.map_err(failed)?;
        let wanted: BTreeSet<u64> =
            regions_of(self, spec.query.area).iter().map(|region| region.as_u64()).collect();
        let mut found: std::collections::BTreeMap<Key, Vec<Figure>> = std::collections::BTreeMap::new();
        for batch in &batches {
            let entries = batch.column(0).as_primitive::<Int64Type>();
            let provs = batch.column(1).as_primitive::<Int8Type>();
            let regions = batch.column(2).as_primitive::<Int64Type>();
            let days = batch.column(3).as_primitive::<Date32Type>();
            let stated = cast(batch.column(5), &DataType::Utf8).map_err(|cause| failed(cause.into()))?;
            let stated = stated.as_string::<i32>();
            for row in 0..batch.num_rows() {
                let recorded = regions.value(row) as u64;
                let region =
                    if spec.query.basis == Basis::AsNow { self.places.now(recorded) } else { recorded };
                let Some(value) = value_at(batch.column(4), Cell::Decimal(scale), row).to_decimal() else {
                    continue;
                };
                if !wanted.contains(&region) {
                    continue;
                }
                let values: Vec<Option<String>> = (0..spec.query.by.len())
                    .map(|at| {
                        let texts = batch.column(6 + at).as_string::<i32>();
                        texts.is_valid(row).then(|| texts.value(row).to_owned())
                    })
                    .collect();
                for (at, period) in spec.query.periods.iter().enumerate() {
                    let fits = if states_period {
                        stated.is_valid(row) && stated.value(row) == period.to_string()
                    } else {
                        let day = days.value(row);
                        spans[at].0 <= day && day < spans[at].1
                    };
                    if fits {
                        let figure = Figure { entry: entries.value(row), prov: provs.value(row), value };
                        let key = Key { region, period: at, values: values.clone() };
                        found.entry(key).or_default().push(figure);
                    }
                }
            }
        }
        for (key, mut handed) in found {
            handed.sort_by_key(|figure| figure.entry);
            let Some(latest) = handed.last() else { continue };
            let mut measure = Measure::empty(self.address_of(spec, &key));
            measure.records = 1;
            measure.published = u64::from(latest.prov == 1);
            measure.synthetic = u64::from(latest.prov == 2);
            set_value(&mut measure, spec.indicator, latest.value, None);
            if handed.len() > 1 {
                measure.flags.push(Flag::Several);
                measure.excluded.push(Excluded {
                    reason: "older".to_owned(),
                    rule: String::new(),
                    records: handed.len() as u64 - 1,
                });
            }
            figures.insert(key, measure);
        }
        Ok(figures)
    }
}

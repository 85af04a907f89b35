//! Figures that a department hands in: one record per region and period, the latest one counts.
//!
//! A record type with a field `period` states the period itself, as text; otherwise the record's day lies in it. The
//! figure is that of the region itself, never a sum of the regions below.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use datafusion::arrow::array::{Array, AsArray};
use datafusion::arrow::compute::cast;
use datafusion::arrow::datatypes::{DataType, Date32Type, Int8Type, Int64Type};
use datafusion::dataframe::DataFrame;
use zhiheng_base::{Decimal, Diagnostic};
use zhiheng_catalog::Formula;
use zhiheng_catalog::model::IndicatorKind;

use super::Engine;
use super::ask::{Ask, Group, span};
use super::figures::{Figures, Spec, regions_of};
use super::finish::set_value;
use super::query::Key;
use super::scan::{Reads, Source, failed};
use crate::address::Basis;
use crate::formula::rows::value_at;
use crate::formula::{column, places, translate};
use crate::lake::part::Part;
use crate::lake::schema::{Cell, DAY, ENTRY, PROV, REGION, TableSchema};
use crate::measure::{Excluded, Flag, Measure};

/// A figure as handed in.
#[derive(Debug)]
pub(crate) struct Handed {
    entry: i64,
    prov: i8,
    recorded: u64,
    day: i32,
    value: Decimal,
    /// The period that it names, if the record type has one.
    stated: Option<String>,
    /// Values of the dimensions split by.
    values: Vec<Option<String>>,
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
        let handed = self.handed(spec, &over.filter, value, schema).await?;
        let wanted: BTreeSet<u64> =
            regions_of(self, spec.query.area).iter().map(|region| region.as_u64()).collect();
        let mut found: BTreeMap<Key, Vec<&Handed>> = BTreeMap::new();
        for one in handed.iter() {
            let region =
                if spec.query.basis == Basis::AsNow { self.places.now(one.recorded) } else { one.recorded };
            if !wanted.contains(&region) {
                continue;
            }
            for (at, period) in spec.query.periods.iter().enumerate() {
                let fits = match states_period {
                    true => one.stated.as_ref().is_some_and(|stated| *stated == period.to_string()),
                    false => spans[at].0 <= one.day && one.day < spans[at].1,
                };
                if fits {
                    let key = Key { region, period: at, values: one.values.clone() };
                    found.entry(key).or_default().push(one);
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

    /// What was handed in: of a small table all of it, from memory; else what the question may touch.
    async fn handed(
        &self,
        spec: &Spec<'_>,
        filter: &Option<Formula>,
        value: &Formula,
        schema: &TableSchema,
    ) -> Result<Arc<Vec<Handed>>, Diagnostic> {
        let plain = spec.query.cuts.is_empty() && spec.query.by.is_empty();
        if !plain || !self.is_small(&schema.of, spec.as_of) {
            let spans = spec.query.periods.iter().map(|period| span(*period));
            // A figure that names its period may be dated after it.
            let window = match schema.column("period") {
                Some(_) => (i32::MIN / 2, i32::MAX / 2),
                None => spans.fold((i32::MAX, i32::MIN), |all, one| (all.0.min(one.0), all.1.max(one.1))),
            };
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
            let Some(source) = self.source(&ask, schema, Reads::Most).await? else {
                return Ok(Arc::default());
            };
            return Ok(Arc::new(read(source.kept(filter.as_ref(), schema)?, spec, value, schema).await?));
        }
        let (id, seal) = (&spec.indicator.head.id, self.seal(&schema.of));
        if let Some(handed) = self.kept.handed.get(id, seal) {
            return Ok(handed);
        }
        let parts: Vec<&Part> = (self.lake.manifest.parts(&schema.of))
            .map(|(_, part)| part)
            .filter(|part| part.regions.is_some() && part.days.is_some())
            .collect();
        if parts.is_empty() {
            return Ok(Arc::default());
        }
        let (frame, withdrawn) = self.live(&parts, schema, spec.as_of, Reads::Most)?;
        let frame = Source { frame, withdrawn }.kept(filter.as_ref(), schema)?;
        let handed = read(frame, spec, value, schema).await?;
        Ok(self.kept.handed.put(id, seal, handed.len(), handed))
    }
}

/// The figures among some rows.
async fn read(
    frame: DataFrame,
    spec: &Spec<'_>,
    value: &Formula,
    schema: &TableSchema,
) -> Result<Vec<Handed>, Diagnostic> {
    let states_period = schema.column("period").is_some();
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
    let mut handed = Vec::new();
    for batch in &batches {
        let entries = batch.column(0).as_primitive::<Int64Type>();
        let provs = batch.column(1).as_primitive::<Int8Type>();
        let regions = batch.column(2).as_primitive::<Int64Type>();
        let days = batch.column(3).as_primitive::<Date32Type>();
        let stated = cast(batch.column(5), &DataType::Utf8).map_err(|cause| failed(cause.into()))?;
        let stated = stated.as_string::<i32>();
        for row in 0..batch.num_rows() {
            let value = value_at(batch.column(4), Cell::Decimal(scale), row).to_decimal();
            let Some(value) = value.filter(|_| regions.is_valid(row) && days.is_valid(row)) else { continue };
            let text = |at: usize| {
                let texts = batch.column(6 + at).as_string::<i32>();
                texts.is_valid(row).then(|| texts.value(row).to_owned())
            };
            handed.push(Handed {
                entry: entries.value(row),
                prov: provs.value(row),
                recorded: regions.value(row) as u64,
                day: days.value(row),
                value,
                stated: (states_period && stated.is_valid(row)).then(|| stated.value(row).to_owned()),
                values: (0..spec.query.by.len()).map(text).collect(),
            });
        }
    }
    Ok(handed)
}

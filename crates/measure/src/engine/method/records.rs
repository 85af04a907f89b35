//! A method over the records of a place and a period: one row of its table per record, in order of entry.

use std::collections::BTreeMap;

use datafusion::arrow::array::{Array, AsArray};
use datafusion::arrow::compute::cast;
use datafusion::arrow::datatypes::{DataType, Int8Type, Int64Type};
use datafusion::logical_expr::Expr;
use zhiheng_base::Diagnostic;
use zhiheng_catalog::model::{Aggregate, ByMethod};

use super::answer::{Place, Wanted};
use super::{decimal, level, run};
use crate::engine::Engine;
use crate::engine::ask::{Ask, Counting, Group, span};
use crate::engine::figures::{Figures, Spec};
use crate::engine::finish::{excluded, set_limits, set_value};
use crate::engine::query::Key;
use crate::engine::scan::{Reads, failed};
use crate::formula::{column, translate};
use crate::lake::schema::{ENTRY, PROV, REGION};
use crate::measure::{Flag, Measure};

/// The rows of one figure: a list per column, and where they came from.
#[derive(Default)]
struct Table {
    columns: Vec<Vec<String>>,
    n_rows: u64,
    published: u64,
    synthetic: u64,
}

impl Engine {
    pub(super) async fn over_records(
        &self,
        spec: &Spec<'_>,
        by: &ByMethod,
        over: &Aggregate,
    ) -> Result<Figures, Diagnostic> {
        let mut figures = Figures::new();
        for key in self.expected(spec) {
            figures.insert(key.clone(), Measure::empty(self.address_of(spec, &key)));
        }
        for at in 0..spec.query.periods.len() {
            let ask = Ask {
                indicator: spec.indicator,
                group: Group::of(spec.query.area),
                spans: vec![span(spec.query.periods[at])],
                cuts: &spec.query.cuts,
                by: &spec.query.by,
                basis: spec.query.basis,
                as_of: spec.as_of,
                on: None,
            };
            let parts = self.answers(&ask).await?;
            for (key, table) in self.tables(spec, by, over, &ask, at).await? {
                let mut measure = Measure::empty(self.address_of(spec, &key));
                measure.records = table.n_rows;
                measure.published = table.published;
                measure.synthetic = table.synthetic;
                if let Some(parts) = parts.get(&Key { period: 0, ..key.clone() }) {
                    measure.excluded = excluded(spec.indicator, parts);
                }
                fill(&mut measure, spec, by, table);
                figures.insert(key, measure);
            }
        }
        Ok(figures)
    }

    /// The records of a period, by figure.
    async fn tables(
        &self,
        spec: &Spec<'_>,
        by: &ByMethod,
        over: &Aggregate,
        ask: &Ask<'_>,
        period: usize,
    ) -> Result<BTreeMap<Key, Table>, Diagnostic> {
        let schema = self.table_of(spec.indicator)?;
        let mut tables = BTreeMap::new();
        let Some(source) = self.source(ask, schema, Reads::Most).await? else { return Ok(tables) };
        let frame = source.kept(over.filter.as_ref(), schema)?;
        let text =
            |expr: Expr, name: String| datafusion::logical_expr::cast(expr, DataType::Utf8).alias(name);
        let mut kept = vec![column(ENTRY), column(PROV), column(REGION)];
        for (at, name) in spec.query.by.iter().enumerate() {
            kept.push(text(column(name), format!("g_{at}")));
        }
        for (at, (_, taken)) in by.columns.iter().enumerate() {
            kept.push(text(translate(&taken.take, schema), format!("m_{at}")));
        }
        let batches = frame
            .select(kept)
            .and_then(|frame| frame.sort(vec![column(ENTRY).sort(true, false)]))
            .map_err(failed)?
            .collect()
            .await
            .map_err(failed)?;
        let counting = Counting::new(self, ask.group, ask.basis);
        for batch in &batches {
            let provs = batch.column(1).as_primitive::<Int8Type>();
            let regions = batch.column(2).as_primitive::<Int64Type>();
            let texts = (3..batch.num_columns())
                .map(|at| cast(batch.column(at), &DataType::Utf8).map_err(|cause| failed(cause.into())))
                .collect::<Result<Vec<_>, _>>()?;
            let text = |at: usize, row: usize| {
                let texts = texts[at].as_string::<i32>();
                texts.is_valid(row).then(|| texts.value(row).to_owned())
            };
            for row in 0..batch.num_rows() {
                let Some(region) = counting.of(regions.value(row) as u64) else { continue };
                let n_by = spec.query.by.len();
                let values = (0..n_by).map(|at| text(at, row)).collect();
                let table: &mut Table = tables.entry(Key { region, period, values }).or_default();
                table.columns.resize_with(by.columns.len(), Vec::new);
                for (at, column) in table.columns.iter_mut().enumerate() {
                    column.push(text(n_by + at, row).unwrap_or_default());
                }
                table.n_rows += 1;
                table.published += u64::from(provs.value(row) == 1);
                table.synthetic += u64::from(provs.value(row) == 2);
            }
        }
        Ok(tables)
    }
}

fn fill(measure: &mut Measure, spec: &Spec<'_>, by: &ByMethod, table: Table) {
    let answer = match run(by, table.columns, 1) {
        Ok(answer) => answer,
        Err(refusal) => return measure.refuse(Flag::Refused, &by.method, &refusal),
    };
    let place = match Place::new(&by.answer, &answer) {
        Ok(place) => place,
        Err(refusal) => return measure.refuse(Flag::Refused, &by.method, &refusal),
    };
    let Some(found) = place.row(Wanted { region: "", number: 1 }) else { return };
    if let Some(value) = found.value().and_then(decimal) {
        set_value(measure, spec.indicator, value, None);
    }
    set_limits(measure, spec.indicator, found.limits(), &by.method, level(by));
    measure.beside = found.also();
}

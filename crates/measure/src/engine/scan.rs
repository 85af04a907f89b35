//! One pass over the lake through DataFusion: filter, group, count and add.

use datafusion::arrow::array::{Array, AsArray, RecordBatch};
use datafusion::arrow::compute::cast;
use datafusion::arrow::datatypes::{DataType, Decimal128Type, Int32Type, Int64Type};
use datafusion::common::ScalarValue;
use datafusion::common::config::TableParquetOptions;
use datafusion::dataframe::DataFrame;
use datafusion::datasource::file_format::parquet::ParquetFormat;
use datafusion::datasource::listing::{ListingOptions, ListingTable, ListingTableConfig, ListingTableUrl};
use datafusion::error::DataFusionError;
use datafusion::execution::FunctionRegistry;
use datafusion::functions_aggregate::expr_fn::{count, sum};
use datafusion::functions_nested::string::string_to_array;
use datafusion::logical_expr::{Expr, ExprFunctionExt, lit};
use std::sync::Arc;
use zhiheng_base::Diagnostic;
use zhiheng_catalog::Formula;

use super::Engine;
use super::ask::{Answers, Ask, Group, Standing};
use super::conditions::{cut, states};
use super::query::Key;
use crate::address::Basis;
use crate::atoms::{Parts, Plan, State};
use crate::formula::functions::spans_text;
use crate::formula::{column, translate};
use crate::lake::part::Part;
use crate::lake::schema::{Cell, DAY, ENTRY, REGION, SEPARATOR, TableSchema, UNTIL};

/// A failure of the query engine as a problem that people can report.
pub(crate) fn failed(cause: DataFusionError) -> Diagnostic {
    Diagnostic::error("ZH5104").arg("cause", cause.strip_backtrace())
}

/// How many of the rows that lie together a question wants.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reads {
    /// Most of them, in a few columns: they are read as they lie.
    Most,
    /// Few of them, in many columns: first the columns of the conditions, then of the others what meets them.
    Few,
}

/// Rows of the lake that a question may touch, and conditions over them.
pub(crate) struct Source {
    pub frame: DataFrame,
    /// Rows that are withdrawn at this ledger size.
    pub withdrawn: Option<Expr>,
}

impl Source {
    /// The rows that are not withdrawn and meet a filter.
    pub(crate) fn kept(
        self,
        filter: Option<&Formula>,
        schema: &TableSchema,
    ) -> Result<DataFrame, Diagnostic> {
        let mut frame = self.frame;
        if let Some(withdrawn) = self.withdrawn {
            frame = frame.filter(Expr::Not(Box::new(withdrawn))).map_err(failed)?;
        }
        match filter {
            Some(filter) => frame.filter(translate(filter, schema).is_true()).map_err(failed),
            None => Ok(frame),
        }
    }
}

impl Engine {
    /// The rows of a record type that may matter to the question, replaced ones left out; `None` if no part does.
    pub(crate) async fn source(
        &self,
        ask: &Ask<'_>,
        schema: &TableSchema,
        reads: Reads,
    ) -> Result<Option<Source>, Diagnostic> {
        let within = ask.group.within();
        let own = within.range();
        let ranges = match ask.basis {
            Basis::AsNow => self.places.recorded_ranges(within),
            Basis::AsThen => vec![(*own.start(), *own.end())],
        };
        let low = ask.spans.first().map_or(i32::MIN, |span| span.0);
        let high = ask.spans.last().map_or(i32::MAX, |span| span.1);
        let touches = |part: &Part| {
            part.entries.0 < ask.as_of
                && part.regions.is_some_and(|(first, last)| {
                    ranges.iter().any(|range| range.0 <= last && first <= range.1)
                })
                && part.days.is_some_and(|(first, last)| match ask.on {
                    // A register's entries begin any time before.
                    Some(on) => first <= on,
                    None => first < high && low <= last,
                })
        };
        let parts: Vec<&Part> =
            self.lake.manifest.parts(&schema.of).map(|(_, part)| part).filter(|part| touches(part)).collect();
        if parts.is_empty() {
            return Ok(None);
        }
        let (mut frame, withdrawn) = self.live(&parts, schema, ask.as_of, reads)?;

        let region = self.region_expr(ask.basis, &parts);
        let within_ranges = ranges
            .iter()
            .map(|&(first, last)| column(REGION).between(lit(first as i64), lit(last as i64)))
            .reduce(Expr::or);
        if let Some(within_ranges) = within_ranges {
            frame = frame.filter(within_ranges).map_err(failed)?;
        }
        if region != column(REGION) {
            frame = frame
                .filter(region.between(lit(*own.start() as i64), lit(*own.end() as i64)))
                .map_err(failed)?;
        }
        let day = |day: i32| Expr::Literal(ScalarValue::Date32(Some(day)), None);
        match ask.on {
            Some(on) => {
                frame = frame.filter(column(DAY).lt_eq(day(on))).map_err(failed)?;
                if schema.is_register {
                    frame = frame
                        .filter(column(UNTIL).is_null().or(column(UNTIL).gt_eq(day(on))))
                        .map_err(failed)?;
                }
            }
            None => {
                frame = frame
                    .filter(column(DAY).gt_eq(day(low)).and(column(DAY).lt(day(high))))
                    .map_err(failed)?;
            }
        }
        for (name, value) in ask.cuts {
            frame = frame.filter(cut(schema, name, value)?).map_err(failed)?;
        }
        Ok(Some(Source { frame, withdrawn }))
    }

    /// The rows of some parts at a ledger size, replaced ones left out, and which of them are withdrawn.
    pub(crate) fn live(
        &self,
        parts: &[&Part],
        schema: &TableSchema,
        as_of: u64,
        reads: Reads,
    ) -> Result<(DataFrame, Option<Expr>), Diagnostic> {
        let mut frame = self.read_parts(parts, schema, reads).map_err(failed)?;
        if parts.iter().any(|part| part.entries.1 >= as_of) {
            frame = frame.filter(column(ENTRY).lt(lit(as_of as i64))).map_err(failed)?;
        }
        let superseded = |withdrawn: bool| -> Vec<Expr> {
            parts
                .iter()
                .flat_map(|part| &part.superseded)
                .filter(|one| one.holds_at(as_of) && one.is_withdrawn_at(as_of) == withdrawn)
                .map(|one| lit(one.entry as i64))
                .collect()
        };
        let corrected = superseded(false);
        if !corrected.is_empty() {
            frame = frame.filter(column(ENTRY).in_list(corrected, true)).map_err(failed)?;
        }
        let withdrawn = superseded(true);
        let withdrawn = (!withdrawn.is_empty()).then(|| column(ENTRY).in_list(withdrawn, false));
        Ok((frame, withdrawn))
    }

    fn read_parts(
        &self,
        parts: &[&Part],
        schema: &TableSchema,
        reads: Reads,
    ) -> Result<DataFrame, DataFusionError> {
        let urls = parts
            .iter()
            .map(|part| {
                let path = std::path::absolute(self.lake.dir().join(&part.file))?;
                ListingTableUrl::parse(path.to_string_lossy())
            })
            .collect::<Result<Vec<_>, DataFusionError>>()?;
        let mut format = TableParquetOptions::default();
        format.global.pushdown_filters = reads == Reads::Few;
        let format = Arc::new(ParquetFormat::default().with_options(format));
        let options = ListingOptions::new(format).with_file_extension(".parquet");
        let config = ListingTableConfig::new_with_multi_paths(urls)
            .with_listing_options(options)
            .with_schema(Arc::clone(&schema.arrow));
        self.context.read_table(Arc::new(ListingTable::try_new(config)?))
    }

    /// The region that a row counts for, as a number.
    fn region_expr(&self, basis: Basis, parts: &[&Part]) -> Expr {
        let may_move = parts
            .iter()
            .filter_map(|part| part.regions)
            .any(|(first, last)| self.places.may_move(first, last));
        if basis == Basis::AsNow
            && may_move
            && let Ok(function) = self.context.udf("zh_region_now")
        {
            return function.call(vec![column(REGION)]);
        }
        column(REGION)
    }

    /// One pass over the lake.
    pub(crate) async fn from_lake(&self, ask: &Ask<'_>) -> Result<Answers, Diagnostic> {
        let schema = self.table_of(ask.indicator)?;
        let plan = self.plan_of(ask.indicator)?;
        let Some(layout) = plan.layouts.get(&ask.indicator.head.id) else { return Ok(Answers::new()) };
        let Some(source) = self.source(ask, schema, Reads::Most).await? else { return Ok(Answers::new()) };
        let parts: Vec<&Part> = self.lake.manifest.parts(&schema.of).map(|(_, part)| part).collect();
        let region = self.region_expr(ask.basis, &parts);
        let standing = match ask.group {
            Group::Below(region, level) => Some(Standing::new(self, region, level)),
            _ => None,
        };
        let mut frame = source.frame;
        let mut keys: Vec<Expr> = Vec::new();
        match (&standing, ask.group) {
            (Some(standing), _) if standing.unit() > 1 => {
                let length = lit(standing.unit() as i64);
                keys.push((region.clone() - region % length).alias("g_region"));
            }
            (_, Group::One(_)) => {}
            _ => keys.push(region.alias("g_region")),
        }
        if ask.on.is_none() && ask.spans.len() > 1 {
            let function = self.context.udf("zh_period").map_err(failed)?;
            let period = function.call(vec![column(DAY), lit(spans_text(&ask.spans))]);
            frame = frame.filter(period.clone().is_not_null()).map_err(failed)?;
            keys.push(period.alias("g_period"));
        }
        for (at, name) in ask.by.iter().enumerate() {
            let alias = format!("g_{at}");
            match schema.column(name).map(|column| column.cell) {
                Some(Cell::Many) => {
                    // One row for each value: a record with two failed items counts for both.
                    let list = string_to_array(
                        column(name),
                        lit(SEPARATOR.to_string()),
                        lit(ScalarValue::Utf8(None)),
                    );
                    frame = frame
                        .with_column(&alias, list)
                        .and_then(|frame| frame.unnest_columns(&[alias.as_str()]))
                        .map_err(failed)?;
                    keys.push(column(&alias));
                }
                Some(Cell::Text | Cell::Code) => keys.push(column(name).alias(alias)),
                Some(_) => {
                    keys.push(datafusion::logical_expr::cast(column(name), DataType::Utf8).alias(alias))
                }
                None => {
                    return Err(Diagnostic::error("ZH5006")
                        .arg("indicator", &ask.indicator.head.id)
                        .arg("dimension", name)
                        .arg("allowed", ask.indicator.by.join(", ")));
                }
            }
        }
        let distinct = ask.indicator.kind.over().and_then(|over| over.distinct.as_deref());
        let frame = grouped(frame, &keys, &plan, schema, source.withdrawn.as_ref(), layout, distinct)
            .map_err(failed)?;
        let batches = frame.collect().await.map_err(failed)?;
        let mut answers = Answers::new();
        for batch in &batches {
            read_batch(batch, &plan, |key, state, distinct| {
                let region = match (&standing, ask.group) {
                    (Some(standing), _) => standing.of(key.region)?,
                    (None, Group::One(region)) => region.as_u64(),
                    (None, _) => key.region,
                };
                let mut parts: Parts = layout.parts(state);
                parts.distinct = distinct;
                answers.entry(Key { region, ..key }).or_default().add(&parts);
                Some(())
            })?;
        }
        Ok(answers)
    }
}

fn grouped(
    frame: DataFrame,
    keys: &[Expr],
    plan: &Plan,
    schema: &TableSchema,
    withdrawn: Option<&Expr>,
    layout: &crate::atoms::Layout,
    distinct: Option<&str>,
) -> Result<DataFrame, DataFusionError> {
    let states = states(plan, schema, withdrawn)?;
    let Some(field) = distinct else { return frame.aggregate(keys.to_vec(), states) };
    // First per value, then over the values: a value counts if any record does, and is met if all of these are.
    let mut inner = keys.to_vec();
    inner.push(column(field).alias("g_distinct"));
    let frame = frame.aggregate(inner, states)?;
    let outer: Vec<Expr> = keys.iter().map(|key| column(&key.schema_name().to_string())).collect();
    let mut states: Vec<Expr> = Vec::new();
    for at in 0..plan.counts.len() {
        states.push(sum(column(&format!("c{at}"))).alias(format!("c{at}")));
    }
    for at in 0..plan.sums.len() {
        states.push(sum(column(&format!("s{at}"))).alias(format!("s{at}")));
    }
    let counted = column("g_distinct").is_not_null().and(column(&format!("c{}", layout.n)).gt(lit(0_i64)));
    states.push(count(lit(1_i64)).filter(counted.clone()).build()?.alias("d_bottom"));
    let met = match layout.k {
        Some(k) => counted.and(column(&format!("c{k}")).eq(column(&format!("c{}", layout.n)))),
        None => counted,
    };
    states.push(count(lit(1_i64)).filter(met).build()?.alias("d_top"));
    frame.aggregate(outer, states)
}

/// Rows of the answer as keys and states; `each` returns `None` for those that belong to no region asked for.
pub(crate) fn read_batch(
    batch: &RecordBatch,
    plan: &Plan,
    mut each: impl FnMut(Key, &State, (i64, i64)) -> Option<()>,
) -> Result<(), Diagnostic> {
    let wrong = |name: &str| Diagnostic::error("ZH5104").arg("cause", format!("no column {name}"));
    let get = |name: String| batch.column_by_name(&name).cloned().ok_or_else(|| wrong(&name));
    let counts = (0..plan.counts.len()).map(|at| get(format!("c{at}"))).collect::<Result<Vec<_>, _>>()?;
    let sums = (0..plan.sums.len()).map(|at| get(format!("s{at}"))).collect::<Result<Vec<_>, _>>()?;
    let mut values = Vec::new();
    while let Some(texts) = batch.column_by_name(&format!("g_{}", values.len())) {
        values.push(cast(texts, &DataType::Utf8).map_err(|cause| failed(cause.into()))?);
    }
    let regions = batch.column_by_name("g_region").map(|regions| regions.as_primitive::<Int64Type>());
    let periods = batch.column_by_name("g_period").map(|periods| periods.as_primitive::<Int32Type>());
    let distinct = batch.column_by_name("d_top").zip(batch.column_by_name("d_bottom"));
    for row in 0..batch.num_rows() {
        let state = State {
            counts: counts.iter().map(|column| column.as_primitive::<Int64Type>().value(row)).collect(),
            sums: sums
                .iter()
                .map(|column| {
                    // The sum of no rows is null.
                    let column = column.as_primitive::<Decimal128Type>();
                    if column.is_null(row) { 0 } else { column.value(row) }
                })
                .collect(),
        };
        let key = Key {
            region: regions.map_or(0, |regions| regions.value(row) as u64),
            period: periods.map_or(0, |periods| periods.value(row) as usize),
            values: values
                .iter()
                .map(|texts| {
                    let texts = texts.as_string::<i32>();
                    texts.is_valid(row).then(|| texts.value(row).to_owned())
                })
                .collect(),
        };
        let distinct = distinct.map_or((0, 0), |(top, bottom)| {
            (top.as_primitive::<Int64Type>().value(row), bottom.as_primitive::<Int64Type>().value(row))
        });
        each(key, &state, distinct);
    }
    Ok(())
}

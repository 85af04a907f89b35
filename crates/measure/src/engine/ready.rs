//! Small tables, row by row in memory: what a question would ask of each row is asked once, and questions about the newest
//! state are counts over a vector.
//!
//! Planning and running a query costs milliseconds however few rows there are, and a page asks dozens of them. A register
//! or a count of distinct holders adds up over nothing, so no roll-up can hold it; but such tables are small. The query
//! engine evaluates the same conditions as in a scan, once for each row; which rows a question is about is decided here.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use datafusion::arrow::array::{Array, AsArray, RecordBatch};
use datafusion::arrow::datatypes::{DataType, Date32Type, Decimal128Type, Int64Type};
use datafusion::logical_expr::{Expr, cast};
use zhiheng_base::Diagnostic;
use zhiheng_catalog::model::Indicator;

use super::Engine;
use super::ask::{Answers, Ask, Group, Standing};
use super::conditions::condition;
use super::query::Key;
use super::scan::{Reads, failed};
use crate::address::Basis;
use crate::atoms::{Layout, Parts, State};
use crate::formula::{column, translate};
use crate::lake::part::Part;
use crate::lake::schema::{DAY, REGION, TableSchema, UNTIL};

/// Most conditions of an indicator: one bit each.
const CONDITIONS_MAX: usize = 64;

/// A record that has a region and a day.
#[derive(Debug)]
struct Row {
    recorded: u64,
    now: u64,
    day: i32,
    /// Last day on which it is valid.
    until: i32,
    /// Conditions of the plan that it meets.
    mask: u64,
    /// Value of the field of which distinct values are counted, from 1; 0 for none.
    distinct: u32,
}

/// The rows of a table as one indicator needs them.
#[derive(Debug)]
pub(crate) struct Ready {
    rows: Vec<Row>,
    /// Values to add, row by row; 0 where a row is not to be added.
    sums: Vec<i128>,
    n_counts: usize,
    n_sums: usize,
    layout: Layout,
    has_distinct: bool,
}

/// What has been counted of a group.
struct Tally {
    state: State,
    /// By distinct value: counted, and met.
    distinct: HashMap<u32, (i64, i64)>,
}

impl Engine {
    /// Answers from a small table in memory; `None` if the question needs more than it holds.
    pub(crate) async fn from_ready(&self, ask: &Ask<'_>) -> Result<Option<Answers>, Diagnostic> {
        let can = ask.as_of == self.lake.size() && ask.by.is_empty() && ask.cuts.is_empty();
        if !can {
            return Ok(None);
        }
        Ok(match self.ready(ask.indicator).await? {
            Some(ready) => self.count(ask, &ready),
            None => None,
        })
    }

    /// The rows of an indicator's table; `None` if there are too many.
    async fn ready(&self, indicator: &Indicator) -> Result<Option<Arc<Ready>>, Diagnostic> {
        let schema = self.table_of(indicator)?;
        if !self.is_small(&schema.of, self.size()) {
            return Ok(None);
        }
        let (id, seal) = (&indicator.head.id, self.seal(&schema.of));
        if let Some(ready) = self.kept.ready.get(id, seal) {
            return Ok(Some(ready));
        }
        let Some(ready) = self.read_rows(indicator, schema).await? else { return Ok(None) };
        Ok(Some(self.kept.ready.put(id, seal, ready.rows.len(), ready)))
    }

    async fn read_rows(
        &self,
        indicator: &Indicator,
        schema: &TableSchema,
    ) -> Result<Option<Ready>, Diagnostic> {
        let plan = self.plan_of(indicator)?;
        let Some(layout) = plan.layouts.get(&indicator.head.id).cloned() else { return Ok(None) };
        if plan.counts.len() > CONDITIONS_MAX {
            return Ok(None);
        }
        let field = indicator.kind.over().and_then(|over| over.distinct.as_deref());
        let mut ready = Ready {
            rows: Vec::new(),
            sums: Vec::new(),
            n_counts: plan.counts.len(),
            n_sums: plan.sums.len(),
            layout,
            has_distinct: field.is_some(),
        };
        // As a scan does: parts in which no row has a region or a day hold nothing that is asked for.
        let parts: Vec<&Part> = (self.lake.manifest.parts(&schema.of))
            .map(|(_, part)| part)
            .filter(|part| part.regions.is_some() && part.days.is_some())
            .collect();
        if parts.is_empty() {
            return Ok(Some(ready));
        }
        let (frame, withdrawn) = self.live(&parts, schema, self.lake.size(), Reads::Most)?;
        let mut kept = vec![column(REGION), column(DAY)];
        if schema.is_register {
            kept.push(column(UNTIL));
        }
        if let Some(field) = field {
            kept.push(cast(column(field), DataType::Utf8).alias("g_distinct"));
        }
        let holds = |cond: &_| condition(cond, &plan, schema, withdrawn.as_ref());
        kept.extend(plan.counts.iter().enumerate().map(|(at, cond)| holds(cond).alias(format!("c{at}"))));
        for (at, sum) in plan.sums.iter().enumerate() {
            let value = translate(&plan.formulas[sum.formula], schema);
            let value: Expr = cast(value, DataType::Decimal128(38, sum.places as i8));
            kept.push(value.alias(format!("s{at}")));
            kept.push(holds(&sum.cond).alias(format!("w{at}")));
        }
        let batches = frame.select(kept).map_err(failed)?.collect().await.map_err(failed)?;
        let mut known: HashMap<String, u32> = HashMap::new();
        for batch in &batches {
            self.take(batch, &mut ready, &mut known)?;
        }
        Ok(Some(ready))
    }

    fn take(
        &self,
        batch: &RecordBatch,
        ready: &mut Ready,
        known: &mut HashMap<String, u32>,
    ) -> Result<(), Diagnostic> {
        let column = |name: &str| {
            let missing = || Diagnostic::error("ZH5104").arg("cause", format!("no column {name}"));
            batch.column_by_name(name).ok_or_else(missing)
        };
        let regions = column(REGION)?.as_primitive::<Int64Type>();
        let days = column(DAY)?.as_primitive::<Date32Type>();
        let untils = batch.column_by_name(UNTIL).map(|untils| untils.as_primitive::<Date32Type>());
        let texts = batch.column_by_name("g_distinct").map(|texts| texts.as_string::<i32>());
        let counts = (0..ready.n_counts)
            .map(|at| Ok(column(&format!("c{at}"))?.as_boolean()))
            .collect::<Result<Vec<_>, Diagnostic>>()?;
        let sums = (0..ready.n_sums)
            .map(|at| {
                let value = column(&format!("s{at}"))?.as_primitive::<Decimal128Type>();
                Ok((value, column(&format!("w{at}"))?.as_boolean()))
            })
            .collect::<Result<Vec<_>, Diagnostic>>()?;
        for at in 0..batch.num_rows() {
            if regions.is_null(at) || days.is_null(at) {
                continue;
            }
            let recorded = regions.value(at) as u64;
            let distinct = texts.filter(|texts| texts.is_valid(at)).map_or(0, |texts| {
                let next = known.len() as u32 + 1;
                *known.entry(texts.value(at).to_owned()).or_insert(next)
            });
            let mask = counts.iter().enumerate().fold(0, |mask, (bit, column)| {
                mask | (u64::from(column.is_valid(at) && column.value(at)) << bit)
            });
            ready.rows.push(Row {
                recorded,
                now: self.places.now(recorded),
                day: days.value(at),
                until: untils
                    .filter(|untils| untils.is_valid(at))
                    .map_or(i32::MAX, |untils| untils.value(at)),
                mask,
                distinct,
            });
            ready.sums.extend(sums.iter().map(|(values, counted)| {
                let added = counted.is_valid(at) && counted.value(at) && values.is_valid(at);
                if added { values.value(at) } else { 0 }
            }));
        }
        Ok(())
    }

    /// `None` if a sum has more digits than fit.
    fn count(&self, ask: &Ask<'_>, ready: &Ready) -> Option<Answers> {
        let within = ask.group.within();
        let own = within.range();
        let as_now = ask.basis == Basis::AsNow;
        let ranges = if as_now { self.places.recorded_ranges(within) } else { Vec::new() };
        let standing = match ask.group {
            Group::Below(region, level) => Some(Standing::new(self, region, level)),
            _ => None,
        };
        let length = standing.as_ref().map_or(1, Standing::unit);
        let mut tallies: BTreeMap<(u64, usize), Tally> = BTreeMap::new();
        for (at, row) in ready.rows.iter().enumerate() {
            let region = if as_now { row.now } else { row.recorded };
            if !own.contains(&region)
                || (as_now && !ranges.iter().any(|range| range.0 <= row.recorded && row.recorded <= range.1))
            {
                continue;
            }
            let period = match ask.on {
                Some(on) => (row.day <= on && on <= row.until).then_some(0),
                None if ask.spans.is_empty() => Some(0),
                None => ask.spans.iter().position(|&(start, end)| start <= row.day && row.day < end),
            };
            let Some(period) = period else { continue };
            let group = match ask.group {
                Group::One(region) => region.as_u64(),
                _ => region - region % length,
            };
            let tally = tallies.entry((group, period)).or_insert_with(|| Tally {
                state: State { counts: vec![0; ready.n_counts], sums: vec![0; ready.n_sums] },
                distinct: HashMap::new(),
            });
            tally.add(row, ready.sums.get(at * ready.n_sums..)?, ready)?;
        }
        let mut answers = Answers::new();
        for ((group, period), tally) in tallies {
            let region = match &standing {
                Some(standing) => standing.of(group),
                None => Some(group),
            };
            let Some(region) = region else { continue };
            let key = Key { region, period, values: Vec::new() };
            answers.entry(key).or_default().add(&tally.parts(ready));
        }
        Some(answers)
    }
}

impl Tally {
    fn add(&mut self, row: &Row, sums: &[i128], ready: &Ready) -> Option<()> {
        let mut mask = row.mask;
        while mask != 0 {
            let bit = mask.trailing_zeros() as usize;
            mask &= mask - 1;
            *self.state.counts.get_mut(bit)? += 1;
        }
        for (to, &from) in self.state.sums.iter_mut().zip(sums) {
            *to = to.checked_add(from)?;
        }
        if row.distinct > 0 {
            let has = |bit: usize| (row.mask >> bit & 1) as i64;
            let value = self.distinct.entry(row.distinct).or_default();
            value.0 += has(ready.layout.n);
            value.1 += ready.layout.k.map_or(0, has);
        }
        Some(())
    }

    /// A value counts if any record does, and is met if all of these are.
    fn parts(&self, ready: &Ready) -> Parts {
        let mut parts = ready.layout.parts(&self.state);
        if ready.has_distinct {
            let counted = || self.distinct.values().filter(|value| value.0 > 0);
            let met = counted().filter(|value| ready.layout.k.is_none() || value.1 == value.0);
            parts.distinct = (met.count() as i64, counted().count() as i64);
        }
        parts
    }
}

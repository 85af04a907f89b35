//! The records behind a number: counted ones, excluded ones with the reason, or all.

use datafusion::arrow::array::{Array, AsArray};
use datafusion::arrow::compute::cast;
use datafusion::arrow::datatypes::{DataType, Int64Type};
use datafusion::logical_expr::{Expr, lit, when};
use serde::{Deserialize, Serialize};
use zhiheng_base::Diagnostic;
use zhiheng_catalog::Value;
use zhiheng_catalog::model::IndicatorKind;

use super::Engine;
use super::ask::{Ask, Group, span};
use super::conditions::condition;
use super::query::Area;
use super::scan::{Reads, failed};
use crate::address::Address;
use crate::atoms::{Cond, Layout};
use crate::formula::column;
use crate::formula::rows::value_at;
use crate::lake::quarter::day_of;
use crate::lake::schema::{Cell, ENTRY, PROV};

/// Which records are wanted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Which {
    /// Those in the number's base.
    #[default]
    Counted,
    /// Those of the same region, period and cut that are not.
    Excluded,
    /// Both.
    All,
}

/// A page of records.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RowsRequest {
    /// Which.
    pub which: Which,
    /// Most rows.
    pub limit: usize,
    /// Only entries after this one, for the next page.
    pub after: Option<u64>,
}

impl Default for RowsRequest {
    fn default() -> RowsRequest {
        RowsRequest { which: Which::Counted, limit: 100, after: None }
    }
}

/// Records in order of their place in the ledger.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Rows {
    /// Record type.
    pub record: String,
    /// Field ids, in the order of `values`.
    pub columns: Vec<String>,
    /// Records.
    pub rows: Vec<RecordRow>,
    /// Entry to ask after for the next page, if there may be one.
    pub next: Option<u64>,
}

/// One record.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RecordRow {
    /// Ledger index.
    pub entry: u64,
    /// Whether it meets the indicator's numerator; `None` where there is none or the record is not counted.
    pub met: Option<bool>,
    /// Why it is not counted; `None` for counted ones.
    pub reason: Option<String>,
    /// `reported`, `published`, `synthetic`.
    pub provenance: String,
    /// Values: text, number, true or false, lists of texts; decimals and dates as text.
    pub values: Vec<serde_json::Value>,
}

impl Engine {
    /// The records behind a number. For changes and comparable rates those of the rate that they follow, in the
    /// later period.
    ///
    /// # Errors
    ///
    /// ZH5008 for indicators that are made of other numbers, and whatever [`Engine::measure`] answers.
    pub async fn rows(&self, address: &Address, request: RowsRequest) -> Result<Rows, Diagnostic> {
        let mut indicator = self.indicator(&address.indicator)?;
        for _ in 0..16 {
            match &indicator.kind {
                IndicatorKind::Change { of, .. } => indicator = self.indicator(of)?,
                IndicatorKind::Comparable(comparable) => indicator = self.indicator(&comparable.follows)?,
                kind @ (IndicatorKind::Derived { .. } | IndicatorKind::Method(_))
                    if kind.over().is_none() =>
                {
                    let of: Vec<String> =
                        kind.inputs().into_iter().map(|id| address.of(id).to_string()).collect();
                    return Err(Diagnostic::error("ZH5008")
                        .arg("indicator", &indicator.head.id)
                        .arg("of", of.join(", ")));
                }
                _ => break,
            }
        }
        let as_of = address.as_of.unwrap_or(self.size());
        if as_of > self.size() {
            return Err(Diagnostic::error("ZH5007").arg("size", self.size()).arg("asked", as_of));
        }
        let schema = self.table_of(indicator)?;
        let plan = self.plan_of(indicator)?;
        let layout = plan.layouts.get(&indicator.head.id).cloned().unwrap_or_default();
        let is_register = matches!(indicator.kind, IndicatorKind::Register(_));
        let ask = Ask {
            indicator,
            group: Group::of(Area::One(address.region)),
            spans: if is_register { Vec::new() } else { vec![span(address.period)] },
            cuts: &address.cuts,
            by: &[],
            basis: address.basis,
            as_of,
            on: is_register.then(|| day_of(address.period.last_day())),
        };
        let columns: Vec<String> = schema.columns.iter().map(|column| column.id.clone()).collect();
        let mut rows = Rows { record: schema.of.clone(), columns, ..Rows::default() };
        let Some(source) = self.source(&ask, schema, Reads::Few).await? else { return Ok(rows) };
        let withdrawn = source.withdrawn.as_ref();
        let test = |cond: &Cond| condition(cond, &plan, schema, withdrawn);
        let counted = test(&plan.counts[layout.n]);
        let reason = match request.which {
            Which::Counted => lit(""),
            Which::Excluded | Which::All => {
                reason(&counted, withdrawn, &layout, |at| test(&plan.counts[at]))?
            }
        };
        let met = match layout.k {
            Some(k) => test(&plan.counts[k]).is_true(),
            None => lit(false),
        };
        let mut frame = source.frame;
        match request.which {
            Which::Counted => frame = frame.filter(counted).map_err(failed)?,
            Which::Excluded => {
                frame = frame.filter(Expr::Not(Box::new(counted.is_true()))).map_err(failed)?
            }
            Which::All => {}
        }
        if let Some(after) = request.after {
            frame = frame.filter(column(ENTRY).gt(lit(after as i64))).map_err(failed)?;
        }
        let mut kept = vec![column(ENTRY), column(PROV), reason.alias("g_reason"), met.alias("g_met")];
        kept.extend(schema.columns.iter().map(|one| match one.cell {
            Cell::Code => datafusion::logical_expr::cast(column(&one.id), DataType::Utf8).alias(&one.id),
            _ => column(&one.id),
        }));
        let batches = frame
            .select(kept)
            .and_then(|frame| frame.sort(vec![column(ENTRY).sort(true, false)]))
            .and_then(|frame| frame.limit(0, Some(request.limit)))
            .map_err(failed)?
            .collect()
            .await
            .map_err(failed)?;
        for batch in &batches {
            let entries = batch.column(0).as_primitive::<Int64Type>();
            let provs = batch.column(1).as_primitive::<datafusion::arrow::datatypes::Int8Type>();
            let reasons = cast(batch.column(2), &DataType::Utf8).map_err(|cause| failed(cause.into()))?;
            let reasons = reasons.as_string::<i32>();
            let met = batch.column(3).as_boolean();
            for row in 0..batch.num_rows() {
                let reason =
                    Some(reasons.value(row)).filter(|reason| !reason.is_empty() && reasons.is_valid(row));
                rows.rows.push(RecordRow {
                    entry: entries.value(row) as u64,
                    met: (layout.k.is_some() && reason.is_none()).then(|| met.value(row)),
                    reason: reason.map(str::to_owned),
                    provenance: match provs.value(row) {
                        1 => "published",
                        2 => "synthetic",
                        _ => "reported",
                    }
                    .to_owned(),
                    values: schema
                        .columns
                        .iter()
                        .enumerate()
                        .map(|(at, one)| json(value_at(batch.column(4 + at), one.cell, row)))
                        .collect(),
                });
            }
        }
        if rows.rows.len() == request.limit {
            rows.next = rows.rows.last().map(|row| row.entry);
        }
        Ok(rows)
    }
}

/// Why a record is not counted, as a word; empty for those that are.
fn reason(
    counted: &Expr,
    withdrawn: Option<&Expr>,
    layout: &Layout,
    test: impl Fn(usize) -> Expr,
) -> Result<Expr, Diagnostic> {
    let mut reason = when(counted.clone(), lit(""));
    if let Some(withdrawn) = withdrawn {
        reason = reason.when(withdrawn.clone(), lit("withdrawn"));
    }
    let filter = layout.filter.iter().map(|at| (*at, "filter"));
    let base = layout.base.iter().map(|at| (*at, "bottom"));
    let unknown = layout.unknown.iter().map(|at| (*at, "unknown"));
    for (at, word) in filter.chain(base).chain(unknown) {
        reason = reason.when(test(at), lit(word));
    }
    reason.otherwise(lit("unknown")).map_err(failed)
}

pub(super) fn json(value: Value) -> serde_json::Value {
    match value {
        Value::Null => serde_json::Value::Null,
        Value::Bool(truth) => truth.into(),
        Value::Integer(number) => number.into(),
        Value::Decimal(number) => number.normalize().to_string().into(),
        Value::Date(date) => date.to_string().into(),
        Value::Text(text) => text.into(),
        Value::Texts(texts) => texts.into(),
    }
}

//! All standing records of a type: registers that other stages read whole, such as who holds an office.

use datafusion::arrow::array::AsArray;
use datafusion::arrow::datatypes::{DataType, Int64Type};
use datafusion::common::ScalarValue;
use datafusion::logical_expr::{Expr, cast, lit};
use serde_json::{Map, Value as Json};
use zhiheng_base::{Diagnostic, Period, RegionCode};

use super::Engine;
use super::rows::json;
use super::scan::{Reads, failed};
use crate::formula::column;
use crate::formula::rows::value_at;
use crate::lake::part::Part;
use crate::lake::quarter::day_of;
use crate::lake::schema::{Cell, DAY, ENTRY, REGION};

/// A record as it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Standing {
    /// Entry of its newest version.
    pub entry: u64,
    /// Fields that have a value.
    pub data: Map<String, Json>,
}

impl Engine {
    /// The records of type `of` as they stand at a ledger size (now, if not given), in order of entry; those with this text in
    /// a field, if one is given. Corrected ones stand in their newest version, withdrawn ones not at all.
    ///
    /// # Errors
    ///
    /// ZH5007 for a ledger size that is not reached, ZH5104 if the lake cannot be read.
    pub async fn records(
        &self,
        of: &str,
        only: Option<(&str, &str)>,
        as_of: Option<u64>,
    ) -> Result<Vec<Standing>, Diagnostic> {
        let only = only.map(|(field, text)| cast(column(field), DataType::Utf8).eq(lit(text)));
        self.standing(of, only, as_of).await
    }

    /// The same for the records of a region, with all below it, that happened in a period: what a unit has handed in.
    ///
    /// # Errors
    ///
    /// As [`Engine::records`].
    pub async fn records_in(
        &self,
        of: &str,
        region: RegionCode,
        period: Period,
        as_of: Option<u64>,
    ) -> Result<Vec<Standing>, Diagnostic> {
        let codes = region.range();
        let here = column(REGION).between(lit(*codes.start() as i64), lit(*codes.end() as i64));
        let day = |day: i32| Expr::Literal(ScalarValue::Date32(Some(day)), None);
        let then = column(DAY)
            .gt_eq(day(day_of(period.start())))
            .and(column(DAY).lt_eq(day(day_of(period.last_day()))));
        self.standing(of, Some(here.and(then)), as_of).await
    }

    async fn standing(
        &self,
        of: &str,
        only: Option<Expr>,
        as_of: Option<u64>,
    ) -> Result<Vec<Standing>, Diagnostic> {
        let as_of = as_of.unwrap_or(self.size());
        if as_of > self.size() {
            return Err(Diagnostic::error("ZH5007").arg("size", self.size()).arg("asked", as_of));
        }
        let Some(schema) = self.lake.schema(of) else { return Ok(Vec::new()) };
        let parts: Vec<&Part> = self
            .lake
            .manifest
            .parts(of)
            .map(|(_, part)| part)
            .filter(|part| part.entries.0 < as_of)
            .collect();
        if parts.is_empty() {
            return Ok(Vec::new());
        }
        let reads = if only.is_some() { Reads::Few } else { Reads::Most };
        let (mut frame, withdrawn) = self.live(&parts, schema, as_of, reads)?;
        if let Some(withdrawn) = withdrawn {
            frame = frame.filter(Expr::Not(Box::new(withdrawn))).map_err(failed)?;
        }
        if let Some(only) = only {
            frame = frame.filter(only).map_err(failed)?;
        }
        let mut kept = vec![column(ENTRY)];
        kept.extend(schema.columns.iter().map(|one| match one.cell {
            Cell::Code => cast(column(&one.id), DataType::Utf8).alias(&one.id),
            _ => column(&one.id),
        }));
        let batches = frame
            .select(kept)
            .and_then(|frame| frame.sort(vec![column(ENTRY).sort(true, false)]))
            .map_err(failed)?
            .collect()
            .await
            .map_err(failed)?;
        let mut standing = Vec::new();
        for batch in &batches {
            let entries = batch.column(0).as_primitive::<Int64Type>();
            for row in 0..batch.num_rows() {
                let cells = schema.columns.iter().enumerate();
                let values = cells
                    .map(|(at, one)| (one.id.clone(), json(value_at(batch.column(1 + at), one.cell, row))));
                let data = values.filter(|(_, value)| !value.is_null()).collect();
                standing.push(Standing { entry: entries.value(row) as u64, data });
            }
        }
        Ok(standing)
    }
}

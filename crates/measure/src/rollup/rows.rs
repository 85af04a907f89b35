//! Lake rows → states: the formulas of a plan over record batches, and their conditions as bit masks.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use datafusion::arrow::array::{Array, ArrayRef, AsArray, RecordBatch};
use datafusion::arrow::buffer::BooleanBuffer;
use datafusion::arrow::compute::cast;
use datafusion::arrow::datatypes::{DataType, Decimal128Type, Int8Type, Int32Type, Int64Type};
use datafusion::common::DFSchema;
use datafusion::physical_expr::PhysicalExpr;
use datafusion::prelude::SessionContext;
use zhiheng_base::Diagnostic;

use super::cube::Cube;
use crate::atoms::{Cond, FALSE, NULL, Plan, TRUE};
use crate::formula::translate;
use crate::lake::fault;
use crate::lake::part::{self, Part};
use crate::lake::schema::{ENTRY, PROV, REGION, TableSchema};

/// A plan made ready to run over the lake's batches.
pub struct Evaluator {
    columns: Vec<String>,
    formulas: Vec<Arc<dyn PhysicalExpr>>,
    plan: Plan,
    /// Dimension of each cuboid; the first has none.
    pub cuboids: Vec<Option<String>>,
}

/// The three answers of a formula over a batch.
struct Answers {
    yes: BooleanBuffer,
    no: BooleanBuffer,
    null: BooleanBuffer,
    values: ArrayRef,
}

impl Evaluator {
    /// For the table of `schema`, with one cuboid without dimension and one for each of `dimensions`.
    pub fn new(
        context: &SessionContext,
        schema: &TableSchema,
        plan: &Plan,
        dimensions: &[String],
    ) -> Result<Evaluator, Diagnostic> {
        let failed = |cause: &dyn std::fmt::Display| Diagnostic::error("ZH5104").arg("cause", cause);
        let mut columns: Vec<String> = [ENTRY, PROV, REGION].map(str::to_owned).to_vec();
        columns.extend(plan.names().into_iter().map(str::to_owned));
        columns.extend(dimensions.iter().cloned());
        columns.sort();
        columns.dedup();
        let kept: Vec<usize> = (0..schema.arrow.fields().len())
            .filter(|&at| columns.binary_search(schema.arrow.field(at).name()).is_ok())
            .collect();
        let projected = schema.arrow.project(&kept).map_err(|cause| failed(&cause))?;
        let typed = DFSchema::try_from(projected).map_err(|cause| failed(&cause))?;
        let formulas = plan
            .formulas
            .iter()
            .map(|formula| context.create_physical_expr(translate(formula, schema), &typed))
            .collect::<Result<_, _>>()
            .map_err(|cause| failed(&cause))?;
        let mut cuboids = vec![None];
        cuboids.extend(dimensions.iter().cloned().map(Some));
        Ok(Evaluator { columns, formulas, plan: plan.clone(), cuboids })
    }

    /// Empty cubes, one per cuboid.
    pub fn cubes(&self) -> Vec<Cube> {
        self.cuboids.iter().map(|_| Cube::new(self.plan.counts.len(), self.plan.sums.len())).collect()
    }

    /// Adds the rows of a part from entry `since` on.
    pub fn add_part(
        &self,
        dir: &Path,
        part: &Part,
        since: u64,
        cubes: &mut [Cube],
    ) -> Result<(), Diagnostic> {
        let path = dir.join(&part.file);
        let names: Vec<&str> = self.columns.iter().map(String::as_str).collect();
        let reader = part::reader(&path, Some(&names))?.build().map_err(|cause| fault(&path, cause))?;
        let superseded: BTreeMap<i64, bool> =
            part.superseded.iter().map(|one| (one.entry as i64, one.is_withdrawn_at(u64::MAX))).collect();
        for batch in reader {
            let batch = batch.map_err(|cause| fault(&path, cause))?;
            self.add_batch(&batch, since as i64, &superseded, cubes).map_err(|cause| fault(&path, cause))?;
        }
        Ok(())
    }

    fn add_batch(
        &self,
        batch: &RecordBatch,
        since: i64,
        superseded: &BTreeMap<i64, bool>,
        cubes: &mut [Cube],
    ) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
        let n = batch.num_rows();
        let answers = self
            .formulas
            .iter()
            .map(|formula| answers(formula.as_ref(), batch))
            .collect::<Result<Vec<_>, _>>()?;
        let column = |name: &str| batch.column_by_name(name).ok_or_else(|| format!("no column {name}"));
        let entries = column(ENTRY)?.as_primitive::<Int64Type>();
        let regions = column(REGION)?.as_primitive::<Int64Type>();
        let provs = column(PROV)?.as_primitive::<Int8Type>();
        let fresh =
            BooleanBuffer::collect_bool(n, |row| entries.value(row) >= since && regions.is_valid(row));
        let (alive, withdrawn) = if superseded.is_empty() {
            (fresh, BooleanBuffer::new_unset(n))
        } else {
            let state = |row: usize| superseded.get(&entries.value(row));
            (
                &fresh & &BooleanBuffer::collect_bool(n, |row| state(row).is_none()),
                &fresh & &BooleanBuffer::collect_bool(n, |row| state(row) == Some(&true)),
            )
        };
        let mask = |cond: &Cond| {
            let mut mask = if cond.withdrawn { withdrawn.clone() } else { alive.clone() };
            for &(formula, passes) in &cond.tests {
                let answers = &answers[formula];
                let mut any: Option<BooleanBuffer> = None;
                for (bit, buffer) in [(TRUE, &answers.yes), (FALSE, &answers.no), (NULL, &answers.null)] {
                    if passes & bit != 0 {
                        any = Some(any.map_or_else(|| buffer.clone(), |any| &any | buffer));
                    }
                }
                mask = any.map_or_else(|| BooleanBuffer::new_unset(n), |any| &mask & &any);
            }
            if let Some(prov) = cond.prov {
                mask = &mask & &BooleanBuffer::collect_bool(n, |row| provs.value(row) == prov);
            }
            mask
        };
        let counts: Vec<BooleanBuffer> = self.plan.counts.iter().map(&mask).collect();
        let sums: Vec<BooleanBuffer> = self.plan.sums.iter().map(|sum| mask(&sum.cond)).collect();

        let mut slots: Vec<u32> = Vec::with_capacity(n);
        for (cube, dimension) in cubes.iter_mut().zip(&self.cuboids) {
            slots.clear();
            let any = &alive | &withdrawn;
            let values = match dimension {
                None => None,
                Some(name) => Some(value_ids(cube, column(name)?)?),
            };
            for row in 0..n {
                let value = values.as_ref().map_or(0, |values| values[row]);
                slots.push(if any.value(row) {
                    cube.slot(regions.value(row) as u64, value) as u32
                } else {
                    0
                });
            }
            for (at, mask) in counts.iter().enumerate() {
                for row in mask.set_indices() {
                    cube.count(slots[row] as usize, at, 1);
                }
            }
            for (at, (mask, sum)) in sums.iter().zip(&self.plan.sums).enumerate() {
                let values = units(&answers[sum.formula].values, sum.places)?;
                let values = values.as_primitive::<Decimal128Type>();
                for row in mask.set_indices() {
                    cube.sum(slots[row] as usize, at, values.value(row));
                }
            }
        }
        Ok(())
    }
}

/// A number column as decimals of these places.
pub fn units(values: &ArrayRef, places: u8) -> Result<ArrayRef, datafusion::arrow::error::ArrowError> {
    let wanted = DataType::Decimal128(38, places as i8);
    if *values.data_type() == wanted { Ok(Arc::clone(values)) } else { cast(values, &wanted) }
}

fn answers(
    formula: &dyn PhysicalExpr,
    batch: &RecordBatch,
) -> Result<Answers, Box<dyn std::error::Error + Send + Sync>> {
    let n = batch.num_rows();
    let values = formula.evaluate(batch)?.into_array(n)?;
    let valid =
        values.logical_nulls().map_or_else(|| BooleanBuffer::new_set(n), |nulls| nulls.inner().clone());
    let null = !&valid;
    let (yes, no) = match values.as_boolean_opt() {
        Some(truths) => (truths.values() & &valid, &!truths.values() & &valid),
        None => (valid.clone(), BooleanBuffer::new_unset(n)),
    };
    Ok(Answers { yes, no, null, values })
}

/// The cube's value id of each row.
fn value_ids(
    cube: &mut Cube,
    column: &ArrayRef,
) -> Result<Vec<u32>, Box<dyn std::error::Error + Send + Sync>> {
    if let Some(dictionary) = column.as_dictionary_opt::<Int32Type>() {
        let texts = dictionary.values().as_string::<i32>();
        let ids: Vec<u32> = (0..texts.len())
            .map(|at| if texts.is_null(at) { 0 } else { cube.value(Some(texts.value(at))) })
            .collect();
        let keys = dictionary.keys();
        return Ok((0..keys.len())
            .map(|row| if keys.is_null(row) { 0 } else { ids[keys.value(row) as usize] })
            .collect());
    }
    let texts = cast(column, &DataType::Utf8)?;
    let texts = texts.as_string::<i32>();
    Ok((0..texts.len())
        .map(|row| if texts.is_null(row) { 0 } else { cube.value(Some(texts.value(row))) })
        .collect())
}

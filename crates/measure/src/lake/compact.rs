//! Many small parts → few sorted ones.
//!
//! The rows of a quarter, in order of entry, are cut into chunks of [`CHUNK`] rows. A complete chunk is one
//! part sorted by region and is never touched again; the rest of the quarter is its tail, kept as small parts
//! until there are more than [`TAIL_MAX`] of them or a chunk is complete. So the compacted quarter is a
//! function of its rows alone, whatever way they came in.

use std::collections::BTreeSet;

use datafusion::arrow::array::{AsArray, RecordBatch};
use datafusion::arrow::compute::concat_batches;
use datafusion::arrow::datatypes::Int64Type;
use zhiheng_base::Diagnostic;

use super::part::{self, Part, Superseded};
use super::quarter::Quarter;
use super::{Lake, fault};

/// Rows of a complete chunk: what is held in memory while one is sorted.
pub const CHUNK: usize = 524_288;
/// Small parts that a quarter may have.
pub const TAIL_MAX: usize = 16;

impl Lake {
    /// Compacts the quarters that need it; with `all`, every quarter whose tail is more than one part.
    /// Returns how many quarters changed.
    ///
    /// # Errors
    ///
    /// ZH5101 for the lake's files.
    pub fn compact(&mut self, all: bool) -> Result<u64, Diagnostic> {
        let mut due: Vec<(String, Quarter)> = Vec::new();
        for (of, table) in &self.manifest.tables {
            for (quarter, parts) in &table.quarters {
                let tail: Vec<&Part> = parts.iter().filter(|part| !part.full).collect();
                let rows: u64 = tail.iter().map(|part| part.rows).sum();
                let is_done = tail.len() <= 1;
                if tail.len() > TAIL_MAX || rows >= CHUNK as u64 || (all && !is_done) {
                    due.push((of.clone(), *quarter));
                }
            }
        }
        let mut gone = Vec::new();
        for (of, quarter) in &due {
            self.compact_quarter(of, *quarter, &mut gone)?;
        }
        if !due.is_empty() {
            self.manifest.write(&self.dir, gone)?;
        }
        Ok(due.len() as u64)
    }

    fn compact_quarter(
        &mut self,
        of: &str,
        quarter: Quarter,
        gone: &mut Vec<String>,
    ) -> Result<(), Diagnostic> {
        let Some(schema) = self.schemas.get(of) else { return Ok(()) };
        let Some(parts) = self.manifest.tables.get_mut(of).and_then(|table| table.quarters.get_mut(&quarter))
        else {
            return Ok(());
        };
        let (mut kept, tail): (Vec<Part>, Vec<Part>) = parts.drain(..).partition(|part| part.full);
        let batches: Vec<RecordBatch> = tail
            .iter()
            .map(|part| part::read_all(&self.dir.join(&part.file), &schema.arrow))
            .collect::<Result<_, _>>()?;
        let rows = concat_batches(&schema.arrow, &batches).map_err(|cause| fault(&self.dir, cause))?;
        drop(batches);
        let rows = part::by_entry(&rows)?;
        let mut superseded: Vec<Superseded> = tail.iter().flat_map(|part| part.superseded.clone()).collect();
        superseded.sort();
        let mut offset = 0;
        while offset < rows.num_rows() {
            let n = CHUNK.min(rows.num_rows() - offset);
            let slice = rows.slice(offset, n);
            let mut made = part::write(&self.dir, of, quarter, &slice, n == CHUNK)?;
            let held: BTreeSet<i64> = if superseded.is_empty() {
                BTreeSet::new()
            } else {
                slice.column(0).as_primitive::<Int64Type>().values().iter().copied().collect()
            };
            made.superseded =
                superseded.iter().filter(|one| held.contains(&(one.entry as i64))).copied().collect();
            kept.push(made);
            offset += n;
        }
        let still: BTreeSet<&str> = kept.iter().map(|part| part.file.as_str()).collect();
        gone.extend(tail.into_iter().map(|part| part.file).filter(|file| !still.contains(file.as_str())));
        *parts = kept;
        Ok(())
    }
}

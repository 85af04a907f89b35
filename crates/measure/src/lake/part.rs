//! One Parquet file of the lake: rows of one record type and one quarter.

use std::fs::File;
use std::path::Path;

use datafusion::arrow::array::{Array, AsArray, RecordBatch, UInt32Array};
use datafusion::arrow::compute::{concat_batches, max, min, take_record_batch};
use datafusion::arrow::datatypes::{Date32Type, Int64Type, SchemaRef};
use datafusion::parquet::arrow::arrow_reader::{
    ArrowReaderMetadata, ArrowReaderOptions, ParquetRecordBatchReaderBuilder,
};
use datafusion::parquet::arrow::{ArrowWriter, ProjectionMask};
use datafusion::parquet::basic::{Compression, ZstdLevel};
use datafusion::parquet::file::properties::{EnabledStatistics, WriterProperties};
use datafusion::parquet::schema::types::ColumnPath;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use zhiheng_base::Diagnostic;

use super::fault;
use super::quarter::Quarter;
use super::schema::{DAY, ENTRY, REGION, hex};

/// Rows of a row group: small enough that a county's rows in a sorted part touch few of them.
const ROW_GROUP: usize = 16_384;
/// Rows read at once.
pub const BATCH: usize = 16_384;

/// A row that no longer counts: the deletion vector of a part is a list of these.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Superseded {
    /// The row's ledger index.
    #[serde(rename = "e")]
    pub entry: u64,
    /// The entry that supersedes it: reads as of a smaller size still count the row.
    #[serde(rename = "b")]
    pub by: u64,
    /// Withdrawn, rather than replaced by a corrected row.
    #[serde(rename = "w", default, skip_serializing_if = "std::ops::Not::not")]
    pub withdrawn: bool,
    /// For withdrawn rows: the entry by which the record came back, as another row.
    #[serde(rename = "r", default, skip_serializing_if = "Option::is_none")]
    pub back: Option<u64>,
}

impl Superseded {
    /// Whether the row no longer counts at this ledger size.
    pub fn holds_at(&self, size: u64) -> bool {
        self.by < size
    }

    /// Whether the row is withdrawn at this ledger size, and has not come back in another one.
    pub fn is_withdrawn_at(&self, size: u64) -> bool {
        self.withdrawn && self.by < size && self.back.is_none_or(|back| size <= back)
    }
}

/// A file of the lake, as the manifest knows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// Path within the lake.
    pub file: String,
    /// Length of the file.
    pub bytes: u64,
    /// SHA-256 of the file.
    pub sha256: String,
    /// Number of rows.
    pub rows: u64,
    /// Smallest and largest ledger index.
    pub entries: (u64, u64),
    /// Smallest and largest region, if any row has one.
    pub regions: Option<(u64, u64)>,
    /// Smallest and largest day, if any row has one.
    pub days: Option<(i32, i32)>,
    /// True for a complete chunk that no compaction touches again.
    pub full: bool,
    /// Rows that no longer count, in order of entry.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub superseded: Vec<Superseded>,
}

/// Writes `batch` as a part, in order of region, so that a question about a place reads little of it; the file is named by its
/// content.
///
/// # Errors
///
/// ZH5101 if the file cannot be written.
pub fn write(
    dir: &Path,
    of: &str,
    quarter: Quarter,
    batch: &RecordBatch,
    full: bool,
) -> Result<Part, Diagnostic> {
    let batch = &by_region(batch)?;
    let folder = format!("{of}/{quarter}");
    let at = dir.join(&folder);
    let failed = |cause: &dyn std::fmt::Display| fault(&at, cause);
    let mut properties = WriterProperties::builder()
        .set_created_by("zhiheng".to_owned())
        .set_compression(Compression::ZSTD(ZstdLevel::default()))
        .set_max_row_group_row_count(Some(ROW_GROUP))
        .set_statistics_enabled(EnabledStatistics::Chunk);
    for name in [ENTRY, REGION, DAY] {
        properties =
            properties.set_column_statistics_enabled(ColumnPath::from(name), EnabledStatistics::Page);
    }
    let mut bytes = Vec::new();
    let mut writer = ArrowWriter::try_new(&mut bytes, batch.schema(), Some(properties.build()))
        .map_err(|cause| failed(&cause))?;
    writer.write(batch).map_err(|cause| failed(&cause))?;
    writer.close().map_err(|cause| failed(&cause))?;

    let sha256 = hex(&Sha256::digest(&bytes));
    let file = format!("{folder}/{}.parquet", &sha256[..20]);
    std::fs::create_dir_all(&at).map_err(|cause| failed(&cause))?;
    replace(&dir.join(&file), &bytes)?;
    let entries = batch.column(0).as_primitive::<Int64Type>();
    let regions = batch.column(2).as_primitive::<Int64Type>();
    let days = batch.column(3).as_primitive::<Date32Type>();
    Ok(Part {
        file,
        bytes: bytes.len() as u64,
        sha256,
        rows: batch.num_rows() as u64,
        entries: (min(entries).unwrap_or(0) as u64, max(entries).unwrap_or(0) as u64),
        regions: min(regions).zip(max(regions)).map(|(low, high)| (low as u64, high as u64)),
        days: min(days).zip(max(days)),
        full,
        superseded: Vec::new(),
    })
}

/// Writes a file under another name and renames it, so that no reader sees half of it. Not synced: the lake is
/// a cache, and a file that a power cut left short is found by its length.
pub fn replace(path: &Path, bytes: &[u8]) -> Result<(), Diagnostic> {
    let temporary = path.with_extension(format!("tmp{}", std::process::id()));
    std::fs::write(&temporary, bytes)
        .and_then(|()| std::fs::rename(&temporary, path))
        .map_err(|cause| fault(path, cause))
}

/// A reader over the named columns of a Parquet file; `None` reads all.
///
/// # Errors
///
/// ZH5101 if the file cannot be read.
pub fn reader(
    path: &Path,
    columns: Option<&[&str]>,
) -> Result<ParquetRecordBatchReaderBuilder<File>, Diagnostic> {
    let file = File::open(path).map_err(|cause| fault(path, cause))?;
    let metadata =
        ArrowReaderMetadata::load(&file, ArrowReaderOptions::new()).map_err(|cause| fault(path, cause))?;
    let builder = ParquetRecordBatchReaderBuilder::new_with_metadata(file, metadata).with_batch_size(BATCH);
    Ok(match columns {
        None => builder,
        Some(names) => {
            let mask = ProjectionMask::columns(builder.parquet_schema(), names.iter().copied());
            builder.with_projection(mask)
        }
    })
}

/// All rows of a part.
///
/// # Errors
///
/// ZH5101 if the file cannot be read.
pub fn read_all(path: &Path, schema: &SchemaRef) -> Result<RecordBatch, Diagnostic> {
    let reader = reader(path, None)?.build().map_err(|cause| fault(path, cause))?;
    let batches: Vec<RecordBatch> = reader.collect::<Result<_, _>>().map_err(|cause| fault(path, cause))?;
    concat_batches(schema, &batches).map_err(|cause| fault(path, cause))
}

/// The ledger indexes of a part, in the order of its rows.
///
/// # Errors
///
/// ZH5101 if the file cannot be read.
pub fn entries(path: &Path) -> Result<Vec<u64>, Diagnostic> {
    let reader = reader(path, Some(&[ENTRY]))?.build().map_err(|cause| fault(path, cause))?;
    let mut found = Vec::new();
    for batch in reader {
        let batch = batch.map_err(|cause| fault(path, cause))?;
        found.extend(batch.column(0).as_primitive::<Int64Type>().values().iter().map(|&entry| entry as u64));
    }
    Ok(found)
}

/// The rows in order of entry.
pub fn by_entry(batch: &RecordBatch) -> Result<RecordBatch, Diagnostic> {
    let entries = batch.column(0).as_primitive::<Int64Type>();
    if entries.values().is_sorted() {
        return Ok(batch.clone());
    }
    let mut order: Vec<u32> = (0..batch.num_rows() as u32).collect();
    order.sort_unstable_by_key(|&row| entries.value(row as usize));
    take(batch, order)
}

/// The rows in order of region, then entry; rows without region first.
fn by_region(batch: &RecordBatch) -> Result<RecordBatch, Diagnostic> {
    let entries = batch.column(0).as_primitive::<Int64Type>();
    let regions = batch.column(2).as_primitive::<Int64Type>();
    let key = |row: u32| {
        let row = row as usize;
        let region = if regions.is_null(row) { -1 } else { regions.value(row) };
        (region, entries.value(row))
    };
    let mut order: Vec<u32> = (0..batch.num_rows() as u32).collect();
    order.sort_unstable_by_key(|&row| key(row));
    take(batch, order)
}

fn take(batch: &RecordBatch, order: Vec<u32>) -> Result<RecordBatch, Diagnostic> {
    take_record_batch(batch, &UInt32Array::from(order)).map_err(|cause| fault(Path::new("lake"), cause))
}

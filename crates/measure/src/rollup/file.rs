//! States ↔ Parquet: one file per cuboid of a run.

use std::path::Path;
use std::sync::Arc;

use datafusion::arrow::array::{
    Array, ArrayRef, AsArray, Decimal128Array, DictionaryArray, Int8Array, Int32Array, Int64Array,
    RecordBatch, StringArray,
};
use datafusion::arrow::datatypes::{DataType, Decimal128Type, Field, Int8Type, Int32Type, Int64Type, Schema};
use datafusion::parquet::arrow::ArrowWriter;
use datafusion::parquet::basic::{Compression, Encoding};
use datafusion::parquet::file::properties::{EnabledStatistics, WriterProperties};
use datafusion::parquet::file::statistics::Statistics;
use datafusion::parquet::schema::types::ColumnPath;
use sha2::{Digest, Sha256};
use zhiheng_base::Diagnostic;

use super::Tier;
use super::cube::Groups;
use crate::atoms::Plan;
use crate::lake::fault;
use crate::lake::part::{reader, replace};
use crate::lake::schema::hex;

/// Groups of a row group: a question for one region reads one or two of them.
const ROW_GROUP: usize = 16_384;

/// Writes the tiers of one cuboid; returns the name of the file within `dir` and its length.
pub fn write(
    dir: &Path,
    folder: &str,
    plan: &Plan,
    has_value: bool,
    tiers: &[(Tier, Groups)],
) -> Result<(String, u64), Diagnostic> {
    let at = dir.join(folder);
    let failed = |cause: &dyn std::fmt::Display| fault(&at, cause);
    let mut fields =
        vec![Field::new("tier", DataType::Int8, false), Field::new("region", DataType::Int64, false)];
    if has_value {
        let text = DataType::Dictionary(Box::new(DataType::Int32), Box::new(DataType::Utf8));
        fields.push(Field::new("value", text, true));
    }
    for count in 0..plan.counts.len() {
        fields.push(Field::new(format!("c{count}"), DataType::Int64, false));
    }
    for (at, sum) in plan.sums.iter().enumerate() {
        fields.push(Field::new(format!("s{at}"), DataType::Decimal128(38, sum.places as i8), false));
    }
    let schema = Arc::new(Schema::new(fields));
    let mut properties = WriterProperties::builder()
        .set_created_by("zhiheng".to_owned())
        .set_compression(Compression::LZ4_RAW)
        .set_max_row_group_row_count(Some(ROW_GROUP))
        .set_statistics_enabled(EnabledStatistics::None);
    for name in ["tier", "region"] {
        properties =
            properties.set_column_statistics_enabled(ColumnPath::from(name), EnabledStatistics::Chunk);
    }
    // Whole numbers that are small or ascend: differences take few bits and no table of values.
    for field in fields_of_integers(&schema) {
        let column = ColumnPath::from(field);
        properties = properties
            .set_column_dictionary_enabled(column.clone(), false)
            .set_column_encoding(column, Encoding::DELTA_BINARY_PACKED);
    }
    let mut bytes = Vec::new();
    let mut writer = ArrowWriter::try_new(&mut bytes, Arc::clone(&schema), Some(properties.build()))
        .map_err(|cause| failed(&cause))?;
    for (tier, groups) in tiers.iter().filter(|(_, groups)| !groups.is_empty()) {
        let batch = batch(&schema, plan, has_value, *tier, groups).map_err(|cause| failed(&cause))?;
        writer.write(&batch).map_err(|cause| failed(&cause))?;
        // Each tier begins a row group of its own.
        writer.flush().map_err(|cause| failed(&cause))?;
    }
    writer.close().map_err(|cause| failed(&cause))?;
    let file = format!("{folder}/{}.parquet", &hex(&Sha256::digest(&bytes))[..20]);
    std::fs::create_dir_all(&at).map_err(|cause| failed(&cause))?;
    replace(&dir.join(&file), &bytes)?;
    Ok((file, bytes.len() as u64))
}

fn fields_of_integers(schema: &Schema) -> impl Iterator<Item = &str> {
    schema.fields().iter().filter(|field| field.data_type().is_integer()).map(|field| field.name().as_str())
}

fn batch(
    schema: &Arc<Schema>,
    plan: &Plan,
    has_value: bool,
    tier: Tier,
    groups: &Groups,
) -> Result<RecordBatch, datafusion::arrow::error::ArrowError> {
    let n = groups.len();
    let regions = groups.regions.iter().map(|&region| region as i64);
    let mut columns: Vec<ArrayRef> =
        vec![Arc::new(Int8Array::from(vec![tier as i8; n])), Arc::new(Int64Array::from_iter_values(regions))];
    if has_value {
        let texts: StringArray = groups.values.iter().map(|value| value.as_deref().or(Some(""))).collect();
        let keys: Int32Array = groups
            .value_at
            .iter()
            .map(|&at| groups.values[at as usize].as_ref().map(|_| at as i32))
            .collect();
        columns.push(Arc::new(DictionaryArray::<Int32Type>::try_new(keys, Arc::new(texts))?));
    }
    let (n_counts, n_sums) = (plan.counts.len(), plan.sums.len());
    for count in 0..n_counts {
        let values = (0..n).map(|group| i64::from(groups.counts[group * n_counts + count]));
        columns.push(Arc::new(Int64Array::from_iter_values(values)));
    }
    for (at, sum) in plan.sums.iter().enumerate() {
        let values = (0..n).map(|group| groups.sums[group * n_sums + at]);
        columns.push(Arc::new(
            Decimal128Array::from_iter_values(values).with_precision_and_scale(38, sum.places as i8)?,
        ));
    }
    RecordBatch::try_new(Arc::clone(schema), columns)
}

/// What is asked of a cuboid's file.
#[derive(Clone, Debug)]
pub struct Ask<'a> {
    /// Tier.
    pub tier: Tier,
    /// Regions, both ends included.
    pub ranges: &'a [(u64, u64)],
    /// Whether values of the dimension are wanted.
    pub has_value: bool,
    /// Counts and sums that are wanted, in order.
    pub counts: &'a [usize],
    /// See `counts`.
    pub sums: &'a [usize],
}

/// A row of a file: region, value, counts and sums in the order asked for.
pub struct Found<'a> {
    /// Region.
    pub region: u64,
    /// Value of the dimension.
    pub value: Option<&'a str>,
    /// Counts.
    pub counts: &'a [i64],
    /// Sums.
    pub sums: &'a [i128],
}

/// Calls `each` for the rows that are asked for; row groups without any are not read.
pub fn read(path: &Path, ask: &Ask<'_>, mut each: impl FnMut(&Found<'_>)) -> Result<(), Diagnostic> {
    let failed = |cause: &dyn std::fmt::Display| fault(path, cause);
    let mut names = vec!["tier".to_owned(), "region".to_owned()];
    if ask.has_value {
        names.push("value".to_owned());
    }
    names.extend(ask.counts.iter().map(|at| format!("c{at}")));
    names.extend(ask.sums.iter().map(|at| format!("s{at}")));
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let builder = reader(path, Some(&names))?;
    let groups: Vec<usize> = builder
        .metadata()
        .row_groups()
        .iter()
        .enumerate()
        .filter(|(_, group)| {
            let tier = match group.column(0).statistics() {
                Some(Statistics::Int32(tier)) => tier.min_opt().copied(),
                _ => None,
            };
            let span = match group.column(1).statistics() {
                Some(Statistics::Int64(region)) => region.min_opt().copied().zip(region.max_opt().copied()),
                _ => None,
            };
            tier.is_none_or(|tier| tier == ask.tier as i32)
                && span.is_none_or(|(low, high)| {
                    ask.ranges.iter().any(|range| low as u64 <= range.1 && range.0 <= high as u64)
                })
        })
        .map(|(at, _)| at)
        .collect();
    if groups.is_empty() {
        return Ok(());
    }
    let reader = builder.with_row_groups(groups).build().map_err(|cause| failed(&cause))?;
    let mut counts = vec![0; ask.counts.len()];
    let mut sums = vec![0; ask.sums.len()];
    for batch in reader {
        let batch = batch.map_err(|cause| failed(&cause))?;
        let column =
            |name: &str| batch.column_by_name(name).ok_or_else(|| failed(&format!("no column {name}")));
        let tiers = column("tier")?.as_primitive::<Int8Type>();
        let regions = column("region")?.as_primitive::<Int64Type>();
        let values = if ask.has_value { Some(column("value")?.as_dictionary::<Int32Type>()) } else { None };
        let texts = values.map(|values| values.values().as_string::<i32>());
        let count_columns = ask
            .counts
            .iter()
            .map(|at| Ok(column(&format!("c{at}"))?.as_primitive::<Int64Type>()))
            .collect::<Result<Vec<_>, Diagnostic>>()?;
        let sum_columns = ask
            .sums
            .iter()
            .map(|at| Ok(column(&format!("s{at}"))?.as_primitive::<Decimal128Type>()))
            .collect::<Result<Vec<_>, Diagnostic>>()?;
        for row in 0..batch.num_rows() {
            let region = regions.value(row) as u64;
            if tiers.value(row) != ask.tier as i8
                || !ask.ranges.iter().any(|range| range.0 <= region && region <= range.1)
            {
                continue;
            }
            let value = match (values, texts) {
                (Some(values), Some(texts)) => {
                    values.key(row).filter(|_| !values.is_null(row)).map(|key| texts.value(key))
                }
                _ => None,
            };
            counts.iter_mut().zip(&count_columns).for_each(|(to, from)| *to = from.value(row));
            sums.iter_mut().zip(&sum_columns).for_each(|(to, from)| *to = from.value(row));
            each(&Found { region, value, counts: &counts, sums: &sums });
        }
    }
    Ok(())
}

//! From a record type to the columns of its table.
//!
//! Columns: `_entry` (ledger index), `_prov` (0 reported, 1 published, 2 synthetic), `_region` (twelve digits as
//! recorded), `_day`, `_until` for registers, then one column per field under the field's id.
//!
//! A field with several values is one text with U+001F between the values: it sorts, compresses and joins
//! like any text, needs no nested arrays, and the separator cannot be typed.

use std::sync::Arc;

use datafusion::arrow::datatypes::{DataType, Field as ArrowField, Schema, SchemaRef};
use sha2::{Digest, Sha256};
use zhiheng_base::RegionCode;
use zhiheng_catalog::ValueType;
use zhiheng_catalog::model::{FieldType, RecordKind, RecordType};

/// Ledger index.
pub const ENTRY: &str = "_entry";
/// Provenance.
pub const PROV: &str = "_prov";
/// Region as twelve digits.
pub const REGION: &str = "_region";
/// Day of the observation, or first day of validity.
pub const DAY: &str = "_day";
/// Last day of validity.
pub const UNTIL: &str = "_until";
/// Between the values of a field that holds several.
pub const SEPARATOR: char = '\u{1f}';
/// Decimal digits of a decimal column: more than a record's number can have (28).
pub const DECIMAL_DIGITS: u8 = 38;
/// Changed whenever the same ledger gives other columns.
const FORMAT: u32 = 1;

/// How a field's values are stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cell {
    /// Text.
    Text,
    /// Text from a short list: codes, products, standards.
    Code,
    /// Exact decimal with this many places.
    Decimal(u8),
    /// Day.
    Date,
    /// Yes or no.
    Bool,
    /// Whole number.
    Integer,
    /// Several texts, joined by [`SEPARATOR`].
    Many,
}

impl Cell {
    fn of(field: &zhiheng_catalog::model::Field) -> Cell {
        if field.many {
            return Cell::Many;
        }
        if field.personal {
            return Cell::Text;
        }
        match &field.kind {
            FieldType::Text { .. } | FieldType::Enterprise | FieldType::Subject { .. } => Cell::Text,
            FieldType::Code { .. } | FieldType::Region { .. } | FieldType::Product | FieldType::Standard => {
                Cell::Code
            }
            FieldType::Integer { .. } => Cell::Integer,
            FieldType::Decimal { scale, .. } => Cell::Decimal((*scale).min(12) as u8),
            FieldType::Money => Cell::Decimal(2),
            FieldType::Date { .. } => Cell::Date,
            FieldType::Bool => Cell::Bool,
        }
    }

    /// Arrow type of the column.
    pub fn arrow(self) -> DataType {
        match self {
            Cell::Text | Cell::Many => DataType::Utf8,
            Cell::Code => DataType::Dictionary(Box::new(DataType::Int32), Box::new(DataType::Utf8)),
            Cell::Decimal(scale) => DataType::Decimal128(DECIMAL_DIGITS, scale as i8),
            Cell::Date => DataType::Date32,
            Cell::Bool => DataType::Boolean,
            Cell::Integer => DataType::Int64,
        }
    }

    /// Type of the value in formulas.
    pub fn value_type(self) -> ValueType {
        match self {
            Cell::Text | Cell::Code => ValueType::Text,
            Cell::Many => ValueType::Texts,
            Cell::Decimal(_) => ValueType::Decimal,
            Cell::Date => ValueType::Date,
            Cell::Bool => ValueType::Bool,
            Cell::Integer => ValueType::Integer,
        }
    }
}

/// A field as a column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Field id.
    pub id: String,
    /// How it is stored.
    pub cell: Cell,
}

/// The columns of a record type.
#[derive(Clone, Debug)]
pub struct TableSchema {
    /// Record type id.
    pub of: String,
    /// Fields, sorted by id as canonical JSON sorts them.
    pub columns: Vec<Column>,
    /// Index into `columns` of the field that gives the region.
    pub region: Option<usize>,
    /// Index of the field that gives the day.
    pub day: Option<usize>,
    /// For registers: index of the field with the last day of validity.
    pub until: Option<usize>,
    /// True for registers.
    pub is_register: bool,
    /// Arrow schema of the Parquet files.
    pub arrow: SchemaRef,
    /// SHA-256 of all this: another digest means that the table must be filled again.
    pub digest: String,
}

impl TableSchema {
    /// The columns of `record`.
    pub fn of(record: &RecordType) -> TableSchema {
        let mut columns: Vec<Column> = record
            .fields
            .iter()
            .map(|field| Column { id: field.id.clone(), cell: Cell::of(field) })
            .collect();
        columns.sort_by(|a, b| a.id.cmp(&b.id));
        let place = |id: &str| columns.iter().position(|column| column.id == id);
        let region = record.region.as_deref().and_then(place);
        let day = place(record.date_field());
        let (until, is_register) = match &record.kind {
            RecordKind::Observation { .. } => (None, false),
            RecordKind::Register { until, .. } => (place(until), true),
        };
        let mut fields = vec![
            ArrowField::new(ENTRY, DataType::Int64, false),
            ArrowField::new(PROV, DataType::Int8, false),
            ArrowField::new(REGION, DataType::Int64, true),
            ArrowField::new(DAY, DataType::Date32, true),
        ];
        if is_register {
            fields.push(ArrowField::new(UNTIL, DataType::Date32, true));
        }
        fields.extend(columns.iter().map(|column| ArrowField::new(&column.id, column.cell.arrow(), true)));
        let mut hash = Sha256::new();
        hash.update(format!("{FORMAT} {} {region:?} {day:?} {until:?} {is_register}", record.head.id));
        for column in &columns {
            hash.update(format!(" {}:{:?}", column.id, column.cell));
        }
        TableSchema {
            of: record.head.id.clone(),
            columns,
            region,
            day,
            until,
            is_register,
            arrow: Arc::new(Schema::new(fields)),
            digest: hex(&hash.finalize()),
        }
    }

    /// The column of a field.
    pub fn column(&self, id: &str) -> Option<&Column> {
        self.columns.binary_search_by(|column| column.id.as_str().cmp(id)).ok().map(|at| &self.columns[at])
    }

    /// Number of columns before the fields.
    pub fn n_leading(&self) -> usize {
        if self.is_register { 5 } else { 4 }
    }

    /// The code under which a record without region is counted.
    pub fn default_region(&self) -> Option<u64> {
        self.region.is_none().then_some(RegionCode::NATION.as_u64())
    }
}

/// Lower-case hexadecimal.
pub fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        // Writing to a String cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

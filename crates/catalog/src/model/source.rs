//! Sources: how a foreign file's columns become fields, declared, not coded.

use serde::{Deserialize, Serialize};

use super::Head;

/// A mapping of a foreign file onto a record type.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Source {
    /// Name, basis (where the file comes from, licence), owner, validity.
    pub head: Head,
    /// Record type id.
    pub into: String,
    /// File format, if it cannot be told from the file.
    pub format: Option<FileFormat>,
    /// Columns, one per field that is filled.
    pub columns: Vec<Column>,
    /// Rows left out on purpose, with a reason (they count as refused, explained).
    pub leave_out: Vec<Filter>,
}

/// File formats of import.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum FileFormat {
    /// Comma-separated values.
    Csv,
    /// Tab-separated values.
    Tsv,
    /// Office Open XML workbook.
    Xlsx,
    /// One JSON object a line.
    Jsonl,
    /// One JSON array of objects.
    Json,
    /// Apache Parquet.
    Parquet,
}

/// How one field is filled.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Column {
    /// Field id of the record type.
    pub to: String,
    /// Where the text comes from.
    pub from: ColumnFrom,
    /// `strptime`-like date format of the source (`%m/%d/%Y`), for dates; the time of day is dropped.
    pub date: Option<String>,
    /// Exact replacements, source text → field text; applied after trimming.
    pub map: Vec<(String, String)>,
    /// Used when no entry of `map` fits; without it the text passes as it is.
    pub otherwise: Option<String>,
    /// Text used when the source is empty.
    pub empty: Option<String>,
    /// Texts that mean "no value" in this source (`NA`, `null`).
    pub nulls: Vec<String>,
    /// Separator that splits the text of a field with `many`.
    pub split: Option<String>,
}

/// Where a field's text comes from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ColumnFrom {
    /// A column by its header.
    Header(String),
    /// Several columns joined with a separator.
    Join(Vec<String>, String),
    /// The same text in every row.
    Constant(String),
    /// The row number in the file.
    RowNumber,
}

/// Rows left out on purpose.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Filter {
    /// Column header of the source.
    pub column: String,
    /// Texts for which the row is left out.
    pub is: Vec<String>,
    /// Why.
    pub says: zhiheng_base::Words,
}

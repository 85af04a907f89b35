//! What a report is, before it becomes PDF, DOCX, HTML or XLSX. Plain data: no markup of any output format.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use zhiheng_base::Lang;

use crate::chart::ChartSpec;

/// A report, ready to be pressed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Report {
    /// `reports.quality-status`.
    pub id: String,
    /// Language.
    pub lang: Lang,
    /// Layout name (`gbt9704`).
    pub layout: String,
    /// Title.
    pub title: String,
    /// Issuing office, document number, date in words: as far as given.
    pub issue: Issue,
    /// Body.
    pub blocks: Vec<Block>,
    /// Notes, numbered from 1 in order; [`Inline::NoteRef`] points here.
    pub notes: Vec<Vec<Inline>>,
    /// What makes it reproducible.
    pub pins: Pins,
    /// Share of figures that rest on synthetic data, as a sentence; printed on the first page.
    pub synthetic: Option<String>,
}

/// Issuing particulars.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Issue {
    /// Issuing office.
    pub office: Option<String>,
    /// Document number, `定质办〔2014〕2号`.
    pub number: Option<String>,
    /// Date as printed.
    pub date: Option<String>,
    /// Addressee.
    pub addressee: Option<String>,
}

/// What a report pins, so that it can be rebuilt byte for byte.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pins {
    /// Ledger size.
    pub ledger_size: u64,
    /// Ledger root hash, hex.
    pub ledger_root: String,
    /// Catalog digest, hex.
    pub catalog: String,
    /// Version of the program.
    pub program: String,
    /// Region code.
    pub region: String,
    /// Period.
    pub period: String,
}

/// A block of the body.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[expect(clippy::large_enum_variant, reason = "a report has few blocks, and boxes would only get in the way")]
pub enum Block {
    /// Heading; level 1 is `一、`, level 2 `（一）`. The text carries its number.
    Heading {
        /// 1 to 4.
        level: u8,
        /// Text.
        text: String,
    },
    /// Paragraph.
    Paragraph(Vec<Inline>),
    /// List.
    List {
        /// Numbered?
        ordered: bool,
        /// Items.
        items: Vec<Vec<Inline>>,
    },
    /// Table.
    Table(Table),
    /// Figure.
    Figure(Figure),
    /// New page.
    PageBreak,
}

/// A stretch of text.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Inline {
    /// Plain text.
    Text(String),
    /// Strong text.
    Strong(String),
    /// A number with its address: it links to its explanation.
    Number {
        /// As printed, with unit.
        text: String,
        /// Address of the measure.
        address: String,
    },
    /// Reference to a note, from 1.
    NoteRef(usize),
}

/// A table.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Table {
    /// Number in the report, from 1 in order of appearance; 0 for a table that is not numbered (a twin).
    #[serde(default)]
    pub number: u32,
    /// Caption; a sentence or a title, without the number.
    pub caption: String,
    /// Columns.
    pub columns: Vec<TableColumn>,
    /// Rows of cells, as many as columns.
    pub rows: Vec<Vec<Cell>>,
    /// Remarks under the table (definition, unit, small numbers, source).
    pub remarks: Vec<String>,
}

/// A column.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TableColumn {
    /// Title.
    pub title: String,
    /// Unit, printed in brackets.
    pub unit: Option<String>,
    /// Numbers are set to the right.
    pub number: bool,
}

/// A cell.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Cell {
    /// As printed.
    pub text: String,
    /// The number behind it, for workbooks.
    pub value: Option<Decimal>,
    /// Address of the measure.
    pub address: Option<String>,
    /// Set when the base is small: printed with a mark.
    pub small: bool,
}

/// A figure.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Figure {
    /// Number in the report, from 1 in order of appearance.
    #[serde(default)]
    pub number: u32,
    /// Caption: a sentence that states the finding.
    pub caption: String,
    /// What is drawn.
    pub chart: ChartSpec,
    /// The drawing for print (SVG, fixed palette, font families of the press crate).
    pub svg: String,
    /// The same in words.
    pub alt: String,
    /// The same as a table.
    pub twin: Table,
    /// Source and as-of line.
    pub source: String,
}

//! Record types: what one row of a return says.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use zhiheng_base::{Date, Level, Period, PeriodKind, Words};

use super::Head;
use crate::Formula;

/// A kind of record: fields, natural key, checks.
#[derive(Clone, Debug, PartialEq)]
pub struct RecordType {
    /// Name, basis, owner, validity.
    pub head: Head,
    /// Whether it happens on a day or holds over a time.
    pub kind: RecordKind,
    /// Natural key: field names; a second row with the same values is the same record.
    pub key: Vec<String>,
    /// Field that gives the region, if any.
    pub region: Option<String>,
    /// Fields in the order of the file.
    pub fields: Vec<Field>,
    /// Rules between fields.
    pub checks: Vec<Check>,
    /// Whether good rows of a file with bad ones are taken.
    pub accept: Accept,
    /// Who hands it in, and by when; `None` if nobody has to.
    pub hand_in: Option<HandIn>,
}

/// The duty to hand in records of a type, period by period.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HandIn {
    /// For which periods.
    pub every: PeriodKind,
    /// By every region of this level; the level above accepts.
    pub by: Level,
    /// Calendar days after the period's last day.
    pub days: u32,
}

impl HandIn {
    /// The last day on which a period is handed in in time.
    pub fn due(&self, period: Period) -> Date {
        let days = jiff::Span::new().try_days(i64::from(self.days));
        let due = days.and_then(|days| period.last_day().checked_add(days));
        due.unwrap_or_else(|_| period.last_day())
    }
}

/// How a record lies in time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum RecordKind {
    /// Happened on the day in this field.
    Observation {
        /// Date field.
        date: String,
    },
    /// Valid from a day, until a day or for ever (certificates, licences, grades).
    Register {
        /// Date field of the first day.
        from: String,
        /// Date field of the last day; empty means still valid.
        until: String,
    },
}

/// What happens to a file in which some rows are refused.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Accept {
    /// Nothing is recorded unless every row is good (statistical returns).
    #[default]
    All,
    /// Good rows are recorded, the others are handed back (batch registers).
    Good,
}

/// One field.
#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    /// Identifier in formulas and files.
    pub id: String,
    /// Column title.
    pub name: Words,
    /// Other column titles under which it is found in files.
    pub also: Vec<String>,
    /// Type with its limits.
    pub kind: FieldType,
    /// May be empty.
    pub optional: bool,
    /// Holds several values, separated by `;`, `；` or `、` in files.
    pub many: bool,
    /// Personal data: only a salted commitment enters the ledger's leaf.
    pub personal: bool,
    /// Help for the template's cell note.
    pub says: Option<Words>,
    /// Example value for the template.
    pub example: Option<String>,
    /// Line in the definition's file.
    pub line: u32,
}

/// Type of a field.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase", tag = "type")]
pub enum FieldType {
    /// Free text of at most `max` characters.
    Text {
        /// Longest length in characters.
        max: u32,
    },
    /// Whole number.
    Integer {
        /// Smallest value.
        min: Option<i64>,
        /// Largest value.
        max: Option<i64>,
    },
    /// Exact decimal with a unit.
    Decimal {
        /// Smallest value.
        min: Option<Decimal>,
        /// Largest value.
        max: Option<Decimal>,
        /// Digits after the point at most (default 6, at most 12).
        scale: u32,
        /// Unit symbol, such as `t` or `10k-yuan`.
        unit: Option<String>,
    },
    /// Yuan, two decimals.
    Money,
    /// Civil date between 1900-01-01 and the day of entry.
    Date {
        /// Whether days after the day of entry are allowed (validity ends).
        future: bool,
    },
    /// Yes or no.
    Bool,
    /// A code of a list, by id (`sampling.level`); in-line lists get the id `<record>.<field>`.
    Code {
        /// Code list id.
        list: String,
    },
    /// Region code at this level or below.
    Region {
        /// Coarsest level allowed.
        at_least: Level,
    },
    /// Unified social credit code, or an old organisation code or registration number.
    Enterprise,
    /// GTIN, or product class code or name.
    Product,
    /// Standard number, such as `GB/T 19580-2012`.
    Standard,
    /// Id of a registered subject of this kind.
    Subject {
        /// Record type id of the register.
        of: String,
    },
}

/// A rule between the fields of one record.
#[derive(Clone, Debug, PartialEq)]
pub struct Check {
    /// Must hold; null counts as holding.
    pub must: Formula,
    /// What a person reads when it does not.
    pub says: Words,
    /// Warn and flag instead of refusing.
    pub warn: bool,
    /// Line in the definition's file.
    pub line: u32,
}

impl RecordType {
    /// The field with this id.
    pub fn field(&self, id: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.id == id)
    }

    /// The field that places a record in time: its date, or the first day of validity.
    pub fn date_field(&self) -> &str {
        match &self.kind {
            RecordKind::Observation { date } => date,
            RecordKind::Register { from, .. } => from,
        }
    }
}

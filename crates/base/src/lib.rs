//! Codes, regions, periods, exact numbers and diagnostics: the words every other crate speaks.
//!
//! In reading order: [`words`] (text for people, two languages), [`diagnostic`] (what a person can
//! fix), [`exact`] (decimals, rates, rounding), [`period`], [`region`], [`code`] (credit codes,
//! GTIN and other checked codes), [`canonical`] (the bytes that are hashed), [`draft`] (a record before the
//! ledger), [`width`] and [`table`] (plain text in columns).
//!
//! There is no I/O and no clock here: whatever depends on today takes the date as an argument.

// A diagnostic carries its place and arguments by value: it is made where a person's data is wrong, not in
// hot paths, and a box would be in everybody's way.
#![allow(clippy::result_large_err)]

pub mod canonical;
pub mod code;
pub mod csv;
pub mod diagnostic;
pub mod draft;
pub mod exact;
pub mod explain;
pub mod period;
pub mod region;
pub mod render;
mod strict;
pub mod table;
pub mod width;
pub mod words;

pub use diagnostic::{Diagnostic, Place, Severity};
pub use exact::{Rate, Rounding};
pub use explain::Node;
pub use jiff::civil::Date;
pub use period::{Period, PeriodKind};
pub use region::{Level, RegionCode, RegionVersion, Regions};
pub use rust_decimal::Decimal;
pub use words::{Lang, Words};

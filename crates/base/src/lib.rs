//! Codes, regions, periods, exact numbers and diagnostics: the words every other crate speaks.
//!
//! In reading order: [`words`] (text for people, two languages), [`diagnostic`] (what a person can
//! fix), [`exact`] (decimals, rates, rounding), [`period`], [`region`], [`code`] (credit codes,
//! GTIN and other checked codes).
//!
//! There is no I/O and no clock here: whatever depends on today takes the date as an argument.

pub mod canonical;
pub mod code;
pub mod diagnostic;
pub mod draft;
pub mod exact;
pub mod period;
pub mod region;
pub mod words;

pub use diagnostic::{Diagnostic, Place, Severity};
pub use jiff::civil::Date;
pub use period::{Period, PeriodKind};
pub use region::{Level, RegionCode, Regions};
pub use rust_decimal::Decimal;
pub use words::{Lang, Words};

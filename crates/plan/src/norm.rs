//! Numbers that offices set for inspections: shares by credit class, caps, months between samplings, inspectors at least.
//!
//! Each is a register entry with a region and dates. Of several that hold, that of the nearest region wins, then one for the
//! very class over one for all, then the newest.

use serde::{Deserialize, Serialize};
use zhiheng_base::{Date, Decimal, Diagnostic, RegionCode};

use crate::row::{FromRow, Row};

/// What a number says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum NormKind {
    /// Percent of the objects of a class that are drawn.
    Ratio,
    /// Times a year that an object may be drawn.
    Frequency,
    /// Inspections a year that one enterprise has to bear, over all plans and levels.
    Cap,
    /// Months within which the same product is not sampled again.
    RepeatMonths,
    /// Inspectors that go together, at least.
    Inspectors,
}

impl NormKind {
    /// Words of records.
    pub const WORDS: [(&'static str, NormKind); 5] = [
        ("ratio", NormKind::Ratio),
        ("frequency", NormKind::Frequency),
        ("cap", NormKind::Cap),
        ("repeat-months", NormKind::RepeatMonths),
        ("inspectors", NormKind::Inspectors),
    ];

    /// The word of records and messages.
    pub fn word(self) -> &'static str {
        NormKind::WORDS.iter().find(|(_, kind)| *kind == self).map_or("", |(word, _)| word)
    }
}

/// One such number.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Norm {
    /// What it says.
    pub kind: NormKind,
    /// Credit class that it is for; all classes if `None` (`*` in records).
    pub class: Option<String>,
    /// The number.
    pub value: Decimal,
    /// Kinds of inspection that do not count.
    pub exempt: Vec<String>,
    /// Region for which it holds, with all below it.
    pub region: RegionCode,
    /// First day.
    pub since: Date,
    /// Last day.
    pub until: Option<Date>,
    /// Ledger entry.
    pub entry: u64,
}

impl FromRow for Norm {
    const OF: &'static str = "inspection.norm";

    fn from_row(row: Row<'_>) -> Result<Norm, Diagnostic> {
        let kind = row.word("kind", &NormKind::WORDS)?;
        let value = row.decimal("value")?;
        // A share above all of them, less than nothing or half an inspector is a slip of the pen.
        let whole = value.fract().is_zero();
        let good = match kind {
            NormKind::Ratio => value <= Decimal::ONE_HUNDRED,
            NormKind::Frequency | NormKind::Cap => whole && value <= Decimal::from(10_000),
            NormKind::RepeatMonths => whole && value <= Decimal::from(1200),
            NormKind::Inspectors => whole && value >= Decimal::ONE && value <= Decimal::ONE_HUNDRED,
        };
        if !good || value < Decimal::ZERO {
            return Err(crate::row::unreadable("value", &value.to_string()));
        }
        Ok(Norm {
            kind,
            class: row.may_text("class")?.filter(|class| class != "*"),
            value,
            exempt: row.texts("exempt")?,
            region: row.region("region")?,
            since: row.date("since_day")?,
            until: row.may_date("until_day")?,
            entry: row.entry,
        })
    }
}

impl Norm {
    /// The number as a count.
    pub fn count(&self) -> u64 {
        u64::try_from(self.value.trunc()).unwrap_or(0)
    }
}

/// The number that holds for `class` in `region` on `on`.
pub fn norm<'n>(
    norms: &'n [Norm],
    kind: NormKind,
    class: Option<&str>,
    region: RegionCode,
    on: Date,
) -> Option<&'n Norm> {
    norms
        .iter()
        .filter(|norm| norm.kind == kind && norm.region.contains(region))
        .filter(|norm| norm.since <= on && norm.until.is_none_or(|until| on <= until))
        .filter(|norm| norm.class.is_none() || norm.class.as_deref() == class)
        .max_by_key(|norm| (norm.region.level(), norm.class.is_some(), norm.since, norm.entry))
}

/// The number that holds, or a problem that says which one is missing.
///
/// # Errors
///
/// ZH8583.
pub fn needed<'n>(
    norms: &'n [Norm],
    kind: NormKind,
    class: Option<&str>,
    region: RegionCode,
    on: Date,
) -> Result<&'n Norm, Diagnostic> {
    norm(norms, kind, class, region, on).ok_or_else(|| {
        let problem = Diagnostic::error("ZH8583").arg("kind", kind.word()).arg("region", region);
        problem.arg("day", on).arg("class", class.unwrap_or("—"))
    })
}

//! Which record types are handed in, by which units, for which periods.

use std::fmt;

use zhiheng_base::{Date, Diagnostic, Period, RegionCode, Regions};
use zhiheng_catalog::Catalog;
use zhiheng_catalog::model::{HandIn, RecordType};
use zhiheng_intake::worker::Within;

/// One return: the records of a type, of one unit, for one period.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Return {
    /// Record type.
    pub of: String,
    /// The unit's region.
    pub region: RegionCode,
    /// Period.
    pub period: Period,
    /// The duty.
    pub duty: HandIn,
}

impl Return {
    /// The return that an address names.
    ///
    /// Errors: ZH7300 nobody hands in such records, ZH7301 the region is none that hands them in, ZH7302 they are handed in for other
    /// periods, ZH7303 the period has not begun.
    pub fn named(
        catalog: &Catalog,
        (of, region, period): (&str, RegionCode, &str),
        today: Date,
    ) -> Result<Return, Diagnostic> {
        let (record, duty) = duty_of(catalog, of)?;
        let known = catalog.regions.at(region, today).or(catalog.regions.get(region)).is_some();
        if region.level() != duty.by || !known {
            return Err(Diagnostic::error("ZH7301").arg("region", region).arg("level", duty.by.word()));
        }
        let period = Period::parse(period)?;
        if period.kind() != duty.every {
            return Err(Diagnostic::error("ZH7302").arg("period", period).arg("every", duty.every));
        }
        if period.start() > today {
            return Err(Diagnostic::error("ZH7303").arg("period", period).arg("day", period.start()));
        }
        Ok(Return { of: record.head.id.clone(), region, period, duty })
    }

    /// The last day on which it is handed in in time.
    pub fn due(&self) -> Date {
        self.duty.due(self.period)
    }

    /// Of what its rows must be.
    pub fn within(&self) -> Within {
        Within { region: self.region, first: self.period.start(), last: self.period.last_day() }
    }
}

/// `sampling.batch:621122:2013Q2`, as it begins the ids of its submissions.
impl fmt::Display for Return {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}", self.of, self.region, self.period)
    }
}

/// A record type that is handed in, and by whom.
///
/// Errors: ZH7300.
pub fn duty_of<'c>(catalog: &'c Catalog, of: &str) -> Result<(&'c RecordType, HandIn), Diagnostic> {
    let found = catalog.records.get(of).and_then(|record| Some((record, record.hand_in?)));
    found.ok_or_else(|| {
        let known: Vec<&str> = duties(catalog).map(|(record, _)| record.head.id.as_str()).collect();
        Diagnostic::error("ZH7300").arg("id", of).arg("known", known.join(", "))
    })
}

/// Every record type that is handed in.
pub fn duties(catalog: &Catalog) -> impl Iterator<Item = (&RecordType, HandIn)> {
    catalog.records.values().filter_map(|record| Some((record, record.hand_in?)))
}

/// The newest `n` periods that have begun, the newest first.
pub fn periods(duty: HandIn, today: Date, n: usize) -> Vec<Period> {
    let newest = Period::of(duty.every, today).ok();
    std::iter::successors(newest, Period::previous).take(n).collect()
}

/// The units in a region that hand in, in the order of their codes.
pub fn units(regions: &Regions, duty: HandIn, within: RegionCode, today: Date) -> Vec<RegionCode> {
    if within.level() == duty.by {
        return vec![within];
    }
    let below = regions.descendants(within, duty.by);
    let mut codes: Vec<RegionCode> =
        below.into_iter().filter(|one| one.holds_on(today)).map(|one| one.code).collect();
    codes.sort_unstable();
    codes.dedup();
    codes
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn an_address_names_a_return_or_says_why_not() {
        let catalog = zhiheng_catalog::load(&[]).catalog;
        let today = date(2013, 7, 10);
        let county = RegionCode::parse("621122").unwrap();
        let named = |of, region, period| Return::named(&catalog, (of, region, period), today);
        let good = named("sampling.batch", county, "2013Q2").unwrap();
        assert_eq!(good.to_string(), "sampling.batch:621122:2013Q2");
        // 30 June and 15 days.
        assert_eq!(good.due(), date(2013, 7, 15));
        let city = RegionCode::parse("621100").unwrap();
        for (of, region, period, code) in [
            ("sampling.nothing", county, "2013Q2", "ZH7300"),
            ("base.officer", county, "2013Q2", "ZH7300"),
            ("sampling.batch", city, "2013Q2", "ZH7301"),
            ("sampling.batch", RegionCode::parse("621199").unwrap(), "2013Q2", "ZH7301"),
            ("sampling.batch", county, "2013", "ZH7302"),
            ("sampling.batch", county, "2013Q4", "ZH7303"),
        ] {
            assert_eq!(named(of, region, period).unwrap_err().code, code, "{of} {region} {period}");
        }
        assert!(named("sampling.batch", county, "20Q13").is_err());
    }

    #[test]
    fn the_units_of_dingxi_are_its_seven_counties() {
        let catalog = zhiheng_catalog::load(&[]).catalog;
        let (_, duty) = duty_of(&catalog, "sampling.batch").unwrap();
        let codes = units(&catalog.regions, duty, RegionCode::parse("621100").unwrap(), date(2013, 7, 10));
        let codes: Vec<String> = codes.iter().map(RegionCode::to_string).collect();
        assert_eq!(codes, ["621102", "621121", "621122", "621123", "621124", "621125", "621126"]);
        let newest = periods(duty, date(2014, 1, 2), 3);
        assert_eq!(newest.iter().map(Period::to_string).collect::<Vec<_>>(), ["2014Q1", "2013Q4", "2013Q3"]);
    }
}

//! Questions: one indicator, some regions, some periods, cut by some dimensions.

use zhiheng_base::{Level, Period, RegionCode};

use crate::address::{Address, Basis};

/// Which regions a question is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Area {
    /// One region as a whole.
    One(RegionCode),
    /// Every region of a level within a region, those without data included.
    Below(RegionCode, Level),
}

impl Area {
    /// The region that holds all of it.
    pub fn within(self) -> RegionCode {
        match self {
            Area::One(region) | Area::Below(region, _) => region,
        }
    }
}

/// A table of numbers, answered in as few passes over the data as the periods allow (one, unless they overlap).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Query {
    /// Indicator id.
    pub indicator: String,
    /// Regions.
    pub area: Area,
    /// Periods, in the order of the answer.
    pub periods: Vec<Period>,
    /// Fixed cuts: dimension and value. An empty value means "not stated".
    pub cuts: Vec<(String, String)>,
    /// Dimensions to split by: one measure for each value found.
    pub by: Vec<String>,
    /// As now or as then.
    pub basis: Basis,
    /// Ledger size; `None` is the newest.
    pub as_of: Option<u64>,
}

impl Query {
    /// One indicator over an area and periods.
    pub fn new(indicator: impl Into<String>, area: Area, periods: Vec<Period>) -> Query {
        Query {
            indicator: indicator.into(),
            area,
            periods,
            cuts: Vec::new(),
            by: Vec::new(),
            basis: Basis::AsNow,
            as_of: None,
        }
    }

    /// Split by a dimension.
    #[must_use]
    pub fn by(mut self, dimension: impl Into<String>) -> Query {
        self.by.push(dimension.into());
        self
    }

    /// Only records with this value of a dimension.
    #[must_use]
    pub fn cut(mut self, dimension: impl Into<String>, value: impl Into<String>) -> Query {
        self.cuts.push((dimension.into(), value.into()));
        self
    }

    /// The question that an address asks.
    pub fn of(address: &Address) -> Query {
        Query {
            indicator: address.indicator.clone(),
            area: Area::One(address.region),
            periods: vec![address.period],
            cuts: address.cuts.clone(),
            by: Vec::new(),
            basis: address.basis,
            as_of: address.as_of,
        }
    }
}

/// Most periods of one question.
pub const PERIODS_MAX: usize = 4096;

/// Which number of a table: region, index of the period, values of the dimensions split by.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Key {
    /// Region as twelve digits.
    pub region: u64,
    /// Index of the period.
    pub period: usize,
    /// Values, `None` where a record states none.
    pub values: Vec<Option<String>>,
}

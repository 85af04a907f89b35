//! The code of a region, and what its digits alone tell.

use std::fmt;
use std::ops::RangeInclusive;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::Level;
use crate::Diagnostic;
use crate::strict::{is_digits, plain, serde_error};

/// Size of one province in codes; cities, counties and townships follow.
const PROVINCE: u64 = 10_000_000_000;
const CITY: u64 = 100_000_000;
const COUNTY: u64 = 1_000_000;
const TOWNSHIP: u64 = 1_000;

/// A region code as twelve digits in one integer: `621121` is `621121000000`.
///
/// Two digits for the province, two for the city, two for the county (GB/T 2260), three for the
/// township (GB/T 10114), three for the village. Everything here follows from the digits; whether the
/// code is in use is a question for [`Regions`](super::Regions).
///
/// ```
/// use zhiheng_base::{Level, RegionCode};
///
/// let longxi = RegionCode::parse("621122")?;
/// assert_eq!(longxi.level(), Level::County);
/// assert_eq!(longxi.parent().unwrap().to_string(), "621100");
/// assert!(RegionCode::NATION.contains(longxi));
///
/// // Dongguan has towns but no counties: the parent of a town is the city.
/// let town = RegionCode::parse("441900101")?;
/// assert_eq!(town.to_string(), "441900101000");
/// assert_eq!(town.parent().unwrap().to_string(), "441900");
/// # Ok::<(), zhiheng_base::Diagnostic>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RegionCode(u64);

impl RegionCode {
    /// The whole country, written `100000`. The product's own convention: GB/T 2260 has no such code.
    pub const NATION: RegionCode = RegionCode(100_000_000_000);

    /// Reads 2, 4, 6, 9 or 12 digits; shorter codes are filled up with zeros.
    ///
    /// # Errors
    ///
    /// ZH1004 if the text is no such code, ZH1401 for full-width digits, ZH1402 for spaces.
    pub fn parse(text: &str) -> Result<RegionCode, Diagnostic> {
        let wrong = || Diagnostic::error("ZH1004").arg("value", text);
        if !is_digits(text) {
            plain(text)?;
            return Err(wrong());
        }
        if !matches!(text.len(), 2 | 4 | 6 | 9 | 12) {
            return Err(wrong());
        }
        let digits: u64 = text.parse().map_err(|_| wrong())?;
        RegionCode::from_u64(digits * 10_u64.pow(12 - text.len() as u32)).ok_or_else(wrong)
    }

    /// A code from its twelve digits as one integer; `None` if the first digits name no province
    /// (10 is left to [`RegionCode::NATION`]).
    pub fn from_u64(value: u64) -> Option<RegionCode> {
        let code = RegionCode(value);
        ((11..=99).contains(&code.province_digits()) || code == RegionCode::NATION).then_some(code)
    }

    /// The twelve digits as one integer.
    pub fn as_u64(self) -> u64 {
        self.0
    }

    fn province_digits(self) -> u64 {
        self.0 / PROVINCE
    }

    /// True for codes that begin with 9: places that a catalog declares for its own use, such as
    /// test data or foreign countries. They follow the same structure; their roots have no parent.
    pub fn is_outside(self) -> bool {
        self.province_digits() >= 90
    }

    /// Level by structure: the lowest group of digits that is not zero.
    pub fn level(self) -> Level {
        if self == RegionCode::NATION {
            Level::Nation
        } else if !self.0.is_multiple_of(TOWNSHIP) {
            Level::Village
        } else if !self.0.is_multiple_of(COUNTY) {
            Level::Township
        } else if !self.0.is_multiple_of(CITY) {
            Level::County
        } else if !self.0.is_multiple_of(PROVINCE) {
            Level::City
        } else {
            Level::Province
        }
    }

    /// The region above: the lowest group of digits becomes zero. `None` for the nation and for
    /// the roots of outside places.
    ///
    /// A group that is zero is passed over: the parent of the town 441900101 is the city 441900,
    /// that of the district 810001 is 810000.
    pub fn parent(self) -> Option<RegionCode> {
        match self.level() {
            Level::Nation => None,
            Level::Province if self.is_outside() => None,
            Level::Province => Some(RegionCode::NATION),
            Level::City => Some(self.cut(PROVINCE)),
            Level::County => Some(self.cut(CITY)),
            Level::Township => Some(self.cut(COUNTY)),
            Level::Village => Some(self.cut(TOWNSHIP)),
        }
    }

    fn cut(self, unit: u64) -> RegionCode {
        RegionCode(self.0 - self.0 % unit)
    }

    /// The code cut to `level`; the code itself if that is its level, `None` if it stands higher.
    ///
    /// Where a level is missing, the region above stands in: the county of 441900101 is the city
    /// 441900. Outside places have no nation.
    pub fn ancestor(self, level: Level) -> Option<RegionCode> {
        if self.level() < level {
            return None;
        }
        Some(match level {
            Level::Nation if self.is_outside() => return None,
            Level::Nation => RegionCode::NATION,
            Level::Province => self.cut(PROVINCE),
            Level::City => self.cut(CITY),
            Level::County => self.cut(COUNTY),
            Level::Township => self.cut(TOWNSHIP),
            Level::Village => self,
        })
    }

    /// The regions above, nearest first.
    pub fn ancestors(self) -> impl Iterator<Item = RegionCode> {
        std::iter::successors(self.parent(), |code| code.parent())
    }

    /// All codes inside this one, itself included, as integers of [`RegionCode::as_u64`].
    pub fn range(self) -> RangeInclusive<u64> {
        let size = match self.level() {
            // First digits 1 to 8: outside places are not in the nation.
            Level::Nation => return self.0..=899_999_999_999,
            Level::Province => PROVINCE,
            Level::City => CITY,
            Level::County => COUNTY,
            Level::Township => TOWNSHIP,
            Level::Village => 1,
        };
        self.0..=self.0 + (size - 1)
    }

    /// True if `other` is this region or lies inside it.
    pub fn contains(self, other: RegionCode) -> bool {
        self.range().contains(&other.0)
    }

    /// The same digits below `from`, put under `to`: town 622425100 under 621122 is 621122100.
    /// `None` unless `self` lies in `from` and both are of one level.
    pub fn rebase(self, from: RegionCode, to: RegionCode) -> Option<RegionCode> {
        if !from.contains(self) || from.level() != to.level() || to.level() == Level::Nation {
            return None;
        }
        RegionCode::from_u64(to.0 + (self.0 - from.0))
    }
}

/// The shortest official form: six digits if the last six are zero, else twelve.
impl fmt::Display for RegionCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = if self.0.is_multiple_of(COUNTY) { self.0 / COUNTY } else { self.0 };
        f.pad(&shown.to_string())
    }
}

impl std::str::FromStr for RegionCode {
    type Err = Diagnostic;

    fn from_str(text: &str) -> Result<RegionCode, Diagnostic> {
        RegionCode::parse(text)
    }
}

impl Serialize for RegionCode {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for RegionCode {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<RegionCode, D::Error> {
        let text = String::deserialize(deserializer)?;
        RegionCode::parse(&text).map_err(|diagnostic| serde_error(&diagnostic))
    }
}

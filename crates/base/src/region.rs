//! Regions: 12-digit statistical codes, levels, parents, names, history.
//!
//! A [`RegionCode`] knows its place from its digits alone (GB/T 2260 for the first six, GB/T 10114 for
//! the next three). [`Regions`] is the table behind it: names, units that exist in statistics only,
//! codes that have ended and what followed them.

use std::sync::Arc;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::{Date, Lang};

mod check;
mod code;
mod history;
mod read;
mod search;
mod table;
#[cfg(test)]
mod tests;
mod tree;

pub use code::RegionCode;
pub use table::Regions;

/// Level of a region, from the nation down.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// The whole country.
    Nation,
    /// Province, autonomous region, municipality, special administrative region.
    Province,
    /// Prefecture-level city, prefecture, autonomous prefecture, league.
    City,
    /// County, district, county-level city, banner.
    County,
    /// Town, township, subdistrict.
    Township,
    /// Village or residents' committee.
    Village,
}

impl Level {
    /// All levels from the nation down.
    pub const ALL: [Level; 6] =
        [Level::Nation, Level::Province, Level::City, Level::County, Level::Township, Level::Village];

    /// The level above; none above the nation.
    pub fn above(self) -> Option<Level> {
        let place = Level::ALL.iter().position(|&level| level == self)?;
        place.checked_sub(1).map(|above| Level::ALL[above])
    }

    /// The level below; none below the village.
    pub fn below(self) -> Option<Level> {
        let place = Level::ALL.iter().position(|&level| level == self)?;
        Level::ALL.get(place + 1).copied()
    }

    /// The word used in definitions: `nation`, `province`, `city`, `county`, `township`, `village`.
    pub fn word(self) -> &'static str {
        match self {
            Level::Nation => "nation",
            Level::Province => "province",
            Level::City => "city",
            Level::County => "county",
            Level::Township => "township",
            Level::Village => "village",
        }
    }

    /// Reads the word of [`Level::word`].
    pub fn parse(text: &str) -> Option<Level> {
        Level::ALL.into_iter().find(|level| level.word() == text)
    }

    /// The level's name for people.
    pub fn title(self, lang: Lang) -> String {
        crate::words::say(lang, &format!("level-{}", self.word()), &[])
    }
}

/// What stands behind a code of the table.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Mark {
    /// A region with a government, or its agency.
    #[default]
    Unit,
    /// A heading of the code system that is no place of its own: the districts of a municipality,
    /// the counties directly under a province. Left out of names and lists.
    Heading,
    /// A county-level code that repeats its city, which has no counties (620201). Left out of names, but it
    /// stands for the city wherever counties are listed.
    Double,
    /// A unit of statistics only: a development zone or the like, with a code of its own.
    Statistical,
}

/// One region as it was from one date to another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RegionVersion {
    /// The code.
    pub code: RegionCode,
    /// Chinese name, without the names of the regions above.
    pub name: String,
    /// English name, where one is given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub en: Option<String>,
    /// Level by the structure of the code.
    pub level: Level,
    /// What stands behind the code.
    #[serde(default)]
    pub mark: Mark,
    /// First day; `None` means "as far back as the table knows".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_from: Option<Date>,
    /// First day on which the code no longer holds; `None` means "still valid".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_to: Option<Date>,
    /// Where this comes from: one text for a whole file.
    #[serde(serialize_with = "text", deserialize_with = "shared")]
    pub source: Arc<str>,
}

fn text<S: serde::Serializer>(source: &Arc<str>, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(source)
}

fn shared<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Arc<str>, D::Error> {
    String::deserialize(deserializer).map(Arc::from)
}

impl RegionVersion {
    /// A valid unit with no dates.
    pub fn new(code: RegionCode, name: impl Into<String>, source: impl Into<Arc<str>>) -> RegionVersion {
        RegionVersion {
            code,
            name: name.into(),
            en: None,
            level: code.level(),
            mark: Mark::Unit,
            valid_from: None,
            valid_to: None,
            source: source.into(),
        }
    }

    /// True if the code holds on `date`.
    pub fn holds_on(&self, date: Date) -> bool {
        self.valid_from.is_none_or(|from| from <= date) && self.valid_to.is_none_or(|to| date < to)
    }

    /// The name in `lang`; Chinese where no English name is given.
    pub fn title(&self, lang: Lang) -> &str {
        match (lang, &self.en) {
            (Lang::En, Some(en)) => en,
            _ => &self.name,
        }
    }
}

/// How one region followed another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SuccessionKind {
    /// New name, same code.
    Rename,
    /// New rank and new code on the same territory: county to district, prefecture to city.
    Upgrade,
    /// Whole region taken into another one.
    Merge,
    /// One of several successors.
    Split,
    /// A part moved to another region; the code goes on.
    Transfer,
    /// New code alone, because the region above changed.
    Recode,
}

/// One step in the history of a region.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Succession {
    /// Code before.
    pub from: RegionCode,
    /// Code after.
    pub to: RegionCode,
    /// What happened.
    pub kind: SuccessionKind,
    /// First day of the new state.
    pub date: Date,
    /// Share of additive figures that goes to `to`, for splits and transfers; 0 to 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub share: Option<Decimal>,
    /// True if the fact was checked against a source; false while it is to be confirmed.
    #[serde(default)]
    pub confirmed: bool,
    /// Source, and whatever else should be known.
    pub note: String,
}

//! What an action is on, as far as the right to it goes.

use zhiheng_base::RegionCode;

/// How sensitive a thing is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// For everybody.
    Public,
    /// For those who work on it.
    #[default]
    Internal,
    /// Data of persons.
    Personal,
    /// Kept closed until its time: sealed scores, draws before the day.
    Sealed,
}

impl Level {
    /// All levels, the least first.
    pub const ALL: [Level; 4] = [Level::Public, Level::Internal, Level::Personal, Level::Sealed];

    /// Its code in `base.sensitivity`.
    pub fn code(self) -> &'static str {
        match self {
            Level::Public => "public",
            Level::Internal => "internal",
            Level::Personal => "personal",
            Level::Sealed => "sealed",
        }
    }

    /// The level with this code.
    pub fn parse(code: &str) -> Option<Level> {
        Level::ALL.into_iter().find(|level| level.code() == code)
    }
}

/// A thing that somebody wants to see or change.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Thing {
    /// Region to which it belongs; `None`: the whole instance.
    pub region: Option<RegionCode>,
    /// Line department to which it belongs; `None`: no line's in particular.
    pub line: Option<String>,
    /// Enterprise whose it is.
    pub enterprise: Option<String>,
    /// How sensitive it is.
    pub level: Level,
    /// Account whose own it is (sessions, tokens, drafts).
    pub owner: Option<String>,
    /// Persons who may not decide, score or review it: who proposed or handed it in, who has an interest in it.
    pub bound: Vec<String>,
}

impl Thing {
    /// Something for everybody.
    pub fn public() -> Thing {
        Thing { level: Level::Public, ..Thing::default() }
    }

    /// Something of the whole instance.
    pub fn instance() -> Thing {
        Thing::default()
    }

    /// Something of a region.
    pub fn of_region(region: RegionCode, level: Level) -> Thing {
        Thing { region: Some(region), level, ..Thing::default() }
    }

    /// An account's own.
    pub fn own(account: &str) -> Thing {
        Thing { owner: Some(account.to_owned()), ..Thing::default() }
    }
}

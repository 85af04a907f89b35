//! What comes out: points of every item, their sum, the grade, the place among all.

use serde::{Deserialize, Serialize};
use zhiheng_base::{Decimal, RegionCode};
use zhiheng_catalog::model::{Missing, Unproven};

/// A place judged by a scheme.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Verdict {
    /// Scheme.
    pub scheme: String,
    /// Place.
    pub region: RegionCode,
    /// Unrounded sum; `None` as long as items without data keep it open.
    pub points: Option<Decimal>,
    /// Sum that counts in full, bonuses apart.
    pub full: Decimal,
    /// Grade; `None` as long as the sum is open and no veto sets it.
    pub grade: Option<String>,
    /// Number of the veto that set the grade.
    pub veto: Option<usize>,
    /// Rank by points from 1, equal points sharing the smaller number; `None` while open.
    pub rank: Option<u32>,
    /// Items in the order of the scheme.
    pub items: Vec<Judged>,
    /// Parts in the order of the scheme, with their points.
    pub groups: Vec<(String, Decimal)>,
}

/// An item judged.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Judged {
    /// Identifier within the scheme.
    pub id: String,
    /// Points; `None` while open.
    pub points: Option<Decimal>,
    /// Most points here: the item's own, or more where those of items without data were shared out.
    pub most: Decimal,
    /// How the points came about.
    pub state: State,
    /// Address of the figure, if it has one.
    pub address: Option<String>,
    /// The figure as printed.
    pub shown: String,
    /// Target that it was held against, if the score has one.
    pub target: Option<Decimal>,
    /// Its rank among all, if the score asks for it: rank and how many were ranked.
    pub rank: Option<(u32, u32)>,
}

/// How the points of an item came about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// From its figure.
    Scored,
    /// There is no figure; by this rule.
    NoFigure(Missing),
    /// There is a figure and no target to hold it against; by this rule.
    NoTarget(Missing),
    /// Given by people from evidence.
    Given,
    /// People have not given any yet; by this rule.
    NotGiven(Missing),
    /// Evidence is demanded and not there; by this rule.
    NoEvidence(Unproven),
}

impl State {
    /// The rule for what is missing that gave the points, if one did.
    pub fn missing(self) -> Option<Missing> {
        match self {
            State::NoFigure(rule) | State::NoTarget(rule) | State::NotGiven(rule) => Some(rule),
            State::Scored | State::Given | State::NoEvidence(_) => None,
        }
    }
}

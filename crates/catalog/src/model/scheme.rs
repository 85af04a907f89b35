//! Schemes: how figures become points, points a sum, and the sum a grade. Assessments, awards and zones are all schemes.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use zhiheng_base::{Level, Words};

use super::{Head, RoundRule};

/// A scheme.
#[derive(Clone, Debug, PartialEq)]
pub struct Scheme {
    /// Name, basis, owner, validity.
    pub head: Head,
    /// Level of the places that are assessed.
    pub assesses: Level,
    /// Points that all items together can give, bonuses apart.
    pub full: Decimal,
    /// How printed points are rounded. Grades are given by the unrounded sum.
    pub round: RoundRule,
    /// Grades, the best first; the last one begins at the lowest sum there is.
    pub bands: Vec<Band>,
    /// What becomes of items without data.
    pub missing: Missing,
    /// Parts under which items are added up, in order.
    pub groups: Vec<Group>,
    /// Items in order.
    pub items: Vec<Item>,
    /// Facts that set the grade whatever the points.
    pub vetoes: Vec<Veto>,
    /// By which share of themselves the items' points could as well have been set otherwise, to either side; 0 to 1.
    pub points_within: Option<Decimal>,
    /// What a grade or a place at the end of the ranking obliges to.
    pub duties: Vec<Duty>,
    /// People who score behind each other's back, if the scheme has such a stage.
    pub panel: Option<Panel>,
}

/// Reviewers who each score all items that people score, without seeing the others' points until all have sealed theirs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Panel {
    /// The stage whose score the panel gives: `review`, `on-site` or `final`.
    pub stage: String,
    /// How many different persons must have sealed a sheet before the sheets are opened; 1 to 50.
    pub reviewers: u32,
    /// How one score is proposed from theirs.
    pub settle: Settle,
    /// From which spread of an item's points on, as a share of its most, the agreed score needs a reason; above 0, at most 1.
    pub apart: Decimal,
}

/// How a panel's points become one proposal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Settle {
    /// The middle one; of two in the middle, their mean.
    Median,
    /// The arithmetic mean.
    Mean,
    /// The mean without one highest and one lowest.
    Trimmed,
}

/// A grade and from which sum on it is given.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Band {
    /// Code, `A`.
    pub grade: String,
    /// Name.
    pub name: Words,
    /// Smallest sum, included.
    pub from: Decimal,
}

/// What becomes of an item without data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Missing {
    /// The place gets no grade until the data are there.
    Open,
    /// No points.
    Zero,
    /// All points, to everyone alike.
    Full,
    /// The item's points are shared out to the items with data in proportion to theirs.
    Redistribute,
}

/// A part of a scheme.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Group {
    /// Identifier within the scheme.
    pub id: String,
    /// Name.
    pub name: Words,
    /// Points of its items together, bonuses apart.
    pub points: Decimal,
}

/// What is assessed.
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    /// Identifier within the scheme.
    pub id: String,
    /// The part it belongs to, if the scheme has parts.
    pub group: Option<String>,
    /// Name.
    pub name: Words,
    /// Most points; what a bonus can add at most.
    pub points: Decimal,
    /// Indicator whose figure is judged; `None` where people score ([`Score::Judged`]).
    pub measure: Option<String>,
    /// How the figure becomes points.
    pub score: Score,
    /// What becomes of it without data, if that differs from the scheme's rule.
    pub missing: Option<Missing>,
    /// Kinds of evidence that must be there.
    pub evidence: Vec<String>,
    /// What becomes of it if evidence is demanded and not there.
    pub unproven: Unproven,
    /// As [`Scheme::points_within`], if it differs from the scheme's.
    pub points_within: Option<Decimal>,
}

/// What becomes of an item whose evidence is not there. It never gains by that: there is no sharing out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Unproven {
    /// The place gets no grade until the evidence is there.
    #[default]
    Open,
    /// No points.
    Zero,
}

/// How a figure becomes points. Numbers are in the indicator's unit (90 for 90 %).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Score {
    /// All points on one side of a limit, none on the other.
    Binary {
        /// The limit, itself on the good side.
        limit: Limit,
        /// True: at least; false: at most.
        at_least: bool,
    },
    /// So many points for each thing done, up to the item's.
    Checklist {
        /// Points each.
        each: Decimal,
    },
    /// Points by steps: those of the first step that the figure reaches, none below the last.
    Levels {
        /// From which figure on, and the points; falling.
        levels: Vec<(Decimal, Decimal)>,
    },
    /// The share of the target that is reached, at most 1, of the points; nothing below 0.
    TargetRatio {
        /// The target.
        target: Limit,
    },
    /// All points at the target; for each step away from it on the bad side so many fewer.
    Stepped {
        /// The target.
        target: Limit,
        /// Length of a step.
        step: Decimal,
        /// Points lost each, above 0.
        each: Decimal,
        /// Fewest points.
        floor: Decimal,
        /// Whether a step that has only begun counts.
        begun: bool,
    },
    /// All points at `best` and beyond, none at `worst` and beyond, in proportion between.
    Between {
        /// Figure with all points.
        best: Decimal,
        /// Figure without points.
        worst: Decimal,
    },
    /// By the direction of a change: better, as before, worse.
    Change {
        /// Points of a change for the better.
        better: Decimal,
        /// Points of no change.
        same: Decimal,
        /// Points of a change for the worse.
        worse: Decimal,
        /// A change no greater than this is none.
        within: Decimal,
    },
    /// By the place among all that are assessed: points of the first share that the place lies in.
    Rank {
        /// Share of the places from the top, and the points; rising shares.
        levels: Vec<(Decimal, Decimal)>,
    },
    /// So many points lost for each event.
    Deduct {
        /// Points lost each, above 0.
        each: Decimal,
    },
    /// So many points beyond the full sum for each thing, up to the item's.
    Bonus {
        /// Points each.
        each: Decimal,
    },
    /// By people, from evidence; there is no figure.
    Judged {
        /// The points that can be given, falling, and what each stands for; empty: any up to the item's.
        levels: Vec<(Decimal, Words)>,
    },
}

impl Score {
    /// Whether the item's points belong to the full sum.
    pub fn counts(&self) -> bool {
        !matches!(self, Score::Deduct { .. } | Score::Bonus { .. })
    }
}

/// A number, or the target that the indicator has for the place and period.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Limit {
    /// A number.
    Fixed(Decimal),
    /// The indicator's target.
    Target,
}

/// A fact that sets the grade whatever the points.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Veto {
    /// Indicator that counts the fact: any makes the veto.
    pub measure: String,
    /// Grade that it sets.
    pub grade: String,
    /// What has happened.
    pub says: Words,
}

/// What a grade or a place at the end of the ranking obliges to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Duty {
    /// Whom it meets.
    pub of: DutyOf,
    /// What is owed.
    pub says: Words,
    /// Clock within which it is owed, if there is one.
    pub clock: Option<String>,
    /// Family of procedures that it opens, if any.
    pub opens: Option<String>,
}

/// Whom a duty meets.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum DutyOf {
    /// So many places at the end of the ranking by points.
    Bottom(u32),
    /// All with this grade.
    Grade(String),
}

impl Scheme {
    /// Indicators that it judges, each once, in order of id.
    pub fn measures(&self) -> Vec<&str> {
        let items = self.items.iter().filter_map(|item| item.measure.as_deref());
        let mut ids: Vec<&str> = items.chain(self.vetoes.iter().map(|veto| veto.measure.as_str())).collect();
        ids.sort_unstable();
        ids.dedup();
        ids
    }

    /// A sum as it is printed.
    pub fn printed(&self, points: Decimal) -> String {
        let rounded = self.round.rule.round(points, self.round.digits);
        format!("{rounded:.*}", self.round.digits as usize)
    }

    /// The band of a sum; the last one if it lies below all.
    pub fn band(&self, sum: Decimal) -> Option<&Band> {
        self.bands.iter().find(|band| sum >= band.from).or_else(|| self.bands.last())
    }
}

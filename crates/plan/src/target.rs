//! Targets: what an indicator is to come to, whose it is, and how it is shared out.
//!
//! A target belongs to a region (块), or to a department of a region (条). It is one value, due at the end of its period,
//! or a course of dated milestones between which it rises in a line or in steps.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use zhiheng_base::{Date, Decimal, Diagnostic, Period, Place, RegionCode};

use crate::row::{FromRow, Row};

/// A target.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Target {
    /// Number, unique among targets.
    pub id: String,
    /// Number of the target that this is a part of.
    pub parent: Option<String>,
    /// Indicator.
    pub indicator: String,
    /// Region that owns it, or whose department does.
    pub region: RegionCode,
    /// Department of the region.
    pub unit: Option<String>,
    /// Period at whose end it is judged.
    pub period: Period,
    /// What it comes to.
    pub course: Course,
    /// Weight among its siblings, for weighted means.
    pub weight: Option<Decimal>,
    /// How its parts make it up; `None` for a target without parts.
    pub rule: Option<Rule>,
    /// Largest shortfall that counts as rounding; 0 unless it was decided.
    pub tolerance: Decimal,
    /// Why it may fall short, if that was decided.
    pub exception: Option<String>,
    /// Ledger entry.
    pub entry: u64,
}

/// How parts make up a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Rule {
    /// The parts' values add up to it: counts and sums.
    Sum,
    /// The parts' mean, by stated weights, comes to it: rates.
    WeightedMean,
    /// Each part comes to it.
    Each,
}

impl Rule {
    /// Words of records.
    pub const WORDS: [(&'static str, Rule); 3] =
        [("sum", Rule::Sum), ("weighted-mean", Rule::WeightedMean), ("each", Rule::Each)];

    /// The word of records and messages.
    pub fn word(self) -> &'static str {
        Rule::WORDS.iter().find(|(_, rule)| *rule == self).map_or("", |(word, _)| word)
    }
}

/// What a target comes to over time.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Course {
    /// One value, due on the last day of the period.
    Fixed(Decimal),
    /// Milestones, joined by straight lines.
    Linear(Vec<(Date, Decimal)>),
    /// Milestones, each holding until the next.
    Stepped(Vec<(Date, Decimal)>),
}

/// Digits after the point to which values between milestones are computed.
pub const BETWEEN_DIGITS: u32 = 9;

impl Course {
    /// The value on `day` of `period`; `None` before the first milestone, and for a fixed value before the last day.
    pub fn on(&self, day: Date, period: Period) -> Option<Decimal> {
        let (points, straight) = match self {
            Course::Fixed(value) => return (day >= period.last_day()).then_some(*value),
            Course::Linear(points) => (points, true),
            Course::Stepped(points) => (points, false),
        };
        let after = points.partition_point(|(on, _)| *on <= day);
        let &(from, value) = points.get(after.checked_sub(1)?)?;
        let Some(&(to, next)) = points.get(after).filter(|_| straight) else { return Some(value) };
        let span = |first: Date, last: Date| Decimal::from(last.duration_since(first).as_hours() / 24);
        let risen = next.checked_sub(value)?.checked_mul(span(from, day))?.checked_div(span(from, to))?;
        Some(value.checked_add(risen)?.round_dp(BETWEEN_DIGITS))
    }

    /// The days on which the course may bend or jump, and those before them.
    pub(crate) fn days(&self) -> Vec<Date> {
        match self {
            Course::Fixed(_) => Vec::new(),
            Course::Linear(points) | Course::Stepped(points) => {
                points.iter().flat_map(|(day, _)| [Some(*day), day.yesterday().ok()]).flatten().collect()
            }
        }
    }

    /// Whether it is known before the end of its period.
    pub fn is_dated(&self) -> bool {
        !matches!(self, Course::Fixed(_))
    }
}

/// A record of a target before its milestones are known.
#[derive(Clone, Debug)]
struct Head {
    target: Target,
    value: Option<Decimal>,
    shape: Shape,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Shape {
    Fixed,
    Linear,
    Stepped,
}

impl FromRow for Head {
    const OF: &'static str = "responsibility.target";

    fn from_row(row: Row<'_>) -> Result<Head, Diagnostic> {
        let shapes = [("fixed", Shape::Fixed), ("linear", Shape::Linear), ("stepped", Shape::Stepped)];
        let value = row.may_decimal("value")?;
        let target = Target {
            id: row.text("number")?,
            parent: row.may_text("parent")?,
            indicator: row.text("indicator")?,
            region: row.region("region")?,
            unit: row.may_text("unit")?,
            period: row.period("period")?,
            course: Course::Fixed(value.unwrap_or_default()),
            weight: row.may_decimal("weight")?,
            rule: row.may_word("rule", &Rule::WORDS)?,
            tolerance: row.may_decimal("tolerance")?.unwrap_or_default().abs(),
            exception: row.may_text("exception")?,
            entry: row.entry,
        };
        Ok(Head { target, value, shape: row.may_word("shape", &shapes)?.unwrap_or(Shape::Fixed) })
    }
}

/// A dated value of a target.
#[derive(Clone, Debug, PartialEq)]
struct Milestone {
    target: String,
    on: Date,
    value: Decimal,
    entry: u64,
}

impl FromRow for Milestone {
    const OF: &'static str = "responsibility.milestone";

    fn from_row(row: Row<'_>) -> Result<Milestone, Diagnostic> {
        Ok(Milestone {
            target: row.text("target")?,
            on: row.date("on_day")?,
            value: row.decimal("value")?,
            entry: row.entry,
        })
    }
}

/// Reads targets and their milestones. A target without a value, or whose milestones lie outside its period or twice on
/// one day, is left out and told; so is a second one with the same number.
pub fn read<'a>(
    targets: impl IntoIterator<Item = Row<'a>>,
    milestones: impl IntoIterator<Item = Row<'a>>,
) -> (Vec<Target>, Vec<Diagnostic>) {
    let (heads, mut problems) = crate::read::<Head>(targets);
    let (points, more) = crate::read::<Milestone>(milestones);
    problems.extend(more);
    let mut by_target: BTreeMap<String, Vec<Milestone>> = BTreeMap::new();
    for point in points {
        by_target.entry(point.target.clone()).or_default().push(point);
    }
    let (mut read, mut seen) = (Vec::new(), BTreeSet::new());
    for Head { mut target, value, shape } in heads {
        let mut points = by_target.remove(&target.id).unwrap_or_default();
        points.sort_by_key(|point| point.on);
        let problem = |code: &'static str| {
            Diagnostic::error(code).arg("target", &target.id).at(Place::Entry(target.entry)).rule(Head::OF)
        };
        if !seen.insert(target.id.clone()) {
            problems.push(problem("ZH8503").arg("number", &target.id));
            continue;
        }
        let outside = points.iter().find(|point| !target.period.contains(point.on));
        let twice = points.windows(2).find(|pair| pair[0].on == pair[1].on).map(|pair| &pair[1]);
        if let Some(point) = outside.or(twice) {
            problems.push(problem("ZH8505").arg("day", point.on).at(Place::Entry(point.entry)));
            continue;
        }
        let dated = || points.iter().map(|point| (point.on, point.value)).collect();
        target.course = match (shape, value, points.is_empty()) {
            (Shape::Fixed, Some(value), true) => Course::Fixed(value),
            (Shape::Linear, None, false) => Course::Linear(dated()),
            (Shape::Stepped, None, false) => Course::Stepped(dated()),
            _ => {
                problems.push(problem("ZH8504"));
                continue;
            }
        };
        read.push(target);
    }
    for (id, points) in by_target {
        let entry = points.first().map_or(0, |point| point.entry);
        problems
            .push(Diagnostic::error("ZH8506").arg("target", id).at(Place::Entry(entry)).rule(Milestone::OF));
    }
    (read, problems)
}

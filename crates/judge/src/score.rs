//! One figure → points.
//!
//! Everything is decimal arithmetic on unrounded figures (GB/T 8170, comparison by the full value). A step that is exactly
//! reached counts once; one that has only begun counts where the scheme says so.

use zhiheng_base::Decimal;
use zhiheng_catalog::model::{Limit, Score};

use crate::figures::Figure;

/// Points of a figure, and the target that it was held against.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Points {
    /// Points, not below 0 except for deductions.
    pub points: Decimal,
    /// Target, if the score has one.
    pub target: Option<Decimal>,
}

/// Points of `value` out of `most`; `rank` is its rank among how many. `None` where the score asks for a target or a rank that is
/// not there, or where a product or quotient does not fit a decimal.
pub fn points(
    score: &Score,
    most: Decimal,
    figure: &Figure,
    value: Decimal,
    rank: Option<(u32, u32)>,
) -> Option<Points> {
    let zero = Decimal::ZERO;
    let target = |limit: &Limit| match limit {
        Limit::Fixed(number) => Some(*number),
        Limit::Target => figure.target,
    };
    let plain = |points: Decimal| Some(Points { points, target: None });
    match score {
        Score::Binary { limit, at_least } => {
            let target = target(limit)?;
            let met = if *at_least { value >= target } else { value <= target };
            Some(Points { points: if met { most } else { zero }, target: Some(target) })
        }
        Score::Checklist { each } => plain(each.checked_mul(value)?.clamp(zero, most)),
        Score::Levels { levels } => {
            let level = levels.iter().find(|(from, _)| value >= *from);
            plain(level.map_or(zero, |(_, points)| *points))
        }
        Score::TargetRatio { target: limit } => {
            let target = target(limit)?;
            let (part, whole) = if figure.falls { (target, value) } else { (value, target) };
            // Where nothing is wanted, or nothing is left of what should not be, the target is reached.
            // Multiplied first: 30 · 55 / 75 is 22, while 30 · (55 / 75) is not.
            let points = if whole <= zero { most } else { most.checked_mul(part)?.checked_div(whole)? };
            Some(Points { points: points.clamp(zero, most), target: Some(target) })
        }
        Score::Stepped { target: limit, step, each, floor, begun } => {
            let target = target(limit)?;
            let gap = if figure.falls { value.checked_sub(target)? } else { target.checked_sub(value)? };
            let steps = gap.max(zero).checked_div(*step)?;
            let steps = if *begun { steps.ceil() } else { steps.floor() };
            let points = most.checked_sub(each.checked_mul(steps)?)?.max(*floor);
            Some(Points { points, target: Some(target) })
        }
        Score::Between { best, worst } => {
            let part = most.checked_mul(value.checked_sub(*worst)?)?;
            plain(part.checked_div(best.checked_sub(*worst)?)?.clamp(zero, most))
        }
        Score::Change { better, same, worse, within } => {
            let up = if figure.falls { -value } else { value };
            plain(if up > *within {
                *better
            } else if up < -*within {
                *worse
            } else {
                *same
            })
        }
        Score::Rank { levels } => {
            let (rank, of) = rank?;
            // rank/of ≤ share, without dividing.
            let inside = |share: Decimal| Some(Decimal::from(rank) <= share.checked_mul(of.into())?);
            let level = levels.iter().find(|(share, _)| inside(*share) == Some(true));
            plain(level.map_or(zero, |(_, points)| *points))
        }
        Score::Deduct { each } => plain(-each.checked_mul(value.max(zero))?),
        // People give these points, no figure does.
        Score::Judged { .. } => None,
        Score::Bonus { each } => plain(each.checked_mul(value.max(zero))?.min(most)),
    }
}

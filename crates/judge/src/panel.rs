//! A panel: several people score the same items behind each other's back, and one score is proposed from theirs.
//!
//! The proposal is never the decision: whoever settles the score sees all points, the spread and the proposal, and says why
//! where the points lie far apart or the proposal is left. Which middle is taken and what “far” means is the scheme's
//! ([`zhiheng_catalog::model::Panel`]).

use serde::{Deserialize, Serialize};
use zhiheng_base::Decimal;
use zhiheng_catalog::model::{Item, Panel, Scheme, Score, Settle};

/// What a reviewer gives an item.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mark {
    /// Item.
    pub item: String,
    /// Points.
    pub points: Decimal,
    /// What is said to it; may be empty.
    pub comment: String,
}

/// All marks of a reviewer for a place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Marks {
    /// Who scored.
    pub reviewer: String,
    /// One for each item that people score.
    pub marks: Vec<Mark>,
}

/// An item as the panel sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Weighed {
    /// Item.
    pub item: String,
    /// Points of each reviewer, in the order of the sheets; `None` where one left the item out.
    pub points: Vec<Option<Decimal>>,
    /// Greatest less smallest.
    pub spread: Decimal,
    /// What the scheme's rule makes of them: rounded as the scheme prints, or, for an item with levels, the nearest level, of
    /// two as near the lower.
    pub proposed: Decimal,
    /// Whether the points lie so far apart that the score needs a reason.
    pub is_apart: bool,
}

/// The items of a scheme that people score.
pub fn scored(scheme: &Scheme) -> impl Iterator<Item = &Item> {
    scheme.items.iter().filter(|item| matches!(item.score, Score::Judged { .. }))
}

/// What the sheets come to, item by item in the scheme's order; items that nobody scored are left out.
pub fn weigh(scheme: &Scheme, panel: &Panel, sheets: &[Marks]) -> Vec<Weighed> {
    scored(scheme).filter_map(|item| one(scheme, panel, item, sheets)).collect()
}

fn one(scheme: &Scheme, panel: &Panel, item: &Item, sheets: &[Marks]) -> Option<Weighed> {
    let of = |sheet: &Marks| sheet.marks.iter().find(|mark| mark.item == item.id).map(|mark| mark.points);
    let points: Vec<Option<Decimal>> = sheets.iter().map(of).collect();
    let mut given: Vec<Decimal> = points.iter().flatten().copied().collect();
    given.sort_unstable();
    let (least, most) = (given.first().copied()?, given.last().copied()?);
    let middle = middle(panel.settle, &given);
    Some(Weighed {
        item: item.id.clone(),
        spread: most - least,
        proposed: allowed(scheme, item, middle),
        is_apart: most - least >= item.points * panel.apart,
        points,
    })
}

/// The middle of sorted points, of which there is at least one. With fewer than three there is no highest and lowest to leave out.
fn middle(settle: Settle, sorted: &[Decimal]) -> Decimal {
    let mean = |points: &[Decimal]| match points.len() {
        0 => Decimal::ZERO,
        n => points.iter().sum::<Decimal>() / Decimal::from(n),
    };
    let n = sorted.len();
    match settle {
        Settle::Trimmed if n >= 3 => mean(&sorted[1..n - 1]),
        Settle::Median => mean(&sorted[(n - 1) / 2..n / 2 + 1]),
        Settle::Trimmed | Settle::Mean => mean(sorted),
    }
}

/// Points that the item can have.
fn allowed(scheme: &Scheme, item: &Item, points: Decimal) -> Decimal {
    match &item.score {
        Score::Judged { levels } if !levels.is_empty() => {
            let near = |level: &Decimal| ((*level - points).abs(), *level);
            levels.iter().map(|(level, _)| *level).min_by_key(near).unwrap_or(points)
        }
        _ => scheme.round.rule.round(points, scheme.round.digits),
    }
}

/// By how many points, on average over the items that others scored too, a reviewer lies above the mean of the others; `None`
/// where nobody else scored anything.
pub fn leanings(sheets: &[Marks], weighed: &[Weighed]) -> Vec<Option<Decimal>> {
    (0..sheets.len()).map(|at| leaning(at, weighed)).collect()
}

fn leaning(at: usize, weighed: &[Weighed]) -> Option<Decimal> {
    let mut above = Vec::new();
    for item in weighed {
        let Some(own) = item.points.get(at).copied().flatten() else { continue };
        let others = item.points.iter().enumerate().filter(|(other, _)| *other != at);
        let others: Vec<Decimal> = others.filter_map(|(_, points)| *points).collect();
        if !others.is_empty() {
            above.push(own - others.iter().sum::<Decimal>() / Decimal::from(others.len()));
        }
    }
    let n = Decimal::from(above.len());
    (!above.is_empty()).then(|| above.iter().sum::<Decimal>() / n)
}

//! What if: other figures, points or borders of grades, and how little would move a grade.
//!
//! A changed scheme or figure is judged as any other. Where an item gets other points, the others that count are brought back to
//! the full sum in proportion, levels and steps with them.

mod margin;
mod span;

use zhiheng_base::exact::parse_decimal;
use zhiheng_base::{Decimal, Diagnostic, RegionCode};
use zhiheng_catalog::model::{Item, Scheme, Score};

pub use margin::{Margin, margins};
pub use span::{Edge, Span, reaching};

use crate::figures::{Figure, Figures};

/// One thing that is otherwise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// The figure of an indicator, in one place or in all.
    Figure {
        /// Indicator.
        measure: String,
        /// Place; `None` is all.
        place: Option<RegionCode>,
        /// Its value in the indicator's unit.
        value: Decimal,
    },
    /// The points of an item.
    Points {
        /// Item.
        item: String,
        /// Points.
        points: Decimal,
    },
    /// From which sum on a grade is given.
    From {
        /// Grade.
        grade: String,
        /// Smallest sum.
        from: Decimal,
    },
}

impl Change {
    /// Reads `sampling.pass_rate=92` or `sampling.pass_rate/621122=92`. ZH9130 for anything else.
    pub fn figure(text: &str) -> Result<Change, Diagnostic> {
        let (name, value) = pair(text, "sampling.pass_rate/621122=92")?;
        let (measure, place) = match name.split_once('/') {
            Some((measure, code)) => (measure, Some(RegionCode::parse(code)?)),
            None => (name, None),
        };
        Ok(Change::Figure { measure: measure.to_owned(), place, value })
    }

    /// Reads `item=40`. ZH9130 for anything else.
    pub fn points(text: &str) -> Result<Change, Diagnostic> {
        let (item, points) = pair(text, "sampling=40")?;
        Ok(Change::Points { item: item.to_owned(), points })
    }

    /// Reads `A=85`. ZH9130 for anything else.
    pub fn from(text: &str) -> Result<Change, Diagnostic> {
        let (grade, from) = pair(text, "A=85")?;
        Ok(Change::From { grade: grade.to_owned(), from })
    }
}

fn pair<'t>(text: &'t str, sample: &str) -> Result<(&'t str, Decimal), Diagnostic> {
    let found = text.split_once('=').and_then(|(name, value)| {
        let (name, value) = (name.trim(), parse_decimal(value.trim()).ok()?);
        (!name.is_empty()).then_some((name, value))
    });
    found.ok_or_else(|| Diagnostic::error("ZH9130").arg("text", text).arg("sample", sample))
}

/// The scheme and the figures with everything changed, in the order of the changes.
///
/// # Errors
///
/// ZH9131 an indicator that the scheme does not judge, ZH9132 an unknown item or grade, ZH9133 points out of range, ZH9134 grades
/// out of order.
pub fn changed(
    scheme: &Scheme,
    figures: &Figures,
    places: &[RegionCode],
    changes: &[Change],
) -> Result<(Scheme, Figures), Diagnostic> {
    let (mut scheme, mut figures) = (scheme.clone(), figures.clone());
    for change in changes {
        match change {
            Change::Figure { measure, place, value } => {
                set_figure(&scheme, &mut figures, places, (measure, *place, *value))?;
            }
            Change::Points { item, points } => set_points(&mut scheme, item, *points)?,
            Change::From { grade, from } => set_from(&mut scheme, grade, *from)?,
        }
    }
    Ok((scheme, figures))
}

fn set_figure(
    scheme: &Scheme,
    figures: &mut Figures,
    places: &[RegionCode],
    (measure, place, value): (&str, Option<RegionCode>, Decimal),
) -> Result<(), Diagnostic> {
    let known = scheme.measures();
    if !known.contains(&measure) {
        return Err(Diagnostic::error("ZH9131").arg("id", measure).arg("all", known.join(", ")));
    }
    // Which way is good belongs to the indicator, so any place's figure says it.
    let falls = places.iter().find_map(|&at| figures.get(measure, at)).is_some_and(|one| one.falls);
    let one = place.map(|place| vec![place]);
    for &at in one.as_deref().unwrap_or(places) {
        let old = figures.get(measure, at).cloned();
        let old = old.unwrap_or(Figure { falls, ..Figure::default() });
        figures.add(measure, at, Figure { value: Some(value), shown: value.normalize().to_string(), ..old });
    }
    Ok(())
}

fn set_from(scheme: &mut Scheme, grade: &str, from: Decimal) -> Result<(), Diagnostic> {
    let all: Vec<&str> = scheme.bands.iter().map(|band| band.grade.as_str()).collect();
    let unknown = Diagnostic::error("ZH9132").arg("id", grade).arg("all", all.join(", "));
    let Some(band) = scheme.bands.iter_mut().find(|band| band.grade == grade) else { return Err(unknown) };
    band.from = from;
    if scheme.bands.is_sorted_by(|above, below| above.from > below.from) {
        return Ok(());
    }
    Err(Diagnostic::error("ZH9134").arg("grade", grade).arg("from", from.normalize()))
}

fn set_points(scheme: &mut Scheme, id: &str, points: Decimal) -> Result<(), Diagnostic> {
    let all: Vec<&str> = scheme.items.iter().map(|item| item.id.as_str()).collect();
    let unknown = Diagnostic::error("ZH9132").arg("id", id).arg("all", all.join(", "));
    let Some(at) = scheme.items.iter().position(|item| item.id == id) else { return Err(unknown) };
    let full = scheme.full;
    let wrong = || {
        let problem = Diagnostic::error("ZH9133").arg("id", id);
        problem.arg("points", points.normalize()).arg("full", full.normalize())
    };
    let counts = scheme.items.get(at).is_some_and(|item| item.score.counts());
    let old = scheme.items.get(at).map(|item| item.points).unwrap_or_default();
    // The only item of the full sum has all of it; any other leaves something to the rest.
    let is_only = counts && old == full;
    if points <= Decimal::ZERO || (counts && (points > full || (points == full) != is_only)) {
        return Err(wrong());
    }
    for (i, item) in scheme.items.iter_mut().enumerate() {
        let (part, whole) = match (i == at, counts && item.score.counts()) {
            (true, _) => (points, old),
            (false, true) => (full - points, full - old),
            (false, false) => continue,
        };
        scale(item, part, whole).ok_or_else(wrong)?;
    }
    for group in &mut scheme.groups {
        let own = scheme.items.iter().filter(|item| item.score.counts());
        group.points =
            own.filter(|item| item.group.as_deref() == Some(group.id.as_str())).map(|item| item.points).sum();
    }
    Ok(())
}

/// An item's points and all points within its score, times a share; `None` where that does not fit a decimal.
fn scale(item: &mut Item, part: Decimal, whole: Decimal) -> Option<()> {
    // Twelve places keep full sums full to far below any printed digit.
    let times = |points: Decimal| Some(points.checked_mul(part)?.checked_div(whole)?.round_dp(12));
    let steps = |levels: &mut Vec<(Decimal, Decimal)>| {
        levels.iter_mut().try_for_each(|(_, points)| {
            *points = times(*points)?;
            Some(())
        })
    };
    item.points = times(item.points)?;
    match &mut item.score {
        Score::Binary { .. } | Score::TargetRatio { .. } | Score::Between { .. } => {}
        // What each event costs or brings is a rule of its own, not a share of the full sum.
        Score::Deduct { .. } | Score::Bonus { .. } => {}
        Score::Checklist { each } => *each = times(*each)?,
        Score::Levels { levels } | Score::Rank { levels } => steps(levels)?,
        Score::Stepped { each, floor, .. } => {
            *each = times(*each)?;
            *floor = times(*floor)?;
        }
        Score::Change { better, same, worse, .. } => {
            for points in [better, same, worse] {
                *points = times(*points)?;
            }
        }
        Score::Judged { levels } => {
            for (points, _) in levels {
                *points = times(*points)?;
            }
        }
    }
    Some(())
}

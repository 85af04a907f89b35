//! How little would move a grade: for each item the figure nearest to its own with which the place has the next grade.

use serde::{Deserialize, Serialize};
use zhiheng_base::{Decimal, RegionCode};
use zhiheng_catalog::model::{Item, Scheme, Score};

use super::span::{Edge, Span, reaching};
use crate::figures::Figures;
use crate::judge::grounded;
use crate::score::points;
use crate::verdict::{Judged, State, Verdict};

/// The nearest figure of an item that moves the grade, all others staying as they are.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Margin {
    /// Item.
    pub item: String,
    /// The figure as it is; the points of an item that people score.
    pub value: Decimal,
    /// The figure that moves the grade; one with more than six places is taken outwards to six.
    pub to: Decimal,
    /// True if only figures beyond `to` move it, however near.
    pub beyond: bool,
    /// The grade that it moves to.
    pub grade: String,
    /// Whether that is a better grade.
    pub better: bool,
    /// Other items that the same figure counts in: they would move, too, and are left aside here.
    pub shared: Vec<String>,
}

/// Margins of a place towards a better and a worse grade, in the order of the scheme. Empty while the place is open or a veto sets
/// its grade: no item moves it then.
pub fn margins(scheme: &Scheme, places: &[RegionCode], figures: &Figures, verdict: &Verdict) -> Vec<Margin> {
    let Some(sum) = verdict.points.filter(|_| verdict.veto.is_none()) else { return Vec::new() };
    let last = scheme.bands.len().saturating_sub(1);
    let at = scheme.bands.iter().position(|band| sum >= band.from).unwrap_or(last);
    let above = at.checked_sub(1).and_then(|at| scheme.bands.get(at));
    let own = scheme.bands.get(at).filter(|_| at < last);
    let mut found = Vec::new();
    for (item, judged) in scheme.items.iter().zip(&verdict.items) {
        if !matches!(judged.state, State::Scored | State::Given) {
            continue;
        }
        let room = Room::new(scheme, verdict, item, judged);
        let near = Near { item, judged, places, figures, place: verdict.region };
        for (band, better) in [(above, true), (own, false)] {
            let found_edge = band
                .and_then(|band| room.needed(band.from))
                .and_then(|need| near.nearest((need, better)))
                .and_then(|(value, edge)| {
                    let grade = scheme.band(room.sum(near.points_at(value, edge)?)?)?.grade.clone();
                    Some((value, edge, grade))
                });
            let Some((value, edge, grade)) = found_edge else { continue };
            found.push(Margin {
                item: item.id.clone(),
                value,
                to: edge.at,
                beyond: !edge.inside,
                grade,
                better,
                shared: shared(scheme, item),
            });
        }
    }
    found
}

fn shared(scheme: &Scheme, item: &Item) -> Vec<String> {
    let same = scheme.items.iter().filter(|other| other.id != item.id && other.measure == item.measure);
    same.filter(|_| item.measure.is_some()).map(|other| other.id.clone()).collect()
}

/// What the other items leave to one: the sum is `other_parts + max(0, own_part + points · most / full)`.
struct Room {
    other_parts: Decimal,
    own_part: Decimal,
    most: Decimal,
    full: Decimal,
}

impl Room {
    fn new(scheme: &Scheme, verdict: &Verdict, item: &Item, judged: &Judged) -> Room {
        let own_part: Decimal = (scheme.items.iter().zip(&verdict.items))
            .filter(|(other, _)| other.id != item.id && other.group == item.group)
            .filter_map(|(_, judged)| judged.points)
            .sum();
        let other_parts: Decimal = (verdict.groups.iter())
            .filter(|(id, _)| Some(id) != item.group.as_ref())
            .map(|(_, points)| *points)
            .sum();
        // What is added or taken off takes no part in sharing out.
        let most = if item.score.counts() { judged.most } else { item.points };
        Room { other_parts, own_part, most, full: item.points }
    }

    /// Points that the item needs, before sharing out, for the place to have the sum. `None` if the other parts alone reach it: then
    /// it cannot fall below.
    fn needed(&self, sum: Decimal) -> Option<Decimal> {
        let left = sum - self.other_parts;
        if left <= Decimal::ZERO {
            return None;
        }
        Some(grounded((left - self.own_part).checked_mul(self.full)?.checked_div(self.most)?))
    }

    /// The sum that the place has with these points of the item.
    fn sum(&self, points: Decimal) -> Option<Decimal> {
        let own = self.own_part.checked_add(points.checked_mul(self.most)?.checked_div(self.full)?)?;
        self.other_parts.checked_add(own.max(Decimal::ZERO)).map(grounded)
    }
}

/// An item of a place, and what its points depend on.
struct Near<'a> {
    item: &'a Item,
    judged: &'a Judged,
    places: &'a [RegionCode],
    figures: &'a Figures,
    place: RegionCode,
}

impl Near<'_> {
    /// Figures that are ranked besides the place's own.
    fn others(&self) -> Vec<Decimal> {
        let Score::Rank { .. } = self.item.score else { return Vec::new() };
        let value = |place| Some(self.figures.with_value(self.item.measure.as_deref()?, place)?.1);
        self.places.iter().filter(|other| **other != self.place).filter_map(|other| value(*other)).collect()
    }

    /// Points at an edge, or just beyond it.
    fn points_at(&self, value: Decimal, edge: Edge) -> Option<Decimal> {
        let step = Decimal::new(1, 9);
        let at = match edge.inside {
            true => edge.at,
            false if edge.at >= value => edge.at + step,
            false => edge.at - step,
        };
        let Some(measure) = self.item.measure.as_deref() else { return Some(at) };
        let (figure, _) = self.figures.with_value(measure, self.place)?;
        let others = self.others();
        let ahead = others.iter().filter(|other| if figure.falls { **other < at } else { **other > at });
        let rank = Some((ahead.count() as u32 + 1, others.len() as u32 + 1));
        Some(points(&self.item.score, self.item.points, figure, at, rank)?.points)
    }

    /// The figure as it is and the nearest one with the points that are wanted.
    fn nearest(&self, (need, better): (Decimal, bool)) -> Option<(Decimal, Edge)> {
        let Near { item, judged, .. } = self;
        if let Score::Judged { levels } = &item.score {
            let given = judged.points?.checked_mul(item.points)?.checked_div(judged.most)?.round_dp(12);
            let to = if better { least_given(levels, item.points, need) } else { most_given(levels, need) };
            return Some((given, to?));
        }
        let (figure, value) = self.figures.with_value(item.measure.as_deref()?, self.place)?;
        let spans = reaching(&item.score, item.points, figure, &self.others(), (need, better))?;
        let range = figure.spread.map(|spread| spread.range);
        let near = |span: &Span| {
            let edge = match (span.low, span.high) {
                (Some(low), _) if value <= low.at => low,
                (_, Some(high)) if value >= high.at => high,
                _ => return None,
            };
            let edge = outwards(edge, value);
            // A rate of 103 % is no way to a better grade.
            let number = f64::try_from(edge.at).ok()?;
            let possible = range.is_none_or(|(least, most)| {
                if edge.inside { (least..=most).contains(&number) } else { least < number && number < most }
            });
            possible.then_some(edge)
        };
        let edge = spans.iter().filter_map(near).min_by_key(|edge| (edge.at - value).abs())?;
        Some((value, edge))
    }
}

/// Taken to six places, away from the figure as it is: what is printed moves the grade.
fn outwards(edge: Edge, value: Decimal) -> Edge {
    let million = Decimal::from(1_000_000);
    let Some(whole) = edge.at.checked_mul(million) else { return edge };
    let whole = if edge.at > value { whole.ceil() } else { whole.floor() };
    match whole.checked_div(million) {
        Some(at) if at != edge.at => Edge { at: at.normalize(), inside: true },
        _ => Edge { at: edge.at.normalize(), ..edge },
    }
}

/// Fewest points that people can give with at least what is needed.
fn least_given(levels: &[(Decimal, zhiheng_base::Words)], most: Decimal, need: Decimal) -> Option<Edge> {
    if levels.is_empty() {
        let edge = outwards(Edge { at: need, inside: true }, Decimal::MIN);
        return (edge.at <= most).then_some(edge);
    }
    let at = levels.iter().map(|(points, _)| *points).filter(|points| *points >= need).min()?;
    Some(Edge { at, inside: true })
}

/// Most points that people can give with less than what is needed.
fn most_given(levels: &[(Decimal, zhiheng_base::Words)], need: Decimal) -> Option<Edge> {
    if levels.is_empty() {
        return (need > Decimal::ZERO).then(|| outwards(Edge { at: need, inside: false }, Decimal::MAX));
    }
    let at = levels.iter().map(|(points, _)| *points).filter(|points| *points < need).max()?;
    Some(Edge { at, inside: true })
}

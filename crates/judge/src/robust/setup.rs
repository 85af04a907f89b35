//! A scheme and its figures as columns of floating-point numbers: what stays the same in all draws is worked out once.

use std::collections::BTreeMap;

use zhiheng_base::{Decimal, RegionCode};
use zhiheng_catalog::model::{Item, Limit, Missing, Scheme, Score};

use crate::figures::{Figure, Figures};
use crate::given::Given;
use crate::judge::{ranks, unshared};
use crate::verdict::{Judged, State, Verdict};

/// What every draw reads.
pub(super) struct Setup<'a> {
    /// Figures that can be off, one column per indicator.
    pub(super) columns: Vec<Column>,
    /// Items by part; a scheme without parts has one.
    pub(super) parts: Vec<Vec<Line<'a>>>,
    /// Full sum.
    pub(super) full: f64,
    /// Points of the items that count, and the range of each.
    pub(super) weights: Vec<(f64, f64)>,
    /// For each place whose points are shared out the numbers of those items, into `weights`.
    pub(super) shared: Vec<(usize, Vec<usize>)>,
    /// Places.
    pub(super) n: usize,
    /// Places whose sum is open.
    pub(super) open: Vec<bool>,
}

/// The figures of an indicator.
pub(super) struct Column {
    pub(super) value: Vec<f64>,
    /// Places that can be off, with both standard deviations and the range.
    pub(super) doubtful: Vec<(usize, f64, f64, f64, f64)>,
    /// Places with a figure.
    pub(super) known: Vec<bool>,
}

/// An item.
pub(super) struct Line<'a> {
    pub(super) score: &'a Score,
    pub(super) most: f64,
    /// Number of its weight; `None` for what is added or taken off.
    pub(super) weight: Option<usize>,
    /// Points that do not depend on the draw, weights apart; 0 where they do.
    pub(super) fixed: Vec<f64>,
    /// The column and the places whose points are drawn, each with its target.
    pub(super) drawn: Option<(usize, Vec<(usize, f64)>)>,
    /// Whether lower is better.
    pub(super) falls: bool,
}

impl<'a> Setup<'a> {
    pub(super) fn new(
        scheme: &'a Scheme,
        places: &[RegionCode],
        figures: &Figures,
        given: &Given,
        verdicts: &[Verdict],
    ) -> Setup<'a> {
        let mut columns = Vec::new();
        let mut by_measure: BTreeMap<&str, usize> = BTreeMap::new();
        for measure in scheme.measures() {
            let column = Column::new(measure, places, figures);
            if !column.doubtful.is_empty() {
                by_measure.insert(measure, columns.len());
                columns.push(column);
            }
        }
        let counted: Vec<&Item> = scheme.items.iter().filter(|item| item.score.counts()).collect();
        let weights = (counted.iter())
            .map(|item| {
                let within = item.points_within.or(scheme.points_within).unwrap_or_default();
                (float(item.points), float(within))
            })
            .collect();
        let by_place = before_sharing(scheme, places, figures, given);
        let mut lines: Vec<(Option<&str>, Line<'a>)> = Vec::new();
        let mut n_counted = 0;
        for (at, item) in scheme.items.iter().enumerate() {
            let weight = item.score.counts().then_some(n_counted);
            n_counted += usize::from(weight.is_some());
            let judged: Vec<&Judged> = by_place.iter().filter_map(|items| items.get(at)).collect();
            let measure = item.measure.as_deref().unwrap_or_default();
            let column = by_measure.get(measure).and_then(|&at| Some((at, columns.get(at)?)));
            let figure = |place: usize| figures.get(measure, *places.get(place)?);
            lines.push((item.group.as_deref(), line(item, weight, &judged, column, &figure)));
        }
        let mut parts: Vec<Vec<Line<'a>>> = Vec::new();
        if scheme.groups.is_empty() {
            parts.push(lines.into_iter().map(|(_, line)| line).collect());
        } else {
            for group in &scheme.groups {
                let (own, others) = lines.into_iter().partition(|(id, _)| *id == Some(group.id.as_str()));
                parts.push(Vec::into_iter(own).map(|(_, line)| line).collect());
                lines = others;
            }
        }
        let shared = (by_place.iter().enumerate())
            .map(|(place, items)| (place, given_up(scheme, items)))
            .filter(|(_, items)| !items.is_empty())
            .collect();
        let open = verdicts.iter().map(|verdict| verdict.points.is_none()).collect();
        Setup { columns, parts, full: float(scheme.full), weights, shared, n: places.len(), open }
    }
}

/// Items of every place, their points not yet shared out.
fn before_sharing(
    scheme: &Scheme,
    places: &[RegionCode],
    figures: &Figures,
    given: &Given,
) -> Vec<Vec<Judged>> {
    let ranks: Vec<_> = scheme.items.iter().map(|item| ranks(item, places, figures)).collect();
    (places.iter().enumerate())
        .map(|(at, &place)| {
            let own: Vec<_> = ranks.iter().map(|ranks| ranks.get(at).copied().flatten()).collect();
            unshared(scheme, place, (figures, given), &own)
        })
        .collect()
}

/// Numbers, among the items that count, of those whose points are shared out.
fn given_up(scheme: &Scheme, items: &[Judged]) -> Vec<usize> {
    let counted = scheme.items.iter().zip(items).filter(|(item, _)| item.score.counts());
    (counted.enumerate())
        .filter(|(_, (_, judged))| judged.state.missing() == Some(Missing::Redistribute))
        .map(|(at, _)| at)
        .collect()
}

fn line<'a, 'f>(
    item: &'a Item,
    weight: Option<usize>,
    judged: &[&Judged],
    column: Option<(usize, &Column)>,
    figure: &dyn Fn(usize) -> Option<&'f Figure>,
) -> Line<'a> {
    let mut fixed: Vec<f64> = judged.iter().map(|judged| judged.points.map_or(0.0, float)).collect();
    let target = |place: usize| match limit(&item.score) {
        Some(Limit::Fixed(number)) => float(*number),
        Some(Limit::Target) => figure(place).and_then(|figure| figure.target).map_or(0.0, float),
        None => 0.0,
    };
    let is_rank = matches!(item.score, Score::Rank { .. });
    let drawn = column.map(|(at, column)| {
        let off: Vec<usize> = column.doubtful.iter().map(|one| one.0).collect();
        let scored = |place: &usize| judged.get(*place).is_some_and(|one| one.state == State::Scored);
        // A rank depends on the figures of all.
        let of: Vec<usize> = if is_rank { (0..judged.len()).collect() } else { off };
        let places: Vec<(usize, f64)> =
            of.into_iter().filter(scored).map(|place| (place, target(place))).collect();
        for (place, _) in &places {
            if let Some(points) = fixed.get_mut(*place) {
                *points = 0.0;
            }
        }
        (at, places)
    });
    let falls = (0..judged.len()).find_map(figure).is_some_and(|figure| figure.falls);
    Line { score: &item.score, most: float(item.points), weight, fixed, drawn, falls }
}

fn limit(score: &Score) -> Option<&Limit> {
    match score {
        Score::Binary { limit, .. } => Some(limit),
        Score::TargetRatio { target } | Score::Stepped { target, .. } => Some(target),
        _ => None,
    }
}

impl Column {
    fn new(measure: &str, places: &[RegionCode], figures: &Figures) -> Column {
        let mut column = Column { value: Vec::new(), doubtful: Vec::new(), known: Vec::new() };
        for (at, &place) in places.iter().enumerate() {
            let found = figures.with_value(measure, place);
            let value = found.map_or(0.0, |(_, value)| float(value));
            column.value.push(value);
            column.known.push(found.is_some());
            if let Some(spread) = found.and_then(|(figure, _)| figure.spread) {
                let (least, most) = spread.range;
                // A figure outside its range keeps its place: the range is what is wrong.
                column.doubtful.push((at, spread.below, spread.above, least.min(value), most.max(value)));
            }
        }
        column
    }
}

/// The nearest floating-point number; a decimal always has one.
pub(super) fn float(value: Decimal) -> f64 {
    f64::try_from(value).unwrap_or(f64::NAN)
}

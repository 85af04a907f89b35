//! For which figures an item has at least so many points: the scores turned round, exactly.

use zhiheng_base::Decimal;
use zhiheng_catalog::model::{Limit, Score};

use crate::figures::Figure;

/// An end of a span.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Edge {
    /// Figure.
    pub at: Decimal,
    /// Whether the figure itself belongs to the span.
    pub inside: bool,
}

/// Figures between two ends; `None` is without end.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Span {
    /// Lower end.
    pub low: Option<Edge>,
    /// Upper end.
    pub high: Option<Edge>,
}

impl Span {
    fn from(at: Decimal, inside: bool) -> Span {
        Span { low: Some(Edge { at, inside }), high: None }
    }

    fn up_to(at: Decimal, inside: bool) -> Span {
        Span { low: None, high: Some(Edge { at, inside }) }
    }

    /// Whether a figure lies in it.
    pub fn holds(&self, value: Decimal) -> bool {
        let above = self.low.is_none_or(|low| value > low.at || (low.inside && value == low.at));
        above && self.high.is_none_or(|high| value < high.at || (high.inside && value == high.at))
    }
}

/// Spans of the figures with points in `wanted`: at least so many (`true`) or fewer (`false`). Spans may touch. `others` are the
/// figures that are ranked besides this one. `None` where the score asks for a target that is not there, has no figure, or a number
/// does not fit.
pub fn reaching(
    score: &Score,
    most: Decimal,
    figure: &Figure,
    others: &[Decimal],
    wanted: (Decimal, bool),
) -> Option<Vec<Span>> {
    let (need, at_least) = wanted;
    let zero = Decimal::ZERO;
    let keeps = |points: Decimal| (points >= need) == at_least;
    // Scores that only rise or only fall: from one border on there are at least `need`, before it fewer.
    let rising = |at: Decimal, inside: bool| {
        Some(vec![if at_least { Span::from(at, inside) } else { Span::up_to(at, !inside) }])
    };
    let falling = |at: Decimal, inside: bool| {
        Some(vec![if at_least { Span::up_to(at, inside) } else { Span::from(at, !inside) }])
    };
    let always = |is_so: bool| Some(if is_so == at_least { vec![Span::default()] } else { Vec::new() });
    let target = |limit: &Limit| match limit {
        Limit::Fixed(number) => Some(*number),
        Limit::Target => figure.target,
    };
    // Points between `least` and `most` only.
    let outside = |least: Decimal| {
        if need <= least {
            Some(true)
        } else if need > most {
            Some(false)
        } else {
            None
        }
    };
    match score {
        Score::Binary { limit, at_least: from } => {
            let target = target(limit)?;
            match outside(zero) {
                Some(is_so) => always(is_so),
                None if *from => rising(target, true),
                None => falling(target, true),
            }
        }
        Score::Checklist { each } | Score::Bonus { each } => match outside(zero) {
            Some(is_so) => always(is_so),
            None => rising(need.checked_div(*each)?, true),
        },
        Score::Deduct { each } => match need > zero {
            true => always(false),
            false => falling((-need).checked_div(*each)?, true),
        },
        Score::TargetRatio { target: limit } => {
            let target = target(limit)?;
            match (outside(zero), figure.falls) {
                (Some(is_so), _) => always(is_so),
                (None, false) if target <= zero => always(true),
                (None, false) => rising(need.checked_mul(target)?.checked_div(most)?, true),
                (None, true) if target <= zero => falling(zero, true),
                (None, true) => falling(target.checked_mul(most)?.checked_div(need)?, true),
            }
        }
        Score::Stepped { target: limit, step, each, floor, begun } => {
            let target = target(limit)?;
            if let Some(is_so) = outside(*floor) {
                return always(is_so);
            }
            let steps = most.checked_sub(need)?.checked_div(*each)?.floor();
            let steps = if *begun { steps } else { steps.checked_add(Decimal::ONE)? };
            let gap = steps.checked_mul(*step)?;
            match figure.falls {
                true => falling(target.checked_add(gap)?, *begun),
                false => rising(target.checked_sub(gap)?, *begun),
            }
        }
        Score::Between { best, worst } => {
            if let Some(is_so) = outside(zero) {
                return always(is_so);
            }
            let way = best.checked_sub(*worst)?;
            let at = worst.checked_add(need.checked_mul(way)?.checked_div(most)?)?;
            if way > zero { rising(at, true) } else { falling(at, true) }
        }
        Score::Change { better, same, worse, within } => {
            let (up, down) = if figure.falls { (*worse, *better) } else { (*better, *worse) };
            let middle = Span {
                low: Some(Edge { at: -*within, inside: true }),
                high: Some(Edge { at: *within, inside: true }),
            };
            let parts =
                [(Span::up_to(-*within, false), down), (middle, *same), (Span::from(*within, false), up)];
            Some(parts.into_iter().filter(|(_, points)| keeps(*points)).map(|(span, _)| span).collect())
        }
        Score::Levels { levels } => {
            let mut above: Option<Edge> = None;
            let mut spans = Vec::new();
            for (from, points) in levels {
                if keeps(*points) {
                    spans.push(Span { low: Some(Edge { at: *from, inside: true }), high: above });
                }
                above = Some(Edge { at: *from, inside: false });
            }
            if keeps(zero) {
                spans.push(Span { low: None, high: above });
            }
            Some(spans)
        }
        Score::Rank { levels } => ranked(levels, figure.falls, others, &keeps),
        Score::Judged { .. } => None,
    }
}

/// Between two of the others a figure has one rank, and at one of them the rank of that one.
fn ranked(
    levels: &[(Decimal, Decimal)],
    falls: bool,
    others: &[Decimal],
    keeps: &dyn Fn(Decimal) -> bool,
) -> Option<Vec<Span>> {
    let sign = |value: Decimal| if falls { -value } else { value };
    let mut sorted: Vec<Decimal> = others.iter().map(|value| sign(*value)).collect();
    sorted.sort_unstable_by(|a, b| b.cmp(a));
    let of = Decimal::from(sorted.len() + 1);
    let mut spans = Vec::new();
    for at in 0..=sorted.len() {
        // Rank `at + 1`: at least the next of the others, and below the one before.
        let low = sorted.get(at).copied();
        let high = at.checked_sub(1).and_then(|before| sorted.get(before)).copied();
        let rank = Decimal::from(at + 1);
        let inside = |share: Decimal| share.checked_mul(of).is_some_and(|places| rank <= places);
        let points = levels.iter().find(|(share, _)| inside(*share)).map_or(Decimal::ZERO, |level| level.1);
        if low == high && low.is_some() || !keeps(points) {
            continue;
        }
        let (best, worst) = (
            high.map(|high| Edge { at: sign(high), inside: false }),
            low.map(|low| Edge { at: sign(low), inside: true }),
        );
        spans.push(if falls { Span { low: best, high: worst } } else { Span { low: worst, high: best } });
    }
    Some(spans)
}

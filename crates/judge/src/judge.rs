//! A whole scheme over all places that it assesses.
//!
//! Order of events: items are scored; items without a figure go by their rule; parts are added up and none falls below 0 (a
//! deduction bites only within its part); the sum is graded without rounding; a veto sets its grade last and leaves the points
//! as they are. As long as an item is open, there is no sum and no grade.

use zhiheng_base::{Decimal, RegionCode};
use zhiheng_catalog::model::{Item, Missing, Scheme, Score, Unproven};

use crate::figures::Figures;
use crate::given::Given;
use crate::score::points;
use crate::verdict::{Judged, State, Verdict};

/// Judges every place by figures alone; verdicts come in the order of `places`. Items that people score, or that demand
/// evidence, go by their rule for what is missing.
pub fn judge(scheme: &Scheme, places: &[RegionCode], figures: &Figures) -> Vec<Verdict> {
    judge_given(scheme, places, figures, &Given::default())
}

/// As [`judge`], with the points that people gave and what is proven.
pub fn judge_given(scheme: &Scheme, places: &[RegionCode], figures: &Figures, given: &Given) -> Vec<Verdict> {
    let ranks: Vec<Vec<Option<(u32, u32)>>> =
        scheme.items.iter().map(|item| ranks(item, places, figures)).collect();
    let mut verdicts: Vec<Verdict> = (places.iter().enumerate())
        .map(|(at, &place)| {
            let ranks: Vec<Option<(u32, u32)>> = ranks.iter().map(|ranks| ranks[at]).collect();
            one(scheme, place, unshared(scheme, place, (figures, given), &ranks), figures)
        })
        .collect();
    place(&mut verdicts);
    verdicts
}

/// The items of a place before the points of those without data are shared out.
pub(crate) fn unshared(
    scheme: &Scheme,
    place: RegionCode,
    sources: (&Figures, &Given),
    ranks: &[Option<(u32, u32)>],
) -> Vec<Judged> {
    let of = |(item, &rank): (&Item, &Option<(u32, u32)>)| judged(item, scheme.missing, place, sources, rank);
    scheme.items.iter().zip(ranks).map(of).collect()
}

fn one(scheme: &Scheme, place: RegionCode, mut items: Vec<Judged>, figures: &Figures) -> Verdict {
    share_out(scheme, &mut items);
    let is_open = items.iter().any(|item| item.points.is_none());
    let groups: Vec<(String, Decimal)> = (scheme.groups.iter())
        .map(|group| (group.id.clone(), sum(scheme, &items, Some(&group.id)).max(Decimal::ZERO)))
        .collect();
    let total = match groups.is_empty() {
        true => sum(scheme, &items, None).max(Decimal::ZERO),
        false => groups.iter().map(|(_, points)| *points).sum(),
    };
    let points = (!is_open).then(|| grounded(total));
    let veto = scheme.vetoes.iter().position(|veto| {
        figures.with_value(&veto.measure, place).is_some_and(|(_, value)| value > Decimal::ZERO)
    });
    let by_points = points.and_then(|points| scheme.band(points)).map(|band| band.grade.clone());
    Verdict {
        scheme: scheme.head.id.clone(),
        region: place,
        points,
        full: scheme.full,
        grade: veto.and_then(|at| scheme.vetoes.get(at)).map(|veto| veto.grade.clone()).or(by_points),
        veto,
        rank: None,
        items,
        groups,
    }
}

/// A sum without what repeating decimals leave in the last of 28 digits: three thirds of 30 points are 30, not 29.99…9, and have
/// the grade that begins there.
pub(crate) fn grounded(sum: Decimal) -> Decimal {
    sum.round_dp(18)
}

fn sum(scheme: &Scheme, items: &[Judged], group: Option<&str>) -> Decimal {
    (scheme.items.iter().zip(items))
        .filter(|(item, _)| group.is_none() || item.group.as_deref() == group)
        .filter_map(|(_, judged)| judged.points)
        .sum()
}

fn judged(
    item: &Item,
    rule: Missing,
    place: RegionCode,
    (figures, given): (&Figures, &Given),
    rank: Option<(u32, u32)>,
) -> Judged {
    let rule = item.missing.unwrap_or(rule);
    let figure = item.measure.as_deref().and_then(|measure| figures.get(measure, place));
    let mut judged = Judged {
        id: item.id.clone(),
        points: None,
        most: item.points,
        state: State::NoFigure(rule),
        address: figure.map(|figure| figure.address.clone()),
        shown: figure.map(|figure| figure.shown.clone()).unwrap_or_default(),
        target: None,
        rank,
    };
    if !item.evidence.is_empty() && !given.is_proven(&item.id, place) {
        judged.state = State::NoEvidence(item.unproven);
        // An honour that is not proven is none.
        let is_none = item.unproven == Unproven::Zero || matches!(item.score, Score::Bonus { .. });
        judged.points = is_none.then_some(Decimal::ZERO);
        return judged;
    }
    if item.measure.is_none() {
        judged.state = State::NotGiven(rule);
        if let Some(points) = given.points(&item.id, place) {
            judged.state = State::Given;
            judged.points = Some(points);
            return judged;
        }
    }
    if let Some((figure, value)) = figure.and_then(|figure| Some((figure, figure.value?))) {
        match points(&item.score, item.points, figure, value, rank) {
            Some(found) => {
                judged.state = State::Scored;
                judged.points = Some(found.points);
                judged.target = found.target;
                return judged;
            }
            None => judged.state = State::NoTarget(rule),
        }
    }
    // What does not belong to the full sum is nothing where there is nothing: no events, no honours.
    judged.points = match rule {
        _ if !item.score.counts() => Some(Decimal::ZERO),
        Missing::Open => None,
        Missing::Zero | Missing::Redistribute => Some(Decimal::ZERO),
        Missing::Full => Some(item.points),
    };
    judged
}

/// Shares the points of items without data out to those with data, in proportion to theirs.
fn share_out(scheme: &Scheme, items: &mut [Judged]) {
    let given_up = |judged: &Judged| judged.state.missing() == Some(Missing::Redistribute);
    let counted = |item: &Item| item.score.counts();
    let pairs = || scheme.items.iter().zip(0..).filter(|(item, _)| counted(item));
    let lost: Decimal = pairs().filter(|(_, at)| given_up(&items[*at])).map(|(item, _)| item.points).sum();
    let left: Decimal = pairs().filter(|(_, at)| !given_up(&items[*at])).map(|(item, _)| item.points).sum();
    if lost.is_zero() {
        return;
    }
    let whole = lost + left;
    for (item, judged) in scheme.items.iter().zip(items).filter(|(item, _)| counted(item)) {
        if given_up(judged) {
            // With nothing left to take the points, there is nothing to grade by.
            judged.points = (!left.is_zero()).then_some(Decimal::ZERO);
            judged.most = Decimal::ZERO;
            continue;
        }
        let more = |points: Decimal| points.checked_mul(whole).and_then(|points| points.checked_div(left));
        judged.points = judged.points.and_then(more);
        judged.most = more(item.points).unwrap_or(item.points);
    }
}

/// Ranks of an item's figures among all places with one, if its score asks for them; equal figures share the smaller number.
pub(crate) fn ranks(item: &Item, places: &[RegionCode], figures: &Figures) -> Vec<Option<(u32, u32)>> {
    let (Score::Rank { .. }, Some(measure)) = (&item.score, item.measure.as_deref()) else {
        return vec![None; places.len()];
    };
    let values: Vec<Option<Decimal>> = (places.iter())
        .map(|&place| {
            let (figure, value) = figures.with_value(measure, place)?;
            Some(if figure.falls { -value } else { value })
        })
        .collect();
    rank(&values)
}

/// Rank and number of the ranked, the greatest first.
fn rank(values: &[Option<Decimal>]) -> Vec<Option<(u32, u32)>> {
    let mut sorted: Vec<Decimal> = values.iter().flatten().copied().collect();
    sorted.sort_unstable_by(|a, b| b.cmp(a));
    let of = sorted.len() as u32;
    (values.iter())
        .map(|value| {
            let value = (*value)?;
            Some((sorted.partition_point(|other| *other > value) as u32 + 1, of))
        })
        .collect()
}

/// Ranks of the verdicts by points.
fn place(verdicts: &mut [Verdict]) {
    let points: Vec<Option<Decimal>> = verdicts.iter().map(|verdict| verdict.points).collect();
    for (verdict, rank) in verdicts.iter_mut().zip(rank(&points)) {
        verdict.rank = rank.map(|(rank, _)| rank);
    }
}

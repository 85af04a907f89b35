//! What the draws say of each place, in whole numbers.

use rayon::prelude::*;
use zhiheng_base::Decimal;
use zhiheng_catalog::model::Scheme;
use zhiheng_methods::composite::groups::Groups;

use super::setup::float;
use super::{Draws, Robust, Sureness};
use crate::verdict::Verdict;

/// Decimal places of a sum in billionths.
const PLACES: u32 = 9;

/// `sums[draw][place]` in billionths of a point.
pub(super) fn summary(
    scheme: &Scheme,
    verdicts: &[Verdict],
    sums: &[Vec<f64>],
    draws: Draws,
    level: f64,
) -> Robust {
    let standing: Vec<usize> =
        (verdicts.iter().enumerate()).filter(|(_, one)| one.points.is_some()).map(|(at, _)| at).collect();
    let ranks: Vec<Vec<i32>> = sums.par_iter().map(|sums| ranks(sums, &standing)).collect();
    // The higher the better, so ranks are turned round.
    let by_unit: Vec<Vec<i32>> = (0..standing.len())
        .into_par_iter()
        .map(|unit| ranks.iter().filter_map(|ranks| Some(-ranks.get(unit)?)).collect())
        .collect();
    let nominal: Vec<f64> =
        standing.iter().filter_map(|&at| Some(float(verdicts.get(at)?.points?))).collect();
    let groups = Groups::by_unit(&nominal, &by_unit, level);
    let mut unit_of: Vec<Option<usize>> = vec![None; verdicts.len()];
    for (unit, &at) in standing.iter().enumerate() {
        if let Some(slot) = unit_of.get_mut(at) {
            *slot = Some(unit);
        }
    }
    let beside = beside(&groups);
    let bands = scheme.bands.iter().map(|band| (band.grade.as_str(), (float(band.from) * 1e9).round()));
    let bands: Vec<(&str, f64)> = bands.collect();
    let tail = (1.0 - level) / 2.0;
    let places = (verdicts.par_iter().zip(&unit_of).enumerate())
        .map(|(at, (verdict, unit))| {
            let mut one = unsure(verdict);
            let Some((unit, signed)) = unit.and_then(|unit| Some((unit, by_unit.get(unit)?))) else {
                one.grades.extend(verdict.grade.clone().map(|grade| (grade, draws.n)));
                return one;
            };
            let mut own: Vec<f64> = sums.iter().filter_map(|sums| sums.get(at).copied()).collect();
            one.grades = match verdict.veto {
                Some(_) => verdict.grade.iter().map(|grade| (grade.clone(), draws.n)).collect(),
                None => grades(&bands, &own),
            };
            own.sort_unstable_by(f64::total_cmp);
            let mut ranks: Vec<u32> = signed.iter().map(|rank| rank.unsigned_abs()).collect();
            ranks.sort_unstable();
            let points = |at: usize| own.get(at).map(|sum| Decimal::new(*sum as i64, PLACES).normalize());
            let (low, high) = outer(own.len(), tail);
            one.between = points(low).zip(points(high));
            one.ranks = ranks.get(low).copied().zip(ranks.get(high).copied());
            let times = one.grades.iter().find(|(grade, _)| Some(grade) == verdict.grade.as_ref());
            one.sure = times.is_some_and(|(_, times)| f64::from(*times) >= level * f64::from(draws.n));
            one.beside = beside.spans.get(unit).copied();
            let next = beside.position.get(unit).and_then(|at| groups.order.get(at + 1));
            one.ahead_of_next = next.and_then(|next| by_unit.get(*next)).map(|next| ahead(signed, next));
            one
        })
        .collect();
    let order =
        (groups.order.iter()).filter_map(|&unit| Some(verdicts.get(*standing.get(unit)?)?.region)).collect();
    Robust { draws, places, order, runs: groups.runs }
}

/// The verdict, with nothing drawn.
fn unsure(verdict: &Verdict) -> Sureness {
    Sureness {
        region: verdict.region,
        points: verdict.points,
        between: None,
        grade: verdict.grade.clone(),
        grades: Vec::new(),
        sure: verdict.veto.is_some(),
        rank: verdict.rank,
        ranks: None,
        ahead_of_next: None,
        beside: None,
    }
}

/// Positions of the order statistics that hold all but `tail` on either side, taken outwards.
fn outer(n: usize, tail: f64) -> (usize, usize) {
    let last = n.saturating_sub(1) as f64;
    ((tail * last + 1e-9).floor() as usize, ((1.0 - tail) * last - 1e-9).ceil() as usize)
}

/// Ranks of one draw, equal sums sharing the smaller number.
fn ranks(sums: &[f64], standing: &[usize]) -> Vec<i32> {
    let own: Vec<f64> = standing.iter().filter_map(|&at| sums.get(at).copied()).collect();
    let mut order: Vec<u32> = (0..own.len() as u32).collect();
    let sum = |at: u32| own.get(at as usize).copied().unwrap_or_default();
    order.sort_unstable_by(|&a, &b| sum(b).total_cmp(&sum(a)));
    let mut ranks = vec![0; own.len()];
    let (mut rank, mut last) = (0, f64::NAN);
    for (position, &at) in order.iter().enumerate() {
        if sum(at).total_cmp(&last).is_ne() {
            (rank, last) = (position as i32 + 1, sum(at));
        }
        if let Some(slot) = ranks.get_mut(at as usize) {
            *slot = rank;
        }
    }
    ranks
}

/// How many of the draws give each grade.
fn grades(bands: &[(&str, f64)], sums: &[f64]) -> Vec<(String, u32)> {
    let mut times = vec![0_u32; bands.len()];
    for sum in sums {
        let at = bands.iter().position(|(_, from)| sum >= from).unwrap_or(bands.len().saturating_sub(1));
        if let Some(times) = times.get_mut(at) {
            *times += 1;
        }
    }
    let named = bands.iter().zip(times).filter(|(_, times)| *times > 0);
    named.map(|((grade, _), times)| ((*grade).to_owned(), times)).collect()
}

/// The share of the draws in which the first is higher, a tie counting one half.
fn ahead(one: &[i32], next: &[i32]) -> Decimal {
    let halves: u32 =
        one.iter().zip(next).map(|(one, next)| u32::from(one > next) + u32::from(one >= next)).sum();
    let whole = Decimal::from(2 * one.len().max(1));
    Decimal::from(halves).checked_div(whole).unwrap_or_default().round_dp(4).normalize()
}

/// Where each unit stands.
struct Beside {
    /// Its position in the order.
    position: Vec<usize>,
    /// First and last position among those it shares a run with; itself alone if with nobody.
    spans: Vec<(usize, usize)>,
}

fn beside(groups: &Groups) -> Beside {
    let mut spans: Vec<(usize, usize)> = (0..groups.order.len()).map(|at| (at, at)).collect();
    // Runs come in order and both their ends rise, so the first that holds a position begins earliest.
    for &(first, last) in &groups.runs {
        for (at, span) in spans.iter_mut().enumerate().take(last + 1).skip(first) {
            if span.0 == at {
                span.0 = first;
            }
            span.1 = last;
        }
    }
    let mut found = Beside { position: vec![0; spans.len()], spans: vec![(0, 0); spans.len()] };
    for (at, (&unit, own)) in groups.order.iter().zip(spans).enumerate() {
        if let (Some(position), Some(span)) = (found.position.get_mut(unit), found.spans.get_mut(unit)) {
            (*position, *span) = (at, own);
        }
    }
    found
}

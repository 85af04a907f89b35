//! Proportions over groups of rows: by subject, by cell with weights, by cells of two periods.

use rust_decimal::Decimal;

use super::figure::{Figure, Input, Rows};
use crate::formula::{Formula, Value};
use crate::model::{Aggregate, Comparable, IndicatorKind, Weights};

/// Rows that meet both parts, and rows that meet the bottom.
pub(super) fn counts<'a>(
    rows: impl Iterator<Item = &'a Rows<'a>>,
    parts: (&Formula, &Formula),
) -> (u64, u64) {
    let (mut top, mut bottom) = (0, 0);
    for row in rows.filter(|row| parts.1.holds(&row.cells) == Some(true)) {
        bottom += row.count;
        if parts.0.holds(&row.cells) == Some(true) {
            top += row.count;
        }
    }
    (top, bottom)
}

/// Subjects (enterprises) instead of rows: one conforms if all its rows that count do.
pub(super) fn by_subject(
    input: &Input<'_>,
    over: &Aggregate,
    parts: (&Formula, &Formula),
    field: &str,
    before: bool,
) -> (u64, u64) {
    let mut subjects: Vec<(Value, bool)> = Vec::new();
    for row in input.rows(over, before).filter(|row| row.count > 0 && parts.1.holds(&row.cells) == Some(true))
    {
        let Some(subject) = row.cells.0.get(field) else { continue };
        let good = parts.0.holds(&row.cells) == Some(true);
        match subjects.iter_mut().find(|(known, _)| known == subject) {
            Some((_, all)) => *all &= good,
            None => subjects.push((subject.clone(), good)),
        }
    }
    (subjects.iter().filter(|(_, good)| *good).count() as u64, subjects.len() as u64)
}

/// Groups of rows by the values of `fields`, in the order they are met.
fn cells<'a>(
    rows: impl Iterator<Item = &'a Rows<'a>>,
    fields: &[String],
    parts: (&Formula, &Formula),
) -> Vec<(Vec<Value>, u64, u64)> {
    let mut cells: Vec<(Vec<Value>, u64, u64)> = Vec::new();
    for row in rows.filter(|row| parts.1.holds(&row.cells) == Some(true)) {
        let key: Vec<Value> =
            fields.iter().map(|field| row.cells.0.get(field).cloned().unwrap_or(Value::Null)).collect();
        let top = if parts.0.holds(&row.cells) == Some(true) { row.count } else { 0 };
        match cells.iter_mut().find(|(known, ..)| *known == key) {
            Some((_, tops, bottoms)) => {
                *tops += top;
                *bottoms += row.count;
            }
            None => cells.push((key, top, row.count)),
        }
    }
    cells
}

/// Two layers of weights: inside a region cells by output (a cell without rows gives its weight to the others),
/// regions by their whole output.
pub(super) fn weighted(
    input: &Input<'_>,
    over: &Aggregate,
    parts: (&Formula, &Formula),
    weights: &Weights,
    before: bool,
) -> Option<Figure> {
    let region_of = |record: &str| input.catalog.records.get(record).and_then(|record| record.region.clone());
    let own_region = region_of(&over.record).unwrap_or_default();
    let weight_region = region_of(&weights.record).unwrap_or_default();
    let rates = cells(input.rows(over, before), &[own_region, weights.cell.clone()], parts);
    let mut regions: Vec<(Value, Decimal, Decimal, Decimal)> = Vec::new();
    let outputs = input.rows.iter().filter(|row| row.record == weights.record && row.before == before);
    for row in outputs {
        let get = |field: &str| row.cells.0.get(field).cloned().unwrap_or(Value::Null);
        let output = get(&weights.value).to_decimal()?.checked_mul(row.count.into())?;
        let region = get(&weight_region);
        let key = vec![region.clone(), get(&weights.cell)];
        let place = match regions.iter().position(|(known, ..)| *known == region) {
            Some(place) => place,
            None => {
                regions.push((region, Decimal::ZERO, Decimal::ZERO, Decimal::ZERO));
                regions.len() - 1
            }
        };
        let (_, total, covered, good) = &mut regions[place];
        *total = total.checked_add(output)?;
        if let Some((_, top, bottom)) = rates.iter().find(|(known, ..)| *known == key) {
            *covered = covered.checked_add(output)?;
            *good = good.checked_add(output.checked_mul((*top).into())?.checked_div((*bottom).into())?)?;
        }
    }
    let (mut top, mut bottom) = (Decimal::ZERO, Decimal::ZERO);
    for (_, total, covered, good) in regions.iter().filter(|(_, _, covered, _)| !covered.is_zero()) {
        top = top.checked_add(total.checked_mul(*good)?.checked_div(*covered)?)?;
        bottom = bottom.checked_add(*total)?;
    }
    Some(Figure { top: Some(top), bottom: Some(bottom), limits: None })
}

/// The rate over cells of both periods, each with its share of the base period's rows.
pub(super) fn comparable(input: &Input<'_>, comparable: &Comparable, before: bool) -> Option<Figure> {
    let followed = input.catalog.indicators.get(&comparable.follows)?;
    let IndicatorKind::Proportion { over, top, bottom, .. } = &followed.kind else { return None };
    let record = input.catalog.records.get(&over.record)?;
    let fields: Vec<String> = comparable
        .cell
        .iter()
        .map(|field| match (&record.region, record.field(field)) {
            // `region` stands for the record's region, whatever its field is called.
            (Some(region), None) => region.clone(),
            _ => field.clone(),
        })
        .collect();
    let base = cells(input.rows(over, true), &fields, (top, bottom));
    let now = cells(input.rows(over, false), &fields, (top, bottom));
    let chosen = if before { &base } else { &now };
    let (mut good, mut all) = (Decimal::ZERO, Decimal::ZERO);
    for (key, _, weight) in &base {
        let both = now.iter().any(|(known, ..)| known == key);
        let Some((_, top, bottom)) = chosen.iter().find(|(known, ..)| known == key).filter(|_| both) else {
            continue;
        };
        let weight = Decimal::from(*weight);
        good = good.checked_add(weight.checked_mul((*top).into())?.checked_div((*bottom).into())?)?;
        all = all.checked_add(weight)?;
    }
    Some(Figure { top: Some(good), bottom: Some(all), limits: None })
}

//! Who stands behind the cells of a table: how many, and how much the largest of them make up.
//!
//! The table is split once more, by the field that names the contributors, and put together again. Records in which that field
//! is empty count as one contributor together: that is the fewest it could be, and the most that one could have. Records that
//! state no value of a dimension, or a region above the level asked for, have a cell of their own: whoever knows the total can
//! work it out.

use std::collections::{BTreeMap, BTreeSet};

use zhiheng_base::{Diagnostic, RegionCode};
use zhiheng_catalog::model::{FieldType, Indicator, IndicatorKind, RecordType};
use zhiheng_methods::disclosure::{Cell, Table};

use super::Engine;
use super::ask::{Ask, Group, Standing, span};
use crate::address::{Split, TableAddress};
use crate::atoms::Parts;
use crate::lake::quarter::day_of;

/// Largest contributions that are kept of a cell.
const LARGEST: usize = 8;

/// A table with who stands behind its cells.
#[derive(Clone, Debug, PartialEq)]
pub struct Behind {
    /// Where it lives, with the ledger size it was computed at.
    pub address: TableAddress,
    /// Field that names the contributors.
    pub contributor: String,
    /// Names of the rows, regions as codes; `None`: records that state none.
    pub rows: Vec<Option<String>>,
    /// Names of the columns; none of a list.
    pub columns: Vec<Option<String>>,
    /// Cells with their totals, in whole units.
    pub table: Table,
    /// Digits after the point of a value: its units are tenths, hundredths and so on.
    pub places: u8,
    /// Records, and how many of these name no contributor.
    pub records: u64,
    /// See `records`.
    pub unnamed: u64,
}

/// Value by contributor.
type Shares = BTreeMap<Option<String>, u64>;

impl Engine {
    /// The table at an address with who stands behind its cells.
    ///
    /// # Errors
    ///
    /// As for [`Engine::measure`]; ZH5008 for indicators made of others, ZH5018 for those whose cells do not add up to their
    /// totals, ZH5019 if it is not plain which field names the contributors, ZH5020 for values below 0 or too large, ZH5021 if
    /// there is no record at all or too many cells.
    pub async fn behind(&self, asked: &TableAddress) -> Result<Behind, Diagnostic> {
        let whole = &asked.whole;
        let indicator = self.indicator(&whole.indicator)?;
        let as_of = whole.as_of.unwrap_or(self.size());
        if as_of > self.size() {
            return Err(Diagnostic::error("ZH5007").arg("size", self.size()).arg("asked", as_of));
        }
        let (record, contributor) = self.contributor(indicator, asked)?;
        let splits = || std::iter::once(&asked.rows).chain(&asked.columns);
        let named = || {
            splits().filter_map(|split| match split {
                Split::Dimension(name) => Some(name),
                Split::Region(_) => None,
            })
        };
        self.dimensions_fit(indicator, named().chain(whole.cuts.iter().map(|(name, _)| name)))?;
        if let Some(name) = named().find(|name| record.field(name).is_none_or(|field| field.many)) {
            return Err(Diagnostic::error("ZH5018")
                .arg("indicator", &indicator.head.id)
                .arg("because", name));
        }
        let level = splits().find_map(|split| match split {
            Split::Region(level) => Some(*level),
            Split::Dimension(_) => None,
        });
        let standing = level.map(|level| Standing::new(self, whole.region, level));
        let mut by: Vec<String> = named().cloned().collect();
        by.push(contributor.clone());
        let is_register = matches!(indicator.kind, IndicatorKind::Register(_));
        let ask = Ask {
            indicator,
            group: if level.is_some() { Group::Each(whole.region) } else { Group::One(whole.region) },
            spans: if is_register { Vec::new() } else { vec![span(whole.period)] },
            cuts: &whole.cuts,
            by: &by,
            basis: whole.basis,
            as_of,
            on: is_register.then(|| day_of(whole.period.last_day())),
        };
        let (mut records, mut unnamed) = (0, 0);
        let mut cells: BTreeMap<(Option<String>, Option<String>), Shares> = BTreeMap::new();
        for (key, parts) in self.answers(&ask).await? {
            if parts.n == 0 {
                continue;
            }
            let mut values = key.values.into_iter();
            let mut name = |split: &Split| match split {
                Split::Dimension(_) => values.next().flatten(),
                Split::Region(_) => standing
                    .as_ref()
                    .and_then(|one| one.of(key.region - key.region % one.unit()))
                    .and_then(RegionCode::from_u64)
                    .map(|code| code.to_string()),
            };
            let row = name(&asked.rows);
            let column = asked.columns.as_ref().and_then(&mut name);
            let who = values.next().flatten();
            let n = u64::try_from(parts.n).unwrap_or(0);
            records += n;
            unnamed += if who.is_none() { n } else { 0 };
            let value = value(indicator, &parts).ok_or_else(|| unfit(indicator))?;
            let share = cells.entry((row, column)).or_default().entry(who).or_default();
            *share = share.checked_add(value).ok_or_else(|| unfit(indicator))?;
        }
        let plan = self.plan_of(indicator)?;
        let layout = plan.layouts.get(&indicator.head.id).cloned().unwrap_or_default();
        let places = match indicator.kind {
            IndicatorKind::Sum { .. } => plan.places(layout.top),
            IndicatorKind::Ratio { .. } => plan.places(layout.bottom),
            _ => 0,
        };
        let rows: Vec<Option<String>> = names(cells.keys().map(|(row, _)| row));
        let columns: Vec<Option<String>> =
            if asked.columns.is_some() { names(cells.keys().map(|(_, column)| column)) } else { Vec::new() };
        let table = table(&rows, &columns, &cells);
        let table = table.ok_or_else(|| unfit(indicator))?.map_err(|refusal| {
            Diagnostic::error("ZH5021").arg("value", asked.to_string()).arg("why", refusal)
        })?;
        let mut address = asked.clone();
        address.whole.as_of = Some(as_of);
        Ok(Behind { address, contributor, rows, columns, table, places, records, unnamed })
    }

    /// The record of an indicator and the field whose values stand behind its cells.
    fn contributor<'e>(
        &'e self,
        indicator: &Indicator,
        asked: &TableAddress,
    ) -> Result<(&'e RecordType, String), Diagnostic> {
        let id = &indicator.head.id;
        let over = match &indicator.kind {
            IndicatorKind::Reported { .. } | IndicatorKind::Method(_) => None,
            kind => kind.over(),
        };
        let Some(over) = over else {
            let of = indicator.kind.inputs().join(", ");
            return Err(Diagnostic::error("ZH5008").arg("indicator", id).arg("of", of));
        };
        if let Some(distinct) = &over.distinct {
            return Err(Diagnostic::error("ZH5018").arg("indicator", id).arg("because", distinct));
        }
        let record =
            self.catalog.records.get(&over.record).ok_or_else(|| {
                Diagnostic::error("ZH5014").arg("indicator", id).arg("record", &over.record)
            })?;
        let could = || record.fields.iter().filter(|field| !field.many && !field.personal);
        let enterprises: Vec<&str> = could()
            .filter(|field| matches!(field.kind, FieldType::Enterprise | FieldType::Subject { .. }))
            .map(|field| field.id.as_str())
            .collect();
        let found = match &asked.contributor {
            Some(name) => could().find(|field| field.id == *name).map(|field| field.id.as_str()),
            None if enterprises.len() == 1 => enterprises.first().copied(),
            None => None,
        };
        let found = found.ok_or_else(|| {
            let asked = asked.contributor.as_deref().unwrap_or("–");
            Diagnostic::error("ZH5019")
                .arg("indicator", id)
                .arg("asked", asked)
                .arg("all", enterprises.join(", "))
        })?;
        Ok((record, found.to_owned()))
    }

    fn dimensions_fit<'n>(
        &self,
        indicator: &Indicator,
        mut names: impl Iterator<Item = &'n String>,
    ) -> Result<(), Diagnostic> {
        let allowed = self.catalog.dimensions(indicator);
        match names.find(|name| !allowed.contains(name)) {
            None => Ok(()),
            Some(name) => Err(Diagnostic::error("ZH5006")
                .arg("indicator", &indicator.head.id)
                .arg("dimension", name)
                .arg("allowed", allowed.join(", "))),
        }
    }
}

/// What a group of records adds to its cell, in whole units; `None` below 0.
fn value(indicator: &Indicator, parts: &Parts) -> Option<u64> {
    match indicator.kind {
        IndicatorKind::Sum { .. } => u64::try_from(parts.top).ok(),
        IndicatorKind::Ratio { .. } => u64::try_from(parts.bottom).ok(),
        // Of rates and means the records behind them.
        _ => u64::try_from(parts.n).ok(),
    }
}

fn unfit(indicator: &Indicator) -> Diagnostic {
    Diagnostic::error("ZH5020").arg("indicator", &indicator.head.id)
}

/// Each name once, in order; records that state none last.
fn names<'n>(all: impl Iterator<Item = &'n Option<String>>) -> Vec<Option<String>> {
    let each: BTreeSet<(bool, &Option<String>)> = all.map(|name| (name.is_none(), name)).collect();
    each.into_iter().map(|(_, name)| name.clone()).collect()
}

/// Cells and totals; `None` if a sum is too large.
fn table(
    rows: &[Option<String>],
    columns: &[Option<String>],
    cells: &BTreeMap<(Option<String>, Option<String>), Shares>,
) -> Option<Result<Table, zhiheng_methods::Refusal>> {
    let is_list = columns.is_empty();
    let width = if is_list { 1 } else { columns.len() + 1 };
    let mut all: Vec<Shares> = vec![Shares::new(); (rows.len() + 1).checked_mul(width)?];
    for ((row, column), shares) in cells {
        let row = rows.iter().position(|name| name == row)?;
        let column = if is_list { 0 } else { columns.iter().position(|name| name == column)? };
        let last = width - 1;
        let places = if is_list {
            vec![row, rows.len()]
        } else {
            vec![
                row * width + column,
                row * width + last,
                rows.len() * width + column,
                rows.len() * width + last,
            ]
        };
        for at in places {
            let to = all.get_mut(at)?;
            for (who, value) in shares {
                let sum = to.entry(who.clone()).or_default();
                *sum = sum.checked_add(*value)?;
            }
        }
    }
    let cells: Option<Vec<Cell>> = all.into_iter().map(cell).collect();
    let cells = cells?;
    Some(if is_list { Table::one_way(cells) } else { Table::two_way(rows.len(), columns.len(), cells) })
}

fn cell(shares: Shares) -> Option<Cell> {
    let mut largest: Vec<u64> = shares.values().copied().collect();
    let value = largest.iter().try_fold(0_u64, |sum, one| sum.checked_add(*one))?;
    largest.sort_unstable_by(|a, b| b.cmp(a));
    largest.truncate(LARGEST);
    Some(Cell { value, contributors: shares.len() as u64, largest })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_contributor_counts_once_in_a_total() {
        let name = |text: &str| Some(text.to_owned());
        let shares = |all: &[(&str, u64)]| -> Shares {
            all.iter().map(|&(who, value)| ((!who.is_empty()).then(|| who.to_owned()), value)).collect()
        };
        let cells = BTreeMap::from([
            ((name("621121"), name("flour")), shares(&[("A", 5), ("B", 3)])),
            ((name("621121"), name("liquor")), shares(&[("A", 2), ("", 4)])),
            ((name("621122"), name("flour")), shares(&[("C", 7)])),
            ((None, name("flour")), shares(&[("A", 1)])),
        ]);
        let rows = names(cells.keys().map(|(row, _)| row));
        let columns = names(cells.keys().map(|(_, column)| column));
        assert_eq!(rows, [name("621121"), name("621122"), None]);
        let table = table(&rows, &columns, &cells).unwrap().unwrap();
        let told: Vec<(u64, u64, u64)> = (table.cells().iter())
            .map(|cell| (cell.value, cell.contributors, cell.largest.first().copied().unwrap_or(0)))
            .collect();
        assert_eq!(
            told,
            [
                (8, 2, 5),
                (6, 2, 4),
                (14, 3, 7), // A has 7 of 14 in its county
                (7, 1, 7),
                (0, 0, 0),
                (7, 1, 7),
                (1, 1, 1),
                (0, 0, 0),
                (1, 1, 1),
                (16, 3, 7),
                (6, 2, 4),
                (22, 4, 8), // A: 5 + 2 + 1
            ]
        );
    }
}

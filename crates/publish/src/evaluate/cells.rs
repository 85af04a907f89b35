//! Cells of a table, column by column.

use std::collections::BTreeSet;

use rust_decimal::Decimal;
use rust_decimal::prelude::FromPrimitive;
use zhiheng_base::exact::{Rate, Rounding};
use zhiheng_catalog::model::{Indicator, Unit};
use zhiheng_measure::{Flag, Measure};

use super::number::{SUPPRESSED, bare, grouped, is_suppressed, with_unit};
use super::session::Session;
use crate::language::{Call, Column};
use crate::model::{Cell, TableColumn};
use crate::names;
use crate::phrase::change;
use crate::words::no_data;

/// What the remarks under a table must explain.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Remark {
    /// Marks of small bases.
    Small,
    /// Dashes of suppressed values.
    Suppressed,
    /// Changes in brackets.
    NotCarried,
    /// Changes left out across a break.
    Broken,
}

/// What a cell needs besides its measure.
pub(super) struct Setting<'a> {
    pub(super) call: &'a Call,
    /// True if rows are indicators: each cell carries its own unit.
    pub(super) mixed: bool,
    /// Sum over all rows, for shares.
    pub(super) whole: Decimal,
    pub(super) remarks: BTreeSet<Remark>,
}

impl Session<'_> {
    /// Title and unit of a column.
    pub(super) fn column(&self, column: Column, indicator: &Indicator, mixed: bool) -> TableColumn {
        let unit = (!mixed).then(|| names::unit(&indicator.unit, self.lang));
        let per_cent = || Some("%".to_owned());
        let (id, unit) = match column {
            Column::Rank => ("column-rank", None),
            Column::Batches => ("column-batches", None),
            Column::Records => ("column-records", None),
            Column::Top => ("column-top", None),
            Column::Rate => ("column-value", unit),
            Column::Interval => ("column-interval", unit),
            Column::Change => ("column-change", self.change_unit(indicator, mixed)),
            Column::Target => ("column-target", None),
            Column::Share => ("column-share", per_cent()),
            Column::Cumulative => ("column-cumulative", per_cent()),
            Column::Synthetic => ("column-synthetic", None),
        };
        let title = match column {
            Column::Rate if !mixed => indicator.head.name.get(self.lang).to_owned(),
            _ => self.say(id, &[("level", &super::number::level(indicator))]),
        };
        TableColumn { title, unit, number: column != Column::Target }
    }

    fn change_unit(&self, indicator: &Indicator, mixed: bool) -> Option<String> {
        (!mixed).then(|| match indicator.unit {
            Unit::Percent | Unit::Points => self.say("unit-points", &[]),
            Unit::Of(_) => "%".to_owned(),
        })
    }

    /// One cell.
    pub(super) fn cell(
        &mut self,
        column: Column,
        indicator: &Indicator,
        measure: &Measure,
        setting: &mut Setting<'_>,
    ) -> Cell {
        let address = Some(measure.address.to_string());
        let hidden = is_suppressed(measure);
        if hidden {
            setting.remarks.insert(Remark::Suppressed);
        }
        let plain = |text: String| Cell { text, address: address.clone(), ..Cell::default() };
        let dash = || plain(SUPPRESSED.to_owned());
        let counted = |value: Decimal| Cell {
            text: grouped(&value.normalize().to_string(), self.lang),
            value: Some(value.normalize()),
            address: address.clone(),
            small: false,
        };
        match column {
            Column::Rank => Cell::default(),
            Column::Top | Column::Interval | Column::Share | Column::Cumulative if hidden => dash(),
            Column::Batches | Column::Records => counted(measure.records.into()),
            Column::Synthetic => counted(measure.synthetic.into()),
            Column::Top => measure.top.map_or_else(|| plain(no_data(self.lang)), counted),
            Column::Rate => self.value_cell(indicator, measure, setting),
            Column::Interval => match (&measure.low, &measure.high) {
                (Some(low), Some(high)) => {
                    let (low, high) = (grouped(low, self.lang), grouped(high, self.lang));
                    plain(self.say("interval", &[("low", &low), ("high", &high)]))
                }
                _ => dash(),
            },
            Column::Change => self.change_cell(indicator, measure, setting),
            Column::Target => match &measure.target {
                Some(target) => {
                    let met = match (target.met.filter(|_| !hidden), target.certain) {
                        (None, _) => "unknown",
                        (Some(true), true) => "met",
                        (Some(true), false) => "met-uncertain",
                        (Some(false), true) => "missed",
                        (Some(false), false) => "missed-uncertain",
                    };
                    let bound = if target.at_least { "at-least" } else { "at-most" };
                    let shown = format!("{}{}", target.value, names::unit(&indicator.unit, self.lang));
                    plain(self.say("cell-target", &[("target", &shown), ("bound", bound), ("met", met)]))
                }
                None => dash(),
            },
            Column::Share | Column::Cumulative => {
                let top = amount(measure);
                match Rate::new(top, setting.whole).percent(1, Rounding::Gbt8170) {
                    Some(share) => {
                        Cell { text: share.to_string(), value: Some(share), address, small: false }
                    }
                    None => dash(),
                }
            }
        }
    }

    fn value_cell(&mut self, indicator: &Indicator, measure: &Measure, setting: &mut Setting<'_>) -> Cell {
        self.print(measure);
        let hidden = is_suppressed(measure);
        let small = !hidden && measure.value.is_some() && measure.flags.contains(&Flag::Small);
        if small {
            setting.remarks.insert(Remark::Small);
        }
        let text =
            if setting.mixed { with_unit(indicator, measure, self.lang) } else { bare(measure, self.lang) };
        let value = measure.value.as_deref().filter(|_| !hidden).and_then(|value| value.parse().ok());
        Cell { text, value, address: Some(measure.address.to_string()), small }
    }

    fn change_cell(&mut self, indicator: &Indicator, measure: &Measure, setting: &mut Setting<'_>) -> Cell {
        let dash = Cell { text: SUPPRESSED.to_owned(), ..Cell::default() };
        let Some(period) = Self::from_of(setting.call).period(measure.address.period) else { return dash };
        let earlier = zhiheng_measure::Address { period, ..measure.address.clone() };
        let Some(earlier) = self.measure(&earlier, setting.call.span) else { return dash };
        let found = change::compare(indicator, measure, &earlier, self.lang);
        match &found {
            change::Change::Rates { tested, .. } => {
                self.tests_used.insert(if tested.exact { "method-fisher" } else { "method-score" });
            }
            change::Change::Broken { .. } => {
                setting.remarks.insert(Remark::Broken);
            }
            change::Change::Suppressed => {
                setting.remarks.insert(Remark::Suppressed);
            }
            _ => {}
        }
        let Some((text, value, bracketed)) = change::cell(&found) else { return dash };
        if bracketed {
            setting.remarks.insert(Remark::NotCarried);
        }
        let text = if setting.mixed {
            let unit = self.change_unit(indicator, false).unwrap_or_default();
            self.say("number-and-unit", &[("number", &text), ("unit", &unit)])
        } else {
            text
        };
        Cell { text, value: Some(value), address: Some(measure.address.to_string()), small: false }
    }
}

/// What shares are taken of: the number above the line of a count or rate, or the value.
pub(super) fn amount(measure: &Measure) -> Decimal {
    if is_suppressed(measure) {
        return Decimal::ZERO;
    }
    measure
        .top
        .or_else(|| measure.value.as_deref()?.parse().ok())
        .or_else(|| Decimal::from_f64(measure.number?))
        .unwrap_or_default()
}

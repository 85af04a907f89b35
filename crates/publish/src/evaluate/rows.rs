//! Several numbers at once: the rows of a table, the marks of a figure.

use zhiheng_base::{Lang, Period};
use zhiheng_catalog::model::Better;
use zhiheng_measure::{Flag, Measure};

use super::number::is_suppressed;
use super::session::Session;
use crate::figures::{By, Series};
use crate::language::{Call, From, Order, Over};
use crate::names;

/// Most regions for which a row without data is made.
const REGIONS_FILLED_MAX: usize = 60;

/// Quarters of a series when none are named.
const QUARTERS: usize = 12;

/// One number with its label.
#[derive(Clone, Debug)]
pub(super) struct Row {
    /// Region, period, value of a dimension, or indicator.
    pub(super) label: String,
    pub(super) measure: Measure,
}

impl Session<'_> {
    /// The numbers that a directive lists for its subject, in their natural order: places by code, periods by time,
    /// groups by the size of their base.
    pub(super) fn rows(&mut self, call: &Call, subject: usize) -> Vec<Row> {
        let Some(base) = call.subjects.get(subject).and_then(|subject| self.address(call, subject)) else {
            return Vec::new();
        };
        let by = match call.option("by") {
            Some("region") => By::Region(self.level_below(call)),
            None | Some("period") => By::Period(self.periods(call)),
            Some(dimension) => By::Dimension(dimension.to_owned()),
        };
        let mut measures = self.series(&Series { base: base.clone(), by: by.clone() }, call.span);
        let missing: Vec<_> = match &by {
            By::Region(level) => {
                let regions = self.catalog.regions.descendants(base.region, *level);
                let regions = if regions.len() > REGIONS_FILLED_MAX { Vec::new() } else { regions };
                let mut missing: Vec<_> = regions.iter().map(|version| version.code).collect();
                missing.retain(|code| measures.iter().all(|measure| measure.address.region != *code));
                missing
                    .into_iter()
                    .map(|region| zhiheng_measure::Address { region, ..base.clone() })
                    .collect()
            }
            By::Period(periods) => periods
                .iter()
                .filter(|period| measures.iter().all(|measure| measure.address.period != **period))
                .map(|&period| zhiheng_measure::Address { period, ..base.clone() })
                .collect(),
            By::Dimension(_) => Vec::new(),
        };
        for address in missing {
            measures.extend(self.measure(&address, call.span));
        }
        for measure in &measures {
            self.remember(measure.clone());
        }
        let mut rows: Vec<Row> =
            measures.into_iter().map(|measure| Row { label: self.label(&by, &measure), measure }).collect();
        rows.sort_by(|a, b| {
            let size = match by {
                By::Dimension(_) => b.measure.records.cmp(&a.measure.records),
                By::Region(_) | By::Period(_) => std::cmp::Ordering::Equal,
            };
            size.then_with(|| a.measure.address.cmp(&b.measure.address))
        });
        rows
    }

    /// Measures at once what the changes of a list compare with, instead of row by row.
    pub(super) fn measure_before(&mut self, call: &Call, from: From) {
        let Some(base) = call.subjects.first().and_then(|subject| self.address(call, subject)) else {
            return;
        };
        let by = match call.option("by") {
            Some("region") => By::Region(self.level_below(call)),
            None | Some("period") => {
                By::Period(self.periods(call).into_iter().filter_map(|period| from.period(period)).collect())
            }
            Some(dimension) => By::Dimension(dimension.to_owned()),
        };
        let period = from.period(base.period).unwrap_or(base.period);
        let before = zhiheng_measure::Address { period, ..base };
        for measure in self.series(&Series { base: before, by }, call.span) {
            self.remember(measure);
        }
    }

    pub(super) fn periods(&self, call: &Call) -> Vec<Period> {
        let report = self.period_of(call).unwrap_or(self.request.period);
        let over = call.option("over").and_then(Over::parse);
        over.unwrap_or(Over::Last(QUARTERS, zhiheng_base::PeriodKind::Quarter)).periods(report)
    }

    fn label(&self, by: &By, measure: &Measure) -> String {
        let address = &measure.address;
        match by {
            By::Region(_) => {
                names::region(self.catalog, address.region, address.period.last_day(), self.lang)
            }
            By::Period(_) => address.period.title(self.lang),
            By::Dimension(dimension) => address
                .cuts
                .iter()
                .find(|(name, _)| name == dimension)
                .map(|(_, value)| names::value(self.catalog, &address.indicator, dimension, value, self.lang))
                .filter(|name| !name.is_empty())
                .unwrap_or_else(|| self.say("group-unnamed", &[])),
        }
    }
}

/// The rows with a value that may be ranked, and how many were left out for their small base.
pub(super) fn rankable(rows: Vec<Row>, small: bool) -> (Vec<Row>, usize) {
    let mut left_out = 0;
    let kept = rows
        .into_iter()
        .filter(|row| {
            let shown = row.measure.number.is_some() && !is_suppressed(&row.measure);
            let is_small = row.measure.flags.contains(&Flag::Small);
            let keep = shown && (small || !is_small);
            left_out += usize::from(row.measure.number.is_some() && !keep);
            keep
        })
        .collect();
    (kept, left_out)
}

/// Rows by value; the good end first, or the bad one. Rows without value come last, ties by address.
pub(super) fn by_value(mut rows: Vec<Row>, better: Better, worst_first: bool) -> Vec<Row> {
    let ascending = (better == Better::Lower) != worst_first;
    let shown = |row: &Row| row.measure.number.filter(|_| !is_suppressed(&row.measure));
    rows.sort_by(|a, b| {
        let order = match (shown(a), shown(b)) {
            (Some(a), Some(b)) if ascending => a.total_cmp(&b),
            (Some(a), Some(b)) => b.total_cmp(&a),
            (a, b) => b.is_some().cmp(&a.is_some()),
        };
        order.then_with(|| a.measure.address.cmp(&b.measure.address))
    });
    rows
}

/// Rows in a declared order.
pub(super) fn ordered(mut rows: Vec<Row>, order: Option<Order>, better: Better, lang: Lang) -> Vec<Row> {
    match order {
        None => {}
        Some(Order::Value) => return by_value(rows, better, false),
        Some(Order::Batches) => rows.sort_by(|a, b| {
            let size = b.measure.records.cmp(&a.measure.records);
            size.then_with(|| a.measure.address.cmp(&b.measure.address))
        }),
        // Code-point order is no dictionary order in Chinese; places keep their code order there.
        Some(Order::Name) if lang == Lang::En => rows.sort_by(|a, b| a.label.cmp(&b.label)),
        Some(Order::Name | Order::Code) => rows.sort_by(|a, b| a.measure.address.cmp(&b.measure.address)),
    }
    rows
}

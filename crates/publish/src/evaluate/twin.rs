//! The table behind a figure.

use std::str::FromStr;

use zhiheng_base::Decimal;
use zhiheng_base::exact::Rounding;

use super::session::Session;
use crate::chart::{ChartKind, ChartSpec, Held, Mark};
use crate::model::{Cell, Table, TableColumn};
use crate::phrase::fixed;

impl Session<'_> {
    /// The same numbers as a table.
    pub(super) fn twin(&self, chart: &ChartSpec, by: &str, name: &str) -> Table {
        let marks = chart.kind.marks();
        let any = |has: fn(&Mark) -> bool| marks.iter().any(has);
        let (limits, base) = (any(|mark| mark.limits.is_some()), any(|mark| mark.base.is_some()));
        let pareto = matches!(chart.kind, ChartKind::Pareto { .. });
        let held: &[Held] = match &chart.kind {
            ChartKind::Control { held, .. } => held,
            _ => &[],
        };
        let column = |id: &str, unit: Option<&str>| TableColumn {
            title: self.say(id, &[("level", "95")]),
            unit: unit.map(str::to_owned),
            number: true,
        };
        let unit = Some(chart.unit.as_str());
        let mut columns = vec![
            TableColumn { title: by.to_owned(), unit: None, number: false },
            TableColumn { title: name.to_owned(), unit: unit.map(str::to_owned), number: true },
        ];
        if limits {
            columns.extend([column("column-low", unit), column("column-high", unit)]);
        }
        if base {
            columns.push(column("column-records", None));
        }
        if pareto {
            columns.push(column("column-cumulative", Some("%")));
        }
        if !held.is_empty() {
            let ids = ["column-centre", "column-limit-low", "column-limit-high"];
            columns.extend(ids.map(|id| column(id, unit)));
            columns.push(TableColumn { number: false, ..column("column-alarm", None) });
        }
        let all: f64 = marks.iter().filter_map(|mark| mark.value).sum();
        let mut sum = 0.0;
        let rows = marks
            .iter()
            .enumerate()
            .map(|(at, mark)| {
                let bare = mark.shown.strip_suffix(chart.unit.as_str()).unwrap_or(&mark.shown).trim();
                let mut row = vec![
                    Cell { text: mark.label.clone(), ..Cell::default() },
                    Cell {
                        text: bare.to_owned(),
                        value: Decimal::from_str(&bare.replace(',', "")).ok(),
                        address: mark.address.clone(),
                        small: mark.small,
                    },
                ];
                let digits = bare.split_once('.').map_or(0, |(_, fraction)| fraction.len()) as u32;
                if limits {
                    for limit in [mark.limits.map(|(low, _)| low), mark.limits.map(|(_, high)| high)] {
                        row.push(limit.map_or_else(Cell::default, |limit| numeric(&fixed(limit, digits))));
                    }
                }
                if base {
                    row.push(mark.base.map_or_else(Cell::default, |base| numeric(&fixed(base, 0))));
                }
                if pareto {
                    sum += mark.value.unwrap_or(0.0);
                    row.push(numeric(&fixed(if all > 0.0 { 100.0 * sum / all } else { 0.0 }, 1)));
                }
                if let Some(held) = held.get(at) {
                    // One more digit than the values: limits lie between them.
                    let limit =
                        |it: Option<f64>| it.map_or_else(Cell::default, |it| numeric(&fixed(it, digits + 1)));
                    row.extend([held.centre, held.low, held.high].map(limit));
                    let text = if held.alarm { self.say("cell-alarm", &[]) } else { String::new() };
                    row.push(Cell { text, ..Cell::default() });
                }
                row
            })
            .collect();
        let mut remarks = Vec::new();
        if marks.iter().any(|mark| mark.small) {
            remarks.push(self.say("remark-small-any", &[]));
        }
        let target = match &chart.kind {
            ChartKind::Line { target, .. } | ChartKind::Ranked { target, .. } => *target,
            _ => None,
        };
        if let Some(target) = target.and_then(|target| Decimal::try_from(target).ok()) {
            let target = format!("{}{}", Rounding::Gbt8170.round(target, 6).normalize(), chart.unit);
            remarks.push(self.say("remark-target", &[("target", &target)]));
        }
        if let ChartKind::Line { breaks, points, .. } = &chart.kind {
            for (at, says) in breaks {
                let label = points.get(*at).map_or("", |point| point.label.as_str());
                remarks.push(self.say("remark-break", &[("label", label), ("says", says)]));
            }
        }
        Table { caption: chart.title.clone(), columns, rows, remarks, ..Table::default() }
    }
}

fn numeric(text: &str) -> Cell {
    Cell { text: text.to_owned(), value: Decimal::from_str(text).ok(), ..Cell::default() }
}

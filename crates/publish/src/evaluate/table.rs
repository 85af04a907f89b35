//! Tables.

use std::collections::BTreeSet;

use rust_decimal::Decimal;
use zhiheng_base::Lang;
use zhiheng_base::exact::{Rate, Rounding};
use zhiheng_catalog::model::{Better, Indicator};

use super::cells::{Remark, Setting, amount};
use super::rows::{self, Row};
use super::session::Session;
use crate::language::{Call, Column, Order};
use crate::model::{Block, Cell, Table, TableColumn};
use crate::names;

/// Columns when none are named.
const COLUMNS: [Column; 3] = [Column::Batches, Column::Rate, Column::Interval];

/// Most rows that are printed.
const ROWS_MAX: usize = 5_000;

impl Session<'_> {
    /// Evaluates a table.
    pub(super) fn table(&mut self, call: &Call) -> Vec<Block> {
        let Some(indicator) = call.subjects.first().and_then(|subject| self.indicator(&subject.id.text))
        else {
            return Vec::new();
        };
        let listed = call.option("by").is_some() || call.option("over").is_some();
        let columns: Vec<Column> = call.option("columns").map_or_else(
            || COLUMNS.to_vec(),
            |words| words.split(',').filter_map(|word| Column::parse(word.trim())).collect(),
        );
        let mut remarks = BTreeSet::new();
        let (mut table, left_out) = if !listed {
            (self.table_of_indicators(call, &columns, &mut remarks), 0)
        } else if call.subjects.len() > 1 {
            (self.table_side_by_side(call, &mut remarks), 0)
        } else {
            self.table_of_rows(call, indicator, &columns, &mut remarks)
        };
        self.remarks(&mut table, indicator, listed, &remarks, left_out);
        let ids: Vec<String> = call.subjects.iter().map(|subject| subject.id.text.clone()).collect();
        let size = super::number::grouped(&self.request.pins.ledger_size.to_string(), self.lang);
        let source =
            self.say("figure-source", &[("id", &crate::phrase::list(&ids, self.lang)), ("size", &size)]);
        table.remarks.push(super::settle::text(&source, self.lang));
        if table.rows.len() > ROWS_MAX {
            self.warn(
                "ZH6051",
                call,
                &[("rows", &table.rows.len().to_string()), ("most", &ROWS_MAX.to_string())],
            );
            table.rows.truncate(ROWS_MAX);
        }
        self.n_tables += 1;
        table.number = self.n_tables;
        table.caption = self.caption(call).unwrap_or_else(|| self.table_caption(call, indicator, listed));
        if let Some(name) = call.option("id") {
            let label = self.say("table-label", &[("number", &self.n_tables.to_string())]);
            self.named.insert(name.to_owned(), label);
        }
        vec![Block::Table(table)]
    }

    fn table_of_rows(
        &mut self,
        call: &Call,
        indicator: &Indicator,
        columns: &[Column],
        remarks: &mut BTreeSet<Remark>,
    ) -> (Table, usize) {
        let all = self.rows(call, 0);
        if columns.contains(&Column::Change) {
            self.measure_before(call, Self::from_of(call));
        }
        let whole = all.iter().map(|row| amount(&row.measure)).sum();
        let (rows, left_out) = self.chosen(call, indicator, all);
        let mut setting = Setting { call, mixed: false, whole, remarks: std::mem::take(remarks) };
        let mut table = Table {
            columns: std::iter::once(TableColumn {
                title: self.by_title(call, indicator),
                unit: None,
                number: false,
            })
            .chain(columns.iter().map(|&column| self.column(column, indicator, false)))
            .collect(),
            ..Table::default()
        };
        let mut sum = Decimal::ZERO;
        for (at, row) in rows.iter().enumerate() {
            let mut cells = vec![Cell { text: row.label.clone(), ..Cell::default() }];
            for &column in columns {
                let mut cell = self.cell(column, indicator, &row.measure, &mut setting);
                if column == Column::Rank {
                    cell = number_cell((at + 1).into());
                }
                if column == Column::Cumulative {
                    sum += amount(&row.measure);
                    if let Some(share) = Rate::new(sum, whole).percent(1, Rounding::Gbt8170) {
                        cell.text = share.to_string();
                        cell.value = Some(share);
                    }
                }
                cells.push(cell);
            }
            table.rows.push(cells);
        }
        if call.has("total")
            && let Some(address) = call.subjects.first().and_then(|subject| self.address(call, subject))
            && let Some(measure) = self.measure(&address, call.span)
        {
            let mut cells = vec![Cell { text: self.say("row-total", &[]), ..Cell::default() }];
            for &column in columns {
                cells.push(match column {
                    Column::Rank | Column::Share | Column::Cumulative => Cell::default(),
                    column => self.cell(column, indicator, &measure, &mut setting),
                });
            }
            table.rows.push(cells);
        }
        *remarks = setting.remarks;
        (table, left_out)
    }

    /// The rows that are printed, in order, and how many were not ranked for their small base.
    pub(super) fn chosen(&self, call: &Call, indicator: &Indicator, all: Vec<Row>) -> (Vec<Row>, usize) {
        let ranked = call.number("worst").map(|n| (n, true)).or(call.number("best").map(|n| (n, false)));
        if let Some((n, worst)) = ranked {
            let (rows, left_out) = rows::rankable(all, call.has("small"));
            let mut rows = rows::by_value(rows, indicator.better, worst);
            rows.truncate(n);
            return (rows, left_out);
        }
        let order = call.option("order").and_then(Order::parse);
        let mut rows = rows::ordered(all, order, indicator.better, self.lang);
        rows.truncate(call.number("first").unwrap_or(usize::MAX));
        (rows, 0)
    }

    /// Each indicator named is a row; cells carry their units.
    fn table_of_indicators(
        &mut self,
        call: &Call,
        columns: &[Column],
        remarks: &mut BTreeSet<Remark>,
    ) -> Table {
        let mut setting =
            Setting { call, mixed: true, whole: Decimal::ZERO, remarks: std::mem::take(remarks) };
        let mut table = Table::default();
        for subject in &call.subjects {
            let Some(indicator) = self.indicator(&subject.id.text) else { continue };
            if table.columns.is_empty() {
                let title = self.say("column-indicator", &[]);
                table.columns.push(TableColumn { title, unit: None, number: false });
                table.columns.extend(columns.iter().map(|&column| self.column(column, indicator, true)));
            }
            let Some(measure) =
                self.address(call, subject).and_then(|address| self.measure(&address, call.span))
            else {
                continue;
            };
            let mut cells =
                vec![Cell { text: indicator.head.name.get(self.lang).to_owned(), ..Cell::default() }];
            for &column in columns {
                cells.push(self.cell(column, indicator, &measure, &mut setting));
            }
            table.rows.push(cells);
        }
        *remarks = setting.remarks;
        table
    }

    /// One column of values for each indicator.
    fn table_side_by_side(&mut self, call: &Call, remarks: &mut BTreeSet<Remark>) -> Table {
        let mut setting =
            Setting { call, mixed: false, whole: Decimal::ZERO, remarks: std::mem::take(remarks) };
        let mut table = Table::default();
        let all: Vec<(&Indicator, Vec<Row>)> = call
            .subjects
            .iter()
            .enumerate()
            .filter_map(|(at, subject)| Some((self.indicator(&subject.id.text)?, self.rows(call, at))))
            .collect();
        let Some((first, rows)) = all.first() else { return table };
        table.columns.push(TableColumn { title: self.by_title(call, first), unit: None, number: false });
        table.columns.extend(all.iter().map(|(indicator, _)| self.column(Column::Rate, indicator, false)));
        let mut labels: Vec<String> = rows.iter().map(|row| row.label.clone()).collect();
        for row in all.iter().skip(1).flat_map(|(_, rows)| rows) {
            if !labels.contains(&row.label) {
                labels.push(row.label.clone());
            }
        }
        labels.truncate(call.number("first").unwrap_or(usize::MAX));
        for label in labels {
            let mut cells = vec![Cell { text: label.clone(), ..Cell::default() }];
            for (indicator, rows) in &all {
                cells.push(match rows.iter().find(|row| row.label == label) {
                    Some(row) => self.cell(Column::Rate, indicator, &row.measure, &mut setting),
                    None => Cell { text: crate::words::no_data(self.lang), ..Cell::default() },
                });
            }
            table.rows.push(cells);
        }
        *remarks = setting.remarks;
        table
    }

    /// Title of what the rows are.
    pub(super) fn by_title(&self, call: &Call, indicator: &Indicator) -> String {
        match call.option("by") {
            Some("region") => self.say("column-region", &[]),
            None | Some("period") => self.say("column-period", &[]),
            Some(dimension) => names::dimension(self.catalog, &indicator.head.id, dimension, self.lang),
        }
    }

    /// What the rows are, in the plural where the language has one.
    pub(super) fn by_noun(&self, call: &Call, indicator: &Indicator) -> String {
        let id = if call.option("by") == Some("region") { "noun-regions" } else { "noun-groups" };
        self.say(id, &[("title", &self.by_title(call, indicator))])
    }

    fn table_caption(&self, call: &Call, indicator: &Indicator, listed: bool) -> String {
        let place = if call.option("over").is_some() {
            let region = self.region_of(call);
            names::region(self.catalog, region, self.request.period.last_day(), self.lang)
        } else {
            self.where_of(call)
        };
        let mut by = self.by_title(call, indicator);
        if self.lang == Lang::En {
            by = by.to_lowercase();
        }
        let n = |name: &str| call.option(name).unwrap_or_default();
        let lower = indicator.better == Better::Lower;
        let id = match () {
            () if !listed => "caption-indicators",
            () if call.subjects.len() > 1 => "caption-side-by-side",
            () if call.option("worst").is_some() && lower => "caption-worst-lower",
            () if call.option("worst").is_some() => "caption-worst",
            () if call.option("best").is_some() && lower => "caption-best-lower",
            () if call.option("best").is_some() => "caption-best",
            () => "caption-by",
        };
        let number = if call.option("worst").is_some() { n("worst") } else { n("best") };
        let name = indicator.head.name.get(self.lang);
        let caption = self.say(id, &[("place", &place), ("by", &by), ("name", name), ("n", number)]);
        super::settle::text(&caption, self.lang)
    }

    fn remarks(
        &mut self,
        table: &mut Table,
        indicator: &Indicator,
        listed: bool,
        remarks: &BTreeSet<Remark>,
        left_out: usize,
    ) {
        let below = indicator.small.map(|rule| rule.below.to_string()).unwrap_or_default();
        let mut add = |text: String| table.remarks.push(super::settle::text(&text, self.lang));
        for remark in remarks {
            add(match remark {
                Remark::Small if listed && !below.is_empty() => {
                    self.say("remark-small", &[("below", &below)])
                }
                Remark::Small => self.say("remark-small-any", &[]),
                Remark::Suppressed => self.say("remark-suppressed", &[]),
                Remark::NotCarried => self.say("remark-not-carried", &[]),
                Remark::Broken => self.say("remark-broken", &[]),
            });
        }
        if left_out > 0 {
            add(self.say("remark-not-ranked", &[("n", &left_out.to_string())]));
        }
    }
}

fn number_cell(value: Decimal) -> Cell {
    Cell { text: value.to_string(), value: Some(value), ..Cell::default() }
}

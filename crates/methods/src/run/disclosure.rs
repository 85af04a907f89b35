//! Disclosure control over a table: one row a cell; a blank name is a total. Totals that are not given are worked out.

use super::{
    Answer, Cell, Choice, Column, Frame, Holds, Method, Options, Sheet, choice, may_have, needs, option,
};
use crate::disclosure::{Cell as Figure, Rule, Summary, Table, Weight, intervals, protect};
use crate::refusal::Refusal;

const LEAST: Choice = option("least", "3");
const TOP: Choice = option("top", "1");
const SHARE: Choice = option("share", "");
const MARGIN: Choice = option("margin", "");
const RANGE: Choice = option("range", "0");
const WEIGHT: Choice = choice("weight", &["value", "cells"]);
const TOTALS: Choice = choice("totals", &["may_go", "stay"]);

const VALUE: Column = needs("value", Holds::Counts);
const CONTRIBUTORS: Column = needs("contributors", Holds::Counts);
const LARGEST: Column = may_have("largest", Holds::Counts);
const SECOND: Column = may_have("second", Holds::Counts);
const ROW: Column = needs("row", Holds::Names);
const COLUMN: Column = may_have("column", Holds::Names);

/// The family's methods.
pub(super) const METHODS: &[Method] = &[
    Method {
        id: "disclosure.cells",
        columns: &[VALUE, CONTRIBUTORS, LARGEST, SECOND],
        options: &[LEAST, TOP, SHARE, MARGIN, RANGE],
        run: cells,
    },
    Method {
        id: "disclosure.table",
        columns: &[ROW, COLUMN, VALUE, CONTRIBUTORS, LARGEST, SECOND],
        options: &[LEAST, TOP, SHARE, MARGIN, RANGE, WEIGHT, TOTALS],
        run: table,
    },
    Method {
        id: "disclosure.intervals",
        columns: &[ROW, COLUMN, VALUE, needs("gap", Holds::Counts)],
        options: &[],
        run: gaps,
    },
];

fn rule(options: &Options) -> Result<Rule, Refusal> {
    let mut rule = Rule::least(options.count(&LEAST)?)?.and_range(options.real(&RANGE)?)?;
    if let Some(share) = options.number(&SHARE)? {
        let top = usize::try_from(options.count(&TOP)?).unwrap_or(usize::MAX);
        rule = rule.and_share(top, share)?;
    }
    match options.number(&MARGIN)? {
        Some(margin) => rule.and_margin(margin),
        None => Ok(rule),
    }
}

/// The cells of the rows, in their order.
fn figures(frame: &Frame) -> Result<Vec<Figure>, Refusal> {
    let (values, contributors) = (frame.counts("value")?, frame.counts("contributors")?);
    let blank = vec![None; values.len()];
    let column = |name: &'static str| match frame.has(name) {
        false => Ok(blank.clone()),
        true => frame.each(name, "count", |text| match text {
            "" | "NA" => Some(None),
            text => text.parse::<u64>().ok().map(Some),
        }),
    };
    let (largest, second) = (column("largest")?, column("second")?);
    let each = values.into_iter().zip(contributors).zip(largest.into_iter().zip(second));
    Ok(each
        .map(|((value, contributors), (largest, second))| Figure {
            value,
            contributors,
            // A second without a first says nothing of the order.
            largest: largest.into_iter().chain(second.filter(|_| largest.is_some())).collect(),
        })
        .collect())
}

fn cells(frame: &Frame, options: &Options) -> Result<Answer, Refusal> {
    let rule = rule(options)?;
    let figures = figures(frame)?;
    // One by one, each beside a total of itself: whatever is wrong with a cell is refused the same way.
    for figure in &figures {
        Table::one_way(vec![figure.clone(), figure.clone()])?;
        if rule.asks_for_largest() && figure.largest.is_empty() && figure.contributors > 0 {
            return Err(Refusal::Empty { what: "largest" });
        }
    }
    let row = |figure: &Figure| {
        let judged = rule.judge(figure);
        vec![
            figure.value.into(),
            figure.contributors.into(),
            figure.share().into(),
            judged.map(|(reason, _)| reason.word()).into(),
            judged.map(|(_, level)| level).into(),
        ]
    };
    let rows = figures.iter().map(row).collect();
    Ok(Answer::one(&["value", "contributors", "share", "reason", "level"], rows))
}

/// A table that was read from rows, with the names of its rows and columns; the totals have no name.
struct Read {
    table: Table,
    rows: Vec<String>,
    columns: Vec<String>,
    two_way: bool,
    /// Row of the frame of each cell, if it is there.
    at: Vec<Option<usize>>,
}

impl Read {
    fn names(&self, at: usize) -> [&str; 2] {
        let (row, column) = self.table.place(at);
        [
            self.rows.get(row).map_or("", String::as_str),
            self.columns.get(column).filter(|_| self.two_way).map_or("", String::as_str),
        ]
    }
}

fn place(names: &mut Vec<String>, name: &str) -> Option<usize> {
    if name.is_empty() {
        return None;
    }
    Some(names.iter().position(|known| known == name).unwrap_or_else(|| {
        names.push(name.to_owned());
        names.len() - 1
    }))
}

/// Rows → a table with totals.
fn read(frame: &Frame, figures: Vec<Figure>) -> Result<Read, Refusal> {
    let two_way = frame.has("column");
    let (mut rows, mut columns) = (Vec::new(), Vec::new());
    let blank = vec![String::new(); figures.len()];
    let second = if two_way { frame.texts("column")? } else { &blank };
    let places: Vec<(Option<usize>, Option<usize>)> = frame
        .texts("row")?
        .iter()
        .zip(second)
        .map(|(row, column)| (place(&mut rows, row.trim()), place(&mut columns, column.trim())))
        .collect();
    let (n_rows, n_columns) = (rows.len(), columns.len());
    let width = if two_way { n_columns + 1 } else { 1 };
    let index = |row: Option<usize>, column: Option<usize>| {
        row.unwrap_or(n_rows) * width + if two_way { column.unwrap_or(n_columns) } else { 0 }
    };
    let size = (n_rows + 1).saturating_mul(width);
    if size > 100_000 {
        return Err(Refusal::OutOfRange { what: "cells", value: size as f64, allowed: "[2, 10000]" });
    }
    let mut given: Vec<Option<Figure>> = vec![None; size];
    let mut at = vec![None; size];
    for (n, (figure, (row, column))) in figures.into_iter().zip(places).enumerate() {
        let here = index(row, column);
        if given[here].replace(figure).is_some() {
            return Err(Refusal::Contradiction { what: format!("row {n}: a second cell of the same names") });
        }
        at[here] = Some(n);
    }
    // Totals that are missing: sums, with at least as many contributors as any of their cells.
    let fill = |given: &mut Vec<Option<Figure>>, to: usize, of: Vec<usize>| -> Result<(), Refusal> {
        if given[to].is_some() {
            return Ok(());
        }
        let parts = || of.iter().filter_map(|&at| given[at].as_ref());
        let value = parts().try_fold(0_u64, |sum, part| sum.checked_add(part.value));
        let value = value.ok_or(Refusal::OutOfRange {
            what: "value",
            value: f64::MAX,
            allowed: "whole numbers up to 9e15",
        })?;
        let contributors = parts().map(|part| part.contributors).max().unwrap_or(0);
        given[to] = Some(Figure { value, contributors, largest: Vec::new() });
        Ok(())
    };
    if two_way {
        for row in 0..n_rows {
            fill(
                &mut given,
                index(Some(row), None),
                (0..n_columns).map(|c| index(Some(row), Some(c))).collect(),
            )?;
        }
        for column in 0..=n_columns {
            let column = (column < n_columns).then_some(column);
            fill(&mut given, index(None, column), (0..n_rows).map(|row| index(Some(row), column)).collect())?;
        }
    } else {
        fill(&mut given, index(None, None), (0..n_rows).map(|row| index(Some(row), None)).collect())?;
    }
    let cells = given.into_iter().map(Option::unwrap_or_default).collect();
    let table = if two_way { Table::two_way(n_rows, n_columns, cells)? } else { Table::one_way(cells)? };
    Ok(Read { table, rows, columns, two_way, at })
}

fn table(frame: &Frame, options: &Options) -> Result<Answer, Refusal> {
    let rule = rule(options)?;
    let weight = if options.text(&WEIGHT) == "cells" { Weight::Cells } else { Weight::Value };
    let read = read(frame, figures(frame)?)?;
    let found = protect(&read.table, &rule, weight, options.text(&TOTALS) == "stay")?;
    let row = |at: usize| {
        let (figure, judged) = (&read.table.cells()[at], &found.cells[at]);
        let [row, column] = read.names(at);
        let mut cells: Vec<Cell> = vec![row.into()];
        cells.extend(read.two_way.then(|| column.into()));
        cells.extend([
            figure.value.into(),
            figure.contributors.into(),
            figure.share().into(),
            judged.reason.map(|reason| reason.word()).into(),
            judged.interval.map(|interval| interval.low).into(),
            judged.interval.and_then(|interval| interval.high).into(),
            judged.open.into(),
        ]);
        cells
    };
    let mut columns = vec!["row", "value", "contributors", "share", "reason", "low", "high", "open"];
    if read.two_way {
        columns.insert(1, "column");
    }
    let rows = (0..read.table.cells().len()).map(row).collect();
    let summary = Summary::of(&read.table, &found);
    let told = vec![
        (summary.cells as u64).into(),
        summary.smallest.into(),
        summary.largest_share.into(),
        (summary.hidden as u64).into(),
        (summary.beside as u64).into(),
        found.is_safe().into(),
    ];
    let names = ["cells", "smallest", "largest_share", "hidden", "hidden_more", "safe"];
    let sheets = vec![Sheet::new("result", &columns, rows), Sheet::new("summary", &names, vec![told])];
    Ok(Answer { sheets })
}

fn gaps(frame: &Frame, _: &Options) -> Result<Answer, Refusal> {
    let gap = frame.counts("gap")?;
    if let Some(row) = gap.iter().position(|gap| *gap > 1) {
        return Err(Refusal::OutOfRange { what: "gap", value: gap[row] as f64, allowed: "0, 1" });
    }
    // Contributors do not matter to what can be worked out.
    let one = |value: u64| Figure { value, contributors: 1, largest: Vec::new() };
    let read = read(frame, frame.counts("value")?.into_iter().map(one).collect())?;
    let is_gap = |at: &Option<usize>| at.is_some_and(|at| gap[at] == 1);
    let gaps: Vec<bool> = read.at.iter().map(is_gap).collect();
    let found = intervals(&read.table, &gaps)?;
    let mut rows = Vec::new();
    for (at, interval) in found.iter().enumerate() {
        let Some(interval) = interval else { continue };
        let [row, column] = read.names(at);
        let mut cells: Vec<Cell> = vec![row.into()];
        cells.extend(read.two_way.then(|| column.into()));
        cells.extend([
            read.table.cells()[at].value.into(),
            interval.low.into(),
            interval.high.into(),
            interval.is_known().into(),
        ]);
        rows.push(cells);
    }
    let mut columns = vec!["row", "value", "low", "high", "known"];
    if read.two_way {
        columns.insert(1, "column");
    }
    Ok(Answer::one(&columns, rows))
}

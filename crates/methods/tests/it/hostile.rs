//! Whatever is done to its example, every method answers or says why not: nothing panics, nothing runs for ever, no cell
//! is NaN. An option that commands more work than can be waited for is refused.

use zhiheng_methods::Refusal;
use zhiheng_methods::run::{Cell, Column, Holds, Method};

use crate::guide::{Question, questions};

const CELLS: [&str; 16] = [
    "",
    "NaN",
    "inf",
    "-1",
    "0",
    "1",
    "0.5",
    "1e308",
    "-1e308",
    "1e-308",
    "1e15",
    "9007199254740993",
    "18446744073709551615",
    "9999-12-31",
    "1;2",
    "x",
];
const OPTIONS: [&str; 14] =
    ["", "0", "1", "2", "-1", "0.5", "1e-300", "1e6", "4294967296", "9e15", "1e308", "-1e308", "inf", "a=1"];

/// The answer or the refusal, once it is checked that every row fits its header and no number is NaN.
fn run(method: &Method, question: &Question, what: &str) -> Result<(), Refusal> {
    let answer = method.run(&question.frame(), &question.options())?;
    for sheet in &answer.sheets {
        for row in &sheet.rows {
            assert_eq!(row.len(), sheet.columns.len(), "{} {what}: {}", method.id, sheet.name);
            let bad = row.iter().any(|cell| matches!(cell, Cell::Real(value) if value.is_nan()));
            assert!(!bad, "{} {what}: {row:?}", method.id);
        }
    }
    Ok(())
}

/// Runs the example after `change`.
fn changed(method: &Method, example: &Question, what: &str, change: impl Fn(&mut Question)) {
    let mut question = example.clone();
    change(&mut question);
    let _ = run(method, &question, what);
}

fn put(question: &mut Question, column: usize, rows: std::ops::Range<usize>, cell: &str) {
    for row in &mut question.rows[rows] {
        cell.clone_into(&mut row[column]);
    }
}

#[test]
fn every_table_is_answered_or_refused() {
    for (method, example) in questions() {
        let n = example.rows.len();
        changed(method, &example, "no columns", |it| (it.header, it.rows) = (Vec::new(), Vec::new()));
        for rows in 0..n.min(3) {
            changed(method, &example, "few rows", |it| it.rows.truncate(rows));
        }
        changed(method, &example, "rows twice", |it| it.rows.extend(it.rows.clone()));
        changed(method, &example, "columns twice", |it| {
            it.header.extend(it.header.clone());
            it.rows.iter_mut().for_each(|row| row.extend(row.clone()));
        });
        let absent = method.columns.iter().map(|column| column.name.to_owned());
        let absent: Vec<String> = absent.filter(|name| !example.header.contains(name)).collect();
        for cell in CELLS {
            for column in 0..example.header.len() {
                changed(method, &example, &format!("all {column} {cell}"), |it| put(it, column, 0..n, cell));
                changed(method, &example, &format!("first {column} {cell}"), |it| {
                    put(it, column, 0..1, cell);
                });
                changed(method, &example, &format!("last {column} {cell}"), |it| {
                    put(it, column, n - 1..n, cell);
                });
            }
            changed(method, &example, &format!("all {cell}"), |it| {
                (0..it.header.len()).for_each(|column| put(it, column, 0..n, cell));
            });
            for name in absent.iter().filter(|name| *name != "*") {
                changed(method, &example, &format!("with {name} {cell}"), |it| {
                    it.header.push(name.clone());
                    it.rows.iter_mut().for_each(|row| row.push(cell.to_owned()));
                });
            }
        }
    }
}

#[test]
fn every_option_is_answered_or_refused() {
    for (method, example) in questions() {
        for option in method.options {
            let values = if option.values.is_empty() { &OPTIONS[..] } else { option.values };
            for value in values {
                let what = format!("{}={value}", option.name);
                let given = (option.name.to_owned(), (*value).to_owned());
                changed(method, &example, &what, |it| it.options.push(given.clone()));
            }
        }
    }
}

#[test]
fn text_where_numbers_belong_is_refused() {
    for (method, mut example) in questions() {
        let figures = |column: &Column| matches!(column.holds, Holds::Counts | Holds::Numbers);
        if method.columns.iter().any(|column| !column.optional && figures(column)) {
            let n = example.rows.len();
            (0..example.header.len()).for_each(|column| put(&mut example, column, 0..n, "x"));
            assert!(run(method, &example, "x").is_err(), "{} answers", method.id);
        }
    }
}

#[test]
fn absurd_work_is_refused_with_its_range() {
    let asked: [(&str, &[(&str, &str)]); 9] = [
        ("pls.model", &[("steps", "1e15")]),
        ("pls.bootstrap", &[("replicates", "1e12")]),
        ("composite.uncertainty", &[("draws", "1e10")]),
        ("composite.uncertainty", &[("base", "1e10"), ("scales", "minmax,rank")]),
        ("composite.sobol", &[("draws", "1e12")]),
        ("agreement.krippendorff", &[("replicates", "1e12")]),
        ("trend.holt_winters", &[("ahead", "1e12")]),
        ("survey.mean", &[("replicates", "1e12"), ("errors", "rao_wu")]),
        ("small_area.unit_level", &[("draws", "1e12")]),
    ];
    for (id, options) in asked {
        let (method, mut example) = questions().find(|(method, _)| method.id == id).expect("listed");
        let given = options.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        example.options.extend(given);
        let said = run(method, &example, "absurd").expect_err(id);
        assert!(matches!(said, Refusal::OutOfRange { .. }), "{id}: {said}");
    }
}

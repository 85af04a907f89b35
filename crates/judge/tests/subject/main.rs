//! Grades of enterprises: worked examples, hand calculations, a second reckoning day by day, the credit file and its report.

mod grading;
mod identity;
mod keeping;
mod reporting;
mod slowly;

use std::collections::BTreeMap;
use std::sync::OnceLock;

use zhiheng_base::{Date, Lang};
use zhiheng_catalog::formula::Value;
use zhiheng_catalog::model::SubjectScheme;
use zhiheng_catalog::{Catalog, load};
use zhiheng_judge::subject::{Entry, Rules, Statement};

fn date(text: &str) -> Date {
    text.parse().unwrap()
}

/// The shipped catalog, read once.
fn shipped() -> &'static Catalog {
    static SHIPPED: OnceLock<Catalog> = OnceLock::new();
    SHIPPED.get_or_init(read)
}

fn read() -> Catalog {
    let loaded = load(&[]);
    let said: Vec<String> = loaded.problems.iter().map(|problem| problem.message(Lang::En)).collect();
    assert!(!loaded.has_errors(), "{said:#?}");
    loaded.catalog
}

/// An entry from `field=value` pairs; fields whose names end in `_day` or `_until` hold days.
fn entry(number: u64, cells: &str) -> Entry {
    let values: BTreeMap<String, Value> = (cells.split_whitespace())
        .map(|cell| {
            let (field, text) = cell.split_once('=').unwrap();
            let value = match field {
                "on_day" | "from_day" | "until_day" | "public_until" => Value::Date(date(text)),
                "amount" | "points" => Value::Decimal(text.parse().unwrap()),
                _ => Value::Text(text.replace('_', " ")),
            };
            (field.to_owned(), value)
        })
        .collect();
    Entry { entry: number, values, via: None }
}

/// Statements numbered from 1.
fn statements(rules: &mut Rules<'_>, rows: &[&str]) -> Vec<Statement> {
    let entries = rows.iter().zip(1..).map(|(cells, number)| entry(number, cells));
    entries.map(|one| rules.statement(one.entry, &one).unwrap()).collect()
}

fn scheme<'c>(catalog: &'c Catalog, id: &str) -> &'c SubjectScheme {
    &catalog.subject_schemes[id]
}

//! Worked examples run as tests: a definition that does not give what its example says is wrong.
//!
//! No ledger and no lake is needed: rows are few or come with a count, and the arithmetic is that of
//! [`crate::Formula::eval`] and of the methods crate.

use std::collections::BTreeMap;

use zhiheng_base::{Diagnostic, Place};

use crate::formula::{Row, Value};
use crate::load::Catalog;
use crate::model::{Example, ExampleCase, IndicatorKind, Origin};

mod cell;
mod figure;
mod many;
mod record;

pub use cell::cell_value;
pub use figure::{Figure, figure};

/// All worked examples of a catalog.
pub fn examples(catalog: &Catalog) -> &[Example] {
    &catalog.examples
}

/// Runs one example; what it says and does not get comes back, and nothing if all is as it says.
pub fn run_example(catalog: &Catalog, example: &Example) -> Vec<Diagnostic> {
    let found = match &example.case {
        ExampleCase::Record { row, outcome } => record::run(catalog, &example.of, row, outcome),
        // Samples by design and methods need the engine of measures, which runs these examples.
        ExampleCase::Indicator { .. } if needs_engine(catalog, &example.of) => Vec::new(),
        ExampleCase::Indicator { given, on, expect, .. } => {
            figure::run(catalog, &example.of, given, *on, expect)
        }
    };
    found.into_iter().map(|problem| problem.arg("id", &example.of).at(place(&example.origin))).collect()
}

fn needs_engine(catalog: &Catalog, id: &str) -> bool {
    let kind = catalog.indicators.get(id).map(|indicator| &indicator.kind);
    matches!(kind, Some(IndicatorKind::Method(_) | IndicatorKind::Proportion { design: Some(_), .. }))
}

fn place(origin: &Origin) -> Place {
    Place::Text { file: origin.file.clone(), line: origin.line, column: 1, len: 1, excerpt: String::new() }
}

/// A row of named values; names it does not hold are null.
#[derive(Clone, Debug, Default)]
pub(crate) struct Cells(pub(crate) BTreeMap<String, Value>);

impl Row for Cells {
    fn value(&self, name: &str) -> Value {
        self.0.get(name).cloned().unwrap_or(Value::Null)
    }
}

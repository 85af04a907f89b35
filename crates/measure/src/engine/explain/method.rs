//! How a figure came about that a method computed, and how a sample was drawn.

use zhiheng_catalog::model::{ByMethod, Design, Indicator, MethodRows};

use super::{Node, Told};
use crate::measure::{Measure, Step};

/// Most steps out of the ordinary that are told one by one.
const TOLD_MAX: usize = 20;

/// The method, its rows, its interval, what it says besides, and steps that are out of the ordinary.
pub(super) fn nodes(measure: &Measure, by: &ByMethod, indicator: &Indicator) -> Vec<Node> {
    let rows = match &by.rows {
        MethodRows::Records(_) => Node::new("explain-method-records").arg("n", measure.records),
        MethodRows::Places(_) => Node::new("explain-method-places").arg("n", measure.cells.unwrap_or(0)),
        MethodRows::Steps { before, .. } => {
            Node::new("explain-method-steps").arg("n", measure.cells.unwrap_or(0)).arg("before", before)
        }
    };
    let mut method = Node::new("explain-method").arg("method", &by.method).at(indicator).with(rows);
    for (name, taken) in &by.columns {
        let of = taken.of.clone().unwrap_or_default();
        let id = if taken.of.is_some() { "explain-method-column-of" } else { "explain-method-column" };
        method = method.with(Node::new(id).arg("column", name).arg("of", of).arg("take", &taken.take.text));
    }
    for (name, value) in &by.options {
        // In one argument: a value that begins with @ would name a message.
        method = method.with(Node::new("explain-method-option").arg("option", format!("{name} = {value}")));
    }
    let mut nodes = vec![method];
    if !measure.refusal.is_empty() {
        let node = Node::new("explain-method-refused");
        nodes.push(measure.refusal.iter().fold(node, |node, (name, value)| node.arg(name, value)));
    }
    if let (Some(low), Some(high), Some(name)) = (&measure.low, &measure.high, &measure.interval) {
        nodes.push(Node::new("explain-method-interval").arg("low", low).arg("high", high).arg("name", name));
    }
    for (name, value) in &measure.beside {
        nodes.push(Node::new("explain-method-beside").arg("column", name).arg("value", value));
    }
    let told = measure.steps.iter().filter(|step| step.alarm && !step.base).take(TOLD_MAX);
    nodes.extend(told.map(step));
    nodes
}

fn step(step: &Step) -> Node {
    let number = |value: Option<f64>| {
        value
            .and_then(|value| rust_decimal::Decimal::try_from(value).ok())
            .and_then(|value| value.round_sf(4))
            .map_or_else(|| "–".to_owned(), |value| value.normalize().to_string())
    };
    Node::new("explain-method-step")
        .arg("period", &step.period)
        .arg("value", number(step.value))
        .arg("centre", number(step.centre))
        .arg("low", number(step.low))
        .arg("high", number(step.high))
}

/// How a sample was drawn.
pub(super) fn design(design: &Design, indicator: &Indicator) -> Node {
    let field = |field: Option<&str>| field.unwrap_or("–").to_owned();
    Node::new("explain-design")
        .arg("strata", field(design.strata.as_deref()))
        .arg("cluster", field(design.cluster.as_deref()))
        .arg("population", field(design.population.as_ref().map(|population| population.text.as_str())))
        .at(indicator)
}

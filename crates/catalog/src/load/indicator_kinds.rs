//! What each kind of indicator is computed from, and which units and intervals fit it.

use zhiheng_base::{Decimal, Diagnostic};

use super::by_method;
use super::definitions::{Kind, Raw, World};
use super::indicators::record;
use super::node::Node;
use super::records::{field_named, formula, no_field};
use crate::formula::{Formula, Scope, ValueType};
use crate::model::{
    Aggregate, Comparable, Design, FieldType, IndicatorKind, IntervalMethod, IntervalRule, Lonely,
    MethodKind, MethodRows, RecordKind, RecordType, Unit, Weights,
};

const NUMBER: &[ValueType] = &[ValueType::Decimal, ValueType::Integer];
const BOOL: &[ValueType] = &[ValueType::Bool];

/// Reads the kind with its keys.
pub(super) fn read(
    raw: &Raw<'_>,
    world: &World<'_>,
    problems: &mut Vec<Diagnostic>,
) -> Option<IndicatorKind> {
    let node = &raw.node;
    match node.text("kind")? {
        "comparable" => comparable(raw, world, problems).map(IndicatorKind::Comparable),
        "change" => change(raw, world, problems),
        "derived" => derived(raw, world, problems),
        word if MethodKind::ALL.iter().any(|(known, _)| *known == word) => {
            by_method::read(raw, word, world, problems).map(IndicatorKind::Method)
        }
        word => over_records(raw, word, world, problems),
    }
}

fn over_records(
    raw: &Raw<'_>,
    word: &str,
    world: &World<'_>,
    problems: &mut Vec<Diagnostic>,
) -> Option<IndicatorKind> {
    let node = &raw.node;
    let of = node.text("of")?;
    if !world.refers(Kind::Record, of, &raw.id, || node.at("of"), problems) {
        return None;
    }
    let record = record(world, of)?;
    let scope = Scope::of_record(record, &world.lists);
    let mut read = |key: &str, wanted: &[ValueType]| match node.value(key) {
        None => Some(None),
        Some(_) => formula(node, key, &scope, wanted, problems).map(Some),
    };
    // All formulas are read before any is missed, so that each can complain.
    let filter = read("where", BOOL);
    let parts = if word == "proportion" { BOOL } else { NUMBER };
    let (top, bottom) = (read("top", parts), read("bottom", parts));
    let (value, weight) = (read("value", NUMBER), read("weight", NUMBER));
    let distinct = match node.text("distinct") {
        Some(id) => Some(distinct_field(node, id, record, problems)?),
        None => None,
    };
    let weights = match node.sub("weights") {
        Some(weights) => Some(self::weights(&weights, raw, record, world, problems)?),
        None => None,
    };
    let design = match node.sub("design") {
        Some(design) => Some(self::design(&design, record, &scope, problems)?),
        None => None,
    };
    for second in
        ["weights", "distinct"].into_iter().filter(|key| design.is_some() && node.value(key).is_some())
    {
        let diagnostic = Diagnostic::error("ZH2014").arg("first", "design").arg("second", second);
        problems.push(diagnostic.at(node.at_key(second)));
    }
    if word == "proportion" && weights.is_some() && (node.value("weight").is_some() || distinct.is_some()) {
        let second = if distinct.is_some() { "distinct" } else { "weight" };
        let diagnostic = Diagnostic::error("ZH2014").arg("first", "weights").arg("second", second);
        problems.push(diagnostic.at(node.at_key(second)));
    }
    let is_register = matches!(record.kind, RecordKind::Register { .. });
    // Counting a register's entries by their first day is a fair question too, so only this way round is wrong.
    if word == "register" && !is_register {
        problems.push(node.wrong("of", "ZH2305").arg("record", of));
    }
    let over = Aggregate { record: of.to_owned(), filter: filter?, distinct };
    let (top, bottom, value, weight) = (top?, bottom?, value?, weight?);
    Some(match word {
        "count" => IndicatorKind::Count(over),
        "register" => IndicatorKind::Register(over),
        "sum" => IndicatorKind::Sum { over, value: value? },
        "mean" => IndicatorKind::Mean { over, value: value?, weight },
        "ratio" => IndicatorKind::Ratio { over, top: top?, bottom: bottom? },
        "proportion" => {
            IndicatorKind::Proportion { over, top: top?, bottom: bottom?, weight, weights, design }
        }
        "reported" => IndicatorKind::Reported { over, value: value? },
        _ => return None,
    })
}

fn distinct_field(
    node: &Node<'_>,
    id: &str,
    record: &RecordType,
    problems: &mut Vec<Diagnostic>,
) -> Option<String> {
    let field = field_named(node, "distinct", id, &record.fields, problems)?;
    if field.many || field.personal {
        problems.push(node.wrong("distinct", "ZH2306").arg("field", id));
        return None;
    }
    Some(id.to_owned())
}

/// How the sample was drawn: fields that name stratum and cluster, a number for the units there are.
fn design(
    node: &Node<'_>,
    record: &RecordType,
    scope: &Scope<'_>,
    problems: &mut Vec<Diagnostic>,
) -> Option<Design> {
    let mut field = |key: &'static str| match node.text(key) {
        None => Some(None),
        Some(id) => {
            let field = field_named(node, key, id, &record.fields, problems)?;
            if field.many || field.personal {
                problems.push(node.wrong(key, "ZH2306").arg("field", id));
                return None;
            }
            Some(Some(id.to_owned()))
        }
    };
    let (strata, cluster) = (field("strata"), field("cluster"));
    let population = match node.value("population") {
        None => None,
        Some(_) => Some(formula(node, "population", scope, NUMBER, problems)?),
    };
    let lonely = match node.text("lonely") {
        Some("certainty") => Lonely::Certainty,
        Some("adjust") => Lonely::Adjust,
        Some("average") => Lonely::Average,
        _ => Lonely::Fail,
    };
    Some(Design { strata: strata?, cluster: cluster?, population, lonely })
}

fn weights(
    node: &Node<'_>,
    raw: &Raw<'_>,
    own: &RecordType,
    world: &World<'_>,
    problems: &mut Vec<Diagnostic>,
) -> Option<Weights> {
    let id = node.text("record")?;
    if !world.refers(Kind::Record, id, &raw.id, || node.at("record"), problems) {
        return None;
    }
    let record = record(world, id)?;
    let (value, cell) = (node.text("value")?, node.text("cell")?);
    let field = field_named(node, "value", value, &record.fields, problems)?;
    if field.many
        || !matches!(field.kind, FieldType::Decimal { .. } | FieldType::Integer { .. } | FieldType::Money)
    {
        problems.push(node.wrong("value", "ZH2311").arg("field", value));
        return None;
    }
    field_named(node, "cell", cell, &record.fields, problems)?;
    if own.field(cell).is_none() {
        problems.push(no_field("cell", cell, &own.fields).at(node.at("cell")));
        return None;
    }
    let coverage_below = node.number("coverage_below")?;
    if coverage_below < Decimal::ZERO || coverage_below > Decimal::ONE {
        let diagnostic = node.wrong("coverage_below", "ZH2015").arg("key", "coverage_below");
        problems.push(diagnostic.arg("value", coverage_below).arg("min", 0).arg("max", 1));
        return None;
    }
    Some(Weights { record: id.to_owned(), value: value.to_owned(), cell: cell.to_owned(), coverage_below })
}

fn comparable(raw: &Raw<'_>, world: &World<'_>, problems: &mut Vec<Diagnostic>) -> Option<Comparable> {
    let node = &raw.node;
    let (follows, from) = (node.text("follows")?, node.text("from")?);
    if !world.refers(Kind::Indicator, follows, &raw.id, || node.at("follows"), problems) {
        return None;
    }
    let Some(IndicatorKind::Proportion { over, .. }) = world.indicators.get(follows).map(|found| &found.kind)
    else {
        problems.push(node.wrong("follows", "ZH2310").arg("id", follows));
        return None;
    };
    let record = record(world, &over.record)?;
    let cell = node.texts("cell");
    for (i, id) in cell.iter().enumerate() {
        let at = || node.at_item("cell", i);
        match record.field(id) {
            None if id == "region" => {}
            None => problems.push(no_field("cell", id, &record.fields).at(at())),
            Some(field) if field.many || field.personal => {
                problems.push(Diagnostic::error("ZH2306").arg("field", id).at(at()));
            }
            Some(_) => {}
        }
    }
    Some(Comparable { follows: follows.to_owned(), cell, year_before: from == "year-before" })
}

fn change(raw: &Raw<'_>, world: &World<'_>, problems: &mut Vec<Diagnostic>) -> Option<IndicatorKind> {
    let node = &raw.node;
    let (of, from, by) = (node.text("of")?, node.text("from")?, node.text("as")?);
    // What it is the change of may come later in the order; whether that is good is checked with the links.
    if !world.knows(Kind::Indicator, of) {
        world.refers(Kind::Indicator, of, &raw.id, || node.at("of"), problems);
        return None;
    }
    Some(IndicatorKind::Change {
        of: of.to_owned(),
        year_before: from == "year-before",
        relative: by == "percent",
    })
}

fn derived(raw: &Raw<'_>, world: &World<'_>, problems: &mut Vec<Diagnostic>) -> Option<IndicatorKind> {
    let scope = Scope::of_indicators(world.ids(Kind::Indicator));
    let formula: Formula = formula(&raw.node, "formula", &scope, NUMBER, problems)?;
    let of = formula.names.iter().map(|name| name.replacen("__", ".", 1)).collect();
    Some(IndicatorKind::Derived { formula, of })
}

/// Whether the unit and the interval method fit the kind.
pub(super) fn fits(
    node: &Node<'_>,
    kind: &IndicatorKind,
    unit: &Unit,
    interval: Option<IntervalRule>,
    world: &World<'_>,
    problems: &mut Vec<Diagnostic>,
) {
    let word = node.text("kind").unwrap_or_default();
    let of_rate = |id: &str| {
        let raw = world.raws.get(id);
        raw.is_some_and(|raw| {
            raw.node.text("unit") == Some("percent") || raw.node.text("kind") == Some("comparable")
        })
    };
    let (wanted, good) = match kind {
        IndicatorKind::Proportion { .. } | IndicatorKind::Comparable(_) => {
            ("percent", *unit == Unit::Percent)
        }
        IndicatorKind::Change { relative: true, .. } => ("percent", *unit == Unit::Percent),
        IndicatorKind::Change { of, .. } if of_rate(of) => ("points", *unit == Unit::Points),
        IndicatorKind::Count(_) | IndicatorKind::Register(_) | IndicatorKind::Sum { .. } => {
            ("thing", matches!(unit, Unit::Of(_)))
        }
        // What is counted is steps that are out of the ordinary.
        IndicatorKind::Method(by) if matches!(by.rows, MethodRows::Steps { .. }) => {
            ("thing", matches!(unit, Unit::Of(_)))
        }
        _ => ("", true),
    };
    if !good {
        problems.push(node.wrong("unit", "ZH2303").arg("kind", word).arg("wanted", wanted));
    }
    let Some(IntervalRule { method, .. }) = interval else { return };
    let methods: &[&str] = match kind {
        IndicatorKind::Proportion { design: Some(_), .. } => &IntervalMethod::BY_DESIGN,
        IndicatorKind::Proportion { .. } => &["wilson", "clopper-pearson"],
        IndicatorKind::Comparable(_) | IndicatorKind::Change { .. } => &["wilson"],
        IndicatorKind::Count(_) => &["poisson"],
        IndicatorKind::Mean { .. } => &["student-t"],
        _ => &[],
    };
    let name = method.word();
    // An inherited method was checked where it is written, and a comparable rate needs none of its own.
    if node.value("interval").is_some() && !methods.contains(&name) {
        let code = if methods.is_empty() { "ZH2314" } else { "ZH2313" };
        let diagnostic =
            Diagnostic::error(code).arg("kind", word).arg("method", name).arg("all", methods.join(", "));
        problems.push(diagnostic.at(node.at("interval")));
    }
}

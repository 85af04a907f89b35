//! What things are called: indicators, dimensions and their values, regions, units.

use zhiheng_base::{Date, Lang, Period, RegionCode};
use zhiheng_catalog::Catalog;
use zhiheng_catalog::model::{Aggregate, Field, FieldType, Indicator, IndicatorKind, Unit};

/// The record type behind an indicator; `comparable`, `change` and `derived` take that of what they follow.
pub fn record_of<'a>(catalog: &'a Catalog, indicator: &'a Indicator) -> Option<&'a str> {
    record_at_depth(catalog, indicator, 8)
}

fn record_at_depth<'a>(catalog: &'a Catalog, indicator: &'a Indicator, depth: usize) -> Option<&'a str> {
    let follow = |id: &str| {
        depth.checked_sub(1).and_then(|depth| record_at_depth(catalog, catalog.indicators.get(id)?, depth))
    };
    match &indicator.kind {
        IndicatorKind::Comparable(comparable) => follow(&comparable.follows),
        IndicatorKind::Change { of, .. } => follow(of),
        IndicatorKind::Derived { of, .. } => follow(of.first()?),
        _ => aggregate(indicator).map(|over| over.record.as_str()),
    }
}

/// The records an indicator reads itself.
pub fn aggregate(indicator: &Indicator) -> Option<&Aggregate> {
    match &indicator.kind {
        IndicatorKind::Count(over)
        | IndicatorKind::Register(over)
        | IndicatorKind::Sum { over, .. }
        | IndicatorKind::Mean { over, .. }
        | IndicatorKind::Ratio { over, .. }
        | IndicatorKind::Proportion { over, .. }
        | IndicatorKind::Reported { over, .. } => Some(over),
        IndicatorKind::Comparable(_) | IndicatorKind::Change { .. } | IndicatorKind::Derived { .. } => None,
    }
}

/// Dimensions by which an indicator may be cut: its own, or for kinds made of others what all of them allow.
pub fn dimensions(catalog: &Catalog, indicator: &Indicator) -> Vec<String> {
    dimensions_at_depth(catalog, indicator, 8)
}

fn dimensions_at_depth(catalog: &Catalog, indicator: &Indicator, depth: usize) -> Vec<String> {
    if !indicator.by.is_empty() || depth == 0 {
        return indicator.by.clone();
    }
    let behind = |id: &String| {
        let of = catalog.indicators.get(id);
        of.map(|of| dimensions_at_depth(catalog, of, depth - 1)).unwrap_or_default()
    };
    match &indicator.kind {
        IndicatorKind::Change { of, .. } => behind(of),
        IndicatorKind::Comparable(comparable) => behind(&comparable.follows),
        IndicatorKind::Derived { of, .. } => {
            let others: Vec<Vec<String>> = of.iter().skip(1).map(behind).collect();
            let mut first = of.first().map(behind).unwrap_or_default();
            first.retain(|name| others.iter().all(|other| other.contains(name)));
            first
        }
        _ => Vec::new(),
    }
}

/// The plain count of a record type: the first indicator that counts all its records.
pub fn count_of<'a>(catalog: &'a Catalog, record: &str) -> Option<&'a Indicator> {
    catalog.indicators.values().find(|indicator| {
        matches!(&indicator.kind, IndicatorKind::Count(over)
            if over.record == record && over.filter.is_none() && over.distinct.is_none())
    })
}

/// The field behind a dimension.
pub fn field<'a>(catalog: &'a Catalog, indicator: &str, dimension: &str) -> Option<&'a Field> {
    let indicator = catalog.indicators.get(indicator)?;
    catalog.records.get(record_of(catalog, indicator)?)?.field(dimension)
}

/// The title of a dimension.
pub fn dimension(catalog: &Catalog, indicator: &str, dimension: &str, lang: Lang) -> String {
    field(catalog, indicator, dimension)
        .map_or_else(|| dimension.to_owned(), |field| field.name.get(lang).to_owned())
}

/// The name of a dimension's value: a code's name, or the value itself.
pub fn value(catalog: &Catalog, indicator: &str, dimension: &str, value: &str, lang: Lang) -> String {
    let list = match field(catalog, indicator, dimension).map(|field| &field.kind) {
        Some(FieldType::Code { list }) => Some(list.as_str()),
        Some(FieldType::Product) => Some("base.product"),
        _ => None,
    };
    list.and_then(|id| catalog.lists.get(id))
        .and_then(|list| list.items.iter().find(|item| item.code == value))
        .map_or_else(|| value.to_owned(), |item| item.name.get(lang).to_owned())
}

/// The name of a region as it was on a day, or as it was last.
pub fn region(catalog: &Catalog, code: RegionCode, on: Date, lang: Lang) -> String {
    if code == RegionCode::NATION {
        return zhiheng_base::Level::Nation.title(lang);
    }
    let regions = &catalog.regions;
    regions
        .at(code, on)
        .or_else(|| regions.get(code))
        .map_or_else(|| code.to_string(), |version| version.title(lang).to_owned())
}

/// A period in words.
pub fn period(period: Period, lang: Lang) -> String {
    period.title(lang)
}

/// The unit as a suffix of a number: `%`, or a classifier.
pub fn unit(unit: &Unit, lang: Lang) -> String {
    match unit {
        Unit::Percent => "%".to_owned(),
        Unit::Points => crate::words::say(lang, "unit-points", &[]),
        Unit::Of(words) => words.get(lang).to_owned(),
    }
}

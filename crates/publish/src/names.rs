//! What things are called: indicators, dimensions and their values, regions, units.

use zhiheng_base::{Date, Lang, Period, RegionCode};
use zhiheng_catalog::Catalog;
use zhiheng_catalog::model::{Field, FieldType, Indicator, IndicatorKind, Unit};

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
    catalog.records.get(catalog.record_behind(&indicator.head.id)?)?.field(dimension)
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

/// Thousands apart in English; as they are in Chinese, where officials print 1650.
pub(crate) fn grouped(number: &str, lang: Lang) -> String {
    if lang == Lang::Zh {
        return number.to_owned();
    }
    let (sign, rest) = number.strip_prefix('-').map_or(("", number), |rest| ("-", rest));
    let (whole, fraction) = rest.split_at(rest.find('.').unwrap_or(rest.len()));
    if !whole.bytes().all(|b| b.is_ascii_digit()) {
        return number.to_owned();
    }
    let mut out = String::from(sign);
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at) % 3 == 0 {
            out.push(',');
        }
        out.push(digit);
    }
    out + fraction
}

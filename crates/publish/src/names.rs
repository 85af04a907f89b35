//! What things are called: indicators, dimensions and their values, regions, units.

use zhiheng_base::{Lang, Period};
use zhiheng_catalog::Catalog;
use zhiheng_catalog::model::{Indicator, IndicatorKind, Unit};
pub use zhiheng_catalog::names::{dimension, field, region, value};

/// The plain count of a record type: the first indicator that counts all its records.
pub fn count_of<'a>(catalog: &'a Catalog, record: &str) -> Option<&'a Indicator> {
    catalog.indicators.values().find(|indicator| {
        matches!(&indicator.kind, IndicatorKind::Count(over)
            if over.record == record && over.filter.is_none() && over.distinct.is_none())
    })
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

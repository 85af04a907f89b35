//! Printed forms of measures.

use crate::words::say;
use zhiheng_base::Lang;
use zhiheng_catalog::model::{Indicator, Unit};
use zhiheng_measure::{Flag, Measure};

use crate::names;
pub(super) use crate::names::grouped;
use crate::words::no_data;

/// What stands where a value is not to be shown.
pub(super) const SUPPRESSED: &str = "—";

/// True if the value must not be shown.
pub(super) fn is_suppressed(measure: &Measure) -> bool {
    measure.flags.contains(&Flag::Suppressed)
}

/// The value without its unit, or what stands in its place.
pub(super) fn bare(measure: &Measure, lang: Lang) -> String {
    if is_suppressed(measure) {
        SUPPRESSED.to_owned()
    } else {
        measure.value.as_deref().map_or_else(|| no_data(lang), |value| grouped(value, lang))
    }
}

/// The value with its unit.
pub(super) fn with_unit(indicator: &Indicator, measure: &Measure, lang: Lang) -> String {
    if is_suppressed(measure) || measure.value.is_none() {
        return bare(measure, lang);
    }
    joined(&bare(measure, lang), &indicator.unit, lang)
}

/// A number and its unit.
pub(super) fn joined(number: &str, unit: &Unit, lang: Lang) -> String {
    let suffix = names::unit(unit, lang);
    match unit {
        Unit::Percent => format!("{number}{suffix}"),
        Unit::Points | Unit::Of(_) => say(lang, "number-and-unit", &[("number", number), ("unit", &suffix)]),
    }
}

/// The interval with units at both ends, if there is one to show.
pub(super) fn interval(indicator: &Indicator, measure: &Measure, lang: Lang) -> Option<String> {
    if is_suppressed(measure) {
        return None;
    }
    let (low, high) = (measure.low.as_deref()?, measure.high.as_deref()?);
    let suffix = if indicator.unit == Unit::Percent { "%" } else { "" };
    Some(say(
        lang,
        "interval",
        &[
            ("low", &format!("{}{suffix}", grouped(low, lang))),
            ("high", &format!("{}{suffix}", grouped(high, lang))),
        ],
    ))
}

/// Confidence level of an indicator's interval in per cent.
pub(super) fn level(indicator: &Indicator) -> String {
    let level = indicator.interval.map_or(0.95, |rule| rule.level);
    crate::phrase::fixed(level * 100.0, 1).trim_end_matches(".0").to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_set_apart_in_english_only() {
        let both = |number| [grouped(number, Lang::En), grouped(number, Lang::Zh)];
        assert_eq!(both("1234567.5"), ["1,234,567.5", "1234567.5"]);
        assert_eq!(both("-999"), ["-999", "-999"]);
        assert_eq!(both("—"), ["—", "—"]);
    }
}

//! A rate in plain numbers: of a hundred more like these, about how many.

use zhiheng_catalog::model::{Better, Indicator, IndicatorKind, Unit};
use zhiheng_measure::Measure;

/// Of a hundred.
const HUNDRED: f64 = 100.0;

/// What is counted when a rate is told in plain numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Counted {
    /// Those that do not do: of a rate of which more is better.
    Failing,
    /// Those that do: of a rate of which less is better, or neither.
    Meeting,
}

/// Of a hundred like these, from so many to so many.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Likely {
    /// What is counted.
    pub counted: Counted,
    /// At least about so many.
    pub least: u8,
    /// At most about so many.
    pub most: u8,
}

/// A rate with an interval in plain numbers, both ends rounded outward; nothing of figures that are no share of records, or without
/// an interval.
pub fn likely(indicator: &Indicator, measure: &Measure) -> Option<Likely> {
    let is_share =
        matches!(indicator.kind, IndicatorKind::Proportion { .. }) && indicator.unit == Unit::Percent;
    let (low, high) = measure.limits.filter(|_| is_share)?;
    Some(of_limits(indicator.better, low, high))
}

fn of_limits(better: Better, low: f64, high: f64) -> Likely {
    let (counted, low, high) = match better {
        Better::Higher => (Counted::Failing, HUNDRED - high, HUNDRED - low),
        _ => (Counted::Meeting, low, high),
    };
    // 100 − 93.4 is 6.599999…: what is left of the binary fraction must not move an end.
    let tidy = |value: f64| (value.clamp(0.0, HUNDRED) * 1e6).round() / 1e6;
    // Between 0 and 100, so the conversion is exact.
    let whole = |value: f64| value as u8;
    Likely { counted, least: whole(tidy(low).floor()), most: whole(tidy(high).ceil()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ends_are_rounded_outward_and_stay_within_a_hundred() {
        let failing = |low, high| {
            let told = of_limits(Better::Higher, low, high);
            assert_eq!(told.counted, Counted::Failing);
            (told.least, told.most)
        };
        // Wilson, 1417 of 1650: 84.1 to 87.5, so 12.5 to 15.9 of a hundred fail.
        assert_eq!(failing(84.11, 87.48), (12, 16));
        assert_eq!(failing(93.0, 97.0), (3, 7));
        assert_eq!(failing(93.4, 97.0), (3, 7));
        assert_eq!(failing(0.0, 100.0), (0, 100));
        // Ten of ten: 72.2 to 100.
        assert_eq!(failing(72.25, 100.0), (0, 28));
        assert_eq!(failing(-1e-12, 100.0 + 1e-12), (0, 100));
        let meeting = of_limits(Better::Lower, 3.2, 6.9);
        assert_eq!(meeting, Likely { counted: Counted::Meeting, least: 3, most: 7 });
    }
}

//! A range of periods of a kind: what stands between two of them, as command and API take it.

use zhiheng_base::{Diagnostic, Period, PeriodKind};

use crate::api::figures::PERIODS_MAX;
use crate::pages::forms::at;

/// Periods in a row.
#[derive(Clone, Debug)]
pub(super) struct Range {
    /// As typed.
    pub(super) from: Period,
    /// As typed; `from` if nothing was.
    pub(super) to: Period,
    /// First to last day.
    pub(super) whole: Period,
    /// The kind of the parts; `None` for the whole alone.
    pub(super) each: Option<PeriodKind>,
    /// The parts, the oldest first.
    pub(super) periods: Vec<Period>,
}

/// The parts of what lies from the first to the last period; what cannot be read or cut is told at its field.
pub(super) fn range(from: &str, to: &str, each: &str) -> Result<Range, Diagnostic> {
    let first = Period::parse(from).map_err(|problem| at("from", problem))?;
    let last = if to.is_empty() { Ok(first) } else { Period::parse(to) };
    let last = last.map_err(|problem| at("to", problem))?;
    let kind = match each {
        "" if first == last => None,
        // Two days have no kind by which what is between them is cut.
        "" if first.kind() != last.kind() || first.kind() == PeriodKind::Days => {
            return Err(at("each", Diagnostic::error("ZH7592").arg("from", first).arg("to", last)));
        }
        "" => Some(first.kind()),
        word => Some(PeriodKind::parse(word).map_err(|problem| at("each", problem))?),
    };
    let whole = match first == last {
        true => first,
        false => Period::days(first.start(), last.last_day()).map_err(|problem| at("to", problem))?,
    };
    let periods = match kind {
        None => Some(vec![whole]),
        Some(kind) => whole.parts(kind),
    };
    let periods = periods.filter(|periods| periods.len() <= PERIODS_MAX).ok_or_else(|| {
        let each = kind.map(|kind| kind.to_string()).unwrap_or_default();
        at("each", Diagnostic::error("ZH7540").arg("each", each).arg("period", whole))
    })?;
    Ok(Range { from: first, to: last, whole, each: kind, periods })
}

#[cfg(test)]
mod tests {
    use super::range;

    #[test]
    fn ranges_are_cut_by_their_kind() {
        let cut = |from, to, each| range(from, to, each).map(|range| range.periods.len());
        assert_eq!(cut("2013", "", ""), Ok(1));
        assert_eq!(cut("2011", "2013", ""), Ok(3));
        assert_eq!(cut("2013", "2013", "quarter"), Ok(4));
        assert_eq!(cut("2012Q4", "2013Q2", ""), Ok(3));
        assert_eq!(cut("2012", "2013", "month"), Ok(24));
        for (from, to, each, field) in [
            ("x", "", "", "from"),
            ("2013", "x", "", "to"),
            ("2013", "2012", "", "to"),
            ("2013", "2014Q1", "", "each"),
            ("2013", "", "week", "each"),
            ("2013", "", "fortnight", "each"),
            ("1990", "2013", "month", "each"),
        ] {
            let problem = range(from, to, each).expect_err(from);
            assert_eq!(problem.args.get("field").map(String::as_str), Some(field), "{from} {to} {each}");
        }
    }
}

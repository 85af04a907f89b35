//! What a scheme is judged by: figures with their uncertainty, points that people gave, evidence; and the verdicts.

use zhiheng_base::{Diagnostic, RegionCode};
use zhiheng_catalog::model::{Better, IndicatorKind, Item, Scheme, Score, Unit};
use zhiheng_judge::{Figure, Figures, Given, Sheets, Spread, Verdict, judge_given, prove, unfiled};
use zhiheng_measure::Measure;
use zhiheng_measure::engine::Engine;
use zhiheng_measure::engine::query::{Area, Query};

use super::{Asked, sheets};
use crate::context::Context;
use crate::failure::{Failure, show};

/// Everything that a verdict rests on.
pub(super) struct Case {
    pub(super) places: Vec<RegionCode>,
    pub(super) figures: Figures,
    pub(super) given: Given,
    pub(super) sheets: Sheets,
    pub(super) problems: Vec<Diagnostic>,
    pub(super) verdicts: Vec<Verdict>,
}

/// Judges all places of the scheme's level that have any figure or score. What is wrong with scores and evidence is shown on stderr.
pub(super) fn case(
    context: &Context,
    engine: &Engine,
    scheme: &Scheme,
    asked: &Asked,
) -> Result<Case, Failure> {
    // Scores of stages are read only where they can change a verdict.
    let is_scored = |item: &Item| matches!(item.score, Score::Judged { .. }) || !item.evidence.is_empty();
    build(context, engine, scheme, asked, scheme.items.iter().any(is_scored))
}

/// As [`case`], with the stages' scores even where figures decide.
pub(super) fn with_sheets(
    context: &Context,
    engine: &Engine,
    scheme: &Scheme,
    asked: &Asked,
) -> Result<Case, Failure> {
    build(context, engine, scheme, asked, true)
}

fn build(
    context: &Context,
    engine: &Engine,
    scheme: &Scheme,
    asked: &Asked,
    reads_sheets: bool,
) -> Result<Case, Failure> {
    let area = match asked.within.level() == scheme.assesses {
        true => Area::One(asked.within),
        false => Area::Below(asked.within, scheme.assesses),
    };
    let mut figures = Figures::default();
    let mut places: Vec<RegionCode> = Vec::new();
    for id in scheme.measures() {
        let query = Query { as_of: asked.as_of, ..Query::new(id, area, vec![asked.period]) };
        for measure in context.wait(engine.table(&query))? {
            let figure = figure(engine, id, &measure)?;
            if measure.records > 0 {
                places.push(measure.address.region);
            }
            figures.add(id, measure.address.region, figure);
        }
    }
    let (mut given, mut sheets, mut problems) = (Given::default(), Sheets::default(), Vec::new());
    if reads_sheets {
        let read = sheets::read(context, engine, scheme, asked)?;
        let (accepted, refused) = Sheets::new(scheme, &read.entries);
        sheets = accepted;
        problems.extend(read.problems);
        problems.extend(refused);
        problems.extend(prove(scheme, asked.period, &read.evidence, &mut given));
        problems.extend(unfiled(&sheets, &read.evidence));
        sheets.give(&mut given);
        places.extend(sheets.places());
    }
    if !context.global.quiet {
        show(&problems, context.lang, context.global.color);
    }
    places.sort_unstable();
    places.dedup();
    let verdicts = judge_given(scheme, &places, &figures, &given);
    Ok(Case { places, figures, given, sheets, problems, verdicts })
}

fn figure(engine: &Engine, id: &str, measure: &Measure) -> Result<Figure, Diagnostic> {
    let indicator = engine.indicator(id)?;
    let limits = measure.limits.zip(measure.number).zip(measure.interval.as_deref().and_then(level));
    let spread = limits.and_then(|(((low, high), number), level)| Spread::limits(number, low, high, level));
    let is_share =
        matches!(indicator.kind, IndicatorKind::Proportion { .. }) && indicator.unit == Unit::Percent;
    Ok(Figure {
        address: measure.address.to_string(),
        value: engine.exact(measure)?,
        shown: measure.value.clone().unwrap_or_default(),
        target: measure.target.as_ref().map(|target| target.value),
        falls: indicator.better == Better::Lower,
        spread: if is_share { spread.map(|spread| spread.within(0.0, 100.0)) } else { spread },
    })
}

/// The level at the end of `wilson 95 %`.
fn level(interval: &str) -> Option<f64> {
    let number = interval.strip_suffix('%')?.trim_end().rsplit(' ').next()?;
    number.parse::<f64>().ok().map(|percent| percent / 100.0)
}

#[cfg(test)]
mod tests {
    use super::level;

    #[test]
    fn levels_are_read_from_the_name_of_the_interval() {
        assert_eq!(level("wilson 95 %"), Some(0.95));
        assert_eq!(level("difference of two proportions 90 %"), Some(0.9));
        assert_eq!(level("wilson"), None);
    }
}

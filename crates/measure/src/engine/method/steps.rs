//! A method over steps of time: one row of its table per week, month or quarter up to the end of the period. The figure is how
//! many steps of the period are out of the ordinary; the steps themselves come with it.

use std::collections::BTreeSet;

use zhiheng_base::{Diagnostic, Period, PeriodKind, RegionCode};
use zhiheng_catalog::formula::Row;
use zhiheng_catalog::model::{ByMethod, MethodKind, Taken};

use super::answer::{Place, Wanted};
use super::{Inputs, Taking, cell, rest_on, run};
use crate::engine::Engine;
use crate::engine::figures::{Figures, Spec};
use crate::engine::finish::set_value;
use crate::engine::query::Key;
use crate::measure::{Flag, Measure, Step};

/// Steps of a series: those before the period, then those that end in it.
struct Series {
    steps: Vec<Period>,
    n_before: usize,
}

impl Series {
    fn of(kind: PeriodKind, period: Period, before: u32) -> Option<Series> {
        let mut inside: Vec<Period> = Vec::new();
        let mut step = Period::of(kind, period.start()).ok()?;
        while step.last_day() <= period.last_day() {
            inside.push(step);
            step = step.next()?;
        }
        let first = inside.first()?.previous()?;
        let mut steps = first.last(before as usize);
        let n_before = steps.len();
        steps.extend(inside);
        Some(Series { steps, n_before })
    }
}

impl Engine {
    pub(super) async fn over_steps(
        &self,
        spec: &Spec<'_>,
        by: &ByMethod,
        kind: PeriodKind,
        before: u32,
    ) -> Result<Figures, Diagnostic> {
        let mut figures = Figures::new();
        for key in self.expected(spec) {
            figures.insert(key.clone(), Measure::empty(self.address_of(spec, &key)));
        }
        for at in 0..spec.query.periods.len() {
            let Some(series) = Series::of(kind, spec.query.periods[at], before) else { continue };
            let inputs =
                self.inputs(by, |indicator| self.inner(spec, indicator, series.steps.clone())).await?;
            // Which places and values there are is told by any step of any input.
            let found: BTreeSet<Key> = (inputs.values())
                .flat_map(|(_, figures)| figures.keys().map(|key| Key { period: at, ..key.clone() }))
                .collect();
            for key in found {
                let mut measure = Measure::empty(self.address_of(spec, &key));
                self.watch(&mut measure, spec, by, &inputs, &key, &series);
                figures.insert(key, measure);
            }
        }
        Ok(figures)
    }

    /// Runs the method over the series of one place.
    fn watch(
        &self,
        measure: &mut Measure,
        spec: &Spec<'_>,
        by: &ByMethod,
        inputs: &Inputs<'_>,
        key: &Key,
        series: &Series,
    ) {
        let at_step = |step: usize| Key { period: step, ..key.clone() };
        let has_data = |step: usize| {
            inputs.values().any(|(_, found)| found.get(&at_step(step)).is_some_and(|one| one.value.is_some()))
        };
        // A chart has points where there are samples; a watched calendar has no holes, only blanks.
        let kept: Vec<usize> =
            (0..series.steps.len()).filter(|&step| by.word != MethodKind::Spc || has_data(step)).collect();
        let columns = table(by, inputs, key, series, &kept);
        for step in series.n_before..series.steps.len() {
            let own: Vec<&Measure> =
                inputs.values().filter_map(|(_, found)| found.get(&at_step(step))).collect();
            rest_on(measure, &own);
        }
        measure.cells = Some(kept.len() as u64);
        // Steps that are not judged still belong to the picture.
        let drawn = by.columns.iter().position(|(name, _)| Some(name) == by.answer.value.as_ref());
        let unjudged: Vec<Option<f64>> =
            drawn.map(|at| columns[at].iter().map(|text| text.parse().ok()).collect()).unwrap_or_default();
        let n_inside = kept.iter().filter(|&&step| step >= series.n_before).count();
        let answer = run(by, columns, n_inside);
        let place = answer.as_ref().map_err(Clone::clone).and_then(|answer| Place::new(&by.answer, answer));
        let place = match &place {
            Ok(place) => place,
            Err(refusal) => return measure.refuse(Flag::Refused, &by.method, refusal),
        };
        let region = measure.address.region.to_string();
        let mut alarms: u64 = 0;
        for (step, period) in series.steps.iter().enumerate() {
            let number = kept.binary_search(&step).ok();
            let found = number.and_then(|number| place.row(Wanted { region: &region, number: number + 1 }));
            let is_base = step < series.n_before;
            let alarm = found.as_ref().is_some_and(|found| found.alarm());
            alarms += u64::from(alarm && !is_base);
            let (low, high) = found.as_ref().map_or((None, None), |found| found.limits());
            measure.steps.push(Step {
                period: period.to_string(),
                value: found
                    .as_ref()
                    .and_then(|found| found.value())
                    .or_else(|| unjudged.get(number?).copied().flatten()),
                centre: found.as_ref().and_then(|found| found.centre()),
                low,
                high,
                alarm,
                base: is_base,
                told: found.map(|found| found.also()).unwrap_or_default(),
            });
        }
        set_value(measure, spec.indicator, alarms.into(), None);
    }
}

/// The method's table: a row for each step kept.
fn table(by: &ByMethod, inputs: &Inputs<'_>, key: &Key, series: &Series, kept: &[usize]) -> Vec<Vec<String>> {
    let cell_at = |taken: &Taken, step: usize| {
        let input = taken.of.as_deref().and_then(|of| inputs.get(of));
        let at = Key { period: step, ..key.clone() };
        let period = series.steps[step];
        let taking = Taking {
            figure: input.and_then(|(of, found)| Some((found.get(&at)?, *of))),
            region: RegionCode::from_u64(key.region).map(|region| region.to_string()).unwrap_or_default(),
            period: period.to_string(),
            start: period.start().to_string(),
            base: step < series.n_before,
        };
        cell(taken.take.eval(&taking as &dyn Row))
    };
    (by.columns.iter()).map(|(_, taken)| kept.iter().map(|&step| cell_at(taken, step)).collect()).collect()
}

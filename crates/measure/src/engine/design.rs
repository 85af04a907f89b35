//! Intervals of proportions from samples by design: strata, clusters, weights, finite populations.
//!
//! All records of the period that pass the filter are the sample, wherever they lie; a place, a cut or a group is a domain
//! of it. The value is the exact weighted share; only its interval comes from here.

use std::collections::BTreeMap;

use datafusion::arrow::array::{Array, AsArray};
use datafusion::arrow::compute::cast;
use datafusion::arrow::datatypes::{DataType, Float64Type, Int64Type};
use datafusion::logical_expr::{Expr, lit};
use zhiheng_base::{Diagnostic, RegionCode};
use zhiheng_catalog::Formula;
use zhiheng_catalog::model::{Design as Drawn, IndicatorKind, IntervalMethod, Lonely as Said};
use zhiheng_methods::survey::{Design, Lonely, Missing, Plan, ShareInterval, Stage};

use super::Engine;
use super::ask::{Ask, Counting, Group, span};
use super::conditions::cut;
use super::figures::{Figures, Spec};
use super::finish::set_interval;
use super::query::Key;
use super::scan::{Reads, failed};
use crate::formula::{column, translate};
use crate::lake::schema::{ENTRY, REGION};
use crate::measure::Flag;

/// A row outside all domains.
const NOWHERE: u32 = u32::MAX;

/// The sample of a period, one entry per record in order of entry.
#[derive(Default)]
struct Sample {
    strata: Vec<u32>,
    clusters: Vec<u32>,
    population: Vec<f64>,
    weights: Vec<f64>,
    /// 1 where the record meets `top`, 0 where not.
    event: Vec<f64>,
    /// Which of `keys` the record belongs to, or [`NOWHERE`].
    domain: Vec<u32>,
    keys: Vec<Key>,
}

impl Engine {
    /// Sets the intervals of `figures`, which hold the values already.
    pub(crate) async fn by_design(
        &self,
        spec: &Spec<'_>,
        drawn: &Drawn,
        figures: &mut Figures,
    ) -> Result<(), Diagnostic> {
        for measure in figures.values_mut() {
            measure.weighted = true;
        }
        let Some(rule) = spec.indicator.interval else { return Ok(()) };
        let name = format!("{} by design", rule.method.word());
        for at in 0..spec.query.periods.len() {
            let sample = self.sample(spec, drawn, at).await?;
            let stage = Stage {
                strata: drawn.strata.is_some().then_some(sample.strata.as_slice()),
                clusters: drawn.cluster.is_some().then_some(sample.clusters.as_slice()),
                fpc: drawn.population.is_some().then_some(sample.population.as_slice()),
            };
            let plan = Plan {
                n_rows: sample.event.len(),
                stages: &[stage],
                weights: Some(&sample.weights),
                nest: true,
                lonely: match drawn.lonely {
                    Said::Fail => Lonely::Fail,
                    Said::Certainty => Lonely::Certainty,
                    Said::Adjust => Lonely::Adjust,
                    Said::Average => Lonely::Average,
                },
                ..Plan::default()
            };
            let design = Design::prepare(&plan);
            let domains = design
                .as_ref()
                .map_err(Clone::clone)
                .and_then(|it| it.split(&sample.domain, sample.keys.len()));
            for (place, key) in sample.keys.iter().enumerate() {
                let Some(measure) = figures.get_mut(key).filter(|measure| measure.value.is_some()) else {
                    continue;
                };
                let found = domains.as_ref().map_err(Clone::clone).and_then(|domains| {
                    let domain = &domains[place];
                    let method = interval(rule.method);
                    let share = domain.share(&sample.event, method, rule.level, None, Missing::Refuse)?;
                    Ok(share.interval)
                });
                match found {
                    Ok(limits) => set_interval(measure, spec.indicator, limits, &name, rule.level),
                    Err(refusal) => measure.refuse(Flag::NoInterval, "survey.share", &refusal),
                }
            }
        }
        Ok(())
    }

    /// The sample of a period, with the figure that each record belongs to.
    async fn sample(&self, spec: &Spec<'_>, drawn: &Drawn, at: usize) -> Result<Sample, Diagnostic> {
        let IndicatorKind::Proportion { over, top, bottom, weight, .. } = &spec.indicator.kind else {
            return Ok(Sample::default());
        };
        let schema = self.table_of(spec.indicator)?;
        let area = spec.query.area.within();
        let whole =
            if area.is_outside() { area.ancestors().last().unwrap_or(area) } else { RegionCode::NATION };
        let ask = Ask {
            indicator: spec.indicator,
            group: Group::Each(whole),
            spans: vec![span(spec.query.periods[at])],
            cuts: &[],
            by: &[],
            basis: spec.query.basis,
            as_of: spec.as_of,
            on: None,
        };
        let mut sample = Sample::default();
        let Some(source) = self.source(&ask, schema, Reads::Most).await? else { return Ok(sample) };
        let frame = source.kept(over.filter.as_ref(), schema)?;
        let as_type =
            |expr: Expr, to: DataType, name: &str| datafusion::logical_expr::cast(expr, to).alias(name);
        let text = |field: &Option<String>, name: &str| match field {
            Some(field) => as_type(column(field), DataType::Utf8, name),
            None => lit("").alias(name),
        };
        let number = |formula: Option<&Formula>, name: &str| match formula {
            Some(formula) => as_type(translate(formula, schema), DataType::Float64, name),
            None => lit(1.0).alias(name),
        };
        let mut inside = lit(true);
        for (name, value) in &spec.query.cuts {
            inside = inside.and(cut(schema, name, value)?);
        }
        let mut kept = vec![
            column(ENTRY),
            column(REGION),
            text(&drawn.strata, "d_stratum"),
            text(&drawn.cluster, "d_cluster"),
            number(drawn.population.as_ref(), "d_population"),
            number(weight.as_ref(), "d_weight"),
            translate(bottom, schema).is_true().alias("d_bottom"),
            translate(top, schema).is_true().alias("d_top"),
            inside.is_true().alias("d_inside"),
        ];
        for (at, name) in spec.query.by.iter().enumerate() {
            kept.push(as_type(column(name), DataType::Utf8, &format!("g_{at}")));
        }
        let batches = frame
            .select(kept)
            .and_then(|frame| frame.filter(column("d_weight").is_not_null()))
            .and_then(|frame| frame.sort(vec![column(ENTRY).sort(true, false)]))
            .map_err(failed)?
            .collect()
            .await
            .map_err(failed)?;
        let counting = Counting::new(self, Group::of(spec.query.area), ask.basis);
        let (mut strata, mut clusters) = (Numbers::default(), Numbers::default());
        let mut known: BTreeMap<Key, u32> = BTreeMap::new();
        for batch in &batches {
            let regions = batch.column(1).as_primitive::<Int64Type>();
            let texts = [2, 3]
                .into_iter()
                .chain(9..batch.num_columns())
                .map(|at| cast(batch.column(at), &DataType::Utf8).map_err(|cause| failed(cause.into())))
                .collect::<Result<Vec<_>, _>>()?;
            let text = |at: usize, row: usize| {
                let texts = texts[at].as_string::<i32>();
                texts.is_valid(row).then(|| texts.value(row))
            };
            let (population, weights) = (
                batch.column(4).as_primitive::<Float64Type>(),
                batch.column(5).as_primitive::<Float64Type>(),
            );
            let truth = |at: usize, row: usize| batch.column(at).as_boolean().value(row);
            for row in 0..batch.num_rows() {
                let region = counting.of(regions.value(row) as u64);
                // Records outside the base are in the sample, but in no domain.
                let domain = region.filter(|_| truth(6, row) && truth(8, row)).map(|region| {
                    let values = (2..texts.len()).map(|at| text(at, row).map(str::to_owned)).collect();
                    let next = known.len() as u32;
                    *known.entry(Key { region, period: at, values }).or_insert(next)
                });
                sample.domain.push(domain.unwrap_or(NOWHERE));
                sample.strata.push(strata.of(text(0, row).unwrap_or_default()));
                sample.clusters.push(clusters.of(text(1, row).unwrap_or_default()));
                let whole = if population.is_valid(row) { population.value(row) } else { f64::NAN };
                sample.population.push(whole);
                sample.weights.push(weights.value(row));
                sample.event.push(if truth(7, row) { 1.0 } else { 0.0 });
            }
        }
        let mut keys: Vec<(u32, Key)> = known.into_iter().map(|(key, number)| (number, key)).collect();
        keys.sort_unstable_by_key(|(number, _)| *number);
        sample.keys = keys.into_iter().map(|(_, key)| key).collect();
        Ok(sample)
    }
}

/// Numbers that stand for texts, in the order in which they come.
#[derive(Default)]
struct Numbers(BTreeMap<String, u32>);

impl Numbers {
    fn of(&mut self, text: &str) -> u32 {
        if let Some(&number) = self.0.get(text) {
            return number;
        }
        let number = self.0.len() as u32;
        self.0.insert(text.to_owned(), number);
        number
    }
}

fn interval(method: IntervalMethod) -> ShareInterval {
    match method {
        IntervalMethod::Likelihood => ShareInterval::Likelihood,
        IntervalMethod::Beta => ShareInterval::Beta,
        IntervalMethod::Asin => ShareInterval::Asin,
        IntervalMethod::Mean => ShareInterval::Mean,
        _ => ShareInterval::Xlogit,
    }
}

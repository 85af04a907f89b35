//! The kinds of indicators: which figures each is made of, and how a table of numbers comes about.

use std::collections::BTreeMap;
use std::future::Future;
use std::pin::Pin;

use zhiheng_base::{Decimal, Diagnostic, Period, RegionCode};
use zhiheng_catalog::Value;
use zhiheng_catalog::formula::Row;
use zhiheng_catalog::model::{Indicator, IndicatorKind};

use super::Engine;
use super::ask::{Ask, Group, span};
use super::finish::{complete, finish, is_share, set_value};
use super::query::{Area, Key, PERIODS_MAX, Query};
use crate::address::Address;
use crate::formula::functions::are_apart;
use crate::lake::quarter::day_of;
use crate::measure::Measure;

/// Most steps from an indicator to the records behind it.
const DEPTH_MAX: usize = 16;

/// A question with all names resolved.
#[derive(Clone, Debug)]
pub(crate) struct Spec<'a> {
    pub indicator: &'a Indicator,
    pub query: Query,
    pub as_of: u64,
    pub depth: usize,
}

pub(crate) type Figures = BTreeMap<Key, Measure>;
type Answer<'a> = Pin<Box<dyn Future<Output = Result<Figures, Diagnostic>> + Send + 'a>>;

impl Engine {
    /// One number.
    ///
    /// # Errors
    ///
    /// ZH5005–ZH5014 for questions that have no answer, ZH5101 and ZH5104 when the machine fails. A number
    /// without data is an answer.
    pub async fn measure(&self, address: &Address) -> Result<Measure, Diagnostic> {
        let found = self.table(&Query::of(address)).await?;
        let mut measure = found.into_iter().next().unwrap_or_else(|| Measure::empty(address.clone()));
        // The address comes back as it was asked, with the size that it was answered at.
        measure.address = Address { as_of: measure.address.as_of, ..address.clone() };
        Ok(measure)
    }

    /// A table of numbers: by region, then period (in the order asked), then values of the dimensions.
    ///
    /// # Errors
    ///
    /// As for [`Engine::measure`].
    pub async fn table(&self, query: &Query) -> Result<Vec<Measure>, Diagnostic> {
        if query.periods.len() > PERIODS_MAX {
            return Err(Diagnostic::error("ZH5011").arg("most", PERIODS_MAX));
        }
        let indicator = self.indicator(&query.indicator)?;
        let as_of = query.as_of.unwrap_or(self.size());
        if as_of > self.size() {
            return Err(Diagnostic::error("ZH5007").arg("size", self.size()).arg("asked", as_of));
        }
        let allowed = self.catalog.dimensions(indicator);
        for name in query.cuts.iter().map(|(name, _)| name).chain(&query.by) {
            if !allowed.contains(name) {
                return Err(Diagnostic::error("ZH5006")
                    .arg("indicator", &query.indicator)
                    .arg("dimension", name)
                    .arg("allowed", allowed.join(", ")));
            }
        }
        let spec = Spec { indicator, query: query.clone(), as_of, depth: 0 };
        Ok(self.figures(spec).await?.into_values().collect())
    }

    /// The unrounded value of a number in its indicator's unit, to 28 digits; `None` without data.
    ///
    /// # Errors
    ///
    /// ZH5005 if the catalog does not know the indicator.
    pub fn exact(&self, measure: &Measure) -> Result<Option<Decimal>, Diagnostic> {
        Ok(exact_value(measure, self.indicator(&measure.address.indicator)?))
    }

    /// All numbers of a question, complete.
    pub(crate) fn figures<'a>(&'a self, spec: Spec<'a>) -> Answer<'a> {
        Box::pin(async move {
            if spec.depth > DEPTH_MAX {
                return Err(Diagnostic::error("ZH5009").arg("indicator", &spec.indicator.head.id));
            }
            if let Some(found) = self.kept_figures(&spec) {
                return Ok(found);
            }
            let mut found = match &spec.indicator.kind {
                IndicatorKind::Change { .. } => self.change(&spec).await?,
                IndicatorKind::Comparable(comparable) => self.comparable(&spec, comparable).await?,
                IndicatorKind::Derived { .. } => self.derived(&spec).await?,
                IndicatorKind::Reported { .. } => self.reported(&spec).await?,
                IndicatorKind::Proportion { weights: Some(weights), .. } => {
                    self.weighted(&spec, weights).await?
                }
                IndicatorKind::Register(_) => self.register(&spec).await?,
                IndicatorKind::Method(by) => self.by_method(&spec, by).await?,
                IndicatorKind::Proportion { design: Some(design), .. } => {
                    let mut found = self.counted(&spec).await?;
                    self.by_design(&spec, design, &mut found).await?;
                    found
                }
                _ => self.counted(&spec).await?,
            };
            for measure in found.values_mut() {
                complete(measure, spec.indicator, &self.catalog.digest);
            }
            self.keep_figures(&spec, &found);
            Ok(found)
        })
    }

    /// The address of one number of a question.
    pub(crate) fn address_of(&self, spec: &Spec<'_>, key: &Key) -> Address {
        let region = RegionCode::from_u64(key.region).unwrap_or(spec.query.area.within());
        let period = spec.query.periods.get(key.period).copied().unwrap_or(spec.query.periods[0]);
        let mut cuts = spec.query.cuts.clone();
        for (name, value) in spec.query.by.iter().zip(&key.values) {
            cuts.retain(|(known, _)| known != name);
            cuts.push((name.clone(), value.clone().unwrap_or_default()));
        }
        cuts.sort();
        Address {
            indicator: spec.indicator.head.id.clone(),
            region,
            basis: spec.query.basis,
            period,
            cuts,
            as_of: Some(spec.as_of),
        }
    }

    /// Every key that the answer must have even without records: all regions and periods, when nothing is split.
    pub(crate) fn expected(&self, spec: &Spec<'_>) -> Vec<Key> {
        if !spec.query.by.is_empty() {
            return Vec::new();
        }
        let regions: Vec<u64> = match Group::of(spec.query.area) {
            Group::Below(region, level) => {
                let mut codes: Vec<u64> = self
                    .places
                    .regions()
                    .descendants(region, level)
                    .iter()
                    .map(|one| one.code.as_u64())
                    .collect();
                codes.sort_unstable();
                codes.dedup();
                codes
            }
            group => vec![group.within().as_u64()],
        };
        regions
            .into_iter()
            .flat_map(|region| {
                (0..spec.query.periods.len()).map(move |period| Key { region, period, values: Vec::new() })
            })
            .collect()
    }

    /// Kinds that add up records of the period.
    async fn counted(&self, spec: &Spec<'_>) -> Result<Figures, Diagnostic> {
        let plan = self.plan_of(spec.indicator)?;
        let mut states: BTreeMap<Key, crate::atoms::Parts> =
            self.expected(spec).into_iter().map(|key| (key, crate::atoms::Parts::default())).collect();
        for layer in layers(&spec.query.periods) {
            let ask = Ask {
                indicator: spec.indicator,
                group: Group::of(spec.query.area),
                spans: layer.iter().map(|&at| span(spec.query.periods[at])).collect(),
                cuts: &spec.query.cuts,
                by: &spec.query.by,
                basis: spec.query.basis,
                as_of: spec.as_of,
                on: None,
            };
            for (key, parts) in self.answers(&ask).await? {
                states.entry(Key { period: layer[key.period], ..key }).or_default().add(&parts);
            }
        }
        states
            .into_iter()
            .map(|(key, parts)| {
                let address = self.address_of(spec, &key);
                Ok((key, finish(spec.indicator, &plan, &parts, address)?))
            })
            .collect()
    }

    /// What is valid on the last day of each period.
    async fn register(&self, spec: &Spec<'_>) -> Result<Figures, Diagnostic> {
        let plan = self.plan_of(spec.indicator)?;
        let mut figures: Figures = Figures::new();
        for key in self.expected(spec) {
            let address = self.address_of(spec, &key);
            figures.insert(key, finish(spec.indicator, &plan, &crate::atoms::Parts::default(), address)?);
        }
        for (at, period) in spec.query.periods.iter().enumerate() {
            let ask = Ask {
                indicator: spec.indicator,
                group: Group::of(spec.query.area),
                spans: Vec::new(),
                cuts: &spec.query.cuts,
                by: &spec.query.by,
                basis: spec.query.basis,
                as_of: spec.as_of,
                on: Some(day_of(period.last_day())),
            };
            for (key, parts) in self.answers(&ask).await? {
                let key = Key { period: at, ..key };
                let address = self.address_of(spec, &key);
                figures.insert(key, finish(spec.indicator, &plan, &parts, address)?);
            }
        }
        Ok(figures)
    }

    /// A formula over other figures of the same region and period.
    async fn derived(&self, spec: &Spec<'_>) -> Result<Figures, Diagnostic> {
        let IndicatorKind::Derived { formula, of } = &spec.indicator.kind else { return Ok(Figures::new()) };
        let mut inputs: Vec<(String, Figures)> = Vec::new();
        for id in of {
            let inner = self.indicator(id)?;
            let found = self.figures(self.inner(spec, inner, spec.query.periods.clone())).await?;
            inputs.push((id.replace('.', "__"), found));
        }
        let keys: std::collections::BTreeSet<Key> =
            inputs.iter().flat_map(|(_, found)| found.keys().cloned()).chain(self.expected(spec)).collect();
        let mut figures = Figures::new();
        for key in keys {
            let mut measure = Measure::empty(self.address_of(spec, &key));
            let mut values = BTreeMap::new();
            for (name, found) in &inputs {
                let Some(one) = found.get(&key) else { continue };
                measure.synthetic += one.synthetic;
                measure.published += one.published;
                measure.records = measure.records.max(one.records);
                measure.weighted |= one.weighted;
                values.insert(name.clone(), exact_value(one, self.indicator(&one.address.indicator)?));
            }
            if let Some(value) = formula.eval(&Named(&values)).to_decimal() {
                set_value(&mut measure, spec.indicator, value, None);
            }
            figures.insert(key, measure);
        }
        Ok(figures)
    }

    /// The same question about another indicator.
    pub(crate) fn inner<'a>(
        &self,
        spec: &Spec<'_>,
        indicator: &'a Indicator,
        periods: Vec<Period>,
    ) -> Spec<'a> {
        let query = Query { indicator: indicator.head.id.clone(), periods, ..spec.query.clone() };
        Spec { indicator, query, as_of: spec.as_of, depth: spec.depth + 1 }
    }
}

/// The period that a change or a comparable rate is compared with.
pub(crate) fn earlier(period: Period, year_before: bool) -> Option<Period> {
    if year_before { period.year_before() } else { period.previous() }
}

/// Periods as layers in which none overlap, as indexes in order of time.
fn layers(periods: &[Period]) -> Vec<Vec<usize>> {
    let mut order: Vec<usize> = (0..periods.len()).collect();
    order.sort_by_key(|&at| (periods[at].start(), periods[at].end()));
    let mut layers: Vec<Vec<usize>> = Vec::new();
    for at in order {
        let fits = layers.iter_mut().find(|layer| {
            layer.last().is_none_or(|&last| are_apart(&[span(periods[last]), span(periods[at])]))
        });
        match fits {
            Some(layer) => layer.push(at),
            None => layers.push(vec![at]),
        }
    }
    layers
}

/// Values by name, for formulas over indicators.
struct Named<'a>(&'a BTreeMap<String, Option<Decimal>>);

impl Row for Named<'_> {
    fn value(&self, name: &str) -> Value {
        // Names inside the tree are written with `__`; ids with a dot are understood as well.
        let found = self.0.get(name).or_else(|| self.0.get(&name.replace('.', "__")));
        found.copied().flatten().map_or(Value::Null, Value::Decimal)
    }
}

/// The unrounded value in the unit, to 28 digits.
pub(crate) fn exact_value(measure: &Measure, indicator: &Indicator) -> Option<Decimal> {
    measure.value.as_ref()?;
    match (measure.top, measure.bottom) {
        (Some(top), None) => Some(top),
        (Some(top), Some(bottom)) if is_share(indicator) => {
            top.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(bottom)
        }
        (Some(top), Some(bottom)) => top.checked_div(bottom),
        _ => None,
    }
}

/// Both parts as counts, if they are whole.
pub(crate) fn counts(measure: &Measure) -> Option<(u64, u64)> {
    let whole = |value: Decimal| value.is_integer().then(|| u64::try_from(value).ok()).flatten();
    Some((whole(measure.top?)?, whole(measure.bottom?)?))
}

/// Regions of a question that have a number of their own.
pub(crate) fn regions_of(engine: &Engine, area: Area) -> Vec<RegionCode> {
    match area {
        Area::One(region) => vec![region],
        Area::Below(region, level) if level == region.level() => vec![region],
        Area::Below(region, level) => {
            engine.places.regions().descendants(region, level).iter().map(|one| one.code).collect()
        }
    }
}

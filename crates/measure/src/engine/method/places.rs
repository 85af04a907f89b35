//! A method over places of one level: one row of its table per place, whether or not it is asked for, since each is judged
//! among the others.

use std::collections::{BTreeMap, BTreeSet};

use zhiheng_base::{Diagnostic, Level, RegionCode};
use zhiheng_catalog::formula::Row;
use zhiheng_catalog::model::{Among, ByMethod};

use super::answer::{Place, Wanted};
use super::{Inputs, Taking, cell, decimal, level, rest_on, run};
use crate::engine::Engine;
use crate::engine::figures::{Figures, Spec, regions_of};
use crate::engine::finish::{set_limits, set_value};
use crate::engine::query::{Area, Key, Query};
use crate::measure::{Flag, Measure};

impl Engine {
    pub(super) async fn over_places(
        &self,
        spec: &Spec<'_>,
        by: &ByMethod,
        among: Among,
    ) -> Result<Figures, Diagnostic> {
        let mut figures = Figures::new();
        for key in self.expected(spec) {
            figures.insert(key.clone(), Measure::empty(self.address_of(spec, &key)));
        }
        // Places that are judged together are computed together.
        let mut circles: BTreeMap<(RegionCode, Level), Vec<RegionCode>> = BTreeMap::new();
        for region in regions_of(self, spec.query.area) {
            if let Some((within, level)) = self.circle(region, spec.query.area, among) {
                circles.entry((within, level)).or_default().push(region);
            }
        }
        for ((within, level), wanted) in circles {
            let inputs = self
                .inputs(by, |indicator| {
                    let query = Query {
                        indicator: indicator.head.id.clone(),
                        area: Area::Below(within, level),
                        ..spec.query.clone()
                    };
                    Spec { indicator, query, as_of: spec.as_of, depth: spec.depth + 1 }
                })
                .await?;
            let peers: Vec<RegionCode> = regions_of(self, Area::Below(within, level));
            let groups: BTreeSet<(usize, Vec<Option<String>>)> = inputs
                .values()
                .flat_map(|(_, found)| found.keys().map(|key| (key.period, key.values.clone())))
                .collect();
            for (period, values) in groups {
                let keys: Vec<Key> = (peers.iter())
                    .map(|region| Key { region: region.as_u64(), period, values: values.clone() })
                    .collect();
                for (key, measure) in self.judged(spec, by, &inputs, keys, &wanted) {
                    figures.insert(key, measure);
                }
            }
        }
        Ok(figures)
    }

    /// The place whose parts of the same level a place is judged among, and that level. A place asked for among those
    /// of a level keeps to it, though it may stand in from another one (a city without counties among counties).
    fn circle(&self, region: RegionCode, area: Area, among: Among) -> Option<(RegionCode, Level)> {
        let level = match area {
            Area::Below(_, level) => level,
            Area::One(region) => region.level(),
        };
        let regions = self.places.regions();
        let within = match among {
            Among::Siblings => regions.parent(region),
            Among::Province => regions.ancestor(region, Level::Province),
            Among::Nation => regions.ancestor(region, Level::Nation),
        };
        // Outside places have no nation: there the whole is the root.
        let within = within.or_else(|| region.ancestors().last())?;
        (within != region).then_some((within, level))
    }

    /// The figures of one period: the method runs once over all places that have any input.
    fn judged(
        &self,
        spec: &Spec<'_>,
        by: &ByMethod,
        inputs: &Inputs<'_>,
        keys: Vec<Key>,
        wanted: &[RegionCode],
    ) -> Vec<(Key, Measure)> {
        let has_input = |key: &Key| {
            inputs.values().any(|(_, found)| found.get(key).is_some_and(|one| one.value.is_some()))
        };
        let keys: Vec<Key> = keys.into_iter().filter(|key| inputs.is_empty() || has_input(key)).collect();
        let columns = (by.columns.iter())
            .map(|(_, taken)| {
                (keys.iter())
                    .map(|key| {
                        let address = self.address_of(spec, key);
                        let input = taken.of.as_deref().and_then(|of| inputs.get(of));
                        let taking = Taking {
                            figure: input.and_then(|(of, found)| Some((found.get(key)?, *of))),
                            region: address.region.to_string(),
                            period: address.period.to_string(),
                            start: address.period.start().to_string(),
                            base: false,
                        };
                        cell(taken.take.eval(&taking as &dyn Row))
                    })
                    .collect()
            })
            .collect();
        let answer = run(by, columns, 1);
        let place = answer.as_ref().map_err(Clone::clone).and_then(|answer| Place::new(&by.answer, answer));
        let mut figures = Vec::new();
        for (at, key) in keys.iter().enumerate() {
            let address = self.address_of(spec, key);
            if !wanted.contains(&address.region) {
                continue;
            }
            let region = address.region.to_string();
            let mut measure = Measure::empty(address);
            let own: Vec<&Measure> = inputs.values().filter_map(|(_, found)| found.get(key)).collect();
            rest_on(&mut measure, &own);
            measure.cells = Some(keys.len() as u64);
            match &place {
                Err(refusal) => measure.refuse(Flag::Refused, &by.method, refusal),
                Ok(place) => {
                    if let Some(found) = place.row(Wanted { region: &region, number: at + 1 }) {
                        if let Some(value) = found.value().and_then(decimal) {
                            set_value(&mut measure, spec.indicator, value, None);
                        }
                        set_limits(&mut measure, spec.indicator, found.limits(), &by.method, level(by));
                        measure.beside = found.also();
                    }
                }
            }
            figures.push((key.clone(), measure));
        }
        figures
    }
}

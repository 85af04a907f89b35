//! Transformations: the events of each joined, and what really went in.

use std::collections::{BTreeMap, BTreeSet};

use super::{Amount, Standing, Sure, Transformation, World};
use crate::Number;
use crate::dictionary::{TermId, Thing};
use crate::event::{EventKind, Quantity};
use zhiheng_base::Decimal;

impl World {
    fn amounts(&mut self, pieces: &[String], amounts: &[Quantity]) -> Vec<Amount> {
        let mut out: Vec<Amount> = Vec::with_capacity(pieces.len() + amounts.len());
        for text in pieces {
            let thing = self.dictionary.thing(text);
            out.push(Amount { thing, quantity: Some(Decimal::ONE), unit: None });
        }
        for amount in amounts {
            out.push(Amount {
                thing: self.dictionary.thing(&amount.class),
                quantity: amount.quantity.as_ref().and_then(Number::decimal),
                unit: amount.unit.clone(),
            });
        }
        out
    }

    /// Joins the events of each transformation and finds what really went in.
    pub(super) fn transform(&mut self) {
        let mut by_id: BTreeMap<String, usize> = BTreeMap::new();
        for place in 0..self.facts.len() {
            let Some(fact) = self.facts.get(place).filter(|fact| fact.standing == Standing::Stands) else {
                continue;
            };
            if fact.event.kind != EventKind::Transformation {
                continue;
            }
            let (event, site) = (fact.event.clone(), fact.site);
            let time = event.time.micros();
            let inputs = self.amounts(&event.inputs, &event.input_quantities);
            let outputs = self.amounts(&event.outputs, &event.output_quantities);
            let known = event.transformation.as_ref().and_then(|id| by_id.get(id).copied());
            let at = known.unwrap_or(self.transformations.len());
            if known.is_none() {
                self.transformations.push(Transformation {
                    events: Vec::new(),
                    inputs: Vec::new(),
                    outputs: Vec::new(),
                    consumed: BTreeMap::new(),
                    times: (time, time),
                });
                if let Some(id) = event.transformation {
                    by_id.insert(id, at);
                }
            }
            let mut consumed: Vec<(Thing, Sure)> = Vec::new();
            for input in &inputs {
                consumed.push((input.thing, Sure::Recorded));
                consumed.extend(
                    self.contents_at(input.thing, time).into_iter().map(|thing| (thing, Sure::Recorded)),
                );
                if input.thing.is_class() {
                    let lots = self.lots_at(input.thing, site, time);
                    consumed.extend(lots.into_iter().map(|lot| (lot, Sure::Possible)));
                }
            }
            if let Some(own) = self.transformations.get_mut(at) {
                own.events.push(place);
                own.times = (own.times.0.min(time), own.times.1.max(time));
                own.inputs.extend(inputs);
                own.outputs.extend(outputs);
                for (thing, sure) in consumed {
                    let best = own.consumed.entry(thing).or_insert(sure);
                    *best = sure.min(*best);
                }
            }
        }
        for (at, own) in self.transformations.iter().enumerate() {
            for thing in own.consumed.keys() {
                self.consumers.entry(*thing).or_default().push(at);
            }
            let outputs: BTreeSet<Thing> = own.outputs.iter().map(|amount| amount.thing).collect();
            for thing in outputs {
                self.producers.entry(thing).or_default().push(at);
            }
        }
    }

    /// The lots of a class that may have been at a site until `time`. Where a site is unknown, it is not excluded.
    fn lots_at(&self, class: Thing, site: Option<TermId>, time: i64) -> Vec<Thing> {
        let range = class..;
        self.mentions
            .range(range)
            .take_while(|(thing, _)| thing.class() == class.class())
            .filter(|(thing, _)| thing.is_lot())
            .filter(|(_, places)| {
                places.iter().filter_map(|&place| self.facts.get(place)).any(|fact| {
                    let same_site = site.is_none() || fact.site.is_none() || fact.site == site;
                    fact.event.time.micros() <= time && same_site
                })
            })
            .map(|(thing, _)| *thing)
            .collect()
    }
}

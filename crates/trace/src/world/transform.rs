//! Transformations: the events of each joined, and what really went in.

use std::collections::BTreeMap;

use super::chain::link;
use super::{Amount, Deed, Log, Node, Roles, Standing, Sure, Transformation, World};
use crate::dictionary::TermId;

impl World {
    /// Joins an event to its transformation and finds what really went in.
    pub(super) fn transform(&mut self, log: &Log, deed: &Deed, place: usize) {
        let known = deed.transformation.and_then(|id| self.by_transformation.get(&id).copied());
        let at = known.unwrap_or(self.transformations.len());
        if known.is_none() {
            self.transformations.push(Transformation {
                events: Vec::new(),
                inputs: Vec::new(),
                outputs: Vec::new(),
                consumed: BTreeMap::new(),
                times: (deed.time, deed.time),
            });
            self.made.push(super::chain::NONE);
            if let Some(id) = deed.transformation {
                self.by_transformation.insert(id, at);
            }
        }
        let side = |role: Roles| -> Vec<Amount> {
            let named = deed.named.of(&log.named).iter().filter(|named| named.role == role);
            named
                .map(|named| {
                    let (quantity, unit) = match log.amounts.get(named.amount as usize) {
                        Some(amount) => *amount,
                        None => (Some(zhiheng_base::Decimal::ONE), None),
                    };
                    Amount { node: named.node, quantity, unit }
                })
                .collect()
        };
        let (inputs, outputs) = (side(Roles::INPUT), side(Roles::OUTPUT));
        let mut consumed: Vec<(Node, Sure)> = Vec::new();
        for input in &inputs {
            consumed.push((input.node, Sure::Recorded));
            let inside = self.contents_now(input.node, deed.time);
            consumed.extend(inside.into_iter().map(|node| (node, Sure::Recorded)));
            if self.is_class(input.node) {
                let lots = self.lots_at(input.node, deed.site);
                self.doubts += lots.len();
                consumed.extend(lots.into_iter().map(|lot| (lot, Sure::Possible)));
            }
        }
        let to = u32::try_from(at).unwrap_or(u32::MAX);
        for &(node, sure) in &consumed {
            let before = self.seat(node).consumer;
            match self.uses.get_mut(before as usize).filter(|newest| newest.to == to) {
                Some(newest) => newest.what = sure.min(newest.what),
                None => {
                    let newest = link(&mut self.uses, to, before, sure);
                    self.seat_mut(node).consumer = newest;
                    self.leads.meet(node.at());
                }
            }
        }
        for output in &outputs {
            self.make_run(at, output.node);
            let before = self.seat(output.node).producer;
            if self.uses.get(before as usize).is_none_or(|newest| newest.to != to) {
                let newest = link(&mut self.uses, to, before, Sure::Recorded);
                self.seat_mut(output.node).producer = newest;
            }
        }
        if let Some(own) = self.transformations.get_mut(at) {
            own.events.push(place);
            own.times = (own.times.0.min(deed.time), own.times.1.max(deed.time));
            own.inputs.extend(inputs);
            own.outputs.extend(outputs);
            for (node, sure) in consumed {
                let best = own.consumed.entry(node).or_insert(sure);
                *best = sure.min(*best);
            }
        }
    }

    /// The lots of a class that may have been at a site until now. Where a site is unknown, it is not excluded.
    fn lots_at(&self, class: Node, site: Option<TermId>) -> Vec<Node> {
        let class = self.thing(class).and_then(crate::dictionary::Thing::class);
        let members = class.and_then(|class| self.members.get(class.0 as usize));
        members
            .into_iter()
            .flatten()
            .copied()
            .filter(|&node| self.is_lot(node))
            .filter(|&node| {
                self.mentions_of(node).filter_map(|(place, _)| self.fact(place)).any(|fact| {
                    let same_site = site.is_none() || fact.deed.site.is_none() || fact.deed.site == site;
                    fact.standing == Standing::Stands && same_site
                })
            })
            .collect()
    }
}

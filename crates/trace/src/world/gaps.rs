//! What is missing in the story of a piece.

use std::collections::BTreeSet;

use super::chain::NONE;
use super::{Finding, Form, Node, Roles, Standing, World};
use crate::event::Action;

impl World {
    pub(super) fn look_for_gaps(&self, out: &mut BTreeSet<Finding>) {
        let shipping = self.known_term("shipping");
        for thing in self.nodes() {
            if self.is_piece(thing) && self.thing(thing).is_some_and(|thing| thing.class().is_some()) {
                self.gaps_of(thing, shipping, out);
            }
        }
    }

    fn gaps_of(&self, thing: Node, shipping: Option<crate::dictionary::TermId>, out: &mut BTreeSet<Finding>) {
        let mut facts: Vec<_> = self
            .mentions_of(thing)
            .filter_map(|(place, roles)| Some((self.fact(place)?, roles)))
            .filter(|(fact, _)| fact.standing == Standing::Stands)
            .collect();
        facts.reverse();
        if facts.is_empty() {
            return;
        }
        let is = |at: usize, action: Action| {
            facts
                .get(at)
                .is_some_and(|(fact, _)| fact.deed.form == Form::Object && fact.deed.action == Some(action))
        };
        let made = self.seat(thing).producer != NONE || (0..facts.len()).any(|at| is(at, Action::Add));
        // pallets begin with being packed
        let is_container = facts.iter().any(|(_, roles)| roles.has(Roles::PARENT));
        if !made && self.has_beginnings && !is_container {
            out.insert(Finding::NeverCommissioned { thing });
        }
        let end = (0..facts.len()).find(|&at| is(at, Action::Delete));
        if let Some((after, _)) = end.and_then(|end| facts.get(end + 1)) {
            out.insert(Finding::SeenAfterEnd { thing, time: after.deed.time });
        }
        if let Some((last, _)) =
            facts.last().filter(|(fact, _)| shipping.is_some() && fact.deed.step == shipping)
        {
            let time = last.deed.time;
            if !self.stays(thing).iter().any(|stay| stay.to > time) {
                out.insert(Finding::NeverReceived { thing, time });
            }
        }
    }
}

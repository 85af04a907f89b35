//! What is missing in the story of a piece.

use super::{Finding, Standing, World};
use crate::event::{Action, EventKind};

impl World {
    pub(super) fn look_for_gaps(&mut self) {
        let mut found = Vec::new();
        let has_beginnings = self.facts.iter().any(|fact| {
            fact.standing == Standing::Stands
                && fact.event.kind == EventKind::Object
                && fact.event.action == Some(Action::Add)
        });
        for (&thing, places) in &self.mentions {
            if thing.is_class() || thing.is_lot() || thing.class().is_none() {
                continue;
            }
            let facts = || places.iter().filter_map(|&place| self.facts.get(place));
            let made = self.producers.contains_key(&thing)
                || facts().any(|fact| {
                    fact.event.kind == EventKind::Object && fact.event.action == Some(Action::Add)
                });
            let was_only_container = facts().all(|fact| {
                fact.event.parent.as_ref().and_then(|text| self.dictionary.find(text)) == Some(thing)
            });
            if !made && has_beginnings && !was_only_container {
                found.push(Finding::NeverCommissioned { thing });
            }
            let end = facts().position(|fact| {
                fact.event.kind == EventKind::Object && fact.event.action == Some(Action::Delete)
            });
            if let Some(after) = end.and_then(|end| facts().nth(end + 1)) {
                found.push(Finding::SeenAfterEnd { thing, time: after.event.time.micros() });
            }
            if let Some(last) = facts().next_back().filter(|fact| fact.event.step() == Some("shipping")) {
                let moved = self
                    .stays
                    .get(&thing)
                    .into_iter()
                    .flatten()
                    .any(|stay| stay.to > last.event.time.micros());
                if !moved {
                    found.push(Finding::NeverReceived { thing, time: last.event.time.micros() });
                }
            }
        }
        self.findings.extend(found);
    }
}

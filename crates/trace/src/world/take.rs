//! Which events count, in which order, and what they name.

use std::collections::{BTreeMap, BTreeSet};

use super::{Captured, Fact, Finding, Standing, World};
use crate::dictionary::Thing;
use crate::event::{Action, Event};
use crate::hash::digest;

/// What makes two captured events one: hash, being a declaration, identifier.
type Content<'a> = ([u8; 32], bool, Option<&'a str>);

impl World {
    /// Sorts events, drops repetitions, and voids what was declared wrong.
    pub(super) fn take(&mut self, captured: &[Captured], as_of: Option<i64>) {
        let mut first: BTreeMap<Content<'_>, (i64, &Event)> = BTreeMap::new();
        for Captured { event, recorded } in captured {
            if as_of.is_some_and(|limit| *recorded > limit) {
                continue;
            }
            // the hash leaves identifier and declaration out, so both belong to the key
            let key = (digest(event), event.error.is_some(), event.id.as_deref());
            let entry = first.entry(key).or_insert((*recorded, event));
            entry.0 = entry.0.min(*recorded);
        }
        let declared_ids: BTreeSet<&str> = first
            .values()
            .filter(|(_, event)| event.error.is_some())
            .filter_map(|(_, event)| event.id.as_deref())
            .collect();
        let declared: BTreeSet<[u8; 32]> = first
            .keys()
            .filter(|(_, is_error, id)| *is_error && id.is_none())
            .map(|(digest, _, _)| *digest)
            .collect();
        let known: BTreeSet<&str> = first
            .values()
            .filter(|(_, event)| event.error.is_none())
            .filter_map(|(_, event)| event.id.as_deref())
            .collect();
        // of several contents under one identifier, the one captured first counts
        let mut holder: BTreeMap<&str, (i64, [u8; 32])> = BTreeMap::new();
        for ((digest, is_error, id), (recorded, _)) in &first {
            if let (false, Some(id)) = (*is_error, *id) {
                let own = (*recorded, *digest);
                let best = holder.entry(id).or_insert(own);
                *best = own.min(*best);
            }
        }
        for ((digest, is_error, id), (recorded, event)) in &first {
            let standing = if *is_error {
                Standing::Declaration
            } else if id.is_some_and(|id| declared_ids.contains(id)) || declared.contains(digest) {
                Standing::Voided
            } else if id.is_some_and(|id| holder.get(id).is_some_and(|(_, best)| best != digest)) {
                self.findings.insert(Finding::Conflict { id: id.unwrap_or_default().to_owned() });
                Standing::Conflict
            } else {
                Standing::Stands
            };
            for id in event.error.iter().flat_map(|error| &error.corrective) {
                if !known.contains(id.as_str()) {
                    self.findings.insert(Finding::CorrectiveMissing { id: id.clone() });
                }
            }
            self.facts.push(Fact {
                event: (*event).clone(),
                recorded: *recorded,
                digest: *digest,
                standing,
                site: None,
            });
        }
        self.facts.sort_by_key(|fact| {
            (fact.event.time.micros(), rank(&fact.event), fact.digest, fact.event.id.clone())
        });
    }

    pub(super) fn name_things(&mut self) {
        for place in 0..self.facts.len() {
            let Some(fact) = self.facts.get(place) else { continue };
            let event = fact.event.clone();
            let counts = fact.standing == Standing::Stands;
            let site = event.biz_location.as_ref().or(event.read_point.as_ref());
            let site = site.map(|site| self.dictionary.place(&site.id));
            if let Some(fact) = self.facts.get_mut(place) {
                fact.site = site;
            }
            let mut named: BTreeSet<Thing> = BTreeSet::new();
            let pieces = [&event.epcs, &event.children, &event.inputs, &event.outputs];
            for text in pieces.into_iter().flatten().chain(&event.parent) {
                named.insert(self.thing(text));
            }
            let amounts = [
                &event.quantities,
                &event.child_quantities,
                &event.input_quantities,
                &event.output_quantities,
            ];
            for amount in amounts.into_iter().flatten() {
                named.insert(self.thing(&amount.class));
            }
            if counts {
                for destination in event.destinations.iter().chain(&event.sources) {
                    self.dictionary.place(&destination.id);
                }
                self.join_lots(&event);
                for thing in named {
                    self.mentions.entry(thing).or_default().push(place);
                }
            }
        }
    }

    /// The thing that a text names; a Digital Link with lot and serial also tells the lot.
    fn thing(&mut self, text: &str) -> Thing {
        let thing = self.dictionary.thing(text);
        if text.starts_with("http")
            && let Ok(link) = crate::id::Link::read(text)
            && let Some(lot) = link.lot
        {
            self.join_lot(thing, &lot);
        }
        thing
    }

    fn join_lot(&mut self, piece: Thing, lot: &str) {
        if piece.is_lot() || piece.is_class() {
            return;
        }
        if let Some(lot) = self.dictionary.lot(piece, lot) {
            self.lot_of.insert(piece, lot);
            self.pieces_of.entry(lot).or_default().insert(piece);
        }
    }

    /// Master data of pieces tells their lot (`cbvmda:lotNumber`).
    fn join_lots(&mut self, event: &Event) {
        let is_lot = |node: &&crate::node::Node| {
            node.name.local == "lotNumber" && node.name.space.trim_end_matches(':') == "urn:epcglobal:cbv:mda"
        };
        let Some(lot) = event.ilmd.iter().flatten().find(is_lot).map(|node| node.trimmed().to_owned()) else {
            return;
        };
        for text in event.epcs.iter().chain(&event.outputs) {
            let piece = self.dictionary.thing(text);
            self.join_lot(piece, &lot);
        }
    }
}

/// What adds comes before what sees, and that before what ends.
fn rank(event: &Event) -> u8 {
    match event.action {
        Some(Action::Add) => 0,
        Some(Action::Observe) => 1,
        None => 2,
        Some(Action::Delete) => 3,
    }
}

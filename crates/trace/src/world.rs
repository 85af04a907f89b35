//! What events say about the world: which things were where, in what, and what became of them.
//!
//! A [`World`] is folded from captured events and answers the questions of a recall: the history of a thing, what
//! went into it and what came of it ([`reach`]), where everything affected is now ([`scope`]), whether the amounts add
//! up ([`ledger`]), and what got too warm ([`expose`]). It is pure: the same events in any order give the same world,
//! captured twice they count once, and a world *as of* a record time is the world that was known then.
//!
//! The order of events is by time; at one time what adds comes before what sees, and that before what ends; then
//! by digest, so that the order of capture cannot matter.

mod contain;
pub mod expose;
pub mod ledger;
pub mod reach;
pub mod scope;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use crate::dictionary::{Dictionary, TermId, Thing};
use crate::event::{Action, Event, EventKind, Quantity};
use crate::hash::digest;
use crate::{Number, Time};
use zhiheng_base::Decimal;

pub use contain::Stay;

/// An event with the time at which the repository took it, in microseconds.
#[derive(Clone, Debug)]
pub struct Captured {
    /// The event.
    pub event: Event,
    /// When it was captured.
    pub recorded: i64,
}

/// Whether an event counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It counts.
    Stands,
    /// An error declaration voids it.
    Voided,
    /// It is itself an error declaration.
    Declaration,
    /// It has the identifier of another event and different content; the one captured first counts.
    Conflict,
}

/// An event in its place among the others.
#[derive(Clone, Debug)]
pub struct Fact {
    /// The event.
    pub event: Event,
    /// When it was first captured.
    pub recorded: i64,
    /// Its hash.
    pub digest: [u8; 32],
    /// Whether it counts.
    pub standing: Standing,
    /// Where it happened: the business location, else the read point.
    pub site: Option<TermId>,
}

/// So much of a thing in an event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Amount {
    /// The lot or class.
    pub thing: Thing,
    /// How much, if stated.
    pub quantity: Option<Decimal>,
    /// The unit; pieces if there is none.
    pub unit: Option<String>,
}

/// All events that record one transformation.
#[derive(Clone, Debug)]
pub struct Transformation {
    /// Places of its events.
    pub events: Vec<usize>,
    /// Pieces and amounts that went in, as stated.
    pub inputs: Vec<Amount>,
    /// Pieces and amounts that came out.
    pub outputs: Vec<Amount>,
    /// What went in, with the contents of containers and, less surely, the lots that a bare class may have been.
    pub consumed: BTreeMap<Thing, Sure>,
    /// The time of its first event and of its last.
    pub times: (i64, i64),
}

/// How sure a link is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sure {
    /// Recorded.
    Recorded,
    /// Not excluded: a class was recorded without its lot.
    Possible,
}

/// Something in the events that does not fit together.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Finding {
    /// Two events have one identifier and different content.
    Conflict {
        /// The identifier.
        id: String,
    },
    /// A declaration names a correcting event that is not there.
    CorrectiveMissing {
        /// Its identifier.
        id: String,
    },
    /// A thing was put into something while it was still in something else.
    TwoContainers {
        /// The thing.
        thing: Thing,
        /// Where it was.
        old: Thing,
        /// Where it was put.
        new: Thing,
        /// When.
        time: i64,
    },
    /// A thing was taken out of what it was not in.
    NotInside {
        /// The thing.
        thing: Thing,
        /// The container.
        container: Thing,
        /// When.
        time: i64,
    },
    /// A piece was seen that nobody made.
    NeverCommissioned {
        /// The piece.
        thing: Thing,
    },
    /// A piece was shipped and nothing was recorded of it since.
    NeverReceived {
        /// The piece.
        thing: Thing,
        /// When it was shipped.
        time: i64,
    },
    /// A piece was seen after its end.
    SeenAfterEnd {
        /// The piece.
        thing: Thing,
        /// When.
        time: i64,
    },
}

/// The world as events tell it.
#[derive(Clone, Debug, Default)]
pub struct World {
    dictionary: Dictionary,
    facts: Vec<Fact>,
    findings: BTreeSet<Finding>,
    /// Thing → places of events that count and name it.
    mentions: BTreeMap<Thing, Vec<usize>>,
    stays: BTreeMap<Thing, Vec<Stay>>,
    contents: BTreeMap<Thing, Vec<(Thing, usize)>>,
    transformations: Vec<Transformation>,
    consumers: BTreeMap<Thing, Vec<usize>>,
    producers: BTreeMap<Thing, Vec<usize>>,
    lot_of: BTreeMap<Thing, Thing>,
    pieces_of: BTreeMap<Thing, BTreeSet<Thing>>,
}

impl World {
    /// Folds events; with `as_of`, only those recorded until then.
    pub fn of(captured: &[Captured], as_of: Option<i64>) -> World {
        let mut world = World::default();
        world.take(captured, as_of);
        world.name_things();
        world.contain();
        world.transform();
        world.look_for_gaps();
        world
    }

    /// Sorts events, drops repetitions, and voids what was declared wrong.
    fn take(&mut self, captured: &[Captured], as_of: Option<i64>) {
        let mut first: BTreeMap<([u8; 32], bool, Option<&str>), (i64, &Event)> = BTreeMap::new();
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

    fn name_things(&mut self) {
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
    fn transform(&mut self) {
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

    fn look_for_gaps(&mut self) {
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
            if let Some(last) = facts().last().filter(|fact| fact.event.step() == Some("shipping")) {
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

    /// The thing that a text names, if any event named it.
    pub fn find(&self, text: &str) -> Option<Thing> {
        self.dictionary.find(text)
    }

    /// The canonical text of a thing.
    pub fn text(&self, thing: Thing) -> String {
        self.dictionary.text(thing)
    }

    /// The text of a place or other term.
    pub fn term(&self, term: TermId) -> &str {
        self.dictionary.term_text(term)
    }

    /// All events in order, voided ones too.
    pub fn facts(&self) -> &[Fact] {
        &self.facts
    }

    /// All transformations.
    pub fn transformations(&self) -> &[Transformation] {
        &self.transformations
    }

    /// What does not fit together, in a fixed order.
    pub fn findings(&self) -> impl Iterator<Item = &Finding> {
        self.findings.iter()
    }

    /// The lot of a piece, if anybody told.
    pub fn lot_of(&self, piece: Thing) -> Option<Thing> {
        self.lot_of.get(&piece).copied()
    }

    /// Places of the events of a thing and of what it was in at the time, in order; voided events of the thing
    /// itself are there as well, so that the history shows them.
    pub fn history(&self, thing: Thing) -> Vec<usize> {
        let mut out: BTreeSet<usize> = self.mentioning(thing, i64::MIN, i64::MAX).collect();
        for (place, fact) in self.facts.iter().enumerate() {
            if fact.standing != Standing::Stands && self.names(&fact.event, thing) {
                out.insert(place);
            }
        }
        for (container, from, to) in self.containers(thing) {
            out.extend(self.mentioning(container, from, to));
        }
        out.into_iter().collect()
    }

    fn mentioning(&self, thing: Thing, from: i64, to: i64) -> impl Iterator<Item = usize> + '_ {
        self.mentions.get(&thing).into_iter().flatten().copied().filter(move |&place| {
            self.facts.get(place).is_some_and(|fact| (from..=to).contains(&fact.event.time.micros()))
        })
    }

    fn names(&self, event: &Event, thing: Thing) -> bool {
        let pieces = [&event.epcs, &event.children, &event.inputs, &event.outputs];
        let amounts =
            [&event.quantities, &event.child_quantities, &event.input_quantities, &event.output_quantities];
        let texts = pieces.into_iter().flatten().chain(&event.parent);
        let classes = amounts.into_iter().flatten().map(|amount| &amount.class);
        texts.chain(classes).any(|text| self.dictionary.find(text) == Some(thing))
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

/// Microseconds of a text; for queries.
pub fn moment(text: &str) -> Option<i64> {
    Time::read(text).map(|time| time.micros())
}

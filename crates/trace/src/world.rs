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
mod gaps;
pub mod ledger;
pub mod reach;
pub mod scope;
mod take;
#[cfg(test)]
mod tests;
mod transform;

use std::collections::{BTreeMap, BTreeSet};

use crate::Time;
use crate::dictionary::{Dictionary, TermId, Thing};
use crate::event::Event;
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

/// Microseconds of a text; for queries.
pub fn moment(text: &str) -> Option<i64> {
    Time::read(text).map(|time| time.micros())
}

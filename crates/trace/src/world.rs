//! What events say about the world: which things were where, in what, and what became of them.
//!
//! A [`World`] is folded from captured events and answers the questions of a recall: the history of a thing, what
//! went into it and what came of it ([`reach`]), where everything affected is now ([`scope`]), whether the amounts add
//! up ([`ledger`]), and what got too warm ([`expose`]). It is pure: the same events in any order give the same world,
//! captured twice they count once, and a world *as of* a record time is the world that was known then.
//!
//! The order of events is by time; at one time what adds comes before what sees, and that before what ends; then
//! by mark, so that the order of capture cannot matter. Events that come in this order are added one by one; one that
//! comes late or voids another lets the world be folded again from the rows of its [`Log`], which is right by
//! construction and takes about a second for a million events.

pub mod alarm;
mod bits;
mod chain;
mod contain;
mod deliver;
pub mod expose;
mod finding;
mod gaps;
mod gauge;
mod kept;
pub mod ledger;
mod log;
mod picture;
pub mod reach;
pub mod require;
mod runs;
pub mod scope;
pub mod state;
mod sweep;
mod take;
mod tally;
#[cfg(test)]
mod tests;
mod transform;
mod warm;

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use zhiheng_base::Decimal;

use crate::dictionary::{TermId, Thing};
use crate::event::Event;
use crate::{Time, hash};

pub use contain::Stay;
pub use deliver::Delivery;
pub use finding::Finding;
pub use log::{Arrival, Deed, Form, Log, Node, Roles};
pub use take::{Index, Seen};
pub use warm::Exposed;

use chain::{Chain, NONE, Seat};
use contain::StayRow;
use take::Held;

/// An event with the time at which the repository took it, in microseconds.
#[derive(Clone, Debug)]
pub struct Captured {
    /// The event.
    pub event: Event,
    /// When it was captured.
    pub recorded: i64,
}

/// Whether an event counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// It counts.
    Stands,
    /// An error declaration voids it, or it was withdrawn from the ledger.
    Voided,
    /// It is itself an error declaration.
    Declaration,
    /// It has the identifier of another event and different content; the one captured first counts.
    Conflict,
}

/// An event in its place among the others.
#[derive(Clone, Copy, Debug)]
pub struct Fact<'a> {
    /// What it says.
    pub deed: &'a Deed,
    /// Whether it counts.
    pub standing: Standing,
}

impl Fact<'_> {
    /// The word for how it stands, of the texts `standing`: `redacted`, `stands`, `voided`, `declaration` or `conflict`.
    pub fn standing_word(&self) -> &'static str {
        match self.standing {
            Standing::Stands if self.deed.redacted => "redacted",
            Standing::Stands => "stands",
            Standing::Voided => "voided",
            Standing::Declaration => "declaration",
            Standing::Conflict => "conflict",
        }
    }
}

/// So much of a thing in a transformation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Amount {
    /// The piece, lot or class.
    pub node: Node,
    /// How much, if stated; a piece is one.
    pub quantity: Option<Decimal>,
    /// The unit; pieces if there is none.
    pub unit: Option<TermId>,
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
    pub consumed: BTreeMap<Node, Sure>,
    /// The time of its first event and of its last.
    pub times: (i64, i64),
}

/// How sure a link is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Sure {
    /// Recorded.
    Recorded,
    /// Not excluded: a class was recorded without its lot.
    Possible,
}

/// What was known when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AsOf {
    /// Only events captured until then, in microseconds.
    pub recorded: i64,
    /// Only entries of the ledger before this one.
    pub size: u64,
}

impl AsOf {
    /// Everything.
    pub const NOW: AsOf = AsOf { recorded: i64::MAX, size: u64::MAX };
}

/// The world as events tell it.
#[derive(Debug)]
pub struct World {
    log: Arc<Log>,
    as_of: AsOf,
    /// How many rows of the log were looked at.
    taken: usize,
    /// How many ends of events were.
    ends: usize,
    facts: Vec<Held>,
    known: take::Known,
    conflicts: BTreeSet<TermId>,
    seats: Vec<Seat>,
    mentions: Vec<Chain<Roles>>,
    stays: Vec<StayRow>,
    /// Amounts still inside, by stay.
    inside: HashMap<u32, Decimal>,
    /// What may still be in a container.
    open: HashMap<Node, Vec<u32>>,
    joined: HashMap<Node, u32>,
    moved: BTreeSet<(Node, i64, Node, Node)>,
    not_inside: BTreeSet<(Node, Node, i64)>,
    transformations: Vec<Transformation>,
    by_transformation: HashMap<TermId, usize>,
    /// Transformations that consumed a thing, how surely, and those that produced it.
    uses: Vec<Chain<Sure>>,
    /// Pieces that were told to be of a second lot.
    more_pieces: HashMap<Node, Vec<Node>>,
    members: Vec<Vec<Node>>,
    has_beginnings: bool,
    /// Links that are only possible.
    doubts: usize,
    /// Pieces of lots and outputs of transformations.
    runs: Vec<runs::Run>,
    /// The newest run of what each transformation made.
    made: Vec<u32>,
    /// Things from which something leads on: lots with pieces, and what was consumed.
    leads: bits::Bits,
    /// Temperatures, by what they are of.
    gauges: gauge::Gauges,
    states: kept::States,
    sweeps: sweep::Pool,
}

impl Default for World {
    fn default() -> World {
        World::fold(Arc::default(), AsOf::NOW)
    }
}

impl World {
    /// Folds events; with `as_of`, only those recorded until then.
    pub fn of(captured: &[Captured], as_of: Option<i64>) -> World {
        let mut log = Log::default();
        for (captured, entry) in captured.iter().zip(0..) {
            log.push(&captured.event, &arrival(captured, entry));
        }
        World::fold(Arc::new(log), AsOf { recorded: as_of.unwrap_or(i64::MAX), size: u64::MAX })
    }

    /// Folds a log as of a moment.
    pub fn fold(log: Arc<Log>, as_of: AsOf) -> World {
        let mut world = World::over(log, as_of);
        world.take_all();
        world
    }

    /// The world over a log of which it has looked at nothing yet: it is to be settled before it is asked.
    pub fn over(log: Arc<Log>, as_of: AsOf) -> World {
        World {
            log,
            as_of,
            taken: 0,
            ends: 0,
            facts: Vec::new(),
            known: take::Known::default(),
            conflicts: BTreeSet::new(),
            seats: Vec::new(),
            mentions: Vec::new(),
            stays: Vec::new(),
            inside: HashMap::new(),
            open: HashMap::new(),
            joined: HashMap::new(),
            moved: BTreeSet::new(),
            not_inside: BTreeSet::new(),
            transformations: Vec::new(),
            by_transformation: HashMap::new(),
            uses: Vec::new(),
            more_pieces: HashMap::new(),
            members: Vec::new(),
            has_beginnings: false,
            doubts: 0,
            runs: Vec::new(),
            made: Vec::new(),
            leads: bits::Bits::default(),
            gauges: gauge::Gauges::default(),
            states: kept::States::default(),
            sweeps: sweep::Pool::default(),
        }
    }

    /// The rows from which it was folded.
    pub fn log(&self) -> &Log {
        &self.log
    }

    /// The thing that a text names, if any event named it.
    pub fn find(&self, text: &str) -> Option<Node> {
        let thing = self.log.names.find(text)?;
        let node = *self.log.by_thing.get(&thing)?;
        // as of an earlier moment a thing may not have been heard of
        self.is_known(node).then_some(node)
    }

    /// The canonical text of a thing.
    pub fn text(&self, node: Node) -> String {
        self.log.thing(node).map_or_else(String::new, |thing| self.log.names.text(thing))
    }

    /// The text of a place or other term.
    pub fn term(&self, term: TermId) -> &str {
        self.log.names.term_text(term)
    }

    /// The number of a place in any syntax, if it is known.
    pub fn known_place(&self, text: &str) -> Option<TermId> {
        self.log.names.known_place(text)
    }

    /// The number of a word, if any event said it.
    pub(crate) fn known_term(&self, text: &str) -> Option<TermId> {
        self.log.names.known_term(text)
    }

    fn thing(&self, node: Node) -> Option<Thing> {
        self.log.thing(node)
    }

    /// True if an event named it, or told it as the lot of a piece.
    fn is_known(&self, node: Node) -> bool {
        let seat = self.seat(node);
        seat.mention != NONE || seat.pieces != NONE || self.more_pieces.contains_key(&node)
    }

    /// True for a lot.
    pub fn is_lot(&self, node: Node) -> bool {
        self.thing(node).is_some_and(Thing::is_lot)
    }

    /// True for a whole class.
    pub fn is_class(&self, node: Node) -> bool {
        self.thing(node).is_some_and(Thing::is_class)
    }

    /// True for one thing: neither lot nor class.
    pub fn is_piece(&self, node: Node) -> bool {
        self.thing(node).is_some_and(|thing| !thing.is_lot() && !thing.is_class())
    }

    /// How many events there are, voided ones too.
    pub fn n_facts(&self) -> usize {
        self.facts.len()
    }

    /// The event at a place in the order.
    pub fn fact(&self, place: usize) -> Option<Fact<'_>> {
        let held = self.facts.get(place)?;
        Some(Fact { deed: self.log.deeds.get(held.deed as usize)?, standing: held.standing })
    }

    /// All events in order, voided ones too.
    pub fn facts(&self) -> impl Iterator<Item = Fact<'_>> {
        (0..self.facts.len()).filter_map(|place| self.fact(place))
    }

    /// All things that any event named.
    pub fn nodes(&self) -> impl Iterator<Item = Node> + '_ {
        (0..u32::try_from(self.seats.len()).unwrap_or(u32::MAX)).map(Node).filter(|node| self.is_known(*node))
    }

    /// All transformations.
    pub fn transformations(&self) -> &[Transformation] {
        &self.transformations
    }

    /// The lot of a piece, if anybody told.
    pub fn lot_of(&self, piece: Node) -> Option<Node> {
        let lot = self.seat(piece).lot;
        (lot != NONE).then_some(Node(lot))
    }

    /// Places of the events of a thing and of what it was in at the time, in order; voided events of the thing
    /// itself are there as well, so that the history shows them.
    pub fn history(&self, thing: Node) -> Vec<usize> {
        let mut out: BTreeSet<usize> = self.mentions_of(thing).map(|(place, _)| place).collect();
        for (container, from, to) in self.containers(thing) {
            out.extend(self.mentioning(container, from, to).map(|(place, _)| place));
        }
        out.into_iter().collect()
    }

    /// Places of all events that name a thing itself, voided ones too, newest first.
    pub fn events_of(&self, node: Node) -> impl Iterator<Item = usize> + '_ {
        self.mentions_of(node).map(|(place, _)| place)
    }

    /// The entry of the ledger that holds the event with an identifier; of an event and its error declaration the event.
    pub fn entry_of(&self, id: &str) -> Option<u64> {
        let id = self.known_term(id)?;
        let mut own: Vec<_> = self.facts().filter(|fact| fact.deed.id == Some(id)).collect();
        own.sort_by_key(|fact| (fact.deed.declares, fact.standing, fact.deed.entry));
        own.first().map(|fact| fact.deed.entry)
    }

    fn seat(&self, node: Node) -> Seat {
        self.seats.get(node.at()).copied().unwrap_or_default()
    }

    fn seat_mut(&mut self, node: Node) -> &mut Seat {
        if node.at() >= self.seats.len() {
            self.seats.resize(node.at() + 1, Seat::default());
        }
        &mut self.seats[node.at()]
    }

    /// Places of all events that name a thing, newest first, with its roles.
    fn mentions_of(&self, node: Node) -> impl Iterator<Item = (usize, Roles)> + '_ {
        chain::walk(&self.mentions, self.seat(node).mention).map(|link| (link.to as usize, link.what))
    }

    /// Places of the events that count and name a thing within a time, newest first.
    fn mentioning(&self, node: Node, from: i64, to: i64) -> impl Iterator<Item = (usize, Roles)> + '_ {
        self.mentions_of(node)
            .map(|(place, roles)| (place, roles, self.fact(place)))
            .take_while(move |(_, _, fact)| fact.is_some_and(|fact| fact.deed.time >= from))
            .filter(move |(_, _, fact)| {
                fact.is_some_and(|fact| fact.deed.time <= to && fact.standing == Standing::Stands)
            })
            .map(|(place, roles, _)| (place, roles))
    }
}

/// How an event arrives that no ledger holds: its mark is the beginning of its hash.
fn arrival(captured: &Captured, entry: u64) -> Arrival {
    let mut mark = [0; 16];
    mark.copy_from_slice(&hash::digest(&captured.event)[..16]);
    Arrival { recorded: captured.recorded, entry, mark, redacted: false }
}

/// Microseconds of a text; for queries.
pub fn moment(text: &str) -> Option<i64> {
    Time::read(text).map(|time| time.micros())
}

/// Identifiers and marks, for sets.
type Ids = HashSet<TermId>;
type Marks = HashSet<[u8; 16]>;

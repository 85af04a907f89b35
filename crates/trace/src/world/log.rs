//! Captured events as rows of numbers: what a world is folded from.
//!
//! An event of the standard is a kilobyte of texts. What questions about the world need of it are a time, a few
//! words, and the things it names, each in its role; that is some two hundred bytes. A [`Log`] keeps these in the order
//! of capture and only grows, so a world as of an earlier moment is a fold of the same rows.

use std::collections::HashMap;

use zhiheng_base::Decimal;

use super::expose::{Reading, temperatures};
use crate::Number;
use crate::dictionary::{Dictionary, TermId, Thing};
use crate::event::{Action, Event, EventKind, Quantity, Typed};
use crate::id::{Identifier, Link};
use crate::vocabulary::Vocabulary;

/// A thing, by its place among all things that any event named.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Node(pub(super) u32);

impl Node {
    /// Its number, for tables of somebody else.
    pub fn number(self) -> u32 {
        self.0
    }

    pub(super) fn at(self) -> usize {
        self.0 as usize
    }
}

/// The form of an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)] // the standard's five, and somebody's own
pub enum Form {
    Object,
    Aggregation,
    Transaction,
    Transformation,
    Association,
    Own,
}

impl Form {
    /// The form of a kind.
    pub fn of(kind: &EventKind) -> Form {
        match kind {
            EventKind::Object => Form::Object,
            EventKind::Aggregation => Form::Aggregation,
            EventKind::Transaction => Form::Transaction,
            EventKind::Transformation => Form::Transformation,
            EventKind::Association => Form::Association,
            EventKind::Own(_) => Form::Own,
        }
    }

    /// Its standard name; empty for somebody's own.
    pub fn name(self) -> &'static str {
        match self {
            Form::Object => "ObjectEvent",
            Form::Aggregation => "AggregationEvent",
            Form::Transaction => "TransactionEvent",
            Form::Transformation => "TransformationEvent",
            Form::Association => "AssociationEvent",
            Form::Own => "",
        }
    }
}

/// The roles in which an event names a thing, as bits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Roles(pub(super) u8);

impl Roles {
    /// The container, or the whole.
    pub const PARENT: Roles = Roles(1);
    /// A thing of an object or transaction event.
    pub const THING: Roles = Roles(2);
    /// Something inside.
    pub const CHILD: Roles = Roles(4);
    /// Something consumed.
    pub const INPUT: Roles = Roles(8);
    /// Something produced.
    pub const OUTPUT: Roles = Roles(16);

    /// True if one of `roles` is among them.
    pub fn has(self, roles: Roles) -> bool {
        self.0 & roles.0 != 0
    }
}

/// A stretch of one of the long lists.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Span {
    pub(super) start: u32,
    pub(super) len: u32,
}

impl Span {
    pub(super) fn of<T>(self, list: &[T]) -> &[T] {
        let start = self.start as usize;
        list.get(start..start + self.len as usize).unwrap_or_default()
    }
}

/// A thing in an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Named {
    pub(super) node: Node,
    pub(super) role: Roles,
    /// Place of its amount; [`PIECE`] for a piece.
    pub(super) amount: u32,
}

/// The amount of a piece: one, by itself.
pub(super) const PIECE: u32 = u32::MAX;

/// An event as the world needs it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Deed {
    /// When it happened, in microseconds.
    pub time: i64,
    /// When it was captured.
    pub recorded: i64,
    /// The entry of the ledger that holds it.
    pub entry: u64,
    /// What tells one content from another: made of the event hash.
    pub mark: [u8; 16],
    /// Its identifier.
    pub id: Option<TermId>,
    /// Its form.
    pub form: Form,
    /// What it does.
    pub action: Option<Action>,
    /// What was done: a bare word where it is a standard one.
    pub step: Option<TermId>,
    /// The state afterwards, likewise.
    pub disposition: Option<TermId>,
    /// Where it happened: the business location, else the read point.
    pub site: Option<TermId>,
    /// Joins several events to one transformation.
    pub transformation: Option<TermId>,
    /// It declares another event wrong.
    pub declares: bool,
    /// A part of it was erased, so it says less than was captured.
    pub redacted: bool,
    /// From which ledger entry on it was withdrawn or replaced.
    pub until: u64,
    pub(super) named: Span,
    pub(super) lots: Span,
    pub(super) destinations: Span,
    pub(super) corrective: Span,
    pub(super) readings: Span,
}

/// How an event came to the store.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Arrival {
    /// When it was captured, in microseconds.
    pub recorded: i64,
    /// The entry of the ledger.
    pub entry: u64,
    /// Its mark; see [`Deed::mark`].
    pub mark: [u8; 16],
    /// A part of it was erased.
    pub redacted: bool,
}

/// All captured events in the order of capture.
#[derive(Clone, Debug, Default)]
pub struct Log {
    pub(super) names: Dictionary,
    pub(super) nodes: Vec<Thing>,
    pub(super) by_thing: HashMap<Thing, Node>,
    pub(super) deeds: Vec<Deed>,
    pub(super) named: Vec<Named>,
    pub(super) amounts: Vec<(Option<Decimal>, Option<TermId>)>,
    pub(super) lots: Vec<(Node, Node)>,
    pub(super) terms: Vec<TermId>,
    pub(super) readings: Vec<Reading>,
    /// Places by their spellings, so that a place is understood once.
    pub(super) spelled: HashMap<Box<str>, TermId>,
    /// Things by the spelling of all but a serial of digits, so that a class is understood once.
    pub(super) begun: HashMap<Box<str>, Thing>,
    /// How often an event that was there was ended.
    pub(super) ends: usize,
}

impl Log {
    /// Takes an event. What it names is learned, whether it will count or not.
    pub fn push(&mut self, event: &Event, arrival: &Arrival) {
        let site = event.biz_location.as_ref().or(event.read_point.as_ref()).map(|site| self.place(&site.id));
        let (named, lots) = self.things(event);
        let destinations = self.parties(&event.destinations);
        for source in &event.sources {
            self.place(&source.id);
        }
        let corrective: Vec<TermId> =
            event.error.iter().flat_map(|error| &error.corrective).map(|id| self.names.term(id)).collect();
        let corrective = extend(&mut self.terms, corrective);
        let readings = extend(&mut self.readings, temperatures(event));
        let deed = Deed {
            time: event.time.micros(),
            recorded: arrival.recorded,
            entry: arrival.entry,
            mark: arrival.mark,
            id: event.id.as_ref().map(|id| self.names.term(id)),
            form: Form::of(&event.kind),
            action: event.action,
            step: self.word(Vocabulary::BizStep, event.biz_step.as_deref()),
            disposition: self.word(Vocabulary::Disposition, event.disposition.as_deref()),
            site,
            transformation: event.transformation.as_ref().map(|id| self.names.term(id)),
            declares: event.error.is_some(),
            redacted: arrival.redacted,
            until: u64::MAX,
            named,
            lots,
            destinations,
            corrective,
            readings,
        };
        self.deeds.push(deed);
    }

    /// How many events there are.
    pub fn len(&self) -> usize {
        self.deeds.len()
    }

    /// True if nothing was captured.
    pub fn is_empty(&self) -> bool {
        self.deeds.is_empty()
    }

    /// The event at `entry` of the ledger does not count from `until` on.
    pub fn end(&mut self, entry: u64, until: u64) {
        // entries come in order, so the place can be searched
        let place = self.deeds.partition_point(|deed| deed.entry < entry);
        self.ends += 1;
        for deed in self.deeds.iter_mut().skip(place).take_while(|deed| deed.entry == entry) {
            deed.until = deed.until.min(until);
        }
    }

    fn word(&mut self, vocabulary: Vocabulary, text: Option<&str>) -> Option<TermId> {
        text.map(|text| self.names.term(vocabulary.bare(text).unwrap_or(text)))
    }

    fn place(&mut self, text: &str) -> TermId {
        if let Some(&known) = self.spelled.get(text) {
            return known;
        }
        let term = self.names.place(text);
        self.spelled.insert(text.into(), term);
        term
    }

    fn parties(&mut self, list: &[Typed]) -> Span {
        let terms: Vec<TermId> = list.iter().map(|party| self.place(&party.id)).collect();
        extend(&mut self.terms, terms)
    }

    fn node(&mut self, thing: Thing) -> Node {
        let next = Node(u32::try_from(self.nodes.len()).unwrap_or(u32::MAX));
        let node = *self.by_thing.entry(thing).or_insert(next);
        if node == next {
            self.nodes.push(thing);
        }
        node
    }

    /// What an event names, sorted by thing, and the lots of its pieces.
    fn things(&mut self, event: &Event) -> (Span, Span) {
        let mut named: Vec<Named> = Vec::new();
        let mut lots: Vec<(Node, Node)> = Vec::new();
        let pieces = [
            (Roles::THING, &event.epcs),
            (Roles::CHILD, &event.children),
            (Roles::INPUT, &event.inputs),
            (Roles::OUTPUT, &event.outputs),
        ];
        let stated = stated_lot(event);
        for (role, list) in pieces {
            for text in list {
                let (node, lot) = self.piece(text);
                named.push(Named { node, role, amount: PIECE });
                lots.extend(lot.map(|lot| (node, lot)));
                if let Some(lot) = stated.filter(|_| role == Roles::THING || role == Roles::OUTPUT) {
                    lots.extend(self.lot(node, lot).map(|lot| (node, lot)));
                }
            }
        }
        if let Some(text) = &event.parent {
            let (node, lot) = self.piece(text);
            named.push(Named { node, role: Roles::PARENT, amount: PIECE });
            lots.extend(lot.map(|lot| (node, lot)));
        }
        let amounts = [
            (Roles::THING, &event.quantities),
            (Roles::CHILD, &event.child_quantities),
            (Roles::INPUT, &event.input_quantities),
            (Roles::OUTPUT, &event.output_quantities),
        ];
        for (role, list) in amounts {
            for Quantity { class, quantity, unit } in list {
                let (node, _) = self.piece(class);
                let unit = unit.as_ref().map(|unit| self.names.term(unit));
                let amount = u32::try_from(self.amounts.len()).unwrap_or(PIECE - 1);
                self.amounts.push((quantity.as_ref().and_then(Number::decimal), unit));
                named.push(Named { node, role, amount });
            }
        }
        named.sort_unstable_by_key(|named| (named.node, named.role, named.amount));
        lots.sort_unstable();
        lots.dedup();
        (extend(&mut self.named, named), extend(&mut self.lots, lots))
    }

    /// The thing that a text names; a Digital Link with lot and serial also tells the lot.
    fn piece(&mut self, text: &str) -> (Node, Option<Node>) {
        let serial = text.rfind("/21/").map(|at| text.split_at(at + 4));
        if let Some(thing) = serial.and_then(|(begin, serial)| self.begun.get(begin)?.with_serial(serial)) {
            return (self.node(thing), None);
        }
        let (node, lot) = self.understand(text);
        if let (Some((begin, serial)), Some(thing)) = (serial, self.thing(node))
            && lot.is_none()
            && thing.with_serial(serial) == Some(thing)
        {
            self.begun.insert(begin.into(), thing);
        }
        (node, lot)
    }

    fn understand(&mut self, text: &str) -> (Node, Option<Node>) {
        if text.starts_with("http")
            && let Ok(link) = Link::read(text)
        {
            let thing = self.names.identifier(&link.identifier);
            let node = self.node(thing);
            return (node, link.lot.and_then(|lot| self.lot(node, &lot)));
        }
        let thing = match Identifier::read(text) {
            Ok(identifier) => self.names.identifier(&identifier),
            Err(_) => self.names.other(text),
        };
        (self.node(thing), None)
    }

    /// The lot of a piece by the lot's number.
    fn lot(&mut self, piece: Node, lot: &str) -> Option<Node> {
        let thing = *self.nodes.get(piece.at())?;
        if thing.is_lot() || thing.is_class() {
            return None;
        }
        let lot = self.names.lot(thing, lot)?;
        Some(self.node(lot))
    }

    pub(super) fn thing(&self, node: Node) -> Option<Thing> {
        self.nodes.get(node.at()).copied()
    }

    /// All that an event names of `node`.
    pub(super) fn of_node(&self, deed: &Deed, node: Node) -> &[Named] {
        let all = deed.named.of(&self.named);
        let start = all.partition_point(|named| named.node < node);
        let end = all.partition_point(|named| named.node <= node);
        all.get(start..end).unwrap_or_default()
    }

    pub(super) fn amount(&self, named: &Named) -> (Option<Decimal>, Option<&str>) {
        if named.amount == PIECE {
            return (Some(Decimal::ONE), None);
        }
        let (quantity, unit) = self.amounts.get(named.amount as usize).copied().unwrap_or_default();
        (quantity, unit.map(|unit| self.names.term_text(unit)))
    }
}

/// Adds to a long list and tells where.
fn extend<T>(list: &mut Vec<T>, more: impl IntoIterator<Item = T>) -> Span {
    let start = u32::try_from(list.len()).unwrap_or(u32::MAX);
    list.extend(more);
    Span { start, len: u32::try_from(list.len()).unwrap_or(u32::MAX) - start }
}

/// Master data of pieces tell their lot (`cbvmda:lotNumber`).
fn stated_lot(event: &Event) -> Option<&str> {
    let is_lot = |node: &&crate::node::Node| {
        node.name.local == "lotNumber" && node.name.space.trim_end_matches(':') == "urn:epcglobal:cbv:mda"
    };
    event.ilmd.iter().flatten().find(is_lot).map(crate::node::Node::trimmed)
}

//! What was in what, as intervals: questions about a moment are searches, not replays.

use std::collections::BTreeSet;

use super::chain::NONE;
use super::log::PIECE;
use super::{Deed, Form, Log, Node, Roles, World};
use crate::event::Action;
use crate::world::log::Named;
use zhiheng_base::Decimal;

/// One stay of a thing in something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stay {
    /// What stayed.
    pub thing: Node,
    /// What it was in.
    pub container: Node,
    /// Joined for good (an association) rather than packed.
    pub joined: bool,
    /// From when, in microseconds.
    pub from: i64,
    /// Until when; `i64::MAX` while it lasts.
    pub to: i64,
}

/// A stay with the ones before it: of the thing, and in the container.
#[derive(Clone, Copy, Debug)]
pub(super) struct StayRow {
    stay: Stay,
    before: u32,
    beside: u32,
}

/// Deeper nesting than this is a mistake in the data; a loop of containers must end somewhere.
const DEEPEST: usize = 64;

/// More containers of one thing than this are not followed.
const MOST_CONTAINERS: usize = 10_000;

impl World {
    pub(super) fn put_in(&mut self, log: &Log, deed: &Deed) {
        let named = deed.named.of(&log.named);
        let Some(parent) = named.iter().find(|named| named.role == Roles::PARENT) else { return };
        let container = parent.node;
        let joined = deed.form == Form::Association;
        for child in named.iter().filter(|named| named.role == Roles::CHILD) {
            let thing = child.node;
            let stay = Stay { thing, container, joined, from: deed.time, to: i64::MAX };
            if child.amount != PIECE {
                let amount = log.amount(child).0;
                let row = self.open_stay(stay);
                self.inside.extend(amount.map(|amount| (row, amount)));
                continue;
            }
            if thing == container {
                continue;
            }
            let standing = self.standing(thing, joined);
            match self.stays.get_mut(standing as usize) {
                // packed again into the same: it never left
                Some(row) if row.stay.container == container => continue,
                Some(row) => {
                    row.stay.to = deed.time;
                    let old = row.stay.container;
                    self.moved.insert((thing, deed.time, old, container));
                }
                None => {}
            }
            let row = self.open_stay(stay);
            self.set_standing(thing, joined, row);
        }
    }

    /// The stay of a piece that lasts.
    fn standing(&self, thing: Node, joined: bool) -> u32 {
        if joined { self.joined.get(&thing).copied().unwrap_or(NONE) } else { self.seat(thing).packed }
    }

    fn set_standing(&mut self, thing: Node, joined: bool, row: u32) {
        match (joined, row) {
            (false, _) => self.seat_mut(thing).packed = row,
            (true, NONE) => drop(self.joined.remove(&thing)),
            (true, _) => drop(self.joined.insert(thing, row)),
        }
    }

    fn open_stay(&mut self, stay: Stay) -> u32 {
        self.note_stay(stay.thing, stay.container);
        let row = u32::try_from(self.stays.len()).unwrap_or(NONE);
        let (before, beside) = (self.seat(stay.thing).stay, self.seat(stay.container).content);
        self.stays.push(StayRow { stay, before, beside });
        self.seat_mut(stay.thing).stay = row;
        self.seat_mut(stay.container).content = row;
        self.open.entry(stay.container).or_default().push(row);
        row
    }

    /// Ends a stay, if it has not ended before.
    fn close(&mut self, row: u32, time: i64) {
        let Some(own) = self.stays.get_mut(row as usize) else { return };
        let Stay { thing, joined, .. } = own.stay;
        own.stay.to = own.stay.to.min(time.max(own.stay.from));
        if self.standing(thing, joined) == row {
            self.set_standing(thing, joined, NONE);
        }
    }

    /// What may still be in a container; what left before now is forgotten.
    fn open_in(&mut self, container: Node, time: i64) -> &[u32] {
        if self.seat(container).content == NONE {
            return &[];
        }
        let Some(open) = self.open.get_mut(&container) else { return &[] };
        let stays = &self.stays;
        open.retain(|&row| stays.get(row as usize).is_some_and(|row| row.stay.to >= time));
        open
    }

    /// Things that are in a container at the present moment of the fold, or left it in this moment.
    pub(super) fn inside_now(&mut self, container: Node, time: i64, mut each: impl FnMut(Node)) {
        self.open_in(container, time);
        let open = self.open.get(&container).filter(|_| self.seat(container).content != NONE);
        let rows = open.into_iter().flatten().filter_map(|&row| self.stays.get(row as usize));
        rows.for_each(|row| each(row.stay.thing));
    }

    /// After the moment of an event that takes something out: what left is forgotten.
    pub(super) fn forget_left(&mut self, log: &Log, place: usize) {
        let Some(deed) = self.facts.get(place).and_then(|held| log.deeds.get(held.deed as usize)) else {
            return;
        };
        let takes_out =
            matches!(deed.form, Form::Aggregation | Form::Association) && deed.action == Some(Action::Delete);
        if !takes_out {
            return;
        }
        let named = deed.named.of(&log.named);
        for parent in named.iter().filter(|named| named.role == Roles::PARENT) {
            if self.open_in(parent.node, deed.time.saturating_add(1)).is_empty() {
                self.open.remove(&parent.node);
            }
        }
    }

    pub(super) fn take_out(&mut self, log: &Log, deed: &Deed) {
        let named = deed.named.of(&log.named);
        let Some(parent) = named.iter().find(|named| named.role == Roles::PARENT) else { return };
        let (container, time) = (parent.node, deed.time);
        let joined = deed.form == Form::Association;
        let children = || named.iter().filter(|named| named.role == Roles::CHILD);
        if children().next().is_none() {
            for row in self.open_in(container, time).to_vec() {
                if self.stays.get(row as usize).is_some_and(|own| own.stay.joined == joined) {
                    self.close(row, time);
                }
            }
            return;
        }
        for child in children().filter(|child| child.amount == PIECE) {
            let thing = child.node;
            let row = self.standing(thing, joined);
            let is_here = |own: &&StayRow| own.stay.container == container && own.stay.joined == joined;
            if self.stays.get(row as usize).filter(is_here).is_some() {
                self.close(row, time);
            } else if self.rows_of(thing).any(|stay| stay.container == container && stay.to == time) {
                // put elsewhere and taken out at one moment: both recorded, nothing wrong
                let range = (thing, time, container, Node(0))..=(thing, time, container, Node(NONE));
                let over: Vec<_> = self.moved.range(range).copied().collect();
                for each in over {
                    self.moved.remove(&each);
                }
            } else {
                self.not_inside.insert((thing, container, time));
            }
        }
        for child in children().filter(|child| child.amount != PIECE) {
            let amount = log.amount(child).0;
            self.take_amount(child.node, container, joined, time, amount);
        }
    }

    /// First in, first out; an amount that nobody stated stays until the container is emptied.
    fn take_amount(
        &mut self,
        thing: Node,
        container: Node,
        joined: bool,
        time: i64,
        amount: Option<Decimal>,
    ) {
        let mut left = amount;
        for row in self.open_in(container, time).to_vec() {
            let own = self.stays.get(row as usize).map(|own| own.stay);
            let fits =
                own.is_some_and(|own| own.thing == thing && own.joined == joined && own.to == i64::MAX);
            if !fits {
                continue;
            }
            match (self.inside.get_mut(&row), &mut left) {
                (Some(inside), Some(taken)) => {
                    let part = (*inside).min(*taken);
                    *inside -= part;
                    *taken -= part;
                    if inside.is_zero() {
                        self.close(row, time);
                    }
                }
                (_, None) => self.close(row, time),
                (None, Some(_)) => {}
            }
        }
    }

    /// A piece that ended or was used up is in nothing any more.
    pub(super) fn end(&mut self, named: &[Named], role: Roles, time: i64) {
        for piece in named.iter().filter(|named| named.role == role && named.amount == PIECE) {
            for joined in [false, true] {
                let row = self.standing(piece.node, joined);
                if row != NONE {
                    self.close(row, time);
                }
            }
        }
    }

    /// The stays of a thing, the newest first.
    pub(super) fn rows_of(&self, thing: Node) -> impl Iterator<Item = Stay> + '_ {
        let mut at = self.seat(thing).stay;
        std::iter::from_fn(move || {
            let row = self.stays.get(at as usize)?;
            at = row.before;
            Some(row.stay)
        })
    }

    /// The stays in a container, the newest first.
    pub(super) fn rows_in(&self, container: Node) -> impl Iterator<Item = Stay> + '_ {
        contents(&self.stays, self.seat(container).content)
    }

    /// The stays of a thing, in order of their beginning.
    pub fn stays(&self, thing: Node) -> Vec<Stay> {
        let mut out: Vec<Stay> = self.rows_of(thing).collect();
        out.reverse();
        out
    }

    /// What a thing was packed in at a moment, innermost first.
    pub fn containers_at(&self, thing: Node, time: i64) -> Vec<Node> {
        let mut out = Vec::new();
        let mut inner = thing;
        while out.len() < DEEPEST {
            let stay = self.rows_of(inner).find(|stay| !stay.joined && stay.from <= time && time < stay.to);
            match stay {
                Some(stay) if stay.container != thing && !out.contains(&stay.container) => {
                    inner = stay.container;
                    out.push(inner);
                }
                _ => break,
            }
        }
        out
    }

    /// Everything that was inside at a moment, however deep; what left at that very moment counts.
    pub fn contents_at(&self, container: Node, time: i64) -> BTreeSet<Node> {
        let mut out = BTreeSet::new();
        let mut queue = vec![container];
        while let Some(outer) = queue.pop() {
            for stay in self.rows_in(outer).filter(|stay| stay.from <= time && time <= stay.to) {
                if stay.thing != container && out.insert(stay.thing) {
                    queue.push(stay.thing);
                }
            }
        }
        out
    }

    /// The same for the present moment of the fold, without looking at what left long ago.
    pub(super) fn contents_now(&mut self, container: Node, time: i64) -> BTreeSet<Node> {
        let mut out = BTreeSet::new();
        let mut queue = vec![container];
        while let Some(outer) = queue.pop() {
            self.inside_now(outer, time, |thing| {
                if thing != container && out.insert(thing) {
                    queue.push(thing);
                }
            });
        }
        out
    }

    /// Everything that was ever inside, however deep.
    pub fn ever_inside(&self, container: Node) -> BTreeSet<Node> {
        let mut out = BTreeSet::new();
        let mut queue = vec![container];
        while let Some(outer) = queue.pop() {
            for stay in self.rows_in(outer) {
                if stay.thing != container && out.insert(stay.thing) {
                    queue.push(stay.thing);
                }
            }
        }
        out
    }

    /// Things that stayed in a container itself, each once per stay.
    pub(super) fn was_in(&self, container: Node) -> impl Iterator<Item = Node> + '_ {
        self.rows_in(container).map(|stay| stay.thing)
    }

    /// Everything that a thing was ever in, with the time that it shared: the way through all nestings.
    pub(super) fn containers(&self, thing: Node) -> Vec<(Node, i64, i64)> {
        let mut out: Vec<(Node, i64, i64)> = Vec::new();
        let mut found: BTreeSet<(Node, i64, i64)> = BTreeSet::new();
        let mut queue = vec![(thing, i64::MIN, i64::MAX)];
        while let Some((inner, from, to)) = queue.pop() {
            for stay in self.rows_of(inner) {
                let shared = (stay.container, stay.from.max(from), stay.to.min(to));
                let is_new = shared.1 <= shared.2
                    && stay.container != thing
                    && out.len() < MOST_CONTAINERS
                    && found.insert(shared);
                if is_new {
                    out.push(shared);
                    queue.push(shared);
                }
            }
        }
        out
    }
}

/// The stays in one container, from the newest on.
pub(super) fn contents(stays: &[StayRow], newest: u32) -> impl Iterator<Item = Stay> + '_ {
    let mut at = newest;
    std::iter::from_fn(move || {
        let row = stays.get(at as usize)?;
        at = row.beside;
        Some(row.stay)
    })
}

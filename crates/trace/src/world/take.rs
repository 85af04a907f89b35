//! Which events count, and in which order.

use std::cmp::Ordering;
use std::sync::Arc;

use super::chain::{NONE, link};
use super::{AsOf, Deed, Form, Ids, Log, Marks, Roles, Standing, World};
use crate::dictionary::TermId;
use crate::event::Action;

/// A row of the log in its place among the facts.
#[derive(Clone, Copy, Debug)]
pub(super) struct Held {
    pub(super) deed: u32,
    pub(super) standing: Standing,
}

/// What is known of the identifiers of events, so that a new one can be seen to be simple.
#[derive(Clone, Debug, Default)]
pub(super) struct Known {
    ids: Ids,
    declared_ids: Ids,
    /// Marks of events without identifier.
    marks: Marks,
    declared_marks: Marks,
}

/// Whether an event was captured before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Seen {
    /// Never.
    New,
    /// It was, at this entry of the ledger.
    Same(u64),
    /// Another event has its identifier.
    Conflict(u64),
    /// An event with its identifier was, and a part of it has been erased since, so nobody can compare.
    Redacted(u64),
}

impl Log {
    /// Whether an event with this identifier and mark was captured before. It looks from the newest on, which is where
    /// repetitions come.
    pub fn seen(&self, index: &Index, id: Option<&str>, mark: &[u8; 16], declares: bool) -> Seen {
        let place = match id {
            Some(id) => self.names.known_term(id).and_then(|id| index.ids.get(&(id, declares))),
            None => index.marks.get(&(*mark, declares)),
        };
        let Some(deed) = place.and_then(|&place| self.deeds.get(place as usize)) else { return Seen::New };
        if deed.mark == *mark {
            Seen::Same(deed.entry)
        } else if deed.redacted {
            Seen::Redacted(deed.entry)
        } else if deed.until != u64::MAX {
            // withdrawn: its identifier is free again
            Seen::New
        } else {
            Seen::Conflict(deed.entry)
        }
    }
}

/// Where events stand in a log by identifier and mark.
#[derive(Clone, Debug, Default)]
pub struct Index {
    ids: std::collections::HashMap<(TermId, bool), u32>,
    marks: std::collections::HashMap<([u8; 16], bool), u32>,
    taken: usize,
}

impl Index {
    /// Takes over what is new in a log.
    pub fn follow(&mut self, log: &Log) {
        for (deed, place) in log.deeds.iter().zip(0_u32..).skip(self.taken) {
            if let Some(id) = deed.id {
                self.ids.insert((id, deed.declares), place);
            }
            self.marks.insert((deed.mark, deed.declares), place);
        }
        self.taken = log.len();
    }
}

impl AsOf {
    fn has(self, deed: &Deed) -> bool {
        deed.recorded <= self.recorded && deed.entry < self.size
    }
}

impl World {
    /// The world of the same log as of another moment.
    #[must_use]
    pub fn as_of(&self, as_of: AsOf) -> World {
        World::fold(Arc::clone(&self.log), as_of)
    }

    /// Lets the log grow. The world does not know of it before it is settled.
    pub fn learn(&mut self, grow: impl FnOnce(&mut Log)) {
        grow(Arc::make_mut(&mut self.log));
    }

    /// Whether it knows all that the log has.
    pub fn is_settled(&self) -> bool {
        self.taken == self.log.len() && self.ends == self.log.ends
    }

    /// Takes over what is new in the log. An event that is not the newest, or one that ended, makes it fold everything anew: some
    /// seconds for a million events.
    pub fn settle(&mut self) {
        if self.is_settled() {
            return;
        }
        if self.taken == 0 || self.ends != self.log.ends {
            *self = World::fold(Arc::clone(&self.log), self.as_of);
        } else {
            self.take_new();
        }
    }

    /// Lets the log grow, and takes over what is new in it.
    pub fn grow(&mut self, grow: impl FnOnce(&mut Log)) {
        self.learn(grow);
        self.settle();
    }

    /// Folds everything anew.
    pub(super) fn take_all(&mut self) {
        let log = Arc::clone(&self.log);
        let deed = |place: u32| log.deeds.get(place as usize);
        let mut chosen: Vec<u32> = (0..u32::try_from(log.len()).unwrap_or(u32::MAX))
            .filter(|&place| deed(place).is_some_and(|deed| self.as_of.has(deed)))
            .collect();
        // one of each content: the first to arrive
        let content = |place: u32| deed(place).map(|deed| (deed.declares, deed.id, deed.mark));
        chosen.sort_unstable_by_key(|&place| {
            (content(place), deed(place).map(|deed| (deed.recorded, deed.entry)))
        });
        chosen.dedup_by_key(|place| content(*place));
        let mut known = Known::default();
        for deed in chosen.iter().filter_map(|&place| deed(place)) {
            match (deed.declares, deed.id) {
                (true, Some(id)) => drop(known.declared_ids.insert(id)),
                (true, None) => drop(known.declared_marks.insert(deed.mark)),
                (false, Some(id)) => drop(known.ids.insert(id)),
                (false, None) => drop(known.marks.insert(deed.mark)),
            }
        }
        // of several contents under one identifier, the one captured first counts
        let mut holders: std::collections::HashMap<TermId, (i64, [u8; 16])> =
            std::collections::HashMap::new();
        for deed in chosen.iter().filter_map(|&place| deed(place)).filter(|deed| !deed.declares) {
            if let Some(id) = deed.id.filter(|_| !self.is_over(deed)) {
                let own = (deed.recorded, deed.mark);
                let best = holders.entry(id).or_insert(own);
                *best = own.min(*best);
            }
        }
        let mut conflicts = std::collections::BTreeSet::new();
        let mut facts = Vec::with_capacity(chosen.len());
        for &place in &chosen {
            let Some(deed) = deed(place) else { continue };
            let is_second =
                || deed.id.is_some_and(|id| holders.get(&id).is_some_and(|(_, best)| *best != deed.mark));
            let standing = if deed.declares {
                Standing::Declaration
            } else if self.is_over(deed)
                || deed.id.is_some_and(|id| known.declared_ids.contains(&id))
                || known.declared_marks.contains(&deed.mark)
            {
                Standing::Voided
            } else if is_second() {
                conflicts.extend(deed.id);
                Standing::Conflict
            } else {
                Standing::Stands
            };
            facts.push(Held { deed: place, standing });
        }
        facts.sort_unstable_by(|a, b| match (deed(a.deed), deed(b.deed)) {
            (Some(a), Some(b)) => order(&log, a, b),
            _ => Ordering::Equal,
        });
        (self.facts, self.known, self.conflicts) = (facts, known, conflicts);
        (self.taken, self.ends) = (log.len(), log.ends);
        self.seats = vec![super::Seat::default(); log.nodes.len()];
        self.walk_on(&log, 0);
    }

    /// Takes the facts from `first` on, moment by moment.
    fn walk_on(&mut self, log: &Log, first: usize) {
        let time = |world: &World, place: usize| {
            let held = world.facts.get(place)?;
            log.deeds.get(held.deed as usize).map(|deed| deed.time)
        };
        self.leads.reserve(log.nodes.len());
        self.gauges.reserve(log.nodes.len());
        let mut moving = self.moving(log);
        let mut start = first;
        let mut is_late = first > 0 && time(self, first - 1) == time(self, first);
        while start < self.facts.len() {
            let mut end = start;
            while end < self.facts.len() && time(self, end) == time(self, start) {
                self.step(log, end);
                end += 1;
            }
            if is_late {
                self.move_late(log, start..end, &mut moving);
            } else {
                self.move_things(log, start..end, &mut moving);
            }
            (start, is_late) = (end, false);
        }
        self.gauges.sort();
        self.ready_sweep();
    }

    fn is_over(&self, deed: &Deed) -> bool {
        deed.until < self.as_of.size
    }

    /// Takes what is new in the log: one by one if it comes in order and voids nothing, else everything anew.
    pub(super) fn take_new(&mut self) {
        let log = Arc::clone(&self.log);
        let mut last = self.facts.last().and_then(|held| log.deeds.get(held.deed as usize));
        let mut simple = true;
        let mut fresh: Vec<u32> = Vec::new();
        let mut places: Vec<u32> = (self.taken..log.len()).filter_map(|at| u32::try_from(at).ok()).collect();
        places.sort_by(|a, b| match (log.deeds.get(*a as usize), log.deeds.get(*b as usize)) {
            (Some(a), Some(b)) => order(&log, a, b),
            _ => Ordering::Equal,
        });
        for place in places {
            let Some(deed) = log.deeds.get(place as usize).filter(|deed| self.as_of.has(deed)) else {
                continue;
            };
            let is_new = match deed.id {
                Some(id) => !self.known.declared_ids.contains(&id) && self.known.ids.insert(id),
                None => self.known.marks.insert(deed.mark),
            };
            let comes_last = last.is_none_or(|last| order(&log, last, deed) == Ordering::Less);
            let is_voided = self.is_over(deed) || self.known.declared_marks.contains(&deed.mark);
            if deed.declares || !is_new || !comes_last || is_voided {
                simple = false;
                break;
            }
            last = Some(deed);
            fresh.push(place);
        }
        if !simple {
            *self = World::fold(log, self.as_of);
            return;
        }
        self.taken = log.len();
        self.seats.resize(log.nodes.len(), super::Seat::default());
        let first = self.facts.len();
        self.facts.extend(fresh.into_iter().map(|deed| Held { deed, standing: Standing::Stands }));
        self.walk_on(&log, first);
    }

    /// Takes the event at `place`, the newest in the order.
    fn step(&mut self, log: &Log, place: usize) {
        let Some(held) = self.facts.get(place).copied() else { return };
        let Some(deed) = log.deeds.get(held.deed as usize) else { return };
        let stands = held.standing == Standing::Stands;
        let named = deed.named.of(&log.named);
        let mut at = 0;
        while let Some(first) = named.get(at) {
            let mut roles = Roles::default();
            while let Some(same) = named.get(at).filter(|same| same.node == first.node) {
                roles = Roles(roles.0 | same.role.0);
                at += 1;
            }
            let before = self.seat(first.node).mention;
            self.hear_of(log, first.node);
            let newest = link(&mut self.mentions, place as u32, before, roles);
            self.seat_mut(first.node).mention = newest;
        }
        if !stands {
            return;
        }
        self.gauge(log, deed);
        for &(piece, lot) in deed.lots.of(&log.lots) {
            self.join_lot(log, piece, lot);
        }
        match (deed.form, deed.action) {
            (Form::Aggregation | Form::Association, Some(Action::Add)) => self.put_in(log, deed),
            (Form::Aggregation | Form::Association, Some(Action::Delete)) => self.take_out(log, deed),
            (Form::Object, Some(Action::Delete)) => self.end(named, Roles::THING, deed.time),
            (Form::Object, Some(Action::Add)) => self.has_beginnings = true,
            (Form::Transformation, _) => {
                self.transform(log, deed, place);
                self.end(named, Roles::INPUT, deed.time);
            }
            _ => {}
        }
    }

    /// If a thing is heard of for the first time, its class has one more.
    fn hear_of(&mut self, log: &Log, node: super::Node) {
        if self.is_known(node) {
            return;
        }
        let Some(class) = log.thing(node).and_then(crate::dictionary::Thing::class) else { return };
        let class = class.0 as usize;
        if class >= self.members.len() {
            self.members.resize(class + 1, Vec::new());
        }
        if let Some(members) = self.members.get_mut(class) {
            members.push(node);
        }
    }

    fn join_lot(&mut self, log: &Log, piece: super::Node, lot: super::Node) {
        let known = self.seat(piece).lot;
        if known == lot.0 {
            return;
        }
        // nobody may have named the lot itself, but its class has it all the same
        self.hear_of(log, lot);
        self.leads.meet(lot.at());
        if known == NONE {
            self.join_run(lot, piece);
            self.seat_mut(piece).lot = lot.0;
        } else {
            let more = self.more_pieces.entry(lot).or_default();
            if !more.contains(&piece) {
                more.push(piece);
            }
            self.seat_mut(piece).lot = lot.0;
        }
    }
}

/// The order of events.
fn order(log: &Log, a: &Deed, b: &Deed) -> Ordering {
    let id = |deed: &Deed| deed.id.map(|id| log.names.term_text(id));
    (a.time, rank(a), a.mark)
        .cmp(&(b.time, rank(b), b.mark))
        .then_with(|| id(a).cmp(&id(b)))
        // an event and the declaration that voids it share everything but this
        .then_with(|| a.declares.cmp(&b.declares))
}

/// What adds comes before what sees, and that before what ends.
fn rank(deed: &Deed) -> u8 {
    match deed.action {
        Some(Action::Add) => 0,
        Some(Action::Observe) => 1,
        None => 2,
        Some(Action::Delete) => 3,
    }
}

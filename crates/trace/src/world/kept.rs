//! The last states of all things, kept while the world is folded, so that a recall only counts.
//!
//! Millions of cartons are in a few thousand states: a fate, a place, and who got them. A state that is the same for
//! many is kept once, and a thing has its number; so are those who got it, one after the other. An event that moves a pallet takes all that is inside along; as forty
//! cartons of one pallet are in one state, one look serves them all. Where neighbours with one number begin is kept as well, a bit for
//! each thing, so that these are counted at once.
//!
//! It is a shortcut of [`World::state`] and never says anything else; where events of one moment come in several
//! captures, the states that they touch are looked up there.

use std::collections::{BTreeSet, HashMap};
use std::ops::Range;

use super::bits::{Bits, WORD};
use super::chain::NONE;
use super::state::{Effect, Fate, State, Words};
use super::{Log, Node, Roles, Standing, World};
use crate::dictionary::TermId;

/// More recipients than this are kept with the thing, not with the state.
const FEW: usize = 8;

/// The recipients of a thing that has more than [`FEW`].
pub(super) const MANY: u32 = u32::MAX;

/// The recipients of what nobody got.
pub(super) const NOBODY: u32 = 0;

/// A state as it is kept: two numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Kept {
    /// Fate and place.
    pub(super) spot: u32,
    /// Who got it: [`NOBODY`], [`MANY`], or the last one.
    pub(super) recipients: u32,
}

/// Fate and place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Spot {
    pub(super) fate: Fate,
    pub(super) site: Option<TermId>,
    pub(super) is_piece: bool,
}

/// Somebody who got a thing, after the others who got it before. Cartons of one warehouse share it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Recipient {
    pub(super) before: u32,
    pub(super) term: TermId,
}

/// A number for each thing, and where neighbours with one number begin.
#[derive(Clone, Debug, Default)]
pub(super) struct Column {
    pub(super) of: Vec<u32>,
    /// Things whose number is not that of the thing before.
    pub(super) turns: Bits,
}

/// The last states of all things.
#[derive(Clone, Debug)]
pub(super) struct States {
    /// [`Kept::spot`] of each thing.
    pub(super) spot_of: Column,
    /// [`Kept::recipients`] of each thing.
    pub(super) recipients_of: Column,
    pub(super) spots: Vec<Spot>,
    spot_numbers: HashMap<Spot, u32>,
    pub(super) recipients: Vec<Recipient>,
    recipient_numbers: HashMap<Recipient, u32>,
    many: HashMap<Node, BTreeSet<TermId>>,
}

impl Default for States {
    fn default() -> States {
        let nobody = Recipient { before: NOBODY, term: TermId(NONE) };
        let mut states = States {
            spot_of: Column::default(),
            recipients_of: Column::default(),
            spots: Vec::new(),
            spot_numbers: HashMap::new(),
            recipients: vec![nobody],
            recipient_numbers: HashMap::new(),
            many: HashMap::new(),
        };
        // what nobody saw yet: number 0 for a piece, 1 for anything else
        for is_piece in [true, false] {
            states.spot(Spot { fate: Fate::Unknown, site: None, is_piece });
        }
        states
    }
}

impl Column {
    pub(super) fn set(&mut self, at: usize, number: u32) {
        let Some(own) = self.of.get_mut(at).filter(|own| **own != number) else { return };
        *own = number;
        let differs = |a: usize, b: usize| self.of.get(a) != self.of.get(b);
        let (here, after) = (at > 0 && differs(at - 1, at), differs(at, at + 1));
        self.turns.set(at, here);
        self.turns.set(at + 1, after);
    }

    /// Takes over things that nobody saw yet.
    pub(super) fn extend(&mut self, fresh: impl Iterator<Item = u32>) {
        let first = self.of.len();
        self.of.extend(fresh);
        self.turns.reserve(self.of.len());
        for (place, two) in self.of.windows(2).enumerate().skip(first.saturating_sub(1)) {
            self.turns.set(place + 1, two.first() != two.last());
        }
    }
}

impl States {
    fn spot(&mut self, spot: Spot) -> u32 {
        let next = u32::try_from(self.spots.len()).unwrap_or(NONE);
        let number = *self.spot_numbers.entry(spot).or_insert(next);
        if number == next {
            self.spots.push(spot);
        }
        number
    }

    /// The recipients with one more, or [`MANY`].
    fn and(&mut self, before: u32, term: TermId) -> u32 {
        if before == MANY || self.few(before).any(|own| own == term) {
            return before;
        }
        if self.few(before).count() >= FEW {
            return MANY;
        }
        let next = u32::try_from(self.recipients.len()).unwrap_or(MANY);
        let recipient = Recipient { before, term };
        let number = *self.recipient_numbers.entry(recipient).or_insert(next);
        if number == next {
            self.recipients.push(recipient);
        }
        number
    }

    /// Recipients that are not [`MANY`], the last first.
    fn few(&self, last: u32) -> impl Iterator<Item = TermId> + '_ {
        let mut at = last;
        std::iter::from_fn(move || {
            let own = self.recipients.get(at as usize).filter(|_| at != NOBODY)?;
            at = own.before;
            Some(own.term)
        })
    }

    /// The recipients of a thing that has [`MANY`].
    pub(super) fn many(&self, node: Node) -> impl Iterator<Item = TermId> + '_ {
        self.many.get(&node).into_iter().flatten().copied()
    }

    /// The state of a thing.
    fn get(&self, node: Node) -> Option<(Kept, Spot)> {
        let (spot, recipients) = (*self.spot_of.of.get(node.at())?, *self.recipients_of.of.get(node.at())?);
        Some((Kept { spot, recipients }, *self.spots.get(spot as usize)?))
    }

    fn set(&mut self, node: Node, kept: Kept) {
        self.spot_of.set(node.at(), kept.spot);
        self.recipients_of.set(node.at(), kept.recipients);
    }

    /// Lets an effect change the state of a thing; `before` is what it changed last.
    fn change(&mut self, node: Node, effect: &Effect<'_>, before: &mut Option<(Kept, Kept)>) {
        let Some((old, spot)) = self.get(node) else { return };
        let new = match *before {
            Some((from, to)) if from == old => to,
            _ => self.after(old, spot, effect),
        };
        *before = Some((old, new));
        self.set(node, new);
        if new.recipients == MANY {
            let known: Vec<TermId> = self.few(old.recipients).chain(effect.recipients().copied()).collect();
            self.many.entry(node).or_default().extend(known);
        }
    }

    fn after(&mut self, old: Kept, spot: Spot, effect: &Effect<'_>) -> Kept {
        let fate = effect.fate.unwrap_or(spot.fate);
        let spot = self.spot(Spot { fate, site: effect.site.or(spot.site), ..spot });
        let recipients = effect.recipients().fold(old.recipients, |all, &term| self.and(all, term));
        Kept { spot, recipients }
    }

    /// Puts a state that was looked up in the place of what is kept.
    fn put(&mut self, node: Node, state: &State, is_piece: bool) {
        let spot = self.spot(Spot { fate: state.fate, site: state.site, is_piece });
        let recipients = state.recipients.iter().fold(NOBODY, |all, &term| self.and(all, term));
        self.set(node, Kept { spot, recipients });
        if recipients == MANY {
            self.many.insert(node, state.recipients.clone());
        }
    }

    /// What is kept of a thing, whole.
    #[cfg(test)]
    pub(super) fn told(&self, node: Node) -> Option<(Spot, BTreeSet<TermId>)> {
        let (kept, spot) = self.get(node)?;
        Some((spot, self.few(kept.recipients).chain(self.many(node)).collect()))
    }
}

/// What [`World::move_things`] works with.
#[derive(Debug, Default)]
pub(super) struct Moving {
    words: Words,
    met: Bits,
    /// What an event names or takes along, each once.
    touched: Vec<Node>,
}

impl World {
    /// Gets ready for moving things.
    pub(super) fn moving(&mut self, log: &Log) -> Moving {
        let fresh = log.nodes.iter().skip(self.states.spot_of.of.len());
        self.states.spot_of.extend(fresh.clone().map(|thing| u32::from(thing.is_lot() || thing.is_class())));
        self.states.recipients_of.extend(fresh.map(|_| NOBODY));
        Moving { words: self.words(), met: Bits::new(log.nodes.len()), touched: Vec::new() }
    }

    /// Lets the events of one moment change the states of what they name and of what is inside. All of them must be
    /// folded: what came in at this moment or left at it is taken along.
    pub(super) fn move_things(&mut self, log: &Log, moment: Range<usize>, moving: &mut Moving) {
        for place in moment.clone() {
            let Some(held) = self.facts.get(place).filter(|held| held.standing == Standing::Stands) else {
                continue;
            };
            let Some(deed) = log.deeds.get(held.deed as usize) else { continue };
            let takes_along = Effect::of(log, deed, None, &moving.words);
            let named = deed.named.of(&log.named);
            moving.touched.clear();
            let (mut at, mut before, mut last) = (0, None, None);
            while let Some(first) = named.get(at) {
                let mut roles = Roles::default();
                while let Some(same) = named.get(at).filter(|same| same.node == first.node) {
                    roles = Roles(roles.0 | same.role.0);
                    at += 1;
                }
                moving.meet(first.node);
                let is_piece = self.states.get(first.node).is_some_and(|(_, spot)| spot.is_piece);
                let own = is_piece.then_some(roles);
                if own != last {
                    (before, last) = (None, own);
                }
                let effect = Effect::of(log, deed, own, &moving.words);
                if !effect.is_empty() {
                    self.states.change(first.node, &effect, &mut before);
                }
            }
            if !takes_along.is_empty() {
                let (n_named, mut next) = (moving.touched.len(), 0);
                while let Some(&outer) = moving.touched.get(next) {
                    self.inside_now(outer, deed.time, |inner| moving.meet(inner));
                    next += 1;
                }
                let mut before = None;
                for &inner in moving.touched.iter().skip(n_named) {
                    self.states.change(inner, &takes_along, &mut before);
                }
            }
            moving.forget();
        }
        for place in moment {
            self.forget_left(log, place);
        }
    }

    /// The same for events of a moment of which others were there already.
    pub(super) fn move_late(&mut self, log: &Log, moment: Range<usize>, moving: &mut Moving) {
        for place in moment {
            let Some(deed) = self.facts.get(place).and_then(|held| log.deeds.get(held.deed as usize)) else {
                continue;
            };
            for named in deed.named.of(&log.named) {
                moving.meet(named.node);
                for inner in self.contents_at(named.node, deed.time) {
                    moving.meet(inner);
                }
            }
        }
        for &node in &moving.touched {
            let state = self.look(node, &moving.words);
            let is_piece = self.is_piece(node);
            self.states.put(node, &state, is_piece);
        }
        moving.forget();
    }
}

impl Moving {
    fn meet(&mut self, node: Node) {
        if self.met.meet(node.at()) {
            self.touched.push(node);
        }
    }

    fn forget(&mut self) {
        for node in self.touched.drain(..) {
            self.met.clear_word(node.at() / WORD);
        }
    }
}

//! The scope of a recall (召回范围): what is affected, where it is, who got it, and what nobody knows.
//!
//! Whatever is not excluded counts as affected: a class recorded without its lot, a piece that was shipped and never
//! received. A recall that misses one carton has failed; one that asks for one too many has not.

use std::collections::{BTreeMap, BTreeSet};

use zhiheng_base::Decimal;

use super::ledger::{Dimension, Entry};
use super::{Fact, Standing, Sure, World};
use crate::dictionary::{TermId, Thing};
use crate::event::{Action, EventKind};
use crate::vocabulary::Vocabulary;

/// What has become of a thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Fate {
    /// At a known place.
    At,
    /// Shipped, and not yet received.
    InTransit,
    /// Sold to a consumer.
    Sold,
    /// Became something else.
    Used,
    /// Destroyed or taken out of circulation.
    Ended,
    /// Nobody recorded where.
    Unknown,
}

/// The last state of a thing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct State {
    /// What has become of it.
    pub fate: Fate,
    /// The last place known.
    pub site: Option<TermId>,
    /// The last disposition, as a bare word where it is a standard one.
    pub disposition: Option<String>,
    /// When it was last heard of.
    pub time: Option<i64>,
    /// Everybody it was sent to.
    pub recipients: BTreeSet<TermId>,
}

/// A thing that is affected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Affected {
    /// The thing.
    pub thing: Thing,
    /// Links from the start; 0 for the start itself.
    pub links: u32,
    /// Whether the way to it is recorded.
    pub sure: Sure,
    /// Its last state.
    pub state: State,
    /// For lots: stock by site in base units, as far as amounts are known.
    pub stock: BTreeMap<(Option<TermId>, Dimension), Decimal>,
}

/// The answer to a recall.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scope {
    /// All that is affected, in the order of things.
    pub affected: Vec<Affected>,
    /// How many pieces by fate.
    pub pieces: BTreeMap<Fate, usize>,
    /// How many pieces at each place.
    pub sites: BTreeMap<TermId, usize>,
    /// Everybody who got something affected.
    pub recipients: BTreeSet<TermId>,
    /// Things whose link is only possible.
    pub possible: usize,
}

impl World {
    /// The scope of recalling `start`: pieces, lots, classes or containers. A class means all its lots and pieces, a
    /// container all that was ever in it.
    pub fn scope(&self, start: &[Thing]) -> Scope {
        let start = self.widen(start);
        let list: Vec<Thing> = start.iter().copied().collect();
        let mut all: BTreeMap<Thing, (u32, Sure)> =
            self.forward(&list).into_iter().map(|(thing, step)| (thing, (step.links, step.sure))).collect();
        for thing in start {
            all.insert(thing, (0, Sure::Recorded));
        }
        let mut stocks: BTreeMap<Thing, Vec<Entry>> = BTreeMap::new();
        for entry in self.entries() {
            stocks.entry(entry.thing).or_default().push(entry);
        }
        let mut scope = Scope::default();
        for (thing, (links, sure)) in all {
            let state = self.state(thing);
            let mut stock = BTreeMap::new();
            for entry in stocks.get(&thing).into_iter().flatten() {
                *stock.entry((entry.site, entry.dimension)).or_insert(Decimal::ZERO) += entry.amount;
            }
            if !thing.is_lot() && !thing.is_class() {
                *scope.pieces.entry(state.fate).or_insert(0) += 1;
                if let (Fate::At, Some(site)) = (state.fate, state.site) {
                    *scope.sites.entry(site).or_insert(0) += 1;
                }
            }
            scope.recipients.extend(&state.recipients);
            scope.possible += usize::from(sure == Sure::Possible);
            scope.affected.push(Affected { thing, links, sure, state, stock });
        }
        scope
    }

    /// A class with its lots and pieces, a container with what was ever inside.
    fn widen(&self, start: &[Thing]) -> BTreeSet<Thing> {
        let mut out: BTreeSet<Thing> = BTreeSet::new();
        let mut queue: Vec<Thing> = start.to_vec();
        while let Some(thing) = queue.pop() {
            if !out.insert(thing) {
                continue;
            }
            if thing.is_class() {
                let own =
                    self.mentions.range(thing..).take_while(|(other, _)| other.class() == thing.class());
                queue.extend(own.map(|(other, _)| *other));
            }
            queue.extend(self.contents.get(&thing).into_iter().flatten().map(|(inner, _)| *inner));
        }
        out
    }

    /// The last state of a thing, from its own events and those of what it was in at the time.
    pub fn state(&self, thing: Thing) -> State {
        let mut state = State {
            fate: Fate::Unknown,
            site: None,
            disposition: None,
            time: None,
            recipients: BTreeSet::new(),
        };
        let mut places: BTreeSet<(usize, bool)> =
            self.mentioning(thing, i64::MIN, i64::MAX).map(|place| (place, true)).collect();
        for (container, from, to) in self.containers(thing) {
            places.extend(self.mentioning(container, from, to).map(|place| (place, false)));
        }
        for (place, is_own) in places {
            if let Some(fact) = self.facts.get(place).filter(|fact| fact.standing == Standing::Stands) {
                self.follow(&mut state, thing, fact, is_own);
            }
        }
        state
    }

    fn follow(&self, state: &mut State, thing: Thing, fact: &Fact, is_own: bool) {
        let event = &fact.event;
        state.time = Some(event.time.micros());
        if let Some(disposition) = &event.disposition {
            let bare = Vocabulary::Disposition.bare(disposition).unwrap_or(disposition);
            state.disposition = Some(bare.to_owned());
        }
        let is_piece = !thing.is_lot() && !thing.is_class();
        let step = event.step();
        let is_input = |list: &[String]| list.iter().any(|text| self.find(text) == Some(thing));
        let ends =
            is_piece && is_own && event.kind == EventKind::Object && event.action == Some(Action::Delete);
        let used = is_piece && is_own && event.kind == EventKind::Transformation && is_input(&event.inputs);
        let sold = matches!(step, Some("retail_selling" | "dispensing"))
            || matches!(state.disposition.as_deref(), Some("retail_sold" | "dispensed"))
                && event.disposition.is_some();
        if ends && !sold {
            state.fate = Fate::Ended;
        } else if used {
            state.fate = Fate::Used;
        } else if sold {
            state.fate = Fate::Sold;
        } else if matches!(step, Some("shipping" | "departing")) {
            state.fate = Fate::InTransit;
            for destination in &event.destinations {
                if let Some(term) = self.known_place(&destination.id) {
                    state.recipients.insert(term);
                }
            }
        } else if fact.site.is_some() {
            state.fate = Fate::At;
        }
        if fact.site.is_some() {
            state.site = fact.site;
        }
        // who receives is a recipient, even if the sender did not say
        if matches!(step, Some("receiving" | "accepting"))
            && let Some(site) = fact.site
        {
            state.recipients.insert(site);
        }
    }

    fn known_place(&self, text: &str) -> Option<TermId> {
        self.dictionary.known_place(text)
    }
}

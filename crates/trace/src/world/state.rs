//! The last state of a thing: where it is, what became of it, who got it.
//!
//! It comes of the thing's own events and of those of what it was in at the time. Here it is looked up for one thing;
//! [`super::kept`] has those of all things, for recalls.

use std::collections::BTreeSet;

use super::{Deed, Form, Log, Node, Roles, Standing, World};
use crate::dictionary::TermId;
use crate::event::Action;

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

impl Fate {
    /// All of them, in the order of answers.
    pub const ALL: [Fate; 6] =
        [Fate::At, Fate::InTransit, Fate::Sold, Fate::Used, Fate::Ended, Fate::Unknown];

    /// A word for machines, and the end of the name of its message.
    pub fn word(self) -> &'static str {
        match self {
            Fate::At => "at",
            Fate::InTransit => "in-transit",
            Fate::Sold => "sold",
            Fate::Used => "used",
            Fate::Ended => "ended",
            Fate::Unknown => "unknown",
        }
    }
}

/// The last state of a thing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct State {
    /// What has become of it.
    pub fate: Fate,
    /// The last place known.
    pub site: Option<TermId>,
    /// The last disposition, as a bare word where it is a standard one.
    pub disposition: Option<TermId>,
    /// When it was last heard of.
    pub time: Option<i64>,
    /// Everybody it was sent to.
    pub recipients: BTreeSet<TermId>,
}

/// The words that move things, as numbers.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Words {
    sends: [Option<TermId>; 2],
    takes: [Option<TermId>; 2],
    arrives: [Option<TermId>; 2],
    sells: [Option<TermId>; 2],
    sold: [Option<TermId>; 2],
}

impl Words {
    /// Whether a step sends things away, and whether it takes them in.
    pub(super) fn moves(&self, step: Option<TermId>) -> (bool, bool) {
        (Words::is(self.sends, step), Words::is(self.takes, step) || Words::is(self.arrives, step))
    }

    fn is(list: [Option<TermId>; 2], term: Option<TermId>) -> bool {
        term.is_some() && list.contains(&term)
    }
}

impl World {
    pub(super) fn words(&self) -> Words {
        let two = |words: [&str; 2]| words.map(|word| self.known_term(word));
        Words {
            sends: two(["shipping", "departing"]),
            takes: two(["receiving", "accepting"]),
            arrives: two(["arriving", "entering_exiting"]),
            sells: two(["retail_selling", "dispensing"]),
            sold: two(["retail_sold", "dispensed"]),
        }
    }

    /// The last state of a thing, from its own events and those of what it was in at the time.
    pub fn state(&self, thing: Node) -> State {
        self.look(thing, &self.words())
    }

    pub(super) fn look(&self, thing: Node, words: &Words) -> State {
        let mut state = State {
            fate: Fate::Unknown,
            site: None,
            disposition: None,
            time: None,
            recipients: BTreeSet::new(),
        };
        let places = self.told_of(thing);
        let is_piece = self.is_piece(thing);
        for (place, roles) in places {
            let Some(fact) = self.fact(place).filter(|fact| fact.standing == Standing::Stands) else {
                continue;
            };
            state.follow(fact.deed, &Effect::of(&self.log, fact.deed, roles.filter(|_| is_piece), words));
        }
        state
    }
}

impl World {
    /// The events that count for a thing, in order: its own with its roles, and those of what it was in at the time.
    pub(super) fn told_of(&self, thing: Node) -> Vec<(usize, Option<Roles>)> {
        let own = self.mentioning(thing, i64::MIN, i64::MAX).map(|(place, roles)| (place, Some(roles)));
        let mut places: Vec<(usize, Option<Roles>)> = own.collect();
        for (container, from, to) in self.containers(thing) {
            places.extend(self.mentioning(container, from, to).map(|(place, _)| (place, None)));
        }
        // what names the thing itself comes after what only names its container, and each event counts once
        places.sort_unstable_by_key(|(place, roles)| (*place, roles.is_none()));
        places.dedup_by_key(|(place, _)| *place);
        places
    }
}

impl State {
    fn follow(&mut self, deed: &Deed, effect: &Effect<'_>) {
        self.time = Some(deed.time);
        self.disposition = deed.disposition.or(self.disposition);
        self.fate = effect.fate.unwrap_or(self.fate);
        self.site = effect.site.or(self.site);
        self.recipients.extend(effect.recipients());
    }
}

/// What an event does to a thing that it names or takes along.
#[derive(Clone, Copy, Debug)]
pub(super) struct Effect<'a> {
    pub(super) fate: Option<Fate>,
    pub(super) site: Option<TermId>,
    /// To whom it is sent by it.
    pub(super) sent_to: &'a [TermId],
    /// The place that takes it in.
    pub(super) taken_by: Option<TermId>,
}

impl<'a> Effect<'a> {
    /// What an event does: to a piece in its own roles, or to what is only inside of something it names.
    pub(super) fn of(log: &'a Log, deed: &Deed, own: Option<Roles>, words: &Words) -> Effect<'a> {
        let ends = own.is_some() && deed.form == Form::Object && deed.action == Some(Action::Delete);
        let used = own.is_some_and(|roles| roles.has(Roles::INPUT));
        let sold = Words::is(words.sells, deed.step) || Words::is(words.sold, deed.disposition);
        let sent = Words::is(words.sends, deed.step);
        let fate = if ends && !sold {
            Some(Fate::Ended)
        } else if used {
            Some(Fate::Used)
        } else if sold {
            Some(Fate::Sold)
        } else if sent {
            Some(Fate::InTransit)
        } else {
            deed.site.map(|_| Fate::At)
        };
        let is_sent = fate == Some(Fate::InTransit);
        // who receives is a recipient, even if the sender did not say
        let taken_by = deed.site.filter(|_| Words::is(words.takes, deed.step));
        let sent_to = if is_sent { deed.destinations.of(&log.terms) } else { &[] };
        Effect { fate, site: deed.site, sent_to, taken_by }
    }

    /// True if it changes nothing that is kept.
    pub(super) fn is_empty(&self) -> bool {
        self.fate.is_none() && self.site.is_none() && self.recipients().next().is_none()
    }

    /// Who got the thing by it.
    pub(super) fn recipients(&self) -> impl Iterator<Item = &TermId> {
        self.sent_to.iter().chain(self.taken_by.as_ref())
    }
}

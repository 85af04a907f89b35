//! The last state of a thing: where it is, what became of it, who got it.
//!
//! It comes of the thing's own events and of those of what it was in at the time. A large recall asks for the states
//! of a hundred thousand things; they are kept, once asked for, until the world changes.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use super::{Form, Node, Roles, Standing, World};
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

/// Recipients that a kept state holds itself.
const FEW: usize = 3;

/// A state as it is kept.
#[derive(Clone, Copy, Debug)]
pub(super) struct Last {
    pub(super) fate: Fate,
    pub(super) site: Option<TermId>,
    recipients: [TermId; FEW],
    n_recipients: u32,
}

impl Last {
    fn of(state: &State) -> Last {
        let mut recipients = [TermId(0); FEW];
        for (own, term) in recipients.iter_mut().zip(&state.recipients) {
            *own = *term;
        }
        Last { fate: state.fate, site: state.site, recipients, n_recipients: state.recipients.len() as u32 }
    }

    /// The recipients; `None` if there are more than it holds.
    pub(super) fn recipients(&self) -> Option<&[TermId]> {
        self.recipients.get(..self.n_recipients as usize)
    }
}

/// The words that move things, as numbers.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Words {
    sends: [Option<TermId>; 2],
    takes: [Option<TermId>; 2],
    sells: [Option<TermId>; 2],
    sold: [Option<TermId>; 2],
}

impl Words {
    fn is(list: [Option<TermId>; 2], term: Option<TermId>) -> bool {
        term.is_some() && list.contains(&term)
    }
}

impl World {
    fn words(&self) -> Words {
        let two = |words: [&str; 2]| words.map(|word| self.known_term(word));
        Words {
            sends: two(["shipping", "departing"]),
            takes: two(["receiving", "accepting"]),
            sells: two(["retail_selling", "dispensing"]),
            sold: two(["retail_sold", "dispensed"]),
        }
    }

    /// The last state of a thing, from its own events and those of what it was in at the time.
    pub fn state(&self, thing: Node) -> State {
        self.look(thing, &self.words())
    }

    /// Looks up the states of many things; they are kept for the next time.
    pub(super) fn states_of(&self, things: &[Node], mut each: impl FnMut(Node, &Last)) {
        let words = self.words();
        if things.len() < MANY && self.states.get().is_none() {
            for &thing in things {
                each(thing, &Last::of(&self.look(thing, &words)));
            }
            return;
        }
        let kept = self
            .states
            .get_or_init(|| std::iter::repeat_with(OnceLock::new).take(self.seats.len()).collect());
        for &thing in things {
            if let Some(cell) = kept.get(thing.at()) {
                each(thing, cell.get_or_init(|| Last::of(&self.look(thing, &words))));
            }
        }
    }

    /// Looks up the states of everything, so that the first large recall is as quick as the next.
    pub fn warm(&self) {
        let all: Vec<Node> = self.nodes().collect();
        self.states_of(&all, |_, _| {});
    }

    fn look(&self, thing: Node, words: &Words) -> State {
        let mut state = State {
            fate: Fate::Unknown,
            site: None,
            disposition: None,
            time: None,
            recipients: BTreeSet::new(),
        };
        let own = self.mentioning(thing, i64::MIN, i64::MAX).map(|(place, roles)| (place, Some(roles)));
        let mut places: Vec<(usize, Option<Roles>)> = own.collect();
        for (container, from, to) in self.containers(thing) {
            places.extend(self.mentioning(container, from, to).map(|(place, _)| (place, None)));
        }
        // what names the thing itself comes after what only names its container, and each event counts once
        places.sort_unstable_by_key(|(place, roles)| (*place, roles.is_none()));
        places.dedup_by_key(|(place, _)| *place);
        let is_piece = self.is_piece(thing);
        for (place, roles) in places {
            self.follow(&mut state, place, roles, is_piece, words);
        }
        state
    }

    fn follow(&self, state: &mut State, place: usize, own: Option<Roles>, is_piece: bool, words: &Words) {
        let Some(deed) =
            self.fact(place).filter(|fact| fact.standing == Standing::Stands).map(|fact| fact.deed)
        else {
            return;
        };
        state.time = Some(deed.time);
        if deed.disposition.is_some() {
            state.disposition = deed.disposition;
        }
        let own = own.filter(|_| is_piece);
        let ends = own.is_some() && deed.form == Form::Object && deed.action == Some(Action::Delete);
        let used = own.is_some_and(|roles| roles.has(Roles::INPUT));
        let sold = Words::is(words.sells, deed.step) || Words::is(words.sold, deed.disposition);
        if ends && !sold {
            state.fate = Fate::Ended;
        } else if used {
            state.fate = Fate::Used;
        } else if sold {
            state.fate = Fate::Sold;
        } else if Words::is(words.sends, deed.step) {
            state.fate = Fate::InTransit;
            state.recipients.extend(deed.destinations.of(&self.log.terms));
        } else if deed.site.is_some() {
            state.fate = Fate::At;
        }
        if deed.site.is_some() {
            state.site = deed.site;
        }
        // who receives is a recipient, even if the sender did not say
        if Words::is(words.takes, deed.step) {
            state.recipients.extend(deed.site);
        }
    }
}

/// From so many things on states are kept.
const MANY: usize = 10_000;

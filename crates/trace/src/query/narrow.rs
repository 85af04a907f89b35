//! Which events may fit a query, by what the world keeps of all of them: so that few need to be read whole.

use std::collections::BTreeSet;

use super::field::Place;
use super::{Clock, Condition, Query};
use crate::id::Pattern;
use crate::vocabulary::Vocabulary;
use crate::world::{Fact, Node, World};

/// An event that may fit, by its entry of the ledger.
pub type Candidate = u64;

impl Query {
    /// Entries of the ledger before `size` whose events may fit; all that fit are among them, in order.
    pub fn candidates(&self, world: &World, size: u64) -> Vec<Candidate> {
        let mut places: Option<BTreeSet<usize>> = None;
        for condition in &self.conditions {
            let Some(own) = named(condition, world) else { continue };
            places = Some(match places {
                None => own,
                Some(before) => before.intersection(&own).copied().collect(),
            });
        }
        let fits = |fact: &Fact<'_>| {
            fact.deed.entry < size && self.conditions.iter().all(|condition| may(condition, fact, world))
        };
        let mut out: Vec<u64> = match places {
            Some(places) => places
                .into_iter()
                .filter_map(|place| world.fact(place))
                .filter(fits)
                .map(|fact| fact.deed.entry)
                .collect(),
            None => world.facts().filter(fits).map(|fact| fact.deed.entry).collect(),
        };
        out.sort_unstable();
        out
    }
}

/// Places of the events that name one of the things that a parameter asks for; `None` if it asks otherwise.
fn named(condition: &Condition, world: &World) -> Option<BTreeSet<usize>> {
    let Condition::Matches(_, patterns) = condition else { return None };
    let mut out = BTreeSet::new();
    for pattern in patterns {
        let Pattern::One(text) = pattern else { return None };
        let node: Option<Node> = world.find(text);
        out.extend(node.into_iter().flat_map(|node| world.events_of(node)));
    }
    Some(out)
}

/// False if the event cannot fit.
fn may(condition: &Condition, fact: &Fact<'_>, world: &World) -> bool {
    let deed = fact.deed;
    let word = |vocabulary: Vocabulary, term: Option<_>, wanted: &[String]| {
        term.is_some_and(|term| wanted.iter().any(|text| text == vocabulary.web(world.term(term)).as_ref()))
    };
    match condition {
        Condition::Kind(names) => {
            deed.form.name().is_empty() || names.iter().any(|name| name == deed.form.name())
        }
        Condition::Moment(Clock::Event, compare, wanted) => compare.holds(deed.time.cmp(wanted)),
        Condition::Moment(Clock::Record, compare, wanted) => compare.holds(deed.recorded.cmp(wanted)),
        Condition::Moment(Clock::Declaration, ..) | Condition::Exists(true, true) => deed.declares,
        Condition::Text(Place::Action, wanted) => {
            deed.action.is_some_and(|action| wanted.iter().any(|text| text == action.name()))
        }
        Condition::Text(Place::BizStep, wanted) => word(Vocabulary::BizStep, deed.step, wanted),
        Condition::Text(Place::Disposition, wanted) => {
            word(Vocabulary::Disposition, deed.disposition, wanted)
        }
        Condition::Text(Place::Id, wanted) => {
            deed.id.is_some_and(|id| wanted.iter().any(|text| text == world.term(id)))
        }
        _ => true,
    }
}
